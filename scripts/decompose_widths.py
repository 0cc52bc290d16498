"""Say where the width of forecasts comes from, on rows that are open to fits.

    python scripts/decompose_widths.py            every row that is forecast
    python scripts/decompose_widths.py ID ...     some of them

Each row is forecast with its source left out, as if it were kept for checking, once as believed and fitted and once
before data.  On the scale that the row is scored on, the variance is that between worlds and that of what is printed: a
standard error, or the chance among so many patients.  Of the variance between worlds, each parameter, condition and
contested effect has the share that a quadratic in it alone explains; the largest are named.  Shares of things that act
together need not add up.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from pleio.inference.prediction import UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import Forecast, Forecaster
from pleio.library.validation.numbers import compared, natural_factor, numbers
from pleio.library.validation.rows import NotModelled, Plan, Side, plan
from pleio.studies.worlds import Worlds

Array = NDArray[np.float64]
WORLDS, SUBJECTS, NAMED = 256, 16, 5
SMALLEST = 1e-6


@dataclass(frozen=True)
class Width:
    """Variances on the scale of a row, and the largest shares of the one between worlds."""

    between: float
    printed: float
    largest: tuple[tuple[float, str], ...]

    @property
    def total(self) -> float:
        """The variance in all, never quite zero."""
        return max(self.between + self.printed, 1e-12)


def decomposed(one: Plan, forecaster: Forecaster, which: Forecast) -> Width:
    """Forecast a row without its source, and say what its variance is of."""
    row, source = one.row, one.row.source
    sides = [side for side in (one.side, one.against) if side is not None]
    wanted: dict[Side, set[str]] = {side: {one.of} for side in sides}
    means, spreads, weights = numbers(one, one.side, forecaster, which, source, wanted)
    if one.against is not None:
        other = numbers(one, one.against, forecaster, which, source, wanted)
        means, spreads, weights = compared(means, spreads, weights, *other)
        means = means - 1.0 if one.readout.less_one else means
    worlds, _ = forecaster.courses(one.side, one.of, one.at, which, source, [one.of])
    means, spreads = means[: len(worlds)], spreads[: len(worlds)]
    size = row.group or UNSTATED_GROUP
    scaled, slope = on_scale(one.readout.scale, means, size)
    held = np.isfinite(scaled)
    weights = worlds.weights * held / (worlds.weights * held).sum()
    scaled, slope, spreads = (np.where(held, value, 0.0) for value in (scaled, slope, spreads))
    middle = float((weights * scaled).sum())
    in_all = float((weights * np.square(scaled - middle)).sum())
    if one.readout.scale == "log odds":
        errors = np.sqrt(np.clip(means * (1 - means), 0.25 / size, 1) / size)
    elif row.error is not None:
        errors = (
            means * row.error / abs(row.observed or 1.0)
            if one.readout.scale == "log"
            else np.full(len(means), row.error * natural_factor(row))
        )
    else:
        errors = spreads / math.sqrt(size)
    printed = float((weights * np.square(np.where(held, errors, 0.0) * slope)).sum())
    return Width(in_all, printed, tuple(shares(one, worlds, weights, scaled, in_all)))


def on_scale(scale: str, values: Array, size: int) -> tuple[Array, Array]:
    """Put values on a scale, with the slope of the scale there."""
    if scale == "log odds":
        inside = np.clip(values, 0.5 / (size + 1), 1 - 0.5 / (size + 1))
        return np.log(inside / (1 - inside)), 1 / (inside * (1 - inside))
    inside = np.maximum(values + (1.0 if scale == "log1p" else 0.0), SMALLEST)
    return np.log(inside), 1 / inside


def shares(one: Plan, worlds: Worlds, weights: Array, scaled: Array, variance: float) -> Iterator[tuple[float, str]]:
    """Give the share of the variance that each thing explains alone, the largest first."""
    drawn = {
        name: ndtri(worlds.uniforms(f"parameter {name}")) for name, v in worlds.parameters.items() if np.ptp(v) > 0
    }
    drawn |= {f"{name} of the group": ndtri(worlds.uniforms(f"condition {name}")) for name, _ in one.side.conditions}
    drawn |= {f"whether {name} holds": np.asarray(s.signs, np.float64) for name, s in worlds.contests.items()}
    found = []
    for name, column in drawn.items():
        root = np.sqrt(weights)[:, None]
        design = np.stack([np.ones(len(column)), column, np.square(column)], axis=1) * root
        fitted = design @ np.linalg.lstsq(design, scaled * root[:, 0], rcond=None)[0]
        found.append((1 - float(np.square(scaled * root[:, 0] - fitted).sum()) / max(variance, 1e-12), name))
    yield from sorted(found, reverse=True)[:NAMED]


def rows(chosen: Sequence[str] = ()) -> Iterator[tuple[str, Forecast, Width]]:
    """Give the widths of both forecasts of each row that is open to fits and can be forecast, in the order asked."""
    library = open_library("il11")
    readouts = LibraryReadouts(library)
    forecaster = Forecaster(library, readouts, WORLDS, SUBJECTS)
    found = {row.id: row for row in read_all(library) if row.use == "fit" and not row.is_statement}
    for name in chosen or found:
        row = found[name]
        if row.observed is None:
            continue
        try:
            one = plan(row.model_copy(update={"use": "check"}), readouts)
        except NotModelled:
            continue
        which: Forecast
        for which in ("own", "prior"):
            yield name, which, decomposed(one, forecaster, which)


def table(chosen: Sequence[str], least: float = 0.2) -> Iterator[str]:
    """Write the widths of some rows as a Markdown table, with what explains at least a share of the variance."""
    claims = {contest.id: contest.claims[0].id for contest in open_library("il11").contests()}
    yield "| row | SD | SD before data | print | most of what worlds differ in |"
    yield "|---|---|---|---|---|"
    found = {(name, which): width for name, which, width in rows(chosen)}
    for name in chosen:
        own, before = found[name, "own"], found[name, "prior"]
        largest = [(share, called(what, claims)) for share, what in own.largest if share >= least]
        named = "; ".join(f"{what}, {100 * share:.0f} %" for share, what in largest)
        print_ = f"{100 * own.printed / own.total:.0f} %"
        yield f"| {name} | {own.total**0.5:.2f} | {before.total**0.5:.2f} | {print_} | {named} |"


def called(what: str, claims: Mapping[str, str]) -> str:
    """Name a contest by its first claim, and mark names of the library as such."""
    if what.startswith("whether "):
        contest = what.removeprefix("whether ").removesuffix(" holds")
        return f"whether `{claims.get(contest, contest)}` holds"
    name, _, rest = what.partition(" ")
    return f"`{name}` {rest}".strip()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", nargs="*", metavar="ID", help="ids of rows; all that are open to fits by default")
    for name, which, width in rows(arguments.parse_args().rows):
        parts = (f"{100 * part / width.total:3.0f} %" for part in (width.between, width.printed))
        named = "; ".join(f"{name} {100 * share:.0f} %" for share, name in width.largest)
        where = f"worlds, print {' '.join(parts)}"
        print(f"{name:42s} {which:5s} SD {math.sqrt(width.total):5.2f}   {where}   {named}", flush=True)


if __name__ == "__main__":
    main()
