"""Fit the kill of chemotherapy and what IL-11 does to regrowth, to counts after chemotherapy that are open to fits.

    python scripts/fit_chemotherapy.py            fit and report
    python scripts/fit_chemotherapy.py --write    and put the fitted medians and spreads into the module tables

Worlds are drawn from what was known before (`before_fit.yaml`); all that is not fitted is drawn as the modules have it.
In each world every row is simulated for kills from hardly any to all, so that what a row would print for any median
kill, any difference between subjects and any regimen is a weighted mean, or median, over these.  A world with a median
kill is weighed by the likelihood of the rows: of n patients so many were transfused, or fell so low; the count fell to
so much, or was low for so long.  What a module is off by is shared by the figures of a source, and as much again is of
each figure alone; figures of the same patients weigh one part each.  The patients of one trial are those of the module;
each of the others had a regimen of its own, milder by a share of which the law, its median and its spread, is fitted
with the kill.  What is written to `groups.yaml` is the share of a regimen that was not seen, over all laws as probable
as the rows make them.  How far subjects differ in the kill is taken out of a few by how probable the rows are.
The same is done without each source in turn, for rows that are forecast without it.  Effects stand at the sign that
is claimed.  The median and the spread that are written are those of the weighted
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

from pleio.inference.observations import OF_A_MEDIAN, Observation
from pleio.inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.forecasts import read_before
from pleio.library.left_out import write_left_out
from pleio.library.members import draw_members
from pleio.library.readouts import read_all
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
MODULES = Path(__file__).parents[1] / "src" / "pleio" / "library" / "il11" / "modules"
BLOOD = "oprelvekin_pk+receptor+chemotherapy+platelets+volume_and_acute_phase"
WORLDS, SEED, DAY = 240, 31, 24.0
KILLS = np.geomspace(0.3, 26.0, 40)
"""Logarithms of the kill that are simulated."""
MEDIANS = np.geomspace(2.3, 15.0, 60)
EFFECT = ("gain_progenitors", "half_progenitors")
SHARE = "chemotherapy_share"
APART = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.3)
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
    """A row as simulated: daily doses in µg/kg, their first day and number."""

    observation: str
    dose: float = 0.0
    start: float = 1.0
    days: int = 0


@dataclass(frozen=True)
class Regimen:
    """What was seen after one regimen: how hard it may have been, and its rows, those of the same patients together."""

    shares: Array
    arms: tuple[tuple[Told, ...], ...]


def _without(*names: str) -> tuple[Told, ...]:
    return tuple(Told(name) for name in names)


REGIMENS: tuple[Regimen, ...] = (
    Regimen(
        SAME,
        (
            _without("transfusion-free-placebo"),
            (Told("transfusion-free-25", 25, 1, 17),),
            (Told("transfusion-free-50", 50, 1, 17),),
        ),
    ),
    Regimen(
        MILDER,
        (
            _without("transfused-cycle-without", "platelets-under-50-without"),
            (Told("transfused-cycle-with-25", 25, 1, 10), Told("platelets-under-50-with-25", 25, 1, 10)),
        ),
    ),
    Regimen(MILDER, tuple((Told(f"children-recovery-{dose}", dose, 6, 28),) for dose in (25, 50, 75, 100))),
    Regimen(
        MILDER,
        (
            _without("prevention-days-under-100-without"),
            (Told("prevention-days-under-100-with-25", 25, 1, 10),),
        ),
    ),
    Regimen(
        MILDER,
        (
            _without(
                "carboplatin-nadir", "carboplatin-days-under-20", "carboplatin-days-under-50", "carboplatin-transfused"
            ),
        ),
    ),
    Regimen(MILDER, (_without("carboplatin-cyclophosphamide-nadir", "carboplatin-cyclophosphamide-days-under-50"),)),
    Regimen(MILDER, (_without("gemcitabine-platinum-nadir"),)),
    Regimen(MILDER, (_without("gemcitabine-nadir"),)),
)


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


def simulate(told: Told, values: dict[str, Array]) -> tuple[Array, Array]:
    """Simulate what was given for every kill: the count over time, and the chance of no transfusion so far.

    Returns:
        Each of shape (worlds, kills, times).
    """
    network = open_library("il11").mechanism(BLOOD).network
    weight, mass = (network.parameters[name].value or 0.0 for name in ("weight", "oprelvekin_molar_mass"))
    doses = [Dose("chemotherapy", 1.0)]
    if told.dose:
        doses.append(Dose("oprelvekin_depot", told.dose * weight / mass, told.start * DAY, every=DAY, times=told.days))
    found = integrate(
        network, TIMES, members=WORLDS * len(KILLS), parameters=values, doses=doses,
        baseline=Baseline(hold={name: 0.0 for name in network.parameters if name.startswith("sign_")}),
        save=["platelets", "transfusion_free"], rtol=1e-5,
    )  # fmt: skip
    if failed := [reason for reason in found.status if reason]:
        raise SystemExit(f"{len(failed)} trajectories failed: {failed[0]}")
    course = np.asarray(found.values, dtype=np.float64).reshape(WORLDS, len(KILLS), len(TIMES), 2)
    return course[..., 0], course[..., 1]


def taken(row: Observation, count: Array, free: Array) -> Array:
    """Take what a row prints of each kill's patient.  Shape (worlds, kills)."""
    cycle = TIMES <= CYCLE * DAY
    if row.readout in ("transfusion_free_fraction", "transfused_fraction"):
        return free[..., cycle][..., -1]
    if row.readout == "platelets_nadir":
        return count[..., cycle].min(axis=2)
    level = float(re.findall("[0-9]+", row.readout)[0])
    if row.readout.endswith("_fraction"):
        return (count[..., cycle].min(axis=2) < level).astype(np.float64)
    if row.readout.startswith("days_platelets_under"):
        return STEP * (count[..., TIMES <= 42 * DAY] < level).sum(axis=2)
    under = count < level  # days_to_platelets: until it is there again
    last = len(TIMES) - 1 - under[:, :, ::-1].argmax(axis=2)
    return np.where(under.any(axis=2), TIMES[np.minimum(last + 1, len(TIMES) - 1)] / DAY, 0.0)


