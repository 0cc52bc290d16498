"""What a sentence takes from those before it: the agent, what is referred back to, doses and durations."""

from __future__ import annotations

import pytest

from pleio.reading import Document, read
from pleio.reading.slots.doses import amounts

Said = tuple[str, str, str]


def said(text: str) -> set[Said]:
    return {(s.subject, s.relation, s.object) for s in read(Document("note", text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roxadustat raised haemoglobin. Hepcidin fell by 30%.", ("Roxadustat", "decreases", "Hepcidin")),
        (
            "Imatinib slowed tumour growth in rats. Spleen volume was reduced by 35% in 40% of animals.",
            ("Imatinib", "decreases", "Spleen volume"),
        ),
        (
            "Imatinib slowed tumour growth in rats. Ovulation was delayed by a week in drug-treated rats.",
            ("Imatinib", "decreases", "Ovulation"),
        ),
        (
            "Imatinib slowed tumour growth. Macrophage infiltration was no different from vehicle.",
            ("Imatinib", "no_effect", "Macrophage infiltration"),
        ),
        ("Mice were given anakinra for 14 days. Hepcidin was not suppressed.", ("anakinra", "no_effect", "Hepcidin")),
    ],
)
def test_the_agent_is_that_of_the_paragraph(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Baricitinib inhibits JAK1. A single dose of 4 mg lowered hepcidin.",
            ("Baricitinib", "decreases", "hepcidin"),
        ),
        (
            "Baricitinib inhibits JAK1. In rabbits, 30 mg/kg/day reduced fetal weight by 9%.",
            ("Baricitinib", "decreases", "fetal weight"),
        ),
        (
            "Baricitinib inhibits JAK1. In mice, the compound (10 mg/kg) lowered hepcidin.",
            ("Baricitinib", "decreases", "hepcidin"),
        ),
    ],
)
def test_doses_and_general_words_stand_for_the_agent(text: str, expected: Said) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mice received a sclerostin antibody. The antibody increased bone mass.",
            {("sclerostin antibody", "increases", "bone mass")},
        ),
        (
            "Rats were injected with an antagonist of IL-1. This antagonist reduced joint swelling.",
            {("antagonist of IL-1", "decreases", "joint swelling")},
        ),
        (
            "Mice received a JAK inhibitor. The inhibitor reduced inflammation.",
            {("JAK inhibitor", "decreases", "inflammation")},
        ),
        ("We made a neutralising antibody against IL-13. The antibody reduced collagen.", set()),
        (
            "Siltuximab is an antibody to IL-6. The antibody lowered CRP.",
            {("Siltuximab", "decreases", "CRP"), ("Siltuximab", "binds", "IL-6")},
        ),
    ],
)
def test_an_antibody_is_never_what_it_is_aimed_at(text: str, expected: set[Said]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The hospital stay was cut by 2 days.",
        "Spleen volume was reduced by at least 35%.",
        "Mortality was reduced by a third.",
        "The rate was increased by 2 mg.",
    ],
)
def test_amounts_do_not_act(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "IL-4 raised the surface expression of CD23, an increase that ruxolitinib abolished.",
            {("IL-4", "increases", "CD23"), ("ruxolitinib", "decreases", "CD23")},
        ),
        (
            "The rise in CCL17 mRNA caused by IL-4 was halved by tofacitinib.",
            {("IL-4", "increases", "CCL17"), ("tofacitinib", "decreases", "CCL17")},
        ),
        (
            "SYK was phosphorylated in response to collagen; ZAP70 was not.",
            {("collagen", "increases", "SYK"), ("collagen", "no_effect", "ZAP70")},
        ),
        (
            "Trametinib curbed DUSP6 mRNA, and so did shRNA against BRAF.",
            {("Trametinib", "decreases", "DUSP6"), ("BRAF", "increases", "DUSP6")},
        ),
        (
            "Renin activity was low at rest, but furosemide caused a steep rise. Indomethacin prevented this change.",
            {("furosemide", "increases", "Renin activity"), ("Indomethacin", "decreases", "Renin activity")},
        ),
    ],
)
def test_what_refers_back(text: str, expected: set[Said]) -> None:
    assert expected <= said(text)


COLLECTION = """1. J Test Ther. 2018;11(3):201-9.
Secukinumab in psoriasis after failure of TNF inhibition: a randomised trial.
BACKGROUND: Plaques recur. RESULTS: Secukinumab lowered hepcidin. Headache was the most common adverse event.

2. J Test Med. 2020;7(1):44-52.
Ustekinumab as induction therapy for colitis.
BACKGROUND: Relapse is frequent. RESULTS: Ustekinumab lowered hepcidin. Ferritin was reduced.
"""


