"""A memo of a study: the answer and how sure it is, what decides it, what would change our mind, what to test next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...base.errors import InputError, Problem, StudyError
from ...claims.vocabulary import plural
from ...studies.formula import evaluate
from ...studies.labels import formula_told
from ...studies.result import Result
from ...studies.value.valuation import Finding, Valuation
from ..told import is_change
from .memo_limits import limits

if TYPE_CHECKING:
    from ...inference.experiments import Promise
    from ...studies.value.exchanging import Shares
    from ..experiments import Experiment
    from ..question import StudyInLibrary

MOST_DECIDING, MOST_MINDS, MOST_NEXT, MOST_SOURCES = 5, 4, 3, 16
"""Rows of each part, so that the memo stays on two pages."""


@dataclass(frozen=True)
class Target:
    """How probable it is that an arm reaches a target: over worlds, of the mean subject."""

    target: str
    arm: str
    chance: float


@dataclass(frozen=True)
class Next:
    """An experiment: what it takes and what it promises, in the utility's unit for one decision."""

    title: str
    takes: str
    worth: float
    a_year: float | None
    turn: str


@dataclass(frozen=True)
class Memo:
    """What a memo says, before it is written.

    Attributes:
        effects: (arm, endpoint, unit, median, low, high), the interval holding 90 % of worlds.
        decides: (what, share of the variance, value of knowing it); the value is in `unit`.
        shares: (group of draws, first-order Sobol' share, total); empty where they were not asked for.
        minds: what would change the choice, each a sentence.
        limits: what the answer does not cover, each a sentence.
        sources: what stands behind it, each as one line; `more` are not printed.
        figure: SVG.
    """

    title: str
    question: str
    answer: str
    made_of: str
    effects: tuple[tuple[str, str, str, float, float, float, bool], ...]
    targets: tuple[Target, ...]
    why: str
    unit: str
    decides: tuple[tuple[str, float, float], ...]
    shares: tuple[tuple[str, float, float], ...]
    minds: tuple[str, ...]
    next: tuple[Next, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...]
    more: int
    figure: str


def memo(
    asked: StudyInLibrary,
    result: Result,
    targets: Sequence[str] = (),
    *,
    shares: Shares | None = None,
    figure: bool = True,
) -> Memo:
    """Put a memo together.

    Args:
        targets: formulas of endpoints that are true where a target is reached, such as `platelet_rise > 0.5`.
        shares: what groups of draws explain, where it is known.
        figure: draw the endpoints.
    Raises:
        StudyError: a target names what is no endpoint.
    """
    from ..publishing.studies import answer, value_of

    value, why_not = value_of(asked, result)
    shown = tuple(f for f in (value.findings if value else ()) if f.kind in ("contest", "assumption"))
    every = _sources(asked)
    return Memo(
        asked.study.title,
        asked.study.question,
        answer(asked, result, value),
        _made_of(asked, result),
        tuple(_effects(result)),
        _targets(result, value, targets),
        " ".join(filter(None, (value.sentence, value.together))) if value else why_not,
        value.unit if value else "",
        tuple(_deciding(value)),
        tuple((one.title, max(0.0, one.first), one.total) for one in (shares.shares if shares else ())),
        _minds(asked, result, value, shown),
        tuple(_next(asked, result, value)),
        tuple(limits(asked, result, value)),
        every[:MOST_SOURCES],
        max(0, len(every) - MOST_SOURCES),
        _figure(result) if figure else "",
    )


def _made_of(asked: StudyInLibrary, result: Result) -> str:
    worlds, subjects = result.values.shape[1:3]
    who = plural(asked.study.cohort.species)
    return (
        f"{result.trajectories:,} trajectories over {asked.study.horizon}: {worlds:,} worlds × {subjects} {who} × "
        f"{len(result.arms)} arms, {result.worlds.band} beliefs about {asked.believed_of}; run {result.digest[:12]}"
    )


def _effects(result: Result) -> list[tuple[str, str, str, float, float, float, bool]]:
    changes = {name: is_change(e) for name, e in result.study.endpoints.items()}
    return [
        (row["arm"], row["label"], row["unit"], row["median"], *row["worlds_90"], changes[row["endpoint"]])
        for row in result.summary()
        if row["median"] is not None
    ]


def _targets(result: Result, value: Valuation | None, targets: Sequence[str]) -> tuple[Target, ...]:
    if not targets:
        return _over_nothing(result, value)
    found, problems = [], []
    for target in targets:
        try:
            found += [
                Target(formula_told(target, result.labels), arm, _chance(result, i, target))
                for i, arm in enumerate(result.arms)
            ]
        except InputError as fault:
            known = ", ".join(result.study.endpoints)
            problems.append(Problem(f"--target '{target}'", str(fault), f"write a comparison of {known}"))
    if problems:
        raise StudyError("targets", problems)
    return tuple(found)


