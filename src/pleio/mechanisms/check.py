"""Checking a network: names, what may set what, circles, and units with their scale factors; all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..base.errors import ModelError, Problem, nearest
from .equations import Refused
from .expression import Expression, walk
from .network import Network
from .printing import print_formula
from .unit_check import check_units
from .writing import write_equations

LARGEST = 100_000  # quantities and reactions together


def check(network: Network, *, units: bool = True) -> None:
    """Check that a network is well formed.

    Args:
        units: whether to check units too, wherever they are stated.

    Raises:
        ModelError: it is not; each problem says where, what and what would help.
        Refused: it is, but uses a construct that is not run.
    """
    subject = f"model '{network.name}'" if network.name else "model"
    check_size(network)
    problems = [*_ids(network), *_references(network), *_formulas(network), *_targets(network)]
    if not problems:
        try:
            write_equations(network)
        except Refused:
            raise
        except ModelError as fault:
            problems += fault.problems
    if units and not problems:
        problems += check_units(network)
    if problems:
        raise ModelError(subject, problems)


def check_size(network: Network) -> None:
    """Refuse at once what no machine would finish.

    Raises:
        ModelError: the network has more than 100,000 quantities and reactions.
    """
    size = sum(map(len, (network.species, network.parameters, network.reactions, network.compartments)))
    if size > LARGEST:
        subject = f"model '{network.name}'" if network.name else "model"
        raise ModelError(subject, f"has {size:,} quantities and reactions; up to {LARGEST:,} can be run")


def _ids(network: Network) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    tables = [(kind, getattr(network, kind)) for kind in ("compartments", "species", "parameters", "reactions")]
    tables += [("functions", network.functions), ("observables", network.observables)]
    entries = [(f"{kind}.{key}", key) for kind, table in tables for key in table]
    entries += [(f"reactions.{reaction}", p.id) for reaction, p, _ in network.participants() if p.id]
    for where, key in entries:
        if key in seen:
            yield Problem(where, f"the id '{key}' is also that of {seen[key]}", "give each its own")
        seen.setdefault(key, where)


def _references(network: Network) -> Iterator[Problem]:
    for key, species in network.species.items():
        if species.compartment not in network.compartments:
            what = f"unknown compartment '{species.compartment}'"
            yield Problem(f"species.{key}", what, nearest(species.compartment, network.compartments))
        if species.conversion:
            yield from _conversion(network, f"species.{key}", species.conversion)
    if network.conversion:
        yield from _conversion(network, "conversion", network.conversion)
    for reaction, participant, _ in network.participants():
        if participant.species not in network.species:
            what = f"unknown species '{participant.species}'"
            yield Problem(f"reactions.{reaction}", what, nearest(participant.species, network.species))


def _conversion(network: Network, where: str, key: str) -> Iterator[Problem]:
    if key not in network.parameters:
        yield Problem(where, f"unknown conversion factor '{key}'", nearest(key, network.parameters))


def every_formula(network: Network) -> Iterator[tuple[str, Expression, frozenset[str]]]:
    """Yield (where, formula, names that only it knows) for every formula of a network."""
    nothing: frozenset[str] = frozenset()
    for key, reaction in network.reactions.items():
        if reaction.rate is not None:
            yield f"reactions.{key}.rate", reaction.rate, frozenset(reaction.local)
    for kind in ("assignments", "rates", "initial"):
        for key, formula in getattr(network, kind).items():
            yield f"{kind}.{key}", formula, nothing
    for i, formula in enumerate(network.algebraic):
        yield f"algebraic[{i}]", formula, nothing
    for key, event in network.events.items():
        parts = {"trigger": event.trigger, "delay": event.delay, "priority": event.priority}
        parts |= {f"assignments.{target}": formula for target, formula in event.assignments.items()}
        for part, formula in parts.items():
            if formula is not None:
                yield f"events.{key}.{part}", formula, nothing
    for key, observable in network.observables.items():
        yield f"observables.{key}", observable.expression, nothing
    for key, function in network.functions.items():
        if function.body is not None:
            yield f"functions.{key}", function.body, frozenset(function.arguments)


def known_names(network: Network) -> set[str]:
    """Collect what a formula of the network may name."""
    known = {*network.compartments, *network.species, *network.parameters, *network.reactions}
    return known | {participant.id for _, participant, _ in network.participants() if participant.id}


def _formulas(network: Network) -> Iterator[Problem]:
    known = known_names(network)
    yield from _recursion(network)
    for where, formula, own in every_formula(network):
        for node in walk(formula):
            if node.op in ("name", "rateOf", "baseline") and node.value not in own and node.value not in known:
                yield Problem(where, f"unknown name '{node.value}'", nearest(str(node.value), known | own))
            if node.op == "call":
                yield from _call(network, where, node)


def _recursion(network: Network) -> Iterator[Problem]:
    """Functions must not call themselves, directly or through others."""
    calls = {
        key: {str(node.value) for node in walk(item.body) if node.op == "call"} if item.body is not None else set()
        for key, item in network.functions.items()
    }
    for key in calls:
        reached: set[str] = set()
        stack = [*calls[key]]
        while stack:
            function = stack.pop()
            if function not in reached:
                reached.add(function)
                stack.extend(calls.get(function, ()))
        if key in reached:
            yield Problem(f"functions.{key}", "calls itself", "functions cannot be recursive")


def _call(network: Network, where: str, node: Expression) -> Iterator[Problem]:
    function = network.functions.get(str(node.value))
    if function is None:
        yield Problem(where, f"unknown function '{node.value}'", nearest(str(node.value), network.functions))
    elif len(function.arguments) != len(node.args):
        what = f"'{node.value}' takes {len(function.arguments)} argument(s), not {len(node.args)}"
        yield Problem(where, what, print_formula(node) if node.depth < 20 else "")


def _targets(network: Network) -> Iterator[Problem]:
    """What rules and events set must exist, may change, and must not be set twice."""
    stoichiometries = {p.id: p.constant for _, p, _ in network.participants() if p.id}
    constant = {key: item.constant for key, item in network.compartments.items()}
    constant |= {key: item.constant for key, item in network.species.items()}
    constant |= {key: item.constant for key, item in network.parameters.items()}
    constant |= stoichiometries
    moved = {p.species for _, p, _ in network.participants()}
    for kind, targets in _set_by(network):
        for key in targets:
            where = f"{kind}.{key}"
            if key not in constant:
                yield Problem(where, f"sets unknown '{key}'", nearest(key, constant))
            elif constant[key] and kind != "initial":
                yield Problem(where, f"sets '{key}', which is constant", "declare it as not constant")
            elif kind in ("assignments", "rates") and key in moved and not network.species[key].boundary:
                yield Problem(where, f"'{key}' is also changed by reactions", "make it a boundary species")
            if key in network.assignments and kind != "assignments":
                yield Problem(where, f"an assignment rule sets '{key}' already", "keep one of them")


def _set_by(network: Network) -> Iterable[tuple[str, Iterable[str]]]:
    yield "assignments", network.assignments
    yield "rates", network.rates
    yield "initial", network.initial
    for key, event in network.events.items():
        yield f"events.{key}", event.assignments
