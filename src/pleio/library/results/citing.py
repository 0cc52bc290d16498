"""Citing what was published, and with it the papers behind exactly the claims and numbers that it used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...artifacts import Archive, Citation, Envelope, of_artifact, of_sources, write_citations
from ...base.expected import expect
from ..content import ClaimSet, Model, Page, from_json

if TYPE_CHECKING:
    from ...studies.result import Result

_MARKER = re.compile(r"\{claims?:\s*([^{}]*)\}")


def citations_of(archive: Archive, name: str, *, sources: bool = True) -> tuple[Citation, ...]:
    """Cite an artifact, and where asked the sources that it rests on.

    A page rests on the claims behind its sentences and on its studies; a result on the claims that its mechanism stands
    on and on the sources of its numbers; a claim set on all its claims.

    Args:
        name: a name, `name@version`, or an id.

    Raises:
        StoreError: there is none, or it was altered.
    """
    envelope = archive.load(name)
    stem = name.partition("@")[0]
    version = next((item.number for item in archive.history(stem) if item.id == envelope.id), 0)
    own = of_artifact(envelope, name=stem if version else "", version=version)
    return (own, *_sources(archive, envelope)) if sources else (own,)


def cite(result: Result, format: str = "text") -> str:
    """Cite the papers behind exactly the claims and numbers that a study's result used.

    Args:
        result: from a study of a library.
        format: one of `artifacts.FORMATS`: text, bibtex, ris, csl or cff.

    Raises:
        InputError: the format is unknown.
    """
    from ...studies.result import Result as Studied
    from ..opened import libraries
    from ..opened import open as open_library

    expect("cite", result, Studied, "a study's result", "pleio.cite(study.run())")
    records = {
        curie: reference.model_dump(mode="json", exclude_none=True)
        for name in libraries()
        for curie, reference in open_library(name).references.items()
    }
    return write_citations(of_sources(result.sources, records), format)


def _sources(archive: Archive, envelope: Envelope) -> tuple[Citation, ...]:
    below = [envelope, *(archive.load(entry.id) for entry in archive.lineage(envelope.id).made_from if entry.type)]
    sets = [from_json(ClaimSet, each.content) for each in below if each.type == "claim_set"]
    models = [from_json(Model, each.content) for each in below if each.type == "model"]
    used = {id for model in models for id in model.claims}
    if envelope.type == "claim_set":
        used |= {claim.id for claims in sets for claim in claims.claims}
    cited: list[str] = []
    if envelope.type == "page":
        page = from_json(Page, envelope.content)
        used |= {id for match in _MARKER.finditer(page.text) for id in re.split(r"[\s,;]+", match[1].strip())}
        cited += page.keys.values()
    for claims in sets:
        cited += [item.source for claim in claims.claims if claim.id in used for item in claim.evidence if item.source]
    cited += [source for model in models for source in model.sources]
    records = {source.id: source.record for claims in sets for source in claims.sources}
    return of_sources(cited, records)
