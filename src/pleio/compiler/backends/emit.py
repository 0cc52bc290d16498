"""Writing a function of LLVM over vectors of one double per lane: memory, arithmetic beyond operators, loops.

Nothing is reassociated and products join sums only where `fma` says so: the bits are the same on every width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import llvmlite.ir as ir

from .value import Value

DOUBLE = ir.DoubleType()
INT = ir.IntType(64)
BIT = ir.IntType(1)
POINTER = ir.PointerType()
VOID = ir.VoidType()


class Emitter:
    """Writes instructions into one function."""

    def __init__(self, function: ir.Function, width: int) -> None:
        self.function = function
        self.module = function.module
        self.width = width
        self.builder = ir.IRBuilder(function.append_basic_block("entry"))
        self.vector = ir.VectorType(DOUBLE, width)
        self.whole_vector = ir.VectorType(INT, width)
        self.args = [Value(self, arg) for arg in function.args]

    def wrap(self, value: Any) -> Value:
        return Value(self, value)

    def real(self, value: float) -> Value:
        """A vector with the same number in every lane."""
        return Value(self, ir.Constant(self.vector, [value] * self.width))

    def whole(self, value: int) -> Value:
        """A scalar integer."""
        return Value(self, ir.Constant(INT, value))

    # memory

    def at(self, pointer: Value, index: Value | int, kind: Any) -> Value:
        """The address of an element of an array of `kind`."""
        where = index.ir if isinstance(index, Value) else ir.Constant(INT, index)
        return Value(self, self.builder.gep(pointer.ir, [where], source_etype=kind))

    def load(self, pointer: Value, index: Value | int = 0, kind: Any = None) -> Value:
        kind = kind or self.vector
        align = 8 * self.width if kind in (self.vector, self.whole_vector) else 8
        return Value(self, self.builder.load(self.at(pointer, index, kind).ir, typ=kind, align=align))

    def store(self, value: Value, pointer: Value, index: Value | int = 0) -> None:
        kind = value.ir.type
        align = 8 * self.width if kind in (self.vector, self.whole_vector) else 8
        self.builder.store(value.ir, self.at(pointer, index, kind).ir, align=align)

    def gather(self, pointer: Value, indices: Value) -> Value:
        """Elements of an array of doubles, each lane with its own index."""
        base = self.builder.ptrtoint(pointer.ir, INT)
        addresses = self.broadcast(Value(self, base)) + indices * 8
        pointers = self.builder.inttoptr(addresses.ir, ir.VectorType(POINTER, self.width))
        mask = ir.Constant(ir.VectorType(BIT, self.width), [1] * self.width)
        name = f"llvm.masked.gather.v{self.width}f64.v{self.width}p0"
        rest = ir.Constant(self.vector, ir.Undefined)
        args = [pointers, ir.Constant(ir.IntType(32), 8), mask, rest]
        return Value(self, self.call_named(name, self.vector, args))

    def fetch_add(self, counter: Value, amount: Value | int) -> Value:
        """Add to a whole number that threads share, and give what it was before."""
        more = amount.ir if isinstance(amount, Value) else ir.Constant(INT, amount)
        return Value(self, self.builder.atomic_rmw("add", counter.ir, more, "monotonic"))

    # arithmetic

    def intrinsic(self, name: str, *args: Value) -> Value:
        kind = args[0].ir.type
        suffix = f"v{kind.count}f64" if isinstance(kind, ir.VectorType) else "f64"
        return Value(self, self.call_named(f"llvm.{name}.{suffix}", kind, [arg.ir for arg in args]))

    def call_named(self, name: str, result: Any, args: Sequence[Any]) -> Any:
        function = self.module.globals.get(name)
        if function is None:
            function = ir.Function(self.module, ir.FunctionType(result, [arg.type for arg in args]), name)
        return self.builder.call(function, args)

    def fma(self, a: Value, b: Value, c: Value) -> Value:
        return self.intrinsic("fma", a, b, c)

    def sqrt(self, a: Value) -> Value:
        return self.intrinsic("sqrt", a)

    def abs(self, a: Value) -> Value:
        return self.intrinsic("fabs", a)

    def select(self, mask: Value, then: Value, otherwise: Value) -> Value:
        return Value(self, self.builder.select(mask.ir, then.ir, otherwise.ir))

    def max(self, a: Value, b: Value) -> Value:
        """The larger; `b` where either is NaN."""
        return self.select(a > b, a, b)

    def min(self, a: Value, b: Value) -> Value:
        return self.select(a < b, a, b)

    def broadcast(self, scalar: Value) -> Value:
        kind = ir.VectorType(scalar.ir.type, self.width)
        one = self.builder.insert_element(ir.Constant(kind, ir.Undefined), scalar.ir, ir.Constant(ir.IntType(32), 0))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.width), [0] * self.width)
        return Value(self, self.builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), mask))

    def bits(self, a: Value) -> Value:
        return Value(self, self.builder.bitcast(a.ir, self.whole_vector))

    def from_bits(self, a: Value) -> Value:
        return Value(self, self.builder.bitcast(a.ir, self.vector))

    def to_real(self, a: Value) -> Value:
        """Integers as doubles."""
        return Value(self, self.builder.sitofp(a.ir, self.vector))

    def any(self, mask: Value) -> Value:
        number = self.builder.bitcast(mask.ir, ir.IntType(self.width))
        return Value(self, self.builder.icmp_unsigned("!=", number, ir.Constant(number.type, 0)))

    def as_real(self, mask: Value) -> Value:
        return self.select(mask, self.real(1.0), self.real(0.0))

    # control

    @contextmanager
    def loop(self, count: Value | int, start: Value | int = 0) -> Iterator[Value]:
        """Repeat the body for index = start … count − 1."""
        first = start if isinstance(start, Value) else self.whole(start)
        last = count if isinstance(count, Value) else self.whole(count)
        before = self.builder.block
        body = self.function.append_basic_block("loop")
        after = self.function.append_basic_block("after")
        self.builder.cbranch((first < last).ir, body, after)
        self.builder.position_at_end(body)
        index = self.builder.phi(INT)
        index.add_incoming(first.ir, before)
        yield Value(self, index)
        following = Value(self, index) + 1
        index.add_incoming(following.ir, self.builder.block)
        self.builder.cbranch((following < last).ir, body, after)
        self.builder.position_at_end(after)

    @contextmanager
    def each_bit(self, bits: Any) -> Iterator[Value]:
        """Repeat the body for the place of each bit that is 1, of which there is at least one."""
        before = self.builder.block
        body = self.function.append_basic_block("bit")
        after = self.function.append_basic_block("bits")
        self.builder.branch(body)
        self.builder.position_at_end(body)
        left = self.builder.phi(INT)
        left.add_incoming(bits, before)
        yield Value(self, self.builder.cttz(left, ir.Constant(BIT, 1)))
        fewer = Value(self, left) & (Value(self, left) - 1)
        left.add_incoming(fewer.ir, self.builder.block)
        self.builder.cbranch(fewer.equals(0).ir, after, body)
        self.builder.position_at_end(after)

    def fold(self, count: Value, initial: Value, body: Callable[[Value, Value], Value]) -> Value:
        """Accumulate over index = 0 … count − 1, in that order; `count` is at least 1."""
        before = self.builder.block
        block = self.function.append_basic_block("fold")
        after = self.function.append_basic_block("folded")
        self.builder.branch(block)
        self.builder.position_at_end(block)
        index = self.builder.phi(INT)
        total = self.builder.phi(initial.ir.type)
        index.add_incoming(ir.Constant(INT, 0), before)
        total.add_incoming(initial.ir, before)
        result = body(Value(self, index), Value(self, total))
        following = Value(self, index) + 1
        index.add_incoming(following.ir, self.builder.block)
        total.add_incoming(result.ir, self.builder.block)
        self.builder.cbranch((following < count).ir, block, after)
        self.builder.position_at_end(after)
        return result

    @contextmanager
    def when(self, condition: Value, likely: bool | None = None) -> Iterator[None]:
        """Run the body if a scalar condition holds."""
        with self.builder.if_then(condition.ir, likely=likely):
            yield

    def unless(self, mask: Value, usual: Sequence[Value], rare: Callable[[], Sequence[Value]]) -> list[Value]:
        """`usual`, or `rare()` where the mask holds in any lane; both must be alike in lanes outside the mask."""
        before = self.builder.block
        aside, after = (self.function.append_basic_block(name) for name in ("rare", "usual"))
        self.builder.cbranch(self.any(mask).ir, aside, after)
        self.builder.position_at_end(aside)
        others = rare()
        last = self.builder.block
        self.builder.branch(after)
        self.builder.position_at_end(after)
        joined = []
        for value, other in zip(usual, others, strict=True):
            phi = self.builder.phi(value.ir.type)
            phi.add_incoming(value.ir, before)
            phi.add_incoming(other.ir, last)
            joined.append(Value(self, phi))
        return joined

    @contextmanager
    def repeat(self) -> Iterator[Loop]:
        """Run the body again and again until `Loop.leave_when`."""
        body = self.function.append_basic_block("repeat")
        after = self.function.append_basic_block("done")
        self.builder.branch(body)
        self.builder.position_at_end(body)
        yield Loop(self, after)
        self.builder.branch(body)
        self.builder.position_at_end(after)

    def finish(self, *values: Value) -> None:
        """Return nothing, a value, or several as a structure."""
        if len(values) < 2:
            self.builder.ret(values[0].ir) if values else self.builder.ret_void()
            return
        result = ir.Constant(ir.LiteralStructType([value.ir.type for value in values]), ir.Undefined)
        for place, value in enumerate(values):
            result = self.builder.insert_value(result, value.ir, place)
        self.builder.ret(result)


class Loop:
    """The way out of a `repeat`."""

    def __init__(self, emit: Emitter, after: Any) -> None:
        self.emit, self.after = emit, after

    def leave_when(self, condition: Value) -> None:
        onward = self.emit.function.append_basic_block("onward")
        self.emit.builder.cbranch(condition.ir, self.after, onward)
        self.emit.builder.position_at_end(onward)


def declare(module: ir.Module, name: str, arguments: Sequence[Any], result: Any = VOID) -> ir.Function:
    """Add a function to a module; pointers never overlap."""
    function = ir.Function(module, ir.FunctionType(result, list(arguments)), name)
    for argument in function.args:
        if argument.type == POINTER:
            argument.add_attribute("noalias")
    return function
