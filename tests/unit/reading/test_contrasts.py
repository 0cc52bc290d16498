"""What came about in one place, at one dose or time, but not in another: the null is the other one's."""

from __future__ import annotations

import pytest

from pleio.reading import Document, Statement, read


def place(one: Statement, part: str) -> str:
    """Give a part of where a statement holds, as it is named."""
    return str(dict(one.context)[part])


def sides(text: str) -> tuple[Statement, Statement]:
    """Read a sentence that says one effect twice: give where it came about, and where it did not."""
    found = read(Document("note", text))
    (held,) = [one for one in found if one.status == "asserted"]
    (failed,) = [one for one in found if one.status == "null_result"]
    assert failed.relation == "no_effect" and held.relation in ("increases", "decreases")
    return held, failed


@pytest.mark.parametrize(
    ("text", "held", "failed"),
    [
        ("IL-11 raised ERK phosphorylation in hepatocytes but not in neurons.", "hepatocytes", "neurons"),
        ("IL-11 increased TNF secretion in macrophages but not T cells.", "macrophages", "T cells"),
        ("IL-11 increased collagen in lung but not skin fibroblasts.", "lung fibroblasts", "skin fibroblasts"),
    ],
)
def test_each_kind_of_cell_has_its_own_finding(text: str, held: str, failed: str) -> None:
    assert [place(one, "cell_type") for one in sides(text)] == [held, failed]


@pytest.mark.parametrize(
    ("text", "held", "failed"),
    [
        ("IL-11 increased platelet counts in monkeys, but not in dogs.", "monkey", "dog"),
        ("IL-11 inhibited apoptosis in human but not in mouse keratinocytes.", "human", "mouse"),
    ],
)
def test_each_animal_has_its_own_finding(text: str, held: str, failed: str) -> None:
    assert [place(one, "species") for one in sides(text)] == [held, failed]


def test_cells_that_both_have_stay_with_both() -> None:
    found = sides("IL-11 inhibited apoptosis in human but not in mouse keratinocytes.")
    assert {place(one, "cell_type") for one in found} == {"keratinocytes"}


def test_a_dose_and_a_time_are_those_of_their_side() -> None:
    doses = sides("IL-11 increased IL6 secretion at 20 ng/ml but not at 2 ng/ml in HeLa cells.")
    assert [one.dose for one in doses] == ["20 ng/ml", "2 ng/ml"]
    times = sides("IL-11 increased STAT3 phosphorylation at 15 min but not at 24 h.")
    assert [one.duration for one in times] == ["15 min", "24 h"]


@pytest.mark.parametrize(
    "text",
    [
        "IL-11 but not IL-6 increased collagen secretion in fibroblasts.",
        "IL-11 increased collagen but not fibronectin secretion in fibroblasts.",
    ],
)
def test_agents_and_outcomes_that_are_set_against_each_other_share_their_place(text: str) -> None:
    assert {place(one, "cell_type") for one in sides(text)} == {"fibroblasts"}
