"""Studies: cohorts, regimens, endpoints and arms run over a given set of weighted worlds; attribution and value.

The verbs stand in files of their own name: `run.run` simulates a study, `Result.value` says what it is worth knowing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .mechanism import Agent, Mechanism, Switch
    from .result import Result
    from .study import Study, read_study
    from .value.valuation import Valuation
    from .worlds import States, Worlds

_HOMES = {
    "Agent": "mechanism",
    "Mechanism": "mechanism",
    "Result": "result",
    "States": "worlds",
    "Study": "study",
    "Switch": "mechanism",
    "Valuation": "value.valuation",
    "Worlds": "worlds",
    "read_study": "study",
}

__all__ = [
    "Agent",
    "Mechanism",
    "Result",
    "States",
    "Study",
    "Switch",
    "Valuation",
    "Worlds",
    "read_study",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
