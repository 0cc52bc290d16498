"""What attribution and value cost, and how often they are right: `python -m bench.value [--seeds N]`.

Speed: what explains a study's answer and what is worth testing, from 100,000 worlds × 40 contests, with 200
permutations and 100 resamples.  Errors, over seeds: how often a claim about nothing is called positive, and how often a
contest is that gains or costs a fifth of the standard deviation between worlds.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time

import numpy as np
from scipy.stats import binomtest

from pleio.studies.result import Result
from pleio.studies.study import read_study
from pleio.studies.subjects.draws import uniforms
from pleio.studies.value.factors import factors_of
from pleio.studies.value.information import values_of
from pleio.studies.worlds import States, Worlds

STUDY = """
title: Many claims
mechanism: [m]
arms: {nothing: none, drug: {agent: d, amount: 1 mg}}
cohort: {size: 4}
horizon: 1 d
endpoints: {gain: {of: x, take: final}}
decision: {utility: gain}
"""
OUTCOMES = ("decreases", "no_effect", "increases")
PLANTED = 0.2
"""The gain of acting where the planted claim holds, and the loss where it does not; the noise between worlds is 1."""


def contests(count: int, worlds: int, seed: int) -> dict[str, States]:
    """Draw contests of three outcomes, each as probable."""
    numbers = np.arange(worlds)
    return {
        f"contest_{k}": States(OUTCOMES, (3 * uniforms(seed, f"contest_{k}", numbers)).astype(np.int64))
        for k in range(count)
    }


def speed(worlds: int, count: int) -> None:
    """Time one whole valuation."""
    study = read_study(STUDY)
    drawn = Worlds(1, np.arange(worlds), contests=contests(count, worlds, 1))
    effects = np.random.default_rng(1).normal(size=count) / np.sqrt(count)
    between = sum(e * states.signs for e, states in zip(effects, drawn.contests.values(), strict=True))
    values = np.random.default_rng(2).normal(size=(2, worlds, 4, 1))
    values[1, :, :, 0] += np.asarray(between)[:, None]
    spread = np.zeros((2, 1, 1, 5, 2), dtype=np.float32)
    result = Result(study, drawn, values, ("1",), np.array([0.0, 24.0]), "h", spread, ("1",))
    begin, used = time.perf_counter(), time.process_time()
    found = result.value()
    spent, used = time.perf_counter() - begin, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{worlds:,} worlds × {count} contests, {len(found.findings)} factors: {spent:.1f} s, {used:.1f} CPU s, "
        f"at most {peak:,.0f} MB"
    )


def one(seed: int, worlds: int = 500) -> dict[str, bool]:
    """Say which factors of a decision near its tipping point are called positive."""
    numbers = np.arange(worlds)
    drawn = contests(4, worlds, seed)
    holds = uniforms(seed, "planted", numbers) < 0.5
    drawn["planted"] = States(("increases", "no_effect"), np.where(holds, 0, 1))
    found = Worlds(seed, numbers, contests=drawn)
    noise = np.random.default_rng(seed).normal(size=worlds)
    benefit = np.stack([np.zeros(worlds), np.where(holds, PLANTED, -PLANTED) + noise])
    factors = factors_of(found)
    worths = values_of(factors, found, benefit, resamples=0)
    return {factor.name: worth.is_positive for factor, worth in zip(factors, worths, strict=True)}


def errors(seeds: int) -> None:
    """Count what is called positive over seeds."""
    counts: dict[str, int] = {}
    for seed in range(seeds):
        for name, positive in one(seed).items():
            counts[name] = counts.get(name, 0) + positive
    for name in ("planted", "dummy", *(f"contest_{k}" for k in range(4))):
        interval = binomtest(counts[name], seeds).proportion_ci(0.95)
        told = f"95 %: {100 * interval.low:.1f} to {100 * interval.high:.1f}"
        print(f"{name:<12} called positive in {100 * counts[name] / seeds:5.1f} % of {seeds} seeds ({told})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--worlds", type=int, default=100_000)
    parser.add_argument("--contests", type=int, default=40)
    options = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    speed(options.worlds, options.contests)
    errors(options.seeds)


if __name__ == "__main__":
    main()
