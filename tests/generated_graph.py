"""A large graph for tests and for the bench: few places with many ties, many with few, as claims have it."""

from __future__ import annotations

import numpy as np

from pleio.web.atlas.graph import Graph, Tie

RELATIONS = ("increases", "increases", "decreases", "regulates", "binds", "expressed_in")


def large_graph(ties: int, seed: int = 7) -> Graph:
    """Generate a graph; the same number and seed give the same one."""
    random = np.random.default_rng(seed)
    places = max(2, ties // 4)
    source = np.minimum((random.pareto(1.1, ties) * places / 400).astype(int), places - 1)
    target = random.integers(0, places, ties)
    beliefs = random.random(ties).round(2)
    names = {f"hgnc:{n}": f"GENE{n}" for n in range(places)}
    made = (
        Tie(f"claim-{n}", f"hgnc:{a}", f"hgnc:{b}", RELATIONS[n % 6], "", "human", float(beliefs[n]), n % 9 == 0, 1)
        for n, (a, b) in enumerate(zip(source.tolist(), target.tolist(), strict=True))
    )
    return Graph(names, made)
