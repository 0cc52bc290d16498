"""Entities, claims, evidence, contests, assumptions and belief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.lazily import loading

if TYPE_CHECKING:
    from .assumption import Assumption as Assumption
    from .belief.assumption_belief import AssumptionBelief as AssumptionBelief
    from .belief.beliefs import Beliefs as Beliefs
    from .belief.beliefs import believe as believe
    from .belief.contest_belief import ContestBelief as ContestBelief
    from .belief.contest_belief import Weight as Weight
    from .belief.draw import Draw as Draw
    from .belief.experiment import Prediction as Prediction
    from .claim import Claim as Claim
    from .claim import Context as Context
    from .claim import Effect as Effect
    from .claim import Evidence as Evidence
    from .claim import Perturbation as Perturbation
    from .collection import ClaimSet as ClaimSet
    from .contest import Contest as Contest
    from .contest import why_not_a_contest as why_not_a_contest
    from .entity import Entity as Entity
    from .merging import merge as merge
    from .merging import merge_all as merge_all
    from .read import read_assumptions as read_assumptions
    from .read import read_claim_set as read_claim_set
    from .read import read_claims as read_claims
    from .read import read_references as read_references
    from .reference import Reference as Reference

_HOME = {
    "Assumption": "assumption",
    "AssumptionBelief": "belief.assumption_belief",
    "Beliefs": "belief.beliefs",
    "Claim": "claim",
    "ClaimSet": "collection",
    "ContestBelief": "belief.contest_belief",
    "Context": "claim",
    "Contest": "contest",
    "Draw": "belief.draw",
    "Effect": "claim",
    "Entity": "entity",
    "Evidence": "claim",
    "Perturbation": "claim",
    "Prediction": "belief.experiment",
    "Reference": "reference",
    "Weight": "belief.contest_belief",
    "believe": "belief.beliefs",
    "merge": "merging",
    "merge_all": "merging",
    "read_assumptions": "read",
    "read_claim_set": "read",
    "read_claims": "read",
    "read_references": "read",
    "why_not_a_contest": "contest",
}

__all__ = sorted(_HOME)
__getattr__ = loading(__name__, _HOME)
