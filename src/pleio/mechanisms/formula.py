"""Formula text to expression and back: the infix notation of SBML Level 3, read by a bounded parser of our own.

`parse_formula(print_formula(e)) is e` for every expression. A number may carry a unit (`3 nM`, `3 "nmol/L"`); an id
that is also a reserved word is quoted (`` `pi` ``). Chains whose meaning differs between languages (`a^b^c`,
`a && b || c`) are refused with the remedy. `log(x)` is the decimal logarithm, as in SBML; `ln(x)` is the natural one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from ..base.errors import ModelError, Problem
from .expression import (
    BINARY,
    CONSTANTS,
    LOGICAL,
    ONE,
    UNARY,
    VARIADIC,
    Expression,
    apply,
    baseline,
    call,
    constant,
    name,
    number,
    rate_of,
    time,
    walk,
)

DEEPEST: Final = 256
LONGEST: Final = 1_000_000  # characters

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|`(?P<quoted>[^`\n]+)`"
    r'|"(?P<unit>[^"\n]+)"|(?P<sign><=|>=|==|!=|&&|\|\||\*\*|[-+*/^%(),<>!]))'
)
_RELATIONS = {"==": "eq", "!=": "neq", "<": "lt", "<=": "leq", ">": "gt", ">=": "geq"}
_WORDS = {"time", "inf", "infinity", "nan", "notanumber", *CONSTANTS}


def _chain(op: str) -> Callable[..., Expression]:
    """`a < b < c` means `a < b && b < c`."""

    def build(*args: Expression) -> Expression:
        if len(args) == 2 or op == "neq":
            return apply(op, *args)
        return apply("and", *(apply(op, a, b) for a, b in pairwise(args)))

    return build


def _minus(a: Expression, *rest: Expression) -> Expression:
    if not rest:
        return apply("negative", a)
    (b,) = rest
    return apply("plus", a, apply("negative", b))


def _root(a: Expression, *rest: Expression) -> Expression:
    if not rest or (a.op == "number" and a.value == 2.0):
        return apply("sqrt", *(rest or (a,)))
    (radicand,) = rest
    return apply("power", radicand, apply("divide", ONE, a))


def _log(a: Expression, *rest: Expression) -> Expression:
    if not rest or (a.op == "number" and a.value == 10.0):
        return apply("log10", *(rest or (a,)))
    (argument,) = rest
    return apply("divide", apply("ln", argument), apply("ln", a))


def _quotient(a: Expression, b: Expression) -> Expression:
    ratio = apply("divide", a, b)
    return apply("piecewise", apply("floor", ratio), apply("geq", ratio, number(0)), apply("ceiling", ratio))


def _remainder(a: Expression, b: Expression) -> Expression:
    return apply("plus", a, apply("negative", apply("times", b, _quotient(a, b))))


def _over(op: str) -> Callable[[Expression], Expression]:
    return lambda x: apply("divide", ONE, apply(op, x))


def _of_inverse(op: str) -> Callable[[Expression], Expression]:
    return lambda x: apply(op, apply("divide", ONE, x))


def _rate_of(x: Expression) -> Expression:
    if x.op != "name":
        raise ValueError("'rateOf' takes the name of a quantity")
    return rate_of(str(x.value))


def _baseline(x: Expression) -> Expression:
    if x.op != "name":
        raise ValueError("'baseline' takes the name of a quantity")
    return baseline(str(x.value))


# every word that may stand before a parenthesis, or that MathML has as an element, and what it builds
FUNCTIONS: Final[dict[str, Callable[..., Expression]]] = {
    **{op: partial(apply, op) for op in sorted(UNARY | BINARY | VARIADIC | {"piecewise"})},
    **{op: _chain(op) for op in _RELATIONS.values()},
    "delay": lambda x, lag: apply("delay", x, lag),
    "rateOf": _rate_of,
    "baseline": _baseline,
    "minus": _minus,
    "root": _root,
    "log": _log,
    "quotient": _quotient,
    "rem": _remainder,
    "implies": lambda a, b: apply("or", apply("not", a), b),
    "pow": lambda a, b: apply("power", a, b),
    "sqr": lambda x: apply("power", x, number(2)),
    "ceil": lambda x: apply("ceiling", x),
    **{f"a{op}": partial(apply, f"arc{op}") for op in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{word: _over(op) for word, op in [("sec", "cos"), ("csc", "sin"), ("cot", "tan")]},
    **{word: _over(op) for word, op in [("sech", "cosh"), ("csch", "sinh"), ("coth", "tanh")]},
    **{f"arc{word}": _of_inverse(f"arc{op}") for word, op in [("sec", "cos"), ("csc", "sin"), ("cot", "tan")]},
    **{f"arc{word}": _of_inverse(f"arc{op}") for word, op in [("sech", "cosh"), ("csch", "sinh"), ("coth", "tanh")]},
}  # fmt: skip


def parse_formula(text: str, *, where: str = "") -> Expression:
    """Parse a formula.

    Args:
        text: infix notation, at most a million characters.
        where: what errors call the formula; the text itself by default.

    Raises:
        ModelError: the text is not a formula, or nests deeper than 256 levels.

    Example:
        >>> parse_formula("k1 * S / (Km + S)")
        <k1 * S / (Km + S)>
        >>> print_formula(parse_formula("a-b*c^2"))
        'a - b * c^2'
    """
    subject = where or (f"'{text}'" if len(text) <= 80 else f"'{text[:60]}…'")
    if len(text) > LONGEST:
        raise ModelError(subject, f"is {len(text):,} characters; formulas of up to {LONGEST:,} are read")
    return _Parser(text, subject).parse()


class _Parser:
    """Recursive descent over tokens; every nesting goes through `disjunction` or `unary`, which count the depth."""

    def __init__(self, text: str, subject: str) -> None:
        self.subject = subject
        self.tokens: list[tuple[str, str, int]] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise self.error("has no place in a formula", text[at:end].strip()[:1], at)
            self.tokens.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
            at = match.end()
        self.at = 0
        self.depth = 0

    def error(self, what: str, token: str = "", at: int | None = None, help: str = "") -> ModelError:
        place = "" if at is None else f"column {at + 1}"
        return ModelError(self.subject, Problem(place, f"'{token}' {what}" if token else what, help))

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "", -1)

    def take(self, *signs: str) -> str:
        kind, token, _ = self.peek()
        if kind == "sign" and token in signs:
            self.at += 1
            return token
        return ""

    def parse(self) -> Expression:
        if not self.tokens:
            raise self.error("is empty", help="write a formula such as k * S")
        result = self.disjunction()
        kind, token, at = self.peek()
        if kind != "end":
            raise self.error("has no place here", token, at)
        if result.depth > DEEPEST:
            raise self.error(f"nests deeper than {DEEPEST} levels", help="split it into assignments")
        return result

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"nests deeper than {DEEPEST} levels", help="split it into assignments")

    def disjunction(self) -> Expression:
        self.deeper()
        args = [self.relation()]
        joined = ""
        while sign := self.take("&&", "||"):
            if joined and sign != joined:
                raise self.error("mixes && and ||", help="put parentheses around one of them")
            joined = sign
            args.append(self.relation())
        self.depth -= 1
        return apply("and" if joined == "&&" else "or", *args) if joined else args[0]

    def relation(self) -> Expression:
        left = self.sum()
        if sign := self.take(*_RELATIONS):
            left = apply(_RELATIONS[sign], left, self.sum())
            if self.peek()[1] in _RELATIONS:
                raise self.error("compares more than two things", help="join two comparisons with &&")
        return left

    def sum(self) -> Expression:
        args = [self.product()]
        while sign := self.take("+", "-"):
            term = self.product()
            args.append(apply("negative", term) if sign == "-" else term)
        return apply("plus", *args) if len(args) > 1 else args[0]

    def product(self) -> Expression:
        args = [self.unary()]
        while sign := self.take("*", "/", "%"):
            factor = self.unary()
            if sign == "*":
                args.append(factor)
                continue
            left = apply("times", *args) if len(args) > 1 else args[0]
            args = [apply("divide", left, factor) if sign == "/" else _remainder(left, factor)]
        return apply("times", *args) if len(args) > 1 else args[0]

    def unary(self) -> Expression:
        self.deeper()
        if sign := self.take("-", "+", "!"):
            operand = self.unary()
            result = operand if sign == "+" else apply("negative" if sign == "-" else "not", operand)
        else:
            result = self.power()
        self.depth -= 1
        return result

    def power(self) -> Expression:
        base = self.atom()
        if self.take("^", "**"):
            exponent = apply("negative", self.atom()) if self.take("-") else self.atom()
            if self.take("^", "**"):
                raise self.error("a power of a power", help="write (a^b)^c or a^(b^c)")
            return apply("power", base, exponent)
        return base

    def atom(self) -> Expression:
        kind, token, at = self.peek()
        self.at += 1
        if kind == "number":
            return number(float(token), self.unit())
        if kind == "sign" and token == "(":
            inner = self.disjunction()
            if not self.take(")"):
                raise self.error("is not closed", "(", at)
            return inner
        if kind in ("name", "quoted"):
            if self.take("("):
                return self.function(token, at, quoted=kind == "quoted")
            return name(token) if kind == "quoted" else self.word(token)
        if kind == "end":
            raise self.error("ends where a value is needed")
        raise self.error("has no place here", token, at)

    def unit(self) -> str:
        kind, token, _ = self.peek()
        if kind in ("unit", "name"):
            self.at += 1
            return token
        return ""

    def word(self, token: str) -> Expression:
        if token == "time":
            return time()
        if token in ("inf", "infinity", "nan", "notanumber"):
            return number(float(token[:3].replace("not", "nan")), self.unit())
        return constant(token) if token in CONSTANTS else name(token)

    def function(self, token: str, at: int, *, quoted: bool) -> Expression:
        args: list[Expression] = []
        if not self.take(")"):
            args.append(self.disjunction())
            while self.take(","):
                args.append(self.disjunction())
            if not self.take(")"):
                raise self.error("is not closed", f"{token}(", at)
        build = None if quoted else FUNCTIONS.get(token)
        if build is None:
            return call(token, *args)
        try:
            return build(*args)
        except TypeError:
            raise self.error(f"cannot take {len(args)} argument(s)", token, at) from None
        except ValueError as fault:
            raise self.error(str(fault), at=at) from None


# how tightly what was printed binds: a part is put in parentheses when it binds no tighter than its place asks
_ATOM, _POWER, _UNARY, _PRODUCT, _SUM, _RELATION, _LOGIC = range(7)
_SIGNS = {op: sign for sign, op in _RELATIONS.items()}


def print_formula(root: Expression) -> str:
    """Write an expression in the notation that `parse_formula` reads; the two are inverse.

    Example:
        >>> print_formula(apply("power", number(-2), number(0.5)))
        '(-2)^0.5'
    """
    done: dict[Expression, tuple[str, int]] = {}
    for node in walk(root):
        done[node] = _print(node, done)
    return done[root][0]


def _print(node: Expression, done: dict[Expression, tuple[str, int]]) -> tuple[str, int]:
    def part(arg: Expression, loosest: int) -> str:
        text, binding = done[arg]
        return text if binding <= loosest else f"({text})"

    op, args, value = node.op, node.args, node.value
    if op == "number" and isinstance(value, float):
        return _print_number(value, node.unit)
    if op == "time":
        return "time", _ATOM
    if op == "constant":
        return str(value), _ATOM
    if op == "name":
        return (f"`{value}`" if value in _WORDS or not _is_word(str(value)) else str(value)), _ATOM
    if op in ("rateOf", "baseline"):
        return f"{op}({_print(name(str(value)), done)[0]})", _ATOM
    if op == "plus" and len(args) > 1:
        text = part(args[0], _PRODUCT)
        for arg in args[1:]:
            inner, binding = done[arg]
            if arg.op == "negative":
                text += f" - {part(arg.args[0], _PRODUCT)}"
            elif arg.op == "number" and inner.startswith("-"):
                text += f" - {inner[1:]}"
            else:
                text += f" + {inner if binding <= _PRODUCT and binding != _UNARY else f'({inner})'}"
        return text, _SUM
    if op == "times" and len(args) > 1:
        first = f"({done[args[0]][0]})" if args[0].op == "times" else part(args[0], _PRODUCT)
        return " * ".join([first, *(part(arg, _POWER) for arg in args[1:])]), _PRODUCT
    if op == "divide":
        return f"{part(args[0], _PRODUCT)} / {part(args[1], _POWER)}", _PRODUCT
    if op == "power":
        return f"{part(args[0], _ATOM)}^{part(args[1], _ATOM)}", _POWER
    if op == "negative":
        return f"-{part(args[0], _POWER)}", _UNARY
    if op == "not":
        return f"!{part(args[0], _POWER)}", _UNARY
    if op in _SIGNS:
        return f"{part(args[0], _SUM)} {_SIGNS[op]} {part(args[1], _SUM)}", _RELATION
    if op in ("and", "or") and len(args) > 1:
        return (" && " if op == "and" else " || ").join(part(arg, _RELATION) for arg in args), _LOGIC
    head = op
    if op == "call":
        head = f"`{value}`" if value in FUNCTIONS or not _is_word(str(value)) else str(value)
    return f"{head}({', '.join(done[arg][0] for arg in args)})", _ATOM


def _print_number(value: float, unit: str) -> tuple[str, int]:
    text = repr(value).removesuffix(".0")
    return (f'{text} "{unit}"' if unit else text), _UNARY if text.startswith("-") else _ATOM


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]\w*", text) is not None


def is_logical(node: Expression) -> bool:
    """Say whether an expression is a truth value by its form."""
    return node.op in LOGICAL or (node.op == "constant" and node.value in ("true", "false"))
