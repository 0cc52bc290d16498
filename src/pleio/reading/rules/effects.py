"""Signed effects that a verb states: "A increases B", "B is reduced by A", "A had no effect on B", "A protects B from
C".

Rule ids: `effect.active`, `effect.passive`, `effect.protects`, `effect.induced`, `effect.noun`, `effect.required`,
`effect.agent`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import (
    ACTION_NOUNS,
    AGENT_NOUNS,
    DISPENSABLE,
    EFFECT_NOUNS,
    LEVELS,
    LIGHT_VERBS,
    PREPOSITIONAL,
    REQUIRED,
    ROLE_NOUNS,
    VERBS,
)  # fmt: skip
from ..modality import denial, is_potential, modality_of
from ..phrases import Noun
from ..things import Thing, induced_by, things
from ..unit import Unit, actors, frames
from .properties_of import properties_in

EFFECT = {"increases", "decreases", "regulates"}
_FLIP = {"increases": "decreases", "decreases": "increases"}
_NO_EFFECT = re.compile(r"\b(?:no|without|little|not any|lack of|minimal|negligible)\b", re.I)
_NEEDS_FOR = {
    "need",
    "demand",
    "requirement",
    "susceptibility",
    "resistance",
    "response",
    "responses",
    "sensitivity",
    "shift",
    "switch",
    "responsiveness",
}
VAGUE = set(
    "processes process tissues tissue outcomes outcome events effects functions function functionality "
    "association interaction binding genes "
    "factors molecules targets responses results changes activities conditions systems organs aspects steps "
    "cells patients needs use data "
    "problems roles disease expression production action things others side effects mechanisms pathways "
    "components studies".split()
) | {"side effects", "adverse effects", "various effects", "downstream effects"}
VAGUE_SUBJECTS = set(
    "target targets approach approaches strategy strategies method methods evidence study studies data research "
    "results findings "
    "selection considerations trial trials disease disorder condition analysis analyses work report reports "
    "review efforts experiments "
    "mice rats animals humans subjects adults children volunteers women men people it they we "
    "model models group groups patient author authors finding observations observation understanding regions "
    "levels".split()
)
_ON_ACTIVITY = {
    "inhibit",
    "block",
    "stimulate",
    "suppress",
    "neutralize",
    "neutralise",
    "antagonize",
    "antagonise",
    "trigger",
    "silence",
}


def effects(unit: Unit) -> Iterator[Draft]:
    """Read the signed effects of a sentence."""
    for frame in frames(unit):
        found = (
            *_verb(unit, frame),
            *_shown(unit, frame),
            *_ellipsis(unit, frame),
            *_light(unit, frame),
            *_copula(unit, frame),
            *_given(unit, frame),
            *_within_phrases(unit, frame),
        )
        yield from (
            d
            for d in found
            if d.subject.name.lower().split()[-1:] and d.subject.name.lower().split()[-1] not in VAGUE_SUBJECTS
        )


def _verb(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    if unit.mode == "pk" and unit.label:
        return
    if lemma == "protect":
        yield from _protects(unit, frame)
        return
    for preposition, nouns in frame.preps:
        special = PREPOSITIONAL.get((lemma, preposition))
        if special is not None and special.relation in EFFECT and not frame.verbs.passive and not frame.objects:
            yield from _active(unit, frame, nouns, special.relation, special.aspect, "effect.active")
            return
    needs = frame.objects if lemma == "require" else frame.prep("on") if lemma in ("depend", "rely") else []
    if needs and not frame.verbs.passive and not any(n.head.lower in EFFECT_NOUNS for n in frame.subjects):
        for need in needs:
            for subject in (t for t in things(need) if t.is_molecule or t.kind in ("process", "pathway", "cell")):
                for target in actors(unit, frame.subjects, frame.elided):
                    yield _draft(unit, frame, subject, "increases", target, None, "effect.required")
        return
    verb = VERBS.get(lemma)
    if verb is None or verb.relation not in EFFECT:
        return
    if lemma in ("produce", "generate") and _makes(unit, frame):
        return
    if lemma in ("transphosphorylate", "autophosphorylate") and not frame.objects:
        for subject in actors(unit, frame.subjects, frame.elided):
            yield _draft(unit, frame, subject, "increases", subject, "phosphorylation", "effect.active")
        return
    if frame.verbs.passive or (not frame.verbs.finite and frame.verbs.form == "ed"):
        agents = frame.prep("by")
        if agents:
            for subject in actors(unit, agents):
                for noun in frame.subjects:
                    for target in _targets(unit, [noun], frame):
                        yield _draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive")
                if frame.elided:
                    for target in unit.subject:
                        yield _draft(unit, frame, subject, verb.relation, target, verb.aspect, "effect.passive")
        return
    if lemma == "recruit" and frame.objects:
        return
    if frame.objects:
        yield from _active(unit, frame, frame.objects, verb.relation, verb.aspect, "effect.active")


def _active(
    unit: Unit, frame: Frame, nouns: list[Noun], relation: str, aspect: str | None, rule: str
) -> Iterator[Draft]:
    subjects = actors(unit, frame.subjects, frame.elided)
    for subject in subjects:
        for sign, target in _signed(unit, nouns, frame):
            yield _draft(unit, frame, subject, _times(relation, sign), target, aspect, rule)
        for noun in frame.denied:
            for target in _targets(unit, [noun], frame):
                draft = _draft(unit, frame, subject, relation, target, aspect, rule)
                yield replace(draft, relation="no_effect", status="null_result")


def _times(relation: str, sign: str) -> str:
    """ "led to a reduction in B": an increase of a decrease."""
    if sign == "increases" or not sign:
        return relation
    if sign == "regulates" or relation == "regulates":
        return "regulates"
    return _FLIP[relation]


def _signed(unit: Unit, nouns: list[Noun], frame: Frame) -> list[tuple[str, Thing]]:
    """Resolve objects that are themselves changes: "a rise in B", "reduced B", "inhibition of B"."""
    out: list[tuple[str, Thing]] = []
    plain: list[Noun] = []
    for noun in nouns:
        head = noun.head.lower
        changed = _CHANGES.get(head)
        of = noun.of or (frame.prep("in", "of") if noun is nouns[-1] else [])
        first = next(
            (w for w in noun.words if w.lower in LEVELS and w.lower not in ("high", "low", "normal", "similar")), None
        )
        if changed and of and len([w for w in noun.words if w.is_name]) == 0:
            out += [(changed, t) for n in of for t in things(n)]
        elif changed and len(noun.words) > 1 and noun.words[-2].is_name:
            out += [(changed, t) for t in things(Noun(noun.words[:-1]))]
        elif first is not None and first is not noun.head:
            rest = Noun([w for w in noun.words if w is not first], noun.of, noun.members)
            sign = LEVELS[first.lower]
            out += [(sign if sign in _FLIP or sign == "regulates" else "increases", t) for t in things(rest)]
        else:
            plain.append(noun)
    return [*[(s, t) for s, t in out if t.name.lower() not in VAGUE], *[("", t) for t in _targets(unit, plain, frame)]]


_CHANGES = {
    **dict.fromkeys(
        "increase increases rise elevation elevations upregulation up-regulation enhancement improvement improvements "
        "stimulation induction".split(),
        "increases",
    ),
    **dict.fromkeys(
        "decrease decreases reduction reductions fall decline drop loss inhibition suppression downregulation "
        "down-regulation attenuation impairment depletion".split(),
        "decreases",
    ),
    **dict.fromkeys("change changes alteration alterations modulation".split(), "regulates"),
}


def _targets(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """Resolve objects; phrases that name nothing in particular ("multiple tissues and processes") are left out."""
    return [t for t in _resolved(unit, nouns, frame) if t.name.lower() not in VAGUE]


def _refers(noun: Noun) -> bool:
    """Say whether a phrase refers back: "the cytokine"."""
    return len(noun.words) == 2 and noun.words[0].lower in ("the", "this") and noun.head.lower in _REFERRING


_REFERRING = {"cytokine", "hormone", "chemokine", "interleukin", "ligand", "growth-factor"}


def _resolved(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    out: list[Thing] = []
    shared = None
    for noun in nouns:
        if noun.pronoun:
            continue
        if noun.head.lower in EFFECT_NOUNS and noun in frame.subjects:
            out += [t for p, ns in frame.subject_preps if p in ("on", "upon") for n in ns for t in things(n)]
            continue
        if noun.head.lower in EFFECT_NOUNS and not noun.of:
            continue
        tail = noun.head.lower
        if tail in _NEEDS_FOR and noun is nouns[-1]:
            where = frame.prep("for", "to", "toward", "towards")
            if where:
                for inner in where:
                    for thing in things(inner):
                        name = thing.name if tail in ("shift", "switch") else f"{tail} for {thing.name}"
                        out.append(
                            replace(thing, name=name, curie=thing.curie if tail in ("shift", "switch") else None)
                        )
                continue
        found = things(noun)
        if (
            shared is not None
            and len(noun.words) == 1
            and not noun.of
            and not noun.words[0].is_name
            and found
            and not found[0].is_molecule
            and len(nouns) > 1
        ):
            found = [_with_modifier(shared, noun)]
        elif len(noun.words) > 1 and not noun.of:
            shared = noun
        out += found
    return out


def _with_modifier(first: Noun, noun: Noun) -> Thing:
    """Give "astrocyte survival, proliferation": "astrocyte proliferation"."""
    from ..things import content

    modifiers = [w for w in content(first.words)[:-1] if w.tag.startswith(("NN", "JJ")) or w.mention]
    return things(Noun([*modifiers, *noun.words]))[0] if modifiers else things(noun)[0]


def _makes(unit: Unit, frame: Frame) -> bool:
    """Cells that produce a molecule are its source, not a cause of it: the expression rules read that."""
    subjects = actors(unit, frame.subjects, frame.elided)
    if frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite):
        subjects = actors(unit, frame.prep("by"))
    return any(t.kind in ("cell", "tissue") for t in subjects)


def _shown(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A-deficient mice show reduced B", "A-/- mice develop colitis", "mice given A developed fever"."""
    if (
        frame.verbs.lemma not in ("show", "have", "exhibit", "display", "develop", "demonstrate", "present", "possess")
        or frame.verbs.passive
    ):
        return
    develops = frame.verbs.lemma == "develop"
    for subject in actors(unit, frame.subjects, frame.elided):
        if not subject.is_molecule or not (
            subject.loss or subject.name not in {w.text for n in frame.subjects for w in n.words}
        ):
            continue
        for sign, target in _signed(unit, frame.objects, frame):
            if sign or develops:
                yield _draft(unit, frame, subject, sign or "increases", target, None, "effect.shown")


