"""Statements of the page that disagree: opposite effects in one context, one effect both asserted and hedged.

Two statements are compared only where subject, object, readout, experimental system and context are the same; an effect
of a treatment is not set against a knock-out, nor a level in one disease against a level in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..read import Rules
from ..statement import Statement
from .finding import INFO, WARNING, Finding
from .page import Page

_SIGNS = ("increases", "decreases")


def check_statements(page: Page) -> Iterator[Finding]:
    """Report pairs of statements that cannot both hold as they stand, and claims made with two degrees of certainty."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for s in Rules().read(page):
        if s.relation in _SIGNS and s.status == "asserted":
            subject, object_ = s.subject_id or s.subject.lower(), s.object_id or s.object.lower()
            groups[subject, object_, s.aspect, s.context, s.dose, s.duration].append(s)
    for group in groups.values():
        yield from _opposed(page, group)
        yield from _mixed(page, group)


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
            f"here {uncited.subject} {uncited.relation} {uncited.object}, in line {line} it {other.relation} it, and "
            "the page names no difference in context",
            "say in which species, tissue, dose or stage each was found, or keep the one that its source supports",
            f"the reading rules {uncited.rule} and {other.rule}",
        )
        return


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
            f"the reading rules {hedged[0].rule} and {asserted[0].rule}",
        )
