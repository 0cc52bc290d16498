"""Contests: the claims that cannot all hold, and why two that look contradictory may not be.

Claims meet in a contest where subject, object, aspect, target (cell type, tissue, disease) and question are the same.
Species, reagent and laboratory do not part them: those are where evidence was found, and belief carries it across.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..base.digests import digest
from .claim import Claim, Context, Evidence
from .entity import Entity
from .vocabulary import KINDS, QUESTIONS, SIGNED, SYMMETRIC, outcomes, relation_class

Target = tuple[Entity | None, Entity | None, Entity | None]  # cell type, tissue, disease

_PARTS = ("cell type", "tissue", "disease")


@dataclass(frozen=True, repr=False)
class Contest:
    """One question on which claims may differ, with its outcomes and the evidence that votes in it."""

    id: str
    subject: Entity
    relation: str  # "effect" for all signed relations
    object: Entity
    aspect: str | None
    value: str | None
    target: Target
    question: str
    claims: tuple[Claim, ...]

    def __repr__(self) -> str:
        return f"<Contest {self.id}: {self.title}; claims {len(self.claims)}>"

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Increases, decreases and no effect; present and absent where there is no direction."""
        return outcomes(self.claims[0].relation)

    @property
    def kind(self) -> str:
        """The kind that picks the prior: the most sceptical of its claims'."""
        return max((claim.kind for claim in self.claims), key=KINDS.index)

    @property
    def context(self) -> Context:
        """The target context as far as the contest fixes it."""
        cell_type, tissue, disease = self.target
        return Context(cell_type=cell_type, tissue=tissue, disease=disease)

    @property
    def evidence(self) -> tuple[tuple[Claim, Evidence], ...]:
        """Each piece of evidence that votes here, with the claim that carries it."""
        return tuple((claim, item) for claim in self.claims for item in claim.evidence if item.asks == self.question)

    @property
    def is_contested(self) -> bool:
        """Whether its evidence reports more than one thing."""
        return len(_said(self)) > 1

    @property
    def title(self) -> str:
        """The contest in words: what acts on what, where."""
        name = self.object.curie if self.relation == "has_identifier" else self.object.name
        object = " ".join(part for part in (name, self.aspect) if part)
        verb = "→" if self.relation == "effect" else self.relation.replace("_", " ")
        value = f": {self.value}" if self.value else ""
        place = next((f" in {part.name}" for part in self.target if part), "")
        return f"{self.subject.name} {verb} {object}{value}{place} ({self.question})"


def contests_of(claims: Iterable[Claim]) -> tuple[Contest, ...]:
    """Group claims into contests, one for each question that their evidence asks; ordered by id.

    A claim without evidence takes part in the question that its relation implies, so that it is shown without evidence.
    """
    groups: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        for question in questions(claim):
            groups.setdefault(contest_id(claim, question), {})[claim.id] = claim
    return tuple(_contest(id, tuple(groups[id][name] for name in sorted(groups[id]))) for id in sorted(groups))


def questions(claim: Claim) -> tuple[str, ...]:
    """Give the questions that a claim's evidence asks, or the one its relation implies where there is none."""
    asked = {item.asks for item in claim.evidence}
    if not asked:
        asked = {"sufficiency" if claim.relation in (*SIGNED, "treats", "causes_adverse_event") else "association"}
    return tuple(question for question in QUESTIONS if question in asked)


def report(claim: Claim, evidence: Evidence) -> frozenset[str]:
    """Give what a piece of evidence says was found, as the set of outcomes that it does not rule out.

    A denial of "increases" leaves "decreases" and "no effect"; an effect of unknown direction leaves both directions.
    """
    if evidence.reports:
        return frozenset({evidence.reports})
    possible, claimed = outcomes(claim.relation), _claimed(claim)
    if evidence.says == "null":
        return frozenset({possible[-1]})
    if evidence.says == "refutes":
        return frozenset(possible) - claimed
    return frozenset(claimed)


def side(claim: Claim, evidence: Evidence) -> str:
    """Say where a piece of evidence stands to its claim: "for", "null" (no effect was found) or "against"."""
    found, possible = report(claim, evidence), outcomes(claim.relation)
    if evidence.says != "refutes" and found == {possible[-1]}:
        return "null"
    return "for" if found & _claimed(claim) else "against"


