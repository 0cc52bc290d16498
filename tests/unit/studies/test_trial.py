from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, nct, norm, t

from pleio.base.errors import StudyError
from pleio.studies.endpoints.trial import Trial, _enrol, _interval, null_of, simulate_trials
from pleio.studies.result import Result
from pleio.studies.study import read_study
from pleio.studies.worlds import Worlds

STUDY = """
title: Trial
mechanism: [m]
arms: {nothing: none, drug: {agent: d, amount: 1 mg}}
horizon: 1 d
endpoints: {rise: {of: x, take: final}}
"""


def result(effects: np.ndarray, subjects: int = 200, seed: int = 1) -> Result:
    """Worlds whose subjects are normal with deviation 1, shifted by the world's effect where the drug is given."""
    count = len(effects)
    noise = np.random.default_rng(seed).normal(size=(count, subjects))
    noise = (noise - noise.mean(axis=1, keepdims=True)) / noise.std(axis=1, ddof=1, keepdims=True)
    values = np.stack([noise, noise + effects[:, None]])[..., None]
    spread = np.zeros((2, count, 1, 5, 2), dtype=np.float32)
    return Result(
        read_study(STUDY), Worlds(1, np.arange(count)), values, ("1",), np.array([0.0, 24.0]), "h", spread, ("1",)
    )


def trial(**changes: object) -> Trial:
    return Trial(**{"endpoint": "rise", "treatment": "drug", "control": "nothing", "size": 30, **changes})  # type: ignore[arg-type]


def power(effect: float, size: int) -> float:
    freedom, shift = 2 * size - 2, effect * np.sqrt(size / 2)
    edge = t.ppf(0.975, freedom)
    return float(nct.sf(edge, freedom, shift) + nct.cdf(-edge, freedom, shift))


def test_null_trials_err_five_per_cent() -> None:
    for design in (trial(), trial(lost=0.3), trial(size=60, responds=0.5)):
        found = simulate_trials(result(np.zeros(50)), design, replicates=10_000)
        assert 0.043 <= found.significant <= 0.057
        assert found.higher + found.lower == pytest.approx(found.significant)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("responds", [None, 0.5])
def test_a_trial_in_which_nobody_is_left_finds_nothing(responds: float | None) -> None:
    design = trial(size=2, lost=0.6, responds=responds)
    found = simulate_trials(result(np.full(50, 9.0)), design, replicates=4000)
    whole = simulate_trials(result(np.full(50, 9.0)), trial(size=2, responds=responds), replicates=4000)
    # four of four stay in 0.4⁴ of trials, and with fewer neither test can find anything
    assert found.significant == pytest.approx(0.4**4 * whole.significant, abs=0.008)


def test_power_is_that_of_the_noncentral_t() -> None:
    found = simulate_trials(result(np.full(50, 0.7)), trial(), replicates=10_000)
    assert found.interval[0] - 0.01 < power(0.7, 30) < found.interval[1] + 0.01
    assert found.lower < 0.001
    smaller = simulate_trials(result(np.full(50, 0.7)), trial(lost=0.4), replicates=10_000)
    assert smaller.significant == pytest.approx(power(0.7, 18), abs=0.03)


def test_assurance_averages_over_worlds_as_they_weigh() -> None:
    effects = np.where(np.arange(100) < 50, 0.0, 1.5)
    half = result(effects)
    expected = 0.5 * 0.05 + 0.5 * power(1.5, 30)
    assert simulate_trials(half, trial(), replicates=6000).significant == pytest.approx(expected, abs=0.025)
    rarely = Result(**{**half.__dict__, "worlds": half.worlds.reweighted(np.where(effects > 0, 0.2, 1.8))})
    expected = 0.9 * 0.05 + 0.1 * power(1.5, 30)
    assert simulate_trials(rarely, trial(), replicates=6000).significant == pytest.approx(expected, abs=0.02)


def test_those_who_failed_are_not_enrolled() -> None:
    broken = result(np.full(20, 5.0), subjects=6)
    broken.values[1, :, :3] = np.nan
    assert simulate_trials(broken, trial(), replicates=500).higher == 1
    broken.values[1] = np.nan
    with pytest.raises(StudyError, match="no subject came through"):
        simulate_trials(broken, trial())


def test_the_place_of_one_who_failed_is_taken() -> None:
    broken = result(np.full(20, 5.0), subjects=6)
    broken.values[:, :, :4] = np.nan
    for size in (2, 50):  # of the two who are left, in every trial all places are
        enrolled = _enrol(broken.values[1, :, :, 0], trial(size=size), np.random.default_rng(3))
        assert enrolled.shape == (20, size) and np.isfinite(enrolled).all()


@pytest.mark.parametrize("found", [0, 1, 7, 199, 200])
def test_the_interval_of_a_share_is_exact(found: int) -> None:
    exact = binomtest(found, 200).proportion_ci(0.95, "exact")
    assert _interval(found, 200) == pytest.approx((exact.low, exact.high), abs=1e-12)


def timed(rates: tuple[float, float], worlds: int = 40, subjects: int = 200) -> Result:
    """Times of an event under constant hazards, of the control and of the drug; followed to time 2."""
    found = result(np.zeros(worlds), subjects)
    drawn = np.random.default_rng(4).exponential(size=(2, worlds, subjects)) / np.array(rates)[:, None, None]
    found.values[..., 0] = np.minimum(drawn, 2.0)
    return found


def test_times_of_an_event_are_compared_by_hazards() -> None:
    same = simulate_trials(timed((1.0, 1.0)), trial(size=40, until=2.0, lost=0.2), replicates=1500)
    assert same.interval[0] - 0.01 < 0.05 < same.interval[1] + 0.01
    slower = simulate_trials(timed((1.0, 0.5)), trial(size=80, until=2.0), replicates=400)
    # Schoenfeld 1981: events needed = 4 (z + z')² / log² ratio, with 80 × (1 − e⁻²) + 80 × (1 − e⁻¹) seen
    events = 80 * (1 - np.exp(-2)) + 80 * (1 - np.exp(-1))
    exact = norm.cdf(np.log(2) * np.sqrt(events) / 2 - 1.96)
    assert slower.higher == pytest.approx(exact, abs=0.03) and slower.lower == 0
    with pytest.raises(StudyError, match="either a response or the time"):
        simulate_trials(timed((1.0, 1.0)), trial(until=2.0, responds=1.0))


def test_arms_that_are_given_the_same_differ_by_chance() -> None:
    strong = result(np.full(50, 2.0))
    assert simulate_trials(strong, trial(), replicates=500).significant > 0.99
    null = simulate_trials(strong, null_of(trial()), replicates=4000)
    assert null.interval[0] - 0.005 < 0.05 < null.interval[1] + 0.005


def test_certain_differences_and_bad_designs() -> None:
    flat = result(np.ones(5))
    flat.values[0], flat.values[1] = 0.0, 1.0
    assert simulate_trials(flat, trial(), replicates=100).higher == 1
    flat.values[:] = 0.0
    assert simulate_trials(flat, trial(), replicates=100).significant == 0
    with pytest.raises(StudyError) as caught:
        simulate_trials(flat, trial(endpoint="ris", treatment="drg", size=1, lost=2.0, level=0.0))
    assert len(caught.value.problems) == 5
    assert "did you mean 'rise'?" in str(caught.value)
