"""What a change of level comes after: "after A", "in the A group", "in the absence of A", "in A-/- mice"."""

from __future__ import annotations

import re
from dataclasses import replace

from ...actors.actors import actors
from ...actors.agent import stands_for
from ...actors.groups import EVENT, as_given, can_be_given, set_apart, these
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, all_preps
from ...words.head_nouns import MODEL_WORDS
from ...words.lexicon import GIVEN_NOUNS
from .changes import ANSWERING, UNMOVED

_AFTER = ("after", "following", "upon", "with", "during", "on", "under")


_GROUPS = set("group groups arm arms recipients patients participants subjects volunteers adults children".split())


def causes_of(unit: Unit, frame: Frame) -> list[Thing]:
    """What came before: a molecule, or an event such as an injury."""
    out = all_causes(unit, frame)
    lost = [t for t in out if t.loss]
    if not lost and len(out) > 1 and _THAN.search(unit.passage.text, frame.verbs.main.end, unit.end):
        compared = all_causes(unit, replace(frame, lead_preps=[], subject_preps=[]))
        out = compared or out  # "in patients on A, B was lower with C than with placebo": what C does
    return lost or out  # "after injury, A was lower in B-/- mice": what B does


_THAN = re.compile(r"\bthan\b")


def all_causes(unit: Unit, frame: Frame) -> list[Thing]:
    """What came before and what was missing: "after A, … in B-/- mice" are A and B."""
    out: list[Thing] = []
    for preposition, nouns in all_preps(frame):
        for noun in nouns:
            if preposition == "than" or _compared_with(unit, frame, noun):
                continue
            head = noun.head.lower
            if preposition in ("in", "from") and these(unit, noun):
                out += these(unit, noun)
            elif preposition in ("in", "among", "for") and (head in _GROUPS | MODEL_WORDS or noun.head.known == "cell"):
                out += set_apart(unit, noun) or _of_group(unit, [noun])
            elif preposition in ("in", "from") and any(t.loss for t in things(noun)):
                out += [t for t in things(noun) if t.loss]  # "in A-/- kidneys"
            elif preposition in ("in", "from", "by") and set_apart(unit, noun):
                out += set_apart(unit, noun)  # "in A-treated lungs", "in the serum of A-/- mice"
            elif preposition in ("in", "from") and any(t.loss for t in stands_for(unit, noun) or ()):
                out += stands_for(unit, noun) or []  # "in the knockouts"
            elif (preposition == "by" and {frame.adjective, frame.verbs.lemma} & UNMOVED) or preposition in _AFTER:
                out += _before(unit, noun, preposition)
            elif preposition == "within" and noun.of:
                out += [t for n in noun.of for t in actors(unit, [n]) if t.is_molecule]
            elif preposition == "without":
                out += [replace(t, loss="withdrawal") for t in actors(unit, [noun]) if t.is_molecule and not t.loss]
            elif preposition == "in" and head == "response":
                out += actors(unit, [n for p, ns in noun.preps if p == "to" for n in ns] or frame.prep("to"))
            elif preposition == "in" and head in ("presence", "absence") and noun.of:
                loss = "withdrawal" if head == "absence" else ""
                found = [t for t in actors(unit, noun.of) if t.is_molecule]
                out += [replace(t, loss=loss) for t in found]
    return list(dict.fromkeys([*out, *_started(unit, frame)]))


_STARTS = {"start": "", "initiate": "", "begin": "", "commence": "", "receive": "", "add": "", "introduce": "",
           "stop": "withdrawal", "discontinue": "withdrawal", "withdraw": "withdrawal"}  # fmt: skip
_AFTER_DOING = re.compile(r"\b(?:after|following|upon|on|since|(?:hours?|days?|weeks?|months?|minutes|min|h) of) $")


def _started(unit: Unit, frame: Frame) -> list[Thing]:
    """ "Fell after starting A", "dropped within days of stopping A": A."""
    text, low = unit.passage.text, frame.verbs.main.end
    for other in (f for f in unit.clauses.frames if f.verbs.form == "ing" and f.verbs.lemma in _STARTS):
        before = text[low : other.verbs.start]
        if other.verbs.start > low and len(before) < 40 and _AFTER_DOING.search(before) and "," not in before:
            given = [t for t in actors(unit, other.objects) if t.is_molecule and not t.loss]
            return [replace(t, loss=_STARTS[other.verbs.lemma]) for t in given]
    return []


_COMPARED = re.compile(
    r"\b(?:than|versus|vs\.?|compared (?:with|to)|as) (?:(?:that|those) )?(?:with|on|after|in|under)\s[^,;]{0,30}$"
)


def _compared_with(unit: Unit, frame: Frame, noun: Noun) -> bool:
    """Say whether a phrase is what something was compared with: "more common with A than with B"."""
    low = frame.verbs.main.end
    return noun.start > low and bool(_COMPARED.search(unit.passage.text, low, noun.start))


_TIMES = {"year", "month", "week", "day", "hour", "dose", "cycle", "start", "initiation", "introduction", "onset"}


def _before(unit: Unit, noun: Noun, preposition: str) -> list[Thing]:
    found = [
        t
        for t in actors(unit, [noun])
        if t.is_molecule
        or ((t.kind == "disease" or EVENT.search(t.name)) and preposition in ("after", "following", "upon"))
    ]
    if not found and noun.of and any(w.lower.rstrip("s") in _TIMES for w in noun.words):
        found = [as_given(t) for t in actors(unit, noun.of) if can_be_given(t) and t.kind != "process"]
    if not found and noun.head.lower in ANSWERING | GIVEN_NOUNS | {"challenge", "incubation", "culture", "ligation"}:
        inner = [n for p, ns in noun.preps if p in ("with", "to", "by") for n in ns] or noun.of
        found = [t for t in actors(unit, inner) if t.is_molecule]
    return found


def _of_group(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    """What sets a group apart: "in the A group", "in patients given A", "in A-deficient mice"."""
    out = [t for t in actors(unit, nouns) if t.is_molecule]
    if not out and nouns[0].head.lower in ("group", "groups", "arm", "arms", "recipients"):
        out = [t for w in nouns[0].words if w.is_name for t in things(Noun([w]))]
    return out
