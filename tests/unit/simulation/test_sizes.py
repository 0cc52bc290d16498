"""Results do not depend on the unit of amounts, on states of other units, or on whether one or many are integrated."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pleio.formats.antimony.read import read_antimony
from pleio.mechanisms.network import Network
from pleio.mechanisms.writing import write_equations
from pleio.simulation import Dose, integrate
from pleio.simulation.sizes import kinds_of, tolerances, too_coarse

ONE_OR_MANY = [1, 6]
"""One member is integrated by the reference path, many in lanes."""


def network(text: str) -> Network:
    return read_antimony(text, name="test")


def last(text: str, *, until: float, members: int, save: list[str], rtol: float = 1e-6) -> NDArray[np.float64]:
    times = np.linspace(0, until, 5)
    found = integrate(network(text), times, members=members, save=save, rtol=rtol)
    assert not any(found.status), found.status
    values = np.asarray(found.values)
    assert np.ptp(values, axis=0) == pytest.approx(0, abs=1e-12 * np.abs(values).max())
    return values[0]


def repressor(unit: float) -> str:
    """Three genes that repress each other in a ring; everything starts at 0."""
    lines = [f"unit_ = {unit!r}; k = 2; d = 0.5; t = 3; n = 2; leak = 0.01"]
    for i, before in ((1, 3), (2, 1), (3, 2)):
        lines += [
            f"species m{i}, p{i}; m{i} = 0; p{i} = 0",
            f"a{i}: -> m{i}; unit_*(leak + {1 + 0.1 * i}*k/(1 + (p{before}/unit_)^n))",
            f"b{i}: m{i} -> ; d*m{i}; c{i}: -> p{i}; t*m{i}; e{i}: p{i} -> ; d*p{i}",
        ]
    return "\n".join(lines)


@pytest.mark.parametrize("members", ONE_OR_MANY)
@pytest.mark.parametrize("unit", [1e-24, 1e-21, 1e-15, 1e-9, 1e6, 1e15])
def test_the_unit_of_amounts_makes_no_difference(unit: float, members: int) -> None:
    save = ["p1", "p2", "p3"]
    plain = last(repressor(1.0), until=20, members=1, save=save, rtol=1e-9)
    scaled = last(repressor(unit), until=20, members=members, save=save)
    assert scaled / unit == pytest.approx(plain, rel=2e-4)


@pytest.mark.parametrize("members", ONE_OR_MANY)
@pytest.mark.parametrize("cells", [1.0, 1e6, 1e12])
def test_a_large_state_of_another_kind_makes_no_difference(cells: float, members: int) -> None:
    text = """
        species L, R, LR, N; L = 1e-9; R = 2e-10; LR = 0; N = {cells}; kon = 1e9; koff = 0.5
        grows = 0.03; makes = 1e-11
        bind: L + R -> LR; kon*L*R - koff*LR
        made: -> R; makes
        grow: -> N; grows*N
    """
    save = ["L", "R", "LR"]
    alone = last(text.format(cells=1.0), until=8, members=1, save=save, rtol=1e-9)
    assert last(text.format(cells=cells), until=8, members=members, save=save) == pytest.approx(alone, rel=1e-5)


@pytest.mark.parametrize("members", ONE_OR_MANY)
@pytest.mark.parametrize("half", [1.0, 0.03, 1e-3, 1e-5])
def test_no_step_passes_through_zero(half: float, members: int) -> None:
    text = f"species S, P; S = 1000; P = 0; V = 70; K = {half!r}; r: S -> P; V*S/(K + S)"
    values = last(text, until=40, members=members, save=["S", "P"])
    assert values[:, 0].min() > -1e-3 and values[-1] == pytest.approx([0, 1000], abs=1e-2)


@pytest.mark.parametrize("members", ONE_OR_MANY)
def test_an_amount_may_go_below_zero(members: int) -> None:
    values = last("species S; S = 10; v = 3; r: S -> ; v", until=8, members=members, save=["S"])
    assert values[:, 0] == pytest.approx([10, 4, -2, -8, -14], abs=1e-6)


@pytest.mark.parametrize("members", ONE_OR_MANY)
def test_what_is_dosed_into_nothing_is_as_exact_as_the_rest(members: int) -> None:
    text = "species D, B; D = 0; B = 250; ka = 0.7; r: D -> ; ka*D; s: -> B; 2; t: B -> ; 0.008*B"
    times = np.linspace(0, 10, 6)
    doses = [Dose("D", 1e-13, 2.0)]
    found = integrate(network(text), times, members=members, doses=doses, save=["D"])
    exact = np.where(times >= 2, 1e-13 * np.exp(-0.7 * (times - 2)), 0)
    assert np.asarray(found.values)[0, :, 0] == pytest.approx(exact, rel=1e-4, abs=1e-18)


def test_states_that_share_reactions_are_of_one_kind() -> None:
    equations = write_equations(network("""
        species A, B, C, D; A = 1; B = 0; C = 0; D = 5; x = 2; x' = 0.1*x
        r: A -> B; A; s: B -> C; B; t: -> D; 0.1*A
    """))  # fmt: skip
    kinds = kinds_of(equations)
    of = dict(zip(equations.states, kinds.of.tolist(), strict=True))
    assert of["A"] == of["B"] == of["C"] and len({of["A"], of["D"], of["x"]}) == 3
    amounts = dict(zip(equations.states, kinds.amounts.tolist(), strict=True))
    assert amounts["D"] == 1 and amounts["x"] == 0


def test_what_stays_at_zero_or_is_a_rounding_error_is_left() -> None:
    kinds = kinds_of(write_equations(network("species A, B; A = 1; B = 0; r: A -> ; A; s: -> B; 0*A")))
    start = np.array([[1.0, 0.0]])
    for reached, again in ((0.0, False), (5e-324, False), (1e-20, False), (1e-12, True), (1e-3, False)):
        assert too_coarse(kinds, start, np.array([[1.0, reached]])).tolist() == [[False, again]]


def test_the_first_float_after_zero_is_no_size() -> None:
    kinds = kinds_of(write_equations(network("species A; A = 0; r: -> A; 1")))
    assert tolerances(kinds, np.array([[5e-324]]), 1e-6) == pytest.approx(np.array([[1e-15]]))
