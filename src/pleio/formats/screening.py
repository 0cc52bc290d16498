"""Looking at untrusted model text before any library sees it: size, encoding, depth, and what is refused outright."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.parsers import expat

from ..base.errors import ModelError, Problem
from ..base.files import read_bytes, readable

LARGEST: Final = 10_000_000  # bytes
DEEPEST: Final = 256
MOST_ENTRIES: Final = 100_000  # as `mechanisms.check` allows


def read_text(path: Path) -> str:
    """Read a model file as text.

    Raises:
        ModelError: it is missing, unreadable, empty, too large, or not text.
    """
    return decode(read_bytes(path, ModelError, largest=LARGEST), str(path))


def decode(data: bytes, subject: str) -> str:
    """Decode a model: UTF-8, or what its XML declaration says if that is Latin-1, ASCII or UTF-16 with its mark.

    Raises:
        ModelError: it is in another encoding, is not what it says, or is binary.
    """
    encoding = "utf-8-sig"
    if data[:2] == b"\x1f\x8b":
        raise ModelError(subject, Problem("", "is compressed with gzip", "unpack it first: gunzip"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif declared := re.match(rb'<\?xml[^>]*encoding\s*=\s*["\']([\w-]+)', data):
        name = declared[1].decode().lower()
        if name not in ("utf-8", "utf8"):
            encoding = name if name in ("iso-8859-1", "latin-1", "ascii", "us-ascii") else "unknown"
    if encoding == "unknown":
        raise ModelError(subject, Problem("", "is in an encoding that is not read", "save it as UTF-8"))
    with readable(subject, ModelError):
        text = data.decode(encoding)
    if "\0" in text:
        raise ModelError(subject, Problem("", "is binary, not text"))
    return text


def check_length(text: str, subject: str) -> None:
    """Refuse a text that is too large.

    Raises:
        ModelError: it is.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise ModelError(subject, f"is larger than {LARGEST:,} bytes")


def screen_xml(text: str, subject: str) -> str:
    """Check that XML is well formed, not too large or deep, and declares no document type.

    Returns:
        The text, declared to be UTF-8.

    Raises:
        ModelError: it is not so.
    """
    check_length(text, subject)
    body = re.sub(r"^\s*<\?xml[^>]*\?>", lambda match: "\n" * match[0].count("\n"), text, count=1)
    text = f'<?xml version="1.0" encoding="UTF-8"?>{body}'
    parser = expat.ParserCreate()
    depth = counted = 0

    def at() -> str:
        return f"line {parser.CurrentLineNumber}"

    def start(element: str, _: object) -> None:
        nonlocal depth, counted
        depth += 1
        counted += element in ("species", "parameter", "reaction", "compartment")
        if depth > DEEPEST:
            raise ModelError(subject, Problem(at(), f"nests deeper than {DEEPEST} elements"))
        if counted > MOST_ENTRIES:
            raise ModelError(subject, Problem(at(), f"has more than {MOST_ENTRIES:,} quantities and reactions"))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise ModelError(
            subject, Problem(at(), "declares a document type (DOCTYPE)", "remove it; entities are not read")
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as fault:
        what = f"is not well-formed XML: {expat.ErrorString(fault.code)}"
        raise ModelError(subject, Problem(f"line {fault.lineno}, column {fault.offset + 1}", what)) from None
    except UnicodeEncodeError:
        raise ModelError(subject, "is not text that can be encoded") from None
    return text


def screen_antimony(text: str, subject: str) -> str:
    """Check Antimony text: size, nesting, and no `import`, which would read any file.

    Raises:
        ModelError: it is not so.
    """
    check_length(text, subject)
    depth = 0
    for n, line in enumerate(without_comments(text).splitlines(), 1):
        if re.match(r"\s*import\b", line) or re.search(r"[;\n]\s*import\b", line):
            raise ModelError(subject, Problem(f"line {n}", "uses 'import'", "put the imported models into this text"))
        longest = re.search(r"[-!+(]{257}", re.sub(r"\s", "", line))
        if longest:
            raise ModelError(subject, Problem(f"line {n}", f"nests deeper than {DEEPEST} levels"))
        for character in line:
            depth += (character == "(") - (character == ")")
            if depth > DEEPEST:
                raise ModelError(subject, Problem(f"line {n}", f"nests deeper than {DEEPEST} levels"))
        if _operators(line) > 5_000:
            raise ModelError(subject, Problem(f"line {n}", "has more than 5,000 operators", "split the formula"))
    return text


def _operators(line: str) -> int:
    return len(re.findall(r"[-+*/^&|]", line))


def without_comments(text: str) -> str:
    """Blank out comments and quoted text, keeping the lines."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return re.sub(r'"[^"\n]*"|//[^\n]*|#[^\n]*|/\*.*?\*/', blank, text, flags=re.DOTALL)
