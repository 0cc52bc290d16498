"""What several processes are of: "survival and proliferation of A" is two things, "growth and development of A" one."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

SENTENCES = [
    (
        "IL-7 enhances the survival and proliferation of T cells.",
        {("increases", "survival of T cells"), ("increases", "proliferation of T cells")},
    ),
    (
        "PDGF-BB increases migration and invasion of tumor cells.",
        {("increases", "migration of tumor cells"), ("increases", "invasion of tumor cells")},
    ),
    (
        "The proliferation and migration of smooth muscle cells were reduced by TNF.",
        {("decreases", "proliferation of smooth muscle cells"), ("decreases", "migration of smooth muscle cells")},
    ),
    (
        "LIF blocks differentiation and apoptosis of embryonic stem cells.",
        {("decreases", "differentiation of embryonic stem cells"), ("decreases", "apoptosis of embryonic stem cells")},
    ),
    (
        "IL-11 stimulates the proliferation of hematopoietic stem cells and the maturation of megakaryocytes.",
        {("increases", "proliferation of hematopoietic stem cells"), ("increases", "maturation of megakaryocytes")},
    ),
]


@pytest.mark.parametrize(("sentence", "told"), SENTENCES)
def test_processes_share_what_they_are_of(sentence: str, told: set[tuple[str, str]]) -> None:
    assert {(s.relation, s.object) for s in read(open_document(sentence.encode()))} == told


def test_growth_and_development_is_one_thing() -> None:
    found = read(open_document(b"IL-7 supports the growth and development of blood cells."))
    assert len(found) == 1
    assert "blood cells" in found[0].object


KINDS = [
    (
        "TNF reduced hepatic and renal fibrosis.",
        {("decreases", "hepatic fibrosis"), ("decreases", "renal fibrosis")},
    ),
    (
        "IL-11 promotes innate and adaptive immune responses.",
        {("increases", "innate immune responses"), ("increases", "adaptive immune responses")},
    ),
    (
        "GM-CSF promotes the proliferation of megakaryocytic and erythroid progenitors.",
        {
            ("increases", "proliferation of megakaryocytic progenitors"),
            ("increases", "proliferation of erythroid progenitors"),
        },
    ),
    (
        "IL-4 stimulates proliferation of T and B cells.",
        {("increases", "proliferation of T cells"), ("increases", "proliferation of B cells")},
    ),
    ("IL-6 worsened severe and lasting fatigue.", {("increases", "lasting fatigue")}),
]


@pytest.mark.parametrize(("sentence", "told"), KINDS)
def test_kinds_share_the_noun_after_the_last(sentence: str, told: set[tuple[str, str]]) -> None:
    assert {(s.relation, s.object) for s in read(open_document(sentence.encode()))} == told


PARALLEL = [
    (
        "Patients with severe asthma had elevated sputum IL-8 and reduced IL-10.",
        {("severe asthma", "increases", "IL-8"), ("severe asthma", "decreases", "IL-10")},
    ),
    (
        "Il17ra-/- mice showed reduced neutrophil recruitment and increased fungal burden.",
        {("Il17ra", "increases", "neutrophil recruitment"), ("Il17ra", "decreases", "fungal burden")},
    ),
]


@pytest.mark.parametrize(("sentence", "told"), PARALLEL)
def test_each_of_two_changes_has_its_own_sign(sentence: str, told: set[tuple[str, str, str]]) -> None:
    assert {(s.subject, s.relation, s.object) for s in read(open_document(sentence.encode()))} == told


def test_a_verb_is_no_part_of_a_cell_line() -> None:
    found = read(open_document(b"CCL2 recruits monocytes to inflammation and thereby promotes atherosclerosis."))
    assert found and not any("recruits" in value for s in found for value in dict(s.context).values())
