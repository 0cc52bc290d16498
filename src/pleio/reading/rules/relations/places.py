"""Where a molecule is found: "cells express A", "A is found on B", "assays detected A in B", "B is negative for A".

Rule ids: `express.in`, `express.by`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things
from ...unit import Unit, frames
from ...words.lexicon import EFFECT_NOUNS, LEVELS, READOUTS, ROLE_NOUNS
from ...words.predicates import VERBS
from ..finish import stated
from ..targets import pronoun_object
from .sightings import MARKED, Told, marked, molecules, no_evidence, stained_for
from .where import NONE, at_of, is_found, is_source, shared_out, sites

# what is said of a molecule that is found somewhere, and of one that is not
_PRESENT = set(
    "enriched present detectable abundant expressed highest strongest restricted confined evident visible prominent "
    "widespread ubiquitous strong weak faint intense moderate high low limited exclusive specific".split()
)
_ABSENT = {"absent", "undetectable", "missing"}
_NARROW = {"confine", "restrict", "limit"}
_FOUND = {
    "find", "detect", "localize", "locate", "localise", "enrich", "concentrate", "confine", "restrict", "see", "store",
    "observe", "map", "visualize", "visualise", "contain", "limit", "note", "retain", "keep", "transcribe",
    "distribute",
}  # fmt: skip
_SITTING = {"reside", "localize", "localise", "predominate", "prevail", "abound"}
_APPEARING = {"appear", "occur", "persist", "exist", "emerge"}
# verbs of any finding: of a molecule only where the place is one that can hold it
_REPORTED = {
    "report",
    "demonstrate",
    "identify",
    "describe",
    "document",
    "obtain",
    "obtained",
    "confirm",
    "show",
    "establish",
}
_DETECTING = {"detect", "localize", "localise", "place", "map", "visualize", "visualise", "locate"}
_SHOWING = {"find", "show", "reveal", "demonstrate", "confirm", "observe", "document", "see", "identify", "note"}
_HOLDING = {"carry", "bear", "display", "contain", "harbour", "harbor", "possess"}
_NO_SIGN = {"signal", "signals", "staining", "expression", "none", "immunoreactivity", "labelling", "labeling", "trace"}
_SEEN = re.compile(
    r"(?:immuno)?(?:staining|reactivity|labell?ing|positivity|hybridi[sz]ation|signals?|expression)$", re.I
)


def places(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read where a verb says that a molecule is, and where it is not."""
    if frame.governor is not None and frame.governor.verbs.lemma == "fail":
        return
    for what, where, absent in _told(unit, frame):
        rule = "express.by" if _is_of_cells(frame) else "express.in"
        for target in what:
            for place in where:
                draft = stated(unit, frame, target, "expressed_in", place, rule)
                none = any(n.words[0].lower == "no" for n in frame.objects)  # "cells contained no A"
                yield replace(draft, status="refuted") if absent or none else draft


def _is_of_cells(frame: Frame) -> bool:
    """Say whether the verb is one of cells: "cells express A", not "A is expressed in"."""
    return frame.verbs.lemma in _HOLDING | {"lack", "stain"} or (bool(frame.objects) and not is_passive(frame))


def _told(unit: Unit, frame: Frame) -> Iterator[Told]:
    lemma = frame.verbs.lemma
    verb = VERBS.get(lemma)
    passive = is_passive(frame)
    if lemma == "lack":
        if not passive and (frame.verbs.finite or frame.relative):
            where = [p for p in actors(unit, frame.subjects) if is_source(p)]
            yield molecules(_objects(unit, frame)), where, True
    elif verb is not None and verb.relation == "expresses":
        yield from _expressed(unit, frame, passive)
    elif lemma in _HOLDING and (lemma != "contain" or not passive):
        held, cells = (frame.subjects, frame.prep("by")) if passive else (frame.objects, frame.subjects)
        held = [] if any(w.lower in _RELATIVE for n in held for w in n.words) else held
        found = [t for n in held for t in (unit.referent if n.pronoun else things(n))]
        yield molecules(found), [p for p in sites(unit, cells, frame) if p.kind == "cell"], False
    elif lemma == "stain" and not frame.verbs.passive and frame.prep("for"):
        stained = molecules([t for n in frame.prep("for") for t in things(n)])
        negative = bool({"negatively", "negative"} & set(frame.particles))
        yield stained, [p for p in sites(unit, frame.subjects, frame) if is_source(p)], negative
    elif (
        (lemma in _FOUND | _REPORTED and passive)
        or (lemma in ("be", "remain") and frame.adjective in _PRESENT | _ABSENT)
        or (lemma in _SITTING and not passive)
        or (lemma in _APPEARING and not passive and bool(frame.prep("on")))
    ):
        yield from _found(unit, frame)
    elif lemma in _DETECTING | _SHOWING and not passive:
        yield from _shown(unit, frame)
    if lemma in ("be", "remain", "stain", "test") and frame.adjective in MARKED:
        yield from marked(unit, frame)


