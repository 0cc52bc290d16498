"""The Antimony of library modules: our short reader finds what the full one finds, and says what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.formats.antimony.read import read_antimony
from pleio.library import open as open_library
from pleio.library.modules.text import head, read_module
from pleio.mechanisms.expression import names
from pleio.mechanisms.interpret import evaluate

FOLDER = open_library("il11").folder / "modules"
MODULES = sorted(path.stem for path in FOLDER.glob("*.ant"))


@pytest.mark.parametrize("name", MODULES)
def test_the_full_reader_of_antimony_finds_the_same_network(name: str) -> None:
    text = (FOLDER / f"{name}.ant").read_text()
    ours, full = read_module(text, name), read_antimony(text, name=name)
    assert ours.species.keys() == full.species.keys()
    assert {key: one.only_substance for key, one in ours.species.items()} == {
        key: one.only_substance for key, one in full.species.items()
    }
    assert {key: (one.reactants, one.products) for key, one in ours.reactions.items()} == {
        key: (one.reactants, one.products) for key, one in full.reactions.items()
    }
    draw = np.random.default_rng(5)
    formulas = [(one.rate, full.reactions[key].rate) for key, one in ours.reactions.items()]
    formulas += [(one, full.assignments[key]) for key, one in ours.assignments.items()]
    for mine, theirs in formulas:
        assert mine is not None and theirs is not None
        values = {key: draw.uniform(0.1, 0.9) for key in names(mine) | names(theirs)}
        # some formulas have no value at a random point (a root below zero): then neither reading may have one
        assert evaluate(mine, values) == pytest.approx(evaluate(theirs, values), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_opens_with_what_it_is_and_its_sources(name: str) -> None:
    opening = head((FOLDER / f"{name}.ant").read_text())
    assert "Source" in opening
    assert len(opening.splitlines()) >= 6


def test_every_line_that_is_wrong_is_named() -> None:
    text = "substanceOnly species A, A\nA => ; k\nout: A -> 2 B ; k * (A\nspecies C in nowhere\nA = 1\nA = 2\nx := 2 +"
    with pytest.raises(ModelError) as caught:
        read_module(text, "bad.ant")
    lines = [problem.where for problem in caught.value.problems]
    assert lines == ["line 1", "line 2", "line 3", "line 4", "line 6", "line 7"]


def test_a_name_may_not_be_two_things() -> None:
    with pytest.raises(ModelError, match="'k' is given twice"):
        read_module("substanceOnly species A\nk: A -> ; 1\nk: -> A; 2", "twice.ant")
