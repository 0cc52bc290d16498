"""From evidence to independent reports: what counts in a contest, once, through which source, and how strongly.

Agreeing statements of one paper are one report.  A secondary statement counts through the primary source it cites, if
that source does not speak for itself; secondary statements that cite nothing are one faint report together.
Speculative statements, observations and retracted sources give none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..claim import Claim, Context, Evidence
from ..collection import ClaimSet
from ..contest import Contest, report

UNCITED = "no source"  # what secondary statements that cite nothing count through
OBSERVED, SPECULATIVE, RETRACTED = "used as an observation", "speculative", "its source is retracted"
REPEATED = "the same source already says so"
THROUGH_PRIMARY = "its primary source speaks for itself"


@dataclass(frozen=True)
class Class:
    """A class of experiments: species, cell or tissue, disease and reagent; `tau` carries it to the target context."""

    key: tuple[str, ...]
    tau: float


@dataclass(frozen=True)
class Report:
    """What one paper says in a contest: the outcomes it leaves, ρ, power, and the assumptions it rests on."""

    outcomes: frozenset[str]
    source: str
    laboratory: str
    place: Class
    rho: float
    power: float
    rests_on: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()  # whose evidence says so, in order
    primary: bool = True
    selected: bool = True  # whether a null might have gone unpublished

    @property
    def strength(self) -> tuple[float, float, float, tuple[str, ...], str]:
        """What the strongest of agreeing statements has most of; the last parts only make the order total."""
        return self.rho, self.power, self.place.tau, self.place.key, self.laboratory


@dataclass(frozen=True)
class Silent:
    """A piece of evidence that gives the belief no weight of its own, and why."""

    evidence: Evidence
    reason: str


@dataclass(frozen=True)
class Reports:
    """The independent reports of a contest, in canonical order, and the evidence that adds none."""

    reports: tuple[Report, ...]
    silent: tuple[Silent, ...]


def reports_of(
    contest: Contest,
    claims: ClaimSet,
    constants: Mapping[str, float],
    target: Context,
    laboratories: Mapping[str, str],
) -> Reports:
    """Collect the independent reports on a contest.

    Args:
        target: the context that belief is about, with the contest's own cell type, tissue and disease.
        laboratories: which laboratory a source is from (`laboratories_of`).
    """
    silent: list[Silent] = []
    spoken: list[tuple[Report, Evidence]] = []
    for claim, item in contest.evidence:
        reason = silence(item, claims)
        if reason:
            silent.append(Silent(item, reason))
            continue
        for source in _sources(item):
            if _is_retracted(source, claims):
                silent.append(Silent(item, RETRACTED))
                continue
            spoken.append((report_of(contest, claim, item, source, claims, constants, target, laboratories), item))
    firsthand = {each.source for each, _ in spoken if each.primary}
    for each, item in spoken:
        if not each.primary and each.source in firsthand:
            silent.append(Silent(item, THROUGH_PRIMARY))
    kept = [pair for pair in spoken if pair[0].primary or pair[0].source not in firsthand]
    reports, repeated = _once(kept)
    silent += [Silent(item, REPEATED) for item in repeated]
    return Reports(reports, tuple(sorted(silent, key=lambda each: (each.evidence.digest, each.reason))))


def classify(evidence: Context, target: Context, foreign: str | None, k: Mapping[str, float]) -> Class:
    """Place an experiment in its class and give the class its τ.

    Args:
        foreign: the species that the agent is from, where it is not the one it was given to.
    """
    tau = k["same_class"]
    if evidence.species != (target.species or evidence.species) or evidence.species is None:
        tau *= k["same_species"]
    if any(_differs(getattr(evidence, part), getattr(target, part)) for part in ("cell_type", "tissue", "disease")):
        tau *= k["same_setting"]
    if foreign:
        tau *= k["same_reagent"]
    parts = evidence.key()
    key = (*(parts.get(part, "") for part in ("species", "cell_type", "tissue", "disease")), foreign or "")
    return Class(key, tau)


def power_of(evidence: Evidence, k: Mapping[str, float]) -> float:
    """Give the power of a study: as stated, from n per group (two-sided test at 5 %), or the default."""
    if evidence.power is not None:
        return evidence.power
    if evidence.n is None:
        return k["power"]
    shift = k["effect"] * math.sqrt(evidence.n / 2)
    return _normal(shift - 1.959964) + _normal(-shift - 1.959964)


def read_right_of(evidence: Evidence, k: Mapping[str, float]) -> float:
    """Give the probability that the source was read right: by its trust tag, or the rule's that read it if lower."""
    by_tag = k[f"read_{evidence.trust}"]
    return by_tag if evidence.read_right is None else min(by_tag, evidence.read_right)


