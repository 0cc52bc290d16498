"""Small pieces of discrete mathematics: equations paired with unknowns, sums that reactions conserve, an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..base.errors import ModelError, Problem
from .expression import Expression, names


def match(options: Sequence[Sequence[str]]) -> list[str | None]:
    """Pair each equation with one of its unknowns, no unknown twice, as many as can be (augmenting paths).

    Args:
        options: for each equation the unknowns that occur in it, the preferred ones first.

    Returns:
        The unknown of each equation; None where none is left.

    Example:
        >>> match([["x", "y"], ["x"]])
        ['y', 'x']
    """
    taken: dict[str, int] = {}
    for equation in range(len(options)):
        _augment(equation, options, taken)
    pairs: list[str | None] = [None] * len(options)
    for unknown, equation in taken.items():
        pairs[equation] = unknown
    return pairs


def _augment(start: int, options: Sequence[Sequence[str]], taken: dict[str, int]) -> bool:
    """Find a free unknown for `start` by moving others along a path, breadth first."""
    came_from: dict[str, int] = {}
    queue = [start]
    for equation in queue:
        for unknown in options[equation]:
            if unknown in came_from:
                continue
            came_from[unknown] = equation
            if unknown in taken:
                queue.append(taken[unknown])
                continue
            while True:  # walk back, moving each equation on the path to its new unknown
                mover = came_from[unknown]
                previous = next((u for u, e in taken.items() if e == mover), None)
                taken[unknown] = mover
                if mover == start or previous is None:
                    return True
                unknown = previous
    return False


def exchangeable(options: Sequence[Sequence[str]], pairs: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Yield (unknown, spare) pairs: the spare, which no equation got, could take the unknown's place.

    Example:
        >>> list(exchangeable([["x", "y"]], ["x"]))
        [('x', 'y')]
    """
    matched = {key for key in pairs if key is not None}
    takers: dict[str, list[str]] = {}  # by quantity, the unknowns of the equations that it occurs in
    for row, key in zip(options, pairs, strict=True):
        for occurring in row if key is not None else ():
            takers.setdefault(occurring, []).append(str(key))
    for spare in dict.fromkeys(key for row in options for key in row if key not in matched):
        reached, stack = {spare}, [spare]
        while stack:
            for key in takers.get(stack.pop(), ()):
                if key not in reached:
                    reached.add(key)
                    stack.append(key)
                    yield key, spare


def left_null_space(matrix: Sequence[Sequence[float]]) -> tuple[list[int], list[list[float]]]:
    """Find independent columns of a stoichiometric matrix and a basis of the sums over rows that it conserves.

    Args:
        matrix: one row per species, one column per reaction.

    Returns:
        The indices of a largest set of independent columns; and vectors w with w · matrix = 0, exact in fractions.

    Example:
        >>> left_null_space([[-1, 1], [1, -1]])
        ([0], [[1.0, 1.0]])
    """
    rows, columns = len(matrix), len(matrix[0])
    table = [
        [Fraction(value) for value in row] + [Fraction(int(i == j)) for j in range(rows)]
        for i, row in enumerate(matrix)
    ]
    independent: list[int] = []
    for column in range(columns):
        at = len(independent)
        pivot = next((r for r in range(at, rows) if table[r][column]), None)
        if pivot is None:
            continue
        table[at], table[pivot] = table[pivot], table[at]
        for r in range(at + 1, rows):
            factor = table[r][column] / table[at][column]
            if factor:
                table[r] = [a - factor * b for a, b in zip(table[r], table[at], strict=True)]
        independent.append(column)
    space = [[float(value) for value in row[columns:]] for row in table[len(independent) :]]
    return independent, space


def in_order(definitions: Mapping[str, Expression], subject: str, what: str) -> dict[str, Expression]:
    """Sort definitions so that each stands after those it uses.

    Raises:
        ModelError: there is a circle; the message shows it.
    """
    ordered: dict[str, Expression] = {}
    for root in definitions:
        stack = [(root, iter(sorted(names(definitions[root]) & definitions.keys())))] if root not in ordered else []
        path = {root: None}
        while stack:
            key, needed = stack[-1]
            after = next((word for word in needed if word not in ordered), None)
            if after is None:
                ordered[key] = definitions[key]
                path.pop(key)
                stack.pop()
            elif after in path:
                circle = [*list(path)[list(path).index(after) :], after]
                raise ModelError(subject, Problem(after, what, " → ".join(circle)))
            else:
                path[after] = None
                stack.append((after, iter(sorted(names(definitions[after]) & definitions.keys()))))
    return ordered
