"""Short forms that a document gives its own meaning."""

from __future__ import annotations

import time

import pytest

from pleio.reading import Document, read
from pleio.reading.documents.page import Page
from pleio.reading.names.abbreviations import long_form


def named(text: str, short: str) -> tuple[str, str] | None:
    """The CURIE and category of the last mention of a short form in a text."""
    page = Page(Document("note", text))
    found = [m for p in page.outline.passages for m in page.mentions(p) if m.text == short]
    return (found[-1].curie, found[-1].category) if found else None


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        ("IL-6 is high in ulcerative colitis (UC). TNF raises mucus in UC.", "UC", ("mondo:0005101", "disease")),
        ("UC (ulcerative colitis) is common. TNF is high in UC.", "UC", ("mondo:0005101", "disease")),
        ("We took hepatic stellate cells (HSCs; n = 4). HSCs made TNF.", "HSCs", ("cl:0000632", "cell")),
        ("Proteins were found by mass spectrometry (MS). No change was seen by MS.", "MS", None),
        ("Rats ate a purified control diet (PCD). IL-6 fell with PCD.", "PCD", None),
        ("Interleukin-22 (IL-22) raised mucus. IL-22 binds IL10RB.", "IL-22", ("hgnc:14900", "gene")),
    ],
)
def test_a_short_form_means_what_the_document_says(text: str, short: str, expected: tuple[str, str] | None) -> None:
    assert named(text, short) == expected


def test_without_a_definition_a_short_form_means_what_it_did() -> None:
    assert named("Patients with MS had more IL-6.", "MS") == named("MS is treated with interferon beta.", "MS")
    assert named("Patients with MS had more IL-6.", "MS") is not None


def test_claims_carry_the_meaning() -> None:
    text = "Patients had ulcerative colitis (UC). IL-22 is associated with UC."
    found = [(s.subject, s.relation, s.object_id) for s in read(Document("note", text))]
    assert any(subject == "IL-22" and object_id == "mondo:0005101" for subject, _, object_id in found)


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("COPD", "It is raised in chronic obstructive pulmonary disease ", "chronic obstructive pulmonary disease"),
        ("BMDMs", "made by bone marrow-derived macrophages ", "bone marrow-derived macrophages"),
        ("UC", "in patients with Crohn disease ", ""),
        ("TNF", "TNF ", ""),
        ("AB", "", ""),
    ],
)
def test_long_forms(short: str, before: str, long: str) -> None:
    assert long_form(short, before) == long


def test_bait_costs_little() -> None:
    text = " ".join(f"long form {k} alpha beta (LF{k}AB)" for k in range(5000)) + "(" * 20_000 + "A " * 20_000
    begin = time.process_time()
    Page(Document("bait", text))._abbreviations  # noqa: B018 -- worked out when it is first asked for
    assert time.process_time() - begin < 5
