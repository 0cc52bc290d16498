"""Doses, times and citations of statements: how papers print them, which agent and verb they hold for."""

from __future__ import annotations

import pytest

from pleio.reading import Document, read
from pleio.reading.audit import audit
from pleio.reading.slots.doses import amounts
from pleio.reading.statement import Statement


def statements(text: str, media: str = "markdown") -> dict[tuple[str, str], Statement]:
    return {(s.subject, s.object): s for s in read(Document("note", text, media))}


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Endotoxin (1 mg kg−1) raised TNF.", "1 mg kg−1"),
        ("IL-4 (20 ng·mL−1) induced ARG1.", "20 ng·mL−1"),
        ("IL-3 (1, 10 or 100 ng/ml) increased FLT3.", "1, 10 or 100 ng/ml"),
        ("A single 50-mg dose of oprelvekin raised VEGF.", "50 mg"),
        ("Losartan (30 mg per kg per day) decreased TGFB1.", "30 mg per kg per day"),
        ("Doxycycline (0.5% in the diet) induced IL13.", "0.5%"),
        ("UVB (30 mJ/cm2) increased IL6.", "30 mJ/cm2"),
        ("Mice received 300 ng/g BW LPS.", "300 ng/g BW"),
    ],
)
def test_doses_as_printed(text: str, dose: str) -> None:
    assert [found for _, found in amounts(text).doses] == [dose]


@pytest.mark.parametrize(
    "text",
    [
        "IL-6 (45 ± 3 pg/ml) was higher in sepsis.",
        "IL-6 levels were 45 pg/ml in patients with sepsis.",
        "Sarilumab binds IL6R (KD 54 pM).",
        "Serum IL-6 fell from 12 pg/ml to 3 pg/ml with tocilizumab.",
        "Treatment with 10% FBS increased FOS.",
    ],
)
def test_what_was_measured_is_no_dose(text: str) -> None:
    assert amounts(text).doses == ()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Cells were stimulated for 10, 30 or 60 min with insulin.", "10, 30 or 60 min"),
        ("The 48-hour TGF-β1 treatment increased COL1A1.", "48 hour"),
        ("Four weeks of losartan treatment decreased TGFB1.", "Four weeks"),
        ("Ethanol raised IL6 3 h later.", "3 h"),
        ("Leptin decreased NPY mRNA 4 h post-injection.", "4 h"),
        ("After overnight treatment with leptin, SOCS3 mRNA rose.", "overnight"),
        ("Patients who had had asthma for 5 years received omalizumab.", None),
        ("Mice aged 6 to 8 weeks received IL-4.", None),
        ("Tocilizumab 8 mg/kg every 4 weeks lowered CRP.", None),
        ("Ruxolitinib lowered pSTAT3, with return to baseline by 10 hours.", None),
        ("Patients received secukinumab weekly for 4 weeks and every 4 weeks thereafter.", None),
    ],
)
def test_times_as_printed(text: str, time: str | None) -> None:
    assert amounts(text).duration == time


def test_each_step_of_a_set_up_has_its_own_dose_and_time() -> None:
    text = (
        "Chondrocytes were pretreated with U0126 (10 μM) for 30 minutes prior to treatment with TNF (20 ng/ml) for "
        "24 hours. TNF lowered ACAN mRNA.\n"
    )
    found = statements(text)["TNF", "ACAN"]
    assert (found.dose, found.duration) == ("20 ng/ml", "24 hours")


def test_what_was_given_with_or_without_something_has_its_dose() -> None:
    text = "Men received endotoxin (4 ng/kg) with or without IL-10 (25 µg/kg). IL-10 reduced the release of TNF.\n"
    assert statements(text)["IL-10", "TNF"].dose == "25 µg/kg"


def test_of_two_doses_of_one_agent_none_is_carried_over() -> None:
    text = "Patients were randomised to secukinumab 150 mg or secukinumab 300 mg. Secukinumab reduced serum CXCL1.\n"
    assert statements(text)["Secukinumab", "CXCL1"].dose is None


