"""One finding, one use: a finding is evidence for a belief or an observation in a likelihood, and never both.

A claim may cite an observation, `says: observation`, and then it weighs nothing.  Two things break the rule: a source
that weighs in a contest in which a claim cites one of its observations, and a source that sets the size of a contested
effect and weighs in whether there is one.  A third is not double use but forecasting from the answer: a parameter set
by a source that is kept for checking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...claims.vocabulary import plural
from ...inference.observations import Observation

if TYPE_CHECKING:
    from ...assembly.module import Module, Prior
    from ..opened import Library


@dataclass(frozen=True)
class Informed:
    """A source that is kept for checking, its rows, and the parameters that it set, as `module.parameter`."""

    source: str
    rows: tuple[str, ...]
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class OneUse:
    """Who used what.

    Attributes:
        pairs: (claim, observation, source): the claim shows the observation and gives it no weight.
        overlaps: sentences, one for each finding with two uses.
        informed: sources that are kept for checking and set a parameter all the same.
    """

    pairs: tuple[tuple[str, str, str], ...]
    overlaps: tuple[str, ...]
    informed: tuple[Informed, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "pairs": [dict(zip(("claim", "observation", "source"), pair, strict=True)) for pair in self.pairs],
            "overlaps": list(self.overlaps),
            "check_rows_informed": [
                {"source": one.source, "rows": list(one.rows), "parameters": list(one.parameters)}
                for one in self.informed
            ],
        }


def one_use(library: Library, rows: Sequence[Observation]) -> OneUse:
    """Find every pair of claim and observation, every finding used twice, and every check that is none."""
    sources = {row.id: row.source for row in rows}
    pairs = tuple(
        (claim.id, item.observation, sources[item.observation])
        for claim in library.claims
        for item in claim.evidence
        if item.observation in sources
    )
    return OneUse(pairs, (*_cited_and_weighed(library), *_sized_and_weighed(library)), tuple(_informed(library, rows)))


def _cited_and_weighed(library: Library) -> Iterable[str]:
    for contest, source in library.claims.used_twice():
        yield f"{source} is cited as an observation and weighs in the contest {contest}"


def _sized_and_weighed(library: Library) -> Iterable[str]:
    """A switch whose gain or half was fitted to a source that weighs in the contest of its sign."""
    belief = library.belief()
    for module in library.modules.values():
        for switch in module.switches:
            fitted = {prior.source for prior in (switch.gain, switch.half) if prior.fitted_to and prior.source}
            if not fitted:
                continue
            contest = belief.of(switch.claim, switch.question)
            for source in sorted(fitted & {report.source for report in contest.reports}):
                yield (
                    f"{source} set the size of the switch '{switch.id}' of {module.name} and weighs in the contest "
                    f"{contest.contest.id} of its sign"
                )


def _informed(library: Library, rows: Sequence[Observation]) -> Iterable[Informed]:
    checks: dict[str, list[str]] = {}
    for row in rows:
        if row.use == "check":
            checks.setdefault(row.source, []).append(row.id)
    set_by: dict[str, list[str]] = {}
    for module in library.modules.values():
        for name, prior in known_of(module):
            if prior.source in checks:
                set_by.setdefault(prior.source, []).append(f"{module.name}.{name}")
    for source, parameters in set_by.items():
        yield Informed(source, tuple(checks[source]), tuple(parameters))


def known_of(module: Module) -> Iterable[tuple[str, Prior]]:
    """Give every number of a module with what is known of it, those of other species and of its switches too."""
    yield from module.priors.items()
    for name, others in module.in_species.items():
        yield from ((f"{name} in {plural(species)}", known) for species, known in others.items())
    for switch in module.switches:
        yield f"gain_{switch.id}", switch.gain
        yield f"half_{switch.id}", switch.half
