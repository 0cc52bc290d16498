"""Trials of chemotherapy that are open to fits: what was given, which rows are of the same patients, their likelihood.

Each row is simulated in every world for kills from hardly any to all, so that what it would print for any median kill,
any difference between subjects and any share of the kill is a weighted mean, or median, over these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pleio.inference.observations import OF_A_MEDIAN, Observation
from pleio.inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import read_before
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
BLOOD = "oprelvekin_pk+receptor+chemotherapy+platelets+volume_and_acute_phase"
WORLDS, SEED, DAY = 1920, 31, 24.0
KILLS = np.geomspace(0.3, 26.0, 40)
"""Logarithms of the kill that are simulated."""
MEDIANS = np.geomspace(2.3, 15.0, 60)
EFFECT = ("gain_progenitors", "half_progenitors")
SAME, MILDER = np.array([1.0]), np.geomspace(0.05, 1.05, 40)
"""The kill of a regimen beside that of patients who were transfused the cycle before."""
CYCLES = (1.5, 2.0, 3.0, 4.0)
"""How many unrelated cycles a course may count as: 2.5 to 3.3 where shares of courses and of patients are known."""
STEP = 0.5
TIMES = np.arange(0.0, 60.01, STEP) * DAY
CYCLE = 28
TINY = 1e-12
"""The least share of patients who are chosen, so that a world in which nobody would be has a weight."""


POOLED = frozenset({"pleio:carboplatin-label"})
"""Sources that pool trials whose doses were not told apart.  Their patients differ by more than those of one regimen,
and so count as one group whose size was not stated, not by their number."""


@dataclass(frozen=True)
class Told:
    """A row as simulated: daily doses in µg/kg, their first day and number."""

    observation: str
    dose: float = 0.0
    start: float = 1.0
    days: int = 0


Arm = tuple[Told, ...]
"""Rows of the same patients."""


@dataclass(frozen=True)
class Trial:
    """What one source says of one regimen.

    Attributes:
        regimen: its name in `regimens.yaml`; one of its own where the row names none, or of nothing that is there.
        shares: the shares of the kill that it may have.
    """

    source: str
    regimen: str
    shares: Array
    arms: tuple[Arm, ...]


@dataclass(frozen=True)
class Chosen:
    """Whom a trial chose by how low they fell without the drug.

    Attributes:
        fell: 1 where the patient of a kill would be one, else 0.  Shape (worlds, kills).
        parts: how far they may be like everybody again: forecasts do not know it of those who fell in another cycle.
    """

    fell: Array
    parts: tuple[float, ...]


def _without(*names: str) -> Arm:
    return tuple(Told(name) for name in names)


ARMS: tuple[Arm, ...] = (
    _without("transfusion-free-placebo"),
    (Told("transfusion-free-25", 25, 1, 17),),
    (Told("transfusion-free-50", 50, 1, 17),),
    _without("transfused-cycle-without", "platelets-under-50-without"),
    (Told("transfused-cycle-with-25", 25, 1, 10), Told("platelets-under-50-with-25", 25, 1, 10)),
    *((Told(f"children-recovery-{dose}", dose, 6, 28),) for dose in (25, 50, 75, 100)),
    _without("prevention-days-under-100-without"),
    (Told("prevention-days-under-100-with-25", 25, 1, 10),),
    _without("carboplatin-nadir", "carboplatin-days-under-20", "carboplatin-days-under-50", "carboplatin-transfused"),
    _without("carboplatin-cyclophosphamide-nadir", "carboplatin-cyclophosphamide-days-under-50"),
    _without("gemcitabine-platinum-nadir"),
    _without("gemcitabine-nadir"),
    _without("carboplatin-courses-under-50"),
    _without("carboplatin-auc-course-under-50"),
    _without("carboplatin-label-course-under-50", "carboplatin-label-course-under-100"),
    _without(
        "carboplatin-cyclophosphamide-label-course-under-50", "carboplatin-cyclophosphamide-label-course-under-100"
    ),
    _without("carboplatin-paclitaxel-175-course-under-50"),
    _without("carboplatin-paclitaxel-190-course-under-50"),
    _without("gemcitabine-carboplatin-course-under-50"),
    _without("gemcitabine-carboplatin-course-transfused"),
    _without("gemcitabine-cisplatin-lung-course-under-50"),
    _without("gemcitabine-cisplatin-stomach-course-under-50"),
    _without("carboplatin-etoposide-courses-under-50"),
    _without("topotecan-first-nadir", "topotecan-first-under-25"),
    _without("topotecan-courses-under-50"),
    _without("topotecan-lower-courses-under-50"),
    _without("fec-60-courses-under-50"),
    _without("fec-120-courses-under-50"),
    _without("doxorubicin-ifosfamide-course-under-50"),
    _without("doxorubicin-ifosfamide-high-course-under-50"),
    _without("doxorubicin-ifosfamide-infusion-courses-under-25"),
    _without("ice-outpatient-course-under-25"),
    _without("ice-mobilisation-under-25"),
    _without("eshap-course-under-50"),
    _without("r-chop-together-course-under-50"),
    _without("r-chop-in-turn-course-under-50"),
)


def fit_rows() -> dict[str, Observation]:
    """Give the rows that are open to fits.

    Raises:
        SystemExit: an arm has another.
    """
    rows = {row.id: row for row in read_all(open_library("il11")) if row.use == "fit"}
    if unknown := [one.observation for arm in ARMS for one in arm if one.observation not in rows]:
        raise SystemExit(f"kept for checking, or unknown: {', '.join(unknown)}")
    return rows


def trials(rows: dict[str, Observation], arms: Sequence[Arm] = ARMS) -> list[Trial]:
    """Put arms together that are of one source and one regimen, named as forecasts name it."""
    readouts = LibraryReadouts(open_library("il11"))
    share = readouts.regimens.parameter
    found: dict[tuple[str, str], list[Arm]] = {}
    for arm in arms:
        row = rows[arm[0].observation]
        condition = row.population.condition
        same = readouts.settings("human", condition)[share] == "1"
        name = "" if same else readouts.regimens.named(condition) or f"{row.source} {condition}"
        found.setdefault((row.source, name), []).append(arm)
    return [Trial(source, name, MILDER if name else SAME, tuple(of)) for (source, name), of in found.items()]


def draws() -> dict[str, Array]:
    """Draw the parameters of all members: worlds, and in each one subject for each kill.  Shape (worlds * kills,)."""
    values = draw_members(open_library("il11").mechanism(BLOOD), WORLDS, SEED, subjects=len(KILLS), even=True)
    priors = read_before(open_library("il11")).priors
    for name in EFFECT:
        order = np.random.default_rng([SEED, *name.encode()]).permutation(WORLDS)
        values[name] = np.repeat(np.asarray(priors[name].quantile((order + 0.5) / WORLDS)), len(KILLS))
    return values | {"chemotherapy_log_kill": np.tile(KILLS, WORLDS)}


def chosen(rows: dict[str, Observation], values: dict[str, Array]) -> dict[str, Chosen]:
    """Say whom each row of chosen people is of, by the same rule as forecasts (`chosen` of `groups.yaml`).

    Raises:
        SystemExit: one of them is a figure; only shares of patients are taken of the chosen.
    """
    (by,) = [cycle.chosen for cycle in LibraryReadouts(open_library("il11")).table.after.values() if cycle.chosen]
    names = [one.observation for arm in ARMS for one in arm if by.level(rows[one.observation].population.condition)]
    if figures := [name for name in names if not rows[name].readout.endswith("_fraction")]:
        raise SystemExit(f"figures of people who were chosen: {', '.join(figures)}")
    if not names:
        return {}
    count, _ = simulate(Told(""), values)
    lowest = count[..., by.at.to("h") >= TIMES].min(axis=2)
    conditions = {name: rows[name].population.condition for name in names}
    return {
        name: Chosen((lowest < by.level(of)).astype(np.float64), (0.0, 0.5, 1.0) if by.was_earlier(of) else (0.0,))
        for name, of in conditions.items()
    }


def printed(rows: dict[str, Observation], values: dict[str, Array]) -> dict[str, Array]:
    """Give what each row prints of each kill's patient.  Each of shape (worlds, kills)."""
    given: dict[Told, list[str]] = {}
    for one in (one for arm in ARMS for one in arm):
        given.setdefault(Told("", one.dose, one.start, one.days), []).append(one.observation)
    found = {}
    for what, of in given.items():
        courses = simulate(what, values)
        found |= {name: taken(rows[name], *courses) for name in of}
    return found


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
    """Take what a row prints of each kill's patient in one cycle.  Shape (worlds, kills)."""
    cycle = TIMES <= CYCLE * DAY
    if row.readout.startswith("transfus"):
        return (
            free[..., cycle][..., -1] if row.readout.startswith("transfusion_free") else 1 - free[..., cycle][..., -1]
        )
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


