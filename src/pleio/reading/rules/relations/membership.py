"""What a molecule is one of and what it is made of: families, classes, parts of complexes, domains.

Rule ids: `member.of`, `part.of`, `property.kind`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...grammar.wording import content, surface
from ...things import Thing, things
from ...unit import Unit
from ...words.lexicon import CLASSES
from ..finish import stated

_FAMILY = {"family", "superfamily", "subfamily", "class", "group"}


_PARTS = {"subunit", "component", "part", "chain", "constituent", "subunits", "components"}


def memberships(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A is a member of B", "B consists of A and C", "A is a kinase", "A, C and D make up the B family"."""
    lemma = frame.verbs.lemma
    subjects = actors(unit, frame.subjects, frame.elided)
    for preposition in _GROUPED.get(lemma, ()):
        if lemma == "belong" or frame.verbs.form == "ed":
            yield from _members_of(unit, frame, subjects, _families(unit, frame.prep(preposition)))
    made_up = lemma == "make" and frame.verbs.form == "ed" and "up" in frame.particles
    if lemma in ("consist", "comprise", "contain", "include") or (lemma == "compose" and frame.verbs.form == "ed"):
        yield from _made_of(unit, frame, subjects)
        return
    if made_up:
        yield from _made_of(unit, frame, subjects)
        return
    if lemma in ("form", "constitute", "assemble", "build", "make"):
        yield from _formed(unit, frame, subjects)
    if lemma == "share":
        yield from _shared(unit, frame, subjects)
    if lemma == "have" and any(n.head.lower == "members" for n in frame.objects):
        listed = [n for p, ns in frame.preps if p in ("among", "including", "like") for n in ns]
        listed += [m for n in frame.objects for m in n.members]
        families = [t for t in subjects if "family" in t.name.lower()]
        yield from _members_of(unit, frame, [t for n in listed for t in things(n) if t.is_molecule], families)
    if lemma in ("be", "represent", "form", "remain"):
        yield from _copular(unit, frame, subjects)


# verbs that put a thing into a family, with the preposition before it
_GROUPED = {
    "belong": ("to",), "group": ("with", "in", "into"), "classify": ("as", "in", "into", "with"),
    "assign": ("to",), "place": ("in",),
}  # fmt: skip
_KIN = re.compile(
    r"\b(?:(?:super|sub)?famil(?:y|ies)|class(?: [IVX]+)?\b.*|group|clan|"
    r"kinases|cytokines|receptors|hormones|chemokines|"
    r"interferons|integrins|proteins|factors|proteases|phosphatases|ligases|interleukins|neurotrophins|adipokines)$",
    re.I,
)
_CLASS_TEXT = re.compile(r"\s(?:the )?(class [IVX]+ [\w-]+(?: [\w-]+)?)(?= and|[.,;]|$)")


def _families(unit: Unit, nouns: list[Noun]) -> list[Thing]:
    """The families that phrases name; "the class I cytokines" is cut by the tagger, which takes "I" for a pronoun."""
    out = []
    for noun in nouns:
        whole = _CLASS_TEXT.match(unit.passage.text, noun.start - 1, unit.end)
        named = [Thing(whole[1])] if whole else things(noun)
        out += [t for t in named if (t.mention is not None and t.mention.category == "family") or _KIN.search(t.name)]
    return out


def _members_of(unit: Unit, frame: Frame, subjects: list[Thing], families: list[Thing]) -> Iterator[Draft]:
    for subject in subjects:
        for family in families:
            yield stated(unit, frame, subject, "member_of", replace(family, aspect=None), "member.of")


_WHOLES = re.compile(r"complex|receptor|heterodimer|trimer|hexamer|tetramer|inflammasome|some$", re.I)


