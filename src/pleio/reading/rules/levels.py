"""Levels that differ: "IL-11 levels are reduced in AD", "altered expression in ALS", "CRP rose after IL-6".

The disease (or what came before) is the subject, as the format has it.  Rule ids: `level.passive`, `level.adjective`,
`level.phrase`, `level.after`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from ..clauses import Frame
from ..draft import Draft
from ..gazetteer import Mention, ground
from ..lexicon import CHANGES_ALONE, GIVEN_NOUNS, LEVELS, PROCESSES, READOUTS, VERBS
from ..modality import modality_of
from ..phrases import Noun
from ..things import MODEL_WORDS, Thing, things
from ..unit import Unit, actors, all_preps, frames, given_earlier
from .finish import FLIP
from .targets import signed_objects

_AFTER = ("after", "following", "upon", "with", "during", "on", "under")
_GROUPS = set("group groups arm arms recipients patients participants subjects volunteers adults children".split())
_SEEN = {
    "observe",
    "report",
    "find",
    "detect",
    "see",
    "note",
    "describe",
    "demonstrate",
    "show",
    "reveal",
    "identify",
    "document",
}
_HAVE = {"have", "show", "exhibit", "display"}
_SIGNS = ("increases", "decreases", "regulates")


def levels(unit: Unit) -> Iterator[Draft]:
    """Read the levels of a sentence that differ in a disease, or after something."""
    found = [*_by_verbs(unit), *_cohorts(unit), *_changed(unit), *_outcomes(unit), *_differences(unit)]
    found += [*_marked(unit), *_revealed(unit)]
    yield from found
    yield from _by_phrases(unit)


def _by_verbs(unit: Unit) -> Iterator[Draft]:
    for frame in frames(unit):
        relation = change_of(frame)
        if not relation or _is_set_up(frame):
            continue
        targets = [
            t
            for t in actors(unit, frame.subjects, frame.elided)
            if t.is_molecule or t.kind in ("cell", "process", "pathway", "other")
        ]
        causes = _causes(unit, frame) or given_earlier(unit, frame)
        if causes:
            for cause in causes:
                for target in targets:
                    if target.name != cause.name:
                        yield _draft(unit, frame, cause, relation, _happening(frame, target), "level.after")
            continue
        place = _disease(unit, frame)
        if place is None or _is_elsewhere(unit, frame, place):
            continue
        for target in targets:
            if target.is_molecule or target.aspect:
                yield _draft(unit, frame, place, relation, target, "level.passive")


_OF_STATES = set("slow quicken recover resolve improve heal regress deteriorate worsen persist linger".split())


def _is_elsewhere(unit: Unit, frame: Frame, place: Thing) -> bool:
    """Say whether the disease is what another clause is about, or whether the verb cannot be one of a level."""
    if frame.verbs.lemma in _OF_STATES:
        return True
    own = frame.verbs.main.start
    others = [n for f in frames(unit) if f.verbs.main.start != own for n in f.subjects if not n.pronoun]
    return any(t.kind == "disease" and t.name == place.name for n in others for t in things(n))


_PEOPLE = set("patients people individuals women men children adults subjects persons cases biopsies sera".split())
_LESION = {"lesional", "lesions", "plaques", "affected", "diseased", "inflamed"}
_SIGN_WORDS = {"less": "decreases", "fewer": "decreases", "more": "increases"}


def _cohorts(unit: Unit) -> Iterator[Draft]:
    """ "Patients with D have higher A than controls", "cells from people with D make less A": D changes A."""
    for frame in frames(unit):
        if frame.verbs.passive or frame.verbs.negated or frame.verbs.form == "ing":
            continue
        around = [*frame.subject_preps, *(p for n in frame.subjects for p in n.preps)]
        around += [p for _, ns in around for n in ns for p in n.preps]
        people = [n for n in (*frame.subjects, *(n for _, ns in around for n in ns)) if n.head.lower in _PEOPLE]
        inside = [n for p, ns in around if p in ("with", "of") for n in ns] + [n for m in people for n in m.of]
        ill = [t for n in inside for t in things(n) if t.kind == "disease"] if people else []
        sick = any(w.lower in _LESION for n in frame.subjects for w in n.words)
        if not ill and unit.disease is not None and (sick or people):
            ill = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease", mention=unit.disease)]
        perfect = frame.verbs.main.lower in LEVELS and bool(frame.verbs.helpers & {"have", "has", "had"})
        for noun in frame.objects if ill else []:
            signs = [s for w in noun.words if (s := LEVELS.get(w.lower) or _SIGN_WORDS.get(w.lower))]
            rest = [w for w in noun.words if w.lower not in LEVELS and w.lower not in _SIGN_WORDS]
            if perfect and not signs:
                signs = [LEVELS[frame.verbs.main.lower]]
            for target in things(replace(noun, words=rest)) if signs and rest else []:
                if target.is_molecule or target.kind in ("cell", "process"):
                    yield _draft(unit, frame, ill[0], signs[0], target, "level.cohort")


_MORE = {
    **dict.fromkeys("increase increases rise rises elevation elevations".split(), "increases"),
    **dict.fromkeys(
        "decrease decreases reduction reductions fall falls decline declines drop drops".split(), "decreases"
    ),
}


def _changed(unit: Unit) -> Iterator[Draft]:
    """ "Decreases in B were seen with A", "there was a fall in B with A", "A was associated with reductions in B"."""
    for frame in frames(unit):
        seen = frame.verbs.lemma in _SEEN and frame.verbs.passive
        linked = frame.verbs.lemma in ("associate", "link") and bool(frame.prep("with", "to"))
        tied = [n for p, ns in frame.preps if p in ("with", "to") for n in ns]
        nouns = tied if linked else [*frame.subjects, *frame.objects]
        nouns = [n for n in nouns if n.head.lower in _MORE]
        if not nouns or not (seen or linked or frame.verbs.lemma in ("be", "occur", "follow", "cause", "produce")):
            continue
        if linked:
            causes = [t for t in actors(unit, frame.subjects) if t.is_molecule]
        else:
            around = [n for p, ns in frame.preps if p in ("with", "after", "following", "under", "on") for n in ns]
            around += [n for m in nouns for p, ns in m.preps if p in ("with", "after", "following") for n in ns]
            around += [n for p, ns in frame.lead_preps if p in ("with", "after", "following") for n in ns]
            causes = [t for t in actors(unit, around) if t.is_molecule]
        for noun in nouns:
            places = [n for p, ns in noun.preps if p in ("in", "of") for n in ns] + noun.of
            for cause in causes[:1]:
                for target in (t for n in places for t in things(n)):
                    if target.name != cause.name and target.kind not in ("species", "anaphor"):
                        yield _draft(unit, frame, cause, _MORE[noun.head.lower], target, "level.change")


def _is_set_up(frame: Frame) -> bool:
    """Say whether a verb tells what was done, not what came of it: "cells were stimulated with A"."""
    done = frame.verbs.lemma in ("stimulate", "prime", "expand", "restrict") and frame.verbs.passive
    if not done or not frame.prep("with"):
        return False
    heads = {n.head.lower for n in frame.subjects}
    return bool(heads & MODEL_WORDS) or not any(w.is_name for n in frame.subjects for w in n.words)


def _marked(unit: Unit) -> Iterator[Draft]:
    """ "D is marked by high B", "D is characterised by loss of B"."""
    for frame in frames(unit):
        if frame.verbs.lemma not in ("mark", "characterize", "characterise", "accompany") or not frame.verbs.passive:
            continue
        places = [t for n in frame.subjects for t in things(n) if t.kind == "disease"]
        for noun in frame.prep("by", "with") if places else []:
            signs = [LEVELS[w.lower] for w in noun.words if w.lower in LEVELS]
            rest = [w for w in noun.words if w.lower not in LEVELS]
            if not signs and noun.head.lower in _LOST and noun.of:
                signs, targets = ["decreases"], [t for n in noun.of for t in things(n)]
            else:
                targets = things(replace(noun, words=rest)) if signs and rest else []
            for target in targets:
                yield _draft(unit, frame, places[0], signs[0], target, "level.phrase")


_LOST = {"loss", "lack", "deficiency", "depletion", "absence", "reduction", "decrease"}


def _happening(frame: Frame, target: Thing) -> Thing:
    """ "Cells proliferate": their proliferation; "A is secreted": its secretion."""
    process = PROCESSES.get(frame.verbs.lemma)
    if process is not None and not target.is_molecule:
        name = f"{process} of {target.name}"
        return Thing(name, getattr(ground(name), "curie", None), None, "process")
    if target.aspect is None and frame.verbs.lemma in ("secrete", "release", "shed"):
        return replace(target, aspect="secretion")
    if target.aspect is None and frame.verbs.lemma in VERBS and VERBS[frame.verbs.lemma].aspect:
        return replace(target, aspect=VERBS[frame.verbs.lemma].aspect)
    return target


def _revealed(unit: Unit) -> Iterator[Draft]:
    """ "Flow cytometry revealed fewer B in A-/- lungs", "lysates taken after A, showing greater B"."""
    for frame in frames(unit):
        if frame.verbs.lemma not in _SEEN or frame.verbs.passive or frame.verbs.negated:
            continue
        if any(t.is_molecule for n in frame.subjects for t in things(n)):
            continue
        signed = [(s, t) for s, t in signed_objects(unit, frame.objects, frame) if s and _measurable(t)]
        causes = _causes(unit, frame) or given_earlier(unit, frame) if signed else []
        for cause in causes[:1]:
            for relation, target in signed:
                yield _draft(unit, frame, cause, relation, target, "level.revealed")


def _measurable(thing: Thing) -> bool:
    return thing.is_molecule or thing.kind in ("cell", "process")


def _outcomes(unit: Unit) -> Iterator[Draft]:
    """ "Functional recovery was observed with A": an outcome under a treatment."""
    for frame in frames(unit):
        if frame.verbs.lemma not in _SEEN or not frame.verbs.passive:
            continue
        for noun in frame.subjects:
            relation = _OUTCOMES.get(noun.head.lower)
            if noun.head.lower in ("phosphorylation", "activation", "induction") and not frame.verbs.negated:
                relation = "increases"
            around = [ns for p, ns in frame.preps if p in ("with", "after", "following", "upon", "by")]
            causes = [t for ns in around for t in actors(unit, ns) if t.is_molecule]
            moved = signed_objects(unit, [noun], frame) if noun.head.lower in ("translocation", "entry") else []
            for cause in causes:
                for sign, target in moved:
                    yield _draft(unit, frame, cause, sign or "increases", target, "level.outcome")
            for cause in causes if relation else []:
                for target in things(noun):
                    yield _draft(unit, frame, cause, relation or "", target, "level.outcome")


def _differences(unit: Unit) -> Iterator[Draft]:
    """ "No difference in B was found between A and placebo": A has no effect on B."""
    for frame in frames(unit):
        if frame.verbs.lemma not in _SEEN | {"be", "differ"}:
            continue
        around = [*frame.subject_preps, *frame.preps]
        heads = {n.head.lower for n in (*frame.subjects, *frame.objects)}
        differs = frame.verbs.lemma == "differ" or frame.adjective in ("different", "similar", "comparable", "equal")
        if differs and any(p == "between" for p, _ in around):
            yield from _same_between(unit, frame)
            continue
        if not (heads & {"difference", "differences"} or frame.verbs.lemma == "differ"):
            continue
        none = frame.verbs.negated or any(n.words[0].lower == "no" for n in (*frame.subjects, *frame.objects))
        arms = [t for p, ns in around if p == "between" for t in actors(unit, ns) if t.is_molecule]
        places = [n for p, ns in around if p in ("in", "for") for n in ns]
        if none and not arms and not any(p == "between" for p, _ in around):
            arms = [t for p, ns in around if p in ("with", "after") for t in actors(unit, ns) if t.is_molecule]
            arms = arms or ([unit.last] if _is_given(unit.last) else [])
        for cause in arms if none else []:
            for target in (t for n in places for t in things(n) if t.kind not in ("species", "cell", "tissue")):
                yield _draft(unit, frame, cause, "no_effect", target, "level.difference")


def _same_between(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "B was not different between A and placebo", "B was similar between A and control"."""
    if (frame.adjective in ("similar", "comparable", "equal")) == frame.verbs.negated:
        return
    arms = [t for p, ns in frame.preps if p == "between" for t in actors(unit, ns) if t.is_molecule]
    for cause in arms[:1]:
        for target in actors(unit, frame.subjects):
            if target.kind not in ("species", "cell", "tissue", "anaphor"):
                yield _draft(unit, frame, cause, "no_effect", target, "level.difference")


