"""Genes and diseases: "variants of A are linked to D", "no association between A and D was found", "A is a risk gene
for D", "mutations in A were found in children with D", "the risk of D is linked to A".

Rule id: `associate`.
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
from ...unit import Unit
from ..finish import stated

VARIANTS = set(
    "variant variants mutation mutations polymorphism polymorphisms allele alleles snp snps haplotype haplotypes locus "
    "loci deletion deletions duplication duplications".split()
)
_ONE = re.compile(r"(?:p\.)?[A-Z][a-z]{0,2}\d{1,4}[A-Z][a-z]{0,2}|rs\d+|[A-Z]\d{2,4}")
_GOING = {"association", "associations", "correlation", "correlations", "relationship", "link", "links"}
_SEEING = {
    "find",
    "observe",
    "detect",
    "see",
    "report",
    "note",
    "show",
    "be",
    "exist",
    "confirm",
    "demonstrate",
    "identify",
}
_RISKS = {"gene", "genes", "locus", "loci", "factor", "factors", "allele", "alleles", "candidate"}
_RISKY = re.compile(r"\b(?:susceptibility|risk|predisposing|predisposition|causal|causative)\b", re.I)
_PRONE = {"susceptibility", "predisposition", "risk", "vulnerability"}
_PEOPLE = {
    "patients",
    "patient",
    "people",
    "individuals",
    "cases",
    "families",
    "children",
    "adults",
    "infants",
    "kindreds",
}


def gene_disease(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """Read what a sentence says goes with what, where a noun says it or the gene is told by its variants."""
    yield from _between(unit, frame)
    yield from _risk_genes(unit, frame)
    yield from _carried(unit, frame)


def gene_of(noun: Noun) -> list[Thing]:
    """The gene whose variants a phrase names: "polymorphisms of A", "A variants", "variants at the A locus"."""
    if noun.head.lower not in VARIANTS or any(_ONE.fullmatch(w.text) for w in noun.words):
        return []  # one variant goes by its own name
    around = [*noun.of, *(n for p, ns in noun.preps if p in ("in", "at", "near", "within", "of") for n in ns)]
    named = [t for n in around for t in (gene_of(n) or things(n)) if t.is_molecule]
    named += [t for w in noun.words if w.is_name for t in things(Noun([w])) if t.is_molecule]
    return [replace(t, loss="", aspect=None) for t in dict.fromkeys(named)]


def prone(noun: Noun) -> list[Thing]:
    """The disease of "susceptibility to D", "the risk of D"."""
    if noun.head.lower not in _PRONE:
        return []
    nouns = [*noun.of, *(n for p, ns in noun.preps if p in ("to", "for", "of") for n in ns)]
    return [t for n in nouns for t in things(n) if not t.is_molecule and t.kind != "anaphor"]


def _ends(noun: Noun) -> list[Thing]:
    return gene_of(noun) or prone(noun) or things(noun)


def _between(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "There is an association between A and D", "no correlation was found between A and D"."""
    if frame.verbs.lemma not in _SEEING:
        return
    for noun in (n for n in [*frame.subjects, *frame.objects] if n.head.lower in _GOING):
        pair = [n for p, ns in [*noun.preps, *frame.subject_preps, *frame.preps] if p == "between" for n in ns]
        pair = list({n.start: n for n in pair}.values())
        if len(pair) != 2:
            continue
        none = noun.words[0].lower == "no" or frame.verbs.negated
        for a in _ends(pair[0]):
            for b in _ends(pair[1]):
                draft = stated(unit, frame, a, "associated_with", replace(b, aspect=None), "associate", a.aspect)
                yield replace(draft, status="refuted" if none else "asserted")


def _risk_genes(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "A and B are susceptibility genes for D", "A is a genetic risk factor for D"."""
    if frame.verbs.lemma not in ("be", "represent", "become", "remain"):
        return
    for noun in frame.objects:
        if noun.head.lower not in _RISKS or not _RISKY.search(" ".join(w.text for w in noun.words)):
            continue
        ill = [*noun.of, *(n for p, ns in [*noun.preps, *frame.preps] if p in ("for", "of", "in") for n in ns)]
        for target in dict.fromkeys(t for n in ill for t in things(n) if t.kind in ("disease", "phenotype")):
            for subject in (t for n in frame.subjects for t in (gene_of(n) or things(n)) if t.is_molecule):
                yield stated(unit, frame, subject, "associated_with", target, "associate")


def _carried(unit: Unit, frame: Frame) -> Iterator[Draft]:
    """ "Mutations in A were found in children with D", "patients with D carry mutations in A"."""
    if frame.verbs.passive and frame.verbs.lemma in _SEEING:
        genes = [t for n in frame.subjects for t in gene_of(replace(n, preps=[*n.preps, *frame.subject_preps]))]
        people = [(n, frame.preps) for n in frame.prep("in", "among") if n.head.lower in _PEOPLE]
    elif frame.verbs.lemma in ("carry", "harbour", "harbor", "have", "bear") and not frame.verbs.passive:
        genes = [t for n in frame.objects for t in gene_of(replace(n, preps=[*n.preps, *frame.preps]))]
        people = [(n, frame.subject_preps) for n in frame.subjects if n.head.lower in _PEOPLE]
    else:
        return
    for noun, around in people[:1]:
        with_ = [n for p, ns in [*noun.preps, *around] if p == "with" for n in ns]
        for target in dict.fromkeys(t for n in with_ for t in things(n) if t.kind in ("disease", "phenotype")):
            for gene in genes:
                yield stated(unit, frame, gene, "associated_with", target, "associate")


def told_by_variants(unit: Unit, frame: Frame) -> list[Thing]:
    """The subjects of a verb, genes in the place of their variants."""
    out = [t for n in frame.subjects for t in gene_of(replace(n, preps=[*n.preps, *frame.subject_preps]))]
    return out or actors(unit, frame.subjects, frame.elided)
