"""The backbone: claims that are always on, being direct, shown twice independently, and spoken against by none."""

from __future__ import annotations

from collections.abc import Mapping

from ..claim import Claim, Evidence
from ..collection import ClaimSet
from ..contest import report
from ..vocabulary import PRESENCE_OUTCOMES, SIGNED
from .reports import OBSERVED, silence

FEWEST_SOURCES = 2


def claimed_outcome(claim: Claim) -> str | None:
    """Give the outcome that a claim is about, or None where its direction is unknown."""
    if claim.relation == "regulates":
        return None
    return claim.relation if claim.relation in SIGNED else PRESENCE_OUTCOMES[0]


def backbone(claims: ClaimSet, laboratories: Mapping[str, str]) -> frozenset[str]:
    """Name the claims of the backbone.

    A source counts if it is primary, asserted, and rests on no assumption; two papers of one laboratory are one source.

    Args:
        laboratories: which laboratory a source is from.
    """
    against: set[str] = set()
    for contest in claims.contests():
        said = {report(claim, item) for claim, item in contest.evidence if silence(item, claims) in ("", OBSERVED)}
        against |= {claim.id for claim in contest.claims if any(claimed_outcome(claim) not in each for each in said)}
    return frozenset(
        claim.id
        for claim in claims
        if claim.directness == "direct"
        and claimed_outcome(claim) is not None
        and claim.id not in against
        and len(_independent(claim, claims, laboratories)) >= FEWEST_SOURCES
    )


def _independent(claim: Claim, claims: ClaimSet, laboratories: Mapping[str, str]) -> set[str]:
    return {
        laboratories.get(item.source, item.source)
        for item in claim.evidence
        if item.source and item.says == "supports" and _is_firm(claim, item, claims)
    }


def _is_firm(claim: Claim, item: Evidence, claims: ClaimSet) -> bool:
    return (
        not item.secondary
        and item.modality == "asserted"
        and not silence(item, claims)
        and not claims.assumptions_of(claim, item)
    )
