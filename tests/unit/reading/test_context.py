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


def test_where_a_molecule_is_made_is_its_own_tissue_and_not_that_of_the_next() -> None:
    found = read(Document("note", "GIP is expressed in liver, lung and stomach."))
    assert [(s.object, dict(s.context).get("tissue")) for s in found] == [
        (place, place) for place in ("liver", "lung", "stomach")
    ]


def test_the_title_speaks_for_what_happened_and_not_for_what_holds() -> None:
    text = "# Oncostatin M in human adipocytes\n\nOSM raised CCL2 at 24 h. IL-6 activates STAT3.\n"
    found = contexts(text)
    assert found["CCL2"].get("species") == "human"
    assert found["CCL2"].get("cell_type") == "adipocytes"
    assert "species" not in found["STAT3"]


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        # cells that are given something
        (
            "When human T cells were cultured with IL-7, BCL2 rose.",
            "BCL2",
            {"species": "human", "cell_type": "T cells"},
        ),
        (
            "When rat astrocytes were treated with IL-6 for 24 h, silencing of STAT3 prevented GFAP expression.",
            "GFAP",
            {"species": "rat", "cell_type": "astrocytes"},
        ),
        ("IL-4 raised ARG1 in BMDMs.", "ARG1", {"cell_type": "BMDMs"}),
        ("IL-1β raised MMP13 in porcine chondrocytes.", "MMP13", {"species": "pig", "cell_type": "chondrocytes"}),
        # cells that only say what something else is
        ("Baricitinib lowered CRP and the erythrocyte sedimentation rate.", "CRP", {"cell_type": None}),
        ("IL-17A raised CXCL1 through endothelial cells.", "CXCL1", {"cell_type": None}),
        # organs and fluids that say where something was measured, for all of a list
        ("Losartan lowered plasma levels of ICAM1 and CCL2.", "CCL2", {"tissue": "plasma"}),
        ("Losartan reduced fibrosis of the kidney.", "fibrosis of kidney", {"tissue": "kidney"}),
        ("Romiplostim reduced spleen volume.", "spleen volume", {"tissue": "spleen"}),
        ("Metoprolol lowered cardiac fibroblast proliferation.", "cardiac fibroblast proliferation", {"tissue": None}),
        # diseases: those that one has, not what is done to an animal, nor what only marks something
        ("In diabetic mice, IL-22 raised REG3G.", "REG3G", {"species": "mouse", "disease": "diabetes"}),
        ("In patients with coeliac disease, IL-15 raised GZMB.", "GZMB", {"disease": "coeliac disease"}),
        ("In mice with ureteral obstruction, losartan lowered TGFB1.", "TGFB1", {"disease": None}),
        ("In mice, tumour-derived GDF15 lowered NPY.", "NPY", {"disease": None}),
        ("Tofacitinib is approved for moderate to severe ulcerative colitis.", None, {"disease": "ulcerative colitis"}),
    ],
)
def test_what_counts_as_a_place(text: str, target: str | None, expected: dict[str, str | None]) -> None:
    found = contexts(text)
    context = found[target] if target else next(iter(found.values()))
    assert {key: context.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        (
            "Figure 1. BMP9 acts on human endothelial cells.\n\n(A) BMP9 (1 ng/ml) raised ID1. (B) BMP9 lowered CXCR4.",
            "CXCR4",
            {"species": "human", "cell_type": "endothelial cells"},
        ),
        (
            "Figure 2. IL-31 evokes itch. (A) Calcium imaging of mouse neurons. IL-31 raised FOS. "
            "(B) Human keratinocytes were treated with IL-31. IL-31 lowered FLG.",
            "FOS",
            {"species": "mouse", "cell_type": "neurons"},
        ),
        (
            "# Notes\n\n## One. Signals\n\nOSM raised CCL2.\n\n## Two. Human myoblasts\n\nOSM raised SOCS3.\n",
            "SOCS3",
            {"species": "human", "cell_type": "myoblasts"},
        ),
        (
            "# Leptin\n\n## Leptin signalling in the osteoclast lineage\n\nLeptin activates STAT3.\n",
            "STAT3",
            {"cell_type": None},
        ),
        ("Mast cells store histamine. IL-33 raised IL13 in these cells.", "IL13", {"cell_type": "Mast cells"}),
        (
            "# Leptin\n\n## Diseases\n\n- **Neuropathic pain:** leptin raised CCL2 in rats\n",
            "CCL2",
            {"species": "rat", "disease": "Neuropathic pain"},
        ),
        ("# EPO\n\n- **Preterm infants:** EPO did not lower IL6.\n", "IL6", {"species": "human"}),
    ],
)
def test_places_that_titles_labels_and_sentences_before_give(
    text: str, target: str, expected: dict[str, str | None]
) -> None:
    context = contexts(text)[target]
    assert {key: context.get(key) for key in expected} == expected


def test_each_abstract_of_a_numbered_list_has_its_own_place() -> None:
    filler = "The background of this work has been told at length by others and need not be told again here. " * 5
    text = (
        f"1. Leptin lowers appetite in rats\n\n{filler}Leptin lowered NPY.\n\n"
        f"2. Sarilumab in patients with rheumatoid arthritis\n\n{filler}Sarilumab lowered CRP.\n"
    )
    found = contexts(text)
    assert found["NPY"] == {"species": "rat"}
    assert {key: found["CRP"].get(key) for key in ("species", "disease")} == {
        "species": "human",
        "disease": "rheumatoid arthritis",
    }
