"""Whether a study fits a mechanism: every name it uses exists, every unit can be converted; all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..base.errors import InputError, Problem, StudyError, nearest
from ..base.quantities import Quantity
from ..base.units import Unit, parse
from ..mechanisms.network import Network
from .forms import formula_names
from .mechanism import Agent, Mechanism
from .prepared import prepared
from .quantities import known_names, unit_of_name
from .regimens.condition import condition
from .regimens.dosing import Dosing
from .regimens.regimen import amount_in, find_agent, find_route
from .study import Cohort, Study
from .worlds import Worlds

ALWAYS_ALLOWED = ("weight", "age", "sex", "height", "genotype", "renal_function")
"""Covariates that may describe a subject without entering the mechanism or a dose."""


def check(study: Study, mechanism: Mechanism, worlds: Worlds, agents: Mapping[str, Agent]) -> None:
    """Refuse a study that cannot be run on a mechanism.

    Raises:
        StudyError: every name that dangles and every unit that does not fit.
    """
    problems = [*named_problems(study, mechanism, agents), *_switch_problems(mechanism, worlds)]
    if problems:
        raise StudyError(f"study '{study.title}'", problems)


def named_problems(study: Study, mechanism: Mechanism, agents: Mapping[str, Agent]) -> Iterator[Problem]:
    """Name what the study speaks of and the mechanism or the agents do not have, and units that do not fit."""
    in_arms = list(_arm_problems(study, mechanism.network, agents))
    yield from _endpoint_problems(study, mechanism.network if in_arms else prepared(study, mechanism, agents).network)
    yield from in_arms
    yield from _cohort_problems(study, mechanism.network)


def _endpoint_problems(study: Study, network: Network) -> Iterator[Problem]:
    known = known_names(network)
    for name in study.observe:
        if name not in known:
            yield Problem("observe", f"'{name}' is not in the mechanism", nearest(name, known))
    for key, endpoint in study.endpoints.items():
        where = f"endpoints.{key}"
        if endpoint.of not in known:
            yield Problem(where, f"'{endpoint.of}' is not in the mechanism", nearest(endpoint.of, known))
        elif endpoint.threshold is not None:
            try:
                endpoint.threshold.to(unit_of_name(network, endpoint.of))
            except InputError as fault:
                yield from _placed(where, fault)


def _arm_problems(study: Study, network: Network, agents: Mapping[str, Agent]) -> Iterator[Problem]:
    import numpy as np

    weight = np.ones(1) if "weight" in study.cohort.described else None
    for arm, dosings in study.arms.items():
        yield from _rivals(arm, dosings, agents)
        for dosing in dosings:
            for rule in dosing.rules:
                try:
                    condition(rule, network)
                except InputError as fault:
                    yield from _placed(f"arms.{arm}.rules", fault)
            try:
                agent = find_agent(dosing, agents)
                species = find_route(dosing, agent)
                if species not in network.species:
                    yield Problem(
                        f"arms.{arm}",
                        f"'{agent.name}' goes into '{species}', which is not in the mechanism",
                        "add the module that describes it",
                    )
                    continue
                unit = parse(network.species[species].unit or network.substance_unit)
                for amount in (dosing.amount, dosing.loading):
                    if amount is not None:
                        amount_in(amount, agent, unit, weight, 1)
            except InputError as fault:
                yield from _placed(f"arms.{arm}", fault)


def _rivals(arm: str, dosings: Sequence[Dosing], agents: Mapping[str, Agent]) -> Iterator[Problem]:
    """Name agents of one arm of which only one can be what the mechanism's one drug, or one antibody, is."""
    known: dict[str, tuple[str, object]] = {}
    told: set[tuple[str, str]] = set()
    for name in dict.fromkeys(dosing.agent for dosing in dosings if dosing.agent in agents):
        for parameter, value in [*agents[name].parameters.items(), *agents[name].uncertain.items()]:
            other, before = known.setdefault(parameter, (name, value))
            if before != value and (other, name) not in told:
                told.add((other, name))
                what = f"gives '{other}' and '{name}', which differ in {parameter}, and the mechanism has one of it"
                yield Problem(f"arms.{arm}", what, "give them in two arms")


def _cohort_problems(study: Study, network: Network) -> Iterator[Problem]:
    cohort = study.cohort
    yield from _covariate_problems(study, network)
    for name, law in study.conditions.items():
        if name in network.parameters or name in network.species:
            yield from _unit_problem("conditions", name, law.unit, lambda name: unit_of_name(network, name))
        else:
            yield _unknown_parameter(f"conditions.{name}", name, network)
    for where in ("effects", "variability", "between_occasions"):
        for name in getattr(cohort, where):
            if name not in network.parameters:
                yield _unknown_parameter(f"cohort.{where}.{name}", name, network)
            elif name in network.assignments or name in network.rates:
                help = "let what it follows from differ"
                yield Problem(f"cohort.{where}.{name}", "follows from a rule of the mechanism", help)


def _covariate_problems(study: Study, network: Network) -> Iterator[Problem]:
    cohort = study.cohort
    used = {name for text in (*cohort.include, *cohort.effects.values()) for name in formula_names(text)}
    for name, unit in cohort.described.items():
        if name in network.parameters:
            yield from _unit_problem("cohort", name, unit, lambda name: unit_of_name(network, name))
        elif name not in (*ALWAYS_ALLOWED, *used):
            if cohort.subjects is not None and name in cohort.subjects.units:
                continue  # a file may hold more than a study asks for
            yield _unknown_parameter(f"cohort.{name}", name, network, tuple(Cohort.model_fields))
    if "weight" in cohort.described and "weight" not in network.parameters:
        yield from _unit_problem("cohort", "weight", cohort.described["weight"], lambda _: "kg")


def _unknown_parameter(where: str, name: str, network: Network, more: tuple[str, ...] = ()) -> Problem:
    return Problem(where, "is not a parameter of the mechanism", nearest(name, [*network.parameters, *more][:400]))


def _unit_problem(where: str, name: str, written: Unit, unit: Callable[[str], str]) -> Iterator[Problem]:
    try:
        Quantity(1.0, written).to(unit(name))
    except InputError as fault:
        yield from _placed(f"{where}.{name}", fault)


def _switch_problems(mechanism: Mechanism, worlds: Worlds) -> Iterator[Problem]:
    for name, switch in mechanism.switches.items():
        if switch.contest not in worlds.contests:
            yield Problem(
                f"switch '{name}'",
                f"the worlds know nothing of contest '{switch.contest}'",
                nearest(switch.contest, worlds.contests),
            )
    for name, contest in mechanism.gates.items():
        if contest not in worlds.contests:
            what = f"the worlds know nothing of contest '{contest}'"
            yield Problem(f"gate '{name}'", what, nearest(contest, worlds.contests))
    for name in worlds.parameters:
        if name not in mechanism.network.parameters and name not in mechanism.network.species:
            yield Problem(
                f"worlds.{name}", "is not a parameter of the mechanism", nearest(name, mechanism.network.parameters)
            )


def _placed(where: str, fault: InputError) -> Iterator[Problem]:
    for problem in fault.problems:
        yield Problem(where, f"{fault.subject}: {problem.what}".lstrip(": "), problem.help)
