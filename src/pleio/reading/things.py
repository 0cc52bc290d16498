"""Things that claims are about: a noun phrase resolved to a name, an identifier and a readout.

"IL11 mRNA levels" is IL11, read out as mRNA; "production of pro-inflammatory cytokines including TNF" is TNF, as
abundance;
"STAT3-deficient mice" is STAT3, taken away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .grammar.lists import PROCESS_HEADS
from .grammar.phrases import Noun
from .names.meaning import ground
from .names.mention import Mention
from .plain.masked import Word
from .words.lexicon import GIVEN_NOUNS, LOSS_NOUNS, LOSS_SUFFIXES, LOSS_WORDS, READOUT_ORDER, READOUTS
from .words.wordclasses import DETERMINERS

_LIGHT_HEADS = set(
    "progression development process processes mechanism mechanisms risk severity course degree extent onset "
    "pathogenesis shift "
    "presence accumulation occurrence incidence rate rates number numbers pathways events patterns array range variety "
    "downstream emergence state states proportion proportions percentage percentages frequency frequencies fraction "
    "quantity quantities".split()
)
_AGENT_HEADS = set(
    "inhibitor inhibitors antagonist antagonists agonist agonists antibody antibodies blocker blockers mimetic "
    "mimetics analog analogs "
    "analogue analogues nanobody modulator modulators receptor receptors ligand ligands trap vaccine "
    "superagonist mutein muteins".split()
)
_HYPERNYMS = set(
    "cytokines genes proteins factors mediators molecules chemokines markers receptors kinases targets ligands "
    "family members "
    "interleukins enzymes hormones interferons gene protein".split()
)
MODEL_WORDS = {
    "mice",
    "mouse",
    "rats",
    "cells",
    "animals",
    "embryos",
    "macrophages",
    "fibroblasts",
    "neurons",
    "zebrafish",
    "littermates",
    "males",
    "females",
    "pups",
    "mutants",
    "macrophage",
    "myoblasts",
    "keratinocytes",
    "astrocytes",
    "hepatocytes",
    "platelets",
    "fish",
    "larvae",
    "offspring",
    "strain",
    "strains",
}
CELLS = re.compile(r"\b(?:cells?|\w+(?:blasts?|cytes?|phages?)|neurons?|microglia|platelets)\b", re.I)
_DROPPED = DETERMINERS | {"'s", "’s", "also", "only", "endogenous", "exogenous", "total", "own"}


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
    aspect, cores = _readout(noun)
    out: list[Thing] = []
    for core in cores:
        members = _members(core) or (_members(noun) if core is not noun else [])
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


def _members(noun: Noun) -> list[Noun]:
    return noun.members


def content(words: list[Word]) -> list[Word]:
    """Give the words that carry meaning: no determiners, no possessive marks."""
    return [w for w in words if w.lower not in _DROPPED or w.known or (w.text == "A" and w is words[-1] != words[0])]


def surface(words: list[Word]) -> str:
    """Write words as they stood, without what was in parentheses."""
    out = ""
    last: Word | None = None
    for word in words:
        put_back = last is not None and last.start == last.end
        gap = " " if last is not None and (word.start > last.end or last.parens or put_back) else ""
        out += ("" if word.lower in ("'s", "’s") else gap) + word.text
        last = word
    return out


def _readout(noun: Noun) -> tuple[str | None, list[Noun]]:
    """Split a phrase into its readout and what is read out."""
    words = content(noun.words)
    tail = len(words)
    while tail > 0 and words[tail - 1].lower in READOUTS and not words[tail - 1].mention:
        tail -= 1
    marks = [READOUTS[w.lower] for w in words[tail:]]
    core = words[:tail]
    names = [w for w in core if w.mention is not None and w.is_name]
    lowers = [w.lower for w in core]
    if len(core) > 2 and lowers[-2:] in (["dna", "binding"], ["promoter", "activity"]) and core[-3].is_name:
        return "activity", [Noun(core[:-2], [], noun.members)]  # "NF-κB DNA binding"
    if not marks:
        phospho = next((w for w in words if w.lower.startswith(("phospho", "phosphorylated")) and names), None)
        if phospho is not None and len(names) == 1 and words[-1] is names[0]:
            return "phosphorylation", [Noun([names[0]], noun.of, noun.members)]
        return None, [noun]
    aspect = next(a for a in READOUT_ORDER if a in marks)
    core_ = [w for w in core if not (w.mention is not None and w.suffix in _BROUGHT)]
    own = [w for w in core_ if w.mention is not None or w.tag in ("NN", "NNS", "NNP")]
    own = [w for w in own if w.lower not in _HOW_READ]
    if noun.of and not own:
        return aspect, list(noun.of)
    if not core or not any(w.mention or w.tag.startswith(("NN", "FW")) or w.lower in _HYPERNYMS for w in core):
        return None, [noun]
    if aspect == "mRNA" and core[-1].tag.startswith(("NN", "JJ")) and not names:
        return aspect, [Noun(core, [], noun.members)]
    if names and core[-1].is_name:
        return aspect, [Noun(core, [], noun.members)]
    if noun.members or core[-1].lower in _HYPERNYMS or core[-1].lower + "s" in _HYPERNYMS:
        return aspect, [Noun(core, [], noun.members)]
    if (
        names
        and len(names) == 1
        and all(
            w.lower in ("gene", "protein", "target", "isoform", "isoforms") or w is names[0] or w.tag.startswith("JJ")
            for w in core
        )
    ):
        return aspect, [Noun([names[0]], [], noun.members)]
    return None, [noun]


# words that say how or where something is read out, not what
_HOW_READ = set(
    "steady-state steady state gene surface cell-surface serum plasma tissue basal constitutive relative total mean "
    "messenger nuclear cytoplasmic membrane peak protein transcript mrna rna baseline fold".split()
)
_BROUGHT = {"-induced", "-triggered", "-stimulated", "-driven", "-evoked", "-elicited", "-mediated", "-dependent"}


def _core(noun: Noun) -> list[Thing]:
    words = content(noun.words)
    while len(words) > 1 and words[0].text.endswith("%"):
        words = words[1:]  # "2.5% dextran sulfate"
    if not words:
        return []
    if len(words) > 1 and words[-2].lower in _KINDS and (_is_symbol(words[-1].text) or words[-1].is_name):
        words = words[-1:]  # "the antimicrobial peptides REG3B and REG3G", "the small molecule MCC950"
    elif len(words) > 2 and words[-2].lower in _KINDS and MEDICINE.fullmatch(words[-1].text) and not noun.of:
        words = words[-1:]  # "the mTOR inhibitor rapamycin"
    aimed = _aimed(noun, words)
    if aimed is not None:
        return [aimed]
    loss = _loss(noun, words)
    if loss is not None:
        return loss
    head = words[-1]
    names = [w for w in words if w.is_name]
    if len(names) > 1 and names[-2:] == words[-2:] and all(_is_chemical(w) for w in words[-2:]):
        return [Thing(surface(words), kind="molecule", start=noun.start)]  # "blood urea nitrogen"
    if head.is_name and head.mention is not None:
        return [_named(head, words)]
    mediated = next(
        (
            w
            for w in words
            if w.mention is not None
            and w.suffix in ("-mediated", "-dependent", "-driven")
            and head.lower in GIVEN_NOUNS
        ),
        None,
    )
    if mediated is not None and mediated.mention is not None:
        return [things_of(mediated.mention, mediated.start)]
    named = max((i for i, w in enumerate(words) if w.is_name), default=-1)
    if 0 <= named < len(words) - 1 and words[named + 1].tag == "CD" and all(map(_of_amount, words[named + 1 :])):
        return _core(replace(noun, words=words[: named + 1]))  # "A 150 mg"
    if len(words) > 1 and names == words[:1] and head.lower in _CLASS_TAILS and names[0].mention and not noun.of:
        return [things_of(names[0].mention, names[0].start)]  # "the PTEN tumour suppressor"
    binder = len(words) > 2 and words[-2].lower in ("binding", "interacting", "related", "like")
    if names and head.lower in GIVEN_NOUNS and head.lower not in ("receptor",) and not binder:
        last = names[-1]
        if last.mention is not None and all(
            w.is_name or w.lower in GIVEN_NOUNS or w.tag.startswith("JJ") or w.tag in ("VBN", "VBG", "CD", "NN")
            for w in words
        ):
            return [things_of(last.mention, last.start)]
    light = all(w.lower in _LIGHT_HEADS | {"and", "or"} for w in words)
    if (light or head.lower in _LIGHT_HEADS | GIVEN_NOUNS) and noun.of and len(words) <= 3:
        inner = [t for n in noun.of for t in things(n)]
        if inner and not (len(noun.of) == 1 and len(words) > 1 and names):
            return inner
    if (
        head.lower in ("processes", "mechanisms", "mechanism", "pathways", "pathology", "process")
        and len(words) > 1
        and not names
    ):
        words = words[:-1]
    if head.lower == "time" and len(words) < 3 and not noun.of:
        ends = [n for p, ns in noun.preps if p == "to" for n in ns]
        if ends:
            name = f"{surface(words)} to {surface(content(ends[0].words))}"
            name += " of " + " and ".join(surface(content(n.words)) for n in ends[0].of) if ends[0].of else ""
            return [Thing(name, kind="process", start=noun.start)]  # "time to first transfusion"
    apart = all(n.head.is_name for n in noun.of) or head.lower in PROCESS_HEADS
    if len(noun.of) > 1 and apart and head.lower not in _JOINT_HEADS:
        return [t for n in noun.of for t in _core(replace(noun, of=[n]))]  # "exons of A and B": two things
    name = surface(words)
    if noun.of and not any(n.pronoun for n in noun.of):
        name += " of " + " and ".join(surface(content(n.words)) for n in noun.of)
    term = ground(name)
    kind = term.category if term is not None else _KIND_OF_HEAD.get(head.known, "other")
    return [
        Thing(name, (term.curie or None) if term else None, None, "cell" if kind == "cell" else kind, start=noun.start)
    ]


def _is_chemical(word: Word) -> bool:
    return word.mention is not None and word.mention.category in ("chemical", "drug") and word.text.islower()


_CLASS_TAILS = set(
    "suppressor oncogene oncoprotein adaptor adapter ligase phosphatase protease enzyme channel transporter hormone "
    "chemokine chaperone gtpase antigen adhesin neuropeptide neurotrophin adipokine myokine glycoprotein homodimer "
    "homotrimer allele alleles gene".split()
)


def _of_amount(word: Word) -> bool:
    return word.tag == "CD" or word.is_unit or word.lower in ("mg", "weekly", "daily", "once", "twice", "monthly")


_JOINT_HEADS = set(
    "complex complexes interaction interactions combination ratio balance association heterodimer binding mixture "
    "synergy coexpression co-expression crosstalk".split()
)
_KINDS = _HYPERNYMS | set(
    "peptides peptide subunits subunit molecule compound inhibitor inhibitors agonist agonists antagonist antagonists "
    "antibody drug drugs kinase protease phosphatase ligase transporter channel enzyme steroid oncogene suppressor "
    "alarmin adipokine myokine regulator sensor adaptor adapter coactivator corepressor analogue analog derivative "
    "agent biologic biosimilar statin blocker activator stimulator modulator interleukin decoy integrin lectin "
    "glycoprotein lipid metabolite toxin virus antibiotic chelator nuclease helicase polymerase deacetylase "
    "demethylase methyltransferase acetyltransferase cyclin caspase".split()
)


# an unknown word that ends like the name of a medicine
MEDICINE = re.compile(
    r"(?!.*(?:domain|protein|toxin|strain|chain|action|function|ation|gene|medicine|line|site|cytokine|vaccine)$)"
    r"[a-z]{3,}(?:mycin|mab|cept|nib|lib|vir|ine|ide|in|pril|ol|one|ate|azole|ast|oxan|arin|stat|ocin|acin|ene)"
)


def _aimed(noun: Noun, words: list[Word]) -> Thing | None:
    """Read "an antibody to A", "inhibitors of A": an agent by what it is aimed at; "siRNA against A": A, taken away."""
    head = words[-1].lower
    if head in ("sirna", "sirnas", "shrna", "shrnas", "oligonucleotide", "oligonucleotides", "grna", "morpholino"):
        found = [t for p, ns in noun.preps if p in ("against", "to", "for") for n in ns for t in things(n)]
        return next((replace(t, loss="siRNA") for t in found if t.is_molecule), None)
    if head not in _AGENT_HEADS or head in ("receptor", "receptors") or any(w.is_name for w in words):
        return None
    for preposition, nouns in noun.preps:
        found = [t for n in nouns for t in things(n) if t.is_molecule] if preposition in ("to", "against") else []
        if found:
            return Thing(f"{words[-1].text} {preposition} {found[0].name}", start=noun.start)
    return None


_KIND_OF_HEAD = {"disease": "disease", "process": "process", "cell": "cell", "phenotype": "phenotype"}


def _is_symbol(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][A-Za-z0-9-]{1,9}", text)) and any(c.isdigit() for c in text)


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


def things_of(mention: Mention, start: int = -1) -> Thing:
    """Give the thing that a mention names."""
    kind = "molecule" if mention.is_molecule else mention.category
    return Thing(
        mention.text, mention.curie or None, None, kind, mention=mention, start=mention.start if start < 0 else start
    )


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
    if names and words[-1].lower not in _AGENT_HEADS:
        last = names[-1]
        assert last.mention is not None
        return [replace(things_of(last.mention, last.start), loss=kind)]
    return None


_PARTS = re.compile(
    r"(?P<stem>[\w-]+?)-(?P<how>induced|triggered|stimulated|driven|evoked|elicited|dependent|mediated|stimulated)$"
)


def induced_by(noun: Noun) -> list[Mention]:
    """Give the molecules that a phrase says induce it ("TGF-β1-induced fibrosis")."""
    found = []
    for word in noun.words:
        if word.mention is not None and word.suffix in (
            "-induced",
            "-triggered",
            "-stimulated",
            "-driven",
            "-evoked",
            "-elicited",
            "-mediated",
            "-dependent",
        ):
            found.append(word.mention)
    return found
