from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import linear_pk
import numpy as np
import pytest

from pleio.base.errors import StoreError, StudyError
from pleio.studies.result import Result
from pleio.studies.run import run
from pleio.studies.running.chunk import QUANTILES, _spread


@pytest.fixture(autouse=True)
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)


def go(text: str = linear_pk.STUDY, **options: Any) -> Result:
    study = linear_pk.study(text)
    worlds = options.pop("worlds", None) or linear_pk.some_worlds(study.worlds.count, study.worlds.seed)
    return run(study, linear_pk.MECHANISM, worlds, agents=linear_pk.AGENTS, **options)


def test_the_axes_are_named_and_carry_units() -> None:
    result = go()
    endpoints = result.endpoints
    assert endpoints.dims == ("arm", "world", "subject", "endpoint")
    assert endpoints.shape == (2, 24, 4, 2)
    assert endpoints.sel(endpoint="exposure").unit.item() == "nM*h"
    assert endpoints.sel(endpoint="rise").unit.item() == "1"
    bands = result.bands()
    assert bands.worlds.dims == ("arm", "observed", "quantile", "time")
    assert bands.sizes["observed"] == 2
    assert (np.diff(bands.worlds, axis=2) >= 0).all()


def test_few_worlds_that_weigh_alike_are_reported_once() -> None:
    result = go()
    assert result.note == "24 worlds are fewer than 400: the value of information is refused"
    assert result.unweighted() == [] and "unweighted" not in result.to_json()
    unequal = replace(result, worlds=result.worlds.reweighted(np.linspace(1, 2, 24)))
    assert "24 worlds weigh as 23 equal ones" in unequal.note and len(unequal.unweighted()) == 4


def test_exposure_is_dose_over_clearance() -> None:
    result = go(linear_pk.STUDY.replace("horizon: 5 d", "horizon: 60 d\nevery: 0.5 h"))
    exposure = result.endpoints.sel(arm="daily", endpoint="exposure").values
    worlds = result.worlds
    from pleio.studies.subjects.cohort import draw_subjects

    weight = draw_subjects(result.study.cohort, worlds.seed, worlds.numbers)["weight"]
    dose = 3 * 10e-6 * weight / 19_000 * 1e9  # 10 µg/kg three times, in nmol
    expected = dose / worlds.parameters["CL"][:, None]
    kept = np.isfinite(exposure)
    assert kept.sum() > 80
    assert exposure[kept] == pytest.approx(expected[kept], rel=2e-3)


def test_nothing_given_is_nothing_changed() -> None:
    result = go()
    assert np.nanmax(np.abs(result.values[0])) == 0


def test_the_bits_do_not_depend_on_chunks() -> None:
    whole = go(chunk=1000)
    for size in (1, 5, 24):
        assert go(chunk=size).digest == whole.digest
    assert go(linear_pk.STUDY.replace("seed: 3", "seed: 4")).digest != whole.digest


def test_arms_share_their_subjects() -> None:
    text = linear_pk.STUDY.replace("  nothing: none", "  again: {agent: drug, amount: 10 µg/kg, every: 1 d, times: 3}")
    result = go(text)
    assert np.array_equal(result.values[0], result.values[1], equal_nan=True)


def test_failures_are_listed_and_never_dropped() -> None:
    worlds = linear_pk.some_worlds()
    worlds.parameters["CL"][7] = 2.5
    result = go(worlds=worlds)
    assert len(result.failed) == 8
    assert result.failed[0] == ("nothing", 7, 0, "the solver gave up")
    assert np.isnan(result.values[:, 7]).all() and np.isfinite(np.delete(result.values, 7, axis=1)).all()
    report = result.to_json()
    json.dumps(report, allow_nan=False)
    assert report["trajectories"] == 2 * 24 * 4
    assert {row["failed"] for row in report["endpoints"]} == {4}


def test_a_value_that_is_no_number_is_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def flawed(*args: Any, **options: Any) -> Any:
        run = linear_pk.integrate(*args, **options)
        run.values[[5, 96 + 5], 3, 0] = np.inf  # world 1, subject 1, in both arms
        return run

    monkeypatch.setattr("pleio.simulation.ensemble.integrate", flawed)
    result = go()
    assert result.failed == tuple(
        (arm, 1, 1, "a quantity that was asked for is not a finite number") for arm in result.arms
    )
    assert np.isnan(result.values[:, 1, 1]).all()


