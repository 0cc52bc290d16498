"""CURIEs: `prefix:local`, lower-case prefix, with the pattern and web address of each prefix that pleio uses.

Patterns and addresses follow the Bioregistry (CC0), which a test compares them with where it is installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import InputError, Problem, nearest


@dataclass(frozen=True)
class Prefix:
    """One namespace: the pattern of its local ids, and the address a local id resolves to."""

    name: str
    pattern: str
    address: str


PREFIXES: dict[str, Prefix] = {
    prefix: Prefix(name, pattern, address)
    for prefix, name, pattern, address in [
        ("hgnc", "HGNC", r"\d{1,5}", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}"),
        ("ncbigene", "NCBI Gene", r"\d+", "https://www.ncbi.nlm.nih.gov/gene/{}"),
        ("uniprot", "UniProt", r"[A-Z][0-9][A-Z0-9]{3}[0-9](?:[A-Z][A-Z0-9]{2}[0-9])?(?:-\d+)?", "https://www.uniprot.org/uniprotkb/{}"),
        ("omim", "OMIM", r"\d{6}", "https://www.omim.org/entry/{}"),
        ("ensembl", "Ensembl", r"ENS[A-Z]*[GTPE]\d{11}(?:\.\d+)?", "https://www.ensembl.org/id/{}"),
        ("mgi", "MGI", r"\d+", "https://www.informatics.jax.org/accession/MGI:{}"),
        ("fplx", "FamPlex", r"\w[\w-]*", "https://bioregistry.io/fplx:{}"),
        ("cl", "Cell Ontology", r"\d{7}", "http://purl.obolibrary.org/obo/CL_{}"),
        ("uberon", "Uberon", r"\d{7}", "http://purl.obolibrary.org/obo/UBERON_{}"),
        ("go", "Gene Ontology", r"\d{7}", "http://purl.obolibrary.org/obo/GO_{}"),
        ("mondo", "Mondo", r"\d{7}", "http://purl.obolibrary.org/obo/MONDO_{}"),
        ("hp", "Human Phenotype Ontology", r"\d{7}", "http://purl.obolibrary.org/obo/HP_{}"),
        ("chebi", "ChEBI", r"\d+", "http://purl.obolibrary.org/obo/CHEBI_{}"),
        ("mesh", "MeSH", r"[CD]\d{6,9}", "https://meshb.nlm.nih.gov/record/ui?ui={}"),
        ("drugbank", "DrugBank", r"DB\d{5}", "https://go.drugbank.com/drugs/{}"),
        ("ncbitaxon", "NCBI Taxonomy", r"\d+", "https://www.ncbi.nlm.nih.gov/taxonomy/{}"),
        ("eco", "Evidence and Conclusion Ontology", r"\d{7}", "http://purl.obolibrary.org/obo/ECO_{}"),
        ("sbo", "Systems Biology Ontology", r"\d{7}", "http://purl.obolibrary.org/obo/SBO_{}"),
        ("pubmed", "PubMed", r"\d{1,8}", "https://pubmed.ncbi.nlm.nih.gov/{}"),
        ("pmc", "PubMed Central", r"PMC\d+", "https://www.ncbi.nlm.nih.gov/pmc/articles/{}"),
        ("doi", "DOI", r"10\.\d{4,9}/\S+", "https://doi.org/{}"),
        ("pdb", "Protein Data Bank", r"\d[A-Za-z0-9]{3}", "https://www.rcsb.org/structure/{}"),
        ("clinicaltrials", "ClinicalTrials.gov", r"NCT\d{8}", "https://clinicaltrials.gov/study/{}"),
        ("geo", "Gene Expression Omnibus", r"G(?:SE|SM|DS|PL)\d+", "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc={}"),
        ("biomodels", "BioModels", r"(?:BIOMD|MODEL)\d{10}", "https://www.ebi.ac.uk/biomodels/{}"),
        ("petab", "PEtab benchmark model", r"\w+", "https://github.com/Benchmarking-Initiative/Benchmark-Models-PEtab#{}"),
        ("isbn", "ISBN", r"[\dX-]{10,17}", "https://openlibrary.org/isbn/{}"),
        ("url", "web address", r"https?://\S+", "{}"),
        ("pleio", "pleio", r"[a-z0-9][a-z0-9_./-]*", ""),
    ]
}  # fmt: skip


def parse(text: str) -> tuple[str, str]:
    """Split a CURIE into its prefix and local id, checking both.

    Raises:
        InputError: there is no colon, the prefix is unknown, or the local id does not have that prefix's form.

    Example:
        >>> parse("hgnc:5966")
        ('hgnc', '5966')
    """
    prefix, colon, local = text.partition(":")
    if not colon or not prefix:
        raise InputError(f"'{text}'", Problem("", "is not a CURIE", "write prefix:id, such as hgnc:5966"))
    known = PREFIXES.get(prefix)
    if known is None:
        raise InputError(f"'{text}'", Problem("", f"unknown prefix '{prefix}'", nearest(prefix, PREFIXES)))
    if not re.fullmatch(known.pattern, local):
        raise InputError(
            f"'{text}'", Problem("", f"'{local}' is not a {known.name} id", f"its form is {known.pattern}")
        )
    return prefix, local


def address(curie: str) -> str:
    """Give the web address that a CURIE resolves to; empty for pleio's own ids.

    Example:
        >>> address("pmc:PMC9408968")
        'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9408968'
    """
    prefix, local = parse(curie)
    return PREFIXES[prefix].address.format(local)
