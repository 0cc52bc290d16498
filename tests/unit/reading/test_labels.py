"""Sentences as labels of medicines write them: what a medicine is for, and what it does to whom."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

INDICATIONS = [
    ("Dupilumab is indicated for the treatment of adults with atopic dermatitis.", {"atopic dermatitis"}),
    (
        "Aldesleukin is a human interleukin-2 indicated for the treatment of adults with metastatic renal cell "
        "carcinoma and for the treatment of adults with metastatic melanoma.",
        {"metastatic renal cell carcinoma", "metastatic melanoma"},
    ),
    (
        "Anakinra is an interleukin-1 receptor antagonist indicated for reduction in signs and symptoms of rheumatoid "
        "arthritis.",
        {"rheumatoid arthritis"},
    ),
    ("Dupilumab is indicated as an add-on maintenance treatment of patients with asthma.", {"asthma"}),
    (
        "Ustekinumab is approved in adults with psoriasis, Crohn's disease and ulcerative colitis.",
        {"psoriasis", "Crohn's disease", "ulcerative colitis"},
    ),
    (
        "Teriparatide is indicated for treatment of postmenopausal women with osteoporosis at high risk for fracture.",
        {"osteoporosis"},
    ),
]

HARMS = [
    ("Use of romiplostim has been associated with an increased risk of thrombosis.", "romiplostim", {"thrombosis"}),
    (
        "Changes in mental status, including confusion and depression, may occur during therapy with aldesleukin.",
        "aldesleukin",
        {"confusion", "depression"},
    ),
    (
        "Grade 4 events seen in more than 1% of patients given aldesleukin were hypotension (3%), oliguria (6%) and "
        "coma (2%).",
        "aldesleukin",
        {"hypotension", "oliguria", "coma"},
    ),
    (
        "Two percent of patients treated with aldesleukin had ventricular tachycardia.",
        "aldesleukin",
        {"ventricular tachycardia"},
    ),
    (
        "Cases of neutropenia, mostly mild and reversible, were seen in 0.5% of patients treated with secukinumab.",
        "secukinumab",
        {"neutropenia"},
    ),
    (
        "Worsening of inflammatory bowel disease, in some cases fatal, has been observed with secukinumab.",
        "secukinumab",
        {"inflammatory bowel disease"},
    ),
]


def claims(text: str, relation: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.object, s.status) for s in read(open_document(text.encode())) if s.relation == relation}


@pytest.mark.parametrize(("sentence", "diseases"), INDICATIONS)
def test_what_a_medicine_is_for_is_the_disease_of_those_who_get_it(sentence: str, diseases: set[str]) -> None:
    medicine = sentence.split()[0]
    assert claims(sentence, "treats") == {(medicine, disease, "asserted") for disease in diseases}


def test_a_denied_use_is_refuted() -> None:
    sentence = "Etanercept is not indicated for use in patients with sepsis."
    assert claims(sentence, "treats") == {("Etanercept", "sepsis", "refuted")}


@pytest.mark.parametrize(("sentence", "medicine", "harms"), HARMS)
def test_harms_in_patients_are_of_what_they_got(sentence: str, medicine: str, harms: set[str]) -> None:
    assert claims(sentence, "causes_adverse_event") == {(medicine, harm, "asserted") for harm in harms}


@pytest.mark.parametrize(
    "sentence",
    [
        "Withhold aldesleukin in patients who develop lethargy.",
        "Patients had severe asthma before aldesleukin was started.",
        "IL-17A expression is associated with an increased risk of thrombosis.",
    ],
)
def test_what_patients_have_without_it_is_no_harm(sentence: str) -> None:
    assert not claims(sentence, "causes_adverse_event")


def test_a_brand_means_its_medicine_on_the_whole_page() -> None:
    page = (
        "HIGHLIGHTS OF PRESCRIBING INFORMATION\n\nPROLANTIN (aldesleukin) for injection\n\nWARNINGS\n\n"
        "PROLANTIN can cause capillary leak syndrome. Sepsis has been reported during therapy.\n"
    )
    found = claims(page, "causes_adverse_event")
    assert found == {
        ("PROLANTIN", "capillary leak syndrome", "asserted"),
        ("PROLANTIN", "Sepsis", "asserted"),
    }


BY_FREQUENCY = [
    "| Frequency | Adverse reaction |\n|---|---|\n| Very common | Headache |\n| Rare | Vasculitis, urticaria |\n",
    "| System organ class | Very common | Rare |\n|---|---|---|\n| Skin | Headache | Vasculitis; urticaria |\n",
]


@pytest.mark.parametrize("table", BY_FREQUENCY)
def test_tables_by_frequency_list_the_harms_of_the_medicine(table: str) -> None:
    found = read(open_document(f"# Secukinumab\n\n## Undesirable effects\n\n{table}".encode()))
    assert {(s.subject, s.relation, s.object) for s in found} == {
        ("Secukinumab", "causes_adverse_event", harm) for harm in ("Headache", "Vasculitis", "urticaria")
    }
    assert not any("disease" in dict(s.context) for s in found)


def test_bullets_under_what_it_is_used_for_are_uses() -> None:
    page = "# Secukinumab\n\n## What it is used for\n\n- psoriatic arthritis\n- It must not be used for sepsis.\n"
    assert claims(page, "treats") == {
        ("Secukinumab", "psoriatic arthritis", "asserted"),
        ("Secukinumab", "sepsis", "refuted"),
    }


def test_organs_that_clear_a_medicine_do_nothing_to_it() -> None:
    found = read(open_document(b"Aldesleukin is cleared by the kidneys through glomerular filtration."))
    assert [(s.relation, s.object) for s in found] == [("has_property", "cleared by the kidneys")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Secukinumab binds to and neutralises IL-17A.",
        "Secukinumab selectively binds to and thereby neutralises IL-17A.",
        "Secukinumab binds and inhibits IL-17A.",
    ],
)
def test_what_is_bound_and_neutralised_is_both(sentence: str) -> None:
    found = {(s.relation, s.subject, s.object) for s in read(open_document(sentence.encode()))}
    assert found == {("binds", "Secukinumab", "IL-17A"), ("decreases", "Secukinumab", "IL-17A")}


LEAFLET = """Zarelio 40 mg solution for injection in pre-filled pen
adalimumab

