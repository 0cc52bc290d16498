"""Formula text to expression: the infix notation of SBML Level 3, read by a bounded parser of our own.

What `printing` writes is read back as the same expression. A number may carry a unit (`3 nM`, `3 "nmol/L"`); an id
that is also a reserved word is quoted (`` `pi` ``). Chains whose meaning differs between languages (`a^b^c`,
`a && b || c`) are refused with the remedy. `log(x)` is the decimal logarithm, as in SBML; `ln(x)` is the natural one.
"""

from __future__ import annotations

import re
from typing import Final

from ..base.errors import ModelError, Problem
from .expression import CONSTANTS, Expression, apply, call, constant, name, number, time
from .notation import FUNCTIONS, RELATIONS, remainder

DEEPEST: Final = 256
LONGEST: Final = 1_000_000  # characters

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|`(?P<quoted>[^`\n]+)`"
    r'|"(?P<unit>[^"\n]+)"|(?P<sign><=|>=|==|!=|&&|\|\||\*\*|[-+*/^%(),<>!]))'
)


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
        >>> from pleio.mechanisms.printing import print_formula
        >>> print_formula(parse_formula("a-b*c^2"))
        'a - b * c^2'
    """
    subject = where or (f"'{text}'" if len(text) <= 80 else f"'{text[:60]}…'")
    if len(text) > LONGEST:
        raise ModelError(subject, f"is {len(text):,} characters; formulas of up to {LONGEST:,} are read")
    return _Parser(text, subject).parse()


class _Parser:
    """Reads tokens left to right without recursion: each open parenthesis or call has a `_Level` of its own."""

    def __init__(self, text: str, subject: str) -> None:
        self.subject = subject
        self.tokens: list[tuple[str, str, int]] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                at += len(text[at:end]) - len(text[at:end].lstrip())
                raise self.error("has no place in a formula", text[at], at)
            self.tokens.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
            at = match.end()
        self.at = 0

    def error(self, what: str, token: str = "", at: int | None = None, help: str = "") -> ModelError:
        place = "" if at is None else f"column {at + 1}"
        return ModelError(self.subject, Problem(place, f"'{token}' {what}" if token else what, help))

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "", -1)

    def parse(self) -> Expression:
        if not self.tokens:
            raise self.error("is empty", help="write a formula such as k * S")
        levels = [_Level("", "", 0)]
        while self.at < len(self.tokens):
            kind, token, at = self.tokens[self.at]
            self.at += 1
            try:
                if kind == "sign":
                    self.sign(levels, token, at)
                else:
                    self.operand(levels, kind, token, at)
            except _Misplaced as fault:
                raise self.error(
                    str(fault) or "has no place here", "" if str(fault) else token, at, fault.help
                ) from None
        if len(levels) > 1:
            raise self.error("is not closed", f"{levels[-1].function}(", levels[-1].at)
        try:
            result = levels[0].close()
        except _Misplaced:
            raise self.error("ends where a value is needed") from None
        return self.bounded(result)

    def bounded(self, result: Expression) -> Expression:
        if result.depth > DEEPEST:
            raise self.error(f"nests deeper than {DEEPEST} levels", help="split it into assignments")
        return result

    def operand(self, levels: list[_Level], kind: str, token: str, at: int) -> None:
        if kind == "unit" or not levels[-1].awaits_value:
            raise _Misplaced
        if kind == "number":
            levels[-1].value(number(float(token), self.unit()))
        elif self.peek()[1] == "(" and self.peek()[0] == "sign":
            self.at += 1
            self.open(levels, _Level(token, kind, at))
        else:
            levels[-1].value(name(token) if kind == "quoted" else self.word(token))

    def sign(self, levels: list[_Level], token: str, at: int) -> None:
        if token == "(" and levels[-1].awaits_value:
            self.open(levels, _Level("", "", at))
        elif token == "," and levels[-1].function:
            levels[-1].argument()
        elif token == ")" and len(levels) > 1:
            levels[-2].value(self.bounded(self.close(levels.pop())))
        else:
            levels[-1].operator(token)

    def open(self, levels: list[_Level], level: _Level) -> None:
        if len(levels) >= DEEPEST:
            raise self.error(f"nests deeper than {DEEPEST} levels", help="split it into assignments")
        levels.append(level)

    def close(self, level: _Level) -> Expression:
        if not level.function:
            return level.close()
        if level.arguments or not level.is_empty:
            level.argument()
        args = level.arguments
        build = FUNCTIONS.get(level.function) if level.kind == "name" else None
        if build is None:
            return call(level.function, *args)
        try:
            return build(*args)
        except TypeError:
            raise self.error(f"cannot take {len(args)} argument(s)", level.function, level.at) from None
        except ValueError as fault:
            raise self.error(str(fault), at=level.at) from None

    def unit(self) -> str:
        kind, token, _ = self.peek()
        if kind == "unit" or (kind == "name" and token not in ("and", "or")):
            self.at += 1
            return token
        return ""

    def word(self, token: str) -> Expression:
        if token == "time":
            return time()
        if token in ("inf", "infinity", "nan", "notanumber"):
            return number(float("inf" if token.startswith("inf") else "nan"), self.unit())
        return constant(token) if token in CONSTANTS else name(token)


class _Misplaced(Exception):
    """A token stands where it cannot; the message says why, if there is more to say."""

    def __init__(self, what: str = "", help: str = "") -> None:
        self.help = help
        super().__init__(what)


class _Level:
    """What has been read within one pair of parentheses, from the loosest binding to the tightest."""

    def __init__(self, function: str, kind: str, at: int) -> None:
        self.function, self.kind, self.at = function, kind, at
        self.arguments: list[Expression] = []
        self.clear()

    def clear(self) -> None:
        self.conditions: list[Expression] = []
        self.joined = ""
        self.compared: tuple[Expression, str] | None = None
        self.terms: list[Expression] = []
        self.subtract = False
        self.factors: list[Expression] = []
        self.divide = ""
        self.prefixes: list[str] = []
        self.base: Expression | None = None
        self.exponent_negative = self.raised = False
        self.current: Expression | None = None

    @property
    def awaits_value(self) -> bool:
        return self.current is None

    @property
    def is_empty(self) -> bool:
        started = (self.conditions, self.compared, self.terms, self.factors, self.prefixes, self.base, self.current)
        return not any(part for part in started)

    def value(self, value: Expression) -> None:
        if self.base is not None:
            value = apply("power", self.base, apply("negative", value) if self.exponent_negative else value)
            self.base, self.exponent_negative, self.raised = None, False, True
        self.current = value

    def operator(self, sign: str) -> None:
        if self.current is None:
            self.prefix(sign)
        elif sign in ("^", "**"):
            if self.raised:
                raise _Misplaced("a power of a power", "write (a^b)^c or a^(b^c)")
            self.base, self.current = self.current, None
        elif sign in ("*", "/", "%"):
            self.end_factor()
            self.divide = sign.replace("*", "")
        elif sign in ("+", "-"):
            self.end_term()
            self.subtract = sign == "-"
        elif sign in RELATIONS:
            if self.compared:
                raise _Misplaced("compares more than two things", "join two comparisons with &&")
            self.compared = (self.end_sum(), RELATIONS[sign])
        elif sign in ("&&", "||"):
            if self.joined not in ("", sign):
                raise _Misplaced("mixes && and ||", "put parentheses around one of them")
            self.end_comparison()
            self.joined = sign
        else:
            raise _Misplaced

    def prefix(self, sign: str) -> None:
        if self.base is not None and sign == "-" and not self.exponent_negative:
            self.exponent_negative = True
        elif self.base is None and sign in ("-", "+", "!"):
            self.prefixes.append(sign)
        else:
            raise _Misplaced

    def end_factor(self) -> None:
        factor = self.current
        if factor is None:
            raise _Misplaced
        for sign in reversed(self.prefixes):
            factor = factor if sign == "+" else apply("negative" if sign == "-" else "not", factor)
        if self.divide:
            left = _joined("times", self.factors)
            self.factors = [apply("divide", left, factor) if self.divide == "/" else remainder(left, factor)]
        else:
            self.factors.append(factor)
        self.current, self.prefixes, self.divide, self.raised = None, [], "", False

    def end_term(self) -> None:
        self.end_factor()
        term = _joined("times", self.factors)
        self.terms.append(apply("negative", term) if self.subtract else term)
        self.factors, self.subtract = [], False

    def end_sum(self) -> Expression:
        self.end_term()
        total = _joined("plus", self.terms)
        self.terms = []
        return total

    def end_comparison(self) -> None:
        total = self.end_sum()
        self.conditions.append(apply(self.compared[1], self.compared[0], total) if self.compared else total)
        self.compared = None

    def close(self) -> Expression:
        self.end_comparison()
        return _joined("or" if self.joined == "||" else "and", self.conditions)

    def argument(self) -> None:
        argument = self.close()
        self.clear()
        self.arguments.append(argument)


def _joined(op: str, parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else apply(op, *parts)
