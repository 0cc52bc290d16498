"""Antimony: text that people write models in."""
