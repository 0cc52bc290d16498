"""The pages as files: a site that any server, or none, can show; the same store gives the same bytes.

Every page that reading needs is asked of the application itself, with its JSON twin and its downloads.  Links between
them become relative; what needs a server (search, forms, runs, the playground) is left out, and links to it with it.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp

from ..artifacts import Archive
from ..base.digests import digest_bytes
from ..base.errors import Fault, InputError, Problem
from .origin import host_of

LIST = "site.json"
_READING = re.compile(
    r"/(?:|claims|atlas|(?:artifact|entity|claim|contest|study|audit)/[^/]+|artifact/[^/]+/(?:history|cite\.[a-z]+|figure\.svg|data\.csv|spec\.json)"
    r"|embed/(?:artifact|study|pathway)/[^/]+|static/.+)"
)
_LINK = re.compile(rb'(<(?:a|link|script|img)\b[^>]*?\s(?:href|src)=")(/[^"]*)(")')
_FORM = re.compile(rb"<form\b.*?</form>", re.DOTALL)
_HEAD = b'<meta charset="utf-8">\n'
_POLICY = (
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; "
    b"img-src 'self' data:; base-uri 'none'; form-action 'none'\">\n"
)
_IMPORT = re.compile(rb'from "\./([\w-]+\.js)"')
_KINDS = {"text/html": ".html"}

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Answered:
    """What the application answered: status, media type, where it leads, the bytes."""

    status: int
    kind: str
    location: str
    body: bytes


def export_site(archive: Archive, folder: Path, *, public: str = "", report: Report = lambda done, total: None) -> int:
    """Write the site into a folder that is empty, or that holds an earlier one; give the number of files.

    Args:
        public: the address under which it will be known, for citations and snippets.

    Raises:
        InputError: the folder holds something else, or cannot be written.
        StoreError: an artifact was altered.
    """
    from .app import create_app

    earlier = _earlier(folder)
    app = create_app(archive, public=public)
    try:
        with ThreadPoolExecutor(1) as apart:  # in a notebook an event loop runs in this thread already
            crawl = _crawl(app, host_of(public) if public else "127.0.0.1", report)
            pages, moved = apart.submit(asyncio.run, crawl).result()
    finally:
        app.app.state.site.close()  # type: ignore[attr-defined]
    files = {file_of(path, one.kind): one.body for path, one in pages.items()}
    known = {path: file_of(path, one.kind) for path, one in pages.items()}
    known |= {path: known[to] for path, to in moved.items() if to in known}
    written = {name: _local(name, body, known) for name, body in sorted(files.items())}
    listed = {"files": {name: digest_bytes(body) for name, body in written.items()}}
    written[LIST] = (json.dumps(listed, indent=1) + "\n").encode()
    try:
        for name in earlier - set(written):
            (folder / name).unlink(missing_ok=True)
        for name, body in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(body)
    except OSError as fault:
        raise InputError(str(folder), Problem("", f"cannot be written: {fault.strerror or fault}")) from None
    return len(written)


def file_of(path: str, kind: str = "text/html") -> str:
    """Give the file of a path: letters, digits, dots and dashes as they are, any other character as its number.

    Example:
        >>> file_of("/entity/hgnc:5966"), file_of("/"), file_of("/claim/..", "application/json")
        ('entity/hgnc_3a5966.html', 'index.html', 'claim/_2e_2e')
    """
    parts = [unquote(part) for part in path.strip("/").split("/")]
    safe = "/".join(map(_name, parts)) or "index"
    return safe + ("" if path.startswith("/static/") else _KINDS.get(kind, ""))


def _name(part: str) -> str:
    if set(part) <= {"."}:
        return part.replace(".", "_2e")
    return "".join(c if re.match(r"[A-Za-z0-9.-]", c) else f"_{ord(c):x}" for c in part)


def _earlier(folder: Path) -> set[str]:
    """Give the files of an earlier site in a folder.

    Raises:
        InputError: the folder holds something else.
    """
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise InputError(str(folder), Problem("", "is not a folder", "name one that is empty or does not exist"))
    if not any(folder.iterdir()):
        return set()
    try:
        names = set(json.loads((folder / LIST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        help = "name a folder that is empty, does not exist, or holds a site that pleio wrote"
        raise InputError(str(folder), Problem("", "holds something else", help)) from None
    return {name for name in names if isinstance(name, str) and file_is_ours(name)}


def file_is_ours(name: str) -> bool:
    """Say whether a listed name is one that `file_of` gives, so that nothing outside the folder is ever removed."""
    return all(part and not set(part) <= {"."} and re.fullmatch(r"[\w.-]+", part) for part in name.split("/"))


async def _crawl(app: ASGIApp, host: str, report: Report) -> tuple[dict[str, Answered], dict[str, str]]:
    """Ask for every page for reading, from the front page on; give what was answered, and where what moved leads."""
    found: dict[str, Answered] = {}
    moved: dict[str, str] = {}
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        answered = await _ask(app, host, path)
        if answered.status in (301, 302, 303, 307):
            moved[path] = answered.location
            leads = [answered.location]
        elif answered.status == 200:
            found[path] = answered
            leads = _leads(path, answered)
        elif answered.status == 404:  # what a study names that is not published here: the link becomes text
            leads = []
        else:
            raise Fault(f"{path} answers {answered.status}")
        for lead in leads:
            to = urlsplit(lead).path
            wanted = lead.startswith("/") and ("?" not in lead or to.startswith("/static/"))
            if wanted and to not in seen and _READING.fullmatch(to):
                seen.add(to)
                waiting.append(to)
        report(len(found), len(seen))
    return found, moved


def _leads(path: str, answered: Answered) -> list[str]:
    if answered.kind == "text/html":
        return [match[2].decode().replace("&amp;", "&") for match in _LINK.finditer(_FORM.sub(b"", answered.body))]
    if path.endswith(".js"):
        return [f"/static/{match[1].decode()}" for match in _IMPORT.finditer(answered.body)]
    return []


def _local(name: str, body: bytes, known: dict[str, str]) -> bytes:
    """Make a page's links relative, and take out what needs a server."""
    if not name.endswith(".html"):
        return body
    up = "../" * name.count("/")

    def relative(match: re.Match[bytes]) -> bytes:
        to = urlsplit(match[2].decode().replace("&amp;", "&"))
        file = known.get(to.path)
        if file is None or (to.query and not to.path.startswith("/static/")):  # an anchor that leads nowhere is text
            return re.sub(rb'\s(?:href|src)="$', b"", match[1])
        return match[1] + f"{up}{file}{'#' + to.fragment if to.fragment else ''}".encode() + match[3]

    return _LINK.sub(relative, _FORM.sub(b"", body)).replace(_HEAD, _HEAD + _POLICY, 1)


async def _ask(app: ASGIApp, host: str, path: str) -> Answered:
    """Ask the application for a path."""
    start: dict[str, Any] = {}
    body = b""

    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:  # as a client that stays until it has the answer
            await asyncio.Event().wait()
        sent = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal body
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "headers": [(b"host", host.encode()), (b"accept", b"text/html")],
        "client": ("127.0.0.1", 0), "server": (host, 80),
    }  # fmt: skip
    await app(scope, receive, send)
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
    kind = headers.get("content-type", "").partition(";")[0]
    return Answered(start["status"], kind, headers.get("location", ""), body)
