"""Bullets without a verb: "STAT3 phosphorylation and dimerization", "Effects on T cell polarization",
"Anti-inflammatory properties".

What such a bullet says follows from its head noun and from the heading or lead sentence above it.
Rule ids: `fragment.property`, `fragment.action`, `fragment.effect`, `fragment.role`, `fragment.process`,
`fragment.targets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...grammar.modality import is_potential
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit
from ...words.lexicon import ACTION_NOUNS, EFFECT_NOUNS, LEVELS, READOUTS, ROLE_NOUNS
from ..effects.nominal import phrase_effects
from ..effects.properties_of import property_of
from ..effects.stated_by import stated_effects
from ..finish import finish
from ..relations.place_lists import places_in
from ..relations.where import is_source
from ..targets import VAGUE, with_modifier


def _is_title(unit: Unit) -> bool:
    """Say whether a phrase is the title of the sentences after it: "Heart failure. Patients with …"."""
    first = unit.start == 0 and unit.text.rstrip().endswith(".")
    return first and len(unit.text.split()) <= 4 and len(unit.passage.text) - unit.end > 20


def fragments(unit: Unit) -> Iterator[Draft]:
    """Read the phrases that no verb governs."""
    if unit.bullet and unit.mode == "signal":
        yield from _activated(unit)
    placed = unit.mode in ("source", "expression")
    short = len(unit.text.split()) < 4  # "Liver: not detected"
    if placed and unit.label and (short or not unit.clauses.frames):
        yield from _sources(unit)
        return
    if not unit.clauses.loose or unit.clauses.frames:
        return
    if unit.mode in ("adverse", "pk", "structure", "indication") or _is_title(unit):
        return
    yield from _sources(unit) if placed else _phrases(unit)


def _phrases(unit: Unit) -> Iterator[Draft]:
    """Read phrases by the adjectives, changes, effects and actions that they tell."""
    loose, preps = unit.clauses.loose, unit.clauses.loose_preps
    for index, noun in enumerate(loose):
        if index == 0 or len(noun.words) > 1:
            stated = list(stated_effects(unit, None, unit.subject, noun, preps))
            if stated:
                yield from stated
                continue
        yield from phrase_effects(unit, noun, preps)
        if index == 0 and _is_changed(unit, noun):
            first = noun.words[0].lower
            for subject in unit.subject:
                for target in things(Noun(noun.words[1:], noun.of, noun.members)):
                    yield finish(Draft(subject, LEVELS[first], target, "fragment.changed", target.aspect))
            return
        yield from _effect_on(unit, noun, preps)
    if unit.bullet and unit.mode in ("signal", "function"):
        yield from _actions(unit, loose)


def _is_changed(unit: Unit, noun: Noun) -> bool:
    """Say whether a bullet is a thing that is changed: "Reduced fibrosis"."""
    told = unit.bullet and noun.words[0].lower in LEVELS and noun.words[0].start == unit.body
    return told and len(noun.words) > 1 and noun.head.lower not in READOUTS


def _effect_on(unit: Unit, noun: Noun, preps: list[tuple[str, list[Noun]]]) -> Iterator[Draft]:
    """ "Effects on T cell polarization", "no effect on B", "role in B"."""
    effect = noun.head.lower in EFFECT_NOUNS
    if not effect and noun.head.lower not in ROLE_NOUNS:
        return
    rule = "fragment.effect" if effect else "fragment.role"
    denied = effect and noun.words[0].lower in ("no", "little")
    modality = "hedged" if is_potential(" ".join(w.text for w in noun.words)) else "asserted"
    owners = [t for n in noun.of for t in things(n) if t.is_molecule]
    on = [n for p, ns in preps if p in ("on", "upon", "in") for n in ns]
    for subject in owners or unit.subject:
        for target in (t for t in _spread(on) if t.name.lower() not in VAGUE):
            aspect = target.aspect or "process"
            if denied:
                yield Draft(subject, "no_effect", target, rule, aspect, "null_result")
            else:
                yield Draft(subject, "regulates", target, rule, aspect, modality=modality)


def _sources(unit: Unit) -> Iterator[Draft]:
    """Cells and tissues listed under "Sources" or "Expression"."""
    relation = "secreted_by" if unit.mode == "source" else "expressed_in"
    listed = list(places_in(unit.text))
    placed = unit.between(unit.start, unit.body, "cell") if unit.label else []
    if not listed or (placed and all(place.kind == "tissue" for place, _ in listed)):
        yield from _labelled(unit, relation)
        return
    for subject in [unit.owner] if unit.owner is not None else unit.subject:
        for place, absent in listed:
            yield Draft(subject, relation, place, "fragment.source", status="refuted" if absent else "asserted")


def _labelled(unit: Unit, relation: str) -> Iterator[Draft]:
    """The cell or tissue that labels a bullet which only says how much: "Liver: low"."""
    placed = unit.between(unit.start, unit.body, "cell", "tissue") if unit.label else []
    if placed and len(placed[0].text) >= 0.4 * len(unit.label.split(",")[0]):
        absent = bool(re.match(r"(?:absent|not detect\w+|none|negative|undetectable)\b", unit.text, re.I))
        for subject in [unit.owner] if unit.owner is not None else []:
            for m in placed:
                place = Thing(m.text, m.curie or None, None, m.category)
                yield Draft(subject, relation, place, "fragment.source", status="refuted" if absent else "asserted")
        return
    for subject in unit.subject:
        for place in (t for n in unit.clauses.loose for t in things(n)):
            if is_source(place):
                yield Draft(subject, relation, place, "fragment.source")


def _activated(unit: Unit) -> Iterator[Draft]:
    """ "Akt activation promotes …" in a list of what the page's entity sets off: it activates Akt."""
    for frame in unit.clauses.frames:
        for noun in frame.subjects:
            if noun.head.lower in ("activation", "phosphorylation") and not any(
                p == "by" for p, _ in frame.subject_preps
            ):
                targets = [t for n in noun.of for t in things(n)] if noun.of else things(noun)
                _, aspect = ACTION_NOUNS[noun.head.lower]
                for subject in unit.subject:
                    for target in targets:
                        if target.is_molecule:
                            yield finish(Draft(subject, "increases", target, "fragment.action", aspect))


