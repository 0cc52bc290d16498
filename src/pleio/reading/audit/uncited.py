"""Statements without a citation, and trials and approvals without a number or a source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..documents.structure import BULLET, PARAGRAPH
from .finding import INFO, Finding
from .page import Page

_ABSTRACT = re.compile(r"<abstract\b.*?(?:</abstract>|\Z)", re.S)
_SUMMARY = re.compile(r"(?:\d+[.)]?\s)?(?:abstract|summary|key points|highlights|plain[- ]language summary)", re.I)


def check_uncited(page: Page) -> Iterator[Finding]:
    """Report bullets of prose, and paragraphs that claim something, without a citation, in pages that cite at all."""
    if not page.outline.citations:
        return
    claims = sorted(s.start for s in page.statements)
    abstracts = [match.span() for match in _ABSTRACT.finditer(page.text)] if page.document.media == "jats" else []
    for passage in page.outline.passages:
        if passage.citations or len(passage.text) <= 3:
            continue
        at = bisect_left(claims, passage.start)
        claimed = at < len(claims) and claims[at] < passage.end and not passage.text.endswith(":")
        if any(a <= passage.start < b for a, b in abstracts) or _SUMMARY.fullmatch(page.section(passage.start)):
            continue  # an abstract cites nothing
        if passage.kind == BULLET or (passage.kind == PARAGRAPH and claimed):
            start = page.text.rfind("\n", 0, passage.start) + 1
            lead = page.text[start : passage.start]
            start = start + len(lead) - len(lead.lstrip()) if lead.strip() in ("-", "*", "+", "•") else passage.start
            yield page.finding(
                "uncited_bullets",
                INFO,
                start,
                passage.end,
                "this statement carries no citation",
                "add a citation or mark it as unsupported",
                "the page's citation marks",
            )


_TRIAL = re.compile(
    r"\b(?:clinical trials?|phase\s+(?:I{1,3}V?|[1-4])\b|FDA[- ]approved|approved by the (?:FDA|EMA))", re.I
)
_TRIAL_ID = re.compile(r"\bNCT\d{8}\b|\bISRCTN\d+|\bEudraCT\b|\bPMID\b")


def check_trials(page: Page) -> Iterator[Finding]:
    """Report trials and approvals that name no trial and no source."""
    for passage in page.outline.passages:
        if passage.kind not in (BULLET, PARAGRAPH) or passage.citations or _TRIAL_ID.search(passage.text):
            continue
        if _TRIAL.search(passage.text):
            yield page.finding(
                "unsupported_trial_claim",
                INFO,
                passage.start,
                passage.end,
                "a trial or an approval is stated without its number or a source",
                "give the trial's number or a citation",
                "the text of this passage",
            )
