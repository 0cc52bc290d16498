"""Formula trees of libsbml as plain lists, and such lists as our expressions.

A tree is ["cn", value, unit], ["ci", id], ["time"], ["avogadro"], ["call", function, …] or [operation, …], the
operations being the words of `mechanisms.notation.FUNCTIONS` and the constants. Only the first half needs libsbml.
"""

from __future__ import annotations

from typing import Any, Final

from ...mechanisms.expression import CONSTANTS, Expression, call, constant, name, number, time
from ...mechanisms.notation import FUNCTIONS

# libsbml's name for a node, without AST_, and our word for it
_WORDS: Final = {
    "PLUS": "plus", "MINUS": "minus", "TIMES": "times", "DIVIDE": "divide", "POWER": "power",
    "FUNCTION_POWER": "power", "FUNCTION_DELAY": "delay", "FUNCTION_RATE_OF": "rateOf",
    "LOGICAL_AND": "and", "LOGICAL_OR": "or", "LOGICAL_XOR": "xor", "LOGICAL_NOT": "not",
    "LOGICAL_IMPLIES": "implies",
    **{f"RELATIONAL_{op.upper()}": op for op in ("eq", "neq", "lt", "leq", "gt", "geq")},
    **{
        f"FUNCTION_{op.upper()}": op
        for op in (
            "abs arccos arccosh arccot arccoth arccsc arccsch arcsec arcsech arcsin arcsinh arctan arctanh ceiling cos "
            "cosh cot coth csc csch exp factorial floor ln log max min piecewise quotient rem root sec sech sin sinh "
            "tan tanh"
        ).split()
    },
    "CONSTANT_E": "exponentiale", "CONSTANT_PI": "pi", "CONSTANT_TRUE": "true", "CONSTANT_FALSE": "false",
    "NAME_TIME": "time", "NAME_AVOGADRO": "avogadro",
}  # fmt: skip


class UnreadMath(Exception):
    """A formula uses an element that is not core SBML; the message names it."""


class Trees:
    """Turns libsbml's nodes into lists, within the child process."""

    def __init__(self) -> None:
        import libsbml

        self._words = {getattr(libsbml, f"AST_{key}"): word for key, word in _WORDS.items()}
        self._ids = {libsbml.AST_NAME: "ci", libsbml.AST_FUNCTION: "call"}
        self._numbers = (libsbml.AST_INTEGER, libsbml.AST_REAL, libsbml.AST_REAL_E, libsbml.AST_RATIONAL)
        self._exponential, self._rational = libsbml.AST_REAL_E, libsbml.AST_RATIONAL

    def of(self, node: Any) -> list[Any]:
        """Give the tree of a node."""
        kind = node.getType()
        if kind in self._numbers:
            return ["cn", repr(self._number(node, kind)), node.getUnits() or ""]
        word = self._words.get(kind)
        if word in ("plus", "minus", "times", "and", "or") and node.getNumChildren() == 2:
            return self._chain(node, word)
        children = [self.of(node.getChild(i)) for i in range(node.getNumChildren())]
        if kind in self._ids:
            return [self._ids[kind], node.getName(), *children]
        if word is None:
            raise UnreadMath(node.getName() or f"element {kind}")
        return [word, *children]

    def _chain(self, node: Any, word: str) -> list[Any]:
        """Read `((a + b) - c) + d` as one sum of four: libsbml nests what was one long chain."""
        alike = ("plus", "minus") if word in ("plus", "minus") else (word,)
        parts: list[list[Any]] = []
        while self._words.get(node.getType()) in alike and node.getNumChildren() == 2:
            right = self.of(node.getChild(1))
            parts.append(["minus", right] if self._words[node.getType()] == "minus" else right)
            node = node.getChild(0)
        return [alike[0], self.of(node), *reversed(parts)]

    def _number(self, node: Any, kind: int) -> float:
        if kind == self._exponential:
            return float(f"{node.getMantissa()!r}e{node.getExponent()}")
        if kind == self._rational:
            return float(node.getNumerator() / node.getDenominator()) if node.getDenominator() else float("nan")
        return float(node.getValue())


def to_expression(tree: list[Any], units: dict[str, str]) -> Expression:
    """Build the expression of a tree; `units` spells the document's unit ids.

    Raises:
        ValueError: an operation has a number of operands that it cannot have.
    """
    op, *rest = tree
    if op == "cn":
        return number(float(rest[0]), units.get(rest[1], ""))
    if op == "ci":
        return name(rest[0])
    if op == "time":
        return time()
    if op in CONSTANTS:
        return constant(op)
    if op == "call":
        return call(rest[0], *(to_expression(part, units) for part in rest[1:]))
    try:
        return FUNCTIONS[op](*(to_expression(part, units) for part in rest))
    except TypeError:
        raise ValueError(f"'{op}' cannot take {len(rest)} operand(s)") from None
