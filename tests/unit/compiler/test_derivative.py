"""Derivatives are those of what is computed: each operation against differences, and where differences have no say."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.compiler.graph import FOLD, Graph
from pleio.compiler.lower import translate
from pleio.compiler.passes.derivative import TIME, gradients
from pleio.compiler.passes.sensitivity import extend
from pleio.mechanisms import parse_formula
from pleio.mechanisms.interpret import evaluate

STATES = ("x", "y")


class Written:
    """A formula of x, y and the time as a graph, with its derivatives."""

    def __init__(self, text: str) -> None:
        self.graph = Graph()
        names = {key: self.graph.state(slot) for slot, key in enumerate(STATES)}
        self.root = translate(self.graph, {"of": parse_formula(text)}, names)["of"]
        [self.slopes] = gradients(self.graph, [self.root])

    def at(self, node: int, states: tuple[float, ...], time: float = 0.0) -> float:
        """Compute a node, one operation after the other, as the interpreter has them."""
        graph, known = self.graph, dict[int, float]()
        for one in graph.needed([node]):
            args = [known[arg] for arg in graph.args[one]]
            match graph.op[one]:
                case "const":
                    known[one] = graph.value[one]
                case "state":
                    known[one] = states[int(graph.value[one])]
                case "time":
                    known[one] = time
                case "select":
                    known[one] = args[1] if args[0] else args[2]
                case op:
                    known[one] = FOLD[op](args[0], args[-1])
        return known[node]

    def slope(self, by: int, states: tuple[float, ...], time: float = 0.0) -> float:
        return self.at(self.slopes[by], states, time) if by in self.slopes else 0.0


def difference(of: Written, by: int, states: tuple[float, float], time: float) -> float:
    """The slope by a difference of fourth order."""

    def moved(step: float) -> float:
        there = [*states, time]
        there[by] += step * 1e-3  # the time, −1, is the last
        return of.at(of.root, (there[0], there[1]), there[2])

    return (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / 12e-3


FORMULAS = [
    "x + y", "x - 2*y", "x*y", "x/y", "-x*y", "x*x*x", "x^2.5", "x^y", "2^x", "x^(-3)", "x^0.5", "exp(x*y)",
    "ln(x)", "log10(x*y)", "sqrt(x*y)", "abs(x - y)", "abs(y - x)", "sin(x*y)", "cos(x*y)", "tan(x)", "tanh(x*y)",
    "sinh(x - y)", "cosh(x*y)", "min(x, 2*y)", "min(2*x, y)", "max(x, 2*y)", "max(2*x, y)", "max(x, min(y, x*y))",
    "piecewise(x^2, x < y, y*x)", "piecewise(x^2, x > y, y*x)", "piecewise(x, x < y, x + 1)", "time*x",
    "sin(time*x)", "x*piecewise(time, time > 1, time^2)*exp(-y)",
]  # fmt: skip
"""Of each operation one or two, with both sides of what it chooses between."""


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize(("x", "y", "time"), [(0.7, 1.9, 0.4), (2.3, 0.6, 1.7)])
def test_a_graph_computes_what_the_interpreter_does(text: str, x: float, y: float, time: float) -> None:
    written = Written(text)
    expected = evaluate(parse_formula(text), {"x": x, "y": y}, time=time)
    assert written.at(written.root, (x, y), time) == pytest.approx(float(expected), rel=1e-14)


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize(("x", "y", "time"), [(0.7, 1.9, 0.4), (2.3, 0.6, 1.7)])
def test_a_derivative_is_what_differences_say(text: str, x: float, y: float, time: float) -> None:
    written = Written(text)
    for by in (0, 1, TIME):
        assert written.slope(by, (x, y), time) == pytest.approx(
            difference(written, by, (x, y), time), rel=1e-8, abs=1e-9
        )


@pytest.mark.parametrize(
    ("text", "slope"),
    [("x^y", 1.0), ("x^(y + 1)", 0.0), ("sqrt(x)", 0.0), ("x^0.5", 0.0), ("x^(y/4)", 0.0), ("x^2", 0.0)],
)
def test_at_zero_a_power_has_a_finite_slope(text: str, slope: float) -> None:
    """x^1 rises by 1 there too; an infinite slope counts as 0, since a matrix must be finite."""
    assert Written(text).slope(0, (0.0, 1.0)) == slope


def test_what_jumps_or_rounds_has_no_slope_of_its_own() -> None:
    for text in ("floor(x)", "ceil(x)", "piecewise(1, x < y, 2)"):
        assert not Written(text).slopes


def test_slopes_by_a_parameter_take_every_state_into_account() -> None:
    """With s = ∂(x, y, p)/∂p, the slope of x·p + sin(y) is p·s₀ + cos(y)·s₁ + x·s₂."""
    graph = Graph()
    x, y, p = (graph.state(slot) for slot in range(3))
    names = {"x": x, "y": y, "p": p}
    rates = list(
        translate(graph, {k: parse_formula(t) for k, t in (("x", "-x*p"), ("y", "x*p + sin(y)"))}, names).values()
    )
    more = extend(graph, [*rates, graph.zero], [], [2])
    written = Written("x")
    written.graph = graph
    states = (0.3, 1.1, 2.0, 0.7, -0.4, 1.0)  # x, y, p, then s
    found = [written.at(node, states) for node in more.rates]
    np.testing.assert_allclose(found, [-2.0 * 0.7 - 0.3, 2.0 * 0.7 + np.cos(1.1) * -0.4 + 0.3, 0.0], rtol=1e-12)
