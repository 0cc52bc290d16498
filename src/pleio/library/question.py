"""A study of the library with all it stands on: the mechanism as studies see it, agents, beliefs, worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..base.errors import Problem, StudyError
from ..base.expected import expect_count
from ..base.quantities import Distribution
from ..studies import mechanism as studied
from ..studies.study import Study

if TYPE_CHECKING:
    from ..assembly.module import Mechanism
    from ..claims.belief.beliefs import Beliefs
    from ..inference.experiments import Promise
    from ..inference.worlds import Drawing, Joint
    from ..studies.regimens.coverage import Coverage
    from ..studies.regimens.dosing import Dosing
    from ..studies.result import Result
    from ..studies.running.cluster import Cluster
    from ..studies.running.reduced import Reduced
    from ..studies.value.valuation import Valuation
    from ..studies.worlds import Worlds
    from .opened import Library
    from .scenarios.own_agent import OwnAgent
    from .scenarios.own_values import Known


@dataclass(frozen=True)
class StudyInLibrary:
    """A study by name: what it asks, and everything needed to answer it.

    Attributes:
        stated: the study as its file says; `study` adds how subjects differ by what the modules know.
        added: the regimen that was added to the file's arms.
    """

    library: Library
    name: str
    stated: Study
    added: Dosing | None = None

    @cached_property
    def assembled(self) -> Mechanism:
        """The mechanism in the subjects' species, with priors, switches and trail."""
        return self.library.mechanism(self.stated.mechanism).of(self.stated.cohort.species)

    @cached_property
    def study(self) -> Study:
        """The study, with the differences between subjects that the modules state where the study states none."""
        known = {
            name: Distribution("constant", prior.between_subjects, 0.0, text=f"{prior.between_subjects:g}")
            for name, prior in self.assembled.priors.items()
            if prior.between_subjects and name not in self.stated.cohort.described
        }
        cohort = self.stated.cohort.model_copy(update={"variability": {**known, **self.stated.cohort.variability}})
        return self.stated.model_copy(update={"cohort": cohort})

    @cached_property
    def mechanism(self) -> studied.Mechanism:
        """The mechanism as `studies` needs it: switches by contest, what is uncertain, settings and dosing rules.

        Raises:
            StudyError: a switch rests on a claim that does not exist, or on a question that it does not answer; a
                dosing rule does not fit.
        """
        from ..studies.prepared import prepared

        problems, switches = [], {}
        for one in self.assembled.switches:
            try:
                contest = self.library.claims.contest(one.claim, one.question).id
            except ValueError as fault:
                problems.append(Problem(f"switch '{one.id}'", str(fault)))
                continue
            switches[one.id] = studied.Switch(contest, f"sign_{one.id}", f"gain_{one.id}")
        gates = {}
        for gate in self.assembled.gates:
            try:
                gates[gate.parameter] = self.library.claims.contest(gate.claim, gate.question).id
            except ValueError as fault:
                problems.append(Problem(f"gate '{gate.parameter}'", str(fault)))
        if problems:
            raise StudyError(f"study '{self.name}'", problems)
        uncertain = {
            name: prior.distribution
            for name, prior in self.assembled.priors.items()
            if not prior.distribution.is_constant and name not in self.stated.conditions
        }
        found = studied.Mechanism(self.assembled.network, switches, uncertain, self._settings(), gates)
        return prepared(self.stated, found, self.agents)

    def _settings(self) -> dict[str, dict[str, dict[str, float]]]:
        """Give what assumptions set in the modules, and about the agents given in the cohort's species."""
        settings: dict[str, dict[str, dict[str, float]]] = {
            name: {state: dict(values) for state, values in states.items()}
            for name, states in self.assembled.settings.items()
        }
        for name in self._given():
            for assumption, states in (self.agents[name].settings if name in self.agents else {}).items():
                settings.setdefault(assumption, {}).update({state: dict(values) for state, values in states.items()})
        return settings

    def _given(self) -> list[str]:
        return list(dict.fromkeys(dosing.agent for arm in self.stated.arms.values() for dosing in arm))

    @cached_property
    def agents(self) -> dict[str, studied.Agent]:
        """Name → agent, with the parameters that this mechanism has."""
        network, species = self.assembled.network, self.stated.cohort.species
        known = {name: agent.given_in(network, species) for name, agent in self.library.agents.items()}
        return known | {name: agent for name, (agent, _) in self._own.items()}

    @cached_property
    def own(self) -> Mapping[str, OwnAgent]:
        """Name → agent of the study's own.

        Raises:
            StudyError: one is out of form; all problems at once.
        """
        from .scenarios.own_agent import own_agents

        return own_agents(self.stated.agents, self.library)

    @cached_property
    def _own(self) -> Mapping[str, tuple[studied.Agent, tuple[Known, ...]]]:
        from .scenarios.own_values import given

        species = self.stated.cohort.species
        return {name: given(name, one, self.library, self.assembled, species) for name, one in self.own.items()}

    @property
    def known(self) -> Mapping[str, tuple[Known, ...]]:
        """Agent of the study's own → its values, and which of them its owner left blank."""
        return {name: known for name, (_, known) in self._own.items()}

    def giving(self, agent: str, regimen: str, onto: str = "") -> StudyInLibrary:
        """Give the same study with one more arm, and the modules that its agent needs.

        Args:
            agent: a YAML file of one's own (`own_agent.OwnAgent`), or an agent of the library.
            regimen: as prescriptions write it, such as `300 mg q4w`.
            onto: an arm that is given besides; the agent is given by itself where it is empty.
        Raises:
            StudyError: the file, the agent or the regimen is wrong.
        """
        from .scenarios.added_arm import with_arm

        return with_arm(self, agent, regimen, onto)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Which agents are not known to act in the subjects' species, a sentence each."""
        from .scenarios.added_arm import doubts_about

        return doubts_about(self)

    def coverage(self, worlds: Worlds, **options: Any) -> Coverage | None:
        """Say what the regimen that was added covers at trough; None where it is no antibody of the library's targets.

        Args:
            options: of `studies.run.run`.
        """
        from .scenarios.added_arm import coverage_of

        return coverage_of(self, worlds, **options)

    def worlds(self, count: int | None = None, *, seed: int | None = None, band: str | None = None) -> Worlds:
        """Draw worlds; count, seed and belief band are the study's own where they are not given."""
        worlds = self.drawing(count, seed=seed, band=band).take(slice(None))
        return replace(worlds, weights=worlds.weights / worlds.weights.mean())

    def drawing(self, count: int | None = None, *, seed: int | None = None, band: str | None = None) -> Drawing:
        """Say which worlds would be drawn, without drawing them; for studies too large to keep."""
        from ..inference.worlds import Drawing

        expect_count("worlds", count)
        asked = self.study.worlds
        band = band or asked.belief
        seed = asked.seed if seed is None else seed
        return Drawing(
            self.posterior(band), self.mechanism, asked.count if count is None else int(count), seed, band, asked.net
        )

    def beliefs(self, band: str, of: Library | None = None) -> Beliefs:
        """Give what is believed of the study's subjects: of their species, but for what the mechanism has of another.

        Args:
            of: whose claims; the study's library by default.
        """
        return (of or self.library).belief(band, self.stated.cohort.species, self.elsewhere)

    @cached_property
    def elsewhere(self) -> Mapping[str, str]:
        """Contest → the species whose effect it is here, where that is not the subjects' own."""
        from .species import species_elsewhere

        return species_elsewhere(self)

    @property
    def believed_of(self) -> str:
        """Whom the study's beliefs are about, such as `mice`."""
        from .species import believed_of

        return believed_of(self)

    def posterior(self, band: str) -> Joint:
        """Give what worlds of a belief band are drawn from, given what the study supposes.

        Raises:
            StudyError: it supposes what is not known here, or what cannot be.
        """
        from ..inference import posterior_of, suppose

        return suppose(posterior_of(self.beliefs(band), self.mechanism.contests), self.stated.worlds.suppose)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What a reader calls each contest, assumption and magnitude of the study."""
        from .publishing.claims import title

        beliefs = self.library.belief()
        found = {each.contest.id: title(each) for each in beliefs.contests.values()}
        found |= {assumption.id: assumption.premise for assumption in self.library.assumptions}
        for switch in self.assembled.switches:
            about = title(beliefs.of(switch.claim, switch.question))
            about = about[:1].lower() + about[1:]
            found[f"gain_{switch.id}"] = f"size of the {about}"
            found[f"half_{switch.id}"] = f"where half of it is reached: {about}"
        return found

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """CURIEs of what stands behind the claims and numbers of exactly this study's mechanism, sorted."""
        used = {id for ids in self.assembled.claims.values() for id in ids}
        evidence = (item.source for id in used for item in self.library.claims[id].evidence)
        priors = (prior.source for prior in self.assembled.priors.values())
        return tuple(sorted({source for source in (*evidence, *priors) if source}))

    def stability(self, result: Result) -> str:
        """Say whether the best arm is the same for a sceptic, a neutral reader and a believer."""
        from ..claims.vocabulary import BANDS
        from ..inference import answers, stability

        return stability(answers(result, {band: self.posterior(band) for band in BANDS}))

    def value(self, result: Result, **options: Any) -> Valuation:
        """Say what explains a result's answer and what is worth testing; `options` are those of `Result.value`."""
        return result.value(**{"titles": self.titles, **options})

    def run(
        self,
        worlds: int | Worlds | None = None,
        *,
        folder: Path | None = None,
        cache: bool = True,
        threads: int | None = None,
        cluster: Cluster | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Result:
        """Simulate every arm for every subject of every world.

        Args:
            worlds: how many, or worlds drawn before; the study's own number by default.
            folder: where finished parts are kept.
            cluster: Dask workers that run it.
        """
        from ..studies.run import run
        from ..studies.worlds import Worlds

        chosen = worlds if isinstance(worlds, Worlds) else self.worlds(worlds)
        result = run(
            self.study,
            self.mechanism,
            chosen,
            agents=self.agents,
            folder=folder,
            cache=cache,
            threads=threads,
            cluster=cluster,
            progress=progress,
        )
        return replace(result, sources=self.sources)

    def run_reduced(self, worlds: Drawing, **options: Any) -> Reduced:
        """Simulate a study too large to keep; `options` are those of `studies.running.reduced.run_reduced`."""
        from ..studies.running.reduced import run_reduced

        return run_reduced(self.study, self.mechanism, worlds, agents=self.agents, **options)

    def promises(self, result: Result) -> list[Promise]:
        """Value the library's experiments for this study's decision, the most valuable first.

        Args:
            result: a run of this study over worlds of one belief band.
        Raises:
            StudyError: the study has no decision, or its worlds are too few.
        """
        from ..inference import promises

        asked = [one.asked_of(self.library.claims) for one in self.library.experiments]
        return promises(asked, self.beliefs(result.worlds.band), result)
