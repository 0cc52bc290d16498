"""Loading a model from a file or a text, whatever format it is in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..base.collector import collector_paused
from ..base.errors import ModelError, Problem, nearest
from ..mechanisms.check import check
from ..mechanisms.network import Network
from .antimony.read import read_antimony
from .sbml.read import read_sbml, read_sbml_file
from .screening import LARGEST, decode, read_text

LARGEST_ARCHIVE = 100_000_000  # bytes unpacked


@collector_paused()
def load(source: str | os.PathLike[str], *, model: str | None = None) -> Network:
    """Load a network from a path or a text: SBML (`.xml`, `.sbml`), Antimony (`.ant`, `.txt`) or an OMEX archive.

    Args:
        source: a path, or the text of a model itself.
        model: which model of an archive, where it holds several.

    Raises:
        ModelError: there is no such file, it is not a model, or the model is not well formed.
        Refused: it uses a construct that is not run.
    """
    path = _path(source)
    if path is None:
        text = str(source)
        if "\0" in text:
            raise ModelError("model", "is binary, not text")
        network = read_sbml(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else read_antimony(text)
    elif path.suffix.lower() in (".omex", ".zip"):
        network = _from_archive(path, model)
    else:
        text = read_text(path)
        if not text.strip():
            raise ModelError(str(path), "is empty")
        is_xml = text.lstrip().startswith("<")
        network = read_sbml_file(path) if is_xml else read_antimony(text, name=str(path))
    check(network, units=False)
    return network


def _path(source: str | os.PathLike[str]) -> Path | None:
    """Tell a path from a text: a text has a line break, or a sign that no file name here has."""
    if not isinstance(source, str):
        return Path(source)
    if not source.strip():
        raise ModelError("model", "is empty")
    if len(source) < 1024 and "\n" not in source and not re.search(r"[<>=;]|->", source):
        return Path(source)
    return None


def _from_archive(path: Path, model: str | None) -> Network:
    """Read one model of a COMBINE archive; with several and no choice made, list them."""
    import zipfile
    import zlib

    subject = str(path)
    read_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if _is_model(item.filename)]
            if model is None and len(names) != 1:
                what = "has no model" if not names else "has several models"
                raise ModelError(subject, Problem("", what, f"give one of: {', '.join(names)}" if names else ""))
            chosen = names[0] if model is None else model
            if chosen not in names:
                raise ModelError(subject, Problem("", f"has no model '{chosen}'", nearest(chosen, names)))
            if archive.getinfo(chosen).file_size > LARGEST:
                raise ModelError(subject, f"'{chosen}' is larger than {LARGEST:,} bytes")
            data = archive.open(chosen).read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as fault:  # RuntimeError: it is encrypted
        raise ModelError(subject, f"is not an archive that can be read: {fault or 'it ends too soon'}") from None
    text = decode(data[:LARGEST], f"{subject}: {chosen}")
    named = f"{subject}: {chosen}"
    return read_sbml(text, name=named) if text.lstrip().startswith("<") else read_antimony(text, name=named)


def read_size(path: Path) -> int:
    """Give the size of a file that is not too large to open.

    Raises:
        ModelError: it is missing or too large.
    """
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise ModelError(str(path), f"cannot be read: {fault.strerror}") from None
    if size > LARGEST_ARCHIVE:
        raise ModelError(str(path), f"is {size:,} bytes; archives of up to {LARGEST_ARCHIVE:,} are read")
    return size


def _is_model(name: str) -> bool:
    lower = name.lower()
    if lower.rsplit("/", 1)[-1] in ("manifest.xml", "metadata.rdf") or lower.endswith("/manifest.xml"):
        return False
    return lower.endswith((".xml", ".sbml", ".ant"))
