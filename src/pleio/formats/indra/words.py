"""INDRA's statement types for relations and aspects, both ways."""

from __future__ import annotations

# (relation, aspect) → type; a pair that is not here has no statement type
TYPES: dict[tuple[str, str | None], str] = {
    **{("increases", aspect): "IncreaseAmount" for aspect in ("mRNA", "protein", "abundance", "secretion")},
    **{("decreases", aspect): "DecreaseAmount" for aspect in ("mRNA", "protein", "abundance", "secretion")},
    ("increases", "phosphorylation"): "Phosphorylation",
    ("decreases", "phosphorylation"): "Dephosphorylation",
    ("increases", "activity"): "Activation",
    ("decreases", "activity"): "Inhibition",
    **{("increases", aspect): "Influence" for aspect in (None, "process", "phenotype")},
    **{("decreases", aspect): "Influence" for aspect in (None, "process", "phenotype")},
    ("regulates", None): "Influence",
    ("binds", None): "Complex",
}
POLARITIES = {"increases": 1, "decreases": -1, "regulates": None}

# type → its two ends, and the relation and aspect it means
ENDS = {
    "IncreaseAmount": ("subj", "obj"),
    "DecreaseAmount": ("subj", "obj"),
    "Activation": ("subj", "obj"),
    "Inhibition": ("subj", "obj"),
    "Phosphorylation": ("enz", "sub"),
    "Dephosphorylation": ("enz", "sub"),
    "Influence": ("subj", "obj"),
}
MEANINGS = {
    "IncreaseAmount": ("increases", "abundance"),
    "DecreaseAmount": ("decreases", "abundance"),
    "Activation": ("increases", "activity"),
    "Inhibition": ("decreases", "activity"),
    "Phosphorylation": ("increases", "phosphorylation"),
    "Dephosphorylation": ("decreases", "phosphorylation"),
    "Complex": ("binds", ""),
}
