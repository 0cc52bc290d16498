"""Relations without a sign: binding, expression, secretion, membership, parts, association.

Rule ids: `bind.verb`, `bind.noun`, `bind.signals`, `express.in`, `express.by`, `secrete.by`, `member.of`, `part.of`,
`associate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import CLASSES, GIVEN_NOUNS, PARTICIPIAL, PREPOSITIONAL, VERBS
from ..modality import modality_of
from ..phrases import Noun
from ..things import CELLS, Thing, content, surface, things
from ..unit import Unit, actors, frames
from ..vocabulary import gene
from ..wordclasses import DETERMINERS
from .targets import pronoun_object, the_disease

_PRESENT = set(
    "enriched present absent detectable undetectable abundant expressed highest strongest restricted confined".split()
)
_GENERIC_PLACES = {"types", "tissues", "cells", "organs", "type", "tissue", "levels", "system"}
_FAMILY = {"family", "superfamily", "subfamily", "class", "group"}
_PARTS = {"subunit", "component", "part", "chain", "constituent", "subunits", "components"}


def relations(unit: Unit) -> Iterator[Draft]:
    """Read the unsigned relations of a sentence."""
    for frame in frames(unit):
        yield from _binding(unit, frame)
        yield from _expression(unit, frame)
        yield from _membership(unit, frame)
        yield from _association(unit, frame)
    yield from _nominal_binding(unit)
    yield from _own_receptor(unit)


def _make(
    unit: Unit, frame: Frame | None, a: Thing, relation: str, b: Thing, rule: str, aspect: str | None = None
) -> Draft:
    denied = frame is not None and frame.verbs.negated
    verb = frame.verbs.main.start if frame is not None else -1
    modality = modality_of(frame, unit.text)
    return Draft(a, relation, b, rule, aspect, "refuted" if denied else "asserted", modality, verb=verb)


def _binding(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    verb = VERBS.get(lemma)
    nouns: list[Noun] = []
    subjects = actors(unit, frame.subjects, frame.elided)
    rule = "bind.verb"
    if verb is not None and verb.relation == "binds" and not frame.verbs.passive:
        nouns = frame.objects
    if not nouns:
        for preposition, found in frame.preps:
            special = PREPOSITIONAL.get((lemma, preposition))
            if special is not None and special.relation == "binds":
                nouns = found
                rule = "bind.signals" if lemma in ("signal", "act") else rule
    if lemma in ("draw", "pull", "bring") and "in" in frame.particles:
        if frame.verbs.passive:
            nouns, subjects = frame.subjects, actors(unit, frame.prep("by")) or unit.subject
        else:
            nouns = frame.objects or frame.prep("in")
        nouns = [n for n in nouns if any(t.is_molecule for t in things(n))]
    if rule == "bind.signals":
        yield from _signals(unit, frame, subjects, nouns)
        return
    if lemma in ("act",) and not any(t.is_molecule for n in nouns for t in things(n)):
        return
    if (
        verb is not None
        and verb.relation == "binds"
        and (frame.verbs.passive or frame.verbs.form == "ed")
        and frame.prep("by")
    ):
        nouns, subjects = frame.subjects, actors(unit, frame.prep("by"))
    if lemma in ("dimerize", "dimerise", "homodimerize", "homodimerise"):
        for t in subjects:
            yield _make(unit, frame, t, "binds", t, rule)
    for subject in subjects:
        for target in (t for n in nouns for t in (pronoun_object(unit, n, frame) if n.pronoun else things(n))):
            if lemma == "associate" and not (target.is_molecule and subject.is_molecule):
                continue
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if re.search(r"\b(?:affinity|affinities|specificity|avidity|potency|stoichiometry|kinetics)$", target.name):
                continue
            yield _make(unit, frame, subject, "binds", replace(target, aspect=None), rule)
        for target in (t for n in frame.denied for t in things(n)):
            if nouns:
                yield replace(_make(unit, frame, subject, "binds", target, rule), status="refuted")
    for noun in frame.objects:
        if noun.head.lower in ("site", "sites", "complex", "complexes", "heterodimer", "heterodimers"):
            for target in (t for n in frame.prep("for", "with") for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield _make(unit, frame, subject, "binds", target, "bind.noun")
        if noun.head.lower in ("antibody", "nanobody", "ligand-trap") and lemma == "be":
            aims = [n for p, ns in [*noun.preps, *frame.preps] if p in ("against", "to", "targeting") for n in ns]
            for target in dict.fromkeys(t for n in aims for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield _make(unit, frame, subject, "binds", replace(target, aspect=None), "bind.noun")
        if noun.head.lower in ("ligand", "receptor") and lemma in ("be", "serve", "act"):
            for target in (t for n in [*noun.of, *frame.prep("for", "of")] for t in things(n) if t.is_molecule):
                for subject in subjects:
                    yield _make(unit, frame, subject, "binds", target, "bind.noun")


def _signals(unit: Unit, frame: Frame, subjects: list[Thing], nouns: list[Noun]) -> Iterator[Draft]:
    """ "A signals through B to C": A binds B where B is a receptor, else it acts on B; and it acts on C."""
    relation = "regulates" if frame.verbs.lemma == "act" else "increases"
    for subject in subjects:
        for target in (t for n in nouns for t in (pronoun_object(unit, n, frame) if n.pronoun else things(n))):
            if target.kind in ("disease", "tissue", "cell") or target.name == subject.name:
                continue
            if is_receptor(target) and subject.kind != "cell":
                yield _make(unit, frame, subject, "binds", replace(target, aspect=None), "bind.signals")
            elif target.is_molecule and subject.is_molecule:
                yield _make(unit, frame, subject, relation, target, "effect.signals", "activity")
        for target in (t for n in frame.prep("to") for t in things(n) if frame.verbs.lemma == "signal"):
            if target.is_molecule and subject.is_molecule:
                yield _make(unit, frame, subject, relation, target, "effect.signals", "activity")


def is_receptor(thing: Thing) -> bool:
    """Say whether a name is one of a receptor, by what it is called or by the full name of its gene."""
    if re.search(r"receptor", thing.name, re.I):
        return True
    known = gene(thing.curie[5:]) if thing.curie is not None and thing.curie.startswith("hgnc:") else None
    return known is not None and bool(re.search(r"receptor|signal transducer$", known.name))


def _nominal_binding(unit: Unit) -> Iterator[Draft]:
    """ "binding of A to B", "A binding to B", "interaction of A with B", "association with B"."""
    for frame in [*frames(unit), None]:
        groups = (
            [(unit.clauses.loose, unit.clauses.loose_preps)]
            if frame is None
            else [
                (frame.subjects, frame.subject_preps),
                (frame.objects, frame.preps),
                *(([n], n.preps) for _, ns in frame.preps for n in ns if n.preps and n.of),
            ]
        )
        for nouns, preps in groups:
            for noun in nouns:
                if noun.head.lower not in ("binding", "interaction", "association", "complex", "assembly", "docking"):
                    continue
                partners = [
                    t
                    for p, ns in (noun.preps or preps)
                    if p in ("to", "with", "between")
                    for n in ns
                    for t in things(n)
                    if t.is_molecule
                ]
                own = [t for n in noun.of for t in things(n) if t.is_molecule]
                own += [t for w in noun.words if w.is_name for t in things(Noun([w]))]
                if not own and frame is not None and nouns is frame.objects:
                    inner = [t for n in frame.subjects for t in things(n) if t.is_molecule]
                    lead = [
                        t
                        for p, ns in frame.subject_preps
                        if p in ("to", "with")
                        for n in ns
                        for t in things(n)
                        if t.is_molecule
                    ]
                    own = lead or inner
                for a in own:
                    for b in partners:
                        if a.name != b.name and (a.curie or a.name) != (b.curie or b.name):
                            yield Draft(
                                a, "binds", replace(b, aspect=None), "bind.noun", None, modality=modality_of(None, "")
                            )
    if re.search(r"allow\w*\s+interaction with|interaction with", unit.text) and unit.topic is not None:
        for frame in frames(unit):
            for noun in frame.objects:
                if noun.head.lower == "interaction":
                    for b in (t for n in frame.prep("with") for t in things(n)):
                        if not any(t.is_molecule for n in noun.of for t in things(n)):
                            yield Draft(unit.topic, "binds", replace(b, aspect=None), "bind.noun")


_OWN_RECEPTOR = re.compile(r"\b(?:through|via|by binding|to) (?:its|the|their) (?:cognate |specific )?receptors?,? ")


def _own_receptor(unit: Unit) -> Iterator[Draft]:
    """ "acts through its receptor B": A binds B."""
    match = _OWN_RECEPTOR.search(unit.text)
    if match is None:
        return
    at = unit.body + match.end()
    receptor = next((m for m in unit.mentions if m.start == at and m.category == "gene"), None)
    owner = next((m for m in unit.mentions if unit.body <= m.start < at and m.is_molecule), None)
    if receptor is not None:
        a = Thing(owner.text, owner.curie or None, None, "molecule", mention=owner) if owner else None
        for subject in [a] if a is not None else unit.referent:
            yield Draft(subject, "binds", Thing(receptor.text, receptor.curie or None, None, "molecule"), "bind.noun")


def _places(unit: Unit, nouns: list[Noun], frame: Frame) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        if noun.members:
            out += [t for m in noun.members for t in things(m)]
        elif noun.head.lower in _GENERIC_PLACES and all(
            w is noun.head or w.lower in DETERMINERS | {"cell", "tissue"} for w in noun.words
        ):
            lead = [t for p, ns in frame.lead_preps if p == "in" for n in ns for t in things(n)]
            out += lead
        else:
            out += things(noun)
    return [t for t in out if not t.is_molecule and t.kind not in ("anaphor",)]


def _expression(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    if lemma == "lack" and not frame.verbs.passive and (frame.verbs.finite or frame.relative):
        for place in actors(unit, frame.subjects):
            for target in (t for n in frame.objects for t in things(n) if t.is_molecule and _is_source(place)):
                yield replace(_make(unit, frame, target, "expressed_in", place, "express.by"), status="refuted")
        return
    if frame.governor is not None and frame.governor.verbs.lemma == "fail":
        return
    verb = VERBS.get(lemma)
    passive = frame.verbs.passive or (frame.verbs.form == "ed" and not frame.verbs.finite)
    kind = verb.relation if verb is not None else ""
    if lemma in ("produce", "make", "release") and kind != "secretes":
        kind = "secretes"
    if kind == "expresses":
        if passive:
            for subject in actors(unit, frame.subjects, frame.elided):
                for place in _places(unit, frame.prep("in", "by", "on", "within", "throughout"), frame):
                    yield _make(unit, frame, subject, "expressed_in", place, "express.in")
                for place in _places(unit, frame.denied_prep("in", "by", "on"), frame):
                    yield replace(_make(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")
        elif frame.objects:
            for target in (t for n in frame.objects for t in things(n) if t.is_molecule):
                for place in actors(unit, frame.subjects, frame.elided):
                    if not place.is_molecule:
                        yield _make(unit, frame, target, "expressed_in", place, "express.by")
    elif (
        (lemma in _FOUND and passive)
        or (lemma in ("be", "remain") and frame.adjective in _PRESENT)
        or (lemma in _SITTING and not passive)
    ):
        absent = frame.adjective in ("absent", "undetectable", "missing") or frame.verbs.negated
        if not absent:
            yield from _absent_from(unit, frame)
        for subject in actors(unit, frame.subjects, frame.elided):
            for place in _places(unit, _at(unit, frame, lemma), frame):
                enriched = lemma in _SITTING | {"enrich", "concentrate", "confine", "restrict"}
                enriched = enriched or frame.adjective in ("confined", "restricted")
                if (_is_source(place) or enriched) and (subject.is_molecule or _PROTEIN.search(subject.name)):
                    draft = _make(unit, frame, subject, "expressed_in", place, "express.in")
                    yield replace(draft, status="refuted") if absent else draft
            for place in _places(unit, frame.denied_prep("in", "on", "at"), frame):
                if _is_source(place) and subject.is_molecule:
                    yield replace(_make(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")
    elif lemma in ("carry", "bear", "display"):
        cells = frame.prep("by") if passive else frame.subjects
        held = frame.subjects if passive else frame.objects
        for target in (t for n in held for t in (unit.referent if n.pronoun else things(n)) if t.is_molecule):
            for place in _places(unit, cells, frame):
                if place.kind == "cell" and target.kind != "cell":
                    yield _make(unit, frame, target, "expressed_in", place, "express.by")
    elif lemma == "place" and not passive:
        for target in (t for n in frame.objects for t in things(n) if t.is_molecule):
            for place in _places(unit, _at(unit, frame, lemma), frame):
                if _is_source(place):
                    yield _make(unit, frame, target, "expressed_in", place, "express.in")
    elif kind == "secretes":
        if passive:
            for subject in actors(unit, frame.subjects, frame.elided):
                for place in _places(unit, frame.prep("by", "from"), frame):
                    if subject.is_molecule:
                        yield _make(unit, frame, subject, "secreted_by", place, "secrete.by")
                        yield from _in_response(unit, frame, subject)
        else:
            made = [t for n in frame.objects for t in (unit.referent if n.pronoun else things(n)) if t.is_molecule]
            for target in made:
                for place in actors(unit, frame.subjects, frame.elided):
                    if not place.is_molecule and place.kind in ("cell", "tissue", "other"):
                        yield _make(unit, frame, target, "secreted_by", place, "secrete.by")
                        yield from _in_response(unit, frame, target)
    if lemma == "enter" and not passive:
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule and any(n.head.lower == "nucleus" for n in frame.objects):
                yield _make(
                    unit,
                    frame,
                    subject,
                    "increases",
                    Thing("nuclear translocation", kind="process"),
                    "effect.active",
                    "activity",
                )
    if lemma in ("translocate", "relocate", "move", "migrate") and not passive:
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule and any(n.head.lower == "nucleus" for n in frame.prep("to", "into")):
                yield _make(
                    unit,
                    frame,
                    subject,
                    "increases",
                    Thing("nuclear translocation", kind="process"),
                    "effect.active",
                    "activity",
                )


_FOUND = {"find", "detect", "localize", "locate", "localise", "enrich", "concentrate", "confine", "restrict", "see"}
_SITTING = {"reside", "localize", "localise", "predominate", "prevail", "abound"}
_PROTEIN = re.compile(r"receptor|^(?:soluble )?isoform|\b(?:transcript|variant|subunit|protein)s?\b", re.I)
_AGAIN = re.compile(r"(?:\band|\bor|,)\s+(?:\w+\s)?(?:in|on|by|from|to)\s+(?:\w+\s){0,2}$")


def _at(unit: Unit, frame: Frame, lemma: str) -> list[Noun]:
    """The places that follow a verb: those of its first preposition, and of those that go on with "and"."""
    narrow = lemma in ("confine", "restrict") or frame.adjective in ("confined", "restricted")
    names = ("to", "in", "on") if narrow or lemma.startswith("locali") else ("in", "on", "at", "from")
    first = frame.prep(*names)
    out = list(first)
    for name, nouns in frame.preps:
        before = unit.passage.text[max(unit.body, nouns[0].start - 30) : nouns[0].start] if nouns else ""
        if name in names and nouns and not any(n in out for n in nouns) and _AGAIN.search(before):
            out += nouns
    return out


_ABSENT = re.compile(
    r"\b(?:but|and|yet|though) (?:is |was |were |are )?(?:absent|missing|lost|undetectable) (?:from|in|on)\s"
)


def _absent_from(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A is found on B but absent from C": C does not express A."""
    match = _ABSENT.search(unit.text, max(0, frame.verbs.main.end - unit.body))
    if match is None:
        return
    low = unit.body + match.end()
    stop = re.search(r"[,;.]", unit.passage.text[low : unit.end])
    for mention in unit.between(low, low + stop.start() if stop else unit.end, "cell", "tissue"):
        place = Thing(mention.text, mention.curie or None, None, mention.category, mention=mention)
        for subject in actors(unit, frame.subjects, frame.elided):
            if subject.is_molecule or _PROTEIN.search(subject.name):
                yield replace(_make(unit, frame, subject, "expressed_in", place, "express.in"), status="refuted")


