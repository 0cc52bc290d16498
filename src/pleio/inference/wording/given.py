"""What was given as papers word it: a phrase as its parts, everyday keys and words as the form has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .parsed import parses
from .regimens import first_given, interval, led_by_agent, prescribed

GIVEN = {
    "dose": "amount", "concentration": "amount", "drug": "agent", "compound": "agent", "antibody": "agent",
    "frequency": "every", "schedule": "every", "interval": "every", "doses": "times", "number": "times",
    "infusion": "infused", "begin": "start", "from": "start",
}  # fmt: skip
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
_TRAILING = (
    r"(?i)(?:[\s,]+(?:prophyla\w+|treatment|therapy|group|arm|s\.?c\.?|i\.?v\.?|i\.?p\.?|subcutaneous(?:ly)?|"
    r"intravenous(?:ly)?|intraperitoneal(?:ly)?))+,?$"
)
"""What may trail an agent's name and is none of it."""
OF_TWO = (
    r"\b(?:and|plus|or|versus|vs|against|with|without|followed|before|after|of|days?|weeks?)\b|"
    r"\d\s*(?:(?:mc|[munpµμ])?g|[munp]?mol|k?I?U)\b|[+;,]"
)
"""What is no name of one agent."""
UNGIVEN = re.compile(
    r"(?:placebo|vehicle|saline|pbs|chemo\w*)(?:[\s,]+(?:alone|only|sc|s\.c\.|iv|i\.v\.|ip|i\.p\.|daily|weekly|injections?|"
    r"group|arm|controls?|treatment|for|days?|weeks?|once|x|\d+|d))*(?:\s*\([^()]*\))?", re.I
)  # fmt: skip
"""Nothing, with how it was given."""
NOTHING = re.compile(
    r"none|nothing|no (?:further |study )?(?:drug|therapy|treatment|(?:rhu?)?-?il-?11)(?: treatment| therapy)?"
    r"(?:\s*[(,].*)?|(?:the )?same [^;]{0,60}without (?:rhu?)?-?il-?11|observation(?: only| alone)?|placebo|vehicle|"
    r"saline|controls?|untreated|pbs|distilled water|"
    r"(?:(?:vehicle|saline|untreated|chemo\w*) )?controls?(?: group| arm| cycle)?,? "
    r"(?:without|not|no|after|before)\b.*|"
    r"sham(?:[- ]\w+)?(?:,? (?:systemic )?(?:saline|vehicle))?",
    re.I,
)
"""What names no agent: nothing was given, or something that does nothing."""


def worded_given(value: Any) -> Any:
    """Write what was given as the form has it: a phrase as its parts, everyday keys and words as the form's."""
    if isinstance(value, str):
        value = led_by_agent(value)
        if NOTHING.fullmatch(value) or UNGIVEN.fullmatch(value):
            return "none"
        told = prescribed(value)
        told = told if told and "agent" in told else _led_by_its_agent(value) or _led_by_its_amount(value)
        if not told:
            return value
        return _to_form({**_of_route(told["agent"]), **told, "agent": re.sub(_TRAILING, "", told["agent"])})
    if not isinstance(value, Mapping):
        return value
    if NOTHING.fullmatch(str(value.get("agent") or value.get("drug")).strip()) and value.get("agent") is not None:
        return "none"
    found = {GIVEN.get(key, key) if GIVEN.get(key) not in value else key: part for key, part in value.items()}
    if VECTOR.search(str(found.get("route"))) and isinstance(agent := found.get("agent"), str):
        found["agent"] = agent if VECTOR.search(agent) else f"{agent} vector"
        found["route"] = _OF_A_VECTOR.sub("", found["route"])
    lasted = next((found.pop(key) for key in ("duration", "for", "days", "lasting") if key in found), None)
    if lasted is not None and "times" not in found:
        days = f"{lasted} days" if isinstance(lasted, int) else str(lasted)
        every = found.get("every")
        if every is None:
            amount = found["amount"] if isinstance(found.get("amount"), str) else ""
            found.update(prescribed(f"{amount} for {days}") or {"lasting": re.sub(r"\s*[-–]\s*", " to ", days)})
        else:
            found["every"] = f"every {every} for {days}" if parses(str(every)) else f"{every} for {days}"
    for key in ("amount", "every", "times", "route", "infused"):
        part = found.get(key)
        if isinstance(part, str) and not _plain(key, part):
            told = prescribed(part if key != "infused" else f"over {part}")
            told = prescribed(f"every {part}") if told is None and key == "every" else told
            if told is not None and (key in told or key in ("every", "times") or "agent" not in told):
                found.pop(key)
                found |= {name: one for name, one in _to_form(told).items() if name not in found or name == key}
    if isinstance(start := found.get("start"), str) and not parses(start):
        found["start"] = first_given(start) or start
    return found


def _of_route(agent: str) -> dict[str, Any]:
    """Give the route that trails an agent: `rhIL-11 SC, 50 µg/kg`."""
    trailing = re.search(_TRAILING, agent)
    told = prescribed(trailing[0]) if trailing else None
    return {"route": told["route"]} if told and "route" in told else {}


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
    if turned := re.fullmatch(r"\s*(\d\S*\s*\S+)\s+(.*?\bdoses?)\s+of\s+(\S+)(.*)", text):
        told = prescribed(f"{turned[3]} {turned[1]} {turned[2]}{turned[4]}")
        if told is not None and told.get("agent") == turned[3]:
            return told
    amount = re.match(r"\s*(\d\S*\s*\S+)\s+(?:of\s+)?(?=[A-Za-z])(.*)", text)
    words = amount[2].split() if amount else []
    for k in range(1, min(len(words), MOST_OF_A_NAME) + 1):
        agent = " ".join(words[:k])
        told = prescribed(f"{agent} {amount[1]} {' '.join(words[k:])}") if amount else None
        if told is not None and told.get("agent") == agent and not re.search(OF_TWO, agent, re.I):
            return told
    return None


def _plain(key: str, text: str) -> bool:
    """Whether a part of a regimen is as the form has it already."""
    if key == "times":
        return text.isdigit() or bool(re.fullmatch(r"\d+ to \d+", text))
    if key == "route":
        return bool(re.fullmatch(r"[a-z]+", text))
    parts = text.split(" to ") if key == "amount" else [text]
    each = r"(?:[/·.*]\s*(?:d|day|wk|week)\s*\)?|\b(?:d|day|wk|week)\s*(?:\(-1\)|\^?-1|⁻¹))\s*$"
    if re.search(each, text) or not parses(parts[-1]):
        return False
    return key != "every" or interval(text) is None


def _to_form(told: Mapping[str, Any]) -> dict[str, Any]:
    return {{"duration": "infused"}.get(key, key): value for key, value in told.items()}
