"""Sentences and lists that name what is around a molecule: "its ligands are A and B", "sources of C include D".

Rule ids: `kind.listed`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..clauses import Frame
from ..draft import Draft
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, frames
from .finish import finish

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


def _sources(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "C and D are the main sources of A", "… are additional sources"."""
    if frame.verbs.lemma != "be" or frame.verbs.negated:
        return
    for noun in frame.objects:
        if noun.head.lower.rstrip("s") not in ("source", "producer"):
            continue
        owners = [t for n in noun.of for t in things(n) if t.is_molecule] or ([] if noun.of else unit.referent)
        for owner in owners[:1]:
            for place in (t for n in frame.subjects for t in things(n)):
                if not place.is_molecule and place.kind != "anaphor":
                    modality = modality_of(frame, unit.text)
                    verb = frame.verbs.main.start
                    yield Draft(owner, "secreted_by", place, "kind.source", modality=modality, verb=verb)


def _listed(unit: Unit, frame: Frame, noun: Noun, relation: str, leads: bool) -> Iterator[Draft]:
    owners = _owners(unit, noun, relation)
    plural = noun.head.lower.endswith("s")
    for listed in (t for n in frame.objects for t in things(n)):
        if listed.kind == "anaphor" or not (listed.is_molecule or relation in ("secreted_by", "treats")):
            continue
        if relation == "binds" and not plural and not noun.of and not any(w.is_name for w in noun.words):
            continue
        for owner in owners[:1]:
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
