"""Citations as a CITATION.cff, which GitHub, Zenodo and Zotero read: the first is the work, the rest its references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..base import yaml
from .citation import Citation, Name, line

MESSAGE = "If you use this, please cite it and the sources that it rests on."
NAMELESS = {"name": "Authors are not on record"}  # the format asks for one
_TYPES = {"article": "article", "artifact": "data", "other": "generic"}
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")  # those that the format takes
_URL = re.compile(r"(https|http|ftp|sftp)://[\x21-\x7e]+")


def cff(citations: Sequence[Citation]) -> str:
    """Write a CITATION.cff, version 1.2.0; without an artifact at its head it is of the references alone."""
    own = citations[0] if citations and citations[0].kind == "artifact" else None
    references = [_reference(each) for each in (citations[1:] if own else citations)]
    work: dict[str, Any] = {"cff-version": "1.2.0", "message": MESSAGE, "type": "dataset"}
    if own is None:
        work |= {"title": "Sources of a result", "authors": [{"name": "The pleio authors"}]}
    else:
        dates = {"version": line(own.version), "date-released": own.date}
        work |= {**_common(own), **{name: value for name, value in dates.items() if value}}
    distinct = [each for i, each in enumerate(references) if each not in references[:i]]
    return yaml.dump({**work, **({"references": distinct} if distinct else {})})


def _reference(citation: Citation) -> dict[str, Any]:
    start, _, end = re.sub(r"\s*[-–—]+\s*", "-", line(citation.pages)).partition("-")
    fields = {
        "type": _TYPES[citation.kind],
        **_common(citation),
        "journal": line(citation.container),
        "volume": line(citation.volume),
        "start": start,
        "end": end,
        "year": citation.year,
        "publisher": {"name": line(citation.publisher)} if line(citation.publisher) else None,
        "notes": "; ".join(part for part in (line(citation.note), _OTHERS if citation.others else "") if part),
    }
    return {name: value for name, value in fields.items() if value}


_OTHERS = "further authors are not listed"


def _common(citation: Citation) -> dict[str, Any]:
    """Give what a work and a reference both have."""
    doi, url, id = line(citation.doi), line(citation.url), line(citation.id)
    fits = _DOI.fullmatch(doi)
    fields = {
        "title": line(citation.title) or id,
        "authors": [_author(name) for name in citation.authors if line(name.family)] or [NAMELESS],
        "doi": doi if fits else "",
        "url": url if _URL.fullmatch(url) else "",
        "identifiers": [{"type": "other", "value": id}] if id and not (fits and id == f"doi:{doi}") else None,
    }
    return {name: value for name, value in fields.items() if value}


def _author(name: Name) -> dict[str, str]:
    """Write a person by family and given name, a group by its name."""
    if name.given:
        return {"family-names": line(name.family), "given-names": line(name.given)}
    return {"name": line(name.family)}
