"""The value of a named experiment: what it could report in each world, and what the decision gains by waiting for it.

An experiment's report goes through the same model as any evidence: its system decides how far it speaks of the target,
its power how often it sees an effect, the assumptions it rests on what its report means.  See docs/theory/value.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..base.errors import Problem, StudyError, nearest
from ..claims.belief.joint import Table
from ..claims.belief.reports import Report, classify
from ..claims.claim import Context
from ..studies.result import Result
from ..studies.value.grouping import exchange
from ..studies.value.information import gains, population, require_enough
from ..studies.value.worth import PERMUTATIONS, RESAMPLES, Worth, generator, worth_of
from ..studies.worlds import Worlds

if TYPE_CHECKING:
    from ..claims.belief.beliefs import Beliefs

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Experiment:
    """An experiment as belief sees it.

    Attributes:
        contest: what it asks.
        system: where it is done.
        power: its chance to see an effect that is there.
        foreign: the species its agent is from, where that is not the one it is given to; "" otherwise.
        rests_on: assumptions that its report is read through.
        cost: in a currency of the reader's choice; None where it is not known.
    """

    id: str
    title: str
    contest: str
    system: Context
    power: float
    foreign: str = ""
    rests_on: tuple[str, ...] = ()
    weeks: float | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Promise:
    """What an experiment promises for a decision.

    Attributes:
        worth: EVSI, in the utility's unit.
        chances: report → how probable it is.
        best_after: report → the arm that would then be best.
        believed_after: report → the belief in each outcome of the contest that it would leave.
        break_even: the money that a unit of utility must be worth for a year's decisions to pay the cost; None where
            cost or population is not known, infinite where the experiment is worth nothing.
    """

    experiment: Experiment
    worth: Worth
    chances: dict[str, float]
    best_after: dict[str, str]
    believed_after: dict[str, dict[str, float]]
    break_even: float | None

    @property
    def changes_choice(self) -> bool:
        """Whether some report would change which arm is chosen."""
        return len(set(self.best_after.values())) > 1


def promises(
    experiments: Sequence[Experiment],
    beliefs: Beliefs,
    result: Result,
    *,
    permutations: int = PERMUTATIONS,
    resamples: int = RESAMPLES,
) -> list[Promise]:
    """Value the experiments that bear on a study, the most valuable first.

    Experiments on contests that do not enter the study's mechanism are left out: they cannot change its answer.

    Args:
        beliefs: those that the study's worlds were drawn from.
    Raises:
        StudyError: the study has no decision, its worlds are too few, or an experiment asks an unknown contest.
    """
    unknown = [one for one in experiments if one.contest not in beliefs.contests]
    if unknown:
        raise StudyError(
            "the experiments",
            [Problem(one.id, f"asks '{one.contest}'", nearest(one.contest, beliefs.contests)) for one in unknown],
        )
    mean = population(result.utility())
    usable = np.isfinite(mean).all(axis=0)
    worlds = result.worlds.take(np.nonzero(usable)[0])
    require_enough(worlds)
    benefit = gains(mean[:, usable], worlds.weights)
    decision = result.study.decision
    size = decision.population_size if decision else None
    found = [
        _promise(one, beliefs, worlds, benefit, result.arms, size, permutations, resamples)
        for one in experiments
        if one.contest in worlds.contests
    ]
    return sorted(found, key=lambda promise: (-promise.worth.value, promise.experiment.id))


def _promise(
    experiment: Experiment,
    beliefs: Beliefs,
    worlds: Worlds,
    benefit: Array,
    arms: tuple[str, ...],
    size: float | None,
    permutations: int,
    resamples: int,
) -> Promise:
    chances = report_chances(experiment, beliefs, worlds)
    random = generator(worlds.seed)
    by_chance = np.array([_permuted(experiment, chances, worlds, benefit, random) for _ in range(permutations)])
    count = len(worlds)
    again = np.array(
        [evsi(chances[draw], worlds.weights[draw], benefit[:, draw]) for draw in _draws(random, count, resamples)]
    )
    worth = worth_of(evsi(chances, worlds.weights, benefit), by_chance, again)
    names = worlds.contests[experiment.contest].names
    heard, after = conditional(chances, worlds.weights, benefit)
    states = worlds.contests[experiment.contest].index
    believed = {
        name: {
            other: float((worlds.weights * chances[:, r])[states == k].sum() / (worlds.weights @ chances[:, r]))
            for k, other in enumerate(names)
        }
        for r, name in enumerate(names)
    }
    value = max(0.0, worth.value) * size if size else None
    pays = None if experiment.cost is None or value is None else experiment.cost / value if value else float("inf")
    return Promise(
        experiment,
        worth,
        {name: float(p) for name, p in zip(names, heard, strict=True)},
        {name: arms[int(k)] for name, k in zip(names, after.argmax(axis=1), strict=True)},
        believed,
        pays,
    )


def evsi(chances: Array, weights: Array, benefit: Array) -> float:
    """Give the expected value of hearing a report: Σ P(r) max E[benefit | r] − max E[benefit].

    Args:
        chances: of each report in each world.  Shape (worlds, reports), rows summing to 1.
        weights: of the worlds.  Shape (worlds,).
        benefit: Shape (arms, worlds), in the utility's unit.
    """
    heard, after = conditional(chances, weights, benefit)
    return float(heard @ after.max(axis=1) - (heard @ after).max())


def conditional(chances: Array, weights: Array, benefit: Array) -> tuple[Array, Array]:
    """Give the chance of each report, and the mean benefit of each arm after it.

    Returns:
        Shapes (reports,) and (reports, arms).
    """
    joint = chances * (weights / weights.sum())[:, None]
    heard = joint.sum(axis=0)
    return heard, _ratio(joint.T @ benefit.T, heard[:, None])


def _ratio(above: Array, below: Array) -> Array:
    """Divide, nothing by nothing being nothing."""
    above, below = np.broadcast_arrays(above, below)
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


def report_chances(experiment: Experiment, beliefs: Beliefs, worlds: Worlds) -> Array:
    """Give the chance of each report in each world, all evidence there is being taken into account.

    From Bayes' rule, P(r | θ, A, E) = P(θ | A, E, r) P(E, r | A) / (P(θ | A, E) P(E | A)), each factor of which the
    model gives with and without the report.

    Returns:
        Shape (worlds, reports), the reports in the order of the contest's outcomes; rows sum to 1.
    """
    belief = beliefs.contests[experiment.contest]
    model, contest = belief.model, belief.contest
    k = model.constants[contest.kind]
    target = model.target(contest)
    place = classify(experiment.system.over(target), target, experiment.foreign or None, k)
    low, high = k["replicates_without_power"], k["replicates_with_power"]
    rho = k["read_file"] * (low + experiment.power * (high - low))
    rests_on = tuple(sorted(name for name in experiment.rests_on if name in beliefs.assumptions))
    name = f"experiment {experiment.id}"
    tables = []
    for outcome in contest.outcomes:
        told = Report(frozenset({outcome}), name, name, place, rho, experiment.power, rests_on, selected=False)
        tables.append(model.table(contest, [*belief.reports, told]))
    axes = tables[0].assumptions
    before, prior = _laid(model.tables[contest.id], axes)
    chances = []
    for table in tables:
        after, posterior = _laid(table, axes)
        chances.append(np.exp(after - before)[..., None] * _ratio(posterior, prior))
    return _in_worlds(np.stack(chances, axis=-1), axes, experiment.contest, beliefs, worlds)


def _laid(table: Table, axes: tuple[str, ...]) -> tuple[Array, Array]:
    """Lay a table's log evidence and posterior along axes that include its own; both run in order of name."""
    sizes = dict(zip(table.assumptions, table.log_evidence.shape, strict=True))
    shape = [sizes.get(name, 1) for name in axes]
    return table.log_evidence.reshape(shape), table.posterior.reshape([*shape, table.posterior.shape[-1]])


