"""What differs between two results: what was asked, what was believed, what came out, and whether the choice moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .endpoints.quantiles import weighted_quantiles
from .forms import plain
from .result import Result
from .worlds import States, Worlds

NOTICED = 1e-9


@dataclass(frozen=True)
class Change:
    """One difference: its kind (study, belief, parameter, outcome, choice), what differs, and both values."""

    kind: str
    name: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {_spelt(self.before)} → {_spelt(self.after)}"


def compare(before: Result, after: Result) -> tuple[Change, ...]:
    """Name every difference between two results, in the order in which it comes about.

    What one of them lacks is None there.  Beliefs are shares of the worlds' weight, parameters medians over worlds,
    outcomes medians over worlds of the mean subject.
    """
    stated = [flat(plain(result.study)) for result in (before, after)]
    found = [*_differences("study", *stated)]
    found += _differences("belief", *(dict(_beliefs(result.worlds)) for result in (before, after)))
    found += _differences("parameter", *(dict(_medians(result.worlds)) for result in (before, after)))
    found += _differences("outcome", *(dict(_outcomes(result)) for result in (before, after)))
    found += _differences("choice", *(dict(_choice(result)) for result in (before, after)))
    return tuple(found)


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Write nested mappings and lists as path → value.

    Example:
        >>> flat({"a": {"b": 1}, "c": [2]})
        {'a.b': 1, 'c.0': 2}
    """
    if isinstance(value, dict | list) and value:
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: leaf for name, part in parts for key, leaf in flat(part, f"{path}.{name}".lstrip(".")).items()}
    return {path: value}


def _differences(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if not _same(one, other):
            yield Change(kind, name, one, other)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return bool(np.isclose(one, other, rtol=NOTICED, atol=0.0, equal_nan=True))
    return bool(one == other)


def _beliefs(worlds: Worlds) -> Iterator[tuple[str, float]]:
    groups: list[Mapping[str, States]] = [worlds.contests, worlds.assumptions]
    for name, states in [pair for group in groups for pair in sorted(group.items())]:
        shares = np.bincount(states.index, weights=worlds.weights, minlength=len(states.names)) / worlds.weights.sum()
        for state, share in zip(states.names, shares, strict=True):
            yield f"{name} {state}", float(share)


def _medians(worlds: Worlds) -> Iterator[tuple[str, float]]:
    for name, values in sorted(worlds.parameters.items()):
        yield name, float(weighted_quantiles(values, worlds.weights, (0.5,), axis=0)[0])


def _outcomes(result: Result) -> Iterator[tuple[str, Any]]:
    told_apart = len(set(result.labels.values())) == len(result.labels)
    for row in result.summary():
        yield f"{row['label' if told_apart else 'endpoint']} in {row['arm']}", row["median"]


def _choice(result: Result) -> Iterator[tuple[str, Any]]:
    if result.study.decision is None:
        return
    from .value.information import decide

    decision = decide(result.utility(), result.worlds.weights)
    yield "best arm", result.arms[decision.best]
    for arm, chance in zip(result.arms, decision.chances, strict=True):
        yield f"chance that '{arm}' is best", float(chance)


def _spelt(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