def _is_given(thing: Thing | None) -> TypeGuard[Thing]:
    return thing is not None and thing.mention is not None and thing.mention.category == "drug"


_OUTCOMES = dict.fromkeys(("recovery", "improvement", "regeneration", "survival", "remission", "benefit"), "increases")
_BARE = re.compile(
    r"(?:is |are |was |were )?(elevated|increased|raised|upregulated|reduced|decreased|lowered|downregulated|"
    r"dysregulated|altered)\s(?:in|during)\b",
    re.I,
)
_BOTH = re.compile(
    r"\b(?:increased|elevated|higher|raised)\b(?: and | or |/)(?:decreased|reduced|lower|lowered)\b|"
    r"\b(?:decreased|reduced|lower)\b(?: and | or |/)(?:increased|elevated|higher)\b",
    re.I,
)


def change_of(frame: Frame) -> str:
    """Give the relation of a verb that says how its subject changed; "" where it says no such thing."""
    lemma = frame.verbs.lemma
    if (
        frame.verbs.passive
        and lemma in VERBS
        and VERBS[lemma].relation in ("secretes", "expresses")
        and _answers(frame)
    ):
        return "increases"
    if frame.verbs.passive and not frame.prep("by") and lemma in VERBS and VERBS[lemma].relation in _SIGNS:
        return VERBS[lemma].relation
    if lemma in ("dysregulate", "deregulate") and not frame.objects:
        return "regulates"
    if lemma in ("be", "become", "remain", "appear", "stay", "prove"):
        if frame.degree == "no" and (frame.adjective in LEVELS or frame.adjective == "different"):
            return "no_effect"
        if frame.degree in _DEGREE and frame.adjective in _MEASURED:
            return _DEGREE[frame.degree]
        if frame.adjective in LEVELS or frame.adjective in _COMPARED:
            return LEVELS.get(frame.adjective) or _COMPARED[frame.adjective]
    if frame.degree in _DEGREE and lemma in ("occur", "develop", "appear", "arise") and not frame.objects:
        return _DEGREE[frame.degree]
    if lemma in ("remain", "stay") and frame.adjective in _STEADY:
        return "no_effect"
    if lemma == "leave" and frame.verbs.passive and LEVELS.get(frame.adjective) == "no_effect":
        return "no_effect"
    if lemma in _UNMOVED and not frame.objects:
        return "no_effect"
    if lemma in ("differ", "vary") and frame.verbs.negated:
        return "no_effect"
    if lemma == "last" and set(frame.particles) & {"longer", "shorter"}:
        return "increases" if "longer" in frame.particles else "decreases"
    if lemma in CHANGES_ALONE and not frame.objects and not frame.verbs.passive and frame.verbs.form != "ing":
        return CHANGES_ALONE[lemma]
    if lemma in PROCESSES and not frame.objects and not frame.verbs.passive and _answers(frame):
        return "increases"
    return ""


