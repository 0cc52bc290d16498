"""A program as LLVM vector code: straight-line functions of about a hundred operations over arrays of lanes.

Every function has the arguments `(p, c, y, t, out, extra, tmp)`, each a pointer to vectors; rates go to `extra`, all
else to `out`; `solve` reads the factors in `out` and replaces the right-hand side in `extra`. A product that is used
once and added becomes one fused operation; which ones do depends on the program only, so the bits do not depend on the
width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ..passes.elimination import Elimination
from ..program import Program, Section, split
from .straight import SIGNATURE, Straight, operation

BLOCK: Final = 200  # operations a function; longer ones compile in more than proportional time
KEPT: Final = 8  # slots that a function keeps in registers, of which there may be no more than 16
LONGEST: Final = {"factor": 2500, "solve": 6000}  # operations; longer ones are loops over tables (`tables`)
TARGET: Final = {"c": "out", "w": "out", "ft": "out", "o": "out", "k": "out", "e": "out", "f": "extra"}


@dataclass(frozen=True)
class Module:
    """A program as the text of an LLVM module, and how many slots of `tmp` its sections need."""

    text: str
    scratch: int


def write_module(program: Program, width: int, triple: str) -> Module:
    """Write a program as an LLVM module.

    Args:
        width: lanes of a vector.
    """
    functions: list[_Function] = []
    plans = [(section, _Plan(program, section)) for section in program.sections]
    for section, plan in plans:
        functions += _section(program, section, plan, width)
    written = {"factor": _factor_steps, "solve": _solve_steps}
    for name in sorted(written.keys() - by_table(program.elimination)):
        functions += _steps(name, written[name](program.elimination), width)
    called = {item for function in functions if function.body for item in function.body.called}
    kind = f"<{width} x double>"
    declared = [f"declare {kind} @{name}({', '.join([kind] * count)})" for name, count in sorted(called)]
    text = "\n".join([f'target triple = "{triple}"', *declared, *(function.text() for function in functions)])
    return Module(text, max(len(plan.crossing) for _, plan in plans))


def by_table(elimination: Elimination) -> set[str]:
    """Name the parts of the linear algebra that are too long for straight-line code."""
    lengths = {"factor": elimination.factor_operations, "solve": elimination.solve_operations}
    return {name for name, length in lengths.items() if length > LONGEST[name]}


@dataclass(frozen=True)
class _Function:
    """A block (`body`), or the function that calls the blocks of a section in order."""

    name: str
    body: Straight | None = None
    calls: tuple[str, ...] = ()

    def text(self) -> str:
        if self.body is not None:
            return self.body.text(self.name, internal="." in self.name)
        passed = SIGNATURE.replace(" noalias", "")
        lines = [f"  call void @{name}({passed})" for name in self.calls]
        return "\n".join([f"define void @{self.name}({SIGNATURE}) nounwind {{", *lines, "  ret void", "}", ""])


def _joined(name: str, bodies: Sequence[Straight]) -> list[_Function]:
    if len(bodies) == 1:
        return [_Function(name, bodies[0])]
    blocks = [_Function(f"{name}.{number}", body) for number, body in enumerate(bodies)]
    return [*blocks, _Function(name, calls=tuple(block.name for block in blocks))]


# sections


@dataclass(frozen=True)
class Fused:
    """sign · left · right + rest."""

    negative: bool
    left: int
    right: int
    rest: int


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


def _section(program: Program, section: Section, plan: _Plan, width: int) -> list[_Function]:
    bodies = []
    for block, roots in zip(plan.blocks, plan.roots, strict=True):
        writer = _Block(Straight(width), program, plan, {} if section.name == "prologue" else program.hoisted)
        writer.write(block, roots)
        bodies.append(writer.body)
    return _joined(section.name, bodies)


class _Block:
    """One straight-line function of a section."""

    def __init__(self, body: Straight, program: Program, plan: _Plan, hoisted: dict[int, int]) -> None:
        self.body, self.graph, self.plan, self.hoisted = body, program.graph, plan, hoisted
        self.known: dict[int, str] = {}
        self.loaded: dict[int, str] = {}  # the one used longest ago first

    def value(self, node: int) -> str:
        if node in self.known:
            return self.known[node]
        value = self.loaded.pop(node, None) or self._load(node)
        self.loaded[node] = value
        if len(self.loaded) > KEPT:
            del self.loaded[next(iter(self.loaded))]
        return value

    def _load(self, node: int) -> str:
        op, value = self.graph.op[node], self.graph.value[node]
        if op == "const":
            return self.body.number(value)
        if op == "time":
            return self.body.load("t")
        if op in ("parameter", "state"):
            return self.body.load("p" if op == "parameter" else "y", int(value))
        if node in self.hoisted:
            return self.body.load("c", self.hoisted[node])
        return self.body.load("tmp", self.plan.crossing[node])

    def write(self, block: Sequence[int], roots: Sequence[tuple[str, int, int]]) -> None:
        """Write the block; what leaves it is stored as soon as it is known, so that few values wait in registers."""
        leaving: dict[int, list[tuple[str, int]]] = {}
        for array, slot, node in roots:
            leaving.setdefault(node, []).append((TARGET[array], slot))
        for node in block:
            self.known[node] = self._operation(node)
            if node in self.plan.crossing:
                self.body.store(self.known[node], "tmp", self.plan.crossing[node])
            for array, slot in leaving.pop(node, ()):
                self.body.store(self.known[node], array, slot)
        for node, places in leaving.items():
            for array, slot in places:
                self.body.store(self.value(node), array, slot)

    def _operation(self, node: int) -> str:
        fused = self.plan.fused.get(node)
        if fused is not None:
            left = self.value(fused.left)
            left = self.body.negative(left) if fused.negative else left
            return self.body.fma(left, self.value(fused.right), self.value(fused.rest))
        return operation(self.body, self.graph.op[node], [self.value(arg) for arg in self.graph.args[node]])


# the linear algebra


class _Slots:
    """Slots of one array inside a straight-line function; the last few of them are in registers."""

    def __init__(self, body: Straight, array: str) -> None:
        self.body, self.array = body, array
        self.known: dict[int, str] = {}  # the one used longest ago first
        self.changed: set[int] = set()

    def __getitem__(self, slot: int) -> str:
        value = self.known.pop(slot, None) or self.body.load(self.array, slot)
        self._keep(slot, value)
        return value

    def __setitem__(self, slot: int, value: str) -> None:
        self.known.pop(slot, None)
        self.changed.add(slot)
        self._keep(slot, value)

    def _keep(self, slot: int, value: str) -> None:
        self.known[slot] = value
        self.store(KEPT)

    def store(self, kept: int = 0) -> None:
        """Let go of all but the last `kept`, writing those back that changed."""
        while len(self.known) > kept:
            slot = next(iter(self.known))
            value = self.known.pop(slot)
            if slot in self.changed:
                self.changed.remove(slot)
                self.body.store(value, self.array, slot)


Step = Callable[[Straight, _Slots, _Slots], None]


def _steps(name: str, steps: Sequence[Step], width: int) -> list[_Function]:
    bodies = []
    for first in range(0, max(len(steps), 1), BLOCK):
        body = Straight(width)
        matrix, side = _Slots(body, "out"), _Slots(body, "extra")
        for step in steps[first : first + BLOCK]:
            step(body, matrix, side)
        matrix.store()
        side.store()
        bodies.append(body)
    return _joined(name, bodies)


def _factor_steps(elimination: Elimination) -> Sequence[Step]:
    """Replace a matrix by its factors, each diagonal by its reciprocal; what fills in is not read before it is set."""
    steps: list[Step] = []
    filled = set(range(elimination.stated))

    def invert(diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            w[diagonal] = operation(s, "recip", [w[diagonal]])

        return step

    def scale(slot: int, diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            w[slot] = s.binary("fmul", w[slot], w[diagonal])

        return step

    def update(target: int, left: int, right: int, fresh: bool) -> Step:
        def step(s: Straight, w: _Slots, _: _Slots) -> None:
            less = s.negative(w[left])
            w[target] = s.binary("fmul", less, w[right]) if fresh else s.fma(less, w[right], w[target])

        return step

    for pivot in elimination.pivots:
        steps.append(invert(pivot.diagonal))
        steps += [scale(slot, pivot.diagonal) for _, slot in pivot.column]
        for target, left, right in pivot.updates:
            steps.append(update(target, left, right, target not in filled))
            filled.add(target)
    return steps


def _solve_steps(elimination: Elimination) -> Sequence[Step]:
    """Replace a right-hand side by the solution, given the factors."""

    def subtract(target: int, slot: int, source: int) -> Step:
        def step(s: Straight, w: _Slots, b: _Slots) -> None:
            b[target] = s.fma(s.negative(w[slot]), b[source], b[target])

        return step

    def scale(index: int, diagonal: int) -> Step:
        def step(s: Straight, w: _Slots, b: _Slots) -> None:
            b[index] = s.binary("fmul", b[index], w[diagonal])

        return step

    steps: list[Step] = []
    for pivot in elimination.pivots:
        steps += [subtract(i, slot, pivot.index) for i, slot in pivot.column]
    for pivot in reversed(elimination.pivots):
        steps += [subtract(pivot.index, slot, j) for j, slot in pivot.row]
        steps.append(scale(pivot.index, pivot.diagonal))
    return steps
