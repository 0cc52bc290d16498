from __future__ import annotations

from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.studies.run import run
from pleio.studies.running.reduced import run_reduced
from pleio.studies.running.sketch import Sketch

STUDY = linear_pk.study(linear_pk.STUDY.replace("size: 4", "size: 256"))


@pytest.fixture(autouse=True)
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)


def both(worlds: Any) -> tuple[Any, Any]:
    arguments = (STUDY, linear_pk.MECHANISM, worlds)
    return run(*arguments, agents=linear_pk.AGENTS), run_reduced(*arguments, agents=linear_pk.AGENTS)


def test_sums_on_arrival_say_what_the_whole_says() -> None:
    worlds = linear_pk.some_worlds(60).reweighted(np.linspace(0.5, 1.5, 60))
    whole, sums = both(worlds)
    for one, other in zip(whole.summary(), sums.summary(), strict=True):
        assert other["mean"] == pytest.approx(one["mean"], rel=1e-12)
        assert other["failed"] == one["failed"] and other["unit"] == one["unit"]
        assert other["all_90"] == pytest.approx(one["all_90"], rel=0.02, abs=1e-9)
    report, (_, daily) = sums.to_json(), np.average(whole.utility().mean(axis=2), axis=1, weights=worlds.weights)
    assert report["trajectories"] == whole.trajectories and report["workers"] == ["local"]
    assert report["effective_worlds"] == round(worlds.effective, 1)
    assert report["decision"]["means"]["daily"] == pytest.approx(daily)
    best = whole.utility().mean(axis=2).argmax(axis=0)
    for i, arm in enumerate(whole.arms):  # worlds count by their weight here too
        assert report["decision"]["chances"][arm] == pytest.approx(worlds.weights[best == i].sum() / 60)


def test_a_failure_is_counted_and_listed_and_the_digest_is_of_the_bits() -> None:
    worlds = linear_pk.some_worlds(12)
    before = both(worlds)[1].digest
    assert both(worlds)[1].digest == before
    worlds.parameters["CL"][7] = 2.5
    sums = both(worlds)[1]
    assert sums.failures == 2 * 256 and sums.failed[0] == ("nothing", 7, 0, "the solver gave up")
    assert sums.digest != before


def test_quantiles_of_a_sketch_are_those_of_the_numbers() -> None:
    random = np.random.default_rng(3)
    values = np.concatenate([random.lognormal(0, 2, 50_000), -random.lognormal(1, 1, 30_000), np.zeros(9_000)])
    weights = random.uniform(0.5, 2, len(values))
    parts = np.array_split(np.arange(len(values)), 7)
    sketch = Sketch()
    for part in parts:
        sketch.add(values[part], weights[part])
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    for level, found in zip((0.01, 0.2, 0.4, 0.7, 0.99), sketch.quantiles((0.01, 0.2, 0.4, 0.7, 0.99)), strict=True):
        exact = values[order][np.searchsorted(share, level)]
        assert found == pytest.approx(exact, rel=0.0101, abs=1e-12)
    assert np.isnan(Sketch().quantiles((0.5,))[0])


def test_worlds_drawn_in_blocks_are_those_drawn_at_once() -> None:
    import pleio

    asked = pleio.open("il11").study("oprelvekin-platelets")
    drawing, whole = asked.drawing(300), asked.worlds(300)
    blocks = [drawing.take(slice(start, start + 70)) for start in range(0, 300, 70)]
    weights = np.concatenate([block.weights for block in blocks])
    assert weights / weights.mean() == pytest.approx(whole.weights, rel=1e-12)
    assert np.concatenate([block.oversampling for block in blocks]) == pytest.approx(whole.oversampling, rel=1e-12)
    for name, values in whole.parameters.items():
        assert np.array_equal(np.concatenate([block.parameters[name] for block in blocks]), values)
    for name, states in whole.contests.items():
        assert np.array_equal(np.concatenate([block.contests[name].index for block in blocks]), states.index)