def _spread(nouns: list[Noun]) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        if (
            out
            and len(noun.words) == 1
            and len(nouns[0].words) > 1
            and not noun.words[0].is_name
            and noun.head.lower
            in ("function", "proliferation", "differentiation", "survival", "integrity", "activation", "activity")
        ):
            out.append(with_modifier(nouns[0], noun))
        else:
            out += things(noun)
    return out


def adjectives_alone(unit: Unit) -> Iterator[Draft]:
    """Read "both pro-inflammatory and anti-inflammatory effects": two adjectives that state opposite effects."""
    if unit.clauses.frames and not re.search(r"\bboth\b", unit.text, re.I):
        return
    words = re.findall(r"[A-Za-z]+-[a-z]+(?:-[a-z]+)?", unit.text)
    pairs = [(w, p) for w in words for p in property_of(w.lower())]
    signs = {p.relation for _, p in pairs}
    if len(pairs) == 2 and signs == {"increases", "decreases"} and pairs[0][1].object.name == pairs[1][1].object.name:
        for subject in unit.subject if not unit.clauses.frames else unit.referent:
            for _, stated in pairs:
                yield Draft(subject, stated.relation, stated.object, "property.both", "process")


def _actions(unit: Unit, loose: list[Noun]) -> Iterator[Draft]:
    """Action nouns and processes under a heading about signalling: what the page's entity brings about."""
    for index, noun in enumerate(loose):
        last = noun.words[-1].lower
        if noun.head.lower in ACTION_NOUNS and (noun.of or len(noun.words) > 1):
            yield from _action(unit, noun)
        elif unit.mode == "function" or any(w.lower in ("with", "integration") for w in noun.words):
            continue
        elif last in ("genes", "proteins", "factors", "targets") or noun.head.parens:
            for subject in [unit.previous_subject] if unit.previous_subject else unit.subject:
                for target in _listed(unit, noun) or things(noun):
                    yield Draft(subject, "regulates", target, "fragment.targets", "mRNA")
        elif last == "expression" and len(noun.words) > 1:
            whole = Thing(" ".join(w.text for w in noun.words), kind="process")
            for subject in unit.subject:
                yield Draft(subject, "increases", whole, "fragment.process", "mRNA")
        else:
            shares = index and len(noun.words) == 1 and not noun.words[0].is_name
            yield from _process(unit, [with_modifier(loose[0], noun)] if shares else things(noun))


def _action(unit: Unit, noun: Noun) -> Iterator[Draft]:
    """ "STAT3 phosphorylation", "activation of JAK1 for B": what is acted on, and what that is for."""
    relation, aspect = ACTION_NOUNS[noun.head.lower]
    targets = [t for n in noun.of for t in things(n)] if noun.of else things(noun)
    for subject in unit.subject:
        for target in targets:
            own = aspect if target.is_molecule or target.kind == "pathway" else "process"
            yield finish(Draft(subject, relation, target, "fragment.action", target.aspect or own))
    goals = [t for p, ns in unit.clauses.loose_preps if p == "for" for n in ns for t in things(n)]
    for target in (t for t in targets if t.is_molecule):
        for goal in goals:
            yield finish(Draft(target, "increases", goal, "fragment.action"))


def _process(unit: Unit, targets: list[Thing]) -> Iterator[Draft]:
    """ "Acute-phase response", "survival signals": a process goes up; a bare molecule says nothing."""
    for subject in unit.subject:
        for target in targets:
            if target.is_molecule and target.aspect is None:
                continue
            name = re.sub(r"(?<=[a-z]{3})\s+(?:signals?)$", "", target.name)
            whole = Thing(name, target.curie, target.aspect, target.kind, mention=target.mention)
            yield finish(Draft(subject, "increases", whole, "fragment.process"))


def _listed(unit: Unit, noun: Noun) -> list[Thing]:
    """The names in the parentheses after a phrase."""
    out = []
    for start, end in noun.head.parens:
        for mention in unit.between(start, end, "gene", "family", "protein", "drug", "chemical"):
            out.append(Thing(mention.text, mention.curie or None, None, "molecule", mention=mention))
    return out if len(out) > 1 else []
