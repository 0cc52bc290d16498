"""Claims, contests, assumptions and sources as published: in words, with beliefs and the weight of each source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...artifacts import of_reference
from ...artifacts.cite import sentence as citation
from ...base import curies
from ...base.digests import digest
from ...base.errors import InputError
from ...claims.assumption import Assumption
from ...claims.belief.backbone import claimed_outcome
from ...claims.belief.beliefs import Beliefs
from ...claims.belief.contest_belief import ContestBelief
from ...claims.claim import Claim, Context, Evidence
from ...claims.contest import report
from ...claims.entity import Entity
from ...claims.reference import Reference
from ...claims.vocabulary import QUESTIONS, SILENT_ASPECTS, VERBS
from .. import content


def claim_set(name: str, beliefs: Beliefs, references: Mapping[str, Reference]) -> content.ClaimSet:
    """Give all claims as they are published."""
    contests = {id: _contest(found, references) for id, found in beliefs.contests.items()}
    claims = tuple(_claim(claim, beliefs, contests) for claim in beliefs.claims)
    cited = {item.source for claim in claims for item in claim.evidence if item.source}
    wanted = sorted(cited | set(references))
    return content.ClaimSet(
        name,
        beliefs.band,
        claims,
        tuple(contests.values()),
        tuple(_assumption(item, beliefs) for item in beliefs.claims.assumptions),
        tuple(source(curie, references.get(curie)) for curie in wanted),
        digest(sorted(claim.digest for claim in beliefs.claims)),
        beliefs.context.species or "human",
    )


def sentence(claim: Claim) -> str:
    """Write a claim as a sentence: "IL11 increases STAT3 phosphorylation in fibroblast"."""
    verb = VERBS[claim.relation][0]
    value = f": {claim.value}" if claim.value else ""
    place = claim.context.cell_type or claim.context.tissue
    where = f" in {lowered(place.name)}" if place and place.curie != claim.object.curie else ""
    text = f"{claim.subject.name} {verb} {_object(claim.object, claim.aspect)}{value}{where}"
    disease = claim.context.disease
    return f"{text} in {lowered(disease.name)}" if disease and disease.curie != claim.object.curie else text


def title(found: ContestBelief) -> str:
    """Write what a contest is about: which effect of what on what, asked in which way."""
    contest = found.contest
    if contest.relation != "effect":
        return sentence(contest.claims[0])
    subject, object = contest.subject.name, _object(contest.object, contest.aspect)
    place = next((f" in {lowered(part.name)}" for part in contest.target if part), "")
    if contest.question == "association":
        return f"{subject} and {object}{place}: do they go together"
    lead = "Effect of adding" if contest.question == "sufficiency" else "Effect of the body's own"
    return f"{lead} {subject} on {object}{place}"


def _object(object: Entity, aspect: str | None) -> str:
    """Write what is changed; the aspect where it adds something to the name."""
    name = lowered(object.name)
    if aspect == "abundance":
        kind = object.curie.partition(":")[0]
        return f"{name} numbers" if kind == "cl" else f"{name} abundance" if kind in ("hgnc", "fplx") else name
    return name if aspect in SILENT_ASPECTS else f"{name} {aspect}"


def lowered(name: str) -> str:
    """Write a common noun small, as it stands within a sentence: some ontologies begin their names with a capital."""
    is_word = len(name) > 3 and name[0].isupper() and name[1].islower() and name[1:] == name[1:].lower()
    return name[0].lower() + name[1:] if is_word else name


def source(curie: str, reference: Reference | None) -> content.Source:
    """Give a source as it is cited."""
    record = reference.model_dump(mode="json", exclude_defaults=True, exclude={"curie"}) if reference else {}
    cited = of_reference(curie, record)
    first = cited.authors[0].family if cited.authors else _cut(cited.title, 40)
    return content.Source(
        curie,
        citation(replace(cited, note="")),
        _address(curie) or cited.url,
        cited.note,
        f"{first} {cited.year or ''}".strip(),
        record,
    )


def _cut(title: str, most: int) -> str:
    """Give a title up to the last whole word that fits; one without spaces, as some scripts write them, is cut."""
    if len(title) <= most:
        return title
    return f"{title[:most].rpartition(' ')[0] or title[: most - 1]}…"


def _address(curie: str) -> str:
    try:
        return curies.address(curie)
    except InputError:
        return ""


def _contest(found: ContestBelief, references: Mapping[str, Reference]) -> content.Contest:
    contest = found.contest
    claimed = next((name for name in map(claimed_outcome, contest.claims) if name), contest.outcomes[0])
    return content.Contest(
        contest.id,
        title(found),
        contest.question,
        claimed,
        tuple(content.Outcome(name, found.prior[name], found.outcomes[name]) for name in contest.outcomes),
        tuple(_evidence(claim, item, found) for claim, item in contest.evidence),
        tuple(claim.id for claim in contest.claims),
        found.assumptions,
        contest.is_contested,
        _named(found, found.why, references),
        _named(found, found.would_change, references),
        found.status,
    )


def _named(found: ContestBelief, text: str, references: Mapping[str, Reference]) -> str:
    """Write sources by author and year in a sentence that names them by CURIE."""
    for each in sorted(found.evidence, key=lambda weight: -len(weight.source)):
        if each.source in references:
            text = text.replace(each.source, source(each.source, references[each.source]).short)
    return text


def _evidence(claim: Claim, item: Evidence, found: ContestBelief) -> content.Evidence:
    outcomes = tuple(name for name in found.contest.outcomes if name in report(claim, item))
    silent = next((each.reason for each in found.silent if each.evidence == item), "")
    weight = 0.0
    if not silent:
        sources = {item.source, *item.cites} if item.secondary else {item.source}
        for each in found.evidence:
            if each.source in sources or (item.secondary and not item.cites and each.source == "no source"):
                weight = max([weight, *(abs(each.log_factors[name]) for name in outcomes)])
    context = item.context.over(claim.context)
    return content.Evidence(
        claim.id,
        item.says,
        item.finding,
        outcomes,
        item.asks,
        _setting(item, context),
        item.study.name if item.study else "",
        item.source or "",
        item.trust,
        item.modality,
        item.secondary,
        round(weight, 4),
        silent,
        item.laboratory or "",
    )


def _setting(item: Evidence, context: Context) -> str:
    given = item.perturbation
    parts = [_context(context)]
    if given:
        origin = f"{given.from_} " if given.from_ else ""
        stated = (f"{origin}{given.agent} ({given.form})", given.dose, given.duration)
        parts.append(", ".join(part for part in stated if part))
    if item.n:
        parts.append(f"n = {item.n}")
    return "; ".join(part for part in parts if part)


def _context(context: Context) -> str:
    places: list[Entity | None] = [context.cell_type, context.tissue, context.disease]
    words = [context.species or "", *(lowered(place.name) for place in places if place), context.system or ""]
    return ", ".join(word for word in words if word)


def _claim(claim: Claim, beliefs: Beliefs, contests: Mapping[str, content.Contest]) -> content.Claim:
    mine = [found for found in beliefs.contests.values() if any(claim.id == each.id for each in found.contest.claims)]
    mine.sort(key=lambda found: QUESTIONS.index(found.contest.question))
    mine.sort(key=lambda found: -_own_weight(claim, contests[found.contest.id]))
    first = mine[0]
    outcome = claimed_outcome(claim)
    belief = first.outcomes[outcome] if outcome else 1.0 - first.outcomes["no_effect"]
    evidence = tuple(item for found in mine for item in contests[found.contest.id].evidence if item.claim == claim.id)
    rests = {name for item in claim.evidence for name in beliefs.claims.assumptions_of(claim, item)}
    return content.Claim(
        claim.id,
        sentence(claim),
        claim.subject.curie,
        claim.subject.name,
        claim.relation,
        claim.object.curie,
        claim.object.name,
        claim.aspect or "",
        _context(claim.context),
        claim.directness,
        claim.kind,
        claim.system or "",
        outcome or "other",
        None if first.is_prior else belief,
        any(found.contest.is_contested for found in mine),
        tuple(found.contest.id for found in mine),
        tuple(sorted(rests | set(claim.rests_on))),
        evidence,
        _effect(claim),
        claim.note or "",
        claim.digest,
        first.status,
    )


def _own_weight(claim: Claim, contest: content.Contest) -> float:
    return sum(item.weight for item in contest.evidence if item.claim == claim.id)


def _effect(claim: Claim) -> str:
    effect = claim.effect
    if effect is None:
        return ""
    unit = "" if effect.unit == "1" else f" {effect.unit}"
    size = f"{effect.size:g}{unit}" if effect.size is not None else ""
    interval = f"{effect.interval[0]:g} to {effect.interval[1]:g}{unit}" if effect.interval else ""
    return ", ".join(part for part in (size, interval, f"n = {effect.n}" if effect.n else "") if part)


def _assumption(item: Assumption, beliefs: Beliefs) -> content.Assumption:
    found = beliefs.assumptions[item.id]
    states = tuple(
        content.State(state.name, state.meaning or "", state.effect, found.prior[state.name], found.states[state.name])
        for state in item.states
    )
    return content.Assumption(item.id, item.premise, item.why, states, found.contests)
