"""What does as another did: "so did C", "neither did C", "C had the same effect", "C was as effective as A".

Rule ids: `carried.verb`, `carried.answer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...actors.actors import actors
from ...actors.agent import is_agent
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ..finish import FLIP, finish
from .goes_on import like_controls

_SO = re.compile(r"\b(?:so (?:did|does|do|was|were)|as (?:did|does|do|was|were)|(?:did|does|do) so(?: too)?)\b", re.I)
_NOT_SO = re.compile(r"\b(?:neither|nor) (?:did|does|do|was|were)\b", re.I)
_TAKEN = re.compile(
    r"\b(?:si|sh)RNAs?\b|\b(?:knock-?(?:down|out)|silencing|depletion|deletion|loss|absence|lack)\b", re.I
)
_CLAUSE_END = re.compile(r"[,;.]|\s(?:while|whereas|but|although|when)\s")


def likewise(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "…, and so did C", "C does so too", "neither did C"."""
    if frame.verbs.lemma not in ("do", "be") or frame.objects or frame.adjective:
        return
    at = frame.verbs.start - unit.body
    around = unit.text[max(0, at - 12) : at + 14]
    if unit.text[:at].endswith("who "):
        return  # "than in those who did not"
    failed = frame.governor is not None and frame.governor.verbs.lemma == "fail"
    failed = failed or unit.text[:at].rstrip().endswith(("failed", "failed to", "fail", "fails"))
    null = bool(_NOT_SO.search(around)) or frame.verbs.negated or failed
    if not (_SO.search(around) or null):
        return
    inverted = _inverted(unit, frame)
    if inverted and _AS_WAS.search(unit.text[max(0, at - 8) :]) and all(d.rule in _OF_WHAT_CHANGED for d in before):
        return  # "A was higher in D, as was B": B did not do it
    answering = [] if inverted else [d for d in before if null and _was_subject(unit, frame, d)]
    for d in answering:
        for target in (t for n in frame.subjects for t in things(n) if t.name != d.object.name):
            yield replace(
                d, object=replace(target, aspect=d.object.aspect), relation="no_effect", status="null_result",
                rule="carried.answer", verb=frame.verbs.main.start,
            )  # fmt: skip
    for subject in inverted or ([] if answering else actors(unit, frame.subjects)):
        if not (is_agent(subject) or subject.loss):
            continue
        for d in before:
            draft = replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start, system=subject.loss)
            draft = replace(draft, modality=modality_of(frame, unit.text))
            if null:
                yield replace(draft, relation="no_effect", status="null_result")
            else:
                literal = FLIP.get(d.relation, d.relation) if d.system else d.relation
                yield finish(replace(draft, relation=literal))


def _inverted(unit: Unit, frame: Frame) -> list[Thing]:
    """The subject that stands after its verb: "so did B and C", "neither did siRNA against B"."""
    at = frame.verbs.main.end
    lead = unit.passage.text[max(unit.body, frame.verbs.start - 8) : frame.verbs.start].lower().split()
    if not lead or lead[-1] not in ("so", "as", "neither", "nor"):
        return []
    stop = _CLAUSE_END.search(unit.passage.text, at, unit.end)
    end = stop.start() if stop else unit.end
    found = [m for m in unit.mentions if at <= m.start < end and m.is_molecule]
    taken = _TAKEN.search(unit.passage.text[at : found[0].start]) if found else None
    loss = "" if taken is None else "siRNA" if "RNA" in taken[0] or "silenc" in taken[0] else "knockout"
    return [replace(things_of(m), loss=loss) for m in found]


def _was_subject(unit: Unit, frame: Frame, draft: Draft) -> bool:
    """Say whether what a draft acts on was the subject of its verb, so that "B did not" speaks of B as acted on."""
    of = next((f for f in frames(unit) if f.verbs.main.start == draft.verb and f is not frame), None)
    if of is None or of.objects:
        return False
    return draft.object.name in {t.name for n in of.subjects for t in things(n)}


_SAME = re.compile(
    r"\b(?:had|has|have|showed|made|makes|produced|exerted|was|were|is|are) (?:exactly |much |essentially )?"
    r"(?:the (?:same|opposite) (?:effect|result|action)s?|no (?:such )?(?:difference|effect|influence|impact|change)|"
    r"without (?:any )?effect|(?:similarly|equally|also|as|likewise|just as) (?:effective|active|potent|efficacious)|"
    r"(?:ineffective|inactive|no (?:better|different)))\b|\bdid the (?:same|opposite)\b",
    re.I,
)
_OPPOSITE = re.compile(r"\bopposite\b", re.I)
_NONE = re.compile(
    r"\b(?:no (?:such )?(?:difference|effect|influence|impact|change)|without|ineffective|inactive)\b", re.I
)


