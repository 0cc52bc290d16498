"""Harms: "headache occurred in patients given A", "no increase in malignancy was seen", "there were no deaths".

Rule ids: `adverse.verb`, `adverse.none`, `adverse.frequency`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.measures import is_measure
from ...grammar.modality import modality_of
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.head_nouns import MODEL_WORDS
from .harm_lists import in_parentheses
from .ills import is_ill, is_immune, named_medicine

HAPPEN = set(
    "occur develop report observe see arise appear emerge note record document describe detect experience happen "
    "encounter identify".split()
)
_LOOKED_FOR = {"observe", "see", "record", "note", "detect", "find", "encounter", "document"}
_OFTEN = set(
    "frequent common rare uncommon typical infrequent usual possible characteristic likely dose-limiting".split()
)
_PASSING = {"reversible", "transient", "mild", "self-limiting", "asymptomatic"}
_COUNT = set(
    "case cases instance instances episode episodes report reports incidence rate rates risk risks event onset "
    "worsening exacerbation exacerbations aggravation recurrence occurrence development susceptibility frequency "
    "frequencies proportion proportions".split()
)
_SUFFER = {"have", "experience", "develop", "suffer", "show", "report"}
_GIVING = {"treat", "give", "receive", "take", "administer", "assign", "randomize", "randomise", "start"}
_PEOPLE = re.compile(r"\b(?:patients?|subjects|participants|recipients|children|adults|women|men|volunteers)\b", re.I)
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
        yield from _had(unit, frame)
        yield from _not_more(unit, frame)
        yield from _none(unit, frame)
    yield from _frequencies(unit)


def _occurred(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Headache occurred in patients receiving A", "hypertension is typical of A", "X has been reported"."""
    often = frame.verbs.lemma in ("be", "become") and frame.adjective in _OFTEN
    passing = frame.verbs.lemma == "be" and frame.adjective in _PASSING
    happens = frame.verbs.lemma in HAPPEN or often or passing
    if not happens or (frame.objects and frame.verbs.lemma != "be"):
        return
    if frame.degree == "less" or _LESS.match(unit.passage.text, frame.verbs.main.end):
        return
    agents = [t for t in _agents(unit, frame) if not t.loss]
    in_section = _of_harms(unit)
    if passing and not in_section:
        return
    if not agents and _BESIDE.search(unit.text[: frame.verbs.start - unit.body]):
        agents = named_medicine(unit, frame.verbs.start)  # "X is the commonest reaction to A, and Y occurs rarely"
    if not agents and not in_section and unit.harmful is not None and not _ILL_PEOPLE.search(unit.text):
        agents = [unit.harmful]  # "Side effects of A are X. Y is uncommon."
    tried = _of_trial(unit) if not agents and not in_section else None
    if not agents and not in_section and tried is None:
        return
    agents = [tried] if tried is not None else agents
    if not in_section and any(n.head.lower in MODEL_WORDS for _, ns in frame.preps for n in ns):
        return  # in animals it is an effect
    for noun in frame.subjects:
        for inner in harm_nouns(noun):
            for target in things(inner):
                ill = is_ill(target) or ((often or in_section) and tried is None) or is_immune(target)
                if not ill or target.is_molecule or target.kind in ("anaphor", "species", "cell"):
                    continue
                change = inner.head.lower in _CHANGE and not (inner.of and inner.head.lower == "elevation")
                if change or inner.head.lower in _NO_HARM | _COUNT | _STOPPING or _GRADE.match(target.name):
                    continue
                if _NO_NAME.fullmatch(target.name) or (often and _WELL.match(target.name)):
                    continue
                target = replace(target, name=re.sub(r"^\d\s", "", target.name))  # "grade 3 or 4 neutropenia"
                for subject in (agents or of_section(unit))[:1]:
                    yield _draft(unit, frame, subject, target, refuted=frame.verbs.negated)
            for subject in (agents or of_section(unit))[:1]:
                for target in in_parentheses(unit, inner):
                    yield _draft(unit, frame, subject, target, refuted=frame.verbs.negated)


_LESS = re.compile(r" (?:much |significantly )?less (?:often|frequent|frequently|common|commonly|likely)\b")
_ABSENT = re.compile(r"\b(?:not|no\b.{0,60}) (?:reported|observed|seen|recorded|occurred|detected)\b", re.I)
_CONTROL = re.compile(r"\b(?:placebo|controls?|comparator|standard care)\b", re.I)


