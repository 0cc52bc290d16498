"""`/search`: one field, what was found by kind, the matched words marked; works without script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ...base.errors import ClaimError
from ..errors import wants_json
from ..site import site_of
from ..templates import render
from .finding import KINDS, Found, find

LONGEST = 200
FIRST = 5  # of each kind, where all are shown
PAGE = 50
HEADINGS = {
    "page": "Pages", "claim": "Claims", "contest": "Contests", "entity": "Entities", "study": "Studies",
    "module": "Modules", "reference": "References", "audit": "Audits", "help": "What you can do here",
}  # fmt: skip
assert set(HEADINGS) == set(KINDS)


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `all` is where the rest of it is shown."""

    heading: str
    hits: tuple[tuple[Markup, str, Markup], ...]
    count: int
    all: str


@dataclass(frozen=True)
class SearchPage:
    """A search and what it found; `problem` says why nothing was looked for."""

    words: str
    kind: str
    groups: tuple[Group, ...]
    total: int
    problem: str
    newer: str
    older: str


def routes() -> list[BaseRoute]:
    """The addresses of search."""
    return [Route("/search.json", search), Route("/search", search)]


def search(request: Request) -> Response:
    """Find everything that has all words of `q`."""
    query = request.query_params
    words, kind = query.get("q", "").strip()[:LONGEST], query.get("kind", "")[:20]
    start = int(query.get("from", "0")) if re.fullmatch(r"\d{1,6}", query.get("from", "0")) else 0
    found, problem = Found((), {}, False, 0), ""
    if words:
        try:
            options = {"kind": kind, "limit": PAGE, "skip": start} if kind else {"limit": 1_000, "each": FIRST}
            found = find(site_of(request), words, **options)
        except ClaimError as fault:
            problem = fault.problems[0].what
    if wants_json(request):
        hits = [hit.to_json() for hit in found.hits]
        return JSONResponse({"words": words, "kind": kind, "total": found.total, "counts": found.counts, "hits": hits})
    return render(
        "search.html", s=_page(words, kind, start, found, problem), title=f"{words} · search" if words else "Search"
    )


def _page(words: str, kind: str, start: int, found: Found, problem: str) -> SearchPage:
    groups = []
    for name in KINDS:
        hits = tuple((marked(h.title), h.address, marked(h.snippet)) for h in found.hits if h.kind == name)
        if hits:
            rest = _address(words, name) if len(hits) < found.counts[name] and not kind else ""
            groups.append(Group(HEADINGS[name], hits, found.counts[name], rest))
    newer = _address(words, kind, max(0, start - PAGE)) if kind and start else ""
    older = _address(words, kind, start + PAGE) if kind and found.more else ""
    return SearchPage(words, kind, tuple(groups), found.total, problem, newer, older)


def _address(words: str, kind: str, start: int = 0) -> str:
    return "/search?" + urlencode({"q": words, "kind": kind, **({"from": start} if start else {})})


def marked(text: str) -> Markup:
    """Write text that is not ours with the words between ‹ and › marked.

    Example:
        >>> str(marked("a <b> ‹c›"))
        'a &lt;b&gt; <mark>c</mark>'
    """
    return Markup(re.sub("‹([^‹›]*)›", r"<mark>\1</mark>", str(escape(text))))
