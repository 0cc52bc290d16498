"""The labels by which infoboxes name identifiers and aliases, for the reader and the audit alike."""

from __future__ import annotations

IDENTIFIER_LABELS: dict[str, str] = {
    **dict.fromkeys(("ncbi gene id", "ncbi gene", "entrez", "entrez gene", "entrez id"), "ncbigene"),
    **dict.fromkeys(("entrez gene id", "gene id", "geneid"), "ncbigene"),
    **dict.fromkeys(("uniprot", "uniprot id", "uniprotkb", "uniprot accession", "swiss-prot"), "uniprot"),
    **dict.fromkeys(("omim", "omim id", "mim", "omim gene"), "omim"),
    **dict.fromkeys(("hgnc", "hgnc id"), "hgnc"),
    **dict.fromkeys(("ensembl", "ensembl id", "ensembl gene", "ensembl gene id"), "ensembl"),
}  # fmt: skip
ALIAS_LABELS = frozenset(
    "aliases|alias|synonyms|gene synonyms|gene aliases|synonym|protein synonyms|"
    "also known as|other names|alternative names|alternate names|previous symbols".split("|")
)
BOX_LABELS = (
    IDENTIFIER_LABELS.keys()
    | ALIAS_LABELS
    | frozenset(
        "symbol|gene symbol|approved symbol|gene name|full name|name|protein|gene|chromosome|location|locus|"
        "chromosome location|chromosomal location|cytogenetic location|cytogenetic band|exons|exon count|superfamily|"
        "length|protein length|mature length|mature protein|signal peptide|"
        "precursor|precursor length|mass|molecular mass|molecular weight|mw|protein mass|half-life|isoforms|species|"
        "organism|taxon|accession|primary accession|entry|"
        "protein class|class|family|gene family|protein family|associated diseases|receptor".split("|")
    )
)
