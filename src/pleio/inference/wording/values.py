"""Values as papers print them: `108 %`, `+40%`, `2-fold`, `17.4 ± 5.4 ng/mL`, `8/27`, `10-50`."""

from __future__ import annotations

import re
from typing import Any

from .spreads import KINDS

_NUMBER = r"[+\-−]?\d+(?:,\d{3})*(?:\.\d+)?"
_PRINTED = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?:±|\+/-|\+-)?\s*(?P<spread>(?<=[±-])\s*{_NUMBER}|\({_NUMBER}\))?\s*-?(?P<unit>(?!\s*(?:of\b|out\b|/\s*\d))\D.*)?"
)
_COUNTED = re.compile(
    r"(?P<events>\d+)\s*(?:/|of|out of)\s*(?P<of>\d+)(?:\s*(?:patients|subjects|mice|animals))?(?:\s*\([\d.,\s%]*\))?"
)
_OF_SO_MANY = re.compile(
    r"(?:patients|subjects|people|children|mice|rats|animals|cases)?\s*(?:of|out of|/)\s*(?P<of>\d+)"
)
"""A unit that counts: 4 `patients of 10`."""
_COUNTS = re.compile(r"(?:patients|subjects|people|children|mice|rats|animals|cases)", re.IGNORECASE)
_ENDS = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<first>[^\d\s,±(\[-][^\d,±(\[]*?)?\s*(?:-|–|to)\s*(?P<high>{_NUMBER})\s*(?P<unit>\D.*)?"
)
"""Two ends, `10-15 %` or `10 % to 15 %`."""
_WITH = r"(?:with|on|in|for|after|under|given)"
_VERSUS = re.compile(
    r"(?P<own>.*?)\s*,?\s+(?:vs\.?|versus|compared (?:with|to)|as against|against)\s+"
    rf"(?P<other>{_NUMBER}(?:\s*(?:/|of|out of)\s*\d+)?)\s*(?P<unit>(?!{_WITH}\b)[^\s\d,(]*)\s*"
    rf"(?:\(?{_WITH}?\s*(?:the\s+)?(?P<whom>[^\d()]*?)\)?)"
)
"""Two groups in one text, `59 % vs 15 % with placebo`: the row's own number first."""
_MORE_NUMBERS = re.compile(r"\d\s*%")
"""What no unit holds: another number of its own."""
_BETWEEN = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<first>\D*?)\s*[(\[]\s*(?P<kind>(?:9[05]\s*%\s*)?[A-Za-z][\w ]*?[\s:,]+)?"
    rf"(?P<low>{_NUMBER})\s*(?:-|–|to|,)\s*(?P<high>{_NUMBER})\s*[)\]]\s*(?P<unit>\D.*)?"
)
"""A number with two ends in brackets: `2 (0-28) d`, `93 (95 % CI 60 to 206)`."""
_BOUND = re.compile(
    rf"(?P<side><=?|≤|>=?|≥|(?i:more than|over|above|at least|less than|under|below|at most|up to))\s*"
    rf"(?P<value>{_NUMBER})\s*(?P<unit>\D.*)?"
)
LEAST = re.compile(r">=?|≥|more than|over|above|at least", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:about|approximately|approx\.?|around|roughly|circa|ca\.?|nearly|almost|[~≈∼])\s*", re.I)
_MOVED = re.compile(
    r"(?P<way>increased?|rose|risen|raised|decreased?|reduced?|fell|fallen|dropped)\s+(?:by\s+)?(?P<by>.+)", re.I
)
"""`increased 2-fold`, `reduced by 40 %`: the number, and which way."""


def with_printed_value(entry: dict[str, Any]) -> dict[str, Any]:
    """Give an entry with the number, the unit, the spread and the counts that stand in one text of its value.

    What the entry says itself stays, a spread that is only named (`SD`) getting its size from the text; a text that is
    none of these stays too.

    Example:
        >>> with_printed_value({"value": "+40%"})
        {'value': 40.0, 'unit': '% increase'}
        >>> with_printed_value({"value": "8/27"})["spread"]
        {'kind': 'binomial', 'events': 8, 'of': 27}
    """
    text, unit = entry.get("value"), entry.get("unit")
    if isinstance(text, int) and isinstance(unit, str) and (match := _OF_SO_MANY.fullmatch(unit.strip())):
        return _counted({**entry, "unit": "1"}, text, int(match["of"]))
    of = entry.get("n")
    if isinstance(text, int) and isinstance(of, int) and isinstance(unit, str) and _COUNTS.fullmatch(unit.strip()):
        return _counted({**entry, "unit": "1"}, text, of)
    if not isinstance(text, str):
        return entry
    if (two := _VERSUS.fullmatch(text.strip())) and two["own"]:
        return _of_two(entry, two)
    told = _ABOUT.sub("", text.strip().replace("−", "-"))
    if (moved := _MOVED.fullmatch(told)) and re.match(_NUMBER, moved["by"]):
        told = f"{moved['by']} {'increase' if re.match('in|r[oia]s', moved['way'], re.I) else 'decrease'}"
    if match := _COUNTED.fullmatch(told):
        return _counted(entry, int(match["events"]), int(match["of"]))
    kind = _only_named(entry)
    if (match := _ENDS.fullmatch(told)) and kind is not None and match["first"] in (None, match["unit"]):
        spread = {"kind": kind or "range", "low": _number(match["low"]), "high": _number(match["high"])}
        found = _with_unit({**{k: v for k, v in entry.items() if k != "value"}, "spread": spread}, match["unit"])
        return {**found, "unit": "% increase"} if told.startswith("+") and found.get("unit") == "%" else found
    if (match := _BETWEEN.fullmatch(told)) and kind is not None:
        word = (match["kind"] or "").strip(" :,") or kind or "unstated"
        spread = {"kind": word, "low": _number(match["low"]), "high": _number(match["high"])}
        found = {**entry, "value": _number(match["value"]), "spread": spread}
        return _with_unit(found, match["unit"] or match["first"])
    if (match := _BOUND.fullmatch(told)) and kind == "":
        bound = "lower bound" if LEAST.fullmatch(match["side"]) else "upper bound"
        return _with_unit({**entry, "value": _number(match["value"]), "spread": {"kind": bound}}, match["unit"])
    match = _PRINTED.fullmatch(told)
    if match and _same(match["unit"], entry.get("unit")) and not _MORE_NUMBERS.search(match["unit"] or ""):
        found = {**entry, "value": _number(match["value"])}
        if match["spread"] and kind is not None:
            found["spread"] = {"kind": kind or "unstated", "value": _number(match["spread"])}
        found = _with_unit(found, match["unit"])
        return {**found, "unit": "% increase"} if told.startswith("+") and found.get("unit") == "%" else found
    return entry


def _of_two(entry: dict[str, Any], two: re.Match[str]) -> dict[str, Any]:
    """Read the numbers of two groups: the row's own, and its comparator's; as it is where these do not go together."""
    other = entry.get("comparator")
    stated = {"condition": other} if isinstance(other, str) else dict(other) if isinstance(other, dict) else {}
    found = with_printed_value({**entry, "value": two["own"]})
    unit = str(found.get("unit", "1")).strip()
    counts = re.search(r"\D", two["other"].lstrip("+-−"))
    alike = two["unit"] in ("", unit) or (bool(counts) and not two["unit"])
    if isinstance(found.get("value"), str) or not alike or stated.get("value") is not None:
        return entry
    told = two["other"] if counts else _number(two["other"])
    whom = two["whom"].strip(" ,.")
    named = {"condition": whom} if whom and not stated else {}
    return {**found, "comparator": {**stated, **named, "value": told}}


def _only_named(entry: dict[str, Any]) -> str | None:
    """Give the kind of a spread of which the entry says no more; "" where it says none, None where it says it all."""
    spread = entry.get("spread", "")
    if isinstance(spread, str) and (not spread or spread.strip().lower() in KINDS):
        return spread
    return spread["kind"] if isinstance(spread, dict) and [*spread] == ["kind"] else None


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
    return float(text.strip(" ()").replace(",", "").replace("−", "-"))
