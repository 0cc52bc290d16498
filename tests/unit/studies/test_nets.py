"""Quasi-random worlds: even for each name, as at random between names, and no name knows of another."""

from __future__ import annotations

from typing import Any

import linear_pk
import numpy as np
import pytest
from scipy.stats import kstest

from pleio.base.errors import StudyError
from pleio.base.quantities import parse_distribution
from pleio.inference.worlds import Joint, draw_worlds
from pleio.studies.endpoints.replicates import mean_over_worlds
from pleio.studies.mechanism import Mechanism
from pleio.studies.run import run
from pleio.studies.subjects.draws import uniforms
from pleio.studies.subjects.nets import Net
from pleio.studies.worlds import Worlds

NOTHING = Joint((), {}, {}, {}, {})


def test_each_replicate_puts_one_point_into_each_interval() -> None:
    net = Net(4)
    worlds = np.arange(4 * 256)
    drawn = net.uniforms(7, "clearance", worlds)
    for replicate in range(4):
        mine = drawn[net.replicate(worlds) == replicate]
        for k in (1, 16, 64, 256):  # the first points of a larger set are those of a smaller one
            assert len(set(np.floor(mine[:k] * k))) == k
    assert drawn.min() > 0 and drawn.max() < 1
    assert (net.uniforms(7, "clearance", worlds[::-1])[::-1] == drawn).all()
    assert (net.uniforms(7, "clearance", np.array([5, 900])) == drawn[[5, 900]]).all()
    assert (net.uniforms(8, "clearance", worlds) != drawn).all()


def test_one_number_is_uniform_and_two_names_are_independent() -> None:
    """Over many seeds, a world's number is uniform, and the numbers of two names have no common law."""
    net = Net(2)
    one, other = (np.array([net.uniforms(seed, name, [5])[0] for seed in range(1500)]) for name in "ab")
    assert kstest(one, "uniform").pvalue > 1e-3 and kstest(other, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(1500)
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 4 / np.sqrt(1500)
    signs = [
        np.mean(np.sign(net.uniforms(s, "a", np.arange(64)) - 0.5) * np.sign(net.uniforms(s, "b", np.arange(64)) - 0.5))
        for s in range(200)
    ]
    assert abs(np.mean(signs)) < 4 * np.std(signs) / np.sqrt(200) and np.mean(np.square(signs)) < 3 / 64


def drawn(seed: int, net: Net | None, count: int = 256, **laws: str) -> Worlds:
    mechanism: Any = Mechanism(linear_pk.NETWORK, uncertain={n: parse_distribution(t) for n, t in laws.items()})
    return draw_worlds(NOTHING, mechanism, count=count, seed=seed, net=net)


LAWS = {"CL": "lognormal(1, 30 %)", "V": "lognormal(10, 20 %)", "ka": "range(0.2, 1)"}


def test_a_mean_is_closer_at_equal_worlds() -> None:
    """Of a model of three parameters that is no sum of them: exposure to half a day after a dose."""

    def answer(worlds: Worlds) -> np.ndarray:
        k, ka = worlds.parameters["CL"] / worlds.parameters["V"], worlds.parameters["ka"]
        gone = (1 - np.exp(-k * 12)) / k - (1 - np.exp(-ka * 12)) / ka
        return np.asarray(ka / (ka - k) * gone / worlds.parameters["V"])

    truth = answer(drawn(99, None, 200_000, **LAWS)).mean()
    errors = {}
    for kind, net in (("random", None), ("quasi", Net(8))):
        means = [mean_over_worlds(answer(w), w) for w in (drawn(seed, net, **LAWS) for seed in range(100))]
        errors[kind] = np.sqrt(np.mean([(m.value - truth) ** 2 for m in means]))
        covered = np.mean([m.interval[0] <= truth <= m.interval[1] for m in means])
        assert 0.88 <= covered <= 0.995, kind
    assert errors["quasi"] < 0.25 * errors["random"]


def test_one_more_claim_or_parameter_leaves_the_other_draws() -> None:
    net = Net(8)
    few, many = drawn(3, net, **LAWS), drawn(3, net, extra="uniform(0, 1)", another="normal(0, 1)", **LAWS)
    assert all((few.parameters[name] == many.parameters[name]).all() for name in LAWS)
    larger = drawn(3, net, 512, **LAWS).take(slice(0, 256))
    assert all((few.parameters[name] == larger.parameters[name]).all() for name in LAWS)
    assert few.digest != drawn(3, None, **LAWS).digest
    assert (few.uniforms("x") == net.uniforms(3, "x", few.numbers)).all()
    assert (uniforms(3, "subject x", [4], [1], net=net) == uniforms(3, "subject x", [4], [1])).all()


def test_a_study_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
    text = linear_pk.STUDY.replace("{count: 24, seed: 3}", "{count: 64, seed: 3, draws: quasi-random, replicates: 4}")
    study = linear_pk.study(text)
    assert study.worlds.net == Net(4)
    worlds = draw_worlds(NOTHING, Mechanism(linear_pk.NETWORK), count=64, seed=3, net=study.worlds.net)
    mechanism = Mechanism(linear_pk.NETWORK)
    study = study.model_copy(update={"conditions": {"CL": parse_distribution("range(0.5 L/h, 2 L/h)")}})
    whole = run(study, mechanism, worlds, agents=linear_pk.AGENTS)
    assert run(study, mechanism, worlds, agents=linear_pk.AGENTS, chunk=5).digest == whole.digest
    exposure = whole.values[1, :, :, 1].mean(axis=1)
    found = mean_over_worlds(exposure, whole.worlds)
    assert found.interval[0] < found.value < found.interval[1]
    assert found.value == pytest.approx(np.nanmean(exposure))


def test_the_library_draws_them_and_rare_outcomes_keep_their_hundred_worlds() -> None:
    from pleio.library import open as open_library

    changes = {"worlds.draws": "quasi-random", "worlds.count": 1024}
    asked = open_library("il11").study("oprelvekin-platelets", changes)
    worlds = asked.worlds()
    posterior = asked.posterior("neutral")
    for contest, beliefs in posterior.outcomes.items():
        for outcome, belief in beliefs.items():
            if 1e-3 <= belief < 0.05 and contest not in posterior.always:
                states = worlds.contests[contest]
                holds = states.index == states.names.index(outcome)
                assert holds.sum() >= 100 or holds.sum() >= 1024 // 2 // 12, (contest, outcome)
                share = worlds.weights[holds].sum() / worlds.weights.sum()
                assert share == pytest.approx(belief, rel=0.35)


@pytest.mark.parametrize(
    ("worlds", "says"),
    [
        ("{count: 24, replicates: 4}", "add 'draws: quasi-random'"),
        ("{count: 10, draws: quasi-random}", "too few for 8 replicates"),
        ("{count: 24, draws: sobol}", "quasi-random"),
    ],
)
def test_what_is_wrong_is_said(worlds: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        linear_pk.study(linear_pk.STUDY.replace("{count: 24, seed: 3}", worlds))


def test_a_mean_needs_replicates() -> None:
    worlds = Worlds(1, np.arange(1))
    with pytest.raises(StudyError, match="two replicates"):
        mean_over_worlds(np.ones(1), worlds)
