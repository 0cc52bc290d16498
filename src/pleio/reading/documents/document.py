"""A document: immutable text with a digest, from a file, standard input or bytes, within stated bounds.

Offsets are characters of `text`, which is the file read as UTF-8 with its newlines untouched (for a PDF, the text that
was taken out of it).  What cannot be read is refused with the place and the remedy.
"""

from __future__ import annotations

import os
import re
import sys
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from ...base.digests import digest_bytes
from ...base.errors import DocumentError, Problem
from ...base.expected import kind_of

LARGEST_TEXT = 1_000_000  # bytes; about 150,000 words, a minute or two of reading
LARGEST_PDF = 25_000_000  # bytes
MOST_PAGES = 600
PDF_SECONDS = 60.0

_MAGIC = {
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"PK\x03\x04": "a ZIP archive "
    "(a Word or Excel file is one too)", b"\x1f\x8b": "a gzip archive", b"\x7fELF": "a program", b"MZ": "a program",
    b"SQLite format 3": "an SQLite database", b"\xd0\xcf\x11\xe0": "an old Office file", b"\xfd7zXZ": "an xz archive",
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """Immutable source text: its name, its characters, and what markup they carry (markdown, html, jats, pdf)."""

    name: str
    text: str = field(repr=False)
    media: str = "markdown"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text as UTF-8."""
        return digest_bytes(self.text.encode("utf-8", "surrogatepass"))

    def quote(self, start: int, end: int) -> str:
        """Give the characters from start to end."""
        return self.text[start:end]

    def line_of(self, offset: int) -> int:
        """Give the line (from 1) on which an offset lies."""
        return bisect_left(self._newlines, offset) + 1

    @cached_property
    def _newlines(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]


def as_document(source: Document | str | Path | bytes) -> Document:
    """Give a document as it is, and open what else may be one.

    Raises:
        DocumentError: it cannot be read.
    """
    return source if isinstance(source, Document) else open_document(source)


def open_document(source: str | Path | bytes, *, name: str | None = None) -> Document:
    """Read a document from a path, from bytes, or from standard input (`-`).

    Args:
        source: a path, `-`, or the content itself as bytes.
        name: what reports call it; by default the file's base name.

    Raises:
        DocumentError: the document is missing, empty, too large, binary, not UTF-8, or declares XML entities.

    Example:
        >>> open_document(b"IL-11 activates STAT3.", name="note").quote(0, 5)
        'IL-11'
    """
    if not isinstance(source, str | os.PathLike | bytes):
        what = f"is {kind_of(source)}, not a path or the bytes of a document"
        raise DocumentError(name or "document", Problem("", what))
    if isinstance(source, bytes):
        data, label = source, name or "document"
    elif str(source) == "-":
        label = name or "standard input"
        data = _bounded(sys.stdin.buffer, label)
    else:
        path = Path(source)
        data, label = _from_file(path), name or path.name
    if not data.strip():
        raise DocumentError(label, Problem("", "is empty", "give a document with text in it"))
    if data.startswith(b"%PDF-"):
        return Document(label, _pdf_text(data, label), "pdf")
    if len(data) > LARGEST_TEXT:
        raise _too_large(label, len(data), LARGEST_TEXT)
    text = _decoded(data, label)
    media = _media_of(text, label)
    if media in ("html", "jats"):
        _refuse_entities(text, label)
    return Document(label, text, media)


def _from_file(path: Path) -> bytes:
    label = str(path)
    try:
        if path.is_dir():
            raise DocumentError(label, Problem("", "is a folder", "name a file in it"))
        with path.open("rb") as file:
            return _bounded(file, label, path.stat().st_size)
    except FileNotFoundError:
        help = "check the path; give text itself as bytes: text.encode()" if " " in label else "check the path"
        raise DocumentError(label[:80], Problem("", "does not exist", help)) from None
    except PermissionError:
        raise DocumentError(label, Problem("", "may not be read", "check its permissions")) from None
    except OSError as fault:
        raise DocumentError(label, f"cannot be read: {fault.strerror or fault}") from None


def _bounded(file: BinaryIO, label: str, size: int = 0) -> bytes:
    head = file.read(8)
    largest = LARGEST_PDF if head.startswith(b"%PDF-") else LARGEST_TEXT
    if size > largest:
        raise _too_large(label, size, largest)
    data = head + file.read(largest + 1)
    if len(data) > largest:
        raise _too_large(label, max(size, len(data)), largest)
    return data


def _too_large(label: str, size: int, largest: int) -> DocumentError:
    what = f"is {size / 1e6:,.1f} MB; documents of up to {largest / 1e6:,.0f} MB are read"
    return DocumentError(label, Problem("", what, "split it, or take out the part of interest"))


def _decoded(data: bytes, label: str) -> str:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(
                label, Problem("byte 0", f"is binary: {what}", "save it as text, Markdown, HTML or PDF")
            )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(label, Problem("byte 0", "is UTF-16", "save it as UTF-8"))
    zero = data.find(b"\0")
    if zero >= 0:
        help_ = "save it as text, Markdown, HTML or PDF"
        raise DocumentError(label, Problem(f"byte {zero}", "is binary: it holds a zero byte", help_))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        what = f"is not UTF-8: byte 0x{data[fault.start]:02x} cannot stand here"
        raise DocumentError(label, Problem(f"byte {fault.start} (line {line})", what, "save it as UTF-8")) from None


def _media_of(text: str, label: str) -> str:
    head = text[:4000].lstrip("\ufeff \t\r\n").lower()
    if "<article" in head and ("jats" in head or "dtd-version" in head or "article-type" in head or "<front" in head):
        return "jats"
    if label.lower().endswith((".nxml", ".jats")) or (head.startswith("<?xml") and "<html" not in head):
        return "jats"
    if head.startswith(("<!doctype html", "<html", "<head", "<body")) or label.lower().endswith((".html", ".htm")):
        return "html"
    return "markdown"


def _refuse_entities(text: str, label: str) -> None:
    found = re.search(r"<!ENTITY\b", text)
    if found:
        help_ = "write the text out: a few nested entities can stand for gigabytes"
        raise DocumentError(label, Problem(f"character {found.start()}", "declares XML entities", help_))


def _pdf_text(data: bytes, label: str) -> str:
    import io

    import pypdf
    from pypdf.errors import PyPdfError

    pages: list[str] = []
    began = time.monotonic()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(label, Problem("", "is an encrypted PDF", "save it without a password"))
        if len(reader.pages) > MOST_PAGES:
            raise DocumentError(label, f"has {len(reader.pages)} pages; PDFs of up to {MOST_PAGES} pages are read")
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            if time.monotonic() - began > PDF_SECONDS:
                raise DocumentError(label, f"takes more than {PDF_SECONDS:.0f} s to take the text out of")
            if sum(map(len, pages)) > LARGEST_TEXT:
                raise _too_large(label, sum(map(len, pages)), LARGEST_TEXT)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, RecursionError, OSError) as fault:
        if isinstance(fault, DocumentError):
            raise
        raise DocumentError(label, Problem("", f"is not a PDF that can be read: {fault}", "export it again")) from None
    text = "\n".join(pages)
    if not text.strip():
        raise DocumentError(label, Problem("", "is a PDF without text", "run text recognition on it first"))
    return text
