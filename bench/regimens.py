"""NONMEM-style data sets against closed-form superposition: random regimens in one, two and three compartments.

    python -m bench.regimens --regimens 510

Each subject has its own rates, shares and lags and a random list of events: boluses, infusions by RATE, DUR, RATE −1
and −2 (zero-order absorption), first-order absorption from a depot with lag and bioavailability, ADDL/II, SS 1 and 2,
endless infusions at steady state, resets (EVID 3 and 4).  The exact answer is a sum of matrix exponentials over doses,
and a geometric series of them for a steady state.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from pleio.mechanisms.formula import parse_formula
from pleio.mechanisms.network import Compartment, Network, Parameter, Participant, Reaction, Species
from pleio.studies.regimens.dataset import read_dataset
from pleio.studies.regimens.schedule import predict

Array = NDArray[np.float64]

STATES = ("depot", "central", "shallow", "deep")
SLOWEST = 0.08  # of a system's rates, so that a steady state is near within some tens of intervals
KINDS = ("bolus", "oral", "rate", "dur", "modelled duration", "modelled rate", "endless", "reset", "reset and dose")


def model(compartments: int) -> tuple[Network, list[tuple[str, str]]]:
    """Write amounts in a depot, a central and so many less one peripheral compartments; and the flows k0, k1, …"""
    flows = [("depot", "central"), ("central", "")]
    flows += [pair for other in STATES[2 : compartments + 1] for pair in (("central", other), (other, "central"))]
    reactions = {
        f"flow{i}": Reaction(
            (Participant(source),), (Participant(target),) if target else (), rate=parse_formula(f"k{i} * {source}")
        )
        for i, (source, target) in enumerate(flows)
    }
    parameters = {f"k{i}": Parameter(1.0) for i in range(len(flows))}
    species = {key: Species("body", 0.0, only_substance=True) for key in STATES[: compartments + 1]}
    return Network("pk", {"body": Compartment()}, species, parameters, reactions), flows


@dataclass
class Dose:
    """One record's doses, as the closed form sees them."""

    time: float
    into: int
    amount: float
    duration: float
    lag: float = 0.0
    interval: float = 0.0
    additional: int = 0
    steady: int = 0


@dataclass
class Subject:
    """A system, its rows, and what happened to it since its last reset, at each observation."""

    matrix: Array
    rows: list[str] = field(default_factory=list)
    exact: list[Array] = field(default_factory=list)

    def response(self, dose: Dose, after: float) -> Array:
        """Amounts so long after one dose."""
        size = len(self.matrix)
        after -= dose.lag
        unit = np.eye(size)[dose.into] * dose.amount
        if after < 0:
            return np.zeros(size)
        if dose.duration == 0:
            return np.asarray(expm(self.matrix * after) @ unit)
        during = min(after, dose.duration)
        block = np.zeros((size + 1, size + 1))  # the integral of the exponential is a block of a larger one
        block[:size, :size], block[:size, size] = self.matrix, unit / dose.duration
        return np.asarray(expm(self.matrix * (after - during)) @ expm(block * during)[:size, size])

    def amounts(self, doses: list[Dose], time: float) -> Array:
        total = np.zeros(len(self.matrix))
        for dose in doses:
            after = time - dose.time
            if dose.steady and dose.amount == 0:  # endless until its record; `duration` is the rate
                rest = np.linalg.solve(-self.matrix, np.eye(len(total))[dose.into] * dose.duration)
                total += expm(self.matrix * after) @ rest
                continue
            total += sum(self.response(dose, after - k * dose.interval) for k in range(dose.additional + 1))
            if dose.steady:
                total += self.before(dose, after)
        return total

    def before(self, dose: Dose, after: float) -> Array:
        """What all doses before a record at steady state leave."""
        last = math.ceil((dose.lag + dose.duration) / dose.interval) + 1
        near = sum(self.response(dose, after + k * dose.interval) for k in range(1, last))
        whole = np.eye(len(self.matrix)) - expm(self.matrix * dose.interval)
        far = expm(self.matrix * after) @ np.linalg.solve(whole, self.response(dose, last * dose.interval))
        return np.asarray(near + far)


