"""From the records of a data set to doses: lags and shares, further doses written out, steady states led in, resets.

A steady state is what giving the dose for many intervals leaves, and what is still under way: infusions that have not
ended, and doses that have not entered yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...base.errors import Problem, StudyError, nearest
from ...mechanisms.network import Network
from .dataset import Individual, Record

LEAD = 24.0
"""An endless infusion is led in for this many units of time in place of an interval."""
Stated = Mapping[str, float | str]
"""What CMT calls a compartment, or its species → a number, or the name of a covariate or parameter."""


@dataclass(frozen=True)
class Given:
    """One dose."""

    time: float
    amount: float
    duration: float
    compartment: str


@dataclass(frozen=True)
class Stretch:
    """What happens to one subject between two resets.

    Attributes:
        start: the time of its first record, when the system is at its initial state.
        wanted: the records in it.
    """

    individual: Individual
    start: float
    doses: tuple[Given, ...]
    wanted: tuple[Record, ...]


@dataclass(frozen=True)
class Entering:
    """How doses enter compartments; see `predict`."""

    network: Network
    parameters: Mapping[str, float]
    bioavailability: Stated
    lag: Stated
    durations: Stated
    rates: Stated
    places: Mapping[str, str]

    def value(self, of: Stated, one: Individual, record: Record, otherwise: float | None = None) -> float:
        """Give what is stated of a record's compartment, by the covariates at its time.

        Raises:
            StudyError: nothing is, where something is needed, or a name is not known.
        """
        stated = of.get(record.compartment, of.get(self.places.get(record.compartment, ""), otherwise))
        if stated is None:
            what = f"{record.rate:g} asks for a {'rate' if record.rate == -1 else 'duration'} that is given nowhere"
            raise StudyError("data set", Problem(f"row {record.row} RATE", what, "give it for the compartment"))
        if not isinstance(stated, str):
            return float(stated)
        known = {name: p.value for name, p in self.network.parameters.items() if p.value is not None}
        known = {**known, **self.parameters, **covariates_at(one, record)}
        if stated not in known:
            raise StudyError("data set", Problem(f"'{stated}'", "is no covariate or parameter", nearest(stated, known)))
        return float(known[stated])

    def given(self, one: Individual, record: Record) -> list[Given]:
        """Write a record's doses out, with what its steady state has under way."""
        if record.is_endless:  # which ends at its record
            return []
        amount, duration, lag = self._dose(one, record)
        doses = [
            Given(record.time + lag + k * record.interval, amount, duration, record.compartment)
            for k in range(record.additional + 1)
        ]
        k = 1
        while record.steady and lag + duration > k * record.interval:
            begin = record.time + lag - k * record.interval
            left = min(duration, begin + duration - record.time)
            share = left / duration if duration else 1.0
            doses.append(Given(max(begin, record.time), amount * share, left, record.compartment))
            k += 1
        return doses

    def leading(self, one: Individual, record: Record, intervals: int) -> tuple[list[Given], float]:
        """Give the doses of so many intervals, from time 0, that lead into a steady state; and when they end."""
        if record.is_endless:
            length = intervals * LEAD
            rate = record.rate if record.rate > 0 else self.value(self.rates, one, record)
            return [Given(0.0, rate * length, length, record.compartment)], length
        amount, duration, lag = self._dose(one, record)
        times = (lag + k * record.interval for k in range(intervals))
        end = intervals * record.interval
        return [Given(time, amount, duration, record.compartment) for time in times if time < end], end

    def _dose(self, one: Individual, record: Record) -> tuple[float, float, float]:
        """Give how much enters, over how long, and after which delay."""
        amount = record.amount * self.value(self.bioavailability, one, record, 1.0)
        duration = record.duration
        if record.rate == -2:
            duration = self.value(self.durations, one, record)
        elif record.rate:  # the rate stays, so that less of a dose enters in less time
            duration = amount / (record.rate if record.rate > 0 else self.value(self.rates, one, record))
        return amount, duration, self.value(self.lag, one, record, 0.0)


def covariates_at(one: Individual, record: Record) -> dict[str, float]:
    """Give a subject's covariates at one of its records: each as it was stated last."""
    found = dict(one.covariates)
    for earlier in one.records:
        found |= earlier.covariates
        if earlier is record:
            break
    return found


def stretches(individual: Individual, entering: Entering | None = None) -> tuple[Stretch, ...]:
    """Part a subject's records at resets, and write its doses out.

    Args:
        entering: how doses enter; whole and at once by default.
    """
    entering = entering or Entering(Network(), {}, {}, {}, {}, {}, {})
    parts: list[list[Record]] = [[]]
    for record in individual.records:
        if (record.is_reset or record.steady == 1) and parts[-1]:
            parts.append([])
        parts[-1].append(record)
    return tuple(_stretch(individual, part, entering) for part in parts if part)


def _stretch(individual: Individual, records: Sequence[Record], entering: Entering) -> Stretch:
    found = [dose for record in records if record.is_dose for dose in entering.given(individual, record)]
    end = max(record.time for record in records)
    doses = sorted((dose for dose in found if dose.time <= end), key=lambda dose: dose.time)
    return Stretch(individual, records[0].time, tuple(doses), tuple(records))
