"""A unit of reading: one sentence or bullet with everything that its rules may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .agent import can_be, stands_for
from .documents.structure import Passage
from .draft import Draft
from .grammar.apposed import beside
from .grammar.frames import Clauses, Frame
from .grammar.phrases import Noun, Piece
from .groups import GROUPS, can_be_given, given_by_gerund, set_apart
from .names.mention import Mention
from .plain.masked import Word
from .things import MODEL_WORDS, Thing, things, things_of
from .words.lexicon import ACTION_NOUNS, ANAPHORA, GIVEN_NOUNS, LOSS_NOUNS, PROPERTY_NOUNS, READOUTS


@dataclass
class Unit:
    """One sentence or bullet: its range in the passage, its words and clauses, and what it inherits."""

    passage: Passage
    start: int
    end: int
    body: int  # where the sentence proper begins, after a label or panel letter
    label: str
    panel: str
    mentions: list[Mention]
    words: list[Word] = field(default_factory=list)
    clauses: Clauses = field(default_factory=Clauses)
    parsed: Clauses = field(default_factory=Clauses)
    topic: Thing | None = None
    mode: str = ""
    owner: Thing | None = None  # what the section is about, whatever the label of a bullet names
    disease: Mention | None = None
    last: Thing | None = None
    intro: str = ""
    previous_subject: Thing | None = None
    bullet: bool = False
    heading_tissues: tuple[Mention, ...] = ()
    effects: tuple[Draft, ...] = ()  # those of the sentence before, in the same passage
    given: tuple[Thing, ...] = ()  # what a set-up sentence of the passage gave
    families: tuple[Mention, ...] = ()  # named so far in the passage
    lost: Thing | None = None  # what the mutants of the passage lack
    harmful: Thing | None = None  # the medicine whose harms the sentence before tells, in the same passage
    cohort: Thing | None = None  # the disease whose patients the passage compares with others
    agent: Thing | None = None  # what the paragraph so far says acts, or was given
    pair: tuple[Thing, ...] = ()  # the last that acted together: "both", "either drug"
    stale: bool = False  # `effects` are of another panel, or of before the last set-up
    record: Thing | None = None  # what the record of a collection is about
    lists: list[list[Noun]] = field(default_factory=list)  # those that the order of the phrases shows

    @property
    def text(self) -> str:
        """The sentence proper."""
        return self.passage.text[self.body : self.end]

    @property
    def whole(self) -> str:
        return self.passage.text[self.start : self.end]

    def between(self, start: int, end: int, *categories: str) -> list[Mention]:
        """Give the mentions of some categories in a range of the passage."""
        return [m for m in self.mentions if start <= m.start and m.end <= end and m.category in categories]

    @property
    def subject(self) -> list[Thing]:
        """What a sentence without a subject is about."""
        return [self.topic] if self.topic is not None else []

    @property
    def referent(self) -> list[Thing]:
        """What "it" and "the cytokine" stand for."""
        thing = self.last or self.topic
        return [thing] if thing is not None else []


def actors(unit: Unit, nouns: Iterable[Noun], elided: bool = False) -> list[Thing]:
    """Resolve the subjects of a clause, pronouns and "the cytokine" included."""
    out: list[Thing] = []
    for noun in nouns:
        out += _actor(unit, noun)
    if not out and elided:
        out = unit.subject
    return out


def _actor(unit: Unit, noun: Noun) -> list[Thing]:
    stood = stands_for(unit, noun)
    if stood is not None:
        return stood
    if noun.pronoun:
        return _earlier(unit, noun) or unit.referent
    lowers = [w.lower for w in noun.words]
    head = lowers[-1]
    names = [w for w in noun.words if w.mention is not None]
    described = beside(noun, unit.passage.text, unit.mentions)
    if described is not None:
        return [things_of(described)]
    if lowers in (["its", "receptor"], ["their", "receptor"]):
        return [Thing(f"{t.name} receptor", start=noun.start) for t in unit.referent]
    if head == "receptor" and lowers[:-1] in ([], ["the"]) and not noun.of:
        whose = _receptor_for(unit, noun)
        if whose:
            return whose
    if lowers[0] == "their" and not names and noun.head.lower in GROUPS and any(d.system for d in unit.effects):
        return [d.subject for d in unit.effects if d.system == "knockout"][:1]  # "their lungs", of those that lack A
    given = _given_to(unit, noun)
    if given:
        return given
    brought = given_by_gerund(unit, noun)
    if brought is not None:
        return brought
    taken = _taken_away(unit, noun)
    if taken:
        return taken
    doers = [n for p, ns in noun.preps if p == "by" for n in ns] if head in ACTION_NOUNS and noun.of else []
    doers = [n for n in doers if n.head.lower not in _TOOLS]
    if head in _MAKINGS and any(t.is_molecule for n in noun.of for t in things(n)):
        doers = [n for n in doers if n.head.known != "cell"]  # "overexpression of A by cells raises B": A does
    if head in ACTION_NOUNS and noun.of and not doers:
        marked = [w for w in noun.words if w.mention is not None and w.suffix in ("-mediated", "-dependent", "-driven")]
        doers = [Noun([replace(w, suffix="")]) for w in marked]
    if doers:
        return [t for n in doers for t in things(n)]
    if lowers[0] in ("its", "their") and len(lowers) == 2 and head in LOSS_NOUNS and not noun.of:
        return [replace(t, loss=LOSS_NOUNS[head]) for t in (_before(unit, noun) or unit.referent)[-1:]]
    if lowers in (["the", "pair"], ["the", "two"], ["this", "complex"], ["the", "resulting", "complex"]):
        earlier = _before(unit, noun)
        if earlier:
            return earlier[:1]
    if head in ("pair", "two", "complex", "former", "latter", "pathway", "cascade") and not names and not noun.of:
        return [Thing(noun.head.lower, kind="anaphor")] if lowers[0] in ("the", "this", "these") else things(noun)
    if (
        head in ("levels", "level", "concentrations", "concentration", "expression", "transcripts", "mrna")
        and not names
        and not noun.of
        and all(w in _PLAIN for w in lowers)
    ):
        return [replace(t, aspect=READOUTS[head]) for t in (unit.subject if unit.bullet else unit.referent)]
    if lowers[0] in ("its", "their") and len(lowers) > 1 and all(w in READOUTS for w in lowers[1:]):
        return [replace(t, aspect=READOUTS[head]) for t in _before(unit, noun) or unit.referent]
    if (
        not names
        and unit.bullet
        and unit.label
        and head in ("subunit", "chain", "receptor", "cytokine", "kinase", "protein")
        and not noun.of
    ):
        return unit.subject
    if not names and head in ANAPHORA | PROPERTY_NOUNS and not noun.of:
        anaphor = lowers[0] in ("the", "this", "these", "its", "their", "such", "that", "those")
        if anaphor or head in ("properties", "property", "effects", "effect", "roles", "actions"):
            if head in ("cytokine", "protein") and len([x for x in lowers if x not in ("the", "this", "these")]) > 2:
                return things(noun)
            found = unit.referent if anaphor and not unit.bullet else unit.subject
            return [t for t in found if can_be(head, t)] or [Thing(head, kind="anaphor", start=noun.start)]
    if lowers[0] in ("its", "their") and head in ("use", "overuse", "administration") and not names and not noun.of:
        return [t for t in _before(unit, noun) or unit.referent if t.is_molecule]
    if head in PROPERTY_NOUNS and names and "'s" in lowers:
        owner = next(w for w in names if w.mention is not None)
        assert owner.mention is not None
        return things(Noun([owner]))
    if head in PROPERTY_NOUNS and noun.of:
        return [t for n in noun.of for t in _actor(unit, n)]
    return [t if t.kind != "anaphor" else (unit.referent or [t])[0] for t in things(noun)]


def _receptor_for(unit: Unit, noun: Noun) -> list[Thing]:
    """ "The receptor for A": the A receptor."""
    around = [
        *noun.preps,
        *(p for f in unit.clauses.frames if any(n is noun for n in f.subjects) for p in f.subject_preps),
    ]
    named = [t for p, ns in around if p == "for" for n in ns for t in things(n) if t.is_molecule]
    return [Thing(f"{t.name} receptor", kind="molecule", start=noun.start) for t in dict.fromkeys(named)]


_MAKINGS = {"expression", "overexpression", "production", "secretion", "release", "synthesis", "overproduction"}
_PLAIN = {*READOUTS, "serum", "plasma", "circulating", "tissue", "the", "mean", "median", "baseline", "total", "its"}
_GIVING = {
    "treat",
    "inject",
    "stimulate",
    "incubate",
    "culture",
    "expose",
    "infuse",
    "administer",
    "give",
    "receive",
    "pretreat",
    "transfect",
    "prime",
}


def _earlier(unit: Unit, noun: Noun) -> list[Thing]:
    """What "it" stands for where the same sentence has named it: the subject of the clause before."""
    return _before(unit, noun) if noun.head.lower in ("it", "they") else []


def _before(unit: Unit, noun: Noun) -> list[Thing]:
    before = [f for f in unit.clauses.frames if f.subjects and not f.relative and f.subjects[0].end < noun.start]
    named = [f for f in before if not f.subjects[0].pronoun]
    return [t for n in named[-1].subjects for t in things(n) if _can_act(t)] if named else []


def _can_act(thing: Thing) -> bool:
    """Say whether "it" can stand for a thing as what acts: a molecule, or an agent that is only described."""
    return thing.is_molecule or bool(_DESCRIBED.search(thing.name))


_DESCRIBED = re.compile(r"\b(?:antibod(?:y|ies)|inhibitors?|binding protein|antagonists?|agonists?|decoy|trap)\b", re.I)


_LOSING = set("loss-of-function null inactivating deleterious truncating nonsense biallelic".split())
_VARIANTS = set("variants variant mutations mutation alleles allele polymorphisms polymorphism snps haplotypes".split())
_AGENT = re.compile(r"\b(?:antibod(?:y|ies)|inhibitors?|antagonists?|agonists?|blockers?)\b", re.I)
_GIVINGS = {
    "treatment",
    "pretreatment",
    "stimulation",
    "incubation",
    "exposure",
    "injection",
    "infusion",
    "supplementation",
}
_TAKING_BY = {"blockade", "inhibition", "antagonism", "neutralisation", "neutralization"}  # "receptor blockade with A"
_WITHOUT = re.compile(
    r"\s+(?:deficient (?:in|for)|lacking|(?:that|which) (?:lack(?:ed|s)?|do not express)|null for|devoid of|without)\s"
    r"(?:(?:functional|intact|endogenous|the|any)\s)?"
)


_TOOLS = {
    "sirna",
    "sirnas",
    "shrna",
    "shrnas",
    "rnai",
    "crispr",
    "morpholino",
    "morpholinos",
    "crispr/cas9",
    "crispr-cas9",
}
_GERUNDS = {
    "silencing": "siRNA", "deleting": "knockout", "inhibiting": "inhibition", "blocking": "blockade",
    "depleting": "depletion", "ablating": "knockout", "neutralizing": "antibody", "neutralising": "antibody",
    "disrupting": "knockout", "removing": "withdrawal", "antagonizing": "blockade", "antagonising": "blockade",
    "inactivating": "knockout", "eliminating": "knockout",
}  # fmt: skip


_OPENERS = {"and", "that", "while", "by", "after", "upon", "on", "with", "through", "following", "or"}


def _taken_away(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Silencing A reduced B": A, taken away."""
    at = next((i for i, w in enumerate(unit.words) if w.start == noun.start), 0)
    before = unit.words[at - 1].lower if at else ""
    if before == "down" and at > 1 and unit.words[at - 2].lower == "knocking":
        before, at = "silencing", at - 1
    opens = at < 2 or unit.words[at - 2].text in (",", ".") or unit.words[at - 2].lower in _OPENERS
    if before not in _GERUNDS or not opens:
        return []
    return [replace(t, loss=_GERUNDS[before]) for t in things(noun) if t.is_molecule]


