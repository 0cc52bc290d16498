"""What the library's observations say of a study's worlds: their likelihood, and the belief before and after.

Only rows that are open to fits count, of modules that the study has.  A parameter that was fitted to observations
starts from what was known before the fit, so that no row is used twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ...inference.courses import Course, simulate
from ...inference.observations import Observation
from ...inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from ...inference.scoring import transform
from ...inference.tempering import Space, Tempered, temper
from ...studies.running.chunk import grid
from ...studies.worlds import Worlds
from ..readouts.readouts import LibraryReadouts, read_all
from .forecasts import HORIZONS, Forecast, Forecaster
from .numbers import natural_factor, numbers
from .rows import NotModelled, Plan, Side, plan

if TYPE_CHECKING:
    from ..question import StudyInLibrary

Array = NDArray[np.float64]

WRONG = 0.05
"""The probability of a statement about a direction or a bound that does not hold in a world.  A guess."""
SUBJECTS = 4
SMALLEST = 1e-6


@dataclass(frozen=True)
class Shift:
    """What observations do to the belief in one contest or assumption."""

    kind: str
    name: str
    title: str
    before: Mapping[str, float]
    after: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "before": dict(self.before), "after": dict(self.after)}


@dataclass(frozen=True, eq=False)
class Evidence:
    """Worlds given observations.

    Attributes:
        rows: ids of the observations that were used.
        left: parameter of each row of these modules that could not be used, and why.
        shifts: the belief in each contest and assumption, before and after.
    """

    found: Tempered
    rows: tuple[str, ...]
    shifts: tuple[Shift, ...]

    @property
    def worlds(self) -> Worlds:
        return self.found.worlds

    def to_json(self) -> dict[str, Any]:
        return {
            "observations": list(self.rows),
            "effective_worlds": round(self.found.effective, 1),
            "without_moves": round(self.found.first, 1),
            "degrees": list(self.found.degrees),
            "accepted": list(self.found.accepted),
            "log_evidence": self.found.log_evidence,
            "beliefs": [shift.to_json() for shift in self.shifts],
        }


def weigh_by_observations(
    asked: StudyInLibrary,
    *,
    count: int | None = None,
    seed: int | None = None,
    band: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> Evidence:
    """Draw a study's worlds given the library's observations.

    Args:
        count, seed, band: those of the study by default.
        progress: told how many degrees are done, and how far the observations are let in.
    Raises:
        StudyError: no observation speaks of the study's modules, or they are impossible.
    """
    worlds = asked.study.worlds
    band = band or worlds.belief
    seed = worlds.seed if seed is None else seed
    likelihood = Likelihood(asked, threads)
    if not likelihood.plans:
        help = "'pleio validate' lists them"
        raise StudyError(
            f"study '{asked.name}'", Problem("", "no observation that is open to fits is of its modules", help)
        )
    posterior = asked.posterior(band)
    mechanism = replace(asked.mechanism, uncertain={**asked.mechanism.uncertain, **likelihood.before_fit})
    space = Space(posterior, mechanism, seed, band)
    found = temper(space, likelihood, count=count or worlds.count, progress=progress)
    rows = tuple(one.row.id for one in likelihood.plans)
    return Evidence(found, rows, tuple(_shifts(asked, space, found.worlds)))


@dataclass(eq=False)
class Likelihood:
    """The log likelihood of the observations that are open to fits, in each world of a study."""

    asked: StudyInLibrary
    threads: int | None = None
    prepared: dict[tuple[object, ...], StudyInLibrary] = field(default_factory=dict)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The rows that the study's modules can express."""
        library, held = self.asked.library, set(self.asked.stated.mechanism)
        readouts, found = LibraryReadouts(library), []
        for row in read_all(library):
            if row.use != "fit":
                continue
            try:
                one = plan(row, readouts)
            except NotModelled:
                continue
            sides = [side for side in (one.side, one.against) if side is not None]
            if all(set(side.mechanism) <= held and self._is_of(side) for side in sides) and _speaks(row):
                found.append(one)
        return tuple(found)

    def _is_of(self, side: Side) -> bool:
        """Whether what holds for a group holds for the study's subjects: contested effects are those of one species."""
        switches = self.asked.library.mechanism(side.mechanism).switches
        return not switches or side.species == self.asked.stated.cohort.species

    @cached_property
    def before_fit(self) -> dict[str, Any]:
        """What was known of the study's fitted parameters before they were fitted."""
        asked, before = self.asked, self._forecaster.before
        found = before.in_mechanism(asked.assembled, asked.stated.cohort.species)
        fitted = {name for name, prior in asked.assembled.priors.items() if prior.fitted_to}
        return {name: law for name, law in found.items() if name in fitted & set(asked.mechanism.uncertain)}

    @cached_property
    def _forecaster(self) -> Forecaster:
        return Forecaster(self.asked.library, LibraryReadouts(self.asked.library), subjects=SUBJECTS)

    @cached_property
    def _wanted(self) -> dict[Side, set[str]]:
        wanted: dict[Side, set[str]] = {}
        for one in self.plans:
            for side in (one.side, one.against):
                if side is not None:
                    wanted.setdefault(side, set()).add(one.of)
        return wanted

    def __call__(self, worlds: Worlds) -> Array:
        """Give the log likelihood.  Shape (worlds,); NaN where a trajectory failed."""
        here = _Here(self, worlds)
        total = np.zeros(len(worlds))
        for one in self.plans:
            total += self._of(one, here, worlds)
        return total

    def _of(self, one: Plan, here: _Here, worlds: Worlds) -> Array:
        means, spreads = self._numbers(one, one.side, here, worlds)
        if one.against is not None:
            other, _ = self._numbers(one, one.against, here, worlds)
            with np.errstate(divide="ignore", invalid="ignore"):
                means = means / other - (1.0 if one.readout.less_one else 0.0)
        return log_likelihood(one, means, spreads)

    def _numbers(self, one: Plan, side: Side, here: _Here, worlds: Worlds) -> tuple[Array, Array]:
        """Give the mean and spread of each world's subjects, arms of a printed range averaged.  Shapes (worlds,)."""
        means, spreads, _ = numbers(one, side, here, "own", "", self._wanted)
        shape = (-1, len(worlds))
        return means.reshape(shape).mean(axis=0), spreads.reshape(shape).mean(axis=0)


