"""A program: what the engine runs for one network, still independent of any machine.

All numbers live in arrays with one element per slot (and, on the machine, one lane per trajectory):

    p  parameters: constants of the network, then held values
    c  what depends on parameters only, computed once per trajectory (`prologue`)
    y  states;  t  time;  f  rates of the states
    w  the matrix ∂f/∂y − M/(hγ) in the slots of its factorisation, then (ft) the ∂f/∂t that are not 0
    o  outputs
    k  the truth of each condition (`passes.locking`), then of each the difference that it compares with 0
    e  of each event its trigger, delay and priority; then of each assignment its value and the size that scales it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .graph import Graph
from .passes.elimination import Elimination

WEIGHT: Final = {
    "recip": 8.0, "sqrt": 10.0, "exp": 18.0, "log": 20.0, "pow": 40.0, "sin": 20.0, "cos": 20.0, "tanh": 40.0,
    "sinh": 40.0, "cosh": 30.0,
}  # fmt: skip
"""What an operation costs in additions, where it is not one; measured to a factor of two."""

Root = tuple[str, int, int]  # array, slot, node


@dataclass(frozen=True)
class Section:
    """Straight-line code: which nodes are stored where."""

    name: str
    roots: tuple[Root, ...]


@dataclass(frozen=True)
class Happening:
    """An event of a program.

    Attributes:
        targets: what each assignment sets: a state, or number of states + a parameter.
        initial, persistent, values_at_trigger: as in `mechanisms.network.Event`.
    """

    targets: tuple[int, ...]
    initial: bool
    persistent: bool
    values_at_trigger: bool


@dataclass(frozen=True)
class Program:
    """A network ready for a backend.

    Attributes:
        graph: the nodes that sections refer to.
        parameters, states: names by slot.
        hoisted: node → slot in c.
        mass: 1 for a state, 0 for an unknown of an algebraic rule.
        drift: states whose rate depends on the time itself.
        rates: f; `jacobian` gives f, w without its diagonal's M/(hγ), and ft.
        modes: the parameters that the first conditions set.
        happenings: the events, in the order of e.
    """

    graph: Graph
    states: tuple[str, ...]
    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    hoisted: dict[int, int]
    mass: tuple[float, ...]
    drift: tuple[int, ...]
    prologue: Section
    rates: Section
    jacobian: Section
    output: Section
    conditions: Section
    events: Section
    modes: tuple[int, ...]
    happenings: tuple[Happening, ...]
    elimination: Elimination

    @property
    def sections(self) -> tuple[Section, ...]:
        return (self.prologue, self.rates, self.jacobian, self.output, self.conditions, self.events)

    @property
    def condition_count(self) -> int:
        return len(self.conditions.roots) // 2

    def order(self, section: Section) -> list[int]:
        """The operations of a section in the order they are written, without leaves and hoisted nodes."""
        return list(self._order(section))

    def _order(self, section: Section) -> Iterator[int]:
        graph, hoisted = self.graph, {} if section.name == "prologue" else self.hoisted
        seen: set[int] = set()
        for _, _, root in section.roots:
            stack = [(root, False)]
            while stack:
                node, ready = stack.pop()
                if ready:
                    yield node
                elif node not in seen and node not in hoisted and graph.args[node]:
                    seen.add(node)
                    stack.append((node, True))
                    stack.extend((arg, False) for arg in reversed(graph.args[node]))

    def operations(self) -> dict[str, int]:
        """Floating-point operations of each section, as the compiler counts them."""
        counts = {section.name: len(self.order(section)) for section in self.sections}
        return {**counts, "factor": self.elimination.factor_operations, "solve": self.elimination.solve_operations}

    def weights(self) -> dict[str, float]:
        """The cost of each section in additions, as `WEIGHT` has it for slower operations."""
        costs = {
            section.name: sum(WEIGHT.get(self.graph.op[node], 1.0) for node in self.order(section))
            for section in self.sections
        }
        algebra = self.elimination
        factor = algebra.factor_operations + len(algebra.pivots) * (WEIGHT["recip"] - 1.0)
        return {**costs, "factor": factor, "solve": float(algebra.solve_operations)}

    def text(self) -> str:
        """Write the program out, one operation a line; equal programs have equal text."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        graph = self.graph
        number: dict[int, str] = {node: f"c{slot}" for node, slot in self.hoisted.items()}

        def shown(node: int) -> str:
            op, value = graph.op[node], graph.value[node]
            if op == "const":
                return repr(value)
            if op in ("parameter", "state"):
                return f"{'p' if op == 'parameter' else 'y'}{int(value)}"
            return "t" if op == "time" else number[node]

        yield f"states {' '.join(self.states)}"
        yield f"parameters {' '.join(self.parameters)}"
        for section in self.sections:
            yield f"{section.name}:"
            local = dict(number)
            for node in self.order(section):
                number[node] = f"v{node}"
                yield f"  v{node} = {graph.op[node]} {' '.join(shown(arg) for arg in graph.args[node])}"
            for array, slot, node in section.roots:
                if section.name == "prologue":
                    number[node] = f"v{node}" if graph.args[node] else shown(node)
                yield f"  {array}{slot} = {shown(node)}"
            number = local
        for pivot in self.elimination.pivots:
            yield f"pivot {pivot.index}: {pivot.diagonal} {pivot.column} {pivot.row} {pivot.updates}"


def split(items: Sequence[int], size: int) -> list[Sequence[int]]:
    """Cut a sequence into pieces of at most `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]
