"""Claims as JSON Lines, one a line, as `Claim.to_json` writes them: read as a stream, every bad line named.

Memory does not grow with the file, whatever it claims to hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ..base.errors import ClaimError, Problem
from .claim import Claim

LONGEST_LINE = 1_000_000  # bytes
MOST_ROWS = 5_000_000
MOST_PROBLEMS = 100

T = TypeVar("T")
Check = Callable[[Mapping[str, Any], Claim | None], Iterable[Problem]]  # a claim's JSON, and the claim if it is one


def no_check(content: Mapping[str, Any], claim: Claim | None) -> Iterable[Problem]:
    """Find nothing."""
    return ()


def read_lines(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims from JSON Lines as they are asked for.

    Args:
        check: finds further problems in the JSON of a claim.

    Raises:
        ClaimError: after the last line, for every line that is no claim (the first hundred); at once, if the file is
            missing or has too many lines.
    """
    return checked(path, objects(path), lambda value: _sound(value, check))


def objects(path: Path) -> Iterator[tuple[str, Any]]:
    """Give each line's JSON value and where it stands; a ClaimError in place of a value that cannot be read."""
    for where, text in text_lines(path):
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
    try:
        with open(path, "rb") as file:
            number = 0
            while raw := file.readline(LONGEST_LINE + 1):
                number += 1
                where = f"{path.name}:{number}"
                if number > MOST_ROWS:
                    raise ClaimError(str(path), Problem(f"line {number:,}", f"only {MOST_ROWS:,} lines are read"))
                if len(raw) > LONGEST_LINE:
                    yield where, ClaimError(where, Problem("", f"is longer than {LONGEST_LINE:,} bytes"))
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(LONGEST_LINE)
                    continue
                try:
                    yield where, raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as fault:
                    yield where, ClaimError(where, Problem(f"byte {fault.start}", "is not UTF-8"))
    except OSError as fault:
        raise ClaimError(str(path), f"cannot be read: {fault.strerror}") from None


def checked(path: Path, values: Iterable[tuple[str, Any]], make: Callable[[Any], T]) -> Iterator[T]:
    """Make something of each value, collecting what is wrong; raise it all at the end.

    Args:
        values: each value or its ClaimError, and where it stands.
        make: may raise ClaimError.
    """
    problems: list[Problem] = []
    for where, value in values:
        try:
            if isinstance(value, ClaimError):
                raise value
            made = make(value)
        except ClaimError as fault:
            problems += [Problem(f"{where} {item.where}".rstrip(), item.what, item.help) for item in fault.problems]
            if len(problems) >= MOST_PROBLEMS:
                problems.append(Problem("", f"reading stopped after {MOST_PROBLEMS} problems"))
                break
        else:
            if not problems:  # nothing will be kept: only look for further problems
                yield made
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


def _sound(value: Any, check: Check) -> Claim:
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
