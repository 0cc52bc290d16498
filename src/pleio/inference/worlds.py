"""Drawing worlds: assumptions and outcomes from the joint posterior, then parameters; rare outcomes more often.

A world's draws are quantiles of uniforms keyed by (seed, world, name).  Another belief band reuses the uniforms;
another claim adds uniforms and leaves the others as they are.

So that an outcome that is believed at under 5 % is seen at all, some worlds are drawn given that outcome.  All worlds
together are then a mixture, and a world weighs what it is believed over what the mixture gives it: see
docs/theory/worlds.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ..base.errors import ClaimError, Problem, nearest
from ..base.expected import expect_count
from ..claims.belief.draw import draw
from ..claims.belief.joint import Group, Table
from ..studies.mechanism import Mechanism
from ..studies.subjects.draws import uniforms
from ..studies.subjects.nets import Net
from ..studies.worlds import Exchange, Indices, States, Worlds

if TYPE_CHECKING:
    from ..claims.belief.beliefs import Beliefs

Array = NDArray[np.float64]
Ask = Callable[[str, Indices], Array]
"""Gives some worlds' numbers of a name."""

RARE = 0.05
RAREST = 1e-3
"""An outcome believed less than this is left to chance: a hundred worlds that weigh so little decide nothing."""
CARRIERS = 100
MOST_FOR_RARE = 0.5
"""At most this share of the worlds is drawn given a rare outcome, so that no weight exceeds 2 before normalising."""


