"""Values as papers print them: `108 %`, `+40%`, `2-fold`, `17.4 ± 5.4 ng/mL`, `8/27`, `10-50`."""

from __future__ import annotations

import re
from typing import Any

_NUMBER = r"[+\-−]?\d+(?:,\d{3})*(?:\.\d+)?"
_PRINTED = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?:±|\+/-|\+-)?\s*(?P<spread>(?<=[±-])\s*{_NUMBER})?\s*-?(?P<unit>(?!\s*(?:of\b|out\b|/\s*\d))\D.*)?"
)
_COUNTED = re.compile(
    r"(?P<events>\d+)\s*(?:/|of|out of)\s*(?P<of>\d+)(?:\s*(?:patients|subjects|mice|animals))?(?:\s*\([\d.,\s%]*\))?"
)
_OF_SO_MANY = re.compile(
    r"(?:patients|subjects|people|children|mice|rats|animals|cases)?\s*(?:of|out of|/)\s*(?P<of>\d+)"
)
"""A unit that counts: 4 `patients of 10`."""
_ENDS = re.compile(rf"(?P<low>{_NUMBER})\s*(?:-|–|to)\s*(?P<high>{_NUMBER})\s*(?P<unit>\D.*)?")


def with_printed_value(entry: dict[str, Any]) -> dict[str, Any]:
    """Give an entry with the number, the unit, the spread and the counts that stand in one text of its value.

    What the entry says itself stays; a text that is none of these stays too.

    Example:
        >>> with_printed_value({"value": "+40%"})
        {'value': 40.0, 'unit': '% increase'}
        >>> with_printed_value({"value": "8/27"})["spread"]
        {'kind': 'binomial', 'events': 8, 'of': 27}
    """
    text, unit = entry.get("value"), entry.get("unit")
    if isinstance(text, int) and isinstance(unit, str) and (match := _OF_SO_MANY.fullmatch(unit.strip())):
        return _counted({**entry, "unit": "1"}, text, int(match["of"]))
    if not isinstance(text, str):
        return entry
    told = text.strip().replace("−", "-")
    if match := _COUNTED.fullmatch(told):
        return _counted(entry, int(match["events"]), int(match["of"]))
    if (match := _ENDS.fullmatch(told)) and "spread" not in entry:
        spread = {"kind": "range", "low": _number(match["low"]), "high": _number(match["high"])}
        return _with_unit({**{k: v for k, v in entry.items() if k != "value"}, "spread": spread}, match["unit"])
    if (match := _PRINTED.fullmatch(told)) and _same(match["unit"], entry.get("unit")):
        found = {**entry, "value": _number(match["value"])}
        if match["spread"] and "spread" not in entry:
            found["spread"] = {"kind": "unstated", "value": _number(match["spread"])}
        found = _with_unit(found, match["unit"])
        return {**found, "unit": "% increase"} if told.startswith("+") and found.get("unit") == "%" else found
    return entry


def _counted(entry: dict[str, Any], events: int, of: int) -> dict[str, Any]:
    if not 0 <= events <= of or of == 0:
        return entry
    whole = 100.0 if str(entry.get("unit")).strip() in ("%", "percent", "per cent") else 1.0
    told = {**entry, "value": whole * events / of, "spread": {"kind": "binomial", "events": events, "of": of}}
    return {"unit": "1", **told}


def _with_unit(entry: dict[str, Any], unit: str | None) -> dict[str, Any]:
    return entry if not unit or "unit" in entry else {**entry, "unit": unit.strip()}


def _same(printed: str | None, stated: Any) -> bool:
    """Whether a unit in a value's text is the one that the entry states, or the only one."""
    return not printed or stated is None or str(stated).strip().startswith(printed.strip().rstrip("."))


def _number(text: str) -> float:
    return float(text.strip().replace(",", "").replace("−", "-"))
