"""Treatment: approved and used for, under investigation for, adverse effects.

Rule ids: `therapy.approved`, `therapy.treats`, `therapy.studied`, `therapy.potential`, `adverse.verb`, `adverse.list`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..clauses import Frame
from ..draft import Draft
from ..gazetteer import ground
from ..lexicon import ACTION_NOUNS, PARTICIPIAL, STUDIED
from ..modality import modality_of
from ..phrases import Noun
from ..things import Thing, things
from ..unit import Unit, actors, frames
from .finish import finish
from .harms import _of_section, harms, trials

_GIVEN = re.compile(
    r"\b(?:recombinant|rh[A-Z]|therap\w+|treatment|agonists?|antagonists?|antibod\w+|inhibitors?|drug|clinical "
    r"trials?|administration|vectors?|gene transfer|infusion)\b",
    re.I,
)
_POTENTIAL = re.compile(
    r"\b(?:potential|promising|candidate|possible|attractive)\b.{0,40}\b(?:target|therap\w+|treatment|"
    r"applications?|agents?)\b|\b(?:may|might|could)\b.{0,30}\b(?:therapeutic )?target\b",
    re.I,
)
_ITS = re.compile(r"\b(?:its|their)\b", re.I)
_SIDE = re.compile(
    r"\b(?:side[- ]effects?|class effects?|usual complaints|(?:adverse|undesirable|untoward|unwanted) (?:drug )?"
    r"(?:effects?|events?|reactions?)|"
    r"toxicit(?:y|ies))\b",
    re.I,
)
_TO_TREAT = {"treat", "prevent", "alleviate", "cure", "relieve", "reduce", "ameliorate"}


def therapy(unit: Unit) -> Iterator[Draft]:
    """Read what a sentence says about treatment and its harms."""
    for frame in frames(unit):
        yield from _approved(unit, frame)
        yield from _used(unit, frame)
        yield from _treated(unit, frame)
        yield from _useful(unit, frame)
        yield from _studied(unit, frame)
        yield from _harms(unit, frame)
    if (
        not unit.clauses.frames
        or (unit.bullet and unit.clauses.loose)
        or any(
            f.verbs.lemma in ("be", "represent") and n.head.lower in ("target", "candidate", "treatment", "therapy")
            for f in frames(unit)
            for n in f.objects
        )
    ):
        yield from _potential(unit)
    yield from harms(unit)
    yield from trials(unit)
    yield from _listed_as_approved(unit)
    yield from _under_study(unit)
    if unit.mode in ("adverse", "indication") and unit.bullet:
        yield from _bullet(unit)


def _listed_as_approved(unit: Unit) -> Iterator[Draft]:
    """ "X, FDA-approved for D" without a verb."""
    if unit.clauses.frames or not re.search(r"\b(?:\w+-)?approved\b", unit.text, re.I):
        return
    for subject in (t for n in unit.clauses.loose[:1] for t in things(n) if t.is_molecule):
        for target in _disease_things(unit, [n for p, ns in unit.clauses.loose_preps if p == "for" for n in ns]):
            yield Draft(subject, "treats", target, "therapy.approved")


_UNDER = re.compile(
    r"\b(?:under (?:study|investigation|evaluation|development|review)|in (?:clinical )?(?:trials|development)|"
    r"in phase (?:\d|I+)\w*(?: (?:clinical )?(?:trials?|studies|development))?|being (?:tested|studied|evaluated))\b",
    re.I,
)


def _under_study(unit: Unit) -> Iterator[Draft]:
    """A bullet without a verb under a disease: "A in combination with B: under study"."""
    if unit.clauses.frames or not unit.bullet or not _UNDER.search(unit.text):
        return
    found = [m for m in unit.mentions if unit.start <= m.start < unit.end]
    drug = next((m for m in found if m.category == "drug"), None)
    ill = next((m for m in found if m.category == "disease"), unit.disease)
    if drug is not None and ill is not None:
        subject = Thing(drug.text, drug.curie or None, None, "molecule", mention=drug)
        target = Thing(ill.text, ill.curie or None, None, "disease")
        yield Draft(subject, "under_investigation_for", target, "therapy.studied")


_CARE = {"treatment", "prevention", "prophylaxis", "management", "therapy", "control", "relief"}


def _disease_things(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    out: list[Thing] = []
    for noun in [o for n in nouns for o in (n.of if n.head.lower in _CARE and not n.members else [n])]:
        for target in (things(m)[0] for m in noun.members) if noun.members else things(noun):
            if not target.is_molecule and target.kind not in ("anaphor", "species"):
                out.append(target)
    return out


def _approved(unit: Unit, frame: Frame) -> Iterator[Draft]:
    purposes = {p for p, _ in frame.preps}
    for preposition, nouns in frame.preps:
        if preposition == "in" and "for" in purposes:
            continue
        if PARTICIPIAL.get((frame.verbs.lemma, preposition)) == "treats" and frame.verbs.form == "ed":
            if frame.verbs.lemma == "use" and not any(m.category == "disease" for m in unit.mentions):
                continue
            for subject in actors(unit, frame.subjects, frame.elided):
                for target in _disease_things(unit, nouns):
                    if target.kind in ("disease", "phenotype", "other"):
                        yield Draft(
                            subject, "treats", target, "therapy.approved", None, _status(frame),
                            modality_of(frame, unit.text),
                        )  # fmt: skip


def _used(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "has been used to prevent D", "treats D"."""
    lemma = frame.verbs.lemma
    if lemma not in _TO_TREAT or frame.verbs.passive:
        return
    governed = frame.governor is not None and frame.governor.verbs.lemma in (
        "use",
        "approve",
        "license",
        "indicate",
        "give",
        "administer",
    )
    if not (lemma in ("treat", "cure") or (governed and lemma in ("prevent", "treat"))):
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in _disease_things(unit, frame.objects):
            if target.kind in ("disease", "phenotype") or any(
                m.category == "disease" for m in unit.between(target.start, target.start + 80, "disease")
            ):
                modality = modality_of(frame, unit.text)
                yield Draft(subject, "treats", target, "therapy.treats", None, _status(frame), modality)