class _Here:
    """Simulates sides over given worlds; stands where `validation.numbers` expects a forecaster."""

    def __init__(self, of: Likelihood, worlds: Worlds) -> None:
        self.of, self.worlds = of, worlds
        self.library, self.readouts = of.asked.library, of._forecaster.readouts
        self.kept: dict[tuple[object, ...], list[Any]] = {}

    def asked(self, side: Side, of: str, horizon: float) -> StudyInLibrary:
        return self.of._forecaster.asked(side, of, horizon)

    def courses(
        self, side: Side, of: str, at: float, forecast: Forecast, left_out: str, wanted: Any
    ) -> tuple[Worlds, list[Course]]:
        horizon = next((days for days in HORIZONS if at <= days * 24 * (1 + 1e-9)), at / 24)
        names = tuple(sorted({of, *wanted}))
        key = (side, names, horizon)
        if key not in self.kept:
            asked = self._prepared(side, names, horizon)
            mechanism = asked.mechanism
            mine = _part(self.worlds, mechanism.network, {*mechanism.contests})
            times = grid(asked.study, "h")
            self.kept[key] = [
                simulate(
                    asked.study, mechanism, asked.agents, mine, arm, names, times,
                    lost=side.lost, threads=self.of.threads,
                )
                for arm in side.arms
            ]  # fmt: skip
        return self.worlds, [one.found[of] for one in self.kept[key]]

    def _prepared(self, side: Side, names: tuple[str, ...], horizon: float) -> StudyInLibrary:
        prepared, key = self.of.prepared, (side, names, horizon)
        if key not in prepared:
            prepared[key] = self.asked(side, names[0].strip("[]"), horizon)
        return prepared[key]


def _part(worlds: Worlds, network: Any, contests: set[str]) -> Worlds:
    """Give what a smaller mechanism has of worlds."""
    known = {*network.parameters, *network.species}
    return replace(
        worlds,
        contests={name: states for name, states in worlds.contests.items() if name in contests},
        parameters={name: values for name, values in worlds.parameters.items() if name in known},
    )


def log_likelihood(one: Plan, means: Array, spreads: Array) -> Array:
    """Give the log likelihood of one row in each world, on the scale of its readout.

    Args:
        means, spreads: of each world's subjects.  Shape (worlds,).
    """
    row, factor, scale = one.row, natural_factor(one.row), one.readout.scale
    if row.is_statement:
        return np.where(np.isfinite(means), np.log(np.where(_holds(one, means, factor), 1 - WRONG, WRONG)), np.nan)
    size = row.group or UNSTATED_GROUP
    if scale == "log odds":
        from scipy.stats import binom

        events = round(float(row.observed or 0.0) * factor * size)
        return np.asarray(binom.logpmf(events, size, np.clip(means, 0.5 / (size + 1), 1 - 0.5 / (size + 1))))
    seen = transform(scale, float(row.observed or 0.0) * factor, smallest=SMALLEST)
    shift = 1.0 if scale == "log1p" else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.log(np.maximum(means + shift, SMALLEST))
        if row.error is not None and row.observed:
            error: Any = row.error / abs(row.observed) if scale == "log" else row.error * factor
        else:
            error = spreads / np.sqrt(size) / np.maximum(np.abs(means + shift), SMALLEST)
    deviation = np.sqrt(np.square(error) + MODEL_ERROR**2)
    found = -0.5 * np.square((seen - expected) / deviation) - np.log(deviation)
    return np.where(np.isfinite(means), found, np.nan)


def _holds(one: Plan, means: Array, factor: float) -> NDArray[np.bool_]:
    row = one.row
    if row.spread.kind == "direction":
        above = means - one.nothing
        return above > SMALLEST if row.direction == "increases" else above < -SMALLEST
    bound = float(row.value or 0.0) * factor
    return means >= bound if row.spread.kind == "lower bound" else means <= bound


def _speaks(row: Observation) -> bool:
    """Whether a row has a number or a statement that a likelihood can be made of."""
    return row.is_statement or row.observed is not None


def _shifts(asked: StudyInLibrary, space: Space, worlds: Worlds) -> Iterator[Shift]:
    prior = space.worlds(space.start(20_000))
    for kind, before, after in (
        ("contest", prior.contests, worlds.contests),
        ("assumption", prior.assumptions, worlds.assumptions),
    ):
        for name, states in after.items():
            shares = [
                np.bincount(one.index, weights=of.weights, minlength=len(one.names)) / of.weights.sum()
                for one, of in ((before[name], prior), (states, worlds))
            ]
            if kind == "contest":
                exact = space.posterior.outcomes[name]
                shares[0] = np.array([exact[state] for state in states.names])
            was, now = (dict(zip(states.names, map(float, share), strict=True)) for share in shares)
            yield Shift(kind, name, asked.titles.get(name, name), was, now)
