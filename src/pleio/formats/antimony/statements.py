"""The statements of plain Antimony, read in this process: the part of the language that has one form per meaning.

    compartment c = 1, d                        species A in c, $B in c = 2     substanceOnly species C
    bind: A + 2 B -> AB; k * A * B^2            a reaction and its rate law (`=>` for one that never runs backwards)
    k = 0.3    k = 2 nM    x := a + b    x' = -x        a start, one with its unit, what always holds, a rate
    E: at 2 after A > 3, priority = 1: k = 2, A = 0     an event
    var k      const k = 3      k has nM        k is "binding constant"         unit nM = 1e-9 mole / litre
    function f(x, y) x * y end                  model name() … end              // # /* */

A statement ends with its line or a semicolon. Whatever else Antimony has is `NotPlain`: it says nothing about the text
but that the full reader is to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .forms import (
    ID,
    NUMBER,
    Declaration,
    EventLine,
    FunctionLine,
    ModelLine,
    NotPlain,
    ReactionLine,
    Said,
    Setting,
    Statement,
)

_DECLARATION = re.compile(r"((?:(?:const|var|substanceOnly|species|compartment)\s+)+)(\S.*)", re.ASCII)
_DECLARED = re.compile(rf"(\$)?\s*({ID})(?:\s+in\s+({ID}))?(?:\s*(:?=)\s*(\S.*))?", re.ASCII)
_SETTING = re.compile(rf"({ID})\s*(:=|'\s*=|=)\s*(\S.*)", re.ASCII)
_LABEL = re.compile(rf'({ID})\s+is\s+"([^"\\]*)"', re.ASCII)
_HAS = re.compile(rf"({ID})\s+has\s+({ID})", re.ASCII)
_UNIT = re.compile(rf"unit\s+({ID})\s*=\s*(\S.*)", re.ASCII)
_EVENT = re.compile(rf"(?:({ID})\s*:\s*)?at\b\s*(\S.*)", re.ASCII)
_OPTION = re.compile(r"(t0|persistent|fromTrigger|priority)\s*=\s*(\S.*)", re.ASCII)
_PARTICIPANT = re.compile(rf"({NUMBER})?\s*(\$)?({ID})", re.ASCII)
_FUNCTION = re.compile(rf"function\s+({ID})\s*\(([^()]*)\)(.*)", re.ASCII)
_MODEL = re.compile(rf"model\s+\*?\s*({ID})(?:\s*\(\s*\))?", re.ASCII)
_COMMENT = re.compile(r'"[^"\n]*"|//[^\n]*|#[^\n]*|/\*')


def statements(text: str) -> Iterator[Statement]:
    """Read a text's statements in order.

    Raises:
        NotPlain: a statement has none of the forms above; those before it have been given.
    """
    segments = _segments(text)
    in_model = False
    for line, segment, rate in segments:
        if segment == "end":
            if not in_model:
                raise NotPlain
            if any(True for _ in segments):
                raise NotPlain
            return
        if match := _MODEL.fullmatch(segment):
            if in_model:
                raise NotPlain
            in_model = True
            yield ModelLine(line, match[1])
        elif match := _FUNCTION.fullmatch(segment):
            body = _body(match[3], segments)
            yield FunctionLine(line, match[1], tuple(filter(None, map(str.strip, match[2].split(",")))), body)
        elif rate is not None:
            yield _reaction(line, segment, rate)
        else:
            yield from _statement(line, segment)
    if in_model:
        raise NotPlain


def _segments(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Give (line, statement, rate law of a reaction) of each statement that is not empty."""
    for number, line in enumerate(without_comments(text).split("\n"), start=1):
        if not line.isascii() or any(";" in quoted for quoted in re.findall(r'"[^"]*"', line)):
            raise NotPlain
        parts = [part.strip() for part in line.split(";")]
        at = 0
        while at < len(parts):
            part = parts[at]
            at += 1
            if "->" in part or "=>" in part:
                if at == len(parts):
                    raise NotPlain
                yield number, part, parts[at]
                at += 1
            elif part:
                yield number, part, None


