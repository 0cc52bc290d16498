"""Which powers of a block are computed by one call: several at a time take less time than one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from .straight import TOGETHER

MOST_EARLY: Final = 8  # operations that are moved before others so that a power can be computed early


def groups(
    block: Sequence[int], is_power: Callable[[int], bool], operands: Callable[[int], Sequence[int]]
) -> dict[int, tuple[list[int], list[int]]]:
    """Find groups of powers, by the first of each: the operations to be done before the call, and its powers.

    Args:
        block: operations in an order in which they can be computed.
        operands: of an operation; those that are not in the block are there before it.
    """
    place = {node: number for number, node in enumerate(block)}
    waiting = [node for node in block if is_power(node)]
    computed: dict[int, int] = {}  # where each power will be
    found: dict[int, tuple[list[int], list[int]]] = {}
    while waiting:
        first, early = waiting[0], _needed(waiting[0], waiting[0], place, computed, is_power, operands)
        group, before = [first], early or []
        for node in waiting[1:] if early is not None else ():
            needed = _needed(node, first, place, computed, is_power, operands)
            if needed is not None:
                group.append(node)
                before = before + needed
            if len(group) == max(TOGETHER):
                break
        count = next((count for count in TOGETHER if count <= len(group)), 1)
        if count > 1:
            found[first] = sorted(set(before), key=place.__getitem__), group[:count]
        computed.update(dict.fromkeys(group[:count], place[first]))
        waiting = [node for node in waiting if node not in computed]
    return found


def _needed(
    power: int,
    first: int,
    place: dict[int, int],
    computed: dict[int, int],
    is_power: Callable[[int], bool],
    operands: Callable[[int], Sequence[int]],
) -> list[int] | None:
    """The few operations of the block that a power stands on; None where they cannot all be done before `first`."""
    needed: list[int] = []
    stack = [*operands(power)]
    while stack:
        node = stack.pop()
        if node not in place or computed.get(node, len(place)) < place[first]:
            continue
        if is_power(node) or len(needed) == MOST_EARLY:
            return None
        needed.append(node)
        stack.extend(operands(node))
    return needed
