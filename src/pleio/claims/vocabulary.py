"""The closed word lists of claims and evidence, and what a word implies (its outcomes, its question, its prior)."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from ..base.errors import nearest

SIGNED = ("increases", "decreases", "regulates")
RELATIONS = (
    *SIGNED,
    "binds",
    "part_of",
    "member_of",
    "expressed_in",
    "secreted_by",
    "has_identifier",
    "has_property",
    "associated_with",
    "treats",
    "causes_adverse_event",
    "under_investigation_for",
)
SYMMETRIC = ("binds", "associated_with")
ASPECTS = ("mRNA", "protein", "secretion", "phosphorylation", "activity", "abundance", "process", "phenotype")
DIRECTNESS = ("unknown", "net", "direct")  # weakest first: merging keeps the strongest
KINDS = ("structure", "receptor_proximal", "pharmacology", "cell_phenotype", "disease_outcome")
SPEECH = ("supports", "refutes", "null", "observation")
MODALITIES = ("asserted", "hedged", "speculative")
TRUST = ("file", "abstract", "derived", "unv-H", "unv-M", "unv-L")
VERBS = {
    "increases": ("increases", "increase"),
    "decreases": ("decreases", "decrease"),
    "regulates": ("changes", "change"),
    "binds": ("binds", "bind"),
    "part_of": ("is part of", "be part of"),
    "member_of": ("is a member of", "be a member of"),
    "expressed_in": ("is expressed in", "be expressed in"),
    "secreted_by": ("is secreted by", "be secreted by"),
    "has_identifier": ("has the identifier", "have the identifier"),
    "has_property": ("has", "have"),
    "associated_with": ("goes with", "go with"),
    "treats": ("treats", "treat"),
    "causes_adverse_event": ("can cause", "cause"),
    "under_investigation_for": ("is under investigation for", "be under investigation for"),
}
"""Relation → its verb as it stands after a subject, and after "may"."""

QUESTIONS = ("sufficiency", "necessity", "association")
BANDS = ("sceptic", "neutral", "believer")
STATE_EFFECTS = ("support", "noise", "reversed")

# a form of perturbation decides what the experiment asks
FORMS = {
    "endogenous": "association",
    "added": "sufficiency",  # given, in a form that the source does not name
    "recombinant": "sufficiency",
    "transgene": "sufficiency",
    "agonist": "sufficiency",
    "knock-out": "necessity",
    "siRNA": "necessity",
    "mutation": "necessity",
    "antibody": "necessity",
    "antagonist": "necessity",
    "inhibitor": "necessity",
}

SPECIES = {
    "human": "ncbitaxon:9606",
    "mouse": "ncbitaxon:10090",
    "rat": "ncbitaxon:10116",
    "rabbit": "ncbitaxon:9986",
    "guinea pig": "ncbitaxon:10141",
    "dog": "ncbitaxon:9615",
    "pig": "ncbitaxon:9823",
    "cynomolgus": "ncbitaxon:9541",
    "rhesus": "ncbitaxon:9544",
    "baboon": "ncbitaxon:9555",
    "zebrafish": "ncbitaxon:7955",
}

PLURALS = {
    "human": "people",
    "mouse": "mice",
    "cynomolgus": "cynomolgus monkeys",
    "rhesus": "rhesus monkeys",
    "zebrafish": "zebrafish",
}

SIGN_OUTCOMES = ("increases", "decreases", "no_effect")
PRESENCE_OUTCOMES = ("present", "absent")


def outcomes(relation: str) -> tuple[str, ...]:
    """Give the outcomes that a contest over this relation can have."""
    return SIGN_OUTCOMES if relation in SIGNED else PRESENCE_OUTCOMES


def relation_class(relation: str) -> str:
    """Give the class within which relations contest each other: all signed effects are one, any other its own."""
    return "effect" if relation in SIGNED else relation


def plural(species: str) -> str:
    """Give the word for subjects of a species, such as `mice`."""
    return PLURALS.get(species, f"{species}s")


def default_kind(relation: str, aspect: str | None) -> str:
    """Give the kind, and so the prior, of a claim that states none."""
    if relation in ("part_of", "member_of", "has_identifier", "has_property"):
        return "structure"
    if relation in ("treats", "causes_adverse_event", "under_investigation_for") or aspect == "phenotype":
        return "disease_outcome"
    if relation == "binds" or aspect == "phosphorylation":
        return "receptor_proximal"
    return "cell_phenotype"


def one_of(what: str, words: tuple[str, ...]) -> AfterValidator:
    """Make the check that a text is one of a closed list of words, with the nearest one as help."""

    def check(word: str) -> str:
        if word in words:
            return word
        alike = [known for known in words if known.casefold() == word.casefold()]
        help = f"did you mean '{alike[0]}'?" if alike else nearest(word, words) or "known: " + ", ".join(words)
        shown = word[:80].encode(errors="replace").decode()  # half a character could not be shown
        raise ValueError(f"unknown {what} '{shown}'; {help}")

    return AfterValidator(check)


SILENT_ASPECTS = (None, "process", "phenotype")
"""Aspects that the name of an object says already: "survival of platelets", not "survival of platelets process"."""

Relation = Annotated[str, one_of("relation", RELATIONS)]
Aspect = Annotated[str, one_of("aspect", ASPECTS)]
Directness = Annotated[str, one_of("directness", DIRECTNESS)]
Kind = Annotated[str, one_of("kind", KINDS)]
Speech = Annotated[str, one_of("'says'", SPEECH)]
Modality = Annotated[str, one_of("modality", MODALITIES)]
Trust = Annotated[str, one_of("trust tag", TRUST)]
Question = Annotated[str, one_of("question", QUESTIONS)]
Form = Annotated[str, one_of("form", tuple(FORMS))]
SpeciesName = Annotated[str, one_of("species", tuple(SPECIES))]
StateEffect = Annotated[str, one_of("effect of a state", STATE_EFFECTS)]