def over_subjects(apart: float, share: Array) -> Array:
    """Give how much each kill counts where subjects have it log-normal.  Shape (medians, shares, kills)."""
    spread = math.sqrt(math.log1p(apart**2))
    off = np.log(KILLS) - np.log(MEDIANS[:, None, None] * share[None, :, None])
    weights = np.exp(-0.5 * np.square(off / spread))
    return np.asarray(weights / weights.sum(axis=2, keepdims=True))


def likelihoods(found: dict[str, Array], rows: dict[str, Observation], apart: float) -> list[Array]:
    """Give the log likelihood of each regimen's rows.  Each of shape (worlds, medians, laws of the share)."""
    laws = np.log(share_laws())
    levels = []
    for regimen in REGIMENS:
        level = of_regimen(regimen, found, rows, over_subjects(apart, regimen.shares))
        if regimen.shares is not SAME:
            level = np.stack([np.logaddexp.reduce(level + law, axis=2) for law in laws], axis=2)
        levels.append(np.broadcast_to(level, (WORLDS, len(MEDIANS), len(laws))))
    return levels


def source_of(regimen: Regimen, rows: dict[str, Observation]) -> str:
    """Give the one source that a regimen's rows are of."""
    (source,) = {rows[one.observation].source for arm in regimen.arms for one in arm}
    return source


def posterior(level: Array, values: dict[str, Array]) -> tuple[dict[str, str], Array]:
    """Give what rows make of each number, and the weight of each world, median and law of the share."""
    joint = np.exp(level - np.logaddexp.reduce(level, axis=None))
    weights, shares = joint.sum(axis=2), joint.sum(axis=(0, 1)) @ share_laws()
    fitted = {"chemotherapy_log_kill": distribution(MEDIANS, weights.sum(axis=0))}
    fitted |= {name: distribution(values[name][:: len(KILLS)], weights.sum(axis=1)) for name in EFFECT}
    return fitted | {SHARE: f"truncated({distribution(MILDER, shares)}, , {MILDER[-1]:g})"}, joint


def of_regimen(regimen: Regimen, found: dict[str, Array], rows: dict[str, Observation], weights: Array) -> Array:
    """Give the log likelihood of one regimen's rows.  Shape (worlds, medians, shares)."""
    total, off, variance = 0.0, [], []
    for arm in regimen.arms:
        for row, values in ((rows[one.observation], found[one.observation]) for one in arm):
            if row.readout.endswith("_fraction"):
                total = total + _share(row, values, weights) / len(arm)
                continue
            apart, own = _figure(row, values, weights)
            off.append(apart)
            variance.append(len(arm) * (np.square(own) + MODEL_ERROR**2))
    if off:
        total = total + _figures(np.stack(off), np.stack(variance))
    return np.asarray(total)


def share_laws() -> Array:
    """Give how probable each milder share is under each law.  Shape (laws, shares)."""
    off = np.log(MILDER) - np.log(np.repeat(SHARE_MEDIANS, len(SHARE_SPREADS)))[:, None]
    density = np.exp(-0.5 * np.square(off / np.tile(SHARE_SPREADS, len(SHARE_MEDIANS))[:, None]))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def _share(row: Observation, free: Array, weights: Array) -> Array:
    chance = np.einsum("wk,msk->wms", free, weights)
    chance = 1 - chance if row.readout == "transfused_fraction" else chance
    size = row.group or UNSTATED_GROUP
    events = row.spread.events if row.spread.events is not None else round((row.value or 0.0) * size)
    return np.asarray(binom.logpmf(events, size, np.clip(chance, 0.5 / (size + 1), 1 - 0.5 / (size + 1))))