def _in_worlds(chances: Array, axes: tuple[str, ...], contest: str, beliefs: Beliefs, worlds: Worlds) -> Array:
    """Look up each world's chances; an assumption that the worlds do not carry is summed over its posterior."""
    kept = [name for name in axes if name in worlds.assumptions]
    for axis in reversed(range(len(axes))):
        if axes[axis] not in kept:
            states = np.array(list(beliefs.assumptions[axes[axis]].states.values()))
            chances = np.tensordot(chances, states, axes=([axis], [0]))
    index: tuple[Any, ...] = tuple(worlds.assumptions[name].index for name in kept)
    found: Array = chances[(*index, worlds.contests[contest].index)]
    return found


def _permuted(
    experiment: Experiment, chances: Array, worlds: Worlds, benefit: Array, random: np.random.Generator
) -> float:
    """Value the experiment after the answers of the worlds were exchanged; see `studies.value.grouping`."""
    own = [k for k, name in enumerate(worlds.component_of) if name == experiment.contest]
    order = exchange(worlds.component, own, random)
    stratum = worlds.contests[experiment.contest].stratum
    held = np.zeros(len(worlds)) if stratum is None else stratum
    weights = worlds.importance[order] / ((worlds.oversampling - held)[order] + held)
    return evsi(chances, weights, benefit[:, order])


def _draws(random: np.random.Generator, count: int, times: int) -> Any:
    return (random.integers(0, count, count) for _ in range(times))
