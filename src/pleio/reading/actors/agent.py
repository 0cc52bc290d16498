"""The agent of a paragraph: what was given, or what the sentences so far say acts; and what stands for it.

"The drug", "the same vector", "60 mg/kg", "either agent", "treatment" and the active arm of a trial all stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..draft import Draft
from ..grammar.measures import is_dose
from ..grammar.phrases import Noun
from ..things import Thing
from ..unit import Unit
from ..words.head_nouns import MODEL_WORDS

_GIVEN = set(
    "drug compound agent inhibitor antagonist agonist blocker treatment therapy vector virus vaccine medicine biologic "
    "construct infusion injection medication product preparation formulation molecule biosimilar regimen intervention "
    "antibody nanobody supplement extract toxin steroid statin analogue analog mimetic combination".split()
)
_BARE = {"treatment", "therapy", "infusion", "injection", "administration", "dosing", "supplementation"}
_TAKEN = {"blockade", "inhibition", "neutralisation", "neutralization", "antagonism"}
_POINTS = {"the", "this", "that", "same", "such", "said", "latter"}
_SEVERAL = {"either", "both", "neither", "two", "three", "four"}
_MANY = set(
    "agents drugs compounds inhibitors treatments antibodies cytokines ligands factors agent drug compound inhibitor "
    "treatment antibody cytokine ligand factor therapies therapy regimens medicines molecules proteins hormones".split()
)
_ARM = {"arm", "arms", "group", "groups", "recipients", "limb"}
_ACTIVE = {"active", "treatment", "treated", "intervention", "verum", "experimental"}
_MUTANTS = set(
    "knockouts knockout knock-outs knock-out mutants mutant nulls silenced double-knockout knockdown deleted".split()
)
_TREATED = re.compile(
    r"(?:drug|antibody|inhibitor|compound|vector|peptide|active(?:ly)?|verum)[- ]treated$|^treated$", re.I
)
_CODE = re.compile(r"(?:[A-Z]{1,6}[- ]?\d{2,}[\w-]*|\d[A-Z]\d+|[A-Z]-[A-Z]{2,6})$")


_AIMED = set("antibody nanobody inhibitor antagonist blocker decoy".split())
_DESCRIBED = re.compile(rf"\b(?:{'|'.join(_AIMED)}|agonist)\b", re.I)


def acts(thing: Thing) -> bool:
    """Say whether a thing can be what was given: a molecule, a code of a compound or clone, "an antibody to A"."""
    if thing.is_molecule or thing.loss:
        return True
    return thing.kind == "other" and bool(_CODE.fullmatch(thing.name) or _DESCRIBED.search(thing.name))


def is_agent(thing: Thing) -> bool:
    """Say whether a thing can do to an effect what another did: a molecule, or an agent that is only described."""
    return thing.is_molecule or bool(re.search(r"antibod|inhibitor|antagonist|siRNA", thing.name))


def can_be(head: str, thing: Thing) -> bool:
    """Say whether a noun can point at a thing: "the antibody" never at the molecule that an antibody is aimed at."""
    if head == "receptor":
        return bool(_RECEPTOR.search(thing.name))
    return head not in _AIMED or is_medicine(thing)


_RECEPTOR = re.compile(r"receptor|(?:R|R\d[A-Z]?|R[A-Zα-ω]\d?|gp130|CD\d+\w?|TLR\d+|CXCR\d|CCR\d+)$")


def stands_for(unit: Unit, noun: Noun) -> list[Thing] | None:
    """Give what a phrase that names nothing stands for; none where it does not refer to an agent."""
    lowers = [w.lower for w in noun.words]
    if any(w.mention is not None for w in noun.words) or (noun.of and not is_dose(noun)):
        return None
    if is_dose(noun):
        return _agent(unit)
    head, before = lowers[-1], lowers[:-1]
    if unit.lost is not None and _MUTANTS & set(lowers):
        return [replace(unit.lost, loss=unit.lost.loss or "knockout")]  # "knockout kidneys"
    if head in MODEL_WORDS and "treated" in before and not set(before) & _MUTANTS:
        return _agent(unit) if unit.agent is not None else None  # "treated animals"
    counted = head in _SEVERAL and bool(before) and set(before) <= {"all", "the", "these"}  # "all three are licensed"
    if (
        counted
        or (head in _MANY and set(before) & _SEVERAL)
        or (noun.pronoun and head in ("both", "either", "neither"))
    ):
        return list(unit.pair) or None
    if head in ("dose", "doses") and before and set(before) <= _SEVERAL | {"each", "all"}:
        return _agent(unit)  # "with either dose"
    if head in _ARM and set(before) & _ACTIVE:
        return _agent(unit)
    if head in _BARE and not before and unit.agent is not None and noun.start <= unit.body + 1:
        return _agent(unit)
    if head in _TAKEN and not before and noun.start <= unit.body + 1 and unit.agent is not None:
        agent = unit.agent
        return [agent if is_medicine(agent) or agent.loss else replace(agent, loss="blockade")]
    if head in _GIVEN and before and set(before) <= _POINTS and unit.agent is not None and can_be(head, unit.agent):
        return _agent(unit)
    if head in _AIMED and before and set(before) <= _POINTS and not noun.preps:
        near = [t for t in unit.referent if can_be(head, t)]
        return near or [Thing(head, kind="anaphor", start=noun.start)]  # which one cannot be told
    return None


def _agent(unit: Unit) -> list[Thing] | None:
    found = unit.agent or unit.last or unit.topic
    return [found] if found is not None else None


def treated(noun: Noun) -> bool:
    """Say whether a group is told by its treatment only: "antibody-treated mice", "treated kidneys"."""
    return len(noun.words) > 1 and any(_TREATED.search(w.lower) for w in noun.words[:-1])


def next_agent(drafts: Iterable[Draft], given: list[Thing], now: Thing | None) -> Thing | None:
    """Give the agent after a sentence: what it sets up, else what it says acts, else the one before.

    A medicine stays the agent where later sentences tell what molecules of the body do.
    """
    found = [t for t in given if acts(t)]
    if found:
        return found[0] if len({t.name for t in found}) == 1 or now is None else now
    for draft in drafts:
        subject = draft.subject
        if draft.system or subject.loss or not acts(subject):
            continue
        if draft.relation in ("increases", "decreases", "no_effect", "treats", "under_investigation_for") and (
            now is None or not is_medicine(now)
        ):
            return subject
        if is_medicine(subject) and draft.relation in ("increases", "decreases", "no_effect"):
            return subject
    return now


def is_medicine(thing: Thing | None) -> bool:
    """Say whether a thing is given, not made by the body: a medicine, or a code that no table knows."""
    if thing is None:
        return False
    if thing.mention is not None:
        return thing.mention.category == "drug"
    return not thing.is_molecule


def next_pair(drafts: Iterable[Draft], given: list[Thing], now: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Give the last two or more things that a sentence says act alike, or were given."""
    acting = {d.subject.name: d.subject for d in drafts if acts(d.subject) and not d.subject.loss}
    if len(acting) > 1:
        return tuple(acting.values())[:4]
    named = {t.name: t for t in given if acts(t)}
    return tuple(named.values())[:4] if len(named) > 1 else now
