"""Tables that tell of effects and of medicines.

A table of effects names who acts, on what, and how ("| Regulator | Target | Effect |"); one of medicines says what each
is and for what it is tried ("| Agent | Action | Status |").  Rule ids: `table.effect`, `table.status`, `table.alias`,
`table.column`, and those of the sentences that the cells are read as.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...documents.page import Page
from ...documents.structure import Row, Table
from ...draft import Draft
from ...names.meaning import ground
from ...statement import Statement
from ...things import Thing
from ...words.inflection import forms
from ...words.lexicon import READOUTS
from ...words.predicates import DECREASES, INCREASES, VERBS
from .table_parts import ARROWS, MOST_ROWS, heads_of, range_of, redrafted, thing_named

Sentence = Callable[[str], list[Statement]]
Found = tuple[Draft, int, int]

_ACTS = re.compile(
    r"(?:regulators?|stimul(?:us|i)|inducers?|agents?|treatments?|factors?|ligands?|compounds?|modulators?|upstream\b.*|"
    r"activators?|inhibitors?|drugs?|exposures?|cytokines?|interventions?)$",
    re.I,
)
_AIMED_AT = re.compile(
    r"(?:targets?|genes?|readouts?|markers?|products?|responses?|proteins?|transcripts?|analytes?|parameters?|outcomes?|"
    r"measure[sd]?|process(?:es)?|endpoints?)(?: genes?| measured)?$",
    re.I,
)
_HOW = re.compile(
    r"(?:effects?|changes?|directions?|regulations?|responses?|results?|outcomes?|expression|observed)$", re.I
)
_MEDICINES = re.compile(
    r"(?:agents?|drugs?|compounds?|antibod(?:y|ies)|molecules?|names?|therap(?:y|ies)|candidates?)$", re.I
)
_WHAT = re.compile(
    r"(?:actions?|mechanisms?(?: of action)?|class|types?|modality|descriptions?|mode of action|nature)$", re.I
)
_STATUS = re.compile(
    r"(?:status|phases?|stage|development(?: status| stage)?|indications? and status|use|trials?)$", re.I
)
_STAGE = re.compile(
    r"(?P<approved>approved|licensed|marketed|authori[sz]ed)|"
    r"pre-?clinical|(?:phase|stage) ?(?:[0-4]|I{1,3}V?)(?:[ab/–-]+\w*)?|in (?:clinical )?trials?|investigational|"
    r"terminated|discontinued|completed|recruiting|withdrawn",
    re.I,
)
_NEGATED = re.compile(r"\b(?:no|not|none|unchanged|unaffected|without)\b", re.I)
_ALIAS = re.compile(r"\s*\(([A-Z][\w./ -]{1,20})\)\s*$")
_CONSTANT = re.compile(r"\(((?:K[idD]|IC50|EC50|KD|half-life|t1/2)\b[^()]*\d[^()]*)\)")


def tabled(page: Page, sentence: Sentence) -> Iterator[Found]:
    """Read the tables of effects and of medicines; `sentence` reads a piece of text by itself."""
    for table in page.outline.tables:
        heads = heads_of(table)
        if table.infobox or len(heads) < 3:
            continue
        if tells_effects(heads):
            yield from _effects(table)
        elif _MEDICINES.match(heads[0]) and (_WHAT.match(heads[1]) or _STATUS.match(heads[1])):
            yield from _medicines(page, table, heads, sentence)


def tells_effects(heads: list[str]) -> bool:
    """Say whether the first columns of a table are who acts, on what, and how."""
    return len(heads) > 2 and bool(_ACTS.match(heads[0]) and _AIMED_AT.match(heads[1]) and _HOW.match(heads[2]))


def _rows(table: Table) -> Iterator[tuple[Row, list[str]]]:
    for row in table.rows[1:][:MOST_ROWS]:
        cells = [cell.text.strip() for cell in row.cells]
        if len(cells) > 1 and not all(cell.header for cell in row.cells):
            yield row, cells


def _effects(table: Table) -> Iterator[Found]:
    for row, cells in _rows(table):
        told = _sign(cells[2]) if len(cells) > 2 else None
        if told is None:
            continue
        relation, aspect = told
        status = "null_result" if relation == "no_effect" else "asserted"
        for actor in filter(None, map(thing_named, _parts(cells[0]))):
            for aim in filter(None, map(thing_named, _parts(cells[1]))):
                read = aspect or ("abundance" if aim.is_molecule else "process")
                yield Draft(actor, relation, aim, "table.effect", read, status), *range_of(row)


def _sign(cell: str) -> tuple[str, str | None] | None:
    """What a cell such as "Increased mRNA", "No change in secretion" or "↓" says: the relation, and the readout."""
    words = [w.strip("(),;.") for w in cell.lower().split()]
    aspect = next((READOUTS[w] for w in words if w in READOUTS), None)
    if not words:
        return None
    if words[0] in ARROWS and words[0] != "no":
        return ARROWS[words[0]], aspect
    if _NEGATED.search(cell):
        return "no_effect", aspect
    for word in words:
        lemma = forms().get(word, ("", ""))[0]
        if lemma in VERBS and VERBS[lemma].relation in (INCREASES, DECREASES):
            return VERBS[lemma].relation, aspect
    return None


def _medicines(page: Page, table: Table, heads: list[str], sentence: Sentence) -> Iterator[Found]:
    for row, cells in _rows(table):
        start, end = range_of(row)
        alias = _ALIAS.search(cells[0])
        drug = thing_named(_ALIAS.sub("", cells[0]))
        if drug is None:
            continue
        if alias:
            yield Draft(drug, "has_identifier", Thing(alias[1]), "table.alias"), start, end
        for head, cell in zip(heads[1:], cells[1:], strict=False):
            if _WHAT.match(head):
                for constant in _CONSTANT.findall(cell):
                    yield Draft(drug, "has_property", Thing(constant), "table.column"), start, end
                bare = re.sub(r"\s*\([^()]*\)", "", cell).strip(" .")
                article = "an" if bare[:1].lower() in tuple("aeiou") else "a"
                for s in sentence(
                    f"{drug.name} is {article} {bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare}."
                ):
                    yield redrafted(s), start, end
            elif _STATUS.match(head):
                yield from ((draft, start, end) for draft in _tried(drug, cell))


def _tried(drug: Thing, cell: str) -> Iterator[Draft]:
    """ "Phase 2, Crohn disease", "Approved for psoriasis": for what a medicine is tried or used."""
    stage = _STAGE.search(cell)
    if stage is None:
        return
    relation = "treats" if stage["approved"] else "under_investigation_for"
    rest = (cell[: stage.start()] + " " + cell[stage.end() :]).strip(" ,;:()–-")
    for part in _parts(re.sub(r"^(?:for|in|trials? (?:in|for))\s+", "", rest)):
        term = ground(part)
        if term is not None and term.category in ("disease", "phenotype"):
            yield Draft(drug, relation, Thing(part, term.curie or None, None, "disease"), "table.status")


def _parts(cell: str) -> list[str]:
    return [part.strip(" .") for part in re.split(r"[,;/]\s*(?:and\s)?|\sand\s", cell) if part.strip(" .")]