def _is_source(place: Thing) -> bool:
    return place.kind in ("cell", "tissue") or bool(CELLS.search(place.name))


def _in_response(unit: Unit, frame: Frame, target: Thing) -> Iterator[Draft]:
    """ "cells release A in response to B", "upon stimulation with B", "after stimulation of B"."""
    aspect = "secretion" if frame.verbs.lemma in ("release", "secrete") else "abundance"
    for preposition, nouns in frame.preps:
        for noun in nouns if preposition in ("upon", "after", "following", "on") else []:
            if noun.head.lower in ("stimulation", "activation", "engagement", "ligation", "crosslinking", "binding"):
                for cause in actors(unit, noun.of):
                    if cause.is_molecule:
                        yield _make(unit, frame, cause, "increases", target, "effect.response", aspect)
    for (preposition, nouns), (following, given) in pairwise(frame.preps):
        answers = preposition == "in" and nouns and nouns[0].head.lower == "response" and following == "to"
        event = preposition in ("upon", "after", "following", "on") and nouns and nouns[0].head.lower in GIVEN_NOUNS
        if answers or (event and following in ("with", "to", "by")):
            for cause in actors(unit, given):
                if cause.kind not in ("cell", "tissue"):
                    yield _make(unit, frame, cause, "increases", target, "effect.response", aspect)


