"""The grammar of a sentence: tags, phrases, and clauses by word order and by a dependency parse."""
