"""What a sentence takes over from the effects read before it: "this effect was blocked by C", "and so did C",
"B protein was likewise higher", "not reduced in the knockouts".

Rule ids: `carried.effect`, `carried.verb`, `carried.cause`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..agent import acts, is_medicine, stands_for
from ..clauses import Frame
from ..draft import Draft
from ..lexicon import DECREASES, INCREASES, PHRASAL, VERBS
from ..modality import modality_of
from ..phrases import Noun
from ..pointing import points_back
from ..settle import is_sound
from ..things import Thing, things, things_of
from ..unit import Unit, actors, frames
from .changes import change_of
from .finish import FLIP, finish
from .panels import shown_after

EFFECTS = {"increases", "decreases", "no_effect", "regulates"}
_SO = re.compile(r"\b(?:so (?:did|does|do|was|were)|as (?:did|does|do|was|were)|(?:did|does|do) so(?: too)?)\b", re.I)
_NOT_SO = re.compile(r"\b(?:neither|nor) (?:did|does|do|was|were)\b", re.I)
_GROUPS = re.compile(
    r"\b(?:the (?:knock-?outs?|mutants?|nulls?|two (?:genotypes|groups|strains))|knock-?out (?:mice|animals|cells)|"
    r"mutant (?:mice|animals|cells)|between (?:the )?(?:two )?(?:genotypes|groups|arms)|their (?=\w)|"
    r"these (?:mice|animals|cells))\b",
    re.I,
)


_BETWEEN = re.compile(r"between|two groups", re.I)
_PLAIN_GROUPS = set(
    "patients participants subjects animals mice rats controls control vehicle placebo cells cultures some most all "
    "groups arms genotypes strains volunteers adults wild-type littermates baseline model models kidneys hearts "
    "tumours tumors lungs livers placebo recipients".split()
)


def carried(unit: Unit, own: Sequence[Draft], told: Sequence[Draft]) -> Iterator[Draft]:
    """Read what refers to the effects `told` so far in the sentence, or in the one before it; `own` are those read."""
    here = [d for d in told if d.relation in EFFECTS and d.status != "refuted"]
    here += [d for d in shown_after(unit) if is_sound(d)]
    yield from (d for d in here if d.rule == "panel.after")
    for frame in frames(unit):
        at = frame.verbs.main.start
        if any(d.verb == at for d in own):
            continue
        before = [d for d in here if 0 <= d.verb < at] or list(unit.effects)
        found = list(_of_frame(unit, frame, before))
        here += found
        yield from found


def _of_frame(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    changed = list(_bare_change(unit, frame))
    yield from changed
    if changed:
        return
    if not before and (unit.given or unit.agent is not None) and not unit.bullet:
        yield from _of_setup(unit, frame)
    if before:
        last = _of_one_verb(before)
        # "this response was abolished by A and blunted by B": one response
        told = [d for d in before if d.rule != "carried.effect"] or list(unit.effects) or before
        yield from _blocked(unit, frame, _of_one_verb(told))
        yield from _likewise(unit, frame, last)
        yield from _no_difference(unit, frame, last)
        yield from _needed(unit, frame, last)
        yield from _as_effective(unit, frame, before)
        if not (unit.stale and before[-1] in unit.effects):
            yield from _same_cause(unit, frame, before)
        elif unit.given or unit.agent is not None:
            yield from _of_setup(unit, frame)


def _of_setup(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Cells were treated with A. B rose.": A raised B."""
    agents = unit.given or ((unit.agent,) if is_medicine(unit.agent) and unit.agent is not None else ())
    first = [Draft(t, "regulates", t, "", verb=0) for t in agents if t.is_molecule or t.kind == "other"]
    if len(first) == 1:
        yield from _same_cause(unit, frame, first)


def _of_one_verb(drafts: Sequence[Draft]) -> list[Draft]:
    return [d for d in drafts if d.verb == drafts[-1].verb]


