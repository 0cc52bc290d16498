"""Fit the kill of chemotherapy and what IL-11 does to regrowth, to transfusions and recoveries that are open to fits.

    python scripts/fit_chemotherapy.py            fit and report
    python scripts/fit_chemotherapy.py --write    and put the fitted medians and spreads into the module tables

Worlds are drawn from what was known before (`before_fit.yaml`); all that is not fitted is drawn as the modules have it.
Each world is weighed by the likelihood of the rows: of n patients so many were transfused, or the median patient was
so long under a count.  Subjects within a world differ in the kill by a share that is fitted too, out of a few, by how
probable the rows are under each.  Effects stand at the sign that is claimed.  The median and the spread that are written
are those of the weighted logarithms; that the kill and the pace of regrowth go together is lost by it, and makes the
forecasts wider.  The patients of one trial are those of the module; the others had milder regimens, by a share that
is drawn as `readouts.yaml` draws it.  No row that is kept for checking is used.
"""

from __future__ import annotations

import argparse
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
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
WORLDS, SUBJECTS, SEED, DAY = 600, 8, 31, 24.0
FITTED = ("chemotherapy_log_kill", "gain_progenitors", "half_progenitors")
APART = (0.1, 0.2, 0.35)
"""How far subjects may differ in the kill, as a coefficient of variation."""
SAME, MILDER = (1.0, 1.0), (0.3, 1.05)
"""The kill of a regimen beside that of patients who were transfused the cycle before, as `readouts.yaml` has it."""


@dataclass(frozen=True)
class Told:
    """A row as it is simulated: daily doses in µg/kg, their first day and number, and the kill of the regimen."""

    observation: str
    dose: float
    start: float
    days: int
    share: tuple[float, float]
    under: float = 0.0  # 0: the chance of a transfusion; else days until the count is no longer under this


ROWS = (
    Told("transfusion-free-placebo", 0, 1, 0, SAME),
    Told("transfusion-free-25", 25, 1, 17, SAME),
    Told("transfusion-free-50", 50, 1, 17, SAME),
    Told("transfused-cycle-without", 0, 1, 0, MILDER),
    Told("transfused-cycle-with-25", 25, 1, 10, MILDER),
    Told("children-recovery-25", 25, 6, 28, MILDER, 50),
    Told("children-recovery-50", 50, 6, 28, MILDER, 50),
    Told("children-recovery-75", 75, 6, 28, MILDER, 50),
    Told("children-recovery-100", 100, 6, 28, MILDER, 50),
)
STEP = 0.5
TIMES = np.arange(0.0, 60.01, STEP) * DAY
CYCLE = 28


def uniform(name: str) -> Array:
    """Give evenly spread numbers in an order of the name's own.  Shape (worlds,)."""
    key = [SEED, *name.encode()]
    return np.asarray((np.random.default_rng(key).permutation(WORLDS) + 0.5) / WORLDS)


@cache
def drawn(name: str) -> Array:
    """Draw a fitted parameter as it was known before.  Shape (worlds,)."""
    return np.asarray(read_before(open_library("il11")).priors[name].quantile(uniform(name)))


def shares(share: tuple[float, float]) -> Array:
    """Draw how hard a source's regimen is.  Shape (worlds,)."""
    return share[0] + (share[1] - share[0]) * uniform("share")


