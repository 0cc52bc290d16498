"""Levels that differ: "IL-11 levels are reduced in AD", "altered expression in ALS", "CRP rose after IL-6".

The disease (or what came before) is the subject, as the format has it.  Rule ids: `level.passive`, `level.after`, and
those of `cohorts` and `seen`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...actors.agent import is_medicine
from ...actors.given import given_earlier
from ...actors.groups import alleles_compared, set_apart
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, grounded, things, things_of
from ...unit import Unit, frames
from ...words.head_nouns import MODEL_WORDS
from ...words.lexicon import CHANGES_ALONE
from ...words.predicates import PROCESSES, VERBS
from ..effects.beside import only_beside
from ..finish import FLIP, is_denied, level_draft
from ..signed import CHANGES, composed, signed_objects
from ..therapy.ills import is_medicine_name
from .arms import arms
from .causes import all_causes, causes_of
from .changes import change_of
from .cohorts import cohorts, diseases_of, marked, phrases_of_level
from .looked_for import looked_for
from .seen import changes_seen, differences, outcomes, revealed
from .trial_results import trial_results


def levels(unit: Unit) -> Iterator[Draft]:
    """Read the levels of a sentence that differ in a disease, or after something."""
    found = [*_by_verbs(unit), *cohorts(unit), *changes_seen(unit), *outcomes(unit), *differences(unit)]
    found += [*marked(unit), *revealed(unit), *looked_for(unit), *arms(unit), *trial_results(unit)]
    yield from found
    yield from phrases_of_level(unit)


def _by_verbs(unit: Unit) -> Iterator[Draft]:
    for frame in frames(unit):
        relation = change_of(unit, frame)
        if relation and not _is_set_up(frame):
            yield from _by_verb(unit, frame, relation)


def _by_verb(unit: Unit, frame: Frame, relation: str) -> Iterator[Draft]:
    """Read what a verb of change says after something, under a medicine, or in a disease."""
    apart = [n for n in frame.subjects if set_apart(unit, n)]
    yield from _sized(unit, frame, apart, relation)
    changed = _changed(unit, frame, [n for n in frame.subjects if n not in apart])
    if apart and not changed:
        return
    targets = [(sign, t) for sign, t in changed if not t.loss and (_can_change(t) or _is_told_of(unit, t))]
    answer = list(_unanswered(unit, frame, relation, targets))
    if answer:
        yield from answer
        return
    causes, relation = _causes(unit, frame, relation)
    if causes:
        yield from _after(unit, frame, causes, targets, relation)
        return
    places = diseases_of(unit, frame)
    medicine = _medicine_in(unit, frame) if places else None
    if medicine is not None:
        for sign, target in targets:
            yield level_draft(unit, frame, medicine, _with(relation, sign), _happening(frame, target), "level.after")
    elif places and not _is_elsewhere(unit, frame, places[0]) and not _in_health(frame):
        yield from _in_diseases(unit, frame, places, targets, relation)


def _can_change(thing: Thing) -> bool:
    return thing.is_molecule or thing.kind in ("cell", "process", "pathway", "phenotype", "other")


def _with(relation: str, sign: str) -> str:
    """A change of something that is itself a change; no change stays none."""
    return relation if relation == "no_effect" else composed(relation, sign)


def _causes(unit: Unit, frame: Frame, relation: str) -> tuple[list[Thing], str]:
    """What a change follows, and the change seen from there: "higher in controls than in A-/- mice" is lower."""
    causes = causes_of(unit, frame) or _owners(unit, frame) or alleles_compared(unit, frame.verbs.main.end)
    if not causes:
        causes = _than(unit, frame)
        relation = FLIP.get(relation, relation) if causes else relation
    causes = causes or given_earlier(unit, frame) or _mutants_before(unit, frame)
    if causes and frame.verbs.lemma == "persist":  # "in the presence of A", or "in these A-/- cells"
        relation = "increases" if all(t.loss for t in causes) else "no_effect"
    return causes, relation


def _after(
    unit: Unit, frame: Frame, causes: list[Thing], targets: list[tuple[str, Thing]], relation: str
) -> Iterator[Draft]:
    """ "B rose after A but not after C"."""
    for cause in _not_after(unit, frame):
        for _, target in targets:
            if target.name != cause.name:
                yield level_draft(unit, frame, cause, "no_effect", _happening(frame, target), "level.after")
    for cause in causes:
        for sign, target in targets:
            if target.name != cause.name:
                changed = _happening(frame, target)
                yield level_draft(unit, frame, cause, _with(relation, sign), changed, "level.after")
        for target in (t for n in frame.denied_subjects for t in things(n)):  # "A, but not B, was raised"
            yield level_draft(unit, frame, cause, "no_effect", _happening(frame, target), "level.after")


def _in_diseases(
    unit: Unit, frame: Frame, places: list[Thing], targets: list[tuple[str, Thing]], relation: str
) -> Iterator[Draft]:
    """ "A is high in D but not in E"."""
    missing = [t for p, ns in frame.denied_preps if p in ("in", "with") for n in ns for t in things(n)]
    for _, target in ((s, t) for s, t in targets if t.is_molecule):
        for place in (t for t in missing if t.kind == "disease"):
            yield level_draft(unit, frame, place, "no_effect", target, "level.passive")
    for sign, target in ((s, t) for s, t in targets if t.is_molecule or (t.aspect and t.kind != "phenotype")):
        if target.mention is not None and target.mention.category == "drug" and relation == "no_effect":
            continue  # "was not superior in D": no level
        for place in places:
            yield level_draft(unit, frame, place, _with(relation, sign), target, "level.passive")


_GOES_ON = re.compile(r"(?:, (?:whereas|while|but|although|and)|;(?: however,)?) (?:[\w-]+ ){0,6}$")


def _mutants_before(unit: Unit, frame: Frame) -> list[Thing]:
    """ "A-/- mice have fewer B, whereas the number of C is normal": A, of the clause before."""
    before = [f for f in frames(unit) if f.subjects and f.verbs.main.start < frame.verbs.main.start and not f.relative]
    if not before or not frame.subjects:
        return []
    text = unit.passage.text[before[-1].verbs.main.end : frame.verbs.start]
    lost = [t for t in actors(unit, before[-1].subjects) if t.loss]
    return lost if _GOES_ON.search(text) else []


def _owners(unit: Unit, frame: Frame) -> list[Thing]:
    """ "The weight of A-/- mice was lower": A."""
    around = [n for n in frame.subjects for n in n.of]
    around += [n for p, ns in frame.subject_preps if p in ("of", "from", "in") for n in ns]
    return [t for n in around for t in (*(x for x in things(n) if x.loss), *set_apart(unit, n))]


_CONTROLS = re.compile(
    r"\b(?:in|with|on|after) (?:the )?(?:wild[- ]type|controls?|placebo|vehicle|littermate|untreated|saline)"
)


def _than(unit: Unit, frame: Frame) -> list[Thing]:
    """ "Higher in wild-type mice than in A-/- mice", "shorter with placebo than with A": A does the opposite."""
    text = unit.text[max(frame.verbs.main.end - unit.body, 0) :]
    first = _CONTROLS.search(text)
    if first is None or " than " not in text[first.end() :]:
        return []
    low = unit.body + len(unit.text) - len(text) + first.end()
    low = unit.passage.text.index(" than ", low)
    after = [n for _, ns in frame.preps for n in ns if n.start > low]
    return [t for n in after for t in (*(x for x in things(n) if x.loss or is_medicine(x)), *set_apart(unit, n))]


def _unanswered(unit: Unit, frame: Frame, relation: str, targets: list[tuple[str, Thing]]) -> Iterator[Draft]:
    """ "In A-/- mice, C no longer rose after B": A and B raise C."""
    if relation not in FLIP or not is_denied(frame):
        return
    above = frame.governor if frame.governor is not None and frame.governor.verbs.lemma == "fail" else None
    found = [*all_causes(unit, frame), *(all_causes(unit, above) if above is not None else [])]
    found = list(dict.fromkeys([*found, *(t for t in given_earlier(unit, frame) if t.loss), *_deprived(unit)]))
    lost, present = [t for t in found if t.loss], [t for t in found if not t.loss]
    no_longer = _NO_LONGER.search(unit.text, 0, frame.verbs.main.start - unit.body) is not None or above is not None
    if not lost or not (present or no_longer):
        return
    for cause in (*lost, *present):
        for sign, target in targets:
            if target.name != cause.name:
                happens = _happening(frame, target)
                draft = level_draft(
                    unit, None, replace(cause, loss=""), composed(relation, sign), happens, "level.after"
                )
                yield replace(draft, system=cause.loss, verb=frame.verbs.main.start)


_NO_LONGER = re.compile(r"\bno longer (?:\w+ly )?$")
_DEPRIVED = re.compile(r"\b(?:deprived|starved) of\s", re.I)


def _deprived(unit: Unit) -> list[Thing]:
    """ "Deprived of A, cells …": A, taken away."""
    told = _DEPRIVED.search(unit.text)
    at = unit.body + told.end() if told else -1
    return [replace(things_of(m), loss="withdrawal") for m in unit.mentions if told and m.start == at and m.is_molecule]


def _not_after(unit: Unit, frame: Frame) -> list[Thing]:
    """ "Rose in response to A but not to B", "after A but not after B": B."""
    nouns = [n for p, ns in frame.denied_preps if p in ("to", "after", "upon", "following", "with") for n in ns]
    return [t for t in actors(unit, nouns) if t.is_molecule]


def _changed(unit: Unit, frame: Frame, nouns: list[Noun]) -> list[tuple[str, Thing]]:
    """What a verb says changed, with the sign that the phrase adds: "the rise in B was blunted"."""
    out: list[tuple[str, Thing]] = []
    for noun in nouns:
        own = any(w.is_name for w in noun.words) or noun.pronoun or noun.head.lower not in CHANGES
        out += [("", t) for t in actors(unit, [noun])] if own else signed_objects(unit, [noun], frame)
    return out or [("", t) for t in actors(unit, [], frame.elided) if not nouns]


_SIZES = {"smaller": "decreases", "larger": "increases", "bigger": "increases", "thinner": "decreases",
          "thicker": "increases", "shorter": "decreases", "longer": "increases", "heavier": "increases",
          "lighter": "decreases"}  # fmt: skip


def _sized(unit: Unit, frame: Frame, apart: list[Noun], relation: str) -> Iterator[Draft]:
    """ "A-treated tumours were smaller": A makes tumours so."""
    if frame.adjective not in _SIZES or frame.verbs.lemma != "be":
        return
    for noun in apart:
        if noun.head.lower in MODEL_WORDS or noun.of:
            continue
        for cause in set_apart(unit, noun):
            for target in things(Noun([noun.head])):
                yield level_draft(unit, frame, cause, relation, target, "level.after")


def _medicine_in(unit: Unit, frame: Frame) -> Thing | None:
    """ "In D, B fell by week 1", on the page of a medicine: the medicine, under which it fell in those who have D."""
    moved = frame.verbs.lemma in CHANGES_ALONE and frame.verbs.main.tag == "VBD" and not frame.verbs.passive
    opens = moved and unit.disease is None and any(p == "in" for p, _ in frame.lead_preps)
    return unit.topic if opens and unit.topic is not None and is_medicine_name(unit.topic) else None


_OF_STATES = set("slow quicken recover resolve improve heal regress deteriorate worsen persist linger".split())


def _is_told_of(unit: Unit, thing: Thing) -> bool:
    """Say whether a disease is what changed ("fibrosis was reduced"), not what came before ("after injury, B rose")."""
    start = thing.mention.start if thing.mention is not None else thing.start
    if thing.kind != "disease" or start < unit.body:
        return False
    before = unit.passage.text[unit.body : start].split()[-1:]
    return not before or before[0].lower() not in ("after", "following", "in", "with", "of", "during", "for", "from")


def _is_elsewhere(unit: Unit, frame: Frame, place: Thing) -> bool:
    """Say whether the disease is what another clause is about, or whether the verb cannot be one of a level."""
    if frame.verbs.lemma in _OF_STATES or only_beside(unit, frame, place.mention):
        return True
    own = frame.verbs.main.start
    others = [n for f in frames(unit) if f.verbs.main.start != own for n in f.subjects if not n.pronoun]
    return any(t.kind == "disease" and t.name == place.name for n in others for t in things(n))


_WELL = {"healthy", "normal", "unaffected", "controls", "control", "volunteers"}


def _in_health(frame: Frame) -> bool:
    """ "Undetectable in healthy subjects but present in D": the first verb says nothing of the disease."""
    if any(p == "than" for p, _ in frame.preps):
        return False
    first = next((ns[0] for p, ns in frame.preps if p in ("in", "from") and ns), None)
    if first is None:
        return False
    whose = [m for p, ns in (*first.preps, *frame.preps) if p in ("from", "of") for m in ns[:1]]
    return any(w.lower in _WELL for n in (first, *first.of, *whose[:1]) for w in n.words)


def _is_set_up(frame: Frame) -> bool:
    """Say whether a verb tells what was done, not what came of it: "cells were stimulated with A"."""
    done = frame.verbs.lemma in ("stimulate", "prime", "expand", "restrict") and frame.verbs.passive
    if not done or not frame.prep("with"):
        return False
    heads = {n.head.lower for n in frame.subjects}
    return bool(heads & MODEL_WORDS) or not any(w.is_name for n in frame.subjects for w in n.words)


def _happening(frame: Frame, target: Thing) -> Thing:
    """ "Cells proliferate": their proliferation; "A is secreted": its secretion."""
    process = PROCESSES.get(frame.verbs.lemma)
    if process is not None and not target.is_molecule:
        name = f"{process} of {target.name}"
        return grounded(name, "process")
    if target.aspect is None and frame.verbs.lemma in ("secrete", "release", "shed"):
        return replace(target, aspect="secretion")
    if target.aspect is None and frame.verbs.lemma in VERBS and VERBS[frame.verbs.lemma].aspect:
        return replace(target, aspect=VERBS[frame.verbs.lemma].aspect)
    return target
