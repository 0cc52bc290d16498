"""The library's page (`page.md`) taken apart: title, infobox, text, and what its citation keys mean."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import html

from ...base.errors import DocumentError, Problem, nearest
from ...reading import Document
from ..content import Fact

_INFOBOX = re.compile(r"<table class=\"infobox[^>]*>.*?</table>\s*", re.DOTALL)
_TITLE = re.compile(r"\A\s*# (.+)\n")
_REFERENCES = re.compile(r"^## References\s*\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_REFERENCE = re.compile(r"^- \[@([\w:./+-]+)\]:\s*(.+)$", re.MULTILINE)
_MARKER = re.compile(r"\s*\{claims?:\s*([^{}]*)\}")
_CITATION = re.compile(r"\[((?:@[\w:./+-]+(?:\s*[;,]\s*)?)+)\]")
_LIST = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class PageText:
    """A page's parts; `text` keeps its claim markers and citation keys, `keys` says which source each key means."""

    title: str
    facts: tuple[Fact, ...]
    text: str
    keys: dict[str, str]
    claims: tuple[str, ...]


def take_apart(document: Document, claims: Collection[str], sources: Collection[str]) -> PageText:
    """Take the library's page apart.

    Raises:
        DocumentError: it has no title, a marker names no claim, or a citation key has no reference.
    """
    problems: list[Problem] = []
    text = document.text
    heading = _TITLE.match(text)
    if heading is None:
        problems.append(Problem(f"{document.name}:1", "has no title", "begin with '# Title'"))
    keys = _keys(document, sources, problems)
    named = [(id, match.start()) for match in _MARKER.finditer(text) for id in _LIST.split(match[1].strip()) if id]
    for id, at in named:
        if id not in claims:
            problems.append(Problem(_where(document, at), f"there is no claim '{id}'", nearest(id, claims)))
    for match in _CITATION.finditer(_REFERENCES.sub("", text)):
        for key in re.findall(r"@([\w:./+-]+)", match[1]):
            if key not in keys:
                problems.append(Problem(document.name, f"'@{key}' has no reference", nearest(key, keys)))
    if problems:
        raise DocumentError(document.name, problems)
    infobox = _INFOBOX.search(text)
    body = _REFERENCES.sub("", _INFOBOX.sub("", text))
    return PageText(
        heading[1].strip() if heading else "",
        _facts(infobox[0]) if infobox else (),
        _TITLE.sub("", body).strip() + "\n",
        keys,
        tuple(dict.fromkeys(id for id, _ in named)),
    )


def _keys(document: Document, sources: Collection[str], problems: list[Problem]) -> dict[str, str]:
    """Say which source each key means: the identifiers stand at the end of its reference."""
    keys: dict[str, str] = {}
    section = _REFERENCES.search(document.text)
    for match in _REFERENCE.finditer(section[1] if section else ""):
        found = next((word for word in reversed(match[2].split()) if word in sources), None)
        if found is None:
            where = _where(document, (section.start(1) if section else 0) + match.start())
            problems.append(Problem(where, f"'@{match[1]}' ends in no source of the library", "end it in its CURIE"))
        else:
            keys[match[1]] = found
    return keys


def _facts(table: str) -> tuple[Fact, ...]:
    facts = []
    for row in html.fragment_fromstring(table).iter("tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row.iter("td")]
        if len(cells) == 2:
            claims = [id for match in _MARKER.finditer(cells[1]) for id in _LIST.split(match[1].strip()) if id]
            facts.append(Fact(cells[0], _MARKER.sub("", cells[1]), tuple(claims)))
    return tuple(facts)


def _where(document: Document, offset: int) -> str:
    return f"{document.name}:{document.line_of(offset)}"
