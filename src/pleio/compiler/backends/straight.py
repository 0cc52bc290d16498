"""Straight-line LLVM text: one function, written line by line.

The general builder of `emit` takes most of the time of a compilation when it writes thousands of operations; here a
value is the text by which LLVM calls it, and an operation is one line. The meaning of each operation is that of `emit`.

LLVM translates a block line by line from its end, quickly, until it meets a line that this way does not know: a
constant vector as an operand, a sign change, a comparison or a choice of vectors. From there on it takes four times
as long, except for calls, of which each is on its own. So numbers are loaded from memory, factors are stored with the
sign with which they are used (`algebra`), and what a derivative of a power has at 0 is chosen in a function.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Final

ARGUMENTS: Final = ("p", "c", "y", "t", "out", "extra", "tmp")
SIGNATURE: Final = ", ".join(f"ptr noalias %{name}" for name in ARGUMENTS)
BLOCK: Final = 200  # operations a function; longer ones compile in more than proportional time
KEPT: Final = 8  # slots that a function keeps in registers, of which there may be no more than 16
MATH: Final = "pleio.{}"  # the name of a vector function in machine code
TOGETHER: Final = (4, 2)  # how many powers one call can compute
KIND: Final = "%V"  # the type of a vector; short, since reading the text takes a good part of the time


def preamble(width: int, numbers: Iterable[str]) -> list[str]:
    """What the lines of any function stand on: the type, and the numbers that are loaded."""
    lines = [f"{KIND} = type <{width} x double>"]
    for bits in sorted(numbers):
        every = ", ".join([f"double 0x{bits}"] * width)
        lines.append(f"@n{bits} = private constant {KIND} <{every}>, align {8 * width}")
    return lines


class Straight:
    """The body of one function over vectors."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        self.declared: set[str] = set()  # functions of elsewhere
        self.numbers: set[str] = set()
        self._aligned = f"align {8 * width}"
        self._count = 0
        self._addresses: dict[tuple[str, int], str] = {}

    def _line(self, text: str) -> str:
        self._count += 1
        name = f"%{self._count}"
        self.lines.append(f"{name} = {text}")
        return name

    def number(self, value: float) -> str:
        bits = struct.pack(">d", value).hex()
        self.numbers.add(bits)
        return self._line(f"load {KIND}, ptr @n{bits}, {self._aligned}")

    def _address(self, array: str, slot: int) -> str:
        if not slot:
            return f"%{array}"
        address = self._addresses.get((array, slot))
        if address is None:
            address = self._line(f"getelementptr {KIND}, ptr %{array}, i64 {slot}")
            self._addresses[array, slot] = address
        return address

    def load(self, array: str, slot: int = 0) -> str:
        return self._line(f"load {KIND}, ptr {self._address(array, slot)}, {self._aligned}")

    def store(self, value: str, array: str, slot: int) -> None:
        self.lines.append(f"store {KIND} {value}, ptr {self._address(array, slot)}, {self._aligned}")

    def binary(self, word: str, a: str, b: str) -> str:
        return self._line(f"{word} {KIND} {a}, {b}")

    def negative(self, a: str) -> str:
        return self._line(f"fneg {KIND} {a}")

    def call(self, function: str, *args: str) -> str:
        self.declared.add(f"declare {KIND} @{function}({', '.join([KIND] * len(args))})")
        return self._line(f"call {KIND} @{function}({', '.join([f'{KIND} {arg}' for arg in args])})")

    def powers(self, args: Sequence[str]) -> list[str]:
        """As many powers as `TOGETHER` has: base, exponent, base, exponent, …"""
        count = len(args) // 2
        result, function = f"{{{', '.join([KIND] * count)}}}", MATH.format(f"pow{count}")
        self.declared.add(f"declare {result} @{function}({', '.join([KIND] * len(args))})")
        all_of_them = self._line(f"call {result} @{function}({', '.join([f'{KIND} {arg}' for arg in args])})")
        return [self._line(f"extractvalue {result} {all_of_them}, {place}") for place in range(count)]

    def intrinsic(self, name: str, *args: str) -> str:
        return self.call(f"llvm.{name}.v{self.width}f64", *args)

    def fma(self, a: str, b: str, c: str) -> str:
        return self.intrinsic("fma", a, b, c)

    def compare(self, word: str, a: str, b: str) -> str:
        return self._line(f"fcmp {word} {KIND} {a}, {b}")

    def mask(self, word: str, a: str, b: str) -> str:
        return self._line(f"{word} <{self.width} x i1> {a}, {b}")

    def choose(self, mask: str, then: str, otherwise: str) -> str:
        return self._line(f"select <{self.width} x i1> {mask}, {KIND} {then}, {KIND} {otherwise}")

    def unless_nan(self, a: str, otherwise: str) -> str:
        return self.choose(self.compare("uno", a, a), a, otherwise)

    def truth(self, a: str) -> str:
        """The mask of lanes that are not 0; a NaN counts as true."""
        return self.compare("une", a, self.number(0.0))

    def as_real(self, mask: str) -> str:
        return self.choose(mask, self.number(1.0), self.number(0.0))

    def text(self, name: str, internal: bool) -> str:
        """The function as LLVM text; without its own alignment, what waits in memory would lie across cache lines."""
        linkage = "internal " if internal else ""
        head = f"define {linkage}void @{name}({SIGNATURE}) nounwind alignstack({8 * self.width}) {{"
        return "\n".join([head, *self.lines, "ret void", "}", ""])


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
