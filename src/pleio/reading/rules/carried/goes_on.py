"""What changed under the agent of the sentence before, or under what was given: "B protein was likewise higher".

Rule ids: `carried.cause`, `carried.change`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...actors.actors import actors
from ...actors.agent import acts, is_agent, is_medicine, stands_for
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.lexicon import CHANGES_ALONE
from ...words.predicates import DECREASES, INCREASES
from ..effects.beside import only_beside
from ..finish import FLIP, finish, is_ill
from ..levels.changes import change_of
from ..levels.reached import reached, unmoved
from ..therapy.ills import is_medicine_name

_GROUPS = re.compile(
    r"\b(?:the (?:knock-?outs?|mutants?|nulls?|null \w+|two (?:genotypes|groups|strains))|knock-?outs?(?: \w+)?|"
    r"mutants?(?: \w+)?|(?:between|in) (?:the )?(?:two |both )?(?:genotypes|groups|arms)|their (?=\w)|"
    r"these (?:mice|animals|cells)|than in (?:the )?(?:wild|control|littermate|floxed))\b",
    re.I,
)

_BETWEEN = re.compile(r"between|both|two", re.I)
_PLAIN_GROUPS = set(
    "patients participants subjects animals mice rats controls control vehicle placebo cells cultures some most all "
    "groups arms genotypes strains volunteers adults wild-type littermates baseline model models kidneys hearts "
    "tumours tumors lungs livers placebo recipients them women men children manner fashion trials studies study".split()
)


def of_setup(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Cells were treated with A. B rose.": A raised B."""
    agents = unit.given or ((unit.agent,) if is_medicine(unit.agent) and unit.agent is not None else ())
    first = [Draft(t, "regulates", t, "", verb=0, system=t.loss) for t in agents if t.is_molecule or t.kind == "other"]
    if len(first) == 1:
        yield from same_cause(unit, frame, first)


def same_cause(unit: Unit, frame: Frame, before: Sequence[Draft]) -> Iterator[Draft]:
    """ "CTGF protein was likewise higher": under what the sentence before spoke of."""
    changed = list(_changed(unit, frame))
    if changed and change_of(unit, frame) == "" and unit.agent is not None and not before[-1].system:
        before = [replace(before[-1], subject=unit.agent)]  # what was seen was seen with what the paragraph is about
    found = _cause(unit, frame, before) if changed else None
    if found is None:
        return
    cause, system = found
    for relation, noun in changed:
        for target in things(noun):
            if target.kind in ("anaphor", "species") or target.name == cause.name or stands_for(unit, noun):
                continue
            if target.kind == "tissue" or _VAGUE.fullmatch(target.name) or _KINETIC.search(target.name):
                continue
            turned = {FLIP.get(relation, "")} if relation in FLIP else set(FLIP) if _BACK.search(unit.text) else set()
            if any(d.relation in turned and _same(d.object, target) and _same(d.subject, cause) for d in before):
                continue  # "rose and then fell": the course of one answer
            draft = Draft(
                replace(cause, loss=""), relation, target, "carried.cause", target.aspect, "asserted",
                modality_of(frame, unit.text), verb=frame.verbs.main.start,
            )  # fmt: skip
            if frame.verbs.lemma in ("improve", "recover") and is_ill(target):
                draft = replace(draft, relation="decreases")
            if relation == "no_effect" or frame.verbs.negated:
                draft = replace(draft, relation="no_effect", status="null_result", system=system)
            elif system:
                draft = replace(draft, relation=FLIP.get(relation, relation), system=system)
            yield finish(draft)


_BACK = re.compile(r"\bback (?:to|at) (?:normal|baseline|control)")


def _same(one: Thing, other: Thing) -> bool:
    return one.name.lower() == other.name.lower() or bool(one.curie and one.curie == other.curie)


_VAGUE = re.compile(
    r"(?:these |all |both )?(?:results?|findings?|effects?|differences?|changes?|patients?|participants?|mice|animals?|"
    r"rats|cells|cultures|groups?|values?|doses?|numbers?|studies|study|data|events?|cases?|counts?|responses?)",
    re.I,
)


def _changed(unit: Unit, frame: Frame) -> Iterator[tuple[str, Noun]]:
    """What a clause says changed, and how: its subject, or what was seen in those who were treated."""
    relation = change_of(unit, frame) if not frame.denied_preps else ""
    relation = relation or ("no_effect" if like_controls(frame) else "")
    rare = frame.adjective in ("low", "high") and any(n.head.lower in _OFTEN for n in frame.subjects)
    relation = "" if rare else relation  # "the frequency of B was low" says nothing of a change
    told = _is_past(frame) or (_of_medicine(unit) and not _BESIDE.search(unit.text[: _opening(unit, frame)]))
    if relation and told and not _has_object(unit, frame):
        yield from ((relation, noun) for noun in frame.subjects)
    elif not relation and _is_past(frame):
        yield from reached(frame)
        yield from (("no_effect", noun) for noun in unmoved(frame))
        if frame.denied_preps:  # "in A but not in B"
            yield from (("no_effect", noun) for _, noun in reached(frame))


_OFTEN = {"frequency", "incidence", "rate", "rates", "proportion", "number", "numbers"}
_ABOUT_EFFECTS = re.compile(
    r"pharmacodynamic|clinical pharmacology|mechanism|how it works|adverse|side effects|undesirable|warnings|"
    r"laboratory",
    re.I,
)


