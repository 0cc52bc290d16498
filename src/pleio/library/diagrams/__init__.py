"""Pathway diagrams: of the library, of a network, and of a study over time."""
