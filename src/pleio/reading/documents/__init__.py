"""A document and its structure: bytes into passages under headings, tables, links and citations, with their offsets."""
