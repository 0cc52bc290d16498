"""One entry of a file of observations, its everyday words written as the form has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from .comparators import worded_comparator
from .directions import DIRECTIONS
from .dish import told_apart
from .given import worded_given
from .parsed import parses
from .people import worded_population
from .regimens import moment, when
from .relations import Entry, of_stated_level, with_unit, with_way
from .sources import worded_source, worded_trust
from .spreads import counted_below, worded_spread
from .units import worded_unit

QUESTIONS = {
    word: question
    for question, words in {
        "sufficiency": "treatment, intervention, pharmacology, efficacy, safety, exposure, stimulation, overexpression",
        "necessity": "knock-out, knockout, deletion, loss, loss of function, blockade, neutralisation, neutralization",
        "association": "observational, observation, correlation, cross-sectional, level, levels, natural history",
    }.items()
    for word in words.split(", ")
}
STATISTICS = {"average": "mean", "arithmetic mean": "mean", "geometric mean": "median", "med": "median"}
NOTHING_SAID = "unv-L"
"""The trust of a number of which nothing says how it was seen."""
_EXPOSED = re.compile(r"(?P<stimulus>.*\d\s*\S*[LlM]),?\s+(?:for\s+)?(?P<time>\d+\s*-?(?:h\w*|min\w*|d|days?))")


def as_the_form_has_it(entry: Mapping[str, Any], known: Callable[[str, str], bool]) -> Entry:
    """Write an entry as the form has it; what has no clear meaning stays as it is.

    Args:
        known: whether a readout of a module is known by its name as it is written.
    """
    found: Entry = dict(entry)
    _without_direction(found)
    found["spread"] = worded_spread(
        found.get("spread", "direction" if _only_turns(found) else "unstated"), found.get("value")
    )
    _with_value_in_words(found)
    found |= counted_below(found.get("value"), found.get("n"))
    if _is_null(found["spread"]) and found.get("value") == 0 and found.get("unit") in ("%", "percent"):
        found["unit"] = "% change"  # a level of which nothing is left is no null
    if isinstance(unit := found.get("unit"), str) and not parses(f"1 {unit}", at=unit):
        with_unit(found, unit)
    with_way(found, known)
    of_stated_level(found)
    if isinstance(time := found.get("time"), str) and time != "until death" and not parses(time):
        found["time"] = when(time)
    _with_exposure(found)
    found |= told_apart(found, worded_given)
    for key in ("regimen", "stimulus"):
        if key in found:
            found[key] = worded_given(found[key])
    found["population"] = worded_population(found.get("population"))
    if isinstance(found.get("value"), str) or (found.get("value") is None and found["spread"] == {"kind": "unstated"}):
        found.setdefault("unit", "1")  # it is told that there is no value that can be read; it may hold the unit, too
    if "comparator" in found:
        found["comparator"] = worded_comparator(found["comparator"], found.get("unit"))
    for key, words in (("statistic", STATISTICS), ("direction", DIRECTIONS), ("question", QUESTIONS)):
        if isinstance(word := found.get(key), str):
            found[key] = words.get(word.lower().strip(), word)
    if isinstance(asked := found.get("question"), str) and not (asked in set(QUESTIONS.values()) or _is_close(asked)):
        found["question"] = None  # a topic, which no forecast needs
    found["trust"] = NOTHING_SAID if (trust := found.get("trust")) is None else trust
    if isinstance(trust, str):
        found["trust"] = worded_trust(trust)
    if isinstance(source := found.get("source"), str):
        found["source"] = worded_source(source)
    return {key: value for key, value in found.items() if key in entry or value is not None}


def _with_exposure(entry: Entry) -> None:
    """Read how long cells were under something, `TGFβ1 5 ng/mL for 24 h`, as the time, where none is stated."""
    told = entry.get("stimulus")
    match = _EXPOSED.fullmatch(told.strip()) if isinstance(told, str) else None
    if match is not None and (time := moment(match["time"])):
        entry |= {"stimulus": match["stimulus"], "time": entry.get("time") or time}


def _without_direction(entry: Entry) -> None:
    """Read a direction that is none as a null: a change of nothing, within a margin where one is said."""
    told = entry.get("direction")
    if not isinstance(told, str) or DIRECTIONS.get(told.lower().strip(), told) != "no_effect" or "value" in entry:
        return
    spread = entry.get("spread")
    margin = {"margin": spread["margin"]} if isinstance(spread, Mapping) and "margin" in spread else {}
    entry |= {"value": 0, "unit": "% change", "spread": {"kind": "null", **margin}}
    del entry["direction"]


def _is_null(spread: Any) -> bool:
    return isinstance(spread, Mapping) and spread.get("kind") == "null"


def _only_turns(entry: Entry) -> bool:
    return "direction" in entry and entry.get("value") is None


def _with_value_in_words(entry: Entry) -> None:
    """Read a value that is a direction, `increase`, or a bound, `<10`; a direction needs no unit."""
    value, spread = entry.get("value"), entry.get("spread")
    kind = spread.get("kind") if isinstance(spread, Mapping) else None
    stated = isinstance(spread, Mapping) and kind not in ("unstated", "direction")
    if isinstance(value, str):
        bound = re.fullmatch(r"(<=?|≤|>=?|≥)\s*(-?\d+(?:\.\d+)?)", value.strip())
        if bound is not None and (told := worded_spread(bound[1], None)) and (not stated or told["kind"] == kind):
            entry |= {"value": float(bound[2]), "spread": told}
        elif not stated and (way := DIRECTIONS.get(value.strip().lower())):
            del entry["value"]
            entry |= {"direction": entry.get("direction", way), "spread": {"kind": "direction"}}
            _without_direction(entry)
    spread = entry.get("spread")
    if isinstance(spread, Mapping) and spread.get("kind") == "direction":
        unit = entry.get("unit")
        known = isinstance(unit, str) and (parses(f"1 {unit}") or parses(f"1 {worded_unit(unit).unit}"))
        entry["unit"] = unit if known else "1"


def _is_close(asked: str) -> bool:
    """Whether a question is one of the form's with a letter wrong."""
    return bool(get_close_matches(asked.lower(), set(QUESTIONS.values()), n=1, cutoff=0.75))
