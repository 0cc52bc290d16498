"""PEtab, version 1: parameter estimation problems, read with all that is wrong told at once, and run as they stand.

A problem is a model, conditions, observables and measurements.  `read_petab` reads one; `evaluate` simulates every
measurement at the nominal values and says how likely the measurements are.
"""

from __future__ import annotations

from .evaluate import Evaluated, evaluate
from .problem import Petab
from .read import read_petab

__all__ = ["Evaluated", "Petab", "evaluate", "read_petab"]
