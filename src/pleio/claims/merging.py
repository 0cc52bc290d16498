"""Merging claims that mean the same: commutative, associative and idempotent, so the order of reading never matters.

Each field is joined by an operation with those three laws: evidence and assumptions by union, a single value by the
strongest or, where strength means nothing, by the first in canonical order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..base.digests import canonical
from .claim import Claim, Evidence
from .entity import Entity
from .vocabulary import DIRECTNESS, KINDS


def merge(first: Claim, second: Claim) -> Claim:
    """Join two claims with one meaning into one that carries the evidence of both.

    Raises:
        ValueError: they do not mean the same.
    """
    if first.meaning != second.meaning:
        raise ValueError(f"'{first.id}' and '{second.id}' do not mean the same")
    pair = (first, second)
    ends = min(((claim.subject, claim.object) for claim in pair), key=lambda ends: [str(end) for end in ends])
    return Claim(
        id=min(claim.id for claim in pair),
        subject=_named(ends[0], pair),
        object=_named(ends[1], pair),
        relation=first.relation,
        value=first.value,
        aspect=first.aspect,
        context=_first(claim.context for claim in pair),
        comparator=first.comparator,
        directness=max((claim.directness for claim in pair), key=DIRECTNESS.index),
        kind=max((claim.kind for claim in pair), key=KINDS.index),
        effect=_first(claim.effect for claim in pair),
        margin=_first(claim.margin for claim in pair),
        system=_first(claim.system for claim in pair),
        note=_first(claim.note for claim in pair),
        rests_on=tuple(sorted({name for claim in pair for name in claim.rests_on})),
        evidence=union(item for claim in pair for item in claim.evidence),
    )


def merge_all(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Merge every group of claims with one meaning; the result is ordered by id."""
    merged: dict[str, Claim] = {}
    for claim in claims:
        known = merged.get(claim.meaning)
        merged[claim.meaning] = merge(claim, claim if known is None else known)
    return tuple(sorted(merged.values(), key=lambda claim: (claim.id, claim.meaning)))


def union(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Join evidence without repeats, in an order that does not depend on the order given."""
    found = {item.digest: item for item in evidence}
    return tuple(found[key] for key in sorted(found))


def _named(end: Entity, pair: tuple[Claim, Claim]) -> Entity:
    """Take the first of the names that an entity goes by."""
    names = [other for claim in pair for other in (claim.subject, claim.object) if other == end]
    return min(names, key=str)


def _first(values: Iterable[Any]) -> Any:
    """Take the first value in canonical order; a stated one before none."""
    stated = [value for value in values if value is not None]
    return min(stated, key=_order, default=None)


def _order(value: Any) -> bytes:
    return canonical(value.model_dump(mode="json") if hasattr(value, "model_dump") else value)
