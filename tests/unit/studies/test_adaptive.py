"""Dosing rules against what they say, on a linear model whose doses can be followed by hand."""

from __future__ import annotations

from typing import Any

import linear_pk
import numpy as np
import pytest
from test_real import MECHANISM

from pleio.base.errors import StudyError
from pleio.simulation.routing import reasons
from pleio.studies.regimens.adaptive import under_rules
from pleio.studies.run import run
from pleio.studies.study import read_study

DOSE = 1e-3 / 19_000 * 1e9  # nmol in 1 mg
STUDY = """
title: Doses that follow
mechanism: [linear]
cohort: {{size: 2, variability: {{V: 20 %}}}}
arms:
  fixed: {{agent: drug, amount: 1 mg, route: {route}, every: 1 d, times: 6{more}}}
  ruled: {{agent: drug, amount: 1 mg, route: {route}, every: 1 d, times: 6{more}, rules: {rules}{visits}}}
worlds: {{count: 8, seed: 3}}
horizon: 7 d
every: 1 h
endpoints:
  concentration: {{of: concentration, take: maximum}}
  given: {{of: given_drug, take: final}}
  level: {{of: dose_level_drug, take: final}}
observe: [concentration, given_drug, dose_level_drug]
"""


def read(rules: str, visits: str = "", route: str = "intravenous", more: str = "", **changes: Any) -> Any:
    visits = f", visits: {visits}" if visits else ""
    return read_study(STUDY.format(rules=rules, visits=visits, route=route, more=more), changes=changes)


def go(*args: Any, options: dict[str, Any] | None = None, **kwargs: Any) -> Any:
    study = read(*args, **kwargs)
    return run(study, MECHANISM, linear_pk.some_worlds(8), agents=linear_pk.AGENTS, **(options or {}))


def course(result: Any, name: str, arm: int = 1) -> np.ndarray:
    """The median course in each world."""
    return np.asarray(result.spread[arm, :, result.study.observed.index(name), 2], dtype=float)


def doses(result: Any, arm: int = 1) -> np.ndarray:
    """How many doses were given; shape (worlds, subjects)."""
    return result.values[arm, :, :, 1] / DOSE


def test_rules_run_in_lanes() -> None:
    for more, dosed in (("", "drug waiting for drug"), (", duration: 4 h", "drug infused into drug")):
        study = read("[{when: concentration > 5, then: stop}]", more=more)
        ruled = under_rules(study, MECHANISM, linear_pk.AGENTS).network
        tick = next(name for name in ruled.species if name.startswith("visit"))
        assert reasons(ruled, 100, ["concentration"], [dosed, tick], baseline=True) == ()


@pytest.mark.parametrize("route", ["intravenous", "subcutaneous"])
@pytest.mark.parametrize("more", ["", ", duration: 4 h"])
def test_a_rule_that_never_holds_changes_nothing(route: str, more: str) -> None:
    found = go("[{when: concentration < 0, then: stop}]", route=route, more=more)
    assert not found.failed
    assert found.values[1] == pytest.approx(found.values[0], rel=1e-6)
    assert doses(found) == pytest.approx(6, rel=1e-6)
    bare = read_study(STUDY.format(rules="[]", visits="", route=route, more=more), changes={"endpoints": {
        "concentration": {"of": "concentration", "take": "maximum"}}, "observe": ["concentration"]})  # fmt: skip
    free = run(bare, MECHANISM, linear_pk.some_worlds(8), agents=linear_pk.AGENTS)
    assert found.values[0, :, :, 0] == pytest.approx(free.values[0, :, :, 0], rel=1e-5)


def test_halving_at_each_dose_is_a_geometric_series() -> None:
    found = go("[{when: concentration >= 0, then: halve}]")
    assert doses(found) == pytest.approx(sum(0.5**k for k in range(1, 7)), rel=1e-9)
    limited = go("[{when: concentration >= 0, then: halve, limit: 0.25}]")
    assert doses(limited) == pytest.approx(0.5 + 5 * 0.25, rel=1e-9)
    doubled = go("[{when: concentration >= 0, then: times 1.5, limit: 2}]")
    assert doses(doubled) == pytest.approx(1.5 + 5 * 2, rel=1e-9)
    once = go("[{when: concentration >= 0, then: halve, once: true}]")
    assert doses(once) == pytest.approx(3, rel=1e-9)


def test_stop_is_for_good_and_a_pause_is_resumed() -> None:
    """Elimination differs between worlds, so what is above the line at a visit does too."""
    stopped = go("[{when: concentration > 1, then: stop}, {when: concentration <= 1, then: resume}]")
    assert set(np.unique(np.round(doses(stopped), 9))) <= set(range(1, 7))
    assert (doses(stopped) < 6).any()
    paused = go("[{when: concentration > 1, then: pause}, {when: concentration <= 1, then: resume}]")
    assert (doses(paused) >= doses(stopped) - 1e-9).all() and (doses(paused) > doses(stopped) + 0.5).any()
    # a dose is given at a visit exactly where the trough before it is not above 1; one subject, so the median is it
    one = go("[{when: concentration > 1, then: pause}, {when: concentration <= 1, then: resume}]", **{"cohort.size": 1})
    hours = np.arange(0, 7 * 24 + 1)
    concentration, given = course(one, "concentration"), course(one, "given_drug") / DOSE
    for day in range(1, 6):
        before, after = given[:, hours == 24 * day - 1][:, 0], given[:, hours == 24 * day][:, 0]
        trough = concentration[:, hours == 24 * day - 1][:, 0] * np.exp(-0.05)
        clear = np.abs(trough - 1) > 0.15  # the trough is extrapolated over an hour at no subject's own rate
        assert (((after - before) > 0.5) == (trough <= 1))[clear].all()


