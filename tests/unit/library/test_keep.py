"""Keeping what was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pleio.artifacts import Archive
from pleio.library.keeping.documents import keep_reading
from pleio.reading import open_document


class Said:
    def to_json(self) -> dict[str, Any]:
        return {"subject": "IL11", "start": 0, "end": 5}


def test_a_document_is_kept_once_with_its_statements_and_exact_text(home: Path) -> None:
    archive = Archive()
    document = open_document("IL-11 activates STAT3 in β cells.\r\n".encode(), name="note.txt")
    name = keep_reading(document, [Said()], archive)
    assert keep_reading(document, [Said()], archive) == name == f"document-{document.digest[:12]}"
    kept = archive.load(name)
    assert kept.content["text"] == document.text
    assert kept.content["text"][0:5] == "IL-11"
    assert kept.content["statements"] == [Said().to_json()]
    activity = archive.activity(name)
    assert activity is not None and activity.used[0].id == f"sha256:{document.digest}"
    assert len(archive.history(name)) == 1
