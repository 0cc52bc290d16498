"""Compiled rates and derivatives are those of the interpreter, whatever the formulas."""

from __future__ import annotations

import ctypes

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.compiler.lower import lower
from pleio.compiler.passes.locking import lock
from pleio.mechanisms import Network
from pleio.mechanisms.equations import Equations
from pleio.mechanisms.expression import Expression, apply, name, number, time, walk
from pleio.mechanisms.interpret import evaluate
from pleio.mechanisms.network import Parameter
from pleio.mechanisms.writing import write_equations
from pleio.simulation.lockstep.engine import Engine

STATES, CONSTANTS = ("x", "y", "z"), ("a", "b")
leaves = st.one_of(
    st.sampled_from([*STATES, *CONSTANTS]).map(name),
    st.sampled_from([0.0, 1.0, 2.0, -1.0, 0.5, 3.0, 2.5]).map(number),
    st.just(time()),
)


BINARY = st.sampled_from(["plus", "times", "divide", "min", "max"])
UNARY = st.sampled_from(["negative", "exp", "ln", "sqrt", "sin", "tanh", "abs"])
COMPARISON = st.sampled_from(["lt", "leq", "gt", "geq", "eq", "neq"])
EXPONENT = st.one_of(st.sampled_from([2.0, -1.0, 1.5]).map(number), st.just(name("a")))


def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(lambda op, a, b: apply(op, a, b), BINARY, inner, inner),
        st.builds(lambda op, a: apply(op, a), UNARY, inner),
        st.builds(lambda a, n: apply("power", a, n), inner, EXPONENT),
        st.builds(
            lambda op, a, b, c, d: apply("piecewise", a, apply(op, b, c), d), COMPARISON, inner, inner, inner, inner
        ),
    )


formulas = st.recursive(leaves, grow, max_leaves=12)


def modes_at(equations: Equations, states: np.ndarray, values: np.ndarray, t: float) -> np.ndarray:
    """The truth of each comparison that is held still, for all members, in the order of the modes."""
    plain = {key: states[:, k] for k, key in enumerate(STATES)} | {key: values[:, i] for i, key in enumerate(CONSTANTS)}
    locked = lock(equations)
    truths = [evaluate(node, plain, time=t) for node in locked.conditions[: len(locked.modes)]]
    return np.array([np.broadcast_to(truth, (len(states),)) for truth in truths]).reshape(len(truths), len(states))


def compiled(equations: Equations, states: np.ndarray, values: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray]:
    """Rates (members, 3) and Jacobian (members, 3, 3) at some states, from the machine code of the sections."""
    engine = Engine(lower(equations, {}))
    program, width = engine.program, engine.width
    members = len(states)
    assert members <= width

    def lanes(count: int) -> np.ndarray:
        raw = np.zeros((count + 1) * width + 16)
        skip = (-raw.ctypes.data % 128) // 8
        return raw[skip : skip + count * width].reshape(count, width)

    arrays = {"p": lanes(len(program.parameters)), "c": lanes(len(program.hoisted)), "y": lanes(3), "t": lanes(1)}
    arrays |= {"out": lanes(program.elimination.size + 3), "extra": lanes(3), "tmp": lanes(engine._scratch)}
    given = np.vstack([values.T, modes_at(equations, states, values, t)])
    arrays["p"][:, :members], arrays["y"][:, :members], arrays["t"][:] = given, states.T, t

    def call(section: str, out: str) -> None:
        order = [arrays[key] for key in ("p", "c", "y", "t", out, "extra", "tmp")]
        function = engine.code.function(section, *[ctypes.c_void_p] * 7)
        function(*(array.ctypes.data for array in order))

    call("prologue", "c")
    call("rates", "out")
    rates = arrays["extra"][:, :members].T.copy()
    call("jacobian", "out")
    np.testing.assert_array_equal(arrays["extra"][:, :members].T, rates)
    jacobian = np.zeros((members, 3, 3))
    for (i, j), slot in list(program.elimination.slots.items())[: program.elimination.stated]:
        jacobian[:, i, j] = arrays["out"][slot, :members]
    return rates, jacobian


@settings(max_examples=60, deadline=None)
@given(st.tuples(formulas, formulas, formulas), st.integers(0, 2**32 - 1))
def test_rates_and_jacobian_are_those_of_the_interpreter(rates: tuple[Expression, ...], seed: int) -> None:
    values = {key: Parameter(1.0, constant=False) for key in STATES} | {key: Parameter(1.0) for key in CONSTANTS}
    equations = write_equations(Network(parameters=values, rates=dict(zip(STATES, rates, strict=True))))
    r = np.random.default_rng(seed)
    states, constants, t = r.uniform(0.2, 2.0, (2, 3)), r.uniform(0.5, 2.5, (2, 2)), 1.3
    found, slopes = compiled(equations, states, constants, t)
    at = {key: constants[:, i].astype(complex) for i, key in enumerate(CONSTANTS)}
    for i, formula in enumerate(equations.rates.values()):
        plain = {key: states[:, k] for k, key in enumerate(STATES)} | {key: value.real for key, value in at.items()}
        want = np.broadcast_to(evaluate(formula, plain, time=t), (2,))
        real = np.isfinite(want) & (np.abs(want) < 1e100)
        np.testing.assert_allclose(found[real, i], want[real], rtol=1e-9, atol=1e-11)
        for j, key in enumerate(STATES):
            check_slope(formula, plain, key, t, want, slopes[:, i, j])


def check_slope(
    formula: Expression, plain: dict[str, np.ndarray], key: str, t: float, here: np.ndarray, slope: np.ndarray
) -> None:
    """Compare with central differences of two widths, where these agree (no corner, no jump, no overflow)."""

    def difference(h: float) -> np.ndarray:
        up, down = (evaluate(formula, plain | {key: plain[key] + s * h}, time=t) for s in (1, -1))
        return np.broadcast_to((up - down) / (2 * h), (2,))

    with np.errstate(all="ignore"):
        coarse, fine = difference(1e-4), difference(1e-5)
        size = 1 + np.abs(fine) + np.abs(here)
        smooth = np.isfinite(coarse) & np.isfinite(fine) & (np.abs(coarse - fine) < 1e-6 * size) & (size < 1e6)
        for part in walk(formula):  # x / ∞ has no slope, if a value
            smooth = smooth & np.isfinite(np.broadcast_to(evaluate(part, plain, time=t), (2,)))
    assert np.all(np.abs(slope - fine)[smooth] < 1e-4 * size[smooth])
