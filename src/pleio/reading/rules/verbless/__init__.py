"""Bullets and legends without a verb."""
