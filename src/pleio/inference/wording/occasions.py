"""When a number was seen as a readout or a time words it: at its nadir, `platelet count on day 14`, over two cycles."""

from __future__ import annotations

import re
from typing import Any

from .relations import FALL, RISE
from .units import DOWN, UP

Entry = dict[str, Any]

_SEEN = re.compile(
    r"(?P<readout>.+?),?\s+(?:at|on|by|after)\s+(?P<time>(?:day|week|month)\s*\d+|\d+\s*-?(?:h|hours?|min|d|days?|wk|weeks?|"
    r"months?))",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"(?:(?:over|in|during|across|after)\s+)?(?:the\s+)?(?:(?:all|both|any|two|three|four|five|six|several|[2-9])"
    r"(?:\s+(?:planned|consecutive|chemotherapy))?\s+(?:cycles?|courses?)(?:\s+of\s+chemo\w*)?|(?:whole|entire)\s+"
    r"(?:course|treatment))",
    re.IGNORECASE,
)
_SHARE = re.compile(r"patients|transfus|thrombocytop|[<≤]|under|below|fraction|share|proportion|%", re.IGNORECASE)
_EXTREMES = (("peak", r"peak|c?max\w*|highest"), ("lowest", r"nadir|min(?:imum|imal)?|lowest"))
_LARGEST = re.compile(
    rf"(?:largest|greatest|maxim(?:um|al)|max|peak)\s+(?:mean\s+|median\s+)?(?P<way>{DOWN}|{UP})\s+(?:in|of)\s+(?P<of>.+)",
    re.IGNORECASE,
)
_OF_A_TIME = re.compile(
    r"peak|max|highest|nadir|\bmin|lowest|\bdays?\b|\btime|duration|half|\bauc|clearance|transfus|surviv|incidence|"
    r"patients|recover|shares?\b|fraction",
    re.IGNORECASE,
)
"""Words of a readout that is no level at one time, or says already that it is the highest or the lowest."""


def with_occasion(entry: Entry) -> Entry:
    """Write what a readout says of when it was seen as its time, and what a time says of the readout as its name."""
    return _with_extreme(_with_time(_with_course(entry)))


def _with_course(entry: Entry) -> Entry:
    """Read a share that was seen over several cycles as that of a course of them.

    Example:
        >>> _with_course({"readout": "transfused patients", "time": "two cycles"})
        {'readout': 'transfused patients in all cycles'}
    """
    readout, time = entry.get("readout"), entry.get("time")
    if not (isinstance(readout, str) and isinstance(time, str) and _COURSE.fullmatch(time.strip())):
        return entry
    if not _SHARE.search(readout) or re.search(r"cycle|course|days?\b|duration", readout, re.IGNORECASE):
        return entry
    return {key: part for key, part in entry.items() if key != "time"} | {"readout": f"{readout} in all cycles"}


def _with_time(entry: Entry) -> Entry:
    """Take the time out of a readout, `platelet count on day 14`, where the entry has none, or the same one.

    Example:
        >>> _with_time({"readout": "platelet count on day 14"})
        {'readout': 'platelet count', 'time': 'day 14'}
    """
    readout, time = entry.get("readout"), entry.get("time")
    match = _SEEN.fullmatch(readout.strip()) if isinstance(readout, str) else None
    if match is None or re.search(r"surviv", match["readout"], re.IGNORECASE):
        return entry
    if time is not None and re.findall(r"\d+", str(time)) != re.findall(r"\d+", match["time"]):
        return entry
    return {**entry, "readout": match["readout"], "time": match["time"] if time is None else time}


def _with_extreme(entry: Entry) -> Entry:
    """Read a level that was seen at its nadir, or at its peak, as the lowest, or the highest; no time is left then.

    Example:
        >>> _with_extreme({"readout": "platelet count", "time": "at nadir"})
        {'readout': 'lowest platelet count'}
        >>> _with_extreme({"readout": "largest fall in haemoglobin"})["readout"]
        'fall in lowest haemoglobin'
    """
    readout, time = entry.get("readout"), entry.get("time")
    if not isinstance(readout, str):
        return entry
    told, _, seen = readout.strip().partition(" at ")
    if way := _LARGEST.fullmatch(told):
        fell = re.fullmatch(DOWN, way["way"], re.IGNORECASE)
        return {**entry, "readout": f"{way['way']} in {'lowest' if fell else 'peak'} {way['of']}"}
    for word, words in () if _OF_A_TIME.search(told) else _EXTREMES:
        says = re.compile(rf"(?:at\s+)?(?:the\s+|its\s+)?(?:{words})", re.IGNORECASE)
        if says.fullmatch(seen) or (isinstance(time, str) and says.fullmatch(time.strip())):
            rest = {key: part for key, part in entry.items() if key != "time" or not says.fullmatch(str(part).strip())}
            return {**rest, "readout": _extreme(told, word)}
    return entry


def _extreme(readout: str, word: str) -> str:
    """Put `lowest` before what a readout is of: `fall in haemoglobin` as `fall in lowest haemoglobin`."""
    way, turns = (FALL.fullmatch(readout), "fall") if FALL.fullmatch(readout) else (RISE.fullmatch(readout), "rise")
    return f"{word} {readout}" if way is None else f"{turns} in {word} {way['of'] or way['before']}"
