"""Expressions: one frozen, hash-consed node type, its small vocabulary, and the ways to walk it.

Two equal expressions are one object, so `is`, `==` and hashing cost nothing and passes may be memoised on nodes. The
vocabulary is closed and small; richer notations (`sec`, `a - b`, `quotient`) are spelt in it when they are read
(`formula.py`). Evaluation follows IEEE arithmetic, left to right; a truth value is 1 or 0, and a number is true
unless it is 0.

    op          args                          value
    number                                    float; `unit` is a unit text or ""
    name                                      id of a quantity of the network
    constant                                  one of CONSTANTS
    time
    plus times  any number, in order
    divide power                two
    negative not                one
    and or xor min max          any number (min, max: at least one)
    eq neq lt leq gt geq        two
    piecewise   value, condition, value, condition, …[, otherwise]; without `otherwise` NaN where no condition holds
    abs exp ln log10 sqrt floor ceiling factorial sin cos tan … (UNARY)          one
    call        arguments                     id of a function definition
    delay       expression, lag ≥ 0
    rateOf                                    id: its derivative with respect to time
    baseline                                  id: its value at the end of the baseline phase
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, Final
from weakref import WeakValueDictionary

UNARY: Final = frozenset({
    "abs", "exp", "ln", "log10", "sqrt", "floor", "ceiling", "factorial", "sin", "cos", "tan", "sinh", "cosh",
    "tanh", "arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh", "negative", "not",
})  # fmt: skip
BINARY: Final = frozenset(["divide", "power", "eq", "neq", "lt", "leq", "gt", "geq"])
VARIADIC: Final = frozenset(["plus", "times", "and", "or", "xor", "min", "max"])
LOGICAL: Final = frozenset(["eq", "neq", "lt", "leq", "gt", "geq", "and", "or", "xor", "not"])

AVOGADRO: Final = 6.02214179e23  # the value SBML Level 3 fixes (CODATA 2006)
CONSTANTS: Final[Mapping[str, float]] = {
    "pi": math.pi,
    "exponentiale": math.e,
    "avogadro": AVOGADRO,
    "true": 1.0,
    "false": 0.0,
}


class Expression:
    """One node; make it with `number`, `name`, `constant`, `time` or `apply`, never directly.

    Attributes:
        op: a word of the vocabulary above.
        args: the operands.
        value: the number, id or constant of a leaf or call; None otherwise.
        unit: the unit text of a number; "" where none is stated.
        depth: one more than that of the deepest operand.
    """

    __slots__ = ("__weakref__", "_digest", "args", "depth", "op", "unit", "value")

    op: str
    args: tuple[Expression, ...]
    value: float | str | None
    unit: str
    depth: int
    _digest: bytes

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError("an expression is not changed; make another one")

    def __reduce__(self) -> tuple[Callable[..., Expression], tuple[Any, ...]]:
        return _node, (self.op, self.args, self.value, self.unit)

    def __repr__(self) -> str:
        from .printing import print_formula

        return f"<{print_formula(self)}>"

    @property
    def digest(self) -> bytes:
        """The SHA-256 of the content: equal in every process."""
        if not hasattr(self, "_digest"):
            for node in walk(self):
                if not hasattr(node, "_digest"):
                    head = f"{node.op}\0{node.value!r}\0{node.unit}\0{len(node.args)}\0".encode()
                    tail = b"".join(child._digest for child in node.args)
                    object.__setattr__(node, "_digest", hashlib.sha256(head + tail).digest())
        result: bytes = self._digest
        return result


_KNOWN: WeakValueDictionary[tuple[Any, ...], Expression] = WeakValueDictionary()  # the one place nodes are shared
_LOCK = Lock()


def _node(op: str, args: tuple[Expression, ...], value: float | str | None = None, unit: str = "") -> Expression:
    key = (op, args, repr(value), unit)  # repr tells 0.0 from -0.0 and joins all NaN
    with _LOCK:
        node = _KNOWN.get(key)
        if node is None:
            node = object.__new__(Expression)
            depth = 1 + max((arg.depth for arg in args), default=0)
            for field, content in (("op", op), ("args", args), ("value", value), ("unit", unit), ("depth", depth)):
                object.__setattr__(node, field, content)
            _KNOWN[key] = node
    return node


def number(value: float, unit: str = "") -> Expression:
    """Make a number, with the unit it was written in if any."""
    return _node("number", (), float(value), unit)


def name(value: str) -> Expression:
    """Make a reference to a quantity of the network."""
    return _node("name", (), value)


def constant(value: str) -> Expression:
    """Make one of CONSTANTS.

    Raises:
        ValueError: it is none of them.
    """
    if value not in CONSTANTS:
        raise ValueError(f"'{value}' is not one of {', '.join(CONSTANTS)}")
    return _node("constant", (), value)


def time() -> Expression:
    """Make the current time."""
    return _node("time", ())


def rate_of(value: str) -> Expression:
    """Make the derivative of a quantity with respect to time."""
    return _node("rateOf", (), value)


def baseline(value: str) -> Expression:
    """Make the value of a quantity at the end of the baseline phase."""
    return _node("baseline", (), value)


def call(function: str, *args: Expression) -> Expression:
    """Make a call of a function that the network defines."""
    return _node("call", args, function)


def apply(op: str, *args: Expression) -> Expression:
    """Apply an operation; the negative of a number is folded into the number.

    Raises:
        ValueError: the operation does not exist, or takes another number of operands.

    Example:
        >>> apply("plus", name("a"), number(2)) is apply("plus", name("a"), number(2))
        True
    """
    if op in UNARY:
        fits = len(args) == 1
    elif op in BINARY or op == "delay":
        fits = len(args) == 2
    elif op in ("min", "max", "piecewise"):
        fits = len(args) >= 1
    else:
        fits = op in VARIADIC
    if not fits:
        raise ValueError(f"'{op}' cannot be applied to {len(args)} operand(s)")
    if op == "negative" and args[0].op == "number" and isinstance(args[0].value, float):
        return number(-args[0].value, args[0].unit)
    return _node(op, args)


ZERO: Final = number(0.0)
ONE: Final = number(1.0)


def walk(*roots: Expression) -> Iterator[Expression]:
    """Yield every node once, operands before what uses them, without recursion."""
    seen: set[Expression] = set()
    for root in roots:
        stack = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((arg, False) for arg in reversed(node.args))


def rewrite(root: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Rebuild an expression from the leaves up, passing each rebuilt node through `change`."""
    done: dict[Expression, Expression] = {}
    for node in walk(root):
        args = tuple(done[arg] for arg in node.args)
        done[node] = change(node if args == node.args else with_args(node, args))
    return done[root]


