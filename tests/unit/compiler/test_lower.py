"""Lowering: the same text every time, no more operations than needed, and what depends on parameters only hoisted."""

from __future__ import annotations

import pytest

from pleio.compiler import Program, lower
from pleio.compiler.graph import Graph
from pleio.compiler.passes.derivative import TIME, gradients
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Parameter
from pleio.mechanisms.writing import write_equations


def lowered(rates: dict[str, str], constants: str = "a b c") -> Program:
    values = {name: Parameter(1.0, constant=False) for name in rates}
    values |= {name: Parameter(1.0) for name in constants.split()}
    network = Network(parameters=values, rates={name: parse_formula(text) for name, text in rates.items()})
    equations = write_equations(network)
    return lower(equations, {name: equations.meaning[name] for name in rates})


TWO = {"x": "a*x/(b + x) - c*x*y", "y": "c*x*y - exp(-b/a)*y"}


def test_lowering_twice_gives_the_same_text() -> None:
    assert lowered(TWO).text() == lowered(TWO).text()


def test_a_program_reads_as_it_is_run() -> None:
    assert lowered({"x": "a/b*x - x^2"}).text() == (
        "states x\n"
        "parameters a b c\n"
        "prologue:\n"
        "  v6 = recip p1\n"
        "  v7 = mul p0 v6\n"
        "  c0 = v7\n"
        "rates:\n"
        "  v8 = mul y0 c0\n"
        "  v10 = mul y0 y0\n"
        "  v11 = neg v10\n"
        "  v12 = add v8 v11\n"
        "  f0 = v12\n"
        "jacobian:\n"
        "  v8 = mul y0 c0\n"
        "  v10 = mul y0 y0\n"
        "  v11 = neg v10\n"
        "  v12 = add v8 v11\n"
        "  v13 = add y0 y0\n"
        "  v15 = neg v13\n"
        "  v16 = add c0 v15\n"
        "  f0 = v12\n"
        "  w0 = v16\n"
        "output:\n"
        "  o0 = y0\n"
        "conditions:\n"
        "events:\n"
        "pivot 0: 0 () () ()"
    )


def test_what_depends_on_parameters_only_is_computed_once() -> None:
    program = lowered(TWO)
    operations = [program.graph.op[node] for node in program.order(program.rates)]
    assert "exp" not in operations
    assert "exp" in [program.graph.op[node] for node in program.order(program.prologue)]


def test_a_quotient_and_its_derivative_share_one_division() -> None:
    program = lowered({"x": "a*x/(b + x)"})
    operations = [program.graph.op[node] for node in program.order(program.jacobian)]
    assert operations.count("recip") == 1


def test_a_power_and_its_derivative_share_one_power() -> None:
    program = lowered({"x": "a*x^b/(c + x^b)"})
    operations = [program.graph.op[node] for node in program.order(program.jacobian)]
    assert operations.count("pow") == 1


@pytest.mark.parametrize("length", [10, 100])
def test_the_cost_of_a_chain_is_in_proportion_to_its_length(length: int) -> None:
    rates = {"s0": "-a*s0"} | {f"s{i}": f"a*s{i - 1} - b*s{i}" for i in range(1, length)}
    counts = lowered(rates).operations()
    assert counts["rates"] <= 5 * length
    assert counts["jacobian"] <= 6 * length
    assert counts["factor"] <= 3 * length
    assert counts["solve"] <= 3 * length


def test_equal_nodes_are_one_and_constants_fold() -> None:
    g = Graph()
    x, y = g.state(0), g.state(1)
    assert g.add(x, y) == g.add(y, x)
    assert g.mul(x, g.neg(y)) == g.neg(g.mul(x, y))
    assert g.add(x, g.neg(x)) == g.zero
    assert g.value[g.pow(g.const(2.0), g.const(10.0))] == 1024.0
    assert g.pow(x, g.const(3.0)) == g.mul(g.mul(x, x), x)
    assert g.select(g.one, x, y) == x
    assert g.mul(g.zero, x) == g.zero
    assert g.recip(g.recip(x)) == x


def test_the_derivative_by_the_time_is_kept_apart() -> None:
    g = Graph()
    (slopes,) = gradients(g, [g.mul(g.time(), g.mul(g.state(0), g.state(2)))])
    assert set(slopes) == {0, 2, TIME}
    assert slopes[TIME] == g.mul(g.state(0), g.state(2))
