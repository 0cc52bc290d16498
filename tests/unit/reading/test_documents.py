"""Documents are read within bounds or refused with the place and the remedy; hostile ones cost little."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from pleio.base.errors import DocumentError
from pleio.reading import audit, open_document, read, report_html
from pleio.reading.documents.outlined import outline


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"IL-6\x00binds", "byte 4: is binary"),
        (b"\x89PNG\r\n\x1a\n", "is binary: a PNG image"),
        (b"PK\x03\x04word", "is binary: a ZIP archive"),
        ("IL-6 est élevé".encode("latin-1"), "byte 9 (line 1): is not UTF-8"),
        ("IL-6 binds".encode("utf-16"), "byte 0: is UTF-16; save it as UTF-8"),
        (b"a" * 1_000_001, "documents of up to 1 MB are read"),
        (b"%PDF-1.4 nothing here", "is not a PDF that can be read"),
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><article>&c;</article>',
            "declares XML entities",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as fault:
        open_document(data, name="page")
    assert str(fault.value).startswith("page: ") and words in str(fault.value)


def test_files_that_are_missing_folders_or_huge_say_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist; check the path"):
        open_document(tmp_path / "none.md")
    with pytest.raises(DocumentError, match="is a folder"):
        open_document(tmp_path)
    huge = tmp_path / "huge.md"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    began = time.process_time()
    with pytest.raises(DocumentError, match=r"is 100\.0 MB"):
        open_document(huge)
    assert time.process_time() - began < 0.5


def test_newlines_and_offsets_are_those_of_the_file() -> None:
    document = open_document(b"IL-6 binds IL6R.\r\n\r\nIL-6 increases CRP.\r\n")
    assert document.text.count("\r\n") == 3
    for statement in read(document):
        assert document.text[statement.start : statement.end] == statement.quote


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard:
        buffer = io.BytesIO(b"IL-6 binds IL6R.")

    monkeypatch.setattr("sys.stdin", Standard())
    assert open_document("-").text == "IL-6 binds IL6R."


def test_a_scraped_page_keeps_its_structure() -> None:
    page = open_document(b"Overview\nIL-6 is a cytokine.\nFunction\nLiver\n- Induces CRP[@x2000]\nReferences\n")
    found = [(p.kind, p.text, p.headings) for p in outline(page).passages]
    assert ("bullet", "Induces CRP", ("Function", "Liver")) in found
    assert [k for k, _, _ in found].count("heading") == 4


JATS = """<?xml version="1.0"?><article xmlns:xlink="http://www.w3.org/1999/xlink"
article-type="review-article"><front><article-meta>
<title-group><article-title>IL-6 in the liver</article-title></title-group><abstract><p>IL-6 increases
CRP.</p></abstract>
</article-meta></front><body><sec><title>Liver</title><p>IL-6 induces hepcidin mRNA<xref ref-type="bibr"
rid="b1">1</xref>.</p></sec></body>
<back><ref-list><title>References</title><ref id="b1"><mixed-citation>Nemeth E
2004</mixed-citation></ref></ref-list></back></article>"""


def test_jats_and_html_are_read_with_exact_spans() -> None:
    jats = open_document(JATS.encode())
    assert jats.media == "jats"
    assert {("CRP", None), ("hepcidin", "mRNA")} <= {
        (s.object, s.aspect if s.aspect == "mRNA" else None) for s in read(jats)
    }
    html = open_document(
        b"<html><body><h2>Liver</h2><ul><li>IL-6 <b>increases</b> CRP</li></ul>"
        b"<script>TNF increases CRP</script></body></html>"
    )
    found = read(html)
    assert [(s.subject, s.relation, s.object) for s in found] == [("IL-6", "increases", "CRP")]
    assert html.text[found[0].start : found[0].end] == "IL-6 <b>increases</b> CRP"


BAIT = {
    "brackets": "[" * 1,
    "parentheses": "(",
    "links": "[a](/b",
    "marks": "[@a;",
    "tags": "<a ",
    "scripts": "<script>",
    "lists": "- ",
    "cells": "<tr><td>a",
    "stars": "*a",
    "hyphens": "a-",
}


@pytest.mark.parametrize("name", sorted(BAIT))
def test_bait_costs_no_more_than_its_length(name: str) -> None:
    def seconds(size: int) -> float:
        document = open_document((BAIT[name] * (size // len(BAIT[name])) + " x").encode())
        began = time.process_time()
        outline(document)
        audit(document)
        return time.process_time() - began

    seconds(2_000)
    small, large = seconds(15_000), seconds(60_000)
    assert large < 10 * small + 0.3, (small, large)  # four times the length; quadratic cost would be sixteen times


def test_no_markup_of_a_document_survives_into_a_report() -> None:
    text = '<script>alert(1)</script>\n\n# "><img src=x onerror=alert(1)>\n\n'
    text += "IL-6 [x](javascript:alert(1)) \u202eevil\u202c [@a2000\n"
    document = open_document(text.encode(), name='"><script>x</script>.md')
    page = report_html(document, audit(document))
    assert "<script" not in page and "<img" not in page and "\u202e" not in page and "U+202E" in page