class Posterior(Protocol):
    """The joint posterior that worlds are drawn from; `claims.belief.Beliefs` gives one through `posterior_of`."""

    @property
    def groups(self) -> Sequence[Group]: ...
    @property
    def tables(self) -> Mapping[str, Table]: ...
    @property
    def outcomes(self) -> Mapping[str, Mapping[str, float]]: ...
    @property
    def states(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def always(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Joint:
    """A joint posterior as plain values.

    Attributes:
        outcomes: contest → outcome → belief, all assumptions summed over.
        states: assumption → the names of its states.
        always: contest → its outcome, where it is not left to chance.
    """

    groups: Sequence[Group]
    tables: Mapping[str, Table]
    outcomes: Mapping[str, Mapping[str, float]]
    states: Mapping[str, tuple[str, ...]]
    always: Mapping[str, str]


@dataclass(frozen=True)
class Stratum:
    """A rare outcome and how many worlds are drawn given it."""

    contest: str
    outcome: str
    belief: float
    count: int


def posterior_of(beliefs: Beliefs, contests: Iterable[str]) -> Joint:
    """Take what worlds need from beliefs, for some contests and the assumptions they are coupled to.

    Raises:
        ClaimError: a contest is not known.
    """
    wanted = sorted(set(contests))
    unknown = [name for name in wanted if name not in beliefs.contests]
    if unknown:
        raise ClaimError("the beliefs", [Problem(n, "is not a contest", nearest(n, beliefs.contests)) for n in unknown])
    chosen = {name: beliefs.contests[name] for name in wanted}
    return Joint(
        beliefs.groups,
        {name: beliefs.tables[name] for name in wanted},
        {name: dict(belief.outcomes) for name, belief in chosen.items()},
        {name: tuple(belief.states) for name, belief in beliefs.assumptions.items()},
        {name: belief.always for name, belief in chosen.items() if belief.always},
    )


def draw_worlds(
    posterior: Posterior,
    mechanism: Mechanism,
    *,
    count: int,
    seed: int,
    band: str = "neutral",
    net: Net | None = None,
    rare: bool = True,
) -> Worlds:
    """Draw worlds.

    Args:
        posterior: of the contests that the mechanism's switches name.
        count: how many worlds.
        seed: keys every draw.
        band: the belief band that the posterior is of; it is noted, and changes no uniform.
        net: spreads the draws evenly over worlds; None: each is independent.
        rare: whether rare outcomes are drawn more often than they are believed, and weighted down for it.
    Returns:
        Weighted worlds, with the assumptions that these contests rest on or that set parameters.  An outcome believed
        at under 5 % is carried by at least 100 of them, where half of the worlds suffice for all such outcomes; with
        `rare` off all worlds weigh the same.
    """
    worlds = Drawing(posterior, mechanism, count, seed, band, net, rare=rare).take(slice(None))
    return replace(worlds, weights=worlds.weights / worlds.weights.mean())


@dataclass(frozen=True, eq=False)
class Drawing:
    """Worlds that are drawn when they are asked for, so that of many only a few need be there at a time.

    Their weights have an expectation of 1; those of `draw_worlds`, a mean of 1.

    Attributes:
        exchange: the draws that are another world's; where it is given, all worlds are drawn as believed, none more
            often than that.
        rare: whether rare outcomes are drawn more often than they are believed.
    """

    posterior: Posterior
    mechanism: Mechanism
    count: int
    seed: int
    band: str = "neutral"
    net: Net | None = None
    exchange: Exchange | None = None
    rare: bool = True

    def __post_init__(self) -> None:
        expect_count("worlds", self.count)

    def uniforms(self, name: str, numbers: Indices) -> Array:
        """Give some worlds' numbers of a name.  Shape (numbers,)."""
        numbers = self.exchange.numbers(name, numbers) if self.exchange else numbers
        return uniforms(self.seed, name, numbers, net=self.net)

    def __len__(self) -> int:
        return self.count

    @cached_property
    def strata(self) -> tuple[Stratum, ...]:
        return () if self.exchange or not self.rare else plan(self.posterior, self.count)

    @cached_property
    def component(self) -> NDArray[np.int16]:
        """Which stratum each world serves; −1 where it is drawn as believed.  Shape (worlds,)."""
        return assign(self.strata, np.arange(self.count, dtype=np.int64), self.uniforms).astype(np.int16)

    def take(self, which: slice) -> Worlds:
        """Draw some of the worlds."""
        posterior, mechanism = self.posterior, self.mechanism
        numbers = np.arange(*which.indices(self.count), dtype=np.int64)
        concerned = {*mechanism.settings, *(name for table in posterior.tables.values() for name in table.assumptions)}
        component = self.component[which].astype(np.int64)
        states = {name: np.zeros(len(numbers), dtype=np.int64) for group in posterior.groups for name in group.names}
        outcomes = {name: np.zeros(len(numbers), dtype=np.int64) for name in posterior.tables}
        for index in range(-1, len(self.strata)):
            where = np.nonzero(component == index)[0]
            if len(where):
                stratum = self.strata[index] if index >= 0 else None
                _draw_some(posterior, stratum, self.uniforms, numbers, where, states, outcomes)
        worlds = Worlds(
            self.seed,
            numbers,
            contests={name: States(tuple(posterior.outcomes[name]), index) for name, index in outcomes.items()},
            assumptions={
                name: States(posterior.states[name], index) for name, index in states.items() if name in concerned
            },
            parameters={
                name: np.asarray(law.quantile(self.uniforms(f"parameter {name}", numbers)))
                for name, law in sorted(mechanism.uncertain.items())
            },
            band=self.band,
            net=self.net,
            exchange=self.exchange,
        )
        return weigh(worlds, self.strata, component, self.count, float((self.component < 0).mean()))


def plan(posterior: Posterior, count: int) -> tuple[Stratum, ...]:
    """Decide which rare outcomes get worlds of their own, and how many."""
    rare = [
        (contest, outcome, belief)
        for contest, beliefs in sorted(posterior.outcomes.items())
        if contest not in posterior.always
        for outcome, belief in beliefs.items()
        if RAREST <= belief < RARE
    ]
    if not rare:
        return ()
    share = math.floor(MOST_FOR_RARE * count / len(rare))
    strata = [Stratum(*entry, min(CARRIERS, share)) for entry in rare]
    return tuple(stratum for stratum in strata if stratum.count > 0)


def assign(strata: Sequence[Stratum], numbers: Indices, ask: Ask) -> Indices:
    """Choose the worlds of each stratum, by draws of its own name, so that one more stratum moves few worlds.

    Returns:
        The stratum of each world, −1 for those drawn as believed.  Shape (worlds,).
    """
    component = np.full(len(numbers), -1, dtype=np.int64)
    for index, stratum in enumerate(strata):
        priority = ask(f"stratum {stratum.contest} {stratum.outcome}", numbers)
        priority[component >= 0] = np.inf
        component[np.argsort(priority, kind="stable")[: stratum.count]] = index
    return component


def weigh(worlds: Worlds, strata: Sequence[Stratum], component: Indices, count: int, common: float) -> Worlds:
    """Give worlds that were drawn from a mixture the weights that make them as believed.

    Args:
        component: of these worlds.  Shape (worlds,).
        count: how many worlds the mixture has in all.
        common: the share of those that was drawn as believed.
    """
    contests = dict(worlds.contests)
    total = np.full(len(worlds), common)
    for stratum in strata:
        states = contests[stratum.contest]
        holds = states.index == states.names.index(stratum.outcome)
        extra = np.where(holds, stratum.count / count / stratum.belief, 0.0)
        total += extra
        contests[stratum.contest] = replace(states, stratum=(0.0 if states.stratum is None else states.stratum) + extra)
    weights = 1.0 / total
    return replace(
        worlds,
        contests=contests,
        weights=weights,
        common=common,
        component=component,
        component_of=tuple(stratum.contest for stratum in strata),
    )


def _draw_some(
    posterior: Posterior,
    stratum: Stratum | None,
    ask: Ask,
    numbers: Indices,
    where: Indices,
    states: dict[str, Indices],
    outcomes: dict[str, Indices],
) -> None:
    """Draw some of the worlds, given the outcome of their stratum, and put them in their places."""
    groups, tables = posterior.groups, posterior.tables
    if stratum is not None:
        outcome = list(posterior.outcomes[stratum.contest]).index(stratum.outcome)
        groups, tables = condition(groups, tables, stratum.contest, outcome)
    names = {name: tuple(beliefs) for name, beliefs in posterior.outcomes.items()}
    found = draw(groups, tables, names, posterior.states, posterior.always, lambda name: ask(name, numbers[where]))
    for name, index in found.states.items():
        states[name][where] = index
    for name, index in found.outcomes.items():
        outcomes[name][where] = index


def condition(
    groups: Sequence[Group], tables: Mapping[str, Table], contest: str, outcome: int
) -> tuple[tuple[Group, ...], dict[str, Table]]:
    """Condition a joint posterior on an outcome: P(A | θ) ∝ P(A) P(θ | A), and that contest is settled."""
    table = tables[contest]
    settled = np.zeros_like(table.posterior)
    settled[..., outcome] = 1.0
    conditioned = tuple(_weighted(group, table, outcome) for group in groups)
    return conditioned, {**tables, contest: replace(table, posterior=settled)}


def _weighted(group: Group, table: Table, outcome: int) -> Group:
    if not table.assumptions or table.assumptions[0] not in group.names:
        return group
    chance = table.posterior[..., outcome]
    # a table's axes stand in the order of the group's names, so no axis changes place
    sizes = dict(zip(table.assumptions, chance.shape, strict=True))
    weighted = group.posterior * chance.reshape([sizes.get(name, 1) for name in group.names])
    return replace(group, posterior=weighted / weighted.sum())
