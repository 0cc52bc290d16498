"""Endpoints that an arm leaves as they are without it in every world: nothing leads from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .result import Result

if TYPE_CHECKING:
    from .regimens.dosing import Dosing

Array = NDArray[np.float64]

SAME = 1e-6
"""What counts as the same value, relative to the largest: doses alone, which decide where steps end, move it less."""


def unmoved(result: Result) -> Mapping[str, tuple[str, ...]]:
    """Give arm → the endpoints that are as in the arm that gives nothing, for every subject of every world.

    A contested effect that no world happens to have reads the same; of hundreds of worlds that is as good as none.

    Returns:
        Nothing where every arm gives something; arms that move all endpoints are left out.  What has no value, such as
        a change relative to nothing, is not said to be unmoved.
    """
    none = next((i for i, arm in enumerate(result.study.arms.values()) if not arm), None)
    if none is None:
        return {}
    found = {arm: _same(result, i, none) for i, arm in enumerate(result.arms) if i != none}
    return {arm: missed for arm, missed in found.items() if missed}


def unmoved_besides(result: Result) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Give an arm and one that gives less → the endpoints that what it gives besides leaves as they are.

    Returns:
        Only arms that give all that another gives, and more; without the endpoints that the whole arm leaves alone.
    """
    arms, whole = list(result.study.arms.items()), unmoved(result)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for i, (arm, given) in enumerate(arms):
        fewer = [j for j, (_, other) in enumerate(arms) if other and _is_part(other, given)]
        most = max((len(arms[j][1]) for j in fewer), default=0)
        for j in fewer:
            missed = tuple(name for name in _same(result, i, j) if name not in whole.get(arm, ()))
            if missed and len(arms[j][1]) == most:
                found[arm, arms[j][0]] = missed
    return found


def _is_part(fewer: Sequence[Dosing], given: Sequence[Dosing]) -> bool:
    left = list(given)
    for dosing in fewer:
        if dosing not in left:
            return False
        left.remove(dosing)
    return bool(left)


def _same(result: Result, arm: int, other: int) -> tuple[str, ...]:
    """Name the endpoints that two arms share in every subject of every world."""
    columns = (-1, result.values.shape[-1])
    shares = np.array([one.relative_to is not None for one in result.study.endpoints.values()])
    same = same_values(result.values[arm].reshape(columns), result.values[other].reshape(columns), shares)
    return tuple(name for name, is_same in zip(result.study.endpoints, same, strict=True) if is_same)


def same_values(here: Array, there: Array, shares: NDArray[np.bool_], least: float = SAME) -> NDArray[np.bool_]:
    """Say of each column whether two tables have the same values in it; not where none is known.

    Args:
        here, there: Shape (rows, columns).
        shares: whether a column is relative to a baseline already.  Shape (columns,).
        least: what tells two values apart, relative to the largest of a column.
    """
    with np.errstate(invalid="ignore"):
        apart = np.abs(here - there)
    known = np.isfinite(apart)
    most, size = (np.where(known, of, 0.0).max(axis=0) for of in (apart, np.maximum(np.abs(here), np.abs(there))))
    return np.asarray(known.any(axis=0) & (most <= least * np.where(shares, 1.0, size)))


def told(what: str, missed: Sequence[str]) -> str:
    """Say that nothing leads from what is given to some endpoints or quantities, by their labels."""
    return f"Nothing in this mechanism leads from {what} to {'; '.join(missed)}: no change there is no finding."


def unmoved_told(result: Result, most: int = 6) -> list[str]:
    """Say of each arm which endpoints nothing leads to, a sentence each.

    Args:
        most: how many endpoints a sentence names.
    """
    labels = result.labels
    found = {f"'{arm}'": missed for arm, missed in unmoved(result).items()}
    found |= {f"what '{arm}' gives besides '{of}'": missed for (arm, of), missed in unmoved_besides(result).items()}
    said = []
    for what, missed in found.items():
        more = [f"and {len(missed) - most} more"] if len(missed) > most else []
        said.append(told(what, [*(labels[name] for name in missed[:most]), *more]))
    return said
