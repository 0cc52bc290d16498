"""What a person's own claims are checked for before they are kept, beside their form: names, assumptions, ids.

Each check looks at the JSON of a claim, so that it also finds what is wrong in a claim whose form is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ...base.errors import Problem, nearest

if TYPE_CHECKING:
    from ...claims.claim import Claim
    from ...claims.tables.layers import ClaimStore

_PARTS = ("cell_type", "tissue", "disease")


@dataclass
class Checks:
    """The checks against what is kept; call it with the JSON of a claim, and the claim if it is one."""

    claims: ClaimStore
    _ids: dict[str, str] = field(default_factory=dict)  # id → meaning, of the claims seen so far

    def __post_init__(self) -> None:
        from ...claims.tables.loading import all_assumptions

        with self.claims.store.read() as connection:
            self.assumptions = [assumption.id for assumption in all_assumptions(connection)]

    def __call__(self, content: Mapping[str, Any], claim: Claim | None) -> Iterator[Problem]:
        for where, text in _named(content):
            yield from disagreement(where, text, self.kept_names)
        for where, name in _assumed(content):
            if name not in self.assumptions:
                help = nearest(name, self.assumptions) or "an assumption comes with a library"
                yield Problem(where, f"there is no assumption '{name[:80]}'", help)
        if claim is not None:
            yield from self._id(claim)

    def kept_names(self, curie: str) -> tuple[str, ...]:
        """Give the name that kept claims use for a CURIE, as a list."""
        with self.claims.store.read() as connection:
            row = connection.execute("SELECT name FROM entity WHERE curie = ?", (curie,)).fetchone()
        return (str(row[0]),) if row else ()

    def _id(self, claim: Claim) -> Iterator[Problem]:
        first = self._ids.setdefault(claim.id, claim.meaning)
        if first != claim.meaning:
            yield Problem("id", f"'{claim.id}' is given to two claims", "rename one")
            return
        with self.claims.store.read() as connection:
            sql = "SELECT sentence FROM claim WHERE id = ? AND meaning <> ? AND state IN (1, 2)"
            row = connection.execute(sql, (claim.id, bytes.fromhex(claim.meaning))).fetchone()
        if row is not None:
            yield Problem("id", f"'{claim.id}' is the id of another claim: {row[0]}", "give it another id")


def disagreement(where: str, text: str, kept: Callable[[str], Iterable[str]] = lambda curie: ()) -> Iterator[Problem]:
    """Say where the name beside a CURIE is that of another thing.

    A name that the tables do not list is let through where it holds one that they do: "recombinant IL11".

    Args:
        text: a CURIE, and a name after it.
        kept: gives further names of a CURIE, those that are in use.

    Example:
        >>> [(found.what, found.help) for found in disagreement("subject", "hgnc:5966 IL6")]
        [('hgnc:5966 is IL11, not IL6', 'IL6 is hgnc:6018')]
    """
    from ...reading.names.keys import key_of, singular

    curie, _, name = text.strip().partition(" ")
    label, keys = known_names(curie)
    if not name.strip() or not label:
        return
    keys = keys | {key_of(each) for each in kept(curie)}
    key = key_of(name)
    words = f" {key} {singular(key)} "
    others = curies_named(name)
    if key in keys or curie in others or (not others and any(f" {each} " in words for each in keys if len(each) > 2)):
        return
    given = name.strip()[:80]
    yield Problem(where, f"{curie} is {label}, not {given}", f"{given} is {others[0]}" if others else "")


@cache
def known_names(curie: str) -> tuple[str, frozenset[str]]:
    """Give the label of a CURIE and the keys of its names, by the shipped vocabulary; empty where it has none."""
    from ...reading.names.keys import singular
    from ...reading.vocabulary import gene_identified, keys_of

    gene = gene_identified(curie)
    if gene is not None:
        return gene.symbol, gene.keys
    label, keys = keys_of(curie)
    return label, keys | {singular(key) for key in keys}


def curies_named(name: str) -> list[str]:
    """Give the CURIEs that a name stands for, the most usual first."""
    from ...reading.names.keys import key_of
    from ...reading.vocabulary import genes_named, names

    key = key_of(name)
    curated = [meant.curie for meant in names(key) if meant.curie and meant.rank < 0]
    return [*curated, *(gene.curie for gene in genes_named(key)), *(m.curie for m in names(key) if m.curie)]


def _named(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every `CURIE name` of a claim with its place."""
    for end in ("subject", "object"):
        yield from _text(end, content.get(end))
    evidence = content.get("evidence")
    parts = [("", content), *_numbered(evidence)]
    for place, part in parts:
        context = part.get("context") if isinstance(part, Mapping) else None
        if isinstance(context, Mapping):
            for name in _PARTS:
                yield from _text(f"{place}context.{name}", context.get(name))


def _assumed(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for place, part in [("", content), *_numbered(content.get("evidence"))]:
        names = part.get("rests_on") if isinstance(part, Mapping) else None
        for i, name in enumerate(names if isinstance(names, list | tuple) else ()):
            yield from _text(f"{place}rests_on.{i}", name)


def _numbered(evidence: Any) -> list[tuple[str, Any]]:
    items = evidence if isinstance(evidence, list | tuple) else ()
    return [(f"evidence.{i}.", item) for i, item in enumerate(items)]


def _text(where: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and value.strip():
        yield where, value
