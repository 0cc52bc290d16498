"""What a network needs to be integrated: its equations, and an interpreter for each question that integrating asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from ..compiler.passes.equalities import equalities, side
from ..compiler.passes.locking import difference, hold, with_modes
from ..compiler.passes.switching import event_times, switch_times
from ..mechanisms.equations import Equations
from ..mechanisms.expression import ONE, ZERO, Expression, name, uses
from ..mechanisms.interpret import Interpreter, Start, comparisons
from .history import History, Values


@dataclass(frozen=True)
class EventPlan:
    """The questions of one event."""

    key: str
    targets: tuple[str, ...]
    values: Interpreter
    sizes: Interpreter
    delay: Interpreter | None
    priority: Interpreter | None
    initial: bool
    persistent: bool
    values_at_trigger: bool


class Meeting(NamedTuple):
    """The difference of the two sides of an equality at the moment that they meet, and how far it may be off."""

    difference: float
    within: float


NONE_MET: Mapping[int, Meeting] = MappingProxyType({})


class Answers(NamedTuple):
    """What is asked at a moment.

    Attributes:
        truths: the value of each comparison or rounding.
        differences: what each compares with 0.
        triggers: 1 or 0.
        sides: of each equality in a trigger, as `equalities.side`.
    """

    truths: list[float]
    differences: list[float]
    triggers: list[float]
    sides: list[float]


class Plan:
    """Interpreters for one set of equations, shared by all members that run one after another.

    `given` are the quantities whose start a member gives; `saved` the formulas to save and `along`
    those to reduce, in stored names.
    """

    def __init__(
        self, equations: Equations, given: Sequence[str], saved: Sequence[Expression], along: Sequence[Expression] = ()
    ) -> None:
        self.equations = equations
        self.uses_delay = uses("delay", *_formulas(equations), *saved, *along)
        self.history = History(equations)
        self._all: list[Interpreter] = []
        self.given = tuple(given)
        self._starts: dict[tuple[str, ...], Start] = {}
        self.still = (*equations.constants, *equations.held)
        self.moving = (*equations.states, *equations.unknowns)
        self.live_rates = self.interpreter(list(equations.rates.values()))
        self.residuals = self.interpreter(list(equations.algebraic))
        self.relaxation = self.interpreter([equations.relaxation.get(key, ZERO) for key in equations.unknowns])
        self.sums = self.interpreter(list(equations.sums.values()))
        jumps = [*equations.rates.values(), *equations.algebraic]
        jumps += [event.trigger for event in equations.events.values()]
        compared = comparisons(equations, jumps)
        differences = [difference(node) for node in compared]
        triggers = [event.trigger for event in equations.events.values()]
        self.equalities = [i for i, node in enumerate(compared) if node in equalities(equations)]
        equal = [compared[i] for i in self.equalities]
        self.holds_if_equal = [node.op == "eq" for node in equal]
        sides = [part for node in equal for part in node.args]
        self.questions = self.interpreter([*compared, *differences, *(sides or triggers)])
        self.triggers = self._with_equalities(equal, triggers) if equal else self.interpreter(triggers)
        self.compared = len(compared)
        self.rates, self.modes = self._smooth_rates(compared)
        known = [*switch_times(equations), *(at for at, _ in event_times(equations))]
        self.turns = self.interpreter(known)
        self.saved = self.interpreter(list(saved))
        self.along = self.interpreter(list(along))
        self.events = tuple(self._event(key) for key in equations.events)

    def interpreter(self, formulas: list[Expression]) -> Interpreter:
        """Make an interpreter that is bound together with the others."""
        made = Interpreter(self.equations, formulas, past=self.history.past)
        self._all.append(made)
        return made

    def start(self, time: float, given: Mapping[str, float]) -> dict[str, float]:
        """Give the start of every quantity, those that are given taking precedence over their formulas."""
        keys = tuple(given)
        wanted = [*self.still, *self.moving]
        if keys not in self._starts:
            formulas = [name(key) for key in wanted]
            self._starts[keys] = Start(self.equations, keys, formulas, past=self.history.past)
        self.history.restart(time, given)
        return dict(zip(wanted, map(float, self._starts[keys](time, list(given.values()))), strict=True))

    def ask(self, time: float, values: Values, met: Mapping[int, Meeting] = NONE_MET) -> Answers:
        """Ask everything that may change at a moment, at which the equalities `met` hold."""
        answers, n = self.questions(time, values), self.compared
        truths, differences, rest = answers[:n], answers[n : 2 * n], answers[2 * n :]
        if not self.equalities:
            return Answers(truths, differences, judged(rest), [])
        sides = [side(a, b) for a, b in zip(rest[::2], rest[1::2], strict=True)]
        for k, i in enumerate(self.equalities):
            equal = sides[k] == 0 or (k in met and abs(differences[i] - met[k].difference) <= met[k].within)
            truths[i] = float(equal == self.holds_if_equal[k])
        self.triggers.bind([*self._still, *(truths[i] for i in self.equalities)])
        return Answers(truths, differences, judged(self.triggers(time, values)), sides)

    def judge(self, time: float, values: Values, met: Mapping[int, Meeting] = NONE_MET) -> list[float]:
        """Judge the triggers: 1 or 0 each."""
        return self.ask(time, values, met).triggers if self.equalities else judged(self.triggers(time, values))

    def bind(self, still: Values) -> None:
        """Set constants and held quantities for every question."""
        self._still = still
        for interpreter in self._all:
            interpreter.bind(still)

    def hold(self, truths: Sequence[float]) -> None:
        """Let `rates` stay on the side of each comparison that it is on now, so that they are smooth."""
        if self.modes:
            self.rates.bind([*self._still, *truths[: self.modes]])

    def _smooth_rates(self, compared: Sequence[Expression]) -> tuple[Interpreter, int]:
        """The rates with comparisons held, and how many of these there are; a past has comparisons of its own."""
        if not compared or self.uses_delay:
            return self.live_rates, 0
        mode = {comparison: name(f"mode {k}") for k, comparison in enumerate(compared)}
        held = hold(self.equations, mode)
        held = replace(held, constants=(*held.constants, *held.held, *(f"mode {k}" for k in range(len(mode)))), held=())
        return Interpreter(held, list(held.rates.values())), len(mode)

    def _with_equalities(self, nodes: Sequence[Expression], triggers: Sequence[Expression]) -> Interpreter:
        """The triggers as a function of the truth of equalities too, by the last constants."""
        mode = {node: name(f"equality {k}") for k, node in enumerate(nodes)}
        held = hold(self.equations, mode)
        keys = (*held.constants, *held.held, *(str(node.value) for node in mode.values()))
        held = replace(held, constants=keys, held=())
        return Interpreter(held, [with_modes(trigger, mode) for trigger in triggers], past=self.history.past)

    def _event(self, key: str) -> EventPlan:
        event = self.equations.events[key]
        sizes = [name(event.scale[target]) if target in event.scale else ONE for target in event.assignments]
        return EventPlan(
            key=key,
            targets=tuple(event.assignments),
            values=self.interpreter(list(event.assignments.values())),
            sizes=self.interpreter(sizes),
            delay=self.interpreter([event.delay]) if event.delay else None,
            priority=self.interpreter([event.priority]) if event.priority else None,
            initial=event.initial,
            persistent=event.persistent,
            values_at_trigger=event.values_at_trigger,
        )


def judged(triggers: Sequence[float]) -> list[float]:
    """Triggers as 1 or 0; one that is not a number is false."""
    return [1.0 if truth and truth == truth else 0.0 for truth in triggers]


def _formulas(equations: Equations) -> list[Expression]:
    found = [*equations.rates.values(), *equations.assigned.values(), *equations.algebraic]
    for event in equations.events.values():
        found += [event.trigger, *event.assignments.values()]
        found += [e for e in (event.delay, event.priority) if e is not None]
    return found
