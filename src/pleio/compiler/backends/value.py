"""LLVM instructions as Python operators: a vector of doubles, a mask of lanes, or a scalar.

An operator writes its instruction at the place where the `Emitter` of the value stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import llvmlite.ir as ir

if TYPE_CHECKING:
    from .emit import Emitter

Number = float | int


class Value:
    """A value of the program under construction, with arithmetic."""

    __slots__ = ("emit", "ir")

    def __init__(self, emit: Emitter, value: Any) -> None:
        self.emit, self.ir = emit, value

    def _other(self, other: Value | Number) -> Any:
        return other.ir if isinstance(other, Value) else ir.Constant(self.ir.type, _spread(self.ir.type, other))

    def _binary(self, name: str, other: Value | Number, swap: bool = False) -> Value:
        left, right = self.ir, self._other(other)
        if swap:
            left, right = right, left
        return Value(self.emit, getattr(self.emit.builder, name)(left, right))

    @property
    def _whole(self) -> bool:
        kind = self.ir.type
        return isinstance(kind.element if isinstance(kind, ir.VectorType) else kind, ir.IntType)

    def __add__(self, other: Value | Number) -> Value:
        return self._binary("add" if self._whole else "fadd", other)

    def __sub__(self, other: Value | Number) -> Value:
        return self._binary("sub" if self._whole else "fsub", other)

    def __rsub__(self, other: Value | Number) -> Value:
        return self._binary("sub" if self._whole else "fsub", other, swap=True)

    def __mul__(self, other: Value | Number) -> Value:
        return self._binary("mul" if self._whole else "fmul", other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __truediv__(self, other: Value | Number) -> Value:
        return self._binary("fdiv", other)

    def __rtruediv__(self, other: Value | Number) -> Value:
        return self._binary("fdiv", other, swap=True)

    def __neg__(self) -> Value:
        return Value(self.emit, self.emit.builder.fneg(self.ir))

    def __and__(self, other: Value | Number) -> Value:
        return self._binary("and_", other)

    def __or__(self, other: Value | Number) -> Value:
        return self._binary("or_", other)

    def __xor__(self, other: Value | Number) -> Value:
        return self._binary("xor", other)

    def __invert__(self) -> Value:
        return Value(self.emit, self.emit.builder.not_(self.ir))

    def __lshift__(self, other: Value | Number) -> Value:
        return self._binary("shl", other)

    def __rshift__(self, other: Value | Number) -> Value:
        return self._binary("ashr", other)

    def _compare(self, sign: str, other: Value | Number) -> Value:
        method = "icmp_signed" if self._whole else "fcmp_ordered"
        return Value(self.emit, getattr(self.emit.builder, method)(sign, self.ir, self._other(other)))

    def __lt__(self, other: Value | Number) -> Value:
        return self._compare("<", other)

    def __le__(self, other: Value | Number) -> Value:
        return self._compare("<=", other)

    def __gt__(self, other: Value | Number) -> Value:
        return self._compare(">", other)

    def __ge__(self, other: Value | Number) -> Value:
        return self._compare(">=", other)

    def below(self, other: Value | Number) -> Value:
        """Whether a whole number, read as one without a sign, is less."""
        return Value(self.emit, self.emit.builder.icmp_unsigned("<", self.ir, self._other(other)))

    def equals(self, other: Value | Number) -> Value:
        return self._compare("==", other)


def _spread(kind: Any, value: Number) -> Any:
    return [value] * kind.count if isinstance(kind, ir.VectorType) else value
