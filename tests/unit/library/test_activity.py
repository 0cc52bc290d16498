"""What a study computes for the entities of the pathway diagram."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pleio import library
from pleio.base.errors import StudyError
from pleio.library.diagrams.activity import WORLDS, Activity, activity
from pleio.library.scenarios.answer import answer
from pleio.library.scenarios.scenario import start

IL11 = library.open("il11")
STUDY = "oprelvekin-platelets"


@pytest.fixture(scope="module")
def found() -> Activity:
    return activity(IL11, STUDY)


def test_signals_rise_with_the_dose_and_fade(found: Activity) -> None:
    """Signals last longer with the dose; counts need not be higher: more of the drug also dilutes the blood more."""
    platelets, stat3 = found.courses["cl:0000233"], found.courses["hgnc:11364"]
    assert (platelets.name, stat3.name) == ("platelets", "pSTAT3_fraction_megakaryocyte")
    assert found.arms == ("placebo", "10 µg/kg", "25 µg/kg", "50 µg/kg")
    assert np.all(np.diff(np.trapezoid(stat3.values, found.times, axis=1)) > 0)
    for course in (platelets, stat3):
        peaks = course.values.max(axis=1)
        assert np.all(peaks[1:] > 1.1 * peaks[0])
        assert course.high == peaks.max() and course.values[-1, -1] < peaks[-1]
        assert np.ptp(course.values[0]) < 1e-3 * course.high  # nothing is given
    assert "fplx:ERK" not in found.courses  # the study has no module of it


def test_the_numbers_are_those_of_the_playground(found: Activity) -> None:
    scenario = replace(start(IL11, STUDY), seed=IL11.study(STUDY).stated.worlds.seed)
    assert scenario.worlds == WORLDS
    same = answer(IL11, scenario)
    course = next(one for one in same.courses if one.name == "platelets")
    assert found.times.tolist() == pytest.approx(same.times.tolist())
    np.testing.assert_allclose(found.courses["cl:0000233"].values[-1], course.bands[1, 2], rtol=1e-3)


def test_an_agent_is_nothing_where_it_is_not_given() -> None:
    found = activity(IL11, "anti-il11-fibrosis")
    antibodies = {agent: found.courses[agent].values.max(axis=1) for agent in ("anti-IL11", "anti-IL11RA")}
    assert found.arms == ("none", "anti-IL-11", "anti-IL-11Ra")
    assert (antibodies["anti-IL11"] > 0).tolist() == [False, True, False]
    assert (antibodies["anti-IL11RA"] > 0).tolist() == [False, False, True]
    erk = found.courses["fplx:ERK"].values
    assert erk[1:, -1].max() < 0.5 * erk[0, -1]  # either antibody takes the signal away


def test_a_cell_type_is_chosen() -> None:
    one, other = (activity(IL11, "anti-il11-fibrosis", cell) for cell in ("fibroblast", "megakaryocyte"))
    assert tuple(one.cells) == ("fibroblast", "megakaryocyte")
    assert one.courses["fplx:ERK"].name == "pERK_fibroblast"
    assert other.courses["fplx:ERK"].name == "pERK_megakaryocyte"
    assert one.courses["fplx:Collagen"].name == other.courses["fplx:Collagen"].name == "collagen"


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(StudyError, match="has no cell type 'neurone'"):
        activity(IL11, STUDY, "neurone")
    with pytest.raises(StudyError):
        activity(IL11, "no-such-study")
