"""Spreads as papers word them: `SEM`, `CV 30`, `95% CI`, `IQR 12-38`, `{SD: 5.4}`, `{events: 8, total: 27}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

KINDS = {
    "sd": "SD", "s.d.": "SD", "standard deviation": "SD", "se": "SE", "sem": "SE", "s.e.m.": "SE", "s.e.": "SE",
    "standard error": "SE", "standard error of the mean": "SE", "iqr": "IQR", "interquartile range": "IQR",
    "quartiles": "IQR", "range": "range", "min-max": "range", "minimum-maximum": "range", "min to max": "range",
    "95% ci": "95 % interval", "95 % ci": "95 % interval", "ci": "95 % interval", "ci95": "95 % interval",
    "95%ci": "95 % interval", "95% interval": "95 % interval", "95 % confidence interval": "95 % interval",
    "95% confidence interval": "95 % interval", "confidence interval": "95 % interval",
    "95% credible interval": "95 % interval", "none": "unstated", "unstated": "unstated",
    "none given": "unstated", "not given": "unstated", "n/a": "unstated", "na": "unstated",
    "direction": "direction", "direction only": "direction", "not stated": "unstated", "not reported": "unstated",
    "nr": "unstated", "unknown": "unstated", "binomial": "binomial",
    "proportion": "binomial", "count": "binomial", "counts": "binomial",
    "at least": "lower bound", "≥": "lower bound", ">": "lower bound", ">=": "lower bound", "at most": "upper bound",
    "lower bound": "lower bound", "upper bound": "upper bound", "below the limit of detection": "upper bound",
    "≤": "upper bound", "<": "upper bound", "<=": "upper bound", "null": "null", "no change": "null",
    "no difference": "null", "not significant": "null", "n.s.": "null", "ns": "null",
}  # fmt: skip
OF_90 = ("90% ci", "90 % ci", "90%ci", "90 % interval", "90% interval", "90% confidence interval")
OF_VARIATION = ("cv", "cv%", "%cv", "cv %", "coefficient of variation", "geometric cv", "gcv")
KEYS = {
    "successes": "events", "count": "events", "responders": "events", "total": "of", "n": "of", "lower": "low",
    "min": "low", "minimum": "low", "q1": "low", "upper": "high", "max": "high", "maximum": "high", "q3": "high",
}  # fmt: skip
HALF_90, HALF_95 = 1.6448536269514722, 1.959963984540054
_NUMBER = r"-?\d+(?:\.\d+)?"


def worded_spread(value: Any, of: Any) -> Any:
    """Write a spread as the form has it.

    Args:
        of: the value that it is the spread of, for a coefficient of variation.
    Example:
        >>> worded_spread("SEM 2.5", 10)
        {'kind': 'SE', 'value': 2.5}
        >>> worded_spread({"kind": "CV", "value": 30}, 20)
        {'kind': 'SD', 'value': 6.0}
    """
    if value is None:
        return {"kind": "unstated"}
    if isinstance(value, str):
        value = _from_text(value)
    if not isinstance(value, Mapping):
        return value
    found = {KEYS[key] if key in KEYS and KEYS[key] not in value else key: part for key, part in value.items()}
    if "kind" not in found:
        for key in [key for key in found if isinstance(key, str) and key.lower() in KINDS]:
            part = found.pop(key)
            found["kind"] = key
            pair = part if isinstance(part, list) else None
            found |= {"low": pair[0], "high": pair[1]} if pair and len(pair) == 2 else {"value": part}
    kind = found.get("kind", "")
    if kind is None:  # YAML's own null, which was meant as a word
        return {**found, "kind": "null"}
    if not isinstance(kind, str) or not kind:
        return found
    word = kind.strip().lower()
    low, high, size = (found.get(key) for key in ("low", "high", "value"))
    if word in OF_VARIATION and isinstance(size, int | float) and isinstance(of, int | float):
        return {**found, "kind": "SD", "value": round(abs(of) * size / 100, 12)}
    if word in OF_90 and isinstance(low, int | float) and isinstance(high, int | float):
        return {"kind": "SE", "value": (high - low) / 2 / HALF_90}
    unclear = re.match(r"(?:not|un)\s?(?:stated|said|given|reported|clear|known|specified|labelled)\b", word)
    return {**found, "kind": "unstated" if unclear else KINDS.get(word, kind)}


def _from_text(text: str) -> Any:
    told = text.strip().replace("±", "").strip()
    if told.lower() in KINDS:
        return {"kind": told}
    pair = rf"(?P<low>{_NUMBER})\s*(?:-|–|to|,)\s*(?P<high>{_NUMBER})"
    ends = re.fullmatch(rf"(?P<kind>.*?)[\s:]*[(\[]?{pair}[)\]]?", told) or re.fullmatch(
        rf"[(\[]?{pair}[)\]]?\s*\(?(?P<kind>[A-Za-z][\w %]*?)\)?", told
    )
    if ends is not None and ends["kind"].strip().lower() in {*KINDS, *OF_90}:
        return {"kind": ends["kind"].strip(), "low": float(ends["low"]), "high": float(ends["high"])}
    one = re.fullmatch(rf"(?P<kind>[A-Za-z. ]+?)[\s:]*(?P<value>{_NUMBER})\s*%?", told) or re.fullmatch(
        rf"(?P<value>{_NUMBER})\s*%?\s*\(?(?P<kind>[A-Za-z. ]+?)\)?", told
    )
    if one is not None and one["kind"].strip().lower() in {*KINDS, *OF_VARIATION}:
        return {"kind": one["kind"].strip(), "value": float(one["value"])}
    return text


_COUNTED = re.compile(
    r"(?P<those>\d+)\s*(?:of|/|out of)\s*(?P<of>\d+)\s*(?:were |was |had |lay )?"
    r"(?P<side>below|under|less than|at most|<=?|≤|not detect\w*|undetect\w*|above|over|more than|at least|>=?|≥)\s*"
    r"\(?[<≤>≥]?\s*(?P<level>\d+(?:\.\d+)?)\)?",
    re.I,
)


def counted_below(value: Any, n: Any) -> dict[str, Any]:
    """Read how many lay below a level, `10 of 11 below 85`, as the bound that it sets to the median.

    Where half lie on either side, or the words are others, nothing is given.

    Example:
        >>> counted_below("10 of 11 below 85", None)
        {'value': 85.0, 'spread': {'kind': 'upper bound'}, 'statistic': 'median', 'n': 11}
    """
    match = _COUNTED.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return {}
    below, of = int(match["those"]), int(match["of"])
    if re.match(r"(?:>|≥|above|over|at least|more)", match["side"], re.I):
        below = of - below
    if below > of or below < 0 or 2 * below == of:
        return {}
    kind = "upper bound" if 2 * below > of else "lower bound"
    return {"value": float(match["level"]), "spread": {"kind": kind}, "statistic": "median", "n": n or of}
