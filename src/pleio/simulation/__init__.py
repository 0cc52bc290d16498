"""Integrating networks: members of an ensemble, doses, the baseline phase, events, and what to save."""

from __future__ import annotations

from .ensemble import Baseline, Dose, Run, integrate
from .status import Limits

__all__ = ["Baseline", "Dose", "Limits", "Run", "integrate"]
