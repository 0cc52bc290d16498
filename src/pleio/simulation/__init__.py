"""Integrating networks: members of an ensemble, doses, the baseline phase, events, and what to save."""

from __future__ import annotations

from . import reduce
from .ensemble import integrate
from .protocol import Baseline, Dose, Run
from .sensitivity import Sensitivities, integrate_sensitivities
from .status import Limits
from .stochastic import integrate_counts

__all__ = [
    "Baseline",
    "Dose",
    "Limits",
    "Run",
    "Sensitivities",
    "integrate",
    "integrate_counts",
    "integrate_sensitivities",
    "reduce",
]
