"""Relations without a sign, in sentences of our own: each with exactly the statements that it must give.

A block of `relations/*.txt` is a sentence (⏎ is a line break; one that begins with # is a page), and below it one
statement a line: subject | relation | object, with ! where the text denies it.  A sentence with nothing below it must
give no statement of these relations.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.reading import open_document, read

TABLES = sorted(Path(__file__).with_name("relations").glob("*.txt"))
RELATIONS = {
    "expressed_in", "secreted_by", "binds", "part_of", "member_of", "associated_with", "causes_adverse_event", "treats",
    "under_investigation_for", "has_property", "has_identifier",
}  # fmt: skip


def _blocks(path: Path) -> list[tuple[str, set[tuple[str, ...]]]]:
    out = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        sentence, *lines = block.split("\n")
        wanted = {
            (*(part.strip() for part in line.rstrip(" !").split("|")), "denied" if line.endswith(" !") else "said")
            for line in lines
        }
        out.append((sentence.replace("⏎", "\n"), wanted))
    return out


def _read(text: str) -> set[tuple[str, ...]]:
    name = {"name": "page.md"} if text.startswith("#") else {}
    return {
        (s.subject, s.relation, s.object, "said" if s.status == "asserted" else "denied")
        for s in read(open_document(text.encode(), **name))
        if s.relation in RELATIONS
    }


@pytest.mark.parametrize("path", TABLES, ids=[path.stem for path in TABLES])
def test_sentences_give_exactly_what_they_say(path: Path) -> None:
    blocks = _blocks(path)
    assert len(blocks) >= 15
    found = [(text, wanted, _read(text)) for text, wanted in blocks]
    wrong = {text: (wanted - got, got - wanted) for text, wanted, got in found if got != wanted}
    assert not wrong, f"sentence: (not read, read too much)\n{wrong}"


def test_every_table_has_sentences_that_give_nothing() -> None:
    assert all(any(not wanted for _, wanted in _blocks(path)) for path in TABLES)