def no_difference(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "Loss of B made no difference", "B had the same effect", "B was equally effective", "B was without effect"."""
    if (
        frame.prep("on", "upon")
        or like_controls(frame)
        or (frame.verbs.lemma not in ("have", "show", "make", "produce", "exert", "be", "do"))
    ):
        return
    match = _SAME.match(unit.text, frame.verbs.words[0].start - unit.body)
    if match is None:
        return
    for subject in actors(unit, frame.subjects):
        if not (is_agent(subject) or subject.loss) or any(subject.name == d.subject.name for d in before):
            continue
        for d in before:
            if d.relation not in (*FLIP, "regulates", "no_effect"):
                continue
            verb = frame.verbs.main.start
            draft = replace(d, subject=subject, rule="carried.verb", verb=verb, system=subject.loss)
            draft = replace(draft, modality=modality_of(frame, unit.text))
            if bool(_NONE.search(match[0])) != (frame.verbs.negated and "effective" in match[0]):
                yield replace(draft, relation="no_effect", status="null_result")
                continue
            literal = FLIP.get(d.relation, d.relation) if d.system else d.relation
            literal = FLIP.get(literal, literal) if _OPPOSITE.search(match[0]) else literal
            yield finish(replace(draft, relation=literal))


_AS_WAS = re.compile(r",? as (?:was|were) (?P<what>(?:the )?[^,;.()]{3,60}?)(?=[,;.(]|$)")


def as_was(unit: Unit, frame: Frame, told: Sequence[Draft]) -> Iterator[Draft]:
    """ "A was lower in D, as was B": B too."""
    at = frame.verbs.main.end - unit.body
    found = _AS_WAS.search(unit.text, at) if at > 0 and told else None
    if found is None or any(f.verbs.main.start > frame.verbs.main.start and f.subjects and f.verbs.finite
                            and f.verbs.main.end <= unit.body + found.start() for f in frames(unit)):  # fmt: skip
        return
    first, last = unit.body + found.start("what"), unit.body + found.end("what")
    words = [w for w in unit.words if first <= w.start < last]
    for target in things(Noun(words)) if words else []:
        for d in told[:1]:
            if target.name != d.object.name and target.kind not in ("anaphor", "species"):
                aspect = target.aspect or ("abundance" if target.is_molecule else "process")
                yield replace(d, object=target, aspect=aspect, rule="carried.answer")


_OF_WHAT_CHANGED = {"level.after", "level.passive", "level.cohort", "carried.cause", "effect.passive", "carried.answer"}
_SEEN = {"see", "observe", "find", "note", "detect", "obtain", "record"}


def seen_with(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "This was not seen with B", "no such effect was found after B", "the same was observed with B"."""
    if frame.verbs.lemma not in _SEEN or not frame.verbs.passive or len(frame.subjects) != 1 or not before:
        return
    noun = frame.subjects[0]
    first, head = noun.words[0].lower, noun.head.lower
    such = head in ("effect", "effects", "response", "change", "changes", "increase", "decrease", "result", "results")
    points = head in ("this", "it", "same") or (such and first in ("this", "these", "no", "such", "the", "similar"))
    if not points or noun.of or (first == "no" and "such" not in {w.lower for w in noun.words}):
        return
    null = frame.verbs.negated or first == "no"
    alike = head == "same" or {"same", "similar"} & {w.lower for w in noun.words}
    agents = [n for p, ns in frame.preps if p in ("with", "after", "upon", "following") for n in ns]
    for subject in (t for t in actors(unit, agents) if is_agent(t) and (null or alike)):
        for d in (d for d in before if d.verb == before[-1].verb and d.subject.name != subject.name):
            draft = replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start, system=subject.loss)
            if null:
                yield replace(draft, relation="no_effect", status="null_result")
            else:
                literal = FLIP.get(d.relation, d.relation) if d.system else d.relation
                yield finish(replace(draft, relation=literal))


_EFFECTIVE = {"effective", "potent", "active", "efficacious", "efficient", "powerful"}


def as_effective(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "A was as effective as B on C", "A equalled B in reducing C": A does to C what B was said to do."""
    if frame.verbs.lemma != "be" or frame.adjective not in _EFFECTIVE or frame.verbs.negated:
        return
    others = [t for n in frame.prep("as", "to", "than") for t in things(n)]
    places = [t for p, ns in frame.preps if p in ("on", "against", "for", "in") for n in ns for t in things(n)]
    for d in before:
        if d.subject.name not in {t.name for t in others}:
            continue
        for target in places:
            if _same_thing(target, d.object):
                for subject in actors(unit, frame.subjects):
                    yield replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start)


def also_effective(unit: Unit, frame: Frame, told: Sequence[Draft]) -> Iterator[Draft]:
    """ "A was as effective as B in reducing C": what the clause then tells of A holds for B."""
    if frame.verbs.lemma != "be" or frame.adjective not in _EFFECTIVE or frame.verbs.negated:
        return
    others = [t for n in frame.prep("as") for t in things(n) if is_agent(t)]
    own = {t.name for t in actors(unit, frame.subjects)}
    for d in told:
        if d.subject.name in own and d.verb > frame.verbs.start:
            for subject in others:
                if subject.name not in own:
                    yield replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start)


def _same_thing(a: Thing, b: Thing) -> bool:
    one, other = ({w.rstrip("s") for w in t.name.lower().split()} for t in (a, b))
    return bool(a.curie and a.curie == b.curie) or one <= other or other <= one