def _made_of(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "The B family comprises A and C", "the B complex consists of A and C", "A contains an X domain"."""
    lemma = frame.verbs.lemma
    listed = [*frame.objects, *frame.prep("of")]
    if any(n.head.lower in _MEMBERS for n in frame.subjects):
        return  # "members of B include …" is read as a list
    parts = [t for n in listed for t in things(n) if t.is_molecule]
    if lemma != "compose":
        for whole in (t for t in subjects if t.is_molecule):
            for noun in (n for n in listed if n.head.lower in _DOMAINS):
                part = Thing(surface(content(noun.words)))
                yield stated(unit, frame, part, "part_of", whole, "part.of")
    before = _family_before(unit, frame)
    for family in [t for t in subjects if "family" in t.name.lower()] or before:
        yield from _members_of(unit, frame, parts, [family])
    known = [t for t in subjects if _WHOLES.search(t.name) and "family" not in t.name.lower()]
    if not known and lemma in ("consist", "compose", "make") and len(parts) > 1:
        known = [t for t in subjects if t.is_molecule and "family" not in t.name.lower()]
    for whole in known if not before else []:
        for part in (t for t in parts if t.name != whole.name):
            yield stated(unit, frame, part, "part_of", whole, "part.of")


def _family_before(unit: Unit, frame: Frame) -> list[Thing]:
    """The family that a relative clause hangs on: "a member of the B family, which also comprises A"."""
    for mention in unit.between(unit.body, frame.verbs.start, "family"):
        between = unit.passage.text[mention.end : frame.verbs.start]
        if re.fullmatch(r"(?: of \w+)?,? (?:which|that)(?: also)? ?", between):
            return [Thing(mention.text, mention.curie or None, None, "molecule", mention=mention)]
    return []


def _formed(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "A and C form B", "A pairs with C to form B", "A, C and D make up the B family"."""
    with_ = [n for p, ns in [*frame.preps, *frame.lead_preps] if p == "with" for n in ns]
    partners = [t for n in with_ for t in things(n) if t.is_molecule]
    members = list(dict.fromkeys([*(t for t in subjects if t.is_molecule), *partners]))
    nouns = frame.objects or frame.prep("up")
    formed = [t for n in nouns for t in things(n) if t.is_molecule or _NAMED_WHOLE.search(t.name)]
    for part in members if len(formed) == 1 and len(members) > 1 else []:
        family = "family" in formed[0].name.lower()
        relation, rule = ("member_of", "member.of") if family else ("part_of", "part.of")
        if part.name != formed[0].name:
            yield stated(unit, frame, part, relation, replace(formed[0], aspect=None), rule)


_NAMED_WHOLE = re.compile(r"^[A-Z]{2,}[A-Z\d-]*\d?$|\b[\w-]*[A-Z\d][\w-]* (?:receptor|complex|inflammasome|family)$")
_CHAIN = re.compile(r"^p\d{2}$|\b(?:subunit|chain)s?\b", re.I)


def _shared(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    """ "The A subunit is shared by B and C": it is part of both."""
    chains = [t for t in subjects if _CHAIN.search(t.name)]
    wholes = [t for n in [*frame.prep("by"), *frame.prep("with")] for t in things(n) if t.is_molecule]
    receptors = [n for n in (*frame.prep("by"), *frame.prep("with")) if n.head.lower in ("receptor", "receptors")]
    if receptors and frame.verbs.form == "ed":
        ligands = [n for r in receptors for p, ns in (*r.preps, *frame.preps) if p in ("for", "of") for n in ns]
        ligands += [n for r in receptors for n in r.of]
        for name in dict.fromkeys(t.name for n in ligands for t in things(n) if t.is_molecule):
            for part in (t for t in subjects if t.is_molecule):
                yield stated(unit, frame, part, "part_of", Thing(f"{name} receptor"), "part.of")
        return
    for part in chains if frame.verbs.form == "ed" else []:
        for whole in wholes:
            yield stated(unit, frame, part, "part_of", replace(whole, aspect=None), "part.of")


def _copular(unit: Unit, frame: Frame, subjects: list[Thing]) -> Iterator[Draft]:
    if not frame.objects and unit.passage.text.startswith(" one of ", frame.verbs.main.end):
        yield from _members_of(unit, frame, subjects, _families(unit, frame.prep("of")))
    within = _families(unit, frame.prep("within", "in"))
    molecules = [t for t in subjects if t.is_molecule]
    if within and frame.objects and not any(n.of for n in frame.objects):
        yield from _members_of(unit, frame, molecules, within)
    for noun in frame.objects:
        head = noun.head.lower
        if head in _MEMBERS or head in _FAMILY:
            yield from _members_of(unit, frame, subjects, _families_of_member(noun))
        elif head == "one":
            yield from _members_of(unit, frame, molecules, _families(unit, noun.of))
        elif (head in _COMPLEXES or head in _PARTS) and noun.of:
            yield from _part(unit, frame, subjects, noun)
        elif noun.words[0].lower in ("a", "an") and _MADE.search(surface(content(noun.words))):
            for subject in (t for t in subjects if t.is_molecule or _MEDICINE.search(t.name)):
                kind = Thing(surface(content(noun.words)))
                yield stated(unit, frame, subject, "has_property", kind, "property.kind")
        else:
            yield from _of_class(unit, frame, subjects, noun)


_MEDICINE = re.compile(r"[A-Z]+-?\d|(?:mab|cept|nib|kinra)$")


def _families_of_member(noun: Noun) -> list[Thing]:
    """ "A member of the B family", "the B family", "a B family member": the family."""
    member = noun.head.lower in _MEMBERS
    families = [t for n in noun.of for t in things(n)] if member else things(noun)
    named = [w for w in noun.words if w.is_name and member][:1]
    return families or (things(Noun(named)) if named else [])


def _part(unit: Unit, frame: Frame, subjects: list[Thing], noun: Noun) -> Iterator[Draft]:
    """ "A is a complex of B and C", "A is a subunit of B"."""
    head, inner = noun.head.lower, [t for n in noun.of for t in things(n)]
    if head in _COMPLEXES:
        parts = [t for t in inner if t.is_molecule]
        several = len(parts) > 1 or head.startswith("hetero") or head == "complex"
        pairs = [(part, whole) for whole in subjects for part in parts if several]
    else:
        pairs = [(part, whole) for part in subjects for whole in inner]
    for part, whole in pairs:
        yield stated(unit, frame, part, "part_of", replace(whole, aspect=None), "part.of")


def _of_class(unit: Unit, frame: Frame, subjects: list[Thing], noun: Noun) -> Iterator[Draft]:
    """ "A is a serine kinase", "a cytokine of the B family"."""
    head = noun.head.lower
    kin = [t for n in noun.of for t in things(n) if "family" in t.name.lower()]
    if _is_class(noun) and noun.words[0].lower in ("a", "an", "another"):
        if not (head == "receptor" and len(content(noun.words)) == 1 and frame.prep("for", "of")):
            name = Thing(re.sub(r"^\d[\d.–-]*\s?-?\s?(?:kDa|residue)\s", "", surface(content(noun.words))))
            yield from _members_of(unit, frame, [t for t in subjects if t.is_molecule], [name])
        yield from _members_of(unit, frame, subjects, kin)
    elif kin:
        yield from _members_of(unit, frame, subjects, kin)
    elif head in ("cytokine", "protein", "factor", "cytokines", "interleukin", "chemokine", "hormone", "kinase"):
        inside = [w for n in [noun, *noun.of] for w in n.words if w.is_name]
        named = [t for w in inside for t in things(Noun([w])) if t.mention is not None]
        yield from _members_of(unit, frame, subjects, [t for t in named if "family" in t.name.lower()])


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
    while len(words) > 1 and (words[0][0].isdigit() or words[0] in ("-", "kda", "residue")):
        words = words[1:]  # "a 140-kDa receptor tyrosine kinase"
    if len(words) == 1 and words[0] in CLASSES | _CLASS_HEADS:
        return not noun.of or words[0] != "receptor"
    text = " ".join(words)
    if " " in text and _CLASS_PHRASE.search(text) and not any(w.is_name for w in noun.words[:-1]):
        return True
    if text.endswith(("transcription factor", "binding protein", "adaptor protein", "adapter protein")):
        return not any(w.is_name and w.text[0].isupper() and len(w.text) < 8 for w in noun.words[:-1])
    head = words[-1].split()[-1] if words else ""
    own = noun.head.mention is None or noun.head.mention.category == "family"
    if noun.head.mention is not None and noun.head.mention.category == "family":
        return len(words) <= 4
    return head in _CLASS_HEADS - {"cytokine", "receptor", "hormone"} and own and len(words) <= 5


# classes of more than one word whose last word alone is too wide
_CLASS_PHRASE = re.compile(
    r"\b(?:(?:glycoprotein|peptide|steroid|protein|thyroid|pituitary|polypeptide) hormone|"
    r"(?:g[ -]protein[- ]coupled|decoy|nuclear|orphan|scavenger|toll-like|pattern[- ]recognition|cytokine|chemokine|"
    r"death|growth factor|hormone|c-type lectin) receptor|"
    r"(?:helical|pleiotropic|heterodimeric|homodimeric|[\w-]+-like|(?:type|class) [iv1-3]+) cytokine|"
    r"type [iv1-3]+ interferon|"
    r"(?:growth|colony-stimulating|chemotactic) factor)$"
)
