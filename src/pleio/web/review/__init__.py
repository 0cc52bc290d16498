"""Reviewing proposed claims on pages, as signed-in people."""
