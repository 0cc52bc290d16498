"""`simulate` gives an ensemble as a Dataset with units."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import InputError
from pleio.mechanisms import (
    Compartment,
    Event,
    Network,
    Observable,
    Parameter,
    Participant,
    Reaction,
    Species,
    parse_formula,
)
from pleio.simulation import Dose
from pleio.simulation.dataset import simulate

MODEL = Network(
    "decay",
    compartments={"V": Compartment(2.0, "L")},
    species={"S": Species("V", 4.0, "nmol"), "N": Species("V", 9.0, "10^9/L", only_substance=True)},
    parameters={"k": Parameter(1.0, "1/h")},
    reactions={"lose": Reaction((Participant("S"),), rate=parse_formula("k * S * V"))},
    observables={"double": Observable(parse_formula("2 * S"), "nM")},
    time_unit="h",
)


def test_what_comes_back() -> None:
    run = simulate(MODEL, [0, 1], parameters={"k": [1.0, 2.0]}, rtol=1e-9)
    assert run.amounts.dims == ("member", "time", "species")
    np.testing.assert_allclose(run.amounts.sel(time=1, species="S"), 4 * np.exp([-1, -2]), rtol=1e-6)
    np.testing.assert_allclose(run.concentrations, run.amounts / 2, rtol=1e-12)
    np.testing.assert_allclose(run.observables.sel(observable="double"), run.amounts.sel(species="S"), rtol=1e-12)
    assert run.status.values.tolist() == ["", ""]
    assert run.time.attrs["units"] == "h"
    assert run.species_unit.values.tolist() == ["nmol", "10^9/L"]
    assert run.concentration_unit.values.tolist() == ["nmol/L", "(10^9/L)/L"]
    assert run.attrs["digest"] == MODEL.digest


def test_what_states_no_unit_has_that_of_the_network() -> None:
    bare = MODEL.replace(
        compartments={"V": Compartment(2.0)}, species={"S": Species("V", 4.0)}, substance_unit="nmol", volume_unit="L"
    )
    run = simulate(bare, [0, 1])
    assert run.species_unit.values.tolist() == ["nmol"]
    assert run.concentration_unit.values.tolist() == ["nmol/L"]


def test_as_a_table() -> None:
    frame = simulate(MODEL, [0, 1], doses=Dose("S", 1.0, start=0.5)).amounts.to_dataframe()
    assert len(frame) == 4


def test_whatever_changes_is_reported_beside_the_species() -> None:
    formula = parse_formula
    model = MODEL.replace(
        parameters={**MODEL.parameters, "x": Parameter(1.0, "nM", constant=False), "half": Parameter(constant=False),
                    "n": Parameter(2.0, constant=False), "w": Parameter(constant=False)},
        rates={"x": formula("-x")}, assignments={"half": formula("x / 2")}, algebraic=(formula("w - 3 * x"),),
        events={"e": Event(formula("time > 0.5"), {"n": formula("5")})},
    )  # fmt: skip
    run = simulate(model, [0, 1], parameters={"k": 2.0}, rtol=1e-9)
    assert run.observable.values.tolist() == ["double", "x", "half", "n", "w"]
    assert run.observable_unit.values.tolist() == ["nM", "nM", "", "", ""]
    x = np.exp(-1)
    np.testing.assert_allclose(run.observables.isel(member=0, time=1)[1:], [x, x / 2, 5, 3 * x], rtol=1e-6)
    assert run.parameters.sel(parameter="k").item() == 2.0
    table = run.to_dataframe()
    assert list(table.columns) == ["k", "S", "N", "double", "x", "half", "n", "w", "status"]
    assert table.attrs["units"] == {"k": "1/h", "S": "nmol/L", "N": "10^9/L", "double": "nM", "x": "nM"}


@pytest.mark.parametrize("rtol", [0.0, -1.0, 1e-18, 5.0, np.nan])
@pytest.mark.parametrize("members", [1, 8])
def test_an_error_that_no_step_can_have_is_refused(rtol: float, members: int) -> None:
    """LSODA silently takes another in its place, and the lanes none: nobody would know what the numbers are worth."""
    with pytest.raises(InputError, match="rtol: is"):
        simulate(MODEL, [0, 1], parameters={"k": np.ones(members)}, rtol=rtol)


@pytest.mark.parametrize("atol", [0.0, -1e-9, np.inf, np.nan])
def test_an_absolute_error_is_above_zero(atol: float) -> None:
    with pytest.raises(InputError, match="atol: is"):
        simulate(MODEL, [0, 1], atol=atol)


def test_more_than_memory_holds_is_refused_before_anything_is_integrated() -> None:
    with pytest.raises(InputError, match="100,000 members x 10,001 times x 5 quantities are over"):
        simulate(MODEL, np.linspace(0, 1, 10_001), parameters={"k": np.ones(100_000)})


@pytest.mark.parametrize("value", ["a", [[1.0, 2.0], [3.0, 4.0]], [1.0, "x"]])
def test_values_that_are_no_numbers_are_named(value: object) -> None:
    with pytest.raises(InputError, match=r"parameters: k: (is not a number|has the shape)"):
        simulate(MODEL, [0, 1], parameters={"k": value})  # type: ignore[dict-item]


def test_times_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(InputError, match="times: is not a number or an array of numbers"):
        simulate(MODEL, "soon")
