"""Tables of data: one row is one subject, and the heads of the columns say what its cells are about it.

A cell that begins with a verb is read as a sentence ("| EPO | activates JAK2 |"); an arrow under a name is an effect on
it.  Rule ids: `table.column`, `table.arrow`, and those of the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...documents.page import Page
from ...documents.structure import Table
from ...draft import Draft
from ...statement import Statement
from ...things import Thing, grounded
from ...words.inflection import forms
from ...words.lexicon import READOUTS
from .cells import is_sentence
from .table_parts import ARROWS, MOST_ROWS, heads_of, range_of, redrafted, thing_named
from .tabled import tells_effects

MOST_SENTENCES = 60  # cells read as sentences in one document
_COLUMNS: tuple[tuple[re.Pattern[str], str, bool], ...] = tuple(
    (re.compile(pattern, re.I), relation, swapped)
    for pattern, relation, swapped in [
        (r"(?:approved |main |licensed )?indications?$|approved for|used (?:for|in)|treats$", "treats", False),
        (
            r"(?:common |main )?(?:adverse (?:events?|effects?|reactions?)|side[- ]effects?)$",
            "causes_adverse_event",
            False,
        ),
        (r"(?:cellular |main |cell )?sources?$|produced by|secreted by|producing cells?", "secreted_by", False),
        (r"expressed (?:in|by|on)|expression$|tissues?$", "expressed_in", False),
        (r"receptors?$|ligands?$|binding partners?$|binds(?: to)?$", "binds", False),
        (r"(?:gene |protein )?family$", "member_of", False),
        (r"associated diseases?$|diseases?$", "associated_with", False),
        (r"in (?:clinical )?trials? for|under investigation for|investigated for", "under_investigation_for", False),
    ]
)
_NUMBER = re.compile(
    r"half-?life|volume of distribution|T ?max|C ?max|molecular (?:mass|weight)|length|K[dD]$|IC50|EC50|"
    r"bioavailability|clearance",
    re.I,
)


def grid(page: Page, sentence: Callable[[str], list[Statement]]) -> Iterator[tuple[Draft, int, int]]:
    """Read the tables that are no infoboxes; `sentence` reads a piece of text by itself."""
    left = MOST_SENTENCES
    yield from _label_tables(page)
    yield from _levels(page)
    for table in page.outline.tables:
        if table.infobox or len(table.rows) < 2:
            continue
        heads = heads_of(table)
        if tells_effects(heads) or tells_levels(heads):
            continue  # read by `tabled`, or above
        if by_frequency(heads):
            yield from _by_frequency(page, table, heads)
            continue
        for row in table.rows[1:][:MOST_ROWS] if heads else []:
            if len(row.cells) < 2 or all(cell.header for cell in row.cells):
                continue
            subject = thing_named(re.sub(r"\s*\([^()]*\)\s*$", "", row.cells[0].text.strip()))
            if subject is None:
                continue
            for head, cell in zip(heads[1:], row.cells[1:], strict=False):
                text = cell.text.strip()
                if left > 0 and is_sentence(text) and not _begins_with_verb(text):
                    left -= 1
                    for s in sentence(f"{text.rstrip('.')}."):
                        yield redrafted(s), *range_of(row)
                elif left > 0 and _is_clause(text, head):
                    left -= 1
                    start, end = range_of(row)
                    verb = "" if _begins_with_verb(text) else f"{head.lower()} "
                    for s in sentence(f"{subject.name} {verb}{text.rstrip('.')}."):
                        yield redrafted(s), start, end
                else:
                    for found in _column(subject, head, text):
                        yield found, *range_of(row)


_OFTEN = re.compile(
    r"(?:very )?(?:common|rare|uncommon|frequent)\b|(?:frequency )?(?:not known|unknown)\b|frequency\b", re.I
)
_HARMS = re.compile(r"(?:adverse|undesirable|side)\b|.*\b(?:reactions?|effects?|events?|symptoms?)$", re.I)


def by_frequency(heads: list[str]) -> bool:
    """Say whether a table lists harms by how often they are: in a column of frequencies, or one column for each."""
    if len(heads) < 2:
        return False
    return bool(_OFTEN.match(heads[0]) and _HARMS.match(heads[1])) or any(_OFTEN.match(head) for head in heads[1:])


def _by_frequency(page: Page, table: Table, heads: list[str]) -> Iterator[tuple[Draft, int, int]]:
    if page.topic is None:
        return
    columns = [
        i for i, head in enumerate(heads) if _HARMS.match(head) or (i and head != heads[0] and _OFTEN.match(head))
    ]
    columns = [i for i in columns if not re.match("frequency", heads[i], re.I)]
    for row in table.rows[1:][:MOST_ROWS]:
        for i in columns:
            text = row.cells[i].text if i < len(row.cells) and not row.cells[i].header else ""
            for part in re.split(r"[,;•]\s*|\n", re.sub(r"\([^()]*\)", "", text)):
                name = part.strip(" .*†‡")
                if 2 < len(name) < 60 and not _OFTEN.fullmatch(name):
                    target = grounded(name, "phenotype")
                    yield Draft(page.topic, "causes_adverse_event", target, "table.harm"), *range_of(row)


def _label_tables(page: Page) -> Iterator[tuple[Draft, int, int]]:
    """Tables of a medicine's label: harms by row ("| Nausea | 43% | 32% |"), and properties with numbers."""
    for table in page.outline.tables:
        if table.infobox or len(table.rows) < 2:
            continue
        heads = heads_of(table)
        harms = bool(heads) and (
            bool(re.search(r"adverse|side[- ]effect|reaction", heads[0], re.I))
            or (bool(re.search(r"preferred term|event|symptom|system", heads[0], re.I)) and _of_harms(page, table))
        )
        given = [thing_named(re.sub(r"\s*(?:\([^()]*\)|,? ?[nN] ?= ?\d+|\+ .*)\s*$", "", h)) for h in heads[1:]]
        drug = next((t for t in given if t is not None and t.kind == "molecule"), None) or page.topic
        if drug is None:
            continue
        for row in table.rows[:MOST_ROWS]:
            cells = [cell.text.strip() for cell in row.cells]
            if len(cells) < 2 or all(cell.header for cell in row.cells) or not re.search(r"\d", cells[1]):
                continue
            if harms:
                target = grounded(cells[0], "phenotype")
                yield Draft(drug, "causes_adverse_event", target, "table.harm"), *range_of(row)
            elif len(cells) == 2 and _NUMBER.search(cells[0]):
                yield Draft(drug, "has_property", Thing(f"{cells[0]} {cells[1]}"), "table.column"), *range_of(row)


