"""What a memo tells of its numbers, of what nobody has tested, and of which experiment comes first."""

from __future__ import annotations

from functools import cache

import pytest

from pleio.library import open as open_library
from pleio.library.results.memo import Memo, memo
from pleio.library.told import spelt

IL11 = open_library("il11")


@cache
def told(name: str, worlds: int = 400) -> Memo:
    asked = IL11.study(name)
    return memo(asked, asked.run(worlds), figure=False)


@pytest.mark.parametrize(
    ("value", "unit", "change", "said"),
    [
        (0.78, "1", False, "78 %"),  # a share that is alive is no rise
        (0.55, "1", True, "+55 %"),
        (-0.194, "1", False, "−19 %"),
        (-0.001, "1", True, "0 %"),
        (8218.0, "h", False, "342 d"),
        (3.2, "h", False, "3.2 h"),
        (230.0, "mL", False, "230 mL"),
        (24_720.0, "h", False, "1,030 d"),
    ],
)
def test_a_number_is_told_with_its_unit_and_a_sign_only_where_it_is_a_change(
    value: float, unit: str, change: bool, said: str
) -> None:
    assert spelt(value, unit, change) == said


def test_the_memo_of_brain_diseases_says_where_nothing_is_known() -> None:
    limits = " ".join(told("neuroprotection").limits)
    assert "No evidence was found" in limits and "lateral sclerosis" in limits and "parkinson" in limits.lower()
    assert "Nothing in this mechanism leads from 'anti-IL-11' to" in limits and "pace of ALS" in limits
    assert "Nothing in this mechanism leads from 'IL-11 vector in the brain'" not in limits


def test_the_memo_of_lifespan_says_that_one_laboratory_alone_has_tested_it() -> None:
    found = told("anti-il11-lifespan")
    said = next(limit for limit in found.limits if limit.startswith("Tested by one laboratory alone"))
    assert "lifespan" in said
    assert " d (90 % of worlds" in found.answer and " h " not in found.answer


def test_of_experiments_worth_nothing_those_on_the_claim_worth_testing_most_come_first() -> None:
    found = told("oprelvekin-platelets", 1024)
    assert found.next and not any(one.worth for one in found.next)
    assert "platelet" in found.next[0].title.lower() and "platelet" in found.next[1].title.lower()


def test_what_enters_as_observations_is_not_called_untested() -> None:
    limits = " ".join(told("oprelvekin-platelets", 1024).limits)
    assert "thrombocytopenia" not in limits
    assert "3 × haematocrit change" in limits  # the price that was paid, not its name


def test_an_arm_that_is_seldom_best_is_not_recommended() -> None:
    found = told("neuroprotection")
    assert found.answer.startswith("No arm is clearly best: ")
    clear = told("oprelvekin-platelets", 1024)
    assert "No arm is clearly best" not in clear.answer
    assert "Best of 4 arms in " in clear.answer


def test_what_nobody_gives_a_bowel_is_said_not_to_be_led_to() -> None:
    from pleio.studies.unmoved import unmoved, unmoved_told

    asked = IL11.study("crohn-disease").giving("anti-IL11", "10 mg/kg iv q4w x2")
    result = asked.run(8)
    arm = "anti-IL11 10 mg/kg iv q4w x2"
    assert "remission" in unmoved(result)[arm] and "15 µg/kg weekly" not in unmoved(result)
    assert any(f"leads from '{arm}' to remission" in said for said in unmoved_told(result))
