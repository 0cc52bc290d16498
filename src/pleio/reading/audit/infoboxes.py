"""Infoboxes given twice, whether as two tables or as a table and a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents.structure import Passage, Table
from .finding import WARNING, Edit, Finding
from .page import Page

LEAST_ALIKE = 3  # lines of a list that stand in the infobox too


def check_infoboxes(page: Page) -> Iterator[Finding]:
    """Report a second infobox about the same thing; the one that breaks off is the one to remove."""
    boxes = page.outline.infoboxes
    for index, box in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if not _same(box, other):
                continue
            worse, better = (
                (box, other)
                if len(box.rows) <= len(other.rows) and (box.truncated or len(box.rows) < len(other.rows))
                else (other, box)
            )
            which = "the complete one" if worse.truncated else "one of the two"
            same = not worse.truncated and page.text[worse.start : worse.end] == page.text[better.start : better.end]
            stop = worse.end + (1 if page.text.startswith("\n", worse.end) else 0)
            yield page.finding(
                "duplicated_infobox",
                WARNING,
                worse.start,
                worse.end,
                "the infobox is given twice" + (", once broken off" if worse.truncated else ""),
                f"keep {which}",
                "comparison of the two tables",
                edits=(Edit(worse.start, stop, ""),) if same else (),
            )
            return
    if boxes:
        yield from _listed_again(page, boxes[0])


def _listed_again(page: Page, box: Table) -> Iterator[Finding]:
    """Report a list of lines "label: value" that says what the infobox says."""
    known = {_entry(f"{r.cells[0].text}: {r.cells[-1].text}") for r in box.rows if len(r.cells) > 1}
    run: list[Passage] = []
    for passage in [*page.outline.passages, None]:
        inside = passage is not None and (box.start <= passage.start < box.end or _entry(passage.text) not in known)
        if passage is not None and not inside:
            run.append(passage)
            continue
        if len(run) >= LEAST_ALIKE:
            yield page.finding(
                "duplicated_infobox",
                WARNING,
                page.text.rfind("\n", 0, run[0].start) + 1,
                run[-1].end,
                "this list repeats the infobox",
                "keep one of the two",
                "comparison of the list with the infobox",
            )
        run = []


def _entry(text: str) -> str:
    return " ".join(re.findall(r"[\w.-]+", text.lower()))


def _same(a: Table, b: Table) -> bool:
    first = {(r.cells[0].text, r.cells[-1].text) for r in a.rows if len(r.cells) > 1}
    second = {(r.cells[0].text, r.cells[-1].text) for r in b.rows if len(r.cells) > 1}
    return bool(first) and len(first & second) >= 0.7 * min(len(first), len(second))
