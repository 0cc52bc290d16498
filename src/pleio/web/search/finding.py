"""One search over claims and everything else, kind after kind or each kind for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...base.errors import nearest
from ...claims.tables.search import Filters
from ...claims.tables.search import Hit as ClaimHit
from ..errors import WebError
from ..kept import find as find_claims
from ..site import Site
from .index import Match

KINDS = ("page", "claim", "contest", "entity", "study", "module", "reference", "audit", "help")
MOST_CLAIMS = 200


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `title` and `snippet` have the matched words between ‹ and ›."""

    kind: str
    title: str
    address: str
    snippet: str

    def to_json(self) -> dict[str, Any]:
        """Give the hit as a JSON object; the title is plain there."""
        return {**vars(self), "title": _plain(self.title)}


@dataclass(frozen=True)
class Found:
    """Hits in the order of `KINDS`, best first within each; how many of each kind there are."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]
    more: bool
    total: int


def find(site: Site, text: str, *, kind: str = "", limit: int = 20, skip: int = 0, each: int = 0) -> Found:
    """Find by words.

    Args:
        kind: only this kind; empty finds all.
        each: how many of each kind at most; 0 for as many as there are.

    Raises:
        WebError: there is no such kind.
        ClaimError: the text holds nothing to look for.
    """
    if kind and kind not in KINDS:
        raise WebError(400, "kind", f"'{kind[:40]}' is not one", nearest(kind[:40], KINDS))
    others = [_hit(match) for match in site.index.find(text, kind if kind != "claim" else "none")]
    claims = _claims(site, text) if kind in ("", "claim") else []
    everything = [*others, *claims]
    counts = {name: sum(hit.kind == name for hit in everything) for name in KINDS}
    ordered = [hit for name in KINDS for hit in [h for h in everything if h.kind == name][: each or None]]
    page = tuple(ordered[skip : skip + limit])
    return Found(page, {name: n for name, n in counts.items() if n}, skip + limit < len(ordered), len(everything))


def _claims(site: Site, text: str) -> list[Hit]:
    found = find_claims(site.kept(), text, Filters(), private=False, limit=MOST_CLAIMS)
    return [_claim(hit) for hit in found.hits]


def _claim(hit: ClaimHit) -> Hit:
    """Show a claim with the words marked where they are: in its sentence, or in what was found."""
    repeats = _plain(hit.snippet) == hit.sentence
    return Hit(
        "claim",
        (hit.snippet if repeats else hit.sentence).replace("_", " "),
        f"/claim/{quote(hit.id)}",
        "" if repeats else hit.snippet,
    )


def _plain(text: str) -> str:
    return text.replace("‹", "").replace("›", "")


def _hit(match: Match) -> Hit:
    return Hit(match.kind, match.marked, match.address, match.snippet)
