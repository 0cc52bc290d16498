"""A program as LLVM vector code: straight-line functions of about a hundred operations over arrays of lanes.

Every function has the arguments `(p, c, y, t, out, extra, tmp)`, each a pointer to vectors; rates go to `extra`, all
else to `out`; `solve` reads the factors in `out` and replaces the right-hand side in `extra`. A product that is used
once and added becomes one fused operation; which ones do depends on the program only, so the bits do not depend on the
width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..program import Program, Section, split
from .algebra import by_table, factor_steps, solve_steps, straight_line
from .straight import BLOCK, KEPT, SIGNATURE, Straight, operation, preamble
from .together import groups

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
    written = {"factor": factor_steps, "solve": solve_steps}
    for name in sorted(written.keys() - by_table(program.elimination)):
        functions += _joined(name, straight_line(written[name](program.elimination), width))
    return Module(_text(functions, width, triple), max(len(plan.crossing) for _, plan in plans))


def _text(functions: Sequence[_Function], width: int, triple: str) -> str:
    bodies = [function.body for function in functions if function.body]
    declared = sorted({line for body in bodies for line in body.declared})
    head = [f'target triple = "{triple}"', *preamble(width, {bits for body in bodies for bits in body.numbers})]
    return "\n".join([*head, *declared, *(function.text() for function in functions)])


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
        self.body, self.program, self.plan, self.hoisted = body, program, plan, hoisted
        self.graph = program.graph
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
        powers = groups(block, lambda node: self.graph.op[node] == "pow", self._operands)
        for node in block:
            if node in powers:
                self._together(*powers[node])
            elif node not in self.known:
                self.known[node] = self._operation(node)
            if node in self.plan.crossing:
                self.body.store(self.known[node], "tmp", self.plan.crossing[node])
            for array, slot in leaving.pop(node, ()):
                self.body.store(self.known[node], array, slot)
        for node, places in leaving.items():
            for array, slot in places:
                self.body.store(self.value(node), array, slot)

    def _together(self, before: Sequence[int], powers: Sequence[int]) -> None:
        for node in before:
            if node not in self.known:
                self.known[node] = self._operation(node)
        operands = [self.value(arg) for node in powers for arg in self.graph.args[node]]
        self.known.update(zip(powers, self.body.powers(operands), strict=True))

    def _operands(self, node: int) -> tuple[int, ...]:
        return self.plan.operands(self.program, node)

    def _operation(self, node: int) -> str:
        fused = self.plan.fused.get(node)
        if fused is not None:
            left = self.value(fused.left)
            left = self.body.negative(left) if fused.negative else left
            return self.body.fma(left, self.value(fused.right), self.value(fused.rest))
        return operation(self.body, self.graph.op[node], [self.value(arg) for arg in self.graph.args[node]])
