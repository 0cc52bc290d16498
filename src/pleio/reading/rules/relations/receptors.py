"""Receptors and ligands by name: "A and B share the receptor C", "A, the ligand of B", "A uses B as its receptor".

Rule ids: `bind.noun`, `bind.shared`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...actors.actors import actors
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...names.mention import Mention
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ...vocabulary import gene
from ..finish import stated
from .shared_bindings import whole_of

PARTNERS = {
    "ligand", "ligands", "receptor", "receptors", "co-receptor", "coreceptor", "co-receptors", "coreceptors",
    "counter-receptor", "counterreceptor", "partner", "partners", "interactor", "interactors", "decoy",
}  # fmt: skip
_COMPLEXES = {
    "complex", "complexes", "heterodimer", "heterodimers", "dimer", "dimers", "pair", "combination", "heteromer",
    "heterotrimer", "heterocomplex", "homodimer", "homodimers", "trimer", "trimers", "tetramer",
}  # fmt: skip
_MADE = {"compose", "consist", "comprise", "make", "form", "build", "constitute", "comprising"}
_USING = {"use", "utilize", "utilise", "employ", "require", "need"}


def is_receptor(thing: Thing) -> bool:
    """Say whether a name is one of a receptor, by what it is called or by the full name of its gene."""
    if re.search(r"receptor", thing.name, re.I):
        return True
    known = gene(thing.curie[5:]) if thing.curie is not None and thing.curie.startswith("hgnc:") else None
    if known is None:
        return bool(_CALLED_RECEPTOR.fullmatch(thing.name))
    return bool(re.search(r"receptor|signal transducer$", known.name))


_CALLED_RECEPTOR = re.compile(r"[A-Z][A-Za-z]*-?\d*[A-Za-z]?R(?:\d?[a-zαβγ]{0,2}\d?|[A-C]\d?)")  # "FGFR2b", "IL-17RA"


def bound_things(unit: Unit, noun: Noun) -> list[Thing]:
    """What a phrase names as bound: of "a receptor composed of B and C", "the heterodimer of B and C" its parts."""
    head = noun.head.lower
    if noun.of and _RESIDUE.fullmatch(noun.head.text):
        return [t for n in noun.of for t in things(n)]
    whole = whole_of(noun)
    if whole and not _GENE_PART.search(noun.head.lower):
        return whole
    listed = _listed_from(unit, noun.end, True) if head in PARTNERS and not noun.of else []
    if listed:
        return listed
    if noun.head.is_name or head not in _COMPLEXES | {"receptor", "receptors"}:
        return things(noun)
    parts = [t for n in noun.of for t in things(n)] if head in _COMPLEXES else []
    for frame in frames(unit):
        if frame.verbs.lemma in _MADE and any(n.head is noun.head for n in frame.subjects):
            parts += [t for n in [*frame.objects, *frame.prep("of", "by", "from")] for t in things(n)]
    if head in _COMPLEXES and not parts:
        parts = [t for w in noun.words if w.is_name for t in things(Noun([w]))]
    named = [t for t in parts if t.is_molecule]
    return list(dict.fromkeys(named)) or things(noun)


_GENE_PART = re.compile(r"promoter|region|sequence|enhancer|element|locus|site")
_RESIDUE = re.compile(r"p?-?(?:Tyr|Ser|Thr|Lys|Cys|Y|S|T|K)-?\d{1,4}")


def shared_receptors(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read "A and B share the receptor C", "C is also used by A", "A has two receptors, B and C"."""
    lemma = frame.verbs.lemma
    subjects = [t for t in actors(unit, frame.subjects, frame.elided) if t.is_molecule and not t.loss]
    if lemma == "share" and not frame.verbs.passive:
        others = [t for n in frame.prep("with") for t in things(n) if t.is_molecule]
        shared = [t for n in frame.objects for t in things(n) if _is_bound(n, t)]
        yield from _each(unit, frame, [*subjects, *others], shared)
    elif lemma in _USING:
        as_one = any(n.head.lower in PARTNERS for n in frame.prep("as", "for"))
        agents = [t for n in frame.prep("by") for t in things(n) if t.is_molecule]
        used = subjects if frame.verbs.passive else [t for n in frame.objects for t in things(n) if t.is_molecule]
        used = [t for t in used if as_one or (is_receptor(t) and lemma not in ("require", "need"))]
        yield from _each(unit, frame, agents if frame.verbs.passive else subjects, used)
    elif lemma in ("have", "possess") and not frame.verbs.negated:
        for noun in frame.objects:
            if noun.head.lower in PARTNERS:
                listed = _listed_from(unit, noun.end)
                yield from _each(
                    unit, frame, subjects[:1], listed if len(listed) > 1 or noun.words[0].tag == "CD" else []
                )


