"""Signed effects, by the ways to say them."""
