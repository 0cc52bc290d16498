"""Short ways to write claims and evidence in tests."""

from __future__ import annotations

from typing import Any

from pleio.claims.assumption import Assumption
from pleio.claims.belief.beliefs import Beliefs, believe
from pleio.claims.claim import Claim
from pleio.claims.collection import ClaimSet


def evidence(says: str = "supports", source: str = "pubmed:1", **keys: Any) -> dict[str, Any]:
    """Evidence from recombinant IL-11 of the species it is given to, human unless told otherwise."""
    species = keys.pop("species", "human")
    given = {"agent": "IL11", "form": keys.pop("form", "recombinant"), "from": keys.pop("from_", species)}
    return {
        "says": says,
        "finding": "something was found",
        "source": source,
        "trust": keys.pop("trust", "abstract"),
        "perturbation": given,
        "context": {"species": species, **keys.pop("context", {})},
        **keys,
    }


def review(cites: list[str], source: str = "pubmed:900", **keys: Any) -> dict[str, Any]:
    """A statement without data of its own."""
    return evidence(source=source, secondary=True, cites=cites, **keys)


def claim(*items: dict[str, Any], id: str = "c", relation: str = "increases", **keys: Any) -> Claim:
    """IL-11 and a cell phenotype of our own."""
    base = {"subject": "hgnc:5966 IL11", "object": "pleio:spreading spreading", "kind": "cell_phenotype"}
    return Claim.model_validate({**base, "id": id, "relation": relation, "evidence": list(items), **keys})


def rh_il11_in_mouse(agonist: float = 1 / 3, weak: float = 1 / 3, antagonist: float = 1 / 3) -> Assumption:
    """The premise that recombinant human IL-11 signals in mice."""
    states = [("agonist", agonist, "support"), ("weak_agonist", weak, "noise"), ("antagonist", antagonist, "reversed")]
    return Assumption.model_validate(
        {
            "id": "rhIL11-in-mouse",
            "premise": "Recombinant human IL-11 signals normally in mice",
            "why": "Reports differ",
            "states": [
                {"name": name, "effect": effect, "prior": {"sceptic": p, "neutral": p, "believer": p}}
                for name, p, effect in states
            ],
            "applies_to": {"agent": ["IL11", "oprelvekin"], "from": "human", "species": "mouse"},
        }
    )


def beliefs(*claims: Claim, band: str = "neutral", assumptions: tuple[Assumption, ...] = (), **keys: Any) -> Beliefs:
    """The beliefs in some claims."""
    return believe(ClaimSet(claims, assumptions), band, **keys)


def outcomes(*claims: Claim, question: str = "sufficiency", **keys: Any) -> dict[str, float]:
    """The belief in the contest of the first claim."""
    return dict(beliefs(*claims, **keys).of(claims[0].id, question).outcomes)
