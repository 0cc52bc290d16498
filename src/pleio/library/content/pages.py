"""A page with what it is made of beside claims and studies: the audit of its source, its infobox, its model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .pathway import Pathway


@dataclass(frozen=True)
class Finding:
    """One finding of an audit, with the span it is about."""

    code: str
    severity: str
    what: str
    help: str
    start: int
    end: int
    quote: str
    line: int = 0


@dataclass(frozen=True)
class Audit:
    """The report card of a document."""

    document: str
    title: str
    digest: str
    text: str
    claims: int
    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One row of the infobox: Markdown, and the claims that it rests on."""

    label: str
    value: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A mechanism as published: its modules, what is in it, the claims it stands on, the sources of its numbers."""

    name: str
    modules: tuple[str, ...]
    species: int
    reactions: int
    parameters: int
    switches: int
    digest: str
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """An artifact's page: its text and the artifacts that it is made of, by id.

    `text` is Markdown with `{claim: id, …}` after the sentences that claims stand behind and `[@key]` for citations;
    `keys` says which source a key means.
    """

    name: str
    title: str
    subject: str
    answer: str
    text: str
    facts: tuple[Fact, ...]
    keys: Mapping[str, str]
    pathway: Pathway
    claim_set: str
    studies: tuple[str, ...]
    figures: tuple[str, ...]
    audit: str = ""
    model: str = ""
    corrections: tuple[str, ...] = ()