def _membership(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    if lemma == "belong":
        for subject in subjects:
            for family in (t for n in frame.prep("to") for t in things(n)):
                yield _make(unit, frame, subject, "member_of", family, "member.of")
        return
    if lemma in ("consist", "comprise", "contain", "include") or (lemma == "compose" and frame.verbs.form == "ed"):
        wholes = [
            t for t in subjects if re.search(r"complex|receptor|heterodimer|trimer|hexamer|tetramer", t.name, re.I)
        ]
        parts = [t for n in [*frame.objects, *frame.prep("of")] for t in things(n) if t.is_molecule]
        if lemma in ("contain", "comprise", "include", "consist"):
            domains = [n for n in [*frame.objects, *frame.prep("of")] if n.head.lower in _DOMAINS]
            for whole in (t for t in subjects if t.is_molecule):
                for noun in domains:
                    part = Thing(surface(content(noun.words)))
                    yield _make(unit, frame, part, "part_of", whole, "part.of")
        for family in (t for t in subjects if "family" in t.name.lower()):
            for part in parts:
                yield _make(unit, frame, part, "member_of", replace(family, aspect=None), "member.of")
        for whole in wholes:
            for part in parts:
                yield _make(unit, frame, part, "part_of", whole, "part.of")
        return
    if lemma in ("form", "constitute", "assemble", "build", "make"):
        partners = [t for n in frame.prep("with") for t in things(n) if t.is_molecule]
        members = list(dict.fromkeys([*(t for t in subjects if t.is_molecule), *partners]))
        formed = [t for n in frame.objects for t in things(n) if t.mention is not None and t.is_molecule]
        for part in members if len(formed) == 1 and len(members) > 1 else []:
            if part.name != formed[0].name:
                yield _make(unit, frame, part, "part_of", replace(formed[0], aspect=None), "part.of")
    if lemma not in ("be", "represent", "form", "remain"):
        return
    for noun in frame.objects:
        head = noun.head.lower
        if head in _MEMBERS or head in _FAMILY:
            families = [t for n in noun.of for t in things(n)] if head in _MEMBERS else things(noun)
            named = next((w for w in noun.words if w.is_name and head in _MEMBERS), None)
            if not families and named is not None:
                families = things(Noun([named]))
            for subject in subjects:
                for family in families:
                    yield _make(unit, frame, subject, "member_of", replace(family, aspect=None), "member.of")
        elif head in _COMPLEXES and noun.of:
            parts = [t for n in noun.of for t in things(n) if t.is_molecule]
            for whole in subjects:
                for part in parts if len(parts) > 1 or head.startswith("hetero") or head == "complex" else []:
                    yield _make(unit, frame, part, "part_of", replace(whole, aspect=None), "part.of")
        elif head in _PARTS and noun.of:
            for subject in subjects:
                for whole in (t for n in noun.of for t in things(n)):
                    yield _make(unit, frame, subject, "part_of", replace(whole, aspect=None), "part.of")
        elif noun.words[0].lower in ("a", "an") and _MADE.search(surface(content(noun.words))):
            for subject in subjects:
                if subject.is_molecule or re.search(r"[A-Z]+-?\d", subject.name):
                    kind = Thing(surface(content(noun.words)))
                    yield _make(unit, frame, subject, "has_property", kind, "property.kind")
        elif _is_class(noun) and noun.words[0].lower in ("a", "an", "another"):
            for subject in subjects:
                if subject.is_molecule:
                    name = surface(content(noun.words))
                    yield _make(unit, frame, subject, "member_of", Thing(name), "member.of")
            for family in (t for n in noun.of for t in things(n) if "family" in t.name.lower()):
                for subject in subjects:
                    yield _make(unit, frame, subject, "member_of", family, "member.of")
        elif head in ("cytokine", "protein", "factor", "cytokines", "interleukin", "chemokine", "hormone", "kinase"):
            inside = [w for n in [noun, *noun.of] for w in n.words if w.is_name]
            for subject in subjects:
                for thing in (t for w in inside for t in things(Noun([w]))):
                    if thing.mention is not None and "family" in thing.name.lower():
                        yield _make(unit, frame, subject, "member_of", thing, "member.of")


_MADE = re.compile(
    r"\b(?:humani[sz]ed|fully human|chimeric|bispecific|monoclonal|IgG\d|Fc|pegylated|peptidomimetic|fusion)\b.*"
    r"\b(?:antibody|nanobody|dimer|protein|fragment|molecule|construct|inhibitor)$|-Fc (?:dimer|fusion protein)$",
    re.I,
)
_MEMBERS = {"member", "members", "prototype", "founder", "representative"}
_COMPLEXES = set(
    "heterodimer heterotrimer heterotetramer heterohexamer complex dimer trimer tetramer hexamer heterocomplex".split()
)
_DOMAINS = {"domain", "domains", "motif", "repeat", "repeats", "helix", "tail"}
_CLASS_HEADS = set(
    "kinase receptor phosphatase protease ligase transporter channel enzyme hormone neurotrophin chemokine adipokine "
    "gtpase atpase glycoprotein neuropeptide integrin lectin nuclease helicase polymerase deacetylase "
    "methyltransferase caspase cyclin opsin globin collagen alarmin myokine phospholipase oxidase synthase "
    "transferase hydrolase isomerase dehydrogenase chaperone histone cytokine".split()
)


def _is_class(noun: Noun) -> bool:
    """Say whether a phrase names a class of molecules: "a non-receptor tyrosine kinase", "a transcription factor"."""
    words = [w.lower for w in content(noun.words)]
    if len(words) == 1 and words[0] in CLASSES | _CLASS_HEADS:
        return not noun.of or words[0] != "receptor"
    text = " ".join(words)
    if text.endswith(("transcription factor", "binding protein", "adaptor protein", "adapter protein")):
        return not any(w.is_name and w.text[0].isupper() and len(w.text) < 8 for w in noun.words[:-1])
    head = words[-1].split()[-1] if words else ""
    own = noun.head.mention is None or noun.head.mention.category == "family"
    if noun.head.mention is not None and noun.head.mention.category == "family":
        return len(words) <= 4
    return head in _CLASS_HEADS - {"cytokine", "receptor", "hormone"} and own and len(words) <= 5


def _association(unit: Unit, frame: Frame) -> Iterator[Draft]:
    lemma = frame.verbs.lemma
    marks = frame.objects if lemma in ("predict", "mark", "parallel", "mirror") and not frame.verbs.passive else []
    for noun in frame.objects if lemma in ("be", "represent", "serve") else frame.prep("as"):
        if noun.head.lower in ("marker", "biomarker", "predictor", "hallmark", "indicator"):
            marks = [*noun.of, *(n for p, ns in frame.preps if p in ("for", "of") for n in ns)]
    for subject in actors(unit, frame.subjects, frame.elided) if marks else []:
        for target in _objects(marks):
            yield _make(unit, frame, subject, "associated_with", replace(target, aspect=None), "associate")
    denied = [(p, ns, True) for p, ns in frame.denied_preps]
    for preposition, nouns, null in [*((p, ns, False) for p, ns in frame.preps), *denied]:
        active = PREPOSITIONAL.get((lemma, preposition))
        relation = (
            PARTICIPIAL.get((lemma, preposition), "")
            if frame.verbs.form == "ed"
            else (active.relation if active else "")
        )
        if relation != "associated_with":
            continue
        subjects = actors(unit, frame.subjects, frame.elided)
        if lemma == "implicate" or not subjects:
            subjects = subjects or unit.subject
        for subject in subjects:
            for target in _the_disease_or(unit, nouns):
                if re.search(
                    r"^(?:increases?|decreases?|reductions?|rises?|falls?)$|side effects?|adverse|mechanisms?$|"
                    r"processes$|outcomes?$",
                    target.name,
                    re.I,
                ):
                    continue
                if subject.is_molecule and target.is_molecule and _PRECIPITATED.search(unit.text):
                    yield _make(unit, frame, subject, "binds", replace(target, aspect=None), "bind.verb")
                    continue
                draft = _make(
                    unit, frame, subject, "associated_with", replace(target, aspect=None), "associate", subject.aspect
                )
                yield replace(draft, status="refuted") if null else draft


_PRECIPITATED = re.compile(r"immunoprecipit|co-?precipit|pull-?down|\bcomplex(?:es)?\b|\bconstitutively\b", re.I)


def _the_disease_or(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    return [t for n in nouns for t in (the_disease(unit, n) or _objects([n]))]


def _objects(nouns: list[Noun]) -> list[Thing]:
    out: list[Thing] = []
    for noun in nouns:
        if noun.members:
            out += [t for t in things(Noun(noun.words, noun.of, [])) if t.kind == "disease"]
            out += [t for m in noun.members for t in things(m)]
        else:
            out += things(noun)
    return out
