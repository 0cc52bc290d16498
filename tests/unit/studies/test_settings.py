from __future__ import annotations

import linear_pk
import pytest

from pleio.base.errors import StudyError
from pleio.studies.settings import changed, read_settings
from pleio.studies.study import read_study


def with_settings(*texts: str) -> object:
    return read_study(linear_pk.STUDY, name="study", changes=read_settings(texts))


@pytest.mark.parametrize("path", ["arm.amount", "arms.daily.amount", "arm.daily.amount", "daily.amount"])
def test_an_arm_may_be_named_in_full_or_be_the_only_one(path: str) -> None:
    study = with_settings(f"{path}=12 µg/kg", "cohort.size=2")
    assert str(study.arms["daily"][0].amount) == "12 µg/kg" and study.cohort.size == 2  # type: ignore[attr-defined]


def test_names_with_dots_and_lists_of_regimens() -> None:
    value = {"arms": {"7.5 µg/kg": [{"amount": "1 mg"}, {"amount": "2 mg"}], "once": [{"amount": "3 mg"}]}}
    found = changed(value, {"arms.7.5 µg/kg.1.amount": "4 mg", "once.amount": "5 mg"})["arms"]
    assert found == {"7.5 µg/kg": [{"amount": "1 mg"}, {"amount": "4 mg"}], "once": [{"amount": "5 mg"}]}
    assert value["arms"]["once"] == [{"amount": "3 mg"}]


def test_of_keys_with_dots_the_longest_that_fits_is_meant() -> None:
    value = {"arms": {"7": {"5 mg": 1, "amount": "1 mg"}, "7.5 mg": {"amount": "2 mg"}}}
    assert changed(value, {"arms.7.5 mg.amount": "9 mg"})["arms"] == {
        "7": {"5 mg": 1, "amount": "1 mg"},
        "7.5 mg": {"amount": "9 mg"},
    }
    assert changed(value, {"arms.7.amount": "9 mg"})["arms"]["7"]["amount"] == "9 mg"


def test_all_that_is_wrong_is_said_at_once() -> None:
    value = {"arms": {"a": {"amount": 1}, "b": {"amount": 2}}, "horizon": "3 d"}
    with pytest.raises(StudyError) as caught:
        changed(value, {"arm.amount": "3 mg", "horizon.days": 3, "cohrt.size": 3})
    text = str(caught.value)
    assert "name one: arms.a.amount, arms.b.amount" in text and "has no parts" in text and "names nothing here" in text


@pytest.mark.parametrize("text", ["size", "=3", "cohort.size="])
def test_a_setting_has_a_path_and_a_value(text: str) -> None:
    with pytest.raises(StudyError, match="write path=value"):
        read_settings([text])
