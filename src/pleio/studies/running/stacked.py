"""All arms of a study as one ensemble, so that the baseline phase, which they share, is run once.

Members run arm by arm, within an arm world by world, within a world subject by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..mechanism import Agent, Mechanism
from ..regimens.administration import Administration
from ..regimens.regimen import administrations
from ..study import Study
from ..subjects.members import arm_laws, arm_parameters, member_parameters, stated
from ..subjects.occasions import changes, draw_occasions
from ..worlds import Worlds

Array = NDArray[np.float64]

NEVER = 1e300
"""A time that no study reaches."""


Draws = Callable[..., tuple[dict[str, Array], Array | None]]
"""`member_parameters`, or what remembers what it gave."""


def stacked(
    study: Study,
    mechanism: Mechanism,
    agents: Mapping[str, Agent],
    worlds: Worlds,
    draw: Draws = member_parameters,
) -> tuple[dict[str, Array], tuple[Administration, ...]]:
    """Give the parameters and the doses of every member of every arm.

    Returns:
        Parameter → values, and series of doses; each array of shape (arms * worlds * subjects,).  In the arms that do
        not give it, a series has an amount of zero, of which the engine takes no notice.
    """
    shared, weight = draw(study, mechanism, worlds)
    count, arms = len(worlds) * study.cohort.size, list(study.arms.values())
    network, of_arms = mechanism.network, list[dict[str, Array]]()
    series: list[Administration] = []
    for i, dosings in enumerate(arms):
        laws = arm_laws(dosings, agents)
        own = dict(draw(study, mechanism, worlds, laws)[0] if laws else shared)
        own |= arm_parameters(study, mechanism, worlds, dosings, agents)
        of_arms.append(own)
        occasions = draw_occasions(study, dosings, network.time_unit or "h", worlds.seed, worlds.people)
        given = [*administrations(dosings, network, agents, weight, own, count, occasions)]
        given += changes(occasions, network) if occasions is not None else []
        series += [_in_arm(one, i, len(arms)) for one in given]
    names = dict.fromkeys(name for own in of_arms for name in own)
    parameters = {
        name: np.concatenate([own.get(name, np.full(count, stated(mechanism, name))) for own in of_arms])
        for name in names
    }
    return parameters, tuple(series)


def _in_arm(series: Administration, arm: int, arms: int) -> Administration:
    """Lay a series over the members of all arms."""
    count = len(series.amount)
    here = slice(arm * count, (arm + 1) * count)

    def laid(values: Array, elsewhere: float) -> Array:
        whole = np.full(arms * count, elsewhere)
        whole[here] = values
        return whole

    return replace(
        series,
        amount=laid(series.amount, 0.0),
        start=laid(series.start, NEVER if (series.duration > 0).any() else 0.0),
        duration=laid(series.duration, 0.0),
    )
