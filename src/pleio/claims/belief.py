"""Belief: the probability that an outcome is true in the target context, given all claims and their evidence.

The model is written out in `docs/theory/belief.md`.  `model.py` puts it together from the truth tree of each contest
(`tree.py`) and the joint posterior with the assumptions (`joint.py`); here are the answers that it gives.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from .assumption import Assumption
from .backbone import backbone, claimed_outcome
from .claim import Context, Evidence
from .collection import ClaimSet
from .contest import Contest
from .draw import Draw, Uniforms, draw
from .experiment import Prediction, planned_report, predict
from .explain import why, why_assumption, would_change
from .joint import Group, Table
from .model import Model
from .reports import OBSERVED, Report, Reports, Silent

TARGET = Context(species="human")
SMALLEST = sys.float_info.min
STATUSES = EVIDENCE, SECONDARY_ONLY, USED_AS_DATA, NO_EVIDENCE = (
    "evidence",
    "secondary only",
    "used as data",
    "no evidence",
)


@dataclass(frozen=True)
class Weight:
    """What one independent source adds: the log Bayes factor, in nats, of having it, for each outcome."""

    source: str
    reports: tuple[Report, ...]
    log_factors: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        """Give the weight as a JSON object."""
        return {
            "source": self.source,
            "reports": sorted({outcome for report in self.reports for outcome in report.outcomes}),
            "claims": sorted({name for report in self.reports for name in report.claims}),
            "laboratory": self.reports[0].laboratory,
            "log_factors": dict(self.log_factors),
        }


@dataclass(frozen=True)
class ContestBelief:
    """The belief in one contest; weights and sentences are worked out when first asked for."""

    contest: Contest
    prior: Mapping[str, float]
    outcomes: Mapping[str, float]
    always: str | None  # the outcome of a contest that a backbone claim settles
    found: Reports = field(repr=False)
    model: Model = field(repr=False, compare=False)

    def _repr_html_(self) -> str:
        from ..base.html import heading, paragraph, table

        rows = [(name, f"{belief:.2f}", f"{self.prior[name]:.2f}") for name, belief in self.outcomes.items()]
        return heading(self.contest.id, self.status) + table(["outcome", "belief", "prior"], rows) + paragraph(self.why)

    @property
    def leading(self) -> str:
        """The most probable outcome."""
        return max(self.outcomes, key=lambda name: self.outcomes[name])

    @property
    def is_backbone(self) -> bool:
        """Whether a backbone claim settles it: worlds then differ in its parameters only."""
        return self.always is not None

    @property
    def status(self) -> str:
        """What the belief stands on: "evidence", "secondary only", "used as data", or "no evidence".

        "used as data": no primary evidence counts here, because what was found enters as observations elsewhere.
        """
        if any(report.primary for report in self.found.reports):
            return EVIDENCE
        if self.observations:
            return USED_AS_DATA
        return SECONDARY_ONLY if self.found.reports else NO_EVIDENCE

    @property
    def is_prior(self) -> bool:
        """Whether nothing counts, so that the belief is its prior."""
        return not self.found.reports

    @property
    def observations(self) -> tuple[str, ...]:
        """The ids of the observations that its findings enter as, by name."""
        cited = (each.evidence.observation for each in self.silent if each.reason == OBSERVED)
        return tuple(sorted({id for id in cited if id}))

    @property
    def reports(self) -> tuple[Report, ...]:
        """The independent reports that count."""
        return self.found.reports

    @property
    def silent(self) -> tuple[Silent, ...]:
        """The evidence that is shown without a weight of its own, with the reason."""
        return self.found.silent

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The assumptions that its reports rest on."""
        return self.model.tables[self.contest.id].assumptions

    @cached_property
    def evidence(self) -> tuple[Weight, ...]:
        """The weight of each independent source, strongest first."""
        found = []
        for source in sorted({report.source for report in self.reports}):
            without = self.model.answer(self.contest, [each for each in self.reports if each.source != source])
            factors = {name: _logit(self.outcomes, name) - _logit(without, name) for name in self.outcomes}
            found.append(Weight(source, tuple(each for each in self.reports if each.source == source), factors))
        return tuple(sorted(found, key=lambda weight: (-abs(weight.log_factors[self.leading]), weight.source)))

    def if_reported(self, outcome: str, studies: int = 1) -> Mapping[str, float]:
        """Give the belief as it would be after independent, well-powered studies in the target context.

        Args:
            outcome: what all of them report.
            studies: how many there are.
        """
        imagined = [self.model.imagined(self.contest, outcome, number) for number in range(studies)]
        return self.model.answer(self.contest, [*self.reports, *imagined])

    def predict(self, experiment: Evidence) -> Prediction:
        """Give what a planned experiment would report in each world; see `experiment.predict`."""
        return predict(self.model, self.contest, experiment)

    def after(self, experiment: Evidence, result: str) -> Mapping[str, float]:
        """Give the belief as it would be after a planned experiment with a result."""
        report = replace(planned_report(self.model, self.contest, experiment), outcomes=frozenset({result}))
        return self.model.answer(self.contest, [*self.reports, report])

    def given(self, assumption: str, state: str) -> Mapping[str, float]:
        """Give the belief if an assumption were known to be in a state."""
        return self.model.given(self.contest, assumption, state)

    @cached_property
    def why(self) -> str:
        """Why the belief is what it is, in plain words."""
        return why(self)

    @cached_property
    def would_change(self) -> str:
        """What would change the belief, in plain words."""
        return would_change(self)

    def to_json(self) -> dict[str, Any]:
        """Give the belief as a JSON object, with the weight of each source and the sentences."""
        return {
            "id": self.contest.id,
            "title": self.contest.title,
            "question": self.contest.question,
            "kind": self.contest.kind,
            "claims": [claim.id for claim in self.contest.claims],
            "prior": dict(self.prior),
            "outcomes": dict(self.outcomes),
            "leading": self.leading,
            "status": self.status,
            "observations": list(self.observations),
            "backbone": self.is_backbone,
            "contested": self.contest.is_contested,
            "assumptions": list(self.assumptions),
            "evidence": [weight.to_json() for weight in self.evidence],
            "silent": [{"source": each.evidence.source, "reason": each.reason} for each in self.silent],
            "why": self.why,
            "would_change": self.would_change,
        }


