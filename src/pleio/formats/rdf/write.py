"""Writing triples as N-Triples or Turtle."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ...claims.claim import Claim
from .triples import RDF, RDFS, WORDS, Iri, Node, Triple, triples_of

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def write_ntriples(claims: Iterable[Claim]) -> bytes:
    """Write claims as N-Triples."""
    return "".join(f"{term(s)} {term(p)} {term(o)} .\n" for s, p, o in triples_of(claims)).encode()


def write_turtle(claims: Iterable[Claim]) -> bytes:
    """Write claims as Turtle: what is said of one subject in a row stands together."""
    text = f"@prefix pleio: <{WORDS}> .\n@prefix rdf: <{RDF}> .\n@prefix rdfs: <{RDFS}> .\n"
    return (text + "".join(_block(list(group)) for _, group in groupby(triples_of(claims), _subject))).encode()


def _block(triples: list[Triple]) -> str:
    lines = [f"    {_short(predicate)} {_short(object)}" for _, predicate, object in triples]
    return f"\n{term(triples[0][0])}\n" + " ;\n".join(lines) + " .\n"


def _subject(triple: Triple) -> str:
    return triple[0].address


def _short(node: Node) -> str:
    if isinstance(node, Iri):
        for prefix, space in (("pleio", WORDS), ("rdfs", RDFS), ("rdf", RDF)):
            name = node.address.removeprefix(space)
            if name != node.address and name.replace("_", "").isalnum():
                return f"{prefix}:{name}"
    return term(node)


def term(node: Node) -> str:
    """Write a node as N-Triples, Turtle and TriG all do."""
    return f"<{node.address}>" if isinstance(node, Iri) else f'"{node.translate(_ESCAPES)}"'
