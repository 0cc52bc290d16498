"""What SBML's words mean, as equations."""

from __future__ import annotations

import pytest

from pleio.base.errors import ModelError
from pleio.mechanisms import (
    Compartment,
    Event,
    FunctionDefinition,
    Network,
    Parameter,
    Participant,
    Reaction,
    Species,
    parse_formula,
    print_formula,
)
from pleio.mechanisms.equations import Equations, Refused
from pleio.mechanisms.matching import left_null_space, match
from pleio.mechanisms.writing import write_equations

F = parse_formula
FREE = Parameter(constant=False)


def spelt(network: Network) -> Equations:
    return write_equations(network)


def in_one_place(**fields: object) -> Network:
    base = {"compartments": {"C": Compartment(2.0)}, "species": {"S": Species("C", 3.0), "P": Species("C", 0.0)}}
    return Network("m", **{**base, **fields})  # type: ignore[arg-type]


def test_a_species_is_stored_as_its_amount_and_named_as_its_concentration() -> None:
    reactions = {"r": Reaction((Participant("S", 2.0),), (Participant("P"),), rate=F("S"))}
    equations = spelt(in_one_place(reactions=reactions))
    assert print_formula(equations.assigned["r"]) == "S / C"
    assert print_formula(equations.rates["S"]) == "-(2 * r)"
    assert print_formula(equations.rates["P"]) == "r"
    assert print_formula(equations.amounts["S"]) == "S"
    assert print_formula(equations.concentrations["S"]) == "S / C"


def test_amounts_where_only_substance_counts_or_there_is_no_size() -> None:
    species = {"S": Species("C", 3.0, only_substance=True), "Z": Species("N", 1.0)}
    places = {"C": Compartment(2.0), "N": Compartment(None, dimensions=0)}
    equations = spelt(Network(compartments=places, species=species))
    assert print_formula(equations.meaning["S"]) == "S"
    assert print_formula(equations.meaning["Z"]) == "Z"
    assert "Z" not in equations.concentrations


def test_a_rate_rule_in_a_growing_compartment_keeps_the_concentration_right() -> None:
    growing = {"C": Compartment(2.0, constant=False)}
    network = in_one_place(compartments=growing, species={"S": Species("C", 3.0)}, rates={"S": F("1"), "C": F("5")})
    assert print_formula(spelt(network).rates["S"]) == "1 * C + S / C * 5"


def test_starts_from_amount_concentration_and_assignment() -> None:
    species = {"A": Species("C", 3.0), "B": Species("C", 3.0, concentration=True), "D": Species("C")}
    equations = spelt(in_one_place(species=species, initial={"D": F("A + 1")}))
    assert print_formula(equations.initial["A"]) == "3"
    assert print_formula(equations.initial["B"]) == "3 * C"
    assert print_formula(equations.initial["D"]) == "(A / C + 1) * C"


def test_what_is_stored_as_a_concentration_starts_as_one() -> None:
    """A rate rule sets S while another sets the size of its place: S is stored as its value, 3 of an amount over C."""
    place, grows = {"C": Compartment(2.0, constant=False)}, {"C": F("2 + time")}
    for species, start in ((Species("C", 3.0), "3 / C"), (Species("C", 3.0, concentration=True), "3")):
        network = in_one_place(compartments=place, species={"S": species}, assignments=grows, rates={"S": F("1")})
        assert print_formula(spelt(network).initial["S"]) == start
        assert print_formula(spelt(network).amounts["S"]) == "S * C"


def test_a_place_without_dimensions_divides_where_it_has_a_size() -> None:
    places = {"N": Compartment(None, dimensions=0), "M": Compartment(2.0, dimensions=0)}
    equations = spelt(Network(compartments=places, species={"S": Species("N", 3.0), "Z": Species("M", 1.0)}))
    assert [print_formula(equations.meaning[key]) for key in ("S", "Z")] == ["S", "Z / M"]


def test_functions_are_written_out_and_locals_hide_others() -> None:
    reaction = Reaction((Participant("S"),), rate=F("double(k)"), local={"k": Parameter(7.0)})
    functions = {"double": FunctionDefinition(("x",), F("x + x"))}
    network = in_one_place(parameters={"k": Parameter(1.0)}, functions=functions, reactions={"r": reaction})
    assert print_formula(spelt(network).assigned["r"]) == "`r.k` + `r.k`"
    assert spelt(network).initial["r.k"].value == 7.0


def test_the_rate_of_a_concentration_minds_the_size() -> None:
    network = in_one_place(
        compartments={"C": Compartment(2.0, constant=False)},
        parameters={"x": FREE},
        rates={"C": F("5")},
        reactions={"r": Reaction((Participant("S"),), rate=F("1"))},
        assignments={"x": F("rateOf(S)")},
    )
    equations = spelt(network)
    assert print_formula(equations.assigned["rateOf(S)"]) == "(-r - S / C * 5) / C"
    assert print_formula(equations.assigned["x"]) == "`rateOf(S)`"


def test_a_rate_that_is_not_known_is_refused_by_name() -> None:
    network = Network(parameters={"x": FREE, "y": FREE}, assignments={"x": F("time"), "y": F("rateOf(x)")})
    with pytest.raises(Refused) as caught:
        spelt(network)
    assert caught.value.construct == "rateOf of a quantity that an assignment, a reaction or an algebraic rule sets"


