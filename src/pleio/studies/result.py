"""The result of a study: endpoints by arm, world and subject, bands over time, what failed, and one digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..base.axes import ARM, ENDPOINT, SUBJECT, TIME, WORLD
from ..base.digests import digest_bytes
from ..base.errors import Problem, StudyError, nearest
from . import shown
from .endpoints.endpoint import unit_of
from .endpoints.quantiles import weighted_quantiles
from .endpoints.replicates import mean_over_worlds
from .formula import evaluate
from .labels import endpoint_labels, in_words, quantity_labels
from .quantities import unit_of_name
from .running.chunk import QUANTILES, Outcome, Setup
from .study import Study
from .worlds import FEWEST_EFFECTIVE, Worlds

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import DataArray, Dataset

    from .value.valuation import Valuation

Array = NDArray[np.float64]

MOST_BAND_WORLDS = 4096
"""Bands over time are taken from at most this many worlds, so that memory stays flat."""


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """What a study gave.

    Attributes:
        values: endpoints.  Shape (arms, worlds, subjects, endpoints), in `units`; NaN where a trajectory failed.
        units: the unit text of each endpoint.
        times: Shape (times,), in `time_unit`.
        spread: quantiles over the subjects of each world.  Shape (arms, worlds, observed, QUANTILES, times).
        observed_units: the unit text of each observed quantity.
        failed: (arm, world number, subject, reason) of each trajectory that failed.
        fresh: how many trajectories were computed for this result, not taken from earlier chunks.
        gains: the parameters that are magnitudes of contested effects.
        workers: those that computed chunks for this result.
        sources: CURIEs of what the mechanism rests on, where that is known.
        quantities: what is kept, what endpoints are of, and covariates → what the mechanism says that they are.
    """

    study: Study
    worlds: Worlds
    values: Array
    units: tuple[str, ...]
    times: Array
    time_unit: str
    spread: NDArray[np.float32]
    observed_units: tuple[str, ...]
    failed: tuple[tuple[str, int, int, str], ...] = ()
    fresh: int = 0
    gains: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    quantities: Mapping[str, str] = field(default_factory=dict)

    @property
    def arms(self) -> tuple[str, ...]:
        return tuple(self.study.arms)

    @property
    def labels(self) -> dict[str, str]:
        """Endpoint → what a reader calls it."""
        return endpoint_labels(self.study, self.quantities)

    @property
    def observed_labels(self) -> dict[str, str]:
        """Observed quantity → what a reader calls it."""
        return {name: self.quantities.get(name) or in_words(name) for name in self.study.observed}

    @property
    def trajectories(self) -> int:
        return int(self.values[..., 0].size)

    def __repr__(self) -> str:
        return f"<Result of {self.study.title}: {shown.size(self)}; digest {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        return shown.html(self)

    def to_dataframe(self) -> DataFrame:
        """Give one row for each arm, world and subject: weight, then an endpoint in each column, then the status."""
        return shown.by_subject(self)

    @property
    def endpoints(self) -> DataArray:
        """The endpoints, with named axes (arm, world, subject, endpoint) and a unit for each endpoint."""
        from xarray import DataArray

        names = list(self.study.endpoints)
        return DataArray(
            self.values,
            dims=(ARM, WORLD, SUBJECT, ENDPOINT),
            coords={
                ARM: list(self.arms),
                WORLD: self.worlds.numbers,
                SUBJECT: np.arange(self.values.shape[2]),
                ENDPOINT: names,
                "unit": (ENDPOINT, list(self.units)),
                "weight": (WORLD, self.worlds.weights),
            },
            name="endpoints",
        )

    @property
    def digest(self) -> str:
        """The SHA-256 of the result's bytes, every NaN written alike."""
        return digest_bytes(b"".join(_bytes(array) for array in (self.values, self.spread, self.times)))

    def bands(self) -> Dataset:
        """Quantiles over time, worlds apart from subjects.

        `worlds`: quantiles over worlds of the median subject.  `subjects`: for each quantile over the subjects of one
        world, its median over worlds.
        Returns:
            Each of dimensions (arm, observed, quantile, time), in the unit of the quantity.
        """
        from xarray import Dataset

        found = zip(*map(self.bands_of, self.study.observed), strict=True)
        worlds, subjects = (np.stack(of_each, axis=1) for of_each in found)
        dims = (ARM, "observed", "quantile", TIME)
        return Dataset(
            {"worlds": (dims, worlds), "subjects": (dims, subjects)},
            coords={
                ARM: list(self.arms),
                "observed": list(self.study.observed),
                "quantile": list(QUANTILES),
                TIME: self.times,
                "unit": ("observed", list(self.observed_units)),
            },
            attrs={"time_unit": self.time_unit},
        )

    def bands_of(self, observed: str) -> tuple[Array, Array]:
        """Give the bands of one observed quantity, those of worlds and of subjects, as `bands` has them.

        Returns:
            Each of shape (arms, quantiles, times), in the unit of the quantity.
        Raises:
            StudyError: the study does not observe it.
        """
        if observed not in self.study.observed:
            raise StudyError(f"'{observed}'", Problem("", "is not observed", nearest(observed, self.study.observed)))
        weights = self.worlds.weights[:MOST_BAND_WORLDS]
        spread = self.spread[:, :MOST_BAND_WORLDS, self.study.observed.index(observed)].astype(np.float64)
        worlds = weighted_quantiles(spread[:, :, QUANTILES.index(0.5)], weights, QUANTILES, axis=1)
        subjects = weighted_quantiles(spread, weights, (0.5,), axis=1)[0]
        return np.moveaxis(worlds, 0, 1), subjects

    def utility(self, prices: Mapping[str, float] | None = None) -> Array:
        """The decision's utility.  Shape (arms, worlds, subjects), in the decision's unit.

        Args:
            prices: replace those of the decision.
        Raises:
            StudyError: the study has no decision.
        """
        return utility_of(self.study, self.values, prices)

    def value(self, **options: Any) -> Valuation:
        """Say what explains the answer and what is worth testing; `options` are those of `valuation.valuation`."""
        from .value.valuation import valuation

        return valuation(self, **options)

    def summary(self) -> list[dict[str, Any]]:
        """One row for each arm and endpoint.

        `median`, `worlds_50` and `worlds_90` are over worlds, of the mean over subjects; `all_50` and `all_90` are over
        all subjects of all worlds.  An interval is [low, high], its name the per cent that it holds.  Of quasi-random
        worlds, `mean_95` is the interval of the mean, from how far their replicates differ.
        """
        rows = []
        for i, arm in enumerate(self.arms):
            for j, (name, label) in enumerate(self.labels.items()):
                known = {"arm": arm, "endpoint": name, "label": label, "unit": self.units[j]}
                rows.append({**known, **self._row(self.values[i, :, :, j])})
        return rows

    @property
    def note(self) -> str:
        """What marks a result whose worlds weigh too little; "" where they do not."""
        worth = self.worlds.effective
        if worth >= FEWEST_EFFECTIVE:
            return ""
        if self._weigh_alike:
            return f"{len(self.worlds)} worlds are fewer than {FEWEST_EFFECTIVE}: the value of information is refused"
        return (
            f"{len(self.worlds)} worlds weigh as {worth:.0f} equal ones, fewer than {FEWEST_EFFECTIVE}: "
            "look at the unweighted numbers too; the value of information is refused"
        )

    def unweighted(self) -> list[dict[str, Any]]:
        """Give the summary with every world counted once; nothing where all weigh alike."""
        if self._weigh_alike:
            return []
        return replace(self, worlds=replace(self.worlds, weights=np.ones(len(self.worlds)))).summary()

    @property
    def _weigh_alike(self) -> bool:
        return bool(np.ptp(self.worlds.weights) == 0)

    def _row(self, values: Array) -> dict[str, Any]:
        weights, finite = self.worlds.weights, np.isfinite(values)
        counts = finite.sum(axis=1)
        with np.errstate(invalid="ignore"):
            means = np.where(finite, values, 0.0).sum(axis=1) / counts
        usable = counts > 0
        if not usable.any():
            nothing = ("mean", "median", "worlds_50", "worlds_90", "all_50", "all_90")
            return {**dict.fromkeys(nothing), "failed": int(values.size)}
        among = weighted_quantiles(means[usable], weights[usable], QUANTILES, axis=0)
        each = np.repeat(weights, values.shape[1])[finite.ravel()]
        over = weighted_quantiles(values[finite], each, QUANTILES, axis=0)
        return {
            "mean": float(np.average(means[usable], weights=weights[usable])),
            "median": float(among[2]),
            "worlds_50": [float(among[1]), float(among[3])],
            "worlds_90": [float(among[0]), float(among[4])],
            "all_50": [float(over[1]), float(over[3])],
            "all_90": [float(over[0]), float(over[4])],
            "failed": int((~finite).sum()),
            **({"mean_95": self._of_mean(means)} if self.worlds.net else {}),
        }

    def _of_mean(self, means: Array) -> list[float] | None:
        try:
            return list(mean_over_worlds(means, self.worlds).interval)
        except StudyError:  # one replicate alone came through
            return None

    def to_json(self) -> dict[str, Any]:
        """What `study run --json` prints."""
        return {
            "study": self.study.title,
            "digest": self.digest,
            "worlds": len(self.worlds),
            "effective_worlds": round(self.worlds.effective, 1),
            "subjects": self.values.shape[2],
            "trajectories": self.trajectories,
            "computed": self.fresh,
            "endpoints": self.summary(),
            "failed": [dict(zip(("arm", "world", "subject", "reason"), one, strict=True)) for one in self.failed],
            "workers": list(self.workers),
            **({"note": self.note} if self.note else {}),
            **({"unweighted": self.unweighted()} if self.note and not self._weigh_alike else {}),
        }


