"""The library's predictions beside what was observed: row by row, by module and in all, each source counted once.

Scores are of the logarithm (of 1 + x for a change, of the odds for a share), so that a row counts by how far it is off
by ratio and not by its unit.  A row that only says on which side the truth lies has no score: it counts where its
probability is at least 0.8.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import InputError, Problem
from ...base.quantities import Quantity
from ...base.units import parse
from ...inference.courses import IN_HOURS
from ...inference.observations import Observation
from ...inference.prediction import UNSTATED_GROUP, Predicted, exactly, predict
from ...inference.scoring import Scale, coverage, gain, interval_score, mean_of_sources, median, transform
from ...studies.quantities import unit_of_name
from ..readouts.readouts import LibraryReadouts
from ..readouts.readouts import read_all as read_all
from .beside import weighed
from .forecasts import FORECASTS, Forecast, Forecaster
from .numbers import compared, natural_factor, numbers
from .one_use import OneUse, one_use
from .order import in_order
from .rows import Plan, Side
from .understood import told_of, understand

if TYPE_CHECKING:
    from ..opened import Library

Array = NDArray[np.float64]
SURE = 0.8
"""The probability from which a statement about a direction or a bound counts as predicted."""
SMALLEST = 1e-6
NO_NUMBER = "no number comes of it: the modules have none of it here before anything is done, or it never gets there"
NOT_APART = "in the modules the ill and the well that it compares do not differ in this: it counts from the untreated"


@dataclass(frozen=True)
class Foretold:
    """One forecast of one row: its interval in the row's unit, its score, and for a statement its probability."""

    low: float
    median: float
    high: float
    score: float | None
    chance: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {"low": self.low, "median": self.median, "high": self.high, "score": self.score}


