"""Straight-line LLVM text: one function, written line by line.

The general builder of `emit` takes most of the time of a compilation when it writes thousands of operations; here a
value is the text by which LLVM calls it, and an operation is one line. The meaning of each operation is that of `emit`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Final

ARGUMENTS: Final = ("p", "c", "y", "t", "out", "extra", "tmp")
SIGNATURE: Final = ", ".join(f"ptr noalias %{name}" for name in ARGUMENTS)
BLOCK: Final = 200  # operations a function; longer ones compile in more than proportional time
KEPT: Final = 8  # slots that a function keeps in registers, of which there may be no more than 16
MATH: Final = "pleio.{}"  # the name of a vector function in machine code


class Straight:
    """The body of one function over vectors."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.kind = f"<{width} x double>"
        self.lines: list[str] = []
        self.called: set[tuple[str, int]] = set()
        self._count = 0

    def _line(self, text: str) -> str:
        name = f"%v{self._count}"
        self._count += 1
        self.lines.append(f"  {name} = {text}")
        return name

    def number(self, value: float) -> str:
        bits = f"double 0x{struct.pack('>d', value).hex()}"
        return "<" + ", ".join([bits] * self.width) + ">"

    def _address(self, array: str, slot: int) -> str:
        return self._line(f"getelementptr {self.kind}, ptr %{array}, i64 {slot}")

    def load(self, array: str, slot: int = 0) -> str:
        return self._line(f"load {self.kind}, ptr {self._address(array, slot)}, align {8 * self.width}")

    def store(self, value: str, array: str, slot: int) -> None:
        self.lines.append(f"  store {self.kind} {value}, ptr {self._address(array, slot)}, align {8 * self.width}")

    def binary(self, word: str, a: str, b: str) -> str:
        return self._line(f"{word} {self.kind} {a}, {b}")

    def negative(self, a: str) -> str:
        return self._line(f"fneg {self.kind} {a}")

    def call(self, function: str, *args: str) -> str:
        self.called.add((function, len(args)))
        return self._line(f"call {self.kind} @{function}({', '.join(f'{self.kind} {arg}' for arg in args)})")

    def intrinsic(self, name: str, *args: str) -> str:
        return self.call(f"llvm.{name}.v{self.width}f64", *args)

    def fma(self, a: str, b: str, c: str) -> str:
        return self.intrinsic("fma", a, b, c)

    def compare(self, word: str, a: str, b: str) -> str:
        return self._line(f"fcmp {word} {self.kind} {a}, {b}")

    def mask(self, word: str, a: str, b: str) -> str:
        return self._line(f"{word} <{self.width} x i1> {a}, {b}")

    def choose(self, mask: str, then: str, otherwise: str) -> str:
        return self._line(f"select <{self.width} x i1> {mask}, {self.kind} {then}, {self.kind} {otherwise}")

    def unless_nan(self, a: str, otherwise: str) -> str:
        return self.choose(self.compare("uno", a, a), a, otherwise)

    def truth(self, a: str) -> str:
        """The mask of lanes that are not 0; a NaN counts as true."""
        return self.compare("une", a, self.number(0.0))

    def as_real(self, mask: str) -> str:
        return self.choose(mask, self.number(1.0), self.number(0.0))

    def text(self, name: str, internal: bool) -> str:
        """The function as LLVM text."""
        linkage = "internal " if internal else ""
        return "\n".join([f"define {linkage}void @{name}({SIGNATURE}) nounwind {{", *self.lines, "  ret void", "}", ""])


def _compared(word: str) -> Callable[[Straight, str, str], str]:
    return lambda s, a, b: s.as_real(s.compare(word, a, b))


def _joined(word: str) -> Callable[[Straight, str, str], str]:
    return lambda s, a, b: s.as_real(s.mask(word, s.truth(a), s.truth(b)))


OPERATIONS: Final[dict[str, Callable[..., str]]] = {
    "neg": lambda s, a: s.negative(a),
    "recip": lambda s, a: s.binary("fdiv", s.number(1.0), a),
    "sqrt": lambda s, a: s.intrinsic("sqrt", a),
    "abs": lambda s, a: s.intrinsic("fabs", a),
    "floor": lambda s, a: s.intrinsic("floor", a),
    "ceil": lambda s, a: s.intrinsic("ceil", a),
    "not": lambda s, a: s.as_real(s.compare("oeq", a, s.number(0.0))),
    "add": lambda s, a, b: s.binary("fadd", a, b),
    "mul": lambda s, a, b: s.binary("fmul", a, b),
    "min": lambda s, a, b: s.unless_nan(b, s.choose(s.compare("ult", a, b), a, b)),
    "max": lambda s, a, b: s.unless_nan(b, s.choose(s.compare("ugt", a, b), a, b)),
    "lt": _compared("olt"),
    "le": _compared("ole"),
    "eq": _compared("oeq"),
    "and": _joined("and"),
    "or": _joined("or"),
    "select": lambda s, c, a, b: s.choose(s.truth(c), a, b),
}
"""The rendering of each operation of `graph`; those absent are vector functions."""


def operation(s: Straight, op: str, args: Sequence[str]) -> str:
    """Write one operation of the graph."""
    render = OPERATIONS.get(op)
    return render(s, *args) if render else s.call(MATH.format(op), *args)
