from __future__ import annotations

import json
from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.studies.result import Result
from pleio.studies.run import run
from pleio.studies.value.factors import DUMMY


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
    worlds = linear_pk.some_worlds(1000)
    worlds.parameters["CL"][:] = np.minimum(worlds.parameters["CL"], 2.1)
    return run(linear_pk.study(), linear_pk.MECHANISM, worlds, agents=linear_pk.AGENTS)


def with_utility(result: Result, utility: str) -> Result:
    from dataclasses import replace

    decision = result.study.decision.model_copy(update={"utility": utility})  # type: ignore[union-attr]
    return replace(result, study=result.study.model_copy(update={"decision": decision}))


def test_what_explains_and_what_is_worth_testing(result: Result) -> None:
    value = with_utility(result, "rise - 0.1 * exposure / 24").value(permutations=60, resamples=20)
    json.dumps(value.to_json(), allow_nan=False)
    by_name = {finding.name: finding for finding in value.findings}
    contest = by_name["effect-contest"]
    assert contest.worth.is_positive and contest.share.is_positive
    assert contest.best_if == {"increases": "daily", "decreases": "nothing", "no_effect": "nothing"}
    assert contest.changes_choice
    assert sum(value.chances.values()) == pytest.approx(1)
    assert value.evpi >= max(finding.worth.value for finding in value.findings)
    assert value.control.name == DUMMY
    assert "'effect-contest' explains most" in value.sentence and "worth testing most" in value.sentence
    assert value.shares["sign"] == pytest.approx(contest.share.value, abs=0.01)
    assert value.shares["sign"] > 0.05
    parts = {name: share for name, share in value.shares.items() if name != "assumptions"}
    assert sum(parts.values()) == pytest.approx(1, abs=0.02)


def test_a_claim_that_changes_no_choice_has_no_worth(result: Result) -> None:
    value = with_utility(result, "exposure + rise").value(permutations=40, resamples=10)
    assert not any(finding.worth.is_positive for finding in value.findings)
    assert "no claim is worth testing" in value.sentence or "No contest" in value.sentence


def test_prices_are_adjustable(result: Result) -> None:
    free = result.value(prices={"price": 0.0}, permutations=10, resamples=2)
    dear = result.value(prices={"price": 1.0}, permutations=10, resamples=2)
    assert (free.best, dear.best) == ("daily", "nothing")
    assert free.about == "the net benefit of 'daily' over 'nothing'"
    assert dear.about == "the net benefit of 'nothing' over 'daily'", "an arm is not compared with itself"


def test_a_study_without_decision_has_no_value(result: Result) -> None:
    from dataclasses import replace

    with pytest.raises(StudyError, match="has no decision; add 'decision'"):
        replace(result, study=result.study.model_copy(update={"decision": None})).value()


def test_few_worlds_give_endpoints_but_no_value(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    few: Any = run(linear_pk.study(), linear_pk.MECHANISM, linear_pk.some_worlds(100), agents=linear_pk.AGENTS)
    assert few.summary()
    with pytest.raises(StudyError, match="at least 400"):
        few.value()


def test_titles_are_what_a_reader_sees(result: Result) -> None:
    value = result.value(titles={"effect-contest": "the drug raises the response"}, permutations=10, resamples=2)
    assert "the drug raises the response" in {finding.title for finding in value.findings}
