"""The IL-11 library as a whole: it opens, its files agree, and it says what does not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pleio.base.errors import InputError, ModelError, StudyError
from pleio.library import libraries
from pleio.library import open as open_library
from pleio.library.opened import Library

IL11 = open_library("il11")
UNCONTESTED = {"signalling-by-cell-type", "trans-signalling", "il6-family-competition"}  # dishes


def test_the_files_of_the_library_agree() -> None:
    assert [str(problem) for problem in IL11.problems()] == []


def test_opening_reads_nothing() -> None:
    code = (
        "import sys; from pleio.library import open; open('il11'); "
        "print([m for m in ('pydantic', 'scipy', 'yaml', 'libsbml') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_reading_all_modules_needs_no_model_library() -> None:
    code = (
        "import sys; from pleio.library import open; open('il11').modules; "
        "print([m for m in ('libsbml', 'antimony', 'spacy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_what_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError, match="il11"):
        open_library("il12")
    with pytest.raises(ModelError) as caught:
        IL11.mechanism("recepter+platelet+jak_stat")
    assert [(problem.where, problem.help) for problem in caught.value.problems] == [
        ("recepter", "did you mean 'receptor'?"),
        ("platelet", "did you mean 'platelets'?"),
    ]
    with pytest.raises(StudyError, match="did you mean 'oprelvekin-platelets'"):
        IL11.study("oprelvekin-platelet")
    assert libraries() == ("il11",)


@pytest.mark.parametrize("name", IL11.studies)
def test_each_study_finds_its_mechanism_agents_and_contests(name: str) -> None:
    study = IL11.study(name)
    assert study.mechanism.switches or name in UNCONTESTED
    assert all(switch.contest in IL11.belief().contests for switch in study.mechanism.switches.values())
    given = {dosing.agent for arm in study.study.arms.values() for dosing in arm}
    assert given and given <= set(study.agents)
    assert study.study.cohort.variability or name in UNCONTESTED  # what the modules know of how subjects differ


def test_the_species_decides_which_assumption_speaks_of_the_agent() -> None:
    human = IL11.study("oprelvekin-platelets")
    assert human.mechanism.settings == {}
    mouse = type(human)(
        IL11,
        "in mice",
        human.stated.model_copy(update={"cohort": human.stated.cohort.model_copy(update={"species": "mouse"})}),
    )
    settings = mouse.mechanism.settings["rhIL11-in-mouse"]
    assert settings["competitive_antagonist"]["il11_drug_efficacy"] == 0
    assert settings["agonist"]["il11_drug_efficacy"] == 1


def test_an_agent_has_a_molar_mass_and_routes_that_exist() -> None:
    network = IL11.mechanism("oprelvekin_pk+receptor").network
    oprelvekin = IL11.agents["oprelvekin"].given_in(network)
    assert oprelvekin.molar_mass == pytest.approx(19000)
    assert oprelvekin.routes["subcutaneous"] in network.species
    antibody = IL11.agents["anti-IL11"].given_in(network)
    assert set(antibody.parameters) <= set(network.parameters)  # it blocks nothing that this mechanism does not have


def test_another_folder_is_another_library(tmp_path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "one.yaml").write_text("title: x\nspecies: {}\nspeces: {}\n")
    (tmp_path / "modules" / "one.ant").write_text("// nothing\n")
    (tmp_path / "modules" / "two.yaml").write_text("title: x\nparameters: {k: {value: 1, unit: q, trust: unv-L}}\n")
    (tmp_path / "modules" / "two.ant").write_text("// nothing\n")
    with pytest.raises(ModelError) as caught:
        assert Library("mine", tmp_path).modules
    assert len(caught.value.problems) == 2
