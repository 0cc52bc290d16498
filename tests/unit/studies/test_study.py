from __future__ import annotations

import re
from pathlib import Path

import pytest

from pleio.base.errors import StudyError
from pleio.studies.regimens.dosing import dose_unit, parse_regimen
from pleio.studies.study import Decision, Dosing, Endpoint, Study, read_study

OPRELVEKIN = """
title: Oprelvekin and platelets
question: How far do platelets rise on daily oprelvekin, and what does it cost in haematocrit?
mechanism: [oprelvekin_pk, receptor, jak_stat, platelets, volume_and_acute_phase]
cohort: {size: 16, species: human, weight: lognormal(70 kg, 15 %), renal_function: normal(100 mL/min, 20 %)}
arms:
  placebo: none
  50 µg/kg: {agent: oprelvekin, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 14}
worlds: {count: 1024, belief: neutral, seed: 11}
horizon: 42 d
endpoints:
  platelet_rise: {of: platelets, take: maximum, relative_to: baseline}
  haematocrit_change: {of: haematocrit, take: minimum, relative_to: baseline}
decision:
  choose: arm
  utility: platelet_rise + price * haematocrit_change     # the change is negative: a fall costs
  price: 3
  unit: relative platelet rise
  population: adults on chemotherapy, 10000 a year
  horizon: 42 d
"""


def test_a_study_reads_as_a_scientist_writes_it() -> None:
    study = read_study(OPRELVEKIN)
    assert study.arms["placebo"] == ()
    (dosing,) = study.arms["50 µg/kg"]
    assert (dosing.times, dosing.every and dosing.every.to("h")) == (14, 24)
    unit, per_weight = dose_unit("amount", dosing.amount)
    assert per_weight and str(unit) == "µg"
    assert study.cohort.covariates["weight"].median == pytest.approx(70)
    assert study.observed == ("platelets", "haematocrit")
    assert study.decision is not None
    assert study.decision.population_size == 10_000
    assert study.decision.all_prices == {"price": 3}


def test_the_same_content_has_the_same_digest() -> None:
    study = read_study(OPRELVEKIN)
    assert read_study(OPRELVEKIN + "\n# a remark").digest == study.digest
    assert read_study(OPRELVEKIN.replace("price: 3", "price: 4")).digest != study.digest
    assert read_study(OPRELVEKIN.replace("15 %", "16 %")).digest != study.digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("price * haematocrit_change", "price", None),
        ("utility: platelet_rise + price * haematocrit_change", "utility: 2 * price", "names no endpoint"),
        ("price * haematocrit_change", "price * haematocrit", "neither an endpoint nor a price"),
        ("platelet_rise + price", "platelet_rise + (price", "is not closed|parenthes|expected|ends"),
        ("placebo: none", "placebo:", "an arm without a regimen; write 'none'"),
        ("every: 1 d, times: 14", "every: 1 d", "add 'times'"),
        ("every: 1 d, times: 14", "times: 14", "add 'every'"),
        ("amount: 50 µg/kg", "amount: 50 d", "is no dose"),
        ("amount: 50 µg/kg", "amount: -50 µg/kg", "negative"),
        ("amount: 50 µg/kg", "amount: 50 zebra/kg", "unknown unit 'zebra'"),
        ("horizon: 42 d\nend", "horizon: 42 kg\nend", "'42 kg' is not a quantity in d"),
        ("take: maximum", "take: biggest", "maximum"),
        ("question:", "questoin:", "unknown key 'questoin'; did you mean 'question'?"),
        ("price: 3", "prize: 3", "did you mean 'price'?"),
        ("lognormal(70 kg, 15 %)", "lognorml(70 kg, 15 %)", "did you mean 'lognormal'?"),
        ("size: 16", "size: 0", "greater than or equal to 1"),
        ("size: 16", "size: 16, include: [age > 18]", "'age', which is no covariate"),
        ("size: 16", "size: 16, correlations: {'weight, age': 0.5}", "'age', which the cohort does not draw"),
        ("take: minimum, ", "take: minimum, window: [0 d, 50 d], ", "ends after the horizon"),
        ("take: minimum, ", "take: time_below, ", "'threshold' goes with"),
        ("times: 14", "times: 14, start: 60 d", "first dose after the horizon"),
        ("placebo: none", "placebo: 300 mg q4w", "'300 mg q4w' is no regimen; write it as {agent"),
        ("price: 3", "price: .nan", "finite number"),
        ("take: maximum, ", "take: maximum, label: the rise, as a share, ", "put a text that holds commas in quotes"),
        ("price: 3", "prices: {price: 3, platelet_rise: 2}", "'platelet_rise' is both a price and an endpoint"),
        ("price: 3", "price: 3\n  prices: {price: 2}", "'price' is given twice"),
        ("lognormal(70 kg, 15 %)", "lognormal(nan kg, 15 %)", "nan"),
        ("horizon: 42 d\nend", "horizon: inf d\nend", "inf"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, says: str | None) -> None:
    assert old in OPRELVEKIN
    text = OPRELVEKIN.replace(old, new, 1)
    if says is None:
        read_study(text)
        return
    with pytest.raises(StudyError, match=says.replace("?", r"\?").replace("(", r"\(")) as caught:
        read_study(text, name="study.yaml")
    assert "study.yaml:" in str(caught.value)


