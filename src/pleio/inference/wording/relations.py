"""What a readout's or a unit's words say of how a number relates to another: a change, a ratio, a fall, over whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .directions import DIRECTIONS
from .units import DOWN, UP, worded_unit

Entry = dict[str, Any]

RELATED = re.compile(r"(?:change|ratio|fold|percent|relative|rise|risk|over[_ ]peak)(?:$|[_ ])", re.IGNORECASE)
_MANNER = r"(?:relative |percent(?:age)? |% |mean )?"
FALL = re.compile(rf"{_MANNER}(?:{DOWN})\s+(?:in|of)\s+(?P<of>.+)|(?P<before>.+?)[\s_]+(?:{DOWN})", re.I)
RISE = re.compile(
    rf"{_MANNER}(?:{UP}|change|shift)\s+(?:in|of)\s+(?P<of>.+)|(?P<before>.+?)[\s_]+(?:{UP})",
    re.I,
)
_BEHIND = re.compile(
    r"(?P<of>[^,]+),\s*(?P<peak>max(?:imum|imal)?|peak|highest)?\s*(?:mean|median)?\s*"
    r"(?P<how>(?:(?:%|percent(?:age)?|per cent|relative)\s*)?"
    r"(?:increase|decrease|change|rise|fall|reduction|extension|gain|loss)\b.*|fold\b.*|ratio\b.*)",
    re.I,
)
_RELATED_TO = re.compile(
    r"(?P<of>.+?)[\s_]+(?P<by>over|above|below)[\s_]+(?:the[\s_]+)?(?P<other>(?:controls?|baseline|vehicle|placebo|"
    r"untreated|pre-?treatment)\b.*)", re.I
)  # fmt: skip


def with_relation(entry: Entry) -> Entry:
    """Read `platelet count over control` in per cent as per cent over control: by how much it is more.

    What stands behind a comma, `CDAI, % change`, is of the unit too.

    Example:
        >>> with_relation({"readout": "platelet count over control", "unit": "%"})
        {'readout': 'platelet count', 'unit': '% over control'}
    """
    readout, unit = entry.get("readout"), entry.get("unit")
    if not isinstance(readout, str):
        return entry
    behind, stated = _BEHIND.fullmatch(readout.strip()), "" if unit is None else str(unit).strip().lower()
    if behind is not None and (told := _unit_behind(behind["how"].strip(), stated)):
        peak = "peak " if behind["peak"] else ""
        of = re.sub(r"^(?:peak|maximum|maximal|highest)\s+", "", behind["of"]) if peak else behind["of"]
        return {**entry, "readout": f"{peak}{of}", "unit": told}
    match = _RELATED_TO.fullmatch(readout.strip())
    if match is not None and isinstance(unit, str) and unit.strip() in ("%", "percent", "per cent", "fold"):
        return {**entry, "readout": match["of"], "unit": f"{unit.strip()} {match['by']} {match['other']}"}
    return entry


def _unit_behind(how: str, stated: str) -> str:
    """Give the unit that words behind a readout say with the one that is stated; "" where they do not agree."""
    words = re.sub(r"^(?:percent(?:age)?|per cent)\b", "%", how, flags=re.I)
    if re.match(r"fold|ratio", words, re.I):
        return "fold" if stated in ("", "fold", "1", "ratio") else ""
    words = re.sub(r"^relative\s+", "", words, flags=re.I)
    if stated in ("%", "percent", "per cent"):
        return words if words.startswith("%") else f"% {words}"
    if stated == "" and words.startswith("%"):
        return words
    return f"fold {words}" if stated == "fold" and re.match(UP, words, re.I) else ""


def with_unit(entry: Entry, unit: str) -> None:
    """Put what the words of a unit say into the entry: a change, a ratio, over whom."""
    told = worded_unit(unit)
    entry["unit"] = told.unit
    readout = entry.get("readout")
    if told.ending and isinstance(readout, str):
        way = FALL.fullmatch(readout) or RISE.fullmatch(readout)
        readout = (way["of"] or way["before"]) if way else readout
        entry["readout"] = readout if RELATED.search(readout) else f"{readout}{told.ending}"
    if told.sign < 0:
        _negate(entry)
    if told.over:
        other = entry.get("comparator")
        if other is None:
            entry["comparator"] = {"condition": told.over}
        elif isinstance(other, dict) and not other.get("condition") and other.get("value") is None:
            entry["comparator"] = {**other, "condition": told.over}


def with_way(entry: Entry, known: Callable[[str, str], bool]) -> None:
    """Read `fall in haematocrit` as its change below 0, where the readout is not known by that name."""
    readout, module = entry.get("readout"), entry.get("module")
    if not isinstance(readout, str) or not isinstance(module, str):
        return
    if known(readout, module):
        if FALL.fullmatch(readout.strip()) and isinstance(value := entry.get("value"), int | float) and value < 0:
            entry["value"] = -value  # how far it fell has a name of its own, in which it is above 0
        return
    fall, rise = FALL.fullmatch(readout.strip()), RISE.fullmatch(readout.strip())
    match = fall or rise
    if match is None or re.match(r"(?:the )?(?:time|days?|onset|duration|start|speed)\b", readout, re.IGNORECASE):
        return
    of = re.sub(r"^(?:the|mean|median)\s+", "", match["of"] or match["before"])
    spread = entry.get("spread")
    if isinstance(spread, Mapping) and spread.get("kind") == "direction":
        if fall is None or DIRECTIONS.get(str(entry.get("direction")), entry.get("direction")) == "decreases":
            entry["readout"] = of
        return
    fold = str(entry.get("unit")) in ("fold", "1", "ratio", "times")
    if fall is not None and fold:
        return  # a fold of how much less has two meanings
    extreme = re.match(r"(?:(?P<peak>peak|maximum|maximal|highest)|lowest|minimum|nadir)\s+(?P<of>.+)", of, re.I)
    of, which = (of, "") if extreme is None else (extreme["of"], "_peak" if extreme["peak"] else "_nadir")
    entry["readout"] = f"{of}{which}{'_ratio' if fold else '_change'}"
    if fall is not None:
        _negate(entry)


def ways_of(readout: str) -> tuple[str, ...]:
    """Give what `fall in haematocrit` is the change of, as names that a readout can be known by."""
    match = FALL.fullmatch(readout.strip()) or RISE.fullmatch(readout.strip())
    if match is None:
        return ()
    of = _bare(match["of"] or match["before"])
    return of, f"{of}_change"


def _bare(name: str) -> str:
    """Give a readout without what says that it is of a group, or of its highest."""
    return re.sub(r"^(?:the|mean|median|peak|maximum|maximal|highest|lowest)\s+", "", name)


def of_stated_level(entry: Entry) -> None:
    """Write a change in units from a stated level, `-1.5 g/dL` from 13, as the change in per cent that it is."""
    other, value, readout = entry.get("comparator"), entry.get("value"), entry.get("readout")
    if not isinstance(other, Mapping) or not isinstance(value, int | float) or not isinstance(readout, str):
        return
    level, condition, unit = other.get("value"), str(other.get("condition") or ""), str(entry.get("unit"))
    own_start = not condition or re.search(r"baseline|before|pre-?treat|initial|day 0", condition, re.I)
    if not isinstance(level, int | float) or level <= 0 or not own_start or other.get("agent"):
        return
    if unit in ("%", "fold", "1", "ratio", "fraction") or not (value < 0 or readout.endswith("_change")):
        return
    share = 100.0 / level

    def of_level(part: Any) -> Any:
        return part * share if isinstance(part, int | float) and not isinstance(part, bool) else part

    entry |= {"value": of_level(value), "unit": "%", "comparator": {"condition": condition or "baseline"}}
    entry["readout"] = readout if readout.endswith("_change") else f"{readout}_change"
    spread = entry.get("spread")
    if isinstance(spread, Mapping):
        sizes = ("value", "low", "high", "margin")
        entry["spread"] = {key: of_level(part) if key in sizes else part for key, part in spread.items()}


def _negate(entry: Entry) -> None:
    """Write how far something fell as a change below 0."""

    def below(number: Any) -> Any:
        return -abs(number) if isinstance(number, int | float) and not isinstance(number, bool) else number

    if "value" in entry:
        entry["value"] = below(entry["value"])
    spread = entry.get("spread")
    if isinstance(spread, Mapping):
        low, high = (spread.get(key) for key in ("low", "high"))
        turned = dict(spread)
        if isinstance(low, int | float) and isinstance(high, int | float) and low >= 0:
            turned |= {"low": -high, "high": -low}
        swap = {"lower bound": "upper bound", "upper bound": "lower bound"}
        entry["spread"] = turned | {"kind": swap.get(str(spread.get("kind")), spread.get("kind"))}
