"""Variability between occasions: by which factor a parameter differs in each occasion of each subject.

A parameter that the mechanism uses is multiplied by a species that nothing changes, and at the start of an occasion a
dose brings that species to the occasion's factor.  What sets the size of a dose or its delay, such as bioavailability,
takes the factor of the occasion in which the dose is given.  Before the first occasion every factor is 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...base.errors import Problem, StudyError
from ...base.units import parse
from ...mechanisms.expression import ZERO, Expression, apply, name, substitute
from ...mechanisms.network import Network, Participant, Reaction, Species
from ..mechanism import Mechanism
from ..regimens.administration import Administration
from ..regimens.dosing import Dosing
from ..study import Study
from ..worlds import Indices
from .cohort import spread
from .draws import uniforms

Array = NDArray[np.float64]

MOST_OCCASIONS = 1000


@dataclass(frozen=True, eq=False)
class Occasions:
    """The occasions of one arm.

    Attributes:
        starts: in the mechanism's unit of time, rising.  Shape (occasions,).
        factors: parameter → its factor in each.  Shape (occasions, members).
    """

    starts: Array
    factors: Mapping[str, Array]

    def at(self, parameter: str, time: float) -> Array | float:
        """Give a parameter's factors at a time; 1 before the first occasion, and for what does not vary.

        Args:
            time: in the unit of `starts`.

        Returns:
            Shape (members,), without a unit.
        """
        k = int(np.searchsorted(self.starts, time * (1 + 1e-12) + 1e-12, side="right")) - 1
        return self.factors[parameter][k] if k >= 0 and parameter in self.factors else 1.0


def varying(parameter: str) -> str:
    """Name the species that holds a parameter's factor."""
    return f"{parameter} in this occasion"


def with_occasions(study: Study, mechanism: Mechanism) -> Mechanism:
    """Give the mechanism in which parameters differ between occasions; itself where none do, or they do already."""
    network = mechanism.network
    wanted = [name for name in study.cohort.between_occasions if name in network.parameters]
    missing = [name for name in wanted if varying(name) not in network.species]
    return replace(mechanism, network=multiplied(network, missing)) if missing else mechanism


def multiplied(network: Network, parameters: Sequence[str]) -> Network:
    """Let the mechanism use each parameter times the species `varying(parameter)`, which starts at 1."""
    place = next(iter(network.compartments))
    factors = {key: apply("times", name(key), name(varying(key))) for key in parameters}
    names = [varying(key) for key in parameters]

    def change(formula: Expression, hidden: Mapping[str, object] | None = None) -> Expression:
        return substitute(formula, {key: value for key, value in factors.items() if key not in (hidden or {})})

    reactions = {
        key: replace(one, rate=change(one.rate, one.local)) if one.rate is not None else one
        for key, one in network.reactions.items()
    }
    events = {
        key: replace(
            one,
            trigger=change(one.trigger) if one.trigger is not None else None,
            assignments={target: change(formula) for target, formula in one.assignments.items()},
            delay=change(one.delay) if one.delay is not None else None,
        )
        for key, one in network.events.items()
    }
    still = Reaction(products=tuple(map(Participant, names)), rate=ZERO)  # so that doses into them run in lanes
    return network.replace(
        species={**network.species, **{key: Species(place, 1.0, "", only_substance=True) for key in names}},
        reactions={**reactions, "between occasions: none": still},
        assignments={key: change(formula) for key, formula in network.assignments.items()},
        rates={key: change(formula) for key, formula in network.rates.items()},
        algebraic=tuple(change(formula) for formula in network.algebraic),
        events=events,
        observables={key: replace(one, expression=change(one.expression)) for key, one in network.observables.items()},
    )


def draw_occasions(study: Study, arm: Sequence[Dosing], time_unit: str, seed: int, worlds: Indices) -> Occasions | None:
    """Draw the factors of every occasion of every subject; those of one number are the same in all arms.

    Args:
        worlds: world numbers.  Shape (worlds,).
    Returns:
        None where nothing varies or nothing begins an occasion.
    Raises:
        StudyError: there are too many occasions.
    """
    cohort = study.cohort
    starts = occasion_starts(study, arm, time_unit)
    if cohort.occasions is None or not len(starts):
        return None
    who = np.asarray(worlds)[:, None], np.arange(cohort.size)[None, :]
    factors = {
        name: np.stack(
            [
                spread(law).quantile(uniforms(seed, f"subject factor({name}) occasion {k}", *who)).ravel()
                for k in range(len(starts))
            ]
        )
        for name, law in cohort.between_occasions.items()
    }
    return Occasions(starts, factors)


def occasion_starts(study: Study, arm: Sequence[Dosing], time_unit: str) -> Array:
    """Give when the occasions of an arm begin, in the mechanism's unit of time.

    Returns:
        Rising; empty where parameters do not differ between occasions.  Shape (occasions,).

    Raises:
        StudyError: there are more than can be computed.
    """
    unit = parse(time_unit)
    lasts = study.cohort.occasions
    if lasts is None:
        return np.zeros(0)
    if isinstance(lasts, str):
        given = [
            dosing.start.to(unit) + k * (dosing.every.to(unit) if dosing.every else 0.0)
            for dosing in arm
            for k in range(dosing.times)
        ]
        starts = np.unique(np.array(given))
    else:
        starts = lasts.to(unit) * np.arange(int(np.ceil(study.horizon.to(unit) / lasts.to(unit) - 1e-9)))
    if len(starts) > MOST_OCCASIONS:
        what = f"are {len(starts):,} in one arm; up to {MOST_OCCASIONS:,} are drawn"
        raise StudyError("cohort.occasions", Problem("", what, "make each longer"))
    return starts


def changes(occasions: Occasions, network: Network) -> list[Administration]:
    """Give the doses that bring each factor to that of the next occasion."""
    found = []
    for parameter, factors in occasions.factors.items():
        if varying(parameter) in network.species:
            steps = np.diff(factors, axis=0, prepend=1.0)
            nothing = np.zeros(factors.shape[1])
            found += [
                Administration(varying(parameter), step, nothing + start, nothing, 0.0, 1)
                for step, start in zip(steps, occasions.starts, strict=True)
            ]
    return found
