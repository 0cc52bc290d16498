"""What a legend shows without a verb: "Fewer B in hearts of mice given A", "Smaller scars in A-/- hearts",
"No effect of A on B", "Lysates after 10 min of A, showing stronger B".

Rule id: `fragment.shown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...documents.structure import CAPTION
from ...draft import Draft
from ...grammar.lists import pieces
from ...grammar.phrases import Noun
from ...things import Thing, things, things_of
from ...unit import Unit
from ...words.lexicon import LEVELS, LOSS_SUFFIXES
from ..finish import level_draft

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_SIGNS = {**LEVELS, "less": "decreases", "fewer": "decreases", "more": "increases", "loss": "decreases"}
_CHANGES = {
    **dict.fromkeys("increase rise gain accumulation induction elevation".split(), "increases"),
    **dict.fromkeys("decrease reduction fall loss drop decline inhibition suppression".split(), "decreases"),
    **dict.fromkeys("effect change difference".split(), "no_effect"),
}
_NO = {"no", "lack", "absence"}
_CUE = re.compile(
    r"\b(?:after|following|upon|with|given|receiving|treated with|stimulated with|exposed to|infused with|on|"
    r"injected with|incubated with|in response to|in the presence of|by|under|of)\s(?:[\w.%µ/-]+\s){0,4}?$",
    re.I,
)


def verbless(unit: Unit) -> Iterator[Draft]:
    """Read the change that a phrase of a legend names, under what the phrase goes on to say was given or lacks."""
    if not (unit.panel or unit.passage.kind == CAPTION) or any(w.tag in _FINITE for w in unit.words):
        return
    nouns = _shown(unit)
    signed = [(s, t) for s, t in _signed(nouns) if t.kind not in ("species", "tissue", "anaphor")]
    if not signed:
        return
    cause = _cause(unit, max(n.end for n in nouns), {t.name for _, t in signed})
    for relation, target in signed if cause is not None else []:
        if cause is not None and target.name != cause.name:
            yield level_draft(unit, None, cause, relation, target, "fragment.shown")


def _shown(unit: Unit) -> list[Noun]:
    """The phrase that opens the sentence, or that "showing" brings."""
    cut = pieces(unit.words)
    shown = next((i for i, p in enumerate(cut) if p.verbs is not None and p.verbs.main.lower == "showing"), -1)
    if shown < 0 and cut and cut[0].kind != "np":
        return []
    return next((p.nouns for p in cut[shown + 1 :] if p.kind == "np"), [])


def _signed(nouns: list[Noun]) -> Iterator[tuple[str, Thing]]:
    """ "Fewer A and B", "loss of A", "no change in A"."""
    first = nouns[0].words[0].lower if nouns else ""
    if first in _SIGNS and len(nouns[0].words) > 1:
        for i, noun in enumerate(nouns):
            words = noun.words[1:] if i == 0 else noun.words
            for target in things(Noun(words, noun.of, noun.members)):
                yield _SIGNS[first], target
        return
    for noun in nouns[:1]:
        relation = _CHANGES.get(noun.head.lower, "")
        where = noun.of or [n for p, ns in noun.preps if p in ("in", "on") for n in ns]
        if relation == "no_effect":
            where = [n for p, ns in noun.preps if p in ("in", "on") for n in ns] if first in _NO else []
        if relation and not any(w.is_name for w in noun.words):
            for target in (t for n in where for t in things(n)):
                yield relation, target


def _cause(unit: Unit, low: int, shown: set[str]) -> Thing | None:
    """What the phrase says was given, or what the animals lack; else what the legend gave."""
    for word in unit.words:
        if word.mention is None or not word.mention.is_molecule or word.text in shown:
            continue
        if word.suffix == "-/-" or word.suffix.strip("-").lower() in LOSS_SUFFIXES:
            return Thing(
                word.mention.text, word.mention.curie or None, None, "molecule", "knockout", word.mention, word.start
            )
        before = unit.passage.text[max(unit.body, word.start - 60) : word.start]
        if not word.suffix and _CUE.search(before) and (word.start > low or "of" in before.lower().split()[-1:]):
            return things_of(word.mention, word.start)
    if unit.lost is not None and re.search(r"\b(?:knock-?outs?|mutants?|nulls?)\b", unit.text, re.I):
        return Thing(unit.lost.name, unit.lost.curie, None, "molecule", unit.lost.loss or "knockout")
    return unit.given[0] if len(unit.given) == 1 and " in " not in unit.text else None
