"""Laws that hold for every network of conversions and bindings, whatever its numbers: on the lockstep engine."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Compartment, Parameter, Participant, Reaction, Species
from pleio.simulation import integrate, routing

TIMES = np.linspace(0.0, 3.0, 4)
FEW = settings(max_examples=12, deadline=None)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to five species that turn into each other, some by binding, with rate constants over three decades."""
    count = draw(st.integers(2, 5))
    keys = [f"s{i}" for i in range(count)]
    size = draw(st.sampled_from([1.0, 2.5]))
    species = {key: Species("c", draw(st.floats(0.0, 3.0))) for key in keys}
    reactions, parameters = {}, {}
    for number in range(draw(st.integers(1, 6))):
        a, b = draw(st.permutations(keys))[:2]
        rate = f"k{number}"
        parameters[rate] = Parameter(10 ** draw(st.floats(-1.5, 1.5)))
        partner = draw(st.sampled_from(["", *keys]))
        law = f"c * {rate} * {a} * {partner}" if partner else f"c * {rate} * {a} / (1 + {a})"
        reactions[f"r{number}"] = Reaction((Participant(a),), (Participant(b),), rate=parse_formula(law))
    return Network("n", {"c": Compartment(size)}, species, parameters, reactions)


def run(network: Network, members: int = 4, **options: object) -> np.ndarray:
    assert routing.reasons(network, members) == ()
    found = integrate(network, TIMES, members=members, rtol=1e-8, atol=1e-12, **options)  # type: ignore[arg-type]
    assert found.status == ("",) * members
    return found.values


@FEW
@given(networks())
def test_what_is_converted_is_neither_made_nor_lost_nor_negative(network: Network) -> None:
    values = run(network)
    total = sum(species.initial or 0.0 for species in network.species.values())
    np.testing.assert_allclose(values.sum(axis=2), total, rtol=1e-9, atol=1e-10)
    assert values.min() > -1e-9
    still = [
        i for i, key in enumerate(network.species) if not any(p.species == key for _, p, _ in network.participants())
    ]
    assert np.all(values[:, :, still] == values[:, :1, still])


@FEW
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_things_change_nothing(network: Network, shuffler: object) -> None:
    keys = list(network.species)
    shuffler.shuffle(keys)  # type: ignore[attr-defined]
    turned = dict(reversed(network.reactions.items()))
    other = network.replace(species={key: network.species[key] for key in keys}, reactions=turned)
    order = [keys.index(key) for key in network.species]
    np.testing.assert_allclose(run(other)[:, :, order], run(network), rtol=1e-6, atol=1e-9)


@FEW
@given(networks(), st.sampled_from([1e-3, 60.0]))
def test_another_unit_of_time_is_another_scale_of_the_same_answer(network: Network, factor: float) -> None:
    slower = {key: Parameter(item.value / factor) for key, item in network.parameters.items()}
    found = integrate(network.replace(parameters=slower), TIMES * factor, members=4, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(found.values, run(network), rtol=1e-6, atol=1e-9)


@FEW
@given(networks())
def test_an_ensemble_is_its_members_one_by_one(network: Network) -> None:
    factors = np.array([1.0, 0.5, 2.0, 1.5, 3.0])
    key = next(iter(network.parameters))
    drawn = network.parameters[key].value * factors
    together = run(network, 5, parameters={key: drawn})
    for i, value in enumerate(drawn):
        alone = run(network, 4, parameters={key: np.full(4, value)})
        assert all(np.array_equal(alone[k], together[i]) for k in range(4))
