"""Harms and outcomes of trials: "headache occurred in patients given A", "no increase in malignancy was seen",
"the phase 3 trial of A was negative", "three trials were stopped for lack of efficacy".

Rule ids: `adverse.verb`, `adverse.none`, `adverse.frequency`, `therapy.trial`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors, frames

_HAPPEN = set(
    "occur develop report observe see arise appear emerge note record document describe detect experience happen "
    "encounter identify".split()
)
_LOOKED_FOR = {"observe", "see", "record", "note", "detect", "find", "encounter", "document"}
_OFTEN = set("frequent common rare uncommon typical infrequent usual possible characteristic likely".split())
_COUNT = set("case cases instance instances episode episodes report reports incidence rate rates risk event".split())
_CHANGE = set("increase rise excess elevation signal evidence".split())
_AGENT = re.compile(r"\b(?:inhibitors?|antagonists?|agonists?|antibod(?:y|ies)|blockers?|statins?|therapy)\b", re.I)
_NO_HARM = set(
    "patients patient subjects participants women men children adults animals mice trial trials study studies "
    "difference differences data response responses dose doses results table effect effects improvement remission "
    "benefit recovery survival reduction decrease".split()
)


def harms(unit: Unit) -> Iterator[Draft]:
    """Read the harms that a sentence reports, and those it says were not seen."""
    for frame in frames(unit):
        yield from _occurred(unit, frame)
        yield from _not_more(unit, frame)
    yield from _frequencies(unit)


def _occurred(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Headache occurred in patients receiving A", "hypertension is typical of A", "X has been reported"."""
    often = frame.verbs.lemma in ("be", "become") and frame.adjective in _OFTEN
    if (frame.verbs.lemma not in _HAPPEN and not often) or (frame.objects and frame.verbs.lemma != "be"):
        return
    if frame.degree == "less":
        return
    agents = [t for t in _agents(unit, frame) if not t.loss]
    in_section = _of_harms(unit)
    if not agents and not in_section:
        return
    for noun in frame.subjects:
        for inner in _harm_nouns(noun):
            for target in things(inner):
                ill = target.kind in ("phenotype", "disease") or often or in_section
                if not ill or target.is_molecule or target.kind in ("anaphor", "species", "cell"):
                    continue
                if inner.head.lower in _NO_HARM | _CHANGE:
                    continue
                for subject in (agents or of_section(unit))[:1]:
                    yield _draft(unit, frame, subject, target, refuted=frame.verbs.negated)


_CAUTION = re.compile(r"\b(?:warnings?|precautions?|risks?|contraindications?)\b", re.I)


def _of_harms(unit: Unit) -> bool:
    """Say whether the section is about harms: adverse reactions, warnings, precautions."""
    return unit.mode == "adverse" or any(_CAUTION.search(title) for title in unit.passage.headings[-2:])


def _agents(unit: Unit, frame: Frame) -> list[Thing]:
    takers = [n for p, ns in frame.preps if p in ("in", "with", "during", "after", "by", "of", "on") for n in ns]
    return [t for n in takers for t in actors(unit, [n]) if t.is_molecule or _AGENT.search(t.name)]


def of_section(unit: Unit) -> list[Thing]:
    """The medicine that a section about harms speaks of: that of the sentence before, else the section's."""
    last = unit.last
    if last is not None and last.mention is not None and last.mention.category == "drug":
        return [last]
    return unit.subject


def _harm_nouns(noun: Noun) -> list[Noun]:
    """ "Cases of X": X; "infections, including X and Y": those, X and Y."""
    if noun.head.lower in _COUNT and noun.of:
        return noun.of
    if noun.members:
        return [replace(noun, members=[]), *noun.members]
    return [noun]


