"""Entries that leave out what can be told from the rest of them: the module, the spread, the question."""

from __future__ import annotations

from pathlib import Path

import pytest

import pleio
from pleio.inference.observation_file import Sifted
from pleio.library.readouts.readouts import LibraryReadouts, read_all, sift
from pleio.library.validation.rows import plan
from pleio.library.validation.validation import validate

IL11 = pleio.open("il11")
READOUTS = LibraryReadouts(IL11)
BARE = """
- id: bare
  readout: {readout}
  population: {population}
  regimen: {regimen}
  value: 2
  unit: {unit}
  source: pubmed:1
  trust: abstract
"""


def rows_of(tmp_path: Path, **words: str) -> Sifted:
    told = {"population": "{species: human}", "regimen": "none", "unit": '"1"', **words}
    file = tmp_path / "bare.yaml"
    file.write_text(BARE.format(**told), encoding="utf-8")
    return sift(IL11, file)


@pytest.mark.parametrize(
    ("readout", "agent", "module"),
    [
        ("platelets_nadir", "", "platelets"),
        ("haematocrit change", "", "volume_and_acute_phase"),
        ("edema", "", "adverse_events"),
        ("half_life", "oprelvekin", "oprelvekin_pk"),
        ("half_life", "X203", "antibody_pk"),
        ("il11_plasma", "oprelvekin", "oprelvekin_pk"),
        ("il11_plasma", "none", "il11_plasma"),
        ("il11_plasma", "", "il11_plasma"),
    ],
)
def test_a_readout_of_one_module_tells_it(readout: str, agent: str, module: str) -> None:
    assert READOUTS.homes(readout, agent) == (module,)


def test_without_its_module_each_row_of_the_library_is_of_the_same_quantity() -> None:
    for row in read_all(IL11):
        found = READOUTS.of(row)
        if found is None or found.not_modelled:
            continue
        homes = READOUTS.homes(row.readout, row.given.agent if row.given else "", row.population.condition)
        assert homes, row.id
        if row.module not in homes:  # shares without a transfusion stand under platelets and come from chemotherapy
            (home,) = homes
            moved = READOUTS.of(row.model_copy(update={"module": home}))
            assert moved is not None and (moved.of, moved.take, moved.unit) == (found.of, found.take, found.unit), (
                row.id
            )


def test_an_entry_without_module_spread_and_question_is_a_row(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, readout="platelets_nadir", unit="1e9/L").rows
    assert (row.module, row.spread.kind, row.question) == ("platelets", "unstated", None)


def test_a_readout_that_several_modules_have_asks_for_one_of_them(tmp_path: Path) -> None:
    found = rows_of(tmp_path, readout="half_life", unit="h")
    assert not found.rows
    (problem,) = found.problems
    assert "several modules" in problem.what
    assert "oprelvekin_pk or" in problem.help or "or oprelvekin_pk" in problem.help


def test_a_readout_of_no_module_is_told_once(tmp_path: Path) -> None:
    (problem,) = rows_of(tmp_path, readout="moon phase").problems
    assert "no module is known to have 'moon phase'" in problem.what


def test_a_readout_that_is_left_out_of_all_modules_says_why(tmp_path: Path) -> None:
    (problem,) = rows_of(tmp_path, readout="factor8_activity").problems
    assert problem.help == "no module has factor VIII"


def test_a_direction_of_what_is_given_as_usual_is_read_at_the_end_of_it_and_in_the_units_of_the_readout(
    tmp_path: Path,
) -> None:
    text = """
- {id: count, readout: platelet_count, population: {species: human, condition: healthy}, regimen: {agent: rhIL-11},
   direction: increases, spread: direction, source: "pubmed:1", trust: abstract}
- {id: days, readout: days_platelets_under_50, population: {species: human, condition: cancer}, module: platelets,
   regimen: {agent: rhIL-11}, comparator: {condition: no IL-11}, direction: decreases, spread: direction,
   source: "pubmed:1", trust: abstract}
"""
    file = tmp_path / "given.yaml"
    file.write_text(text, encoding="utf-8")
    rows = sift(IL11, file)
    assert not rows.problems
    count, days = (plan(row, READOUTS) for row in rows.rows)
    assert count.at == 14 * 24
    (found,) = validate(IL11, [days.row], worlds=24, subjects=6).rows
    assert -42 <= found.own.low <= found.own.high <= 42 and found.own.low < -0.1


@pytest.mark.parametrize("words", ["prednisone alone", "mice given bovine serum albumin", "no IL-11", "placebo"])
def test_a_second_group_that_was_given_something_else_was_given_nothing(tmp_path: Path, words: str) -> None:
    text = f"""
- {{id: one, readout: platelet_count, population: {{species: human, condition: healthy}}, regimen: {{agent: rhIL-11}},
   comparator: {{condition: {words}}}, direction: increases, spread: direction, source: "pubmed:1", trust: abstract}}
"""
    file = tmp_path / "beside.yaml"
    file.write_text(text, encoding="utf-8")
    (row,) = sift(IL11, file).rows
    found = plan(row, READOUTS)
    assert found.against is not None and found.against.agents == () and found.side.agents == ("oprelvekin",)
