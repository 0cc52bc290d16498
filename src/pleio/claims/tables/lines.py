"""Claims as JSON Lines, one a line, as `Claim.to_json` writes them: read as a stream, every bad line named.

Memory does not grow with the file, whatever it claims to hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ...base.errors import ClaimError, Problem
from ...base.files import readable
from ..claim import Claim

LONGEST_LINE = 1_000_000  # bytes
MOST_ROWS = 5_000_000
MOST_PROBLEMS = 100
BLOCK = 1 << 20  # bytes that are read at once

T = TypeVar("T")
Check = Callable[[Mapping[str, Any], Claim | None], Iterable[Problem]]  # a claim's JSON, and the claim if it is one


@dataclass(frozen=True)
class Faulty:
    """What is wrong with a value, in its place."""

    problems: list[Problem]


def no_check(content: Mapping[str, Any], claim: Claim | None) -> Iterable[Problem]:
    """Find nothing."""
    return ()


@dataclass(frozen=True)
class Lines:
    """Claims in a file of JSON Lines, read as they are asked for; to go through them again reads the file again.

    Going through them raises ClaimError: after the last line, for every line that is no claim (the first hundred); at
    once, if the file is missing or has too many lines.
    """

    path: Path
    check: Check = no_check

    def __iter__(self) -> Iterator[Claim]:
        return checked(self.path, objects(self.path), lambda value: sound(value, self.check))


def read_lines(path: Path, check: Check = no_check) -> Lines:
    """Read claims from JSON Lines as they are asked for.

    Args:
        check: finds further problems in the JSON of a claim.
    """
    return Lines(path, check)


def objects(path: Path) -> Iterator[tuple[str, Any]]:
    """Give each line's JSON value and where it stands; a ClaimError in place of a value that cannot be read."""
    return decoded(text_lines(path))


def decoded(lines: Iterable[tuple[str, str | ClaimError]]) -> Iterator[tuple[str, Any]]:
    """Give the JSON value of each line that is not blank, or a ClaimError."""
    for where, text in lines:
        if isinstance(text, ClaimError) or not text.strip():
            if isinstance(text, ClaimError):
                yield where, text
            continue
        try:
            yield where, _decode(text)
        except (ValueError, RecursionError) as fault:
            what = getattr(fault, "msg", None) or str(fault)
            yield where, ClaimError(where, Problem("", f"is not JSON: {what}"))


def text_lines(path: Path) -> Iterator[tuple[str, str | ClaimError]]:
    """Give each line and where it stands, of bounded length and number.

    Raises:
        ClaimError: the file cannot be opened, or has too many lines.
    """
    for number, block in blocks(path):
        yield from lines_of(path.name, number, block)


def blocks(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give a file in blocks of whole lines, each with the number of its first; a line too long is cut, which shows.

    Raises:
        ClaimError: the file cannot be opened, or has too many lines.
    """
    with readable(str(path), ClaimError), open(path, "rb") as file:
        number = 1
        while block := file.read(BLOCK):
            if not block.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE + 1)
                block += rest
                while rest and not rest.endswith(b"\n"):
                    rest = file.readline(LONGEST_LINE)
            following = number + block.count(b"\n") + (not block.endswith(b"\n"))
            if following > MOST_ROWS + 1:
                raise ClaimError(str(path), Problem(f"line {MOST_ROWS + 1:,}", f"only {MOST_ROWS:,} lines are read"))
            yield number, block
            number = following


def lines_of(name: str, number: int, block: bytes) -> Iterator[tuple[str, str | ClaimError]]:
    """Give each line of a block and where it stands.

    Args:
        name: the file's.
        number: that of the first line.
    """
    lines = block.split(b"\n")
    if not lines[-1]:
        lines.pop()
    for at, raw in enumerate(lines, start=number):
        where = f"{name}:{at}"
        if len(raw) > LONGEST_LINE:
            yield where, ClaimError(where, Problem("", f"is longer than {LONGEST_LINE:,} bytes"))
            continue
        try:
            yield where, raw.decode("utf-8-sig" if at == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            yield where, ClaimError(where, Problem(f"byte {fault.start}", "is not UTF-8"))


def checked(path: Path, values: Iterable[tuple[str, Any]], make: Callable[[Any], T]) -> Iterator[T]:
    """Make something of each value, collecting what is wrong; raise it all at the end.

    Args:
        values: each value or its ClaimError, and where it stands.
        make: may raise ClaimError.
    """
    return without_faults(path, made(values, make))


def made(values: Iterable[tuple[str, Any]], make: Callable[[Any], T]) -> Iterator[T | Faulty]:
    """Make something of each value, or give what is wrong with it."""
    for where, value in values:
        try:
            if isinstance(value, ClaimError):
                raise value
            result = make(value)
        except ClaimError as fault:
            yield Faulty([Problem(f"{where} {item.where}".rstrip(), item.what, item.help) for item in fault.problems])
        else:
            yield result


def without_faults(path: Path, values: Iterable[T | Faulty]) -> Iterator[T]:
    """Give values as long as none is faulty; raise what is wrong with all of them at the end.

    Raises:
        ClaimError: something was.
    """
    problems: list[Problem] = []
    for value in values:
        if isinstance(value, Faulty):
            problems += value.problems
            if len(problems) >= MOST_PROBLEMS:
                problems.append(Problem("", f"reading stopped after {MOST_PROBLEMS} problems"))
                break
        elif not problems:  # nothing will be kept: only look for further problems
            yield value
    if problems:
        raise ClaimError(str(path), problems)


def claim_from(value: Any) -> Claim:
    """Make a claim of a JSON object.

    Raises:
        ClaimError: for each thing that is wrong with it.
    """
    from pydantic import ValidationError

    try:
        return Claim.model_validate(value)
    except ValidationError as fault:
        raise ClaimError("claim", [_problem(item) for item in fault.errors()]) from None


def judged(content: Any, check: Check) -> tuple[Claim | None, list[Problem]]:
    """Give the claim of a JSON object, and all that is wrong with it; what is wrong in form does not end the search."""
    try:
        claim, problems = claim_from(content), []
    except ClaimError as fault:
        claim, problems = None, list(fault.problems)
    if isinstance(content, dict):
        problems += check(content, claim)
    return (None if problems else claim), problems


def sound(value: Any, check: Check = no_check) -> Claim:
    """Make a claim of a JSON object in which a check finds nothing either.

    Raises:
        ClaimError: for each thing that is wrong with it.
    """
    claim, problems = judged(value, check)
    if claim is None:
        raise ClaimError("claim", problems)
    return claim


def _problem(item: Any) -> Problem:
    where = ".".join(str(part) for part in item["loc"])
    given = item.get("input")
    shown = f", not {given!r}"[:100] if isinstance(given, str | int | float | bool) else ""
    context = item.get("ctx") or {}
    if isinstance(context.get("error"), Exception):
        return Problem(where, str(context["error"]))
    return Problem(where, item["msg"][:1].lower() + item["msg"][1:] + shown)


def _refused(word: str) -> Any:
    raise ValueError(f"'{word}' is no JSON number")


_decode = json.JSONDecoder(parse_constant=_refused).decode  # made once: `loads` would make one for each line
