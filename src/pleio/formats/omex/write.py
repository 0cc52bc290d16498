"""Writing a COMBINE archive (OMEX 1): a ZIP file whose manifest says what each file is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as xml

NAMESPACE = "http://identifiers.org/combine.specifications/omex-manifest"
SPECIFICATIONS = "http://identifiers.org/combine.specifications/"
SBML = f"{SPECIFICATIONS}sbml.level-3.version-2"
SEDML = f"{SPECIFICATIONS}sed-ml.level-1.version-4"
METADATA = f"{SPECIFICATIONS}omex-metadata"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that ZIP knows: the same content is the same bytes


@dataclass(frozen=True)
class Entry:
    """One file of an archive.

    Attributes:
        name: its path in the archive, with forward slashes.
        format: an identifier of the specification it follows.
        master: whether a reader should begin with it.
    """

    name: str
    content: bytes
    format: str
    master: bool = False


def write_omex(entries: Sequence[Entry]) -> bytes:
    """Write an archive; the same entries give the same bytes.

    Raises:
        ValueError: two entries have one name, or a name leads out of the archive.
    """
    names = [entry.name for entry in entries]
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise ValueError(f"the names {names} are not distinct paths within the archive")
    return zipped({"manifest.xml": _manifest(entries), **{entry.name: entry.content for entry in entries}})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files, in their order, without anything that changes from one time to the next."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return packed.getvalue()


def _manifest(entries: Sequence[Entry]) -> bytes:
    root = xml.Element("omexManifest", {"xmlns": NAMESPACE})
    xml.SubElement(root, "content", location=".", format=f"{SPECIFICATIONS}omex")
    xml.SubElement(root, "content", location="./manifest.xml", format=f"{SPECIFICATIONS}omex-manifest")
    for entry in entries:
        listed = xml.SubElement(root, "content", location=f"./{entry.name}", format=entry.format)
        if entry.master:
            listed.set("master", "true")
    xml.indent(root)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"
    return text.encode()
