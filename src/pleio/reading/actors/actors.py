"""Who acts: the subjects of a clause resolved, pronouns, "the cytokine" and "treated mice" included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..grammar.apposed import beside
from ..grammar.phrases import Noun
from ..plain.word import Word
from ..things import Thing, things, things_of
from ..unit import Unit
from ..words.lexicon import ACTION_NOUNS, ANAPHORA, LOSS_NOUNS, PROPERTY_NOUNS, READOUTS
from .agent import can_be, stands_for
from .given import given_to
from .groups import GROUPS, given_by_gerund
from .taken_away import by_gerund


def actors(unit: Unit, nouns: Iterable[Noun], elided: bool = False) -> list[Thing]:
    """Resolve the subjects of a clause, pronouns and "the cytokine" included."""
    out: list[Thing] = []
    for noun in nouns:
        out += _actor(unit, noun)
    if not out and elided:
        out = unit.subject
    return out


def _actor(unit: Unit, noun: Noun) -> list[Thing]:
    lowers = [w.lower for w in noun.words]
    for case in _CASES:
        found = case(unit, noun, lowers)
        if found is not None:
            return found
    return [t if t.kind != "anaphor" else (unit.referent or [t])[0] for t in things(noun)]


def _agent(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "The drug", "either agent", "60 mg/kg": the agent of the paragraph."""
    return stands_for(unit, noun)