def test_what_is_done_is_kept_and_taken_up_again(tmp_path: Path) -> None:
    class Stop(BaseException):
        pass

    def stop(done: int, total: int) -> None:
        if done >= total // 2:
            raise Stop

    with pytest.raises(Stop):
        go(chunk=4, folder=tmp_path, progress=stop)
    assert len(list(tmp_path.glob("*.json"))) == 2
    told: list[tuple[int, int]] = []
    resumed = go(chunk=4, folder=tmp_path, progress=lambda done, total: told.append((done, total)))
    assert resumed.fresh == 192 - 2 * 32
    assert told[-1] == (192, 192)
    assert resumed.digest == go().digest
    assert go(chunk=4, folder=tmp_path).fresh == 0
    assert go(chunk=4, folder=tmp_path, cache=False).fresh == 192


def test_an_altered_chunk_is_computed_again(tmp_path: Path) -> None:
    expected = go(chunk=12, folder=tmp_path).digest
    victim = sorted(tmp_path.glob("*-endpoints.npy"))[0]
    victim.write_bytes(victim.read_bytes()[:-8] + b"12345678")
    again = go(chunk=12, folder=tmp_path)
    assert (again.digest, again.fresh) == (expected, 96)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StoreError, match=r"a chunk cannot be kept.*name another folder"):
        go(folder=blocked)
    assert blocked.read_text() == "not a folder"


def test_a_chunk_is_kept_for_its_own_inputs_only(tmp_path: Path) -> None:
    go(folder=tmp_path)
    assert go(linear_pk.STUDY.replace("amount: 10", "amount: 11"), folder=tmp_path).fresh == 192
    assert go(linear_pk.STUDY.replace("price: 0.001", "price: 0.002"), folder=tmp_path).fresh == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("of: response", "of: respons", "did you mean 'response'?"),
        ("agent: drug", "agent: drig", "did you mean 'drug'?"),
        ("10 µg/kg,", "10 µg/kg, route: oral,", "has no route 'oral'"),
        ("weight: lognormal(70 kg, 15 %), ", "", "the cohort has no weight"),
        ("size: 4", "size: 4, siz: 3", "did you mean 'size'?"),
        ("size: 4", "size: 4, renal_function: 3 kg", "converted"),
        ("{V: 20 %}", "{W: 20 %}", "cohort.variability.W"),
        ("horizon: 5 d", "horizon: 5 d\nconditions: {ka: 3 L}", "converted"),
        ("size: 4", "size: 4, include: [weight > 1000]", "excludes everyone"),
        ("take: auc", "take: time_below, threshold: 3 kg", "converted"),
    ],
)
def test_a_study_that_does_not_fit_its_mechanism_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(StudyError) as caught:
        go(linear_pk.STUDY.replace(old, new, 1))
    assert says in str(caught.value)


def test_assumptions_set_parameters_and_conditions_hold_in_all_arms() -> None:
    from pleio.studies.subjects.members import member_parameters

    study = linear_pk.study(linear_pk.STUDY.replace("horizon: 5 d", "horizon: 5 d\nconditions: {V: 20 L}"))
    worlds = linear_pk.some_worlds()
    values, weight = member_parameters(study, linear_pk.MECHANISM, worlds)
    weak = np.repeat(worlds.assumptions["reagent"].index == 1, 4)
    assert (values["ka"][weak] == 0.1).all() and (values["ka"][~weak] == 0.5).all()
    assert np.median(values["V"]) == pytest.approx(20, rel=0.05)
    assert weight is not None and weight.shape == (96,)
    assert set(values["sign_effect"]) <= {-1, 0, 1}


def test_only_those_who_meet_the_criteria_are_let_in() -> None:
    from pleio.studies.subjects.cohort import draw_subjects

    cohort = linear_pk.study(
        linear_pk.STUDY.replace("size: 4", "size: 50, include: [weight > 70 && weight < 80]")
    ).cohort
    free = linear_pk.study(linear_pk.STUDY.replace("size: 4", "size: 50")).cohort
    numbers = np.arange(20)
    drawn, before = (draw_subjects(c, 1, numbers)["weight"] for c in (cohort, free))
    assert drawn.min() > 70 and drawn.max() < 80
    inside = (before > 70) & (before < 80)
    assert (drawn[inside] == before[inside]).all()  # who was inside stays who they were


def test_spread_leaves_out_who_failed_as_nan_quantiles_would() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(6 * 8, 5, 3))
    values[[3, 17, 18]] = np.nan  # single subjects
    values[40:] = np.nan  # a whole world
    found = _spread(values, 6, 8, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = np.nanquantile(values.reshape(6, 8, 5, 3)[..., :2], QUANTILES, axis=1)
    assert np.array_equal(found, np.transpose(expected, (1, 3, 0, 2)).astype(np.float32), equal_nan=True)
    assert np.isnan(found[5]).all() and np.isfinite(found[:5]).all()
