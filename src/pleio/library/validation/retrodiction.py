"""Retrodictions: what the belief model would have said of a later, independent result from what was known before it.

A retrodiction names a contest, the year up to which evidence counts, and a later source of another laboratory.  The
model is given all evidence of all claims up to that year and asked what a published study of the later one's sort will
report.  It is scored by the logarithm of the probability of what was reported.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ...base.errors import ClaimError, Problem

if TYPE_CHECKING:
    from ...claims.belief.model import Model
    from ...claims.claim import Evidence
    from ...claims.collection import ClaimSet
    from ...claims.contest import Contest
    from ..opened import Library

TRUSTED = ("abstract", "file")  # sources that were opened
RESAMPLES, SEED = 10_000, 11
AGREES, DIFFERS, NOTHING = KINDS = ("agrees", "differs", "nothing")  # with most of the earlier reports; or no effect


class Retrodiction(BaseModel):
    """One entry of `retrodictions.yaml`: evidence up to a year, and a later source; what it found is in the claims."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str
    question: Literal["sufficiency", "necessity", "association"]
    until: Annotated[int, Field(ge=1950, le=2100)]
    later: str


@dataclass(frozen=True)
class Scored:
    """A retrodiction with its answer.

    Attributes:
        reported: what the later source reported, as an outcome of the contest.
        kind: whether that agrees with most of the earlier reports, differs in direction, or is no effect.
        model: the probability that the model gave it; `prior` without any evidence; `base` by the shares of the kinds
            among all other retrodictions of the list.
    """

    title: str
    until: int
    year: int
    later: str
    reported: str
    kind: str
    model: float
    prior: float
    base: float = math.nan


@dataclass(frozen=True)
class Score:
    """The mean gain in log score over a rival, in nats per retrodiction, with its 95 % interval."""

    rival: str
    gain: float
    low: float
    high: float


def read_retrodictions(library: Library) -> tuple[Retrodiction, ...]:
    """Read a library's list.

    Raises:
        ClaimError: the file is wrong.
    """
    from ...base.yaml import load, validate

    loaded = load(Path(library.folder) / "retrodictions.yaml", name="retrodictions.yaml", error=ClaimError)
    items = loaded.value if isinstance(loaded.value, list) else []
    return tuple(
        validate(loaded, Retrodiction, value=value, at=(i,), error=ClaimError) for i, value in enumerate(items)
    )


def candidates(library: Library) -> tuple[Retrodiction, ...]:
    """Find every retrodiction that the rule allows, by claim.

    Of each contest about a signed effect: the latest source that was opened and is dated, if its laboratory is none of
    those of the earlier ones, and what it reports is one outcome.
    """
    found = []
    for contest in library.claims.contests():
        dated = _dated(library, contest)
        if contest.relation != "effect" or not dated:
            continue
        year, later = max(dated, key=lambda pair: (pair[0], pair[1].source or ""))
        earlier = [(y, item) for y, item in dated if y < year]
        known = {item.laboratory or item.source for _, item in earlier}
        if earlier and later.source and (later.laboratory or later.source) not in known:
            until = max(y for y, _ in earlier)
            entry = Retrodiction(claim=contest.claims[0].id, question=contest.question, until=until, later=later.source)
            if _report(library, contest, entry) is not None:
                found.append(entry)
    return tuple(sorted(found, key=lambda each: (each.claim, each.question)))


def score(library: Library, entries: Sequence[Retrodiction] | None = None, band: str = "neutral") -> tuple[Scored, ...]:
    """Score retrodictions, those of the library's list by default.

    Raises:
        ClaimError: an entry names what does not exist, or its later source is not later.
    """

    models: dict[int, Model] = {}
    scored = [
        _score(library, entry, band, models) for entry in (read_retrodictions(library) if entries is None else entries)
    ]
    return tuple(replace(each, base=_share(each, scored)) for each in scored)


