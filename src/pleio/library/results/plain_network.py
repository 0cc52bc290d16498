"""One world of a study as a plain network, so that other programs can run it.

Numbers take the place of what is uncertain, the state after the baseline phase is where it starts, `baseline(x)` is a
parameter `untreated_x`, and doses are events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError, nearest
from ...mechanisms.check import every_formula
from ...mechanisms.expression import Expression, apply, name, number, rewrite, time, walk
from ...mechanisms.network import Event, Network, Parameter, Participant, Reaction
from ...studies.regimens.administration import Administration
from ...studies.regimens.regimen import administrations
from ...studies.running.untreated import untreated, with_baselines
from ...studies.study import Study
from ...studies.subjects.members import arm_laws, arm_parameters, member_parameters
from ...studies.worlds import States, Worlds

if TYPE_CHECKING:
    from ..question import StudyInLibrary

MOST_DOSES = 2000
MEMBERS = 4  # what the ensemble takes without another path through it

Array = NDArray[np.float64]


def typical_world(asked: StudyInLibrary) -> Worlds:
    """Give the world in which contests and assumptions are as they are most believed, and parameters their medians."""
    posterior = asked.posterior(asked.study.worlds.belief)
    beliefs = asked.beliefs(asked.study.worlds.belief)

    def likeliest(shares: Mapping[str, float]) -> States:
        return States(tuple(shares), np.array([int(np.argmax(list(shares.values())))]))

    return Worlds(
        asked.study.worlds.seed,
        np.zeros(1, dtype=np.int64),
        contests={key: likeliest(shares) for key, shares in posterior.outcomes.items()},
        assumptions={key: likeliest(beliefs.assumptions[key].states) for key in asked.mechanism.settings},
        parameters={key: np.array([law.median]) for key, law in asked.mechanism.uncertain.items()},
    )


def plain_network(asked: StudyInLibrary, arm: str, *, doses: bool = True) -> Network:
    """Give the typical world of an arm as a network without priors, baselines or doses from outside.

    Args:
        doses: put the arm's doses in as events.

    Raises:
        StudyError: there is no such arm, or the world has no state to start from.
    """
    if arm not in asked.study.arms:
        raise StudyError(f"arm '{arm}'", Problem("", "is not in the study", nearest(arm, asked.study.arms)))
    study, mechanism = _typical_subject(asked.study), asked.mechanism
    given, world = study.arms[arm], typical_world(asked)
    known = {key: np.array([law.median]) for key, law in arm_laws(given, asked.agents).items()}
    world = replace(world, parameters={**world.parameters, **known})
    values, weight = member_parameters(study, mechanism, world)
    values |= arm_parameters(study, mechanism, world, given, asked.agents)
    series = administrations(given, mechanism.network, asked.agents, weight, values, 1) if doses else ()
    numbers = {key: float(value[0]) for key, value in values.items() if key in mechanism.network.parameters}
    before = _before(asked, mechanism.network, numbers)
    return _dosed(_started(mechanism.network, numbers, before), series)


def _typical_subject(study: Study) -> Study:
    """Give the study with one subject, whose covariates are the medians."""
    return study.model_copy(update={"cohort": study.cohort.typical()})


def _before(asked: StudyInLibrary, network: Network, numbers: Mapping[str, float]) -> dict[str, float]:
    """Run the baseline phase: name → value at its end, for what has a course of its own and for each `baseline(x)`."""
    from ...simulation.ensemble import integrate
    from ...simulation.protocol import Baseline

    study = asked.study
    moving = [key for key in (*network.species, *network.rates) if key not in network.assignments]
    asked_of = sorted({str(node.value) for node in _nodes(network) if node.op == "baseline"})
    run = integrate(
        with_baselines(network, asked_of),
        np.array([0.0, 1e-9]),
        members=MEMBERS,
        parameters={key: np.full(MEMBERS, value) for key, value in numbers.items()},
        baseline=Baseline(
            hold={switch.sign: 0.0 for switch in asked.mechanism.switches.values()},
            duration=study.baseline.to(network.time_unit or "h") if study.baseline else None,
        ),
        save=(*moving, *(untreated(key) for key in asked_of)),
    )
    if run.status[0]:
        raise StudyError("the typical world", run.status[0])
    found = run.values[0, 0]
    names = (*moving, *(untreated(key) for key in asked_of))
    return dict(zip(names, map(float, found), strict=True))


def _nodes(network: Network) -> Iterator[Expression]:
    for _, formula, _ in every_formula(network):
        yield from walk(formula)


def _started(network: Network, numbers: Mapping[str, float], before: Mapping[str, float]) -> Network:
    """Put numbers and starting values in, and parameters where baselines stood."""
    baselines = {key: value for key, value in before.items() if key.startswith("baseline(")}

    def said(formula: Expression) -> Expression:
        return rewrite(formula, lambda node: name(f"untreated_{node.value}") if node.op == "baseline" else node)

    parameters = {
        key: replace(one, value=numbers.get(key, before.get(key, one.value))) if one.constant or key in before else one
        for key, one in network.parameters.items()
    }
    for key, value in baselines.items():
        of = key.removeprefix("baseline(").removesuffix(")")
        unit = network.parameters[of].unit if of in network.parameters else ""
        parameters[f"untreated_{of}"] = Parameter(value, unit, label=f"{of} at the end of the baseline phase")
    return network.replace(
        parameters=parameters,
        species={
            key: replace(one, initial=before[key], concentration=False) if key in before else one
            for key, one in network.species.items()
        },
        initial={key: said(formula) for key, formula in network.initial.items() if key not in before},
        reactions={
            key: replace(one, rate=said(one.rate)) if one.rate is not None else one
            for key, one in network.reactions.items()
        },
        assignments={key: said(formula) for key, formula in network.assignments.items()},
        rates={key: said(formula) for key, formula in network.rates.items()},
        observables={key: replace(one, expression=said(one.expression)) for key, one in network.observables.items()},
    )


def _dosed(network: Network, series: tuple[Administration, ...]) -> Network:
    """Put doses in as events: a bolus adds to its species, an infusion turns the rate of a reaction up and down."""
    count = sum(one.times for one in series)
    if count > MOST_DOSES:
        raise StudyError("the doses", Problem("", f"are {count:,}", f"at most {MOST_DOSES:,} can be written as events"))
    events, reactions, parameters = dict(network.events), dict(network.reactions), dict(network.parameters)

    def at(key: str, moment: float, target: str, more: Expression) -> None:
        trigger = apply("geq", time(), number(moment))
        events[key] = Event(trigger, {target: apply("plus", name(target), more)}, initial=False)

    for k, one in enumerate(series):
        amount, start, duration = float(one.amount[0]), float(one.start[0]), float(one.duration[0])
        species = network.species[one.species]
        rate = f"infusion_{k}"
        if duration > 0:
            parameters[rate] = Parameter(0.0, constant=False)
            reactions[f"infused_{k}"] = Reaction(products=(Participant(one.species),), rate=name(rate))
        # a species in a formula is its concentration, unless it only has a substance
        bolus = number(amount)
        if not species.only_substance:
            bolus = apply("divide", bolus, name(species.compartment))
        for i in range(one.times):
            begin = start + i * one.every
            if duration > 0:
                at(f"dose_{k}_{i}", begin, rate, number(amount / duration))
                at(f"dose_{k}_{i}_end", begin + duration, rate, number(-amount / duration))
            else:
                at(f"dose_{k}_{i}", begin, one.species, bolus)
    return network.replace(events=events, reactions=reactions, parameters=parameters)
