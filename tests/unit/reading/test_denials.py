"""What a sentence denies, or says that nothing was seen of, is no support."""

from __future__ import annotations

import pytest

from pleio.reading import Document, Statement, read


def told(text: str) -> list[Statement]:
    return read(Document("note", text))


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that IL-11 lowers platelet counts.",
        "The idea that IL-11 inhibits apoptosis was not supported by our data.",
        "The authors denied that IL-11 increases collagen secretion in fibroblasts.",
        "The claim that IL-11 increases bone resorption is not supported by any data.",
    ],
)
def test_what_is_denied_is_refuted(text: str) -> None:
    found = told(text)
    assert found and all(one.status != "asserted" for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "There is no evidence that IL-11 increases collagen secretion in fibroblasts.",
        "We found no convincing evidence that IL-11 lowers bone mass.",
        "Evidence that IL-11 increases bone resorption is lacking.",
    ],
)
def test_what_nothing_was_seen_of_is_said_by_nobody(text: str) -> None:
    for one in told(text):
        assert one.status != "asserted" or one.modality != "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "IL-11 increased collagen secretion in fibroblasts, and there is strong evidence for this.",
        "These data support the idea that IL-11 inhibits apoptosis.",
        "Evidence that IL-11 increases bone resorption is growing.",
    ],
)
def test_what_is_borne_out_is_not(text: str) -> None:
    assert any(one.status == "asserted" for one in told(text))