def utility_of(study: Study, values: Array, prices: Mapping[str, float] | None = None) -> Array:
    """Give the utility of endpoints.  Shape (arms, worlds, subjects), in the decision's unit.

    Args:
        values: Shape (arms, worlds, subjects, endpoints).
        prices: replace those of the decision.
    Raises:
        StudyError: the study has no decision.
    """
    decision = study.decision
    if decision is None:
        raise StudyError(f"study '{study.title}'", Problem("", "has no decision", "add 'decision' with a utility"))
    named = {name: values[..., i] for i, name in enumerate(study.endpoints)}
    found = evaluate(decision.utility, {**named, **decision.all_prices, **(prices or {})})
    return np.broadcast_to(found, values.shape[:3])


def assemble(
    setup: Setup, worlds: Worlds, outcomes: Sequence[Outcome], fresh: int, workers: tuple[str, ...] = ("local",)
) -> Result:
    """Put the chunks of a study together, in the order of the worlds."""
    network, study = setup.mechanism.network, setup.study
    hours = network.time_unit or "h"
    kept: list[NDArray[np.float32]] = []
    for outcome in outcomes:
        if sum(part.shape[1] for part in kept) < MOST_BAND_WORLDS:
            kept.append(outcome.spread)
    arms = list(study.arms)
    failed = sorted(
        (entry for outcome in outcomes for entry in outcome.failed), key=lambda e: (arms.index(e[0]), *e[1:3])
    )
    return Result(
        study,
        worlds,
        np.concatenate([outcome.endpoints for outcome in outcomes], axis=1),
        tuple(unit_of(e, unit_of_name(network, e.of), hours) for e in study.endpoints.values()),
        setup.times,
        hours,
        np.concatenate(kept, axis=1)[:, :MOST_BAND_WORLDS],
        tuple(unit_of_name(network, name) for name in study.observed),
        tuple(failed),
        fresh,
        setup.mechanism.gains,
        workers,
        quantities=quantity_labels(network, study),
    )


def _bytes(array: NDArray[Any]) -> bytes:
    return np.where(np.isnan(array), np.nan, array).astype(array.dtype.newbyteorder("<")).tobytes()
