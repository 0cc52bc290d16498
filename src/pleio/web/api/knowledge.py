"""What takes a second to weigh is weighed once for each belief band; and who asks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request

from ... import __version__
from ...claims.vocabulary import BANDS
from ..accounts.identity import who
from ..kept import revision
from ..site import Site, site_of
from .shapes import Object

router = APIRouter(tags=["server"])
Band = Annotated[Literal["sceptic", "neutral", "believer"], Query(description="How much the priors ask for.")]
assert set(BANDS) == {"sceptic", "neutral", "believer"}
MOST_KEPT = 24
_lock = threading.Lock()
_kept: OrderedDict[tuple[str, ...], dict[str, Any]] = OrderedDict()


def contests_of(site: Site, band: str, about: str, context: str) -> dict[str, Any]:
    """Give contests with what is believed of them, worked out anew where a layer or a review changed what is kept."""
    now = revision(site.kept())
    key = (str(site.archive.store.folder), site.library, now, band, about, context)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found: dict[str, Any] = site.desk.ask(
        "contests", library=site.library, revision=now, band=band, about=about, context=context
    )
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


@router.get("/", response_model=Object, operation_id="show_server")
def show_server(request: Request) -> dict[str, Any]:
    """Say which pleio answers, over which library, and as whom."""
    account = who(request)
    return {
        "pleio": __version__,
        "library": site_of(request).library,
        "signed_in_as": account.name if account else None,
        "openapi": "/api/v1/openapi.json",
    }
