"""What is believed of one contest: its outcomes, what each source adds, why, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..claim import Evidence
from ..contest import Contest
from .experiment import Prediction, planned_report, predict
from .explain import why, would_change
from .model import Model
from .odds import log_odds
from .reports import OBSERVED, Report, Reports, Silent

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


@dataclass(frozen=True, repr=False)
class ContestBelief:
    """The belief in one contest; weights and sentences are worked out when first asked for."""

    contest: Contest
    prior: Mapping[str, float]
    outcomes: Mapping[str, float]
    always: str | None  # the outcome of a contest that a backbone claim settles
    found: Reports = field(repr=False)
    model: Model = field(repr=False, compare=False)

    def __repr__(self) -> str:
        said = ", ".join(f"{name} {belief:.2f}" for name, belief in self.outcomes.items())
        return f"<ContestBelief {self.contest.id}: {said}>"

    def _repr_html_(self) -> str:
        from ...base.html import heading, paragraph, table

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
    def remark(self) -> str:
        """What a reader must know beside the numbers: what they stand on if not evidence, and what they leave out."""
        count = sum(each.reason == OBSERVED for each in self.silent)
        if not count:
            return "" if self.status == EVIDENCE else self.status
        stands_on = "prior; " if self.is_prior else ""
        return f"{stands_on}{count} finding{'s' if count > 1 else ''} used as data, not counted"

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
            factors = {name: log_odds(self.outcomes, name) - log_odds(without, name) for name in self.outcomes}
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
