"""What neither rates nor assignment rules determine: unknowns of algebraic rules, and species of fast reactions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

from ..base.errors import ModelError, Problem
from .equations import Refused
from .expression import Expression, apply, name, names, number, walk
from .interpret import evaluate
from .matching import exchangeable, left_null_space, match

if TYPE_CHECKING:
    from .writing import Writer


MOST_NAMED = 50  # choices left open that an error lists


def match_unknowns(writer: Writer) -> tuple[str, ...]:
    """Find one unknown for each algebraic rule: what is not constant and nothing else determines.

    Raises:
        ModelError: the rules say too much, or leave something open.
    """
    open_quantities = [
        key
        for key, constant in writer.quantities.items()
        if not constant and key not in writer.ruled and key not in writer.moved
    ]
    rules = [writer.functions.expand(rule) for rule in writer.network.algebraic]
    used = [_reach(writer, rule) for rule in rules]
    # what has no value of its own is the likelier unknown, then what no event sets, then what is no boundary
    rank = {key: _unlikely(writer, key) for key in open_quantities}
    open_quantities.sort(key=lambda key: rank[key])
    options = [[key for key in open_quantities if key in reach] for reach in used]
    pairs = match(options)
    problems = [
        Problem(f"algebraic[{i}]", "no quantity is left for this rule to determine", "make one not constant")
        for i, key in enumerate(pairs)
        if key is None
    ]
    if not problems:
        open_choices = ((a, b) for a, b in exchangeable(options, pairs) if rank[a] == rank[b])
        problems = [
            Problem("algebraic", f"could determine '{a}' or '{b}'", "make one constant, or give it a rule of its own")
            for a, b in islice(open_choices, MOST_NAMED)
        ]
    if problems:
        raise ModelError(writer.subject, problems)
    return tuple(key for key in pairs if key is not None)


def _unlikely(writer: Writer, key: str) -> tuple[bool, bool, bool]:
    """How little a quantity looks like the unknown of an algebraic rule: the smallest is taken first."""
    network = writer.network
    species, parameter = network.species.get(key), network.parameters.get(key)
    unset = (species is not None and species.initial is None) or (parameter is not None and parameter.value is None)
    has_value = not unset or key in network.initial
    return has_value, key in writer.at_events, species is not None and species.boundary


def _reach(writer: Writer, rule: Expression) -> set[str]:
    """All quantities a formula depends on, through assignment rules and reaction rates."""
    network = writer.network
    laws = {key: reaction.rate for key, reaction in network.reactions.items() if reaction.rate is not None}
    follows = {**laws, **network.assignments}
    seen: set[str] = set()
    stack = [rule]
    while stack:
        for word in names(stack.pop()) - seen:
            seen.add(word)
            if word in follows:
                stack.append(writer.functions.expand(follows[word]))
    return seen


def equilibria(
    writer: Writer,
) -> tuple[dict[str, Expression], dict[str, Expression], tuple[str, ...], tuple[Expression, ...]]:
    """Sums that fast reactions conserve, their rates, the species they set, and what must be zero."""
    network = writer.network
    fast = [key for key, reaction in network.reactions.items() if reaction.fast]
    touched = [
        key
        for key in writer.quantities
        if key in writer.moved and key not in writer.ruled
        and any(network.reactions[r].fast for r, _, _ in writer.taking_part[key])
    ]  # fmt: skip
    if not fast or not touched:
        return {}, {}, (), ()
    matrix = [[0.0] * len(fast) for _ in touched]
    for i, key in enumerate(touched):
        factor = _fixed(writer, apply("times", *writer.conversion(key)), fast[0])
        for reaction, participant, sign in writer.taking_part[key]:
            if reaction in fast:
                count = writer.stoichiometry(participant.id, participant.stoichiometry)
                matrix[i][fast.index(reaction)] += sign * factor * _fixed(writer, count, reaction)
    sums, rates = {}, {}
    kept, space = left_null_space(matrix)
    for n, row in enumerate(space):
        weights = {key: weight for key, weight in zip(touched, row, strict=True) if weight}
        sums[f"conserved {n}"] = _weighted(weights, {key: name(key) for key in weights})
        slow = {key: writer.net_rate(key, fast=False) for key in weights if _has_slow(writer, key)}
        rates[f"conserved {n}"] = _weighted({k: weights[k] for k in slow}, slow)
    zero = [name(fast[column]) for column in kept]
    zero += [apply("plus", total, apply("negative", name(key))) for key, total in sums.items()]
    return sums, rates, tuple(touched), tuple(zero)


def _fixed(writer: Writer, formula: Expression, reaction: str) -> float:
    """The value of a factor that never changes and that nothing outside may set: conserved sums are built on it."""
    values = {}
    for key in names(formula):
        changing = (
            key in writer.at_events or key in writer.network.rates or key in writer.unknowns or key in writer.moved
        )
        if changing or key in writer.network.species:
            construct = "a fast reaction with a stoichiometry or conversion factor that changes"
            raise Refused(writer.subject, construct, f"reactions.{reaction}")
        writer.fixed[key] = None
        rule = writer.network.assignments.get(key) or writer.network.initial.get(key)
        parameter = writer.network.parameters.get(key)
        given = parameter.value if parameter else writer.stoichiometries.get(key)
        values[key] = (
            _fixed(writer, writer.formula(rule), reaction) if rule else float("nan") if given is None else given
        )
    if not all(node.op != "time" and node.op != "delay" for node in walk(formula)):
        raise Refused(writer.subject, "a fast reaction with a stoichiometry that depends on time", reaction)
    return float(evaluate(formula, values))


def _has_slow(writer: Writer, key: str) -> bool:
    return any(not writer.network.reactions[reaction].fast for reaction, _, _ in writer.taking_part[key])


def _weighted(weights: Mapping[str, float], values: Mapping[str, Expression]) -> Expression:
    terms = [values[key] if w == 1 else apply("times", number(w), values[key]) for key, w in weights.items()]
    return apply("plus", *terms) if len(terms) != 1 else terms[0]