def simulate(told: Told, apart: float) -> tuple[Array, Array]:
    """Simulate a row: the chance of no transfusion, and the days until the count is back, of each subject.

    Returns:
        Each of shape (worlds, subjects).
    """
    mechanism = open_library("il11").mechanism(BLOOD)
    values = draw_members(mechanism, WORLDS, SEED, subjects=SUBJECTS)
    values |= {name: np.repeat(drawn(name), SUBJECTS) for name in FITTED}
    between = math.sqrt(math.log1p(apart**2))
    subject = np.exp(between * ndtri((np.arange(SUBJECTS) + 0.5) / SUBJECTS))
    values["chemotherapy_log_kill"] = np.outer(drawn("chemotherapy_log_kill"), subject).ravel()
    values["chemotherapy_share"] = np.repeat(shares(told.share), SUBJECTS)
    weight = mechanism.network.parameters["weight"].value or 70.0
    mass = mechanism.network.parameters["oprelvekin_molar_mass"].value or 19.0
    doses = [Dose("chemotherapy", 1.0)]
    if told.dose:
        doses.append(Dose("oprelvekin_depot", told.dose * weight / mass, told.start * DAY, every=DAY, times=told.days))
    found = integrate(
        mechanism.network, TIMES, members=WORLDS * SUBJECTS, parameters=values, doses=doses,
        baseline=Baseline(hold={f"sign_{one.id}": 0.0 for one in mechanism.switches}),
        save=["platelets", "transfusion_free"], rtol=1e-5,
    )  # fmt: skip
    if failed := [reason for reason in found.status if reason]:
        raise SystemExit(f"{len(failed)} trajectories failed: {failed[0]}")
    count, free = np.moveaxis(found.values.reshape(WORLDS, SUBJECTS, len(TIMES), 2), 3, 0)
    under = count < told.under
    last = len(TIMES) - 1 - under[:, :, ::-1].argmax(axis=2)
    back = np.where(under.any(axis=2), TIMES[np.minimum(last + 1, len(TIMES) - 1)] / DAY, 0.0)
    return free[:, :, int(np.searchsorted(TIMES, CYCLE * DAY))], back


def likelihood(apart: float) -> tuple[Array, dict[str, Array]]:
    """Give the log likelihood of all rows in each world, and what each world says of each row."""
    rows = {row.id: row for row in read_all(open_library("il11")) if row.use == "fit"}
    if unknown := [told.observation for told in ROWS if told.observation not in rows]:
        raise SystemExit(f"kept for checking, or unknown: {', '.join(unknown)}")
    total, said = np.zeros(WORLDS), {}
    children = []
    for told in ROWS:
        row = rows[told.observation]
        free, back = simulate(told, apart)
        if told.under:
            mean = back.mean(axis=1)
            error = np.hypot(back.std(axis=1, ddof=1), STEP) / math.sqrt(row.group or UNSTATED_GROUP)
            children.append((np.log1p(float(row.value or 0)) - np.log1p(mean), error / (1 + mean)))
            said[told.observation] = mean
            continue
        chance = free.mean(axis=1)
        chance = chance if row.readout == "transfusion_free_fraction" else 1 - chance
        size = row.group or UNSTATED_GROUP
        events = round(float(row.value or 0) * (0.01 if row.unit == "%" else 1.0) * size)
        total += binom.logpmf(events, size, np.clip(chance, 0.5 / (size + 1), 1 - 0.5 / (size + 1)))
        said[told.observation] = chance
    return total + _of_one_trial(children), said


def _of_one_trial(misses: list[tuple[Array, Array]]) -> Array:
    """Give the log likelihood of figures of one trial, which share what the model is off by."""
    off = np.stack([miss for miss, _ in misses], axis=1)
    own = np.stack([error for _, error in misses], axis=1)
    covariance = np.einsum("wi,ij->wij", np.square(own), np.eye(off.shape[1])) + MODEL_ERROR**2
    solved = np.linalg.solve(covariance, off[:, :, None])[:, :, 0]
    return np.asarray(-0.5 * (off * solved).sum(axis=1) - 0.5 * np.linalg.slogdet(covariance)[1])


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
    found = {}
    for apart in APART:
        level, said = likelihood(apart)
        evidence = float(np.logaddexp.reduce(level) - math.log(WORLDS))
        weights = np.exp(level - np.logaddexp.reduce(level))
        found[apart] = (evidence, weights, said)
        print(f"subjects differ by {apart:.0%}: log evidence {evidence:.2f}, {1 / np.square(weights).sum():.0f} worlds")
    best = max(found, key=lambda apart: found[apart][0])
    _, weights, said = found[best]
    for name, values in said.items():
        low, middle, high = np.quantile(np.random.default_rng(SEED).choice(values, 4000, p=weights), (0.05, 0.5, 0.95))
        print(f"  {name:28s} {middle:8.3g} ({low:.3g} to {high:.3g})")
    for name in FITTED:
        before = read_before(open_library("il11")).priors[name]
        print(f"  {name:28s} {distribution(drawn(name), weights)}   before: {before}")
    if chosen.write:
        write({name: distribution(drawn(name), weights) for name in FITTED}, best)


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


if __name__ == "__main__":
    main()
