"""The playground's addresses, drawings and exports."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from markupsafe import escape
from starlette.datastructures import QueryParams

import pleio
from pleio import library
from pleio.base.errors import StudyError
from pleio.library.scenarios.scenario import start
from pleio.web.playground.address import read, write
from pleio.web.playground.controls import controls
from pleio.web.playground.draw import ticks
from pleio.web.playground.notebook import notebook
from pleio.web.playground.parts import play, play_csv, play_json, play_sbml

IL11 = library.open("il11")
SMALL = "start=oprelvekin-platelets&worlds=8&horizon=20"


@pytest.mark.parametrize(
    "query",
    [
        "start=oprelvekin-platelets",
        "start=oprelvekin-platelets&dose=75&times=5&every=2&horizon=30&set.cancer_patient=0",
        "start=anti-il11-fibrosis&agent=anti-IL11&dose=3&unit=mg%2Fkg&route=subcutaneous&watch=collagen&watch=platelets",
        "start=anti-il11-fibrosis&suppose.rhIL11-in-mouse=agonist&band=sceptic&worlds=16&seed=9",
    ],
)
def test_an_address_holds_the_whole_scenario(query: str) -> None:
    scenario = read(QueryParams(query), IL11)
    assert read(QueryParams(write(scenario, IL11)), IL11) == scenario
    assert write(start(IL11, scenario.start), IL11) == f"start={scenario.start}"


def test_choosing_an_agent_brings_its_module() -> None:
    scenario = read(QueryParams("start=oprelvekin-platelets&agent=anti-IL11&dose=5&unit=mg%2Fkg"), IL11)
    assert "antibody_pk" in scenario.modules
    assert "intravenous" in {choice.value for choice in controls(IL11, scenario).routes}


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("dose=-3", "dose"),
        ("dose=nan", "dose"),
        ("times=1e400", "times"),
        ("worlds=1e9", "worlds"),
        ("species=unicorn", "species"),
        ("band=optimist", "band"),
        ("doses=3", "doses"),
        ("set.x=many", "set.x"),
        ("x" * 9000, ""),
    ],
)
def test_an_address_that_is_wrong_says_where(query: str, where: str) -> None:
    with pytest.raises(StudyError) as error:
        read(QueryParams(query), IL11)
    assert where in [problem.where for problem in error.value.problems]


def test_the_drawing_shows_both_arms_and_their_bands() -> None:
    html = play("il11", SMALL)["html"]
    drawings = re.findall(r"<svg class=\"course\".*?</svg>", html, re.S)
    assert len(drawings) == 2
    for drawing in drawings:
        paths = re.findall(r'<path class="(\w+)" d="M([^"]+)"', drawing)
        assert [kind for kind, _ in paths] == ["outer", "inner", "middle"] * 2
        for _, path in paths:
            points = [tuple(map(float, point.split(","))) for point in path.removesuffix("Z").split("L")]
            assert len(points) > 20
            assert all(0 <= x <= 440 and 0 <= y <= 230 for x, y in points)
    assert 'data-query="start=oprelvekin-platelets&amp;horizon=20&amp;worlds=8"' in html


def test_what_nothing_leads_to_is_said_beside_the_drawings_and_in_the_values() -> None:
    watched = "&watch=heart_collagen&watch=tenon_collagen&watch=pERK_fibroblast"
    query = f"start=anti-il11-heart&worlds=24{watched}"
    values = play_json("il11", query)
    assert values["unmoved"] == ["tenon_collagen"]
    (sentence,) = values["limits"]
    assert "leads from 'anti-IL11 10 mg/kg' to collagen made by Tenon fibroblasts" in sentence
    assert str(escape(sentence)) in play("il11", query)["html"]
    assert play_json("il11", SMALL)["limits"] == []


def test_values_and_table_say_the_same() -> None:
    values: Any = play_json("il11", SMALL)
    rows = [line.split(",") for line in play_csv("il11", SMALL).splitlines()]
    assert rows[0] == ["quantity", "unit", "arm", "time_h", "q0.05", "q0.25", "q0.5", "q0.75", "q0.95"]
    first = values["quantities"][0]
    told = [float(row[6]) for row in rows[1:] if row[0] == first["name"] and row[2] == values["arms"][1]]
    assert told == pytest.approx([float(x) for x in first["bands"][values["arms"][1]][2]], rel=1e-6)


def test_the_model_runs_elsewhere() -> None:
    network = pleio.load(play_sbml("il11", SMALL))
    assert len(network.events) == 14
    course = pleio.simulate(network, [0.0, 240.0])
    assert set(course["status"].values) == {""}


def test_the_notebook_holds_the_study_and_compiles() -> None:
    study = 'title: "A quote \\" and a \\\\ backslash"\nquestion: """ three'
    book = notebook("il11", study)
    code = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {}
    exec(compile(code[0], "cell", "exec"), names)  # noqa: S102 - our own text, to see that the quotes hold
    assert names["STUDY"] == study
    for text in code:
        compile(text, "cell", "exec")
    assert json.loads(json.dumps(book))["nbformat"] == 4


def test_ticks_are_round_and_inside() -> None:
    for low, high in [(0, 1), (0.31, 0.47), (-5, 12345), (1e-9, 3e-9)]:
        found = ticks(low, high)
        assert 2 <= len(found) <= 6
        assert all(low <= value <= high for value in found)
