"""One chunk of a study: some worlds, all their subjects, all arms; a pure function of its inputs.

The unit of work, of storage and of distribution: the numbers of a member depend on its own world and subject alone, so
that a study gives the same bits however it is cut into chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...base.units import parse
from ...mechanisms.network import Network
from ..endpoints.endpoint import reduce
from ..mechanism import Agent, Mechanism
from ..quantities import unit_of_name
from ..regimens.administration import Administration
from ..study import Study
from ..subjects.members import member_parameters
from ..worlds import Worlds
from .stacked import Draws, stacked
from .untreated import untreated, with_baselines

Array = NDArray[np.float64]
Spread = NDArray[np.float32]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168)  # hours that divide a day or a week
_FINEST = 260  # points
FEWEST_MEMBERS = 4
NOT_FINITE = "a quantity that was asked for is not a finite number"


@dataclass(frozen=True)
class Setup:
    """All that a chunk needs besides its worlds."""

    study: Study
    mechanism: Mechanism
    agents: Mapping[str, Agent] = field(default_factory=dict)
    rtol: float = 1e-6

    @cached_property
    def network(self) -> Network:
        """The mechanism's network, which also reports the baselines that endpoints are relative to."""
        return with_baselines(self.mechanism.network, baseline_names(self.study))

    @cached_property
    def times(self) -> Array:
        """The times at which trajectories are kept, from 0 to the horizon.  Shape (times,), in the mechanism's unit."""
        return grid(self.study, self.mechanism.network.time_unit or "h")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a chunk gives.

    Attributes:
        endpoints: Shape (arms, worlds, subjects, endpoints).  NaN where the trajectory failed.
        spread: quantiles over the subjects of each world.  Shape (arms, worlds, observed, quantiles, times).
        failed: (arm, world number, subject, reason) of each trajectory that failed.
    """

    endpoints: Array
    spread: Spread
    failed: tuple[tuple[str, int, int, str], ...] = ()


def grid(study: Study, time_unit: str) -> Array:
    """Give the times at which a study's trajectories are kept: evenly spaced, and the ends of every window.

    Returns:
        Rising from 0 to the horizon.  Shape (times,), in `time_unit`.
    """
    unit = parse(time_unit)
    horizon = study.horizon.to(unit)
    hour = parse("h").factor_to(unit)
    if study.every is not None and study.every.value > 0:
        step = study.every.to(unit)
    else:
        fitting = [size * hour for size in _STEPS if horizon / (size * hour) <= _FINEST]
        step = fitting[0] if fitting else horizon / _FINEST
    count = int(np.floor(horizon / step + 1e-9))
    ends = [end.to(unit) for endpoint in study.endpoints.values() for end in endpoint.window or ()]
    times = np.unique(np.concatenate([step * np.arange(count + 1), [horizon], ends]))
    apart = np.concatenate([[True], np.diff(times) > 1e-9 * horizon])
    kept: Array = times[apart]
    return kept


def compute(
    setup: Setup,
    worlds: Worlds,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
    draw: Draws = member_parameters,
) -> Outcome:
    """Simulate every subject of some worlds in every arm.

    Args:
        draw: gives the parameters of subjects.
        progress: told how many more trajectories are done.
    """
    study, size = setup.study, setup.study.cohort.size
    shape = (len(study.arms), len(worlds), size)
    parameters, series = stacked(study, setup.mechanism, setup.agents, worlds, draw)
    every, status = _simulate(setup, parameters, series, setup.times, int(np.prod(shape)), threads)
    values = every.reshape(shape[0], shape[1] * size, *every.shape[1:])
    endpoints = np.empty((*shape, len(study.endpoints)))
    spread = np.empty((*shape[:2], len(study.observed), len(QUANTILES), len(setup.times)), dtype=np.float32)
    for i in range(shape[0]):
        endpoints[i] = _endpoints(setup, setup.times, values[i]).reshape(*shape[1:], -1)
        spread[i] = _spread(values[i], shape[1], size, len(study.observed))
    if progress is not None:
        progress(len(status))
    return Outcome(endpoints, spread, tuple(_failed(list(study.arms), worlds, size, status)))


def _failed(arms: list[str], worlds: Worlds, size: int, status: tuple[str, ...]) -> Iterator[tuple[str, int, int, str]]:
    for member, reason in enumerate(status):
        if reason:
            arm, rest = divmod(member, len(worlds) * size)
            yield arms[arm], int(worlds.numbers[rest // size]), rest % size, reason


def saved_names(study: Study) -> tuple[str, ...]:
    """Name what a trajectory is kept of: what is observed, then what endpoints are of."""
    return tuple(dict.fromkeys((*study.observed, *(endpoint.of for endpoint in study.endpoints.values()))))


def _simulate(
    setup: Setup,
    parameters: Mapping[str, Array],
    series: tuple[Administration, ...],
    times: Array,
    members: int,
    threads: int | None,
) -> tuple[Array, tuple[str, ...]]:
    """Run the members of all arms.

    Returns:
        Values of shape (members, times, saved names and then the baselines of what endpoints are of), and statuses.
    """
    from ...simulation.ensemble import integrate
    from ...simulation.protocol import Baseline, Dose

    study, of = setup.study, baseline_names(setup.study)
    network = setup.network
    # a run of very few members may take another path through the engine, whose last bits differ
    extra = max(0, FEWEST_MEMBERS - members)
    run = integrate(
        network,
        times,
        members=members + extra,
        parameters={name: _padded(values, extra) for name, values in parameters.items()},
        doses=[
            Dose(
                s.species,
                _padded(s.amount, extra),
                _padded(s.start, extra),
                _padded(s.duration, extra),
                s.every,
                s.times,
            )
            for s in series
        ],
        baseline=Baseline(
            hold={switch.sign: 0.0 for switch in setup.mechanism.switches.values()},
            duration=study.baseline.to(network.time_unit or "h") if study.baseline else None,
        ),
        save=(*saved_names(study), *(untreated(name) for name in of)),
        rtol=setup.rtol,
        threads=threads,
    )
    values = np.array(run.values[:members], dtype=np.float64)
    whole: NDArray[np.bool_] = np.asarray(np.isfinite(values.reshape(members, -1)).all(axis=1))
    status = tuple(why or ("" if fine else NOT_FINITE) for why, fine in zip(run.status, whole, strict=False))
    values[[bool(reason) for reason in status]] = np.nan
    return values, status


def _padded(values: Array, extra: int) -> Array:
    return np.pad(values, (0, extra), mode="edge") if extra else values


def baseline_names(study: Study) -> tuple[str, ...]:
    """Name the quantities whose baseline an endpoint needs."""
    needed = (e.of for e in study.endpoints.values() if e.relative_to or e.change_from)
    return tuple(dict.fromkeys(needed))


def _endpoints(setup: Setup, times: Array, values: Array) -> Array:
    study, network = setup.study, setup.mechanism.network
    names, baselines = saved_names(study), baseline_names(study)
    columns = []
    for endpoint in study.endpoints.values():
        of = values[:, :, names.index(endpoint.of)]
        unit = unit_of_name(network, endpoint.of)
        before = values[:, 0, len(names) + baselines.index(endpoint.of)] if endpoint.of in baselines else of[:, 0]
        columns.append(reduce(endpoint, times, of, before, network.time_unit or "h", unit))
    return np.stack(columns, axis=-1)


def _spread(values: Array, worlds: int, size: int, observed: int) -> Spread:
    """Give quantiles over the subjects of each world.  Shape (worlds, observed, quantiles, times).

    NaN for a world all of whose subjects failed; a trajectory that failed is NaN as a whole.
    """
    kept = values[:, :, :observed].reshape(worlds, size, values.shape[1], observed)
    if size == 1:  # whose quantiles are all its value
        return np.repeat(np.transpose(kept, (0, 3, 1, 2)), len(QUANTILES), axis=2).astype(np.float32)
    found = np.quantile(kept, QUANTILES, axis=1)
    came: NDArray[np.bool_] = np.asarray(np.isfinite(kept).all(axis=(2, 3)))
    for world in np.nonzero(came.any(axis=1) & ~came.all(axis=1))[0]:
        found[:, world] = np.quantile(kept[world, came[world]], QUANTILES, axis=0)
    return np.transpose(found, (1, 3, 0, 2)).astype(np.float32)
