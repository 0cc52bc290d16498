"""The scalar graph: every quantity the engine computes, each written once, as integers in creation order.

A node is an index; its operands have smaller indices, so any set of nodes read in order is a valid program. Building a
node simplifies it (constants are folded, 0 and 1 disappear) and finds an equal one that exists. The derivative of a
graph is more of the same graph.

    op                     operands        value
    const                                  the number
    parameter state                        its index
    time
    add mul  min max       two
    neg recip exp log sqrt abs floor ceil sin cos tanh sinh cosh          one
    pow                    two
    lt le eq  and or       two; 1 or 0
    not                    one
    select                 condition, value if not 0, value if 0

A quotient is a product with a reciprocal, so that rate laws and their derivatives share one division.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Final

from ..mechanisms.operations import SCALAR

LEAVES: Final = frozenset({"const", "parameter", "state", "time"})
UNARY: Final = frozenset("neg recip exp log sqrt abs floor ceil sin cos tanh sinh cosh not".split())
BINARY: Final = frozenset("add mul min max pow lt le eq and or".split())
COMMUTATIVE: Final = frozenset("add mul eq and or".split())
LARGEST_POWER: Final = 8  # whole exponents up to this are products


FOLD: Final[dict[str, Callable[[float, float], float]]] = {
    op: SCALAR[meaning]
    for op, meaning in {
        "add": "plus", "mul": "times", "neg": "negative", "min": "min", "max": "max", "exp": "exp", "log": "ln",
        "sqrt": "sqrt", "abs": "abs", "floor": "floor", "ceil": "ceiling", "sin": "sin", "cos": "cos", "tanh": "tanh",
        "sinh": "sinh", "cosh": "cosh", "pow": "power", "lt": "lt", "le": "leq", "eq": "eq", "and": "and", "or": "or",
        "not": "not",
    }.items()
} | {"recip": lambda a, _: SCALAR["divide"](1.0, a)}  # fmt: skip
"""What each operation makes of constants: the interpreter's own arithmetic; a unary one ignores the second."""


