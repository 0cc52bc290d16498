"""Biolink's words for relations and aspects, both ways."""

from __future__ import annotations

# relation → predicate; signed relations are `affects` with a qualified direction
PREDICATES = {
    "increases": "affects",
    "decreases": "affects",
    "regulates": "regulates",
    "binds": "directly_physically_interacts_with",
    "part_of": "part_of",
    "member_of": "member_of",
    "expressed_in": "expressed_in",
    "secreted_by": "produced_by",
    "has_identifier": "same_as",
    "has_property": "related_to",
    "associated_with": "associated_with",
    "treats": "treats",
    "causes_adverse_event": "has_adverse_event",
    "under_investigation_for": "in_clinical_trials_for",
}
DIRECTIONS = {"increases": "increased", "decreases": "decreased"}
ASPECTS = {
    "mRNA": "expression",
    "protein": "abundance",
    "secretion": "secretion",
    "phosphorylation": "phosphorylation",
    "activity": "activity",
    "abundance": "abundance",
}

# what others write
RELATIONS = {
    **{predicate: relation for relation, predicate in PREDICATES.items() if relation not in DIRECTIONS},
    "related_to": "associated_with",
    "affects": "regulates",
    "causes": "increases",
    "interacts_with": "binds",
    "physically_interacts_with": "binds",
    "binds": "binds",
    "correlated_with": "associated_with",
    "positively_correlated_with": "associated_with",
    "negatively_correlated_with": "associated_with",
    "gene_associated_with_condition": "associated_with",
    "has_side_effect": "causes_adverse_event",
    "applied_to_treat": "treats",
    "treats_or_applied_or_studied_to_treat": "under_investigation_for",
    "contributes_to": "increases",
    "entity_positively_regulates_entity": "increases",
    "entity_negatively_regulates_entity": "decreases",
    "positively_regulates": "increases",
    "negatively_regulates": "decreases",
}
SIGNED = {
    "increased": "increases",
    "upregulated": "increases",
    "decreased": "decreases",
    "downregulated": "decreases",
}
READOUTS = {
    "expression": "mRNA",
    "abundance": "abundance",
    "secretion": "secretion",
    "phosphorylation": "phosphorylation",
    "activity": "activity",
    "activity_or_abundance": "abundance",
    "synthesis": "abundance",
}
