"""What the tools do: search claims, explain contests, run a scenario, value information; all over what is accepted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...base.errors import ClaimError, Problem, StudyError, nearest
from ...library import content
from ...library.keeping.kept import joined, kept_claims
from ...library.opened import Library
from ...library.opened import open as open_library
from .answers import (
    ClaimsFound,
    ContestExplained,
    Contests,
    EndpointFound,
    FoundClaim,
    ScenarioRun,
    Side,
    ValueFound,
    Worth,
)

if TYPE_CHECKING:
    from ...library.question import StudyInLibrary
    from ...studies.result import Result

MOST_WORLDS = 4096
MOST_CONTESTS = 20


class Tools:
    """The tools over one library and what is kept beside it."""

    def __init__(self, library: str = "il11") -> None:
        self.name = library
        self._claims = lru_cache(maxsize=3)(self._claim_set)

    @property
    def library(self) -> Library:
        """The library with every accepted claim in it."""
        from ..kept import revision

        return _joined(self.name, revision(kept_claims(open_library(self.name))))

    def search_claims(self, query: str, about: str, relation: str, context: str, limit: int) -> ClaimsFound:
        """Find accepted claims by words and filters.

        Raises:
            ClaimError: a filter names what does not exist, or the query holds nothing to look for.
        """
        from ...claims.tables.search import Filters, search

        filters = Filters(entity=about, relation=relation, context=context)
        found = search(kept_claims(open_library(self.name)), query.strip(), filters, limit=limit)
        hits = [FoundClaim(id=h.id, sentence=h.sentence, snippet=h.snippet, sources=h.sources) for h in found.hits]
        return ClaimsFound(claims=hits, more=found.more, claim_ids=[hit.id for hit in found.hits])

    def contests_about(self, about: str, context: str, belief: str) -> Contests:
        """Explain the contests about an entity, those whose evidence disagrees first.

        Raises:
            ClaimError: no contest is about it.
        """
        library = self.library
        found_ids = (c.id for n in _names(library, about) for c in library.claims.contests(n, context=context or None))
        ids = list(dict.fromkeys(found_ids))
        if not ids:
            raise _no_contest(library, about, context)
        claims = self._claims(library, belief)
        found = [contest for contest in map(claims.contest, ids) if contest]
        found.sort(key=lambda contest: (not contest.contested, contest.id))
        shown = [_explained(contest) for contest in found[:MOST_CONTESTS]]
        every = sorted({id for contest in shown for id in contest.claim_ids})
        return Contests(contests=shown, more=len(found) > MOST_CONTESTS, claim_ids=every)

    def explain_contest(self, contest: str, belief: str) -> ContestExplained:
        """Explain one contest, by its id.

        Raises:
            ClaimError: there is none of that id.
        """
        claims = self._claims(self.library, belief)
        found = claims.contest(contest)
        if found is None:
            help = nearest(contest, [each.id for each in claims.contests]) or "contests_about finds them"
            raise ClaimError(f"contest '{contest[:120]}'", Problem("", "does not exist", help))
        return _explained(found)

    def run_scenario(self, study: str, definition: str, worlds: int, belief: str, seed: int | None) -> ScenarioRun:
        """Run a study of the library, or one given as YAML, over worlds that the evidence allows.

        Raises:
            StudyError: there is none of that name, or it is malformed.
        """
        from ...library.publishing import readings
        from ...library.publishing.studies import limits, told_of
        from ...studies.unmoved import unmoved

        asked, result = self._run(study, definition, worlds, belief, seed)
        rows = [
            EndpointFound(
                arm=row["arm"],
                endpoint=row["endpoint"],
                label=row["label"],
                unit=row["unit"],
                median=row["median"],
                worlds_90=row["worlds_90"],
            )
            for row in result.summary()
        ]
        return ScenarioRun(
            study=asked.name,
            question=asked.study.question,
            worlds=len(result.worlds),
            belief=result.worlds.band,
            believed_of=asked.believed_of,
            seed=result.worlds.seed,
            trajectories=result.trajectories,
            failed=len(result.failed),
            digest=result.digest,
            endpoints=rows,
            answer=told_of(asked, result, *readings.chances(result)),
            unmoved={arm: list(missed) for arm, missed in unmoved(result).items()},
            limits=list(limits(asked, result)),
            claim_ids=_stands_on(asked),
        )

    def value_of_information(self, study: str, definition: str, worlds: int, belief: str) -> ValueFound:
        """Say which claims and assumptions decide a study, and which are worth testing.

        Raises:
            StudyError: there is none of that name, it has no decision, or its worlds are too few.
        """
        from ...library.publishing.studies import next_test

        asked, result = self._run(study, definition, worlds, belief, None)
        found = asked.value(result)
        claims = {
            id: [claim.id for claim in each.contest.claims] for id, each in self.library.belief(belief).contests.items()
        }
        findings = [
            Worth(
                title=each.title,
                kind=each.kind,
                share=each.share.value,
                worth=each.worth.value,
                worth_testing=each.worth.is_positive,
                claim_ids=claims.get(each.name, []),
            )
            for each in found.findings[:20]
        ]
        return ValueFound(
            study=asked.name,
            best=found.best,
            chances=dict(found.chances),
            evpi=found.evpi,
            unit=found.unit,
            findings=findings,
            next_test=next_test(asked, result, found),
            worlds=len(result.worlds),
            claim_ids=_stands_on(asked),
        )

    def _run(
        self, study: str, definition: str, worlds: int, belief: str, seed: int | None
    ) -> tuple[StudyInLibrary, Result]:
        from ...store import cache_folder
        from ..jobs.asking import asked_of

        if bool(study) == bool(definition):
            known = ", ".join(self.library.studies)
            what = "both are given" if study else "neither is given"
            raise StudyError("study or definition", Problem("", what, f"give one; the studies are {known}"))
        asked = asked_of(self.library, study, definition)
        return asked, asked.run(asked.worlds(worlds, seed=seed, band=belief), folder=cache_folder("studies"))

    def _claim_set(self, library: Library, belief: str) -> content.ClaimSet:
        from ...library.publishing.claims import claim_set

        return claim_set(self.name, library.belief(belief), library.references)


def _names(library: Library, about: str) -> tuple[str | None, ...]:
    """The CURIEs of a name in any spelling of it; the name itself where no claim has it."""
    from ...claims.tables.search import curies_of

    try:
        return curies_of(kept_claims(library), about) if about else (None,)
    except ClaimError:
        return (about,)


def _no_contest(library: Library, about: str, context: str) -> ClaimError:
    """Say which of the two names fits no contest, or that they do not meet."""
    here = library.claims.contests(about)
    if here:
        places = sorted({part.name for contest in here for part in contest.target if part})
        help = nearest(context, places) or f"it has contests in {', '.join(places[:12]) or 'no stated context'}"
        return ClaimError(f"'{about[:80]}'", Problem("context", f"is in no contest in '{context[:80]}'", help))
    names = {end.name for contest in library.claims.contests() for end in (contest.subject, contest.object)}
    return ClaimError(f"'{about[:80]}'", Problem("", "is in no contest", nearest(about, names)))


@lru_cache(maxsize=2)
def _joined(name: str, revision: str) -> Library:  # `revision` only lets the cache tell one state from another
    return joined(open_library(name))


def _explained(contest: content.Contest) -> ContestExplained:
    sides = [
        Side(
            source=item.source,
            says=item.says,
            outcome=", ".join(item.outcomes),
            weight=item.weight,
            finding=item.finding,
            claim_id=item.claim,
        )
        for item in contest.evidence
    ]
    return ContestExplained(
        id=contest.id,
        title=contest.title,
        question=contest.question,
        outcomes={each.name: each.belief for each in contest.outcomes},
        prior={each.name: each.prior for each in contest.outcomes},
        contested=contest.contested,
        why=contest.why,
        would_change=contest.would_change,
        evidence=sides,
        assumptions=list(contest.assumptions),
        claim_ids=list(contest.claims),
    )


def _stands_on(asked: StudyInLibrary) -> list[str]:
    return sorted({id for ids in asked.assembled.claims.values() for id in ids})
