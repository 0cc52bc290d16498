"""Studies: cohorts, regimens, endpoints and arms run over a given set of weighted worlds; attribution and value.

The verbs stand in files of their own name: `run.run` simulates a study, `Result.value` says what it is worth knowing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.lazily import loading

if TYPE_CHECKING:
    from .mechanism import Agent as Agent
    from .mechanism import Mechanism as Mechanism
    from .mechanism import Switch as Switch
    from .result import Result as Result
    from .study import Study as Study
    from .study import read_study as read_study
    from .value.valuation import Valuation as Valuation
    from .worlds import States as States
    from .worlds import Worlds as Worlds

_HOME = {
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

__all__ = sorted(_HOME)
__getattr__ = loading(__name__, _HOME)
