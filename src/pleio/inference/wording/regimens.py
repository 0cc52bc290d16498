"""Regimens and times as papers word them: `5 mg/kg i.p. twice weekly for 3 weeks`, `q3w`, `day 21`, `at week 4`."""

from __future__ import annotations

import re
from typing import Any

from ...base.errors import InputError
from ...base.quantities import parse_quantity

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "third": 3, "fourth": 4, "second": 2,
}  # fmt: skip
TIMES = {"once": 1, "twice": 2, "thrice": 3}
UNITS = {
    "d": "d", "day": "d", "days": "d", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "w": "wk",
    "wk": "wk", "wks": "wk", "week": "wk", "weeks": "wk", "m": "month", "month": "month", "months": "month",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "y": "yr", "yr": "yr", "yrs": "yr", "year": "yr",
    "years": "yr", "s": "s", "sec": "s", "second": "s", "seconds": "s",
}  # fmt: skip
DAYS = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "month": 30.4375, "yr": 365.25, "min": 1 / 1440, "s": 1 / 86400}
EACH = {"day": 1.0, "daily": 1.0, "week": 7.0, "weekly": 7.0, "month": 30.4375, "monthly": 30.4375}

_COUNT = r"(?:\d+|" + "|".join(NUMBERS) + ")"
_APART = r"(?:\d+(?:\.\d+)?|" + "|".join(NUMBERS) + ")"
_UNIT = r"(?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")"
_NUMBER = r"\d+(?:[.,]\d+)*"
_TO = r"\s*(?:-|–|to)\s*"
_EACH = "|".join(sorted(EACH, key=len, reverse=True))
_EVERY: tuple[tuple[str, str], ...] = (
    (
        rf"(?P<times>once|twice|thrice|{_COUNT}\s*(?:times|[x×]))\s*(?:a|per|each|every|/|)\s*(?P<each>{_EACH})\b",
        "",
    ),
    (rf"(?:once\s+)?(?:every|each)\s+(?P<count>{_APART})(?:{_TO}\d+)?\s*(?P<unit>{_UNIT})\b", ""),
    (rf"\bq\.?\s*(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>{_UNIT})\b", ""),
    (r"\b(?:every (?:other|second) days?|(?:on )?alternate[- ]days?|q\.?o\.?d\.?)(?![a-z])", "2 d"),
    (r"\b(?:b\.?i\.?d\.?)(?![a-z])", "0.5 d"),
    (r"\b(?:t\.?i\.?d\.?)(?![a-z])", f"{1 / 3:.10g} d"),
    (r"\b(?:fortnightly|every other week)\b", "14 d"),
    (r"\b(?:(?:once[- ])?daily|(?:every|each|per) day|q\.?d\.?|o\.?d\.?)(?![a-z])|/\s*(?:d|day)\b", "1 d"),
    (r"\b(?:(?:once[- ])?weekly|(?:every|each|per) week|q\.?w\.?)(?![a-z])|/\s*(?:wk|week)\b", "7 d"),
    (r"\b(?:(?:once[- ])?monthly|(?:every|each|per) month|q\.?m\.?)(?![a-z])|/\s*month\b", "30.4375 d"),
)  # fmt: skip
"""Patterns of how often, the more particular first, each with the interval that it means unless its groups say."""
_ROUTES: tuple[tuple[str, str], ...] = (
    (r"subcutaneous(?:ly)?|subcut\.?|s\.?\s?c\.?|s\.?q\.?", "subcutaneous"),
    (r"intravenous(?:ly)?|i\.?\s?v\.?|tail[- ]vein|vein", "intravenous"),
    (r"intraperitoneal(?:ly)?|i\.?\s?p\.?", "intraperitoneal"),
    (r"intramuscular(?:ly)?|i\.?\s?m\.?", "intramuscular"),
    (r"oral(?:ly)?|per os|p\.?o\.?|gavage|by mouth", "oral"),
    (r"intracerebroventricular(?:ly)?|i\.?\s?c\.?\s?v\.?|intracerebral(?:ly)?", "brain"),
)  # fmt: skip
_NOISE = (
    r"\b(?:as an?|via|by|the|for|injections?|injected|infusions?|infused|bolus(?:es)?|administered|administration|"
    r"given|slow|rapid|dos(?:es?|ing)|treatment|then|and|of|a|at|in total|total|route|into|until (?:death|the end)|"
    r"lifelong|for life|throughout(?: life)?|up to|median|(?:osmotic )?(?:mini-?)?pumps?)\b|[,;:()+]"
)
_BODY = "animal|body|mouse|rat|dog|monkey|rabbit|patient|subject|person|head"
"""What a dose is a whole dose of: `100 µg/rat` is 100 µg."""
_UNITS_OF_DOSE = r"(?:[munpk]|mc)?(?:g|mol|M|mole|Da)(?:\s*/\s*(?:kg|m[2²]|mL|ml|L|l))?"
_AMOUNT = rf"({_NUMBER})((?:{_TO}|\s+(?:and|or)\s+){_NUMBER})?\s*({_UNITS_OF_DOSE})(?![\w²])"
_IN_DOSES = (
    r"(\d+(?:\.\d+)?)(\s*[munp]?g(?:/kg)?)\s*(?:/|\bper\s+)\s*w(?:ee)?k\s*,?\s*(?:given\s+|divided\s+)*"
    r"(?:in(?:to)?|as)\s+(\d+|two|three|four|five|six|seven)\s+(?:divided\s+|equal\s+|weekly\s+)*"
    r"doses(?:\s+(?:weekly|(?:per|a|each) week))?"
)
_LASTED = (
    rf"(?P<least>{_COUNT})(?:(?:{_TO}|\s+or\s+)(?P<most>\d+))?(?:\s+consecutive)?[\s-]*"
    r"(?P<unit>days?|d|weeks?|wks?|w|months?|h|hours?)\b"
)
_AFTER_CHEMO = (
    r"(?:,\s*)?\b(?:(?:after|following|post|with|during|in)[\s-]+(?:the\s+)?(?:end of\s+)?"
    r"(?:(?:each|first|second|next|same|one)\s+)?"
    r"(?:chemo\w*|cycles?(?: of chemo\w*)?)|(?:no|without) chemo\w*)\s*$|"
    r"^(?:(?:the\s+)?same\s+)?chemo\w*\s*(?:\+|(?:plus|and|with|then|followed by)\b)\s*"
)
"""What a regimen says of chemotherapy: when it is given, and not what."""
_FROM_AN_INSULT = (
    r"\b((?:from|starting(?: at)?|beginning(?: at)?)\s+\d+(?:\.\d+)?\s*-?(?:min\w*|h\w*|d|days?))\s+(?:after|post)\s+"
    r"(?!chemo|start|dose)(?:the |an? )?[a-z]+(?: [a-z]+)?(?=,|;|$)"
)
"""A first dose so long after an injury, which is at time 0."""
_BESIDE_AN_INSULT = (
    r",?\s*\b(?:\d+(?:\.\d+)?\s*-?(?:min(?:utes?)?|h(?:ours?|rs?)?)\s+(?:before|after|prior to|post)|"
    r"at(?: the)?(?: time of)?)\s+"
    r"(?!chemo|start|steady|week|day|\d|dose|a dose|baseline|age|least|most)(?:the |an? )?[a-z]+(?: [a-z]+)?(?=,|;|$)"
)
"""When a dose was given by the clock of an injury, `30 min after LPS`: rows count from it, or from the first dose."""
_LEADING = (
    r"^(?:(?:an?|one|single|once|twice|daily|weekly|bolus|injections?|infusions?|of|i\.?\s?v\.?|s\.?\s?c\.?|"
    r"i\.?\s?p\.?|intravenous|subcutaneous|intraperitoneal|oral)\s+)+"
)
"""What may stand before an agent and is part of how it was given: `single IV bolus rhIL-11`."""
_START = (
    r"\b(?:starting|beginning|started|begun|from)\s+(?:at|on)?\s*"
    rf"(?:(day|week)\s*(\d+)|({_NUMBER}|one|the)\s*({_UNIT})\b(?: of age)?(?: on(?:wards?)?)?)"
    r"(?:\s+(?:after|post|from|following)\s+(?:the\s+)?(?:end of\s+|last day of\s+|completion of\s+)?chemo\w*)?"
)
_SINCE = (
    r"\s*(?:of (?:treatment|dosing|therapy|stimulation|age)|(?:of|in) culture|post[- ]?\w*(?: \w+)?|after (?:the )?"
    r"(?:first dose|start\w*|stimulation|treatment|dosing|injection|bleomycin|surgery|chemotherapy)(?: of \w+)?)$"
)
"""What a time is counted from, where that is time 0."""
_FALLEN = re.compile(
    r"(?:platelets?|plts?|thrombocytes?|counts?)\b.*(?:[<≤]|\bunder|\bbelow|\bless|\bf[ae]ll|\bdrop|\blow)|thrombocytop",
    re.IGNORECASE,
)
WHEN_LOW = "when low"
"""A first dose that hangs on how low a count has fallen, of which no day was printed."""


