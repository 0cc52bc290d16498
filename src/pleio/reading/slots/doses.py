"""Doses and durations in a sentence: as printed, with the agent each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .amount_forms import DOSE, DURATION, RATE, SCHEDULED, dose_in, time_in
from .time_roles import role_of

_MEASURED = re.compile(
    r"\b(?:by|[IE]C\W{0,3}50(?: of|,| =|:)?|K[diD](?: of| =|:)?|affinity(?: of)?|above|exceed\w*|than|threshold of|"
    r"(?:levels?|concentrations?)(?: \w+){0,4} (?:was|were|is|are|averaged|reached|peaked at)|versus|vs\.?|"
    r"compared (?:with|to)|C ?max(?: of)?|"
    r"from|from \d[\d.,]*(?: ± [\d.]+)? to|"
    r"(?:rose|raised|fell|lowered|increased|decreased|reduced)\b[^,;()]{0,40} to)\s"
    r"(?:at least |about |more than |less than |up to |≥ ?|> ?|< ?)?$"
)
_EXPOSED = re.compile(
    r"\b(?:exposed|treated|stimulated|incubated|given|received|infused|cultured with|administered|dosed|challenged)\b"
    r"(?![^;]*\b(?:and then|then|before)\b)",
    re.I,
)


_LONGER = re.compile(
    r"\b(?:(?:prolong|delay|shorten|extend|lengthen|postpon)\w*\b[^,;.]{0,60}|"
    r"\w+(?:ed|fell|rose)\s(?:only |about |further )?)$"
)


_ILL = re.compile(
    r"\b(?:aged|ages?|history of|diagnosed with|suffer\w* from|ill with|ha[ds] had|smoked|followed(?: up)?|"
    r"stored|kept|enrolled)\b[^,;:.]{0,60}$",
    re.I,
)


_BACK = re.compile(r"\b(?:return\w*|back) to (?:baseline|normal|control)(?: levels?| values?)?\s?$")
_LOADING = re.compile(r",? (?:and|then|and then|followed by) every\s")


@dataclass(frozen=True)
class Amounts:
    """The doses of a sentence with their places, and its duration."""

    doses: tuple[tuple[int, str], ...] = ()
    duration: str | None = None
    spans: tuple[tuple[int, str], ...] = ()  # all durations that stand outside parentheses, with their places
    inner: tuple[tuple[int, str], ...] = ()  # durations that belong to the agent right before them
    seen: tuple[int, ...] = ()  # the places of those that only say when something was looked at

    @property
    def given(self) -> str | None:
        """The duration that says for how long something was given; none that says when it was looked at."""
        exposed = [time for at, time in self.spans if at not in self.seen]
        return self.duration if self.duration in exposed else next(iter(exposed), None)


@lru_cache(maxsize=256)  # each rule that wants the amounts of a sentence asks again
def amounts(text: str) -> Amounts:
    """Find doses and the duration in a sentence.

    Example:
        >>> found = amounts("IL11 (100 ng/ml) for 24 h had no effect.")
        >>> found.doses, found.duration
        (((6, '100 ng/ml'),), '24 h')
    """
    doses = tuple(
        (m.start(m.lastgroup or 0), dose_in(m))
        for m in DOSE.finditer(text)
        if (RATE.search(dose_in(m)) or SCHEDULED.match(text, m.end()))
        and not _MEASURED.search(text[max(0, m.start() - 60) : m.start()])
        and not _falls(dose_in(m))
    )
    plain: list[tuple[bool, str]] = []
    spans: list[tuple[int, str]] = []
    inner: list[tuple[int, str]] = []
    seen: list[int] = []
    for match in DURATION.finditer(text):
        found = time_in(match)
        at = match.start()
        longer = text[at : at + 3].lower() == "by " and not text.startswith(" of ", match.end())
        if longer and _LONGER.search(text[:at]):
            continue  # "prolonged by 5 days" says how much, not how long
        if _ILL.search(text[:at]) or _BACK.search(text[:at]) or _LOADING.match(text, match.end()):
            continue  # "had had asthma for 5 years", "back to baseline by 10 h", "for 4 weeks and every 4 weeks after"
        if is_inside(text, at + (text[at] == "(")):
            inner.append((at, found))
            continue
        role = role_of(text, at, match.end())
        if role == "seen":
            seen.append(at)
        if role != "before":
            spans.append((at, found))
            plain.append((bool(_EXPOSED.search(text[max(0, at - 90) : at])), found))
    exposed = [found for given, found in plain if given]
    duration = next(iter(exposed or [found for _, found in plain]), None)
    return Amounts(doses, duration, tuple(spans), tuple(inner), tuple(seen))


def is_inside(text: str, at: int) -> bool:
    """Say whether a place of a text is in round brackets."""
    return text.count("(", 0, at) > text.count(")", 0, at)


_BETWEEN = re.compile(
    r"\b(?:in|after|by|was|were|is|are|fell|rose|raised|lowered|increased|decreased|reduced|from|than|vitro|vivo|had|did)\b|\)\s\w|"
    r"\b(?:mRNA|proteins?|transcripts?|expression|secretion|release|levels?|phosphorylation|production) (?:at|with)\b"
)


def _falls(amount: str) -> bool:
    """ "62 to 31 ng/ml" tells what was measured; a range of doses rises."""
    ends = re.match(r"([\d.]+)\s?to\s?([\d.]+)", amount)
    return ends is not None and float(ends[1].rstrip(".")) > float(ends[2].rstrip("."))


_OF = re.compile(r"\s?(?:of\s)?(?:(?:recombinant|human|mouse|murine|rat|purified|soluble|active)\s)*")


def owner_of(at: int, length: int, agents: list[tuple[int, int, str]], text: str = "") -> tuple[int, str]:
    """Give the place and name of the agent that an amount belongs to: the one just before, else just after it."""
    before = [
        (at - end, start, name)
        for start, end, name in agents
        if end <= at and at - end < 45 and not (text and _BETWEEN.search(text[end:at]))
    ]
    after = [
        (start - at - length, start, name)
        for start, _, name in agents
        if start - at > 0
        and (start - at - length < 12 if not text else bool(_OF.fullmatch(text[at + length : start].lower())))
    ]
    near = min(after, default=None)
    found = near if near is not None and near[0] <= 4 else min(before, default=near or (0, -1, ""))
    return found[1], found[2]


_UNNAMED = re.compile(
    r"\b(?:the|this|same|either|both) (?:compounds?|drugs?|antibod(?:y|ies)|vectors?|inhibitors?|agents?|antagonists?|"
    r"agonists?|cytokines?|ligands?|peptides?|virus|vaccine)\s$",
    re.I,
)


_NAMED = re.compile(
    r"\b(?:by|with|or|and|of|to|inhibitor|agonist|antagonist|antibody)\s(?!this|the|an?\s)[\w-]*[a-z\d-]{4}\s$"
)


def doses_by_agent(
    found: Amounts, agents: list[tuple[int, int, str]], text: str = ""
) -> dict[str, list[tuple[int, str]]]:
    """Give each agent its doses, each with the place of the name it stands with; "" holds those of no agent near.

    Args:
        found: the amounts of a sentence.
        agents: the molecules of the sentence: start, end, and what they are called.
        text: the sentence, which says what stands in parentheses.
    """
    out: dict[str, list[tuple[int, str]]] = {}
    for at, dose in found.doses:
        close = text[max(0, at - 1) : at] == "("
        if close and _UNNAMED.search(text[: at - 1]):
            out.setdefault("", []).append((-1, dose))
            continue
        place, owner = owner_of(at, len(dose), [a for a in agents if not close or a[0] < at], text)
        if close and not owner and _NAMED.search(text[: at - 1]):
            continue  # of something that no table knows: "prevented by B (100 µM)"
        out.setdefault(owner, []).append((place, dose))
    return out
