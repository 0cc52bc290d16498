"""Steps that are contested in some cell types alone: a gate is a parameter that follows the belief there."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.library import open as open_library
from pleio.library.question import StudyInLibrary
from pleio.simulation.ensemble import integrate
from pleio.simulation.protocol import Baseline, Dose
from pleio.studies.study import Study

IL11 = open_library("il11")
PARTS = ["culture", "receptor", "mapk_erk"]


def asked(cell: str) -> StudyInLibrary:
    stated = Study.model_validate(
        {
            "title": "ERK in a dish", "mechanism": [*PARTS, cell], "cohort": {"size": 2, "species": "human"},
            "arms": {"IL-11": {"agent": "IL11-in-medium", "amount": "10 ng", "route": "medium"}, "none": "none"},
            "horizon": "1 h", "endpoints": {"erk": {"of": f"pERK_{cell}", "take": "final"}},
            "worlds": {"count": 64, "seed": 5},
        }
    )  # fmt: skip
    return StudyInLibrary(IL11, "erk", stated)


def test_erk_follows_the_belief_in_epithelium_and_is_there_in_fibroblasts() -> None:
    assert not asked("fibroblast").mechanism.gates
    question = asked("epithelial_cell")
    ((parameter, contest),) = question.mechanism.gates.items()
    assert parameter == "erk_coupled_epithelial_cell" and contest in question.mechanism.contests
    believed = question.beliefs("neutral").contests[contest].outcomes["increases"]
    assert 0.2 < believed < 0.8  # a source for it, and one that found none
    result = question.run(64, cache=False)
    treated, none = (np.asarray(result.values)[k, :, :, 0] for k in (0, 1))
    answers = (treated > 1.5 * none).any(axis=1)
    assert answers.mean() == pytest.approx(believed, abs=0.2)
    assert np.allclose(treated[~answers], none[~answers], rtol=1e-6)


@pytest.mark.parametrize(("coupled", "answers"), [(1.0, True), (0.0, False)])
def test_a_gate_is_shut_before_the_drug_as_well(coupled: float, answers: bool) -> None:
    mechanism = IL11.mechanism([*PARTS, "epithelial_cell"])
    run = integrate(
        mechanism.network, [0.0, 1.0], parameters={"erk_coupled_epithelial_cell": np.array([coupled])},
        doses=[Dose("added_il11", 0.0005)], baseline=Baseline(hold=mechanism.uncontested),
        save=["pERK_epithelial_cell"],
    )  # fmt: skip
    before, after = run.values[0, :, 0]
    assert (after > 2 * before) is np.True_ if answers else after == pytest.approx(before, rel=1e-6)
