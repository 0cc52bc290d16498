"""A citation: what the formats need to know of a paper or of an artifact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..base.curies import address, parse
from ..base.errors import InputError
from .envelope import Envelope

_INITIALS = re.compile(r"[A-Z](?:[A-Z.\- ]{0,6})")
_OTHERS = re.compile(r"(?:^|,?\s+)(?:et al\.?|and others)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A person (family and given name or initials), or a group (family name only)."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.given}".strip()


@dataclass(frozen=True)
class Citation:
    """One thing cited.  `kind` is `article`, `artifact`, or `other` (a label, a database, a web page).

    `others` says that the list of authors is known to be cut; `note` says what a reader must know, such as that the
    source was not opened.
    """

    id: str
    kind: str
    title: str
    authors: tuple[Name, ...] = ()
    others: bool = False
    year: int | None = None
    date: str = ""
    container: str = ""
    volume: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    version: str = ""
    publisher: str = ""
    note: str = ""


def of_artifact(envelope: Envelope, *, name: str = "", version: int = 0, url: str = "") -> Citation:
    """Cite an artifact by its permanent id; `url` is where it can be read, if anywhere."""
    return Citation(
        envelope.curie,
        "artifact",
        envelope.title,
        authors=(Name("The pleio authors"),),
        year=int(envelope.created[:4]),
        date=envelope.created[:10],
        url=url,
        version=f"{name}@{version}" if version else "",
        publisher=str(envelope.made_by),
        note=f"{envelope.type}, sha256:{envelope.id}",
    )


def of_reference(curie: str, record: Mapping[str, Any]) -> Citation:
    """Cite a paper from the library's record of it.

    Args:
        curie: `pubmed:…`, `pmc:…`, `doi:…`, `url:…`; also what the citation is found by.
        record: title, authors (list of "Family AB", "Family, Given" or group names), year, container, volume, pages,
            doi, pmid, url, note, retracted, trust; what is missing is left out.
    """
    names, others = _names(record.get("authors") or ())
    prefix, local = _split(curie)
    doi = str(record.get("doi") or (local if prefix == "doi" else "")).removeprefix("doi:")
    pmid = str(record.get("pmid") or (local if prefix == "pubmed" else "")).removeprefix("pubmed:")
    year = record.get("year")
    container = str(record.get("container") or "")
    return Citation(
        curie,
        "article" if container and prefix in ("pubmed", "pmc", "doi", "pleio") else "other",
        str(record.get("title") or curie),
        authors=names,
        others=others,
        year=int(year) if year else None,
        container=container,
        volume=str(record.get("volume") or ""),
        pages=str(record.get("pages") or ""),
        doi=doi,
        pmid=pmid,
        url=str(record.get("url") or (f"https://doi.org/{doi}" if doi else address(curie) if prefix else "")),
        note=_note(record),
    )


def of_sources(curies: Iterable[str], references: Mapping[str, Mapping[str, Any]]) -> tuple[Citation, ...]:
    """Cite the papers behind exactly these sources, each once, in the order in which they first come.

    A source of which there is no record is still cited, by its identifier.
    """
    return tuple(of_reference(curie, references.get(curie, {})) for curie in dict.fromkeys(curies))


def _note(record: Mapping[str, Any]) -> str:
    parts = [
        str(record.get("note") or ""),
        "retracted" if record.get("retracted") else "",
        "details not checked against the source" if str(record.get("trust", "")).startswith("unv") else "",
    ]
    return "; ".join(part for part in parts if part)


def _split(curie: str) -> tuple[str, str]:
    try:
        return parse(curie)
    except InputError:
        return "", curie


def _names(authors: str | Sequence[Any]) -> tuple[tuple[Name, ...], bool]:
    """Read a list of authors, or one text with names between semicolons, or commas where there are none."""
    if isinstance(authors, str):
        authors = re.split(r"\s*;\s*" if ";" in authors else r"\s*,\s*", authors)
    others = any(isinstance(item, str) and _OTHERS.search(item) for item in authors)
    listed = [_OTHERS.sub("", item) if isinstance(item, str) else item for item in authors]
    return tuple(_name(item) for item in listed if item), others


def _name(item: Any) -> Name:
    if isinstance(item, Mapping):
        return Name(str(item.get("family", "")), str(item.get("given", "")))
    text = " ".join(str(item).split())
    if ", " in text:
        family, given = text.split(", ", 1)
        return Name(family, given)
    family, space, given = text.rpartition(" ")
    return Name(family, given) if space and _INITIALS.fullmatch(given) else Name(text)


def line(value: str) -> str:
    """Put a value on one line: a line break would end a RIS field and begin another."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