def silence(item: Evidence, claims: ClaimSet) -> str:
    """Say why a piece of evidence gives no weight; empty where it does."""
    if item.says == "observation":
        return OBSERVED
    if item.modality == "speculative":
        return SPECULATIVE
    return RETRACTED if item.source and _is_retracted(item.source, claims) else ""


def _is_retracted(source: str, claims: ClaimSet) -> bool:
    reference = claims.reference(source)
    return reference is not None and reference.retracted


def _sources(item: Evidence) -> tuple[str, ...]:
    if not item.secondary:
        return (item.source or UNCITED,)
    return item.cites or (UNCITED,)


def report_of(
    contest: Contest,
    claim: Claim,
    item: Evidence,
    source: str,
    claims: ClaimSet,
    k: Mapping[str, float],
    target: Context,
    laboratories: Mapping[str, str],
) -> Report:
    """Give the report that a piece of evidence is, through one source.

    Args:
        k: the constants for the contest's kind.
        target: the context that belief is about.
        laboratories: which laboratory a source is from.
    """
    power = power_of(item, k)
    rho = read_right_of(item, k)
    rho *= k["replicates_without_power"] + power * (k["replicates_with_power"] - k["replicates_without_power"])
    if item.secondary:
        rho *= k["uncited"] if source == UNCITED else k["read_secondary"]
    if item.modality == "hedged":
        rho *= k["hedged"]
    context = item.context.over(claim.context)
    if contest.kind == "structure":
        context = context.over(Context(species=target.species))  # an identifier or a length is of one species' own
    given = item.perturbation
    matched = not (given and given.from_ and context.species and given.from_ != context.species)
    foreign = given.from_ if given and not matched else None
    laboratory = laboratories.get(source, source) if item.secondary else _laboratory(item, source, laboratories)
    return Report(
        report(claim, item),
        source,
        laboratory,
        classify(context, target, foreign, k),
        rho,
        power,
        claims.assumptions_of(claim, item),
        (claim.id,),
        primary=not item.secondary,
    )


def _once(spoken: Iterable[tuple[Report, Evidence]]) -> tuple[tuple[Report, ...], list[Evidence]]:
    """Keep the strongest of the agreeing statements of each source."""
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[tuple[Report, Evidence]]] = {}
    for each, item in spoken:
        key = (each.source, tuple(sorted(each.outcomes)), each.rests_on)
        groups.setdefault(key, []).append((each, item))
    kept: list[Report] = []
    repeated: list[Evidence] = []
    for key in sorted(groups):
        ranked = sorted(groups[key], key=lambda pair: (pair[0].strength, pair[1].digest), reverse=True)
        best = ranked[0][0]
        names = tuple(sorted({name for each, _ in ranked for name in each.claims}))
        kept.append(Report(**{**vars(best), "claims": names}))
        repeated += [item for _, item in ranked[1:]]
    return tuple(kept), repeated


def laboratories_of(claims: ClaimSet) -> dict[str, str]:
    """Say which laboratory each source is from, as far as any evidence tells; the first in order where they differ."""
    found: dict[str, str] = {}
    for source, laboratory in _stated(claims):
        found[source] = min(laboratory, found.get(source, laboratory))
    return found


def _stated(claims: ClaimSet) -> Iterator[tuple[str, str]]:
    for claim in claims:
        for item in claim.evidence:
            if item.source and item.laboratory and not item.secondary:
                yield item.source, spelt(item.laboratory)


def _laboratory(item: Evidence, source: str, known: Mapping[str, str]) -> str:
    return spelt(item.laboratory) if item.laboratory else known.get(source, source)


def spelt(laboratory: str) -> str:
    return " ".join(laboratory.casefold().split())


def _differs(here: object, there: object) -> bool:
    return here is not None and there is not None and here != there


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))
