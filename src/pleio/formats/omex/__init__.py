"""COMBINE archives: models, simulations and their description in one file."""

from __future__ import annotations

from .write import Entry, write_omex

__all__ = ["Entry", "write_omex"]
