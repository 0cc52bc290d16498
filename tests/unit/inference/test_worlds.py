from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pleio.base.quantities import parse_distribution
from pleio.claims.belief.joint import Group, Table
from pleio.inference.worlds import Drawing, Joint, draw_worlds, plan
from pleio.studies.mechanism import Mechanism

OUTCOMES = ("increases", "decreases", "no_effect")


def two_contests(rare: float = 0.02) -> Joint:
    """One assumption with two states; contest `a` rests on it, contest `b` does not."""
    prior = np.array([0.7, 0.3])
    a = np.array([[0.9, 0.1 - rare / 0.7 / 2, rare / 0.7 / 2], [0.2, 0.8 - rare / 0.3 / 2, rare / 0.3 / 2]])
    b = np.array([0.6, 0.37, 0.03])
    group = Group(("reagent",), prior, prior, np.log(prior))
    return Joint(
        (group,),
        {"a": Table(("reagent",), np.zeros(2), a), "b": Table((), np.zeros(()), b)},
        {"a": dict(zip(OUTCOMES, prior @ a, strict=True)), "b": dict(zip(OUTCOMES, b, strict=True))},
        {"reagent": ("normal", "weak")},
        {},
    )


def mechanism(**laws: str) -> Mechanism:
    network: Any = SimpleNamespace()
    return Mechanism(network, uncertain={name: parse_distribution(text) for name, text in laws.items()})


def test_rare_outcomes_are_carried_by_a_hundred_worlds_and_weigh_what_they_are_believed() -> None:
    joint = two_contests()
    worlds = draw_worlds(joint, mechanism(), count=2048, seed=1)
    for contest, outcome in (("a", "no_effect"), ("b", "no_effect")):
        states = worlds.contests[contest]
        holds = states.index == states.names.index(outcome)
        assert holds.sum() >= 100
        share = (worlds.weights * holds).sum() / worlds.weights.sum()
        assert share == pytest.approx(joint.outcomes[contest][outcome], rel=0.25)
    assert worlds.weights.mean() == pytest.approx(1)
    assert worlds.weights.max() < 2
    assert worlds.effective > 0.85 * 2048


def test_worlds_for_a_forecast_are_drawn_as_believed_and_all_weigh_the_same() -> None:
    joint = two_contests()
    worlds = draw_worlds(joint, mechanism(), count=20_000, seed=1, rare=False)
    assert worlds.weights == pytest.approx(1) and worlds.effective == pytest.approx(20_000)
    for contest, beliefs in joint.outcomes.items():
        states = worlds.contests[contest]
        for outcome, belief in beliefs.items():
            share = (states.index == states.names.index(outcome)).mean()
            assert share == pytest.approx(belief, abs=4.5 * (belief * (1 - belief) / 20_000) ** 0.5)


def test_the_weights_are_unbiased() -> None:
    """Weighted shares of joint states agree with the exact joint posterior within 4.5 standard errors."""
    joint = two_contests()
    worlds = draw_worlds(joint, mechanism(), count=60_000, seed=5)
    prior = joint.groups[0].posterior
    exact = prior[:, None, None] * joint.tables["a"].posterior[:, :, None] * joint.tables["b"].posterior[None, None, :]
    found, error = np.zeros_like(exact), np.zeros_like(exact)
    reagent, a, b = worlds.assumptions["reagent"].index, worlds.contests["a"].index, worlds.contests["b"].index
    for cell in np.ndindex(*exact.shape):
        terms = worlds.weights * ((reagent == cell[0]) & (a == cell[1]) & (b == cell[2]))
        found[cell], error[cell] = terms.mean(), terms.std() / np.sqrt(len(terms))
    assert np.all(np.abs(found - exact) < 4.5 * error + 1e-12)


def test_few_worlds_share_what_there_is() -> None:
    worlds = draw_worlds(two_contests(), mechanism(), count=100, seed=1)
    assert (worlds.component >= 0).sum() == 50
    assert worlds.effective > 50


def test_one_more_contest_leaves_the_other_draws_as_they_were() -> None:
    small, large = two_contests(), two_contests()
    more = Table((), np.zeros(()), np.array([0.5, 0.3, 0.2]))
    large = Joint(
        large.groups,
        {"0": more, **large.tables},
        {"0": dict(zip(OUTCOMES, more.posterior, strict=True)), **large.outcomes},
        large.states,
        {},
    )
    one = draw_worlds(small, mechanism(k="lognormal(1, 30 %)"), count=500, seed=2)
    two = draw_worlds(large, mechanism(k="lognormal(1, 30 %)", extra="uniform(0, 1)"), count=500, seed=2)
    assert (one.parameters["k"] == two.parameters["k"]).all()
    assert (one.assumptions["reagent"].index == two.assumptions["reagent"].index).all()
    for name in ("a", "b"):
        assert (one.contests[name].index == two.contests[name].index).all()