_DEGREE = {"more": "increases", "less": "decreases"}
_MEASURED = set(
    "frequent common abundant pronounced severe intense marked prevalent numerous extensive rapid active rare often "
    "permeable likely".split()
)
_COMPARED = {
    **dict.fromkeys("fewer rarer scarcer sparser poorer lesser halved blunted attenuated delayed shortened".split(),
                    "decreases"),
    **dict.fromkeys("commoner denser deeper better doubled tripled trebled prolonged lengthened enlarged "
                    "accelerated".split(), "increases"),
    **dict.fromkeys("comparable indistinguishable equivalent unmodified unimpaired preserved".split(), "no_effect"),
}  # fmt: skip
_STEADY = {"constant", "stable", "flat", "steady", "same", "undetectable", "low", "comparable", "equal"}
_UNMOVED = {"unaltered", "unaffected", "unchanged", "unmodified", "unimpaired"}
_ANSWERING = {"response", "presence", "absence", "exposure", "contact", "stimulation", "treatment", "addition"}


def _answers(frame: Frame) -> bool:
    """Say whether the verb stands under an event: "in response to A", "after contact with A", "without A"."""
    around = [*frame.lead_preps, *frame.subject_preps, *frame.preps]
    return any(
        name in ("upon", "after", "following", "without") or n.head.lower in _ANSWERING
        for name, nouns in around
        for n in nouns
    )


