"""Reading a model out of a COMBINE archive, or of any ZIP file that holds models.  Nothing is unpacked to disk."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as xml

from ...base.errors import ModelError, Problem, nearest
from ...base.files import readable
from ..screening import LARGEST, decode, screen_xml
from .write import NAMESPACE

LARGEST_ARCHIVE = 100_000_000  # bytes
MANIFEST = "manifest.xml"
_LANGUAGE = re.compile(r"\b(sbml|antimony)\b")  # in the address of a specification, or in a media type
_ENDINGS = (".xml", ".sbml", ".ant")
# what a damaged, encrypted or oddly packed archive raises: RuntimeError where it is encrypted or packed in an unknown
# way, ValueError where a name is no text or a place is before its beginning
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError)


def read_archive(path: Path, model: str | None = None) -> tuple[str, str]:
    """Give the name and the text of one model in an archive.

    Which files are models its manifest says, or where it has none or names none, their ending.

    Args:
        model: which one, where it holds several and none of them is its master.

    Raises:
        ModelError: the file is no archive, it is too large, or no one model can be told; all models are named.
    """
    subject = str(path)
    _check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            chosen = _chosen(archive, subject, model)
            return chosen, decode(_bytes(archive, chosen, subject), f"{subject}: {chosen}")
    except ModelError:
        raise
    except _DAMAGE as fault:
        raise ModelError(subject, f"is not an archive that can be read: {str(fault) or 'it ends too soon'}") from None


def _chosen(archive: zipfile.ZipFile, subject: str, model: str | None) -> str:
    listed = _listed(archive, subject)
    names = list(listed)
    if model is not None:
        if model not in names:
            help = nearest(model, names) or f"it has {', '.join(names[:20])}"
            raise ModelError(subject, Problem("", f"has no model '{model}'", help if names else ""))
        return model
    masters = [name for name, is_master in listed.items() if is_master]
    if len(names) == 1 or len(masters) == 1:
        return (masters or names)[0]
    if not names:
        raise ModelError(subject, "has no model")
    help = f"name one, as {Path(subject).name}#{names[0]}; it has {', '.join(names[:20])}"
    raise ModelError(subject, Problem("", "has several models", help))


def _listed(archive: zipfile.ZipFile, subject: str) -> dict[str, bool]:
    """Give the archive's models, and whether each is its master."""
    here = dict.fromkeys(item.filename for item in archive.infolist() if not item.filename.endswith("/"))
    if MANIFEST in here:
        named = _manifest(decode(_bytes(archive, MANIFEST, subject), f"{subject}: {MANIFEST}"), subject)
        models = {name: is_master for name, is_master in named.items() if name in here}
        if models:
            return models
    return {name: False for name in here if name.lower().endswith(_ENDINGS) and not name.lower().endswith(MANIFEST)}


def _manifest(text: str, subject: str) -> dict[str, bool]:
    """Give the files that a manifest calls models in a language that is read."""
    root = xml.fromstring(screen_xml(text, f"{subject}: {MANIFEST}").encode())
    found = {}
    for content in root.iter(f"{{{NAMESPACE}}}content"):
        if _LANGUAGE.search(content.get("format", "").lower()):
            location = content.get("location", "").removeprefix("./").lstrip("/")
            found[location] = content.get("master", "").lower() == "true"
    return found


def _bytes(archive: zipfile.ZipFile, name: str, subject: str) -> bytes:
    """Give the bytes of a file, however large it says that it is."""
    with archive.open(name) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ModelError(subject, f"'{name}' is larger than {LARGEST:,} bytes")
    return data


def _check_size(path: Path) -> None:
    with readable(str(path), ModelError):
        size = path.stat().st_size
    if size > LARGEST_ARCHIVE:
        raise ModelError(str(path), f"is {size:,} bytes; archives of up to {LARGEST_ARCHIVE:,} are read")
