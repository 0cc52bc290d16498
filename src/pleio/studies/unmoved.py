"""Endpoints that an arm leaves as they are without treatment in every world: nothing leads from one to the other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .result import Result

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
    with np.errstate(invalid="ignore"):
        apart = np.abs(result.values - result.values[none])
    known = np.isfinite(apart)
    most = np.where(known, apart, 0.0).max(axis=(1, 2))
    size = np.where(known, np.abs(result.values), 0.0).max(axis=(1, 2))
    is_share = [one.relative_to is not None for one in result.study.endpoints.values()]
    names = list(result.study.endpoints)
    same = known.any(axis=(1, 2)) & (most <= SAME * np.where(is_share, 1.0, np.maximum(size, size[none])))
    found = {arm: tuple(names[j] for j in np.nonzero(same[i])[0]) for i, arm in enumerate(result.arms) if i != none}
    return {arm: missed for arm, missed in found.items() if missed}


def unmoved_told(result: Result, most: int = 6) -> list[str]:
    """Say of each arm which endpoints nothing leads to, a sentence each.

    Args:
        most: how many endpoints a sentence names.
    """
    labels = {name: e.label or name.replace("_", " ") for name, e in result.study.endpoints.items()}
    said = []
    for arm, missed in unmoved(result).items():
        more = f"; and {len(missed) - most} more" if len(missed) > most else ""
        named = "; ".join(labels[name] for name in missed[:most])
        said.append(f"Nothing in this mechanism leads from '{arm}' to {named}{more}: no change there is no finding.")
    return said