def of_trial(
    trial: Trial, found: dict[str, Array], rows: dict[str, Observation], weights: Array, people: dict[str, Chosen]
) -> Array:
    """Give the log likelihood of one trial's rows.  Shape (worlds, medians, shares).

    As in forecasts, a trial of chosen people counts by how many would be chosen, and a recovery by how many fell.
    """
    total, off, variance = 0.0, [], []
    for one in next(([people[t.observation]] for arm in trial.arms for t in arm if t.observation in people), []):
        total = total + np.log(np.maximum(np.tensordot(one.fell, weights, axes=(1, 2)), TINY))
    for arm in trial.arms:
        for row, values in ((rows[one.observation], found[one.observation]) for one in arm):
            if row.readout.endswith("_fraction"):
                total = total + _share(row, values, weights, people.get(row.id)) / len(arm)
                continue
            apart, own, number = _figure(row, values, weights)
            total = total + np.log(number) / len(arm)
            off.append(apart)
            variance.append(len(arm) * (np.square(own) + MODEL_ERROR**2))
    if off:
        total = total + _figures(np.stack(off), np.stack(variance))
    return np.asarray(total)


def chances(row: Observation, values: Array, weights: Array, people: Chosen | None = None) -> list[Array]:
    """Give the chance of what a row counts, for each number of cycles that its course may count as.

    Of people who were chosen: for each part to which they may be like everybody again.
    """
    chance = np.tensordot(values, weights, axes=(1, 2))
    if people is not None:
        number = np.maximum(np.tensordot(people.fell, weights, axes=(1, 2)), TINY)
        theirs = np.tensordot(values * people.fell, weights, axes=(1, 2)) / number
        return [theirs + (chance - theirs) * part for part in people.parts]
    if not row.readout.endswith("_of_course_fraction"):
        return [chance]
    return [1 - (1 - np.minimum(chance, 1.0)) ** cycles for cycles in CYCLES]