def _figure(row: Observation, values: Array, weights: Array) -> tuple[Array, Array]:
    """Say what a figure is off by on its scale, and its own error.  Each of shape (worlds, medians, shares)."""
    mean = np.einsum("wk,msk->wms", values, weights)
    square = np.einsum("wk,msk->wms", np.square(values), weights)
    shift = 0.0 if row.readout == "platelets_nadir" else 1.0
    spread = np.sqrt(np.maximum(square - np.square(mean), 0.0) + STEP**2)
    middle = medians(values, weights) if row.of_median else mean
    factor = (OF_A_MEDIAN if row.of_median else 1.0) / math.sqrt(row.group or UNSTATED_GROUP)
    error = row.error if row.error is not None else spread * factor
    off = math.log((row.value or 0.0) + shift) - np.log(np.maximum(middle + shift, 1.0))
    return off, error / np.maximum(middle + shift, 1.0)


def medians(values: Array, weights: Array) -> Array:
    """Give weighted medians over kills.  Shape (worlds, medians, shares)."""
    found = np.empty((len(values), *weights.shape[:2]))
    for k, of_world in enumerate(values):
        order = np.argsort(of_world)
        place = (np.cumsum(weights[:, :, order], axis=2) < 0.5).sum(axis=2)
        found[k] = of_world[order][np.minimum(place, len(order) - 1)]
    return found


def _figures(off: Array, variance: Array) -> Array:
    """Give the log density of what figures are off by, with a share in common.  Shape (worlds, medians, shares)."""
    inverse = (1 / variance).sum(axis=0)
    common = MODEL_ERROR**2 / (1 + MODEL_ERROR**2 * inverse)
    squares = (np.square(off) / variance).sum(axis=0) - common * np.square((off / variance).sum(axis=0))
    return np.asarray(-0.5 * (squares + np.log(variance).sum(axis=0) + np.log1p(MODEL_ERROR**2 * inverse)))


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
    told = [one for regimen in REGIMENS for arm in regimen.arms for one in arm]
    if unknown := [one.observation for one in told if one.observation not in rows]:
        raise SystemExit(f"kept for checking, or unknown: {', '.join(unknown)}")
    values = draws()
    given: dict[Told, list[Told]] = {}
    for one in told:
        given.setdefault(Told("", one.dose, one.start, one.days), []).append(one)
    found = {}
    for what, of in given.items():
        courses = simulate(what, values)
        found |= {one.observation: taken(rows[one.observation], *courses) for one in of}
    levels = {apart: np.sum(likelihoods(found, rows, apart), axis=0) for apart in APART}
    for apart, level in levels.items():
        share = np.exp(level - np.logaddexp.reduce(level, axis=None)).sum(axis=(1, 2))
        evidence = np.logaddexp.reduce(level, axis=None) - math.log(level.size)
        print(f"subjects differ by {apart:.0%}: log evidence {evidence:.2f}, {1 / np.square(share).sum():.0f} worlds")
    best = max(levels, key=lambda apart: float(np.logaddexp.reduce(levels[apart], axis=None)))
    fitted, joint = posterior(levels[best], values)
    before = read_before(open_library("il11")).priors
    for name, text in fitted.items():
        print(f"  {name:24s} {text}" + (f"   before: {before[name]}" if name in before else ""))
    report(found, rows, best, joint.sum(axis=2), joint @ share_laws())
    left_out = {}
    sources, each = [source_of(regimen, rows) for regimen in REGIMENS], likelihoods(found, rows, best)
    for source in dict.fromkeys(sources):
        others = np.sum([level for level, of in zip(each, sources, strict=True) if of != source], axis=0)
        left_out[source] = posterior(others, values)[0]
    for source, of in left_out.items():
        print(f"  without {source}: " + "; ".join(f"{name} {text}" for name, text in of.items()))
    if chosen.write:
        write_share(fitted.pop(SHARE))
        write(fitted, best)
        write_left_out(MODULES.parent, left_out)


def report(found: dict[str, Array], rows: dict[str, Observation], apart: float, weights: Array, shares: Array) -> None:
    """Print what each row would be with the fit, the share of its regimen given the rows of all."""
    for regimen in REGIMENS:
        over = over_subjects(apart, regimen.shares)
        joint = weights[:, :, None] if regimen.shares is SAME else shares
        level = of_regimen(regimen, found, rows, over)
        own = joint * np.exp(level - level.max()) if regimen.shares is not SAME else joint
        own = own / own.sum()
        if regimen.shares is not SAME:
            print(f"  share of the regimen: {math.exp((own.sum(axis=(0, 1)) * np.log(regimen.shares)).sum()):.2f}")
        for one in (one for arm in regimen.arms for one in arm):
            row = rows[one.observation]
            of = medians(found[row.id], over) if row.of_median else np.einsum("wk,msk->wms", found[row.id], over)
            fit = (own * (1 - of if row.readout == "transfused_fraction" else of)).sum()
            seen = (row.value or 0.0) * (0.01 if row.unit == "%" else 1.0)
            print(f"    {row.id:44s} observed {seen:.3g}   fitted {fit:.3g}")


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
