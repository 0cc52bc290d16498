"""Modules simulated for a figure, and what was published of them as dots on the same axes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from svg_panels import Seen

from pleio.assembly.module import Mechanism
from pleio.base import yaml
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
IL11 = open_library("il11")
WORLDS, SUBJECTS, SEED, DAY, WEEK = 100, 2, 31, 24.0, 168.0
PATIENTS = 12
"""Subjects of a world where a share of them is drawn: with two it could be none, half or all."""
KDA = {"il11": 19.0, "il6": 21.0, "sil11ra": 40.0, "activin": 26.0}


@cache
def mechanism(modules: str) -> Mechanism:
    return IL11.mechanism(modules)


@cache
def observations() -> Mapping[str, dict[str, Any]]:
    files = sorted((IL11.folder / "observations").glob("*.yaml"))
    return {row["id"]: row for file in files for row in yaml.load(file).value}


def seen(id: str, x: float, *, times: float = 1.0, plus: float = 0.0, label: str = "", lie: bool = False) -> Seen:
    """Give an observation as a dot at x, its value times a factor; `lie` puts the value along x, for intervals."""
    row = observations()[id]
    spread, value = row["spread"], row.get("value")
    kind, size = spread["kind"], spread.get("value")
    if value is None:
        value = (spread["low"] + spread["high"]) / 2
    low, high = value, value
    if kind in ("SD", "SE", "suggested SD") or (kind == "unstated" and size):
        low, high = value - size, value + size
    elif kind in ("range", "95 % interval") and spread["low"] <= value <= spread["high"]:
        low, high = spread["low"], spread["high"]
    elif kind == "binomial" and "events" in spread:
        from scipy.stats import beta

        events, of = spread["events"], spread["of"]
        low = float(beta.ppf(0.05, events, of - events + 1)) if events else 0.0
        high = float(beta.ppf(0.95, events + 1, of - events))
        low, high = (low * 100, high * 100) if row["unit"] == "%" else (low, high)
    value, low, high = (one * times + plus for one in (value, low, high))
    checked = row["use"] == "check"
    if lie:
        return Seen(value, 0.0, low, high, checked, label)
    return Seen(x, value, low, high, checked, label)


def run(
    modules: str,
    times: Any,
    save: list[str],
    doses: Any = (),
    *,
    species: str = "human",
    subjects: int = SUBJECTS,
    **fixed: Any,
) -> dict[str, Array]:
    """Simulate worlds.  Gives name → shape (members, times)."""
    made = mechanism(modules).of(species)
    count = WORLDS * subjects
    values = draw_members(made, WORLDS, SEED, subjects=subjects)
    values |= {name: np.broadcast_to(value, count).astype(float) for name, value in fixed.items()}
    hold = {f"sign_{one.id}": 0.0 for one in made.switches}
    found = integrate(
        made.network,
        times,
        members=count,
        parameters=values,
        doses=list(doses),
        baseline=Baseline(hold=hold),
        save=save,
    )
    assert set(found.status) == {""}, set(found.status)
    return {name: found.values[:, :, i] for i, name in enumerate(save)}


def signs(claim: str) -> Array:
    """Draw the sign of a contest for each member, as often as it is believed."""
    outcomes = IL11.belief().of(claim, "sufficiency").outcomes
    given = {"increases": 1.0, "decreases": -1.0, "no_effect": 0.0}
    drawn = np.random.default_rng(SEED).choice(list(outcomes), WORLDS * SUBJECTS, p=list(outcomes.values()))
    return np.array([given[outcome] for outcome in drawn])


def agent(name: str, modules: str) -> dict[str, float]:
    return dict(IL11.agents[name].given_in(mechanism(modules).network).parameters)


def daily(dose: float, times: int, start: float = 0.0) -> list[Dose]:
    return [Dose("oprelvekin_depot", dose * 70 / 19, start=start, every=DAY, times=times)] if dose else []


def monthly(times: int) -> list[Dose]:
    return [Dose("antibody_central", 10 * 70e6 / 150e3, every=28 * DAY, times=times)]


def dish(**added: float) -> list[Dose]:
    """Add proteins to the medium, in ng/mL."""
    return [Dose(f"added_{name}", amount / KDA[name] / 1000) for name, amount in added.items()]


def relative(values: Array) -> Array:
    return 100 * (values / values[:, :1] - 1)
