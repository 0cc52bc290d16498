"""Running a folder of SBML semantic test cases: predictions are written first, compared afterwards.

A case is a folder with `model.xml`, `settings.txt` (times, variables, tolerances) and perhaps `results.csv`.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from ...base.errors import InputError, ModelError, PleioError, Problem
from ...base.files import readable
from ...mechanisms.equations import Refused
from ...mechanisms.named_units import has_size
from ...mechanisms.network import Network
from ...simulation import Limits, integrate
from ..load import load

RTOL = 1e-8  # tight, so that the integrator's error is nothing beside the suite's tolerances
MOST_STEPS = 1_000_000  # between the outputs of one case
LIMITS = Limits(steps=1_000_000, events=200_000, seconds=600.0)  # for one case


@dataclass(frozen=True)
class Settings:
    """What `settings.txt` asks for."""

    times: tuple[float, ...]
    variables: tuple[str, ...]
    amounts: frozenset[str]
    concentrations: frozenset[str]
    absolute: float
    relative: float


def run_suite(directory: Path, out: Path, *, workers: int | None = None) -> dict[str, Any]:
    """Predict every case of a folder, then compare where there is something to compare with.

    Args:
        directory: holds one folder for each case.
        out: where `CASE.csv` is written for each case that ran; made if it is missing.
        workers: processes to use; by default one for each core.

    Returns:
        `pass`, `wrong` and `crashed` list cases; `refused` maps a case to the construct that is not run. Without
        expected results a case that ran is in none of them.

    Raises:
        InputError: there is no such folder, or it has no cases.
    """
    if not directory.is_dir():
        raise InputError(str(directory), Problem("", "is not a folder", "check the path"))
    cases = sorted(path.name for path in directory.iterdir() if (path / "model.xml").is_file())
    if not cases:
        raise InputError(str(directory), Problem("", "has no cases", "a case is a folder with a model.xml"))
    out.mkdir(parents=True, exist_ok=True)
    outcomes = _predict_all(directory, out, cases, workers or os.cpu_count() or 1)
    report: dict[str, Any] = {"pass": [], "refused": {}, "wrong": [], "crashed": []}
    for case, (kind, reason) in zip(cases, outcomes, strict=True):
        if kind == "refused":
            report["refused"][case] = reason
        elif kind == "crashed":
            report["crashed"].append(case)
        elif (directory / case / "results.csv").is_file():
            settings = read_settings(directory / case / "settings.txt")
            right = agree(out / f"{case}.csv", directory / case / "results.csv", settings)
            report["pass" if right else "wrong"].append(case)
    return report


def _predict_all(directory: Path, out: Path, cases: Sequence[str], workers: int) -> list[tuple[str, str]]:
    jobs = [(str(directory), str(out), case) for case in cases]
    if workers == 1:
        return [predict(*job) for job in jobs]
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            return list(pool.map(_predict, jobs, chunksize=4))
    except BrokenProcessPool:  # one case took its process down; alone, the others still run
        return [predict(*job) for job in jobs]


def _predict(job: tuple[str, str, str]) -> tuple[str, str]:
    return predict(*job)


def predict(directory: str, out: str, case: str) -> tuple[str, str]:
    """Predict one case into `out/CASE.csv`; give ("ran" | "refused" | "crashed", reason)."""
    target = Path(out) / f"{case}.csv"
    target.unlink(missing_ok=True)
    try:
        settings = read_settings(Path(directory) / case / "settings.txt")
        network = load(Path(directory) / case / "model.xml")
        rows, status = simulate_case(network, settings)
    except Refused as refusal:
        return "refused", refusal.construct
    except ModelError as fault:
        return "refused", f"invalid model: {fault.problems[0]}"
    except PleioError as fault:
        return "crashed", str(fault)
    except Exception as fault:
        return "crashed", f"{type(fault).__name__}: {fault}"
    if status:
        return "crashed", status
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["time", *settings.variables])
        writer.writerows([repr(float(value)) for value in row] for row in rows)
    return "ran", ""


def simulate_case(network: Network, settings: Settings) -> tuple[np.ndarray[Any, Any], str]:
    """Integrate a case; rows are time and the variables."""
    if settings.times[0] < 0:
        raise Refused("settings.txt", "an output before time 0", "start")
    save = [_saved(network, key, settings) for key in settings.variables]
    run = integrate(network, settings.times, save=save, rtol=RTOL, atol=_atol(settings), limits=LIMITS)
    return np.column_stack([run.times, run.values[0]]), run.status[0]


def _atol(settings: Settings) -> float:
    return min(1e-10, settings.absolute * 1e-6 or 1e-10)  # a case may ask for no absolute error at all


def _saved(network: Network, key: str, settings: Settings) -> str:
    if key not in network.species or key not in settings.concentrations or key in settings.amounts:
        return key
    return f"[{key}]" if has_size(network, network.species[key]) else key


def read_settings(path: Path) -> Settings:
    """Read `settings.txt`.

    Raises:
        InputError: it is missing, or not what it should be.
    """
    with readable(str(path), InputError):
        lines = path.read_text(encoding="utf-8").splitlines()
    values = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    try:
        start, duration, steps = float(values["start"]), float(values["duration"]), int(values["steps"])
        absolute, relative = float(values["absolute"]), float(values["relative"])
    except (KeyError, ValueError) as fault:
        raise InputError(str(path), f"lacks a number that it should have: {fault}") from None
    if not (0 <= steps <= MOST_STEPS and math.isfinite(start) and 0 <= duration < math.inf):
        raise InputError(
            str(path), f"asks for times that cannot be given: up to {MOST_STEPS:,} steps over a finite span"
        )
    names = {key: tuple(_names(values.get(key, ""))) for key in ("variables", "amount", "concentration")}
    times = tuple(start + duration * k / steps for k in range(steps + 1)) if steps else (start,)
    amounts, concentrations = frozenset(names["amount"]), frozenset(names["concentration"])
    return Settings(times, names["variables"], amounts, concentrations, absolute, relative)


def _names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def agree(predicted: Path, expected: Path, settings: Settings) -> bool:
    """Say whether a prediction lies within the case's tolerances of the expected results, everywhere."""
    ours, theirs = _table(predicted), _table(expected)
    if not set(settings.variables) <= theirs.keys() or len({len(column) for column in theirs.values()}) != 1:
        return False
    for key in settings.variables:
        if len(ours[key]) != len(theirs[key]):
            return False
        for a, b in zip(ours[key], theirs[key], strict=True):
            if not _close(a, b, settings):
                return False
    return True


def _close(a: float, b: float, settings: Settings) -> bool:
    if math.isnan(b) or math.isinf(b):
        return a == b or (math.isnan(a) and math.isnan(b))
    return abs(a - b) <= settings.absolute + settings.relative * abs(b)


def _table(path: Path) -> dict[str, list[float]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row]
    head = [cell.strip() for cell in rows[0]]
    return {key: [float(row[i]) for row in rows[1:]] for i, key in enumerate(head)}
