"""Fit the few parameters of the oprelvekin modules that published figures determine; everything else keeps its prior.

    python scripts/calibrate_skeleton.py            fit and report
    python scripts/calibrate_skeleton.py --write    and put the fitted medians and spreads into the module tables
    python scripts/calibrate_skeleton.py volume     fit one group, or some

Each group below is fitted by weighted least squares on the logarithms of its parameters, to the mean of a group of
subjects: all other parameters, and the differences between subjects, are drawn once (`MEMBERS` draws, seed `SEED`) and
averaged over.  The spread written beside a median is that of the Laplace approximation: how far the parameter could be
from it and still agree with the figures, given the wide log-normal prior of `before_fit.yaml`, where each fit starts.
What the figures do not determine is seen by a spread near the prior's.

Where the figures of a group come from several sources, those of one source share an error: the variation between
studies (`MODEL_ERROR`, a guess), so that a source counts as one study however many days it reports.  Such a group is
fitted again without each of its sources in turn, for rows that are forecast without their source (`left_out.yaml`).

Only observations marked `use: fit` are used, and a fit that names any other stops.  The rises of platelets and the
fall of haematocrit in patients with breast cancer are kept for checking; the size of the effect on platelets is known
by a trial in cirrhosis and by its times: how soon a rise is seen, how long it goes on, and when it is over.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from pleio.inference.prediction import MODEL_ERROR, UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.library.validation.forecasts import read_before
from pleio.library.validation.left_out import write_left_out
from pleio.library.validation.validation import read_all
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
SEED, MEMBERS = 11, 512
DAY = 24.0
ASSAYS = 0.7
"""How far assays of IL-11 are apart, as a relative error: a factor of two, a guess."""
VWF = ("gain_vwf", "half_vwf")
MODULES = Path(__file__).parents[1] / "src" / "pleio" / "library" / "il11" / "modules"


@dataclass(frozen=True)
class Target:
    """One published figure: its value, its standard error, and the observation that it is.

    With `at_most`, anything below the value agrees with it.  The variation between studies is of the logarithm of the
    value plus `offset`: 100 for a change in per cent, 1 for days.
    """

    name: str
    value: float
    error: float
    observation: str
    at_most: bool = False
    offset: float = 0.0


@dataclass(frozen=True)
class Group:
    """Parameters fitted together: which, in which file, to what, and how the figures are simulated.

    What is fitted `along` could explain the figures as well; it is not written, and keeps what is known of it.
    """

    title: str
    parameters: tuple[str, ...]
    file: str
    targets: tuple[Target, ...]
    simulate: Callable[[dict[str, float]], Array]
    along: tuple[str, ...] = ()


class Subjects:
    """The draws that are averaged over, and the mechanism they run on."""

    def __init__(self, modules: str, members: int = MEMBERS) -> None:
        self.mechanism, self.members = open_library("il11").mechanism(modules), members

    def draw(self, fitted: dict[str, float]) -> dict[str, Array]:
        """Draw all but the fitted parameters; one subject in each world."""
        return draw_members(self.mechanism, self.members, SEED, at=fitted)

    def run(self, fitted: dict[str, float], times: Array, save: str, dose: float, days: int, **fixed: float) -> Array:
        """Simulate daily subcutaneous doses in µg/kg, with the fitted parameters at given medians.

        Returns:
            Shape (members, times).
        """
        values = self.draw(fitted)
        if "sign_red_cells" in self.mechanism.network.parameters:
            fixed = {"sign_red_cells": 0.0, **fixed}  # nothing speaks for more red cells: they were unchanged
        values |= {name: np.full(self.members, value) for name, value in fixed.items()}
        weight = self.mechanism.network.parameters["weight"].value or 70.0
        mass = self.mechanism.network.parameters["oprelvekin_molar_mass"].value or 19.0
        doses = [Dose("oprelvekin_depot", dose * weight / mass, every=DAY, times=days)]
        result = integrate(
            self.mechanism.network,
            times,
            parameters=values,
            doses=doses,
            baseline=Baseline(duration=DAY),
            save=[save],
            rtol=1e-5,
        )
        failed = [status for status in result.status if status]
        if failed:
            raise SystemExit(f"{len(failed)} trajectories failed: {failed[0]}")
        return result.values[:, :, 0]


class Typical(Subjects):
    """One subject with all parameters at their medians."""

    def draw(self, fitted: dict[str, float]) -> dict[str, Array]:
        return {name: np.array([value]) for name, value in fitted.items()}


def kinetics() -> Group:
    """Cmax, Tmax and half-life of a typical man; the three figures determine the three parameters."""
    typical = Typical("oprelvekin_pk", members=1)
    times = np.arange(0.0, 48.01, 0.05)

    def simulate(fitted: dict[str, float]) -> Array:
        plasma = typical.run(fitted, times, "oprelvekin_plasma", 50, 1)[0]
        return np.array([plasma.max(), peak_time(times, plasma), half_life(times, plasma)])

    n = math.sqrt(18)
    targets = (
        Target("Cmax, ng/mL, 50 µg/kg", 17.4, 5.4 / n, "oprelvekin-cmax-50"),
        Target("Tmax, h", 3.2, 2.4 / n, "oprelvekin-tmax-50"),
        Target("half-life, h", 6.9, 1.7 / n, "oprelvekin-half-life"),
    )
    names = ("oprelvekin_apparent_clearance", "oprelvekin_ke", "oprelvekin_ka")
    return Group("Kinetics", names, "oprelvekin_pk", targets, simulate)


def volume() -> Group:
    """Plasma volume of volunteers; in patients the day by which haematocrit is down by 5 %, and until when."""
    subjects = Subjects("oprelvekin_pk+volume_and_acute_phase")
    week, months = np.arange(0.0, 7.01, 0.5) * DAY, np.arange(0.0, 60.01, 0.25) * DAY

    def simulate(fitted: dict[str, float]) -> Array:
        plasma = subjects.run(fitted, week, "plasma_volume", 50, 7, cancer_patient=0.0)
        growth = float((plasma.max(axis=1) / plasma[:, 0]).mean() - 1)
        share = subjects.run(fitted, months, "haematocrit", 50, 14, cancer_patient=1.0).mean(axis=0)
        fallen = crossings(months / DAY, share / share[0] - 0.95)
        return np.array([growth, fallen[0], fallen[1] - 13])

    targets = (
        Target("plasma volume, volunteers", 0.20, 0.05, "plasma-volume-rise"),
        Target("day of anaemia, patients", 3.0, 1.0, "anaemia-onset"),
        Target("days to its end after the last dose", 14.0, 4.0, "anaemia-recovery"),
    )
    names = ("gain_plasma_volume", "sodium_turnover", "patient_plasma_response")
    return Group("Plasma volume", names, "volume_and_acute_phase", targets, simulate)


def platelets() -> Group:
    """When the mean count is up by a tenth, highest, and no longer up; how far it is up in patients with cirrhosis."""
    subjects = Subjects("oprelvekin_pk+receptor+platelets+volume_and_acute_phase")
    times = np.arange(0.0, 45.01, 0.5) * DAY

    def simulate(fitted: dict[str, float]) -> Array:
        count = subjects.run(fitted, times, "platelets", 50, 14, cancer_patient=1.0).mean(axis=0)
        up = crossings(times / DAY, 1.1 - count / count[0])
        days = [up[0], peak_time(times, count) / DAY - 13, up[1] - 13]
        change = subjects.run(fitted, times[:25], "platelets", 3000 / 70, 10)  # 3 mg a day, as rows are simulated
        rises = 100 * (change / change[:, :1] - 1).mean(axis=0)
        return np.array([*days, *rises[[6, 10, 14, 20]]])

    def begins(level: float) -> float:
        """Give the day on which the mean count is up by a share, with what was known before the fit."""
        known = {
            name: prior.median for name, prior in read_before(open_library("il11")).priors.items() if name in names
        }
        count = subjects.run(known, times, "platelets", 50, 14, cancer_patient=1.0).mean(axis=0)
        return crossings(times / DAY, 1 + level - count / count[0])[0]

    names = ("gain_platelets", "gain_yield", "half_platelets", "mk_maturation_time")
    unclear = (begins(0.2) - begins(0.05)) / 2  # the label says "begin to rise"; by how much it does not say
    one, last = 27 / math.sqrt(42), 27 / math.sqrt(UNSTATED_GROUP)
    targets = (
        Target("day of the first rise", 7.0, math.hypot(4 / 3.29, unclear), "platelets-onset", offset=1),
        Target("days of rise after the last dose", 7.0, 2.0, "platelets-continue", offset=1),
        Target("days to baseline after the last dose", 14.0, 3.0, "platelets-back", at_most=True, offset=1),
        Target("rise on day 3, cirrhosis, %", 4.0, one, "cirrhosis-platelets-day-3", offset=100),
        Target("rise on day 5, cirrhosis, %", 18.0, one, "cirrhosis-platelets-day-5", offset=100),
        Target("rise on day 7, cirrhosis, %", 21.0, one, "cirrhosis-platelets-day-7", offset=100),
        Target(
            "rise on day 10, cirrhosis, %",
            50.0,
            last,
            "cirrhosis-platelets-day-10",
            offset=100,
        ),
    )
    return Group("Platelets", names, "platelets", targets, simulate, along=("mk_maturation_time",))


def crossings(times: Array, values: Array) -> tuple[float, float]:
    """Give when a course falls below zero and when it last rises above it; its end where it does not."""
    below = values < 0
    if not below.any():
        return float(times[-1]), float(times[-1])
    first, last = int(below.argmax()), len(below) - 1 - int(below[::-1].argmax())

    def at(k: int) -> float:
        return float(times[k] - values[k] * (times[k + 1] - times[k]) / (values[k + 1] - values[k]))

    return at(first - 1), at(last) if last + 1 < len(times) else float(times[-1])


def von_willebrand() -> Group:
    """Ristocetin cofactor activity on day 4 of daily doses, in von Willebrand disease and in haemophilia A."""
    subjects = Subjects("oprelvekin_pk+volume_and_acute_phase")
    times = np.array([0.0, 4 * DAY])

    def simulate(fitted: dict[str, float]) -> Array:
        runs = [subjects.run(fitted, times, "vwf", dose, 7)[:, 1] for dose in (25, 50)]
        spread = runs[0].std() / runs[0].mean()
        second.update(vwd=1.30 * spread / math.sqrt(4), haemophilia=1.73 * spread / math.sqrt(5))
        second.update(menorrhagia=1.1 * spread / math.sqrt(7))
        return np.array([float(run.mean()) for run in (*runs, runs[0], runs[0], runs[0])])

    second: dict[str, float] = {}
    simulate({name: prior.median for name, prior in read_before(open_library("il11")).priors.items() if name in VWF})
    targets = (
        Target("vWF activity on day 4, 25 µg/kg", 1.32, 0.11, "vwf-rco-day4-25"),
        Target("vWF activity on day 4, 50 µg/kg", 1.70, 0.52, "vwf-rco-day4-50"),
        Target("the same, second trial, VWD", 1.30, second["vwd"], "vwf-rco-day4-vwd"),
        Target("the same, haemophilia A", 1.73, second["haemophilia"], "vwf-rco-day4-haemophilia"),
        Target("the same, 25 µg/kg, menorrhagia", 1.1, second["menorrhagia"], "vwf-rco-menorrhagia"),
    )
    return Group("von Willebrand factor", VWF, "volume_and_acute_phase", targets, simulate)


def brain_fluid() -> Group:
    """IL-11 in cerebrospinal fluid in health, by what it was a day after a bleed and how far one raises it."""
    weight = open_library("il11").mechanism("cns_exposure").network.parameters["il11_molar_mass_ng"].value or 0.0

    def simulate(fitted: dict[str, float]) -> Array:
        return np.array([fitted["csf_il11_resting"] * fitted["bleed_fold"] * weight])

    error = math.hypot(107 / math.sqrt(43), ASSAYS * 123.9)
    targets = (Target("after a bleed, pg/mL", 123.9, error, "csf-il11-haemorrhage"),)
    return Group(
        "cerebrospinal fluid", ("csf_il11_resting", "bleed_fold"), "cns_exposure", targets, simulate, ("bleed_fold",)
    )


def peak_time(times: Array, values: Array) -> float:
    """Give the time of the maximum, between grid points by a parabola."""
    k = int(values.argmax())
    a, b, c = values[k - 1 : k + 2]
    return float(times[k] + 0.5 * (times[1] - times[0]) * (a - c) / (a - 2 * b + c))


def half_life(times: Array, values: Array) -> float:
    """Give the terminal half-life from a log-linear fit of the second day."""
    late = times >= 24
    return float(math.log(2) / -np.polyfit(times[late], np.log(values[late]), 1)[0])


@dataclass(frozen=True)
class Fit:
    """Fitted medians and spreads (standard deviation of the logarithm), the spreads before, and what they give."""

    group: Group
    medians: Array
    spreads: Array
    before: Array
    simulated: Array


def fit(group: Group, without: str = "") -> Fit:
    """Minimise the weighted squares of a group's misses, with the prior as one more figure for each parameter.

    Args:
        without: a source whose figures count nothing.
    """
    library = open_library("il11")
    used = {row.id: row.source for row in read_all(library) if row.use == "fit"}
    kept_out = [target.observation for target in group.targets if target.observation not in used]
    if kept_out:
        raise SystemExit(f"kept for checking, or unknown: {', '.join(kept_out)}")
    priors = [read_before(library).priors[name] for name in group.parameters]
    counted = [k for k, target in enumerate(group.targets) if used[target.observation] != without]
    targets = tuple(group.targets[k] for k in counted)
    wanted = np.array([target.value for target in targets])
    bounds = np.array([target.at_most for target in targets])
    several = len({used[target.observation] for target in group.targets}) > 1
    whiten = np.linalg.inv(np.linalg.cholesky(covariance_of(targets, used, several=several)))
    origin, wide = np.log([prior.median for prior in priors]), np.array([prior.second for prior in priors])

    def misses(logs: Array) -> Array:
        simulated = group.simulate(dict(zip(group.parameters, np.exp(logs).tolist(), strict=True)))[counted]
        apart = np.where(bounds, np.maximum(simulated - wanted, 0.0), simulated - wanted)
        return np.concatenate([whiten @ apart, (logs - origin) / wide])

    found = least_squares(misses, origin, diff_step=0.02, xtol=1e-4, ftol=1e-4)
    covariance = np.linalg.inv(found.jac.T @ found.jac)
    medians = np.exp(found.x)
    simulated = group.simulate(dict(zip(group.parameters, medians.tolist(), strict=True)))
    return Fit(group, medians, np.sqrt(np.diag(covariance)), wide, simulated)


def covariance_of(targets: tuple[Target, ...], sources: dict[str, str], *, several: bool) -> Array:
    """Give the covariance of what was printed: own errors, and with several sources what each one's figures share."""
    of = [sources[target.observation] for target in targets]
    found = np.diag(np.square([target.error for target in targets]))
    if several:
        between = np.array([MODEL_ERROR * (target.value + target.offset) for target in targets])
        found += np.outer(between, between) * np.equal.outer(of, of)
    return found


