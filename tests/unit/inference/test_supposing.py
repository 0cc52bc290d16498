"""Supposing is conditioning: checked against the joint table written out."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.claims.belief.joint import Group, Table
from pleio.inference import Joint, draw_worlds, suppose
from pleio.studies.mechanism import Mechanism

OUTCOMES = ("increases", "no_effect")
PRIOR = np.array([[0.4, 0.2], [0.1, 0.3]])  # reagent × strain
A = np.array([[0.9, 0.1], [0.2, 0.8]])  # given the reagent
B = np.array([[[0.7, 0.3], [0.5, 0.5]], [[0.1, 0.9], [0.6, 0.4]]])  # given both


@pytest.fixture
def joint() -> Joint:
    group = Group(("reagent", "strain"), PRIOR, PRIOR, np.log(PRIOR))
    a = np.einsum("rs,ro->o", PRIOR, A)
    b = np.einsum("rs,rso->o", PRIOR, B)
    return Joint(
        (group,),
        {"a": Table(("reagent",), np.zeros(2), A), "b": Table(("reagent", "strain"), np.zeros((2, 2)), B)},
        {"a": dict(zip(OUTCOMES, a, strict=True)), "b": dict(zip(OUTCOMES, b, strict=True))},
        {"reagent": ("normal", "weak"), "strain": ("one", "two")},
        {},
    )


def whole() -> np.ndarray:
    """P(reagent, strain, a, b)."""
    return np.einsum("rs,ra,rsb->rsab", PRIOR, A, B)


def test_nothing_supposed_changes_nothing(joint: Joint) -> None:
    found = suppose(joint, {}).outcomes
    for contest, beliefs in joint.outcomes.items():
        assert found[contest] == pytest.approx(beliefs)


@pytest.mark.parametrize(
    ("given", "cut"),
    [
        ({"reagent": "weak"}, np.s_[1, :, :, :]),
        ({"a": "no_effect"}, np.s_[:, :, 1, :]),
        ({"a": "increases", "strain": "two"}, np.s_[:, 1, 0, :]),
    ],
)
def test_what_else_is_believed_is_the_conditional(joint: Joint, given: dict[str, str], cut: tuple[object, ...]) -> None:
    exact = whole()[cut]
    expected = exact.reshape(-1, 2).sum(axis=0) / exact.sum()
    found = suppose(joint, given)
    assert [found.outcomes["b"][outcome] for outcome in OUTCOMES] == pytest.approx(expected)
    worlds = draw_worlds(found, Mechanism(None), count=20_000, seed=3)  # type: ignore[arg-type]
    for name, state in given.items():
        states = {**worlds.assumptions, **worlds.contests}[name]
        assert {states.names[i] for i in states.index} == {state}
    share = np.average(worlds.contests["b"].index == 0, weights=worlds.weights)
    assert share == pytest.approx(expected[0], abs=4.5 * np.sqrt(expected[0] * expected[1] / 20_000))


def test_all_that_is_wrong_is_said_at_once(joint: Joint) -> None:
    with pytest.raises(StudyError) as error:
        suppose(joint, {"reagant": "weak", "a": "decreases", "strain": "three"})
    assert [problem.where for problem in error.value.problems] == ["reagant", "a", "strain"]
    assert "'reagent'" in error.value.problems[0].help


def test_what_cannot_be_is_refused(joint: Joint) -> None:
    sure = Table(("reagent",), np.zeros(2), np.array([[1.0, 0.0], [0.2, 0.8]]))
    joint = Joint(joint.groups, {**joint.tables, "a": sure}, joint.outcomes, joint.states, {})
    with pytest.raises(StudyError, match="impossible"):
        suppose(joint, {"reagent": "normal", "a": "no_effect"})
    with pytest.raises(StudyError, match="always"):
        suppose(Joint(joint.groups, joint.tables, joint.outcomes, joint.states, {"a": "increases"}), {"a": "no_effect"})


def test_what_was_supposed_stays_supposed(joint: Joint) -> None:
    found = suppose(joint, {"a": "increases"})
    assert found.always == {"a": "increases"}
    assert found.outcomes["a"] == pytest.approx({"increases": 1.0, "no_effect": 0.0})
    assert joint.always == {}
    with pytest.raises(StudyError, match="always 'increases'"):
        suppose(found, {"a": "no_effect"})
    one_by_one, at_once = suppose(found, {"reagent": "weak"}), suppose(joint, {"reagent": "weak", "a": "increases"})
    assert one_by_one.outcomes["b"] == pytest.approx(at_once.outcomes["b"])