def with_args(node: Expression, args: Iterable[Expression]) -> Expression:
    """Give the same operation on other operands."""
    args = tuple(args)
    return apply(node.op, *args) if node.op == "negative" else _node(node.op, args, node.value, node.unit)


def substitute(root: Expression, meaning: Mapping[str, Expression]) -> Expression:
    """Replace names by expressions, all at once; `rateOf` and `baseline` follow a name that becomes another name.

    Raises:
        ValueError: the name in `rateOf` or `baseline` is replaced by something that is not a name.
    """

    def change(node: Expression) -> Expression:
        new = meaning.get(node.value) if isinstance(node.value, str) else None
        if new is None or node.op not in ("name", "rateOf", "baseline"):
            return node
        if node.op == "name":
            return new
        if new.op != "name":
            raise ValueError(f"{node.op} takes the name of a quantity, not a formula")
        return _node(node.op, (), new.value)

    return rewrite(root, change)


def names(*roots: Expression) -> set[str]:
    """Collect the quantities that expressions refer to, also inside `rateOf` and `baseline`."""
    return set().union(*map(_names, roots))


@lru_cache(maxsize=16_384)
def _names(root: Expression) -> frozenset[str]:
    return frozenset(str(node.value) for node in walk(root) if node.op in ("name", "rateOf", "baseline"))


def uses(op: str, *roots: Expression) -> bool:
    """Say whether an operation occurs anywhere in the expressions."""
    return any(node.op == op for node in walk(*roots))
