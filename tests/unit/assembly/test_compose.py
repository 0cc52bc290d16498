"""Joining modules: what becomes one, what each cell type has of its own, what is refused."""

from __future__ import annotations

import pytest

from pleio.assembly import Module, compose
from pleio.base.errors import ModelError
from pleio.mechanisms.check import check


def test_a_module_alone_keeps_its_names(cell: Module) -> None:
    network = compose([cell]).network
    assert set(network.species) == {"R", "LR"}
    assert network.parameters["ligand"].value == 0


def test_a_module_of_one_cell_is_set_up_for_the_cell_that_the_others_act_in(cell: Module, tissue: Module) -> None:
    mechanism = compose([cell, tissue])
    network = mechanism.network
    assert set(network.species) == {"R_muscle", "LR_muscle", "protein"}
    assert network.parameters["R_total_muscle"].value == 5  # the abundance of that cell type
    assert "kd" in network.parameters  # an affinity is shared between cell types
    assert mechanism.switches[0].driver == "occupancy_muscle"
    check(network)


def test_two_cell_types_have_a_receptor_each_and_share_its_affinity(
    cell: Module, tissue: Module, make, texts: dict[str, str]
) -> None:
    other = make(
        "bone",
        texts["TISSUE"].replace("protein", "mineral").replace("synthesis", "growth").replace("loss", "decay"),
        texts["TISSUE_TABLE"]
        .replace("muscle", "osteoblast").replace("id: protein", "id: mineral")
        .replace("protein:", "mineral:").replace("synthesis", "growth"),
    )  # fmt: skip
    network = compose([cell, tissue, other]).network
    assert {"LR_muscle", "LR_osteoblast"} <= set(network.species)
    assert network.parameters["R_total_osteoblast"].value == 2  # no value of its own: the general one
    assert [name for name in network.parameters if name.startswith("kd")] == ["kd"]
    alone = compose([cell, tissue]).network
    assert set(alone.species) <= set(network.species)  # another module renames nothing


def test_an_input_becomes_what_another_module_defines(cell: Module, make) -> None:
    source = make(
        "source",
        "drug := dose / volume",
        "title: A drug\nquantities: {drug: {unit: nM}}\n"
        "parameters: {dose: {value: 3, unit: nmol, trust: unv-L}, volume: {value: 1, unit: L, trust: unv-L}}",
    )
    taker = make(
        "taker",
        "effect := drug / half",
        "title: Its effect\nquantities: {effect: {unit: '1'}}\ninputs: {drug: {value: 7, unit: nM}}\n"
        "parameters: {half: {value: 1, unit: nM, trust: unv-L}}",
    )
    together, alone = compose([source, taker]), compose([taker])
    assert "drug" in together.network.assignments
    assert not together.open_inputs
    assert alone.network.parameters["drug"].value == 7
    assert set(alone.open_inputs) == {"drug"}


def test_a_species_of_two_modules_is_one_pool(make) -> None:
    table = "title: x\nspecies: {A: {unit: nmol}}\nparameters: {k: {value: 1, unit: 1/h, trust: unv-L}}"
    first = make("first", "substanceOnly species A\nA = 1\nout: A -> ; k * A", table)
    second = make("second", "substanceOnly species A\nA = 1\naway: A -> ; k * A", table)
    network = compose([first, second]).network
    assert set(network.species) == {"A"}
    assert set(network.reactions) == {"out", "away"}


def test_everything_that_clashes_is_reported_at_once(make) -> None:
    first = make(
        "first",
        "compartment blood = 3\nspecies A in blood\nA = 1\nout: A -> ; blood * k * A",
        "title: x\ncompartments: {blood: {unit: L}}\nspecies: {A: {unit: nmol}}\n"
        "parameters: {k: {value: 1, unit: 1/h, trust: unv-L}}",
    )
    second = make(
        "second",
        "compartment lymph = 1\nspecies A in lymph\nA = 1\nout: A -> ; lymph * k * A\nB := A * two",
        "title: x\ncompartments: {lymph: {unit: L}}\nspecies: {A: {unit: mol}}\nquantities: {B: {unit: nM}}\n"
        "parameters: {k: {value: 1, unit: 1/min, trust: unv-L}, two: {value: 2, unit: '1', trust: unv-L}}",
    )
    with pytest.raises(ModelError) as caught:
        compose([first, second])
    found = {(problem.where, problem.what.split(" in ")[0]) for problem in caught.value.problems}
    assert found == {
        ("A", "has the unit nmol"),
        ("A", "has the compartment blood"),
        ("k", "has the unit 1/h"),
        ("out", "is defined by 'first' and by 'second'"),
    }


def test_two_values_for_one_parameter_are_refused(make) -> None:
    def module(name: str, value: str) -> Module:
        table = f"title: x\nquantities: {{{name}_q: {{unit: '1'}}}}\n"
        table += f"parameters: {{k: {{value: {value}, unit: '1', trust: unv-L}}}}"
        return make(name, f"{name}_q := k", table)

    with pytest.raises(ModelError, match=r"k: is .*1.* in 'a' and .*2.* in 'b'"):
        compose([module("a", "1"), module("b", "2")])


def test_an_input_in_another_unit_is_refused(make) -> None:
    giver = make(
        "giver",
        "drug := dose",
        "title: x\nquantities: {drug: {unit: pM}}\nparameters: {dose: {value: 1, unit: pM, trust: unv-L}}",
    )
    taker = make(
        "taker",
        "effect := drug",
        "title: x\nquantities: {effect: {unit: nM}}\ninputs: {drug: {value: 0, unit: nM}}",
    )
    with pytest.raises(ModelError, match="given in pM by 'giver' and taken in nM by 'taker'"):
        compose([giver, taker])


def test_a_module_given_twice_is_refused(cell: Module) -> None:
    with pytest.raises(ModelError, match="given twice"):
        compose([cell, cell])
    with pytest.raises(ModelError, match="no modules"):
        compose([])
