"""A set of claims with the assumptions and references they name: looked up, filtered, walked as a graph, joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..base.errors import ClaimError, Problem, nearest
from .assumption import Assumption
from .claim import Claim, Evidence
from .contest import Contest, apparent_contradictions, contests_of
from .entity import Entity
from .merging import merge_all
from .reference import Reference

Place = tuple[str | int, ...]


@dataclass(frozen=True, repr=False)
class ClaimSet:
    """Claims, assumptions and references; nothing in it names what is not there.

    Raises:
        ClaimError: on construction, for each id given twice and each assumption that is named and missing.
    """

    claims: tuple[Claim, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    references: tuple[Reference, ...] = ()
    shared: ClaimSet | None = field(default=None, repr=False)  # what is public, where not all is

    def __post_init__(self) -> None:
        problems = list(dangling(self.claims, self.assumptions, None, lambda claim, place: claim.id))
        if problems:
            raise ClaimError("the claims", problems)

    def __repr__(self) -> str:
        return f"<ClaimSet: claims {len(self.claims)}, assumptions {len(self.assumptions)}>"

    def _repr_html_(self) -> str:
        from ..base.html import heading, table

        rows = ((claim.id, str(claim), str(len(claim.evidence))) for claim in self.claims)
        return heading("Claims", f"{len(self):,}") + table(["id", "claim", "evidence"], rows)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __getitem__(self, id: str) -> Claim:
        """Give a claim by its id.

        Raises:
            ClaimError: there is none; the nearest is named.
        """
        try:
            return self._by_id[id]
        except KeyError:
            raise ClaimError(f"claim '{id}'", Problem("", "does not exist", nearest(id, self._by_id))) from None

    def contests(self, name: str | None = None, *, context: str | None = None) -> tuple[Contest, ...]:
        """Give the contests, by id; those about an entity and in a cell, tissue, disease or species where asked.

        Args:
            name: a name or CURIE of the subject or object.
            context: a name or CURIE of the target's cell type, tissue or disease.
        """
        return tuple(
            contest
            for contest in self._contests
            if (name is None or any(_is(end, name) for end in (contest.subject, contest.object)))
            and (context is None or any(_is(part, context) for part in contest.target))
        )

    def contest(self, claim: str, question: str) -> Contest:
        """Give the contest that a claim takes part in for one question.

        Raises:
            ClaimError: there is no such claim, or it has nothing to do with that question.
        """
        self[claim]
        for contest in self._contests:
            if contest.question == question and any(member.id == claim for member in contest.claims):
                return contest
        asked = [contest.question for contest in self._contests if any(c.id == claim for c in contest.claims)]
        raise ClaimError(
            f"claim '{claim}'", Problem("", f"has no contest about {question}", "it has one about " + ", ".join(asked))
        )

    def apparent_contradictions(self, contest: Contest) -> tuple[tuple[Contest, tuple[str, ...]], ...]:
        """Find the contests that only seem to contradict one, with the respects in which they do not meet it."""
        return apparent_contradictions(contest, self._contests)

    def claims_about(self, entity: str) -> tuple[Claim, ...]:
        """Give the claims whose subject or object is an entity, named by CURIE or name."""
        return tuple(claim for claim in self.claims if _is(claim.subject, entity) or _is(claim.object, entity))

    def filter(
        self, *, entity: str | None = None, relation: str | None = None, context: str | None = None
    ) -> tuple[Claim, ...]:
        """Give the claims that fit every filter given; `context` is a species, cell, tissue, disease or system."""
        found = self.claims if entity is None else self.claims_about(entity)
        return tuple(
            claim
            for claim in found
            if (relation is None or claim.relation == relation) and (context is None or _in_context(claim, context))
        )

    def neighbours(self, entity: str) -> Mapping[Entity, tuple[Claim, ...]]:
        """Give each entity that a claim joins to this one, with the claims that join them, by CURIE."""
        joined: dict[Entity, list[Claim]] = {}
        for claim in self.claims_about(entity):
            other = claim.object if _is(claim.subject, entity) else claim.subject
            joined.setdefault(other, []).append(claim)
        return {other: tuple(joined[other]) for other in sorted(joined, key=lambda end: end.curie)}

    def reference(self, curie: str) -> Reference | None:
        """Give the reference of a source, or None where the set has none."""
        return self._references.get(curie)

    def paper(self, source: str) -> str:
        """Give the CURIE under which a source stands in the references, by whichever of its identifiers it is told.

        A source that they do not have, or that its words may be several of, stays as it is.

        Example:
            >>> from pleio.claims.reference import Reference
            >>> told = {"title": "-", "authors": ("Gordon MS",), "year": 1996, "pmid": "123", "trust": "abstract"}
            >>> known = ClaimSet((), (), (Reference(curie="doi:10.1182/B87", **told),))
            >>> known.paper("pubmed:123"), known.paper("doi:10.1182/b87"), known.paper("pleio:gordon-et-al.-1996")
            ('doi:10.1182/B87', 'doi:10.1182/B87', 'doi:10.1182/B87')
        """
        return source if source in self._references else self._papers.get(source.lower()) or self._cited_as(source)

    def _cited_as(self, source: str) -> str:
        """Find the one reference that words or an address tell: by its patterns, or `gordon-et-al.-1996`."""
        prefix, _, told = source.lower().partition(":")
        if prefix not in ("pleio", "url"):
            return source
        named = [one for name, one in self._papers.items() if _stands_in(told, name)]
        found = named[:1] or [one.curie for one in self.references if _tells(told, one)]
        return found[0] if len(found) == 1 else source

    def assumptions_of(self, claim: Claim, evidence: Evidence) -> tuple[str, ...]:
        """Name the assumptions that a piece of evidence rests on, in order.

        Those it names itself; those whose `applies_to` covers it; and those its claim names that have no `applies_to`.
        """
        context = evidence.context.over(claim.context)
        found = set(evidence.rests_on)
        for assumption in self.assumptions:
            if assumption.applies_to is None:
                if assumption.id in claim.rests_on:
                    found.add(assumption.id)
            elif assumption.applies_to.covers(evidence, context):
                found.add(assumption.id)
        return tuple(sorted(found))

    def used_twice(self) -> tuple[tuple[str, str], ...]:
        """Name each contest and source where one source is both an observation and evidence with a weight.

        One finding has one use: such pairs are legitimate only where they are different experiments of that source.
        """
        found = set()
        for contest in self._contests:
            sources = [(item.source, item.says == "observation") for _, item in contest.evidence if item.source]
            both = {source for source, observed in sources if observed} & {s for s, observed in sources if not observed}
            found |= {(contest.id, source) for source in both}
        return tuple(sorted(found))

    @property
    def public(self) -> ClaimSet:
        """The set as it was before anything private was laid over it."""
        return self if self.shared is None else self.shared

    def joined(self, other: ClaimSet, *, private: bool = False) -> ClaimSet:
        """Lay another set over this one; claims that mean the same become one.

        Args:
            private: keep what the other set brings out of `public`: its claims, and its evidence on claims of both.

        Raises:
            ClaimError: an assumption or reference of one id differs between the two, or claims of one id differ in
                meaning.
        """
        assumptions, references = {item.id: item for item in self.assumptions}, dict(self._references)
        differing = [item.id for item in other.assumptions if assumptions.setdefault(item.id, item) != item]
        differing += [item.curie for item in other.references if references.setdefault(item.curie, item) != item]
        if differing:
            help = "give one of them another id"
            raise ClaimError("the claims", [Problem(id, "differs between the two sets", help) for id in differing])
        shared = self.public if private else None
        if not private and (self.shared or other.shared):
            shared = self.public.joined(other.public)
        return ClaimSet(
            merge_all((*self.claims, *other.claims)),
            tuple(assumptions[id] for id in sorted(assumptions)),
            tuple(references[curie] for curie in sorted(references)),
            shared,
        )

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def _references(self) -> dict[str, Reference]:
        return {reference.curie: reference for reference in self.references}

    @cached_property
    def _papers(self) -> dict[str, str]:
        """Every identifier of a reference, in small letters, and the CURIE that it stands under."""
        return {name.lower(): one.curie for one in self.references for name in one.identifiers}

    @cached_property
    def _contests(self) -> tuple[Contest, ...]:
        return contests_of(self.claims)


def _stands_in(told: str, name: str) -> bool:
    """Whether an identifier stands within words for a paper: `pubmed:9363868` in `isaacs-1997-pmid-9363868`."""
    prefix, _, local = name.partition(":")
    before = {"pubmed": "pmid-?", "doi": "", "pmc": ""}.get(prefix)
    return before is not None and re.search(rf"(?<![0-9a-z]){before}{re.escape(local)}(?![0-9a-z])", told) is not None


def _tells(told: str, one: Reference) -> bool:
    """Whether words tell a paper: by first author and year, author or journal with volume and page, or patterns."""
    if any(re.search(pattern, told) for pattern in one.told_as):
        return True
    numbers, words = set(re.findall(r"\d+", told)), re.findall(r"[a-z]+", told)
    surname = re.sub(r"[^a-z].*", "", one.authors[0].lower()) if one.authors else ""
    journal = re.findall(r"[a-z]+", (one.container or "").lower())
    at = {one.volume or "", re.sub(r"\D.*", "", one.pages or "")}
    placed = "" not in at and at <= numbers
    by_author = bool(surname) and words[:1] == [surname]
    return (by_author and (str(one.year) in numbers or placed)) or (placed and words[:1] == journal[:1] != [])


def dangling(
    claims: Iterable[Claim],
    assumptions: Iterable[Assumption],
    references: Iterable[Reference] | None,
    where: Callable[[Claim, Place], str],
) -> Iterator[Problem]:
    """Find each name that stands for nothing and each id given twice.

    Args:
        references: None where there is no list of references to check sources against.
        where: says where a part of a claim stands.
    """
    assumed = {assumption.id for assumption in assumptions}
    cited = None if references is None else {reference.curie for reference in references}
    seen: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in seen:
            yield Problem(where(claim, ("id",)), f"the id '{claim.id}' is given twice", "rename one")
        seen[claim.id] = claim
        named: list[tuple[Place, str]] = [(("rests_on", i), name) for i, name in enumerate(claim.rests_on)]
        sources: list[tuple[Place, str]] = []
        for i, item in enumerate(claim.evidence):
            named += [(("evidence", i, "rests_on", j), name) for j, name in enumerate(item.rests_on)]
            sources += [(("evidence", i, "source"), item.source)] if item.source else []
            sources += [(("evidence", i, "cites", j), curie) for j, curie in enumerate(item.cites)]
        for place, name in named:
            if name not in assumed:
                help = nearest(name, assumed) or "add it to the assumptions"
                yield Problem(where(claim, place), f"there is no assumption '{name}'", help)
        for place, curie in sources:
            if cited is not None and curie not in cited:
                help = nearest(curie, cited) or "add it to the references"
                yield Problem(where(claim, place), f"'{curie}' is not among the references", help)


def _is(end: Entity | None, name: str) -> bool:
    return end is not None and (end.curie == name or end.name.casefold() == name.casefold())


def _in_context(claim: Claim, name: str) -> bool:
    context = claim.context
    return name in (context.species, context.system) or any(
        _is(part, name) for part in (context.cell_type, context.tissue, context.disease)
    )
