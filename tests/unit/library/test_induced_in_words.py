"""What was in a dish beside what a row is about, where a readout or the name of the cells says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all

IL11 = open_library("il11")
DISH: dict[str, Any] = {
    "readout": "collagen", "population": "human fibroblasts", "stimulus": "anti-IL-11 2 µg/mL", "time": "24 h",
    "direction": "decreases", "source": "pubmed:1",
}  # fmt: skip


def read(tmp_path: Path, **changes: Any) -> Observation:
    entry = {key: part for key, part in {**DISH, **changes}.items() if part is not None}
    path = tmp_path / "rows.yaml"
    path.write_text(yaml.safe_dump([entry], allow_unicode=True), "utf-8")
    (found,) = read_all(IL11, path)
    return found


@pytest.mark.parametrize(
    ("readout", "people", "stimulus", "beside"),
    [
        ("TGFβ1-induced collagen", "human fibroblasts", "anti-IL-11 2 µg/mL", ["TGFβ1"]),
        ("collagen", "TGFβ1-stimulated human fibroblasts", "anti-IL-11 2 µg/mL", ["TGFβ1"]),
        ("IL-11-induced pSTAT3", "human fibroblasts", "ruxolitinib 1 µM", ["IL-11"]),
        ("pSTAT3 response to IL-11", "human fibroblasts", "ruxolitinib 1 µM", ["IL-11"]),
        ("apoptosis", "rat oligodendrocytes exposed to TNFα", "IL-11 10 ng/mL", ["TNFα"]),
        ("IL-6 production", "human synovial fibroblasts stimulated with IL-1β", "IL-11 10 ng/mL", ["IL-1β"]),
        ("COL1A1 protein", "human fibroblasts", "TGFβ1 5 ng/mL ± anti-IL-11 2 µg/mL", ["TGFβ1"]),
        ("IL-11-induced pERK", "human fibroblasts", "IL-11 10 ng/mL", []),
        ("TNF-α production by LPS-stimulated macrophages", "mouse macrophages", "IL-11 10 ng/mL", ["LPS"]),
        ("LPS-induced TNFα", "LPS-stimulated mouse macrophages", "IL-11 10 ng/mL", ["LPS"]),
        ("collagen", "serum-starved human fibroblasts", "IL-11 10 ng/mL", []),
        ("collagen", "drug-treated human fibroblasts", "IL-11 10 ng/mL", []),
    ],
)
def test_what_induced_it_was_in_both_dishes(
    tmp_path: Path, readout: str, people: str, stimulus: str, beside: list[str]
) -> None:
    found = read(tmp_path, readout=readout, population=people, stimulus=stimulus)
    assert [one.agent for one in found.beside] == beside and all(one.in_both for one in found.beside)
    assert found.stimulus is not None and found.stimulus.agent in stimulus


def test_where_nothing_else_was_given_the_row_is_about_what_stimulated_the_cells(tmp_path: Path) -> None:
    cells = "TGFβ1-stimulated human fibroblasts"
    found = read(tmp_path, population=cells, stimulus="none", readout="IL-11 secretion", direction="increases")
    assert found.stimulus is not None and (found.stimulus.agent, found.beside) == ("TGFβ1", ())


def test_what_the_row_says_of_the_dish_itself_is_not_said_twice(tmp_path: Path) -> None:
    both = {"stimulus": "anti-IL-11 2 µg/mL", "beside": "TGF-β1 5 ng/mL"}
    found = read(tmp_path, **both, readout="TGFβ1-induced collagen")
    assert [(one.agent, one.amount) for one in found.beside] == [("TGF-β1", "5 ng/mL")]


def test_what_animals_are_treated_with_is_in_no_dish(tmp_path: Path) -> None:
    mice = {"population": "LPS-treated mice", "regimen": "none", "stimulus": None, "comparator": "healthy mice"}
    found = read(tmp_path, **mice, readout="lung inflammation", direction="increases")
    assert (found.stimulus, found.beside) == (None, ())


def test_what_people_are_treated_with_is_in_no_dish(tmp_path: Path) -> None:
    people = {"population": "G-CSF-treated cancer patients on chemotherapy", "regimen": "none", "stimulus": None}
    found = read(tmp_path, **people, readout="platelet count", time="day 14")
    assert (found.stimulus, found.beside) == (None, ())


@pytest.mark.parametrize(
    ("people", "regimen", "given"),
    [
        ("human vascular smooth muscle cells", "IL-11", "IL-11"),
        ("primary human cardiac fibroblasts", "IL-11 5 ng/mL for 24 h", "IL-11"),
        ("mouse bone marrow cultures", {"agent": "IL-11", "amount": "10 ng/mL"}, "IL-11"),
        ({"species": "human", "cells": "lung fibroblasts"}, "TGFβ1", "TGFβ1"),
    ],
)
def test_what_cells_were_given_is_in_their_dish_under_whatever_key(
    tmp_path: Path, people: Any, regimen: Any, given: str
) -> None:
    found = read(tmp_path, population=people, stimulus=None, regimen=regimen)
    assert found.regimen is None and found.stimulus is not None and found.stimulus.agent == given


@pytest.mark.parametrize(
    ("people", "regimen"),
    [
        ("fibroblasts of mice", "X203 10 mg/kg i.p. weekly for 3 weeks"),
        ("IPF patients", "9MW3811 300 mg i.v. once"),
        ("human megakaryocytes", "rhIL-11 50 µg/kg/d s.c. for 7 days"),
    ],
)
def test_what_bodies_were_given_is_a_regimen_whatever_was_looked_at(tmp_path: Path, people: str, regimen: str) -> None:
    found = read(tmp_path, population=people, stimulus=None, regimen=regimen, time="3 weeks")
    assert found.stimulus is None and found.regimen is not None


@pytest.mark.parametrize(
    ("readout", "module", "of"),
    [
        ("p-p90RSK", "mapk_erk", "RSK_active"),
        ("α-SMA+ fibroblasts", "fibrosis", "myofibroblasts"),
        ("TRAP+ multinucleated cells", "bone", "osteoclasts"),
        ("il6_fibroblast", "inflammation", "il6_fibroblast"),
        ("phosphorylated S6", "mapk_erk", "mTORC1_active"),
        ("SOCS3 expression", "jak_stat", "SOCS3"),
        ("percentage of αSMA+ cells", "fibrosis", "myofibroblasts"),
        ("Treg frequency", "inflammation", "treg"),
        ("GFAP", "neuro", "astrocytes"),
        ("axonal regeneration", "neuro", "axon_regrowth"),
        ("trabecular bone volume fraction", "bone", "bone_mass"),
        ("apoptosis of intestinal epithelium", "epithelium", "gut_death"),
        ("soluble collagen in supernatant", "fibrosis", "collagen"),
    ],
)
def test_everyday_names_of_what_the_modules_have(readout: str, module: str, of: str) -> None:
    readouts = LibraryReadouts(IL11)
    assert readouts.homes(readout) == (module,)
    found = readouts.named(readout, module)
    assert found is not None and found.of.strip("[]") == of


def test_whose_product_it_is_the_population_says(tmp_path: Path) -> None:
    told = {"readout": "IL-12 production by monocytes", "population": "human monocytes", "stimulus": "IL-11 10 ng/mL"}
    assert read(tmp_path, **told).readout.startswith("il12_monocyte")


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        ("anti-IL-11 X203", "X203"),
        ("X203 (anti-IL-11 antibody)", "X203"),
        ("anti-IL-11RA X209", "X209"),
        ("murine IL-11", "murine IL-11"),  # human IL-11 does another thing in mice
        ("mIL-11", "mIL-11"),  # a mutein to some
        ("IL-11 siRNA", "IL-11 siRNA"),
    ],
)
def test_agents_as_papers_name_them(agent: str, known: str) -> None:
    assert LibraryReadouts(IL11).agent(agent) == known


@pytest.mark.parametrize("lost", ["Il11ra1 knockout", "IL-11 deficiency", "Il11 -/-"])
def test_a_gene_that_was_lost_is_what_the_animals_are(tmp_path: Path, lost: str) -> None:
    mice = {"population": "mice, angiotensin II infusion", "comparator": "wild type", "stimulus": None}
    found = read(tmp_path, **mice, regimen=lost, readout="heart collagen", time="28 days")
    assert found.regimen is None and lost in found.population.condition


@pytest.mark.parametrize(("people", "species"), [("HEK293 cells expressing IL-11Rα", "human"), ("HeLa", "human")])
def test_lines_have_the_species_that_they_are_of(tmp_path: Path, people: str, species: str) -> None:
    assert read(tmp_path, population=people).population.species == species
