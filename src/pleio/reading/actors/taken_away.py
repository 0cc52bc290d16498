"""What a phrase says was taken away: variants that lose a gene, mice that lack it, "silencing A"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..grammar.phrases import Noun
from ..things import Thing, things, things_of
from ..unit import Unit
from ..words.head_nouns import MODEL_WORDS

_VARIANTS = set("variants variant mutations mutation alleles allele polymorphisms polymorphism snps haplotypes".split())
_LOSING = set("loss-of-function null inactivating deleterious truncating nonsense biallelic".split())
_LOST = {"loss-of-function", "null", "inactivating", "deleterious", "hypomorphic"}
_CARRIERS = {"carriers", "carrier", "heterozygotes", "homozygotes"}
_WITHOUT = re.compile(
    r"\s+(?:deficient (?:in|for)|lacking|(?:that|which) (?:lack(?:ed|s)?|do not express)|null for|devoid of|without)\s"
    r"(?:(?:functional|intact|endogenous|the|any)\s)?"
)


def of_variants(unit: Unit, noun: Noun) -> list[Thing] | None:
    """ "Loss-of-function variants in A", "A null alleles", "carriers of A": A; none of a phrase about none."""
    head = noun.head.lower
    if head in _CARRIERS and noun.of:
        return [t for n in noun.of for t in things(n) if t.is_molecule]
    if head not in _VARIANTS:
        return None
    lowers = {w.lower for w in noun.words}
    if not noun.of:
        own = [t for w in noun.words[-2:-1] if w.is_name and w.mention is not None for t in things(Noun([w]))]
        if own:
            return [replace(t, loss="variant") if lowers & _LOSING else t for t in own if t.is_molecule]
    around = unit.subject_preps(noun)
    if lowers & _LOST:
        lost = [t for n in (*(n for _, ns in around for n in ns), *noun.of) for t in things(n)]
        return [replace(t, loss="variant") for t in lost if t.is_molecule]
    if any(w.mention for w in noun.words):
        return None
    where = [n for p, ns in noun.preps if p in _AT for n in ns]
    where += noun.of if head.endswith("s") else []  # "the R381Q variant of A" is one that differs from A
    where += [n for p, ns in around if p in _AT for n in ns]
    return list(dict.fromkeys(t for n in where for t in things(n) if t.is_molecule and not t.loss)) or None


_AT = ("in", "at", "near")


def of_mutants(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Mice with deletion of A", "cells lacking A": A, taken away."""
    if noun.head.lower not in MODEL_WORDS:
        return []
    own = [t for p, ns in noun.preps if p in _AMONG for n in ns for t in things(n) if t.loss]
    around = [t for p, ns in unit.subject_preps(noun) if p in _AMONG for n in ns for t in things(n) if t.loss]
    carried = [*own, *(t for t in around if t not in own)]
    if carried:
        return carried
    missing = _WITHOUT.match(unit.passage.text, noun.end)
    if missing is None:
        return []
    near = (m for m in unit.mentions if missing.end() <= m.start < missing.end() + 12 and m.is_molecule)
    return [replace(things_of(m), loss="knockout") for m in near][:1]


_AMONG = ("with", "from", "of")
_GERUNDS = {
    "silencing": "siRNA", "deleting": "knockout", "inhibiting": "inhibition", "blocking": "blockade",
    "depleting": "depletion", "ablating": "knockout", "neutralizing": "antibody", "neutralising": "antibody",
    "disrupting": "knockout", "removing": "withdrawal", "antagonizing": "blockade", "antagonising": "blockade",
    "inactivating": "knockout", "eliminating": "knockout",
}  # fmt: skip
_OPENERS = {"and", "that", "while", "by", "after", "upon", "on", "with", "through", "following", "or"}


def by_gerund(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Silencing A reduced B": A, taken away."""
    at = next((i for i, w in enumerate(unit.words) if w.start == noun.start), 0)
    before = unit.words[at - 1].lower if at else ""
    if before == "down" and at > 1 and unit.words[at - 2].lower == "knocking":
        before, at = "silencing", at - 1
    opens = at < 2 or unit.words[at - 2].text in (",", ".") or unit.words[at - 2].lower in _OPENERS
    if before not in _GERUNDS or not opens:
        return []
    return [replace(t, loss=_GERUNDS[before]) for t in things(noun) if t.is_molecule]
