"""INDRA statements as JSON."""
