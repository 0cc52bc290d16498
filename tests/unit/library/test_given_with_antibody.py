"""An antibody beside IL-11 that is given, and a drug that signals beside own IL-11 that it displaces."""

from __future__ import annotations

import numpy as np
import pytest

import pleio
from pleio.studies.study import read_study

STUDY = """
title: Both
mechanism: [oprelvekin_pk, antibody_pk, il11_source, receptor, {module}]
cohort: {{size: 2, species: human, weight: 70 kg}}
arms:
  none: none
  given: {given}
  blocked: {blocked}
  both: [{given}, {blocked}]
worlds: {{count: 24, seed: 5}}
horizon: 14 d
endpoints:
  free: {{of: il11_agonist, take: maximum}}
  total: {{of: oprelvekin_plasma, take: maximum}}
  effect: {{of: {of}, take: mean, relative_to: baseline}}
"""
GIVEN = "{agent: oprelvekin, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 14}"
ARMS = {name: i for i, name in enumerate(("none", "given", "blocked", "both"))}


def values(module: str, of: str, antibody: str = "anti-IL11") -> np.ndarray:
    """Give the endpoints.  Shape (arms, worlds × subjects, endpoints)."""
    from pleio.library.question import StudyInLibrary

    blocked = f"{{agent: {antibody}, amount: 10 mg/kg, route: intravenous}}"
    stated = read_study(STUDY.format(module=module, of=of, given=GIVEN, blocked=blocked), name="both")
    found = StudyInLibrary(pleio.open("il11"), "both", stated).run()
    assert not found.failed
    return found.values.reshape(len(ARMS), -1, found.values.shape[-1])


@pytest.mark.parametrize("antibody", ["anti-IL11", "anti-IL11RA", "X203", "X209"])
def test_an_antibody_takes_the_effect_of_given_il11_away(antibody: str) -> None:
    found = values("platelets", "platelets", antibody)
    free, total, effect = (found[..., k] for k in range(3))
    assert np.median(free[ARMS["both"]] / free[ARMS["given"]]) < 0.1
    rise = np.abs(effect)
    moved = rise[ARMS["given"]] > 0.05
    assert moved.any() and np.median(rise[ARMS["both"]][moved] / rise[ARMS["given"]][moved]) < 0.25
    held = total[ARMS["both"]] / total[ARMS["given"]]
    assert np.all(held > 1.5) if antibody in ("anti-IL11", "X203") else held == pytest.approx(1.0, rel=1e-4)


def test_a_drug_that_signals_is_no_loss_of_own_signal() -> None:
    found = values("ageing", "mortality")[..., 2]
    assert np.max(np.abs(found[ARMS["given"]])) < 0.02  # own complexes are displaced, and made up for
    assert np.min(found[ARMS["blocked"]]) < -0.1
    assert np.any(found[ARMS["blocked"]] != found[ARMS["given"]])


def test_without_an_antibody_the_drug_is_what_it_was() -> None:
    found = values("platelets", "platelets")
    assert found[ARMS["given"], :, 0] * 19.0 == pytest.approx(found[ARMS["given"], :, 1], rel=1e-9)
