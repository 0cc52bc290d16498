"""Claims in the database: rows, layers, reviews, and search."""
