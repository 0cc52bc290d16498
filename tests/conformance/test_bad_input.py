"""Bad input, one case of each kind: a clear error or a status, within a bound of time and memory, and life goes on."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.formats.load import load
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.check import check
from pleio.mechanisms.expression import apply, name, number
from pleio.mechanisms.network import Compartment, Event, Parameter, Participant, Reaction, Species
from pleio.simulation import Limits, integrate, routing

SECONDS, MEGABYTES = 60.0, 1500.0  # of one case, on a busy machine
BOTH_PATHS = pytest.mark.parametrize("few", [1, 1000], ids=["lanes", "reference path"])
SBML = '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model>{}</model></sbml>'


@pytest.fixture(autouse=True)
def within_bounds() -> Iterator[None]:
    """Every case here keeps its budget."""
    begin, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - begin < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


def by_rate_rules(rates: dict[str, str], start: dict[str, float], **more: object) -> Network:
    values = {key: Parameter(value, constant=False) for key, value in start.items()}
    return Network("n", parameters=values, rates={key: parse_formula(text) for key, text in rates.items()}, **more)


def error(network: Network) -> str:
    with pytest.raises(ModelError) as caught:
        integrate(network, [0, 1])
    return str(caught.value)


# text


def test_a_billion_laughs_and_a_document_type() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    for text in (f'<!DOCTYPE s [<!ENTITY e0 "ha">{entities}]>' + SBML.format("&e9;"), "<!DOCTYPE s>" + SBML.format("")):
        with pytest.raises(ModelError, match="document type"):
            load(text)
    assert load("x = 1").parameters["x"].value == 1.0  # the process lives


@pytest.mark.parametrize("text", ["x = " + "(" * 20_000 + "1" + ")" * 20_000, "x = " + "-" * 20_000 + "1"])
def test_twenty_thousand_nested_operators_of_a_text(text: str) -> None:
    with pytest.raises(ModelError, match="nest"):
        load(text)


def test_twenty_thousand_nested_operators_of_mathml() -> None:
    math = "<apply><sin/>" * 20_000 + "<cn>1</cn>" + "</apply>" * 20_000
    with pytest.raises(ModelError, match="nests deeper"):
        load(SBML.format(f"<listOfRules><assignmentRule><math>{math}</math></assignmentRule></listOfRules>"))


def test_a_million_species() -> None:
    species = '<species id="s" compartment="c"/>' * 1_000_000
    with pytest.raises(ModelError, match=r"is larger than|has more than"):
        load(SBML.format(f"<listOfSpecies>{species}</listOfSpecies>"))
    one = Species("c", 1.0)
    many = Network(compartments={"c": Compartment()}, species={f"s{i}": one for i in range(1_000_000)})
    assert "1,000,001 quantities and reactions; up to 100,000 can be run" in error(many)


def test_a_chain_of_two_thousand_rules_is_read_and_a_circle_in_it_is_found() -> None:
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
    kept = "".join(f'<parameter id="a{i}" constant="false"/>' for i in range(2_000))
    chain = {i: f"<ci>a{i - 1}</ci>" for i in range(1, 2_000)}

    def model(formulas: dict[int, str]) -> str:
        rules = (f'<assignmentRule variable="a{i}">{math.format(f)}</assignmentRule>' for i, f in formulas.items())
        return SBML.format(f"<listOfParameters>{kept}</listOfParameters><listOfRules>{''.join(rules)}</listOfRules>")

    found = integrate(load(model({0: "<cn>7</cn>"} | chain)), [0, 1], save=["a1999"])
    assert found.values[0, 1, 0] == 7
    with pytest.raises(ModelError, match="is defined by itself; a0 → a1 → a0"):
        load(model({0: "<ci>a1</ci>"} | chain))


@pytest.mark.parametrize("numbers", [("1", "2000000000", "1"), ("INF", "0", "1"), ("1", "0", "NaN"), ("-1", "0", "0")])
def test_a_unit_of_no_size_is_no_unit(numbers: tuple[str, str, str]) -> None:
    unit = '<unit kind="metre" exponent="{}" scale="{}" multiplier="{}"/>'.format(*numbers)
    units = f'<listOfUnitDefinitions><unitDefinition id="u"><listOfUnits>{unit}</listOfUnits></unitDefinition>'
    kept = '</listOfUnitDefinitions><listOfParameters><parameter id="x" value="1" units="u" constant="true"/>'
    assert load(SBML.format(f"{units}{kept}</listOfParameters>")).parameters["x"].unit == ""


# networks


def test_twenty_thousand_nested_operators_of_a_network() -> None:
    formula = name("x")
    for _ in range(20_000):
        formula = apply("sin", apply("plus", formula, number(1.0)))
    model = Network(parameters={"x": Parameter(1.0, constant=False)}, rates={"x": formula})
    found = integrate(model, [0, 0.1], save=["x"], rtol=1e-3)
    assert found.status == ("",) and np.all(np.isfinite(found.values))


def test_an_unknown_name_and_a_circle() -> None:
    assert "unknown name 'kk'" in error(by_rate_rules({"x": "kk*x"}, {"x": 1.0}))
    circle = {key: parse_formula(text) for key, text in (("a", "b + 1"), ("b", "2*c"), ("c", "a"))}
    values = {key: Parameter(None, constant=False) for key in circle}
    assert "a → b → c → a" in error(Network(parameters=values, assignments=circle))


def test_a_rate_law_of_the_wrong_dimension() -> None:
    model = Network(
        compartments={"c": Compartment(1.0, "L")},
        species={"s": Species("c", 1.0, unit="mol")},
        parameters={"k": Parameter(1.0, "m/s")},
        reactions={"r": Reaction((Participant("s"),), (), rate=parse_formula("k * s"))},
        time_unit="s",
        substance_unit="mol",
        extent_unit="mol",
    )
    with pytest.raises(ModelError, match=r"reactions\.r"):
        check(model)


def test_too_many_and_too_few_algebraic_rules() -> None:
    values = {key: Parameter(1.0, constant=False) for key in ("x", "y")}
    too_many = Network(parameters={"x": values["x"]}, algebraic=(parse_formula("x - 1"), parse_formula("x - 2")))
    assert "no quantity is left for this rule to determine" in error(too_many)
    too_few = Network(parameters=values, algebraic=(parse_formula("x + y - 1"),))
    assert "could determine 'x' or 'y'" in error(too_few)
    n = 1_500
    keys = (f"{letter}{i}" for i in range(n) for letter in "xy")
    rules = (parse_formula(f"x{i} - y{i} - x{(i + 1) % n} - y{(i + 3) % n}") for i in range(n))
    far_too_few = Network(parameters=dict.fromkeys(keys, values["x"]), algebraic=tuple(rules))
    assert "has 50 problems" in error(far_too_few)


# trajectories


@BOTH_PATHS
def test_a_stiff_solution_that_diverges_says_so_and_when(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    rates = {"x": "x^2", "y": "-1e6*(y - x)"}  # x runs away at time 1, y follows it at once
    found = integrate(by_rate_rules(rates, {"x": 1.0, "y": 1.0}), [0, 0.5, 2], members=2, save=["x", "y"])
    for why in found.status:
        assert "time 1" in why and "diverges" in why, why
    assert np.all(np.isnan(found.values))


@BOTH_PATHS
def test_numbers_that_are_none(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    model = by_rate_rules({"x": "-k*x"}, {"x": 1.0})
    model = model.replace(parameters={**model.parameters, "k": Parameter(1.0)})
    k = np.array([1.0, np.nan, np.inf, 2.0])
    found = integrate(model, [0, 1], parameters={"k": k}, save=["x"])
    assert [bool(why) for why in found.status] == [False, True, True, False]
    assert "'k' is nan" in found.status[1] and "'k' is inf" in found.status[2]
    np.testing.assert_allclose(found.values[[0, 3], 1, 0], np.exp([-1, -2]), rtol=1e-5)


def test_delays_that_go_wrong_have_a_status_and_those_without_end_a_time_limit() -> None:
    found = integrate(by_rate_rules({"x": "x^2 * delay(x, 0.1)"}, {"x": 1.0}), [0, 2], save=["x"])
    assert "could not go past time 0.65" in found.status[0]
    found = integrate(by_rate_rules({"x": "-delay(x, 0 - 1)"}, {"x": 1.0}), [0, 2], save=["x"])
    assert "the rate of 'x' is not a number: delay(x, " in found.status[0]
    sums = {f"a{i}": parse_formula(f"delay(a{i - 1}, 0.01) + delay(a{i - 1}, 0.013)") for i in range(1, 25)}
    start = {key: Parameter(1.0, constant=False) for key in ("x", "a0", *sums)}
    many = Network(parameters=start, assignments={"a0": name("x"), **sums}, rates={"x": parse_formula("-a24")})
    begin = time.monotonic()
    found = integrate(many, [0, 1], save=["x"], limits=Limits(seconds=2))
    assert "ran for more than 2 s" in found.status[0] and time.monotonic() - begin < 30


@BOTH_PATHS
def test_events_that_fire_for_ever(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    flip = {"k": parse_formula("0 - k")}
    events = {
        "up": Event(parse_formula("k > 0 && x > 1"), flip),
        "down": Event(parse_formula("k < 0 && x > 1"), flip),
    }
    model = by_rate_rules({"x": "1"}, {"x": 0.0, "k": 1.0}, events=events)
    found = integrate(model, [0, 2], members=2, save=["x"], limits=Limits(events=1_000))
    assert all(why.startswith("executed more than 1,000 events by time 1") for why in found.status)
    shrinking = {"bounce": Event(parse_formula("x < 0"), {"v": parse_formula("-0.5*v"), "x": number(0.0)})}
    ball = by_rate_rules({"x": "v", "v": "-9.81"}, {"x": 1.0, "v": 0.0}, events=shrinking)
    found = integrate(ball, [0, 9], members=2, save=["x"], limits=Limits(events=1_000, steps=20_000))
    assert all(found.status)
