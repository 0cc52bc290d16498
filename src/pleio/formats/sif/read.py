"""Reading claims from SIF, tab- or space-separated; one line may name several objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...base.curies import PREFIXES
from ...base.errors import ClaimError, Problem, nearest
from ...claims.claim import Claim
from ...claims.tables.lines import Check, checked, no_check, text_lines
from ...claims.vocabulary import RELATIONS
from ..prefixes import from_biolink
from ..rows import Row, claims_of

# what others write between two nodes
ALIASES = {
    "activates": "increases", "inhibits": "decreases", "up-regulates": "increases", "down-regulates": "decreases",
    "stimulates": "increases", "represses": "decreases", "->": "increases", "-|": "decreases", "+": "increases",
    "-": "decreases", "1": "increases", "-1": "decreases", "pp": "binds", "interacts-with": "binds",
    "in-complex-with": "binds", "controls-state-change-of": "regulates", "controls-expression-of": "regulates",
    "controls-phosphorylation-of": "regulates", "pd": "regulates",
}  # fmt: skip


def read_sif(path: Path, check: Check = no_check) -> Iterator[Claim]:
    """Read claims, without evidence, as they are asked for.

    A node that is no CURIE becomes one of our own, `pleio:` and its name in lower case.

    Raises:
        ClaimError: at the end, for every bad line; at once, if the file cannot be read.
    """
    rows = ((where, row) for where, text in text_lines(path) for row in _rows(where, text))
    return checked(path, claims_of(rows, check), lambda claim: claim)


def _rows(where: str, text: str | ClaimError) -> Iterator[Row | ClaimError]:
    if isinstance(text, ClaimError):
        yield text
        return
    cells = [cell.strip() for cell in (text.split("\t") if "\t" in text else text.split())]
    if len(cells) < 2:
        return  # a blank line, or a node that nothing is said of
    word = cells[1]
    try:
        relation = relation_of(word)
    except ClaimError as fault:
        yield ClaimError(where, fault.problems)
        return
    if len(cells) < 3:
        yield ClaimError(where, Problem("", "names no object", "write subject, relation and object"))
    for object in cells[2:]:
        yield {"subject": entity_of(cells[0]), "relation": relation, "object": entity_of(object)}


def relation_of(word: str) -> str:
    """Give our relation for a word between two nodes.

    Raises:
        ClaimError: the word is not known.
    """
    relation = word if word in RELATIONS else ALIASES.get(word.casefold())
    if relation is None:
        help = nearest(word[:60], [*RELATIONS, *ALIASES])
        raise ClaimError("relation", Problem("", f"unknown relation '{word[:60]}'", help))
    return relation


def entity_of(node: str) -> str:
    """Give `CURIE name` for a node; one that is no CURIE becomes one of our own."""
    head, _, name = node.partition(" ")
    curie = from_biolink(head)
    if curie.partition(":")[0] in PREFIXES:
        return f"{curie} {name}".strip()
    slug = re.sub(r"[^a-z0-9]+", "-", node.casefold()).strip("-")
    return f"pleio:{slug} {node}" if slug else node
