"""Fit the kill of chemotherapy and what IL-11 does to regrowth, to transfusions and recoveries that are open to fits.

    python scripts/fit_chemotherapy.py            fit and report
    python scripts/fit_chemotherapy.py --write    and put the fitted medians and spreads into the module tables

Worlds are drawn from what was known before (`before_fit.yaml`); all that is not fitted is drawn as the modules have it.
In each world every row is simulated for kills from hardly any to all, so that a row's chance for any median kill, any
difference between subjects and any regimen is a weighted mean over these.  A world with a median kill is weighed by the
likelihood of the rows: of n patients so many were transfused, or fell so low, or the median patient was so long under a
count; two counts of the same patients weigh half each.  The patients of one trial are those of the module; each of the
others had a regimen of its own, milder by a share of which the law, its median and its spread, is fitted with the kill.
What is written to `groups.yaml` is the share of a regimen that was not seen, over all laws as probable as the rows make
them: so few regimens leave it wide.  How far subjects differ in the kill is taken out of a few by how probable the rows
are.
Effects stand at the sign that is claimed.  The median and the spread that are written are those of the weighted
logarithms; that the kill and the pace of regrowth go together is lost by it, and makes the forecasts wider.
No row that is kept for checking is used.
"""

from __future__ import annotations

import argparse
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from pleio.inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.forecasts import read_before
from pleio.library.members import draw_members
from pleio.library.readouts import read_all
from pleio.simulation.ensemble import Baseline, Dose, integrate

Array = NDArray[np.float64]
MODULES = Path(__file__).parents[1] / "src" / "pleio" / "library" / "il11" / "modules"
BLOOD = "oprelvekin_pk+receptor+chemotherapy+platelets+volume_and_acute_phase"
WORLDS, SEED, DAY = 240, 31, 24.0
KILLS = np.geomspace(0.3, 26.0, 40)
"""Logarithms of the kill that are simulated."""
MEDIANS = np.geomspace(2.3, 15.0, 60)
EFFECT = ("gain_progenitors", "half_progenitors")
APART = (0.1, 0.2, 0.3, 0.4)
"""How far subjects may differ in the kill, as a coefficient of variation."""
SAME, MILDER = np.array([1.0]), np.geomspace(0.05, 1.05, 40)
"""The kill of a regimen beside that of patients who were transfused the cycle before."""
SHARE_MEDIANS, SHARE_SPREADS = np.geomspace(0.1, 1.0, 14), np.array([0.2, 0.4, 0.6, 0.8])
"""The laws of that share over regimens: log-normal up to the highest, by median and deviation of the logarithm."""
STEP = 0.5
TIMES = np.arange(0.0, 60.01, STEP) * DAY
CYCLE = 28


@dataclass(frozen=True)
class Told:
    """A row as simulated: daily doses in µg/kg, their first day and number.

    Attributes:
        count: the count that is waited for; 0 where there is none.
        under: the count under which patients fell; 0 where transfusions were counted.
    """

    observation: str
    dose: float
    start: float
    days: int
    count: float = 0.0
    under: float = 0.0


SOURCES: tuple[tuple[Array, tuple[Told, ...]], ...] = (
    (
        SAME,
        (
            Told("transfusion-free-placebo", 0, 1, 0),
            Told("transfusion-free-25", 25, 1, 17),
            Told("transfusion-free-50", 50, 1, 17),
        ),
    ),
    (
        MILDER,
        (
            Told("transfused-cycle-without", 0, 1, 0),
            Told("transfused-cycle-with-25", 25, 1, 10),
            Told("platelets-under-50-without", 0, 1, 0, under=50),
            Told("platelets-under-50-with-25", 25, 1, 10, under=50),
        ),
    ),
    (MILDER, tuple(Told(f"children-recovery-{dose}", dose, 6, 28, 50) for dose in (25, 50, 75, 100))),
)
"""Of each source: how hard its regimen was, and its rows."""


def draws() -> dict[str, Array]:
    """Draw the parameters of all members: worlds, and in each one subject for each kill.  Shape (worlds * kills,)."""
    mechanism = open_library("il11").mechanism(BLOOD)
    values = draw_members(mechanism, WORLDS, SEED, subjects=len(KILLS))
    for name, law in known().items():
        order = np.random.default_rng([SEED, *name.encode()]).permutation(WORLDS)
        values[name] = np.repeat(np.asarray(law.quantile((order + 0.5) / WORLDS)), len(KILLS))
    return values | {"chemotherapy_log_kill": np.tile(KILLS, WORLDS)}


