"""Steady states against closed forms and long simulations, their stability, and what has none."""

from __future__ import annotations

import numpy as np
import pytest

import pleio
from pleio.base.errors import InputError, ModelError
from pleio.mechanisms import Network

CELL = "compartment c = 2; "


def brusselator() -> Network:
    return pleio.load(
        """compartment c = 1; species X in c, Y in c; X = 1.2; Y = 3.1; J1: -> X; k1; J2: X -> Y; k2*X;
        J3: 2 X + Y -> 3 X; k3*X^2*Y; J4: X -> ; k4*X; k1 = 1; k2 = 3; k3 = 1; k4 = 1;"""
    )


@pytest.mark.parametrize("members", [2, 7], ids=["reference", "lockstep"])
def test_a_reversible_reaction_keeps_its_total(members: int) -> None:
    model = pleio.load(CELL + "species A in c, B in c; A = 1; B = 0.5; r: A -> B; c*(k*A - q*B); k = 1; q = 3;")
    k = np.linspace(1.0, 5.0, members)
    found = pleio.steady_state(model, parameters={"k": k})
    assert found.concentrations.sel(species="A").values == pytest.approx(1.5 * 3 / (3 + k), rel=1e-12)
    assert found.amounts.sel(species="B").values == pytest.approx(3.0 * k / (3 + k), rel=1e-12)
    assert found.slowest.values == pytest.approx(-(k + 3), rel=1e-6)  # one eigenvalue: the total has none
    assert found.stable.all() and found.reached.all() and not any(found.status.values)


def test_an_oscillator_has_an_unstable_state_that_it_does_not_reach() -> None:
    """The Brusselator rests at X = k1/k4, Y = k2 k4/(k1 k3), which loses its stability at k2 = 2 (all else 1)."""
    k2 = np.array([1.0, 1.5, 1.9, 2.5, 3.0])
    found = pleio.steady_state(brusselator(), parameters={"k2": k2})
    assert found.amounts.values == pytest.approx(np.stack([np.ones(5), k2], axis=1), rel=1e-9)
    assert found.slowest.values == pytest.approx((k2 - 2) / 2, abs=1e-6)
    assert found.stable.values.tolist() == found.reached.values.tolist() == [True, True, True, False, False]


def test_of_two_stable_states_the_one_the_trajectory_comes_to() -> None:
    """A self-activating gene: starts on both sides of the threshold, against a long simulation."""
    model = pleio.load(CELL + "species A in c; A = 0.2; f: -> A; c*(a*A^2/(1 + A^2) + 0.05 - A); a = 2.5;")
    starts = np.array([0.1, 0.3, 1.0, 1.5, 2.0, 8.0])  # amounts, in a volume of 2
    found = pleio.steady_state(model, parameters={"A": starts})
    long = pleio.simulate(model, [5000.0], parameters={"A": starts}, rtol=1e-10)
    assert found.amounts.values == pytest.approx(long.amounts.values[:, 0], rel=1e-8)
    assert len(np.unique(np.round(found.amounts.values, 6))) == 2
    assert found.stable.all() and found.reached.all()


def test_several_conserved_totals_and_rates_over_six_decades() -> None:
    model = pleio.load(
        CELL
        + """species E in c, S in c, C in c, P in c; E = 1; S = 10; C = 0; P = 0;
        b: E + S -> C; c*(k1*E*S - k2*C); u: C -> E + P; c*k3*C; back: P -> S; c*k4*P;
        k1 = 10; k2 = 5; k3 = 1; k4 = 1e-5;"""
    )
    draws = {"k3": np.geomspace(0.01, 10, 6), "k4": np.geomspace(1e-6, 1e-3, 6)}
    found = pleio.steady_state(model, parameters=draws)
    values = found.concentrations.to_dataset("species")
    assert (values.E + values.C).values == pytest.approx(1.0, rel=1e-10)
    assert (values.S + values.C + values.P).values == pytest.approx(10.0, rel=1e-10)
    long = pleio.simulate(model, [1e9], parameters=draws, rtol=1e-10)
    assert found.concentrations.values == pytest.approx(long.concentrations.values[:, 0], rel=1e-6)
    assert found.stable.all()


def test_algebraic_rules_are_kept_and_followed_by_the_eigenvalues() -> None:
    """x' = 1 − u with u = x: one eigenvalue, −1, once the unknown has been eliminated."""
    from pleio.mechanisms import Parameter, parse_formula

    model = Network(
        "rule", parameters={"x": Parameter(0.2, constant=False), "u": Parameter(0.2, constant=False)},
        rates={"x": parse_formula("1 - u")}, algebraic=(parse_formula("u - x"),),
    )  # fmt: skip
    from pleio.simulation.steady import find_steady_states

    found = find_steady_states(model, members=4, save=("x", "u"))
    assert found.values == pytest.approx(1.0, rel=1e-12)
    assert found.slowest == pytest.approx(-1.0, rel=1e-6)


