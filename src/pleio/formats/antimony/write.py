"""A network as Antimony text, through SBML and libantimony in the limited child process.

Antimony has no word for some of what SBML says, and libantimony leaves that out without a message. So what is known to
be left out is refused by name, and the text is read again: whatever is not the same then is refused too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...base.errors import ModelError, Problem
from ...mechanisms.expression import Expression, names
from ...mechanisms.network import Event, Network, Participant
from ..isolation import ask
from ..sbml.write import write_sbml
from .read import read_in_full

_WRITE_SBML = "write SBML (.xml) instead"


def write_antimony(network: Network) -> str:
    """Write a network as Antimony text, every number with all its digits.

    An id that is a word of Antimony, such as `compartment`, gets an underscore; a comment at the top says so.

    Raises:
        ModelError: it uses something that SBML or Antimony cannot say.
    """
    subject = f"model '{network.name}'"
    if problems := [*_unsayable(network)]:
        raise ModelError(subject, problems)
    text = str(ask(subject, "to_antimony", text=write_sbml(network))["text"])
    again = read_in_full(text, name=subject)
    ours, theirs = _ids(network), _ids(again)
    renamed = {key: f"{key}_" for key in ours if key not in theirs and f"{key}_" in theirs}
    if problems := [*_lost(network, again, renamed)]:
        raise ModelError(subject, problems)
    notes = (f"// '{key}' is a word of Antimony and is '{name}' here\n" for key, name in renamed.items())
    return "".join([*notes, text])


def _unsayable(network: Network) -> Iterator[Problem]:
    for key, reaction in network.reactions.items():
        if reaction.fast:
            what = "is fast (at equilibrium at every moment), which Antimony cannot say"
            yield Problem(f"reaction '{key}'", what, _WRITE_SBML)
    for key, compartment in network.compartments.items():
        if compartment.dimensions != 3 and compartment.dimensions not in (1, 2):
            what = (
                f"has {compartment.dimensions:g} dimensions, which Antimony cannot say: its species are concentrations"
            )
            yield Problem(f"compartment '{key}'", what, f"give it 3 dimensions and a size, or {_WRITE_SBML}")
    for key, event in network.events.items():
        if event.trigger is None:
            yield Problem(
                f"event '{key}'", "has no trigger, which Antimony cannot say", f"leave it out, or {_WRITE_SBML}"
            )


def _ids(network: Network) -> dict[str, None]:
    tables = (network.compartments, network.species, network.parameters, network.observables, network.reactions)
    return dict.fromkeys(key for table in (*tables, network.events, network.functions) for key in table)


def _lost(network: Network, again: Network, renamed: dict[str, str]) -> Iterator[Problem]:
    """What is not the same in the network that was read again."""
    found = _parts(again, {})
    for where, part in _parts(network, renamed).items():
        if found.get(where) != part:
            yield Problem(where, "does not come back the same through Antimony", _WRITE_SBML)


def _parts(network: Network, renamed: dict[str, str]) -> dict[str, Any]:
    """What decides how a network behaves, by where it stands; of formulas, the names that they use."""
    seen = _Seen(network, renamed)
    parts: dict[str, Any] = {}
    for key, item in network.species.items():
        parts[f"species '{seen.name(key)}'"] = (
            seen.name(item.compartment), item.only_substance, item.boundary or item.constant,
            seen.name(item.conversion), seen.start(key, item.initial, item.concentration),
        )  # fmt: skip
    for key, place in network.compartments.items():
        parts[f"compartment '{seen.name(key)}'"] = seen.start(key, place.size)
    for key, parameter in network.parameters.items():
        parts[f"parameter '{seen.name(key)}'"] = seen.start(key, parameter.value)
    for key, reaction in network.reactions.items():
        sides = (seen.side(reaction.reactants), seen.side(reaction.products))
        parts[f"reaction '{seen.name(key)}'"] = (*sides, reaction.rate is not None)
    for key, event in network.events.items():
        parts[f"event '{seen.name(key)}'"] = seen.event(event)
    rules = {**network.assignments, **{key: item.expression for key, item in network.observables.items()}}
    for kind, table in (("assignment", rules), ("rate", network.rates)):
        for key, formula in table.items():
            parts[f"{kind} rule of '{seen.name(key)}'"] = seen.names(formula)
    parts["model"] = (len(network.algebraic), seen.name(network.conversion), len(network.events))
    return parts


class _Seen:
    """A network's parts with the names that they have in Antimony."""

    def __init__(self, network: Network, renamed: dict[str, str]) -> None:
        self.network, self.renamed = network, renamed
        self.ruled = {*network.assignments, *network.observables}

    def name(self, key: str) -> str:
        return self.renamed.get(key, key)

    def names(self, formula: Expression) -> set[str]:
        return {self.name(key) for key in names(formula)}

    def start(self, key: str, value: float | None, concentration: bool = False) -> Any:
        """What a quantity starts from; what an assignment rule gives, the rule says."""
        if key in self.ruled:
            return None
        formula = self.network.initial.get(key)
        if formula is None:
            return (value, concentration and value != 0)
        if isinstance(formula.value, int | float):
            item = self.network.species.get(key)
            return (float(formula.value), item is not None and not item.only_substance and formula.value != 0)
        return self.names(formula)

    def side(self, participants: tuple[Participant, ...]) -> list[tuple[str, Any]]:
        found = []
        for item in participants:
            start = self.start(item.id, item.stoichiometry) if item.id else (item.stoichiometry, False)
            found.append((self.name(item.species), start))
        return found

    def event(self, event: Event) -> tuple[Any, ...]:
        formulas = {self.name(key): self.names(formula) for key, formula in event.assignments.items()}
        others = [
            self.names(part) if part is not None else None for part in (event.trigger, event.delay, event.priority)
        ]
        return (formulas, others, event.initial, event.persistent, event.values_at_trigger or event.delay is None)