@dataclass(frozen=True)
class Row:
    """An observation beside its three forecasts.

    Attributes:
        level: the untreated level in the row's unit, of a change that is in that unit.
    """

    observation: Observation
    own: Foretold
    off: Foretold
    prior: Foretold
    inside: bool
    scale: Scale = "log"
    level: float | None = None

    def placed(self, value: float) -> float:
        """Put a value in the row's unit on the scale that the row is scored on: of a change, its share of the level."""
        if self.level is not None:
            return transform(self.scale, value / self.level, smallest=SMALLEST)
        return _placed(self.observation, self.scale, value)

    @property
    def error(self) -> float | None:
        """The row's own standard error; of a share of n patients without a stated one, its binomial error."""
        own = self.observation.error
        return self.observation.binomial_error if own is None and self.scale == "log odds" else own

    @property
    def width_ratio(self) -> float | None:
        """Width of the interval over the row's own standard error."""
        return (self.own.high - self.own.low) / self.error if self.error else None

    @property
    def says(self) -> str | float | None:
        """What was observed: a number, or the direction."""
        return self.observation.direction if self.observation.spread.kind == "direction" else self.observation.observed

    def described(self) -> dict[str, Any]:
        """Say what the row's numbers are of; `counts` is false for a null without a margin, which is never inside."""
        row = self.observation
        return {"module": row.module, "readout": row.readout, "unit": row.unit, "use": row.use,
                "probability": self.own.chance, "counts": row.counts}  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Give the row with the keys that it is published with."""
        return {
            "id": self.observation.id,
            "source": self.observation.source,
            "observed": self.says,
            "low": self.own.low,
            "median": self.own.median,
            "high": self.own.high,
            "inside": self.inside,
            "score": self.own.score,
            "off": self.off.to_json(),
            "prior": self.prior.to_json(),
            "error": self.error,
            "width_ratio": self.width_ratio,
        }


@dataclass(frozen=True)
class Validation:
    """All rows, what could not be simulated, and who used what.

    Attributes:
        not_modelled: (id, readout, why) of each row that the modules cannot express.
        failed: reasons of trajectories that failed.
        refused: what is wrong with each entry that could not be read, or not be put as a study.
    """

    rows: tuple[Row, ...]
    not_modelled: tuple[tuple[str, str, str], ...]
    one_use: OneUse
    failed: tuple[str, ...]
    settings: Mapping[str, Any]
    refused: tuple[Problem, ...] = ()

    def summary(self) -> dict[str, Any]:
        """Sum up: in all, by use, by module; what rows are of; statements; the not modelled; one finding, one use."""
        modules = sorted({row.observation.module for row in self.rows})
        return {
            **self.settings,
            "all": summed(self.rows),
            "fit": summed([row for row in self.rows if row.observation.use == "fit"]),
            "check": summed([row for row in self.rows if row.observation.use == "check"]),
            "modules": {name: summed([row for row in self.rows if row.observation.module == name]) for name in modules},
            "of_rows": {row.observation.id: row.described() for row in self.rows},
            "statements": [
                {"id": row.observation.id, "use": row.observation.use, "says": _statement(row.observation),
                 "probability": row.own.chance, "counts": row.inside}
                for row in self.rows
                if row.observation.holds_or_not
            ],
            "not_modelled": [{"id": id, "readout": readout, "why": why} for id, readout, why in self.not_modelled],
            "one_finding_one_use": self.one_use.to_json(),
            "failed": len(self.failed),
            "refused": [asdict(problem) for problem in self.refused],
        }  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return {"rows": [row.to_json() for row in self.rows], "summary": self.summary()}


def summed(rows: Sequence[Row]) -> dict[str, Any]:
    """Sum rows up: coverage, scores against both other forecasts, widths.  Scores are means over sources.

    A null has a score and is no part of coverage: it holds where the whole interval lies within its margin, which nine
    in ten good forecasts need not do.  It stands with the statements.
    `touched` are the rows whose forecast changes when the effects of IL-11 are off; kinetics, for one, do not.
    """
    scored = [row for row in rows if row.own.score is not None and math.isfinite(row.own.score)]
    measured = [row for row in scored if not row.observation.holds_or_not]
    said = [row for row in rows if row.observation.holds_or_not and row.observation.counts]
    touched = [row for row in scored if row.off.to_json() != row.own.to_json()]
    own, off, prior = (_mean(scored, which) for which in FORECASTS)
    return {
        "rows": len(rows),
        "coverage": coverage((row.observation.source, row.inside) for row in measured).to_json(),
        "statements": len(said),
        "statements_held": sum(row.inside for row in said),
        "score": own,
        "score_off": off,
        "score_prior": prior,
        "better_than_off": gain(own, off),
        "better_than_prior": gain(own, prior),
        "touched": len(touched),
        "touched_better_than_off": gain(_mean(touched, "own"), _mean(touched, "off")),
        "median_width_ratio": median(row.width_ratio for row in scored),
    }


def _mean(rows: Iterable[Row], which: Forecast) -> float | None:
    return mean_of_sources(
        (row.observation.source, score) for row in rows if (score := getattr(row, which).score) is not None
    )


def _statement(row: Observation) -> str:
    if row.spread.kind == "direction":
        return f"{row.readout} {row.direction}"
    if row.spread.kind == "null":
        return f"{row.readout} {row.value:g} ± {row.spread.margin or 0:g} {row.unit}"
    return f"{row.readout} {'≥' if row.spread.kind == 'lower bound' else '≤'} {row.value:g} {row.unit}"


def validate(
    library: Library,
    observations: Sequence[Observation] | None = None,
    *,
    worlds: int = 256,
    subjects: int = 16,
    seed: int = 29,
    band: str = "neutral",
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    refused: Iterable[Problem] = (),
) -> Validation:
    """Simulate every observation that the modules can express, and compare.

    Args:
        observations: the library's own by default.
        worlds, subjects: how many worlds, and subjects in each.
        progress: told how many rows are done, and how many there are.
        refused: what is wrong with entries beside them, to be told with the rest.
    """
    chosen = read_all(library) if observations is None else tuple(observations)
    readouts = LibraryReadouts(library)
    understood = understand(library, chosen, readouts=readouts, refused=refused)
    plans, missing, problems = understood.plans, [*understood.not_modelled], [*understood.refused]
    forecaster = Forecaster(library, readouts, worlds, subjects, seed, band, threads)
    wanted: dict[Side, set[str]] = {}
    for one in plans:
        for side in one.sides:
            wanted.setdefault(side, set()).update(one.quantities)
    rows: list[Row] = []
    for k, (one, over) in enumerate(in_order(plans, lambda one: forecaster.left_out(one.row))):
        try:
            found = compare(one, forecaster, wanted)
            if why := NO_NUMBER if math.isnan(found.own.median) else _no_contrast(one, found):
                missing.append((one.row.id, one.row.readout, why))
            else:
                rows.append(found)
        except InputError as fault:  # its readout is modelled, and yet it cannot be put as a study
            problems += told_of(one.row, fault)
        for side, left_out in over:
            forecaster.forget(side, left_out)
        if progress is not None:
            progress(k + 1, len(plans))
    place = {one.row.id: k for k, one in enumerate(plans)}
    return Validation(
        tuple(sorted(rows, key=lambda row: place[row.observation.id])),
        tuple(sorted(missing, key=lambda each: place.get(each[0], -1))),
        one_use(library, chosen),
        tuple(forecaster.failed),
        {"worlds": worlds, "subjects": subjects, "seed": seed, "belief": band},
        tuple(problems),
    )


def _no_contrast(one: Plan, found: Row) -> str:
    """Say why the ill are not set beside the well, where in every world the modules have them alike; else ""."""
    given = one.row.given is not None or one.side.lost or one.against is None
    alike = max(abs(end - one.nothing) for end in (found.own.low, found.own.high)) < SMALLEST
    return NOT_APART if alike and not given else ""


def compare(one: Plan, forecaster: Forecaster, wanted: Mapping[Side, set[str]]) -> Row:
    """Forecast one row three times, and set what was seen beside it."""
    if one.readout.in_units:
        return _in_units(one, forecaster, wanted)
    found = {which: _foretold(one, forecaster, which, wanted) for which in FORECASTS}
    own, row = found["own"], one.row
    if row.is_statement:
        inside = own.chance is not None and own.chance >= SURE
    elif row.spread.kind == "null":
        margin = row.spread.margin or 0.0
        inside = row.value is not None and row.value - margin <= own.low and own.high <= row.value + margin
    else:
        inside = row.observed is not None and own.low <= row.observed <= own.high
    return Row(row, own, found["off"], found["prior"], bool(inside), one.readout.scale)


def _in_units(one: Plan, forecaster: Forecaster, wanted: Mapping[Side, set[str]]) -> Row:
    """Forecast a change in units of the level, `-1.5 g/dL`, as a share of the untreated level that the worlds have."""
    readout = one.readout
    _, courses = forecaster.courses(one.side, one.of, one.at, "own", forecaster.left_out(one.row), wanted[one.side])
    own = parse(unit_of_name(forecaster.library.mechanism(readout.mechanism).network, one.of))
    level = float(np.nanmedian(courses[0].before)) * Quantity(1.0, own).to(parse(one.row.unit))
    row = one.row.in_shares_of(level)
    found = compare(replace(one, row=row, readout=readout.model_copy(update={"in_units": False})), forecaster, wanted)

    def told(share: Foretold) -> Foretold:
        return replace(share, low=share.low * level, median=share.median * level, high=share.high * level)

    return Row(one.row, told(found.own), told(found.off), told(found.prior), found.inside, found.scale, level)


def _foretold(one: Plan, forecaster: Forecaster, which: Forecast, wanted: Mapping[Side, set[str]]) -> Foretold:
    row, factor = one.row, natural_factor(one.row)
    left_out = forecaster.left_out(row)
    means, spreads, weights = numbers(one, one.side, forecaster, which, left_out, wanted)
    weights = weighed(one, weights, forecaster, which, left_out, wanted)
    if one.against is not None:
        other, other_spreads, other_weights = numbers(one, one.against, forecaster, which, left_out, wanted)
        if one.readout.of_shares:
            means, spreads = _of_counts(means, row.group)
            other, other_spreads = _of_counts(other, row.comparator.n if row.comparator else None)
        groups = means, spreads, weights, other, other_spreads, other_weights
        means, spreads, weights = compared(*groups, by_difference=one.readout.by_difference)
        means = means - 1.0 if one.readout.less_one else means
    drawn = _printed(one, means, spreads, weights, factor)
    low, middle, high = (value / factor for value in drawn.interval)
    if row.is_statement:
        return Foretold(low, middle, high, None, _chance(one, exactly(means, weights), factor))
    observed = row.observed
    if observed is None or not row.counts or not math.isfinite(low):
        return Foretold(low, middle, high, None)
    ends = (_placed(row, one.readout.scale, value) for value in (low, high, observed))
    return Foretold(low, middle, high, interval_score(*ends))


def _of_counts(shares: Array, n: int | None) -> tuple[Array, Array]:
    """Give shares of n patients and how far apart these are, one of none being half a patient.  Each of (worlds,)."""
    least = 0.5 / ((n or UNSTATED_GROUP) + 1)
    held = np.clip(shares, least, 1 - least)
    return held, np.sqrt(held * (1 - held))


def _placed(row: Observation, scale: Scale, value: float) -> float:
    """Transform a value; a share of n patients is kept half a patient from none and from all."""
    smallest = 0.5 / ((row.group or UNSTATED_GROUP) + 1) if scale == "log odds" else SMALLEST
    return transform(scale, value * natural_factor(row), smallest=smallest)


def _printed(one: Plan, means: Array, spreads: Array, weights: Array, factor: float) -> Predicted:
    row = one.row
    if row.is_statement:
        return exactly(means, weights)
    error = row.error
    if error is not None and one.readout.scale == "log":
        error = error / abs(row.observed) if row.observed else None  # of what is positive, the relative error
    elif error is not None:
        error *= factor
    drawn = predict(one.readout.scale, means, spreads, weights, error=error, n=row.group)
    if _never_below_nothing(one, means):
        drawn = replace(drawn, values=np.maximum(drawn.values, 0.0))
    return drawn


def _never_below_nothing(one: Plan, means: Array) -> bool:
    """Whether a print is never below 0: a time, or a level that is below it in no world; a change may be."""
    change = one.readout.relative or one.readout.less_one or one.readout.by_difference
    return one.readout.take in IN_HOURS or not (change or (means < 0).any())


def _chance(one: Plan, truth: Predicted, factor: float) -> float:
    """Give the probability of a statement; a world in which nothing changes does not bear a direction out."""
    row = one.row
    with np.errstate(invalid="ignore"):
        if row.spread.kind == "direction":
            above = truth.values - one.nothing
            return truth.chance(above > 1e-6 if row.direction == "increases" else above < -1e-6)
        bound = float(row.value or 0.0) * factor
        return truth.chance(truth.values >= bound if row.spread.kind == "lower bound" else truth.values <= bound)
