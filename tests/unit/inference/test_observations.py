"""Observations: their form, all that is wrong in a file at once, and the standard error that a row carries."""

from __future__ import annotations

import math

import pytest

from pleio.base.errors import StudyError, nearest
from pleio.base.units import Unit
from pleio.inference.observation_file import read_observations, sift_observations
from pleio.inference.observations import Observation, ends

GOOD = """\
- id: one
  module: platelets
  readout: rise
  population: {species: human, condition: volunteers}
  regimen: {agent: drug, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 14}
  time: 14 d
  value: 76
  unit: "%"
  spread: {kind: SD, value: 40}
  n: 4
  question: sufficiency
  source: pubmed:1
  trust: abstract
  use: check
"""


class Readouts:
    def knows(self, readout: str, module: str) -> bool:
        return self.unit_of(readout, module) is not None

    def in_cells(self, readout: str, condition: str) -> str:
        return readout

    def unit_of(self, readout: str, module: str) -> str | None:
        return "1" if readout == "rise" else None

    def measured_in(self, readout: str, module: str, unit: Unit) -> bool:
        return unit.is_dimensionless

    def help_for(self, readout: str, module: str) -> str:
        return nearest(readout, ["rise"])


def read(text: str) -> tuple[Observation, ...]:
    return read_observations(text, Readouts(), ["platelets"], name="some.yaml")


def changed(*changes: tuple[str, str]) -> Observation:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read(text)[0]


def test_a_row_is_read() -> None:
    row = read(GOOD)[0]
    assert row.given is not None and row.given.times == 14
    assert (row.observed, row.use, row.group) == (76, "check", 4)


def test_all_that_is_wrong_is_said_at_once_with_its_line() -> None:
    second = GOOD.replace("id: one", "id: two").replace('  unit: "%"\n', "")
    third = GOOD.replace("id: one", "id: three").replace("value: 40", "value: -40")
    fourth = GOOD.replace("id: one", "id: four").replace("readout: rise", "readout: raise")
    fifth = GOOD.replace("id: one", "id: five").replace('unit: "%"', "unit: kg")
    with pytest.raises(StudyError) as caught:
        read(GOOD + second + third + fourth + fifth)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 4
    assert any("'unit' is missing" in one and "some.yaml:15" in one for one in said)
    assert any("greater than or equal to 0, not -40" in one for one in said)
    assert any("unknown readout 'raise'" in one and "did you mean 'rise'?" in one for one in said)
    assert any("not measured in kg" in one for one in said)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{kind: SD, value: 40}", "{kind: SD}", "needs a value"),
        ("{kind: SD, value: 40}", "{kind: range, low: 9, high: 5}", "above its high end"),
        ("{kind: SD, value: 40}", "{kind: binomial, events: 9, of: 8}", "9 events in 8 subjects"),
        ("{kind: SD, value: 40}", "{kind: direction}", "direction: increases"),
        ("  value: 76\n", "", "has no value"),
        ("n: 4", "n: 0", "greater than or equal to 1"),
        ("pubmed:1", "pubmed:one", "not a PubMed id"),
        ("amount: 50 µg/kg", "amount: 50 splodges", "splodges"),
        ("module: platelets", "module: platelet", "is no module"),
        ("times: 14", "times: often", "is no number"),
    ],
)
def test_what_makes_no_sense_is_refused(old: str, new: str, what: str) -> None:
    with pytest.raises(StudyError, match=what):
        changed((old, new))


def test_a_null_without_a_margin_is_read_and_nothing_counts_against_it() -> None:
    bare = changed(("{kind: SD, value: 40}", "{kind: null}"))
    within = changed(("{kind: SD, value: 40}", "{kind: null, margin: 5}"))
    assert (bare.spread.kind, bare.spread.margin, bare.counts) == ("null", None, False)
    assert within.spread.margin == 5 and within.counts and read(GOOD)[0].counts
    with pytest.raises(StudyError, match="greater than 0"):
        changed(("{kind: SD, value: 40}", "{kind: null, margin: 0}"))


def test_two_rows_of_one_id_are_refused() -> None:
    with pytest.raises(StudyError, match="used twice"):
        read(GOOD + GOOD)


