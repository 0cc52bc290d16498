"""Sentences and lists that name what is around a molecule: "its ligands are A and B", "sources of C include D".

Rule ids: `kind.listed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ..finish import finish
from .sources import said_to_be_made

# kind: relation, and whether what is listed is the subject
_KINDS: dict[str, tuple[str, bool]] = {
    **dict.fromkeys(("producer", "source"), ("secreted_by", False)),
    **dict.fromkeys(("target", "target gene", "gene"), ("regulates", False)),
    "ligand": ("binds", True),
    "receptor": ("binds", False),
    "partner": ("binds", False),
    **dict.fromkeys(("inhibitor", "antagonist", "suppressor", "blocker", "repressor"), ("decreases", True)),
    **dict.fromkeys(("activator", "inducer", "agonist", "stimulus", "stimulator", "trigger"), ("increases", True)),
    **dict.fromkeys(("member", "subtype", "isoform"), ("member_of", True)),
    **dict.fromkeys(("subunit", "component", "constituent"), ("part_of", True)),
    "indication": ("treats", False),
}
_VERBS = {"be", "include", "comprise", "encompass"}


def kinds(unit: Unit) -> Iterator[Draft]:
    """Read what a sentence lists as ligands, sources, targets, inhibitors, members of something."""
    kind = _KINDS.get(unit.label.lower().removesuffix("s")) if unit.bullet and unit.label else None
    if kind is not None and not frames(unit):
        for target in (t for n in unit.clauses.loose for t in things(n)):
            for owner in unit.subject[:1]:
                if target.is_molecule or kind[0] in ("secreted_by", "treats"):
                    first, second = (target, owner) if kind[1] else (owner, target)
                    yield Draft(first, kind[0], second, "kind.listed")
    if unit.mode == "partner" and kind is None:
        yield from _partners(unit)
    for frame in frames(unit):
        yield from _sources(unit, frame)
        if frame.verbs.lemma not in _VERBS or frame.verbs.passive or frame.verbs.negated:
            continue
        for noun in frame.subjects[:1]:
            kind = _KINDS.get(noun.head.lower.removesuffix("i").removesuffix("s"))
            alone = not noun.head.lower.endswith(("s", "i"))
            if (
                kind is None
                or (alone and kind[0] in ("member_of", "regulates"))
                or (noun.head.lower == "genes" and "target" not in {w.lower for w in noun.words})
            ):
                continue
            yield from _listed(unit, frame, noun, *kind)


_ALONE = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[,;–]|$)")


def _partners(unit: Unit) -> Iterator[Draft]:
    """Names listed under "Receptors" or "Ligands", or after such a label: they bind what the page is about."""
    if unit.owner is None or not (unit.bullet or unit.label):
        return
    labelled = [t for t in unit.subject if unit.label and t.name != unit.owner.name]
    named = [t for n in unit.clauses.loose for t in things(n) if t.is_molecule] if not frames(unit) else []
    first = next((m for m in unit.mentions if m.start == unit.body and m.is_molecule), None)
    led = bool(unit.words) and unit.words[0].start < unit.body  # the sentence above the list says it
    if not named and not led and first is not None and _ALONE.match(unit.passage.text, first.end):
        named = [things_of(first)]  # "A (B), which is found on C"
    for partner in labelled or named:
        yield Draft(partner, "binds", unit.owner, "kind.listed")


_IS_SOURCE = {"be", "represent", "constitute", "remain", "form", "serve"}
_MAKERS = {"source", "producer", "site", "maker", "supplier"}
_POPULATIONS = {"population", "cell", "subset", "type", "tissue", "organ"}
_MAKING = {"-producing", "-secreting", "-releasing"}


def _sources(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "C and D are the main sources of A", "C is the main site of A production", "the A-producing population"."""
    if frame.verbs.lemma == "contribute" and not frame.objects and not frame.preps:
        yield from _contributing(unit, frame)
    if frame.verbs.lemma not in _IS_SOURCE or frame.verbs.negated or frame.verbs.passive:
        return
    for noun in frame.objects or frame.prep("as"):
        owners = _made_by(unit, noun)
        for owner in owners[:1]:
            for place in (t for n in frame.subjects for t in things(n)):
                if not place.is_molecule and place.kind != "anaphor":
                    modality = modality_of(frame, unit.text)
                    verb = frame.verbs.main.start
                    yield Draft(owner, "secreted_by", place, "kind.source", modality=modality, verb=verb)


def _made_by(unit: Unit, noun: Noun) -> list[Thing]:
    """What a phrase for a source says is made there; nothing where it is no source."""
    kind = noun.head.lower.removesuffix("s")
    named = [t for n in noun.of for t in things(n) if t.is_molecule]
    if kind == "site":
        return named if any(n.head.lower in _PRODUCTION for n in noun.of) else []
    if kind in _POPULATIONS:
        made = [w for w in noun.words if w.mention is not None and w.suffix in _MAKING]
        return [t for w in made for t in things(Noun([replace(w, suffix="")]))]
    if kind not in _MAKERS:
        return []
    return named or ([] if noun.of else said_to_be_made(unit))


_PRODUCTION = {"production", "synthesis", "secretion", "release"}


def _contributing(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "C is the main source of A, and D may contribute": D too."""
    before = [f for f in frames(unit) if f.verbs.start < frame.verbs.start and f.verbs.lemma in _IS_SOURCE]
    owners = [t for f in before[-1:] for n in f.objects for t in _made_by(unit, n)]
    for place in (t for n in frame.subjects for t in things(n) if t.kind in ("cell", "tissue")):
        modality = modality_of(frame, unit.text)
        for owner in owners[:1]:
            yield Draft(owner, "secreted_by", place, "kind.source", modality=modality, verb=frame.verbs.main.start)


def _listed(unit: Unit, frame: Frame, noun: Noun, relation: str, leads: bool) -> Iterator[Draft]:
    aimed = replace(
        noun, of=[*noun.of, *(n for p, ns in [*noun.preps, *frame.subject_preps] if p == "for" for n in ns)]
    )
    owners = _owners(unit, aimed, relation)
    plural = noun.head.lower.endswith("s")
    told = {t.name for n in frame.objects for t in things(n)}
    for listed in (t for n in frame.objects for t in things(n)):
        if listed.kind == "anaphor" or not (listed.is_molecule or relation in ("secreted_by", "treats")):
            continue
        if relation == "binds" and not plural and not aimed.of and not any(w.is_name for w in noun.words):
            continue
        for owner in (o for o in owners[:1] if o.name not in told):
            first, second = (listed, owner) if leads else (owner, listed)
            modality = modality_of(frame, unit.text)
            draft = Draft(first, relation, second, "kind.listed", modality=modality, verb=frame.verbs.main.start)
            yield finish(draft) if relation in ("increases", "decreases", "regulates") else draft


def _owners(unit: Unit, noun: Noun, relation: str) -> list[Thing]:
    named = [t for n in noun.of for t in things(n)] + [t for w in noun.words if w.is_name for t in things(Noun([w]))]
    if relation == "member_of":
        families = list(unit.between(0, unit.body, "family")) or list(unit.families)
        return [t for t in named if t.name] or [Thing(m.text, m.curie or None) for m in families[-1:]]
    return [t for t in named if t.is_molecule] or unit.referent
