"""What an experiment that could be done would report, in each world: the way from a plan to the value of its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..claim import Evidence
from ..contest import Contest
from .draw import Draw
from .joint import Floats, Table, joined, spread
from .model import Model
from .reports import Report, report_of


@dataclass(frozen=True)
class Prediction:
    """P(result | world) of a planned experiment, given all evidence that there is.

    Attributes:
        contest: what it is about.
        results: what it can report.
        assumptions: the assumptions that its result depends on.
        probabilities: one axis for the states of each assumption, then the outcome that is true, then the result.
    """

    contest: str
    results: tuple[str, ...]
    assumptions: tuple[str, ...]
    probabilities: Floats

    def in_worlds(self, worlds: Draw) -> Floats:
        """Give the probability of each result in each world.  Shape (world, result)."""
        return self.at(worlds.states, worlds.outcomes[self.contest])

    def at(self, states: Mapping[str, NDArray[np.int64]], outcome: NDArray[np.int64]) -> Floats:
        """Give the probability of each result where assumptions and outcome are in given states, named by index.

        Args:
            states: the index of each assumption's state.  Each of shape (world,).
            outcome: the index of the contest's outcome.  Shape (world,).
        Returns:
            Shape (world, result).
        """
        found: Floats = self.probabilities[(*(states[name] for name in self.assumptions), outcome)]
        return found


def predict(model: Model, contest: Contest, experiment: Evidence, *, published: bool = False) -> Prediction:
    """Work out what a planned experiment would report.

    It shares the nodes of the truth tree with the evidence that there is, so that another experiment of the same sort
    is expected to agree with it; and it will be reported whatever it finds.

    Args:
        published: whether it is instead one that was done and published, as nulls less often are.
        experiment: the plan, written as evidence: context, perturbation, power or n, laboratory, what it rests on.
            What it says is left open.
    """
    reports = model.found[contest.id].reports
    planned = replace(planned_report(model, contest, experiment), selected=published)
    now = model.tables[contest.id]
    after = [
        model.table(contest, [*reports, replace(planned, outcomes=frozenset({result}))]) for result in contest.outcomes
    ]
    names = after[0].assumptions
    found = np.stack([_joint(table, names) for table in after], axis=-1) / _joint(now, names)[..., None]
    return Prediction(contest.id, contest.outcomes, names, found)


def expected(model: Model, prediction: Prediction) -> dict[str, float]:
    """Give the probability of each result, over all worlds that the evidence allows."""
    table, names = model.tables[prediction.contest], prediction.assumptions
    given = _joint(table, names) / np.exp(spread(table, names))[..., None]  # P(outcome | states, evidence)
    groups = [group for group in model.groups if set(names) & set(group.names)]
    weight = joined(groups).marginal(names) if names else np.ones(())
    found = (weight[..., None, None] * given[..., None] * prediction.probabilities).reshape(-1, len(prediction.results))
    return dict(zip(prediction.results, map(float, found.sum(axis=0)), strict=True))


def planned_report(model: Model, contest: Contest, experiment: Evidence) -> Report:
    """Give the report that a planned experiment will be, whatever it says: of a paper of its own, not selected."""
    claim = contest.claims[0]
    kind = model.constants[contest.kind]
    target = model.target(contest)
    report = report_of(contest, claim, experiment, "planned", model.claims, kind, target, model.laboratories)
    return replace(report, selected=False)


def _joint(table: Table, names: tuple[str, ...]) -> Floats:
    """Give P(reports, outcome | assumptions), up to a factor that is the same for all tables of a contest."""
    evidence = np.exp(spread(table, names))
    shape = spread(table, names).shape
    found: Floats = evidence[..., None] * table.posterior.reshape(*shape, table.posterior.shape[-1])
    return found
