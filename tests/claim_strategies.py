"""Claims of every shape, for laws that must hold of all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pleio.claims.claim import Claim
from pleio.claims.vocabulary import ASPECTS, DIRECTNESS, FORMS, KINDS, MODALITIES, RELATIONS, SIGNED, SPECIES, TRUST

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=40)
WORDS = TEXT.filter(lambda text: any(c.isprintable() and not c.isspace() for c in text))  # something is left of it
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,12}", fullmatch=True)
CURIES = st.sampled_from(["hgnc:5966", "fplx:ERK", "chebi:15365", "pleio:odd/thing", "uniprot:P20809", "go:0008283"])
SOURCES = st.sampled_from(["pubmed:1", "pmc:PMC2", "doi:10.1000/a|b", "doi:10.1/x\\y".replace("10.1/", "10.1001/")])


def entities(curies: st.SearchStrategy[str] = CURIES) -> st.SearchStrategy[str]:
    return st.builds(lambda curie, name: f"{curie} {name}", curies, WORDS)


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "species": st.sampled_from(sorted(SPECIES)),
        "cell_type": entities(st.just("cl:0000057")),
        "tissue": entities(st.just("uberon:0002048")),
        "disease": entities(st.just("mondo:0005044")),
        "system": WORDS,
    },
)
PERTURBATIONS = st.fixed_dictionaries(
    {"agent": WORDS, "form": st.sampled_from(sorted(FORMS))},
    optional={"from": st.sampled_from(sorted(SPECIES)), "dose": WORDS, "duration": WORDS},
)
EVIDENCE = st.fixed_dictionaries(
    {
        "says": st.sampled_from(["supports", "refutes", "null"]),
        "finding": WORDS,
        "source": SOURCES,
        "trust": st.sampled_from(TRUST),
    },
    optional={
        "perturbation": PERTURBATIONS,
        "context": CONTEXTS,
        "study": entities(st.just("eco:0000314")),
        "n": st.integers(1, 10**6),
        "power": st.floats(0, 1),
        "read_right": st.floats(0, 1),
        "modality": st.sampled_from(MODALITIES),
        "laboratory": WORDS,
    },
)
EFFECTS = st.fixed_dictionaries(
    {},
    optional={
        "size": st.floats(allow_nan=False, allow_infinity=False),
        "unit": st.sampled_from(["1", "ng/mL", "h"]),
        "interval": st.tuples(st.floats(-1e6, 0), st.floats(0, 1e6)),
        "n": st.integers(1, 1000),
    },
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """One claim; its id follows from its meaning, so that a list of them has no id twice."""
    relation = draw(st.sampled_from(RELATIONS))
    evidence = draw(st.lists(EVIDENCE, max_size=3))
    if relation in SIGNED:
        evidence = [{**item, "reports": "no_effect"} if draw(st.booleans()) else item for item in evidence]
    secondary = {"says": "supports", "finding": "a review says so", "trust": "unv-M", "secondary": True}
    if draw(st.booleans()):
        evidence.append({**secondary, "cites": draw(st.lists(SOURCES, max_size=2, unique=True))})
    content = {
        "id": "x",
        "subject": draw(entities()),
        "relation": relation,
        "object": draw(entities()),
        "value": draw(WORDS) if relation == "has_property" else None,
        "aspect": draw(optional(st.sampled_from(ASPECTS))),
        "context": draw(CONTEXTS),
        "directness": draw(st.sampled_from(DIRECTNESS)),
        "kind": draw(st.sampled_from(KINDS)),
        "comparator": draw(optional(WORDS)),
        "effect": draw(optional(EFFECTS)),
        "margin": draw(optional(WORDS)),
        "system": draw(optional(NAMES)),
        "note": draw(optional(WORDS)),
        "evidence": evidence,
    }
    claim = Claim.model_validate(content)
    return claim.model_copy(update={"id": f"claim-{claim.meaning[:32]}"})
