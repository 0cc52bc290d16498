"""Lists are read whole: every member of a list has the claim that one of them has, and nothing else has it."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

INCREASES, DECREASES, EXPRESSED, HARMS = "increases", "decreases", "expressed_in", "causes_adverse_event"

WHOLE = [
    # the lists that a sentence ends with, and those that a clause opens with
    ("TSLP suppressed angiogenesis, fibrosis and cell migration.", "TSLP", DECREASES,
     "angiogenesis fibrosis cell_migration"),
    ("The effects of TSLP on mucus secretion, neutrophil influx and oxidative stress were studied.",
     "TSLP", "regulates", "mucus_secretion neutrophil_influx oxidative_stress"),
    ("Fibronectin increased fibrosis and/or Th17 differentiation.", "Fibronectin", INCREASES,
     "fibrosis Th17_differentiation"),
    ("IL-33 increased VCAM-1 & CCL5.", "IL-33", INCREASES, "VCAM-1 CCL5"),
    ("IL-33 increased VCAM-1, CCL5 and possibly MMP9.", "IL-33", INCREASES, "VCAM-1 CCL5 MMP9"),
    ("IL-33 increased VCAM-1 and CCL5 but also MMP9.", "IL-33", INCREASES, "VCAM-1 CCL5 MMP9"),
    ("IL-33 increased VCAM-1 and CCL5, together with MMP9.", "IL-33", INCREASES, "VCAM-1 CCL5 MMP9"),
    # nouns that the tagger takes for adjectives and verbs
    ("Caspase-1 mRNA was detected in retina, colon and kidney.", "Caspase-1", EXPRESSED, "retina colon kidney"),
    ("IL-34 is made by the placenta, the gastric mucosa and skeletal muscle.", "IL-34", "secreted_by",
     "placenta gastric_mucosa skeletal_muscle"),
    ("Less frequent adverse events with anakinra were intestinal perforation and bullous pemphigoid.",
     "anakinra", HARMS,
     "intestinal_perforation bullous_pemphigoid"),
    # lists that brackets, "among them" and the like announce
    ("TSLP suppressed pro-inflammatory cytokines (IL-6, CCL2 and TNF-α).", "TSLP", DECREASES, "IL-6 CCL2 TNF-α"),
    ("TSLP suppressed many genes, among them IL6, CCL2 and TNF.", "TSLP", DECREASES, "IL6 CCL2 TNF"),
    ("TSLP suppressed several proteins, namely IL-6, CCL2 and TNF-α.", "TSLP", DECREASES, "IL-6 CCL2 TNF-α"),
    ("IL-34 is expressed in many tissues (liver, lung and kidney).", "IL-34", EXPRESSED, "liver lung kidney"),
    ("IL-34 is expressed by many cells (e.g., macrophages, neutrophils and fibroblasts).", "IL-34", EXPRESSED,
     "macrophages neutrophils fibroblasts"),
    ("The most common adverse reactions to tocilizumab were skin toxicities (rash, erythema and pruritus), pain and "
     "arthralgia.", "tocilizumab", HARMS, "rash erythema pruritus pain arthralgia"),
]  # fmt: skip

OPENING = [
    ("IL-4 binds IL4R; guselkumab, risankizumab and tildrakizumab bind p19.",
     "guselkumab risankizumab tildrakizumab", "binds", "p19"),
    ("TSLP is released after contact with proteases, respiratory viruses or TNF-α.",
     "proteases respiratory_viruses TNF-α", INCREASES, "TSLP"),
]  # fmt: skip


def _said(text: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in read(open_document(text.encode()))}


def _names(listed: str) -> list[str]:
    return [name.replace("_", " ") for name in listed.split()]


@pytest.mark.parametrize(("text", "subject", "relation", "objects"), WHOLE)
def test_objects_of_a_list(text: str, subject: str, relation: str, objects: str) -> None:
    assert _said(text) == {(subject, relation, name) for name in _names(objects)}


@pytest.mark.parametrize(("text", "subjects", "relation", "object_"), OPENING)
def test_subjects_of_a_list(text: str, subjects: str, relation: str, object_: str) -> None:
    assert _said(text) >= {(name, relation, object_) for name in _names(subjects)}


APART = [
    # a list is not taken for what a clause of its own says, nor beyond what it holds
    ("In mice, tumour-derived GDF-15 drives loss of both fat and muscle.", "loss of fat"),
    ("BrdU incorporation rose in cells exposed to PDGF-BB or vehicle.", "vehicle"),
    ("Tocilizumab is approved for moderate to severe rheumatoid arthritis.", "moderate"),
    ("The most common adverse reactions to tocilizumab were rash and pruritus.", "common adverse reactions"),
]


@pytest.mark.parametrize(("text", "never"), APART)
def test_what_is_no_member(text: str, never: str) -> None:
    assert all(never not in (subject, object_) for subject, _, object_ in _said(text))
