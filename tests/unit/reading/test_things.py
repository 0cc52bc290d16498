"""What a phrase stands for."""

from __future__ import annotations

import pytest

from pleio.reading.things import grounded


@pytest.mark.parametrize(
    ("name", "said", "curie", "kind"),
    [
        ("hepatocyte", "", "cl:0000182", "cell"),
        ("renal fibrosis", "", "mondo:0000494", "disease"),
        ("renal fibrosis", "phenotype", "mondo:0000494", "phenotype"),  # a table of harms says what its rows are
        ("no such thing", "", None, "other"),
        ("no such thing", "process", None, "process"),
    ],
)
def test_a_phrase_has_the_identifier_of_its_term_and_the_kind_that_its_place_says(
    name: str, said: str, curie: str | None, kind: str
) -> None:
    found = grounded(name, said)
    assert (found.name, found.curie, found.kind) == (name, curie, kind)
    assert found.mention is None and found.aspect is None
