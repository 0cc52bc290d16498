"""The shipped vocabulary: compressed tables, and the look-ups that read each once, on first use."""

from .load import Gene, Name, begins, drug, gene, gene_identified, genes_named, keys_of, names, retracted

__all__ = ["Gene", "Name", "begins", "drug", "gene", "gene_identified", "genes_named", "keys_of", "names", "retracted"]
