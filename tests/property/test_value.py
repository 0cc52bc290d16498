"""Over many seeds: a claim about nothing is called worth testing one time in twenty, one that matters nearly always."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.studies.subjects.draws import uniforms
from pleio.studies.value.factors import factors_of
from pleio.studies.value.information import values_of
from pleio.studies.worlds import States, Worlds

SEEDS = 200
WORLDS = 500


def logic_model(seed: int, rare: bool) -> tuple[Worlds, np.ndarray]:
    """A decision near its tipping point: to act gains 1 where `matters` is true and costs 1 where not, plus noise.

    With `rare`, a tenth of the worlds is drawn given an outcome of `seldom` that is believed at 2 %.
    """
    numbers = np.arange(WORLDS)
    matters = (uniforms(seed, "contest/matters", numbers) >= 0.5).astype(np.int64)
    contests = {"matters": States(("increases", "no_effect"), matters)}
    drawn: dict[str, Any] = {}
    if rare:
        belief, forced = 0.02, 50
        component = np.where(numbers < forced, 0, -1)
        seldom = (uniforms(seed, "contest/seldom", numbers) < belief) | (component == 0)
        extra = np.where(seldom, forced / WORLDS / belief, 0.0)
        weights = 1 / (1 - forced / WORLDS + extra)
        contests["seldom"] = States(("increases", "no_effect"), np.where(seldom, 0, 1), extra)
        drawn = {
            "weights": weights / weights.mean(),
            "common": 1 - forced / WORLDS,
            "component": component,
            "component_of": ("seldom",),
        }
    worlds = Worlds(seed, numbers, contests=contests, parameters={"idle": uniforms(seed, "idle", numbers)}, **drawn)
    noise = np.random.default_rng(seed).normal(size=WORLDS)
    acting = np.where(matters == 0, 0.25, -0.25) + noise
    return worlds, np.stack([np.zeros(WORLDS), acting])


def test_the_dummy_is_called_positive_one_time_in_twenty() -> None:
    called: dict[str, int] = {}
    for seed in range(SEEDS):
        worlds, benefit = logic_model(seed, True)
        factors = factors_of(worlds)
        for factor, found in zip(
            factors, values_of(factors, worlds, benefit, permutations=99, resamples=0), strict=True
        ):
            called[factor.name] = called.get(factor.name, 0) + found.is_positive
    for name in ("dummy", "idle", "seldom"):
        assert 0.02 * SEEDS <= called[name] <= 0.08 * SEEDS, called
    assert called["matters"] >= 0.95 * SEEDS


def raw_values(worlds: Worlds, benefit: np.ndarray) -> dict[str, float]:
    factors = factors_of(worlds)
    found = values_of(factors, worlds, benefit, permutations=2, resamples=0)
    return {factor.name: worth.raw for factor, worth in zip(factors, found, strict=True)}


def test_the_order_of_contests_changes_nothing() -> None:
    worlds, benefit = logic_model(1, True)
    turned = replace(worlds, contests=dict(reversed(worlds.contests.items())))
    assert raw_values(worlds, benefit) == pytest.approx(raw_values(turned, benefit), abs=1e-12)


@given(st.integers(0, 2**32), st.booleans())
@settings(max_examples=20, deadline=None)
def test_no_factor_is_worth_more_than_perfect_information(seed: int, rare: bool) -> None:
    worlds, benefit = logic_model(seed, rare)
    evpi = (
        np.average(benefit.max(axis=0), weights=worlds.weights)
        - np.average(benefit, axis=1, weights=worlds.weights).max()
    )
    assert all(-1e-12 <= value <= evpi + 1e-9 for value in raw_values(worlds, benefit).values())