def is_passive(frame: Frame) -> bool:
    """Say whether a frame is of a passive verb or a participle: "A expressed in B"."""
    return frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)


def _objects(unit: Unit, frame: Frame) -> list[Thing]:
    return [t for n in frame.objects for t in (pronoun_object(unit, n, frame) if n.pronoun else things(n))]


def _expressed(unit: Unit, frame: Frame, passive: bool) -> Iterator[Told]:
    if not passive:
        where = [p for p in actors(unit, frame.subjects, frame.elided) if not p.is_molecule]
        where = [p for p in where if p.name.lower() not in ("cells", "cell types", "tissues", "organs")]
        yield molecules(_objects(unit, frame)), where, False
        yield molecules(_objects(unit, frame)), sites(unit, frame.denied_subjects, frame), True
        return
    what = actors(unit, frame.subjects, frame.elided)
    for nouns, group in shared_out(what, at_of(unit, frame, ("in", "by", "on", "within", "throughout"))):
        kept = [n for n in group if not _none_in(unit, n)]
        yield nouns, sites(unit, kept, frame), False
        yield nouns, sites(unit, [n for n in group if n not in kept], frame), True
    yield what, sites(unit, frame.denied_prep("in", "by", "on"), frame), True


_ONLY = {"solely", "exclusively"}


def _found(unit: Unit, frame: Frame) -> Iterator[Told]:
    """ "A is found in B", "A is absent from B", "no A was seen in B", "staining for A was strong in B"."""
    lemma, absent = frame.verbs.lemma, frame.adjective in _ABSENT or frame.verbs.negated
    if frame.degree in ("more", "less") or any(p == "than" for p, _ in frame.preps):
        return
    what = [t for t in _what(unit, frame) if is_found(t) and t.aspect != "phosphorylation"]
    if any(n.head.lower in _NOT_FOUND for n in frame.subjects):
        return  # "the effect of A was seen in B"
    if any(w.lower in _RELATIVE for n in frame.subjects for w in n.words):
        return
    if not what or (frame.adjective in _ON_LEVEL and not _is_level(unit, frame)):
        return
    if frame.adjective not in _ABSENT:
        yield from ((what, [p], True) for p in _absent_from(unit, frame))
    narrow = lemma in _SITTING | _NARROW | {"enrich", "concentrate"} or frame.adjective in ("confined", "restricted")
    narrow = narrow or (lemma in _REPORTED and _is_level(unit, frame)) or bool(_ONLY & set(frame.particles))
    first = ("to", "in", "on") if lemma in _NARROW or lemma.startswith("locali") else ("in", "on", "at", "from", "by")
    names = ("to", "in", "on") if frame.adjective in ("confined", "restricted", "limited") else first
    groups = at_of(unit, frame, names)
    known = narrow or any(is_source(p) for group in groups for p in sites(unit, group, frame))
    for nouns, group in shared_out(what, groups):
        where = sites(unit, [n for n in group if frame.adjective in _ABSENT or not _missing_in(unit, n)], frame)
        where = [p for p in where if not _COMPARED.search(p.name)]
        yield nouns, [p for p in where if known and (is_source(p) or narrow or _short(p))], absent
    if frame.verbs.negated and lemma in _FOUND and not frame.preps:
        yield what, _places_before(unit, frame), True
    denied = sites(unit, frame.denied_prep("in", "on", "at"), frame)
    yield molecules(what), [p for p in denied if is_source(p)], True


_NOT_FOUND = EFFECT_NOUNS | ROLE_NOUNS | {
    "production", "secretion", "synthesis", "release", "response", "responses", "activity", "efficacy", "potential",
}  # fmt: skip
_ON_LEVEL = {"strong", "weak", "faint", "intense", "moderate", "high", "low", "limited", "specific", "exclusive"}


def _is_level(unit: Unit, frame: Frame) -> bool:
    """Say whether a subject is how much there is of something: "expression of A", "staining for A"."""
    heads = [n.head.lower for n in frame.subjects] or [unit.text.split(" ", 1)[0].lower()]
    return any(_SEEN.search(h) or h in READOUTS or h in ("protein", "transcript", "transcripts") for h in heads)


# places as an experiment made them: what is found there is a result, not where the molecule is
_COMPARED = re.compile(
    r"\b(?:treated|untreated|sham|controls?|injured|infected|vehicle|mutant|knock-?out|deficient|stimulated|obese|lean|"
    r"transgenic|exposed|patients?|mice|rats)\b|-/-",
    re.I,
)


