"""oEmbed: what to put into another page for an address of this site.

An address is only compared, never asked for: what is not ours is answered 404, so nothing can be made to fetch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...base.errors import Problem
from ..errors import WebError
from ..origin import host_of, origin_of
from ..reader import Reader
from ..site import site_of

WIDTH, HEIGHT = 720, 640  # points, where the asker does not say
SMALLEST, LARGEST = 200, 4096
LONGEST = 4_000  # characters of an address
_NAMED = re.compile(r"/(?:embed/)?(artifact|study|pathway)/([^/]+)")
_VIEWS = re.compile(r"/(?:embed/)?(atlas|playground)")
FRAME = Markup('<iframe src="{}" title="{}" width="{}" height="{}"></iframe>')


@dataclass(frozen=True)
class Framed:
    """What may be framed: its path with what follows, and its title."""

    path: str
    title: str


def oembed(request: Request) -> Response:
    """`/oembed?url=…`: the frame for an address of this site, as oEmbed 1.0 has it."""
    query = request.query_params
    if query.get("format", "json") != "json":
        raise WebError(501, "format", f"'{query['format'][:20]}' is not written here", "format=json")
    given = urlsplit_of(query.get("url", ""))
    if given is None or not is_ours(request, given):
        what = "is no address of this site" if query.get("url") else "is missing"
        raise WebError(404, "url", what, f"an address that begins with {origin_of(request)}")
    problems: list[Problem] = []
    width = _size(query.get("maxwidth", ""), "width", WIDTH, problems)
    height = _size(query.get("maxheight", ""), "height", HEIGHT, problems)
    if problems:
        raise WebError(400, problems[0].where, problems[0].what, problems[0].help, problems[1:])
    framed = find(request.app.state.reader, given)
    origin = origin_of(request)
    value = {
        "version": "1.0",
        "type": "rich",
        "title": framed.title,
        "provider_name": "pleio",
        "provider_url": f"{origin}/",
        "width": width,
        "height": height,
        "html": str(FRAME.format(f"{origin}{framed.path}", framed.title, width, height)),
    }
    return JSONResponse(value)


def urlsplit_of(text: str) -> SplitResult | None:
    """Take an address apart; None where it is none."""
    if len(text) > LONGEST or any(character <= " " or character == "\\" for character in text):
        return None
    try:
        found = urlsplit(text)
        found.port  # noqa: B018 -- raises where it is no number
    except ValueError:
        return None
    return found


def is_ours(request: Request, given: SplitResult) -> bool:
    """Say whether an address is one of this site, by its scheme, name and port alone."""
    if given.scheme not in ("http", "https") or given.username is not None or given.password is not None:
        return False
    asked = f"{given.scheme}://{given.netloc}".lower()
    public = site_of(request).public
    return asked in (f"{request.url.scheme}://{request.url.netloc}".lower(), public) and bool(host_of(asked))


def find(reader: Reader, given: SplitResult) -> Framed:
    """Give what an address of this site shows, framed.

    Raises:
        WebError: 404, there is nothing that may be framed.
    """
    view = _VIEWS.fullmatch(given.path)
    query = f"?{quote(given.query, safe='=&%+:~,;/?@-._')}" if given.query else ""
    if view:
        return Framed(f"/embed/{view[1]}{query}", view[1].capitalize())
    named = _NAMED.fullmatch(given.path)
    if named is None:
        help = "artifacts, studies, pathways, the atlas and the playground can"
        raise WebError(404, given.path[:80], "cannot be embedded", help)
    envelope = reader.envelope(named[2])
    if named[1] == "pathway" and envelope.type != "page":
        raise WebError(404, given.path[:80], "has no pathway", "a page has one")
    kind = "study" if envelope.type == "result" else named[1]
    return Framed(f"/embed/{kind}/{quote(named[2])}{query if kind == 'pathway' else ''}", envelope.title)


def _size(text: str, name: str, usual: int, problems: list[Problem]) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        problems.append(Problem(f"max{name}", f"'{text[:20]}' is no whole number"))
        return usual
    return max(SMALLEST, min(LARGEST, int(text), usual))