def report(result: Fit) -> str:
    """Write a fit as text."""
    lines = [result.group.title]
    found = zip(result.group.parameters, result.medians, result.spreads, result.before, strict=True)
    for name, median, spread, before in found:
        note = "  not determined by these figures" if spread > 0.8 * before else ""
        lines.append(f"  {name:28s} {distribution(median, spread)}{note}")
    for target, simulated in zip(result.group.targets, result.simulated, strict=True):
        lines.append(f"  {target.name:36s} observed {target.value:8.3g} ± {target.error:.2g}   fitted {simulated:8.3g}")
    return "\n".join(lines)


def laws(result: Fit) -> dict[str, str]:
    """Give the distribution of each fitted parameter as text."""
    found = zip(result.group.parameters, result.medians, result.spreads, strict=True)
    return {name: distribution(*law) for name, *law in found if name not in result.group.along}


def distribution(median: float, spread: float) -> str:
    """Write a log-normal as the module tables do: median and coefficient of variation."""
    return f"lognormal({median:.3g}, {100 * math.sqrt(math.expm1(spread**2)):.2g} %)"


def write(result: Fit) -> None:
    """Put a fit into its module's table."""
    path = MODULES / f"{result.group.file}.yaml"
    text = path.read_text(encoding="utf-8")
    for name, law in laws(result).items():
        part, _, switch = name.partition("_")
        if part in ("gain", "half"):
            place = re.compile(rf"(- id: {switch}\n(?:.*\n)*?    {part}:\n      value: )(.*)")
        else:
            place = re.compile(rf"(\n  {name}:\n(?:    .*\n)*?    value: )(.*)")
        if not place.search(text):
            raise SystemExit(f"{path.name} has no block for {name}")
        text = place.sub(rf"\g<1>{law}", text, count=1)
    path.write_text(text, encoding="utf-8")


GROUPS: dict[str, Callable[[], Group]] = {
    "kinetics": kinetics,
    "volume": volume,
    "von_willebrand": von_willebrand,
    "platelets": platelets,
    "brain_fluid": brain_fluid,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help="put the fits into the module tables")
    arguments.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="which to fit; all by default")
    chosen = arguments.parse_args()
    rows = {row.id: row.source for row in read_all(open_library("il11"))}
    left_out: dict[str, dict[str, str]] = {}
    for name in chosen.groups or GROUPS:
        group = GROUPS[name]()
        result = fit(group)
        print(report(result), flush=True)
        if chosen.write:
            write(result)
        sources = dict.fromkeys(rows[target.observation] for target in group.targets)
        for source in sources if len(sources) > 1 else ():
            others = laws(fit(group, source))
            left_out.setdefault(source, {}).update(others)
            print(f"  without {source}: " + "; ".join(f"{name} {text}" for name, text in others.items()), flush=True)
    if chosen.write:
        write_left_out(MODULES.parent, left_out)


if __name__ == "__main__":
    main()