def _is_bound(noun: Noun, thing: Thing) -> bool:
    said = any(w.lower in PARTNERS | {"chain", "subunit"} for w in noun.words)
    return thing.is_molecule and (said or is_receptor(thing))


def _each(unit: Unit, frame: Frame, subjects: list[Thing], bound: list[Thing]) -> Iterator[Draft]:
    for subject in subjects:
        for target in bound:
            if target.name != subject.name:
                yield stated(unit, frame, subject, "binds", replace(target, aspect=None), "bind.shared")


_JOINT = re.compile(r"\s?(?:\([^()]{1,20}\))?(?:\s?(?:,|and|or|, and|, or)\s(?:the )?|[–/-])")


_CLOSED = re.compile(
    r"\s?(?:\([^()]{1,40}\))?(?:\s?[.;:)–—]|\s?$|, (?!and |or )|\s(?:on|in|at|expressed|found|present)\b)"
)


def _listed_from(unit: Unit, end: int, closed: bool = False) -> list[Thing]:
    """The names of a list that begins after a comma or a colon: "two receptors, B and C".

    Args:
        closed: the list must end its clause, so that no verb takes it for its subject ("binds its receptor, B acts").
    """
    text, out = unit.passage.text, list[Thing]()
    opened = re.match(r"\s?[,:(–—]\s?(?:namely |called |known as )?", text[end : end + 20])
    at = end + opened.end() if opened else -1
    while at >= 0:
        mention = next((m for m in unit.mentions if m.start == at and m.is_molecule), None)
        if mention is None:
            break
        out.append(things_of(mention))
        joint = _JOINT.match(text, mention.end, unit.end)
        at = joint.end() if joint else -1
        if closed and joint is None and not _CLOSED.match(text, mention.end, unit.end):
            return []
    return out


_APPOSED = re.compile(
    r"(?:\s?\([^()]{1,40}\))?\s?[,–—(]\s?(?:which is |itself )?(?:the|an?|another|one|its)?\s?(?:[\w-]+\s){0,4}?"
    r"(?:co-?receptor|counter-?receptor|receptor|ligand|binding partner)s?\s(?:chain |subunit )?(?:of|for)\s"
    r"(?:both )?(?:the\s)?"
)


def apposed_partners(unit: Unit) -> Iterator[Draft]:
    """ "A, the ligand of B, …", "A (a receptor for B and C)"."""
    found = [m for m in unit.mentions if unit.start <= m.start < unit.end and m.is_molecule]
    for mention in found:
        match = _APPOSED.match(unit.passage.text, mention.end, unit.end)
        if match is None:
            continue
        for other in _mentions_from(unit, match.end()):
            if other.text != mention.text:
                yield Draft(things_of(mention), "binds", things_of(other), "bind.noun")


def _mentions_from(unit: Unit, at: int) -> list[Mention]:
    out: list[Mention] = []
    while True:
        mention = next((m for m in unit.mentions if m.start == at and m.is_molecule), None)
        if mention is None:
            return out
        out.append(mention)
        joint = _JOINT.match(unit.passage.text, mention.end, unit.end)
        if joint is None:
            return out
        at = joint.end()
