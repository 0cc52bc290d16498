"""Results of trials: "improvements were seen in B and C", "the rate was 0.46 with A and 0.87 with placebo", "more
A-treated than placebo-treated patients achieved B", "…, with no change in B".

Rule id: `level.trial`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.agent import is_medicine
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, grounded, things, things_of
from ...unit import Unit, frames
from ..finish import level_draft
from ..therapy.ills import is_ill, is_medicine_name
from .seen import SEEN

_BETTER = {"improvement", "improvements", "benefit", "benefits", "gains"}
_SAME = {"change", "changes", "difference", "differences", "effect", "effects", "alteration", "alterations"}
_CONTROL = re.compile(r"\b(?:placebo|controls?|vehicle|sham|usual care|standard care)\b", re.I)
_COMPARED = re.compile(
    r"\b(?:was|were) (?P<first>\d+(?:\.\d+)?)(?![\d.]| ?%)[^.;%]{0,70}?\b(?:and|versus|vs\.?|compared with) "
    r"(?P<second>\d+(?:\.\d+)?)(?![\d.]| ?%)[^.;%]{0,60}?(?P<control>\bplacebo\b|\bcontrols?\b|\bstandard care\b)",
    re.I,
)
_MORE = re.compile(
    r"\b(?P<how>more|fewer) (?P<drug>[\w-]+?)[- ]treated than (?P<other>[\w-]+?)[- ]treated (?:\w+ )?"
    r"(?:patients|participants|subjects|children|adults)\b",
    re.I,
)
_EVENT = re.compile(r"\b(?:reactions?|events?|effects?|discontinuations?|withdrawals?|antibod\w+)$", re.I)


def trial_results(unit: Unit) -> Iterator[Draft]:
    """Read what came of a trial, in sentences that compare its arms or leave its medicine out."""
    agent = tried(unit)
    if agent is None:
        return
    for frame in frames(unit):
        yield from _improved(unit, frame, agent)
        yield from _beside(unit, frame, agent)
    yield from _rates(unit, agent)
    yield from _more(unit, agent)


def tried(unit: Unit) -> Thing | None:
    """The medicine of a trial: the one that a sentence names, else that of its abstract or paragraph."""
    named = {
        m.text.lower(): m
        for m in unit.mentions
        if unit.body <= m.start < unit.end and m.is_molecule and is_medicine(things_of(m))
    }
    if len(named) == 1:
        return things_of(next(iter(named.values())))
    whose = unit.record or unit.agent
    return whose if not named and whose is not None and is_medicine_name(whose) else None


def _improved(unit: Unit, frame: Frame, agent: Thing) -> Iterator[Draft]:
    """ "Significant improvements were seen in B, C and D"."""
    if frame.verbs.lemma not in SEEN | {"occur"} or frame.objects:
        return
    for noun in (n for n in frame.subjects if n.head.lower in _BETTER):
        inner = [n for p, ns in noun.preps if p == "in" for n in ns]
        inner += [n for p, ns in (*frame.subject_preps, *frame.preps) if p == "in" for n in ns]
        told = list(noun.of) or inner
        none = noun.words[0].lower == "no" or frame.verbs.negated
        for target in (t for n in {id(n): n for n in told}.values() for t in things(n)):
            if target.kind in ("species", "anaphor", "tissue") or _people(target):
                continue
            relation = "no_effect" if none else "decreases" if is_ill(target) else "increases"
            yield level_draft(unit, frame, agent, relation, target, "level.trial")


def _people(target: Thing) -> bool:
    return bool(re.search(r"\b(?:patients?|participants?|groups?|arms?|adults|children|trials?|study)$", target.name))


def _beside(unit: Unit, frame: Frame, agent: Thing) -> Iterator[Draft]:
    """ "A and B fell, with no change in C"."""
    for at, (preposition, nouns) in enumerate(frame.preps):
        if preposition != "with" or not nouns or nouns[0].words[0].lower != "no" or nouns[0].head.lower not in _SAME:
            continue
        told = [n for p, ns in (*nouns[0].preps, *frame.preps[at + 1 :]) if p in ("in", "on") for n in ns]
        for target in (t for n in {n.start: n for n in told}.values() for t in things(n)):
            if target.kind not in ("species", "anaphor", "disease") and not _people(target):
                yield level_draft(unit, frame, agent, "no_effect", target, "level.trial")


def _rates(unit: Unit, agent: Thing) -> Iterator[Draft]:
    """ "The rate of B was 0.46 among patients on A and 0.87 among those on placebo"."""
    match = _COMPARED.search(unit.text)
    if match is None or match["first"] == match["second"]:
        return
    at = unit.body + match.start()
    frame = next((f for f in frames(unit) if f.verbs.lemma == "be" and abs(f.verbs.start - at) < 3), None)
    controlled = _CONTROL.search(unit.text[match.start("first") : match.start("second")])
    if frame is None:
        return
    higher = float(match["first"]) > float(match["second"])
    relation = "increases" if higher != bool(controlled) else "decreases"
    for target in (t for n in frame.subjects[:1] for t in things(n)):
        if target.kind not in ("species", "anaphor") and not _EVENT.search(target.name) and target.name != agent.name:
            yield level_draft(unit, frame, agent, relation, target, "level.trial")


def _more(unit: Unit, agent: Thing) -> Iterator[Draft]:
    """ "More A-treated than placebo-treated patients achieved B"."""
    match = _MORE.search(unit.text)
    if match is None or bool(_CONTROL.match(match["drug"])) or not _CONTROL.match(match["other"]):
        return
    at = unit.body + match.end()
    frame = next((f for f in frames(unit) if f.objects and 0 <= f.verbs.start - at < 20), None)
    relation = "increases" if match["how"].lower() == "more" else "decreases"
    for target in (t for n in (frame.objects if frame is not None else []) for t in _named(n)):
        yield level_draft(unit, frame, agent, relation, target, "level.trial")


def _named(noun: Noun) -> list[Thing]:
    """The outcome, with the identifier that the whole of its name has."""
    found = [t for t in things(noun) if t.kind not in ("species", "anaphor")]
    return [t if t.curie else Thing(t.name, grounded(t.name).curie, t.aspect, t.kind) for t in found]
