"""Mechanisms by name: every pair of modules joins, and what does not is said, all of it at once."""

from __future__ import annotations

import itertools

import pytest

from pleio.assembly.compose import compose
from pleio.base.errors import ModelError
from pleio.library import open as open_library
from pleio.mechanisms.check import check

RIVALS = {("culture", "oprelvekin_pk"), ("antibody_pk", "culture")}  # what cells see of a drug: in a dish, or a body


def refused(names: str) -> list[str]:
    with pytest.raises(ModelError) as caught:
        open_library("il11").mechanism(names)
    return [str(problem) for problem in caught.value.problems]


def test_every_pair_of_modules_joins_with_units_that_fit() -> None:
    library = open_library("il11")
    modules = {name: library.module(name) for name in library.module_names}
    for pair in itertools.combinations(sorted(modules), 2):
        if pair not in RIVALS:
            check(compose([modules[name] for name in pair]).network)


@pytest.mark.parametrize("left_out", [("culture",), ("oprelvekin_pk", "antibody_pk")], ids="+".join)
def test_all_that_can_be_joined_joins(left_out: tuple[str, ...]) -> None:
    library = open_library("il11")
    check(library.mechanism([name for name in library.module_names if name not in left_out]).network)


def test_two_modules_that_give_the_same_thing_are_refused() -> None:
    assert refused("culture+oprelvekin_pk") == [
        "il11_drug: is defined by 'culture' and by 'oprelvekin_pk'; rename one, or leave one module out",
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", "a name is empty; write modules joined by +, such as receptor+jak_stat"),
        ("receptor+", "a name is empty; write modules joined by +, such as receptor+jak_stat"),
        ("receptor,jak_stat", "receptor,jak_stat: is no module; join names with +: receptor+jak_stat"),
        ("receptor jak_stat", "receptor jak_stat: is no module; join names with +: receptor+jak_stat"),
        ("RECEPTOR", "RECEPTOR: is no module; did you mean 'receptor'?"),
        ("JAK-STAT", "JAK-STAT: is no module; did you mean 'jak_stat'?"),
        ("kidneys", "kidneys: is no module; `pleio model list` names them"),
    ],
)
def test_a_name_that_is_none(names: str, said: str) -> None:
    assert refused(names) == [said]


def test_unknown_names_and_clashes_come_at_once() -> None:
    found = refused("culture+oprelvekin_pk+recptor+foo")
    assert [line.split(":")[0] for line in found] == ["recptor", "foo", "il11_drug"]


def test_every_name_that_is_given_twice_is_named() -> None:
    assert refused("receptor+jak_stat+receptor+jak_stat") == [
        "'jak_stat' is given twice; name each module once",
        "'receptor' is given twice; name each module once",
    ]
