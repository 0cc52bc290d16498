"""Statements as sentences: no word of a program, a denial denied, a doubt left a doubt."""

from __future__ import annotations

from typing import Any

import pytest

from pleio.claims.vocabulary import RELATIONS as CLAIMED
from pleio.reading.statement import MODALITIES, RELATIONS, STATUSES
from pleio.reading.told import sentence


def said(relation: str, object: str = "STAT3", **more: Any) -> str:
    plain = {"subject": "IL-11", "aspect": None, "status": "asserted", "modality": "asserted", "context": {}}
    return sentence({**plain, "relation": relation, "object": object, **more})


@pytest.mark.parametrize(
    ("told", "sentence_of_it"),
    [
        (said("increases", aspect="phosphorylation"), "IL-11 increases the phosphorylation of STAT3"),
        (said("increases", modality="hedged"), "IL-11 may increase STAT3"),
        (said("binds", modality="speculative"), "IL-11 is thought to bind STAT3"),
        (said("decreases", status="refuted"), "IL-11 does not decrease STAT3"),
        (said("expressed_in", "neurons", status="refuted"), "IL-11 is not expressed in neurons"),
        (said("treats", "gout", status="refuted", modality="hedged"), "IL-11 may not treat gout"),
        (said("causes_adverse_event", "oedema"), "IL-11 can cause oedema"),
        (said("causes_adverse_event", "oedema", status="refuted"), "IL-11 does not cause oedema"),
        (said("no_effect", "activin A", aspect="mRNA", status="null_result", dose="100 ng/ml"),
         "IL-11 has no effect on activin A mRNA at 100 ng/ml"),
        (said("associated_with", "gout", status="null_result"), "IL-11 does not go with gout"),
        (said("has_property", "four-helix bundle"), "IL-11 has the property “four-helix bundle”"),
        (said("increases", context={"cell_type": "fibroblasts", "tissue": "lung"}),
         "IL-11 increases STAT3 in fibroblasts in lung"),
        (said("increases", "neuron survival", context={"cell_type": "neuron"}), "IL-11 increases neuron survival"),
    ],
)  # fmt: skip
def test_a_statement_reads_as_a_sentence(told: str, sentence_of_it: str) -> None:
    assert told == sentence_of_it


@pytest.mark.parametrize("relation", sorted({*RELATIONS, *CLAIMED}))
def test_no_relation_is_told_by_its_name_in_the_program(relation: str) -> None:
    for status in STATUSES:
        for modality in MODALITIES:
            told = said(relation, status=status, modality=modality)
            assert "_" not in told and told.startswith("IL-11 ") and "STAT3" in told