def test_worlds_of_a_larger_set_are_those_of_the_smaller() -> None:
    joint = two_contests(rare=0.2)
    joint.tables["b"].posterior[:] = (0.6, 0.3, 0.1)
    outcomes = {**joint.outcomes, "b": dict(zip(OUTCOMES, (0.6, 0.3, 0.1), strict=True))}
    joint = Joint(joint.groups, joint.tables, outcomes, joint.states, {})
    small, large = (draw_worlds(joint, mechanism(k="normal(0, 1)"), count=n, seed=9) for n in (200, 400))
    assert (large.take(slice(0, 200)).parameters["k"] == small.parameters["k"]).all()
    assert (large.take(slice(0, 200)).contests["a"].index == small.contests["a"].index).all()


def test_bands_share_their_uniforms() -> None:
    """A belief that is shifted a little moves a little: at most that share of worlds changes its outcome."""
    one = draw_worlds(two_contests(rare=0.2), mechanism(), count=4000, seed=3)
    two = draw_worlds(two_contests(rare=0.24), mechanism(), count=4000, seed=3, band="sceptic")
    assert 0 < (one.contests["a"].index != two.contests["a"].index).mean() < 0.06
    assert (one.contests["b"].index == two.contests["b"].index).mean() == 1


def test_a_settled_contest_has_one_outcome() -> None:
    joint = two_contests()
    joint = Joint(joint.groups, joint.tables, joint.outcomes, joint.states, {"a": "increases"})
    worlds = draw_worlds(joint, mechanism(), count=300, seed=1)
    assert (worlds.contests["a"].signs == 1).all()


def test_reweighting_multiplies() -> None:
    worlds = draw_worlds(two_contests(), mechanism(k="uniform(0, 1)"), count=20_000, seed=1)
    likelihood = worlds.parameters["k"]
    after = worlds.reweighted(likelihood)
    assert after.weights.mean() == pytest.approx(1)
    assert np.average(worlds.parameters["k"], weights=after.weights) == pytest.approx(2 / 3, abs=0.01)
    assert after.effective < worlds.effective


def test_worlds_of_their_own_are_only_for_what_is_rare_and_open() -> None:
    def planned(*beliefs: float, always: dict[str, str] | None = None) -> list[tuple[str, int]]:
        joint = Joint((), {}, {"a": dict(zip(OUTCOMES, beliefs, strict=True))}, {}, always or {})
        return [(stratum.outcome, stratum.count) for stratum in plan(joint, 1000)]

    assert planned(0.93, 0.05, 0.02) == [("no_effect", 100)]
    assert planned(0.9995, 0.0, 0.0005) == []  # the impossible, and what is too rare to decide anything
    assert planned(0.999, 0.001, 0.0) == [("decreases", 100)]
    assert planned(0.95, 0.03, 0.02) == [("decreases", 100), ("no_effect", 100)]
    assert planned(0.95, 0.03, 0.02, always={"a": "increases"}) == []


def test_weights_are_unbiased_where_half_of_the_worlds_are_drawn_for_what_is_rare() -> None:
    """Over many seeds, a weight is 1 in the mean, and a weighted share what is believed."""
    joint = two_contests()
    drawn = [Drawing(joint, mechanism(), 120, seed).take(slice(None)) for seed in range(150)]
    assert drawn[0].common == 0.5
    for outcome, belief in enumerate(joint.outcomes["a"].values()):
        shares = np.array([(w.weights * (w.contests["a"].index == outcome)).mean() for w in drawn])
        assert shares.mean() == pytest.approx(belief, abs=4.5 * shares.std() / np.sqrt(150))
    means = np.array([worlds.weights.mean() for worlds in drawn])
    assert means.mean() == pytest.approx(1, abs=4.5 * means.std() / np.sqrt(150))
    # some of the worlds weigh what they weigh among all
    assert Drawing(joint, mechanism(), 120, 0).take(slice(30, 50)).weights == pytest.approx(drawn[0].weights[30:50])
