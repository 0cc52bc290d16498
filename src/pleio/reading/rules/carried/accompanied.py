"""What came along with an effect: "A-/- wounds closed faster, with fewer macrophages and less B", "A raised B, with a
concomitant fall in C", "…, accompanied by a fall in C", "A raised B without any effect on C".

Rule id: `carried.along`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...plain.word import Word
from ...unit import Unit
from ...words.lexicon import LEVELS
from ..finish import FLIP, finish
from ..signed import CHANGES, signed_objects
from ..targets import objects_of

_SIGNS = {*LEVELS, "less", "fewer", "more", "milder", "no"}
_UNMOVED = {"change", "changes", "effect", "effects", "alteration", "alterations", "impact", "influence", "difference"}
_ALONG = {"accompany", "follow", "parallel", "mirror"}  # "accompanied by", "followed by"


def accompanied(unit: Unit, frame: Frame, told: Sequence[Draft]) -> Iterator[Draft]:
    """Read the changed things after "with", under what the clause says acts."""
    subjects = {d.subject.name: d for d in told if d.relation in ("increases", "decreases", "no_effect")}
    if len(subjects) != 1:
        return
    cause = next(iter(subjects.values()))
    if not cause.rule.startswith("carried"):
        yield from _unmoved(unit, frame, cause)
    nouns = [n for p, ns in frame.preps if p == "with" for n in ns]
    yield from _changed(unit, frame, cause, nouns)


def followed(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "A raised B, accompanied by a fall in C", "…, followed by loss of C": what A did came with it."""
    plain = frame.verbs.form == "ed" and not frame.verbs.helpers and not frame.objects
    if frame.verbs.lemma not in _ALONG or not plain or not before:
        return
    subjects = {d.subject.name for d in before}
    if len(subjects) == 1 and before[-1].verb >= 0 and frame.verbs.start > before[-1].verb:
        cause = replace(before[-1], verb=frame.verbs.main.start)
        yield from _changed(unit, frame, cause, frame.prep("by"))


def _changed(unit: Unit, frame: Frame, cause: Draft, nouns: list[Noun]) -> Iterator[Draft]:
    if not nouns or not (_opens(nouns[0].words) or _is_change(unit, nouns[0])):
        return
    none = nouns[0].words[0].lower == "no"
    if none and nouns[0].head.lower in _UNMOVED:
        return
    for sign, target in signed_objects(unit, nouns, frame):
        if not (sign or none) or target.name == cause.object.name or target.kind in ("species", "anaphor"):
            continue
        draft = replace(
            cause, object=target, relation=sign or "regulates", rule="carried.along", status="asserted",
            aspect=target.aspect or ("abundance" if target.is_molecule else "process"),
        )  # fmt: skip
        if none:
            yield replace(draft, relation="no_effect", status="null_result")
        elif cause.system:
            yield replace(draft, relation=FLIP.get(sign, sign))
        else:
            yield finish(draft)


def _opens(words: list[Word]) -> bool:
    return words[0].lower in _SIGNS


def _is_change(unit: Unit, noun: Noun) -> bool:
    """Say whether a phrase set off by a comma is a change and nothing else: ", with a concomitant rise"."""
    bare = noun.head.lower in CHANGES and not any(w.mention for w in noun.words)
    return bare and bool(_SET_OFF.search(unit.passage.text, unit.body, noun.start))


_SET_OFF = re.compile(r"(?:,\s+(?:along\s|together\s)?with|\bby)\s+$")


def _unmoved(unit: Unit, frame: Frame, cause: Draft) -> Iterator[Draft]:
    """ "…, without any effect on B", "with no change in B": B stayed as it was."""
    for k, (preposition, nouns) in enumerate(frame.preps):
        first = nouns[0] if nouns else None
        if first is None or first.head.lower not in _UNMOVED or any(w.mention for w in first.words):
            continue
        if not (preposition == "without" or (preposition == "with" and first.words[0].lower == "no")):
            continue
        own = [n for p, ns in first.preps if p in ("on", "in", "upon") for n in ns] or first.of
        after = frame.preps[k + 1] if k + 1 < len(frame.preps) else ("", [])
        held = own or (after[1] if after[0] in ("on", "in", "upon") else [])
        for target in objects_of(unit, held, frame):
            if target.name != cause.object.name and target.kind not in ("species", "anaphor"):
                yield replace(
                    cause, object=target, relation="no_effect", status="null_result", rule="carried.along",
                    aspect=target.aspect or ("abundance" if target.is_molecule else "process"),
                )  # fmt: skip
