"""How sure a sentence is: hedges that lead to a verb from afar, and what only another clause asks."""

from __future__ import annotations

import pytest

from pleio.reading import Document, read


def modalities(text: str) -> dict[str, str]:
    return {s.object: s.modality for s in read(Document("note", text))}


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Adiponectin is thought to protect the heart by lowering CCL2.", "CCL2", "hedged"),
        ("Ghrelin raised growth hormone, possibly by activating GHSR.", "GHSR", "hedged"),
        ("Irisin is said to raise UCP1.", "UCP1", "hedged"),
        ("Irisin is therefore suspected to raise UCP1.", "UCP1", "hedged"),
        ("Irisin may act on fat, and leptin lowers NPY.", "NPY", "asserted"),
        ("Leptin lowers NPY; whether ghrelin does so remains unclear.", "NPY", "asserted"),
        ("Leptin lowers NPY, but whether ghrelin acts on the same cells is unknown.", "NPY", "asserted"),
        ("Whether leptin lowers NPY in rats, and for how long, is unknown.", "NPY", "speculative"),
    ],
)
def test_the_modality_of_a_verb(text: str, target: str, expected: str) -> None:
    assert modalities(text)[target] == expected
