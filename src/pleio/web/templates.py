"""Templates: everything escaped, a missing value an error, numbers written as people read them."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from .. import __version__
from .render import intervals, linked, marks

_LINK = re.compile(r'(<a\b[^>]*?) href="/')
STATIC = Path(__file__).parent / "static"


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("pleio.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        number=marks.number,
        amount=marks.amount,
        percent=marks.percent,
        belief=marks.belief_word,
        hue=marks.hue,
        plain=marks.plain,
        opening=marks.opening,
        topic=marks.topic,
        unbroken=marks.unbroken,
        short=marks.short_id,
        trait=marks.trait,
        outcome=marks.outcome_word,
        unit=marks.unit_word,
        path=in_address,
        outward=outward,
    )
    made.globals.update(
        version=__version__,
        static=static_address,
        sign=marks.sign,
        belief_bar=marks.belief_bar,
        mark=marks.mark,
        interval=intervals.interval,
        share_bar=intervals.share_bar,
    )
    return made


def in_address(text: str) -> str:
    """Write a name as part of an address; the colon of a CURIE and the joiner of two stand as they are."""
    return quote(text, safe=":~")


def outward(address: str) -> str:
    """Give an address that leads to another site where it is one that a link may have, else nothing.

    Example:
        >>> outward("https://doi.org/10.1/x"), outward("javascript:alert(1)")
        ('https://doi.org/10.1/x', '')
    """
    return address if re.match(r"https?://[^\s/]", address) else ""


def render(template: str, status: int = 200, headers: dict[str, str] | None = None, **context: Any) -> HTMLResponse:
    """Fill a template; `embedded` decides whether it gets the surrounding chrome."""
    context.setdefault("embedded", False)
    context["linked"] = linked.script(context.get("linked") or linked.about_page(context.get("title", "")))
    html = environment().get_template(template).render(context)
    if context["embedded"]:  # the pages it leads to refuse to be framed, so they open beside the frame
        html = _LINK.sub(r'\1 target="_blank" rel="noopener" href="/', html)
    return HTMLResponse(html, status, headers)


@cache
def static_address(name: str) -> str:
    """Give the address of a static file, with its digest so that it can be cached for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
