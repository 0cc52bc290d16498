"""From the records of a data set to doses: further doses written out, steady states led in, resets as new starts.

A steady state is reached by giving the dose for many intervals before its record; how many is found by doubling until
nothing changes.  What SS=2 adds is led in beside what is there already, which is exact where the mechanism is linear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError, nearest
from ...mechanisms.network import Network
from .dataset import DataSet, Individual, Record

Array = NDArray[np.float64]

MOST_INTERVALS = 1024


@dataclass(frozen=True)
class Given:
    """One dose, at a time that may lie before the first record."""

    time: float
    amount: float
    duration: float
    compartment: str


@dataclass(frozen=True)
class Stretch:
    """What happens to one subject between two resets.

    Attributes:
        start: when the system is at its initial state; no dose or record is before it.
        wanted: the records in it.
    """

    individual: Individual
    start: float
    doses: tuple[Given, ...]
    wanted: tuple[Record, ...]


def stretches(individual: Individual, intervals: int) -> tuple[Stretch, ...]:
    """Part a subject's records at resets, and write its doses out.

    Args:
        intervals: how many intervals lead into a steady state.
    """
    parts: list[list[Record]] = [[]]
    for record in individual.records:
        if (record.is_reset or record.steady == 1) and parts[-1]:
            parts.append([])
        parts[-1].append(record)
    return tuple(_stretch(individual, part, intervals) for part in parts if part)


def _stretch(individual: Individual, records: Sequence[Record], intervals: int) -> Stretch:
    doses: list[Given] = []
    for record in records:
        if record.is_dose:
            before = intervals if record.steady else 0
            doses += [
                Given(record.time + k * record.interval, record.amount, record.duration, record.compartment)
                for k in range(-before, record.additional + 1)
            ]
    end = max(record.time for record in records)
    doses = sorted((dose for dose in doses if dose.time <= end), key=lambda dose: dose.time)
    start = min([records[0].time, *(dose.time for dose in doses)])
    return Stretch(individual, start, tuple(doses), tuple(records))


def predict(
    network: Network,
    data: DataSet,
    save: Sequence[str],
    *,
    compartments: Mapping[str, str] | None = None,
    parameters: Mapping[str, float] | None = None,
    rtol: float = 1e-6,
    threads: int | None = None,
) -> list[dict[str, Any]]:
    """Simulate every subject of a data set, and give one row for each of its rows.

    Covariates that are parameters of the network are set to each subject's own value; all are carried out.

    Args:
        save: species, observables and the like.
        compartments: what CMT calls a species; CMT may also be the species' name.
        parameters: of all subjects.
    Returns:
        Rows with ID, row, TIME, EVID, DV, the covariates, what was asked for, and `status`: empty, or why the subject
        failed, whose values then are NaN.
    Raises:
        StudyError: a compartment is not a species, or a steady state is not reached.
    """
    places = _places(network, data, compartments or {})
    has_steady = any(record.steady for one in data.individuals for record in one.records)
    intervals = 32 if has_steady else 0
    rows = _predict(network, data, save, places, parameters or {}, intervals, rtol, threads)
    while has_steady:
        intervals *= 2
        if intervals > MOST_INTERVALS:
            raise StudyError("data set", f"a steady state is not reached within {MOST_INTERVALS} intervals")
        again = _predict(network, data, save, places, parameters or {}, intervals, rtol, threads)
        if _agree(rows, again, save, rtol):
            return again
        rows = again
    return rows


def _predict(
    network: Network,
    data: DataSet,
    save: Sequence[str],
    places: Mapping[str, str],
    parameters: Mapping[str, float],
    intervals: int,
    rtol: float,
    threads: int | None,
) -> list[dict[str, Any]]:
    from ...simulation.ensemble import integrate

    members = [stretch for one in data.individuals for stretch in stretches(one, intervals)]
    times = np.unique(np.round([r.time - s.start for s in members for r in s.wanted], 12))
    values = {name: np.full(len(members), value) for name, value in parameters.items()}
    for name in data.covariates:
        if name in network.parameters:
            stated = values.get(name, np.full(len(members), network.parameters[name].value or 0.0))
            own = np.array([stretch.individual.covariates.get(name, np.nan) for stretch in members])
            values[name] = np.where(np.isnan(own), stated, own)
    run = integrate(
        network, times, members=len(members), parameters=values, doses=_doses(members, places), save=list(save),
        rtol=rtol, threads=threads,
    )  # fmt: skip
    rows = []
    for i, stretch in enumerate(members):
        for record in stretch.wanted:
            k = int(np.searchsorted(times, round(record.time - stretch.start, 12)))
            found = {name: float(run.values[i, k, j]) for j, name in enumerate(save)}
            head = {"ID": stretch.individual.id, "row": record.row, "TIME": record.time, "EVID": record.event}
            rows.append({**head, "DV": record.value, **stretch.individual.covariates, **found, "status": run.status[i]})
    return rows


def _doses(members: Sequence[Stretch], places: Mapping[str, str]) -> list[Any]:
    """Write the doses of all members as series that they share: the first of each into a species, the second, …"""
    from ...simulation.ensemble import Dose

    series = []
    for species in dict.fromkeys(places[dose.compartment] for stretch in members for dose in stretch.doses):
        own = [[dose for dose in stretch.doses if places[dose.compartment] == species] for stretch in members]
        for k in range(max(map(len, own))):
            amount, start, duration = np.zeros((3, len(members)))
            for i, doses in enumerate(own):
                if k < len(doses):
                    amount[i], duration[i] = doses[k].amount, doses[k].duration
                    start[i] = doses[k].time - members[i].start
            series.append(Dose(species, amount, start, duration))
    return series


def _places(network: Network, data: DataSet, compartments: Mapping[str, str]) -> dict[str, str]:
    problems, places = [], {}
    for one in data.individuals:
        for record in one.records:
            if not record.is_dose or record.compartment in places:
                continue
            species = compartments.get(record.compartment, record.compartment)
            if species in network.species:
                places[record.compartment] = species
            else:
                help = nearest(species, network.species) if species else "name the species in CMT"
                what = f"'{record.compartment}' is no species of the model" if species else "a dose does not say where"
                problems.append(Problem(f"row {record.row} CMT", what, help))
    if problems:
        raise StudyError("data set", problems)
    return places


def _agree(rows: list[dict[str, Any]], again: list[dict[str, Any]], save: Sequence[str], rtol: float) -> bool:
    one, other = (np.array([[row[name] for name in save] for row in found]) for found in (rows, again))
    scale = np.nanmax(np.abs(other), axis=0, initial=0.0)
    return bool(np.all(~(np.abs(one - other) > 10 * rtol * scale)))
