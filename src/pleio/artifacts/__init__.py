"""Content-addressed results, provenance, citation, packaging, verification."""
