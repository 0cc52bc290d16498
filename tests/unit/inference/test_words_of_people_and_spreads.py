"""Spreads, people and courses of doses in the words of papers: what a number means, and what is not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from pleio.inference.wording.people import worded_population
from pleio.inference.wording.regimens import prescribed
from pleio.inference.wording.spreads import worded_spread


@pytest.mark.parametrize(
    ("words", "of", "spread"),
    [
        ("CV 30", 20, {"kind": "SD", "value": 6.0}),
        ("CV 30", -20, {"kind": "SD", "value": 6.0}),  # the spread of a fall is no less than nothing
        ({"kind": "90% CI", "low": 8.0, "high": 12.0}, 10, {"kind": "SE", "value": pytest.approx(4 / 2 / 1.6448536)}),
        ("95% CI 8-12", 10, {"kind": "95 % interval", "low": 8.0, "high": 12.0}),
        ("IQR (12 to 38)", 20, {"kind": "IQR", "low": 12.0, "high": 38.0}),
    ],
)
def test_a_spread_in_words_is_the_one_in_the_form(words: Any, of: float, spread: dict[str, Any]) -> None:
    assert worded_spread(words, of) == spread


@pytest.mark.parametrize(
    ("words", "species"),
    [
        ("C57BL/6 mice", "mouse"),
        ("mice of patients' strains", "mouse"),  # an animal that people are spoken of beside
        ("adult volunteers", "human"),
        ("Sprague-Dawley rats, adults", "rat"),
        ("mice and rats", None),
        ("fibroblasts", None),
    ],
)
def test_one_species_is_read_from_a_phrase_and_of_two_none(words: str, species: str | None) -> None:
    found = worded_population({"species": words})
    assert found["species"] == (species or words)


@pytest.mark.parametrize(
    ("words", "times", "every"),
    [
        ("once daily on days 1-5", 5, "1 d"),
        ("5 mg/kg i.p. on days 1 to 14", 14, "1 d"),
        ("5 mg/kg twice weekly on days 1-21", 6, "3.5 d"),
        ("5 mg/kg every 2 days for 10 days", 5, "2 d"),
        ("5 mg/kg daily for 2 weeks", 14, "1 d"),
    ],
)
def test_the_first_and_the_last_day_are_both_days_of_doses(words: str, times: int, every: str) -> None:
    found = prescribed(words)
    assert found is not None and (found["times"], found["every"]) == (times, every)