def _of_medicine(unit: Unit) -> bool:
    """Say whether what a section tells in the present tense is what the medicine of its page does."""
    about = is_medicine_name(unit.topic) if unit.topic is not None else False
    return about and not unit.given and any(_ABOUT_EFFECTS.search(title) for title in unit.passage.headings)


_BESIDE = re.compile(r"\b(?:as|when|while|if|because|since|until|once)\s(?:the\s)?$", re.I)
_KINETIC = re.compile(
    r"\b(?:half-li(?:fe|ves)|clearance|bioavailability|AUC|C ?max|T ?max|exposure|pharmacokinetics|volume of "
    r"distribution)\b",
    re.I,
)


def _opening(unit: Unit, frame: Frame) -> int:
    return max(0, (frame.subjects[0].start if frame.subjects else frame.verbs.start) - unit.body)


def _is_past(frame: Frame) -> bool:
    past = frame.verbs.main.tag == "VBD" or bool(frame.verbs.helpers & {"was", "were", "did", "had"})
    past = past or frame.verbs.main.lower in ("was", "were", "remained", "stayed", "became")
    # no participle: a verb that takes no object
    past = past or (frame.verbs.main.tag == "VBN" and not frame.verbs.helpers and frame.verbs.lemma in CHANGES_ALONE)
    return past or bool(frame.subjects and frame.subjects[0].words[0].lower in ("their", "its"))


def _cause(unit: Unit, frame: Frame, before: Sequence[Draft]) -> tuple[Thing, str] | None:
    """What the clause is under, and how it was taken away; none where it sets another thing against it."""
    cause = before[-1].subject
    known = next((d for d in reversed(before) if d.system), None)
    grouped = _GROUPS.search(unit.text)
    if grouped:
        lost = known.subject if known is not None else unit.lost
        if lost is None and not _BETWEEN.search(grouped[0]):
            return None
        cause = lost if lost is not None else cause
        system = known.system if known is not None else "knockout" if lost is not None else ""
    else:
        system = before[-1].system
        around = [n for p, ns in frame.preps if p in ("in", "among", "between") for n in ns]
        around += [n for p, ns in frame.preps if p in ("with", "after") for n in ns if n.words[0].lower != "no"]
        if _in_disease(unit, frame) or not all(map(_is_plain, around)):
            return None
    cohort = unit.cohort is not None and cause.name == unit.cohort.name
    return (cause, system) if acts(cause) or cause in unit.given or cohort else None


def _is_plain(noun: Noun) -> bool:
    """Say whether a group or place is only where something was looked at, not what sets it apart."""
    if noun.of and noun.head.text[:1].isdigit():
        return all(map(_is_plain, noun.of))  # "in 35% of patients"
    if any(_SICK.fullmatch(w.lower) for w in noun.words):
        return False  # "in fibrotic livers"
    if noun.head.lower in _PLAIN_GROUPS:
        return not noun.preps or noun.head.lower not in ("patients", "people", "women", "men", "children")
    return noun.head.mention is not None and noun.head.mention.category == "tissue"


_SICK = re.compile(
    r"fibrotic|cirrhotic|inflamed|diseased|injured|infected|ischa?emic|diabetic|obese|arthritic|asthmatic|psoriatic|"
    r"lesional|septic|aged|old|atopic|tumou?r-bearing"
)


def _in_disease(unit: Unit, frame: Frame) -> bool:
    """Say whether the part of the sentence around a verb names a disease, other than as what changed."""
    low = unit.body + unit.text.rfind(";", 0, max(frame.verbs.start - unit.body, 0)) + 1
    own = [(n.start, n.end) for n in frame.subjects]
    named = [m for m in unit.between(low, unit.end, "disease") if not any(a <= m.start < b for a, b in own)]
    return any(not only_beside(unit, frame, m) for m in named)


def _has_object(unit: Unit, frame: Frame) -> bool:
    """Say whether a noun stands right after an active verb, whatever became of it in the analysis."""
    if frame.verbs.passive or frame.verbs.lemma in ("be", "remain", "stay", "become", "appear"):
        return False
    after = next((w for w in unit.words if w.start >= frame.verbs.main.end), None)
    return after is not None and (
        after.mention is not None or bool(after.known) or after.tag in ("DT", "NN", "NNS", "PRP$")
    )


_ALIKE = {"similar", "comparable", "indistinguishable", "equal", "equivalent", "identical", "alike"}
_CONTROLS = re.compile(
    r"^(?:vehicle|saline|placebo|controls?|medium|isotype|sham|mock|baseline|untreated|pbs|dmso|igg)\b|"
    r"\b(?:controls?|placebo|littermates|baseline|vehicle)$",
    re.I,
)


def like_controls(frame: Frame) -> bool:
    """Say whether something is told to be as without treatment: "no different from vehicle", "similar to controls"."""
    if frame.verbs.lemma not in ("be", "remain", "stay"):
        return False
    other = frame.prep("from") if frame.adjective == "different" else frame.prep("to", "with", "from", "between")
    alike = frame.adjective in _ALIKE if frame.adjective != "different" else True
    return alike and bool(other) and all(_CONTROLS.search(" ".join(w.text for w in n.words)) for n in other)


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


def bare_change(unit: Unit, frame: Frame) -> Iterator[Draft]:
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
            if is_agent(subject) and subject.name != target.name:
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
