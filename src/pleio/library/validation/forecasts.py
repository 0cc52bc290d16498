"""Three forecasts of what is read off a side: as believed and fitted, all effects of IL-11 off, and before any data.

For a row that is kept for checking, whatever comes from its source is left out first: its evidence weighs nothing in
any belief, a parameter that was fitted to it and others stands where the others put it (`left_out.yaml`), and one that
it alone set stands where it stood before (`before_fit.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from ...base.errors import ModelError, Problem, StudyError
from ...base.quantities import Distribution
from ...base.yaml import load, validate
from ...claims.vocabulary import SpeciesName
from ...inference.courses import Course, Courses, simulate
from ...inference.worlds import Joint, draw_worlds, posterior_of
from ...studies.mechanism import Uncertain
from ...studies.running.chunk import grid
from ...studies.study import Study
from ...studies.worlds import Worlds
from ..modules.form import Known
from ..question import StudyInLibrary
from ..readouts.readouts import LibraryReadouts, cohort_of, read_all
from .left_out import read_left_out
from .rows import Side

if TYPE_CHECKING:
    from ...assembly.module import Mechanism
    from ...claims.belief.beliefs import Beliefs
    from ...claims.claim import Claim, Evidence
    from ...claims.collection import ClaimSet
    from ...inference.observations import Observation
    from ..opened import Library

Array = NDArray[np.float64]
Forecast = Literal["own", "off", "prior"]
FORECASTS: tuple[Forecast, ...] = ("own", "off", "prior")
HORIZONS = (2.0, 4.0, 14.0, 28.0, 60.0, 120.0, 600.0)
"""Days for which courses are simulated, so that rows of one experiment share them."""


class BeforeFit(BaseModel):
    """The form of `before_fit.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    parameters: dict[str, Known]
    endings: dict[str, Known] = {}
    in_species: dict[str, dict[SpeciesName, Known]] = {}


@dataclass(frozen=True)
class Before:
    """What was known of parameters before the data that set them.

    Attributes:
        priors: parameter → distribution, in the parameter's unit.
        endings: ending of a name → what stands for any parameter of such a name.
        in_species: parameter → species → distribution, of parameters that a species has its own of.
    """

    priors: Mapping[str, Distribution]
    endings: Mapping[str, Distribution]
    in_species: Mapping[str, Mapping[str, Distribution]] = field(default_factory=dict)

    def of(self, name: str) -> Distribution | None:
        """Give what was known before; None where the file does not say."""
        return self.priors.get(name) or next((law for end, law in self.endings.items() if name.endswith(end)), None)

    def in_mechanism(self, mechanism: Mechanism, species: str) -> dict[str, Distribution]:
        """Give what was known before of a mechanism's parameters in a species, where the file says something."""
        own = mechanism.own(species)
        found = {
            name: self.in_species.get(name, {}).get(species) if name in own else self.of(name)
            for name in mechanism.priors
        }
        return {name: law for name, law in found.items() if law is not None}


def read_before(library: Library) -> Before:
    """Read `before_fit.yaml`.

    Raises:
        ModelError: it is malformed, or names a parameter that no module has.
    """
    loaded = load(library.folder / "before_fit.yaml", name="before_fit.yaml", error=ModelError)
    table = validate(loaded, BeforeFit, error=ModelError)
    priors, endings = table.parameters, table.endings
    known = {name for module in library.modules.values() for name in module.priors}
    known |= {
        f"{part}_{s.id}" for module in library.modules.values() for s in module.switches for part in ("gain", "half")
    }
    unknown = sorted({*priors, *table.in_species} - known)
    if unknown:
        raise ModelError("before_fit.yaml", [Problem(name, "is a parameter of no module") for name in unknown])
    in_species = {k: {s: v.value for s, v in one.items()} for k, one in table.in_species.items()}
    return Before({k: v.value for k, v in priors.items()}, {k: v.value for k, v in endings.items()}, in_species)


@dataclass(eq=False)
class Forecaster:
    """Simulates sides, each once for each forecast and for what is left out."""

    library: Library
    readouts: LibraryReadouts
    worlds: int = 256
    subjects: int = 16
    seed: int = 29
    band: str = "neutral"
    threads: int | None = None
    failed: list[str] = field(default_factory=list)
    _kept: dict[tuple[object, ...], tuple[Worlds, list[Courses]]] = field(default_factory=dict)

    @cached_property
    def before(self) -> Before:
        return read_before(self.library)

    @cached_property
    def by_others(self) -> Mapping[str, Mapping[str, Distribution]]:
        """Source → parameter → what the other sources that it was fitted to say of it."""
        return read_left_out(self.library)

    def courses(
        self, side: Side, of: str, at: float, forecast: Forecast, left_out: str, wanted: Iterable[str]
    ) -> tuple[Worlds, list[Course]]:
        """Give the worlds of a forecast, and the course of a quantity under each of the side's arms.

        Args:
            at: the last time that is needed, in h.
            left_out: the source of which nothing is used; "" for none.
            wanted: the quantities that this side is asked for in all, so that one simulation serves them.
        """
        horizon = next((days for days in HORIZONS if at <= days * 24 * (1 + 1e-9)), at / 24)
        names = tuple(sorted({of, *wanted}))
        left_out = left_out if forecast != "prior" else ""
        key = (side, names, horizon, forecast, left_out)
        if key not in self._kept:
            self._kept[key] = self._simulate(side, names, horizon, forecast, left_out)
        worlds, found = self._kept[key]
        return worlds, [one.found[of] for one in found]

    def forget(self, side: Side, left_out: str) -> None:
        """Drop what nobody will ask for again of a side, without a source: with many worlds that is gigabytes."""
        for key in [key for key in self._kept if (key[0], key[-1]) == (side, left_out)]:
            del self._kept[key]

    def left_out(self, row: Observation) -> str:
        """Give the source of which nothing is used when a row is forecast; "" for none."""
        paper = self.library.claims.paper(row.source) if row.use == "check" else ""
        return paper if paper in self.heard else ""

    @cached_property
    def heard(self) -> frozenset[str]:
        """The sources that anything in the library rests on; to leave out any other changes nothing."""
        library = self.library
        priors = [prior for module in library.modules.values() for prior in module.priors.values()]
        others = (part for m in library.modules.values() for part in (m.in_cell, m.in_species))
        priors += [one for part in others for known in part.values() for one in known.values()]
        priors += [known for m in library.modules.values() for s in m.switches for known in (s.gain, s.half)]
        said = (item.source for claim in library.claims.claims for item in claim.evidence)
        rows = (row.source for row in read_all(library))
        return frozenset(source for source in (*said, *rows, *(prior.source for prior in priors)) if source)

    def _simulate(
        self, side: Side, names: Sequence[str], horizon: float, forecast: Forecast, left_out: str
    ) -> tuple[Worlds, list[Courses]]:
        group = side.before_data if forecast == "prior" else side.known_by(self.by_others.get(left_out, {}))
        asked = self.asked(group, names[0].strip("[]"), horizon)
        mechanism = asked.mechanism
        contests = mechanism.contests
        if forecast == "prior":
            mechanism = replace(mechanism, uncertain=self._before_data(asked))
            joint = prior_of(self.library.belief(self.band), contests)
        else:
            mechanism = replace(mechanism, uncertain=self._without(asked, left_out))
            joint = posterior_of(asked.beliefs(self.band, self.without(left_out)), contests)
        worlds = draw_worlds(joint, mechanism, count=self.worlds, seed=self.seed, band=self.band, rare=False)
        times = grid(asked.study, "h")
        found = [
            simulate(
                asked.study, mechanism, asked.agents, worlds, arm, names, times,
                off=forecast == "off", lost=side.lost, threads=self.threads,
            )
            for arm in side.arms
        ]  # fmt: skip
        self.failed += [reason for one in found for reason in one.failed]
        return worlds, found

    def asked(self, side: Side, of: str, horizon: float) -> StudyInLibrary:
        """Put a side as a study, so that worlds, agents and subjects are those that studies have."""
        arms = {f"arm {k}": list(arm) or "none" for k, arm in enumerate(side.arms)}
        try:
            stated = Study.model_validate(
                {
                    "title": "an observation",
                    "mechanism": list(side.mechanism),
                    "cohort": cohort_of(self._subjects(side), side.species, dict(side.covariates)),
                    "conditions": dict(side.conditions),
                    "arms": arms,
                    "horizon": f"{horizon!r} d",
                    "endpoints": {"it": {"of": of, "take": "final"}},
                }
            )
        except ValidationError as fault:
            problems = (Problem(" ".join(map(str, one["loc"])), one["msg"]) for one in fault.errors())
            raise StudyError("a row as a study", list(problems)) from None
        return StudyInLibrary(self.library, "an observation", stated)

    def _subjects(self, side: Side) -> int:
        """Give how many subjects stand for a group: more where what is printed hangs on the few who fall lowest."""
        first = {arm[0].agent for arm in side.arms if arm}
        after = self.readouts.table.after
        return self.subjects * max((cycle.finer for name, cycle in after.items() if name in first), default=1)

    def _without(self, asked: StudyInLibrary, source: str) -> dict[str, Uncertain]:
        """Give what is uncertain when nothing of a source is used."""
        before, known, own = (
            self._before(asked),
            asked.assembled.priors,
            asked.assembled.own(asked.stated.cohort.species),
        )
        silent = {name: law for name, law in before.items() if source and known[name].source == source}
        others = self.by_others.get(source, {})
        fitted = {name: others[name] for name in asked.mechanism.uncertain if name in others and name not in own}
        return {**asked.mechanism.uncertain, **silent, **fitted}

    def _before_data(self, asked: StudyInLibrary) -> dict[str, Uncertain]:
        """Give what was uncertain before any parameter was fitted or counted."""
        return {**asked.mechanism.uncertain, **self._before(asked)}

    def _before(self, asked: StudyInLibrary) -> dict[str, Distribution]:
        found = self.before.in_mechanism(asked.assembled, asked.stated.cohort.species)
        return {name: law for name, law in found.items() if name in asked.mechanism.uncertain}

    def without(self, source: str) -> Library:
        """Give the library with the claims that rows are forecast from, when a source says nothing.

        A size that was fitted to a finding goes with the sign that it has there: the same likelihood speaks of both.
        """
        if source not in self._without_source:
            claims = without_source(with_fitted_rows(self.library, source), source)
            self._without_source[source] = self.library.with_claims(claims)
        return self._without_source[source]

    @cached_property
    def _without_source(self) -> dict[str, Library]:
        return {}


def with_fitted_rows(library: Library, left_out: str = "") -> ClaimSet:
    """Give the claims with the rows that the sizes of their switches were fitted to as evidence of their sign.

    Args:
        left_out: a source whose rows stay silent.
    """
    sized = {s.claim for module in library.modules.values() for s in module.switches if s.gain.fitted_to}
    fitted = {row.id for row in read_all(library) if row.use == "fit" and row.source != left_out}

    def spoken(claim: Claim) -> Claim:
        if claim.id not in sized:
            return claim
        return claim.model_copy(
            update={
                "evidence": tuple(
                    item.model_copy(update={"says": "supports", "observation": None})
                    if item.says == "observation" and item.observation in fitted
                    else item
                    for item in claim.evidence
                )
            }
        )

    return replace(library.claims, claims=tuple(spoken(claim) for claim in library.claims.claims))


def without_source(claims: ClaimSet, source: str) -> ClaimSet:
    """Give the claims as they would be if a source had said nothing: its evidence stands there and weighs nothing.

    What others only tell of it is silent too, since it would count through it.  Contests stay as they are, so that the
    same switches have the same names.
    """
    if not source:
        return claims

    def silent(item: Evidence) -> Evidence:
        others = tuple(curie for curie in item.cites if curie != source)
        if item.source == source or (item.cites and not others):
            return item.model_copy(update={"modality": "speculative"})
        return item if others == item.cites else item.model_copy(update={"cites": others})

    return replace(
        claims,
        claims=tuple(
            claim.model_copy(update={"evidence": tuple(map(silent, claim.evidence))}) for claim in claims.claims
        ),
    )


def prior_of(beliefs: Beliefs, contests: Iterable[str]) -> Joint:
    """Give the joint prior of some contests: their outcomes and the assumptions as they were before all evidence."""
    wanted = sorted(set(contests))
    priors = {
        name: np.array([beliefs.contests[name].prior[o] for o in beliefs.contests[name].outcomes]) for name in wanted
    }
    joint = posterior_of(beliefs, wanted)
    return Joint(
        [replace(group, posterior=group.prior) for group in joint.groups],
        {
            name: replace(table, posterior=np.broadcast_to(priors[name], table.posterior.shape))
            for name, table in joint.tables.items()
        },
        {name: dict(beliefs.contests[name].prior) for name in wanted},
        joint.states,
        {},
    )
