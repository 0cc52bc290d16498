"""The pathway diagram: what stands where, and what acts on what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A place in the pathway: in which stage it stands (0 is leftmost), and with which others it belongs together."""

    id: str
    name: str
    stage: int
    kind: str = "signal"  # given, ligand, receptor, complex, signal, effect
    group: str = ""


@dataclass(frozen=True)
class Edge:
    """An influence in the pathway; `effect` is activates, inhibits, contested, mixed, binds or none."""

    source: str
    target: str
    effect: str
    belief: float | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pathway:
    """The diagram's content, from claims and agents; `stages` head its columns, `caption` says what it shows."""

    stages: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    caption: str = ""
