"""Words that point back are read as what they stand for."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read


def triples(text: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in read(open_document(text.encode()))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Midkine binds ALK and LRP1. In macrophages it induces CCL2 and represses IL-12.",
            {("Midkine", "increases", "CCL2"), ("Midkine", "decreases", "IL-12")},
        ),
        (
            "IL-34 is made by keratinocytes. TNF and LPS increase its expression in fibroblasts.",
            {("TNF", "increases", "IL-34"), ("LPS", "increases", "IL-34")},
        ),
        (
            "Cisplatin raised plasma GDF15 in mice. Circulating leptin was not altered by the cytokine.",
            {("GDF15", "no_effect", "leptin")},
        ),
        (
            "CCR7 is the receptor for CCL19. The ligand induces the migration of dendritic cells.",
            {("CCL19", "increases", "migration of dendritic cells")},
        ),
        (
            "Hepatocytes survive only if HGF is present, since this factor maintains the expression of BCL2L1.",
            {("HGF", "increases", "BCL2L1")},
        ),
        (
            "TLR2 is found on monocytes. In cultured monocytes the transcript rises after exposure to LPS.",
            {("LPS", "increases", "TLR2")},
        ),
        (
            "IL-7 raised BCL2 protein but not its mRNA.",
            {("IL-7", "no_effect", "BCL2")},
        ),
    ],
)  # fmt: skip
def test_a_word_that_points_back_is_read_as_its_name(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "IL-33 was measured. It is thought that oncostatin M induces CCL2.",
        "IL-33 was measured. It remains unclear whether oncostatin M induces CCL2.",
    ],
)
def test_it_that_only_fills_a_place_names_nothing(text: str) -> None:
    assert not {t for t in triples(text) if t[0] == "IL-33"}


def test_the_cytokine_is_never_a_receptor_or_a_medicine() -> None:
    found = triples(
        "Tocilizumab blocks IL6R in patients who have high CXCL8. The cytokine increases MMP1 in synoviocytes."
    )
    assert ("CXCL8", "increases", "MMP1") in found or not {t for t in found if t[2] == "MMP1"}
    assert not {t for t in found if t[0] in ("Tocilizumab", "IL6R") and t[2] == "MMP1"}


def test_what_acts_on_its_expression_is_another() -> None:
    assert ("IL-10", "increases", "IL-10") not in triples("IL-4 is made by T cells. IL-10 increases its expression.")
    assert ("IL-10", "increases", "IL-4") in triples("IL-4 is made by T cells. IL-10 increases its expression.")


def test_a_new_section_begins_anew() -> None:
    text = "# A\n\nIL-22 protects hepatocytes.\n\n# B\n\nMetformin was given to rats. It reduced body weight."
    assert ("IL-22", "decreases", "body weight") not in triples(text)
