"""What a person types in a notebook: a wrong argument is told by its name, and what is shown fits a screen."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

import pleio
from pleio.base.errors import InputError

MODEL = "model decay\n compartment C = 1; species S in C = 10; k = 0.3\n R: S => ; k * S * C\nend"
TIMES = [0, 1, 2]


@pytest.fixture(scope="module")
def decay() -> Any:
    return pleio.load(MODEL)


@pytest.fixture(scope="module")
def result() -> Any:
    return pleio.open("il11").study("oprelvekin-platelets").run(worlds=2)


WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "a text is no model": (lambda m: pleio.simulate(MODEL, TIMES), "model: is a str, not a network"),
    "nothing is no model": (lambda m: pleio.steady_state(None), "model: is None, not a network"),
    "values without names": (lambda m: pleio.simulate(m, TIMES, parameters=[1.0]), "parameters: is a list"),
    "a number is no dose": (lambda m: pleio.simulate(m, TIMES, doses=3), "doses: is an int, not a pleio.Dose"),
    "one of the doses": (lambda m: pleio.simulate(m, TIMES, doses=["S"]), "doses: is a str, not a pleio.Dose"),
    "a reducer without a name": (lambda m: pleio.simulate(m, 2, reduce=pleio.reduce.auc("S")), "reduce: is a Reducer"),
    "no threads": (lambda m: pleio.simulate(m, TIMES, threads=0), "threads: is 0"),
    "threads in words": (lambda m: pleio.simulate(m, TIMES, threads="two"), "threads: is 'two'"),
    "no threads for a steady state": (lambda m: pleio.steady_state(m, threads=-1), "threads: is -1"),
    "a number is no model": (lambda m: pleio.load(3), "model: is an int, not a path or the text"),
    "bytes are no model": (lambda m: pleio.load(MODEL.encode()), "decode it first"),
    "nothing is no document": (lambda m: pleio.read(None), "document: is None, not a path"),
    "a number is no document": (lambda m: pleio.open_document(3), "document: is an int, not a path"),
    "a sentence is no path": (lambda m: pleio.read("IL-11 raises platelets."), "text itself as bytes"),
    "a number is no set of claims": (lambda m: pleio.believe(3), "claims: is an int, not a set of claims"),
    "worlds below none": (lambda m: pleio.open("il11").study("bone").run(worlds=-3), "worlds: is -3"),
    "a quantity that is not drawn": (lambda m: pleio.simulate(m, TIMES).plot("Q"), "plot: there is no quantity 'Q'"),
    "worlds in words": (lambda m: pleio.open("il11").study("bone").run(worlds="four"), "worlds: is 'four'"),
    "no worlds": (lambda m: pleio.open("il11").study("bone").run(worlds=0), "worlds: is 0"),
    "a number is no library": (lambda m: pleio.open(3), "library: is an int"),
    "a number is no module": (lambda m: pleio.open("il11").module(5), "module: is an int"),
    "a number is no study": (lambda m: pleio.open("il11").study(5), "study: is an int"),
    "a number is no entity": (lambda m: pleio.open("il11").contests(5), "contests: is an int"),
    "a text is no result": (lambda m: pleio.cite("x"), "cite: is a str"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_argument_is_told_by_its_name(decay: Any, case: str) -> None:
    call, said = WRONG[case]
    with pytest.raises(InputError) as told:
        call(decay)
    assert said in str(told.value)


def test_a_path_and_bytes_are_documents(tmp_path: Path) -> None:
    text = "IL-6 did not increase SOCS3 mRNA in hepatocytes.\n"
    page = tmp_path / "page.md"
    page.write_text(text)
    found = pleio.read(pleio.open_document(page))
    assert [one.relation for one in found] == ["no_effect"]
    assert pleio.read(page) == pleio.read(str(page)) == found
    assert [one.relation for one in pleio.read(text.encode())] == ["no_effect"]
    assert pleio.audit(page) == pleio.audit(pleio.open_document(page))


def test_the_columns_of_a_data_frame_are_parameters(decay: Any) -> None:
    given = {"k": np.array([0.1, 0.2]), "S": np.array([5.0, 10.0])}
    run = pleio.simulate(decay, TIMES, parameters=pandas.DataFrame(given))
    assert run.equals(pleio.simulate(decay, TIMES, parameters=given))
    assert list(run.parameter.values) == ["k", "S"]
    assert pleio.steady_state(decay, parameters=pandas.DataFrame(given)).status.values.tolist() == ["", ""]


def test_what_is_shown_fits_a_screen(decay: Any, result: Any) -> None:
    il11 = pleio.open("il11")
    beliefs = il11.belief()
    contest = il11.contests("ERK")[0]
    run = pleio.simulate(decay, TIMES)
    module = il11.module("platelets")
    prior = module.priors["platelets_normal"]
    for one in (
        il11.claims, next(iter(il11.claims)), contest, beliefs, beliefs.contests[contest.id], module, result,
        il11.study("bone"), run.plot(), prior, result.study.horizon, result.worlds, il11.study("bone").mechanism,
        il11.mechanism("receptor+jak_stat"),
    ):  # fmt: skip
        assert len(repr(one)) < 500, type(one)
    assert repr(il11.claims) == f"<ClaimSet: claims {len(il11.claims)}, assumptions {len(il11.claims.assumptions)}>"
    assert "2 worlds" in repr(result) and result.digest[:12] in repr(result)
    assert repr(prior.distribution) == "<Distribution lognormal(262, 14 %)>"


def test_a_result_is_a_table_of_subjects(result: Any) -> None:
    table = result.to_dataframe()
    assert len(table) == result.trajectories
    one = table[(table.arm == result.arms[-1]) & (table.world == result.worlds.numbers[1]) & (table.subject == 3)]
    assert one.platelet_rise.item() == result.values[-1, 1, 3, 0]
    assert set(table.status) == {""}


def test_one_quantity_is_drawn_by_its_name(decay: Any) -> None:
    run = pleio.simulate(decay, TIMES)
    assert run.plot("S").specification == run.plot(["S"]).specification


def test_what_a_study_does_not_observe_is_told(result: Any) -> None:
    with pytest.raises(InputError, match="'platelet': is not observed; did you mean 'platelets'"):
        result.bands_of("platelet")


def test_what_was_made_is_copied_and_kept_whole(decay: Any, result: Any) -> None:
    run = pleio.simulate(decay, TIMES)
    for way in (copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))):  # noqa: S301
        assert way(decay) == decay
        assert way(run).identical(run) and way(run).to_dataframe().equals(run.to_dataframe())
        assert way(result).digest == result.digest and way(result).summary() == result.summary()
        assert way(result.study) == result.study


def test_worlds_are_counted_by_any_whole_number() -> None:
    assert len(pleio.open("il11").study("bone").worlds(np.int64(4))) == 4
