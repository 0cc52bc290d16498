"""Statements of the page that disagree: opposite effects in one context, one effect both asserted and hedged.

Two statements contradict each other only where subject, object, readout, question and context are the same; an effect
of a treatment is not set against a knock-out, nor a level in one disease against a level in another.  Where they
differ, an uncited statement is said to be unsupported here, and in what the nearest evidence differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

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
    for s in page.statements:
        pair = s.subject_id or s.subject.lower(), s.object_id or s.object.lower()
        if (s.relation in _SIGNS and s.status == "asserted") or (s.relation == "no_effect" and s.context):
            context = tuple((name, value.lower()) for name, value in s.context)
            groups[*pair, s.aspect, context].append(s)
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


def _pairs(group: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pair each statement with the earlier ones that it meets: a dose or time that one leaves out is no other one."""
    for index, later in enumerate(group[:MOST_COMPARED]):
        for earlier in group[:index]:
            same = all(
                not a or not b or a == b for a, b in ((earlier.dose, later.dose), (earlier.duration, later.duration))
            )
            if same and earlier.start != later.start:
                yield earlier, later


def _opposed(page: Page, group: list[Statement]) -> Iterator[Finding]:
    for first, later in _pairs(group):
        if later.relation == first.relation or "speculative" in (later.modality, first.modality):
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
    for pair in _pairs(group):
        hedged, asserted = sorted(pair, key=lambda s: s.modality != "hedged")
        if hedged.relation == asserted.relation and (hedged.modality, asserted.modality) == ("hedged", "asserted"):
            yield page.finding(
                "mixed_modality",
                INFO,
                hedged.start,
                hedged.end,
                f"hedged here, asserted in line {page.document.line_of(asserted.start)}: "
                f"{hedged.subject} {hedged.relation} {hedged.object}",
                "state both as surely as the sources allow",
                _read_by(hedged, asserted),
            )
            return