@pytest.mark.parametrize(
    ("text", "claim", "dose", "time"),
    [
        # what opens a sentence holds for all its clauses, also for what was silenced
        (
            "When macrophages were cultured with RANKL (50 ng/ml) for 5 days, knockdown of DCSTAMP lowered ACP5.",
            ("DCSTAMP", "ACP5"),
            None,
            "5 days",
        ),
        ("At 2 µg/kg, leptin raised SOCS3, whereas ghrelin raised NPY.", ("ghrelin", "NPY"), "2 µg/kg", None),
        # a dose without an agent is that of its own clause
        ("Stretch raised IL6; TNF raised CCL2 at 10 ng/ml.", ("Stretch", "IL6"), None, None),
        # short forms that a set-up makes, and one dose for each of several agents
        (
            "Mice inhaled house dust mite extract (HDM; 25 µg) for 5 weeks. HDM raised IL13.",
            ("HDM", "IL13"),
            "25 µg",
            "5 weeks",
        ),
        (
            "HK-2 cells were treated with SB-431542 or SB-203580 (both 10 µM). SB-431542 lowered CCN2.",
            ("SB-431542", "CCN2"),
            "10 µM",
            None,
        ),
        # a set-up of two parts speaks of two groups
        (
            "Obese mice were injected with leptin (5 mg/kg); lean rats were not. In lean rats, leptin lowered NPY.",
            ("leptin", "NPY"),
            None,
            None,
        ),
    ],
)
def test_whose_dose_and_time(text: str, claim: tuple[str, str], dose: str | None, time: str | None) -> None:
    found = statements(text)[claim]
    assert (found.dose, found.duration) == (dose, time)


@pytest.mark.parametrize(
    ("mark", "keys"),
    [
        (
            "(Harper et al., 2009a, b; Furue & Tsuji, 2020)",
            "Harper et al. 2009a|Harper et al. 2009b|Furue & Tsuji 2020",
        ),
        ("(for review see van den Berg et al., 2009)", "van den Berg et al. 2009"),
        ("[3–5, 9]", "3|4|5|9"),
        ("[12](#ref12)", "12"),
        ("(PMID: 19295614)", "19295614"),
        ("(refs 12 and 13)", "12|13"),
        ("\\citep{harper2009,furue2020}", "harper2009|furue2020"),
        ("¹²", "12"),
        ("(n = 12)", ""),
        ("(Figure 2)", ""),
    ],
)
def test_citations_of_every_style(mark: str, keys: str) -> None:
    space = "" if mark == "¹²" else " "
    found = statements(f"IL-17A increased CCL20 in keratinocytes{space}{mark}.\n")["IL-17A", "CCL20"]
    assert "|".join(found.citations) == keys


def test_two_marks_with_a_dash_between_them_are_a_range() -> None:
    mark = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'
    said = f"IL-17A increased CCL20 [{mark.format(12)}–{mark.format(14)}]."
    text = f"<article><body><sec><p>{said}</p></sec></body></article>"
    assert statements(text, "jats")["IL-17A", "CCL20"].citations == ("12", "13", "14")


def test_the_title_of_an_abstract_says_where_all_of_it_was_seen() -> None:
    text = (
        "Baricitinib in adults with alopecia areata: a randomised trial.\n\n"
        "BACKGROUND: The cause is unknown. RESULTS: Baricitinib lowered serum CXCL10.\n"
    )
    assert dict(statements(text)["Baricitinib", "CXCL10"].context).get("disease") == "alopecia areata"


def test_a_tissue_that_only_says_which_cells_is_none() -> None:
    found = statements("TGF-β1 raised CCN2 in kidney fibroblasts.\n")["TGF-β1", "CCN2"]
    assert dict(found.context) == {"cell_type": "kidney fibroblasts"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("## Rates\n\n| a | b |\n|---|---|\n| x → y | none |\n\n## Notes\n\nText of notes.\n", set()),
        ("## Rates\n\n## Notes\n\nText of notes.\n", {"empty_section"}),
    ],
)
def test_a_section_with_a_table_is_not_empty(text: str, kinds: set[str]) -> None:
    found = audit(Document("page", "# Page\n\nIL-6 is a cytokine.\n\n" + text, "markdown"))
    assert {f.kind for f in found if f.severity != "info"} == kinds


@pytest.mark.parametrize(("last", "wrong"), [("31", False), ("13", True)])
def test_a_propeptide_without_a_unit_counts(last: str, wrong: bool) -> None:
    said = (
        "The precursor of OSM has 252 amino acids: a signal peptide of 25, the mature protein of 196, and a propeptide"
    )
    text = f"# OSM\n\n{said} of {last}.\n"
    assert any(f.kind == "length_arithmetic" for f in audit(Document("page", text, "markdown"))) is wrong


def test_a_dose_does_not_hide_a_contradiction_and_two_doses_are_none() -> None:
    said = "OSM{} increased CCL2 secretion from fibroblasts [1]. OSM{} decreased CCL2 secretion from fibroblasts [1].\n"
    one = audit(Document("page", "# OSM\n\n" + said.format(" (10 ng/ml)", ""), "markdown"))
    two = audit(Document("page", "# OSM\n\n" + said.format(" (10 ng/ml)", " (1 ng/ml)"), "markdown"))
    assert any(f.kind == "contradiction" for f in one)
    assert not any(f.kind == "contradiction" for f in two)
