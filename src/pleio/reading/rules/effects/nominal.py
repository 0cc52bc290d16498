"""Effects inside a phrase: "STAT3 activation by A", "A-induced B", "the cytokine's effects on B".

Rule ids: `effect.nominal`, `effect.noun`, `effect.induced`, `secrete.by`, and those of `properties_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import induced_by, things, things_of
from ...unit import Unit
from ...words.lexicon import ACTION_NOUNS, EFFECT_NOUNS, PROPERTY_NOUNS
from ..finish import finish
from .properties_of import properties_in
from .stated_by import leaning_of

DEPENDENT = {"-dependent", "-mediated", "-driven", "-dependently"}
_ACTING = re.compile(r"antibod|inhibitor|antagonist|agonist|efflux|influx|crystals?\b|fibrils?\b|acids?\b", re.I)


def within_phrases(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Effects inside a phrase: "STAT3 activation by A", "A-induced B", "the cytokine's effects on B"."""
    yield from _claimed(unit, frame)
    for nouns, preps in ((frame.subjects, frame.subject_preps), (frame.objects, frame.preps)):
        for noun in nouns:
            said = nouns is frame.subjects and frame.verbs.lemma in (
                "claim",
                "suggest",
                "propose",
                "suspect",
                "postulate",
            )
            for draft in phrase_effects(unit, noun, preps, subject=nouns is frame.subjects):
                yield replace(draft, modality="hedged") if said else draft
    for nouns in (ns for _, ns in (*frame.preps, *frame.lead_preps, *frame.subject_preps)):
        for noun in nouns:
            if noun.preps or any(w.suffix for w in noun.words):
                yield from phrase_effects(unit, noun, noun.preps)


_SAID = {"claim", "propose", "suggest", "postulate", "suspect", "report", "describe", "implicate", "hypothesize"}
_SHOWN = {"show", "demonstrate", "establish", "find", "confirm", "identify"}  # "no role for A in B was shown"
_PARTS_IN = {"role": "regulates", "part": "regulates", "involvement": "regulates", "function": "regulates",
             "contribution": "increases"}  # fmt: skip


def _claimed(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A role for A in B has been claimed", "a contribution to B has been proposed"."""
    if frame.verbs.lemma not in _SAID | _SHOWN or not frame.verbs.passive:
        return
    for noun in frame.subjects:
        relation = _PARTS_IN.get(noun.head.lower)
        denied = frame.verbs.negated or noun.words[0].lower == "no"
        if relation is None or (frame.verbs.lemma in _SHOWN and not denied):
            continue
        around = [*noun.preps, *frame.subject_preps]
        whose = [*noun.of, *(n for p, ns in around if p in ("for", "of", "by") for n in ns)]
        agents = [t for n in whose for t in things(n) if t.is_molecule] or unit.subject
        goals = [t for p, ns in around if p in ("in", "to") for n in ns for t in things(n)]
        modality = modality_of(frame, unit.text)
        modality = "hedged" if modality == "asserted" and frame.verbs.lemma not in ("report", "describe") else modality
        for agent in agents[:1]:
            for goal in (t for t in dict.fromkeys(goals) if t.kind not in ("species", "anaphor")):
                if denied:
                    yield finish(Draft(agent, relation, goal, "effect.noun", None, "refuted"))
                    continue
                yield finish(Draft(agent, relation, goal, "effect.noun", None, modality=modality))


def _mediators(noun: Noun) -> list[Noun]:
    """ "A-mediated inhibition of B", "A-dependent induction of B": A."""
    marked = [w for w in noun.words if w.mention is not None and w.suffix in DEPENDENT | {"-induced", "-stimulated"}]
    return [Noun([replace(w, suffix="")]) for w in marked] if noun.of else []


_BRINGING = set("induction activation upregulation up-regulation stimulation suppression phosphorylation".split())
_EVENTS = re.compile(
    r"(?:\w+ )?(?:hypoxia|irradiation|ischa?emia|heat shock|shear stress|oxidative stress|fasting|exercise|starvation|"
    r"infection|injury)", re.I
)  # fmt: skip


def phrase_effects(
    unit: Unit, noun: Noun, preps: list[tuple[str, list[Noun]]], *, subject: bool = False
) -> Iterator[Draft]:
    """Read the effects that one noun phrase with its prepositional phrases states."""
    head = noun.head.lower
    if head in ACTION_NOUNS:
        by = [n for p, ns in noun.preps or preps if p == "by" for n in ns]
        relation, aspect = ACTION_NOUNS[head]
        by = [*by, *_mediators(noun)]
        for agent in by:
            for actor in actors(unit, [agent]):
                if actor.kind == "cell" and head in ("secretion", "release", "production", "synthesis"):
                    for target in things(noun) if not noun.of else [t for n in noun.of for t in things(n)]:
                        if target.is_molecule:
                            yield Draft(replace(target, aspect=None), "secreted_by", actor, "secrete.by")
                event = head in _BRINGING and bool(_EVENTS.fullmatch(actor.name))
                if not (actor.is_molecule or _ACTING.search(actor.name) or event):
                    continue
                for target in things(noun) if not noun.of else [t for n in noun.of for t in things(n)]:
                    yield finish(Draft(actor, relation, target, "effect.nominal", target.aspect or aspect))
    if head in EFFECT_NOUNS | PROPERTY_NOUNS and noun.of and subject:
        for stated in properties_in(noun):
            for actor in (t for n in noun.of for t in things(n) if t.is_molecule and not stated.pending):
                yield Draft(actor, stated.relation, stated.object, stated.rule, "process")
    if head in EFFECT_NOUNS and subject:
        on = [n for p, ns in preps if p in ("on", "upon") for n in ns]
        for actor in actors(unit, [noun]):
            for target in (t for n in on for t in things(n)):
                draft = finish(Draft(actor, leaning_of(noun), target, "effect.noun"))
                yield (
                    replace(draft, relation="no_effect", status="null_result")
                    if noun.words[0].lower in ("no", "little")
                    else draft
                )
    for mention in induced_by(noun) if not (head in ACTION_NOUNS and _mediators(noun)) else []:
        for target in things(noun):
            if target.is_molecule and target.mention is not mention:
                yield finish(Draft(things_of(mention), "increases", target, "effect.induced", target.aspect))
            elif target.kind in ("process", "other", "phenotype") and mention.is_molecule:
                named = re.sub(rf"^{re.escape(mention.text)}-\w+\s", "", target.name)
                if named != target.name:
                    goal = replace(target, name=named, curie=None)
                    yield finish(Draft(things_of(mention), "increases", goal, "effect.induced", target.aspect))
