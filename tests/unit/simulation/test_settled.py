"""The baseline phase of a small ensemble is remembered; what changes it is never answered from memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula
from pleio.simulation import Baseline, Dose, Run, integrate
from pleio.simulation.lockstep import settled
from pleio.simulation.lockstep.phases import Ensemble

TURNOVER = Network(
    "turnover",
    compartments={"V": Compartment(1.0, "L")},
    species={"S": Species("V", 1.0, "nmol"), "D": Species("V", 0.0, "nmol")},
    parameters={"make": Parameter(2.0, "nmol/h"), "lose": Parameter(0.5, "1/h")},
    reactions={
        "made": Reaction(products=(Participant("S"),), rate=parse_formula("make * (1 + D)")),
        "lost": Reaction((Participant("S"),), rate=parse_formula("lose * S")),
        "cleared": Reaction((Participant("D"),), rate=parse_formula("lose * D")),
    },
    time_unit="h",
)


@pytest.fixture
def phases(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the baseline phases that are run, from an empty memory on."""
    run, settle = list[int](), Ensemble.settle
    settled._kept.clear()

    def counted(self: Ensemble, *given: Any) -> Any:
        run.append(self.count)
        return settle(self, *given)

    monkeypatch.setattr(Ensemble, "settle", counted)
    return run


def course(dose: float, *, members: int = 8, make: float = 2.0, **how: Any) -> Run:
    given = {"make": np.linspace(make, make + 1, members)}
    return integrate(TURNOVER, [0.0, 2.0], parameters=given, doses=[Dose("D", dose)], baseline=Baseline(**how))


def test_a_dose_does_not_ask_for_it_again(phases: list[int]) -> None:
    first, second = course(1.0), course(3.0)
    assert phases == [8]
    np.testing.assert_allclose(second.values[:, 0, 0], np.linspace(2, 3, 8) / 0.5, rtol=1e-6)
    np.testing.assert_array_equal(first.values[:, 0, 0], second.values[:, 0, 0])
    assert np.all(second.values[:, 1, 0] > first.values[:, 1, 0])
    settled._kept.clear()
    np.testing.assert_array_equal(course(3.0).values, second.values)  # to the last bit as without a memory


def test_what_changes_it_does(phases: list[int]) -> None:
    course(1.0)
    changed = [
        course(1.0, make=3.0),
        course(1.0, members=9),
        course(1.0, duration=5.0),
        course(1.0, hold={"lose": 1.0}),
        course(1.0, hold={"make": 1.0}),
    ]
    assert phases == [8, 8, 9, 8, 8, 8]
    starts = [run.values[0, 0, 0] for run in changed]
    np.testing.assert_allclose(starts, [6.0, 4.0, 4.0 - 3 * np.exp(-2.5), 2.0, 2.0], rtol=1e-6)


def test_large_ensembles_are_not_kept(phases: list[int]) -> None:
    course(1.0, members=settled.MOST_MEMBERS + 1)
    course(2.0, members=settled.MOST_MEMBERS + 1)
    assert len(phases) == 2 and not settled._kept


def test_it_forgets(phases: list[int]) -> None:
    for k in range(settled.MOST_KEPT + 3):
        course(1.0, make=1.0 + k)
    assert len(settled._kept) == settled.MOST_KEPT
