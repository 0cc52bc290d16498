"""Claims as triples, without a library.

A claim is a node with a property for each part; each piece of evidence is a node of its own.  A claim is also one plain
triple between its ends, so that a graph pattern reads like the claim: `?a pleio:increases ?b`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...base import curies
from ...claims.claim import Claim
from ...claims.entity import Entity
from ..rows import CLAIM, EVIDENCE, LISTS, Row, rows_of, split

WORDS = "urn:pleio:word:"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE, LABEL = f"{RDF}type", f"{RDFS}label"

ENTITIES = ("subject", "object", "cell_type", "tissue", "disease", "in_cell_type", "in_tissue", "in_disease", "study")
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Iri:
    """A node with an address."""

    address: str


Node = Iri | str  # a plain text is a literal
Triple = tuple[Iri, Iri, Node]


def triples_of(claims: Iterable[Claim]) -> Iterator[Triple]:
    """Give the triples of claims; each entity is labelled once."""
    labelled: set[str] = set()
    for claim in claims:
        yield from _claim(claim, labelled)


def iri_of(curie: str) -> Iri:
    """Give the address that a CURIE stands for; of a web address, itself.

    Example:
        >>> iri_of("cl:0000057").address
        'http://purl.obolibrary.org/obo/CL_0000057'
    """
    address = curies.address(curie) or f"urn:pleio:{curie.partition(':')[2]}"
    return Iri(_FORBIDDEN.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address))


def word(name: str) -> Iri:
    """Give the address of one of our words: a relation, or a column of a row."""
    return Iri(WORDS + name)


def _claim(claim: Claim, labelled: set[str]) -> Iterator[Triple]:
    rows = rows_of(claim)
    node = Iri(f"urn:pleio:claim:{claim.digest}")
    yield node, Iri(TYPE), word("Claim")
    yield node, Iri(LABEL), str(claim)
    yield from parts_of(node, rows[0], CLAIM, labelled)
    yield iri_of(claim.subject.curie), word(claim.relation), iri_of(claim.object.curie)
    for item, row in zip(claim.evidence, rows, strict=False):
        part = Iri(f"urn:pleio:evidence:{item.digest}")
        yield node, word("evidence"), part
        yield part, Iri(TYPE), word("Evidence")
        yield from parts_of(part, row, EVIDENCE, labelled)


def parts_of(node: Iri, row: Row, columns: Iterable[str], labelled: set[str]) -> Iterator[Triple]:
    """Give the triples of a row's cells; an entity is labelled where it is not among those labelled already."""
    for column in columns:
        cell = row[column]
        if not cell:
            continue
        if column in ENTITIES:
            entity = Entity.model_validate(cell)
            yield node, word(column), iri_of(entity.curie)
            if entity.curie not in labelled:
                labelled.add(entity.curie)
                yield iri_of(entity.curie), Iri(LABEL), entity.name
                yield iri_of(entity.curie), word("curie"), entity.curie
        elif column == "source":
            yield node, word(column), iri_of(cell)
        elif column in LISTS:
            for value in split(cell):
                yield node, word(column), iri_of(value) if column == "cites" else value
        elif column == "relation":
            yield node, word(column), word(cell)
        else:
            yield node, word(column), cell
