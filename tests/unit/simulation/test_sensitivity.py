"""Forward sensitivities against closed forms and against differences of trajectories."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Compartment, Parameter, Participant, Reaction, Species
from pleio.simulation import Dose, integrate, integrate_sensitivities


def absorption() -> Network:
    """A depot whose first content is a parameter, a plasma compartment, and an effect with a Hill term."""
    values = {"ka": 1.2, "ke": 0.3, "n": 1.7, "first": 2.0}
    return Network(
        compartments={"V": Compartment(2.0)},
        species={"D": Species("V"), "C": Species("V", 0.5), "E": Species("V", 1.0)},
        parameters={key: Parameter(value) for key, value in values.items()},
        reactions={
            "absorb": Reaction((Participant("D"),), (Participant("C"),), rate=parse_formula("ka * D * V")),
            "clear": Reaction((Participant("C"),), (), rate=parse_formula("ke * C * V")),
            "make": Reaction((), (Participant("E"),), rate=parse_formula("V * C^n / (1 + C^n)")),
            "lose": Reaction((Participant("E"),), (), rate=parse_formula("V * 0.2 * E")),
        },
        initial={"D": parse_formula("first / V")},
    )


def test_slopes_of_a_linear_chain_are_the_closed_form() -> None:
    times, ka = np.linspace(0, 6, 7), np.array([0.5, 1.2, 2.0, 3.0])
    found = integrate_sensitivities(absorption(), times, ["ka", "first"], parameters={"ka": ka}, save=["D"], rtol=1e-9)
    decay = np.exp(-ka[:, None] * times)
    np.testing.assert_allclose(found.values[..., 0], 2 * decay, rtol=1e-7)
    np.testing.assert_allclose(found.slopes[..., 0, 0], -2 * times * decay, atol=1e-7)
    np.testing.assert_allclose(found.slopes[..., 0, 1], decay, rtol=1e-7)


def test_slopes_are_what_differences_of_trajectories_show_doses_included() -> None:
    times, to, save = np.linspace(0, 10, 6), ["ka", "ke", "n", "first"], ["C", "E", "clear"]
    doses = [Dose("D", 3.0, start=2.0, every=4.0, times=2), Dose("C", 2.0, start=1.0, duration=3.0)]
    ke = np.array([0.1, 0.2, 0.3, 0.5])
    found = integrate_sensitivities(absorption(), times, to, parameters={"ke": ke}, doses=doses, save=save, rtol=1e-8)
    assert found.status == ("",) * 4
    for i, key in enumerate(to):
        base = np.full(4, absorption().parameters[key].value) if key != "ke" else ke
        step = 1e-4 * base
        runs = [
            integrate(
                absorption(), times, parameters={"ke": ke, key: base + s * step}, doses=doses, save=save, rtol=1e-11
            )
            for s in (1, -1)
        ]
        slope = (runs[0].values - runs[1].values) / (2 * step[:, None, None])
        np.testing.assert_allclose(found.slopes[..., i], slope, rtol=2e-5, atol=2e-6)


def test_what_cannot_be_differentiated_is_named() -> None:
    with pytest.raises(ModelError, match="it has no constant 'kb'; known: V, first, ka, ke, n"):
        integrate_sensitivities(absorption(), [1.0], ["kb"])


def test_slopes_follow_algebraic_rules() -> None:
    """z² = a x with x' = -x: ∂z/∂a = ½ sqrt(x / a)."""
    network = Network(
        parameters={"x": Parameter(1.0, constant=False), "z": Parameter(None, constant=False), "a": Parameter(4.0)},
        rates={"x": parse_formula("-x")},
        algebraic=(parse_formula("z^2 - a * x"),),
    )
    times, a = np.linspace(0, 3, 4), np.array([1.0, 4.0, 9.0, 0.5])
    found = integrate_sensitivities(network, times, ["a"], parameters={"a": a}, save=["z"], rtol=1e-9)
    x = np.exp(-times)
    np.testing.assert_allclose(found.values[..., 0], np.sqrt(a[:, None] * x), rtol=1e-7)
    np.testing.assert_allclose(found.slopes[..., 0, 0], 0.5 * np.sqrt(x / a[:, None]), rtol=1e-6)