def _not_more(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "No increase in X was seen", "there was no increase in X": A does not cause X."""
    nouns = [*frame.subjects, *frame.objects]
    changes = [n for n in nouns if n.head.lower in _CHANGE and n.words[0].lower == "no"]
    if not changes or frame.verbs.lemma not in _HAPPEN | {"be", "find", "show", "exist"}:
        return
    around = [*changes[0].preps, *frame.subject_preps, *frame.preps]
    places = [n for p, ns in around if p in ("in", "of", "for") for n in ns] + changes[0].of
    agents = _agents(unit, frame)
    if not agents and (unit.mode == "adverse" or _is_drug(unit.last)):
        agents = of_section(unit) if unit.mode == "adverse" else [unit.last] if unit.last is not None else []
    for noun in places[:1] if agents else []:
        for target in (t for inner in _harm_nouns(noun) for t in things(inner)):
            if target.kind in ("phenotype", "disease") or unit.mode == "adverse" or _ILL.search(target.name):
                yield _draft(unit, frame, agents[0], target, refuted=True, rule="adverse.none")


_ILL = re.compile(
    r"\b(?:infections?|malignanc|events?|bleeding|h[ae]+morrhages?|mortality|deaths?|toxicit|reactions?|fractures?|\w+itis|"
    r"\w+emia|\w+penia|\w+osis|\w+pathy|\w+algia)",
    re.I,
)


def _is_drug(thing: Thing | None) -> bool:
    return thing is not None and thing.mention is not None and thing.mention.category == "drug"


def _draft(
    unit: Unit, frame: Frame, subject: Thing, target: Thing, *, refuted: bool, rule: str = "adverse.verb"
) -> Draft:
    modality = modality_of(frame, unit.text)
    seen = frame.verbs.lemma in _LOOKED_FOR  # looked for and not found, as against denied
    status = "asserted" if not refuted else "null_result" if seen else "refuted"
    return Draft(subject, "causes_adverse_event", target, rule, None, status, modality, verb=frame.verbs.main.start)


_SHARE = re.compile(
    r"\bin (?:about |approximately |up to |nearly |almost |roughly |more than |less than |fewer than )?"
    r"(?:\d[\d.]*(?:\s?[-–]\s?\d+)?\s?%|"
    r"a (?:quarter|third|half|fifth|tenth|few)|one in \w+|\d+ (?:of|in) \d+|some|most|half)"
    r"(?: of (?:the )?| )?(?:patients|subjects|participants|recipients|children|adults|women|men)\b",
    re.I,
)


def _frequencies(unit: Unit) -> Iterator[Draft]:
    """A bullet without a verb that says in how many patients: "Hypertension in about a quarter of patients"."""
    if unit.mode == "adverse" or unit.clauses.frames or not unit.bullet or not _SHARE.search(unit.text):
        return
    for part in unit.text.split(";"):
        name = re.split(r"\s(?:in|with)\s|\(", part, maxsplit=1)[0].strip(" .")
        if name and len(name) < 60:
            for subject in unit.subject:
                yield Draft(subject, "causes_adverse_event", Thing(name, kind="phenotype"), "adverse.frequency")


_TRIALS = {"trial", "trials", "study", "studies", "rct", "programme", "program"}
_GOOD = {"positive", "successful"}
_BAD = {"negative", "unsuccessful", "disappointing", "futile"}
_STOP = {"stop", "terminate", "halt", "discontinue", "abandon", "end", "withdraw", "suspend"}
_WHY = re.compile(
    r"\b(?:lack of (?:efficacy|effect|benefit)|futility|inefficacy|insufficient efficacy|no benefit)\b", re.I
)


def trials(unit: Unit) -> Iterator[Draft]:
    """Read how trials went: what they say about the medicine in the disease at hand."""
    before: tuple[str, list[Thing]] | None = None
    for frame in frames(unit):
        yield from _no_benefit(unit, frame)
        heads = [n for n in frame.subjects if n.head.lower in _TRIALS]
        if not heads:
            continue
        outcome = _outcome(unit, frame, before[0] if before else "")
        if not outcome:
            continue
        noun = heads[0]
        around = [*noun.preps, *frame.subject_preps]
        named = [t for n in noun.of for t in things(n) if t.is_molecule]
        named += [t for p, ns in around if p in ("of", "with") for n in ns for t in things(n) if t.is_molecule]
        named += [t for w in noun.words if w.is_name for t in things(Noun([w])) if t.is_molecule]
        drugs = named or (before[1] if before else []) or _trialled(unit)
        before = (outcome, drugs)
        ill = [t for p, ns in [*around, *frame.preps] if p in ("in", "for") for n in ns for t in things(n)]
        ill = [t for t in ill if t.kind in ("disease", "phenotype")] or _disease(unit)
        for drug in drugs[:1]:
            for target in ill[:1]:
                yield Draft(
                    drug, "treats", target, "therapy.trial", None, outcome, modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip


_BENEFIT = {"benefit", "efficacy", "improvement", "response", "advantage"}


def _no_benefit(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "No benefit was seen in D": the medicine at hand does not treat it."""
    nouns = [n for n in (*frame.subjects, *frame.objects) if n.head.lower in _BENEFIT and n.words[0].lower == "no"]
    if not nouns or frame.verbs.lemma not in _HAPPEN | {"be", "show", "find", "have", "demonstrate"}:
        return
    around = [*nouns[0].preps, *frame.subject_preps, *frame.preps]
    ill = [t for p, ns in around if p in ("in", "for") for n in ns for t in things(n) if t.kind == "disease"]
    own = [t for t in actors(unit, frame.subjects) if t.is_molecule] if frame.objects else []
    with_ = [t for p, ns in around if p in ("with", "of", "from") for n in ns for t in things(n) if t.is_molecule]
    for drug in (own or with_ or _trialled(unit) or [t for t in unit.subject if _is_drug(t)])[:1]:
        for target in ill[:1]:
            yield Draft(drug, "treats", target, "therapy.trial", None, "refuted", verb=frame.verbs.main.start)


def _trialled(unit: Unit) -> list[Thing]:
    """The medicine that a label, or the sentence so far, names."""
    found = [m for m in unit.mentions if unit.start <= m.start < unit.end and m.category == "drug"]
    if found:
        m = found[0]
        return [Thing(m.text, m.curie or None, None, "molecule", mention=m)]
    return [unit.last] if unit.last is not None and _is_drug(unit.last) else []


def _disease(unit: Unit) -> list[Thing]:
    found = unit.between(unit.body, unit.end, "disease") or ([unit.disease] if unit.disease is not None else [])
    return [Thing(m.text, m.curie or None, None, "disease") for m in found[:1]]


def _outcome(unit: Unit, frame: Frame, before: str) -> str:
    lemma = frame.verbs.lemma
    if lemma in _STOP and _WHY.search(unit.text):
        return "refuted"
    if lemma == "fail" and not frame.objects:
        return "refuted"
    if lemma not in ("be", "prove", "turn"):
        return ""
    word = frame.adjective
    if word in _GOOD | _BAD:
        good = (word in _GOOD) != frame.verbs.negated
        return "asserted" if good else "refuted"
    if frame.verbs.negated and not frame.objects and not word and before:
        return "refuted" if before == "asserted" else "asserted"  # "…; the phase 3 trial was not"
    return ""
