"""Estimate how far studies differ beyond chance and beyond what is uncertain anyway, from rows that are open to fits.

    python scripts/fit_between_studies.py             chances of adverse events, and all other readouts
    python scripts/fit_between_studies.py --chances   the former alone

A row counts if its forecast rests on nothing that its own source set alone: what it is off by, on the scale of the
readout, then has the forecast's own standard deviation, which holds parameters, subjects and the printed error, and one
between studies.  Of adverse events the forecast holds already how far trials were apart that were fitted together.
What is left maximises the likelihood, each source counted once, under Student's t with four degrees of freedom: a study
that is far off is rarer than others, and not as rare as a normal distribution has it.  No row that is kept for checking
is used.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from pleio.assembly.module import Prior
from pleio.inference.observations import Observation
from pleio.inference.prediction import UNSTATED_GROUP
from pleio.inference.scoring import transform
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation import validation
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.numbers import natural_factor
from pleio.library.validation.rows import NotModelled, Side, plan

DEGREES = 4
NORMAL_90 = 1.6448536269514722
WORLDS = 256


@dataclass(frozen=True)
class Miss:
    """What a row was off by on its scale, and the forecast's own standard deviation."""

    source: str
    id: str
    kind: str
    off: float
    own: float


def sets(row: Observation, priors: Mapping[str, Prior], others: Mapping[str, object]) -> bool:
    """Whether a row's source alone set a number of its mechanism; of an adverse event, a number of this event."""
    event = row.readout.removesuffix("_frequency").removeprefix("peripheral_") if "_frequency" in row.readout else ""
    return any(
        prior.source == row.source and name.startswith(event) and name not in others for name, prior in priors.items()
    )


def misses(*, chances_only: bool) -> list[Miss]:
    """Forecast each row without its source, where that source set no number that the forecast uses."""
    library = open_library("il11")
    readouts = LibraryReadouts(library)
    forecaster = Forecaster(library, readouts, WORLDS)
    found = []
    for row in read_all(library):
        if row.use != "fit" or row.is_statement or row.spread.kind == "null" or row.observed is None:
            continue
        try:
            one = plan(row.model_copy(update={"use": "check"}), readouts)  # so that its source is left out
        except NotModelled:
            continue
        priors = library.mechanism(one.side.mechanism).priors
        counted = row.module == "adverse_events"
        if sets(row, priors, forecaster.by_others.get(row.source, {})) or (chances_only and not counted):
            continue
        wanted: dict[Side, set[str]] = {side: {one.of} for side in (one.side, one.against) if side is not None}
        given = validation.compare(one, forecaster, wanted).own
        scale, factor = one.readout.scale, natural_factor(row)
        smallest = 0.5 / ((row.group or UNSTATED_GROUP) + 1) if scale == "log odds" else validation.SMALLEST
        low, middle, high, seen = (
            transform(scale, value * factor, smallest=smallest)
            for value in (given.low, given.median, given.high, row.observed)
        )
        if math.isfinite(high - low) and high > low:
            kind = "chances" if counted else "other"
            found.append(Miss(row.source, row.id, kind, seen - middle, (high - low) / (2 * NORMAL_90)))
    return found


def between(found: list[Miss]) -> tuple[float, float, float]:
    """Give the most likely standard deviation between studies, and where the likelihood is down by half a nat."""
    sources = {one.source for one in found}

    def likelihood(deviation: float) -> float:
        total = 0.0
        for source in sources:
            logs = [
                float(student.logpdf(one.off, DEGREES, scale=math.hypot(one.own, deviation)))
                for one in found
                if one.source == source
            ]
            total += float(np.mean(logs))
        return total

    best = minimize_scalar(lambda x: -likelihood(x), bounds=(0.0, 3.0), method="bounded").x
    grid = np.linspace(0.0, 3.0, 301)
    high = grid[[likelihood(x) > likelihood(best) - 0.5 for x in grid]]
    return float(best), float(high.min()), float(high.max())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chances", action="store_true", help="only chances that were counted in trials")
    only = arguments.parse_args().chances
    found = misses(chances_only=only)
    for kind in ("chances",) if only else ("chances", "other"):
        some = [one for one in found if one.kind == kind]
        for one in some:
            print(f"  {one.id:36s} {one.source:44s} off {one.off:+.2f}, own {one.own:.2f}")
        best, low, high = between(some)
        sources = len({one.source for one in some})
        print(f"{kind}: {best:.2f} ({low:.2f} to {high:.2f}), {len(some)} rows of {sources} sources", flush=True)


if __name__ == "__main__":
    main()
