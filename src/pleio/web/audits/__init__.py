"""The audit of a document that a reader brings: shown, and kept only where that is asked for."""
