"""Units that disagree: one number for one agent in two units a thousand-fold apart, or a concentration nobody uses."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ...base.units import Dimension, parse
from ..documents.structure import Passage
from ..names.mention import Mention
from .finding import ERROR, WARNING, Finding
from .page import Page

_AMOUNT = re.compile(
    r"(?<![\w.–-])(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>(?:[pnuµμmk]|mc)?g\s?/\s?(?:[mµμud]?[lL]|kg|m2|day|d|g)|"
    r"[pnuµμm]M(?![\w/])|(?:k|M)?Da(?!\w)|(?:[nuµμm]|mc)?g(?![\w/])|"
    r"(?:hours?|hrs?|h|minutes?|min|days?)(?![\w/]))"
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])")
_IN_CULTURE = re.compile(
    r"\b(?:cells?|cultures?|in vitro|treat\w*|stimulat\w*|incubat\w*|medium|maintain\w*|expos\w*|hepatocytes|"
    r"fibroblasts)\b",
    re.I,
)
_APPOSED = re.compile(
    r"(?:,|\s\()\s?(?:an?|the)\s[^,;()]{1,60}\s(?:to|of|for|against|targeting|that\s\w+|which\s\w+)\s"
)
_OF = re.compile(r"(?:\sof)?(?:\s(?:the|recombinant|purified|soluble|human|murine|mouse|rat|rh|rm)){0,3}\s")
IMPLAUSIBLE = 1e-4  # g/mL: proteins are given to cells at pg/mL to µg/mL
_MASS_CONCENTRATION = parse("g/mL").dimension
_TIME = parse("h").dimension
_MASS = parse("g").dimension
_THOUSANDS = 59  # the least ratio of units that are confused; seconds, minutes and hours differ by 60
_SPUN = re.compile(r"centrifug|\bspun\b|pellet|[×x]\s?$", re.I)
_NAMED_TIMES = 20  # hours and days of one half-life
_USUAL_DOSE = 1e-8 * parse("g/mL").factor  # of a signalling protein on cells
_USUAL_MASS = 30 * parse("kDa").factor  # of a protein


@dataclass(frozen=True)
class Amount:
    """An amount on the page: its number, unit, agent (CURIE or label, empty where none is named), and place."""

    value: float
    unit: str
    factor: float
    dimension: Dimension
    agent: str
    protein: bool
    start: int
    end: int
    in_culture: bool
    what: str
    cited: bool = False


def check_units(page: Page) -> Iterator[Finding]:
    """Report amounts whose unit disagrees with the same amount elsewhere, and implausible concentrations."""
    amounts = [
        a for p in page.outline.passages if p.kind not in ("reference", "residue", "heading") for a in _amounts(page, p)
    ]
    amounts += _tabled(page)
    reported: set[int] = set()
    groups: dict[tuple[float, Dimension], list[Amount]] = defaultdict(list)
    for amount in amounts:
        groups[amount.value, amount.dimension].append(amount)
    for same in groups.values():
        for wrong, right in _disagreeing(same):
            if wrong.start not in reported:
                reported.add(wrong.start)
                yield page.finding(
                    "unit_error",
                    ERROR,
                    wrong.start,
                    wrong.end,
                    f"{page.text[wrong.start : wrong.end]} here, {page.text[right.start : right.end]} elsewhere "
                    f"for the same amount: "
                    f"they differ {max(wrong.factor, right.factor) / min(wrong.factor, right.factor):,.0f}-fold",
                    page.text[right.start : right.end],
                    f"line {page.document.line_of(right.start)} of this page",
                )
    for amount in amounts:
        mass = amount.value * amount.factor
        if amount.start in reported or amount.dimension != _MASS_CONCENTRATION or not amount.protein:
            continue
        if mass >= IMPLAUSIBLE * parse("g/mL").factor and amount.in_culture:
            yield page.finding(
                "unit_error",
                WARNING,
                amount.start,
                amount.end,
                f"{page.text[amount.start : amount.end]} of a signalling protein on cells is implausibly high",
                "check the unit; ng/mL is usual",
                "proteins are given to cells at pg/mL to µg/mL",
            )


def _amounts(page: Page, passage: Passage) -> Iterator[Amount]:
    text = passage.text
    breaks = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    mentions = [m for m in page.mentions(passage) if m.is_molecule]
    cells = [m for m in page.mentions(passage) if m.category == "cell"]
    for match in _AMOUNT.finditer(text):
        written = re.sub(r"\s", "", match["unit"]).replace("μ", "µ")
        unit = parse(_spelled(written))
        left = max(b for b in breaks if b <= match.start())
        right = min((b for b in breaks if b > match.start()), default=len(text))
        agent = _agent(text, mentions, left, right, match.start(), match.end())
        start, end = passage.source(match.start(), match.end())
        what = _quantity_name(text[left : match.start()])
        if written.endswith("Da"):
            what = "mass"
        if written == "g" and (agent is None or _SPUN.search(text, left, right)):
            continue  # of gravity
        if unit.dimension == _TIME and not what:
            continue  # durations differ between experiments; only a named time (half-life) has one value
        yield Amount(
            float(match["value"]),
            written,
            unit.factor,
            unit.dimension,
            (agent.curie or agent.label) if agent else "",
            agent is not None and agent.category in ("gene", "family"),
            start,
            end,
            bool(_IN_CULTURE.search(text, left, right)) or any(left <= m.start < right for m in cells),
            what,
            any(start <= mark.start <= passage.source(right - 1, right)[1] for mark in passage.citations),
        )


def _tabled(page: Page) -> Iterator[Amount]:
    """Amounts in tables whose heads say what is measured: each of the molecule that its row names first."""
    for table in page.outline.tables:
        heads = [_quantity_name(cell.text) for cell in table.rows[0].cells] if table.rows and not table.infobox else []
        for row in table.rows[1:] if any(heads) else ():
            named = [m for cell in row.cells for m in page.gazetteer.find(cell.text) if m.is_molecule]
            for what, cell in zip(heads, row.cells, strict=False):
                match = _AMOUNT.match(cell.text.strip("~≈ ")) if what else None
                if match is None or not named:
                    continue
                unit = parse(_spelled(re.sub(r"\s", "", match["unit"]).replace("μ", "µ")))
                at = cell.text.find(match[0])
                yield Amount(
                    float(match["value"]), match["unit"], unit.factor, unit.dimension, named[0].curie or named[0].label,
                    named[0].category in ("gene", "family"), *cell.body.source(at, at + len(match[0])), False, what,
                    bool(cell.body.citations),
                )  # fmt: skip


def _spelled(unit: str) -> str:
    return {
        "hours": "h",
        "hour": "h",
        "hrs": "h",
        "hr": "h",
        "minutes": "min",
        "minute": "min",
        "days": "d",
        "g/m2": "g/m^2",
    }.get(unit, unit.replace("mcg", "ug").replace("m2", "m^2").replace("/day", "/d"))


def _quantity_name(before: str) -> str:
    match = re.search(r"half-?life|t1/2|tmax|terminal phase|\b[IE]C50|\bK[id]\b", before[-80:], re.I)
    return match[0].lower().replace("-", "") if match else ""


def _agent(text: str, mentions: list[Mention], left: int, right: int, start: int, end: int) -> Mention | None:
    """Give the molecule an amount is of: the nearest named before it in the sentence, else just after it."""
    before = [m for m in mentions if left <= m.start and m.end <= start]
    for index in range(len(before) - 1, -1, -1):
        if not index or not _APPOSED.fullmatch(text, before[index - 1].end, before[index].start):
            return before[index]  # "X, an antibody against Y, at 5 mg/kg": it is X that is given
    after = [m for m in mentions if end <= m.start < right and _OF.fullmatch(text, end, m.start)]
    return after[0] if after else None


def _disagreeing(same: list[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Pair each odd amount with one that it disagrees with: the rarer unit is odd, and of two the larger."""
    by_unit: dict[float, list[Amount]] = defaultdict(list)
    for amount in same:
        by_unit[amount.factor].append(amount)
    if len(by_unit) < 2:
        return
    for factor, group in by_unit.items():
        for amount in group:
            for other_factor, others in by_unit.items():
                ratio = max(factor, other_factor) / min(factor, other_factor)
                if ratio < (_NAMED_TIMES if amount.what and amount.dimension == _TIME else _THOUSANDS):
                    continue
                protein = amount.protein or others[0].protein
                if _likelihood(group, amount, protein) > _likelihood(others, others[0], protein):
                    continue
                partner = next((o for o in others if _comparable(amount, o)), None)
                if partner is not None:
                    yield amount, partner
                    break


def _likelihood(same: list[Amount], amount: Amount, protein: bool) -> tuple[float, ...]:
    """Rank units: the commoner one is right, of two equally common ones the more usual, the cited, the smaller.

    Of plain doses the smaller is right, cited or not: a microgram is taken for a milligram, seldom the other way.
    """
    size = amount.value * amount.factor
    usual = _USUAL_MASS if amount.what == "mass" else 0.0
    if amount.dimension == _MASS_CONCENTRATION and protein:
        usual = _USUAL_DOSE
    odd = abs(math.log10(size / usual)) if usual and size > 0 else 0.0
    plain = amount.dimension == _MASS and not amount.what
    return len(same), -odd, amount.cited and not plain, -size


def _comparable(a: Amount, b: Amount) -> bool:
    if a.what != b.what:
        return False
    return a.agent == b.agent or not a.agent or not b.agent
