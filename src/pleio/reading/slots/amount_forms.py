"""How doses and times are printed: "1, 10 or 100 ng/ml", "5 mg kg−1 day−1", "50-mg dose", "24-h exposure", "week 12".

A dose is one or more numbers, a unit of mass, amount, concentration or activity, and what it is given per.  A time is a
span ("48 h", "two weeks") in words that say how long or when, or a point of a schedule ("week 12").
"""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,]\d+)*"
_POWER = r"(?:\s?[x×]\s?10\s?\^?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})?"
_JOIN = r"(?:\s?[-–−]\s?|\sto\s|,\s(?:and\s|or\s)?|\s(?:and|or)\s|\s?/\s?(?=\d))"

# what a dose is of, and what it is per
_MASS = r"(?:(?:pico|nano|micro|milli)?grams?|(?:micro|milli|nano)g|[pnuµμm]g|mcg|ng|g)"
_MOLES = r"(?:[pnuµμmf]?mol(?:es)?|(?:micro|nano|milli|pico)mol(?:ar|es)?|[fpnuµμm]M)"
_ACTIVITY = (
    r"(?:(?:million |thousand )?(?:international )?[Uu]nits?|(?:million )?[kmM]?I?U|vg|gc|PFU|pfu|CFU|cfu|TCID50|c?Gy|"
    r"m?J|pp[mb])"
)
_VOLUME = r"(?:[uµμ]l|ml|mL|[uµμ]L)(?=\s?(?:/|per)\s?k?g)"
_WHOLE = (
    r"(?:kg|g|mg|[cm]m?2|[cm]m?²|[dmuµμ]?[lL]|litre|liter|day|d|hr?|hour|min|week|wk|dose|animal|mouse|rat|head|well|"
    r"dish|eye|embryo|site|injection|joint|knee)"
)
_BODY = r"(?:\s?(?:of\s)?(?:body[ -]?weight|b\.?w\.?t?|BW))?"
_PER = rf"(?:\s?(?:/|\bper\b)\s?{_WHOLE}(?![\w²]){_BODY}|[\s·.]?{_WHOLE}\s?(?:[-−–⁻]\s?[1¹]))"
DOSE = re.compile(
    rf"(?<![\w.^+-])(?<![=±] )(?P<dose>(?:{_NUMBER}{_POWER}{_JOIN}){{0,6}}{_NUMBER}{_POWER}[\s-]?"
    rf"(?:{_MASS}|{_MOLES}|{_ACTIVITY}|{_VOLUME})(?:{_PER}){{0,3}})(?![\w/²]|[-−–⁻]\d)"
    rf"|(?<![\w.])(?P<share>{_NUMBER}\s?%)(?=\s(?:\((?:w|v)/v\)\s)?(?:in\s(?:the\s|their\s)?(?:drinking\s)?"
    rf"(?:water|diet|chow|food|milk)|cream|ointment|gel|solution|dextran|DSS|TNBS|ethanol|imiquimod|formalin|oxazolone)\b)"
)
"""One dose as printed; group `dose`, or `share` for "2.5% in drinking water"."""

RATE = re.compile(
    r"(?:/|\bper\b|grams?$|M$|IU$|U$|[Uu]nits?$|mol$|molar$|[mµμn]g$|mcg$|vg$|gc$|pfu$|Gy$|pp[mb]$|%$|[-−–⁻]\s?[1¹]$)",
    re.I,
)
"""What tells a dose from a mere weight or volume; a plain "2 g" must be given on a schedule."""
SCHEDULED = re.compile(r"\)?\s?(?:once|twice|three times|daily|every|weekly|b\.?i\.?d|t\.?i\.?d|q\.?d)\b", re.I)

_WORDS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|eighteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|ninety)(?:-(?:one|two|four|five|six|eight))?)"
)
_LONG = r"(?:hours?|minutes|days?|weeks?|months?|years?)"
_TIME = r"(?:hours?|hrs?|h|min(?:ute)?s?|seconds?|secs?|s|days?|d|weeks?|wks?|months?|mos?|years?|yrs?)"
_MANY = rf"(?:{_NUMBER}(?:\s?{_TIME})?{_JOIN}){{0,5}}{_NUMBER}"
SPAN = rf"(?:{_MANY}\s?{_TIME}|{_WORDS}\s{_LONG})"
"""A time as printed: "24 h", "6 or 24 h", "two weeks"."""

