"""The trail from each reaction and parameter of a mechanism back to its module, claims, source and trust."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..claims.vocabulary import plural
from ..mechanisms.printing import print_formula
from .module import Mechanism, Prior


@dataclass(frozen=True)
class Step:
    """One reaction or parameter, and what it stands on.

    Attributes:
        kind: reaction, parameter, or input where no module of the mechanism defines it.
        module: the module it came from.
        claims: ids of the claims it stands on; empty where no claim supports it.
        source: the CURIE of a parameter's value; "" where there is none.
        trust: how far that source was opened; "" for a reaction.
        value: a parameter's value or distribution with its unit, or a reaction's rate law.
        switches: ids of the switches that act on a reaction.
    """

    name: str
    kind: str
    module: str
    claims: tuple[str, ...]
    source: str
    trust: str
    value: str
    meaning: str = ""
    switches: tuple[str, ...] = ()


def trail(mechanism: Mechanism) -> tuple[Step, ...]:
    """List every reaction, then every parameter, with what it stands on; assigned quantities are left out.

    What another species than people has otherwise comes after the parameter, under its name `in mice`.
    """
    network = mechanism.network
    steps = [_of_reaction(mechanism, key) for key in network.reactions]
    for key in network.parameters:
        if key not in network.assignments:
            steps.append(_of_parameter(mechanism, key))
            steps += [_of_prior(mechanism, key, *each) for each in mechanism.in_species.get(key, {}).items()]
    return tuple(steps)


def _of_reaction(mechanism: Mechanism, key: str) -> Step:
    rate = mechanism.network.reactions[key].rate
    return Step(
        name=key,
        kind="reaction",
        module=mechanism.origin[key],
        claims=mechanism.claims.get(key, ()),
        source="",
        trust="",
        value=print_formula(rate) if rate is not None else "",
        switches=tuple(switch.id for switch in mechanism.switches if switch.reaction == key),
    )


def _of_parameter(mechanism: Mechanism, key: str) -> Step:
    parameter, prior = mechanism.network.parameters[key], mechanism.priors.get(key)
    return Step(
        name=key,
        kind="input" if key in mechanism.open_inputs else "parameter",
        module=mechanism.origin[key],
        claims=mechanism.claims.get(key, ()),
        source=parameter.source,
        trust=parameter.trust,
        value=_with_unit(str(prior.distribution) if prior else f"{parameter.value:g}", parameter.unit),
        meaning=parameter.label,
    )


def _of_prior(mechanism: Mechanism, key: str, species: str, known: Prior) -> Step:
    """What another species than people has otherwise."""
    return Step(
        name=f"{key} in {plural(species)}",
        kind="parameter",
        module=mechanism.origin[key],
        claims=known.claims,
        source=known.source,
        trust=known.trust,
        value=_with_unit(str(known.distribution), known.unit),
        meaning=known.meaning,
    )


def _with_unit(value: str, unit: str) -> str:
    return f"{value} {unit}" if unit not in ("", "1") else value


def unsupported(mechanism: Mechanism) -> tuple[str, ...]:
    """Name the reactions that no claim supports."""
    return tuple(key for key in mechanism.network.reactions if not mechanism.claims.get(key))


def unused(mechanisms: Sequence[Mechanism], claims: Iterable[str]) -> tuple[str, ...]:
    """Name the claims that none of the mechanisms stands on."""
    used = {claim for mechanism in mechanisms for ids in mechanism.claims.values() for claim in ids}
    return tuple(claim for claim in claims if claim not in used)
