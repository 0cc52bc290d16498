"""Single molecules: trajectories in which every reaction is an event, exactly distributed (Gillespie's direct method).

Amounts are counts and a reaction's rate is its propensity, in events per time. All members take one event at a time
together; the random numbers of an event depend on (seed, member, number of the event) only, so that a member is the
same in every ensemble.

Source: Gillespie 1977, J Phys Chem 81:2340, doi:10.1021/j100540a008.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..base.philox import philox, to_uniform
from ..mechanisms.equations import Equations, Refused
from ..mechanisms.expression import Expression, name, names, walk
from ..mechanisms.interpret import Interpreter, evaluate
from ..mechanisms.network import Network
from ..mechanisms.writing import write_equations
from .protocol import Array, Run, checked_times
from .reference import with_given_amounts
from .saved import saved_formula

Members = NDArray[np.int64]
LOWEST = 1e-9  # how far below zero rounding may take a propensity


def integrate_counts(
    network: Network,
    times: ArrayLike,
    *,
    members: int,
    seed: int = 0,
    parameters: Mapping[str, ArrayLike] | None = None,
    save: Sequence[str] | None = None,
    most_events: int = 10_000_000,
) -> Run:
    """Simulate counts of molecules, one event at a time.

    A reversible reaction has to be written as two, since an event goes one way.

    Args:
        times: when to save, increasing, not negative.  Shape (times,).
        members: how many trajectories.
        seed: any integer; the same seed gives the same trajectories.
        parameters: values of parameters and initial amounts by name; numbers or shape (members,).
        save: as in `integrate`; by default all amounts.
        most_events: of one member, after which it is given up.

    Raises:
        Refused: the network has something that counts cannot follow (rules for rates, events, rates that depend on
            the time, stoichiometries that are not whole numbers).
    """
    at = checked_times(times)
    equations = write_equations(network)
    changes = _changes(equations)
    chosen = tuple(network.species if save is None else save)
    given = {key: np.asarray(value, dtype=float) for key, value in (parameters or {}).items()}
    process = _Process(equations, changes, [saved_formula(equations, key) for key in chosen], given, members, seed)
    values, status = process.run(at, most_events)
    return Run(at, chosen, values, status)


def _changes(equations: Equations) -> Array:
    """What each reaction adds to each state.  Shape (reactions, states).

    Raises:
        Refused: see `integrate_counts`.
    """
    network = equations.network
    subject = f"model '{network.name}'" if network.name else "model"
    reactions, states = list(network.reactions), list(equations.states)
    for construct, found in (
        ("a rate rule", network.rates),
        ("an event", equations.events),
        ("an algebraic rule", equations.unknowns),
        ("a rate that depends on the time", _uses_time(equations)),
    ):
        if found:
            raise Refused(subject, f"{construct} in a stochastic simulation", "")
    changes = np.zeros((len(reactions), len(states)))
    for reaction, participant, sign in network.participants():
        if participant.species not in states:
            continue
        count = participant.stoichiometry
        if count is None or count != int(count) or (participant.id and participant.id in equations.initial):
            raise Refused(subject, "a stoichiometry that is not a whole number", reaction)
        changes[reactions.index(reaction), states.index(participant.species)] += sign * count
    return changes


def _uses_time(equations: Equations) -> bool:
    needed, stack = set(equations.network.reactions), [*equations.network.reactions]
    formulas: list[Expression] = []
    while stack:
        formulas.append(equations.assigned[stack.pop()])
        stack += [key for key in names(formulas[-1]) & equations.assigned.keys() if key not in needed]
        needed |= {*stack}
    return any(node.op in ("time", "delay") for node in walk(*formulas))


class _Process:
    """The members of one ensemble, their counts and clocks."""

    def __init__(
        self,
        equations: Equations,
        changes: Array,
        saved: Sequence[Expression],
        given: Mapping[str, Array],
        members: int,
        seed: int,
    ) -> None:
        self.equations, self.changes, self.members, self.seed = equations, changes, members, seed
        reactions = [name(key) for key in equations.network.reactions]
        self.propensities = Interpreter(equations, reactions, arrays=True)
        self.outputs = Interpreter(equations, list(saved), arrays=True)
        start: dict[str, Array] = {}
        for key, formula in with_given_amounts(equations, given).initial.items():
            used = {word: start[word] for word in names(formula)}
            start[key] = given[key] if key in given else np.asarray(evaluate(formula, used, time=0.0))
        self.counts = self._spread(start, equations.states)
        self.still = self._spread(start, (*equations.constants, *equations.held))

    def _spread(self, start: Mapping[str, Array], keys: Sequence[str]) -> Array:
        rows = [np.broadcast_to(start[key], (self.members,)) for key in keys]
        return np.array(rows, dtype=float).reshape(len(keys), self.members)

    def run(self, times: Array, most_events: int) -> tuple[Array, tuple[str, ...]]:
        """Go from event to event until every member has passed the last time."""
        values = np.full((self.members, len(times), len(self.outputs.outputs)), np.nan)
        status = [""] * self.members
        if np.any(self.counts != np.floor(self.counts)):
            raise Refused("model", "an amount that is not a whole number in a stochastic simulation", "")
        clock, saved = np.zeros(self.members), np.zeros(self.members, dtype=int)
        running = np.arange(self.members)
        for event in range(most_events):
            rates = self._evaluate(self.propensities, running)
            total = rates.sum(axis=0)
            bad = ~np.isfinite(total) | np.any(rates < -LOWEST, axis=0)
            for member in running[bad]:
                status[member] = "a reaction's rate is negative or not a number: write it as two that go one way"
            wait, pick = self._random(running, event)
            with np.errstate(divide="ignore", invalid="ignore"):
                then = clock[running] + -np.log(wait) / total  # infinite where nothing can happen
            then[bad] = -np.inf
            self._save(values, saved, running, times, then)
            goes_on = ~bad & (saved[running] < len(times))
            chosen = np.argmax(np.cumsum(rates, axis=0) > pick * total, axis=0)
            running, chosen = running[goes_on], chosen[goes_on]
            if not len(running):
                break
            self.counts[:, running] += self.changes[chosen].T
            clock[running] = then[goes_on]
        else:
            for member in running:
                status[member] = f"took more than {most_events:,} events by time {clock[member]:g}"
        values[[bool(reason) for reason in status]] = np.nan
        return values, tuple(status)

    def _save(self, values: Array, saved: Members, running: Members, times: Array, then: Array) -> None:
        """Write the counts for all times before the next event."""
        while True:
            due = saved[running] < len(times)
            due[due] = times[saved[running[due]]] < then[due]
            members = running[due]
            if not len(members):
                return
            values[members, saved[members]] = self._evaluate(self.outputs, members).T
            saved[members] += 1

    def _evaluate(self, interpreter: Interpreter, members: Members) -> Array:
        with np.errstate(all="ignore"):
            interpreter.bind(list(self.still[:, members]))
            found = interpreter(0.0, list(self.counts[:, members]))
        return np.array([np.broadcast_to(row, (len(members),)) for row in found]).reshape(len(found), len(members))

    def _random(self, members: Members, event: int) -> tuple[Array, Array]:
        """Two uniform numbers for each member: how long it waits, and for what."""
        low, high = np.uint64(event & 0xFFFFFFFF), np.uint64(event >> 32)
        key = (self.seed & 0xFFFFFFFF, (self.seed >> 32) & 0xFFFFFFFF)
        a, b, c, d = philox((members.astype(np.uint64), low, high, np.uint64(0)), key)
        return to_uniform(a, b), to_uniform(c, d)
