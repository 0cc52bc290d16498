"""What a molecule is like: "is a disulfide-linked homodimer", "circulates as a monomer", "is heavily glycosylated",
"lacks cysteines", "folds into a four-helix bundle", "is 97% bound to albumin", "is metabolised by CYP3A4".

Rule id: `property.makeup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...grammar.wording import content, surface
from ...things import Thing
from ...unit import Unit, frames
from ..finish import stated

_OLIGOMERS = {
    "homodimer", "monomer", "homotrimer", "dimer", "trimer", "tetramer", "hexamer", "pentamer", "homotetramer",
    "homodimers", "monomers", "homotrimers", "prohormone", "zymogen", "proenzyme", "proprotein",
}  # fmt: skip
_PROTEINS = re.compile(r"\b(?:transmembrane|membrane|membrane-bound|soluble|secreted|single-pass) (?:glyco)?protein$")
_AS = {
    "circulate", "exist", "occur", "act", "function", "secrete", "synthesize", "synthesise", "make", "produce",
    "express", "release", "form", "assemble",
}  # fmt: skip
_MODIFIED = re.compile(
    r"(?:[NO]-)?(?:glycosylated|sialylated|palmitoylated|myristoylated|amidated|lipidated|pegylated)$"
)
_PARTS = re.compile(
    r"\b(?:residues?|domains?|segments?|peptides?|tails?|sites?|sequences?|regions?|bridges?|bonds?|cysteines?|anchor|"
    r"alanine|methionine|helix|exons?|terminus|moiety|glycans?)$",
    re.I,
)


def makeup(unit: Unit) -> Iterator[Draft]:
    """Read what a sentence says of how a molecule is made up and handled, without a measured number."""
    for frame in frames(unit):
        owners = [t for t in actors(unit, frame.subjects, frame.elided) if _can_have(t)]
        for name in _told(unit, frame) if owners else ():
            for owner in owners:
                yield stated(unit, frame, owner, "has_property", Thing(name), "property.makeup")
    if unit.bullet or len(unit.text) < 40:
        alone = unit.text.strip(" .")
        for owner in unit.subject if not frames(unit) and _MODIFIED.fullmatch(alone) else []:
            yield Draft(owner, "has_property", Thing(alone), "property.makeup")


def _can_have(thing: Thing) -> bool:
    return (thing.is_molecule and not thing.loss) or bool(re.match(r"isoform\b", thing.name, re.I))


def _told(unit: Unit, frame: Frame) -> Iterator[str]:
    lemma, passive = frame.verbs.lemma, frame.verbs.passive
    if lemma in ("be", "remain"):
        yield from (_name(n) for n in frame.objects if _is_form(n))
        if _MODIFIED.fullmatch(frame.adjective):
            yield frame.adjective
    if lemma in _AS:
        yield from (_name(n) for n in frame.prep("as") if _is_form(n))
    if passive and _MODIFIED.fullmatch(frame.verbs.main.lower) and not frame.prep("by"):
        words = unit.passage.text[frame.verbs.start : frame.verbs.main.end].split()
        yield " ".join(words[-2:] if len(words) > 2 else words[-1:])
    if lemma == "lack" and not passive:
        yield from (f"lacks {_name(n)}" for n in frame.objects if _PARTS.search(_name(n)))
    if lemma == "fold":
        yield from (_name(n) for n in frame.prep("into", "as"))
    if passive and lemma in _HANDLING and not frame.verbs.negated:
        ways = [n for n in frame.prep("by", "via", "in", "through") if _is_way_out(n)]
        yield from (unit.passage.text[frame.verbs.main.start : max(n.end for n in ways)] for _ in ways[:1])


def _name(noun: Noun) -> str:
    return _SIZE.sub("", surface(content(noun.words)))


_SIZE = re.compile(r"^(?:about |approximately )?\d[\d.,]*\s?-?\s?(?:kDa|residue|amino[ -]acid|aa)\s")
_COUNTED = {"subunits", "chains", "acids", "residues", "kda", "monomers", "subunit", "protomers", "molecules"}


def _is_form(noun: Noun) -> bool:
    name = _name(noun)
    if re.search(r"\d|kDa", name) or any(n.head.lower not in _COUNTED for n in noun.of):
        return False
    if any(w.is_name for w in noun.words):
        return len(content(noun.words)) <= 5 and noun.head.is_name and bool(_PROTEINS.search(name))
    return noun.head.lower in _OLIGOMERS or bool(_PROTEINS.search(name))


_HANDLING = {"metabolize", "metabolise", "eliminate", "excrete", "clear"}
_WAY_OUT = re.compile(r"(?:CYP|UGT|cytochrome).*|kidneys?|liver|urine|fa?eces|bile", re.I)


def _is_way_out(noun: Noun) -> bool:
    """Say whether a phrase names what breaks a medicine down or where it leaves the body."""
    return any(_WAY_OUT.fullmatch(w.text) for w in noun.words)