def without_comments(text: str) -> str:
    """Blank out comments, keeping the lines.

    Raises:
        NotPlain: one is not closed.
    """
    if "/" not in text and "#" not in text:
        return text
    kept, at = [], 0
    while match := _COMMENT.search(text, at):
        end = match.end()
        kept.append(text[at : match.start()])
        if match[0].startswith('"'):
            kept.append(match[0])
        elif match[0] == "/*":
            end = text.find("*/", end) + 2
            if end < 2:
                raise NotPlain
            kept.append(" " + "\n" * text.count("\n", match.end(), end))
        at = end
    return "".join([*kept, text[at:]])


def _body(rest: str, segments: Iterator[tuple[int, str, str | None]]) -> str:
    """The formula of a function, up to its `end`."""
    parts = [rest.strip()]
    while not re.search(r"(?:^|[\s)])end$", parts[-1], re.ASCII):
        _, segment, rate = next(segments, (0, "", ""))
        if rate is not None:
            raise NotPlain
        parts.append(segment)
    parts[-1] = parts[-1][:-3].strip()
    found = [part for part in parts if part]
    if len(found) != 1:
        raise NotPlain
    return found[0]


def _statement(line: int, text: str) -> Iterator[Statement]:
    if match := _SETTING.fullmatch(text):
        yield Setting(line, match[1], re.sub(r"\s", "", match[2]), match[3])
    elif match := _EVENT.fullmatch(text):
        yield _event(line, match[1] or "", match[2])
    elif match := _DECLARATION.fullmatch(text):
        words = frozenset(match[1].split())
        for part in split(match[2], ","):
            declared = _DECLARED.fullmatch(part)
            if declared is None:
                raise NotPlain
            yield Declaration(
                line, words, declared[2], bool(declared[1]), declared[3] or "", declared[4] or "",
                declared[5] or "",
            )  # fmt: skip
    elif match := _UNIT.fullmatch(text) or _HAS.fullmatch(text) or _LABEL.fullmatch(text):
        word = "unit" if match.re is _UNIT else "has" if match.re is _HAS else "is"
        yield Said(line, word, match[1], match[2])
    else:
        raise NotPlain


def _reaction(line: int, text: str, rate: str) -> ReactionLine:
    left, arrow, right = text.partition("->") if "->" in text else text.partition("=>")
    head, colon, reactants = left.partition(":")
    key = head.strip() if colon else ""
    if colon and not re.fullmatch(ID, key, re.ASCII):
        raise NotPlain
    return ReactionLine(
        line, key, _side(reactants if colon else left), _side(right), arrow == "->", rate
    )  # fmt: skip


def _side(text: str) -> tuple[tuple[float, bool, str], ...]:
    if not text.strip():
        return ()
    found = []
    for term in text.split("+"):
        match = _PARTICIPANT.fullmatch(term.strip())
        if match is None:
            raise NotPlain
        found.append((float(match[1] or 1), bool(match[2]), match[3]))
    return tuple(found)


def _event(line: int, key: str, text: str) -> EventLine:
    """`[delay after] trigger[, option = value …]: assignments`; neither formula has a colon in it."""
    head, colon, tail = text.partition(":")
    if not colon or tail.startswith("="):
        raise NotPlain
    first, *others = split(head, ",")
    delay, _, trigger = ("", "", first) if " after " not in first else first.partition(" after ")
    options = {}
    for part in others:
        option = _OPTION.fullmatch(part)
        if option is None or option[1] in options:
            raise NotPlain
        options[option[1]] = option[2]
    assignments = []
    for part in split(tail, ",") if tail.strip() else ():
        setting = _SETTING.fullmatch(part)
        if setting is None or setting[2] != "=":
            raise NotPlain
        assignments.append((setting[1], setting[3]))
    return EventLine(line, key, delay.strip(), trigger.strip(), options, tuple(assignments))


def split(text: str, sign: str) -> list[str]:
    """Split at a sign that is not within parentheses."""
    if "(" not in text:
        return [part.strip() for part in text.split(sign)]
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == sign and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]
