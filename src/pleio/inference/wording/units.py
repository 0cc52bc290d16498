"""Units as papers word them: `fold over unstimulated`, `% increase`, `% of baseline`, `×10⁹/L`, `K/µL`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
UP = r"increased?|rise|gain|elevation|expansion|higher|longer|extension|prolongation|more|greater"
DOWN = r"decreased?|reduction|fall|drop|decline|lower|shorter|loss|inhibition|suppression|less|fewer"
WHOLE = r"(?:all )?(?:patients|subjects|animals|mice|dose|total)|(?:\w+ ){0,2}cells?"
"""What a share is of, and no control."""
MORE = {"over": "higher", "above": "higher", "below": "lower", "under": "lower"}
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"^(?:[x×]\s*)?10\s*(?:\^|\*\*|\*|[eE])?\s*\+?(3|6|9|10|11|12)\s*/", r"10^\1/"),
    (r"^[x×]\s*(?=1[0e])", ""),
    (r"^(?:K|thousands?|k)\s*/\s*(?=[uµμ]L|mm)", "10^3/"),
    (r"^(?:millions?)\s*/", "10^6/"),
    (r"^(?:giga|G|Gpt)\s*/\s*(?=[lL]$)", "10^9/"),
    (r"^(?:/|per\s)\s*", "1/"),
    (r"\bmicrol(?:it(?:er|re)s?)?\b", "uL"),
    (r"\bmicrograms?\b", "ug"),
    (r"\bmilligrams?\b", "mg"),
    (r"\bper ?cent\b|\bpercentage\b|\bpct\b", "%"),
    (r"\s+per\s+", "/"),
    (r"\bminutes?\b", "min"),
    (r"\bhrs?\b", "h"),
    (r"\byears?\b|\byrs\b", "yr"),
    (r"(?<=[A-Za-z])\.(?=[A-Za-z])", "*"),
    (r"\bmcL\b", "uL"),
    (r"\b(?:mm3|mm³|cmm|cu mm)\b", "uL"),
    (r"^(?:cells?|platelets?|plts?)\s*/", "1/"),
    (r"\b(?:patients|subjects|events|mice|animals|points|transfusions)\b", "1"),
)
"""Spellings that a unit parser would not read, or would read as something else: `10E9` is 10^9 and not 10^10."""


_POINTS = re.compile(
    r"(?:%|per ?cent(?:age)?)[\s-]*points?(?:\s+(?P<way>higher|more|lower|less|fewer))?"
    r"(?:\s+(?:difference|than|over|versus|vs\.?)\b.*)?|pp|"
    r"(?:absolute |risk |% )*(?:absolute|risk) difference(?:\s+(?:in|of|,)?\s*(?:%|per ?cent))?",
    re.IGNORECASE,
)
"""How far apart two shares are."""
_RISKS = re.compile(r"(?:relative risk|risk ratio|rate ratio|RR)(?:\s+(?:vs\.?|versus|over)\s+.*)?", re.IGNORECASE)
_NORMAL = re.compile(r"(?:the )?normal(?: pool\w*| plasma| range| value| level)*", re.IGNORECASE)
"""What a level in per cent may be of: a pool of plasma, and no group."""


@dataclass(frozen=True)
class Worded:
    """What the words of a unit say.

    Attributes:
        unit: as the unit parser reads it.
        ending: what a readout in it ends in, such as `_change`; "" where the words say nothing of it.
        sign: -1 where a positive number is a fall.
        over: whom it is relative to, in the paper's words.
    """

    unit: str
    ending: str = ""
    sign: int = 1
    over: str = ""


def worded_unit(text: str) -> Worded:
    """Take a unit's words apart.

    Example:
        >>> worded_unit("% reduction vs IgG")
        Worded(unit='%', ending='_change', sign=-1, over='IgG')
        >>> worded_unit("x10^9/L").unit, worded_unit("fold (vs IgG)").over
        ('10^9/L', 'IgG')
    """
    told = re.sub(r"\((of|over|vs|versus|relative to|compared (?:with|to))\b([^()]*)\)", r"\1\2", text.strip())
    told = re.sub(r"\s+in (?:the )?(?:median|mean)(?: life ?span| survival)?$", "", told)
    told = re.sub(r"^((?:day|hour|week|h|d|min)\w*)\s+(?:after|from|post|since)\b.*$", r"\1", told, flags=re.IGNORECASE)
    if points := _POINTS.fullmatch(told):
        return Worded("%", "_difference", -1 if re.fullmatch("lower|less|fewer", points["way"] or "", re.I) else 1)
    if _RISKS.fullmatch(told):
        return Worded("1", "_relative_risk")
    share = r"%|percent|per cent|fraction|share|ratio|proportion"
    relation = re.fullmatch(
        rf"-?(?P<of>{share}|fold|times|x|×)[\s-]*(?P<way>{UP}|{DOWN}|changed?|difference)?"
        r"(?:\s*(?P<by>of|over|above|below|under|than|vs\.?|versus|relative to|compared (?:with|to)|to|from|in)\s+"
        r"(?:the\s+)?(?P<over>.+)|\s+(?P<times>(?:baseline|controls?|untreated|vehicle|normal)\b.*))?",
        told,
        re.IGNORECASE,
    )
    if relation is None:
        return Worded(_spelled(told))
    of, way, by, over = (relation[name] or "" for name in ("of", "way", "by", "over"))
    over = over or relation["times"] or ""
    per_cent = bool(re.fullmatch(r"%|percent|per cent", of, re.IGNORECASE))
    unit = "%" if per_cent else "fold" if re.fullmatch(r"fold|times|x|×", of, re.IGNORECASE) else "1"
    if re.fullmatch(r"(?:the )?(?:peak|maximum|maximal(?: \w+)?|max)", over, re.IGNORECASE):
        return Worded(unit, "_over_peak")
    if per_cent and not way and by in MORE:
        way = MORE[by]  # 30 % over the control is 130 % of it
    if way and unit == "fold" and not re.fullmatch(DOWN, way, re.IGNORECASE):
        return Worded(unit, "_ratio", 1, over)  # a 2-fold increase is to twice as much
    if way and per_cent:
        return Worded(unit, "_change", -1 if re.fullmatch(DOWN, way, re.IGNORECASE) else 1, over)
    if way:
        return Worded(_spelled(told))
    if not over and unit == "1":
        return Worded(told.lower() if told.lower() in ("ratio", "fraction") else unit)
    if (
        re.fullmatch(r"(?:all )?(?:patients|subjects|animals|mice|dose|total)|(?:\w+ ){0,2}cells?", over, re.IGNORECASE)
        or not over
        or (per_cent and _NORMAL.fullmatch(over))
    ):
        return Worded(unit)
    return Worded(unit, "_ratio", 1, over)


def _spelled(text: str) -> str:
    told = re.sub(r"(?<=10)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: "^" + match[1].translate(_SUPERSCRIPT), text)
    for pattern, ours in _SPELLINGS:
        told = re.sub(pattern, ours, told)
    return told
