"""Powers that are computed by one call: none before what it stands on, none twice."""

from __future__ import annotations

import random

from pleio.compiler.backends.straight import TOGETHER
from pleio.compiler.backends.together import groups


def _random_block(seed: int) -> tuple[list[int], dict[int, tuple[int, ...]], set[int]]:
    r = random.Random(seed)
    args = {node: tuple(r.sample(range(-5, node), r.randint(1, 2))) for node in range(60)}
    return list(args), args, {node for node in args if r.random() < 0.3}


def test_whatever_stands_on_whatever_each_power_comes_after_its_operands() -> None:
    together = 0
    for seed in range(300):
        block, args, powers = _random_block(seed)
        found = groups(block, powers.__contains__, lambda node: args[node])  # noqa: B023
        together += len(found)
        known: set[int] = set()
        computed: list[int] = []
        for node in block:
            if node in found:
                early, group = found[node]
                assert group[0] == node and len(group) in TOGETHER
                for other in (*(n for n in early if n not in known), *group):
                    assert all(arg < 0 or arg in known or arg in group for arg in args[other])
                    assert other not in group or not set(args[other]) & set(group)
                    known.add(other) if other not in group else None
                known.update(group)
                computed += group
            elif node not in known:
                assert all(arg < 0 or arg in known for arg in args[node])
                known.add(node)
                computed += [node] * (node in powers)
        assert sorted(computed) == sorted(powers)
    assert together > 300


def test_a_chain_of_powers_is_computed_one_by_one() -> None:
    assert groups([0, 1, 2, 3], lambda node: True, lambda node: (node - 1,)) == {}