def known() -> dict[str, Any]:
    """Give what was known of the effect before."""
    priors = read_before(open_library("il11")).priors
    return {name: priors[name] for name in EFFECT}


def simulate(told: Told, values: dict[str, Array]) -> Array:
    """Simulate a row for every kill: the chance of no transfusion, whether the count was so low, or when it is back.

    Returns:
        Shape (worlds, kills).
    """
    network = open_library("il11").mechanism(BLOOD).network
    weight, mass = (network.parameters[name].value or 0.0 for name in ("weight", "oprelvekin_molar_mass"))
    doses = [Dose("chemotherapy", 1.0)]
    if told.dose:
        doses.append(Dose("oprelvekin_depot", told.dose * weight / mass, told.start * DAY, every=DAY, times=told.days))
    counted = bool(told.count or told.under)
    times = np.array([0.0, CYCLE * DAY]) if not counted else TIMES if told.count else TIMES[TIMES <= CYCLE * DAY]
    found = integrate(
        network, times, members=WORLDS * len(KILLS), parameters=values, doses=doses,
        baseline=Baseline(hold={name: 0.0 for name in network.parameters if name.startswith("sign_")}),
        save=["platelets" if counted else "transfusion_free"], rtol=1e-5,
    )  # fmt: skip
    if failed := [reason for reason in found.status if reason]:
        raise SystemExit(f"{len(failed)} trajectories failed: {failed[0]}")
    course = found.values.reshape(WORLDS, len(KILLS), len(times))
    if told.under:
        return np.asarray((course.min(axis=2) < told.under).astype(np.float64))
    if not told.count:
        return np.asarray(course[:, :, -1])
    under = course < told.count
    last = len(TIMES) - 1 - under[:, :, ::-1].argmax(axis=2)
    return np.where(under.any(axis=2), TIMES[np.minimum(last + 1, len(TIMES) - 1)] / DAY, 0.0)


def over_subjects(apart: float, share: Array) -> Array:
    """Give how much each kill counts where subjects have it log-normal.  Shape (medians, shares, kills)."""
    spread = math.sqrt(math.log1p(apart**2))
    off = np.log(KILLS) - np.log(MEDIANS[:, None, None] * share[None, :, None])
    weights = np.exp(-0.5 * np.square(off / spread))
    return np.asarray(weights / weights.sum(axis=2, keepdims=True))


def likelihood(found: dict[str, Array], rows: dict[str, Any], apart: float) -> Array:
    """Give the log likelihood of all rows.  Shape (worlds, medians, laws of the share)."""
    laws = np.log(share_laws())
    total = np.zeros((WORLDS, len(MEDIANS), len(laws)))
    for share, told in SOURCES:
        weights = over_subjects(apart, share)
        if told[0].count:
            level = _recoveries(told, found, rows, weights)
        else:
            twice = 0.5 if any(one.under for one in told) else 1.0
            level = twice * sum(_shares(rows[one.observation], found[one.observation], weights) for one in told)
        if share is SAME:
            total += level
        else:
            total += np.stack([np.logaddexp.reduce(level + law, axis=2) for law in laws], axis=2)
    return total


def share_laws() -> Array:
    """Give how probable each milder share is under each law.  Shape (laws, shares)."""
    off = np.log(MILDER) - np.log(np.repeat(SHARE_MEDIANS, len(SHARE_SPREADS)))[:, None]
    density = np.exp(-0.5 * np.square(off / np.tile(SHARE_SPREADS, len(SHARE_MEDIANS))[:, None]))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def _shares(row: Any, free: Array, weights: Array) -> Array:
    chance = np.einsum("wk,msk->wms", free, weights)
    chance = 1 - chance if row.readout == "transfused_fraction" else chance
    size = row.spread.of
    return np.asarray(binom.logpmf(row.spread.events, size, np.clip(chance, 0.5 / (size + 1), 1 - 0.5 / (size + 1))))


def _recoveries(told: tuple[Told, ...], found: dict[str, Array], rows: dict[str, Any], weights: Array) -> Array:
    """The cohorts of one trial: their mean counts as one figure, off as modules are."""
    off, own = [], []
    for one in told:
        mean = np.einsum("wk,msk->wms", found[one.observation], weights)
        square = np.einsum("wk,msk->wms", np.square(found[one.observation]), weights)
        spread = np.sqrt(np.maximum(square - np.square(mean), 0.0) + STEP**2)
        off.append(math.log1p(rows[one.observation].value) - np.log1p(mean))
        own.append(spread / (1 + mean) / math.sqrt(rows[one.observation].group or UNSTATED_GROUP))
    deviation = np.hypot(np.sqrt(np.mean(np.square(own), axis=0) / len(told)), MODEL_ERROR)
    return np.asarray(-0.5 * np.square(np.mean(off, axis=0) / deviation) - np.log(deviation))


