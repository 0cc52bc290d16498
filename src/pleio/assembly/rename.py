"""Giving the names of a network other names, wherever they occur."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ..mechanisms import expression
from ..mechanisms.expression import Expression, substitute
from ..mechanisms.network import Network, Participant, Reaction

T = TypeVar("T")


def rename(network: Network, new: Mapping[str, str]) -> Network:
    """Rename species, parameters, compartments, reactions and observables; what is not in `new` keeps its name."""
    meaning = {old: expression.name(name) for old, name in new.items()}

    def named(name: str) -> str:
        return new.get(name, name)

    def said(formula: Expression) -> Expression:
        return substitute(formula, meaning)

    def table(items: Mapping[str, T], change: Callable[[T], T] = lambda item: item) -> dict[str, T]:
        return {named(key): change(item) for key, item in items.items()}

    def sides(participants: tuple[Participant, ...]) -> tuple[Participant, ...]:
        return tuple(replace(one, species=named(one.species)) for one in participants)

    def reaction(one: Reaction) -> Reaction:
        changes: dict[str, Any] = {"reactants": sides(one.reactants), "products": sides(one.products)}
        changes["modifiers"] = tuple(named(name) for name in one.modifiers)
        changes["rate"] = said(one.rate) if one.rate is not None else None
        return replace(one, **changes)

    return network.replace(
        compartments=table(network.compartments),
        species=table(network.species, lambda one: replace(one, compartment=named(one.compartment))),
        parameters=table(network.parameters),
        reactions=table(network.reactions, reaction),
        assignments=table(network.assignments, said),
        rates=table(network.rates, said),
        initial=table(network.initial, said),
        observables=table(network.observables, lambda one: replace(one, expression=said(one.expression))),
    )
