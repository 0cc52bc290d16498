"""Checking a network: every problem at once, with the place and the remedy."""

from __future__ import annotations

import pytest

from pleio.base.errors import ModelError
from pleio.mechanisms import (
    Compartment,
    Event,
    FunctionDefinition,
    Network,
    Observable,
    Parameter,
    Participant,
    Reaction,
    Species,
    parse_formula,
)
from pleio.mechanisms.check import check

F = parse_formula
PK = Network(
    "pk",
    compartments={"V": Compartment(3.0, "L")},
    species={"D": Species("V", 1.0, "nmol", only_substance=True), "A": Species("V", 0.0, "nmol")},
    parameters={"ka": Parameter(0.1, "1/h"), "ke": Parameter(0.2, "1/h"), "Km": Parameter(2.0, "nM")},
    reactions={
        "absorb": Reaction((Participant("D"),), (Participant("A"),), rate=F("ka * D")),
        "lose": Reaction((Participant("A"),), rate=F("ke * A * V / (1 + A / Km)")),
    },
    observables={"free": Observable(F("A"), "nM")},
    time_unit="h",
)


def problems(network: Network) -> list[str]:
    with pytest.raises(ModelError) as caught:
        check(network)
    return [str(problem) for problem in caught.value.problems]


def test_a_sound_network_passes() -> None:
    check(PK)


def test_a_factor_of_sixty_is_an_error_that_says_so() -> None:
    per_minute = PK.replace(parameters={**PK.parameters, "ke": Parameter(0.2, "1/min")})
    (problem,) = problems(per_minute)
    rate = "'ke * A * V / (1 + A / Km)'"
    assert problem.startswith("reactions.lose.rate: is in ")
    assert problem.endswith(f", but 'A' changes in nmol/h: {rate}; differs by a factor of 60")
    added = PK.replace(reactions={"r": Reaction((Participant("D"),), rate=F("ka * D + k2 * D"))})
    added = added.replace(parameters={**PK.parameters, "k2": Parameter(1.0, "1/min")})
    (problem,) = problems(added)
    assert problem.startswith("reactions.r.rate: adds nmol/h and ")
    assert problem.endswith(": 'ka * D + k2 * D'; differs by a factor of 60")


def test_a_power_has_the_unit_that_many_times() -> None:
    """Dimers form as the square of A: nM² over nM·h, in a volume, is nmol/h; the square root of that square is A."""

    def dimerise(formula: str, unit: str) -> Network:
        reactions = {"r": Reaction((Participant("A"),), rate=F(formula))}
        return PK.replace(parameters={"k": Parameter(1.0, unit)}, reactions=reactions, observables={})

    for formula in ("k * A^2 * V", "k * A * A * V", "k * (A^4)^0.5 * V", "k * A^3 / A * V"):
        check(dimerise(formula, "1/(nM*h)"))
        assert "changes in nmol/h" in problems(dimerise(formula, "1/h"))[0]
    check(dimerise("k * A^(-1) * V", "nM^2/h"))


def test_what_two_rules_set_is_told() -> None:
    twice = PK.replace(
        parameters={**PK.parameters, "x": Parameter(1.0, "1", constant=False)},
        assignments={"x": F("2")}, rates={"x": F("1 / 3 * ka")}, initial={"x": F("4")},
    )  # fmt: skip
    assert problems(twice) == [
        "rates.x: an assignment rule sets 'x' already; keep one of them",
        "initial.x: an assignment rule sets 'x' already; keep one of them",
    ]


def test_different_kinds_of_quantity_do_not_meet() -> None:
    for rate, end in [
        ("ka * D + D", "they measure different things"),
        ("ka * D * exp(A)", "it takes a pure number"),
        ("ka * D * 2^A", "a power is a pure number"),
        ("piecewise(ka * D, A > D, 0)", "they measure different things"),
    ]:
        (problem,) = problems(PK.replace(reactions={"r": Reaction((Participant("D"),), rate=F(rate))}))
        assert problem.endswith(end), problem


def test_observables_and_delays_have_units_too() -> None:
    found = problems(
        PK.replace(
            observables={"free": Observable(F("A"), "pM")},
            parameters={**PK.parameters, "x": Parameter(0.0, constant=False), "lag": Parameter(1.0, "min")},
            events={"e": Event(F("time > 1"), {"x": F("1")}, delay=F("lag"))},
        )
    )
    assert [problem.split(":")[0] for problem in found] == ["events.e.delay", "observables.free"]
    assert found[0].endswith("differs by a factor of 60")
    assert found[1].endswith("differs by a factor of 1000")


def test_what_states_no_unit_is_not_held_against_anything() -> None:
    check(PK.replace(parameters={**PK.parameters, "ke": Parameter(0.2)}))


def test_all_problems_at_once() -> None:
    network = PK.replace(
        parameters={**PK.parameters, "A": Parameter(1.0)},
        reactions={"r": Reaction((Participant("Z"),), rate=F("kx * D + f(2)"))},
        assignments={"ka": F("1")},
        rates={"y": F("1")},
    )
    assert problems(network) == [
        "parameters.A: the id 'A' is also that of species.A; give each its own",
        "reactions.r: unknown species 'Z'; known: A, D",
        "reactions.r.rate: unknown name 'kx'; known: A, D, Km, V, ka, ke, r",
        "reactions.r.rate: unknown function 'f'",
        "assignments.ka: sets 'ka', which is constant; declare it as not constant",
        "rates.y: sets unknown 'y'; known: A, D, Km, V, ka, ke",
    ]


def test_a_function_that_calls_itself() -> None:
    loop = {"f": FunctionDefinition(("x",), F("g(x)")), "g": FunctionDefinition(("x",), F("f(x)"))}
    assert problems(Network(functions=loop)) == [
        "functions.f: calls itself; functions cannot be recursive",
        "functions.g: calls itself; functions cannot be recursive",
    ]


def test_a_million_species_are_refused_at_once() -> None:
    many = Network("big", {"C": Compartment()}, dict.fromkeys(map(str, range(1_000_000)), Species("C", 1.0)))
    with pytest.raises(ModelError) as caught:
        check(many)
    assert str(caught.value) == "model 'big': has 1,000,001 quantities and reactions; up to 100,000 can be run"
