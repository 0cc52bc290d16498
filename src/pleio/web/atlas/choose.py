"""What of the graph is shown: filters, the ties around a place, and the best paths between two."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .graph import Graph, Tie

MOST_NEIGHBOURS = 24
NAMING = ("has_identifier", "has_property")  # say what a thing is called or how large it is, not what it does
UNKNOWN = 0.5  # what a step without a belief counts for when paths are ranked
MOST_STEPS = 4
MOST_LOOKED_AT = 60_000


@dataclass(frozen=True)
class Filter:
    """What a tie must have; empty lets all pass.

    Attributes:
        relation: one relation.
        context: words that its context has, whole.
        least: the least belief; ties without a belief pass only where it is 0.
        contested: only ties whose evidence disagrees.
    """

    relation: str = ""
    context: str = ""
    least: float = 0.0
    contested: bool = False

    def keeps(self, tie: Tie) -> bool:
        return (
            (not self.relation or tie.relation == self.relation)
            and (not self.context or self.context.casefold() in tie.context.casefold())
            and (self.least <= 0 or (tie.belief is not None and tie.belief >= self.least))
            and (not self.contested or tie.contested)
        )


@dataclass(frozen=True)
class Bundle:
    """All ties from one place to another: how they are drawn, the highest belief, the claims, what speaks to them."""

    source: str
    target: str
    effect: str
    belief: float | None
    contested: bool
    claims: tuple[str, ...]
    relations: tuple[str, ...] = ()
    findings: int = 0


@dataclass(frozen=True)
class Neighbourhood:
    """A place with the neighbours that most speaks for, in the order in which they are drawn.

    `bundles` join the place to them, `among` them to each other; `more` neighbours are left out.
    """

    middle: str
    neighbours: tuple[str, ...]
    bundles: tuple[Bundle, ...]
    among: tuple[Bundle, ...]
    more: int


@dataclass(frozen=True)
class Route:
    """A path: its steps, and the product of what is believed of them."""

    steps: tuple[Bundle, ...]
    belief: float


def bundled(ties: Iterable[Tie]) -> tuple[Bundle, ...]:
    """Put ties with the same ends together, in the order of their ends."""
    groups: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        groups.setdefault((tie.source, tie.target), []).append(tie)
    return tuple(_bundle(*ends, groups[ends]) for ends in sorted(groups))


def _bundle(source: str, target: str, ties: list[Tie]) -> Bundle:
    if len(ties) == 1:  # as most are
        (tie,) = ties
        return Bundle(
            source, target, tie.effect, tie.belief, tie.contested, (tie.claim,), (tie.relation,), tie.findings
        )
    effects = {tie.effect for tie in ties if tie.effect not in ("other", "binds")} or {tie.effect for tie in ties}
    effect = effects.pop() if len(effects) == 1 else "contested" if "contested" in effects else "mixed"
    beliefs = [tie.belief for tie in ties if tie.belief is not None]
    ordered = sorted(ties, key=lambda tie: (-(tie.belief or 0), tie.claim))
    return Bundle(
        source, target, effect, max(beliefs, default=None), any(tie.contested for tie in ties),
        tuple(tie.claim for tie in ordered), tuple(sorted({tie.relation for tie in ties})),
        sum(tie.findings for tie in ties),
    )  # fmt: skip


def neighbourhood(graph: Graph, middle: str, filter: Filter, most: int = MOST_NEIGHBOURS) -> Neighbourhood:
    """Give what surrounds a place: those neighbours first that most findings speak of."""
    here = [graph.ties[n] for n in graph.around[middle]]
    kept = [tie for tie in here if filter.keeps(tie) and tie.source != tie.target]
    weight: dict[str, tuple[int, float]] = {}
    for tie in kept:
        other = tie.target if tie.source == middle else tie.source
        findings, belief = weight.get(other, (0, 0.0))
        weight[other] = (findings + tie.findings, max(belief, tie.belief or 0.0))
    naming = set() if filter.relation else {tie.target for tie in kept if tie.relation in NAMING}
    ranked = sorted(weight.keys() - naming or weight, key=lambda curie: (-weight[curie][0], -weight[curie][1], curie))
    shown = set(ranked[:most])
    among = {n for curie in shown for n in graph.around[curie] if _both(graph.ties[n], shown)}
    return Neighbourhood(
        middle,
        tuple(sorted(shown, key=lambda curie: (graph.names[curie].casefold(), curie))),
        bundled(tie for tie in kept if shown & {tie.source, tie.target}),
        bundled(tie for tie in (graph.ties[n] for n in sorted(among)) if filter.keeps(tie)),
        len(weight) - len(shown),
    )


def _both(tie: Tie, shown: set[str]) -> bool:
    return tie.source in shown and tie.target in shown and tie.source != tie.target


def routes(
    graph: Graph, start: str, end: str, filter: Filter, *, steps: int = MOST_STEPS, most: int = 8
) -> tuple[list[Route], bool]:
    """Find the paths along ties that are believed most as a whole; and whether every one was looked at.

    The best path is always extended first, and a product of beliefs never grows, so those that arrive first are best.
    """
    left = _distances(graph, end, filter, steps)
    if start not in left or start == end:
        return [], True
    found: list[Route] = []
    waiting: list[tuple[float, int, str, tuple[str, ...]]] = [(-1.0, 0, start, (start,))]
    looked = 0
    while waiting and len(found) < most and looked < MOST_LOOKED_AT:
        cost, length, here, passed = heapq.heappop(waiting)
        looked += 1
        if here == end:
            found.append(Route(tuple(_between(graph, a, b, filter) for a, b in pairwise(passed)), -cost))
            continue
        for other, belief in sorted(_onward(graph, here, filter).items()):
            if other not in passed and left.get(other, steps + 1) <= steps - length - 1:
                heapq.heappush(waiting, (cost * belief, length + 1, other, (*passed, other)))
    return found, looked < MOST_LOOKED_AT


def _distances(graph: Graph, end: str, filter: Filter, steps: int) -> dict[str, int]:
    """Say how many steps each place is from the end, where it is near enough."""
    found, edge = {end: 0}, [end]
    for step in range(1, steps + 1):
        near = {
            tie.source
            for here in edge
            for tie in (graph.ties[n] for n in graph.around[here])
            if tie.target == here and tie.source not in found and filter.keeps(tie)
        }
        found.update(dict.fromkeys(near, step))
        edge = sorted(near)
    return found


def _onward(graph: Graph, here: str, filter: Filter) -> dict[str, float]:
    onward: dict[str, float] = {}
    for tie in (graph.ties[n] for n in graph.around[here]):
        if tie.source == here and tie.target != here and filter.keeps(tie):
            belief = UNKNOWN if tie.belief is None else tie.belief
            onward[tie.target] = max(onward.get(tie.target, 0.0), belief)
    return onward


def _between(graph: Graph, source: str, target: str, filter: Filter) -> Bundle:
    ties = [graph.ties[n] for n in graph.around[source]]
    return _bundle(source, target, [t for t in ties if (t.source, t.target) == (source, target) and filter.keeps(t)])
