"""A function of the kernel under construction: fields of its task and registers by name, calls of sections."""

from __future__ import annotations

from typing import Any

import llvmlite.ir as ir

from ...compiler.backends.emit import DOUBLE, INT, POINTER, VOID, Emitter, declare
from ...compiler.backends.value import Value
from .layout import FIELDS, INTEGERS, POINTERS, REGISTERS

SECTION: ir.FunctionType = ir.FunctionType(VOID, [POINTER] * 7)


class Frame(Emitter):
    """An emitter whose function takes a task, and perhaps a lane.

    Example of what it writes: `f.reg["t"]` loads the times of all lanes; `f.field("states")` an integer of the task.
    """

    def __init__(self, module: ir.Module, name: str, width: int, lane: bool = False, result: Any = VOID) -> None:
        function = declare(module, name, [POINTER, INT] if lane else [POINTER], result)
        function.attributes.add("nounwind")
        function.attributes.alignstack = 8 * width
        super().__init__(function, width)
        self.task = self.args[0]
        self.lane = self.args[1] if lane else self.whole(0)
        self._start = self.builder.block
        self._fields: dict[str, Value] = {}

    def field(self, name: str) -> Value:
        """A field of the task as it was when the function began."""
        if name not in self._fields:
            kind = POINTER if name in POINTERS else INT if name in INTEGERS else DOUBLE
            here = self.builder.block
            instructions = self._start.instructions
            if self._start.is_terminated:
                self.builder.position_before(instructions[-1])
            else:
                self.builder.position_at_end(self._start)
            self._fields[name] = self.load(self.task, FIELDS.index(name), kind)
            self.builder.position_at_end(here)
        return self._fields[name]

    def field_address(self, name: str) -> Value:
        return self.at(self.task, FIELDS.index(name), INT)

    # registers

    def get(self, name: str, kind: Any = None) -> Value:
        """A register of all lanes."""
        return self.load(self.field("reg"), REGISTERS.index(name), kind)

    def put(self, name: str, value: Value) -> None:
        self.store(value, self.field("reg"), REGISTERS.index(name))

    def address(self, name: str) -> Value:
        return self.at(self.field("reg"), REGISTERS.index(name), self.vector)

    def get_lane(self, name: str, kind: Any = DOUBLE) -> Value:
        """A register of this function's lane."""
        return self.load(self.address(name), self.lane, kind)

    def put_lane(self, name: str, value: Value | float | int) -> None:
        if isinstance(value, float):
            value = Value(self, ir.Constant(DOUBLE, value))
        elif isinstance(value, int):
            value = self.whole(value)
        self.store(value, self.address(name), self.lane)

    # the program

    def section(self, name: str, y: Value, t: Value, out: Value, extra: Value | None = None) -> None:
        """Call a section of the program; `extra` is where rates go, or a right-hand side."""
        table = self.field(f"{name}_table" if name in ("factor", "solve") else "p")
        args = [table, self.field("c"), y, t, out, extra or self.field("g"), self.field("tmp")]
        self.builder.call(_Callee(self.field(name).ir), [arg.ir for arg in args])

    def row(self, base: Value, row: Value | int, length: Value) -> Value:
        """Row `row` of an array of vectors with `length` columns."""
        return self.at(base, length * row if isinstance(row, Value) else length * self.whole(row), self.vector)

    def lane_of(self, base: Value, slot: Value) -> Value:
        """The address of this lane's number in a slot of an array of vectors."""
        return self.at(base, slot * self.width + self.lane, DOUBLE)


class _Callee:
    """The address of a section as something that can be called: llvmlite's addresses have no signature."""

    function_type = SECTION
    type = POINTER

    def __init__(self, address: Any) -> None:
        self.get_reference = address.get_reference


def each_lane(f: Frame, mask: Value, name: str) -> None:
    """Call one of these functions for every lane of a mask."""
    bits = f.builder.zext(f.builder.bitcast(mask.ir, ir.IntType(f.width)), INT)
    with f.when(f.any(mask)), f.each_bit(bits) as lane:
        f.builder.call(f.module.globals[name], [f.task.ir, lane.ir])