def _given_to(unit: Unit, noun: Noun) -> list[Thing]:
    """ "cells treated with A", "patients receiving A", "treatment with A": A; "mice lacking A": A, taken away."""
    apart = set_apart(unit, noun)
    if apart:
        return apart
    if noun.head.lower in _VARIANTS and not noun.of:
        own = [t for w in noun.words[-2:-1] if w.is_name and w.mention is not None for t in things(Noun([w]))]
        lost_by = any(w.lower in _LOSING for w in noun.words)
        if own:
            return [replace(t, loss="variant") if lost_by else t for t in own if t.is_molecule]
    if noun.head.lower in _VARIANTS and any(
        w.lower in ("loss-of-function", "null", "inactivating", "deleterious", "hypomorphic") for w in noun.words
    ):
        lost = [
            t
            for f in unit.clauses.frames
            if any(n is noun for n in f.subjects)
            for _, ns in f.subject_preps
            for n in ns
            for t in things(n)
        ]
        lost += [t for n in noun.of for t in things(n)]
        return [replace(t, loss="variant") for t in lost if t.is_molecule]
    if noun.head.lower in ("carriers", "carrier", "heterozygotes", "homozygotes") and noun.of:
        return [t for n in noun.of for t in things(n) if t.is_molecule]
    if noun.head.lower in _VARIANTS and not any(w.mention for w in noun.words):
        where = [n for p, ns in noun.preps if p in ("in", "at", "near") for n in ns]
        where += noun.of if noun.head.lower.endswith("s") else []  # "the R381Q variant of A" is one that differs from A
        where += [
            n
            for f in unit.clauses.frames
            if any(n is noun for n in f.subjects)
            for p, ns in f.subject_preps
            if p in ("in", "at", "near")
            for n in ns
        ]
        found = [t for n in where for t in things(n) if t.is_molecule and not t.loss]
        if found:
            return list(dict.fromkeys(found))
    if noun.head.lower in MODEL_WORDS:
        among = ("with", "from", "of")
        carried = [t for p, ns in noun.preps if p in among for n in ns for t in things(n) if t.loss]
        carried += [
            t
            for f in unit.clauses.frames
            if any(n is noun for n in f.subjects)
            for p, ns in f.subject_preps
            if p in among
            for n in ns
            for t in things(n)
            if t.loss and t not in carried
        ]
        if carried:
            return carried
        missing = _WITHOUT.match(unit.passage.text, noun.end)
        after = [
            m for m in unit.mentions if missing and missing.end() <= m.start < missing.end() + 12 and m.is_molecule
        ]
        if after:
            return [
                Thing(after[0].text, after[0].curie or None, None, "molecule", "knockout", after[0], after[0].start)
            ]
    if noun.head.lower in (
        "antibody",
        "antibodies",
        "inhibitor",
        "inhibitors",
        "antagonist",
        "antagonists",
        "agonist",
        "agonists",
    ) and not any(w.mention for w in noun.words):
        for frame in unit.clauses.frames:
            if any(n is noun for n in frame.subjects):
                against = [
                    t
                    for p, ns in frame.subject_preps
                    if p in ("against", "to")
                    for n in ns
                    for t in things(n)
                    if t.is_molecule
                ]
                if against:
                    return [Thing(f"{noun.head.text} to {against[0].name}", start=noun.start)]
    made = [f for f in unit.clauses.frames if f.verbs.lemma in _MAKING_MORE and (f.verbs.form == "ing" or f.relative)]
    for frame in made if noun.head.lower in MODEL_WORDS else []:
        if any(n is noun for n in frame.subjects) and (
            frame.verbs.lemma != "express" or _TRANSGENIC & set(lowers_of(noun))
        ):
            found = [t for n in frame.objects for t in things(n) if t.is_molecule]
            if found:
                return found
    for frame in unit.clauses.frames:
        if (
            frame.verbs.lemma in _GIVING
            and frame.subjects
            and any(n is noun for n in frame.subjects)
            and (not frame.verbs.finite or frame.relative)
            and (frame.verbs.lemma == "receive" or _is_done_to(frame))
        ):
            nouns = frame.objects or frame.prep("with", "to")
            given_things = [t for n in nouns for t in things(n)]
            found = [t for t in given_things if t.is_molecule or _AGENT.search(t.name)]
            if not found and noun.head.lower in ("patients", "participants", "subjects", "volunteers"):
                # what patients are treated with is a medicine, known or not
                found = [replace(t, kind="molecule") for t in given_things if t.kind == "other"]
            if found:
                return found
    of_cells = bool(noun.of) and noun.head.lower in _GIVINGS
    inner = [n for p, ns in (*noun.preps, *(x for o in noun.of for x in o.preps)) if p == "with" for n in ns]
    given = [t for n in inner for t in things(n) if t.is_molecule]
    if of_cells and given:
        return given
    of_cells = of_cells and not any(t.is_molecule for t in things(noun.of[0]))
    if (
        noun.head.lower in GIVEN_NOUNS | _TAKING_BY
        and (not noun.of or of_cells)
        and (noun.head.lower in _TAKING_BY or not any(w.mention for w in noun.words))
    ):
        for frame in unit.clauses.frames:
            if any(n is noun for n in frame.subjects):
                found = [
                    t
                    for p, ns in frame.subject_preps
                    if p in ("with", "to")
                    for n in ns
                    for t in things(n)
                    if t.is_molecule or t.name.lower().startswith("anti-")
                ] or [
                    replace(t, kind="molecule")
                    for p, ns in frame.subject_preps
                    if p == "with"
                    for n in ns
                    for t in things(n)
                    if can_be_given(t)
                ]
                if found:
                    return found
    return []


