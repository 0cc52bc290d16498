"""Content-addressed results, provenance, citation, packaging, verification.

An artifact's id is the SHA-256 of what it says; `docs/theory/artifacts.md` gives the reasons.
"""

from __future__ import annotations

from .archive import Archive, Entry, Lineage, Version
from .citation import Citation, Name, of_artifact, of_reference, of_sources
from .cite import FORMATS, write_citations
from .diff import Change, compare
from .envelope import TYPES, Envelope, MadeBy, seal
from .provenance import Activity, Recording, Used, prov, recording
from .verify import Verification, verify

__all__ = [
    "FORMATS",
    "TYPES",
    "Activity",
    "Archive",
    "Change",
    "Citation",
    "Entry",
    "Envelope",
    "Lineage",
    "MadeBy",
    "Name",
    "Recording",
    "Used",
    "Verification",
    "Version",
    "compare",
    "of_artifact",
    "of_reference",
    "of_sources",
    "prov",
    "recording",
    "seal",
    "verify",
    "write_citations",
]
