"""Comparators as papers word them: `placebo`, `{agent: none}`, a value as counts, or in a unit of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...base.errors import InputError
from ...base.quantities import Quantity
from ...base.units import parse
from .given import NOTHING, worded_given
from .units import worded_unit
from .values import with_printed_value


def worded_comparator(value: Any, unit: Any) -> Any:
    """Write a comparator as the form has it: a text is its condition, and placebo no agent but what it was given.

    Args:
        unit: the row's; a value that is stated in another one is given in it.
    Example:
        >>> worded_comparator({"value": "10/67", "agent": "placebo"}, "%")["n"]
        67
        >>> worded_comparator({"value": 200000, "unit": "/µL"}, "10^9/L")
        {'value': 200.0}
    """
    if isinstance(value, str):
        return _given_in(value) or {"condition": value}
    if not isinstance(value, Mapping):
        return value
    found = _in_unit(_printed(dict(value), unit), unit)
    agent = found.get("agent")
    if not isinstance(agent, str) or not NOTHING.fullmatch(agent.strip()):
        return found
    told = "no drug" if agent.strip().lower() in ("none", "nothing") else agent.strip()
    given = f"{found['condition']}, {told}" if found.get("condition") else told
    return {key: part for key, part in found.items() if key not in ("agent", "amount")} | {"condition": given}


def _given_in(text: str) -> dict[str, Any] | None:
    """Read a text that says what the other group was given, `rhIL-11 10 µg/kg/day`, or how much, `10 µg/kg/day`."""
    for told, keys in ((text, ("agent", "amount")), (f"it {text}", ("amount",))):
        found = worded_given(told)
        if (
            isinstance(found, Mapping)
            and all(key in found for key in ("agent", "amount"))
            and (keys == ("agent", "amount") or found["agent"] == "it")
        ):
            return {key: found[key] for key in keys}
    return None


def _printed(found: dict[str, Any], unit: Any) -> dict[str, Any]:
    """Read a value that is a text, `10/67` or `12.1 ± 3.4 ng/mL`."""
    if not isinstance(text := found.get("value"), str):
        return found
    told = with_printed_value({"value": text, "unit": unit} if "/" in text and text[:1].isdigit() else {"value": text})
    spread = told.get("spread")
    if not isinstance(told.get("value"), int | float):
        return found
    found = {**found, "value": told["value"]}
    if isinstance(spread, Mapping) and spread["kind"] == "binomial":
        return {**found, "n": found.get("n", spread["of"])}
    if isinstance(spread, Mapping) and "value" in spread:
        found.setdefault("spread", spread["value"])
    return {"unit": told["unit"], **found} if told.get("unit") else found


def _in_unit(found: dict[str, Any], unit: Any) -> dict[str, Any]:
    """Give a value, and its spread, that are stated in a unit of their own in the row's."""
    own = found.get("unit")
    if not isinstance(own, str) or not isinstance(unit, str):
        return found
    try:
        of, to = (parse(worded_unit(one).unit) for one in (own, unit))
        sizes = {
            key: float(f"{Quantity(float(size), of).to(to):.12g}")
            for key in ("value", "spread")
            if isinstance(size := found.get(key), int | float)
        }
    except InputError:
        return found  # it is told as a key that is none of a comparator's
    return {key: part for key, part in found.items() if key != "unit"} | sizes