def test_each_record_of_a_collection_is_about_its_own_agent() -> None:
    found = said(COLLECTION)
    assert ("Ustekinumab", "decreases", "Ferritin") in found
    assert not [s for s in found if s[0] == "TNF"]


@pytest.mark.parametrize(
    ("text", "dose", "duration"),
    [
        (
            "Adults were assigned to luspatercept (1 mg/kg every 21 days) or placebo. At week 24 luspatercept raised "
            "ferritin by 15 ng/ml.",
            "1 mg/kg",
            "week 24",
        ),
        ("Wortmannin (100 nM, 30 min before EGF) prevented phosphorylation of AKT1.", "100 nM", "30 min"),
        ("Recombinant IL-5 (2 µg intranasally on 3 consecutive days) elicited release of IL-4.", "2 µg", "3 days"),
        (
            "120 patients with psoriasis were given tofacitinib 10 mg daily for 12 weeks. Tofacitinib lowered CCL2.",
            "10 mg",
            "12 weeks",
        ),
    ],
)
def test_dose_and_duration(text: str, dose: str, duration: str | None) -> None:
    found = read(Document("note", text))
    assert found
    assert {(s.dose, s.duration) for s in found} == {(dose, duration)}


def test_by_how_much_is_not_for_how_long() -> None:
    assert amounts("Survival was prolonged by 5 days.").duration is None
    assert amounts("Ferritin rose by 15 ng/ml.").doses == ()


def test_codes_are_names_where_the_text_says_what_they_are() -> None:
    text = "Mice received the antibody 3F12 (5 mg/kg). 3F12 cut collagen I deposition and lowered fibronectin."
    assert ("3F12", "decreases", "fibronectin") in said(text)
    assert not said("The C2C12 cells lowered nothing. A549 (lung) was a line.")


def test_a_panel_sets_up_its_own_agent() -> None:
    text = (
        "Figure 4. Response of podocytes. (A) Dose curve of NPHS1 in the presence of angiotensin II (100 nM). NPHS1 "
        "fell at 24 h. (B) Cells were treated with puromycin (30 µg/ml) for 48 h. TRPC6 mRNA rose 3-fold. (C) AKT1 "
        "phosphorylation 20 min after insulin; wortmannin (100 nM) suppressed the signal."
    )
    found = said(text)
    assert ("angiotensin II", "decreases", "NPHS1") in found
    assert ("puromycin", "increases", "TRPC6") in found
    assert {("insulin", "increases", "AKT1"), ("wortmannin", "decreases", "AKT1")} <= found
    assert not [s for s in found if s[0] == "angiotensin II" and s[2] == "TRPC6"]


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Sirolimus lowered CCND1 by day 5, and halved VEGFA.", "VEGFA", None),
        ("Sirolimus lowered CCND1 by day 5, and halved VEGFA.", "CCND1", "day 5"),
        ("Sirolimus lowered CCND1 and halved VEGFA at week 6.", "CCND1", "week 6"),
        ("After 3 days, sirolimus lowered CCND1 and halved VEGFA.", "VEGFA", "3 days"),
        ("Cells were exposed to sirolimus for 8 h, and VEGFA fell.", "VEGFA", "8 h"),
        ("Sirolimus lowered CCND1, whereas VEGFA mRNA rose after 48 h of everolimus.", "CCND1", None),
    ],
)
def test_a_time_holds_for_the_verb_it_stands_with(text: str, target: str, expected: str | None) -> None:
    found = [s for s in read(Document("note", text)) if s.object == target]
    assert found
    assert {s.duration for s in found} == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Insulin raised leptin from 4 to 11 ng/ml.",
        "Insulin lowered resistin to 6 ng/ml.",
        "Insulin lowered resistin (14 to 6 ng/ml).",
    ],
)
def test_what_was_measured_is_no_dose(text: str) -> None:
    found = read(Document("note", text))
    assert found
    assert {s.dose for s in found} == {None}


def test_other_animals_are_another_experiment() -> None:
    text = (
        "Lean mice received liraglutide (0.2 mg/kg) for 21 days. Liraglutide lowered NPY. In ob/ob mice, liraglutide "
        "raised POMC."
    )
    found = {s.object: (s.dose, s.duration) for s in read(Document("note", text))}
    assert found["NPY"] == ("0.2 mg/kg", "21 days")
    assert found["POMC"] == (None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Blocking gp130 with the antibody B-R3 did not change the response to IL-22.",
        "Neutralising autoantibodies lowered the viral load.",
        "Keeping the cache warm saved an hour.",
    ],
)
def test_what_a_gerund_that_is_the_subject_says_was_done_by_nobody_named_before(sentence: str) -> None:
    found = read(Document("note", f"Interleukin-22 increased STAT3 phosphorylation. {sentence}"))
    assert not [one for one in found if "22" in one.subject and one.start > 40]
