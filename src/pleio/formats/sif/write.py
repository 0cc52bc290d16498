"""Writing claims as SIF."""

from __future__ import annotations

from collections.abc import Iterable

from ...claims.claim import Claim
from ...claims.entity import Entity


def write_sif(claims: Iterable[Claim]) -> bytes:
    """Write each distinct subject, relation and object once, ends as `CURIE name`."""
    lines = dict.fromkeys(f"{_node(claim.subject)}\t{claim.relation}\t{_node(claim.object)}\n" for claim in claims)
    return "".join(lines).encode()


def _node(entity: Entity) -> str:
    return " ".join(str(entity).split())  # a tab or line break in a name would be read as another cell