4. Possible side effects

Very common (may affect more than 1 in 10 people):
Injection site reactions (including pain and swelling); headache; skin cancer (excluding melanoma).

Rare (may affect up to 1 in 1,000 people):
- Rash
- Lupus or sarcoidosis
- Neutropenia: uncommon, but may be severe
"""


def test_a_leaflet_lists_harms_under_how_often_they_are() -> None:
    found = claims(LEAFLET, "causes_adverse_event")
    assert {name.lower() for _, name, _ in found} == {
        "injection site reactions", "pain", "swelling", "headache", "skin cancer", "rash", "lupus", "sarcoidosis",
        "neutropenia",
    }  # fmt: skip


def test_the_brand_of_a_title_with_a_strength_is_the_medicine_below_it() -> None:
    text = "Zarelio 40 mg solution for injection\n\nadalimumab\n\nZarelio is used in rheumatoid arthritis.\n"
    assert {s.subject for s in read(open_document(text.encode()))} == {"Zarelio"}


def test_a_form_that_is_made_is_no_gene_and_keeps_its_letter() -> None:
    assert claims("Interferon beta-1a reduces IL-17A secretion.", "decreases") == {
        ("Interferon beta-1a", "IL-17A", "asserted")
    }


MORE_HARMS = [
    ("Seizures have been associated with the use of etanercept.", {("Seizures", "asserted")}),
    (
        "Severe hepatic injury, including cases of hepatic failure, has been reported in patients taking secukinumab.",
        {("Severe hepatic injury", "asserted"), ("hepatic failure", "asserted")},
    ),
    (
        "Studies have shown an increased risk of cancer or severe infections with denosumab.",
        {("cancer", "asserted"), ("severe infections", "asserted")},
    ),
    ("Two patients discontinued etanercept because of malignancy.", {("malignancy", "asserted")}),
    (
        "Eczema occurred more often with denosumab, while there was no case of osteonecrosis of the jaw.",
        {("Eczema", "asserted"), ("osteonecrosis of the jaw", "null_result")},
    ),
    ("Gout was less frequent with canakinumab than with placebo.", set()),
]


@pytest.mark.parametrize(("sentence", "harms"), MORE_HARMS)
def test_harms_blamed_counted_and_missed(sentence: str, harms: set[tuple[str, str]]) -> None:
    assert {(harm, status) for _, harm, status in claims(sentence, "causes_adverse_event")} == harms
