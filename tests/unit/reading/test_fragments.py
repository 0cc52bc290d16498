"""Pieces of pages in any order: reading and auditing them ends in findings, never in a fault."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pleio.reading import open_document
from pleio.reading.audit.run import audit
from pleio.reading.documents.page import Page
from pleio.reading.read import Rules

PAGES = [
    path.read_text(encoding="utf-8", errors="replace")
    for path in sorted(Path(__file__).parent.rglob("*"))
    if path.suffix in (".md", ".html", ".txt", ".xml")
]
MARKS = "<table> </table> <tr> <td> <th> - # [@ ]( ( ) % ± < > [ ] NaN IL-11 1e999 µg/mL ²".split()
MARKS += ["\n\n", "\t", "|", "\n|---|---|\n", "\n- ", "\n# "]


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_pieces_is_read(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        pieces = []
        for _ in range(chance.randint(1, 12)):
            page = chance.choice(PAGES)
            begin = chance.randrange(len(page))
            pieces.append(page[begin : begin + chance.randint(1, 300)])
            pieces += chance.choices(MARKS, k=chance.randint(0, 4))
        document = open_document("".join(pieces).encode() or b"x", name=f"x.{chance.choice(('md', 'html', 'txt'))}")
        assert all(document.text[f.start : f.end] == f.quote for f in audit(document))
        assert all(document.text[s.start : s.end] == s.quote for s in Rules().read(Page(document)))


@pytest.mark.parametrize("text", ["<table></table>", "<table><tr></tr></table>", "<table><tr><th></th></tr></table>"])
def test_a_table_may_be_empty(text: str) -> None:
    page = f"# IL-11\n\nIL-11 increases collagen.\n\n{text}\n".encode()
    assert [s.object for s in Rules().read(Page(open_document(page)))] == ["collagen"]


def test_phrases_within_phrases_have_an_end() -> None:
    deep = "IL-11 increases collagen" + " in cells with IL-6 and TNF after mice" * 400 + ".\n"
    assert len(Rules().read(Page(open_document(f"# IL-11\n\n{deep}".encode())))) < 1000
