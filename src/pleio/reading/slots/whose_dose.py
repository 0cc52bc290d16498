"""Which dose of a sentence is whose: doses that open a clause, that several agents share, that stand beside a name."""

from __future__ import annotations

import re

from ..draft import Draft
from ..things import Thing
from ..unit import Unit
from .doses import amounts

_TURN = re.compile(r"[,;]\s(?:and|but|whereas|while|although)?\s?|;\s")
_AT = re.compile(r"(?:and |but |whereas |while )?at (?:a (?:dose|concentration) of )?")


def opening_dose(unit: Unit, draft: Draft) -> str | None:
    """The dose that opens the clause of a verb: "…, and at 50 ng/ml it also caused B"."""
    if draft.verb < 0 or " at " not in unit.text:
        return None
    before = unit.text[: draft.verb - unit.body]
    start = max([0, *(m.end() for m in _TURN.finditer(before))])
    lead = _AT.match(unit.text, start)
    if lead is None:
        return None
    found = [dose for at, dose in amounts(unit.text).doses if at == lead.end()]
    return found[0] if found else None


_JOINT = re.compile(r"\s?(?:,|and|or|, and|, or|nor|/|\+|plus)\s?")


def shared(
    text: str, given: dict[str, list[tuple[int, str]]], agents: list[tuple[int, int, str]]
) -> dict[str, list[tuple[int, str]]]:
    """Give "A or B (10 ng/ml)" the dose for both, where it is the only one."""
    if sum(len(found) for found in given.values()) != 1:
        return given
    name, [(place, dose)] = next(iter(given.items()))
    order = sorted(agents)
    at = next((i for i, (start, _, key) in enumerate(order) if start == place and key == name), 0)
    out = dict(given)
    while at > 0 and _JOINT.fullmatch(text[order[at - 1][1] : order[at][0]]):
        at -= 1
        out.setdefault(order[at][2], [(order[at][0], dose)])
    return out


_FOR = re.compile(r"(?:\s\([^()]{1,40}\))?\sfor\s(?P<t>\d+(?:\.\d+)?\s?[a-z]+)")


def right_after(text: str, agents: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """The durations that stand right after an agent: "IL-13 for 14 days", "A (5 mg/kg) for 7 days"."""
    return [(name, m["t"]) for _, end, name in agents if (m := _FOR.match(text, end))]


_OPENED = re.compile(r"\s?\(")


def beside(unit: Unit, thing: Thing) -> tuple[str | None, str | None]:
    """Dose and duration right beside a name that no table knows: "mite extract (25 µg, 5 h)", "10 µM GM6001"."""
    at = unit.text.find(thing.name)
    if at < 0 or thing.mention is not None:
        return None, None
    end = at + len(thing.name)
    held = unit.text.find(")", end) if _OPENED.match(unit.text, end) else end + 3
    found = amounts(unit.text)
    close = [dose for place, dose in found.doses if end <= place <= held or place + len(dose) + 1 == at]
    times = [time for place, time in found.inner if end <= place <= held]
    return next(iter(close), None), next(iter(times), None)