def _of_trial(unit: Unit) -> Thing | None:
    """The medicine of the trial whose patients a sentence tells of, where it names neither it nor placebo."""
    tried = unit.record or unit.agent
    if unit.record is None and _ILL_PEOPLE.search(unit.text):
        return None  # "a quarter of patients with D": what D does
    told = bool(_PEOPLE.search(unit.text) or _ABSENT.search(unit.text)) and not _CONTROL.search(unit.text)
    return tried if told and is_drug(tried) else None


_ILL_PEOPLE = re.compile(r"\b(?:patients|children|adults|women|men|people) with (?!a )(?=\w)", re.I)
_STOPPING = {"discontinuation", "discontinuations", "withdrawal", "withdrawals", "adherence", "cases"}
_GRADE = re.compile(r"grades? \d", re.I)
_NO_NAME = re.compile(
    r"(?:acute|chronic|delayed|severe|serious|mild|early|late)|"
    r"(?:(?:the|these|such|most|less|more|very|common|frequent|serious|severe|fatal|other|following|adverse|drug|grade|"
    r"\d|treatment-emergent|treatment-related)\s)*(?:events?|reactions?|effects?|toxicit\w+|complications?)",
    re.I,
)
_CAUTION = re.compile(r"\b(?:warnings?|precautions?|risks?|contraindications?)\b", re.I)


_WELL = re.compile(r"(?!impaired|delayed|poor)(?:[\w-]+ )?(?:healing|remission|responses?|recovery|survival)$", re.I)
_BESIDE = re.compile(r"\b(?:adverse|side[- ]effect|toxicit(?:y|ies) (?:of|to|with))", re.I)


def _of_harms(unit: Unit) -> bool:
    """Say whether the section is about harms: adverse reactions, warnings, precautions."""
    return unit.mode == "adverse" or any(_CAUTION.search(title) for title in unit.passage.headings[-2:])


