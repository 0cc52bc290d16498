"""Writing claims as a BEL script: a document header, namespaces, and each statement with its citation and support.

BEL has no statement for an absence: evidence that is null or refutes is left out of the script, and so are claims
without a term or relation in BEL; their ids are given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...claims.claim import Claim, Evidence
from ...claims.entity import Entity

RELATIONS = {
    "increases": "increases", "decreases": "decreases", "regulates": "regulates", "associated_with": "association",
    "part_of": "partOf", "member_of": "isA", "treats": "decreases", "causes_adverse_event": "positiveCorrelation",
}  # fmt: skip
FUNCTIONS = {
    "hgnc": "p", "uniprot": "p", "ncbigene": "p", "fplx": "p", "chebi": "a", "drugbank": "a", "mesh": "a", "go": "bp",
    "mondo": "path", "hp": "path", "cl": "pop", "uberon": "pop",
}  # fmt: skip
NAMESPACES = {
    "hgnc": r"\d{1,5}", "uniprot": r"[A-Z0-9]+", "ncbigene": r"\d+", "fplx": r"[\w-]+", "chebi": r"\d+",
    "drugbank": r"DB\d+", "mesh": r"[CD]\d+", "go": r"\d{7}", "mondo": r"\d{7}", "hp": r"\d{7}",
    "cl": r"\d{7}", "uberon": r"\d{7}",
    "ncbitaxon": r"\d+",
}  # fmt: skip
_CITATIONS = {"pubmed": "PubMed", "pmc": "PubMed Central", "doi": "DOI", "url": "Online Resource"}
_DIRECT = {"increases": "directlyIncreases", "decreases": "directlyDecreases"}


def write_bel(claims: Iterable[Claim]) -> tuple[bytes, tuple[str, ...]]:
    """Write a script; give also the ids of the claims that it cannot say."""
    lines, left = [*_header()], []
    for claim in claims:
        statement = statement_of(claim)
        if statement is None:
            left.append(claim.id)
            continue
        supported = [item for item in claim.evidence if item.says == "supports" and item.source]
        if not supported:
            left.append(claim.id)
        for item in supported:
            lines += [*_support(item, claim), statement, ""]
    return "\n".join(lines).encode(), tuple(left)


def statement_of(claim: Claim) -> str | None:
    """Write a claim as a BEL statement, or None where BEL has no such term or relation.

    Example:
        >>> from pleio.claims import Claim
        >>> made = {"id": "x", "subject": "hgnc:5966 IL11", "object": "hgnc:11364 STAT3", "relation": "increases"}
        >>> statement_of(Claim.model_validate({**made, "aspect": "phosphorylation"}))
        'p(hgnc:5966 ! IL11) increases p(hgnc:11364 ! STAT3, pmod(Ph))'
    """
    subject, object = _term(claim.subject, None), _term(claim.object, claim.aspect)
    if subject is None or object is None:
        return None
    if claim.relation == "binds":
        return f"complex({subject}, {_term(claim.object, None)})"
    relation = RELATIONS.get(claim.relation)
    if relation is None:
        return None
    return f"{subject} {_DIRECT.get(relation, relation) if claim.directness == 'direct' else relation} {object}"


def _term(entity: Entity, aspect: str | None) -> str | None:
    prefix, _, local = entity.curie.partition(":")
    function = FUNCTIONS.get(prefix)
    if function is None:
        return None
    name = f"{prefix}:{local} ! {_name(entity.name)}"
    if function != "p":
        return f"{function}({name})"
    if aspect == "mRNA":
        return f"r({name})"
    term = f"p({name}, pmod(Ph))" if aspect == "phosphorylation" else f"p({name})"
    return {"activity": f"act({term})", "secretion": f"sec({term})"}.get(aspect or "", term)


def _name(name: str) -> str:
    plain = name.replace("\\", "\\\\").replace('"', '\\"')
    return plain if plain.replace("_", "").isalnum() and plain.isascii() else f'"{" ".join(plain.split())}"'


def _header() -> Iterator[str]:
    yield 'SET DOCUMENT Name = "claims"'
    yield 'SET DOCUMENT Version = "1"'
    yield 'SET DOCUMENT Description = "claims written by pleio"'
    for name, pattern in NAMESPACES.items():
        yield f'DEFINE NAMESPACE {name} AS PATTERN "{pattern}"'
    yield 'DEFINE ANNOTATION Species AS PATTERN ".*"'
    yield 'DEFINE ANNOTATION Cell AS PATTERN ".*"'
    yield ""


def _support(item: Evidence, claim: Claim) -> Iterator[str]:
    prefix, _, local = (item.source or "").partition(":")
    kind, reference = _CITATIONS.get(prefix, "Other"), local if prefix in _CITATIONS else item.source
    yield f"SET Citation = {{{_quoted(kind)}, {_quoted(reference or '')}}}"
    yield f"SET Support = {_quoted(item.finding)}"
    context = item.context.over(claim.context)
    for name, value in (("Species", context.species), ("Cell", context.cell_type and context.cell_type.name)):
        yield f"SET {name} = {_quoted(value)}" if value else f"UNSET {name}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'
