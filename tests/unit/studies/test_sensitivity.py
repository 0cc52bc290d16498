from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.studies.value.attribution import shares_of
from pleio.studies.value.factors import discrete as factor_of
from pleio.studies.value.factors import dummy
from pleio.studies.value.sensitivity import fair_shares, shapley, sobol
from pleio.studies.worlds import States, Worlds


def ishigami(u: dict[str, np.ndarray]) -> np.ndarray:
    x, y, z = ((2 * u[name] - 1) * np.pi for name in "xyz")
    return np.asarray(np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


def test_ishigami_has_its_indices() -> None:
    """First order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Ishigami and Homma 1990, a = 7, b = 0.1)."""
    found = sobol(ishigami, ["x", "y", "z"], 40_000)
    total = 7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.1**2 * np.pi**8 / 18 + 0.5
    x, y = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2 / total, 7**2 / 8 / total
    together = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50) / total
    exact = {"first": [x, y, 0.0], "total": [x + together, y, together]}
    for kind, values in exact.items():
        assert getattr(found, kind) == pytest.approx(values, abs=0.02)
        interval = getattr(found, f"{kind}_interval")
        middle = interval.mean(axis=1)
        assert np.all(np.abs(np.array(values) - middle) < 2.2 * (interval[:, 1] - interval[:, 0]) / 2 + 1e-9)


def table(labels: np.ndarray, name: str) -> object:
    return factor_of(name, "contest", States(("yes", "no"), labels))


def test_shapley_of_two_dependent_claims() -> None:
    """Y = A + noise, B agrees with A with probability q: φ(B) = (2q − 1)²/2 · Var A, and φ(A) is the rest of Var A."""
    rng = np.random.default_rng(1)
    count, q = 60_000, 0.85
    a = rng.integers(0, 2, count)
    b = np.where(rng.random(count) < q, a, 1 - a)
    answer = a + rng.normal(0, 0.5, count)
    worlds = Worlds(1, np.arange(count))
    found = shapley([table(a, "a"), table(b, "b"), dummy(worlds)], worlds, answer)  # type: ignore[list-item]
    share = 0.25 / 0.5
    assert found["b"] == pytest.approx((2 * q - 1) ** 2 / 2 * share, abs=0.01)
    assert found["a"] == pytest.approx((1 - (2 * q - 1) ** 2 / 2) * share, abs=0.01)
    assert found["dummy"] == pytest.approx(0, abs=0.002)
    assert sum(found.values()) == pytest.approx(share, abs=0.01)


def test_interaction_is_shared_alike() -> None:
    rng = np.random.default_rng(2)
    a, b = rng.integers(0, 2, (2, 50_000))
    found = shapley([table(a, "a"), table(b, "b")], Worlds(1, np.arange(50_000)), (a ^ b).astype(float))  # type: ignore[list-item]
    assert found == pytest.approx({"a": 0.5, "b": 0.5}, abs=0.01)


def test_too_many_players_are_refused() -> None:
    worlds = Worlds(1, np.arange(100))
    with pytest.raises(StudyError, match="11 factors have 2,048 subsets"):
        shapley([dummy(worlds)] * 11, worlds, np.zeros(100))


def test_fair_shares_part_what_dependent_claims_explain_together_and_give_chance_nothing() -> None:
    """Y = A + noise, B a copy of A with errors: one first-order share each counts A twice, the fair ones add up."""
    rng = np.random.default_rng(3)
    count, q = 40_000, 0.85
    a = rng.integers(0, 2, count)
    b = np.where(rng.random(count) < q, a, 1 - a)
    answer = a + rng.normal(0, 0.5, count)
    worlds = Worlds(1, np.arange(count))
    factors: list[Any] = [table(a, "a"), table(b, "b"), dummy(worlds)]
    scaled = (answer - answer.mean()) / answer.std()
    alone = shares_of(factors, worlds, answer, float(answer.var()), permutations=20, resamples=5)
    fair = fair_shares(factors, alone, worlds, scaled)
    assert set(fair) == {"a", "b"}
    assert sum(fair.values()) == pytest.approx(0.5, abs=0.01)
    assert alone[0].value + alone[1].value == pytest.approx(0.5 * (1 + (2 * q - 1) ** 2), abs=0.02)
    assert fair["b"] == pytest.approx((2 * q - 1) ** 2 / 2 * 0.5, abs=0.01)


def test_a_large_share_loses_to_chance_only_what_chance_added() -> None:
    """Of a share of 0.8 with fifty groups in 500 worlds, chance alone gives 0.1, but adds 0.02."""
    found = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        labels = np.arange(500) % 50
        means = rng.normal(size=50)
        means = (means - means.mean()) / means.std()
        answer = np.sqrt(0.8) * means[labels] + np.sqrt(0.2) * rng.normal(size=500)
        states = States(tuple(map(str, range(50))), labels)
        factor = factor_of("x", "contest", states)
        worlds = Worlds(seed, np.arange(500))
        found.append(shares_of([factor], worlds, answer, float(answer.var()), permutations=10, resamples=2)[0].value)
    assert np.mean(found) == pytest.approx(0.8, abs=0.01)
