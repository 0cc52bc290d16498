"""One entry of a file of observations, its everyday words written as the form has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from ...base.errors import InputError
from ...base.quantities import parse_quantity
from .dish import told_apart
from .people import worded_population
from .regimens import first_given, interval, moment, prescribed
from .sources import worded_source, worded_trust
from .spreads import counted_below, worded_spread
from .units import DOWN, UP, worded_unit

GIVEN = {
    "dose": "amount", "concentration": "amount", "drug": "agent", "compound": "agent", "antibody": "agent",
    "frequency": "every", "schedule": "every", "interval": "every", "doses": "times", "number": "times",
    "infusion": "infused", "begin": "start", "from": "start",
}  # fmt: skip
DIRECTIONS = {
    "up": "increases", "increase": "increases", "increased": "increases", "higher": "increases", "rises": "increases",
    "down": "decreases", "decrease": "decreases", "decreased": "decreases", "lower": "decreases", "falls": "decreases",
    "increases": "increases", "decreases": "decreases", "reduced": "decreases", "unchanged": "no_effect",
    "no effect": "no_effect", "none": "no_effect", "no change": "no_effect", "unaffected": "no_effect",
    "no difference": "no_effect", "not changed": "no_effect", "same": "no_effect", "null": "no_effect",
    "elevated": "increases", "raised": "increases", "raises": "increases", "more": "increases", "+": "increases",
    "positive": "increases", "enhanced": "increases", "rise": "increases", "suppressed": "decreases",
    "inhibited": "decreases", "inhibits": "decreases", "reduces": "decreases", "lowers": "decreases",
    "less": "decreases", "fall": "decreases", "negative": "decreases", "-": "decreases", "lowered": "decreases",
}  # fmt: skip
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
RELATED = re.compile(r"(?:change|ratio|fold|percent|relative|rise|risk|over[_ ]peak)(?:$|[_ ])", re.IGNORECASE)
_MANNER = r"(?:relative |percent(?:age)? |% |mean )?"
_FALL = re.compile(rf"{_MANNER}(?:{DOWN})\s+(?:in|of)\s+(?P<of>.+)|(?P<before>.+?)[\s_]+(?:{DOWN})", re.I)
_RISE = re.compile(
    rf"{_MANNER}(?:{UP}|change|shift)\s+(?:in|of)\s+(?P<of>.+)|(?P<before>.+?)[\s_]+(?:{UP})",
    re.I,
)

VECTOR = re.compile(r"vector|virus|viral|\baav", re.I)
_OF_A_VECTOR = re.compile(
    r"^(?:by |via )?(?:an? )?(?:local )?\S*(?:vector|virus|viral|aav)\S*\s*(?:in|into|to)?\s*(?:the )?", re.I
)
BESIDE_CARE = (
    r"(?i)\s*(?:,|\b)(?:added to|plus|with|and|on top of|in addition to|combined with)\s+"
    r"(?:conventional|standard|usual|supportive|routine)\s+(?:therapy|treatment|care)\b"
)
"""What both groups of a trial are given, so that it needs no name."""
MOST_OF_A_NAME = 4
OF_TWO = (
    r"\b(?:and|plus|or|versus|vs|against|with|without|followed|before|after|of|days?|weeks?)\b|"
    r"\d\s*(?:[munpµμ]?g|[munp]?mol|k?I?U)\b|[+;,]"
)
"""What is no name of one agent."""
_RELATED_TO = re.compile(
    r"(?P<of>.+?)[\s_]+(?P<by>over|above|below)[\s_]+(?:the[\s_]+)?(?P<other>(?:controls?|baseline|vehicle|placebo|"
    r"untreated|pre-?treatment)\b.*)", re.I
)  # fmt: skip
NOTHING = re.compile(
    r"none|nothing|no (?:further |study )?(?:drug|therapy|treatment|(?:rhu?)?-?il-?11)(?: treatment| therapy)?"
    r"(?:\s*[(,].*)?|observation(?: only| alone)?|placebo|vehicle|saline|controls?|untreated|pbs|distilled water",
    re.I,
)
"""What names no agent: nothing was given, or something that does nothing."""

Entry = dict[str, Any]


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
    _with_relation(found)
    if isinstance(unit := found.get("unit"), str) and not _parses(f"1 {unit}", at=unit):
        _with_unit(found, unit)
    _with_way(found, known)
    _of_stated_level(found)
    if isinstance(time := found.get("time"), str) and time != "until death" and not _parses(time):
        found["time"] = moment(time) or time
    found |= told_apart(found, worded_given)
    for key in ("regimen", "stimulus"):
        if key in found:
            found[key] = worded_given(found[key])
    found["population"] = worded_population(found.get("population"))
    if "comparator" in found:
        found["comparator"] = _comparator(found["comparator"])
    for key, words in (("statistic", STATISTICS), ("direction", DIRECTIONS), ("question", QUESTIONS)):
        if isinstance(word := found.get(key), str):
            found[key] = words.get(word.lower().strip(), word)
    if isinstance(asked := found.get("question"), str) and not (asked in set(QUESTIONS.values()) or _is_close(asked)):
        found["question"] = None  # a topic, which no forecast needs
    if isinstance(trust := found.get("trust"), str):
        found["trust"] = worded_trust(trust)
    if isinstance(source := found.get("source"), str):
        found["source"] = worded_source(source)
    return {key: value for key, value in found.items() if key in entry or value is not None}


def _without_direction(entry: Entry) -> None:
    """Read a direction that is none as a null: a change of nothing, within a margin where one is said."""
    told = entry.get("direction")
    if not isinstance(told, str) or DIRECTIONS.get(told.lower().strip(), told) != "no_effect" or "value" in entry:
        return
    spread = entry.get("spread")
    margin = {"margin": spread["margin"]} if isinstance(spread, Mapping) and "margin" in spread else {}
    entry |= {"value": 0, "unit": "% change", "spread": {"kind": "null", **margin}}
    del entry["direction"]


def _only_turns(entry: Entry) -> bool:
    return "direction" in entry and entry.get("value") is None


def _parses(text: str, at: str | None = None) -> bool:
    if at is not None and re.match(r"\s*[x×]?\s*10\s*[eE*⁰¹²³⁴⁵⁶⁷⁸⁹]|.*(?:\b[Kk]/|mm3)", at):
        return False  # 10E9 and 10*9 are 10^9 to who writes them, and K/µL no kelvin
    try:
        parse_quantity(text)
    except InputError:
        return False
    return True


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
        entry.setdefault("unit", "1")


def _with_relation(entry: Entry) -> None:
    """Read `platelet count over control` in per cent as per cent over control: by how much it is more."""
    readout, unit = entry.get("readout"), entry.get("unit")
    match = _RELATED_TO.fullmatch(readout.strip()) if isinstance(readout, str) else None
    if match is not None and isinstance(unit, str) and unit.strip() in ("%", "percent", "per cent", "fold"):
        entry |= {"readout": match["of"], "unit": f"{unit.strip()} {match['by']} {match['other']}"}


def _with_unit(entry: Entry, unit: str) -> None:
    """Put what the words of a unit say into the entry: a change, a ratio, over whom."""
    told = worded_unit(unit)
    entry["unit"] = told.unit
    readout = entry.get("readout")
    if told.ending and isinstance(readout, str):
        way = _FALL.fullmatch(readout) or _RISE.fullmatch(readout)
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


def _with_way(entry: Entry, known: Callable[[str, str], bool]) -> None:
    """Read `fall in haematocrit` as its change below 0, where the readout is not known by that name."""
    readout, module = entry.get("readout"), entry.get("module")
    if not isinstance(readout, str) or not isinstance(module, str) or known(readout, module):
        return
    fall, rise = _FALL.fullmatch(readout.strip()), _RISE.fullmatch(readout.strip())
    match = fall or rise
    if match is None:
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
    peak = re.match(r"(?:peak|maximum|maximal|highest)\s+(.+)", of, re.I)
    of = peak[1] if peak else of
    entry["readout"] = f"{of}{'_peak' if peak else ''}{'_ratio' if fold else '_change'}"
    if fall is not None:
        _negate(entry)


def ways_of(readout: str) -> tuple[str, ...]:
    """Give what `fall in haematocrit` is the change of, as names that a readout can be known by."""
    match = _FALL.fullmatch(readout.strip()) or _RISE.fullmatch(readout.strip())
    if match is None:
        return ()
    of = _bare(match["of"] or match["before"])
    return of, f"{of}_change"


def _bare(name: str) -> str:
    """Give a readout without what says that it is of a group, or of its highest."""
    return re.sub(r"^(?:the|mean|median|peak|maximum|maximal|highest)\s+", "", name)


def _of_stated_level(entry: Entry) -> None:
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


def _comparator(value: Any) -> Any:
    """Write a comparator as the form has it: a text is its condition, and placebo no agent but what it was given."""
    if isinstance(value, str):
        return {"condition": value}
    if not isinstance(value, Mapping) or not isinstance(agent := value.get("agent"), str):
        return value
    if not NOTHING.fullmatch(agent.strip()):
        return value
    told = "no drug" if agent.strip().lower() in ("none", "nothing") else agent.strip()
    given = f"{value['condition']}, {told}" if value.get("condition") else told
    return {key: part for key, part in value.items() if key not in ("agent", "amount")} | {"condition": given}


def worded_given(value: Any) -> Any:
    """Write what was given as the form has it: a phrase as its parts, everyday keys and words as the form's."""
    if isinstance(value, str):
        if NOTHING.fullmatch(value.strip()):
            return "none"
        told = prescribed(value)
        told = told if told and "agent" in told else _led_by_its_agent(value) or _led_by_its_amount(value)
        return _to_form(told) if told else value
    if not isinstance(value, Mapping):
        return value
    if NOTHING.fullmatch(str(value.get("agent") or value.get("drug")).strip()) and value.get("agent") is not None:
        return "none"
    found = {GIVEN.get(key, key) if GIVEN.get(key) not in value else key: part for key, part in value.items()}
    if VECTOR.search(str(found.get("route"))) and isinstance(agent := found.get("agent"), str):
        found["agent"] = agent if VECTOR.search(agent) else f"{agent} vector"
        found["route"] = _OF_A_VECTOR.sub("", found["route"])
    lasted = next((found.pop(key) for key in ("duration", "for", "days") if key in found), None)
    if lasted is not None and "times" not in found:
        days = f"{lasted} days" if isinstance(lasted, int) else str(lasted)
        every = str(found.get("every", "daily"))
        found["every"] = f"every {every} for {days}" if _parses(every) else f"{every} for {days}"
    for key in ("amount", "every", "times", "route", "infused"):
        part = found.get(key)
        if isinstance(part, str) and not _plain(key, part):
            told = prescribed(part if key != "infused" else f"over {part}")
            told = prescribed(f"every {part}") if told is None and key == "every" else told
            if told is not None and (key in told or key in ("every", "times") or "agent" not in told):
                found.pop(key)
                found |= {name: one for name, one in _to_form(told).items() if name not in found or name == key}
    if isinstance(start := found.get("start"), str) and not _parses(start):
        found["start"] = first_given(start) or start
    return found