def distribution(values: Array, weights: Array) -> str:
    """Write the weighted logarithms as a log-normal distribution."""
    logs = np.log(values)
    middle = float((weights * logs).sum())
    spread = math.sqrt(float((weights * np.square(logs - middle)).sum()))
    return f"lognormal({math.exp(middle):.3g}, {100 * math.sqrt(math.expm1(spread**2)):.2g} %)"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="put the fits into the module tables")
    chosen = arguments.parse_args()
    rows = {row.id: row for row in read_all(open_library("il11")) if row.use == "fit"}
    told = [one for _, of in SOURCES for one in of]
    if unknown := [one.observation for one in told if one.observation not in rows]:
        raise SystemExit(f"kept for checking, or unknown: {', '.join(unknown)}")
    values = draws()
    found = {one.observation: simulate(one, values) for one in told}
    levels = {apart: likelihood(found, rows, apart) for apart in APART}
    for apart, level in levels.items():
        share = np.exp(level - np.logaddexp.reduce(level, axis=None)).sum(axis=(1, 2))
        evidence = np.logaddexp.reduce(level, axis=None) - math.log(level.size)
        print(f"subjects differ by {apart:.0%}: log evidence {evidence:.2f}, {1 / np.square(share).sum():.0f} worlds")
    best = max(levels, key=lambda apart: float(np.logaddexp.reduce(levels[apart], axis=None)))
    joint = np.exp(levels[best] - np.logaddexp.reduce(levels[best], axis=None))
    weights, shares = joint.sum(axis=2), joint.sum(axis=(0, 1)) @ share_laws()
    fitted = {"chemotherapy_log_kill": distribution(MEDIANS, weights.sum(axis=0))}
    fitted |= {name: distribution(values[name][:: len(KILLS)], weights.sum(axis=1)) for name in EFFECT}
    milder = f"truncated({distribution(MILDER, shares)}, , {MILDER[-1]:g})"
    print(f"  {'chemotherapy_share':24s} {milder}")
    for name, text in fitted.items():
        print(f"  {name:24s} {text}   before: {read_before(open_library('il11')).priors[name]}")
    for one in told[:3]:
        chance = np.einsum("wk,msk->wm", found[one.observation], over_subjects(best, SAME))
        seen, fit = rows[one.observation].value, (weights * chance).sum()
        print(f"  {one.observation:24s} observed {seen:.3g}   fitted {fit:.3g}")
    if chosen.write:
        write(fitted, best)
        write_share(milder)


def write(fitted: dict[str, str], apart: float) -> None:
    """Put a fit into the tables of `chemotherapy` and `platelets`."""
    for file, places in {
        "chemotherapy": {"chemotherapy_log_kill": r"(\n  chemotherapy_log_kill:\n    value: )(.*)"},
        "platelets": {
            "gain_progenitors": r"(- id: progenitors\n(?:.*\n)*?    gain:\n      value: )(.*)",
            "half_progenitors": r"(- id: progenitors\n(?:.*\n)*?    half:\n      value: )(.*)",
        },
    }.items():
        path = MODULES / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        for name, place in places.items():
            text, count = re.subn(place, lambda m, name=name: m[1] + fitted[name], text, count=1)
            if not count:
                raise SystemExit(f"{path.name} has no block for {name}")
        if file == "chemotherapy":
            kill = r"(chemotherapy_log_kill:\n(?:    .*\n)*?    between_subjects: )(.*)"
            text = re.sub(kill, lambda m: f"{m[1]}{100 * apart:.0f} %", text, count=1)
        path.write_text(text, encoding="utf-8")


def write_share(law: str) -> None:
    """Put the law of a milder regimen's share into `groups.yaml`."""
    path = MODULES.parent / "groups.yaml"
    text, count = re.subn(
        r'(when: \[""\], set: \{chemotherapy_share: ")([^"]*)', lambda m: m[1] + law, path.read_text("utf-8"), count=1
    )
    if not count:
        raise SystemExit("groups.yaml has no share for any regimen")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
