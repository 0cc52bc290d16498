from __future__ import annotations

import json
import re
from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.studies.figures.palette import PALETTE, arm_colours, written
from pleio.studies.figures.specs import NARROW, Figure, chosen, draw, draw_png, figures
from pleio.studies.run import run
from pleio.studies.value.valuation import Valuation


@pytest.fixture(scope="module")
def drawn() -> tuple[tuple[Figure, ...], Valuation]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
        worlds = linear_pk.some_worlds(500)
        worlds.parameters["CL"][:] = np.minimum(worlds.parameters["CL"], 2.1)
        result = run(linear_pk.study(), linear_pk.MECHANISM, worlds, agents=linear_pk.AGENTS)
    value = result.value(permutations=20, resamples=10)
    return figures(result, value, labels={"response": "response of the tissue"}), value


def test_each_figure_carries_its_data_and_its_words(drawn: Any) -> None:
    found, _ = drawn
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
