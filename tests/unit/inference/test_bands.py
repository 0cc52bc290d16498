from __future__ import annotations

import numpy as np
import pytest
from test_worlds import OUTCOMES, mechanism, two_contests

from pleio.base.errors import StudyError
from pleio.claims.belief.joint import Group, Table
from pleio.inference.bands import Answer, answers, believed, stability
from pleio.inference.worlds import Joint, draw_worlds
from pleio.studies.result import Result
from pleio.studies.study import read_study

STUDY = """
title: Bands
mechanism: [m]
arms: {nothing: none, drug: {agent: d, amount: 1 mg}}
horizon: 1 d
endpoints: {rise: {of: x, take: final}}
decision: {utility: rise}
"""


def other_band() -> Joint:
    """A sceptic: fewer contests are true, and the reagent is trusted less."""
    prior = np.array([0.6, 0.4])
    a = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1]])
    b = np.array([0.5, 0.4, 0.1])
    group = Group(("reagent",), prior, prior, np.log(prior))
    return Joint(
        (group,),
        {"a": Table(("reagent",), np.zeros(2), a), "b": Table((), np.zeros(()), b)},
        {"a": dict(zip(OUTCOMES, prior @ a, strict=True)), "b": dict(zip(OUTCOMES, b, strict=True))},
        {"reagent": ("normal", "weak")},
        {},
    )


def test_reweighted_worlds_are_as_the_other_band_believes() -> None:
    one, other = two_contests(), other_band()
    worlds = believed(draw_worlds(one, mechanism(), count=40_000, seed=1), one, other, "sceptic")
    for name in ("a", "b"):
        states = worlds.contests[name]
        for i, outcome in enumerate(states.names):
            share = worlds.weights[states.index == i].sum() / worlds.weights.sum()
            assert share == pytest.approx(other.outcomes[name][outcome], abs=0.015)
    back = believed(worlds, other, one, "neutral")
    assert back.weights == pytest.approx(draw_worlds(one, mechanism(), count=40_000, seed=1).weights)


def test_worlds_are_not_shared_with_a_band_in_which_a_contest_is_settled() -> None:
    one, other = two_contests(), other_band()
    settled = Joint(other.groups, other.tables, other.outcomes, other.states, {"a": "increases"})
    worlds = draw_worlds(one, mechanism(), count=200, seed=1)
    with pytest.raises(StudyError, match="'sceptic': a: is settled in one of the bands only"):
        believed(worlds, one, settled, "sceptic")


def test_a_decision_in_each_band() -> None:
    neutral, sceptic = two_contests(), other_band()
    worlds = draw_worlds(neutral, mechanism(), count=8000, seed=2)
    gain = np.where(worlds.contests["a"].signs == 0, -1.0, 0.06)
    values = np.stack([np.zeros((8000, 2, 1)), np.broadcast_to(gain[:, None, None], (8000, 2, 1))])
    spread = np.zeros((2, 8000, 1, 5, 2), dtype=np.float32)
    result = Result(read_study(STUDY), worlds, values, ("1",), np.array([0.0, 24.0]), "h", spread, ("1",))
    found = answers(result, {"neutral": neutral, "sceptic": sceptic})
    assert [answer.best for answer in found] == ["drug", "nothing"]
    absent = sceptic.outcomes["a"]["no_effect"]
    exact = 0.06 * (1 - absent) - absent
    assert found[1].means["drug"] == pytest.approx(exact, abs=0.02)
    assert "'drug' for the neutral, 'nothing' for the sceptic" in stability(found)


def test_the_sentence_says_what_holds() -> None:
    def answer(band: str, best: str, effective: float = 1000) -> Answer:
        return Answer(band, best, {}, {}, 0.0, effective)

    same = stability((answer("sceptic", "a"), answer("neutral", "a")))
    assert same == "'a' is best on average in every band told apart (sceptic, neutral)."
    assert stability((answer("sceptic", "a"), answer("neutral", "b"))).startswith("The arm that is best on average")
    assert "Too few worlds stand behind believer" in stability((answer("neutral", "a"), answer("believer", "b", 50)))
