"""Writing claims as nanopublications in TriG.

The assertion is the claim: the plain triple between its ends, and a node with each of its parts.  The provenance is its
evidence, and the sources that the assertion derives from.  The publication information says who made it, when and under
which licence.  Nothing of a claim is left out, so `read.py` gives the same claims back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ...claims.claim import Claim
from ...claims.entity import Entity
from ..rdf.triples import ENTITIES, LABEL, TYPE, Iri, Triple, iri_of, parts_of, word
from ..rdf.write import term
from ..rows import CLAIM, EVIDENCE, LISTS, Row, rows_of

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "urn:pleio:np:"


def write_nanopubs(
    claims: Iterable[Claim], *, creator: str = "", licence: str = "", created: datetime | None = None, base: str = BASE
) -> bytes:
    """Write a nanopublication for each claim.

    Args:
        creator: the address of who publishes, such as an ORCID's.
        licence: the address of a licence; none is stated where empty.
        created: the time to state; now by default.
        base: what the address of each begins with; its claim's digest follows.
    """
    made = (created or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return "\n".join(_nanopub(claim, creator, licence, made, base) for claim in claims).encode()


def _nanopub(claim: Claim, creator: str, licence: str, created: str, base: str) -> str:
    address = f"{base}{claim.digest}"
    node, graphs = (
        Iri(address),
        {name: Iri(f"{address}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")},
    )
    labelled: set[str] = set()
    head: list[Triple] = [
        (node, Iri(TYPE), Iri(f"{NP}Nanopublication")),
        (node, Iri(f"{NP}hasAssertion"), graphs["assertion"]),
        (node, Iri(f"{NP}hasProvenance"), graphs["provenance"]),
        (node, Iri(f"{NP}hasPublicationInfo"), graphs["pubinfo"]),
    ]
    texts = [
        _graph(graphs["Head"], head),
        _graph(graphs["assertion"], _assertion(claim, labelled)),
        _graph(graphs["provenance"], _provenance(claim, graphs["assertion"], labelled)),
        _graph(graphs["pubinfo"], _publication(claim, node, creator, licence), created=(node, created)),
    ]
    return "\n".join(texts)


def _assertion(claim: Claim, labelled: set[str]) -> Iterator[Triple]:
    subject = _claim_node(claim)
    yield iri_of(claim.subject.curie), word(claim.relation), iri_of(claim.object.curie)
    yield subject, Iri(TYPE), word("Claim")
    yield from _parts(subject, rows_of(claim)[0], CLAIM, labelled)


def _provenance(claim: Claim, assertion: Iri, labelled: set[str]) -> Iterator[Triple]:
    yield assertion, Iri(f"{PROV}wasGeneratedBy"), word("curation")
    for item, row in zip(claim.evidence, rows_of(claim), strict=False):
        part = Iri(f"urn:pleio:evidence:{item.digest}")
        if item.source:
            yield assertion, Iri(f"{PROV}wasDerivedFrom"), iri_of(item.source)
        yield _claim_node(claim), word("evidence"), part
        yield part, Iri(TYPE), word("Evidence")
        yield from _parts(part, row, EVIDENCE, labelled)
        for curie in (*item.cites, *([item.source] if item.source else [])):
            if curie not in labelled:
                labelled.add(curie)
                yield iri_of(curie), word("curie"), curie


def _parts(node: Iri, row: Row, columns: Iterable[str], labelled: set[str]) -> Iterator[Triple]:
    """Give a row's triples, and what they would lose: the name used here for a thing, and the order of a list."""
    yield from parts_of(node, row, columns, labelled)
    for column in columns:
        if row[column] and column in ENTITIES:
            yield node, word(f"{column}_name"), Entity.model_validate(row[column]).name
        elif row[column] and column in LISTS:
            yield node, word(f"{column}_list"), row[column]


def _publication(claim: Claim, node: Iri, creator: str, licence: str) -> Iterator[Triple]:
    yield node, Iri(LABEL), str(claim)
    if creator:
        yield node, Iri(f"{DCTERMS}creator"), Iri(creator)
    if licence:
        yield node, Iri(f"{DCTERMS}license"), Iri(licence)


def _graph(name: Iri, triples: Iterable[Triple], created: tuple[Iri, str] | None = None) -> str:
    lines = dict.fromkeys(f"  {term(s)} {term(p)} {term(o)} ." for s, p, o in triples)
    if created is not None:
        node, time = created
        lines[f'  {term(node)} {term(Iri(f"{DCTERMS}created"))} "{time}"^^<{XSD}dateTime> .'] = None
    return f"{term(name)} {{\n" + "\n".join(lines) + "\n}\n"


def _claim_node(claim: Claim) -> Iri:
    return Iri(f"urn:pleio:claim:{claim.digest}")