def _share(row: Observation, values: Array, weights: Array, people: Chosen | None) -> Array:
    size = UNSTATED_GROUP if row.source in POOLED else row.group or UNSTATED_GROUP
    share = (row.value or 0.0) * (0.01 if row.unit == "%" else 1.0)
    events = row.spread.events
    if events is None or row.source in POOLED:
        events = round(share * size)
    least = 0.5 / (size + 1)
    ways = math.lgamma(size + 1) - math.lgamma(events + 1) - math.lgamma(size - events + 1)
    inside = (np.clip(chance, least, 1 - least) for chance in chances(row, values, weights, people))
    each = [ways + events * np.log(chance) + (size - events) * np.log1p(-chance) for chance in inside]
    return np.asarray(np.logaddexp.reduce(each, axis=0) - math.log(len(each)))


def _figure(row: Observation, values: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Say what a figure is off by on its scale, its own error, and how many patients it is of.

    Returns:
        Each of shape (worlds, medians, shares).
    """
    middle, number = middles(row, values, weights)
    of = those(row, values)
    mean, square = (np.tensordot(power * of, weights, axes=(1, 2)) / number for power in (values, np.square(values)))
    shift = 0.0 if row.readout == "platelets_nadir" else 1.0
    spread = np.sqrt(np.maximum(square - np.square(mean), 0.0) + STEP**2)
    factor = (OF_A_MEDIAN if row.of_median else 1.0) / math.sqrt(row.group or UNSTATED_GROUP)
    error = row.error if row.error is not None else spread * factor
    off = math.log((row.value or 0.0) + shift) - np.log(np.maximum(middle + shift, 1.0))
    return off, error / np.maximum(middle + shift, 1.0), number


def middles(row: Observation, values: Array, weights: Array) -> tuple[Array, Array]:
    """Give the mean or the median that a figure is, and the share of patients it is of.

    Returns:
        Each of shape (worlds, medians, shares).
    """
    of = those(row, values)
    number = np.maximum(np.tensordot(of, weights, axes=(1, 2)), TINY)
    if row.of_median:
        return medians(values, of, weights), number
    return np.tensordot(values * of, weights, axes=(1, 2)) / number, number


def those(row: Observation, values: Array) -> Array:
    """Say whom a figure is of, as in forecasts: a recovery is of those who fell.  Shape (worlds, kills)."""
    return np.asarray(values > 0 if row.readout.startswith("days_to_platelets") else np.ones_like(values), np.float64)


def medians(values: Array, of: Array, weights: Array) -> Array:
    """Give weighted medians over the kills that a figure is of.  Shape (worlds, medians, shares)."""
    found = np.empty((len(values), *weights.shape[:2]))
    for k, of_world in enumerate(values):
        order = np.argsort(of_world)
        counted = np.cumsum(weights[:, :, order] * of[k][order], axis=2)
        place = (counted < 0.5 * counted[..., -1:]).sum(axis=2)
        found[k] = of_world[order][np.minimum(place, len(order) - 1)]
    return found


def _figures(off: Array, variance: Array) -> Array:
    """Give the log density of what figures are off by, with a share in common.  Shape (worlds, medians, shares)."""
    inverse = (1 / variance).sum(axis=0)
    common = MODEL_ERROR**2 / (1 + MODEL_ERROR**2 * inverse)
    squares = (np.square(off) / variance).sum(axis=0) - common * np.square((off / variance).sum(axis=0))
    return np.asarray(-0.5 * (squares + np.log(variance).sum(axis=0) + np.log1p(MODEL_ERROR**2 * inverse)))