def _causes(unit: Unit, frame: Frame) -> list[Thing]:
    """What came before: a molecule, or an event such as an injury."""
    out: list[Thing] = []
    for preposition, nouns in all_preps(unit, frame):
        for noun in nouns:
            head = noun.head.lower
            if preposition in ("in", "among", "for") and head in _GROUPS | MODEL_WORDS:
                out += _of_group(unit, [noun])
            elif preposition in ("in", "from") and any(t.loss for t in things(noun)):
                out += [t for t in things(noun) if t.loss]  # "in A-/- kidneys"
            elif (preposition == "by" and {frame.adjective, frame.verbs.lemma} & _UNMOVED) or preposition in _AFTER:
                out += _before(unit, noun, preposition)
            elif preposition == "within" and noun.of:
                out += [t for n in noun.of for t in actors(unit, [n]) if t.is_molecule]
            elif preposition == "without":
                out += [replace(t, loss="withdrawal") for t in actors(unit, [noun]) if t.is_molecule and not t.loss]
            elif preposition == "in" and head == "response":
                out += actors(unit, [n for p, ns in noun.preps if p == "to" for n in ns] or frame.prep("to"))
            elif preposition == "in" and head in ("presence", "absence") and noun.of:
                loss = "withdrawal" if head == "absence" else ""
                found = [t for t in actors(unit, noun.of) if t.is_molecule]
                out += [replace(t, loss=loss) for t in found]
    lost = [t for t in out if t.loss]
    return list(dict.fromkeys(lost or out))  # "after injury, A was lower in B-/- mice": what B does


