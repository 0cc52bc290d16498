from __future__ import annotations

import json
import re
from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.studies.endpoints.survival import kaplan_meier
from pleio.studies.figures.observed import Seen, quantiles_of
from pleio.studies.figures.palette import PALETTE, arm_colours, written
from pleio.studies.figures.specs import NARROW, WIDE, Figure, all_figures, chosen, draw, draw_png, figures
from pleio.studies.figures.survival import survival_figure
from pleio.studies.result import Result
from pleio.studies.run import run
from pleio.studies.value.parts import comparison
from pleio.studies.value.swings import swings
from pleio.studies.value.valuation import Valuation


@pytest.fixture(scope="module")
def drawn() -> tuple[tuple[Figure, ...], Valuation, Result]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
        worlds = linear_pk.some_worlds(500)
        worlds.parameters["CL"][:] = np.minimum(worlds.parameters["CL"], 2.1)
        result = run(linear_pk.study(), linear_pk.MECHANISM, worlds, agents=linear_pk.AGENTS)
    value = result.value(permutations=20, resamples=10)
    return figures(result, value, labels={"response": "response of the tissue"}), value, result


def test_each_figure_carries_its_data_and_its_words(drawn: Any) -> None:
    found = drawn[0]
    assert [figure.name for figure in found] == ["bands-response", "bands-concentration", "endpoints", "value"]
    for figure in found:
        for spec in (figure.wide, figure.narrow):
            text = json.dumps(spec, allow_nan=False)
            assert "url" not in text.replace("vega.github.io", "") and spec["data"]["values"]
            assert spec["description"] and spec["description"] in (figure.description, spec["description"])
            assert set(re.findall(r"#[0-9a-fA-F]{6}", text)) <= set(PALETTE)
        assert figure.title and figure.caption and len(figure.description) > 40
    assert found[0].title == "response of the tissue over time"


def test_figures_are_drawn_without_a_network_and_fit_their_page(drawn: Any) -> None:
    for figure in drawn[0]:
        svg = draw(figure.narrow)
        width = float(re.search(r'width="([\d.]+)"', svg)[1])  # type: ignore[index]
        assert 0.6 * NARROW < width < 1.3 * NARROW, (figure.name, width)
    assert draw_png(drawn[0][-1].wide, scale=1.0).startswith(b"\x89PNG")


def test_the_band_says_what_the_result_says(drawn: Any) -> None:
    rows = drawn[0][0].wide["data"]["values"]
    assert {row["arm"] for row in rows} == {"nothing", "daily"}
    for row in rows:
        assert row["low"] <= row["lower"] <= row["middle"] <= row["upper"] <= row["high"]
    assert all(row["middle"] == 100 for row in rows if row["arm"] == "nothing")


LONG = "recombinant human drug 10 µg/kg subcutaneously every day, with a loading dose"


@pytest.fixture(scope="module")
def closer() -> tuple[Figure, ...]:
    """Every figure of a study whose names are long, with observations of its arm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
        study = linear_pk.study(linear_pk.STUDY.replace("daily:", f"{LONG}:"))
        result = run(study, linear_pk.MECHANISM, linear_pk.some_worlds(500), agents=linear_pk.AGENTS)
    titles = {"effect-contest": "Effect of adding the drug on the phosphorylation of STAT3 in fibroblasts of the lung"}
    value = result.value(titles=titles, permutations=20, resamples=10)
    middle = float(np.nanmedian(result.spread[1, :, 1, 2, 6]))
    seen = [
        quantiles_of(LONG, "concentration", float(result.times[6]), [middle] * 12),
        Seen(LONG, "exposure", float(np.nanmedian(result.values[1, ..., 1])), 1.0, 1e9),
    ]
    curves = {"nothing": kaplan_meier([1, 2, 3, 4], [1, 1, 1, 0]), LONG: kaplan_meier([3, 4, 4, 4], [1, 0, 0, 0])}
    survival = survival_figure(curves, dict.fromkeys(curves, 4), "free of a relapse", "weeks", 4.0)
    return (*all_figures(result, value, seen=seen), survival)


def test_every_kind_of_figure_is_drawn_and_nothing_is_cut_off(closer: tuple[Figure, ...]) -> None:
    kinds = {figure.name.split("-")[0] for figure in closer}
    assert kinds == {"bands", "spaghetti", "endpoints", "forest", "value", "tornado", "check", "survival"}
    for figure in closer:
        for spec, page in ((figure.wide, WIDE), (figure.narrow, NARROW)):
            text = json.dumps(spec, allow_nan=False)
            assert set(re.findall(r"#[0-9a-fA-F]{6}", text)) <= set(PALETTE), figure.name
            svg = draw(spec)
            assert "…" not in svg, figure.name
            assert 0.6 * page < float(re.search(r'width="([\d.]+)"', svg)[1]) < 1.25 * page, figure.name  # type: ignore[index]
            words = " ".join(re.findall(r">([^<>]+)</t(?:ext|span)>", svg))
            if figure.name not in ("value", "tornado", "check-concentration"):
                assert all(word in words for word in ("recombinant", "loading")), figure.name


def test_what_was_observed_where_it_was_predicted_lies_inside(closer: tuple[Figure, ...]) -> None:
    check = next(figure for figure in closer if figure.name == "check-concentration")
    assert "inside their band" in check.description and "middle" not in check.description
    few = quantiles_of("a", "b", 1.0, [1.0, 2.0, 3.0])
    assert (few.low, few.value, few.high) == (None, 2.0, None)


def test_the_tornado_has_its_ends_where_the_answer_is(drawn: Any) -> None:
    result_, value = drawn[2], drawn[1]
    found, middle = swings(result_, value)
    contest = next(one for one in found if one.name == "effect-contest")
    assert contest.high_name == "increases"  # it adds nothing to the rise whether there is no effect or a fall
    assert all(one.low <= one.high for one in found) and contest.low < middle < contest.high
    clearance = next(one for one in found if one.name == "CL")  # less is cleared, more is exposed: a cost
    assert clearance.kind == "parameter" and {clearance.low_name[:2], clearance.high_name[:2]} == {"up", "fr"}


def test_the_forest_adds_up(drawn: Any) -> None:
    found = comparison(drawn[2], "rise", findings=drawn[1].findings)
    assert found is not None and found.parts[0].of == ""
    states = [part for part in found.parts if part.of == "effect-contest"]
    assert sum(part.share for part in states) == pytest.approx(1)
    by_name = {part.name: part.median for part in states}
    assert by_name["increases"] > 0.5
    assert by_name["no effect"] == by_name["decreases"] == pytest.approx(0, abs=1e-12)
    assert any(part.of == "weight" for part in found.parts)


def test_at_risk_counts_those_who_are_left(closer: tuple[Figure, ...]) -> None:
    table = closer[-1].wide["vconcat"][1]["data"]["values"]
    assert [row["at_risk"] for row in table if row["arm"] == "nothing"] == [4, 4, 3, 2, 1]


def test_the_control_is_always_shown_and_last(drawn: Any) -> None:
    assert chosen(drawn[1].findings)[-1].kind == "dummy"
    assert drawn[0][-1].wide["data"]["values"][-1]["name"] == "dummy claim (control)"


def test_colours_follow_the_arms() -> None:
    arms = linear_pk.study().arms
    assert len(set(arm_colours(arms).values())) == 2
    assert arm_colours({"a": ()}) != arm_colours({"a": arms["daily"]})


def test_units_are_written_as_in_print() -> None:
    assert written("10^9/L") == "10⁹/L"
    assert written("nM*h") == "nM·h"