_MAKING_MORE = {"overexpress", "over-express", "express"}
_TRANSGENIC = {"transgenic", "transduced", "transfected", "engineered"}


def lowers_of(noun: Noun) -> list[str]:
    """Give the words of a phrase in lower case."""
    return [w.lower for w in noun.words]


def _is_done_to(frame: Frame) -> bool:
    """Say whether a verb is told of those to whom it is done: "treated with A", "that were given A"."""
    return frame.verbs.form == "ed" and (frame.verbs.passive or not frame.verbs.finite)


TAKING = set(
    "delete silence knock ablate deplete neutralize neutralise block inhibit remove disrupt antagonize antagonise "
    "inactivate withdraw eliminate knockout".split()
)
_WHEN = re.compile(r"\b(?:when|if|once|after|as soon as|whenever|until)\s+(?:[\w-]+\s+){0,3}$", re.I)


def given_earlier(unit: Unit, frame: Frame) -> list[Thing]:
    """What an earlier clause gave ("cells were treated with A; B rose"), or one with "when" ("… when A was added")."""
    out: list[Thing] = []
    for other in unit.clauses.frames:
        if other is frame or other.verbs.negated or not other.subjects:
            continue
        if not other.verbs.passive and not _heads(unit, other, frame):
            continue
        start = other.subjects[0].start
        when = bool(_WHEN.search(unit.passage.text[max(unit.body, start - 40) : start]))
        if not when and other.verbs.main.start > frame.verbs.main.start:
            continue
        if other.verbs.lemma in _GIVING:
            out = [t for n in other.prep("with", "to") for t in things(n) if t.is_molecule] or out
        if when and other.verbs.lemma in TAKING | {"add", "overexpress", "give", "administer", "inject"}:
            loss = "blockade" if other.verbs.lemma in TAKING else ""
            found = [t for n in other.subjects for t in things(n) if t.is_molecule]
            out = [replace(t, loss=loss or t.loss) for t in found] or out
    return out


