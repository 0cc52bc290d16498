"""A program as LLVM vector code: straight-line functions of about a hundred operations over arrays of lanes.

Every function has the arguments `(p, c, y, t, out, extra, tmp)`, each a pointer to vectors; `factor` works on `out`,
`solve` on `out` (the factors) and `extra` (the right-hand side). A product that is used once and added becomes one
fused operation; which ones do depends on the program only, so the bits do not depend on the width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import llvmlite.ir as ir

from ..passes.elimination import Elimination
from ..program import Program, Section, split
from . import vector_math
from .emit import POINTER, Emitter, Value, declare

BLOCK: Final = 150  # operations a function; longer ones compile in more than proportional time
ARGUMENTS: Final = ("p", "c", "y", "t", "out", "extra", "tmp")
TARGET: Final = {"c": "out", "f": "out", "w": "out", "o": "out", "ft": "extra"}

UNARY: Final[dict[str, Callable[[Emitter, Value], Value]]] = {
    "neg": lambda e, a: -a,
    "recip": lambda e, a: 1.0 / a,
    "sqrt": lambda e, a: e.sqrt(a),
    "abs": lambda e, a: e.abs(a),
    "floor": lambda e, a: e.intrinsic("floor", a),
    "ceil": lambda e, a: e.intrinsic("ceil", a),
    "not": lambda e, a: e.as_real(a.equals(0.0)),
}
BINARY: Final[dict[str, Callable[[Emitter, Value, Value], Value]]] = {
    "add": lambda e, a, b: a + b,
    "mul": lambda e, a, b: a * b,
    "min": lambda e, a, b: e.min(a, b),
    "max": lambda e, a, b: e.max(a, b),
    "lt": lambda e, a, b: e.as_real(a < b),
    "le": lambda e, a, b: e.as_real(a <= b),
    "eq": lambda e, a, b: e.as_real(a.equals(b)),
    "and": lambda e, a, b: e.as_real(_true(a) & _true(b)),
    "or": lambda e, a, b: e.as_real(_true(a) | _true(b)),
}


def _true(a: Value) -> Value:
    return ~a.equals(0.0)


@dataclass(frozen=True)
class Fused:
    """sign · left · right + rest."""

    negative: bool
    left: int
    right: int
    rest: int


def write_module(program: Program, width: int, triple: str) -> str:
    """Write a program as the text of an LLVM module.

    Args:
        width: lanes of a vector.
    """
    module = ir.Module("program")
    module.triple = triple
    for section in program.sections:
        _write_section(module, program, section, width)
    _write_factor(module, program.elimination, width)
    _write_solve(module, program.elimination, width)
    return str(module)


def scratch_size(program: Program) -> int:
    """How many slots of `tmp` the sections need."""
    return max((len(_Plan(program, section).crossing) for section in program.sections), default=0)


class _Plan:
    """How a section is cut into blocks: which products fuse, and which values cross from one block to a later one."""

    def __init__(self, program: Program, section: Section) -> None:
        graph = program.graph
        order = program.order(section)
        inside = set(order)
        uses = Counter(arg for node in order for arg in graph.args[node])
        uses.update(root for _, _, root in section.roots)
        self.fused: dict[int, Fused] = {}
        gone: set[int] = set()
        for node in order:
            if graph.op[node] != "add":
                continue
            for term, rest in (graph.args[node], graph.args[node][::-1]):
                negative = graph.op[term] == "neg"
                product = graph.args[term][0] if negative else term
                chain = {term, product}
                if graph.op[product] == "mul" and chain <= inside and all(uses[link] == 1 for link in chain):
                    left, right = graph.args[product]
                    self.fused[node] = Fused(negative, left, right, rest)
                    gone |= chain
                    break
        self.blocks = split([node for node in order if node not in gone], BLOCK) or [[]]
        home = {node: number for number, block in enumerate(self.blocks) for node in block}
        self.crossing: dict[int, int] = {}
        for number, block in enumerate(self.blocks):
            for node in block:
                for operand in self.operands(program, node):
                    if home.get(operand, number) != number:
                        self.crossing.setdefault(operand, len(self.crossing))
        self.roots: list[list[tuple[str, int, int]]] = [[] for _ in self.blocks]
        for root in section.roots:
            self.roots[home.get(root[2], len(self.blocks) - 1)].append(root)

    def operands(self, program: Program, node: int) -> tuple[int, ...]:
        fused = self.fused.get(node)
        return program.graph.args[node] if fused is None else (fused.left, fused.right, fused.rest)


def _write_section(module: ir.Module, program: Program, section: Section, width: int) -> None:
    plan = _Plan(program, section)
    functions = []
    for number, block in enumerate(plan.blocks):
        function = _function(module, f"{section.name}.{number}")
        functions.append(function)
        emit = Emitter(function, width)
        _Block(emit, program, plan, section.name == "prologue").write(block, plan.roots[number])
        emit.finish()
    _write_calls(module, section.name, functions, width)


def _function(module: ir.Module, name: str, internal: bool = True) -> ir.Function:
    function = declare(module, name, [POINTER] * len(ARGUMENTS))
    function.attributes.add("nounwind")
    if internal:
        function.linkage = "internal"
    return function


def _write_calls(module: ir.Module, name: str, functions: Iterable[ir.Function], width: int) -> None:
    """One function that calls the blocks in order."""
    functions = list(functions)
    if len(functions) == 1:
        functions[0].linkage = "external"
        functions[0].name = name
        return
    emit = Emitter(_function(module, name, internal=False), width)
    for function in functions:
        emit.builder.call(function, [arg.ir for arg in emit.args])
    emit.finish()


class _Block:
    """One straight-line function of a section."""

    def __init__(self, emit: Emitter, program: Program, plan: _Plan, prologue: bool) -> None:
        self.emit, self.program, self.plan, self.prologue = emit, program, plan, prologue
        self.pointer = dict(zip(ARGUMENTS, emit.args, strict=True))
        self.known: dict[int, Value] = {}

    def value(self, node: int) -> Value:
        if node not in self.known:
            self.known[node] = self._load(node)
        return self.known[node]

    def _load(self, node: int) -> Value:
        graph = self.program.graph
        op, value = graph.op[node], graph.value[node]
        if op == "const":
            return self.emit.real(value)
        if op == "time":
            return self.emit.load(self.pointer["t"])
        if op in ("parameter", "state"):
            return self.emit.load(self.pointer["p" if op == "parameter" else "y"], int(value))
        if not self.prologue and node in self.program.hoisted:
            return self.emit.load(self.pointer["c"], self.program.hoisted[node])
        return self.emit.load(self.pointer["tmp"], self.plan.crossing[node])

    def write(self, block: Sequence[int], roots: Sequence[tuple[str, int, int]]) -> None:
        for node in block:
            self.known[node] = self._operation(node)
            if node in self.plan.crossing:
                self.emit.store(self.known[node], self.pointer["tmp"], self.plan.crossing[node])
        for array, slot, node in roots:
            self.emit.store(self.value(node), self.pointer[TARGET[array]], slot)

    def _operation(self, node: int) -> Value:
        graph, emit = self.program.graph, self.emit
        op, args = graph.op[node], graph.args[node]
        fused = self.plan.fused.get(node)
        if fused is not None:
            left = self.value(fused.left)
            return emit.fma(-left if fused.negative else left, self.value(fused.right), self.value(fused.rest))
        if op == "add" and graph.op[args[1]] == "neg" and args[1] in self.known:
            return self.value(args[0]) + self.value(args[1])
        values = [self.value(arg) for arg in args]
        if op in UNARY:
            return UNARY[op](emit, *values)
        if op in BINARY:
            return BINARY[op](emit, *values)
        if op == "select":
            return emit.select(_true(values[0]), values[1], values[2])
        return vector_math.call(emit, op, *values)


class _Slots:
    """Slots of one array inside a straight-line function: loaded once, stored at its end."""

    def __init__(self, emit: Emitter, pointer: Value) -> None:
        self.emit, self.pointer = emit, pointer
        self.known: dict[int, Value] = {}
        self.changed: dict[int, None] = {}

    def __getitem__(self, slot: int) -> Value:
        if slot not in self.known:
            self.known[slot] = self.emit.load(self.pointer, slot)
        return self.known[slot]

    def __setitem__(self, slot: int, value: Value) -> None:
        self.known[slot] = value
        self.changed[slot] = None

    def store(self) -> None:
        for slot in self.changed:
            self.emit.store(self.known[slot], self.pointer, slot)


Step = Callable[[Emitter, _Slots, _Slots], None]


def _write_steps(module: ir.Module, name: str, steps: Sequence[Step], width: int) -> None:
    functions = []
    for number in range(0, max(len(steps), 1), BLOCK):
        function = _function(module, f"{name}.{number}")
        functions.append(function)
        emit = Emitter(function, width)
        matrix, side = (
            _Slots(emit, emit.args[ARGUMENTS.index("out")]),
            _Slots(emit, emit.args[ARGUMENTS.index("extra")]),
        )
        for step in steps[number : number + BLOCK]:
            step(emit, matrix, side)
        matrix.store()
        side.store()
        emit.finish()
    _write_calls(module, name, functions, width)


def _write_factor(module: ir.Module, elimination: Elimination, width: int) -> None:
    """Replace a matrix by its factors, each diagonal by its reciprocal."""
    steps: list[Step] = []
    filled = set(range(elimination.stated))

    def invert(diagonal: int) -> Step:
        def step(emit: Emitter, w: _Slots, _: _Slots) -> None:
            w[diagonal] = 1.0 / w[diagonal]

        return step

    def scale(slot: int, diagonal: int) -> Step:
        def step(emit: Emitter, w: _Slots, _: _Slots) -> None:
            w[slot] = w[slot] * w[diagonal]

        return step

    def update(target: int, left: int, right: int, fresh: bool) -> Step:
        def step(emit: Emitter, w: _Slots, _: _Slots) -> None:
            w[target] = -(w[left] * w[right]) if fresh else emit.fma(-w[left], w[right], w[target])

        return step

    for pivot in elimination.pivots:
        steps.append(invert(pivot.diagonal))
        steps += [scale(slot, pivot.diagonal) for _, slot in pivot.column]
        for target, left, right in pivot.updates:
            steps.append(update(target, left, right, target not in filled))
            filled.add(target)
    _write_steps(module, "factor", steps, width)


def _write_solve(module: ir.Module, elimination: Elimination, width: int) -> None:
    """Replace a right-hand side by the solution, given the factors."""

    def subtract(target: int, slot: int, source: int) -> Step:
        def step(emit: Emitter, w: _Slots, b: _Slots) -> None:
            b[target] = emit.fma(-w[slot], b[source], b[target])

        return step

    def scale(index: int, diagonal: int) -> Step:
        def step(emit: Emitter, w: _Slots, b: _Slots) -> None:
            b[index] = b[index] * w[diagonal]

        return step

    steps: list[Step] = []
    for pivot in elimination.pivots:
        steps += [subtract(i, slot, pivot.index) for i, slot in pivot.column]
    for pivot in reversed(elimination.pivots):
        steps += [subtract(pivot.index, slot, j) for j, slot in pivot.row]
        steps.append(scale(pivot.index, pivot.diagonal))
    _write_steps(module, "solve", steps, width)
