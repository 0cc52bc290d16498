"""What was done to a gene, told by a verbal noun; what is denied with its preposition; panels with letter and comma."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read
from pleio.reading.documents.sentences import sentences


def triples(text: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in read(open_document(text.encode()))}


@pytest.mark.parametrize(
    "text",
    [
        "Induction of CXCL8 was abrogated by silencing of MYD88.",
        "The induction of CXCL8 was abrogated by silencing MYD88.",
        "The release of CXCL8 was blocked by knocking down MYD88.",
        "CXCL8 fell after deleting MYD88.",
        "Knocking down MYD88 lowered CXCL8.",
    ],
)
def test_taking_a_gene_away_turns_the_sign(text: str) -> None:
    assert triples(text) == {("MYD88", "increases", "CXCL8")}


def test_inhibiting_as_a_way_of_acting_is_no_loss() -> None:
    assert ("IL-10", "decreases", "TNF") in triples("IL-10 acts by inhibiting TNF.")


def test_what_is_denied_with_its_preposition_is_a_null_result() -> None:
    assert triples("IL-6 induced phosphorylation of STAT3 but not of STAT1.") == {
        ("IL-6", "increases", "STAT3"), ("IL-6", "no_effect", "STAT1"),
    }  # fmt: skip
    assert triples("CCL2 was induced by IL-1 but not by TNF.") == {
        ("IL-1", "increases", "CCL2"), ("TNF", "no_effect", "CCL2"),
    }  # fmt: skip


def test_panels_with_a_letter_and_a_comma_begin_sentences() -> None:
    text = "IL-31 raised CCL2 in skin. a, Western blot of lysates. b–d, Release of TSLP. Vitamin A, zinc and iron fell."
    found = [(text[s.start : s.end], s.panel) for s in sentences(text)]
    assert found == [
        ("IL-31 raised CCL2 in skin.", ""), ("a, Western blot of lysates.", "A"), ("b–d, Release of TSLP.", "B"),
        ("Vitamin A, zinc and iron fell.", ""),
    ]  # fmt: skip