@pytest.mark.parametrize(
    ("spread", "error"),
    [
        ("{kind: SD, value: 40}", 20.0),
        ("{kind: SE, value: 11}", 11.0),
        ("{kind: suggested SD, value: 40}", 20.0),
        (
            "{kind: IQR, low: 60, high: 92}",
            32 / 1.3489795 / 2 * math.sqrt(math.pi / 2),
        ),  # beside an IQR stands a median
        ("{kind: 95 % interval, low: 60, high: 92}", 32 / 3.9199279),
        ("{kind: binomial, of: 50}", 100 * math.sqrt((38.5 / 51) * (12.5 / 51) / 50)),
        ("{kind: unstated}", None),
        ("{kind: lower bound}", None),
    ],
)
def test_the_standard_error_is_what_the_kind_of_spread_says(spread: str, error: float | None) -> None:
    assert changed(("{kind: SD, value: 40}", spread)).error == pytest.approx(error)


def test_a_bare_spread_without_a_group_size_is_read_as_a_standard_error() -> None:
    assert changed(("{kind: SD, value: 40}", "{kind: unstated, value: 8}"), ("  n: 4\n", "")).error == 8


def test_a_range_alone_stands_for_its_middle_by_ratio_and_a_central_90_per_cent() -> None:
    row = changed(("{kind: SD, value: 40}", "{kind: range, low: 10, high: 40}"), ("  value: 76\n", ""))
    assert row.observed == pytest.approx(20)
    assert row.error == pytest.approx(30 / (2 * 1.6448536))


def test_the_error_of_an_untreated_value_is_added() -> None:
    row = changed(
        ("{kind: SD, value: 40}", "{kind: SE, value: 3}"),
        ("  n: 4\n", "  n: 4\n  comparator: {value: 19, spread: 2, n: 4}\n"),
    )
    assert row.error == pytest.approx(math.hypot(3, 76 * 1 / 19))


def test_an_untreated_group_whose_size_is_not_stated_is_as_large_as_the_other() -> None:
    def row(comparator: str) -> Observation:
        return changed(
            ("{kind: SD, value: 40}", "{kind: SE, value: 3}"), ("  n: 4\n", f"  n: 4\n  comparator: {comparator}\n")
        )

    unstated = row("{value: 19, spread: 2}").error
    assert unstated == row("{value: 19, spread: 2, n: 4}").error
    larger = row("{value: 19, spread: 2, n: 100}").error
    assert larger is not None and unstated is not None and 3 < larger < unstated


def test_an_entry_with_any_problem_is_no_row_and_the_others_are() -> None:
    """Also where its form is right and only the library does not know what it names."""
    unknown = GOOD.replace("id: one", "id: two").replace("readout: rise", "readout: raise")
    elsewhere = GOOD.replace("id: one", "id: three").replace("module: platelets", "module: platlets")
    in_kg = GOOD.replace("id: one", "id: four").replace('unit: "%"', "unit: kg")
    last = GOOD.replace("id: one", "id: five")
    found = sift_observations(unknown + GOOD + elsewhere + in_kg + last + GOOD, Readouts(), ["platelets"])
    assert [row.id for row in found.rows] == ["one", "five"]
    assert len(found.problems) == 4


def test_both_ends_of_a_range_carry_its_unit() -> None:
    assert ends("25 to 100 µg/kg") == ("25 µg/kg", "100 µg/kg")
    assert ends("14 to 21") == ("14", "21")
    assert ends("50 µg/kg") == ("50 µg/kg",)


def test_a_malformed_row_says_what_is_unknown_in_it_too() -> None:
    bad = GOOD.replace("value: 76", "value: many").replace("readout: rise", "readout: ris").replace('"%"', "furlong")
    with pytest.raises(StudyError) as caught:
        read(bad.replace("module: platelets", "module: platlets"))
    said = str(caught.value)
    for part in ("'many'", "'platlets' is no module", "unknown readout 'ris'; did you mean 'rise'?"):
        assert part in said


@pytest.mark.parametrize("time", ["soon", "14 kg", "quickly"])
def test_a_time_is_a_time(time: str) -> None:
    with pytest.raises(StudyError, match="is no time"):
        changed(("  time: 14 d\n", f"  time: {time}\n"))


def test_biweekly_has_two_meanings() -> None:
    with pytest.raises(StudyError, match="write 'twice weekly', or 'every two weeks'"):
        changed(("every: 1 d", "every: biweekly"))


@pytest.mark.parametrize(
    ("word", "question"), [("treatment", "sufficiency"), ("Knock-out", "necessity"), ("levels", "association")]
)
def test_a_question_in_other_words(word: str, question: str) -> None:
    assert changed(("question: sufficiency", f"question: {word}")).question == question
