"""What the condition of a dosing rule means in a mechanism: its names, and its quantities in the units there."""

from __future__ import annotations

import re

from ...base.errors import InputError, Problem, StudyError, nearest
from ...base.quantities import parse_quantity
from ...mechanisms.expression import Expression, apply, name, names, substitute, uses
from ...mechanisms.formula import parse_formula
from ...mechanisms.network import Network
from ..quantities import known_names, unit_of_name
from ..running.untreated import at_baseline
from .rule import Rule

_PARTS = re.compile(r"(<=|>=|==|!=|<|>|&&|\|\|)")
_RELATIONS = ("<=", ">=", "==", "!=", "<", ">")


def condition(rule: Rule, network: Network) -> Expression:
    """Read a rule's condition in a mechanism, in its units.

    Raises:
        StudyError: it is no condition, names what is not there, or compares what cannot be compared.
    """
    text = re.sub(r"\bor\b", "||", re.sub(r"\band\b", "&&", rule.when))
    parts = [part.strip() for part in _PARTS.split(text)]
    if not any(part in _RELATIONS for part in parts):
        raise _wrong(rule, "compares nothing", "write it as platelets >= 50")
    for i in range(0, len(parts), 2):
        parts[i] = _in_unit(parts, i, network, rule)
    words: dict[str, str] = {}

    def stands_for(match: re.Match[str]) -> str:
        words[f"word_{len(words)}"] = match[0]
        return f"word_{len(words) - 1}"

    try:
        root = parse_formula(re.sub(r"baseline\(\s*\[?\w+\]?\s*\)|\[\w+\]", stands_for, " ".join(parts)))
    except InputError as fault:
        raise _wrong(rule, fault.problems[0].what, fault.problems[0].help) from None
    if any(uses(op, root) for op in ("delay", "rateOf", "call")):
        raise _wrong(rule, "may use numbers, names, baseline(), arithmetic and comparison only")
    return substitute(root, {word: _meant(words.get(word, word), network, rule) for word in names(root)})


def _in_unit(parts: list[str], i: int, network: Network, rule: Rule) -> str:
    """Write a quantity with a unit as a number in the unit of what it is compared with."""
    try:
        found = parse_formula(parts[i])
        if found.op != "number" or not found.unit:
            return parts[i]
    except InputError:
        pass
    if re.search(r"\[\w+\]", parts[i]):
        return parts[i]
    try:
        quantity = parse_quantity(parts[i])
    except InputError:
        return parts[i]  # the parser of the whole says what is wrong
    beside = [parts[j] for j in (i - 2, i + 2) if 0 <= j < len(parts) and parts[(i + j) // 2] in _RELATIONS]
    known = [part for part in beside if part in known_names(network)]
    unknown = [part for part in beside if re.fullmatch(r"\[?[A-Za-z_]\w*\]?", part)]
    if not known and unknown:
        raise _wrong(rule, f"'{unknown[0]}' is not in the mechanism", nearest(unknown[0], known_names(network)))
    if not known:
        raise _wrong(rule, f"'{parts[i]}' has a unit but is compared with a formula", "compare it with one quantity")
    try:
        return repr(quantity.to(unit_of_name(network, known[0])))
    except InputError as fault:
        raise _wrong(rule, fault.problems[0].what, fault.problems[0].help) from None


def _meant(word: str, network: Network, rule: Rule) -> Expression:
    """What a word of a condition is in the network; as in endpoints, a species' name is its amount."""
    before = re.fullmatch(r"baseline\(\s*(\S+?)\s*\)", word)
    quantity = before[1] if before else word
    if quantity not in (known := known_names(network)) and quantity not in network.parameters:
        raise _wrong(rule, f"'{quantity}' is not in the mechanism", nearest(quantity, known))
    if before:
        return at_baseline(network, quantity)
    if quantity in network.observables:
        return network.observables[quantity].expression
    key = quantity.strip("[]")
    if key not in network.species:
        return name(key)
    species = network.species[key]
    if quantity.startswith("[") != species.only_substance:
        return name(key) if quantity.startswith("[") else apply("times", name(key), name(species.compartment))
    return apply("divide", name(key), name(species.compartment)) if quantity.startswith("[") else name(key)


def _wrong(rule: Rule, what: str, help: str = "") -> StudyError:
    return StudyError(f"rule '{rule.when}'", Problem("", what, help))