def _counted(text: str) -> int:
    return NUMBERS.get(text) or int(re.sub(r"\D", "", text))


def _taken(pattern: str, text: str) -> tuple[re.Match[str] | None, str]:
    """Find a pattern and give the text without it."""
    match = re.search(pattern, text)
    return match, text if match is None else f"{text[: match.start()]} {text[match.end() :]}"


def _often(text: str) -> tuple[str | None, str]:
    """Give the interval that is worded in a text, and the rest of it."""
    for pattern, meant in _EVERY:
        match, rest = _taken(pattern, text)
        if match is None:
            continue
        found = match.groupdict()
        if found.get("each"):
            times = TIMES.get(found["times"]) or _counted(re.sub(r"\s*(?:times|[x×])$", "", found["times"]))
            return f"{EACH[found['each']] / times:.10g} d", rest
        if found.get("unit"):
            count = NUMBERS.get(found["count"]) or found["count"]
            return f"{count} {UNITS[found['unit']]}", rest
        return meant, rest
    return None, text


def interval(text: str) -> str | None:
    """Give how far apart doses are, as a quantity; None where a text does not only say that.

    Example:
        >>> interval("three times a week"), interval("Q3W"), interval("biweekly")
        ('2.333333333 d', '3 wk', None)
    """
    found, rest = _often(text.lower())
    return None if found is None or re.sub(_NOISE, " ", rest).strip() else found


