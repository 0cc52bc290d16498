"""What quantities and endpoints are called: by their labels wherever a reader meets them, by their names never."""

from __future__ import annotations

import pytest

from pleio.library import open as open_library
from pleio.studies.labels import endpoint_labels, formula_told, label_of, quantity_labels
from pleio.studies.study import read_study

IL11 = open_library("il11")
STUDY = """
title: A test
mechanism: [neuro]
arms: {none: none}
horizon: 1 d
endpoints:
  x1: {of: als_pace, take: mean, relative_to: baseline}
  x2: {of: als_pace, take: maximum, label: highest pace of ALS}
  x3: {of: als_pace, take: time_above, threshold: 2 fold}
  no_such: {of: unheard_of, take: final}
"""


def test_an_endpoint_without_a_label_is_told_by_its_quantity_and_how_it_is_taken() -> None:
    study = read_study(STUDY)
    network = IL11.mechanism("cns_exposure+neuro").network
    found = endpoint_labels(study, quantity_labels(network, study))
    assert found["x1"] == "pace of amyotrophic lateral sclerosis (mean, relative change)"
    assert found["x2"] == "highest pace of ALS"
    assert found["x3"] == "pace of amyotrophic lateral sclerosis (time above 2)"
    assert found["no_such"] == "no such"


@pytest.mark.parametrize("name", IL11.studies)
def test_every_quantity_and_endpoint_of_a_study_that_ships_has_a_label_of_its_own(name: str) -> None:
    asked = IL11.study(name)
    study = asked.study
    assert [one for one, endpoint in study.endpoints.items() if not endpoint.label] == []
    known = quantity_labels(asked.mechanism.network, study)
    assert set(study.observed) <= set(known)
    labels = [known[one] for one in study.observed]
    assert len(set(labels)) == len(labels)
    called = [endpoint.label for endpoint in study.endpoints.values()]
    assert len(set(called)) == len(called)


def test_what_each_cell_type_has_of_its_own_says_in_which() -> None:
    network = IL11.mechanism("receptor+jak_stat+cell_types").network
    assert label_of(network, "pSTAT3_fraction_hepatocyte") == "phosphorylated share of STAT3, hepatocyte"
    alone = IL11.mechanism("receptor+jak_stat").network
    assert label_of(alone, "pSTAT3_fraction") == "phosphorylated share of STAT3"


def test_a_formula_is_told_in_labels_and_those_that_could_be_misread_are_quoted() -> None:
    labels = {"a": "rise of platelets", "b": "males, alive", "ab": "never"}
    assert formula_told("a − 0.5 × b + own_term", labels) == "rise of platelets − 0.5 × “males, alive” + own term"