def _pronoun(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "It": the subject of the clause before, where the same sentence has named it, else what was named last."""
    if not noun.pronoun:
        return None
    named = _before(unit, noun) if lowers[-1] in ("it", "they") else []
    return named or unit.referent


def _beside(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "The antibody A", "A, a factor": A."""
    described = beside(noun, unit.passage.text, unit.mentions)
    return None if described is None else [things_of(described)]


def _receptor(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Its receptor", "the receptor for A": the A receptor."""
    if lowers in (["its", "receptor"], ["their", "receptor"]):
        return [Thing(f"{t.name} receptor", start=noun.start) for t in unit.referent]
    if lowers not in (["receptor"], ["the", "receptor"]) or noun.of:
        return None
    around = [*noun.preps, *unit.subject_preps(noun)]
    named = [t for p, ns in around if p == "for" for n in ns for t in things(n) if t.is_molecule]
    return [Thing(f"{t.name} receptor", kind="molecule", start=noun.start) for t in dict.fromkeys(named)] or None


def _mutants(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Their lungs", after a sentence on those that lack A: A, taken away."""
    if lowers[0] != "their" or lowers[-1] not in GROUPS or _names(noun):
        return None
    if not any(d.system for d in unit.effects):
        return None
    return [d.subject for d in unit.effects if d.system == "knockout"][:1]


def _told_apart(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Treated mice", "treating mice with A", "silencing A": what was given or taken away."""
    given = given_to(unit, noun)
    if given:
        return given
    brought = given_by_gerund(unit, noun)
    return brought if brought is not None else by_gerund(unit, noun) or None


def _doer(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Inhibition of A by B", "B-mediated inhibition of A": B."""
    head = lowers[-1]
    if head not in ACTION_NOUNS or not noun.of:
        return None
    doers = [n for p, ns in noun.preps if p == "by" for n in ns if n.head.lower not in _TOOLS]
    if head in _MAKINGS and any(t.is_molecule for n in noun.of for t in things(n)):
        doers = [n for n in doers if n.head.known != "cell"]  # "overexpression of A by cells raises B": A does
    if not doers:
        doers = [Noun([replace(w, suffix="")]) for w in _names(noun) if w.suffix in _MEDIATED]
    return [t for n in doers for t in things(n)] if doers else None


_TOOLS = set("sirna sirnas shrna shrnas rnai crispr morpholino morpholinos crispr/cas9 crispr-cas9".split())
_MAKINGS = {"expression", "overexpression", "production", "secretion", "release", "synthesis", "overproduction"}
_MEDIATED = ("-mediated", "-dependent", "-driven")


def _owned_loss(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Its deletion": what was named last, taken away."""
    if lowers[0] not in ("its", "their") or len(lowers) != 2 or lowers[1] not in LOSS_NOUNS or noun.of:
        return None
    return [replace(t, loss=LOSS_NOUNS[lowers[1]]) for t in (_before(unit, noun) or unit.referent)[-1:]]


def _pair(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "The complex", "the latter", "this pathway": what the clause before names, or nothing that can be told."""
    if lowers in (["the", "pair"], ["the", "two"], ["this", "complex"], ["the", "resulting", "complex"]):
        earlier = _before(unit, noun)
        if earlier:
            return earlier[:1]
    if lowers[-1] not in _REFERRING or _names(noun) or noun.of:
        return None
    return [Thing(lowers[-1], kind="anaphor")] if lowers[0] in ("the", "this", "these") else things(noun)


_REFERRING = {"pair", "two", "complex", "former", "latter", "pathway", "cascade"}


def _levels(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Serum levels", "its expression": those of what the entry is about, or of what was named last."""
    head = lowers[-1]
    if head in _LEVELS and not noun.of and not _names(noun) and all(w in _PLAIN for w in lowers):
        return [replace(t, aspect=READOUTS[head]) for t in (unit.subject if unit.bullet else unit.referent)]
    if lowers[0] in ("its", "their") and len(lowers) > 1 and all(w in READOUTS for w in lowers[1:]):
        return [replace(t, aspect=READOUTS[head]) for t in _before(unit, noun) or unit.referent]
    return None


_LEVELS = set("levels level concentrations concentration expression transcripts mrna".split())
_PLAIN = {*READOUTS, "serum", "plasma", "circulating", "tissue", "the", "mean", "median", "baseline", "total", "its"}


def _class_noun(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "The cytokine", "these effects", and "subunit" in a bullet with a label: what was named last or is the topic."""
    head = lowers[-1]
    if _names(noun) or noun.of:
        return None
    if unit.bullet and unit.label and head in ("subunit", "chain", "receptor", "cytokine", "kinase", "protein"):
        return unit.subject
    if head not in _CLASS_NOUNS:
        return None
    anaphor = lowers[0] in ("the", "this", "these", "its", "their", "such", "that", "those")
    if not anaphor and head not in ("properties", "property", "effects", "effect", "roles", "actions"):
        return None
    if head in ("cytokine", "protein") and len([w for w in lowers if w not in ("the", "this", "these")]) > 2:
        return things(noun)
    found = unit.referent if anaphor and not unit.bullet else unit.subject
    return [t for t in found if can_be(head, t)] or [Thing(head, kind="anaphor", start=noun.start)]


_CLASS_NOUNS = ANAPHORA | PROPERTY_NOUNS


def _use(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "Its use": what was named last."""
    if lowers[0] not in ("its", "their") or lowers[-1] not in ("use", "overuse", "administration"):
        return None
    if _names(noun) or noun.of:
        return None
    return [t for t in _before(unit, noun) or unit.referent if t.is_molecule]


def _property(unit: Unit, noun: Noun, lowers: list[str]) -> list[Thing] | None:
    """ "A's effects", "the effects of A": A."""
    if lowers[-1] not in PROPERTY_NOUNS:
        return None
    names = _names(noun)
    if names and "'s" in lowers:
        return things(Noun(names[:1]))
    return [t for n in noun.of for t in _actor(unit, n)] if noun.of else None


_CASES: tuple[Callable[[Unit, Noun, list[str]], list[Thing] | None], ...] = (
    _agent, _pronoun, _beside, _receptor, _mutants, _told_apart, _doer, _owned_loss, _pair, _levels, _class_noun, _use,
    _property,
)  # fmt: skip


def _names(noun: Noun) -> list[Word]:
    return [w for w in noun.words if w.mention is not None]


def _before(unit: Unit, noun: Noun) -> list[Thing]:
    """The subject of the clause before, where the sentence has named it."""
    before = [f for f in unit.clauses.frames if f.subjects and not f.relative and f.subjects[0].end < noun.start]
    named = [f for f in before if not f.subjects[0].pronoun]
    return [t for n in named[-1].subjects for t in things(n) if _can_act(t)] if named else []


def _can_act(thing: Thing) -> bool:
    """Say whether "it" can stand for a thing as what acts: a molecule, or an agent that is only described."""
    return thing.is_molecule or bool(_DESCRIBED.search(thing.name))


_DESCRIBED = re.compile(r"\b(?:antibod(?:y|ies)|inhibitors?|binding protein|antagonists?|agonists?|decoy|trap)\b", re.I)
