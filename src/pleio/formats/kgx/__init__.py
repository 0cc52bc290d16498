"""KGX: nodes and edges in Biolink's words, as TSV or JSON Lines."""
