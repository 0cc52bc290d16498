"""Simulating a data set: every subject by its own doses, covariates and resets, one row out for each row in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError, nearest
from ...mechanisms.network import Network
from ..subjects.occasions import multiplied, varying
from .dataset import DataSet
from .entering import Entering, Given, Stated, Stretch, covariates_at, stretches
from .leading import Case, Leading, dosed_species

if TYPE_CHECKING:
    from ...simulation.protocol import Dose

Array = NDArray[np.float64]


def predict(
    network: Network,
    data: DataSet,
    save: Sequence[str],
    *,
    compartments: Mapping[str, str] | None = None,
    parameters: Mapping[str, float] | None = None,
    bioavailability: Stated | None = None,
    lag: Stated | None = None,
    durations: Stated | None = None,
    rates: Stated | None = None,
    rtol: float = 1e-6,
    threads: int | None = None,
) -> list[dict[str, Any]]:
    """Simulate every subject of a data set, and give one row for each of its rows.

    Covariates that are parameters of the network are set to each subject's own value, which may change with time; all
    are carried out.

    Args:
        save: species, observables and the like.
        compartments: what CMT calls a species; CMT may also be the species' name.
        parameters: of all subjects.
        bioavailability: the share of a dose that enters a compartment.  An infusion with a RATE keeps its rate and ends
            sooner; one with a duration keeps that.
        lag: the time before a dose begins to enter it.
        durations, rates: of infusions with RATE −2 and −1.
    Returns:
        Rows with ID, row, TIME, EVID, DV, the covariates, what was asked for, and `status`: empty, or why the subject
        failed, whose values then are NaN.
    Raises:
        StudyError: a compartment is not a species, a modelled rate or duration is not given, or a steady state is not
            reached.
    """
    places = _places(network, data, compartments or {})
    given = parameters or {}
    entering = Entering(network, given, bioavailability or {}, lag or {}, durations or {}, rates or {}, places)
    moving = [name for name in data.changing if name in network.parameters]
    asked = _Asked(multiplied(network, moving) if moving else network, data, save, entering, moving, rtol, threads)
    return asked.rows()


@dataclass(frozen=True)
class _Asked:
    """What is to be predicted, and how; `moving` are the covariates that change with time."""

    network: Network
    data: DataSet
    save: Sequence[str]
    entering: Entering
    moving: Sequence[str]
    rtol: float
    threads: int | None

    def rows(self) -> list[dict[str, Any]]:
        from ...simulation.ensemble import integrate

        members = [part for one in self.data.individuals for part in stretches(one, self.entering)]
        times = np.unique(np.round([r.time - s.start for s in members for r in s.wanted], 12))
        firsts = [(one.individual, one.wanted[0]) for one in members]
        run = integrate(
            self.network, times, members=len(members), parameters=self._parameters(firsts),
            doses=[*self._doses(members), *self._led_in(members), *self._changes(members)], save=list(self.save),
            rtol=self.rtol, threads=self.threads,
        )  # fmt: skip
        rows = []
        for i, stretch in enumerate(members):
            for record in stretch.wanted:
                k = int(np.searchsorted(times, round(record.time - stretch.start, 12)))
                found = {name: float(run.values[i, k, j]) for j, name in enumerate(self.save)}
                head = {"ID": stretch.individual.id, "row": record.row, "TIME": record.time, "EVID": record.event}
                carried = covariates_at(stretch.individual, record)
                rows.append({**head, "DV": record.value, **carried, **found, "status": run.status[i]})
        return rows

    def _doses(self, members: Sequence[Stretch]) -> list[Dose]:
        after = [[replace(dose, time=dose.time - one.start) for dose in one.doses] for one in members]
        return _series(after, self.entering.places)

    def _led_in(self, members: Sequence[Stretch]) -> list[Dose]:
        """The doses that bring every species to its steady state at a record with SS, or add that to what is there."""
        from ...simulation.protocol import Dose

        where = [(i, record) for i, one in enumerate(members) for record in one.wanted if record.steady]
        if not where:
            return []
        cases = [(members[i].individual, record) for i, record in where]
        places = self.entering.places
        states = Leading(
            cases, self.entering, self.network, self._parameters(cases), lambda given: _series(given, places),
            self.rtol, self.threads,
        ).states()  # fmt: skip
        found, turns = [], [sum(1 for j, _ in where[:n] if j == i) for n, (i, _) in enumerate(where)]
        for turn in range(max(turns) + 1):
            amounts, at = np.zeros((states.shape[1], len(members))), np.zeros(len(members))
            for n, (i, record) in enumerate(where):
                if turns[n] == turn:
                    amounts[:, i], at[i] = states[n], record.time - members[i].start
            found += [Dose(name, each, at) for name, each in zip(dosed_species(self.network), amounts, strict=True)]
        return found

    def _parameters(self, cases: Sequence[Case]) -> dict[str, Array]:
        """Give what each case has at its record."""
        values = {name: np.full(len(cases), value) for name, value in self.entering.parameters.items()}
        for name in self.data.covariates:
            if name in self.entering.network.parameters:
                stated = values.get(name, np.full(len(cases), self.network.parameters[name].value or 0.0))
                own = np.array([covariates_at(one, record).get(name, np.nan) for one, record in cases])
                own = np.where(np.isnan(own), stated, own)
                values |= {name: np.ones(len(cases)), varying(name): own} if name in self.moving else {name: own}
        return values

    def _changes(self, members: Sequence[Stretch]) -> list[Dose]:
        """The doses that bring the species of a covariate to its next value."""
        from ...simulation.protocol import Dose

        found = []
        for name in self.moving:
            for k in range(1, max(len(one.wanted) for one in members)):
                step, at = np.zeros((2, len(members)))
                for i, one in enumerate(members):
                    if k < len(one.wanted):
                        before, now = (covariates_at(one.individual, one.wanted[j]).get(name) for j in (k - 1, k))
                        step[i] = 0.0 if now is None or before is None else now - before
                        at[i] = one.wanted[k].time - one.start
                if step.any():
                    found.append(Dose(varying(name), step, at))
        return found


def _series(given: Sequence[Sequence[Given]], places: Mapping[str, str]) -> list[Dose]:
    """Write the doses of all members as series that they share: the first of each into a species, the second, …"""
    from ...simulation.protocol import Dose

    series = []
    for species in dict.fromkeys(places[dose.compartment] for doses in given for dose in doses):
        own = [[dose for dose in doses if places[dose.compartment] == species] for doses in given]
        for k in range(max(map(len, own))):
            amount, start, duration = np.zeros((3, len(given)))
            for i, doses in enumerate(own):
                if k < len(doses):
                    amount[i], start[i], duration[i] = doses[k].amount, doses[k].time, doses[k].duration
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
