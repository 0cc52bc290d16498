"""Scenarios: what is changed by hand is a small study, answered as the study would be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pleio import library
from pleio.base.errors import StudyError
from pleio.library.scenarios.answer import RTOL, Answer, answer
from pleio.library.scenarios.running import run_arms
from pleio.library.scenarios.scenario import Scenario, start, study_of, written

IL11 = library.open("il11")
PLATELETS = "hgnc-5966--effect--cl-0000233--abundance--sufficiency"


@pytest.fixture(scope="module")
def begun() -> Scenario:
    return replace(start(IL11, "oprelvekin-platelets"), worlds=16)


def course(found: Answer, name: str) -> np.ndarray:
    """Quantiles over worlds, of shape (arms, levels, times)."""
    return next(one.bands for one in found.courses if one.name == name)


@pytest.mark.parametrize("name", IL11.studies)
def test_every_study_can_be_started_from(name: str) -> None:
    scenario = start(IL11, name)
    asked = study_of(IL11, name, written(IL11, scenario))
    assert asked.stated.mechanism == IL11.study(name).stated.mechanism
    assert asked.stated.cohort.size == 1


def test_the_answer_is_that_of_the_study_as_written(begun: Scenario) -> None:
    exact, found = answer(IL11, begun, rtol=1e-6), answer(IL11, begun)
    result = study_of(IL11, begun.start, written(IL11, begun)).run(cache=False)
    assert found.arms == ("nothing given", "oprelvekin 50 µg/kg")
    for name in ("platelets", "haematocrit"):
        bands = result.bands()["worlds"].sel(observed=name)
        for i, level in ((1, 0.25), (2, 0.5), (3, 0.75)):
            assert course(exact, name)[:, i] == pytest.approx(bands.sel(quantile=level).values, rel=1e-6)
        assert course(found, name) == pytest.approx(course(exact, name), rel=1e-3), "what a drawing can show"


def test_a_move_computes_only_what_it_changes(begun: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.inference.worlds import Drawing

    base = replace(begun, seed=77)
    moved = [replace(base, amount=f"{dose} µg/kg") for dose in (11, 12, 13)]
    assert run_arms(IL11, base, RTOL).computed == 2
    drawn: list[int] = []
    monkeypatch.setattr(Drawing, "take", lambda *args: drawn.append(1))
    assert [run_arms(IL11, one, RTOL).computed for one in moved] == [1, 1, 1], "the arm without treatment is known"
    assert run_arms(IL11, moved[0], RTOL).computed == 0
    assert drawn == [], "the worlds are drawn once"


def test_an_arm_has_the_same_numbers_whatever_is_run_with_it(begun: Scenario) -> None:
    one = replace(begun, seed=78)
    together = run_arms(IL11, one, RTOL)
    run_arms(IL11, replace(one, amount="9 µg/kg", seed=79), RTOL)
    vars(IL11).pop("scenario_memory")
    run_arms(IL11, replace(one, amount="9 µg/kg"), RTOL)
    alone = run_arms(IL11, one, RTOL)
    assert alone.computed == 1
    for arm, run in together.arms.items():
        assert np.array_equal(run.bands, alone.arms[arm].bands) and np.array_equal(run.values, alone.arms[arm].values)


def test_more_drug_more_platelets_and_none_without_effect(begun: Scenario) -> None:
    supposed = replace(begun, suppose={PLATELETS: "increases"})
    low, high = (answer(IL11, replace(supposed, amount=f"{dose} µg/kg")) for dose in (10, 100))
    none = answer(IL11, replace(begun, suppose={PLATELETS: "no_effect"}))
    peak = [course(found, "platelets")[1].max(axis=1) for found in (low, high)]
    assert np.all(peak[0] < peak[1])
    assert course(none, "platelets")[1, 2].max() < course(low, "platelets")[1, 2].max()


def test_a_setting_holds_in_every_world(begun: Scenario) -> None:
    name, value = next(iter(known().items()))
    asked = study_of(IL11, begun.start, written(IL11, replace(begun, settings={name: value})))
    assert asked.stated.conditions[name].is_constant
    assert name not in asked.mechanism.uncertain


def known() -> dict[str, float]:
    mechanism = IL11.mechanism(start(IL11, "oprelvekin-platelets").modules)
    return {name: prior.value for name, prior in mechanism.priors.items() if not prior.distribution.is_constant}


def test_all_that_is_wrong_is_said_at_once(begun: Scenario) -> None:
    wrong = replace(begun, agent="oprelvekim", worlds=10**9, watch=(), settings={"nothing_of_this": 1.0})
    with pytest.raises(StudyError) as error:
        written(IL11, wrong)
    assert {problem.where for problem in error.value.problems} == {"agent", "worlds", "watch", "nothing_of_this"}
    assert "oprelvekin" in next(p.help for p in error.value.problems if p.where == "agent")


@pytest.mark.parametrize(
    "change",
    [{"horizon": "100000 d"}, {"amount": "50 furlongs"}, {"times": 10**7, "every": "1 d"}, {"suppose": {"x": "y"}}],
)
def test_what_cannot_be_asked_is_refused(begun: Scenario, change: dict[str, object]) -> None:
    with pytest.raises(StudyError):
        answer(IL11, replace(begun, **change))  # type: ignore[arg-type]
