"""What tables list as names and no text means so: abbreviations of other things, and words like "factor"."""

from __future__ import annotations

NOT_GENES = {
    "AND", "THE", "FOR", "NOT", "ALL", "DNA", "RNA", "FDA", "EMA", "MRI", "PCR", "USA", "PBS", "DMSO", "WHO",
    "SEM", "SD", "ANOVA",
    "ELISA", "HR", "CI", "OR", "IV", "SC", "IP", "ID", "KO", "WT", "AA", "BW", "CNS", "BBB", "NIH", "PMID", "DOI",
    "HTML", "XML", "PDF",
    "CT", "PET", "CAR", "REST", "SET", "IMPACT", "LARGE", "ICE", "FACS", "MHC", "ATP", "ADP", "GTP", "GDP", "UV",
    "PK", "PD", "AUC",
    "RCT", "MOA", "TED", "NASH", "HFD", "PM", "AM", "GAS", "STAR", "CAMP", "MAP", "AIM", "ACE", "TEMPO", "CELL",
    "FIG", "II", "III",
    "VI", "IMPLANT", "ER", "ECM", "SASP", "EMT", "GENE", "PROTEIN", "TARGET", "MISS", "COPE", "POLE", "BITE",
    "ROS", "NO", "BAL", "HDL", "LDL",
}  # fmt: skip
GENERIC = {
    "protein", "proteins", "receptor", "receptors", "factor", "factors", "complex", "antigen", "matrix", "kinase",
    "kinases", "cytokine",
    "cytokines", "ligand", "subunit", "mature", "precursor", "inhibitor", "enzyme", "hormone",
    "antibody", "chain", "growth",
    "function", "signaling", "signalling", "secretion", "binding", "development", "localization", "transport",
    "metabolism", "response",
    "pathogenesis", "gene", "genes", "cell", "cells", "tissue", "activation", "expression", "death", "injury",
    "damage", "stress", "disease",
    "diseases", "disorder", "syndrome", "pain", "normal", "other", "type", "membrane", "nucleus", "family",
    "complexes", "active", "reduced",
    "system", "level", "levels", "onset", "severe", "mild", "acute", "chronic", "progressive", "recurrent",
    "child", "adult", "role", "water",
    "transcription", "translation", "memory", "learning", "aging", "ageing", "reproduction", "pigmentation",
    "reflex", "molecule",
    "homodimer", "heterodimer", "dimer", "monomer", "trimer", "tetramer", "oligomer", "dimers", "homodimers",
    "regulation", "behavior", "behaviour", "process", "pathway", "side", "target", "signal", "region", "domain",
    "loop", "increased", "alpha chain", "beta chain", "gamma chain", "alpha subunit", "beta subunit", "alpha chains",
}  # fmt: skip