def subject(id: int, compartments: int, flows: list[tuple[str, str]], random: np.random.Generator) -> Subject:
    """Make a random subject with random events."""
    while True:
        rates = np.round(random.uniform(0.1, 1.5, len(flows)), 4)
        matrix = np.zeros((compartments + 1, compartments + 1))
        for rate, (source, target) in zip(rates, flows, strict=True):
            i = STATES.index(source)
            matrix[i, i] -= rate
            if target:
                matrix[STATES.index(target), i] += rate
        if -np.linalg.eigvals(matrix).real.max() > SLOWEST:
            break
    share, lag, length, speed = (round(float(x), 3) for x in random.uniform([0.3, 0.2, 0.5, 5], [1, 2, 4, 40]))
    made = Subject(matrix)
    covariates = ",".join(map(str, [*rates, share, lag, length, speed]))
    doses: list[Dose] = []
    clock = 0.0
    for number in range(int(random.integers(2, 6))):
        kind = KINDS[int(random.integers(0, len(KINDS)))]
        if kind == "reset" and number == 0:
            kind = "bolus"
        row, dose = _event(kind, round(clock, 3), share, lag, length, speed, random)
        if kind.startswith("reset") or (dose is not None and dose.steady == 1):
            doses = []
        doses += [dose] if dose is not None else []
        made.rows.append(f"{id},{row},{covariates}")
        for _ in range(2):
            clock = round(clock + float(random.uniform(0.3, 9)), 3)
            made.rows.append(f"{id},{clock},0,0,0,2,0,0,0,0,{covariates}")
            made.exact.append(made.amounts(doses, clock))
        clock = round(clock + 0.1, 3)
    return made


def _event(
    kind: str, at: float, share: float, lag: float, length: float, speed: float, random: np.random.Generator
) -> tuple[str, Dose | None]:
    """Give a row from TIME on to SS, and what it means."""
    amount = round(float(random.uniform(5, 50)), 2)
    if kind == "reset":
        return f"{at},0,0,0,2,3,0,0,0", None
    if kind == "endless":
        return f"{at},0,{speed},0,2,1,0,0,1", Dose(at, 1, 0.0, speed, steady=1)
    steady = int(random.choice([0, 0, 1, 2])) if kind != "reset and dose" else 0
    more = int(random.choice([0, 0, 2, 4]))
    interval = round(float(random.uniform(5, 12)), 2) if steady or more else 0.0
    evid, rate, dur, into, takes = 1, 0.0, 0.0, 2, 0.0
    if kind == "oral":
        into = 1
    elif kind == "rate":
        rate = round(float(random.uniform(4, 30)), 2)
        takes = amount / rate
    elif kind == "dur":
        dur = takes = round(float(random.uniform(0.5, 4)), 2)
    elif kind == "modelled duration":
        rate, takes, into = -2, length, 1
    elif kind == "modelled rate":
        rate, takes = -1, amount / speed
    elif kind == "reset and dose":
        evid = 4
    entered, delay = (share * amount, lag) if into == 1 else (amount, 0.0)
    row = f"{at},{amount},{rate},{dur},{into},{evid},{more},{interval},{steady}"
    return row, Dose(at, into - 1, entered, takes, delay, interval, more, steady)


def largest_error(compartments: int, regimens: int, seed: int) -> float:
    """Run so many subjects; give the largest error relative to the largest amount in the subject."""
    network, flows = model(compartments)
    random = np.random.default_rng([seed, compartments])
    people = [subject(id, compartments, flows, random) for id in range(1, regimens + 1)]
    names = [*network.parameters, "share", "lag", "length", "speed"]
    header = ",".join(["ID", "TIME", "AMT", "RATE", "DUR", "CMT", "EVID", "ADDL", "II", "SS", *names])
    text = "\n".join([header, *(row for one in people for row in one.rows)])
    found: list[dict[str, Any]] = predict(
        network, read_dataset(text), list(network.species), compartments={"1": "depot", "2": "central"},
        bioavailability={"depot": "share"}, lag={"depot": "lag"}, durations={"depot": "length"},
        rates={"central": "speed"}, rtol=1e-11,
    )  # fmt: skip
    assert not any(row["status"] for row in found)
    worst = 0.0
    for id, one in enumerate(people, 1):
        rows = [row for row in found if row["ID"] == str(id) and row["EVID"] == 0]
        got, exact = np.array([[row[name] for name in network.species] for row in rows]), np.array(one.exact)
        worst = max(worst, float(np.max(np.abs(got - exact)) / max(1.0, np.max(np.abs(exact)))))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regimens", type=int, default=510)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.process_time()
    errors = {n: largest_error(n, asked.regimens // 3, asked.seed) for n in (1, 2, 3)}
    print(json.dumps({"regimens": asked.regimens // 3 * 3, "errors": errors, "cpu_s": time.process_time() - began}))


if __name__ == "__main__":
    main()
