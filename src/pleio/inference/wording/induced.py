"""What a readout, or the name of cells, says was in the dish too: `LPS-induced TNF`, `TGFβ1-stimulated fibroblasts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .dish import alike
from .given import NOTHING

Entry = Mapping[str, Any]

_NAME = r"(?P<agent>[\wαβγκµμ]+(?:[- ][\wαβγκµμ]+)?)"
_INDUCED = re.compile(
    rf"{_NAME}[- ](?:induced|stimulated|treated|activated|driven|evoked|elicited|stimulation of|induction of)\s+", re.I
)
_UNDER = re.compile(
    r"(?:stimulated|treated|exposed|activated|primed|incubated|cultured)\s+(?:with|to|by|in)\s+(?:the presence of\s+)?"
    rf"{_NAME}",
    re.I,
)
_RESPONSE = re.compile(rf"(?P<of>.+?)\s+(?:in )?response to {_NAME}", re.I)
_BY_CELLS = re.compile(r"(?P<of>.+?)\s+(?:by|from|in|of)\s+(?:the\s+)?(?P<cells>[\w\s-]+s)", re.I)

_IN_A_DISH = re.compile(r"cells?\b|cytes?\b|blasts?\b|phages?\b|clasts?\b|cultures?\b|stroma\b|explants?\b", re.I)


def with_induced(entry: Entry, is_agent: Callable[[str], bool]) -> Entry:
    """Put what induced a readout, or stimulated cells, into the dish; the row is about it where nothing else was given.

    Args:
        is_agent: whether a name is that of something that can be put into a dish.
    """
    readout, stimulus = entry.get("readout"), entry.get("stimulus")
    dish = "stimulus" in entry or (_is_nothing(entry.get("regimen")) and _IN_A_DISH.search(_cells(entry)))
    if not isinstance(readout, str) or not dish:
        return entry
    told, inducing = _of_readout(readout, is_agent)
    if (match := _BY_CELLS.fullmatch(told)) and inducing == () and _INDUCED.search(match["cells"]):
        told = match["of"]
    cells = " ".join((match["cells"] if match else "", _cells(entry)))
    under = [*_INDUCED.finditer(cells), *_UNDER.finditer(cells)]
    found = [*inducing, *(name for one in under if (name := _agent(one, is_agent)))]
    if (match := _BY_CELLS.fullmatch(told)) and match["cells"].split()[-1].lower() in _cells(entry).lower():
        told = match["of"]  # whose it is, the population says
    if not found:
        return {**entry, "readout": told} if told != readout else entry
    named = [*re.split(r"\s*[,+;]\s*|\s+(?:and|plus|with)\s+", _words(stimulus)), _words(entry.get("beside"))]
    new = [one for one in dict.fromkeys(found) if not any(_within(one, name) for name in named)]
    entry = {**entry, "readout": told}
    if not new:
        return entry
    if _is_nothing(stimulus):
        return {**{key: part for key, part in entry.items() if key != "regimen"}, "stimulus": new[0]}
    before = entry.get("beside")
    return {**entry, "beside": [*(before if isinstance(before, list) else [before] if before else []), *new]}


def _of_readout(readout: str, is_agent: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """Give a readout without what induced it, and that."""
    if (match := _INDUCED.match(readout)) and (name := _agent(match, is_agent)):
        return readout[match.end() :], (name,)
    if (match := _RESPONSE.fullmatch(readout)) and is_agent(match["agent"]):
        return match["of"], (match["agent"],)
    return readout, ()


def _agent(match: re.Match[str], is_agent: Callable[[str], bool]) -> str:
    """Give the agent that a match names, of two words, of the last or the first; "" where it is none."""
    told = match["agent"]
    ends = re.split(r"[- ]", told)
    return next((name for name in (told, ends[-1], ends[0]) if is_agent(name)), "")


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and NOTHING.fullmatch(value.strip()) is not None)


def _cells(entry: Entry) -> str:
    people = entry.get("population")
    parts = people.values() if isinstance(people, Mapping) else [people]
    return " ".join(part for part in parts if isinstance(part, str))


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("agent", ""))
    return " ".join(map(_words, value)) if isinstance(value, list) else str(value or "")


def _within(agent: str, words: str) -> bool:
    """Whether words name an agent already, with an amount or without."""
    bare = re.sub(r"\d+(?:\.\d+)?\s*[munpµμ]?(?:g|mol|M)(?:/m?[lL])?.*", "", words).strip(" ,(")
    return alike(agent, bare, ())