def _short(place: Thing) -> bool:
    """Say whether a name that no table knows can be a place among places: "the ileum", "bone marrow stroma"."""
    return place.kind == "other" and len(place.name.split(" of ")[0].split()) <= 3


def _what(unit: Unit, frame: Frame) -> list[Thing]:
    """What a sentence says is found: its subject, what was stained for, or what "no signal" is a signal of."""
    signs = [n for n in frame.subjects if n.head.lower in _NO_SIGN and not n.of and not any(w.mention for w in n.words)]
    aimed = [t for p, ns in frame.subject_preps if p in ("for", "of") for n in ns for t in things(n) if t.is_molecule]
    if signs and aimed:
        return aimed
    if signs:
        before = [m for m in unit.mentions if unit.body <= m.start < frame.verbs.start and m.is_molecule]
        if before:
            m = before[-1]
            return [Thing(m.text, m.curie or None, None, "molecule", mention=m, start=m.start)]
        return unit.referent
    stained = [t for n in frame.subjects for t in stained_for(n)]
    if stained:
        return stained
    lead = [t for p, ns in frame.lead_preps if p in ("for", "of") for n in ns for t in things(n) if t.is_molecule]
    if not frame.subjects and lead and _SEEN.match(unit.text.split(" ", 1)[0]):
        return lead
    return actors(unit, frame.subjects, frame.elided)


def _shown(unit: Unit, frame: Frame) -> Iterator[Told]:
    """ "Assays detected A in B", "we found A expression in B but not in C", "A mRNA was shown in B, none in C"."""
    if any(t.is_molecule for t in actors(unit, frame.subjects)) or frame.verbs.to:
        return
    yield from no_evidence(unit, frame)
    nouns = [n for n in frame.objects if not any(w.lower in _RELATIVE for w in n.words)]
    if frame.verbs.lemma in _SHOWING:
        on_cells = frame.prep("on") and all(p.kind == "cell" for p in sites(unit, frame.prep("on"), frame))
        nouns = [n for n in nouns if on_cells or n.head.lower in READOUTS or _SEEN.search(n.head.lower)]
    aimed = [t for n in nouns for p, ns in n.preps if p in ("for", "of") for o in ns for t in things(o)]
    what = molecules([t for n in nouns for t in things(n)]) or molecules(aimed)
    names = ("in", "on", "to", "at", "within")
    for some, group in shared_out(what, at_of(unit, frame, names)):
        kept = [n for n in group if not _none_in(unit, n)]
        yield some, [p for p in sites(unit, kept, frame) if is_source(p)], False
        lost = [n for n in group if n not in kept]
        yield some, [p for p in sites(unit, lost, frame) if is_source(p)], True
    yield what, [p for p in sites(unit, frame.denied_prep(*names), frame) if is_source(p)], True


_RELATIVE = {"more", "less", "fewer", *LEVELS} - {"high", "low", "strong", "restricted", "induced", "undetectable"}


def _none_in(unit: Unit, noun: Noun) -> bool:
    return bool(NONE.search(unit.passage.text[max(unit.body, noun.start - 40) : noun.start]))


def _missing_in(unit: Unit, noun: Noun) -> bool:
    """Say whether "absent from" stands before a place."""
    return bool(_MISSING.search(unit.passage.text[max(unit.body, noun.start - 30) : noun.start]))


_MISSING = re.compile(r"\b(?:absent|missing|lost|undetectable) (?:from|in|on) (?:the )?$")


def _places_before(unit: Unit, frame: Frame) -> list[Thing]:
    """The cells of the clause before: "cells expressed B and C; A was not detected"."""
    for other in reversed(frames(unit)):
        verb = VERBS.get(other.verbs.lemma)
        if other.verbs.main.start < frame.verbs.main.start and verb is not None and verb.relation == "expresses":
            nouns = other.prep("in", "by", "on") if is_passive(other) else other.subjects
            return [p for p in sites(unit, nouns, other) if is_source(p)]
    return []


_MISSING_FROM = re.compile(
    r"\b(?:but|and|yet|though) (?:is |was |were |are )?(?:absent|missing|lost|undetectable) (?:from|in|on)\s"
)


def _absent_from(unit: Unit, frame: Frame) -> Iterator[Thing]:
    """ "A is found on B but absent from C": C does not express A."""
    match = _MISSING_FROM.search(unit.text, max(0, frame.verbs.main.end - unit.body))
    if match is None:
        return
    low = unit.body + match.end()
    stop = re.search(r"[,;.]", unit.passage.text[low : unit.end])
    for mention in unit.between(low, low + stop.start() if stop else unit.end, "cell", "tissue"):
        yield Thing(mention.text, mention.curie or None, None, mention.category, mention=mention)
