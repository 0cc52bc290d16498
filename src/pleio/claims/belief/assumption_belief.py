"""What is believed of one assumption: its states, and what each contest teaches of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..assumption import Assumption
from .explain import why_assumption
from .model import Model
from .odds import log_odds


@dataclass(frozen=True)
class AssumptionBelief:
    """What the evidence says of an assumption: the probability of each state before and after."""

    assumption: Assumption
    prior: Mapping[str, float]
    states: Mapping[str, float]
    contests: tuple[str, ...]
    model: Model = field(repr=False, compare=False)

    @property
    def leading(self) -> str:
        """The most probable state."""
        return max(self.states, key=lambda name: self.states[name])

    @cached_property
    def lessons(self) -> Mapping[str, float]:
        """What each contest teaches: the log Bayes factor, in nats, for the leading state of having it; most first."""
        factors = {}
        for contest in self.contests:
            without = self.model.states(self.assumption.id, without=contest)
            factors[contest] = log_odds(self.states, self.leading) - log_odds(without, self.leading)
        return dict(sorted(factors.items(), key=lambda item: (-abs(item[1]), item[0])))

    def to_json(self) -> dict[str, Any]:
        """Give the belief as a JSON object."""
        return {
            "id": self.assumption.id,
            "premise": self.assumption.premise,
            "prior": dict(self.prior),
            "states": dict(self.states),
            "lessons": dict(self.lessons),
            "why": self.why,
        }

    @cached_property
    def why(self) -> str:
        """Why the belief is what it is, in plain words."""
        return why_assumption(self)
