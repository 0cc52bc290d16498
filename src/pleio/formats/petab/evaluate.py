"""A PEtab problem run as it stands: each measurement beside its simulation, and how likely all of them are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...mechanisms.expression import names
from ...mechanisms.named_units import stands_for
from ...mechanisms.network import Network
from ...simulation import Baseline, integrate
from ...studies.formula import evaluate as value_of
from .problem import Measurement, Observable, Petab

Array = NDArray[np.float64]
RTOL = 1e-8
RAMPS: Mapping[str, Callable[[float], Any]] = {"lin": float, "log": np.log, "log10": np.log10}
Pair = tuple[str, str]  # the condition of rest ("" for none), the condition


@dataclass(frozen=True, eq=False, repr=False)
class Evaluated:
    """What came of each measurement, in the order of the table.

    Attributes:
        simulated: NaN where it was not simulated.  Shape (measurements,).
        residuals: on the observable's scale, in units of its noise.  Shape (measurements,).
        log_likelihoods: of each measurement, natural.  Shape (measurements,).
        status: "" or why there is none.
    """

    simulated: Array
    residuals: Array
    log_likelihoods: Array
    status: tuple[str, ...]

    def __repr__(self) -> str:
        judged = sum(not why for why in self.status)
        return f"<Evaluated: {judged} of {len(self.status)} judged, log likelihood {self.log_likelihood:.6g}>"

    @property
    def chi2(self) -> float:
        """The sum of squared residuals of what was simulated."""
        return float(np.nansum(self.residuals**2))

    @property
    def log_likelihood(self) -> float:
        """The log likelihood of what was simulated."""
        return float(np.nansum(self.log_likelihoods))


def evaluate(problem: Petab) -> Evaluated:
    """Simulate every measurement of a problem at the nominal values.

    Raises:
        ModelError: the model cannot be run.
    """
    count = len(problem.measurements)
    simulated, residuals, likely = (np.full(count, np.nan) for _ in range(3))
    status = [""] * count
    for pairs in _alike(problem):
        group = [i for i, one in enumerate(problem.measurements) if (one.before, one.condition) in pairs]
        values, reasons = _simulated(problem, pairs, [problem.measurements[i] for i in group])
        for i, found, why in zip(group, values, reasons, strict=True):
            status[i] = why
            if not why:
                simulated[i], residuals[i], likely[i], status[i] = _judged(problem, problem.measurements[i], found)
    return Evaluated(simulated, residuals, likely, tuple(status))


def _alike(problem: Petab) -> Iterable[list[Pair]]:
    """Put together the pairs of conditions that set the same things, so that they are simulated at once."""

    def kind(pair: Pair) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
        before, then = pair
        return bool(before), *(tuple(sorted(problem.conditions[one])) if one else () for one in (before, then))  # type: ignore[return-value]

    pairs = sorted({(one.before, one.condition) for one in problem.measurements}, key=lambda pair: (kind(pair), pair))
    for _, group in groupby(pairs, key=kind):
        yield list(group)


def _simulated(problem: Petab, pairs: list[Pair], asked: list[Measurement]) -> tuple[list[dict[str, float]], list[str]]:
    """Give for each measurement the values of what its formulas name, and why there are none."""
    then = _settings(problem, [pair[1] for pair in pairs])
    network = _without_initial(problem.network, then)
    if pairs[0][0]:
        held = _settings(problem, [pair[0] for pair in pairs])
        states = _states(network)
        rested = integrate(
            _without_initial(problem.network, held), [0.0], members=len(pairs), parameters=held, baseline=Baseline(),
            save=states, rtol=RTOL,
        )  # fmt: skip
        then = {**{key: rested.values[:, 0, i] for i, key in enumerate(states)}, **then}
        network = _without_initial(problem.network, then)
    needed = {name for one in asked for name in _named(problem.observables[one.observable])} & _all(network)
    keys = {name: f"[{name}]" if _per_size(network, name) else name for name in sorted(needed)}
    times = np.unique([one.time for one in asked if 0 <= one.time < math.inf] + [0.0])
    common: dict[str, Any] = {"members": len(pairs), "parameters": then, "save": tuple(keys.values()), "rtol": RTOL}
    run = integrate(network, times, **common)
    last = integrate(network, [0.0], baseline=Baseline(), **common) if any(math.isinf(o.time) for o in asked) else run
    values, status = [], []
    for one in asked:
        member, source = pairs.index((one.before, one.condition)), last if math.isinf(one.time) else run
        at = 0 if math.isinf(one.time) else int(np.searchsorted(times, one.time))
        values.append(dict(zip(keys, source.values[member, min(at, len(source.times) - 1)].tolist(), strict=True)))
        early = "its time is before 0, where simulations begin" if one.time < 0 else ""
        status.append(early or source.status[member])
    return values, status


def _judged(problem: Petab, one: Measurement, found: Mapping[str, float]) -> tuple[float, float, float, str]:
    """Give the simulation of a measurement, its residual and log likelihood, and why it has none."""
    observable = problem.observables[one.observable]
    stated = {name: problem.number(given) for name, given in problem.conditions[one.condition].items()}
    here = {**problem.nominal, **stated, **found}
    overrides = {
        name: here[given] if isinstance(given, str) and given in here else problem.number(given)
        for name, given in one.overrides.items()
    }
    known = {**here, **overrides}
    if lacking := sorted(_named(observable) - set(known)):
        return math.nan, math.nan, math.nan, f"nothing stands for {', '.join(lacking)}"
    value, noise = (float(value_of(root, known)) for root in (observable.formula, observable.noise))
    if not math.isfinite(value):
        return value, math.nan, math.nan, "its simulation is not a number"
    if observable.scale != "lin" and not (one.value > 0 and value > 0):
        return value, math.nan, math.nan, f"the logarithm is not defined of {one.value:g} beside {value:g}"
    if not noise > 0:
        return value, math.nan, math.nan, f"its noise is {noise:g}"
    ramp = RAMPS[observable.scale]
    residual = float(ramp(one.value) - ramp(value)) / noise
    slope = {"lin": 1.0, "log": one.value, "log10": one.value * math.log(10)}[observable.scale]
    if observable.law == "laplace":
        return value, residual, -math.log(2 * noise * slope) - abs(residual), ""
    return value, residual, -0.5 * math.log(2 * math.pi * (noise * slope) ** 2) - 0.5 * residual**2, ""


def _settings(problem: Petab, conditions: list[str]) -> dict[str, Array]:
    """Give what each of several conditions sets: amounts of species, values of all else.  Shape (conditions,) each."""
    network = problem.network
    found = {
        key: np.array([problem.number(problem.conditions[one][key]) for one in conditions])
        for key in problem.conditions[conditions[0]]
    }
    for key in found:
        if key in network.species and _per_size(network, key):
            home = network.species[key].compartment
            found[key] = found[key] * found.get(home, np.array(network.compartments[home].size or math.nan))
    return found


def _states(network: Network) -> tuple[str, ...]:
    """Name what has a state of its own that rest leaves behind."""
    free = [key for key, one in network.species.items() if key not in network.assignments]
    return (*free, *(key for key in network.rates if key not in network.species))


def _without_initial(network: Network, given: Iterable[str]) -> Network:
    """Leave out initial assignments to what is given."""
    return network.replace(initial={key: one for key, one in network.initial.items() if key not in set(given)})


def _per_size(network: Network, key: str) -> bool:
    return key in network.species and stands_for(network, network.species[key]) == "concentration"


def _named(observable: Observable) -> set[str]:
    return names(observable.formula, observable.noise)


def _all(network: Network) -> set[str]:
    return {*network.species, *network.parameters, *network.compartments}