def _treated(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "D is treated with A", "D is managed with A"; "patients given A are at risk of X"."""
    if frame.verbs.lemma in ("treat", "manage") and frame.verbs.passive:
        for target in (t for t in _disease_things(unit, frame.subjects) if t.kind == "disease"):
            for subject in (t for n in frame.prep("with", "by") for t in things(n) if t.is_molecule):
                yield Draft(
                    subject, "treats", target, "therapy.treats", None, _status(frame), modality_of(frame, unit.text),
                    verb=frame.verbs.main.start,
                )  # fmt: skip
    risk = [n for p, ns in frame.preps if p == "at" for n in ns if n.head.lower == "risk"]
    if frame.verbs.lemma == "be" and risk:
        for subject in (t for t in actors(unit, frame.subjects) if t.mention and t.mention.category == "drug"):
            for target in (t for n in [*risk[0].of, *frame.prep("for")] for t in things(n)):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb", None, _status(frame))


def _status(frame: Frame) -> str:
    return "refuted" if frame.verbs.negated else "asserted"


def _useful(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is effective in D": treats; "A could prove useful in D": a prospect."""
    modality = modality_of(frame, unit.text)
    yield from _answered(unit, frame, modality)
    yield from _missed(unit, frame, modality)
    yield from _option(unit, frame, modality)
    if frame.adjective not in ("useful", "beneficial", "effective", "efficacious", "helpful", "ineffective", "active"):
        return
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in _helped(unit, frame):
            if modality == "asserted":
                status = "refuted" if frame.adjective == "ineffective" else _status(frame)
                yield Draft(subject, "treats", target, "therapy.useful", None, status)
            else:
                yield Draft(subject, "under_investigation_for", target, "therapy.useful", modality="speculative")


def _helped(unit: Unit, frame: Frame) -> list[Thing]:
    """What a medicine is effective for: the disease that the sentence names, else that of the heading."""
    found = [t for p in ("for", "against", "in") for t in _disease_things(unit, frame.prep(p))]
    ill = [t for t in found if t.kind in ("disease", "phenotype") or _SYMPTOM.search(t.name)]
    if not ill and unit.disease is not None and not frame.prep("than"):
        ill = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]
    return ill[:1] if frame.prep("for") else ill


_SYMPTOM = re.compile(r"\b(?:pain|symptoms?|flares?|relapses?|fatigue|itch|pruritus|cough|nausea)\b", re.I)
_OPTIONS = {"option", "options", "treatment", "therapy", "remedy", "choice", "candidate", "approach"}


