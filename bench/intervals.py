"""Do intervals and tests hold what they say?  `python -m bench.intervals [--repeats N]`

Coverage of 90 % intervals over repeats of problems whose answer is known on paper, and the error of null trials.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

import numpy as np
from scipy.stats import binomtest, norm

from pleio.studies.endpoints.survival import kaplan_meier, log_rank
from pleio.studies.endpoints.trial import Trial, simulate_trials
from pleio.studies.result import Result
from pleio.studies.study import read_study
from pleio.studies.subjects.draws import uniforms
from pleio.studies.value.attribution import shares_of
from pleio.studies.value.factors import factors_of
from pleio.studies.value.information import values_of
from pleio.studies.value.sensitivity import sobol
from pleio.studies.worlds import Worlds

STUDY = """
title: Null trials
mechanism: [m]
arms: {nothing: none, drug: {agent: d, amount: 1 mg}}
horizon: 1 d
endpoints: {rise: {of: x, take: final}}
"""
WORLDS = 1000
DEVIATIONS = {"a": 1.0, "b": 0.6}
MEAN = 0.3


def ishigami(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


ISHIGAMI = 7**2 / 8 + 0.1 * math.pi**4 / 5 + 0.1**2 * math.pi**8 / 18 + 0.5
FIRST = {"x": 0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2 / ISHIGAMI, "y": 7**2 / 8 / ISHIGAMI, "z": 0.0}
TOTAL = {
    "x": 1 - FIRST["y"],
    "y": FIRST["y"],
    "z": 1 - FIRST["x"] - FIRST["y"],
}


def linear_gaussian(seed: int) -> tuple[Worlds, np.ndarray]:
    """Act or not, where acting gains the mean and two normal parameters."""
    numbers = np.arange(WORLDS)
    parameters = {name: norm.ppf(uniforms(seed, name, numbers)) * spread for name, spread in DEVIATIONS.items()}
    worlds = Worlds(seed, numbers, parameters=parameters)
    return worlds, np.stack([np.zeros(WORLDS), MEAN + sum(parameters.values())])


def gain(deviation: float) -> float:
    """The unit normal loss integral: what knowing a normal benefit is worth."""
    z = MEAN / deviation
    return float(deviation * (norm.pdf(z) - z * norm.sf(z)))


def value_intervals(seed: int) -> dict[str, bool]:
    worlds, benefit = linear_gaussian(seed)
    factors = [factor for factor in factors_of(worlds) if factor.kind != "dummy"]
    total = sum(spread**2 for spread in DEVIATIONS.values())
    held = {}
    for factor, found in zip(factors, values_of(factors, worlds, benefit, permutations=20), strict=True):
        held[f"value of {factor.name}"] = found.interval[0] <= gain(DEVIATIONS[factor.name]) <= found.interval[1]
    shares = shares_of(factors, worlds, benefit[1], float(benefit[1].var()), permutations=20)
    for factor, found in zip(factors, shares, strict=True):
        exact = DEVIATIONS[factor.name] ** 2 / total
        held[f"share of {factor.name}"] = found.interval[0] <= exact <= found.interval[1]
    return held


def sobol_intervals(seed: int) -> dict[str, bool]:
    def function(u: dict[str, np.ndarray]) -> np.ndarray:
        return ishigami(*((2 * u[name] - 1) * np.pi for name in "xyz"))

    found = sobol(function, ["x", "y", "z"], 1024, seed=seed)
    held = {}
    for i, name in enumerate(found.names):
        held[f"first order of {name}"] = bool(found.first_interval[i, 0] <= FIRST[name] <= found.first_interval[i, 1])
        held[f"total of {name}"] = bool(found.total_interval[i, 0] <= TOTAL[name] <= found.total_interval[i, 1])
    return held


def survival_interval(seed: int) -> dict[str, bool]:
    random = np.random.default_rng(seed)
    curve = kaplan_meier(random.exponential(1, 80), random.random(80) < 0.8)
    # times and censoring drawn apart: an observed time is an event with chance 0.8, so its hazard is 0.8
    step = int(np.searchsorted(curve.times, 0.7, side="right")) - 1
    return {"survival at 0.7 (95 %)": bool(curve.low[step] <= math.exp(-0.8 * 0.7) <= curve.high[step])}


def null_log_rank(seed: int) -> dict[str, bool]:
    random = np.random.default_rng(seed)
    times, happened = random.exponential(1, 100), random.random(100) < 0.7
    return {"log-rank": log_rank([(times[:50], happened[:50]), (times[50:], happened[50:])]).p < 0.05}


def null_trials(replicates: int) -> dict[str, int]:
    """Simulate trials of two arms that are given the same, in worlds and subjects that differ; count what is found."""
    study = read_study(STUDY)
    random = np.random.default_rng(1)
    values = np.broadcast_to(
        random.normal(size=(1, 200, 200, 1)) + random.normal(size=(1, 200, 1, 1)), (2, 200, 200, 1)
    )
    spread = np.zeros((2, 1, 1, 5, 2), dtype=np.float32)
    result = Result(study, Worlds(1, np.arange(200)), values, ("1",), np.array([0.0, 24.0]), "h", spread, ("1",))
    designs = {
        "means, 30 in each arm": Trial("rise", "drug", "nothing", 30),
        "means, a third lost": Trial("rise", "drug", "nothing", 30, lost=1 / 3),
        "shares, 100 in each arm": Trial("rise", "drug", "nothing", 100, responds=0.5),
    }
    found = {name: simulate_trials(result, one, replicates=replicates) for name, one in designs.items()}
    return {name: round(one.significant * replicates) for name, one in found.items()}


def shares(trial: Callable[[int], dict[str, bool]], repeats: int) -> dict[str, int]:
    """Count how often each thing held over repeats."""
    counts: dict[str, int] = {}
    for seed in range(1, repeats + 1):
        for name, held in trial(seed).items():
            counts[name] = counts.get(name, 0) + held
    return counts


def report(title: str, counts: dict[str, int], repeats: int) -> None:
    print(f"\n{title}, {repeats:,} repeats")
    for name, count in counts.items():
        interval = binomtest(count, repeats).proportion_ci(0.95)
        told = f"95 %: {100 * interval.low:.2f} to {100 * interval.high:.2f}"
        print(f"  {name:<26} {100 * count / repeats:6.2f} %   ({told})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=1000)
    repeats = parser.parse_args().repeats
    report("90 % intervals of values and shares hold the truth", shares(value_intervals, repeats), repeats)
    report("90 % intervals of Sobol' indices hold the truth", shares(sobol_intervals, repeats), repeats)
    report("intervals of survival hold the truth", shares(survival_interval, repeats), repeats)
    report("null trials that are significant at 5 %", shares(null_log_rank, 10 * repeats), 10 * repeats)
    report("simulated null trials that are significant at 5 %", null_trials(100 * repeats), 100 * repeats)


if __name__ == "__main__":
    main()
