"""Class nouns that stand for a name told before ("the cytokine", "this receptor"), and the names each can stand for."""

from __future__ import annotations

import re
from functools import lru_cache

from ..names.mention import Mention
from ..vocabulary import gene

SIGNALS = (
    "cytokine", "chemokine", "hormone", "interleukin", "ligand", "adipokine", "myokine", "alarmin", "neurotrophin",
    "growth factor", "lymphokine", "interferon", "mitogen", "morphogen",
)  # fmt: skip
ANY = ("protein", "molecule", "factor", "peptide", "glycoprotein", "polypeptide", "gene", "proteoglycan")
_SIGNAL = re.compile(
    r"interleukin|growth factor|differentiation factor|chemokine|interferon|necrosis factor|stimulating factor|ligand|"
    r"hormone|leptin|adiponectin|poietin|activin|inhibin|morphogenetic|cytokine|oncostatin|cardiotrophin|neurotroph|"
    r"natriuretic|insulin|glucagon|midkine|pleiotrophin|resistin|myostatin|inhibitory factor|osteopontin|amphiregulin|"
    r"superfamily member|secreted phosphoprotein|lymphotoxin|ghrelin|irisin|hepcidin|angiopoietin|noggin|follistatin",
    re.I,
)
_HORMONE = re.compile(r"hormone|leptin|insulin|glucagon|ghrelin|poietin|adiponectin|natriuretic|hepcidin|irisin", re.I)
_CHEMOKINE = re.compile(r"chemokine|interleukin 8", re.I)
_RECEPTOR = re.compile(r"receptor|signal transducer$|integrin", re.I)
AGENT_HEADS = set(
    "protein antibody nanobody inhibitor antagonist agonist blocker decoy trap vector vaccine compound drug peptide "
    "oligonucleotide construct superagonist mutein analogue analog".split()
)
_SHORT_RECEPTOR = re.compile(r"(?:R|R[A1-9αβγ]|RA|RB|RG)$")


def fits(kind: str, mention: Mention) -> bool:
    """Say whether a name can be what a pronoun or a class noun stands for."""
    if not mention.is_molecule:
        return False
    if kind in ("it", "its"):
        return True
    drug = mention.category == "drug"
    if kind in ANY or kind == "transcript":
        return not drug
    called = _full_name(mention.curie) or f"{mention.text} {mention.label}"
    if kind == "receptor":
        return bool(_RECEPTOR.search(called) or _SHORT_RECEPTOR.search(mention.text))
    if _RECEPTOR.search(called) or drug:
        return False
    if kind == "hormone":
        return bool(_HORMONE.search(called))
    if kind == "chemokine":
        return bool(_CHEMOKINE.search(called))
    if kind == "ligand":
        return bool(_SIGNAL.search(called))
    return bool(_SIGNAL.search(called)) and not re.search("hormone", called, re.I)


@lru_cache(maxsize=4096)
def _full_name(curie: str) -> str:
    known = gene(curie[5:]) if curie.startswith("hgnc:") else None
    return known.name if known is not None else ""