def prescribed(text: str) -> dict[str, Any] | None:
    """Read a phrase of a regimen: amount, route, how often, for how long; None where a part of it has no meaning.

    The keys of what is given are those that the phrase states.  `agent` is what stands before the amount.

    Example:
        >>> prescribed("5 mg/kg i.p. twice weekly for 3 weeks")
        {'amount': '5 mg/kg', 'every': '3.5 d', 'route': 'intraperitoneal', 'times': 6}
        >>> prescribed("once daily on days 1-5")["times"], prescribed("5 mg/kg for 7-14 days")["lasting"]
        (5, '7 to 14 d')
    """
    found: dict[str, Any] = {}
    rest = _doses(re.sub(r"\s+", " ", text.strip().replace("µ", "u").replace("μ", "u")))
    amount = re.search(_AMOUNT, rest)
    if amount is not None:
        unit = re.sub(r"\s", "", amount[3]).replace("mcg", "ug")
        ends = [re.sub(r"[^\d.,]", "", part).replace(",", "") for part in (amount[1], amount[2] or "") if part]
        found["amount"] = f"{' to '.join(ends)} {unit}"
        agent = re.sub(r"\s+(?:at|of|at a dose of)?\s*$", "", rest[: amount.start()]).strip(" ,:")
        if agent and not re.search(r"\b(?:once|twice|every|daily|weekly|single)\b", agent, re.IGNORECASE):
            found["agent"], rest = agent, rest[amount.start() :]
        rest = rest.replace(amount[0], " ", 1)
    rest = rest.lower()
    infused, rest = _taken(rf"\b(?:infusion |infused |given )?over\s+({_NUMBER})\s*(h|hr|hours?|min|minutes?)\b", rest)
    if infused is not None:
        found["duration"] = f"{infused[1]} {UNITS[infused[2]]}"
    days, rest = _taken(r"\b(?:on|from)?\s*days?\s*(\d+)\s*(?:-|–|to|through)\s*(?:day\s*)?(\d+)\b", rest)
    began, rest = _taken(_START, rest)
    if began is not None:
        count = {"one": "1", "the": "1"}.get(began[3], began[3])
        found["start"] = f"{began[2]} {UNITS[began[1]]}" if began[1] else f"{count.replace(',', '')} {UNITS[began[4]]}"
    lasted, rest = _taken(rf"(?:\b(?:for|over|during)\s+(?:up to\s+)?|[x×]\s*){_LASTED}", rest)
    doses = rf"(?:(?<![\w(])[x×]\s*(\d{{1,2}}\b)(?!\s*(?:{_UNIT})\b)|\b({_COUNT})\s+(?:doses|injections|infusions)\b)"
    number, rest = _taken(doses, rest)
    once, rest = _taken(r"\b(?:(?:one|a|as a)\s+)?single(?:\s+dose)?\b|\bone dose\b|\bonce only\b|\bonce$", rest)
    every, rest = _often(rest)
    if every is not None:
        found["every"] = every
    if lasted is None and days is None:
        lasted, rest = _taken(rf"\b{_LASTED}", rest)
    for pattern, route in _ROUTES:
        match, rest = _taken(rf"(?<![a-z])(?:{pattern})(?![a-z])", rest)
        if match is not None:
            found["route"] = route
            break
    if re.sub(_NOISE, " ", rest).strip(" ./-"):
        return None
    if once is not None:
        found["times"] = 1
    elif number is not None:
        found["times"] = _counted(number[1] or number[2])
    elif (span := _span(days, lasted)) is not None and every is None and days is None:
        found["lasting"] = " to ".join(f"{one:g}" for one in span) + " d"
    elif span is not None:
        found.setdefault("every", "1 d")
        between = parse_quantity(found["every"]).to("h") / 24
        counts = [max(1, round(each / between)) for each in span]
        found["times"] = counts[0] if len(set(counts)) == 1 else f"{counts[0]} to {counts[-1]}"
        if days is not None and int(days[1]) > 1:
            found.setdefault("start", f"{days[1]} d")
    return found


