"""Laws of networks: sums that are conserved, non-negativity, and what must change nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species
from pleio.mechanisms.expression import Expression, apply, name
from pleio.mechanisms.matching import left_null_space
from pleio.simulation import integrate

TIMES = np.array([0.0, 0.5, 2.0])
RTOL = 1e-9


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Mass-action networks of a few species in one compartment; amounts, not concentrations, in the rate laws."""
    count = draw(st.integers(2, 4))
    species = {
        f"s{i}": Species("V", draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])), only_substance=True) for i in range(count)
    }
    parameters, reactions = {}, {}
    for r in range(draw(st.integers(1, 4))):
        sides = [draw(st.lists(st.sampled_from(sorted(species)), max_size=2)) for _ in range(2)]
        parameters[f"k{r}"] = Parameter(draw(st.sampled_from([0.1, 0.7, 2.0])))
        reactants, products = (tuple(Participant(key) for key in side) for side in sides)
        if len(products) > len(reactants):
            products = products[: len(reactants)]  # nothing grows, so nothing blows up
        factors: list[Expression] = [name(f"k{r}"), *(name(p.species) for p in reactants)]
        reactions[f"r{r}"] = Reaction(reactants, products, rate=apply("times", *factors))
    return Network("random", {"V": Compartment(2.0)}, species, parameters, reactions)


def amounts(network: Network) -> np.ndarray:
    run = integrate(network, TIMES, rtol=RTOL, atol=1e-12)
    assert run.status == ("",)
    return run.values[0]


@settings(max_examples=25, deadline=None)
@given(networks())
def test_what_reactions_conserve_stays(network: Network) -> None:
    keys = list(network.species)
    matrix = np.zeros((len(keys), len(network.reactions)))
    for reaction, participant, sign in network.participants():
        matrix[keys.index(participant.species), list(network.reactions).index(reaction)] += sign
    values = amounts(network)
    for row in left_null_space(matrix.tolist())[1]:
        sums = values @ np.array(row)
        np.testing.assert_allclose(sums, sums[0], rtol=1e-8, atol=1e-8)


@settings(max_examples=15, deadline=None)
@given(networks())
def test_amounts_stay_above_zero(network: Network) -> None:
    assert amounts(network).min() > -1e-9


@settings(max_examples=15, deadline=None)
@given(networks(), st.randoms(use_true_random=False))
def test_order_changes_nothing(network: Network, random) -> None:  # type: ignore[no-untyped-def]
    species, reactions = list(network.species.items()), list(network.reactions.items())
    random.shuffle(species)
    random.shuffle(reactions)
    shuffled = network.replace(species=dict(species), reactions=dict(reactions))
    columns = [list(shuffled.species).index(key) for key in network.species]
    np.testing.assert_allclose(amounts(shuffled)[:, columns], amounts(network), rtol=1e-6, atol=1e-8)


@settings(max_examples=15, deadline=None)
@given(networks(), st.sampled_from([1e-3, 60.0]))
def test_another_unit_of_amount_changes_nothing_but_the_numbers(network: Network, factor: float) -> None:
    species = {k: Species("V", (s.initial or 0) * factor, only_substance=True) for k, s in network.species.items()}
    parameters = {}
    for key, reaction in network.reactions.items():
        k = f"k{key[1:]}"
        order = len(reaction.reactants)
        parameters[k] = Parameter((network.parameters[k].value or 0) * factor ** (1 - order))
    rescaled = integrate(network.replace(species=species, parameters=parameters), TIMES, rtol=RTOL, atol=1e-12 * factor)
    np.testing.assert_allclose(rescaled.values[0] / factor, amounts(network), rtol=1e-6, atol=1e-8)


@settings(max_examples=10, deadline=None)
@given(networks())
def test_an_ensemble_is_a_loop_of_singles(network: Network) -> None:
    draws = np.array([0.2, 1.1, 3.0])
    together = integrate(network, TIMES, parameters={"k0": draws}, rtol=RTOL, atol=1e-12)
    for i, value in enumerate(draws):
        alone = integrate(network, TIMES, parameters={"k0": [value]}, rtol=RTOL, atol=1e-12)
        np.testing.assert_array_equal(together.values[i], alone.values[0])