_LEVEL = re.compile(
    r"(?:very\s)?(?:low|moderate|medium|high|absent|not detected|none detected|undetectable|trace|strong|weak|"
    r"inducible|enriched|(?:group |tissue |cell type )?enhanced|"
    r"negative|positive|\+{1,3}|[−-])(?:\b|$|,|\s|\()",
    re.I,
)


_HOW_MUCH = re.compile(r"expression|level|abundance|amount|staining|intensity|TPM|\bRNA\b|protein|score|categor", re.I)
_ABSENT = re.compile(r"absent|not detected|none|undetectable|negative", re.I)


def tells_levels(heads: list[str]) -> bool:
    """Say whether a table lists places and how much is expressed there: "| Tissue | nTPM | Protein level |"."""
    places = bool(heads) and bool(re.search(r"cells?\b|tissues?|organ|source|type", heads[0], re.I))
    return places and any(_HOW_MUCH.search(head) for head in heads[1:])


def _levels(page: Page) -> Iterator[tuple[Draft, int, int]]:
    """Tables of where the page's subject is expressed, and how strongly."""
    for table in page.outline.tables:
        heads = heads_of(table)
        if table.infobox or page.topic is None or len(heads) < 2:
            continue
        if not tells_levels(heads):
            continue
        for row in table.rows[1:][:MOST_ROWS]:
            cells = [cell.text.strip() for cell in row.cells]
            levels = [c for head, c in zip(heads, cells, strict=False) if _HOW_MUCH.search(head) and _LEVEL.match(c)]
            place = thing_named(cells[0]) if levels else None
            if place is not None:
                absent = all(_ABSENT.match(level) for level in levels)
                draft = Draft(
                    page.topic, "expressed_in", place, "table.level", None, "refuted" if absent else "asserted"
                )
                yield draft, *range_of(row)


def _of_harms(page: Page, table: Table) -> bool:
    """Say whether the section of a table, or the sentence above it, speaks of harms."""
    above = [p for p in page.outline.passages if p.end <= table.start]
    said = " ".join((*above[-1].headings[-1:], above[-1].text)) if above else ""
    return bool(re.search(r"adverse|side[- ]effect|safety|toxicit", said, re.I))


def _begins_with_verb(text: str) -> bool:
    words = text.lower().split()
    if len(words) < 2:
        return False
    form = forms().get(words[0])
    return words[0] in ("does", "may", "can", "is") or (form is not None and form[1] == "s")


def _is_clause(text: str, head: str) -> bool:
    form = forms().get(head.lower().split()[0]) if head else None
    return len(text) < 200 and (_begins_with_verb(text) or (form is not None and form[1] == "s" and bool(text)))


def _column(subject: Thing, head: str, text: str) -> Iterator[Draft]:
    arrow = ARROWS.get(re.sub(r"[*†‡§#¶]+$|\s*\(?[pP]\s?[<=].*$", "", text.lower()).strip())
    if arrow and head:
        name = re.sub(r"\s*\([^()]*\)\s*$|^effects? on ", "", head, flags=re.I)
        aimed, aspect = _readout(name)
        status = "null_result" if arrow == "no_effect" else "asserted"
        yield Draft(subject, arrow, aimed, "table.arrow", aspect, status)
        return
    if _NUMBER.search(head) and re.search(r"\d", text):
        yield Draft(subject, "has_property", Thing(f"{head} {text}"), "table.column")
        return
    relation = next((relation for pattern, relation, _ in _COLUMNS if pattern.search(head)), "")
    if not relation or text.lower() in ("", "-", "–", "—", "none", "n/a", "unknown", "?"):
        return
    if relation in ("expressed_in", "secreted_by") and _LEVEL.match(text):
        return  # "| T cells | high |": what is expressed there is the page's subject
    for part in re.split(r"[,;]\s*(?:and\s)?|\sand\s", text):
        target = thing_named(part.strip(" ."))
        if target is not None:
            yield Draft(subject, relation, target, "table.column")


def _readout(head: str) -> tuple[Thing, str]:
    """ "TIMP1 mRNA" as the head of a column: TIMP1, read out as mRNA."""
    words = head.split()
    tail = len(words)
    while tail > 1 and words[tail - 1].lower() in READOUTS:
        tail -= 1
    aimed = thing_named(" ".join(words[:tail])) or Thing(head)
    if not aimed.is_molecule:
        return thing_named(head) or Thing(head), "process"
    return aimed, next((READOUTS[w.lower()] for w in words[tail:]), "abundance")
