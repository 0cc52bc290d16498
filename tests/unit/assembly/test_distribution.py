"""Distributions written as text: what they mean, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.assembly.distribution import Distribution, parse
from pleio.base.errors import InputError

positive = st.floats(1e-6, 1e6)


@settings(deadline=None)
@given(positive, st.floats(0.01, 3))
def test_a_lognormal_has_the_median_and_the_variation_that_are_written(median: float, variation: float) -> None:
    made = parse(f"lognormal({median!r}, {variation!r})")
    assert made.quantile([0.5]) == pytest.approx(median)
    assert np.expm1(made.log_sd**2) == pytest.approx(variation**2)


@settings(deadline=None)
@given(positive, st.floats(1.01, 1e3))
def test_a_range_encloses_the_central_ninety_per_cent(low: float, ratio: float) -> None:
    made = parse(f"range({low!r}, {low * ratio!r})")
    assert made.quantile([0.05, 0.95]) == pytest.approx([low, low * ratio])


@settings(deadline=None)
@given(positive, st.floats(0.01, 1))
def test_what_is_printed_reads_back_as_the_same(first: float, second: float) -> None:
    for made in (
        Distribution("fixed", first),
        Distribution("lognormal", first, second, "kg"),
        Distribution("uniform", first, first + 1 + second),
    ):
        again = parse(str(made))
        assert (again.form, again.unit) == (made.form, made.unit)
        assert again.quantile([0.1, 0.7]) == pytest.approx(made.quantile([0.1, 0.7]))


def test_a_unit_may_follow_the_number() -> None:
    assert parse("lognormal(70 kg, 15 %)") == Distribution("lognormal", 70.0, 0.15, "kg")
    assert parse("uniform(0.65, 0.80)").median == pytest.approx(0.725)
    assert parse("50 µg/kg") == Distribution("fixed", 50.0, 0.0, "µg/kg")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("lognorml(1, 2)", "lognormal"),
        ("lognormal(-1, 20 %)", "positive median"),
        ("lognormal(1)", "two numbers"),
        ("lognormal(1, 3 kg)", "no unit"),
        ("range(5, 2)", "low < high"),
        ("uniform(1 kg, 2 g)", "differ"),
        ("about 3", "not a number"),
        (True, "neither"),
        (float("nan"), "finite"),
        (None, "neither"),
    ],
)
def test_what_makes_no_sense_is_refused(text: object, what: str) -> None:
    with pytest.raises(InputError, match=what):
        parse(text)