class Graph:
    """A growing table of nodes; `op`, `args`, `value` and `moves` are read by index.

    Attributes:
        moves: whether the node changes along a trajectory (depends on a state, an input or the time).
        inputs: parameters that change along a trajectory (infusion rates), by index.
    """

    def __init__(self, inputs: Iterable[int] = ()) -> None:
        self.op: list[str] = []
        self.args: list[tuple[int, ...]] = []
        self.value: list[float] = []
        self.moves: list[bool] = []
        self.inputs = frozenset(inputs)
        self._known: dict[tuple[str, tuple[int, ...] | str], int] = {}
        self.zero = self.const(0.0)
        self.one = self.const(1.0)

    def __len__(self) -> int:
        return len(self.op)

    def _node(self, op: str, args: tuple[int, ...] = (), value: float = 0.0) -> int:
        key = (op, args or repr(value))
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self.op)
            self.op.append(op)
            self.args.append(args)
            self.value.append(value)
            leaf = op in ("state", "time") or (op == "parameter" and int(value) in self.inputs)
            self.moves.append(leaf or any(self.moves[arg] for arg in args))
        return node

    # leaves

    def const(self, value: float) -> int:
        return self._node("const", (), float(value) + 0.0)

    def parameter(self, index: int) -> int:
        return self._node("parameter", (), float(index))

    def state(self, index: int) -> int:
        return self._node("state", (), float(index))

    def time(self) -> int:
        return self._node("time")

    # operations

    def apply(self, op: str, *args: int) -> int:
        """Make an operation on nodes, folded where all operands are constants."""
        if all(self.op[arg] == "const" for arg in args) and op in FOLD:
            values = [self.value[arg] for arg in args]
            return self.const(FOLD[op](values[0], values[-1]))
        if op in COMMUTATIVE and args[0] > args[1]:
            args = (args[1], args[0])
        return self._node(op, args)

    def add(self, a: int, b: int) -> int:
        if a == self.zero:
            return b
        if b == self.zero:
            return a
        if (self.op[a] == "neg" and self.args[a][0] == b) or (self.op[b] == "neg" and self.args[b][0] == a):
            return self.zero
        if self.op[a] == "neg" and self.op[b] == "neg":
            return self.neg(self.add(self.args[a][0], self.args[b][0]))
        return self.apply("add", a, b)

    def sub(self, a: int, b: int) -> int:
        return self.add(a, self.neg(b))

    def neg(self, a: int) -> int:
        return self.args[a][0] if self.op[a] == "neg" else self.apply("neg", a)

    def mul(self, a: int, b: int) -> int:
        if self.zero in (a, b):
            return self.zero
        if a == self.one:
            return b
        if b == self.one:
            return a
        if self.op[a] == "neg":
            return self.neg(self.mul(self.args[a][0], b))
        if self.op[b] == "neg":
            return self.neg(self.mul(a, self.args[b][0]))
        for x, y in ((a, b), (b, a)):
            if self.op[x] == "const" and self.value[x] < 0:
                return self.neg(self.mul(self.const(-self.value[x]), y))
        return self.apply("mul", a, b)

    def recip(self, a: int) -> int:
        return self.args[a][0] if self.op[a] == "recip" else self.apply("recip", a)

    def div(self, a: int, b: int) -> int:
        if self.op[a] == self.op[b] == "const" and self.value[b]:
            return self.const(self.value[a] / self.value[b])
        return self.times((a, self.recip(b)))

    def sum(self, nodes: Iterable[int]) -> int:
        total = self.zero
        for node in nodes:
            total = self.add(total, node)
        return total

    def times(self, nodes: Iterable[int]) -> int:
        """Multiply as a formula does, what does not move first, so that it is computed once per trajectory.

        A 0 stays a factor: in a formula it does not hide what has no value, as it may in a derivative (`mul`).
        """
        order = sorted(nodes, key=lambda node: self.moves[node])
        result = self.one
        for node in order:
            hidden = self.zero in (result, node) and not self._is_a_number(result, node)
            result = self.apply("mul", result, node) if hidden else self.mul(result, node)
        return result

    def _is_a_number(self, *nodes: int) -> bool:
        """Whether no node can be anything but a finite number."""
        return all(self.op[node] == "const" and math.isfinite(self.value[node]) for node in nodes)

    def pow(self, a: int, b: int) -> int:
        """Raise to a power; a small whole exponent becomes products, ½ a square root."""
        if self.op[b] != "const" or self.op[a] == "const":
            return self.apply("pow", a, b)
        exponent = self.value[b]
        if exponent == 0.5:
            return self.apply("sqrt", a)
        if exponent != int(exponent) if math.isfinite(exponent) else True:
            return self.apply("pow", a, b)
        if abs(exponent) > LARGEST_POWER:
            return self.apply("pow", a, b)
        result = self._whole_power(a, abs(int(exponent)))
        return self.recip(result) if exponent < 0 else result

    def _whole_power(self, a: int, exponent: int) -> int:
        if exponent == 0:
            return self.one
        half = self._whole_power(a, exponent // 2)
        square = self.mul(half, half)
        return self.mul(square, a) if exponent % 2 else square

    def select(self, condition: int, then: int, otherwise: int) -> int:
        if self.op[condition] == "const":
            return then if self.value[condition] else otherwise
        return then if then == otherwise else self._node("select", (condition, then, otherwise))

    # walking

    def needed(self, roots: Iterable[int]) -> list[int]:
        """List the nodes that roots stand on, and the roots, operands first and each near its first use."""
        seen: set[int] = set()
        order: list[int] = []
        for root in roots:
            stack = [(root, False)]
            while stack:
                node, ready = stack.pop()
                if ready:
                    order.append(node)
                elif node not in seen:
                    seen.add(node)
                    stack.append((node, True))
                    stack.extend((arg, False) for arg in reversed(self.args[node]))
        return order
