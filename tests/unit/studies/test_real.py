"""The linear study on the real simulation: closed forms, and the same bits however it is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.mechanisms.formula import parse_formula
from pleio.mechanisms.network import Participant, Reaction
from pleio.studies.run import run

MECHANISM = replace(
    linear_pk.MECHANISM,
    network=linear_pk.NETWORK.replace(
        reactions={
            "absorb": Reaction(
                (Participant("depot"),), (Participant("drug"),), rate=parse_formula("ka * depot * plasma")
            ),
            "clear": Reaction((Participant("drug"),), (), rate=parse_formula("CL / V * drug * plasma")),
        }
    ),
)


def go(text: str = linear_pk.STUDY, **options: Any) -> Any:
    study = linear_pk.study(text)
    worlds = linear_pk.some_worlds(study.worlds.count, study.worlds.seed)
    return run(study, MECHANISM, worlds, agents=linear_pk.AGENTS, **options)


REGIMENS = [
    "{agent: drug, amount: 10 µg/kg, every: 1 d, times: 3}",
    "{agent: drug, amount: 1 mg, route: intravenous, every: 12 h, times: 4, loading: 3 mg}",
    "{agent: drug, amount: 1 mg, route: intravenous, duration: 2 h, start: 6 h}",
    "[{agent: drug, amount: 1 mg}, {agent: drug, amount: 30 nmol, route: intravenous, start: 1 d}]",
]


@pytest.mark.parametrize("regimen", REGIMENS)
def test_regimens_follow_superposition(regimen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = linear_pk.STUDY.replace("{agent: drug, amount: 10 µg/kg, every: 1 d, times: 3}", regimen)
    text = text.replace(
        "exposure: {of: concentration, take: auc}", "exposure: {of: concentration, take: auc, window: [1 d, 3 d]}"
    )
    found = go(text, rtol=1e-9)
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
    exact = go(text)
    kept = np.isfinite(exact.values)
    assert kept.mean() > 0.9
    assert found.values[kept] == pytest.approx(exact.values[kept], rel=1e-6, abs=1e-9)


def test_the_bits_do_not_depend_on_chunks_or_threads() -> None:
    whole = go(chunk=100)
    assert not whole.failed
    for options in ({"chunk": 1}, {"chunk": 7}, {"chunk": 24, "threads": 2}):
        assert go(**options).digest == whole.digest


def test_a_bolus_at_time_0_is_no_baseline() -> None:
    text = linear_pk.STUDY.replace("10 µg/kg, every: 1 d, times: 3", "1 mg, route: intravenous").replace(
        "size: 4", "size: 1"
    )
    result = go(text)
    dose = 1e-3 / 19_000 * 1e9
    from pleio.studies.subjects.members import member_parameters

    values, _ = member_parameters(result.study, MECHANISM, result.worlds)
    exponent = values["sign_effect"] * values["gain_effect"] * dose / values["V"]
    assert result.values[1, :, 0, 0] == pytest.approx(np.maximum(np.exp(exponent) - 1, 0), abs=2e-3)
    assert go(text, chunk=1).digest == result.digest == go(text, chunk=5).digest


def test_no_effect_everywhere_is_the_model_without_its_switch() -> None:
    study = linear_pk.study()
    worlds = linear_pk.some_worlds()
    worlds.contests["effect-contest"].index[:] = 2
    off = run(study, MECHANISM, worlds, agents=linear_pk.AGENTS)
    bare = replace(
        MECHANISM,
        switches={},
        network=MECHANISM.network.replace(
            observables={
                **MECHANISM.network.observables,
                "response": replace(MECHANISM.network.observables["response"], expression=parse_formula("100")),
            }
        ),
    )
    assert np.array_equal(off.values, run(study, bare, worlds, agents=linear_pk.AGENTS).values)