def test_visits_are_rarer_than_doses_and_rules_in_their_order() -> None:
    found = go("[{when: concentration >= 0, then: halve}]", visits="2 d")  # at 0, 2 and 4 d, before the doses then
    assert doses(found) == pytest.approx(2 * (0.5 + 0.25 + 0.125), rel=1e-9)
    ordered = go("[{when: concentration >= 0, then: halve}, {when: concentration >= 0, then: full dose}]")
    assert doses(ordered) == pytest.approx(6, rel=1e-9)
    turned = go("[{when: concentration >= 0, then: full dose}, {when: concentration >= 0, then: halve}]")
    assert doses(turned) == pytest.approx(3, rel=1e-9)


def test_an_infusion_stops_where_the_line_is_crossed() -> None:
    """Watched always, an infusion is stopped at the moment of crossing, so the peak is the line."""
    found = go(
        "[{when: concentration >= 2, then: stop}]",
        visits="always",
        more=", duration: 12 h",
        every="0.1 h",
        horizon="3 d",
    )
    reached = found.values[0, :, :, 0] > 2.05
    assert reached.any()
    assert found.values[1, :, :, 0][reached] == pytest.approx(2.0, rel=0.02)  # on a grid of 0.1 h
    assert (found.values[1, :, :, 0] <= 2 * (1 + 1e-6)).all()
    assert doses(found)[reached].max() < 1
    assert found.values[1, :, :, 2][reached] == pytest.approx(0)


def test_conditions_with_units_and_baselines() -> None:
    plain = go("[{when: concentration > 2.5, then: halve}]")
    for text in ("concentration > 2.5 nM", "concentration > 0.0025 µM", "2500 pM < concentration"):
        assert go(f"[{{when: '{text}', then: halve}}]").values == pytest.approx(plain.values, rel=1e-9)
    both = go("[{when: 'response < 0.9 * baseline(response) or response > 1.1 * baseline(response)', then: stop}]")
    assert (doses(both) < 6).any()


def test_arms_share_their_subjects_and_the_bits_do_not_depend_on_chunks_or_threads() -> None:
    rules = "[{when: concentration > 1, then: pause}, {when: concentration <= 1, then: resume}]"
    whole = go(rules)
    for options in ({"chunk": 1}, {"chunk": 3}, {"chunk": 8, "threads": 2}):
        assert go(rules, options=options).digest == whole.digest
    first = [np.argmax(course(whole, "concentration", arm)[:, :24], axis=1) for arm in (0, 1)]
    assert (first[0] == first[1]).all()
    assert course(whole, "concentration", 0)[:, 20] == pytest.approx(course(whole, "concentration", 1)[:, 20], rel=1e-6)


@pytest.mark.parametrize(
    ("rules", "visits", "says"),
    [
        ("[{when: concentraton > 2, then: stop}]", "", "'concentraton' is not in the mechanism; did you mean"),
        ("[{when: concentraton > 2 nM, then: stop}]", "", "'concentraton' is not in the mechanism; did you mean"),
        ("[{when: concentration, then: stop}]", "", "compares nothing"),
        ("[{when: concentration > 2 kg, then: stop}]", "", "measure"),
        ("[{when: 2 * concentration > 2 nM, then: stop}]", "", "compared with a formula"),
        ("[{when: concentration >, then: stop}]", "", "value is needed"),
        ("[{when: concentration > 2, then: stopp}]", "", "nothing that a rule does"),
        ("[{when: concentration > 2, then: times -1}]", "", "nothing that a rule does"),
        ("[{when: concentration > 2, then: halve, limit: 0}]", "", "greater than 0"),
        ("[{when: concentration > 2, then: halve}]", "0 d", "make them rarer"),
        ("[{when: concentration > 2, then: halve}]", "sometimes", "visits"),
        ("[]", "2 d", "add 'rules'"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said(rules: str, visits: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        go(rules, visits=visits)


def test_rules_on_a_study_of_the_library() -> None:
    from pleio.library import open as open_library
    from pleio.studies.quantities import unit_of_name

    rules = [{"when": "platelets >= 50 10^9/L", "then": "stop"}, {"when": "haematocrit < 30 %", "then": "halve"}]
    asked = open_library("il11").study("oprelvekin-platelets", {"arms.50 µg/kg.rules": rules})
    network = asked.mechanism.network
    assert unit_of_name(network, "given_oprelvekin") == "nmol"
    doses = [name for name in network.species if name.startswith(("oprelvekin waiting", "visit"))]
    assert len(doses) == 2 and reasons(network, 100, ["platelets"], doses, baseline=True) == ()
    assert under_rules(asked.study, asked.mechanism, asked.agents) is asked.mechanism
