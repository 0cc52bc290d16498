"""Joining modules: what becomes one, what each cell type has of its own, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pleio.assembly import Module, compose
from pleio.assembly.module import Gate, Prior
from pleio.assembly.rename import rename
from pleio.base.errors import ModelError
from pleio.base.quantities import parse_distribution
from pleio.mechanisms import (
    Compartment,
    Network,
    Observable,
    Parameter,
    Participant,
    Reaction,
    Species,
    parse_formula,
    print_formula,
)
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


def test_an_input_that_two_modules_leave_open_has_one_value(make) -> None:
    def taker(name: str, value: str, unit: str = "nM") -> Module:
        table = (
            f"title: x\nquantities: {{{name}_q: {{unit: {unit}}}}}\ninputs: {{drug: {{value: {value}, unit: {unit}}}}}"
        )
        return make(name, f"{name}_q := drug", table)

    assert compose([taker("a", "7"), taker("b", "7")]).open_inputs["drug"].value == 7
    with pytest.raises(ModelError, match="drug: as an input is 7 nM in 'a' and 8 nM in 'b'; give it one value"):
        compose([taker("a", "7"), taker("b", "8")])
    with pytest.raises(ModelError, match="as an input is 7 nM in 'a' and 7 pM in 'b'"):
        compose([taker("a", "7"), taker("b", "7", "pM")])


def test_half_an_effect_is_in_the_unit_of_what_drives_it(cell: Module, tissue: Module) -> None:
    (switch,) = tissue.switches
    wrong = replace(tissue, switches=(replace(switch, half=replace(switch.half, unit="nM")),))
    with pytest.raises(ModelError, match=r"protein: is driven by occupancy_muscle in 1, and its half is in nM"):
        compose([cell, wrong])
    with pytest.raises(ModelError, match=r"protein: is a switch of 'tissue' and of 'again'"):
        compose([cell, tissue, replace(tissue, name="again")])


def test_what_an_assumption_sets_in_two_modules_is_set_in_both(cell: Module, tissue: Module) -> None:
    one = replace(cell, settings={"as in mice": {"yes": {"kd": 9.0}, "no": {"kd": 3.0}}})
    other = replace(tissue, settings={"as in mice": {"yes": {"turnover": 0.3}}, "else": {"yes": {"turnover": 0.2}}})
    assert compose([one, other]).settings == {
        "as in mice": {"yes": {"kd": 9.0, "turnover": 0.3}, "no": {"kd": 3.0}},
        "else": {"yes": {"turnover": 0.2}},
    }


def test_a_parameter_that_a_claim_opens_stands_on_that_claim(cell: Module, tissue: Module) -> None:
    opened = replace(tissue, gates=(Gate("turnover", "l-matters"),))
    mechanism = compose([cell, opened])
    assert mechanism.claims["turnover"] == ("l-matters",)
    assert [gate.parameter for gate in mechanism.gates] == ["turnover"]


def test_a_gate_of_one_cell_type_is_in_that_one_alone(
    cell: Module, tissue: Module, make, texts: dict[str, str]
) -> None:
    """Elsewhere the step is there: with no cell type at all, no gate of one is."""
    gated = replace(cell, gates=(Gate("kon", "l-binds-there", cell="muscle"), Gate("kon", "l-binds")))
    words = {"protein": "mineral", "synthesis": "growth", "loss": "decay", "muscle": "osteoblast"}
    text, table = texts["TISSUE"], texts["TISSUE_TABLE"]
    for old, new in words.items():
        text, table = text.replace(old, new), table.replace(old, new)
    gates = compose([gated, tissue, make("bone", text, table)]).gates
    assert [(gate.parameter, gate.claim) for gate in gates] == [
        ("kon_muscle", "l-binds-there"), ("kon_muscle", "l-binds"), ("kon_osteoblast", "l-binds"),
    ]  # fmt: skip
    assert [gate.claim for gate in compose([gated]).gates] == ["l-binds"]


def test_what_mice_have_otherwise_follows_the_names_of_the_cell(cell: Module, tissue: Module) -> None:
    known = {"R_total": {"mouse": Prior(parse_distribution("7 nM"), "nM", source="pmid:1")}}
    mechanism = compose([replace(cell, in_species=known), tissue])
    in_mice = mechanism.of("mouse")
    for one, value in ((mechanism, 5), (in_mice, 7), (mechanism.of("rat"), 5)):
        assert one.network.parameters["R_total_muscle"].value == value
        assert one.priors["R_total_muscle"].value == value
    assert in_mice.network.parameters["R_total_muscle"].source == "pmid:1"


def test_half_an_effect_of_an_amount_is_an_amount(tissue: Module) -> None:
    (switch,) = tissue.switches
    by_itself = replace(switch, driver="protein", half=replace(switch.half, unit="nM"))
    with pytest.raises(ModelError, match="protein: is driven by protein in fold, and its half is in nM"):
        compose([replace(tissue, switches=(by_itself,))])


def test_another_name_is_another_name_wherever_it_stands() -> None:
    reactions = {
        "r": Reaction((Participant("A"),), (Participant("B"),), modifiers=("E",), rate=parse_formula("k * E * A"))
    }
    network = Network(
        compartments={"C": Compartment(1.0)},
        species={key: Species("C", 1.0) for key in "ABE"},
        parameters={"k": Parameter(1.0), "x": Parameter(constant=False)},
        reactions=reactions,
        assignments={"x": parse_formula("E + k")},
        initial={"A": parse_formula("2 * E")},
        observables={"o": Observable(parse_formula("x / E"))},
    )
    new = {"E": "enzyme", "C": "cell", "r": "turnover", "x": "sum", "o": "share"}
    found = rename(network, new)
    check(found)
    assert found.reactions["turnover"].modifiers == ("enzyme",)
    assert print_formula(found.reactions["turnover"].rate) == "k * enzyme * A"
    assert (print_formula(found.assignments["sum"]), print_formula(found.initial["A"])) == ("enzyme + k", "2 * enzyme")
    assert print_formula(found.observables["share"].expression) == "sum / enzyme"
    assert {one.compartment for one in found.species.values()} == {"cell"}
    assert rename(found, {new: old for old, new in new.items()}) == network


def test_a_module_given_twice_is_refused(cell: Module) -> None:
    with pytest.raises(ModelError, match="given twice"):
        compose([cell, cell])
    with pytest.raises(ModelError, match="no modules"):
        compose([])