def test_what_never_rests_has_a_status() -> None:
    model = pleio.load(CELL + "species A in c; A = 1; make: -> A; c*k; k = 1;")
    found = pleio.steady_state(model, parameters={"k": [1.0, 2.0, 3.0, np.nan]})
    assert np.isnan(found.amounts.values).all()
    assert set(found.status.values[:3]) == {
        "no steady state was found: the trajectory does not come to rest, and Newton's method finds no other"
    }
    assert found.status.values[3]
    assert not found.stable.any() and not found.reached.any()


def test_what_cannot_be_asked_is_said() -> None:
    driven = pleio.load(CELL + "species A in c; A = 1; make: -> A; c*(1 + sin(time)); lose: A -> ; c*A;")
    with pytest.raises(ModelError, match="depends on the time itself, so that nothing in it is ever steady"):
        pleio.steady_state(driven)
    eventful = pleio.load(CELL + "species A in c; A = 1; lose: A -> ; c*A; at time > 5: A = 3;")
    with pytest.raises(ModelError, match="has events, which steady states leave out"):
        pleio.steady_state(eventful)
    with pytest.raises(InputError, match="'q' is not in the model"):
        pleio.steady_state(brusselator(), parameters={"q": [1.0] * 5})


def test_the_library_module_of_jak_and_stat() -> None:
    network = pleio.open("il11").mechanism("jak_stat").network
    found = pleio.steady_state(network)
    long = pleio.simulate(network, [1e6], rtol=1e-10)
    assert not any(found.status.values)
    size = np.abs(long.amounts.values[:, 0]).max()
    assert found.amounts.values == pytest.approx(long.amounts.values[:, 0], rel=1e-6, abs=1e-9 * size)


@pytest.mark.parametrize("members", [1, 5])
@pytest.mark.parametrize("pace", [1e-8, 1e-10, 1e-13])
def test_what_moves_too_slowly_to_be_seen_has_not_come_to_rest(pace: float, members: int) -> None:
    text = f"species X; X = 1; s = 1; d = {pace!r}; J1: X -> ; d*X; J2: -> X; 5*d"
    found = pleio.steady_state(pleio.load(text), parameters={"s": np.linspace(1, 2, members)})
    assert found.amounts.values[:, 0] == pytest.approx(np.full(members, 5.0))
    assert not found.reached.values.any() and found.stable.values.all()


def test_too_many_states_are_refused_by_their_number() -> None:
    text = "\n".join(f"species S{k}; S{k} = 1; R{k}: S{k} -> ; S{k}" for k in range(1001))
    with pytest.raises(ModelError, match="1,001 states"):
        pleio.steady_state(pleio.load(text))


@pytest.mark.parametrize("members", [1, 5], ids=["reference", "lockstep"])
@pytest.mark.parametrize("cells", [1.0, 1e9])
def test_a_number_of_cells_beside_mol_per_litre_changes_no_steady_state(cells: float, members: int) -> None:
    """L + R ↔ C ↔ R, → L: at rest C takes up what is made, R keeps its total, and binding balances both."""
    model = pleio.load(
        """compartment well = 1; species L in well, R in well, C in well; L = 1e-9; R = 2e-10; C = 0; N = 1; n = 1;
        N' = 0.5*(2*n - N); J1: L + R -> C; well*(1e9*L*R - 0.1*C); J2: C -> R; well*0.5*C; J3: -> L; well*1e-11;"""
    )
    found = pleio.steady_state(model, parameters={"N": [cells] * members, "n": cells})
    assert found.amounts.values == pytest.approx(np.array([[0.2e-10 / 3 * 10, 1.8e-10, 2e-11]] * members), rel=1e-7)
    assert found.observables.sel(observable="N").values == pytest.approx(2 * cells)
    assert found.stable.all() and found.reached.all()


def test_what_one_member_conserves_says_nothing_of_the_others() -> None:
    """Where d is 0 the sum of X and Y never changes; where it is not, nothing is left."""
    model = pleio.load("species X, Y; X = 1; Y = 2; d = 1; k = 1; J1: X -> ; d*X; J2: Y -> X; k*Y;")
    for d in ([0.0, 1.0], [1.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0]):
        found = pleio.steady_state(model, parameters={"d": d})
        assert found.amounts.sel(species="X").values == pytest.approx(np.where(np.array(d) == 0, 3.0, 0.0), abs=1e-8)
        assert not any(found.status.values) and found.reached.all()


@pytest.mark.parametrize("members", [2, 5], ids=["reference", "lockstep"])
def test_a_start_without_a_value_is_named(members: int) -> None:
    model = pleio.load("species S; S = 1; k = 1; J: S -> ; k*S;")
    others = [1.0] * (members - 1)
    found = pleio.steady_state(model, parameters={"S": [np.nan, *others]})
    assert found.status.values[0].endswith("its rates have no value there ('S' is not a number)")
    assert not any(found.status.values[1:]) and found.reached[1:].all()
    found = pleio.steady_state(model, parameters={"k": [np.nan, *others]})
    assert "(the rate of 'S' is not a number, since 'k' is nan)" in found.status.values[0]
