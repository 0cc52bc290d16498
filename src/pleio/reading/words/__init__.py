"""Words that carry claims and the closed classes of English: tables, no text."""