def _doses(text: str) -> str:
    """Spell units of doses as the form has them: `microg x kg(-1) x d(-1)` as `ug/kg/d`."""
    told = re.sub(r"\b(?:micro-?g(?:rams?)?|mcg)\b", "ug", text)
    told = re.sub(r"\bmilligrams?\b", "mg", told)
    told = re.sub(r"\s*/?\s*\(\s*kg\s*[·.*x×]\s*(?:d|day)\s*\)", "/kg/d", told)
    told = re.sub(r"\s*[·.*x×]?\s*\b(kg|d|day|wk|week)\s*(?:\(-1\)|\^?-1|⁻¹)", r"/\1", told)
    told = re.sub(rf"\s*(?:/|\bper)\s*(?:{_BODY})\b", "", told)
    told = _divided(told)
    return re.sub(r"\s+per\s+(?=kg|d\b|day|wk|week)", "/", told)


def _divided(text: str) -> str:
    """Write `15 ug/kg/wk in 5 doses` as the dose that it is each time: `3 ug/kg 5 times a week`."""
    match = re.search(_IN_DOSES, text, re.IGNORECASE)
    if match is None:
        return text
    often = _counted(match[3].lower())
    each = f"{float(match[1]) / often:.6g}{match[2]} {often} times a week"
    return f"{text[: match.start()]}{each}{text[match.end() :]}"


def _span(days: re.Match[str] | None, lasted: re.Match[str] | None) -> list[float] | None:
    """Give for how many days doses are given: "days 1-14", "for 2 weeks"; the least and the most of "for 7-14 days"."""
    if days is not None:
        return [float(int(days[2]) - int(days[1]) + 1)]
    if lasted is None:
        return None
    return [_counted(count) * DAYS[UNITS[lasted["unit"]]] for count in (lasted["least"], lasted["most"]) if count]


def led_by_agent(text: str) -> str:
    """Write a regimen with its agent first and without what it says of chemotherapy.

    Example:
        >>> led_by_agent("single IV bolus rhIL-11 1000 µg/kg after chemotherapy")
        'rhIL-11 1000 µg/kg single IV bolus'
    """
    told = re.sub(r"\bfrom (?:the )?day (?=after|following)", "from 1 d ", text.strip(), flags=re.IGNORECASE)
    told = re.sub(r"\s*,?\s*\b(?:until|(?:up )?to (?:platelet )?recovery)\b.*$", "", told, flags=re.IGNORECASE)
    told = re.sub(r"\bfrom (?:the )?day before (?=chemo)", "from 0 d after ", told, flags=re.IGNORECASE)
    told = re.sub(_FROM_AN_INSULT, r"\1", told, flags=re.IGNORECASE)
    told = re.sub(_BESIDE_AN_INSULT, "", told, flags=re.IGNORECASE)
    told = re.sub(r"\bd(\d+)\s*(?:-|–|to)\s*d?(\d+)\b", r"days \1-\2", told)
    began = re.search(_START, told.lower())
    if began is None or not re.search(r"chemo", began[0]):
        told = re.sub(_AFTER_CHEMO, "", told, flags=re.IGNORECASE).strip()
    before = re.match(_LEADING, told, re.IGNORECASE)
    return told if before is None else f"{told[before.end() :]} {before[0].strip()}".strip()


