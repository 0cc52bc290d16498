from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleio.base.errors import InputError, UnitError
from pleio.base.quantities import parse_distribution, parse_quantity

GRID = (np.arange(20_000) + 0.5) / 20_000


def test_a_quantity_is_a_number_with_a_unit() -> None:
    assert parse_quantity("50 µg/kg").value == 50
    assert parse_quantity("2 d").to("h") == 48
    assert parse_quantity(3).unit.is_dimensionless
    assert parse_quantity("10 000").value == 10_000
    assert parse_quantity("1e-3 mol").to("mmol") == pytest.approx(1)
    assert parse_quantity("2 yr").to("d") == 730.5
    assert parse_quantity("1 month").to("d") == pytest.approx(30.4375, rel=1e-12)


@pytest.mark.parametrize("text", ["", "mg", "fifty mg", "1 2 zebra"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_quantity(text)


def test_lognormal_has_its_median_and_coefficient_of_variation() -> None:
    values = parse_distribution("lognormal(70 kg, 15 %)").quantile(GRID)
    assert np.median(values) == pytest.approx(70, rel=1e-4)
    assert values.std() / values.mean() == pytest.approx(0.15, rel=2e-3)


def test_normal_takes_a_coefficient_or_a_deviation() -> None:
    by_share = parse_distribution("normal(100 mL/min, 20 %)")
    by_unit = parse_distribution("normal(100 mL/min, 0.02 L/min)")
    assert by_share.second == pytest.approx(20)
    assert by_unit.second == pytest.approx(20)
    assert parse_distribution("normal(0, 2)").second == 2


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("uniform(1 h, 3 h)", 2.0),
        ("beta(2, 2)", 0.5),
        ("bernoulli(30 %)", 0.3),
        ("loguniform(1, 100)", 99 / math.log(100)),
    ],
)
def test_means(text: str, mean: float) -> None:
    assert parse_distribution(text).quantile(GRID).mean() == pytest.approx(mean, rel=1e-3)


def test_a_range_holds_ninety_per_cent() -> None:
    found = parse_distribution("range(10 nM, 50 nM)")
    assert found.quantile(np.array([0.05, 0.95])) == pytest.approx([10, 50])


def test_truncation_keeps_the_shape_between_its_ends() -> None:
    cut = parse_distribution("truncated(normal(100 mL/min, 20 %), 80 mL/min, )")
    values = cut.quantile(GRID)
    assert values.min() >= 80
    whole = parse_distribution("normal(100 mL/min, 20 %)").quantile(GRID)
    assert values.mean() == pytest.approx(whole[whole >= 80].mean(), rel=1e-3)


def test_a_distribution_changes_its_unit() -> None:
    hours = parse_distribution("truncated(lognormal(2 d, 40 %), 1 d, 4 d)").to("h")
    assert hours.median == pytest.approx(parse_distribution("truncated(lognormal(2 d, 40 %), 1, 4)").median * 24)
    assert (hours.low, hours.high) == (24, 96)


@pytest.mark.parametrize(
    "text",
    ["3 d", "normal(3 d, 20 %)", "normal(3 d, 1 d)", "lognormal(3 d, 40 %)", "uniform(1 d, 4 d)", "range(1 d, 4 d)",
     "loguniform(1 d, 4 d)", "truncated(lognormal(3 d, 40 %), 2 d, )"],
)  # fmt: skip
def test_in_another_unit_every_quantile_is_that_many_times_as_large(text: str) -> None:
    days = parse_distribution(text)
    np.testing.assert_allclose(days.to("min").quantile(GRID), 1440 * days.quantile(GRID), rtol=1e-12)
    assert days.to("min").median == pytest.approx(1440 * days.median)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lognorml(1, 10 %)", "did you mean 'lognormal'?"),
        ("lognormal(-1 kg, 10 %)", "median must be positive"),
        ("lognormal(1 kg, 2 kg)", "coefficient of variation"),
        ("normal(1 kg)", "2 arguments"),
        ("uniform(3, 1)", "below its highest"),
        ("truncated(normal(1 kg, 10 %), 5 kg, 4 kg)", "lies between"),
        ("bernoulli(2)", "between 0 and 1"),
    ],
)
def test_errors_say_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        parse_distribution(text)


def test_units_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnitError):
        parse_distribution("uniform(1 h, 3 kg)")


@given(
    st.sampled_from(
        [
            "normal(5, 30 %)",
            "lognormal(5, 80 %)",
            "loguniform(0.1, 9)",
            "truncated(lognormal(5, 80 %), 2, 20)",
            "beta(2, 5)",
        ]
    ),
    st.floats(1e-6, 1 - 1e-6),
    st.floats(1e-6, 1 - 1e-6),
)
def test_quantiles_rise(text: str, one: float, other: float) -> None:
    low, high = parse_distribution(text).quantile(np.sort([one, other]))
    assert low <= high


def test_a_range_holds_ninety_per_cent_of_a_lognormal() -> None:
    stated = parse_distribution("range(10, 50 nM)")
    assert stated.kind == "lognormal"
    assert stated.quantile(0.05) == pytest.approx(10.0)
    assert stated.quantile(0.95) == pytest.approx(50.0)
    with pytest.raises(InputError, match="its lowest value must be positive"):
        parse_distribution("range(0, 50)")
