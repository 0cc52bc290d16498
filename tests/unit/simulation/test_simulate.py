"""`simulate` gives an ensemble as a Dataset with units."""

from __future__ import annotations

import numpy as np

from pleio.mechanisms import Compartment, Network, Observable, Parameter, Participant, Reaction, Species, parse_formula
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
    assert run.concentration_unit.values.tolist() == ["(nmol)/(L)", "(10^9/L)/(L)"]
    assert run.attrs["digest"] == MODEL.digest


def test_as_a_table() -> None:
    frame = simulate(MODEL, [0, 1], doses=Dose("S", 1.0, start=0.5)).amounts.to_dataframe()
    assert len(frame) == 4