_GIVEN = (
    r"(?:treatment|pre-?treatment|exposure|incubation|pre-?incubation|stimulation|infusion|course|administration|treated|"
    r"trial|study|period|regimen|therapy|dosing|feeding|intervention)"
)
_NOT_AFTER = (
    r"(?!\s(?:of (?:initiation|starting|birth|onset|life|age|diagnosis|the start|gestation|pregnancy|follow-up)|old|"
    r"after birth|each|every|per|a week|a month|apart|earlier|ago|previously))"
)
_ROUGH = (
    r"(?:up to |at least |about |approximately |~\s?|a further |an additional |another |(?:a total|a period) of |"
    r"the (?:first|last|final|next|entire) )?"
)
_EVENT = (
    r"(?:treatment|injection|stimulation|infusion|dosing|dose|exposure|administration|challenge|transfection|infection)"
)
DURATION = re.compile(
    rf"\b(?:for|over|during|lasting|throughout|within|at|by|until|through)\s(?:the\s)?{_ROUGH}(?P<a>{SPAN})\b(?!-)"
    rf"{_NOT_AFTER}"
    rf"|\b(?P<b>{_NUMBER})[- ](?P<unit>h|hr|hour|min|minute|day|d|week|wk|month|mo|year)s?[-, ]+"
    rf"(?:(?!old\b)[^\s.;:()]{{1,20}}\s){{0,3}}?{_GIVEN}\b"
    rf"|\b(?:after|following)\s{_ROUGH}(?P<c>{SPAN})\b(?!-)(?!\s(?:after|later))"
    rf"|(?<=[(,;]\s)(?P<d>{_MANY}\s?{_TIME})(?=[);,])|\((?P<e>{_MANY}\s?{_TIME})\)"
    rf"|(?:\b(?:at|by|on|until|through|to)\s(?:study\s)?|(?<=[(,;]\s)|\()(?P<f>(?:week|month|day) \d+)\b"
    rf"(?!,?\s(?:and|or)\s\d)"
    rf"|(?<=[(,;]\s)(?P<g>{_MANY}\s?{_TIME})\s(?:before|prior to|pre-?treatment|pre-?incubation)\b"
    rf"|(?<!\w)(?P<h>{_MANY}\s?{_TIME})\s(?:later\b|post[- ]?{_EVENT}\b|after\s(?=(?:the\s|an?\s)?"
    rf"(?:[a-z]+\s(?:of|with)\s)?(?:[A-Zα-ω]|{_EVENT}\b)))"
    rf"|(?<![\w-])(?P<j>{_WORDS}\s{_LONG})\s(?:later\b|of\s(?:[\w-]+\s){{0,3}}?(?:therapy|{_EVENT})\b|"
    rf"after\s(?:the\s|an?\s)?(?:[A-Zα-ω]|{_EVENT}\b|[a-z]+(?:mycin|ab|ib|in)\b))"
    rf"|\b(?:on|for|over) (?P<n>{_NUMBER}) consecutive (?P<of>days|weeks)\b"
    rf"|\btime points? up to (?P<i>{SPAN})\b"
    rf"|\b(?P<k>overnight)\s(?:treatment|exposure|incubation|stimulation|culture)\b"
    rf"|\b(?:treat|incubat|stimulat|expos|cultur)ed\s(?:\S+\s){{0,6}}?(?P<l>overnight)\b",
    re.I,
)
"""A time that says for how long, or when; the named groups hold it as printed."""


def dose_in(match: re.Match[str]) -> str:
    """Give a dose as printed, with a space for the hyphen of "50-mg"."""
    text = (match["dose"] or match["share"]).strip()
    return re.sub(r"^([\d.,]+)-(?=[a-zA-Zµμ])", r"\1 ", text)


def time_in(match: re.Match[str]) -> str:
    """Give a time as printed, with a space for the hyphen of "24-h"."""
    if match["b"]:
        return f"{match['b']} {match['unit']}"
    if match["n"]:
        return f"{match['n']} {match['of']}"
    return next(match[k] for k in "acdefghijkl" if match[k])
