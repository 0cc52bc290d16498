"""Identifiers, other names, and properties with numbers."""