def _ellipsis(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "…, whereas C did not"."""
    if frame.verbs.lemma != "do" or not frame.verbs.negated or frame.objects:
        return
    before = [
        f
        for f in frames(unit)
        if f is not frame
        and f.objects
        and f.verbs.lemma in VERBS
        and f.verbs.words[0].start < frame.verbs.words[0].start
    ]
    if not before:
        return
    model = before[-1]
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in _targets(unit, model.objects, model):
            draft = _draft(
                unit,
                model,
                subject,
                VERBS[model.verbs.lemma].relation,
                target,
                VERBS[model.verbs.lemma].aspect,
                "effect.ellipsis",
            )
            if draft.relation in EFFECT:
                yield replace(draft, relation="no_effect", status="null_result")


def _protects(unit: Unit, frame: Frame) -> Iterator[Draft]:
    subjects = actors(unit, frame.subjects, frame.elided)
    against = frame.prep("from", "against")
    for subject in subjects:
        if against:
            for target in _targets(unit, against, frame):
                yield _draft(unit, frame, subject, "decreases", target, None, "effect.protects")
        else:
            for target in _targets(unit, frame.objects, frame):
                yield _draft(unit, frame, subject, "increases", target, "process", "effect.protects")


def _light(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A had no effect on B", "A plays a role in B", "A exerts anti-inflammatory effects"."""
    if frame.verbs.main.lower not in LIGHT_VERBS and frame.verbs.lemma not in (
        "have",
        "recognize",
        "know",
        "emerge",
        "describe",
        "act",
        "function",
        "discover",
        "identify",
        "call",
    ):
        return
    subjects = actors(unit, frame.subjects, frame.elided)
    nouns = [*frame.objects, *(n for p, ns in frame.preps if p in ("for", "as", "with") for n in ns)]
    for noun in nouns:
        head = noun.head.lower
        yield from _stated(unit, frame, subjects, noun)
        if head in EFFECT_NOUNS | ROLE_NOUNS and not properties_in(noun):
            denied = bool(_NO_EFFECT.search(" ".join(w.text for w in noun.words))) or frame.verbs.negated
            relation = _leaning(noun)
            places = (
                ("on", "upon", "against")
                if head in EFFECT_NOUNS
                else ("in", "for", "during")
                if noun in frame.objects
                else ("in", "during")
            )
            where = frame.prep(*places)
            if not where and denied and head in EFFECT_NOUNS:
                where = [n for n in frame.prep("in") if any(t.kind == "disease" for t in things(n))]
            targets = (
                [m for n in where for m in (n.members or [n])]
                if any(n.head.lower in ("body", "processes", "functions") for n in where)
                else where
            )
            for subject in subjects:
                for target in _targets(unit, targets, frame):
                    if target.kind == "species" or (head in ROLE_NOUNS and target.kind == "disease"):
                        continue
                    draft = _draft(unit, frame, subject, relation, target, None, "effect.noun")
                    yield replace(draft, relation="no_effect", status="null_result") if denied else draft


def _given(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "provides survival signals": survival goes up."""
    if frame.verbs.lemma not in ("provide", "deliver", "transmit", "generate"):
        return
    for noun in frame.objects:
        if noun.head.lower in ("signals", "signal", "support", "stimulus", "cues") and not noun.of:
            modifiers = [w for w in noun.words[:-1] if w.tag.startswith("NN") or w.mention]
            for subject in actors(unit, frame.subjects, frame.elided):
                for target in things(Noun(modifiers)) if modifiers else []:
                    yield _draft(unit, frame, subject, "increases", target, None, "effect.noun")


def _leaning(noun: Noun) -> str:
    words = {w.lower for w in noun.words}
    if words & {"inhibitory", "suppressive", "negative", "antagonistic", "repressive"}:
        return "decreases"
    if words & {"stimulatory", "positive", "stimulating", "activating", "trophic", "mitogenic"}:
        return "increases"
    return "regulates"


def _stated(
    unit: Unit,
    frame: Frame | None,
    subjects: list[Thing],
    noun: Noun,
    preps: list[tuple[str, list[Noun]]] | None = None,
) -> Iterator[Draft]:
    """The effects that the adjectives of an object state ("has anti-inflammatory properties")."""
    found = properties_in(noun)
    around = preps if preps is not None else (frame.preps if frame else [])
    text = " ".join(w.text for w in noun.words)
    for subject in subjects:
        for stated in found:
            modality = modality_of(frame, unit.text) if frame is not None else modality_of(None, unit.text)
            if is_potential(text) or any(w.lower in ("potentially", "possibly") for w in noun.words):
                modality = "hedged" if modality == "asserted" else modality
            if stated.pending:
                against = [n for p, ns in around if p in ("against", "from") for n in ns]
                for target in (
                    _targets(unit, against, frame) if against and frame else [t for n in against for t in things(n)]
                ):
                    yield Draft(subject, "decreases", target, stated.rule, "process", modality=modality)
                if not against:
                    yield from _protected(unit, subject, noun, around, modality, stated.rule)
                continue
            status, relation = "asserted", stated.relation
            if (frame is not None and frame.verbs.negated) or re.match(r"no\b", text, re.I):
                status, relation = "null_result", "no_effect"
            yield Draft(subject, relation, stated.object, stated.rule, "process", status, modality)


def _protected(
    unit: Unit, subject: Thing, noun: Noun, around: list[tuple[str, list[Noun]]], modality: str, rule: str
) -> Iterator[Draft]:
    """ "protective effects in neuronal injury models": protection of what is named there."""
    place = " ".join(w.lower for p, ns in around if p in ("in", "on") for n in ns for w in n.words)
    for stem, name in (
        ("neuro", "neuroprotection"),
        ("cardi", "cardioprotection"),
        ("hepat", "hepatoprotection"),
        ("renal", "renoprotection"),
    ):
        if stem in place or stem in unit.label.lower() or (stem == "neuro" and "nerv" in unit.intro.lower()):
            yield Draft(subject, "increases", Thing(name, kind="process"), rule, "process", modality=modality)
            return
    survival = re.search(r"\b([\w-]+ (?:neuron|cell|hepatocyte|cardiomyocyte|cell)s? survival)\b", unit.text)
    yield Draft(
        subject,
        "increases",
        Thing(survival[1] if survival else "protection", kind="process"),
        rule,
        "process",
        modality=modality,
    )


def _copula(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    if lemma in ("require", "need", "involve") and (frame.verbs.passive or frame.verbs.form == "ed"):
        relation = "regulates" if lemma == "involve" else "increases"
        for subject in subjects:
            for target in _targets(unit, frame.prep("for", "in"), frame):
                if lemma == "involve" and target.kind == "disease":
                    continue
                yield _draft(unit, frame, subject, relation, target, None, "effect.required")
        return
    if lemma not in ("be", "act", "serve", "function", "become", "remain", "prove", "represent", "appear", "form"):
        return
    adjective = frame.adjective
    relation = REQUIRED.get(adjective) or ("increases" if adjective in DISPENSABLE else "")
    if relation:
        for subject in subjects:
            for target in _targets(unit, frame.prep("for", "to", "in"), frame):
                draft = _draft(unit, frame, subject, relation, target, None, "effect.required")
                yield replace(draft, relation="increases", status="refuted") if adjective in DISPENSABLE else draft
    for noun in frame.objects or frame.prep("as"):
        for word in noun.words[-1:]:
            leaning = AGENT_NOUNS.get(word.lower) or AGENT_NOUNS.get(word.lower.rstrip("s"))
            if leaning and noun.of:
                for subject in subjects:
                    for target in _mediated(unit, noun.of, frame):
                        yield _draft(unit, frame, subject, leaning, target, None, "effect.agent")
            elif leaning and len(noun.words) > 1:
                names = [w for w in noun.words[:-1] if w.is_name]
                for subject in subjects:
                    for name in names:
                        for target in things(Noun([name])):
                            yield _draft(unit, frame, subject, leaning, target, "activity", "effect.agent")
            elif word.lower == "target" and noun.of:
                for subject in (t for n in noun.of for t in things(n)):
                    for target in subjects:
                        yield _draft(unit, frame, subject, "regulates", target, None, "effect.agent")
        yield from _stated(unit, frame, subjects, noun)


def _mediated(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    """ "a mediator of IL-11's protective effects": the protection."""
    out: list[Thing] = []
    for noun in nouns:
        stated = properties_in(noun)
        if stated:
            out += [
                Thing(
                    "neuroprotection" if p.pending and _neural(unit) else p.object.name, p.object.curie, None, "process"
                )
                for p in stated
            ]
        else:
            out += _targets(unit, [noun], frame)
    return out


def _neural(unit: Unit) -> bool:
    return any(
        m.category in ("disease", "tissue", "cell")
        and re.search(r"neur|spinal|brain|alzheimer|parkinson|sclerosis", m.label, re.I)
        for m in [*unit.mentions, *([unit.disease] if unit.disease else [])]
    )


def _within_phrases(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Effects inside a phrase: "STAT3 activation by A", "A-induced B", "the cytokine's effects on B"."""
    for nouns, preps in ((frame.subjects, frame.subject_preps), (frame.objects, frame.preps)):
        for noun in nouns:
            yield from phrase_effects(unit, noun, preps, subject=nouns is frame.subjects)


def phrase_effects(
    unit: Unit, noun: Noun, preps: list[tuple[str, list[Noun]]], *, subject: bool = False
) -> Iterator[Draft]:
    """Read the effects that one noun phrase with its prepositional phrases states."""
    head = noun.head.lower
    if head in ACTION_NOUNS:
        by = [n for p, ns in preps if p == "by" for n in ns]
        relation, aspect = ACTION_NOUNS[head]
        for agent in by:
            for actor in actors(unit, [agent]):
                for target in things(noun) if not noun.of else [t for n in noun.of for t in things(n)]:
                    yield _finish(Draft(actor, relation, target, "effect.nominal", target.aspect or aspect))
    if head in EFFECT_NOUNS and subject:
        on = [n for p, ns in preps if p in ("on", "upon") for n in ns]
        for actor in actors(unit, [noun]):
            for target in (t for n in on for t in things(n)):
                yield _finish(Draft(actor, _leaning(noun), target, "effect.noun"))
    for mention in induced_by(noun):
        for target in things(noun):
            if target.is_molecule and target.mention is not mention:
                yield _finish(Draft(things_of(mention), "increases", target, "effect.induced", target.aspect))


def things_of(mention: object) -> Thing:
    """Give the thing that a mention names."""
    from ..things import _of_mention

    return _of_mention(mention, mention.start)  # type: ignore[arg-type,attr-defined]


def _draft(
    unit: Unit, frame: Frame, subject: Thing, relation: str, target: Thing, aspect: str | None, rule: str
) -> Draft:
    modality = modality_of(frame, unit.text)
    if aspect is None and target.is_molecule and frame.verbs.lemma in _ON_ACTIVITY:
        aspect = "activity"
    if aspect is None and target.kind == "pathway":
        aspect = "activity"
    if aspect == "activity" and target.kind == "process":
        aspect = "process"
    draft = _finish(Draft(subject, relation, target, rule, target.aspect or aspect, modality=modality))
    failed = frame.governor is not None and frame.governor.verbs.lemma == "fail" and frame.verbs.to
    if frame.verbs.negated or failed:
        relation, status = denial(frame, draft.relation, draft.aspect)
        draft = replace(draft, relation=relation, status=status)
    return draft


def _finish(draft: Draft) -> Draft:
    """Turn the sign where the subject was taken away, and give the readout its default."""
    relation, system = draft.relation, draft.system
    if draft.subject.loss:
        relation, system = _FLIP.get(relation, relation), draft.subject.loss
    aspect = draft.aspect
    if aspect == "abundance" and draft.object.kind in ("process", "cell", "disease", "phenotype", "pathway"):
        aspect = "process"
    if aspect is None:
        aspect = "abundance" if draft.object.is_molecule else "process"
    return replace(draft, relation=relation, aspect=aspect, system=system)