def _led_by_its_agent(text: str) -> dict[str, Any] | None:
    """Read a phrase without an amount, `rhIL-11 s.c. once`: what stands before all that is known of it is its agent."""
    words = re.sub(BESIDE_CARE, "", text).split()
    for k in range(1, min(len(words), MOST_OF_A_NAME) + 1):
        agent, rest = " ".join(words[:k]).strip(" ,:"), " ".join(words[k:])
        told = prescribed(rest) if rest else {}
        if told is not None and "agent" not in told and not re.search(OF_TWO, agent, re.I):
            return {"agent": agent, **told}
    return None


def _led_by_its_amount(text: str) -> dict[str, Any] | None:
    """Read `50 µg/kg/d rhIL-11 s.c. for 7 days`: the agent after its amount."""
    amount = re.match(r"\s*(\d\S*\s*\S+)\s+(?:of\s+)?(?=[A-Za-z])(.*)", text)
    words = amount[2].split() if amount else []
    for k in range(1, min(len(words), MOST_OF_A_NAME) + 1):
        agent = " ".join(words[:k])
        told = prescribed(f"{agent} {amount[1]} {' '.join(words[k:])}") if amount else None
        if told is not None and told.get("agent") == agent and not re.search(OF_TWO, agent, re.I):
            return told
    return None


def _is_close(asked: str) -> bool:
    """Whether a question is one of the form's with a letter wrong."""
    return bool(get_close_matches(asked.lower(), set(QUESTIONS.values()), n=1, cutoff=0.75))


def _plain(key: str, text: str) -> bool:
    """Whether a part of a regimen is as the form has it already."""
    if key == "times":
        return text.isdigit() or bool(re.fullmatch(r"\d+ to \d+", text))
    if key == "route":
        return bool(re.fullmatch(r"[a-z]+", text))
    parts = text.split(" to ") if key == "amount" else [text]
    each = r"(?:/\s*(?:d|day|wk|week)|\b(?:d|day|wk|week)\s*(?:\(-1\)|\^?-1|⁻¹))\s*$"
    if re.search(each, text) or not _parses(parts[-1]):
        return False
    return key != "every" or interval(text) is None


def _to_form(told: Mapping[str, Any]) -> Entry:
    return {{"duration": "infused"}.get(key, key): value for key, value in told.items()}
