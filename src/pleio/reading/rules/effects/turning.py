"""What a verb with an object says of something else: "A sensitizes cells to B", "renders them resistant to B", "confers
protection against B", "…, with consequent influx of B", "differentiation of B into C".

Rule ids: `effect.active`, `effect.protects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ...words.predicates import TOWARDS
from ..finish import effect_draft
from ..relations.gene_disease import told_by_variants
from ..signed import composed, signed_objects
from ..targets import objects_of


def towards(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A sensitizes cells to B", "A drives cells towards B", "A rescued cells from B": what A does is done to B."""
    if any(n.head.lower in _CHANGING for n in frame.objects):
        return  # "drives differentiation of B into C": that is what goes up
    said = [(TOWARDS[frame.verbs.lemma, p], ns) for p, ns in frame.preps if (frame.verbs.lemma, p) in TOWARDS]
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    if not said or not (passive or frame.objects):
        return
    doers = actors(unit, frame.prep("by")) if passive else actors(unit, frame.subjects, frame.elided)
    for relation, nouns in said[:1]:
        if frame.verbs.lemma == "keep" and any(n.head.lower in ("receptor", "receptors") for n in nouns):
            nouns = frame.objects  # "keeps A from its receptor": A
        for subject in doers:
            for sign, target in signed_objects(unit, nouns, frame):
                if target.kind in ("species", "tissue", "anaphor"):
                    continue
                if target.is_molecule and frame.verbs.lemma.startswith(("sensit", "desensit", "predispose")):
                    target = Thing(f"response to {target.name}", kind="process")
                yield effect_draft(unit, frame, subject, composed(relation, sign), target, None, "effect.active")


_RENDERED = re.compile(
    r"\b(?P<how>more|less|hyper|un)?[ -]?"
    r"(?P<what>sensitive|responsive|susceptible|resistant|refractory|permissive) to\b"
)
_READINESS = {"sensitive": "sensitivity", "responsive": "responsiveness", "susceptible": "susceptibility",
              "resistant": "resistance", "refractory": "resistance", "permissive": "susceptibility"}  # fmt: skip


def rendering(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A renders cells more sensitive to B", "makes them resistant to B": what A does to the answer to B."""
    if frame.verbs.lemma not in ("render", "make", "leave") or frame.verbs.passive or frame.verbs.negated:
        return
    said = _RENDERED.search(unit.passage.text, frame.verbs.main.end, min(unit.end, frame.verbs.main.end + 80))
    if said is None or re.search(r"[,;]", unit.passage.text[frame.verbs.main.end : said.start()]):
        return
    after = next((w for w in unit.words if w.start > said.end() and w.lower not in ("the", "exogenous")), None)
    named = things(Noun([after])) if after is not None and (after.is_name or after.known) else []
    relation = "decreases" if said["how"] in ("less", "un") else "increases"
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in named[:1]:
            whole = Thing(f"{_READINESS[said['what']]} to {target.name}", kind="process")
            yield effect_draft(unit, frame, subject, relation, whole, None, "effect.active")


_CHANGING = {"differentiation", "conversion", "transition", "maturation", "transformation"}


_BECOMING = re.compile(
    r" into (?P<what>(?:[\w+-]+ ){0,3}(?:cells|lineages?|\w+cytes|\w+blasts|\w+clasts|\w+phages|\w+troph(?:s|ils)))\b"
)


def with_outcome(unit: Unit, target: Thing, nouns: list[Noun]) -> Thing:
    """ "Differentiation of B cells into plasma cells": what they become belongs to it."""
    if not target.name.startswith(("differentiation of", "conversion of", "development of", "polarization of")):
        return target
    end = max((n.end for noun in nouns for n in (noun, *noun.of)), default=0)
    become = _BECOMING.match(unit.passage.text, end, unit.end)
    return replace(target, name=f"{target.name} into {become['what']}", curie=None) if become else target


def ensuing(frame: Frame) -> list[Noun]:
    """ "…, with consequent influx of B": that comes of it too."""
    found = [n for p, ns in frame.preps if p == "with" for n in ns[:1]]
    kept = [n for n in found if n.words[0].lower in _ENSUING and len(n.words) > 1]
    return [replace(n, words=n.words[1:]) for n in kept]


_ENSUING = {"consequent", "subsequent", "resulting", "resultant", "ensuing", "concomitant"}


_GIVING = {"confer", "provide", "offer", "afford", "give", "lend"}
_GIVEN = {"protection": "decreases", "resistance": "decreases", "immunity": "decreases", "tolerance": "decreases",
          "susceptibility": "increases", "predisposition": "increases", "vulnerability": "increases"}  # fmt: skip


def gives(frame: Frame) -> bool:
    """ "A confers protection against B", "confers susceptibility to B"."""
    told = frame.verbs.lemma in _GIVING and not frame.verbs.passive and frame.verbs.finite
    return told and any(n.head.lower in _GIVEN for n in frame.objects) and bool(frame.prep("against", "from", "to"))


def conferred(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what is conferred: protection lowers what it is against, susceptibility raises what it is to."""
    kind = next(n.head.lower for n in frame.objects if n.head.lower in _GIVEN)
    for subject in told_by_variants(unit, frame):
        for target in objects_of(unit, frame.prep("against", "from", "to"), frame):
            if target.kind not in ("species", "tissue", "anaphor", "cell"):
                yield effect_draft(unit, frame, subject, _GIVEN[kind], target, None, "effect.protects")
