"""Trials fitted together: what made simulated counts is found again, and a single trial says what it can."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.left_out import read_left_out
from pleio.library.validation.validation import validate

SCRIPTS = Path(__file__).parents[3] / "scripts"
IL11 = open_library("il11")
LABEL, LEUKAEMIA = "pleio:neumega-label", "doi:10.1532/IJH97.06027"
HALF = 0.1


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pooled() -> ModuleType:
    return loaded("pooled_trials")


@pytest.fixture(scope="module")
def script(pooled: ModuleType) -> ModuleType:
    return loaded("fit_adverse_events")


def chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def simulated(
    pooled: ModuleType, apart: tuple[float, float, float], *, trials: int, events: int, seed: int
) -> tuple[list, list[float]]:
    """Simulate trials of 150 patients without the drug and 150 on it; give how far apart they came out, too."""
    rng = np.random.default_rng(seed)
    own, effect = rng.normal(-1, 0.8, events), rng.normal(0.8, 0.5, events)
    common = rng.normal(0, apart[0], trials)
    single, of_effect = rng.normal(0, apart[1], (trials, events)), rng.normal(0, apart[2], (trials, events))
    without = own + common[:, None] + single
    counts = [
        pooled.Count(
            f"t{trial}", f"s{trial}", f"e{event}", f"e{event}", at,
            int(rng.binomial(150, chance(odds[trial, event]))), 150,
        )
        for trial in range(trials)
        for event in range(events)
        for odds, at in ((without, 0.0), (without + effect + of_effect, pooled.REFERENCE))
    ]  # fmt: skip
    return counts, [float(np.sqrt(np.square(part).mean())) for part in (common, single, of_effect)]


@pytest.mark.parametrize("planted", [(1.0, 0.3, 0.3), (0.3, 1.0, 0.1), (0.2, 0.5, 1.0)])
def test_planted_differences_between_trials_are_found(pooled: ModuleType, planted: tuple[float, float, float]) -> None:
    counts, true = simulated(pooled, planted, trials=9, events=3, seed=3)
    points = pooled.grid((0.1, 0.25, 0.45, 0.7, 1.0, 1.5), (HALF,))
    found = pooled.fit(counts, {f"e{k}": pooled.Known() for k in range(3)}, points)
    for name, came_out in zip(("trial", "event", "effect"), true, strict=True):
        middle, deviation = found.mean(name)
        assert abs(middle - came_out) < 2.5 * deviation, name
        assert deviation < 0.4


def exactly(pooled: ModuleType, counts: list, apart: object, known: object) -> tuple[float, float, float]:
    """Integrate one event of one trial on a grid: log evidence but for a constant, and both ends in another trial."""
    x = np.linspace(-14, 8, 1500)[:, None]  # without the drug, in this trial
    y = np.linspace(-12, 12, 1200)[None, :]  # effect
    vx = known.deviation**2 + pooled.ALL[0] ** 2 + apart.trial**2 + apart.event**2
    vy = known.effect_deviation**2 + pooled.ALL[1] ** 2 + apart.effect**2
    log = -0.5 * (x**2 / vx + y**2 / vy)
    for one in counts:
        odds = x + apart.share(one.concentration) * y
        log = log + one.events * odds - one.patients * np.logaddexp(0, odds)
    weights = np.exp(log - log.max())
    cells = (x[1, 0] - x[0, 0]) * (y[0, 1] - y[0, 0]) / (2 * np.pi * np.sqrt(vx * vy))
    carried, carried_effect = (vx - apart.trial**2 - apart.event**2) / vx, (vy - apart.effect**2) / vy
    without = carried * float((weights * x).sum() / weights.sum())
    effect = carried_effect * float((weights * y).sum() / weights.sum())
    return float(np.log(weights.sum() * cells) + log.max()), without, without + effect


@pytest.mark.parametrize("events", [(10, 41), (0, 7), (0, 0), (60, 69)])
def test_one_trial_alone_is_what_integration_says_and_zero_counts_are_no_trouble(
    pooled: ModuleType, events: tuple[int, int]
) -> None:
    counts = [pooled.Count("t", "s", "e", "e", 0.0, events[0], 67),
              pooled.Count("t", "s", "e", "e", pooled.REFERENCE, events[1], 69)]  # fmt: skip
    at, known = pooled.Apart(0.6, 0.4, 0.5, HALF), pooled.Known()
    evidence, without, on = exactly(pooled, counts, at, known)
    found = pooled.fit(counts, {"e": known}, [at]).events["e"]
    assert np.isfinite([found.placebo, found.drug, found.of_placebo, found.of_drug, found.both]).all()
    assert pooled._at(counts, {"e": known}, at)[0] == pytest.approx(evidence, abs=0.25)
    for got, true, count, size in ((found.placebo, without, events[0], 67), (found.drug, on, events[1], 69)):
        if 0 < count < size:
            assert got == pytest.approx(true, abs=0.15)
        else:  # of none, or of all, the mean of the log odds lies farther out in the tail than the likeliest
            assert abs(got) < abs(true) + 0.1
            assert chance(got) == pytest.approx(chance(true), abs=0.01)
    assert found.of_placebo > 0.6**2 + 0.4**2  # another trial is off by as much again
    assert found.of_placebo + found.of_drug >= 2 * found.both


def test_one_trial_says_little_of_how_far_trials_are_apart(pooled: ModuleType) -> None:
    counts, _ = simulated(pooled, (0.5, 0.5, 0.5), trials=1, events=4, seed=1)
    points = pooled.grid((0.1, 0.3, 0.55, 1.0, 1.8), (HALF,))
    known = {f"e{k}": pooled.Known() for k in range(4)}
    alone, nothing = pooled.fit(counts, known, points), pooled.fit([], known, points)
    assert alone.mean("trial") == pytest.approx(nothing.mean("trial"), rel=0.15)
    assert alone.mean("effect")[1] > 0.6 * nothing.mean("effect")[1]
    assert alone.events["e0"].of_drug < 0.5 * nothing.events["e0"].of_drug


def test_a_mean_is_pulled_by_a_large_trial_more_than_by_a_small_one(pooled: ModuleType) -> None:
    counts, _ = simulated(pooled, (0.3, 0.3, 0.3), trials=4, events=1, seed=2)
    one = next(count for count in counts if count.concentration == 0)
    points, known = pooled.grid((0.3,), (HALF,)), {"e0": pooled.Known()}

    def with_(events: int, patients: int) -> float:
        changed = [replace(one, events=events, patients=patients) if count is one else count for count in counts]
        return float(pooled.fit(changed, known, points).events["e0"].placebo)

    assert with_(0, 150) < with_(0, 5) < with_(5, 5) < with_(150, 150)


# ---- the library's own


def test_only_rows_that_are_open_to_fits_are_counted(script: ModuleType) -> None:
    rows = read_all(IL11)
    counts = script.counts_of(rows)
    kept = {row.source for row in rows if row.use == "check"}
    assert not kept & {one.source for one in counts}
    assert counts == script.counts_of(tuple(row for row in rows if row.use == "fit"))
    assert len({one.source for one in counts}) >= 6
    label = [one for one in counts if one.source == LABEL and one.event == "oedema"]
    assert [(one.events, one.patients, one.concentration) for one in label] == [(41, 69, 0.52), (10, 67, 0.0)]


def test_what_is_left_out_names_each_source_and_only_events_that_others_counted(script: ModuleType) -> None:
    counts, others = script.counts_of(read_all(IL11)), read_left_out(IL11)
    for source in {one.source for one in counts}:
        own = {one.event for one in counts if one.source == source}
        shared = own & {one.event for one in counts if one.source != source}
        names = {name for name in others.get(source, {}) if "_log_odds_" in name or name.endswith("_background")}
        assert {name.split("_log_odds_")[0].removesuffix("_background") for name in names} == shared


def test_a_row_of_a_trial_without_its_source_is_forecast_by_the_others() -> None:
    forecaster = Forecaster(IL11, LibraryReadouts(IL11), worlds=8, subjects=1)
    row = next(row for row in read_all(IL11) if row.id == "leukaemia-fever-placebo")
    own, without = validate(IL11, [row, row.model_copy(update={"use": "check"})], worlds=128, subjects=1).rows
    assert own.own.median > without.own.median + 10  # fever in leukaemia is known from this trial alone
    assert without.own.high - without.own.low > own.own.high - own.own.low
    assert "fever_log_odds_drug" in forecaster.by_others[LEUKAEMIA]
