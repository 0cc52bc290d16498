"""Bullets under "Adverse effects" and "Indications".

Rule ids: `adverse.list`, `therapy.approved`, `therapy.studied`, `therapy.aim`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...grammar.phrases import Noun
from ...names.meaning import ground
from ...names.mention import Mention
from ...things import Thing, grounded, things
from ...unit import Unit
from ...words.lexicon import (
    ACTION_NOUNS,
)
from ..finish import finish
from .harm_lists import is_harm, split_harms
from .use_lists import meant, uses_of_bullet


def listed_uses(unit: Unit) -> Iterator[Draft]:
    """Bullets under "Adverse effects" and "Indications": the label and the list after it."""
    if unit.mode == "adverse":
        harms = dict.fromkeys(_harms(unit, unit.label.strip()))
        for subject in unit.subject:
            for name in harms:
                yield Draft(subject, "causes_adverse_event", grounded(name, "phenotype"), "adverse.list")
        return
    for subject in unit.subject:
        if re.match(r"(?:investigational|under investigation|experimental)\b", unit.text, re.I):
            yield from _investigated(unit, subject)
        elif not unit.clauses.frames:
            yield from _listed(unit, subject)
        elif re.match(r"to\b", unit.text, re.I):
            yield from meant(unit)
        elif unit.mode == "indication" and not re.match(r"(?:not|for)\b", unit.text, re.I):
            yield from _used(unit, subject)


def _harms(unit: Unit, label: str) -> list[str]:
    if not unit.clauses.frames and not re.search(r"\d|half-life", label + unit.text[:60], re.I):
        return _listed_harms(unit, label)
    # a sentence, or a number: no list of harms; what is remarked on one is
    return [label] if label and is_harm(label) and not re.search(r"\d", label) else []


def _investigated(unit: Unit, subject: Thing) -> Iterator[Draft]:
    """ "Investigational for D"."""
    goal = re.search(r"\bfor (.+)$", unit.text)
    if goal:
        name = "neuroprotection" if goal[1].startswith("neuroprotect") else goal[1].strip(" .")
        yield Draft(subject, "under_investigation_for", Thing(name), "therapy.studied")


def _used(unit: Unit, subject: Thing) -> Iterator[Draft]:
    """A bullet with a verb: what it says A is used for, else the disease that it begins with."""
    used = uses_of_bullet(unit)
    named = unit.between(unit.body, unit.end, "disease")[:1]
    if not used and named and unit.clauses.frames[0].verbs.start > named[0].start:
        used = [_disease(named[0])]
    for target in used:
        yield Draft(subject, "treats", target, "therapy.approved")


def _listed(unit: Unit, subject: Thing) -> Iterator[Draft]:
    """A bullet without a verb: the diseases that it lists, or that follow "for"."""
    goals = [t for p, ns in unit.clauses.loose_preps if p == "for" for n in ns for t in things(n)]
    loose = [t for n in unit.clauses.loose for t in things(n)]
    yield from _aims(subject, unit.clauses.loose)
    for target in goals or loose:
        if target.kind in ("disease", "phenotype") or "induced" in target.name:
            yield Draft(subject, "treats", target, "therapy.approved")
    if goals or any(t.kind in ("disease", "phenotype") for t in loose):
        return
    used = uses_of_bullet(unit)
    named = unit.between(unit.body, unit.end, "disease")[:1]
    if not used and named and named[0].start - unit.body < 40:
        used = [_disease(named[0])]
    for target in used:
        yield Draft(subject, "treats", target, "therapy.approved")


def _disease(mention: Mention) -> Thing:
    return Thing(mention.text, mention.curie or None, None, "disease")


_FREQUENCY = re.compile(
    r"(?:very )?(?:common|rare|uncommon|frequent|mild|serious|severe|other|unknown|not known)\b|"
    r".*\b(?:disorders|system|reactions|effects|events|tract|investigations)$",
    re.I,
)


_REMARK = re.compile(
    r"\b(?:common|rare|uncommon|frequent|mild|usually|elevated|increased|new onset|in some cases|exacerbations?|"
    r"serious|"
    r"severe|may be|dose-|transient|reversible|fatal|resolv\w+|monitor\w*|moderate|with|particularly|especially)\b",
    re.I,
)


def _listed_harms(unit: Unit, label: str) -> list[str]:
    """The harms of one bullet: its label, unless that says how often or where; else what the bullet lists."""
    listed = split_harms(unit.text)
    if label and not _FREQUENCY.match(label):
        # what follows a harm is a remark on it, unless it reads as a list of more
        known = [part for part in listed if ground(part) is not None and not _REMARK.search(part)]
        return [label, *known] if len(known) == len(listed) and not _REMARK.search(unit.text) else [label]
    return listed


def _aims(subject: Thing, nouns: list[Noun]) -> Iterator[Draft]:
    """ "Mobilization of progenitor cells", "Prevention of D" under "Indications"."""
    for noun in nouns[:1]:
        head = noun.head.lower
        for target in (t for n in noun.of for t in things(n)):
            if head in ("treatment", "management", "prevention", "prophylaxis", "therapy"):
                yield Draft(subject, "treats", target, "therapy.approved")
            elif head in ACTION_NOUNS:
                yield finish(Draft(subject, ACTION_NOUNS[head][0], target, "therapy.aim"))
