"""Claims and sources as published: in whole words."""

from __future__ import annotations

import pytest

from pleio.claims.reference import Reference
from pleio.library.publishing.claims import source

TITLE = "Interleukin 11 treatment alters the protein content of Gai2"


def reference(**keys: object) -> Reference:
    return Reference.model_validate({"curie": "pubmed:1", "title": TITLE, "year": 2004, "trust": "abstract", **keys})


def test_a_source_without_authors_is_called_by_its_title_up_to_a_whole_word() -> None:
    short = source("pubmed:1", reference()).short
    assert short == "Interleukin 11 treatment alters the… 2004"


@pytest.mark.parametrize("title", ["A word", "Supercalifragilisticexpialidociousnessesofthefirstkind"])
def test_no_title_is_lost(title: str) -> None:
    assert source("pubmed:1", reference(title=title)).short.startswith(title[:6])
