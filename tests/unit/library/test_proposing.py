"""What a document says, as claims to accept: in whom it was seen comes along, in the words of claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.library.keeping.proposing import proposals_of
from pleio.reading import open_document, read


@pytest.mark.parametrize(
    ("animals", "species"),
    [
        ("mice", "mouse"),
        ("cynomolgus macaques", "cynomolgus"),
        ("rhesus monkeys", "rhesus"),
        ("baboons", "baboon"),
        ("monkeys", None),  # of which kind is not said
        ("sheep", None),  # no species of claims
    ],
)
def test_a_proposal_keeps_the_species_that_its_sentence_names(
    tmp_path: Path, animals: str, species: str | None
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Animals\n\nIL-11 increased the expression of CRP in {animals}.\n", "utf-8")
    document = open_document(page)
    (claim,), _ = proposals_of(document, read(document), "0" * 64)
    assert claim.context.species == species