def _heads(unit: Unit, other: Frame, frame: Frame) -> bool:
    """ "Blot of cells stimulated with A: B was phosphorylated": a participle before the colon says what was given."""
    told = other.verbs.form == "ed" and not other.verbs.finite
    return told and ":" in unit.passage.text[other.verbs.main.end : frame.verbs.start]


def attach_lists(unit: Unit, cut: list[Piece]) -> None:
    """Take names listed in parentheses ("cytokines (TNF, IL-1β)") as members of the phrase before them."""
    for piece in cut:
        for noun in piece.nouns:
            for word in noun.words:
                if noun.members or any(w.lower in ("family", "superfamily") for w in noun.words) or word.is_name:
                    continue
                for start, end in word.parens:
                    found = [m for m in unit.mentions if start <= m.start and m.end <= end and m.is_molecule]
                    if len(found) > 1:
                        noun.members = [Noun([Word(m.text, m.start, m.end, m, tag="NNP")]) for m in found]


def frames(unit: Unit) -> list[Frame]:
    """Give the frames of the unit's clauses."""
    return unit.clauses.frames


def all_preps(unit: Unit, frame: Frame) -> list[tuple[str, list[Noun]]]:
    """Give every prepositional phrase around a verb."""
    return [*frame.lead_preps, *frame.subject_preps, *frame.preps]