def _had(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Two percent of patients treated with A had X", and in a section about harms "three patients developed X"."""
    if frame.verbs.lemma not in _SUFFER or frame.verbs.passive or not _PEOPLE.search(unit.text):
        return
    if frame.relative or any(w.lower == "no" for n in frame.subjects for w in n.words):
        return
    if not _are_people(unit, frame):
        return
    agents = given_in(unit) or [t for t in _agents(unit, frame) if t.is_molecule]
    agents = agents or (of_section(unit) if _of_harms(unit) else [])
    if not agents and frame.verbs.lemma in ("develop", "experience", "suffer"):
        agents = named_medicine(unit, frame.verbs.start)
    risky = [n for n in frame.objects if n.head.lower in _RISK]
    told = frame.objects if not risky else [*risky, *frame.prep("for", "of")]
    for noun in (inner for n in told for inner in harm_nouns(n)):
        for target in things(noun):
            if (is_ill(target) or is_immune(target)) and noun.head.lower not in _NO_HARM | _CHANGE:
                for subject in agents[:1]:
                    yield _draft(unit, frame, subject, target, refuted=frame.verbs.negated)


_RISK = {"risk", "risks", "incidence", "rates", "rate", "likelihood"}


def _are_people(unit: Unit, frame: Frame) -> bool:
    """Say whether those who have something are people; a share of them is set aside as a measure."""
    shares = not frame.subjects and bool(_SHARE_OF.match(unit.text))
    return shares or any(_PEOPLE.search(" ".join(w.text for w in n.words)) for n in frame.subjects)


_SHARE_OF = re.compile(
    r"(?:[\w.-]+ (?:percent|per cent)|[\d.]+ ?%|(?:about |approximately )?\w+(?: of \w+)?) (?:of (?:the )?)?"
    r"(?:[\w-]+ )?(?:patients|subjects|participants|recipients|children|adults|women|men|volunteers)\b",
    re.I,
)


def given_in(unit: Unit) -> list[Thing]:
    """The medicine that a sentence says was given: "patients treated with A", "those receiving A"."""
    giving = [f for f in frames(unit) if f.verbs.lemma in _GIVING]
    nouns = [n for f in giving for n in (*f.objects, *f.prep("with"), *f.prep("to"))]
    return [t for n in nouns for t in things(n) if t.is_molecule]


def _agents(unit: Unit, frame: Frame) -> list[Thing]:
    takers = [n for p, ns in frame.preps if p in ("in", "with", "during", "after", "by", "of", "on") for n in ns]
    takers = [n for taker in takers for n in (taker.of if is_measure(taker) and taker.of else [taker])]
    found = actors(unit, takers)
    people = any(_PEOPLE.search(" ".join(w.text for w in n.words)) for n in takers)
    named = [t for t in found if t.is_molecule] or (given_in(unit) if people else [])
    described = [t for t in found if _AGENT.search(t.name)]
    if not named and described and all(_UNNAMED.fullmatch(t.name) for t in described):
        return of_section(unit)
    return named or described


_UNNAMED = re.compile(r"(?:the )?(?:therapy|treatment|administration|use|infusion|injection)", re.I)


def of_section(unit: Unit) -> list[Thing]:
    """The medicine that a section about harms speaks of: that of the sentence before, else the section's."""
    last = unit.last
    if last is not None and last.mention is not None and last.mention.category == "drug":
        return [last]
    return unit.subject


def harm_nouns(noun: Noun) -> list[Noun]:
    """ "Cases of X": X; "infections, including X and Y": those, X and Y."""
    if noun.members:
        return [inner for n in (replace(noun, members=[]), *noun.members) for inner in harm_nouns(n)]
    if noun.head.lower in _COUNT:
        whose = noun.of or [n for p, ns in noun.preps if p in ("for", "to") for n in ns]
        return [inner for n in whose for inner in harm_nouns(n)] or [noun]
    return [noun]


def _none(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "There were no deaths", "there was no case of X", in a section about harms or a trial of a medicine."""
    if frame.verbs.lemma != "be" or not re.search(r"\bthere (?:was|were|have been|has been) no\b", unit.text, re.I):
        return
    agents = _agents(unit, frame) or (of_section(unit) if unit.mode == "adverse" else [])
    whose = unit.record or unit.agent
    agents = agents or ([whose] if whose is not None and is_drug(whose) else named_medicine(unit, frame.verbs.start))
    for noun in frame.objects if agents else []:
        if noun.words[0].lower != "no" or noun.head.lower in _CHANGE:
            continue
        for target in (t for inner in harm_nouns(noun) for t in things(inner) if is_ill(t)):
            target = replace(target, name=re.sub(r"^no ", "", target.name))
            yield _draft(unit, frame, agents[0], target, refuted=True, rule="adverse.none")


def _not_more(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "No increase in X was seen", "there was no increase in X": A does not cause X."""
    nouns = [*frame.subjects, *frame.objects]
    changes = [n for n in nouns if n.head.lower in _CHANGE and n.words[0].lower == "no"]
    if not changes or frame.verbs.lemma not in HAPPEN | {"be", "find", "show", "exist"}:
        return
    around = [*changes[0].preps, *frame.subject_preps, *frame.preps]
    places = [n for p, ns in around if p in ("in", "of", "for") for n in ns] + changes[0].of
    agents = _agents(unit, frame)
    if not agents and (unit.mode == "adverse" or is_drug(unit.last)):
        agents = of_section(unit) if unit.mode == "adverse" else [unit.last] if unit.last is not None else []
    for noun in places[:1] if agents else []:
        for target in (t for inner in harm_nouns(noun) for t in things(inner)):
            if unit.mode == "adverse" or is_ill(target):
                yield _draft(unit, frame, agents[0], target, refuted=True, rule="adverse.none")


def is_drug(thing: Thing | None) -> TypeGuard[Thing]:
    return thing is not None and thing.mention is not None and thing.mention.category == "drug"


def _draft(
    unit: Unit, frame: Frame, subject: Thing, target: Thing, *, refuted: bool, rule: str = "adverse.verb"
) -> Draft:
    modality = modality_of(frame, unit.text)
    seen = frame.verbs.lemma in _LOOKED_FOR or rule == "adverse.none"  # looked for and not found, as against denied
    status = "asserted" if not refuted else "null_result" if seen else "refuted"
    if is_immune(target):  # an answer of the body, measured
        relation = "no_effect" if refuted else "increases"
        status = "null_result" if refuted else status
        return Draft(subject, relation, target, rule, "abundance", status, modality, verb=frame.verbs.main.start)
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
