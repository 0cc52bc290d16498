"""What a molecule is one of and what it is made of: families, classes, parts of complexes, domains.

Rule ids: `member.of`, `part.of`, `property.kind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..clauses import Frame
from ..draft import Draft
from ..lexicon import CLASSES
from ..phrases import Noun
from ..things import Thing, content, surface, things
from ..unit import Unit, actors
from .finish import stated

_FAMILY = {"family", "superfamily", "subfamily", "class", "group"}


_PARTS = {"subunit", "component", "part", "chain", "constituent", "subunits", "components"}


def memberships(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A is a member of B", "B consists of A and C", "A is a kinase"."""
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    if lemma == "belong":
        for subject in subjects:
            for family in (t for n in frame.prep("to") for t in things(n)):
                yield stated(unit, frame, subject, "member_of", family, "member.of")
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
                    yield stated(unit, frame, part, "part_of", whole, "part.of")
        for family in (t for t in subjects if "family" in t.name.lower()):
            for part in parts:
                yield stated(unit, frame, part, "member_of", replace(family, aspect=None), "member.of")
        for whole in wholes:
            for part in parts:
                yield stated(unit, frame, part, "part_of", whole, "part.of")
        return
    if lemma in ("form", "constitute", "assemble", "build", "make"):
        partners = [t for n in frame.prep("with") for t in things(n) if t.is_molecule]
        members = list(dict.fromkeys([*(t for t in subjects if t.is_molecule), *partners]))
        formed = [t for n in frame.objects for t in things(n) if t.mention is not None and t.is_molecule]
        for part in members if len(formed) == 1 and len(members) > 1 else []:
            if part.name != formed[0].name:
                yield stated(unit, frame, part, "part_of", replace(formed[0], aspect=None), "part.of")
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
                    yield stated(unit, frame, subject, "member_of", replace(family, aspect=None), "member.of")
        elif head in _COMPLEXES and noun.of:
            parts = [t for n in noun.of for t in things(n) if t.is_molecule]
            for whole in subjects:
                for part in parts if len(parts) > 1 or head.startswith("hetero") or head == "complex" else []:
                    yield stated(unit, frame, part, "part_of", replace(whole, aspect=None), "part.of")
        elif head in _PARTS and noun.of:
            for subject in subjects:
                for whole in (t for n in noun.of for t in things(n)):
                    yield stated(unit, frame, subject, "part_of", replace(whole, aspect=None), "part.of")
        elif noun.words[0].lower in ("a", "an") and _MADE.search(surface(content(noun.words))):
            for subject in subjects:
                if subject.is_molecule or re.search(r"[A-Z]+-?\d", subject.name):
                    kind = Thing(surface(content(noun.words)))
                    yield stated(unit, frame, subject, "has_property", kind, "property.kind")
        elif _is_class(noun) and noun.words[0].lower in ("a", "an", "another"):
            for subject in subjects:
                if subject.is_molecule:
                    name = surface(content(noun.words))
                    yield stated(unit, frame, subject, "member_of", Thing(name), "member.of")
            for family in (t for n in noun.of for t in things(n) if "family" in t.name.lower()):
                for subject in subjects:
                    yield stated(unit, frame, subject, "member_of", family, "member.of")
        elif head in ("cytokine", "protein", "factor", "cytokines", "interleukin", "chemokine", "hormone", "kinase"):
            inside = [w for n in [noun, *noun.of] for w in n.words if w.is_name]
            for subject in subjects:
                for thing in (t for w in inside for t in things(Noun([w]))):
                    if thing.mention is not None and "family" in thing.name.lower():
                        yield stated(unit, frame, subject, "member_of", thing, "member.of")


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
