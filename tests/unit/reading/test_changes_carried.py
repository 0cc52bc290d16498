"""Changes without a verb of their own cause: under the agent of a paragraph, in mutants, in a disease, in legends; and
what was looked for and not found.
"""

from __future__ import annotations

import pytest

from pleio.reading import Document, read

Said = tuple[str, str, str]


def said(text: str) -> set[Said]:
    return {(s.subject, s.relation, s.object) for s in read(Document("note", text))}


def signs(text: str) -> set[Said]:
    return {s for s in said(text) if s[1] in ("increases", "decreases", "no_effect", "regulates")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tezepelumab was given to 40 adults with severe asthma for 24 weeks. Blood eosinophils fell by a third.",
            ("Tezepelumab", "decreases", "Blood eosinophils"),
        ),
        (
            "Patients were randomised to bimekizumab or placebo. Pain scores halved by week 16.",
            ("bimekizumab", "decreases", "Pain scores"),
        ),
        (
            "Patients were randomised to bimekizumab or placebo. Pain fell, and fatigue improved in 30% of them.",
            ("bimekizumab", "decreases", "fatigue"),
        ),
        ("Rats received losartan for 4 weeks. Heart rate stayed the same.", ("losartan", "no_effect", "Heart rate")),
        (
            "Volunteers received recombinant IL-7. CD8+ T cells tripled by day 14, while B cells were unaffected.",
            ("recombinant IL-7", "increases", "CD8+ T cells"),
        ),
        (
            "Keratinocytes were treated with IL-22 for 48 h. Filaggrin was no longer detectable.",
            ("IL-22", "decreases", "Filaggrin"),
        ),
        (
            "Mepolizumab was given to 30 patients. Three patients developed neutralising antibodies.",
            ("Mepolizumab", "increases", "neutralising antibodies"),
        ),
        (
            "Baricitinib was tested in 80 patients with alopecia areata. Hair regrowth was seen in 35% of patients.",
            ("Baricitinib", "increases", "Hair regrowth"),
        ),
    ],
)
def test_what_changed_under_the_agent(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We studied Il33-/- mice. Lung collagen was lower in the knockouts.", ("Il33", "increases", "collagen")),
        (
            "Ccn2 was deleted in podocytes. In the knockouts, albuminuria was halved.",
            ("Ccn2", "increases", "albuminuria"),
        ),
        (
            "Mice lacking Il17ra were infected. Knockout tongues contained tenfold more fungus.",
            ("Il17ra", "decreases", "fungus"),
        ),
        ("Histology at day 21 showed less collagen in Il13-/- lungs.", ("Il13", "increases", "collagen")),
        (
            "Flow cytometry revealed a smaller proportion of Th17 cells in Il23r-deficient mice than in controls.",
            ("Il23r", "increases", "Th17 cells"),
        ),
        ("Osmr-null mice had smaller scars, with fewer myofibroblasts.", ("Osmr", "increases", "myofibroblasts")),
    ],
)
def test_what_changed_in_those_that_lack_a_gene(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No phosphorylation of STAT1 was seen after IL-31.", ("IL-31", "no_effect", "STAT1")),
        ("No change in serum calcium was noted with romosozumab.", ("romosozumab", "no_effect", "calcium")),
        ("We saw no tumours in rats given liraglutide for a year.", ("liraglutide", "no_effect", "tumours")),
        ("IL-17A had no bearing on keratinocyte migration.", ("IL-17A", "no_effect", "keratinocyte migration")),
        ("IL-4 made no difference to collagen gel contraction.", ("IL-4", "no_effect", "collagen gel contraction")),
        (
            "Contraction of the gel was insensitive to ruxolitinib.",
            ("ruxolitinib", "no_effect", "Contraction of gel"),
        ),
        (
            "Matrix deposition was the same with or without pirfenidone.",
            ("pirfenidone", "no_effect", "Matrix deposition"),
        ),
        (
            "Neither IL6 mRNA nor procollagen in the medium differed between vehicle and IL-11 (5 ng/ml).",
            ("IL-11", "no_effect", "procollagen"),
        ),
    ],
)
def test_what_was_looked_for_and_not_found(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Relapse occurred in 12% of patients on rituximab versus 40% on placebo.",
            ("rituximab", "decreases", "Relapse"),
        ),
        (
            "An ACR50 response was reached by 45% of patients on upadacitinib and by 15% on placebo.",
            ("upadacitinib", "increases", "ACR50 response"),
        ),
        (
            "Remission at week 8 occurred more with ustekinumab than with placebo (15.6% vs 5.3%).",
            ("ustekinumab", "increases", "Remission"),
        ),
    ],
)
def test_the_shares_of_two_arms_say_what_the_medicine_does(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Figure 2. (A) Increased collagen deposition in lungs of mice given IL-11.",
            ("IL-11", "increases", "collagen deposition"),
        ),
        (
            "Figure 5. (D) Fewer TUNEL-positive cells in hearts from mice treated with IL-11.",
            ("IL-11", "decreases", "TUNEL-positive cells"),
        ),
        ("Figure 6. (A) Smaller scars in Postn-/- hearts at day 14.", ("Postn", "increases", "scars")),
        (
            "Figure 4. (B) Lysates after 10 min of EGF (10 ng/ml), showing stronger phosphorylation of ERK1/2 and AKT.",
            ("EGF", "increases", "ERK1/2"),
        ),
        ("Figure 7. (E) No effect of IL-4 on scratch closure.", ("IL-4", "no_effect", "scratch closure")),
        (
            "Figure 1. (A) Blot of keratinocytes stimulated with IL-31 for 15 min: STAT3, but not STAT1, was "
            "phosphorylated.",
            ("IL-31", "no_effect", "STAT1"),
        ),
        (
            "Dose-dependent inhibition of platelet aggregation by ticagrelor.",
            ("ticagrelor", "decreases", "platelet aggregation"),
        ),
    ],
)
def test_legends_and_titles_without_a_verb(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# IL-18 in disease\n\n- **Gout**: Serum IL-18 is subnormal.", ("Gout", "decreases", "IL-18")),
        (
            "# IL-18 in disease\n\n- **Lupus nephritis**: IL-18 is above normal.",
            ("Lupus nephritis", "increases", "IL-18"),
        ),
        ("# Pre-eclampsia\n\nPlacental endoglin is raised.", ("Pre-eclampsia", "increases", "endoglin")),
        ("IL-6 was elevated in gout but not in migraine.", ("migraine", "no_effect", "IL-6")),
        (
            "Leptin did not differ between women with anorexia nervosa and controls.",
            ("anorexia nervosa", "no_effect", "Leptin"),
        ),
    ],
)
def test_levels_in_diseases(text: str, expected: Said) -> None:
    page = Document("note.md" if text.startswith("#") else "note", text)
    assert expected in {(s.subject, s.relation, s.object) for s in read(page)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Astrocytes release CCL2 upon IL-1β stimulation.", ("IL-1β", "increases", "CCL2")),
        ("IL-11 injection is followed by thrombocytosis.", ("IL-11", "increases", "thrombocytosis")),
        ("No role for IL-23 in vitiligo has been shown.", ("IL-23", "regulates", "vitiligo")),
    ],
)
def test_answers_sequels_and_roles_that_were_not_shown(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rats received losartan. Heart rate was the same as reported before in rats with diabetes.",
        "Patients were randomised to bimekizumab or placebo. The study was completed in 2019.",
        "Patients received anakinra. Serum samples were obtained at week 4.",
        "No data were available after week 12.",
        "Figure 3. (A) Experimental design. (B) Representative images after IL-11.",
        "Lipid uptake did not differ between treated and untreated macrophages.",
        "Of 40 patients, 12% were women and 8% on placebo were men.",
    ],
)
def test_what_says_nothing_gives_nothing(text: str) -> None:
    assert signs(text) == set()
