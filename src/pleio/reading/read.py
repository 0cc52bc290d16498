"""Read a document: its passages cut into sentences, each read by every rule, drafts made into statements.

A reader is anything with `name` and `read(page) -> list of Statement`; `Rules` is the one that ships on by default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from .complete import attach_lists, completed, lists_in
from .coreference import resolve
from .documents.document import Document, as_document
from .documents.page import Page
from .draft import Draft
from .grammar.clauses import clauses
from .grammar.lists import pieces
from .grammar.measures import without_measures
from .grammar.parsed import parsed
from .grammar.phrases import cut_phrases
from .grammar.shared import shared
from .grammar.tagging import tag
from .memory import Memory
from .plain.aside import with_denied
from .rules.attributes.attributes import attributes
from .rules.attributes.listed_names import listed_names
from .rules.carried.taken_over import carried
from .rules.effects.effects import effects
from .rules.levels.levels import levels
from .rules.relations.complexes import complexes
from .rules.relations.kinds import kinds
from .rules.relations.relations import relations
from .rules.tables.grid import grid
from .rules.tables.infobox import infobox
from .rules.tables.tabled import tabled
from .rules.therapy.therapy import therapy
from .rules.verbless.fragments import adjectives_alone, fragments
from .rules.verbless.legends import verbless
from .salience import Salience
from .settle import denied, hedged, is_sound, joined, paired, settled, unique
from .slots.contrast import contrasted
from .statement import Statement
from .stating import of_row, of_table
from .unit import Unit
from .units import units_of

RULES: tuple[Callable[[Unit], Iterator[Draft]], ...] = (
    effects, levels, relations, therapy, kinds, fragments, verbless, adjectives_alone, attributes, complexes,
    listed_names,
)  # fmt: skip
BY_FRAMES = (effects, levels, relations, therapy, kinds)  # the rules that ask for verbs and their arguments
MOST_VERBS = 40  # in one sentence; more is no language
BATCH = 200  # units tagged at once


class Reader(Protocol):
    """A plug-in that reads statements from a page."""

    name: str

    def read(self, page: Page) -> list[Statement]:
        """Give the statements of a page, in the order of the text."""
        ...


def read(document: Document | str | Path | bytes, *, readers: Sequence[Reader] = ()) -> list[Statement]:
    """Read the statements of a document.

    Args:
        document: the document, or what `open_document` takes.
        readers: the readers to ask; by default only the rules.

    Raises:
        DocumentError: it cannot be read.

    Example:
        >>> from pleio.reading import open_document
        >>> found = read(open_document(b"IL-6 did not increase SOCS3 mRNA in hepatocytes."))
        >>> [(s.subject, s.relation, s.object, s.aspect, s.status) for s in found]
        [('IL-6', 'no_effect', 'SOCS3', 'mRNA', 'null_result')]
    """
    page = Page(as_document(document))
    found = [statement for reader in readers or (Rules(),) for statement in reader.read(page)]
    return sorted(unique(found), key=lambda s: (s.start, s.end, s.subject, s.relation, s.object))


class Rules:
    """The reader that ships: rules over known names and tagged phrases; no network, no chance."""

    name = "rules"

    def read(self, page: Page) -> list[Statement]:
        """Give the statements of a page."""
        out = [of_row(page, row) for row in infobox(page, page.topic)]
        out += [of_table(page, *found) for rule in (grid, tabled) for found in rule(page, _sentence)]
        memory, salience = Memory(page), Salience()
        units = units_of(page, page.topic)
        while batch := list(islice(units, BATCH)):
            tag([u.words for u in batch])
            for unit in batch:
                resolve(unit, salience)
                if _analysed(unit):
                    out += _statements(unit, memory)
        return out


def _sentence(text: str) -> list[Statement]:
    """Read a text by itself; one that is no table, so that this goes no deeper."""
    return read(Document("cell", text.replace("|", " ").replace("<", " ")))


def _analysed(unit: Unit) -> bool:
    """Give a unit its lists and clauses; say whether it is language."""
    cut = pieces(unit.words)
    attach_lists(cut, unit.mentions)
    unit.lists = lists_in(cut)
    if sum(piece.kind == "vg" for piece in cut) > MOST_VERBS:
        return False
    unit.clauses = without_measures(with_denied(shared(unit.words, clauses(cut))))
    unit.parsed = without_measures(with_denied(shared(unit.words, parsed(unit.words, cut_phrases(unit.words)))))
    return True


def _statements(unit: Unit, memory: Memory) -> list[Statement]:
    """Read a unit, with what the units before it told."""
    memory.enter(unit)
    drafts = completed(_drafts(unit), unit.lists, unit.passage.text, unit.body, unit.end)
    drafts = hedged(unit.text, unit.body, denied(unit.text, drafts))
    drafts = contrasted(unit, paired(unit.text, unit.body, settled(drafts)))
    found = list(unique(memory.statement(unit, d) for d in drafts))
    memory.leave(unit, drafts)
    return found


def _drafts(unit: Unit) -> list[Draft]:
    """Read a unit by its parse and by the order of its phrases, and join what they give."""
    by_order = [d for rule in RULES for d in rule(unit) if is_sound(d)]
    if not unit.parsed.frames:
        return by_order
    kept, unit.clauses = unit.clauses, unit.parsed
    by_arcs = [d for rule in BY_FRAMES for d in rule(unit) if is_sound(d)]
    by_arcs += [d for d in carried(unit, by_arcs, joined(by_arcs, by_order)) if is_sound(d)]
    unit.clauses = kept
    return joined(by_arcs, by_order)
