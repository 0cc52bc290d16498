"""Tempered sequential Monte Carlo against posteriors that are known in closed form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.base.quantities import parse_distribution
from pleio.claims.belief.joint import Group, Table
from pleio.inference.tempering import Space, temper
from pleio.inference.worlds import Joint
from pleio.studies.mechanism import Mechanism
from pleio.studies.worlds import Worlds

REAGENT = np.array([0.8, 0.2])
GIVEN_REAGENT = np.array([[0.6, 0.4], [0.1, 0.9]])  # of "increases" and "no_effect"
EFFECT, NOISE = 1.5, 0.3


def space(seed: int = 1) -> Space:
    group = Group(("reagent",), REAGENT, REAGENT, np.log(REAGENT))
    belief = REAGENT @ GIVEN_REAGENT
    joint = Joint(
        (group,),
        {"effect": Table(("reagent",), np.zeros(2), GIVEN_REAGENT)},
        {"effect": {"increases": float(belief[0]), "no_effect": float(belief[1])}},
        {"reagent": ("good", "bad")},
        {},
    )
    network: Any = SimpleNamespace()
    laws = {"mean": parse_distribution("normal(0, 1)"), "idle": parse_distribution("normal(2, 1)")}
    return Space(joint, Mechanism(network, uncertain=laws), seed)


def seen_at(worlds: Worlds) -> Any:
    """Where an observation is expected: the parameter, and the effect where there is one."""
    return worlds.parameters["mean"] + EFFECT * worlds.contests["effect"].signs


def observing(value: float) -> Any:
    def level(worlds: Worlds) -> Any:
        return -0.5 * ((value - seen_at(worlds)) / NOISE) ** 2 - np.log(NOISE * np.sqrt(2 * np.pi))

    return level


def normal(at: float, centre: float, variance: float) -> float:
    return float(np.exp(-0.5 * (at - centre) ** 2 / variance) / np.sqrt(2 * np.pi * variance))


def test_copies_of_a_world_are_one_that_weighs_as_much_as_all_of_them() -> None:
    """Without moves, worlds are only drawn again: those that are left weigh what the likelihood says."""
    value = 0.4
    found = temper(space(), lambda worlds: -0.5 * (value - worlds.parameters["mean"]) ** 2, count=4000, moves=0)
    worlds = found.worlds
    assert len(worlds) < 4000 == round(float((worlds.weights / worlds.weights.min()).sum()))
    assert worlds.weights.mean() == pytest.approx(1)
    mean = np.average(worlds.parameters["mean"], weights=worlds.weights)
    assert mean == pytest.approx(value / 2, abs=0.06)
    spread = np.sqrt(np.average((worlds.parameters["mean"] - mean) ** 2, weights=worlds.weights))
    assert spread == pytest.approx(np.sqrt(0.5), rel=0.05)


@pytest.mark.parametrize("value", [-0.5, 2.2, 4.5])
def test_contest_assumption_and_parameter_have_the_posterior_that_is_known(value: float) -> None:
    found = temper(space(), observing(value), count=4000)
    variance = 1 + NOISE**2
    given = np.array([normal(value, EFFECT, variance), normal(value, 0, variance)])
    joint = REAGENT[:, None] * GIVEN_REAGENT * given[None, :]
    evidence = joint.sum()
    joint /= evidence
    worlds, weights = found.worlds, found.worlds.weights
    effect = np.average(worlds.contests["effect"].index == 0, weights=weights)
    reagent = np.average(worlds.assumptions["reagent"].index == 0, weights=weights)
    assert effect == pytest.approx(joint[:, 0].sum(), abs=0.03)
    assert reagent == pytest.approx(joint[0].sum(), abs=0.03)
    means = np.array([(value - EFFECT) / variance, value / variance])
    assert np.average(worlds.parameters["mean"], weights=weights) == pytest.approx(joint.sum(axis=0) @ means, abs=0.06)
    inside = worlds.contests["effect"].index == 0
    if joint[:, 0].sum() > 0.2:
        spread = np.sqrt(np.cov(worlds.parameters["mean"][inside], aweights=weights[inside]))
        assert spread == pytest.approx(NOISE / np.sqrt(variance), rel=0.12)
    assert np.average(worlds.parameters["idle"], weights=weights) == pytest.approx(2, abs=0.08)
    assert found.log_evidence == pytest.approx(np.log(evidence), abs=0.1)
    assert found.effective > 2500 and found.degrees[-1] == 1


def test_moves_keep_worlds_apart_where_weighting_alone_leaves_few() -> None:
    found = temper(space(), observing(5.0), count=2000)
    assert found.first < 60 and found.effective > 1000
    assert len(found.degrees) > 3 and all(0 < share < 1 for share in found.accepted)


def test_data_that_say_nothing_leave_the_worlds_as_a_study_draws_them() -> None:
    from pleio.inference.worlds import Drawing

    here = space(seed=7)
    found = temper(here, lambda worlds: np.zeros(len(worlds)), count=500, moves=0)
    drawn = Drawing(here.posterior, here.mechanism, 500, 7).take(slice(None))
    assert np.array_equal(found.worlds.parameters["mean"], drawn.parameters["mean"])
    assert np.array_equal(found.worlds.contests["effect"].index, drawn.contests["effect"].index)
    assert found.log_evidence == pytest.approx(0) and found.effective == pytest.approx(500)


def test_the_same_seed_gives_the_same_worlds_and_another_other_ones() -> None:
    one, again, other = (temper(space(seed), observing(1.0), count=300).worlds.digest for seed in (1, 1, 2))
    assert one == again != other


def test_data_that_are_impossible_are_refused() -> None:
    with pytest.raises(StudyError, match="impossible in every world"):
        temper(space(), lambda worlds: np.full(len(worlds), np.nan), count=50)


def test_a_world_that_failed_is_never_taken() -> None:
    def level(worlds: Worlds) -> Any:
        return np.where(worlds.parameters["mean"] > 0, np.nan, observing(0.5)(worlds))

    worlds = temper(space(), level, count=500).worlds
    assert (worlds.parameters["mean"] <= 0).all()
