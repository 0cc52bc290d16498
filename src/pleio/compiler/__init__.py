"""Checked network to vector program: derivatives, sparsity, lowering, backends."""

from __future__ import annotations

from .lower import lower
from .program import Program
from .spec import refusals

__all__ = ["Program", "lower", "refusals"]
