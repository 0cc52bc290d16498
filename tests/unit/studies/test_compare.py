from __future__ import annotations

from dataclasses import replace

import linear_pk
import numpy as np
import pytest

from pleio.studies.compare import compare
from pleio.studies.result import Result
from pleio.studies.run import run


@pytest.fixture(autouse=True)
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)


def go(text: str = linear_pk.STUDY) -> Result:
    return run(linear_pk.study(text), linear_pk.MECHANISM, linear_pk.some_worlds(64), agents=linear_pk.AGENTS)


def test_equal_results_do_not_differ() -> None:
    assert compare(go(), go()) == ()


def test_a_change_is_followed_from_study_to_choice() -> None:
    changes = compare(go(), go(linear_pk.STUDY.replace("price: 0.001", "price: 1").replace("10 µg/kg", "20 µg/kg")))
    by_kind: dict[str, dict[str, tuple[object, object]]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, {})[change.name] = (change.before, change.after)
    assert by_kind["study"] == {"arms.daily.0.amount": ("10.0 µg/kg", "20.0 µg/kg"), "decision.price": (0.001, 1.0)}
    assert set(by_kind["outcome"]) == {"rise in daily", "exposure in daily"}
    before, after = by_kind["outcome"]["exposure in daily"]
    assert after == pytest.approx(2 * before)  # type: ignore[operator]
    assert by_kind["choice"]["best arm"] == ("daily", "nothing")
    assert "belief" not in by_kind and "parameter" not in by_kind


def test_another_belief_is_named() -> None:
    one = go()
    holds = one.worlds.contests["effect-contest"].index == 0
    other = replace(one, worlds=one.worlds.reweighted(np.where(holds, 0.5, 1.5)))
    changes = compare(one, other)
    assert any(change.kind == "belief" and change.name == "effect-contest increases" for change in changes)
    assert "→" in str(changes[0])


def test_an_arm_that_one_lacks_is_nothing_there() -> None:
    more = linear_pk.STUDY.replace("arms:\n", "arms:\n  once: {agent: drug, amount: 1 mg}\n")
    names = {change.name: change for change in compare(go(), go(more))}
    assert names["rise in once"].before is None
    assert str(names["arms.once.0.agent"]) == "study arms.once.0.agent: nothing → drug"
