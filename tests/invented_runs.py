"""Results that are made up from their worlds, for tests of what is done with results."""

from __future__ import annotations

from typing import Any

import numpy as np

from pleio.library.question import StudyInLibrary
from pleio.studies.result import assemble
from pleio.studies.running.chunk import Outcome, Setup


def invented(asked: StudyInLibrary, worlds: Any) -> Any:
    """Make a result whose first endpoint is the dose times the signs of the contested effects."""
    study = asked.study
    signs = np.stack([states.signs for _, states in sorted(worlds.contests.items())])
    price = np.array([sum(dosing.amount.value for dosing in arm) for arm in study.arms.values()]) / 10
    effect = 0.2 * signs.sum(axis=0) + 0.02 * np.log(worlds.parameters[min(worlds.parameters)])
    values = np.zeros((len(study.arms), len(worlds), study.cohort.size, len(study.endpoints)))
    values[..., 0] = -(price[:, None] * effect)[:, :, None]
    setup = Setup(study, asked.mechanism, asked.agents)
    spread = np.zeros((*values.shape[:2], len(study.observed), 5, len(setup.times)), dtype=np.float32)
    return assemble(setup, worlds, [Outcome(values, spread)], values[..., 0].size)
