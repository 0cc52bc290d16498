"""Things that claims are about: a noun phrase resolved to a name, an identifier and a readout.

"IL11 mRNA levels" is IL11, read out as mRNA; "production of pro-inflammatory cytokines including TNF" is TNF, as
abundance; "STAT3-deficient mice" is STAT3, taken away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .grammar.lists import PROCESS_HEADS
from .grammar.phrases import Noun
from .grammar.readout import split_readout
from .grammar.wording import content, surface
from .names.meaning import ground
from .names.mention import Mention
from .plain.word import Word
from .words.head_nouns import AGENT_HEADS, CLASS_TAILS, JOINT_HEADS, KINDS, LIGHT_HEADS, MEDICINE
from .words.lexicon import GIVEN_NOUNS, LOSS_NOUNS, LOSS_SUFFIXES, LOSS_WORDS, READOUTS


@dataclass(frozen=True)
class Thing:
    """A resolved noun phrase: its name, CURIE, the readout named with it, and how it was taken away (if it was)."""

    name: str
    curie: str | None = None
    aspect: str | None = None
    kind: str = "other"
    loss: str = ""
    mention: Mention | None = None
    start: int = 0
    changed: str = ""

    @property
    def is_molecule(self) -> bool:
        return self.kind == "molecule"


def grounded(name: str, kind: str = "") -> Thing:
    """Give the thing that a whole phrase names, with the identifier that the phrase has, if it has one.

    Args:
        kind: what the place that names it says it is; "" for the category of the term, or "other" without one.
    """
    term = ground(name)
    return Thing(name, (term.curie or None) if term else None, None, kind or (term.category if term else "other"))


def things(noun: Noun) -> list[Thing]:
    """Resolve a noun phrase to the things it stands for: one, or the members of the list it announces."""
    # many rules ask for the same phrase; a phrase still being built is asked for anew
    built = (len(noun.words), len(noun.of), len(noun.members), noun.pronoun)
    if noun.stands is None or noun.stands[0] != built:
        noun.stands = built, _things(noun)
    return list(noun.stands[1])


def _things(noun: Noun) -> list[Thing]:
    if noun.pronoun:
        return [Thing(noun.head.lower, kind="anaphor", start=noun.start)]
    aspect, cores = split_readout(noun)
    out: list[Thing] = []
    for core in cores:
        members = core.members or noun.members
        if members:
            out += [replace(t, aspect=t.aspect or aspect) for m in members for t in things(m)]
        else:
            inner = core is not noun and core.words[-1].lower in READOUTS and core.words[-1].mention is None
            found = things(core) if inner else _core(core)
            out += [replace(t, aspect=_joint(aspect, t)) for t in found]
    return out


def _joint(aspect: str | None, thing: Thing) -> str | None:
    """A readout belongs to molecules and pathways; "platelet production" is a process of its own."""
    return thing.aspect or aspect if thing.aspect in ("mRNA", "protein", "phosphorylation") else aspect or thing.aspect


def things_of(mention: Mention, start: int = -1) -> Thing:
    """Give the thing that a mention names."""
    kind = "molecule" if mention.is_molecule else mention.category
    return Thing(
        mention.text, mention.curie or None, None, kind, mention=mention, start=mention.start if start < 0 else start
    )


def _core(noun: Noun) -> list[Thing]:
    """Resolve a phrase without its readout, by the first of the cases that holds."""
    words = _without_class(noun, content(noun.words))
    if not words:
        return []
    for case in _CASES:
        found = case(noun, words)
        if found is not None:
            return found
    return [_whole(noun, words)]


def _without_class(noun: Noun, words: list[Word]) -> list[Word]:
    """The words of a phrase without the amount or the class of what it names."""
    while len(words) > 1 and words[0].text.endswith("%"):
        words = words[1:]  # "2.5% dextran sulfate"
    if len(words) > 1 and words[-2].lower in KINDS and (_is_symbol(words[-1].text) or words[-1].is_name):
        return words[-1:]  # "the antimicrobial peptides REG3B and REG3G", "the small molecule MCC950"
    if len(words) > 2 and words[-2].lower in KINDS and MEDICINE.fullmatch(words[-1].text) and not noun.of:
        return words[-1:]  # "the mTOR inhibitor rapamycin"
    return words


def _aimed(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """Read "an antibody to A", "inhibitors of A": an agent by what it is aimed at; "siRNA against A": A, taken away."""
    head = words[-1].lower
    if head in ("sirna", "sirnas", "shrna", "shrnas", "oligonucleotide", "oligonucleotides", "grna", "morpholino"):
        found = [t for p, ns in noun.preps if p in ("against", "to", "for") for n in ns for t in things(n)]
        return [replace(t, loss="siRNA") for t in found if t.is_molecule][:1] or None
    if head not in AGENT_HEADS or head in ("receptor", "receptors") or any(w.is_name for w in words):
        return None
    for preposition, nouns in noun.preps:
        found = [t for n in nouns for t in things(n) if t.is_molecule] if preposition in ("to", "against") else []
        if found:
            return [Thing(f"{words[-1].text} {preposition} {found[0].name}", start=noun.start)]
    return None


def _loss(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """Recognise a molecule that was taken away: knockdown of A, A-deficient mice, A knockout."""
    marked = [
        (w.mention, w.start)
        for w in words
        if w.mention is not None and (w.suffix.strip("-").lower() in LOSS_SUFFIXES or w.suffix == "-/-")
    ]
    if marked:
        return [replace(things_of(mention, start), loss="knockout") for mention, start in marked]
    names = [w for w in words if w.is_name and w.mention is not None]
    kind = next((LOSS_NOUNS[w.lower] for w in words if w.lower in LOSS_NOUNS), None)
    if kind is None and names and any(w.lower in LOSS_WORDS for w in words):
        kind = "knockout"
    if kind is None:
        return None
    of = [m for n in noun.of for m in (n.of if n.head.lower == "function" and n.of else [n])]  # "loss of function of A"
    targets = [t for n in of for t in things(n) if t.is_molecule]
    if words[-1].lower in LOSS_NOUNS and targets:
        return [replace(t, loss=kind) for t in targets]
    if names and words[-1].lower not in AGENT_HEADS:
        last = names[-1]
        assert last.mention is not None
        return [replace(things_of(last.mention, last.start), loss=kind)]
    return None


def _name(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """ "Human IL-6": the name; of a chemical of two names, both: "blood urea nitrogen"."""
    names = [w for w in words if w.is_name]
    if len(names) > 1 and names[-2:] == words[-2:] and all(_is_chemical(w) for w in words[-2:]):
        return [Thing(surface(words), kind="molecule", start=noun.start)]
    head = words[-1]
    return [_named(head, words)] if head.is_name and head.mention is not None else None


def _is_chemical(word: Word) -> bool:
    return word.mention is not None and word.mention.category in ("chemical", "drug") and word.text.islower()


def _named(word: Word, words: list[Word]) -> Thing:
    assert word.mention is not None
    thing = things_of(word.mention, word.start)
    if (
        len(words) > 1
        and words[-2].lower in ("soluble", "recombinant", "human", "recombinant-human")
        and "soluble" in [w.lower for w in words]
    ):
        return replace(thing, name=f"soluble {thing.name}", curie=thing.curie)
    prefix = " ".join(
        w.text
        for w in words[:-1]
        if w.lower in ("recombinant", "human") and any(x.lower == "recombinant" for x in words)
    )
    return replace(thing, name=f"{prefix} {thing.name}".strip()) if prefix else thing


def _given(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """ "A-mediated signalling", "A 150 mg", "the PTEN tumour suppressor", "A treatment": A."""
    head = words[-1].lower
    mediated = next((w for w in words if w.mention is not None and w.suffix in _MEDIATED), None)
    if mediated is not None and mediated.mention is not None and head in GIVEN_NOUNS:
        return [things_of(mediated.mention, mediated.start)]
    place = max((i for i, w in enumerate(words) if w.is_name), default=-1)
    if 0 <= place < len(words) - 1 and words[place + 1].tag == "CD" and all(map(_of_amount, words[place + 1 :])):
        return _core(replace(noun, words=words[: place + 1]))
    names = [w for w in words if w.is_name]
    if len(words) > 1 and names == words[:1] and head in CLASS_TAILS and names[0].mention and not noun.of:
        return [things_of(names[0].mention, names[0].start)]
    binder = len(words) > 2 and words[-2].lower in ("binding", "interacting", "related", "like")
    if not names or head not in GIVEN_NOUNS or head == "receptor" or binder:
        return None
    last = names[-1]
    if last.mention is None or not all(w.is_name or w.lower in GIVEN_NOUNS or _describes(w) for w in words):
        return None
    return [things_of(last.mention, last.start)]


_MEDIATED = ("-mediated", "-dependent", "-driven")


def _describes(word: Word) -> bool:
    return word.tag.startswith("JJ") or word.tag in ("VBN", "VBG", "CD", "NN")


def _of_amount(word: Word) -> bool:
    return word.tag == "CD" or word.is_unit or word.lower in ("mg", "weekly", "daily", "once", "twice", "monthly")


def _light(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """ "Progression of fibrosis", "treatment of mice": what stands after "of"."""
    light = all(w.lower in _LIGHT_OR_JOINED for w in words)
    if not noun.of or len(words) > 3 or not (light or words[-1].lower in _LIGHT_OR_GIVEN):
        return None
    inner = [t for n in noun.of for t in things(n)]
    named = len(noun.of) == 1 and len(words) > 1 and any(w.is_name for w in words)
    return inner if inner and not named else None


_LIGHT_OR_JOINED = LIGHT_HEADS | {"and", "or"}
_LIGHT_OR_GIVEN = LIGHT_HEADS | GIVEN_NOUNS


def _time(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """ "Time to first transfusion"."""
    ends = [n for p, ns in noun.preps if p == "to" for n in ns]
    if words[-1].lower != "time" or len(words) > 2 or noun.of or not ends:
        return None
    name = f"{surface(words)} to {surface(content(ends[0].words))}" + _of(ends[0].of)
    return [Thing(name, kind="process", start=noun.start)]


def _apart(noun: Noun, words: list[Word]) -> list[Thing] | None:
    """ "Exons of A and B": two things; not so "the complex of A and B"."""
    apart = all(n.head.is_name for n in noun.of) or words[-1].lower in PROCESS_HEADS
    if len(noun.of) < 2 or not apart or words[-1].lower in JOINT_HEADS:
        return None
    return [t for n in noun.of for t in _core(replace(noun, of=[n]))]


_CASES = (_aimed, _loss, _name, _given, _light, _time, _apart)


def _whole(noun: Noun, words: list[Word]) -> Thing:
    """Take a phrase by its words, and by the term that they name, if they name one."""
    if words[-1].lower in _PROCESSES and len(words) > 1 and not any(w.is_name for w in words):
        head, words = words[-1], words[:-1]
    else:
        head = words[-1]
    name = surface(words) + ("" if any(n.pronoun for n in noun.of) else _of(noun.of))
    term = ground(name)
    kind = term.category if term is not None else _KIND_OF_HEAD.get(head.known, "other")
    return Thing(name, (term.curie or None) if term else None, None, kind, start=noun.start)


_PROCESSES = {"processes", "mechanisms", "mechanism", "pathways", "pathology", "process"}


def _of(nouns: list[Noun]) -> str:
    return " of " + " and ".join(surface(content(n.words)) for n in nouns) if nouns else ""


_KIND_OF_HEAD = {"disease": "disease", "process": "process", "cell": "cell", "phenotype": "phenotype"}


def _is_symbol(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,9}", text)) and any(c.isdigit() for c in text)


_INDUCED = (
    "-induced", "-triggered", "-stimulated", "-driven", "-evoked", "-elicited", "-mediated", "-dependent",
)  # fmt: skip


def induced_by(noun: Noun) -> list[Mention]:
    """Give the molecules that a phrase says induce it ("TGF-β1-induced fibrosis")."""
    return [w.mention for w in noun.words if w.mention is not None and w.suffix in _INDUCED]
