"""Fit the STAT3 and SOCS3 part of the hepatocyte model of Sobotta 2017 to its data, and write the posterior.

    python scripts/fit_sobotta.py FOLDER            fit and report
    python scripts/fit_sobotta.py FOLDER --write    and write library/il11/posteriors/sobotta2017.yaml

FOLDER holds the PEtab problem.  Left out are conditions with pulses of IL-6, which the model file does not schedule,
and those with an inhibitor or actinomycin D: what is fitted is receptor, STAT3 and SOCS3 under IL-6 alone.

Every data set measured in units of its own has its scale and offset; they are fitted along.  Before IL-6 the cells
rest: each candidate starts from its own steady state.  Logarithms of all parameters have a normal prior, wide enough (a
factor of ten for rates) to matter only where the data say nothing; it stands at the values in the files, which came
from these data.  Where a spread is near the prior's the median means nothing, and the parameter is reported as not
identifiable.  Errors are one standard deviation for each observable, estimated from its own residuals.  The spread is
that of the Laplace approximation around the best of `STARTS` fits, which begin from values jittered by `SEED`.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from pleio.base.yaml import dump
from pleio.formats.load import load
from pleio.mechanisms.network import Network
from pleio.simulation import Baseline, integrate

Array = NDArray[np.float64]
SEED, STARTS, ROUNDS, STEPS = 2017, 5, 5, 100
JITTER, PRIOR, OWN_PRIOR, SLOPE = 0.4, math.log(10), 3.0, 1e-3
IDENTIFIED, TIED = 0.2, 0.95  # a spread under this share of the prior's; a correlation above this
LEAST_ERROR = {"pSTAT3_ms": 1.0}  # percent; elsewhere in log10
POSTERIOR = Path(__file__).parents[1] / "src" / "pleio" / "library" / "il11" / "posteriors" / "sobotta2017.yaml"
INHIBITORS = ("input_actd", "input_ruxolitinib", "input_stattic")
ALL_STAT3 = "STAT3"  # starts here; the steady state shares it out
FITTED = (
    "gp130_pro", "gp130_deg", "jak1_act_basal", "jak1_act_il6", "gp130_act_jak1", "jak1_gp130_dea", "socs3_assoc",
    "stat3_act_gp130", "stat3_inh_socs3", "stat3_imp", "f_pstat3_imp", "stat3_exp", "socs3rna_pro", "socs3rna_hill",
    "socs3rna_delay", "socs3rna_des", "socs3_pro", "socs3_des", ALL_STAT3,
)  # fmt: skip
States = dict[str, Array]
SEEN: dict[str, Callable[[States], Array]] = {  # up to the scale and offset of a data set
    "JAK1_gp130_abs": lambda s: s["JAK1_gp130"] + s["pJAK1_gp130"] + s["pJAK1_pgp130"],
    "SOCS3_abs": lambda s: s["SOCS3"],
    "SOCS3_qpcr": lambda s: s["SOCS3RNA"],
    "SOCS3_wb": lambda s: s["SOCS3"],
    "ctSTAT3_abs": lambda s: s["STAT3"] + s["tpSTAT3"],
    "npSTAT3_wb": lambda s: s["tpSTAT3"],
    "ntSTAT3_ratio": lambda s: s["nSTAT3"] / (s["STAT3"] + s["tpSTAT3"]),
    "pJAK1_wb": lambda s: s["pJAK1_gp130"] + s["pJAK1_pgp130"],
    "pSTAT3_lumi": lambda s: s["tpSTAT3"],
    "pSTAT3_ms": lambda s: 100 * s["tpSTAT3"] / (s["STAT3"] + s["tpSTAT3"]),
    "pSTAT3_wb": lambda s: s["tpSTAT3"],
    "pgp130_wb": lambda s: s["pJAK1_pgp130"],
}


@dataclass(frozen=True)
class Row:
    """One measurement; rows of one `group` share a scale and an offset ("" for absolute measurements)."""

    observable: str
    group: str
    il6: float
    time: float
    value: float


@dataclass(frozen=True)
class Data:
    """The rows that are fitted, how many were left out and why, and the digests of the files."""

    rows: tuple[Row, ...]
    left_out: dict[str, int]
    files: dict[str, str]


def table(folder: Path, start: str) -> tuple[Path, list[dict[str, str]]]:
    """Read the one table of a PEtab folder whose name starts so."""
    found = sorted(folder.glob(f"{start}*"))
    if len(found) != 1:
        raise SystemExit(f"{folder}: {len(found)} files named {start}*; one is needed")
    with found[0].open(encoding="utf-8", newline="") as file:
        return found[0], list(csv.DictReader(file, delimiter="\t"))


def read(folder: Path) -> Data:
    """Read the measurements under IL-6 alone, without pulses."""
    conditions_file, conditions = table(folder, "experimentalCondition_")
    measured_file, measured = table(folder, "measurementData_")
    given = {row["conditionId"]: row for row in conditions}
    pulsed = {row["simulationConditionId"] for row in measured if "pulse" in row["observableParameters"].lower()}
    rows, left_out = [], {"pulses": 0, "inhibitors": 0, "not positive": 0}
    for row in measured:
        where, value = given[row["simulationConditionId"]], float(row["measurement"])
        if row["simulationConditionId"] in pulsed:
            left_out["pulses"] += 1
        elif any(float(where[name]) for name in INHIBITORS):
            left_out["inhibitors"] += 1
        elif value <= 0 and row["observableId"] not in LEAST_ERROR:
            left_out["not positive"] += 1
        else:
            time = float(row["time"])
            il6 = float(where["input_il6"]) if time > 0 else 0.0  # before and at time 0 the cells rest
            rows.append(Row(row["observableId"], row["observableParameters"], il6, max(time, 0.0), value))
    unknown = sorted({row.observable for row in rows} - set(SEEN))
    if unknown or not rows:
        raise SystemExit(f"{measured_file.name}: {f'unknown observables {unknown}' if unknown else 'no rows to fit'}")
    files = (model_of(folder), conditions_file, measured_file)
    return Data(tuple(rows), left_out, {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files})


def model_of(folder: Path) -> Path:
    """Find the one model of a PEtab folder."""
    found = sorted(folder.glob("model_*.xml"))
    if len(found) != 1:
        raise SystemExit(f"{folder}: {len(found)} files named model_*.xml; one is needed")
    return found[0]


class Fit:
    """The residuals of all rows and priors, and their slopes, in the logarithms of parameters, scales and offsets."""

    def __init__(self, network: Network, data: Data) -> None:
        self.network, self.rows = network, data.rows
        self.groups = sorted({row.group for row in data.rows if row.group})
        self.doses = sorted({row.il6 for row in data.rows})
        self.times = np.array(sorted({0.0, *(row.time for row in data.rows)}))
        self.member = np.array([self.doses.index(row.il6) for row in data.rows])
        self.at = np.searchsorted(self.times, [row.time for row in data.rows])
        self.group = np.array([self.groups.index(row.group) if row.group else -1 for row in data.rows])
        self.value = np.array([row.value for row in data.rows])
        self.linear = np.array([row.observable in LEAST_ERROR for row in data.rows])
        self.observables = sorted({row.observable for row in data.rows})
        self.which = [np.array([row.observable == name for row in data.rows]) for name in self.observables]
        self.error = np.where(self.linear, 3.0, 0.2)
        known = network.parameters
        cyt, nuc = network.compartments["cyt"].size, network.compartments["nuc"].size
        assert cyt and nuc
        initial = {name: network.species[name].initial or 0.0 for name in ("STAT3", "tpSTAT3", "nSTAT3")}
        stat3 = cyt * (initial["STAT3"] + initial["tpSTAT3"]) + nuc * initial["nSTAT3"]
        self.centre = np.log([stat3 if name == ALL_STAT3 else float(known[name].value or 1.0) for name in FITTED])
        self.width = np.full(len(FITTED), PRIOR)
        self.width[FITTED.index("socs3rna_hill")] = 0.3  # from 1 to 3, as its bounds in the files

    def simulate(self, points: Array) -> Array:
        """Give what each row would see, without scale and offset.  Shape (points, rows); NaN where a run failed."""
        count, doses = len(points), len(self.doses)
        values = {name: np.repeat(np.exp(points[:, i]), doses) for i, name in enumerate(FITTED)}
        values |= {"tpSTAT3": np.zeros(count * doses), "nSTAT3": np.zeros(count * doses)}
        values["input_il6"] = np.tile(self.doses, count)
        names = [name for name in self.network.species if not name.startswith("nSOCS3RNA")]
        run = integrate(
            self.network, self.times, parameters=values, baseline=Baseline({"input_il6": 0.0}),
            save=[f"[{name}]" for name in names], rtol=1e-7, threads=1,
        )  # fmt: skip
        shaped = run.values.reshape(count, doses, len(self.times), len(names))
        states = {name: shaped[:, self.member, self.at, i] for i, name in enumerate(names)}
        seen = np.empty((count, len(self.rows)))
        for name, rows in zip(self.observables, self.which, strict=True):
            seen[:, rows] = SEEN[name]({key: value[:, rows] for key, value in states.items()})
        return seen

    def own_start(self, seen: Array) -> Array:
        """Start scales where the largest values agree, and offsets at a tenth of the smallest."""
        scales, offsets = [], []
        for group in range(len(self.groups)):
            mine = self.group == group
            scales.append(math.log(self.value[mine].max() / max(seen[mine].max(), 1e-9)))
            offsets.append(math.log(0.1 * self.value[mine].min()))
        return np.array([*scales, *offsets])

    def _parts(self, x: Array) -> tuple[Array, Array, Array]:
        own = len(self.groups)
        scale = np.append(np.exp(x[len(FITTED) : len(FITTED) + own]), 1.0)[self.group]
        offset = np.append(np.exp(x[len(FITTED) + own :]), 0.0)[self.group]
        return x[: len(FITTED)], scale, offset

    def residuals(self, x: Array) -> Array:
        point, scale, offset = self._parts(x)
        told = offset + scale * self.simulate(point[None])[0]
        with np.errstate(invalid="ignore", divide="ignore"):
            away = np.where(self.linear, told - self.value, np.log10(told / self.value)) / self.error
        priors = [(point - self.centre) / self.width, (x[len(FITTED) :] - self.own) / OWN_PRIOR]
        return np.concatenate([np.nan_to_num(away, nan=1e3, posinf=1e3, neginf=-1e3), *priors])

    def slopes(self, x: Array) -> Array:
        point, scale, offset = self._parts(x)
        seen = self.simulate(np.vstack([point, point + SLOPE * np.eye(len(FITTED))]))
        told = offset + scale * seen[0]
        outer = np.where(self.linear, 1.0, 1 / (told * math.log(10))) / self.error
        slopes = np.zeros((len(self.rows) + len(x), len(x)))
        slopes[: len(self.rows), : len(FITTED)] = np.nan_to_num((outer * scale * (seen[1:] - seen[0]) / SLOPE).T)
        grouped = np.flatnonzero(self.group >= 0)
        column = len(FITTED) + self.group[grouped]
        slopes[grouped, column] = (outer * scale * seen[0])[grouped]
        slopes[grouped, column + len(self.groups)] = (outer * offset)[grouped]
        widths = np.concatenate([self.width, np.full(2 * len(self.groups), OWN_PRIOR)])
        slopes[len(self.rows) :] = np.diag(1 / widths)
        return slopes

    def run(self, start: Array) -> tuple[Array, float]:
        """Fit from one start, with errors estimated anew in each round.

        Returns:
            The place, and minus twice the log density there.
        """
        self.error = np.where(self.linear, 3.0, 0.2)
        self.own = self.own_start(self.simulate(start[None])[0])
        x = np.concatenate([start, self.own])
        for _ in range(ROUNDS):
            x = least_squares(self.residuals, x, self.slopes, x_scale="jac", ftol=1e-7, max_nfev=STEPS).x
            away = self.residuals(x)[: len(self.rows)] * self.error
            for name, rows in zip(self.observables, self.which, strict=True):
                free = max(1, rows.sum() - 2 * len(set(self.group[rows]) - {-1}))
                self.error[rows] = max(LEAST_ERROR.get(name, 0.05), math.sqrt((away[rows] ** 2).sum() / free))
        return x, float((self.residuals(x) ** 2).sum() + 2 * np.log(self.error).sum())


def fit(data: Data, network: Network, *, starts: int = STARTS, seed: int = SEED) -> dict[str, object]:
    """Fit from several starts and describe the best."""
    problem, random = Fit(network, data), np.random.default_rng(seed)
    found = []
    for i in range(starts):
        jitter = JITTER * random.standard_normal(len(FITTED)) * problem.width / PRIOR
        x, cost = problem.run(problem.centre + (jitter if i else 0.0))
        found.append((cost, x, problem.error.copy()))
    cost, x, problem.error = min(found, key=lambda one: one[0])
    slopes = problem.slopes(x)
    covariance = np.linalg.inv(slopes.T @ slopes)[: len(FITTED), : len(FITTED)]
    spread = np.sqrt(np.diag(covariance))
    tied = covariance / np.outer(spread, spread)
    names = ["STAT3_amount" if name == ALL_STAT3 else name for name in FITTED]
    pairs = [(i, j) for i in range(len(names)) for j in range(i) if abs(tied[i, j]) > TIED]
    return {
        "parameters": {
            name: {
                "median": float(f"{math.exp(x[i]):.4g}"),
                "log_sd": float(f"{spread[i]:.3g}"),
                "identifiable": bool(spread[i] < IDENTIFIED * problem.width[i]),
            }
            for i, name in enumerate(names)
        },
        "tied": [f"{names[j]} and {names[i]}: {tied[i, j]:.2f}" for i, j in pairs],
        "errors": {
            name: float(f"{problem.error[rows][0]:.3g}")
            for name, rows in zip(problem.observables, problem.which, strict=True)
        },
        "starts": [float(f"{one[0]:.1f}") for one in found],
        "rows": len(data.rows),
    }


def describe(data: Data, found: dict[str, object]) -> str:
    """Write the posterior as YAML."""
    head = (
        "# Posterior of the STAT3 and SOCS3 part of the model of Sobotta 2017, written by scripts/fit_sobotta.py.\n"
        "# Units as in the model file: min, nM, ng/mL; STAT3_amount in nM times its volumes.  log_sd is the standard\n"
        "# deviation of the logarithm.  Where `identifiable` is false the data leave the parameter wide; the centre\n"
        "# of its prior came from these data, so its median says nothing.  `starts`: minus twice the log density from\n"
        "# each start.  `errors`: standard deviation by observable, log10 but for pSTAT3_ms (percent).\n"
    )
    body = {"source": "pmc:PMC5640784", "trust": "derived", "seed": SEED, "files_sha256": data.files}
    return head + dump({**body, "left_out": data.left_out, **found})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="the folder of the PEtab problem")
    arguments.add_argument("--write", action="store_true", help="write the posterior into the library")
    chosen = arguments.parse_args()
    data = read(chosen.folder)
    text = describe(data, fit(data, load(model_of(chosen.folder))))
    print(text)
    if chosen.write:
        POSTERIOR.parent.mkdir(exist_ok=True)
        POSTERIOR.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