def gains(scored: Sequence[Scored]) -> tuple[Score, ...]:
    """Compare the model with the base rate and with its own prior.

    Intervals are percentiles of resamples of the later sources, since several results of one paper are not independent.
    """
    groups: dict[str, list[Scored]] = {}
    for each in scored:
        groups.setdefault(each.later, []).append(each)
    draws = np.random.default_rng(SEED).integers(0, len(groups), (RESAMPLES, len(groups)))
    counts = np.array([len(group) for group in groups.values()])
    found = []
    for rival in ("base", "prior"):
        sums = np.array([sum(math.log(s.model / getattr(s, rival)) for s in group) for group in groups.values()])
        means = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
        low, high = np.quantile(means, [0.025, 0.975])
        found.append(Score(rival, float(sums.sum() / counts.sum()), float(low), float(high)))
    return tuple(found)


def _score(library: Library, entry: Retrodiction, band: str, models: dict[int, Model]) -> Scored:
    from ...claims.belief.experiment import expected, predict

    contest = library.claims.contest(entry.claim, entry.question)
    answer = _report(library, contest, entry)
    if answer is None:
        raise ClaimError(f"retrodiction '{entry.claim}'", Problem(entry.later, "reports nothing later in this contest"))
    year, later, reported = answer
    chances = []
    for until in (entry.until, 0):
        if until not in models:
            models[until] = _model(library, until, band)
        same = next(each for each in models[until].claims.contests() if each.id == contest.id)
        chances.append(expected(models[until], predict(models[until], same, later, published=True))[reported])
    kind = _kind(library, contest, entry, reported)
    return Scored(contest.title, entry.until, year, entry.later, reported, kind, chances[0], chances[1])


def _model(library: Library, until: int, band: str) -> Model:
    from ...claims.belief.beliefs import believe

    return next(iter(believe(_known(library, until), band).contests.values())).model


def _known(library: Library, until: int) -> ClaimSet:
    """Give the claims with the evidence of sources up to a year; none at all where the year is 0.

    A source without a year is taken for later.  Every contest keeps its claims, so that it can be asked about.
    """
    from ...claims.collection import ClaimSet

    def kept(item: Evidence) -> bool:
        sources = [*item.cites, *([item.source] if item.source else [])]
        return bool(sources) and all(0 < (_year(library, source) or 9999) <= until for source in sources)

    def then(item: Evidence) -> Evidence:  # speculation has no weight, and keeps the question open
        return item if kept(item) else item.model_copy(update={"modality": "speculative"})

    claims = [c.model_copy(update={"evidence": tuple(then(item) for item in c.evidence)}) for c in library.claims]
    return ClaimSet(tuple(claims), library.claims.assumptions, library.claims.references)


def _dated(library: Library, contest: Contest) -> list[tuple[int, Evidence]]:
    found = []
    for _, item in contest.evidence:
        year = _year(library, item.source)
        if year and item.trust in TRUSTED and not item.secondary and item.says != "observation":
            found.append((year, item))
    return found


def _report(library: Library, contest: Contest, entry: Retrodiction) -> tuple[int, Evidence, str] | None:
    """Give the year of the later source, its evidence, and the one outcome that it reports."""
    from ...claims.contest import report

    said = [
        (claim, item) for claim, item in contest.evidence
        if item.source == entry.later and item.trust in TRUSTED and item.modality == "asserted"
    ]  # fmt: skip
    outcomes = {frozenset(report(claim, item)) for claim, item in said}
    year = _year(library, entry.later)
    if len(outcomes) != 1 or year is None or year <= entry.until:
        return None
    (left,) = outcomes
    return (year, said[0][1], next(iter(left))) if len(left) == 1 else None


def _kind(library: Library, contest: Contest, entry: Retrodiction, reported: str) -> str:
    from ...claims.contest import report

    before = [
        next(iter(left))
        for claim, item in contest.evidence
        if (_year(library, item.source) or 9999) <= entry.until and not item.secondary and item.says != "observation"
        for left in [frozenset(report(claim, item))]
        if len(left) == 1
    ]
    most = max(sorted(set(before)), key=before.count, default="")
    return AGREES if reported == most else NOTHING if reported == "no_effect" else DIFFERS


def _share(each: Scored, scored: Sequence[Scored]) -> float:
    """Give the share of a kind among the others, one added to each kind so that none is impossible."""
    others = [other.kind for other in scored if other is not each]
    return (others.count(each.kind) + 1) / (len(others) + len(KINDS))


def _year(library: Library, source: str | None) -> int | None:
    reference = library.references.get(source or "")
    return reference.year if reference is not None and not reference.retracted else None
