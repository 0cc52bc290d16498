"""Objects of an effect resolved to things: pronouns, "its activation", "the effect on B", "the disease"."""

from __future__ import annotations

from dataclasses import replace

from ..grammar.frames import Frame
from ..grammar.phrases import Noun
from ..grammar.pointing import is_bare_change
from ..grammar.wording import content
from ..things import Thing, things
from ..unit import Unit
from ..words.lexicon import (
    EFFECT_NOUNS,
    READOUTS,
)

_NEEDS_FOR = set(
    "need demand requirement susceptibility resistance response responses sensitivity shift switch "
    "responsiveness".split()
)
VAGUE = set(
    "processes process tissues tissue outcomes outcome events effects functions function functionality "
    "association interaction binding genes "
    "factors molecules targets responses results changes activities conditions systems organs aspects steps "
    "cells patients needs use data "
    "problems roles disease expression production action things others side effects mechanisms pathways "
    "components studies".split()
) | {
    "need", "event", "phenotype", "phenomenon", "effect", "response", "side effects", "adverse effects",
    "various effects", "downstream effects",
}  # fmt: skip


def objects_of(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """Resolve objects; phrases that name nothing in particular ("multiple tissues and processes") are left out."""
    found = [t for t in _resolved(unit, nouns, frame) if t.name.lower() not in VAGUE]
    return [s for t in found for s in _referred(unit, t)]


def _referred(unit: Unit, thing: Thing) -> list[Thing]:
    """ "production of the cytokine": the cytokine at hand; "transcript levels" alone: those of the page's entry."""
    words = thing.name.lower().split()
    if thing.mention is None and words and all(w in READOUTS for w in words) and words[0] not in _PROCESS_ALONE:
        aspect = next((READOUTS[w] for w in words if w in READOUTS), None)
        return [replace(t, aspect=aspect) for t in unit.subject]
    if thing.name.lower() not in _REFERRING or thing.curie or thing.is_molecule:
        return [thing]
    return [replace(t, aspect=thing.aspect or t.aspect) for t in unit.subject] or [thing]


_PROCESS_ALONE = set("phosphorylation secretion release activation signaling signalling activity transcription".split())
_REFERRING = {"cytokine", "hormone", "chemokine", "interleukin", "ligand", "growth-factor"}


def _resolved(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    out: list[Thing] = []
    shared = None
    for noun in nouns:
        found = _pointed(unit, noun, noun is nouns[-1], frame)
        if found is None:
            found = things(noun)
            if shared is not None and len(nouns) > 1 and _shares(shared, noun, found):
                found = [with_modifier(shared, noun)]
            elif len(noun.words) > 1 and not noun.of:
                shared = noun
        out += found
    return out


def _pointed(unit: Unit, noun: Noun, last: bool, frame: Frame) -> list[Thing] | None:
    """Resolve a phrase that points at others ("it", "the effect on B", "the need for B"); none of a plain one."""
    if noun.pronoun:
        return pronoun_object(unit, noun, frame)
    if is_bare_change(noun):
        return []  # `carried` says whose
    own = own_readout(unit, noun, frame) or the_disease(unit, noun)
    if own:
        return own
    head = noun.head.lower
    if head in EFFECT_NOUNS:
        affected = _affected(noun, frame)
        if affected is not None:
            return affected
    if head in ("response", "responses", "sensitivity") and noun.of:
        return [t for n in noun.of for t in things(n)]  # "the response of A to B"
    return _needed(noun, frame) if head in _NEEDS_FOR and last else None


def _affected(noun: Noun, frame: Frame) -> list[Thing] | None:
    """ "Neutralised the effect of A on B": B."""
    if noun in frame.subjects:
        return [t for p, ns in frame.subject_preps if p in ("on", "upon") for n in ns for t in things(n)]
    hung = (*noun.preps, *(x for o in noun.of for x in o.preps))
    on = [n for p, ns in hung if p in ("on", "upon") for n in ns]
    on = on or (frame.prep("on", "upon") if noun in frame.objects else [])
    if on:
        return [t for n in on for t in things(n) if t.kind not in ("species", "anaphor")]
    return None if noun.of else []


def _needed(noun: Noun, frame: Frame) -> list[Thing] | None:
    """ "Raised the sensitivity to B": that, by its whole name; "the switch to B": B."""
    head, where = noun.head.lower, frame.prep("for", "to", "toward", "towards")
    if not where or any(n is noun for n in where):
        return None  # "accounts for fever and the acute response"
    joint = next((p for p, ns in frame.preps if ns is where), "for")
    found = [t for n in where for t in things(n)]
    if head in ("shift", "switch"):
        return found
    return [replace(t, name=f"{head} {joint} {t.name}", curie=None) for t in found]


def _shares(first: Noun, noun: Noun, found: list[Thing]) -> bool:
    """Say whether a process is of the cells named before it in the list."""
    bare = len(noun.words) == 1 and not noun.of and not noun.words[0].is_name
    named = not found or found[0].is_molecule or any(w.is_name for w in first.words)
    return bare and not named and noun.head.lower in _SHARING


# processes that are of the cells named before them: "astrocyte survival, proliferation and migration"
_SHARING = set(
    "proliferation growth survival migration differentiation maturation activation death invasion development function "
    "progression expansion viability adhesion motility number numbers division recruitment infiltration degranulation "
    "polarization apoptosis necrosis senescence chemotaxis repair regeneration formation loss".split()
)


def pronoun_object(unit: Unit, noun: Noun, frame: Frame) -> list[Thing]:
    """What "it" and "them" stand for as an object: what the clause before acted on, else what acted there."""
    if noun.head.lower not in ("it", "them") or noun in frame.subjects:
        return []
    own = {t.name for n in frame.subjects for t in things(n)}
    for other in reversed(unit.clauses.frames):
        if other is frame or other.verbs.main.start >= frame.verbs.main.start:
            continue
        for nouns in (other.objects, other.subjects):
            found = [t for n in nouns if not n.pronoun for t in things(n) if t.is_molecule and t.name not in own]
            if nouns is other.objects and frame.verbs.lemma in _ON_OUTCOMES and not any(n.pronoun for n in nouns):
                found = [t for n in nouns for t in things(n) if t.name not in own] or found
            if found:
                return found if noun.head.lower == "them" else found[:1]
    last = [d.object for d in unit.effects if d.verb == unit.effects[-1].verb and d.object.name not in own]
    if last and frame.verbs.lemma in _ON_OUTCOMES and (frame.verbs.main.tag != "VBZ"):
        return last if noun.head.lower == "them" else last[:1]
    return [t for t in unit.referent if t.name not in own]


# what is done to an outcome rather than to a molecule: "B failed to change it"
_ON_OUTCOMES = set(
    "change alter affect reverse restore rescue abolish prevent modify influence abrogate "
    "normalize enhance reduce increase amplify blunt potentiate".split()
)


def the_disease(unit: Unit, noun: Noun) -> list[Thing]:
    """ "the disease", "the risk of the disease" under the heading of one."""
    inner = (
        noun.of[0] if noun.of and noun.head.lower in ("risk", "severity", "progression", "onset", "course") else noun
    )
    plain = [w.lower for w in inner.words]
    if unit.disease is None or len(plain) != 2 or plain[0] not in ("the", "this"):
        return []
    if plain[1] not in ("disease", "disorder", "condition"):
        return []
    return [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]


def own_readout(unit: Unit, noun: Noun, frame: Frame) -> list[Thing]:
    """ "its activation", "their release": what was named last, read out so."""
    words = [w.lower for w in noun.words]
    if words[0] not in ("its", "their") or len(words) < 2 or noun.of or not all(w in _READ for w in words[1:]):
        return []
    aspect = next((READOUTS[w] for w in words[1:] if w in READOUTS), None)
    before = [
        t
        for f in unit.clauses.frames
        for n in (*f.subjects, *f.objects)
        if n.end < noun.start and not n.pronoun
        for t in (things(n) if n.start < noun.start else [])
        if t.is_molecule
    ]
    own = {t.name for n in frame.subjects for t in things(n)}
    found = [t for t in before if t.name not in own][-1:] or before[-1:] or unit.referent
    return [replace(t, aspect=aspect) for t in found]


UNDOING = set(
    "degradation breakdown proteolysis internalization internalisation ubiquitination ubiquitylation destruction "
    "inactivation turnover destabilization destabilisation".split()
)
_READ = {
    *READOUTS, *UNDOING,
    *"own gene mrna surface clearance degradation turnover stability lysosomal proteasomal".split(),
}  # fmt: skip


def with_modifier(first: Noun, noun: Noun) -> Thing:
    """Give "astrocyte survival, proliferation": "astrocyte proliferation"."""
    modifiers = [w for w in content(first.words)[:-1] if w.tag.startswith(("NN", "JJ")) or w.mention]
    return things(Noun([*modifiers, *noun.words]))[0] if modifiers else things(noun)[0]
