"""What nothing leads to is told from what moves little, and from what has no value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pleio.studies.result import Result
from pleio.studies.study import read_study
from pleio.studies.unmoved import unmoved, unmoved_besides, unmoved_told
from pleio.studies.worlds import Worlds

STUDY = """
title: t
mechanism: [m]
cohort: {size: 2}
arms:
  none: none
  little: {agent: a, amount: 1 mg}
  much: {agent: a, amount: 9 mg}
horizon: 1 d
endpoints:
  change: {of: x, take: final, relative_to: baseline}
  amount: {of: y, take: final}
"""


def result(little: tuple[float, float], much: tuple[float, float], none: tuple[float, float] = (0.0, 1e-9)) -> Result:
    values = np.empty((3, 4, 2, 2))
    for arm, pair in enumerate((none, little, much)):
        values[arm] = pair
    study = read_study(STUDY)
    spread = np.zeros((3, 0, 2, 5, 2), dtype=np.float32)
    return Result(study, Worlds(1, np.arange(4)), values, ("1", "1"), np.array([0.0, 24.0]), "h", spread, ("1", "1"))


def test_what_the_steps_of_a_run_leave_is_no_effect_and_a_small_amount_that_doubles_is_one() -> None:
    assert unmoved(result((2e-8, 2e-9), (0.1, 4.0))) == {"little": ("change",)}
    assert unmoved(result((1e-3, 1e-9), (0.1, 4.0))) == {"little": ("amount",)}


@pytest.mark.parametrize("nothing", [np.nan, np.inf])
def test_what_has_no_value_is_not_said_to_be_unmoved(nothing: float) -> None:
    assert unmoved(result((nothing, 1e-9), (nothing, 4.0), (nothing, 1e-9))) == {"little": ("amount",)}


def test_what_an_arm_gives_besides_another_is_told_by_itself() -> None:
    found = result((0.2, 4.0), (0.1, 4.0))
    arms = dict(found.study.arms)
    study = found.study.model_copy(update={"arms": {**arms, "little": (*arms["much"], *arms["little"])}})
    both = replace(found, study=study)
    assert unmoved(both) == {} and unmoved_besides(both) == {("little", "much"): ("amount",)}
    (said,) = unmoved_told(both)
    assert said.startswith("Nothing in this mechanism leads from what 'little' gives besides 'much' to amount:")
