"""The joint posterior of assumptions and outcomes: P(A, θ | E) ∝ P(A) Π P(θ) Π P(E | θ, A), by enumeration of A.

Given the assumptions, contests are independent.  Assumptions that no contest couples are independent too, so each
coupled group is enumerated on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from ...base.errors import ClaimError, Problem
from ..assumption import Assumption
from .reports import Report
from .tree import Likelihood, likelihood

MOST_STATES = 500_000  # of a group, all contests together
MOST_ROWS = 5_000  # of the table of one contest

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """A contest's answer in each combination of states of the assumptions that its reports rest on.

    `log_evidence` has one axis for each of `assumptions`; `posterior` has those and then the outcome.
    """

    assumptions: tuple[str, ...]
    log_evidence: Floats
    posterior: Floats


SILENT = Table((), np.zeros(()), np.ones(1))  # of a contest that says nothing


@dataclass(frozen=True)
class Group:
    """Assumptions coupled by contests: their posterior has one axis for each, in the order of `names`."""

    names: tuple[str, ...]
    prior: Floats
    posterior: Floats
    log_joint: Floats

    def marginal(self, names: Sequence[str]) -> Floats:
        """Give the posterior of some of the assumptions, axes in the order asked for."""
        return marginal(self.posterior, self.names, names)


def tabulate(
    reports: Sequence[Report],
    outcomes: Sequence[str],
    prior: Sequence[float],
    constants: Mapping[str, float],
    assumptions: Mapping[str, Assumption],
) -> Table:
    """Work out a contest's evidence and posterior in every combination of the states that its reports rest on.

    Raises:
        ClaimError: there are too many combinations to enumerate.
    """
    names = tuple(sorted({name for report in reports for name in report.rests_on if name in assumptions}))
    shape = tuple(len(assumptions[name].states) for name in names)
    _refuse_too_many(names, shape, MOST_ROWS)
    log_evidence, posterior = np.empty(shape), np.empty((*shape, len(outcomes)))
    for index in product(*(range(size) for size in shape)):
        effects = {name: assumptions[name].states[i].effect for name, i in zip(names, index, strict=True)}
        found: Likelihood = likelihood(reports, outcomes, prior, constants, effects)
        log_evidence[index] = found.evidence(prior)
        posterior[index] = found.posterior(prior)
    return Table(names, log_evidence, posterior)


def groups(
    tables: Mapping[str, Table], assumptions: Mapping[str, Assumption], prior: Callable[[Assumption], Sequence[float]]
) -> tuple[Group, ...]:
    """Couple the assumptions through the contests that rest on them, and give each group its posterior.

    Raises:
        ClaimError: a group has too many combinations of states to enumerate.
    """
    return tuple(_group(names, tables, assumptions, prior) for names in coupled(tables, assumptions))


def coupled(tables: Mapping[str, Table], assumptions: Mapping[str, Assumption]) -> list[tuple[str, ...]]:
    """Part the assumptions into the groups that contests couple, in order of name."""
    group = {name: {name} for name in assumptions}
    for table in tables.values():
        joined: set[str] = set().union(*(group[name] for name in table.assumptions))
        for name in joined:
            group[name] = joined
    return sorted({tuple(sorted(names)) for names in group.values()})


def outcomes_in(group: Group | None, table: Table) -> Floats:
    """Give a contest's posterior over outcomes, all assumptions summed over.  Shape (outcome,)."""
    if group is None or not table.assumptions:
        return table.posterior
    weights = group.marginal(table.assumptions)
    found: Floats = np.tensordot(weights, table.posterior, axes=weights.ndim)
    return found


def exchanged(group: Group, old: Table, new: Table) -> Group:
    """Give the group's posterior as it would be with another table for one contest (some evidence left out or added).

    The new table must not rest on assumptions outside the group.
    """
    log_joint = group.log_joint - spread(old, group.names) + spread(new, group.names)
    return Group(group.names, group.prior, _normalised(log_joint), log_joint)


def joined(parts: Sequence[Group]) -> Group:
    """Make one group of several that nothing couples yet."""
    names = tuple(sorted(name for part in parts for name in part.names))
    log_joint, prior = np.zeros(()), np.ones(())
    for part in parts:
        log_joint = log_joint + _laid(part.log_joint, part.names, names)
        prior = prior * _laid(part.prior, part.names, names)
    return Group(names, prior, _normalised(log_joint), log_joint)


def fixed(group: Group, name: str, state: int) -> Group:
    """Give the group's posterior given that one assumption is in a state."""
    axis = group.names.index(name)
    others = np.where(np.arange(group.posterior.shape[axis]) == state, 0.0, -np.inf)
    log_joint = group.log_joint + _along(others, axis, group.posterior.ndim)
    return Group(group.names, group.prior, _normalised(log_joint), log_joint)


def marginal(joint: Floats, names: Sequence[str], wanted: Sequence[str]) -> Floats:
    """Sum a joint table over the axes that are not wanted and order the others.

    Args:
        joint: an axis for each of `names`, in their order.

    Returns:
        An axis for each of `wanted`, in its order; names that the table does not have are left out.
    """
    rest = tuple(i for i, name in enumerate(names) if name not in wanted)
    kept = [name for name in names if name in wanted]
    summed: Floats = joint.sum(axis=rest)
    return summed.transpose([kept.index(name) for name in wanted])


def spread(table: Table, names: Sequence[str]) -> Floats:
    """Lay a table's log evidence along the axes of a group."""
    return _laid(table.log_evidence, table.assumptions, names)


def _laid(values: Floats, own: Sequence[str], names: Sequence[str]) -> Floats:
    """Lay values with their own axes along more axes; both run in order of name, so no axis changes place."""
    shape = [1] * len(names)
    for name, size in zip(own, values.shape, strict=True):
        shape[names.index(name)] = size
    return values.reshape(shape)


def _group(
    names: tuple[str, ...],
    tables: Mapping[str, Table],
    assumptions: Mapping[str, Assumption],
    prior: Callable[[Assumption], Sequence[float]],
) -> Group:
    shape = tuple(len(assumptions[name].states) for name in names)
    _refuse_too_many(names, shape, MOST_STATES)
    before = np.ones(shape)
    for axis, name in enumerate(names):
        before = before * _along(np.asarray(prior(assumptions[name])), axis, len(names))
    with np.errstate(divide="ignore"):
        log_joint = np.log(before)
    for id in sorted(tables):
        if tables[id].assumptions and tables[id].assumptions[0] in names:
            log_joint = log_joint + spread(tables[id], names)
    return Group(names, before, _normalised(log_joint), log_joint)


def _refuse_too_many(names: tuple[str, ...], shape: tuple[int, ...], most: int) -> None:
    if prod(shape) > most:
        raise ClaimError(
            "the assumptions",
            Problem(
                ", ".join(names),
                f"are coupled by evidence and have {prod(shape):,} combinations of states",
                f"up to {most:,} are enumerated: let each piece of evidence rest on fewer assumptions",
            ),
        )


def _along(values: Floats, axis: int, dimensions: int) -> Floats:
    return values.reshape([-1 if i == axis else 1 for i in range(dimensions)])


def _normalised(log_joint: Floats) -> Floats:
    weights = np.exp(log_joint - log_joint.max())
    found: Floats = weights / weights.sum()
    return found