def _blocked(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "This effect was blocked by C", "C abolished the response", "an effect that C mimicked"."""
    relation = VERBS[frame.verbs.lemma].relation if frame.verbs.lemma in VERBS else ""
    relation = relation if relation in (INCREASES, DECREASES) else _phrasal(frame)
    needs = frame.verbs.lemma in ("require", "depend", "rely")
    if not relation and not needs:
        return
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    pointed = frame.subjects if passive or needs else frame.objects
    agents = frame.prep("by") if passive else frame.prep("on", "upon") or frame.objects if needs else frame.subjects
    if not any(_points(n) for n in pointed) or not agents:
        return
    denied = frame.denied_prep("by") if passive else frame.denied_subjects
    for nouns, null in ((agents, frame.verbs.negated), (denied, True)):
        for subject in actors(unit, nouns):
            if not _acts(subject):
                continue
            for d in before:
                sign = d.relation if not d.system else FLIP.get(d.relation, d.relation)
                if sign not in FLIP:
                    continue
                found = sign if relation == INCREASES or needs else FLIP[sign]
                draft = Draft(
                    subject, found, d.object, "carried.effect", d.aspect, "asserted",
                    modality_of(frame, unit.text), verb=frame.verbs.main.start,
                )  # fmt: skip
                yield replace(draft, relation="no_effect", status="null_result") if null else finish(draft)


_SAME = re.compile(
    r"\b(?:had|has|have|showed|made|makes|produced|exerted|was|were|is|are) (?:exactly |much |essentially )?"
    r"(?:the (?:same|opposite) (?:effect|result|action)s?|no (?:such )?(?:difference|effect|influence|impact|change)|"
    r"without (?:any )?effect|(?:similarly|equally|also|as|likewise|just as) (?:effective|active|potent|efficacious)|"
    r"(?:ineffective|inactive|no (?:better|different)))\b|\bdid the (?:same|opposite)\b",
    re.I,
)
_OPPOSITE = re.compile(r"\bopposite\b", re.I)
_NONE = re.compile(
    r"\b(?:no (?:such )?(?:difference|effect|influence|impact|change)|without|ineffective|inactive)\b", re.I
)


def _no_difference(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "Loss of B made no difference", "B had the same effect", "B was equally effective", "B was without effect"."""
    if (
        frame.prep("on", "upon")
        or _like_controls(frame)
        or (frame.verbs.lemma not in ("have", "show", "make", "produce", "exert", "be", "do"))
    ):
        return
    match = _SAME.match(unit.text, frame.verbs.words[0].start - unit.body)
    if match is None:
        return
    for subject in actors(unit, frame.subjects):
        if not (_acts(subject) or subject.loss) or any(subject.name == d.subject.name for d in before):
            continue
        for d in before:
            if d.relation not in (*FLIP, "regulates", "no_effect"):
                continue
            verb = frame.verbs.main.start
            draft = replace(d, subject=subject, rule="carried.verb", verb=verb, system=subject.loss)
            draft = replace(draft, modality=modality_of(frame, unit.text))
            if bool(_NONE.search(match[0])) != (frame.verbs.negated and "effective" in match[0]):
                yield replace(draft, relation="no_effect", status="null_result")
                continue
            literal = FLIP.get(d.relation, d.relation) if d.system else d.relation
            literal = FLIP.get(literal, literal) if _OPPOSITE.search(match[0]) else literal
            yield finish(replace(draft, relation=literal))


_ALIKE = {"similar", "comparable", "indistinguishable", "equal", "equivalent", "identical", "alike"}
_CONTROLS = re.compile(
    r"^(?:vehicle|saline|placebo|controls?|medium|isotype|sham|mock|baseline|untreated|pbs|dmso|igg)\b|"
    r"\b(?:controls?|placebo|littermates|baseline|vehicle)$",
    re.I,
)


def _like_controls(frame: Frame) -> bool:
    """Say whether something is told to be as without treatment: "no different from vehicle", "similar to controls"."""
    if frame.verbs.lemma not in ("be", "remain", "stay"):
        return False
    other = frame.prep("from") if frame.adjective == "different" else frame.prep("to", "with", "from", "between")
    alike = frame.adjective in _ALIKE if frame.adjective != "different" else True
    return alike and bool(other) and all(_CONTROLS.search(" ".join(w.text for w in n.words)) for n in other)


_EFFECTIVE = {"effective", "potent", "active", "efficacious", "efficient", "powerful"}


def _as_effective(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "A was as effective as B on C", "A equalled B in reducing C": A does to C what B was said to do."""
    if frame.verbs.lemma != "be" or frame.adjective not in _EFFECTIVE or frame.verbs.negated:
        return
    others = [t for n in frame.prep("as", "to", "than") for t in things(n)]
    places = [t for p, ns in frame.preps if p in ("on", "against", "for", "in") for n in ns for t in things(n)]
    for d in before:
        if d.subject.name not in {t.name for t in others}:
            continue
        for target in places:
            if _same_thing(target, d.object):
                for subject in actors(unit, frame.subjects):
                    yield replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start)


def _same_thing(a: Thing, b: Thing) -> bool:
    one, other = ({w.rstrip("s") for w in t.name.lower().split()} for t in (a, b))
    return bool(a.curie and a.curie == b.curie) or one <= other or other <= one


_RAISING = {
    "elicit",
    "cause",
    "produce",
    "induce",
    "trigger",
    "evoke",
    "provoke",
    "yield",
    "bring",
    "give",
    "lead",
    "result",
}


def _bare_change(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B was low with A1, but A2 caused a 60-fold increase": an increase of B."""
    if frame.verbs.lemma not in _RAISING or frame.verbs.passive or frame.verbs.negated:
        return
    nouns = frame.objects or frame.prep("in", "to")
    if len(nouns) != 1 or nouns[0].of or nouns[0].preps or any(w.mention or w.known for w in nouns[0].words):
        return
    relation = _SIGNED.get(nouns[0].head.lower)
    above = [
        f for f in frames(unit) if f.subjects and f.verbs.main.start < frame.verbs.start and not f.subjects[0].pronoun
    ]
    if relation is None or not above or not frame.subjects or above[-1].subjects[0].start == frame.subjects[0].start:
        return
    for target in (t for n in above[-1].subjects for t in things(n)):
        if not (target.is_molecule or target.aspect or target.kind in ("process", "other")) or target.kind == "anaphor":
            continue
        for subject in actors(unit, frame.subjects):
            if _acts(subject) and subject.name != target.name:
                yield finish(
                    Draft(
                        subject, relation, target, "carried.change", target.aspect, "asserted",
                        modality_of(frame, unit.text), verb=frame.verbs.main.start,
                    )
                )  # fmt: skip


_SIGNED = {
    **dict.fromkeys("increase rise elevation surge induction gain upregulation".split(), INCREASES),
    **dict.fromkeys("decrease fall reduction drop decline loss suppression downregulation".split(), DECREASES),
}


def _needed(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "B is needed for this effect", "this effect was independent of B"."""
    word = frame.adjective or (frame.verbs.main.lower if frame.verbs.passive else "")
    if word == "independent":
        agents, pointed, status = frame.prep("of"), frame.subjects, "refuted"
    elif word in ("needed", "required", "necessary", "essential", "indispensable", "crucial"):
        agents, pointed = frame.subjects, frame.prep("for", "to")
        status = "refuted" if frame.verbs.negated else "asserted"
    elif word in ("dispensable", "redundant"):
        agents, pointed, status = frame.subjects, frame.prep("for", "in"), "refuted"
    elif word == "dependent":
        agents, pointed, status = frame.prep("on"), frame.subjects, "refuted" if frame.verbs.negated else "asserted"
    else:
        return
    if not any(_points(n) for n in pointed):
        return
    for subject in (t for t in actors(unit, agents) if _acts(t)):
        for d in before:
            sign = FLIP.get(d.relation, d.relation) if d.system else d.relation
            if sign in FLIP:
                yield Draft(
                    subject, sign, d.object, "carried.needed", d.aspect, status, modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip


def _phrasal(frame: Frame) -> str:
    return next((PHRASAL[frame.verbs.lemma, p] for p in frame.particles if (frame.verbs.lemma, p) in PHRASAL), "")


def _points(noun: Noun) -> bool:
    return noun.head.lower in ("this", "that", "it") if noun.pronoun else points_back(noun)


def _acts(subject: Thing) -> bool:
    return subject.is_molecule or bool(re.search(r"antibod|inhibitor|antagonist|siRNA", subject.name))


def _likewise(unit: Unit, frame: Frame, before: list[Draft]) -> Iterator[Draft]:
    """ "…, and so did C", "C does so too", "neither did C"."""
    if frame.verbs.lemma not in ("do", "be") or frame.objects or frame.adjective:
        return
    at = frame.verbs.start - unit.body
    around = unit.text[max(0, at - 12) : at + 14]
    null = bool(_NOT_SO.search(around)) or frame.verbs.negated
    if not (_SO.search(around) or null):
        return
    inverted = _inverted(unit, frame)
    answering = [] if inverted else [d for d in before if null and _was_subject(unit, frame, d)]
    for d in answering:
        for target in (t for n in frame.subjects for t in things(n) if t.name != d.object.name):
            yield replace(
                d, object=replace(target, aspect=d.object.aspect), relation="no_effect", status="null_result",
                rule="carried.answer", verb=frame.verbs.main.start,
            )  # fmt: skip
    for subject in inverted or ([] if answering else actors(unit, frame.subjects)):
        if not (_acts(subject) or subject.loss):
            continue
        for d in before:
            draft = replace(d, subject=subject, rule="carried.verb", verb=frame.verbs.main.start, system=subject.loss)
            draft = replace(draft, modality=modality_of(frame, unit.text))
            if null:
                yield replace(draft, relation="no_effect", status="null_result")
            else:
                literal = FLIP.get(d.relation, d.relation) if d.system else d.relation
                yield finish(replace(draft, relation=literal))


_TAKEN = re.compile(
    r"\b(?:si|sh)RNAs?\b|\b(?:knock-?(?:down|out)|silencing|depletion|deletion|loss|absence|lack)\b", re.I
)
_CLAUSE_END = re.compile(r"[,;.]|\s(?:while|whereas|but|although|when)\s")


def _inverted(unit: Unit, frame: Frame) -> list[Thing]:
    """The subject that stands after its verb: "so did B and C", "neither did siRNA against B"."""
    at = frame.verbs.main.end
    lead = unit.passage.text[max(unit.body, frame.verbs.start - 8) : frame.verbs.start].lower().split()
    if not lead or lead[-1] not in ("so", "as", "neither", "nor"):
        return []
    stop = _CLAUSE_END.search(unit.passage.text, at, unit.end)
    end = stop.start() if stop else unit.end
    found = [m for m in unit.mentions if at <= m.start < end and m.is_molecule]
    taken = _TAKEN.search(unit.passage.text[at : found[0].start]) if found else None
    loss = "" if taken is None else "siRNA" if "RNA" in taken[0] or "silenc" in taken[0] else "knockout"
    return [replace(things_of(m), loss=loss) for m in found]


def _was_subject(unit: Unit, frame: Frame, draft: Draft) -> bool:
    """Say whether what a draft acts on was the subject of its verb, so that "B did not" speaks of B as acted on."""
    of = next((f for f in frames(unit) if f.verbs.main.start == draft.verb and f is not frame), None)
    if of is None or of.objects:
        return False
    return draft.object.name in {t.name for n in of.subjects for t in things(n)}


def _same_cause(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "CTGF protein was likewise higher": under what the sentence before spoke of."""
    relation = change_of(frame) if not frame.denied_preps else ""
    relation = relation or ("no_effect" if _like_controls(frame) else "")
    past = frame.verbs.main.tag == "VBD" or bool(frame.verbs.helpers & {"was", "were", "did"})
    past = past or frame.verbs.main.lower in ("was", "were", "remained", "stayed", "became")
    past = past or bool(frame.subjects and frame.subjects[0].words[0].lower in ("their", "its"))
    if not relation or not past or _has_object(unit, frame):
        return
    cause = before[-1].subject
    known = next((d for d in reversed(before) if d.system), None)
    grouped = _GROUPS.search(unit.text)
    if grouped:
        lost = known.subject if known is not None else unit.lost
        if lost is None and not _BETWEEN.search(grouped[0]):
            return
        cause = lost if lost is not None else cause
        system = known.system if known is not None else "knockout" if lost is not None else ""
    else:
        system = before[-1].system
        around = [n for p, ns in frame.preps if p in ("in", "among", "between", "with", "after") for n in ns]
        low = unit.body + unit.text.rfind(";", 0, max(frame.verbs.start - unit.body, 0)) + 1
        if unit.between(low, unit.end, "disease") or any(n.head.lower not in _PLAIN_GROUPS for n in around):
            return
    if not (acts(cause) or cause in unit.given):
        return
    for noun in frame.subjects:
        for target in things(noun):
            if target.kind in ("anaphor", "species") or target.name == cause.name or stands_for(unit, noun):
                continue
            if not (target.is_molecule or target.aspect or target.kind in ("process", "phenotype", "disease", "other")):
                continue
            draft = Draft(
                replace(cause, loss=""), relation, target, "carried.cause", target.aspect, "asserted",
                modality_of(frame, unit.text), verb=frame.verbs.main.start,
            )  # fmt: skip
            if relation == "no_effect" or frame.verbs.negated:
                draft = replace(draft, relation="no_effect", status="null_result", system=system)
            elif system:
                draft = replace(draft, relation=FLIP.get(relation, relation), system=system)
            yield finish(draft)


def _has_object(unit: Unit, frame: Frame) -> bool:
    """Say whether a noun stands right after an active verb, whatever became of it in the analysis."""
    if frame.verbs.passive or frame.verbs.lemma in ("be", "remain", "stay", "become", "appear"):
        return False
    after = next((w for w in unit.words if w.start >= frame.verbs.main.end), None)
    return after is not None and (
        after.mention is not None or bool(after.known) or after.tag in ("DT", "NN", "NNS", "PRP$")
    )
