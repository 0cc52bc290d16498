"""The truth tree of one contest: the exact likelihood of its reports, by one pass from the papers up to the target.

    target context → class (species, cell, reagent) → laboratory → paper → reports

At each node the local truth is its parent's with probability τ, else a fresh draw from the prior.  Written out in
`docs/theory/belief.md`; `tests/property/test_belief_tree.py` compares it with the sum over all states of all nodes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .reports import Report

Vector = Sequence[float]  # one number for each outcome
Level = Callable[[Report], tuple[tuple[str, ...], float]]  # which branch a report is in, and its τ


@dataclass(frozen=True)
class Likelihood:
    """P(reports | outcome) for each outcome, up to one factor: the numbers times exp(log_scale)."""

    values: tuple[float, ...]
    log_scale: float

    def evidence(self, prior: Vector) -> float:
        """Give ln P(reports)."""
        return math.log(_dot(prior, self.values)) + self.log_scale

    def posterior(self, prior: Vector) -> tuple[float, ...]:
        """Give P(outcome | reports)."""
        joint = [p * value for p, value in zip(prior, self.values, strict=True)]
        total = sum(joint)
        return tuple(part / total for part in joint)


def prior(outcomes: Sequence[str], null: float) -> tuple[float, ...]:
    """Give the prior of each outcome: no effect (the last) as stated, the others alike."""
    rest = (1 - null) / (len(outcomes) - 1)
    return (*(rest for _ in outcomes[:-1]), null)


def likelihood(
    reports: Iterable[Report],
    outcomes: Sequence[str],
    prior: Vector,
    k: Mapping[str, float],
    effects: Mapping[str, str] | None = None,
) -> Likelihood:
    """Give the likelihood of a contest's reports, its assumptions being in given states.

    Args:
        reports: the independent reports.
        outcomes: of the contest; the last is no effect or absence.
        prior: P(outcome), from which fresh draws are made too.
        k: the constants.
        effects: what each assumption's state makes of a report: support, noise or reversed.
    """
    levels: tuple[Level, ...] = (
        lambda report: (report.place.key, report.place.tau),
        lambda report: ((report.laboratory,), k["same_laboratory"]),
        lambda report: ((report.source,), k["same_paper"]),
    )

    def node(below: Sequence[Report], depth: int) -> Likelihood:
        """Give P(reports below | local truth) of a node."""
        if depth == len(levels):
            return _join([Likelihood(tuple(speak(report, outcomes, k, effects or {})), 0.0) for report in below])
        branches: dict[tuple[tuple[str, ...], float], list[Report]] = {}
        for report in below:
            branches.setdefault(levels[depth](report), []).append(report)
        return _join([_up(node(branches[key], depth + 1), key[1], prior) for key in sorted(branches)])

    apart: dict[tuple[str, ...], list[Report]] = {(): []}
    for report in reports:
        # reports that an assumption has made noise of speak together of some other truth, a fresh draw
        noisy = tuple(name for name in report.rests_on if (effects or {}).get(name) == "noise")
        apart.setdefault(noisy, []).append(report)
    nothing = Likelihood((1.0,) * len(outcomes), 0.0)
    return _join([nothing, *(_up(node(apart[key], 0), float(not key), prior) for key in sorted(apart) if apart[key])])


def _join(messages: Sequence[Likelihood]) -> Likelihood:
    """Multiply what independent branches say."""
    product, log_scale = [1.0] * len(messages[0].values), 0.0
    for message in messages:
        product = [a * b for a, b in zip(product, message.values, strict=True)]
        highest = max(product)  # keeps thousands of reports from vanishing below the smallest number
        product = [value / highest for value in product]
        log_scale += message.log_scale + math.log(highest)
    return Likelihood(tuple(product), log_scale)


def _up(message: Likelihood, tau: float, prior: Vector) -> Likelihood:
    """Carry what a node says up to its parent: the same truth with probability τ, else a fresh draw."""
    fresh = _dot(prior, message.values)
    return Likelihood(tuple(tau * value + (1 - tau) * fresh for value in message.values), message.log_scale)


def speak(report: Report, outcomes: Sequence[str], k: Mapping[str, float], effects: Mapping[str, str]) -> list[float]:
    """Give P(report | local truth) for each outcome that the local truth can be."""
    if not report.selected:
        k = {**k, "publish_null": 1.0}
    chance = _published([1.0] * len(outcomes), k)
    by_chance = sum(p for p, name in zip(chance, outcomes, strict=True) if name in report.outcomes)
    heard = [
        report.rho * sum(p for p, name in zip(row, outcomes, strict=True) if name in report.outcomes)
        + (1 - report.rho) * by_chance
        for row in matrix(len(outcomes), report.power, k)
    ]
    made = [effects[name] for name in report.rests_on if name in effects]
    if made.count("reversed") % 2:
        heard[0], heard[1] = heard[1], heard[0]  # the two directions, or presence and absence, change places
    return heard


def matrix(size: int, power: float, k: Mapping[str, float]) -> list[list[float]]:
    """Give P(published report | local truth) of an informative source.  Shape (truth, report), rows summing to 1.

    An effect that is missed, with probability 1 − power, looks like none: null, or a sign by chance.
    """
    effects, chance = size - 1, k["false_positive"]
    none = [chance / effects] * effects + [1 - chance]
    rows = [[(1 - power) * p + power * (j == i) for j, p in enumerate(none)] for i in range(effects)]
    return [_published(row, k) for row in (*rows, none)]


def _published(row: Vector, k: Mapping[str, float]) -> list[float]:
    """Let only a part s(null) of the null reports be published."""
    weighed = [*row[:-1], row[-1] * k["publish_null"]]
    total = sum(weighed)
    return [weight / total for weight in weighed]


def _dot(a: Vector, b: Vector) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))
