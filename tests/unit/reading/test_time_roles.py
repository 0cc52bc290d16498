"""What a time is of: what was given, what went before, when it was looked at; and for which panels it holds."""

from __future__ import annotations

import pytest

from pleio.reading import Document, read
from pleio.reading.documents.sentences import letters_of, sentences
from pleio.reading.slots.doses import amounts
from pleio.reading.slots.given_times import GivenTimes
from pleio.reading.statement import Statement


def statements(text: str) -> dict[tuple[str, str], Statement]:
    return {(s.subject, s.object): s for s in read(Document("note", text, "text"))}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Rats were fasted for 24 h, given leptin, and killed 45 min later.", None),
        ("Cells were serum-starved for 16 h, then exposed to TNF for 24 h.", "24 h"),
        ("Cells were grown for 3 days and treated with TNF for 24 h.", "24 h"),
        ("Macrophages were cultured for 3 days with IL-4.", "3 days"),
        ("Cells were left to adhere for 2 h and exposed to IL-4.", None),
        ("Rats recovered for 1 week and received CNTF for 4 weeks.", "4 weeks"),
        ("Adults who had received methotrexate for 3 months were given sarilumab for 24 weeks.", "24 weeks"),
        ("Viral titres were measured 24 h after infection.", None),
        ("Lysates were taken after 10 min of PDGF.", "10 min"),
        ("In cultured astrocytes, OSM raised GFAP within 48 h.", "48 h"),
        ("Cells were kept in TNF for a further 3 days.", None),
    ],
)
def test_role_of_a_time(text: str, given: str | None) -> None:
    assert amounts(text).given == given


def test_preparation_is_no_duration() -> None:
    text = (
        "Rats were fasted for 24 h and injected with leptin (1 mg/kg); brains were collected 45 min later. "
        "Leptin increased Pomc mRNA."
    )
    found = statements(text)["Leptin", "Pomc"]
    assert (found.dose, found.duration) == ("1 mg/kg", None)


def test_each_step_has_its_own_time() -> None:
    text = (
        "THP-1 cells were differentiated with PMA (50 nM) for 48 h, rested for 24 h, primed with LPS (100 ng/ml) "
        "for 4 h and treated with nigericin (10 µM) for 1 h. "
        "Nigericin increased IL1B secretion. LPS increased NLRP3 protein."
    )
    found = statements(text)
    assert found["Nigericin", "IL1B"].duration == "1 h"
    assert found["LPS", "NLRP3"].duration == "4 h"


LEGEND = (
    "Figure 1. Responses of human macrophages. "
    "(A) Cells were treated with IL-4 (20 ng/ml) for 24 h. IL-4 increased ARG1 mRNA. "
    "(B) CCL17 in supernatants at 48 h. IL-4 increased CCL17 release. "
    "(C) IL-4 decreased NOS2 protein. "
    "(D) Ruxolitinib (1 µM) abolished IL-4-induced CCL22 mRNA."
)


@pytest.mark.parametrize(
    ("subject", "target", "time"),
    [
        ("IL-4", "ARG1", "24 h"),
        ("IL-4", "CCL17", "48 h"),  # what describes a panel comes before what was set up elsewhere
        ("IL-4", "NOS2", "24 h"),  # a set-up sentence goes on to later panels
        ("IL-4", "CCL22", None),  # but not to what a drug acts against there
    ],
)
def test_times_of_panels(subject: str, target: str, time: str | None) -> None:
    assert statements(LEGEND)[subject, target].duration == time


def test_a_description_speaks_for_its_own_panel() -> None:
    text = (
        "Fig. 1 | IL-31 and the skin. a, Filaggrin in keratinocytes cultured with IL-31 (100 ng/ml) for 8 days. "
        "IL-31 decreased filaggrin. b, Secretion of TSLP was increased by IL-31."
    )
    found = statements(text)
    assert found["IL-31", "filaggrin"].duration == "8 days"
    assert found["IL-31", "TSLP"].duration is None


def test_times_that_differ_between_panels_do_not_go_on() -> None:
    times = GivenTimes()
    times.keep("A", "1 h", "A")
    times.keep("A", "24 h", "B")
    assert (times.of("A", "A"), times.of("A", "B"), times.of("A", "C")) == ("1 h", "24 h", None)


@pytest.mark.parametrize(
    ("label", "letters"), [("(A-C)", "ABC"), ("(A and B)", "AB"), ("b, d", "BD"), ("(C)", "C"), ("a–c,", "ABC")]
)
def test_letters_of_labels(label: str, letters: str) -> None:
    assert letters_of(label) == letters


def test_bare_letters_are_panels_in_legends_only() -> None:
    legend = "Fig. 2 TNF and muscle. a, b Cells were treated with TNF. c TNF decreased MYOG mRNA."
    assert [s.panel for s in sentences(legend)] == ["", "A", "C"]
    prose = "TNF was given. It was a TNF inhibitor that helped."
    assert [s.panel for s in sentences(prose)] == ["", ""]


def test_readouts_own_no_dose() -> None:
    found = statements("FSTL1 increased IL6 and MMP13 mRNA at 500 ng/ml.")
    assert found["FSTL1", "MMP13"].dose == "500 ng/ml"


def test_cells_of_a_panel_go_on_until_something_else_is_set_up() -> None:
    text = (
        "Figure 3. Requirement for JAK1. (A) A549 cells were stimulated with IFN-λ1 (100 ng/ml) for 8 h. "
        "(B) TYK2 deletion decreased ISG15 mRNA."
    )
    found = {s.object: dict(s.context) for s in read(Document("note", text, "text"))}
    assert found["ISG15"]["cell_type"] == "A549 cells"


def test_other_cells_take_nothing_from_the_set_up() -> None:
    text = (
        "Figure 5. Macrophages. Monocytes were primed with IFN-γ (20 ng/ml) for 16 h. "
        "(A) IFN-γ increased CXCL10 mRNA. (B) In THP-1 cells, IFN-γ increased IDO1 mRNA."
    )
    found = statements(text)
    assert (found["IFN-γ", "CXCL10"].dose, found["IFN-γ", "CXCL10"].duration) == ("20 ng/ml", "16 h")
    assert (found["IFN-γ", "IDO1"].dose, found["IFN-γ", "IDO1"].duration) == (None, None)


def test_the_disease_of_a_title_holds_for_its_panels() -> None:
    text = "Figure 8. Tocilizumab lowers CRP in giant cell arteritis. (A) Tocilizumab decreased IL6 mRNA."
    found = {s.object: dict(s.context) for s in read(Document("note", text, "text"))}
    assert found["IL6"]["disease"] == "giant cell arteritis"
    text = "Figure 5. IFN-γ restricts the growth of Mycobacterium tuberculosis. (A) IFN-γ increased CXCL10 mRNA."
    found = {s.object: dict(s.context) for s in read(Document("note", text, "text"))}
    assert "disease" not in found["CXCL10"]


def test_viable_cells_are_no_kind_of_cell() -> None:
    found = read(Document("note", "Figure 1. (B) IL-34 increased the number of viable cells.", "text"))
    assert found
    assert all(dict(s.context).get("cell_type") is None for s in found)
