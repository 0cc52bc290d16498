"""Lists whose members share the noun of the last: each member is read as the name that it is with that noun."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

OBJECTS = [
    (
        "IL-6 promotes lung, pancreatic and colorectal cancer.",
        {"lung cancer", "pancreatic cancer", "colorectal cancer"},
    ),
    (
        "IL-22 is associated with hepatic, renal, and pulmonary fibrosis.",
        {"hepatic fibrosis", "renal fibrosis", "pulmonary fibrosis"},
    ),
    ("Bevacizumab is used to treat colorectal and kidney cancer.", {"colorectal cancer", "kidney cancer"}),
    (
        "IL-33 drives basophil, eosinophil and mast cell activation.",
        {"basophil activation", "eosinophil activation", "mast cell activation"},
    ),
    ("IL-17A promotes skin, lung and liver fibrosis in mice.", {"skin fibrosis", "lung fibrosis", "liver fibrosis"}),
    ("IL-4 stimulates B and T cell proliferation.", {"B cell proliferation", "T cell proliferation"}),
    ("IL-22 is expressed in lung and skin fibroblasts.", {"lung fibroblasts", "skin fibroblasts"}),
    ("IL-10 suppresses fever, pain and joint inflammation.", {"fever", "pain", "joint inflammation"}),
    ("TNF increases apoptosis, necrosis and cell death.", {"apoptosis", "necrosis", "cell death"}),
    ("IL-1β induced three chemokines: CXCL8, CCL2 and CCL20.", {"CXCL8", "CCL2", "CCL20"}),
]


@pytest.mark.parametrize(("sentence", "objects"), OBJECTS)
def test_members_share_the_noun_of_the_last(sentence: str, objects: set[str]) -> None:
    assert {s.object for s in read(open_document(sentence.encode()))} == objects


def test_a_level_in_several_diseases_of_one_noun() -> None:
    found = read(open_document(b"IL-6 is elevated in lung, breast, and ovarian cancer."))
    assert {(s.subject, s.relation, s.object) for s in found} == {
        (f"{place} cancer", "increases", "IL-6") for place in ("lung", "breast", "ovarian")
    }


def test_what_is_answered_is_no_process_of_that_name() -> None:
    found = read(open_document(b"Ruxolitinib abolished STAT3 phosphorylation in response to IL-6."))
    assert {(s.subject, s.relation, s.object) for s in found} == {
        ("IL-6", "increases", "STAT3"),
        ("Ruxolitinib", "decreases", "STAT3"),
    }


def test_an_answer_may_open_its_sentence() -> None:
    found = read(open_document(b"In response to TNF, endothelial cells upregulate VCAM-1."))
    assert {(s.subject, s.relation, s.object) for s in found} == {("TNF", "increases", "VCAM-1")}


def test_signalling_by_a_molecule_is_its_signalling() -> None:
    found = read(open_document(b"Dupilumab blocks signalling by both IL-4 and IL-13."))
    assert {(s.relation, s.object) for s in found} == {("decreases", "IL-4"), ("decreases", "IL-13")}


def test_what_is_released_in_response_is_told_once() -> None:
    found = read(open_document(b"Macrophages release CCL2 in response to TNF and IL-1\xce\xb2."))
    effects = [(s.subject, s.object, s.aspect) for s in found if s.relation == "increases"]
    assert sorted(effects) == [("IL-1β", "CCL2", "secretion"), ("TNF", "CCL2", "secretion")]
