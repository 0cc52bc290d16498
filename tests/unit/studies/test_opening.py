"""Which arm an answer opens with: the one that is asked about, never one that gives nothing where another gives."""

from __future__ import annotations

import pytest

from pleio.base.errors import StudyError
from pleio.studies.study import read_study

STUDY = """
title: A test
mechanism: [platelets]
arms:
  none: none
  low: {agent: a, amount: 1 nmol, route: subcutaneous}
  high: {agent: a, amount: 2 nmol, route: subcutaneous}
horizon: 1 d
endpoints: {x: {of: platelets, take: final}}
"""
ON_TOP = """
  placebo: {agent: c, amount: 1 nmol, route: intravenous}
  both:
    - {agent: c, amount: 1 nmol, route: intravenous}
    - {agent: a, amount: 1 nmol, route: subcutaneous}
"""


def test_the_best_opens_unless_it_gives_nothing_or_the_study_says_whom_it_asks_about() -> None:
    study = read_study(STUDY)
    assert study.opening("high") == "high"
    assert study.opening("none") == study.opening() == "low"
    asked = read_study(STUDY + "asks: high\n")
    assert asked.opening("low") == asked.opening("none") == asked.opening() == "high"


def test_what_every_arm_gives_is_as_good_as_nothing() -> None:
    head, _, tail = STUDY.partition("  none: none\n")
    rest = tail.partition("horizon")[2]
    study = read_study(f"{head}{ON_TOP.lstrip(chr(10))}horizon{rest}")
    assert study.opening("placebo") == "both"


def test_of_one_arm_there_is_no_choice_and_an_arm_that_is_not_there_is_told() -> None:
    assert read_study(STUDY.split("  low")[0] + STUDY[STUDY.index("horizon") :]).opening() == "none"
    with pytest.raises(StudyError, match="'lo', which is no arm; they are none, low, high"):
        read_study(STUDY + "asks: lo\n")
