"""Drawing worlds from the joint posterior: assumptions first, one after the other, then each contest given them.

Each draw is the inverse of a distribution function at a uniform number that is asked for by name, so that another claim
leaves all other draws as they were, as far as it leaves their probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .joint import Floats, Group, Table, marginal

Uniforms = Callable[[str], Floats] | Mapping[str, Floats]
Integers = NDArray[np.int64]

# along the distribution function, neighbours are alike: a shared uniform then moves little between belief bands
_ORDER = {"decreases": -1, "absent": -1, "no_effect": 0, "increases": 1, "present": 1}
SIGNS = {"increases": 1, "decreases": -1, "no_effect": 0, "present": 1, "absent": 0}


@dataclass(frozen=True)
class Draw:
    """Worlds: the index of each assumption's state and of each contest's outcome.  Each of shape (world,)."""

    states: Mapping[str, Integers]
    outcomes: Mapping[str, Integers]
    state_names: Mapping[str, tuple[str, ...]]
    outcome_names: Mapping[str, tuple[str, ...]]

    def sign(self, contest: str) -> Integers:
        """Give a contest's sign in each world: +1, 0 or -1; 1 and 0 where it is about presence.  Shape (world,)."""
        signs = np.array([SIGNS[name] for name in self.outcome_names[contest]])
        return signs[self.outcomes[contest]]


def draw(
    groups: Sequence[Group],
    tables: Mapping[str, Table],
    outcome_names: Mapping[str, tuple[str, ...]],
    state_names: Mapping[str, tuple[str, ...]],
    always: Mapping[str, str],
    uniforms: Uniforms,
) -> Draw:
    """Draw worlds.

    Args:
        always: the outcome of each contest that is not left to chance.
        uniforms: gives uniform numbers in [0, 1), shape (world,), for `assumption/ID` and `contest/ID`.
    """
    ask = uniforms if callable(uniforms) else uniforms.__getitem__
    states: dict[str, Integers] = {}
    for group in groups:
        for i, name in enumerate(group.names):
            joint = marginal(group.posterior, group.names, group.names[: i + 1])
            rows = joint[tuple(states[before] for before in group.names[:i])]
            states[name] = _invert(rows, np.asarray(ask(f"assumption/{name}"), dtype=float))
    outcomes: dict[str, Integers] = {}
    for id in sorted(tables):
        table, names = tables[id], outcome_names[id]
        uniform = np.asarray(ask(f"contest/{id}"), dtype=float)
        if id in always:
            outcomes[id] = np.full(uniform.shape, names.index(always[id]), dtype=np.int64)
            continue
        order = np.array(sorted(range(len(names)), key=lambda i: _ORDER[names[i]]))
        rows = table.posterior[tuple(states[name] for name in table.assumptions)]
        outcomes[id] = order[_invert(rows[..., order], uniform)]
    return Draw(states, outcomes, state_names, outcome_names)


def _invert(weights: Floats, uniform: Floats) -> Integers:
    """Give the first index whose cumulative weight exceeds the uniform.

    Args:
        weights: not normalised.  Shape (index,) or (world, index).
        uniform: in [0, 1).  Shape (world,).
    """
    cumulative = np.cumsum(weights, axis=-1)
    below = uniform[:, None] * cumulative[..., -1:] >= cumulative[..., :-1]
    found: Integers = below.sum(axis=-1)
    return found
