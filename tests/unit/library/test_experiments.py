"""Experiments: read with their problems, and asked of the contest that their claim stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.base.errors import ModelError
from pleio.library import open as open_library
from pleio.library.experiments import load_experiments

IL11 = open_library("il11")
GOOD = """\
- id: one
  title: An experiment
  claim: il11-platelets
  question: sufficiency
  system: {species: mouse}
  agent: oprelvekin
  made_from: human
  readout: platelet count
  n: 10
  power: 0.8
  weeks: 4
  cost: 1000 EUR
  trust: unv-L
"""


def test_each_experiment_asks_a_contest_that_exists() -> None:
    assert len(IL11.experiments) >= 12
    for one in IL11.experiments:
        asked = one.asked_of(IL11.claims)
        assert asked.contest in IL11.belief().contests
        assert asked.cost and asked.cost > 0


def test_each_study_that_decides_has_an_experiment_on_a_switch_of_its_modules() -> None:
    asked = {one.claim for one in IL11.experiments}
    for name in IL11.studies:
        study = IL11.study(name).study
        if study.decision:
            modules = [IL11.module(module) for module in study.mechanism if module in IL11.modules]
            assert any(s.claim in asked for m in modules for s in m.switches), name


def test_costs_and_weeks_say_that_they_are_guesses() -> None:
    assert {one.trust for one in IL11.experiments} == {"unv-L"}


def test_an_agent_from_another_species_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (one,) = load_experiments(tmp_path)
    assert one.asked_of(IL11.claims).foreign == "human"
    (tmp_path / "a.yaml").write_text(GOOD.replace("species: mouse", "species: human"))
    (same,) = load_experiments(tmp_path)
    assert same.asked_of(IL11.claims).foreign == ""


def test_all_that_is_wrong_comes_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("power: 0.8", "power: 1.8").replace("cost: 1000 EUR", "cost: cheap").replace("n: 10", "nn: 10")
    (tmp_path / "a.yaml").write_text(wrong)
    (tmp_path / "b.yaml").write_text(GOOD + GOOD)
    with pytest.raises(ModelError) as caught:
        load_experiments(tmp_path)
    text = str(caught.value)
    for expected in ("power", "cost", "unknown key 'nn'", "'n' is missing", "'one' is given twice"):
        assert expected in text