def _claimed(claim: Claim) -> set[str]:
    """Give the outcomes that a claim states: its own direction, or both where it names none."""
    possible = outcomes(claim.relation)
    return {claim.relation} & set(possible) or set(possible[:-1])


def why_not_a_contest(first: Claim, second: Claim) -> tuple[str, ...]:
    """Say why two claims do not contradict each other: each respect in which they do not meet; empty if they do meet.

    Example: mRNA unchanged and secreted protein raised differ in readout, so both can hold.
    """
    reasons = []
    if _ends(first) != _ends(second):
        reasons.append("they are about different things")
    if relation_class(first.relation) != relation_class(second.relation):
        reasons.append(f"the relations differ: {first.relation} and {second.relation} can both hold")
    if first.value != second.value:
        reasons.append(f"the values differ: {first.value} and {second.value}")
    reasons += _elsewhere(first.aspect, _target(first), second.aspect, _target(second))
    if not set(questions(first)) & set(questions(second)):
        asked = " and ".join("/".join(questions(claim)) for claim in (first, second))
        reasons.append(f"the questions differ: {asked}")
    return tuple(reasons)


def apparent_contradictions(contest: Contest, others: Iterable[Contest]) -> tuple[tuple[Contest, tuple[str, ...]], ...]:
    """Find the contests whose evidence says otherwise of the same subject and object, and why that is no contradiction.

    Returns:
        Each such contest with the respects in which the two do not meet: readout, target or question.
    """
    said = _said(contest)
    found = []
    for other in others:
        same = (other.subject, other.relation, other.object, other.value)
        if other.id == contest.id or same != (contest.subject, contest.relation, contest.object, contest.value):
            continue
        if any(not here & there for here in said for there in _said(other)):
            reasons = _elsewhere(contest.aspect, contest.target, other.aspect, other.target)
            if contest.question != other.question:
                reasons.append(f"the questions differ: {contest.question} and {other.question}")
            found.append((other, tuple(reasons)))
    return tuple(found)


def _said(contest: Contest) -> set[frozenset[str]]:
    """Give what the evidence of a contest reports, speculation aside."""
    voting = [(claim, item) for claim, item in contest.evidence if item.modality != "speculative"]
    return {report(claim, item) for claim, item in voting if item.says != "observation"}


def _elsewhere(aspect: str | None, target: Target, other_aspect: str | None, other_target: Target) -> list[str]:
    """Name the readout and the parts of the target in which two things do not meet."""
    reasons = []
    if aspect != other_aspect:
        reasons.append(f"the readouts differ: {aspect or 'not named'} and {other_aspect or 'not named'}")
    for part, here, there in zip(_PARTS, target, other_target, strict=True):
        if here != there:
            reasons.append(f"the {part} differs: {_name(here)} and {_name(there)}")
    return reasons


def _contest(id: str, claims: tuple[Claim, ...]) -> Contest:
    first = claims[0]
    subject, object = sorted((first.subject, first.object), key=lambda end: end.curie)
    if first.relation not in SYMMETRIC:
        subject, object = first.subject, first.object
    question = id.rpartition("--")[2]
    return Contest(
        id, subject, relation_class(first.relation), object, first.aspect, first.value, _target(first), question, claims
    )


def contest_id(claim: Claim, question: str) -> str:
    """Name a contest by its key alone, so that no other claim can change the name that its draws hang on."""
    parts: list[Any] = [*_ends(claim)]
    parts.insert(1, relation_class(claim.relation))
    parts.append(claim.aspect)
    parts.append(digest(claim.value)[:12] if claim.value else None)
    parts += [part.curie if part else None for part in _target(claim)]
    parts.append(question)
    name = "\0".join([str(part) for part in parts if part])
    return name.replace(":", "-").replace("/", "~").replace(" ", "_").replace("\0", "--")


def _ends(claim: Claim) -> list[str]:
    ends = [claim.subject.curie, claim.object.curie]
    return sorted(ends) if claim.relation in SYMMETRIC else ends


def _target(claim: Claim) -> Target:
    return claim.context.cell_type, claim.context.tissue, claim.context.disease


def _name(part: Entity | None) -> str:
    return part.name if part else "not stated"
