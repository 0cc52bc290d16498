"""Where a statement holds: what its clause, the words that open its sentence, its heading or its title name."""

from __future__ import annotations

import pytest

from pleio.reading import Document, read

Context = dict[str, str]


def contexts(text: str, media: str = "markdown") -> dict[str, Context]:
    """Give the context of each statement, by its object."""
    return {s.object: dict(s.context) for s in read(Document("note", text, media))}


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        (
            "In keratinocytes, IL-20 raised CCL20, whereas dexamethasone lowered IL19.",
            "IL19",
            {"cell_type": "keratinocytes"},
        ),
        ("In U937 cells, GM-CSF raised CD86, and ruxolitinib lowered IRF8.", "IRF8", {"cell_type": "U937 cells"}),
        ("In mice, leptin lowered NPY; ghrelin raised AGRP.", "AGRP", {"species": "mouse"}),
        ("Leptin lowered NPY in rats, while ghrelin raised AGRP in mice.", "AGRP", {"species": "mouse"}),
    ],
)
def test_the_words_that_open_a_sentence_hold_for_its_clauses(text: str, target: str, expected: Context) -> None:
    found = contexts(text)[target]
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "target", "key", "value"),
    [
        ("Vitamin D lowered renal REN mRNA.", "REN", "tissue", "kidney"),
        ("Semaglutide lowered serum LEP.", "LEP", "tissue", "serum"),
        ("IL-5 raised CCL11 in bronchoalveolar lavage fluid.", "CCL11", "tissue", "bronchoalveolar lavage fluid"),
        ("Calcitriol lowered PTH in cultured parathyroid chief cells.", "PTH", "cell_type", "parathyroid chief cells"),
        ("IL-7 increased proliferation of CD8+ T cells.", "proliferation of CD8+ T cells", "cell_type", "CD8+ T cells"),
        ("Anti-CCL2 reduced macrophage infiltration.", "macrophage infiltration", "cell_type", "macrophage"),
        ("Nintedanib lowered CCL18 in patients with systemic sclerosis.", "CCL18", "disease", "systemic sclerosis"),
    ],
)
def test_places_in_the_clause(text: str, target: str, key: str, value: str) -> None:
    assert contexts(text)[target].get(key) == value


def test_the_disease_of_a_sentence_comes_before_that_of_its_heading() -> None:
    text = "# Vedolizumab\n\n## Inflammatory bowel disease\n\nVedolizumab lowered CCL20 in patients with pouchitis.\n"
    assert contexts(text)["CCL20"]["disease"] == "pouchitis"


def test_where_a_molecule_is_made_is_no_tissue_of_the_next() -> None:
    found = read(Document("note", "GIP is expressed in liver, lung and stomach."))
    assert len(found) > 1
    assert all("tissue" not in dict(s.context) for s in found)


def test_the_title_speaks_for_what_happened_and_not_for_what_holds() -> None:
    text = "# Oncostatin M in human adipocytes\n\nOSM raised CCL2 at 24 h. IL-6 activates STAT3.\n"
    found = contexts(text)
    assert found["CCL2"].get("species") == "human"
    assert found["CCL2"].get("cell_type") == "adipocytes"
    assert "species" not in found["STAT3"]