@dataclass(frozen=True)
class AssumptionBelief:
    """What the evidence says of an assumption: the probability of each state before and after."""

    assumption: Assumption
    prior: Mapping[str, float]
    states: Mapping[str, float]
    contests: tuple[str, ...]
    model: Model = field(repr=False, compare=False)

    @property
    def leading(self) -> str:
        """The most probable state."""
        return max(self.states, key=lambda name: self.states[name])

    @cached_property
    def lessons(self) -> Mapping[str, float]:
        """What each contest teaches: the log Bayes factor, in nats, for the leading state of having it; most first."""
        factors = {}
        for contest in self.contests:
            without = self.model.states(self.assumption.id, without=contest)
            factors[contest] = _logit(self.states, self.leading) - _logit(without, self.leading)
        return dict(sorted(factors.items(), key=lambda item: (-abs(item[1]), item[0])))

    def to_json(self) -> dict[str, Any]:
        """Give the belief as a JSON object."""
        return {
            "id": self.assumption.id,
            "premise": self.assumption.premise,
            "prior": dict(self.prior),
            "states": dict(self.states),
            "lessons": dict(self.lessons),
            "why": self.why,
        }

    @cached_property
    def why(self) -> str:
        """Why the belief is what it is, in plain words."""
        return why_assumption(self)


@dataclass(frozen=True)
class Beliefs:
    """The joint posterior of assumptions and contests in a belief band and a target context."""

    claims: ClaimSet
    band: str
    context: Context
    contests: Mapping[str, ContestBelief]
    assumptions: Mapping[str, AssumptionBelief]
    groups: tuple[Group, ...] = field(repr=False)
    tables: Mapping[str, Table] = field(repr=False)

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
    given: Mapping[str, str] | None = None,
    laboratories: Mapping[str, str] | None = None,
) -> Beliefs:
    """Work out the joint posterior of all contests and assumptions, exactly.

    Args:
        claims: claims with the assumptions they rest on.
        band: sceptic, neutral or believer: which column of the constants and of the assumptions' priors to use.
        context: the target; humans by default.  A contest's own cell type, tissue and disease go before it.
        given: states that assumptions are known to be in.
        laboratories: which laboratory a source is from, where claims outside this set tell.

    Raises:
        ClaimError: the band, an assumption or a state is unknown, or too many assumptions are coupled.
    """
    model = Model(claims, band, (context or Context()).over(TARGET), dict(given or {}), laboratories or {})
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


def _logit(outcomes: Mapping[str, float], name: str) -> float:
    """Give the log odds of an outcome, from the sum of the others so that near certainty is not rounded away."""
    others = math.fsum(p for other, p in outcomes.items() if other != name)
    return math.log(max(outcomes[name], SMALLEST)) - math.log(max(others, SMALLEST))
