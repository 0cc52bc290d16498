"""Belief: the probability that an outcome is true in the target context, given all claims and their evidence.

The model is written out in `docs/theory/belief.md`.  `model.py` puts it together from the truth tree of each contest
(`tree.py`) and the joint posterior with the assumptions (`joint.py`); here are all the answers that it gives together,
each of which is a `ContestBelief` or an `AssumptionBelief`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...base.expected import expect
from ..claim import Context
from ..collection import ClaimSet
from .assumption_belief import AssumptionBelief
from .backbone import backbone, claimed_outcome
from .contest_belief import ContestBelief
from .draw import Draw, Uniforms, draw
from .joint import Group, Table
from .model import Model

TARGET = Context(species="human")


@dataclass(frozen=True, repr=False)
class Beliefs:
    """The joint posterior of assumptions and contests in a belief band and a target context."""

    claims: ClaimSet
    band: str
    context: Context
    contests: Mapping[str, ContestBelief]
    assumptions: Mapping[str, AssumptionBelief]
    groups: tuple[Group, ...] = field(repr=False)
    tables: Mapping[str, Table] = field(repr=False)

    def __repr__(self) -> str:
        return f"<Beliefs of a {self.band}: contests {len(self.contests)}, assumptions {len(self.assumptions)}>"

    def of(self, claim: str, question: str) -> ContestBelief:
        """Give the belief in the contest of a claim about a question.

        Raises:
            ClaimError: there is no such claim or contest.
        """
        return self.contests[self.claims.contest(claim, question).id]

    def draw(self, uniforms: Uniforms) -> Draw:
        """Draw worlds from the joint posterior; see `draw.draw` for the names that uniforms are asked for by."""
        always = {id: belief.always for id, belief in self.contests.items() if belief.always}
        names = {id: belief.contest.outcomes for id, belief in self.contests.items()}
        states = {id: tuple(belief.states) for id, belief in self.assumptions.items()}
        return draw(self.groups, self.tables, names, states, always, uniforms)


def believe(
    claims: ClaimSet,
    band: str = "neutral",
    context: Context | None = None,
    *,
    species: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    laboratories: Mapping[str, str] | None = None,
) -> Beliefs:
    """Work out the joint posterior of all contests and assumptions, exactly.

    Args:
        claims: claims with the assumptions they rest on.
        band: sceptic, neutral or believer: which column of the constants and of the assumptions' priors to use.
        context: the target; humans by default.  A contest's own cell type, tissue and disease go before it.
        species: contest → the species that it is asked of, where that is not the target's.
        given: states that assumptions are known to be in.
        laboratories: which laboratory a source is from, where claims outside this set tell.

    Raises:
        ClaimError: the band, a contest, an assumption or a state is unknown, or too many assumptions are coupled.
    """
    expect("claims", claims, ClaimSet, "a set of claims", "the `claims` of a library are one")
    target = (context or Context()).over(TARGET)
    model = Model(claims, band, target, dict(given or {}), laboratories or {}, species or {})
    settled = backbone(claims, model.laboratories)
    contests = {
        contest.id: ContestBelief(
            contest,
            model.priors(contest),
            model.outcomes(contest),
            next((claimed_outcome(claim) for claim in contest.claims if claim.id in settled), None),
            model.found[contest.id],
            model,
        )
        for contest in claims.contests()
    }
    assumptions = {id: _assumption(model, id) for id in sorted(model.assumptions)}
    return Beliefs(claims, band, model.context, contests, assumptions, model.groups, model.tables)


def _assumption(model: Model, id: str) -> AssumptionBelief:
    assumption = model.assumptions[id]
    touched = tuple(contest for contest, table in sorted(model.tables.items()) if id in table.assumptions)
    names = [state.name for state in assumption.states]
    before = dict(zip(names, assumption.prior(model.band), strict=True))
    return AssumptionBelief(assumption, before, model.states(id), touched, model)
