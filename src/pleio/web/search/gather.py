"""What is searched besides claims: entities, contests, studies, modules, references, pages section by section, help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...library.content import Audit, ClaimSet, Page, Study
from ..render.text import slug
from .help import HELP

if TYPE_CHECKING:
    from ..site import Site

_MARKERS = re.compile(r"\{claims?:[^{}]*\}|\[@[^\]]*\]|[*_`#|>]")
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: its kind, its title, the words about it, and where it is shown."""

    kind: str
    title: str
    words: str
    address: str


def gather(site: Site) -> Iterator[Entry]:
    """Give everything that can be found by words, claims aside."""
    for published in site.reader.entries("page"):
        if published.name:
            yield from _page(site.reader.content(Page, published.id), published.name)
    sets = site.reader.claim_sets()
    for claims in sets:
        yield from _claim_set(claims)
    yield from _entities(sets)
    for published in site.reader.entries("result"):
        if published.name:
            study = site.reader.content(Study, published.id)
            yield Entry("study", study.title, f"{study.question} {study.answer}", f"/study/{published.name}")
    for published in site.reader.entries("audit"):
        if published.name:
            audit = site.reader.content(Audit, published.id)
            words = " ".join(finding.what for finding in audit.findings[:100])
            yield Entry("audit", f"Audit of {audit.title}", words, f"/audit/{published.name}")
    yield from _modules(site)
    for title, words, address in HELP:
        yield Entry("help", title, words, address)


def _page(page: Page, name: str) -> Iterator[Entry]:
    """Give a page, and each section of it."""
    yield Entry("page", page.title, _plain(f"{page.subject} {page.answer}"), f"/artifact/{name}")
    parts = _HEADING.split(page.text)
    taken: dict[str, int] = {}
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        id = slug(_plain(title))
        taken[id] = taken.get(id, 0) + 1
        anchor = id if taken[id] == 1 else f"{id}-{taken[id]}"
        yield Entry("page", f"{page.title}: {_plain(title)}", _plain(text), f"/artifact/{name}#{anchor}")


def _claim_set(claims: ClaimSet) -> Iterator[Entry]:
    for contest in claims.contests:
        yield Entry("contest", contest.title, f"{contest.why} {contest.question}", f"/contest/{quote(contest.id)}")
    about: dict[str, str] = {}
    for claim in claims.claims:
        for item in claim.evidence:
            about.setdefault(item.source, claim.id)
    for source in claims.sources:
        address = f"/claim/{quote(about[source.id])}" if source.id in about else source.address
        yield Entry("reference", source.text, f"{source.id} {source.note}", address or "/claims")


def _entities(sets: list[ClaimSet]) -> Iterator[Entry]:
    names: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for claims in sets:
        for claim in claims.claims:
            for curie, name in {(claim.subject, claim.subject_name), (claim.object, claim.object_name)}:
                names.setdefault(curie, {})[name] = None
                counts[curie] = counts.get(curie, 0) + 1
    for curie, called in names.items():
        title = next(iter(called))
        words = f"{curie} {' '.join(called)}, in {counts[curie]} claim{'s' if counts[curie] > 1 else ''}"
        yield Entry("entity", title, words, f"/entity/{quote(curie, safe=':')}")


def _modules(site: Site) -> Iterator[Entry]:
    studies: dict[str, str] = {}
    for published in site.reader.entries("result"):
        for module in site.reader.content(Study, published.id).mechanism:
            studies.setdefault(module, published.name or published.id)
    for name, title, parts in site.desk.ask("modules", library=site.library):
        address = f"/study/{studies[name]}" if name in studies else f"/api/v1/models/{name}"
        yield Entry("module", title, f"{name} {parts}".replace("_", " "), address)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", _MARKERS.sub("", text)).strip()