def _option(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "A could be a therapeutic option in D", "A is the treatment of choice for D"."""
    if frame.verbs.lemma not in ("be", "become", "represent", "remain", "offer", "provide"):
        return
    for noun in frame.objects:
        if noun.head.lower not in _OPTIONS:
            continue
        nouns = [
            *frame.prep("in", "for", "of"),
            *noun.of,
            *(n for p, ns in noun.preps if p in ("in", "for") for n in ns),
        ]
        for subject in actors(unit, frame.subjects, frame.elided):
            for target in _disease_things(unit, nouns)[:1] if subject.is_molecule else []:
                if target.kind == "disease":
                    yield Draft(
                        subject, "treats", target, "therapy.option", None, _status(frame), modality,
                        verb=frame.verbs.main.start,
                    )  # fmt: skip


_ENDPOINTS = {"endpoint", "endpoints", "outcome", "end", "point", "goal"}


def _answered(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "Patients with D responded to A", "D responds to A"."""
    if frame.verbs.lemma not in ("respond", "remit"):
        return
    ill = _disease_things(unit, frame.subjects)
    ill += [t for p, ns in frame.subject_preps if p in ("with", "of") for t in _disease_things(unit, ns)]
    ill = [t for t in ill if t.kind == "disease"]
    if not ill and any(n.head.lower in ("disorders", "diseases", "patients") for n in frame.subjects):
        found = unit.between(unit.body, unit.body + frame.verbs.start - unit.body, "disease")
        ill = [Thing(m.text, m.curie or None, None, "disease") for m in found[-1:]]
    for subject in actors(unit, frame.prep("to")):
        mention = subject.mention
        for target in ill if mention is not None and mention.category == "drug" else []:
            yield Draft(subject, "treats", target, "therapy.useful", None, _status(frame), modality)


def _missed(unit: Unit, frame: Frame, modality: str) -> Iterator[Draft]:
    """ "A failed in a trial in D", "A did not meet its primary endpoint in D", "A was not approved"."""
    nouns = [*frame.objects, *(n for _, ns in frame.preps for n in ns)]
    heads = {n.head.lower for n in nouns}
    failed = frame.verbs.lemma == "fail" and bool(heads & {"trial", "trials", "study", "studies"})
    missed = heads & _ENDPOINTS and (
        frame.verbs.negated
        or frame.verbs.lemma in ("miss", "fail")
        or (frame.governor is not None and frame.governor.verbs.lemma == "fail")
    )
    refused = frame.verbs.lemma in ("approve", "license") and frame.verbs.passive and frame.verbs.negated
    if not (failed or missed or (refused and not frame.prep("for"))):
        return
    place = [t for t in _disease_things(unit, nouns) if t.kind == "disease"]
    near = unit.between(unit.body, unit.end, "disease") or ([unit.disease] if unit.disease is not None else [])
    place = place or [Thing(m.text, m.curie or None, None, "disease") for m in near[:1]]
    for subject in actors(unit, frame.subjects, frame.elided):
        for target in place[:1] if subject.is_molecule else []:
            yield Draft(subject, "treats", target, "therapy.failed", None, "refuted", modality)


def _studied(unit: Unit, frame: Frame) -> Iterator[Draft]:
    under = [n for p, ns in frame.preps if p == "under" for n in ns]
    studied = (frame.verbs.lemma in STUDIED and frame.verbs.passive) or any(
        n.head.lower in ("investigation", "evaluation", "study", "development") for n in under
    )
    trial = frame.verbs.lemma in ("be", "enter", "complete") and any(
        n.head.lower in ("trial", "trials") for _, ns in frame.preps for n in ns
    )
    if not studied and not trial:
        return
    subjects = _using(unit, frame) or actors(unit, frame.subjects, frame.elided)
    if (
        not _GIVEN.search(unit.text)
        and "being" not in frame.verbs.helpers
        and not (subjects and any(s.kind == "drug" or (s.mention and s.mention.category == "drug") for s in subjects))
    ):
        return
    place = [t for n in frame.prep("for", "in") for t in things(n) if t.kind == "disease"]
    found = unit.between(unit.body, unit.end, "disease")
    if not place and found:
        place = [Thing(found[0].text, found[0].curie or None, None, "disease")]
    if not place and unit.disease is not None:
        place = [Thing(unit.disease.text, unit.disease.curie or None, None, "disease")]
    for subject in subjects:
        for target in place:
            yield Draft(subject, "under_investigation_for", target, "therapy.studied")


def _using(unit: Unit, frame: Frame) -> list[Thing]:
    """ "therapy approaches using A": A."""
    for other in frames(unit):
        if other.verbs.lemma == "use" and other.verbs.form == "ing" and other.objects:
            return [t for n in other.objects for t in things(n)]
    return [
        t
        for n in frame.subjects
        for w in n.words
        if w.is_name and n.head.lower in ("approaches", "approach", "therapy", "strategies")
        for t in things(Noun([w]))
    ]


def _potential(unit: Unit) -> Iterator[Draft]:
    """ "Potential therapeutic target" under a disease."""
    if not _POTENTIAL.search(unit.text):
        return
    found = unit.between(unit.body, unit.end, "disease")
    place = found[0] if found else unit.disease
    if place is None:
        return
    named = [
        t
        for f in frames(unit)
        if f.verbs.lemma in ("be", "represent")
        for t in actors(unit, f.subjects, f.elided)
        if t.is_molecule
    ]
    for subject in named or unit.subject:
        target = Thing(place.text, place.curie or None, None, "disease")
        yield Draft(subject, "under_investigation_for", target, "therapy.potential", modality="speculative")


def _harms(unit: Unit, frame: Frame) -> Iterator[Draft]:
    groups = [*frame.objects, *(n for _, ns in frame.preps for n in ns)]
    for noun in groups:
        text = " ".join(w.text for w in noun.words)
        if not _SIDE.search(text) or not noun.members:
            continue
        for subject in actors(unit, frame.subjects, frame.elided) or unit.subject:
            for target in _harm_things(noun.members):
                yield Draft(
                    subject,
                    "causes_adverse_event",
                    target,
                    "adverse.verb",
                    modality="asserted" if frame.verbs.helpers <= {"can", "also"} else modality_of(frame, unit.text),
                )
    objects_text = " ".join(w.text for n in frame.objects for w in n.words)
    if frame.verbs.lemma == "be" and _SIDE.search(objects_text) and not frame.verbs.negated:
        taken = [t for n in frame.objects for o in n.of for t in things(o)]
        taken += [t for p, ns in frame.preps if p in ("of", "with", "to") for n in ns for t in things(n)]
        its = any(w.lower in ("its", "their") for n in frame.objects for w in n.words)
        earlier = [t for f in frames(unit) if f is not frame for t in actors(unit, f.subjects) if t.is_molecule]
        taken = [t for t in taken if t.is_molecule]
        for subject in taken[:1] or (its and earlier[:1]) or _of_section(unit):
            for target in _harm_things(frame.subjects):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb")
    subjects_text = " ".join(w.text for n in frame.subjects for w in n.words)
    if frame.verbs.lemma in ("include", "be", "comprise") and _SIDE.search(subjects_text):
        drug = (
            [t for n in frame.subjects for o in n.of for t in things(o)]
            or [t for p, ns in frame.subject_preps for n in ns for t in things(n) if t.is_molecule]
            or (unit.referent if _ITS.search(subjects_text) else unit.subject)
        )
        for subject in drug[:1]:
            for target in _harm_things(frame.objects):
                yield Draft(subject, "causes_adverse_event", target, "adverse.verb")


def _harm_things(nouns: list[Noun]) -> list[Thing]:
    return [t for n in nouns for t in (things(n) if not n.members else _harm_things(n.members)) if not t.is_molecule]


def _bullet(unit: Unit) -> Iterator[Draft]:
    """Bullets under "Adverse effects" and "Indications": the label and the list after it."""
    label = unit.label.strip()
    if unit.mode == "adverse" and (unit.clauses.frames or re.search(r"\d|half-life", label + unit.text[:60], re.I)):
        return  # a sentence, or a number: no list of harms
    if unit.mode == "adverse":
        names = _listed_harms(unit, label)
        for subject in unit.subject:
            for name in dict.fromkeys(names):
                yield Draft(subject, "causes_adverse_event", _harm(name), "adverse.list")
        return
    for subject in unit.subject:
        goals = [t for p, ns in unit.clauses.loose_preps if p == "for" for n in ns for t in things(n)]
        if re.match(r"(?:investigational|under investigation|experimental)\b", unit.text, re.I):
            goal = re.search(r"\bfor (.+)$", unit.text)
            if goal:
                name = "neuroprotection" if goal[1].startswith("neuroprotect") else goal[1].strip(" .")
                yield Draft(subject, "under_investigation_for", Thing(name), "therapy.studied")
        elif unit.clauses.frames and not re.match(r"(?:to|not|for)\b", unit.text, re.I) and unit.mode == "indication":
            named = unit.between(unit.body, unit.end, "disease")
            if named and unit.clauses.frames[0].verbs.start > named[0].start:
                yield Draft(
                    subject, "treats", Thing(named[0].text, named[0].curie or None, None, "disease"), "therapy.approved"
                )
        elif not unit.clauses.frames:
            yield from _aims(subject, unit.clauses.loose)
            for target in goals or [t for n in unit.clauses.loose for t in things(n)]:
                if target.kind in ("disease", "phenotype") or "induced" in target.name:
                    yield Draft(subject, "treats", target, "therapy.approved")
            loose = [t for n in unit.clauses.loose for t in things(n)]
            if not any(t.kind in ("disease", "phenotype") for t in [*goals, *loose]):
                named = unit.between(unit.body, unit.end, "disease")
                if named and not goals and named[0].start - unit.body < 40:
                    target = Thing(named[0].text, named[0].curie or None, None, "disease")
                    yield Draft(subject, "treats", target, "therapy.approved")


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
    listed = [
        re.sub(r"^(?:including|and|such as|e\.g\.)\s+", "", part.strip(" ."))
        for part in re.split(r",|;|\band\b", re.sub(r"\([^()]*\)", "", unit.text))
    ]
    listed = [part for part in listed if part]
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


def _harm(name: str) -> Thing:
    term = ground(name)
    return Thing(name, (term.curie or None) if term else None, None, "phenotype")