def test_all_problems_come_at_once() -> None:
    text = (
        OPRELVEKIN.replace("placebo: none", "placebo:").replace("size: 16", "size: 0").replace("price: 3", "prize: 3")
    )
    with pytest.raises(StudyError) as caught:
        read_study(text, name="study.yaml")
    assert len(caught.value.problems) == 3


def test_a_study_is_varied_by_paths() -> None:
    study = read_study(
        OPRELVEKIN, changes={"arms.50 µg/kg.amount": "60 µg/kg", "worlds.count": 64, "decision.price": 1}
    )
    assert study.arms["50 µg/kg"][0].amount.value == 60
    assert (study.worlds.count, study.worlds.seed) == (64, 11)
    assert study.decision is not None and study.decision.price == 1
    dotted = read_study(OPRELVEKIN.replace("50 µg/kg:", "2.5 µg/kg:"), changes={"arms.2.5 µg/kg.times": 3})
    assert dotted.arms["2.5 µg/kg"][0].times == 3
    for path, says in (
        ("arm.x.amount", "did you mean 'arms'"),
        ("title.x.y", "has no parts"),
        ("wrlds", "unknown key"),
    ):
        with pytest.raises(StudyError, match=says):
            read_study(OPRELVEKIN, changes={path: 1})


@pytest.mark.parametrize(
    ("text", "every", "times", "route"),
    [
        ("300 mg q4w", 28, 14, "subcutaneous"),
        ("50 µg/kg qd x14", 1, 14, "subcutaneous"),
        ("10 mg/kg iv once", None, 1, "intravenous"),
        ("5 nmol q12h sc x6", 0.5, 6, "subcutaneous"),
    ],
)
def test_regimens_as_prescriptions_write_them(text: str, every: float | None, times: int, route: str) -> None:
    dosing = parse_regimen(text, "drug")
    assert (None if dosing.every is None else dosing.every.to("d")) == every
    assert (dosing.times, dosing.route) == (times, route)


@pytest.mark.parametrize(
    ("word", "a_day"),
    [("qd", 1), ("bid", 2), ("tid", 3), ("qid", 4), ("q12h", 2), ("qod", 1 / 2), ("qw", 1 / 7), ("q2w", 1 / 14),
     ("q3w", 1 / 21), ("qm", 12 / 365.25), ("q1m", 12 / 365.25)],
)  # fmt: skip
def test_a_word_says_how_often_and_without_a_number_a_year_is_given(word: str, a_day: float) -> None:
    dosing = parse_regimen(f"5 mg {word}", "drug")
    assert dosing.every is not None and dosing.every.to("d") == pytest.approx(1 / a_day, rel=1e-9)
    span = dosing.every.to("d") * dosing.times
    assert span >= 365.25 - 1e-6 > span - dosing.every.to("d") - 1e-5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("daily", "begin with an amount"),
        ("300 mg q4x", "'300 mg q4x': q4x: is not understood"),
        ("3 d qd", "is no dose"),
    ],
)
def test_regimens_that_are_not_understood(text: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        parse_regimen(text, "drug")


def test_the_study_of_the_guide_can_be_read() -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "guide" / "studies.md"
    text, *_ = re.findall(r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert list(read_study(text).arms) == ["placebo", "50 µg/kg"]
    described = guide.read_text(encoding="utf-8")
    for form in (Study, Dosing, Endpoint, Decision):
        undescribed = {key for key in form.model_fields if f"`{key}`" not in described} - {
            "title",
            "question",
            "choose",
        }
        assert not undescribed - {"cohort", "of", "take", "relative_to", "change_from", "window", "label"}, form
