"""A network as a pathway diagram: species as nodes, what each reaction makes of them and what drives it as edges.

Whether a species speeds or slows a rate is read off the rate law itself, at a few points of its arguments.  What
drives a rate through a switch alone is contested.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ...mechanisms.network import EMPTY
from ..content import Edge, Node, Pathway

if TYPE_CHECKING:
    from ...assembly.module import Mechanism
    from ...mechanisms import Expression, Network

POINTS = 7  # at which the sign of an influence is looked at; below 1, so that a share of a whole stays one
DEEPEST = 50  # assignment rules that lead to one another


def mechanism_pathway(mechanism: Mechanism) -> Pathway:
    """Give the diagram of joined modules, with the inputs that none of them defines and what is contested."""
    inputs = {key: one.meaning for key, one in mechanism.open_inputs.items()}
    return network_pathway(mechanism.network, inputs, mechanism.uncontested)


def network_pathway(network: Network, inputs: Mapping[str, str] = EMPTY, signs: Collection[str] = ()) -> Pathway:
    """Give the diagram of a network, left to right along its reactions.

    Args:
        inputs: name → label of parameters that are drawn as well, where they drive a reaction.
        signs: parameters by which contested effects enter rate laws.
    """
    edges = {(edge.source, edge.target, edge.effect): edge for edge in _edges(network, inputs, signs)}
    driven = {key: [edge.target for edge in edges.values() if edge.source == key] for key in inputs}
    driving = [key for key in inputs if driven[key]]
    stages = {key: stage + bool(driving) for key, stage in _stages(list(network.species), list(edges.values())).items()}
    stages |= {key: min(stages[target] for target in driven[key]) - 1 for key in driving}
    nodes = [Node(key, inputs[key] or key.replace("_", " "), stages[key], "signal", "") for key in driving] + [
        Node(key, species.label or key.replace("_", " "), stages[key], "signal", _place(species.compartment))
        for key, species in network.species.items()
    ]
    width = 1 + max(stages.values(), default=0)
    caption = f"{len(network.species)} species, {len(network.reactions)} reactions"
    return Pathway(("",) * width, tuple(nodes), tuple(edges.values()), caption)


def _edges(network: Network, inputs: Collection[str], signs: Collection[str]) -> Iterator[Edge]:
    shown = {*network.species, *inputs}
    for reaction in network.reactions.values():
        consumed = [participant.species for participant in reaction.reactants]
        made = [participant.species for participant in reaction.products]
        joins = len(consumed) > 1 and len(made) == 1
        for source in consumed:
            for target in made:
                if source != target:
                    yield Edge(source, target, "binds" if joins else "activates", None)
        if reaction.rate is None:
            continue
        for driver, sign in _drivers(network, reaction.rate, shown - set(consumed), signs):
            for target, towards in [*((t, sign) for t in made), *((t, -sign) for t in consumed if not made)]:
                if driver != target:
                    yield Edge(driver, target, {1: "activates", -1: "inhibits"}.get(towards, "contested"), None)


def _drivers(
    network: Network, rate: Expression, shown: Collection[str], signs: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Yield each of those shown that a rate depends on and the sign of its influence, 0 where that is contested."""
    from ...mechanisms.expression import name as named
    from ...mechanisms.expression import names, rewrite, substitute
    from ...mechanisms.interpret import evaluate

    plain = {"baseline": "untreated {}", "rateOf": "{}"}  # what was before does not move with what is now
    written = rewrite(
        rate, lambda node: named(plain[node.op].format(node.value)) if node.op in ("baseline", "rateOf") else node
    )
    for _ in range(DEEPEST):
        ruled = {key: network.assignments[key] for key in names(written) if key in network.assignments}
        if not ruled:
            break
        written = substitute(written, ruled)
    arguments = sorted(names(written))
    random = np.random.default_rng(1)
    at = {key: random.uniform(0.05, 0.95, POINTS) for key in arguments}
    off = {**at, **{key: np.zeros(POINTS) for key in arguments if key in signs}}
    for key in arguments:
        if key not in shown:
            continue
        for values, held in ((off, False), (at, True)):
            change = evaluate(written, {**values, key: values[key] * 1.01}) - evaluate(written, values)
            up, down = bool(np.any(change > 0)), bool(np.any(change < 0))
            if up or down:
                yield key, 0 if held else int(up) - int(down)
                break


def _place(compartment: str) -> str:
    return "" if compartment == "default_compartment" else compartment.replace("_", " ")  # Antimony's own word


def _stages(species: list[str], edges: list[Edge]) -> dict[str, int]:
    """Give each species the length of the shortest way to it from where nothing leads; cycles begin at their first."""
    after: dict[str, list[str]] = {key: [] for key in species}
    reached = set()
    for edge in edges:
        if edge.source in after and edge.target in after:
            after[edge.source].append(edge.target)
            reached.add(edge.target)
    stages: dict[str, int] = {}
    for start in [*(key for key in species if key not in reached), *species]:
        if start in stages:
            continue
        stages[start] = 0
        queue = deque([start])
        while queue:
            key = queue.popleft()
            for target in after[key]:
                if target not in stages:
                    stages[target] = stages[key] + 1
                    queue.append(target)
    return stages
