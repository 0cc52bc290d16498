"""Units against pint, an independent library, and against the laws of multiplication."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleio.base import units
from pleio.base.errors import UnitError

PAIRS = [
    ("ng/mL", "mg/L", 1e-3),
    ("nM", "mol/m^3", 1e-6),
    ("1/(nM*min)", "L/mol/s", 1e9 / 60),
    ("mL/min/kg", "L/h/kg", 0.06),
    ("d", "h", 24.0),
    ("wk", "d", 7.0),
    ("%", "1", 0.01),
    ("µg/kg", "ug/kg", 1.0),
    ("10^9/L", "1/nL", 1.0),
    ("10^9 platelets/L", "10^3 cells/uL", 1.0),
    ("kDa", "g/mol", 1000.0),
    ("m s^-2", "m/s^2", 1.0),
    ("h⁻¹", "1/h", 1.0),
    ("L/mol/s", "1/M/s", 1.0),
    ("yr", "month", 12.0),
    ("yr", "d", 365.25),  # the Julian year
    ("mcg", "ng", 1000.0),
    ("IU/mL", "U/L", 1000.0),
]


@pytest.mark.parametrize(("text", "other", "factor"), PAIRS)
def test_factors(text: str, other: str, factor: float) -> None:
    assert units.parse(text).factor_to(units.parse(other)) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["ng/mL", "nmol/L/min", "mL/min/kg", "kJ/mol/K", "pg", "1/nM/h", "ug/kg/d", "mA*h", "kPa"]
)
def test_factors_agree_with_pint(text: str) -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    spelled = text.replace("nM", "(nmol/L)").replace("/d", "/day")
    expected = registry(f"1 {spelled}" if not spelled.startswith("1") else spelled).to_base_units()
    # pint's base mass is the kilogram too, so the factors compare directly
    assert units.parse(text).factor == pytest.approx(float(expected.magnitude), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'': is not a unit; write 1 for a dimensionless quantity"),
        ("ng/mLL", "'ng/mLL': unknown unit 'mLL'; did you mean 'L'?"),
        ("nM/", "'nM/': ends where a unit symbol is needed"),
        ("(nM", "'(nM': a parenthesis is not closed"),
        ("nM^1.5", "'nM^1.5': a power must be a small whole number"),
        ("nM^999999", "'nM^999999': a power must be a small whole number"),
        ("n$M", "'n$M': '$' has no place in a unit"),
    ],
)
def test_what_is_not_a_unit_is_said(text: str, message: str) -> None:
    with pytest.raises(UnitError) as error:
        units.parse(text)
    if "did you mean" in message:
        assert str(error.value).startswith(message.split(";")[0])
    else:
        assert str(error.value) == message


def test_hostile_length_and_depth_are_refused() -> None:
    for text in ("(" * 100_000, "nM*" * 100_000, "9" * 100_000):
        with pytest.raises(UnitError):
            units.parse(text)


def test_counts_and_activity_are_not_dimensionless() -> None:
    assert not units.parse("10^9 cells/L").fits(units.parse("1/L"))
    assert not units.parse("U/mg").fits(units.parse("1/mg"))
    with pytest.raises(UnitError, match="they measure different things"):
        units.parse("ng").factor_to(units.parse("nmol"))


UNITS = st.sampled_from(["g", "ng", "mL", "nM", "min", "h", "d", "kg", "cells", "%", "1", "kDa", "U"]).map(units.parse)


@given(UNITS, UNITS, UNITS)
def test_units_form_a_commutative_group(a: units.Unit, b: units.Unit, c: units.Unit) -> None:
    assert (a * b).same(b * a)
    assert ((a * b) * c).same(a * (b * c))
    assert ((a * b) / b).same(a)
    assert (a / a).same(units.DIMENSIONLESS)


@given(UNITS, st.integers(-4, 4))
def test_what_a_unit_spells_parses_to_the_same_unit(a: units.Unit, power: int) -> None:
    raised = a**power
    assert raised.fits(units.parse(str(raised)))


def test_powers_of_a_half_are_exact() -> None:
    root = units.parse("nM^2") ** Fraction(1, 2)
    assert root.same(units.parse("nM"))
    assert math.isclose(root.factor, 1e-6)