def test_an_algebraic_rule_determines_what_nothing_else_does() -> None:
    network = Network(parameters={"x": FREE, "y": FREE}, rates={"x": F("1")}, algebraic=(F("x + y - 3"),))
    equations = spelt(network)
    assert equations.unknowns == ("y",)
    assert equations.states == ("x",)


def test_of_two_open_quantities_the_one_without_a_value_is_determined() -> None:
    both = {"x": Parameter(1.0, constant=False), "y": FREE}
    for parameters in (both, dict(reversed(both.items()))):
        assert spelt(Network(parameters=parameters, algebraic=(F("x + y - 3"),))).unknowns == ("y",)


def test_an_algebraic_rule_with_nothing_left_is_an_error() -> None:
    network = Network("m", parameters={"x": FREE}, algebraic=(F("x - 1"), F("x - 2")))
    with pytest.raises(ModelError) as caught:
        spelt(network)
    what = "no quantity is left for this rule to determine; make one not constant"
    assert str(caught.value) == f"model 'm': algebraic[1]: {what}"


def test_an_algebraic_rule_with_too_much_left_is_an_error() -> None:
    network = Network("m", parameters={"x": Parameter(1.0, constant=False), "y": Parameter(2.0, constant=False)})
    with pytest.raises(ModelError) as caught:
        spelt(network.replace(algebraic=(F("x - y"),)))
    help = "make one constant, or give it a rule of its own"
    assert str(caught.value) == f"model 'm': algebraic: could determine 'x' or 'y'; {help}"


def test_a_circle_is_shown() -> None:
    network = Network("m", parameters={"a": FREE, "b": FREE}, assignments={"a": F("b + 1"), "b": F("a + 1")})
    with pytest.raises(ModelError) as caught:
        spelt(network)
    assert str(caught.value) == "model 'm': a: is defined by itself; a → b → a"


def test_a_fast_reaction_becomes_its_equilibrium_and_a_conserved_sum() -> None:
    fast = Reaction((Participant("S"),), (Participant("P", 2.0),), rate=F("S - P"), fast=True)
    slow = Reaction((Participant("P"),), rate=F("P"))
    equations = spelt(in_one_place(reactions={"f": fast, "s": slow}))
    assert equations.unknowns == ("S", "P")
    assert equations.states == ("conserved 0",)
    assert print_formula(equations.sums["conserved 0"]) == "2 * S + P"
    assert print_formula(equations.rates["conserved 0"]) == "-s"


def test_a_conserved_sum_changes_as_its_parts_do() -> None:
    """Of 2 S + P a slow loss of S takes two for each that it takes of S."""
    fast = Reaction((Participant("S"),), (Participant("P", 2.0),), rate=F("S - P"), fast=True)
    slow = Reaction((Participant("S"),), rate=F("S"))
    equations = spelt(in_one_place(reactions={"f": fast, "s": slow}))
    assert print_formula(equations.rates["conserved 0"]) == "2 * (-s)"


def test_an_event_keeps_the_size_that_its_concentrations_mean() -> None:
    network = in_one_place(events={"e": Event(F("time > 1"), {"S": F("4")})})
    equations = spelt(network)
    assert equations.held == ("S",)
    assert dict(equations.events["e"].scale) == {"S": "C"}


def test_a_baseline_is_a_constant_and_while_settling_the_value_itself() -> None:
    network = in_one_place(reactions={"r": Reaction((Participant("S"),), rate=F("S / baseline(S)"))})
    assert "baseline(S)" in spelt(network).constants
    settling = write_equations(network, settling=True)
    assert print_formula(settling.assigned["r"]) == "S / C / (S / C)"


def test_function_calls_that_write_out_to_too_much_are_refused() -> None:
    functions = {"f0": FunctionDefinition(("x",), F("x * x + 1"))}
    functions |= {f"f{i}": FunctionDefinition(("x",), F(f"f{i - 1}(f{i - 1}(x))")) for i in range(1, 40)}
    network = Network("m", parameters={"a": FREE}, functions=functions, assignments={"a": F("f39(2)")})
    with pytest.raises(ModelError, match="write out to more than"):
        spelt(network)


def test_a_function_that_calls_itself_is_refused_where_it_is_written_out() -> None:
    functions = {"f": FunctionDefinition(("x",), F("g(x)")), "g": FunctionDefinition(("x",), F("f(x) + 1"))}
    network = Network("m", parameters={"a": FREE}, functions=functions, assignments={"a": F("f(2)")})
    with pytest.raises(ModelError, match="calls itself; functions cannot be recursive"):
        spelt(network)


def test_matching_moves_others_out_of_the_way() -> None:
    assert match([["x", "y"], ["x"], ["y", "z"]]) == ["y", "x", "z"]
    assert match([["x"], ["x"]]) == ["x", None]


def test_sums_that_reactions_conserve() -> None:
    # A + B ⇌ AB conserves A + AB and B + AB
    columns, space = left_null_space([[-1], [-1], [1]])
    assert columns == [0]
    for row in space:
        assert -row[0] - row[1] + row[2] == 0
    assert len(space) == 2