def _chance(result: Result, arm: int, target: str) -> float:
    from ...studies.forms import formula_names

    try:
        used = formula_names(target)
    except ValueError as fault:
        raise StudyError(target, str(fault)) from None
    values = result.values[arm]
    held = np.isfinite(values).all(axis=(1, 2))
    means = {name: values[held, :, j].mean(axis=1) for j, name in enumerate(result.study.endpoints)}
    if not used or not used <= set(means):
        raise StudyError(target, f"'{min(used - set(means), default=target)}' is no endpoint")
    return float(np.average(evaluate(target, means) != 0, weights=result.worlds.weights[held]))


def _over_nothing(result: Result, value: Valuation | None) -> tuple[Target, ...]:
    """Where no target is named: how probable it is that an arm does more good than the one that gives nothing."""
    none = next((i for i, arm in enumerate(result.study.arms.values()) if not arm), None)
    if value is None or none is None:
        return ()
    with np.errstate(invalid="ignore"):
        mean = np.nanmean(result.utility(), axis=2)
    held = np.isfinite(mean).all(axis=0)
    weights = result.worlds.weights[held]
    return tuple(
        Target(f"net benefit above that of '{result.arms[none]}'", arm, float(np.average(gain > 0, weights=weights)))
        for arm, gain in zip(result.arms, mean[:, held] - mean[none, held], strict=True)
        if arm != result.arms[none]
    )


def _deciding(value: Valuation | None) -> list[tuple[str, float, float]]:
    if value is None:
        return []
    real = [f for f in value.findings if f.kind != "dummy" and (f.share.is_positive or f.worth.is_positive)]
    ranked = sorted(real, key=lambda f: (-max(0.0, f.worth.value), -f.share.value))[:MOST_DECIDING]
    return [(f.title, max(0.0, f.share.value), max(0.0, f.worth.value) if f.worth.is_positive else 0.0) for f in ranked]


def _minds(
    asked: StudyInLibrary, result: Result, value: Valuation | None, findings: tuple[Finding, ...]
) -> tuple[str, ...]:
    if value is None:
        return ()
    said = []
    for finding in findings:
        for state, arm in finding.best_if.items():
            if arm != value.best and finding.chances[state] > 0 and finding.worth.is_positive:
                said.append(
                    f"If “{finding.title}” were known to be “{state.replace('_', ' ')}” "
                    f"({100 * finding.chances[state]:.0f} % probable now), “{arm}” would be best."
                )
    if not said:
        said.append(f"“{value.best}” stays best on average whatever any one contest or assumption turns out to be.")
    return (*said[:MOST_MINDS], asked.stability(result))


def _next(asked: StudyInLibrary, result: Result, value: Valuation | None) -> list[Next]:
    if value is None:
        return []
    known: dict[str, Experiment] = {one.id: one for one in asked.library.experiments}
    worths = {finding.name: finding.worth.value for finding in value.findings}

    def rank(
        promise: Promise,
    ) -> tuple[float, float]:  # worth nothing by themselves: those on what is worth testing most
        own = promise.worth.value if promise.worth.is_positive else 0.0
        return -own, -worths.get(promise.experiment.contest, 0.0)

    found = []
    for promise in sorted(asked.promises(result), key=rank)[:MOST_NEXT]:
        one = known[promise.experiment.id]
        takes = f"{one.n} in each group, about {one.weeks:g} weeks and {_money(one.cost)} (planning figures)"
        turns = {report: arm for report, arm in promise.best_after.items() if arm != value.best}
        turn = "; ".join(f"“{r.replace('_', ' ')}” would make “{arm}” best" for r, arm in turns.items())
        worth = max(0.0, promise.worth.value) if promise.worth.is_positive else 0.0
        a_year = worth * value.population if value.population else None
        found.append(Next(one.title, takes, worth, a_year, turn or "no report of it would change the choice"))
    return found


def _money(text: str) -> str:
    amount, _, currency = text.partition(" ")
    return f"{int(amount):,} {currency}"


def _sources(asked: StudyInLibrary) -> tuple[str, ...]:
    from ...artifacts import of_sources, write_citations

    records = {
        curie: reference.model_dump(mode="json", exclude_none=True)
        for curie, reference in asked.library.references.items()
    }
    return tuple(" ".join(write_citations([one], "text").split()) for one in of_sources(asked.sources, records))


def _figure(result: Result) -> str:
    from ...studies.figures.specs import draw, endpoint_figure

    return draw(endpoint_figure(result, result.labels).wide)
