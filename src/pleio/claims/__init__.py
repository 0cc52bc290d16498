"""Entities, claims, evidence, contests, assumptions and belief."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Assumption": "assumption",
    "AssumptionBelief": "assumption_belief",
    "Beliefs": "belief",
    "Claim": "claim",
    "ClaimSet": "collection",
    "ContestBelief": "contest_belief",
    "Context": "claim",
    "Contest": "contest",
    "Draw": "draw",
    "Effect": "claim",
    "Entity": "entity",
    "Evidence": "claim",
    "Perturbation": "claim",
    "Prediction": "experiment",
    "Reference": "reference",
    "Weight": "contest_belief",
    "believe": "belief",
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
