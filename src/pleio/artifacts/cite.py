"""Citations in each of the formats that people import; the tests read each back with an independent library."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from ..base.errors import InputError, Problem, nearest
from .cff import cff
from .citation import Citation, Name, line

_BIBTEX_TYPES = {"article": "article", "artifact": "misc", "other": "misc"}
_RIS_TYPES = {"article": "JOUR", "artifact": "DATA", "other": "GEN"}
_CSL_TYPES = {"article": "article-journal", "artifact": "dataset", "other": "document"}
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write_citations(citations: Sequence[Citation], format: str) -> str:
    """Write citations in one of `FORMATS`.

    Raises:
        InputError: the format is unknown.
    """
    if format not in FORMATS:
        raise InputError("citation", Problem("format", f"unknown format '{format}'", nearest(format, FORMATS)))
    return FORMATS[format](citations)


def keys(citations: Sequence[Citation]) -> list[str]:
    """Give each citation a key that BibTeX accepts: first family name, year, and a letter where two agree.

    Example:
        >>> keys([Citation("x", "article", "T", (Name("Schäfer", "S"),), year=2017)] * 2)
        ['schafer2017', 'schafer2017b']
    """
    seen: dict[str, int] = {}
    found = []
    for citation in citations:
        family = citation.authors[0].family if citation.authors else citation.title.split(" ")[0]
        plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
        stem = (re.sub(r"[^a-z0-9]", "", plain.lower()) or "ref") + str(citation.year or "")
        number = seen[stem] = seen.get(stem, 0) + 1
        found.append(stem if number == 1 else f"{stem}{_letters(number)}")
    return found


def bibtex(citations: Sequence[Citation]) -> str:
    """Write BibTeX, in UTF-8, with TeX's own characters escaped."""
    entries = []
    for key, citation in zip(keys(citations), citations, strict=True):
        authors = [_bibtex_name(name) for name in citation.authors]
        fields = {
            "author": " and ".join([*authors, "others"] if citation.others else authors),
            "title": f"{{{_tex(citation.title)}}}",
            "journal": _tex(citation.container) if citation.kind == "article" else "",
            "howpublished": _tex(citation.publisher or ("" if citation.kind == "article" else citation.container)),
            "volume": _tex(citation.volume),
            "pages": _tex(citation.pages),
            "year": str(citation.year or ""),
            "date": citation.date,
            "version": _tex(citation.version),
            "doi": _plain(citation.doi),
            "pmid": _plain(citation.pmid),
            "url": _plain(citation.url),
            "note": _tex(citation.note),
        }
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        entries.append(f"@{_BIBTEX_TYPES[citation.kind]}{{{key},\n{body}\n}}\n")
    return "\n".join(entries)


def ris(citations: Sequence[Citation]) -> str:
    """Write RIS, as reference managers import it."""
    entries = []
    for citation in citations:
        fields = [
            ("TY", _RIS_TYPES[citation.kind]),
            *(("AU", ", ".join(part for part in (name.family, name.given) if part)) for name in citation.authors),
            ("TI", citation.title),
            ("T2", citation.container),
            ("VL", citation.volume),
            *zip(("SP", "EP"), re.split(r"\s*[-–—]+\s*", citation.pages, maxsplit=1), strict=False),
            ("PY", str(citation.year or "")),
            ("DA", citation.date.replace("-", "/")),
            ("ET", citation.version),
            ("PB", citation.publisher),
            ("DO", citation.doi),
            ("AN", citation.pmid and f"PMID {citation.pmid}"),
            ("UR", citation.url),
            ("N1", citation.note),
            ("N1", "further authors are not listed" if citation.others else ""),
        ]
        lines = [f"{tag}  - {line(value)}" for tag, value in fields if value]
        entries.append("\n".join([*lines, "ER  - "]) + "\n")
    return "\n".join(entries)


def csl_json(citations: Sequence[Citation]) -> str:
    """Write CSL-JSON, as citation processors and Zotero read it."""
    return json.dumps(
        [_csl(key, citation) for key, citation in zip(keys(citations), citations, strict=True)],
        ensure_ascii=False,
        indent=1,
    )


def text(citations: Sequence[Citation]) -> str:
    """Write one line a citation: authors, year, title, where, identifier."""
    return "\n".join(sentence(citation) for citation in citations)


def sentence(citation: Citation) -> str:
    """Write one citation as a line of text."""
    names = [str(name) for name in citation.authors[:6]]
    cut = citation.others or len(citation.authors) > 6
    where = " ".join(part for part in (citation.container, citation.volume) if part)
    where += f":{citation.pages}" if citation.pages else ""
    identifier = f"doi:{citation.doi}" if citation.doi else f"PMID {citation.pmid}" if citation.pmid else citation.url
    parts = [
        ", ".join(names) + (" et al." if cut and names else "") + (f" ({citation.year})" if citation.year else ""),
        citation.title,
        where,
        citation.version,
        citation.publisher,
        identifier or citation.id,
        citation.note,
    ]
    return line(
        " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in map(str.strip, parts) if part)
    )


FORMATS: dict[str, Callable[[Sequence[Citation]], str]] = {
    "bibtex": bibtex,
    "cff": cff,
    "ris": ris,
    "csl": csl_json,
    "text": text,
}


def _csl(key: str, citation: Citation) -> dict[str, Any]:
    issued = [int(part) for part in citation.date.split("-")] if citation.date else [citation.year]
    item = {
        "id": key,
        "type": _CSL_TYPES[citation.kind],
        "title": citation.title,
        "author": [
            {"family": n.family, "given": n.given} if n.given else {"literal": n.family} for n in citation.authors
        ],
        "issued": {"date-parts": [issued]} if citation.year else None,
        "container-title": citation.container,
        "volume": citation.volume,
        "page": citation.pages,
        "publisher": citation.publisher,
        "version": citation.version,
        "DOI": citation.doi,
        "PMID": citation.pmid,
        "URL": citation.url,
        "note": citation.note,
    }
    return {name: value for name, value in item.items() if value}


def _bibtex_name(name: Name) -> str:
    """Write a person as "Family, Given", and a group in braces so that it is not taken apart."""
    return f"{_tex(name.family)}, {_tex(name.given)}" if name.given else f"{{{_tex(name.family)}}}"


def _tex(value: str) -> str:
    return "".join(_LATEX.get(character, character) for character in line(value))


def _plain(value: str) -> str:
    """Leave an address or identifier as it is, but for the braces that would end the field."""
    return line(value).replace("{", "%7B").replace("}", "%7D")


def _letters(number: int) -> str:
    word = ""
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("a") + rest) + word
    return word
