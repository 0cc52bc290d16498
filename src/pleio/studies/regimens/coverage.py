"""How much of its target an agent covers just before its next dose, and the dose that would cover 90 % of it.

A regimen is run at several multiples of its dose.  Coverage of a binding site rises with the logarithm of the dose as a
logistic curve, so the log odds of coverage are interpolated against the logarithm of the dose.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ...base.quantities import Quantity
from ...base.units import parse
from ...mechanisms.formula import parse_formula
from ...mechanisms.network import Observable
from ..endpoints.quantiles import weighted_quantiles
from ..mechanism import Agent, Mechanism
from ..result import Result
from ..run import run
from ..study import Endpoint, Study
from ..worlds import Worlds
from .dosing import Dosing

Array = NDArray[np.float64]

MULTIPLES = tuple(4.0**k for k in range(-4, 5))
LEVEL = 0.9
MOST_SUBJECTS = 8
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Site:
    """A place where the target is.

    Attributes:
        ligand: the free ligand there, a name of the mechanism; `[name]` for its concentration.
        held, receptors: formulas of the receptors that the agent holds, and of all receptors.
        signal: what the receptors send on, a name of the mechanism.
        target: what the agent covers: the ligand or the receptor.
    """

    name: str
    ligand: str
    held: str
    receptors: str
    signal: str
    target: Literal["ligand", "receptor"]


@dataclass(frozen=True)
class Covered:
    """What is covered at one site at trough, each as low, median and high over worlds (5, 50 and 95 %).

    Attributes:
        free_ligand: the share of the free ligand that is left.
        receptor: the share of receptors that the agent holds.
        signal: the share of the signal that is left.
        chance: how probable it is, over worlds and subjects, that 90 % of the target is covered.
        dose: that covers 90 % of the target in the mean subject, in `unit`; 0 where less than was tried does, infinite
            where nothing that was tried does.
    """

    site: str
    target: str
    free_ligand: tuple[float, float, float]
    receptor: tuple[float, float, float]
    signal: tuple[float, float, float]
    chance: float
    dose: tuple[float, float, float]
    unit: str

    def to_json(self) -> dict[str, Any]:
        def spread(values: Sequence[float | None]) -> dict[str, float | None]:
            return dict(zip(("low", "median", "high"), values, strict=True))

        return {
            "site": self.site,
            "target": self.target,
            "free_ligand_left": spread(self.free_ligand),
            "receptor_coverage": spread(self.receptor),
            "signal_left": spread(self.signal),
            "chance_of_90_percent": self.chance,
            "dose_for_90_percent": {**spread([*map(_within, self.dose)]), "unit": self.unit},
        }


def _within(dose: float) -> float | None:
    """Give a dose that lies within those that were tried; None beyond."""
    return dose if 0.0 < dose < math.inf else None


@dataclass(frozen=True)
class Coverage:
    """What a regimen covers.

    Attributes:
        trough: when, after the first dose, in words.
        tried: the least and the greatest dose that was run, in the unit of the regimen.
        failed: how many trajectories failed.
    """

    agent: str
    regimen: str
    trough: str
    sites: tuple[Covered, ...]
    tried: tuple[float, float]
    trajectories: int
    failed: int

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "sites": [site.to_json() for site in self.sites], "tried": list(self.tried)}


def coverage(
    study: Study,
    mechanism: Mechanism,
    worlds: Worlds,
    dosing: Dosing,
    sites: Sequence[Site],
    *,
    agents: Mapping[str, Agent],
    **options: Any,
) -> Coverage:
    """Say what a regimen covers at its last trough within the study, and the dose that covers 90 %.

    Args:
        study: gives the cohort, the conditions and the horizon.
        agents: among them the one that `dosing` gives.
        options: of `run.run`.
    Raises:
        StudyError: the regimen does not fit the mechanism.
    """
    last = whole_intervals(study, dosing)
    mechanism = _with_receptors(mechanism, sites)
    asked = _study(study, last, sites)
    result = run(asked, mechanism, worlds, agents=agents, **options)
    doses = np.array([multiple * dosing.amount.value for multiple in MULTIPLES])
    found = tuple(_covered(result, k, site, doses, str(dosing.amount.unit)) for k, site in enumerate(sites))
    said = f"{dosing.amount} {dosing.route}" + (f" every {dosing.every}" if dosing.every else "")
    return Coverage(
        dosing.agent, said, str(asked.horizon), found, (doses[0], doses[-1]), result.trajectories, len(result.failed)
    )


def whole_intervals(study: Study, dosing: Dosing) -> Dosing:
    """Cut a regimen to the doses whose interval ends within the study; of a single dose, the study's end is the trough.

    At least one interval is kept, though it be longer than the study.
    """
    if dosing.every is None:
        return dosing
    room = (study.horizon.to("h") - dosing.start.to("h")) / dosing.every.to("h")
    return dosing.model_copy(update={"times": max(1, min(dosing.times, math.floor(room + 1e-9)))})


def _study(study: Study, dosing: Dosing, sites: Sequence[Site]) -> Study:
    if dosing.every is None:
        trough = study.horizon
    else:
        trough = Quantity(dosing.start.to("d") + dosing.times * dosing.every.to("d"), parse("d"))
    endpoints = {}
    for k, site in enumerate(sites):
        endpoints[f"ligand_{k}"] = Endpoint(of=site.ligand, take="final", relative_to="baseline")
        endpoints[f"receptor_{k}"] = Endpoint(of=_held(k), take="final")
        endpoints[f"signal_{k}"] = Endpoint(of=site.signal, take="final", relative_to="baseline")
    return study.model_copy(
        update={
            "cohort": study.cohort.model_copy(update={"size": min(study.cohort.size, MOST_SUBJECTS)}),
            "arms": {f"{multiple!r} times": (_scaled(dosing, multiple),) for multiple in MULTIPLES},
            "horizon": trough,
            "every": trough,
            "endpoints": endpoints,
            "observe": (),
            "decision": None,
        }
    )


def _scaled(dosing: Dosing, factor: float) -> Dosing:
    def times(amount: Quantity | None) -> Quantity | None:
        return None if amount is None else Quantity(amount.value * factor, amount.unit)

    return dosing.model_copy(update={"amount": times(dosing.amount), "loading": times(dosing.loading)})


def _with_receptors(mechanism: Mechanism, sites: Sequence[Site]) -> Mechanism:
    """Add the share of receptors held at each site as an observable."""
    more = {
        _held(k): Observable(parse_formula(f"({site.held}) / ({site.receptors})"), "1") for k, site in enumerate(sites)
    }
    network = mechanism.network
    return replace(mechanism, network=network.replace(observables={**network.observables, **more}))


def _held(k: int) -> str:
    return f"receptors_held_{k}"


def _covered(result: Result, k: int, site: Site, doses: Array, unit: str) -> Covered:
    values = result.values[..., 3 * k : 3 * k + 3]  # of dose, world, subject
    left, held, signal = 1 + values[..., 0], values[..., 1], 1 + values[..., 2]
    covered = held if site.target == "receptor" else 1 - left
    here, weights = MULTIPLES.index(1.0), result.worlds.weights

    def over_worlds(of: Array) -> tuple[float, float, float]:
        low, middle, high = weighted_quantiles(_mean(of), weights, QUANTILES, axis=0)
        return float(low), float(middle), float(high)

    enough = np.where(np.isfinite(covered[here]), covered[here] >= LEVEL, np.nan)
    needed = np.log([dose_for(doses, curve) for curve in _mean(covered, axis=2).T])
    beyond = np.log(doses[-1] * 16)
    spread = np.exp(weighted_quantiles(np.minimum(needed, beyond), weights, QUANTILES, axis=0))
    low, middle, high = (0.0 if x <= doses[0] else math.inf if x >= doses[-1] else float(x) for x in spread)
    return Covered(
        site.name,
        site.target,
        over_worlds(left[here]),
        over_worlds(held[here]),
        over_worlds(signal[here]),
        float(np.average(np.nan_to_num(_mean(enough)), weights=weights)),
        (low, middle, high),
        unit,
    )


def dose_for(doses: Array, covered: Array, level: float = LEVEL) -> float:
    """Find the dose that covers a share, between doses that were tried.

    Args:
        doses: rising.  Shape (doses,).
        covered: the share that each covers.  Shape (doses,); NaN where it is not known.
    Returns:
        The dose; the least one where that suffices, infinite where none does, NaN where nothing is known.
    """
    known = np.isfinite(covered)
    if not known.any():
        return math.nan
    at, share = np.log(doses[known]), np.clip(covered[known], 1e-12, 1 - 1e-12)
    enough = np.nonzero(share >= level)[0]
    if len(enough) == 0:
        return math.inf
    first = int(enough[0])
    if first == 0:
        return float(np.exp(at[0]))
    odds = np.log(share / (1 - share))[[first - 1, first]]
    target = math.log(level / (1 - level))
    return float(np.exp(np.interp(target, odds, at[[first - 1, first]])))


def _mean(values: Array, axis: int = -1) -> Array:
    """Give means over subjects of those who came through."""
    held = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(held, values, 0.0).sum(axis=axis) / held.sum(axis=axis))