def _before(unit: Unit, noun: Noun, preposition: str) -> list[Thing]:
    found = [
        t
        for t in actors(unit, [noun])
        if t.is_molecule
        or ((t.kind == "disease" or _EVENT.search(t.name)) and preposition in ("after", "following", "upon"))
    ]
    if (
        not found
        and noun.of
        and noun.head.lower.rstrip("s") in ("year", "month", "week", "day", "hour", "dose", "cycle")
    ):
        found = [t for t in actors(unit, noun.of) if t.is_molecule]
    if not found and noun.head.lower in _ANSWERING | GIVEN_NOUNS | {"challenge", "incubation", "culture", "ligation"}:
        inner = [n for p, ns in noun.preps if p in ("with", "to", "by") for n in ns] or noun.of
        found = [t for t in actors(unit, inner) if t.is_molecule]
    return found


_EVENT = re.compile(
    r"\b(?:injury|infection|surgery|exercise|feeding|fasting|hypoxia|irradiation|infarction|stress|ischemi\w*|trauma|"
    r"wounding|starvation|vaccination|burns?|hepatectomy|obstruction|exertion)$",
    re.I,
)


def _of_group(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    """What sets a group apart: "in the A group", "in patients given A", "in A-deficient mice"."""
    out = [t for t in actors(unit, nouns) if t.is_molecule]
    if not out and nouns[0].head.lower in ("group", "groups", "arm", "arms", "recipients"):
        out = [t for w in nouns[0].words if w.is_name for t in things(Noun([w]))]
    return out


def _disease(unit: Unit, frame: Frame | None) -> Thing | None:
    mention = _disease_mention(unit, frame)
    if mention is None:
        return None
    return Thing(mention.text, mention.curie or None, None, "disease", mention=mention)


def _disease_mention(unit: Unit, frame: Frame | None) -> Mention | None:
    found = unit.between(unit.body, unit.end, "disease")
    if not found and not unit.bullet and frame is not None and frame.verbs.lemma not in (*_SEEN, *_HAVE):
        return None  # running text names the disease that it compares
    return found[0] if found else unit.disease


def _by_phrases(unit: Unit) -> Iterator[Draft]:
    """Phrases such as "altered IL-11 expression", where the sentence says that it was seen in a disease."""
    groups: list[tuple[Frame | None, list[Noun]]] = []
    for frame in frames(unit):
        if any(t.loss for t in actors(unit, frame.subjects)):
            continue  # mice without a gene, not a disease, show the level
        if frame.verbs.lemma in _SEEN or (frame.verbs.lemma in _HAVE and not frame.verbs.passive):
            groups.append((frame, [*frame.subjects, *frame.objects]))
        groups += [(frame, nouns) for p, nouns in all_preps(unit, frame) if p == "with"]
    bare = _BARE.match(unit.text)
    place = _disease(unit, None)
    if bare and unit.bullet and place is not None:
        for target in unit.subject:
            yield _draft(unit, None, place, LEVELS[bare[1].lower()], target, "level.adjective")
    groups.append((None, unit.clauses.loose))
    for governing, nouns in groups:
        for noun in nouns:
            yield from _phrase(unit, governing, noun)


def _phrase(unit: Unit, frame: Frame | None, noun: Noun) -> Iterator[Draft]:
    lowers = [w.lower for w in noun.words]
    if not any(w in READOUTS for w in lowers[-2:]):
        return
    signs = [LEVELS[w] for w in lowers if w in LEVELS]
    place = _disease(unit, frame)
    if not signs or place is None:
        return
    named = [t for t in things(noun) if t.is_molecule]
    targets = named or [replace(t, aspect="abundance") for t in unit.subject]
    if _BOTH.search(unit.text):
        signs = ["increases", "decreases"]
    for relation in dict.fromkeys(signs):
        for target in targets:
            yield _draft(unit, frame, place, relation, target, "level.phrase")


def _draft(unit: Unit, frame: Frame | None, subject: Thing, relation: str, target: Thing, rule: str) -> Draft:
    modality = modality_of(frame, unit.text)
    status = "asserted"
    if relation == "no_effect" or (frame is not None and frame.verbs.negated):
        relation, status = "no_effect", "null_result"
    default = "abundance" if target.is_molecule else "process"
    if subject.loss:
        relation = FLIP.get(relation, relation)
    return Draft(
        subject,
        relation,
        target,
        rule,
        target.aspect or default,
        status,
        modality,
        subject.loss,
        frame.verbs.main.start if frame is not None else -1,
    )
