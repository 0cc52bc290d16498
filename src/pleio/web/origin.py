"""Under which address the pages are known: the one that was configured, else the one that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request

from ..base.errors import InputError, Problem
from .site import site_of

_PUBLIC = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?/?", re.IGNORECASE)


@dataclass(frozen=True)
class Origin:
    """Scheme, name and port without a slash at the end; `local` where nobody else can follow it."""

    text: str
    local: bool

    def __str__(self) -> str:
        return self.text


def origin_of(request: Request) -> Origin:
    """Give the address to write into citations and snippets."""
    public = site_of(request).public
    return Origin(public, False) if public else Origin(f"{request.url.scheme}://{request.url.netloc}", True)


def public_origin(text: str) -> str:
    """Check a configured address; it is a scheme, a name and perhaps a port.

    Raises:
        InputError: it is anything else.

    Example:
        >>> public_origin("https://Pleio.example.org/")
        'https://pleio.example.org'
    """
    match = _PUBLIC.fullmatch(text.strip())
    if match is None:
        help = "write it as https://pleio.example.org, without a path"
        raise InputError("--public-address", Problem("", f"'{text[:100]}' is not an address of a site", help))
    return f"{match[1]}://{match[2]}{match[3] or ''}".lower()


def host_of(origin: str) -> str:
    """Give the name in an address, without port, as a Host header has it."""
    return origin.partition("://")[2].rpartition(":")[0] if re.search(r":\d+$", origin) else origin.partition("://")[2]
