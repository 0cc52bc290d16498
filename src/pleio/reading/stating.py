"""Drafts made into statements: each with its exact span, citations, headings and identifiers."""

from __future__ import annotations

import re

from .documents.markup import Citation
from .documents.page import Page
from .draft import Draft
from .rules.carried.taken_over import EFFECTS
from .rules.tables.cells import row_facts
from .rules.tables.infobox import RowDraft
from .slots.setting import announced
from .statement import Statement
from .things import grounded
from .unit import Unit


def stated(
    page: Page, unit: Unit, draft: Draft, context: tuple[tuple[str, str], ...], dose: str | None, duration: str | None
) -> Statement:
    """Give a draft its span, citations and headings."""
    start, end = unit.passage.source(unit.start, unit.end)
    marks = [m for m in unit.passage.citations if _in_range(m.start, start, end, page)]
    if unit.bullet:
        marks = marks or list(unit.passage.citations)  # those of the bullet, where the sentence has none of its own
    keyed = [m for m in marks if m.style != "author"] or marks
    if marks:
        end = max(end, max((m.end for m in marks if m.start <= end + 2), default=end))
    keyed = _of_clause(unit, draft, keyed)
    keys = tuple(dict.fromkeys(k for m in keyed for k in m.keys))
    object_id = draft.object.curie or page.abbreviated(draft.object.name) or grounded(draft.object.name).curie
    return Statement(
        page.document.name, start, end, page.text[start:end],
        draft.subject.name, draft.subject.curie or page.abbreviated(draft.subject.name), draft.relation,
        draft.object.name, object_id,
        draft.aspect if draft.relation not in _NO_ASPECT else None,
        draft.status, draft.modality, context, dose, duration, keys, unit.passage.headings, draft.rule,
    )  # fmt: skip


def _of_clause(unit: Unit, draft: Draft, marks: list[Citation]) -> list[Citation]:
    """The marks of a claim's own clause, where each clause of the sentence carries its own."""
    if draft.verb < 0 or len(marks) < 2 or unit.bullet:
        return marks
    turns = [unit.body + m.start() for m in _TURN.finditer(unit.text)]
    ends = [unit.passage.source(turn, turn + 1)[0] for turn in turns] + [unit.passage.source(unit.end - 1, unit.end)[1]]
    groups: dict[int, list[Citation]] = {}
    for mark in marks:
        groups.setdefault(sum(mark.start > end for end in ends[:-1]), []).append(mark)
    own = sum(draft.verb > turn for turn in turns)
    after = [n for n in sorted(groups) if n >= own]
    return groups[after[0]] if after and len(groups) > 1 else marks


_TURN = re.compile(r";\s(?=\w)|,?\s(?:whereas|while|although|but)\s")
_NO_ASPECT = {
    "binds", "part_of", "member_of", "expressed_in", "secreted_by", "has_identifier", "has_property",
    "treats",
    "causes_adverse_event", "under_investigation_for",
}  # fmt: skip


def _in_range(at: int, start: int, end: int, page: Page) -> bool:
    """A mark belongs to the sentence that it stands in or directly after."""
    if start <= at < end:
        return True
    gap = page.text[end:at]
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\)|</?[a-z][^<>]*>", "", gap)
    return at >= end and len(gap) < 60 and not re.search(r"[A-Za-z]{3,}", bare)


def of_row(page: Page, row: RowDraft) -> Statement:
    """Give the statement of a row of an infobox."""
    d = row.draft
    object_id = d.object.curie or (None if d.relation == "has_identifier" else grounded(d.object.name).curie)
    return Statement(
        page.document.name, row.start, row.end, page.text[row.start : row.end], d.subject.name, d.subject.curie,
        d.relation, d.object.name, object_id, None, rule=d.rule,
    )  # fmt: skip


_KEYS = ("species", "cell_type", "tissue", "disease", "system")


def of_table(page: Page, draft: Draft, start: int, end: int) -> Statement:
    """Give the statement of a row of a table, with what the row itself says of place and amount."""
    object_id = draft.object.curie or grounded(draft.object.name).curie
    aspect = draft.aspect if draft.relation not in _NO_ASPECT else None
    context, dose, duration = announced(page, start)
    own, own_dose, own_duration, keys = row_facts(page, start)
    if draft.relation == "causes_adverse_event":
        own.pop("disease", None)  # the row names the event itself
    said = {**dict(context), **own}
    if draft.relation not in EFFECTS:
        said.pop("cell_type", None)
    context = tuple((key, said[key]) for key in _KEYS if key in said)
    dose, duration = own_dose or dose, own_duration or duration
    if draft.relation not in (*EFFECTS, "causes_adverse_event"):
        dose = duration = None
    if draft.relation not in (*EFFECTS, "causes_adverse_event", "has_property"):
        context = ()
    return Statement(
        page.document.name, start, end, page.text[start:end], draft.subject.name, draft.subject.curie, draft.relation,
        draft.object.name, object_id, aspect, draft.status, draft.modality, context, dose, duration, keys,
        rule=draft.rule,
    )  # fmt: skip
