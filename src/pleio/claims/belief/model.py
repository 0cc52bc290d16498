"""The generative model with its evidence: the one value that every belief is asked of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...base.errors import ClaimError, Problem, nearest
from ..assumption import Assumption
from ..claim import Context
from ..collection import ClaimSet
from ..contest import Contest
from ..vocabulary import KINDS
from .constants import values
from .joint import SILENT, Floats, Group, Table, exchanged, fixed, groups, joined, outcomes_in, tabulate
from .reports import Report, Reports, classify, laboratories_of, reports_of
from .tree import prior

STRONG_POWER = 0.95  # of the study that "what would change it" imagines


@dataclass(frozen=True)
class Model:
    """Claims in a band and a target context, some assumptions perhaps known.

    Raises:
        ClaimError: the band, a contest, an assumption or a state is unknown, or too many assumptions are coupled.
    """

    claims: ClaimSet
    band: str
    context: Context
    known: Mapping[str, str]
    told: Mapping[str, str]  # the laboratories of sources, from claims outside this set
    species: Mapping[str, str] = field(default_factory=dict)  # of contests that are not asked of the target's

    def __post_init__(self) -> None:
        for id, state in self.known.items():
            if id not in self.assumptions:
                raise ClaimError(f"assumption '{id}'", Problem("", "does not exist", nearest(id, self.assumptions)))
            self.state(id, state)
        contests = {contest.id for contest in self.claims.contests()} if self.species else set()
        for id in sorted(set(self.species) - contests):
            raise ClaimError(f"contest '{id}'", Problem("", "does not exist", nearest(id, contests)))

    @cached_property
    def constants(self) -> Mapping[str, Mapping[str, float]]:
        return {kind: values(self.band, kind) for kind in KINDS}

    @cached_property
    def laboratories(self) -> Mapping[str, str]:
        return {**laboratories_of(self.claims), **self.told}

    @cached_property
    def assumptions(self) -> Mapping[str, Assumption]:
        return {assumption.id: assumption for assumption in self.claims.assumptions}

    @cached_property
    def found(self) -> Mapping[str, Reports]:
        return {
            contest.id: reports_of(
                contest,
                self.claims,
                self.constants[contest.kind],
                self.target(contest),
                self.laboratories,
            )
            for contest in self.claims.contests()
        }

    def target(self, contest: Contest) -> Context:
        """Give what a contest is asked of: its own cell, tissue and disease in the target's species, or in its own."""
        here = contest.context.over(self.context)
        species = self.species.get(contest.id)
        return here if species is None else Context(species=species).over(here)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        return {contest.id: self.table(contest, self.found[contest.id].reports) for contest in self.claims.contests()}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        found = groups(self.tables, self.assumptions, lambda assumption: assumption.prior(self.band))
        for id, state in self.known.items():
            found = tuple(fixed(group, id, self.state(id, state)) if id in group.names else group for group in found)
        return found

    def priors(self, contest: Contest) -> dict[str, float]:
        null = self.constants[contest.kind]["null"]
        return dict(zip(contest.outcomes, prior(contest.outcomes, null), strict=True))

    def table(self, contest: Contest, reports: Sequence[Report]) -> Table:
        before = tuple(self.priors(contest).values())
        return tabulate(reports, contest.outcomes, before, self.constants[contest.kind], self.assumptions)

    def group(self, table: Table) -> Group | None:
        return next((group for group in self.groups if table.assumptions and table.assumptions[0] in group.names), None)

    def outcomes(self, contest: Contest) -> dict[str, float]:
        table = self.tables[contest.id]
        return _named(contest, outcomes_in(self.group(table), table))

    def answer(self, contest: Contest, reports: Sequence[Report]) -> dict[str, float]:
        """Give the belief in a contest with other reports in place of its own."""
        old, new = self.tables[contest.id], self.table(contest, reports)
        touched = {*old.assumptions, *new.assumptions}
        group = joined([group for group in self.groups if touched & {*group.names}]) if touched else None
        return _named(contest, outcomes_in(exchanged(group, old, new) if group else None, new))

    def given(self, contest: Contest, assumption: str, state: str) -> dict[str, float]:
        table = self.tables[contest.id]
        group = self.group(table)
        if group is None or assumption not in group.names:
            return self.outcomes(contest)
        return _named(contest, outcomes_in(fixed(group, assumption, self.state(assumption, state)), table))

    def states(self, assumption: str, *, without: str | None = None) -> dict[str, float]:
        """Give the posterior of an assumption, perhaps without what one contest teaches."""
        group = next(group for group in self.groups if assumption in group.names)
        if without is not None:
            group = exchanged(group, self.tables[without], SILENT)
        names = [state.name for state in self.assumptions[assumption].states]
        return dict(zip(names, map(float, group.marginal((assumption,))), strict=True))

    def state(self, assumption: str, state: str) -> int:
        names = [each.name for each in self.assumptions[assumption].states]
        if state not in names:
            raise ClaimError(f"state '{state}'", Problem(assumption, "has no such state", nearest(state, names)))
        return names.index(state)

    def imagined(self, contest: Contest, outcome: str, number: int) -> Report:
        """Make up a well-powered study in the target context, by its own laboratory, reported whatever it finds."""
        k, target = self.constants[contest.kind], self.target(contest)
        place = classify(target, target, None, k)
        low, high = k["replicates_without_power"], k["replicates_with_power"]
        rho = k["read_file"] * (low + STRONG_POWER * (high - low))
        name = f"imagined study {number + 1}"
        return Report(frozenset({outcome}), name, name, place, rho, STRONG_POWER, selected=False)


def _named(contest: Contest, probabilities: Floats) -> dict[str, float]:
    return dict(zip(contest.outcomes, map(float, probabilities), strict=True))
