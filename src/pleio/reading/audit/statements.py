"""Statements of the page that disagree: opposite effects in one context, one effect both asserted and hedged.

Two statements contradict each other only where subject, object, readout, question and context are the same; an effect
of a treatment is not set against a knock-out, nor a level in one disease against a level in another.  Where they
differ, an uncited statement is said to be unsupported here, and in what the nearest evidence differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..read import Rules
from ..statement import Statement
from .finding import INFO, WARNING, Finding
from .page import Page

_SIGNS = ("increases", "decreases")
_SAYS = {"increases": "increases", "decreases": "decreases", "no_effect": "has no effect on"}
MOST_COMPARED = 200  # statements about one effect


def check_statements(page: Page) -> Iterator[Finding]:
    """Report pairs of statements that cannot both hold as they stand, and claims made with two degrees of certainty."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    ends: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in Rules().read(page):
        pair = s.subject_id or s.subject.lower(), s.object_id or s.object.lower()
        if (s.relation in _SIGNS and s.status == "asserted") or (s.relation == "no_effect" and s.context):
            context = tuple((name, value.lower()) for name, value in s.context)
            groups[*pair, s.aspect, context, s.dose, s.duration].append(s)
        if (s.relation in _SIGNS or s.relation == "no_effect") and s.status != "refuted":
            ends[pair].append(s)
    opposed: set[int] = set()
    for group in groups.values():
        for finding in _opposed(page, group):
            opposed.add(finding.start)
            yield finding
        yield from _mixed(page, group)
    for same in ends.values():
        yield from (each for each in _unsupported(page, same) if each.start not in opposed)


def _opposed(page: Page, group: list[Statement]) -> Iterator[Finding]:
    first = group[0]
    for later in group[1:]:
        if (
            later.relation == first.relation
            or later.start == first.start
            or "speculative" in (later.modality, first.modality)
        ):
            continue
        uncited = later if not later.citations or first.citations else first
        other = first if uncited is later else later
        hedged = "hedged" in (later.modality, first.modality)
        line = page.document.line_of(other.start)
        yield page.finding(
            "contradiction",
            INFO if hedged else WARNING,
            uncited.start,
            uncited.end,
            f"here {uncited.subject} {_SAYS[uncited.relation]} {uncited.object}, in line {line} it "
            f"{_SAYS[other.relation]} it, and "
            "the page names no difference in context",
            "say in which species, tissue, dose or stage each was found, or keep the one that its source supports",
            _read_by(uncited, other),
        )
        return


def _unsupported(page: Page, same: list[Statement]) -> Iterator[Finding]:
    """Report uncited statements that the page's own evidence, from another context or question, does not bear out."""
    cited = [s for s in same if s.citations][:MOST_COMPARED]
    for s in [s for s in same if not s.citations and s.modality == "asserted" and s.relation in _SIGNS][:MOST_COMPARED]:
        others = [(each, differences(s, each)) for each in cited if each.start != s.start]
        if any(each.relation == s.relation for each, _ in others):
            continue  # the page has a source that says so
        apart = [(respects, each.start, each) for each, respects in others if respects]
        if not apart:
            continue
        respects, _, nearest = min(apart, key=lambda item: (len(item[0]), item[1]))
        found = "no effect on" if nearest.relation == "no_effect" else f"that it {nearest.relation}"
        where = f"the nearest evidence, in line {page.document.line_of(nearest.start)}"
        yield page.finding(
            "unsupported_here",
            INFO,
            s.start,
            s.end,
            f"{s.subject} {s.relation} {s.object}: unsupported here; {where}, finds {found} {nearest.object} "
            f"and differs in {'; '.join(respects)}",
            "cite a source for this context, or say that there is none",
            _read_by(s, nearest),
        )


def _read_by(one: Statement, other: Statement) -> str:
    rules = f"rules {one.rule} and {other.rule}" if one.rule != other.rule else f"rule {one.rule}"
    return f"the reading {rules}"


def differences(here: Statement, there: Statement) -> tuple[str, ...]:
    """Say in which respects two statements about the same effect do not meet, with what each of them states."""
    mine, theirs = dict(here.context), dict(there.context)
    pairs = [
        (name.replace("_", " "), mine.get(name, ""), theirs.get(name, ""))
        for name in ("species", "cell_type", "tissue", "disease")
    ]
    pairs.append(("question", _question(here), _question(there)))
    pairs.append(("readout", here.aspect or "", there.aspect or ""))
    pairs.append(("dose", here.dose or "", there.dose or ""))
    return tuple(
        f"{name} ({a or 'not stated'} here, {b or 'not stated'} there)"
        for name, a, b in pairs
        if a.lower() != b.lower()
    )


def _question(statement: Statement) -> str:
    """Say what an experiment asks: what is given shows what suffices, what is taken away what is needed."""
    system = dict(statement.context).get("system", "").lower()
    if any(word in system for word in ("knock", "sirna", "null", "deficien", "antibod", "inhibit")):
        return "necessity"
    return "sufficiency" if statement.dose else ""


def _mixed(page: Page, group: list[Statement]) -> Iterator[Finding]:
    asserted = [s for s in group if s.modality == "asserted"]
    hedged = [s for s in group if s.modality == "hedged" and any(a.relation == s.relation for a in asserted)]
    if asserted and hedged:
        yield page.finding(
            "mixed_modality",
            INFO,
            hedged[0].start,
            hedged[0].end,
            f"hedged here, asserted in line {page.document.line_of(asserted[0].start)}: "
            f"{hedged[0].subject} {hedged[0].relation} {hedged[0].object}",
            "state both as surely as the sources allow",
            _read_by(hedged[0], asserted[0]),
        )
