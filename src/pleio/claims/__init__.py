"""Entities, claims, evidence, contests, assumptions and belief."""

from __future__ import annotations

from importlib import import_module
from typing import Any

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


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: pydantic is not loaded before."""
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