def first_given(text: str) -> str | None:
    """Give when a first dose was given: a time, or `when low` where it hangs on how low a count has fallen.

    Example:
        >>> first_given("day 3"), first_given("when platelets fell below 50"), first_given("at relapse")
        ('3 d', 'when low', None)
    """
    return moment(text) or (WHEN_LOW if _FALLEN.search(text) else None)


_NO_MORE = re.compile(
    r"\b(?:nadir|peak|max\w*|min\w*|highest|lowest|cycles?|courses?|treatment|therapy|dosing|dose|baseline|phase|study|"
    r"trial|follow-?up|steady[- ]state|transplant\w*|admission|diagnosis|healed|disease|throughout|overall|"
    r"(?:not|none|un)[- ]?(?:printed|stated|reported|given|available|known)|n/?a)\b"
)
"""Words of a time that say no more than the readout, or that it was seen when it usually is."""


def when(text: str) -> str | None:
    """Give a time in words as a quantity; None where they say no more than the readout, `over the cycle`, `at nadir`.

    What is counted from something else than time 0, or is no time, stays as it is.

    Example:
        >>> when("28 days observed"), when("median day 13"), when("one cycle"), when("5 days after the last dose")
        ('28 d', '13 d', None, '5 days after the last dose')
    """
    if (found := moment(text)) is not None:
        return found
    told = text.lower()
    if (within := re.search(rf"\((?:about |approximately |~)?((?:day|week|month)s?\s*{_NUMBER})\)", told)) is not None:
        return moment(within[1])
    if re.fullmatch(r"until (?:recovery|healing|complet\w+|discharge|remission)\b[^\d]*", told):
        return None
    if re.search(r"\b(?:last|final|end|stop\w*|discontinu\w*|withdraw\w*|cessation|relapse|recovery)\b", told):
        return None if not re.search(r"\d", told) and _NO_MORE.search(told) else text
    spans = re.findall(rf"(?:day|week)s?\s*{_NUMBER}|{_NUMBER}\s*-?(?:{_UNIT})\b", told)
    if len(spans) == 1:
        return moment(spans[0]) or text
    return None if not spans and _NO_MORE.search(told) else text


def moment(text: str) -> str | None:
    """Give a time as a quantity: `day 21`, `week 4`, `2 weeks after the last dose` has none; None where it is no time.

    Of two ends its middle is meant.

    Example:
        >>> moment("day 21"), moment("at week 4"), moment("days 14-21"), moment("until cure")
        ('21 d', '4 wk', '17.5 d', None)
    """
    told = re.sub(r"^(?:at|on|after|by|in|approximately|about|~)\s+", "", text.strip().lower().replace(",", ""))
    told = re.sub(_SINCE, "", told)
    told = re.sub(r"^overnight$", "16 h", told)
    of = r"day|d|days|week|weeks|wk|month|months|hour|hours"
    if before := re.fullmatch(rf"({of})\s+[-−–]\s*({_NUMBER})", told):  # `day -1`, and not `day-1`
        return f"-{before[2]} {UNITS[before[1]]}"
    named = re.fullmatch(rf"({of})[\s-]*({_NUMBER})(?:{_TO}({_NUMBER}))?", told)
    if named is not None:
        return _middle(named[2], named[3], named[1])
    number = "|".join(NUMBERS)
    plain = re.fullmatch(rf"({_NUMBER}|{number})(?:{_TO}({_NUMBER}|{number}))?[\s-]*({_UNIT})", told)
    return None if plain is None else _middle(plain[1], plain[2], plain[3])


def _middle(first: str, last: str | None, unit: str) -> str | None:
    low, high = (float(NUMBERS.get(part, part)) for part in (first, last or first))
    try:
        return str(parse_quantity(f"{(low + high) / 2:g} {UNITS[unit]}"))
    except (InputError, KeyError):
        return None
