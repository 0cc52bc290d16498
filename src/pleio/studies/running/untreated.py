"""What endpoints are relative to: each quantity's value at the end of the baseline phase, before any dose.

A bolus at time 0 is already in the trajectory's first point, so that point is no baseline.  The value is asked for as
an observable of its own, the quantity's formula with every name in it taken at the baseline's end.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...mechanisms.expression import Expression, apply, baseline, name, names, substitute
from ...mechanisms.network import Network, Observable


def untreated(quantity: str) -> str:
    """Give the name of the observable that is a quantity's baseline."""
    return f"baseline({quantity})"


def with_baselines(network: Network, quantities: Iterable[str]) -> Network:
    """Give the network with one more observable for each quantity: its value at the end of the baseline phase."""
    more = {untreated(quantity): Observable(at_baseline(network, quantity)) for quantity in quantities}
    return network.replace(observables={**network.observables, **more}) if more else network


def at_baseline(network: Network, quantity: str) -> Expression:
    if quantity in network.observables:
        formula = network.observables[quantity].expression
        return substitute(formula, {word: baseline(word) for word in names(formula)})
    concentration = quantity.startswith("[")
    key = quantity.strip("[]")
    if key not in network.species:
        return baseline(key)
    species = network.species[key]
    # in a formula a species' name is its concentration, unless it is only a substance
    if concentration == (not species.only_substance):
        return baseline(key)
    return apply("divide" if concentration else "times", baseline(key), name(species.compartment))
