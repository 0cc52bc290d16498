"""What a study of the library shows by default: steps that are not its subjects', and what was seen beside it."""

from __future__ import annotations

import re

import numpy as np

from pleio.library import open as open_library
from pleio.library.publishing.studies import published_study
from pleio.library.validation.observed import seen_in_library
from pleio.studies.figures.form import figure_name
from pleio.studies.unmoved import unmoved_told

IL11 = open_library("il11")


def test_who_is_spared_a_transfusion_goes_in_no_steps_of_a_subject() -> None:
    asked = IL11.study("oprelvekin-chemotherapy")
    found = asked.run(24)
    spared = found.values[..., list(found.study.endpoints).index("transfusion_free")].mean(axis=2)[1:].ravel()
    steps = 4 * spared
    assert np.mean(np.abs(steps - np.round(steps)) < 0.04) < 0.6


def seen(name: str) -> set[tuple[str, str]]:
    asked = IL11.study(name)
    return {(one.arm, one.of) for one in seen_in_library(asked, asked.run(2))}


def test_what_was_published_stands_beside_the_forecast_of_the_same_arms() -> None:
    lives = seen("anti-il11-lifespan")
    for sex in ("males", "females"):
        assert {
            ("X203", f"lifespan_change_{sex}"),
            ("X203", f"median_age_{sex}"),
            ("none", f"median_age_{sex}"),
        } <= lives
    spared = {arm for arm, of in seen("oprelvekin-chemotherapy") if of == "transfusion_free"}
    assert spared == {"placebo", "25 µg/kg", "50 µg/kg"}  # a range of days that holds the study's


def test_what_was_seen_in_other_people_is_not_held_against_a_study() -> None:
    assert seen("oprelvekin-renal") == set()  # women with healthy kidneys
    assert not any(of == "nadir" for _, of in seen("oprelvekin-chemotherapy"))  # milder chemotherapy than the study's


def test_what_nothing_leads_to_is_named_on_the_page_in_the_words_of_the_command_and_has_no_numbers() -> None:
    asked = IL11.study("anti-il11-heart", {"cohort.size": 1})
    found = asked.run(8)
    shown = published_study(asked, found, None, "", "")
    tenon = asked.study.endpoints["tenon_collagen_change"].label
    assert shown.limits == tuple(unmoved_told(found))
    assert "'oprelvekin, 5 days'" in shown.limits[-1] and tenon in shown.limits[-1]
    assert shown.answer.startswith("anti-IL-11: ")  # whom the study asks about, not the arm that gives nothing
    assert re.search(rf"Nothing in this mechanism leads from it to [^.]*{tenon}\.", shown.answer)
    assert f"{tenon} 0 %" not in shown.answer


def test_the_table_of_endpoints_has_the_units_of_the_answer() -> None:
    asked = IL11.study("anti-il11-lifespan", {"cohort.size": 1})
    rows = published_study(asked, asked.run(4), None, "", "").endpoints
    ages = [row for row in rows if row.endpoint == "median_age_females"]
    assert len(ages) == 3 and {row.unit for row in ages} == {"d"} and all(600 < row.median < 1300 for row in ages)
    assert {row.unit for row in rows if row.endpoint == "alive_at_110_weeks"} == {"%"}


def test_every_figure_of_every_study_has_a_name_of_its_own_that_can_be_published() -> None:
    for study in IL11.studies:
        asked = IL11.study(study).study
        names = [figure_name("bands", one) for one in asked.observed]
        names += [figure_name("forest", one) for one in asked.endpoints]
        assert len({name.lower() for name in names}) == len(names), study
        assert [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9_./-]{0,60}", name.lower())] == [], study
    assert figure_name("bands", "[x]") != figure_name("bands", "x")
