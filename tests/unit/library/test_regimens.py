"""Regimens of chemotherapy by name: which one a row names, what it is forecast with, and what fits make of it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.base.quantities import parse_distribution
from pleio.inference.observations import Comparator
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.forecasts import Forecaster
from pleio.library.validation.left_out import read_left_out
from pleio.library.validation.numbers import numbers
from pleio.library.validation.regimens import Regimens, key, read_regimens
from pleio.library.validation.rows import Plan, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROWS = {row.id: row for row in read_all(IL11)}
NAMED = READOUTS.regimens
SHARE = NAMED.parameter
SCRIPTS = Path(__file__).parents[3] / "scripts"


def nadir(condition: str, **changes: Any) -> Plan:
    row = ROWS["gemcitabine-nadir"]
    people = row.population.model_copy(update={"condition": condition})
    return plan(row.model_copy(update={"population": people, "source": "pubmed:1", **changes}), READOUTS)


def share(condition: str) -> str:
    return dict(nadir(condition).side.conditions)[SHARE]


@pytest.mark.parametrize(
    ("condition", "regimen"),
    [
        ("lung cancer, carboplatin and gemcitabine, placebo", "gemcitabine-carboplatin"),
        ("ovarian cancer after Carboplatin/Taxol", "carboplatin-paclitaxel"),
        ("carboplatin-paclitaxel, first cycle", "carboplatin-paclitaxel"),
        ("children on ifosfamide, carboplatin and etoposide", "ice"),
        ("children on ifosfamide 9 g/m², carboplatin 800 mg/m² and etoposide 500 mg/m²", "ice-high"),
        ("lymphoma, ifosfamide 5 g/m², carboplatin AUC 5 and etoposide with G-CSF", "ice"),
        ("lymphoma, ICE (ifosfamide, carboplatin, etoposide)", "ice"),
        ("lymphoma, R-CHOP every two weeks", "chop"),
        ("breast cancer, AC", "doxorubicin-cyclophosphamide"),
        ("cyclophosphamide 1,500 mg/m² and doxorubicin 60 mg/m²", "doxorubicin-cyclophosphamide-high"),
        ("doxorubicin and ifosfamide 2 to 3 g/m2", "doxorubicin-ifosfamide"),
        ("doxorubicin and ifosfamide (12 g/m²)", "doxorubicin-ifosfamide-high"),
        ("solid tumours, gemcitabine with cisplatin or carboplatin", None),
        ("gemcitabine versus carboplatin", None),
        ("AC followed by paclitaxel", None),
        ("carboplatin, paclitaxel and gemcitabine", None),
        ("advice on ice packs", None),
        ("cancer, a cycle of chemotherapy", None),
    ],
)
def test_a_regimen_is_named_by_all_of_its_drugs_and_no_other(condition: str, regimen: str | None) -> None:
    assert NAMED.named(condition) == regimen


def test_a_named_regimen_is_used_and_another_is_another() -> None:
    hard, mild = (NAMED.regimens[name] for name in ("ice", "fluorouracil-epirubicin-cyclophosphamide"))
    assert share("lymphoma, ICE") == hard.share and share("breast cancer, FEC") == mild.share
    assert hard.share is not None and mild.share is not None
    assert parse_distribution(hard.share).median > parse_distribution(mild.share).median


@pytest.mark.parametrize("condition", ["cancer, a cycle of chemotherapy", "breast cancer, AC", "ICE or ESHAP"])
def test_what_names_none_or_one_of_which_nothing_was_found_has_the_general_law(condition: str) -> None:
    assert share(condition) == NAMED.unnamed.share and nadir(condition).side.regimen == ""


def test_patients_who_were_transfused_the_cycle_before_are_those_of_the_module_whatever_they_were_given() -> None:
    assert share("ICE, transfused in the cycle before") == "1"


def test_before_data_every_regimen_is_as_hard_as_was_guessed() -> None:
    for condition in ("lymphoma, ICE", "cancer, a cycle of chemotherapy"):
        assert dict(nadir(condition).side.before_data.conditions)[SHARE] == NAMED.unnamed.before


def test_the_group_beside_it_on_placebo_had_the_same_regimen() -> None:
    ratio = ROWS["prevention-nadir-ratio"]
    people = ratio.population.model_copy(update={"condition": "lymphoma, ICE"})
    one = plan(ratio.model_copy(update={"population": people}), READOUTS)
    assert one.against is not None and one.against.regimen == "ice"
    other = ratio.model_copy(update={"population": people, "comparator": Comparator(condition="healthy volunteers")})
    assert plan(other, READOUTS).against != one.against


def test_without_a_source_a_regimen_is_known_by_the_others_and_one_that_it_did_not_speak_of_as_before() -> None:
    others = read_left_out(IL11)
    ice = nadir("lymphoma, ICE").side
    (source, *more) = NAMED.regimens["ice"].sources
    assert more
    left = dict(ice.known_by(others[source]).conditions)[SHARE]
    assert left == str(others[source][key(SHARE, "ice")]) != dict(ice.conditions)[SHARE]
    assert ice.known_by(others["pleio:tepler-1996"]) == ice
    general = nadir("cancer, a cycle of chemotherapy").side
    assert dict(general.known_by(others[source]).conditions)[SHARE] == str(others[source][SHARE])


def test_a_regimen_of_one_source_has_the_general_law_without_it() -> None:
    others = read_left_out(IL11)
    alone = {name: one.sources[0] for name, one in NAMED.regimens.items() if len(one.sources) == 1}
    assert alone
    for name, source in alone.items():
        assert others[source][key(SHARE, name)] == others[source][SHARE]


def test_a_share_rests_on_rows_that_name_the_regimen_and_are_open_to_fits() -> None:
    others = read_left_out(IL11)
    for name, one in NAMED.regimens.items():
        rows = [row for row in ROWS.values() if NAMED.named(row.population.condition) == name]
        assert {*one.sources} == {row.source for row in rows if row.use == "fit"}
        assert all(key(SHARE, name) in others[source] for source in one.sources)
        assert bool(one.share) == bool(one.sources)


WRONG = """\
parameter: chemotherapy_share
unnamed: {share: "lognormal(0.4, 50 %)", before: "uniform(0.3, 1)", why: "a test"}
drugs: {carboplatin: [CBDCA], cisplatin: [cbdca], etoposide: []}
regimens:
  one: {drugs: [carboplatin, etopside], called: [CE], why: "a drug that is none"}
  two: {drugs: [carboplatin, etoposide], called: [CE], why: "an acronym of two things"}
  three: {drugs: [etoposide, carboplatin], why: "the same drugs"}
  four: {drugs: [cisplatin], doses: {carboplatin: at least 300 mg/m^2}, called: [Cis], why: "a dose of another drug"}
"""


def read(folder: Path, text: str) -> Regimens:
    (folder / "regimens.yaml").write_text(text, encoding="utf-8")
    return read_regimens(folder)


def test_words_that_clash_are_all_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as fault:
        read(tmp_path, WRONG)
    said = str(fault.value)
    for part in (
        "'cbdca' stands for carboplatin too",
        "'etopside' is no drug of this file",
        "'CE' stands for one too",
        "has the drugs of two, and nothing tells them apart",
        "has a dose of 'carboplatin', which it does not give",
        "'Cis' is no acronym",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ('{drugs: [etoposide], doses: {etoposide: "over 3 mg/m^2"}, why: "x"}', "is no range of doses"),
        ('{drugs: [etoposide], doses: {etoposide: "under 3 kg"}, why: "x"}', "kg"),
        ('{drugs: [etoposide], share: "lognormal(0.4)", sources: ["pubmed:1"], why: "x"}', "lognormal"),
        ('{drugs: [etoposide], share: "lognormal(0.4, 20 %)", why: "x"}', "fitted to something"),
        ("{drugs: [etoposide]}", "'why' is missing"),
    ],
)
def test_a_malformed_regimen_is_refused(tmp_path: Path, entry: str, why: str) -> None:
    with pytest.raises(StudyError, match=why):
        read(tmp_path, WRONG.split("  one:", 1)[0].replace("[cbdca]", "[]") + f"  one: {entry}\n")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    sys.path.insert(0, str(SCRIPTS))
    try:
        spec = importlib.util.spec_from_file_location("fit_chemotherapy", SCRIPTS / "fit_chemotherapy.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["fit_chemotherapy"] = module  # its dataclasses look their module up
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SCRIPTS))
    return module


def seen(script: ModuleType, regimen: str, at: float, error: float = 0.15) -> Any:
    """A trial that found a share, known to an error of its logarithm; one world and one kill."""
    level = -0.5 * np.square(np.log(script.MILDER / at) / error)[None, None, :]
    return script.Trial(f"pubmed:{at}", regimen, script.MILDER, ()), level


def spread(script: ModuleType, shares: np.ndarray) -> float:
    logs = np.log(script.MILDER)
    return float(np.sqrt((shares * logs**2).sum() - (shares * logs).sum() ** 2))


def test_more_trials_narrow_a_regimen_and_trials_apart_widen_it(script: ModuleType) -> None:
    around = [seen(script, name, at) for name, at in (("b", 0.2), ("c", 0.3), ("d", 0.6), ("e", 0.8))]

    def known(*at: float) -> Any:
        return script.posterior([*around, *(seen(script, "a", one) for one in at)]).shares

    one, three, apart = known(0.4), known(0.4, 0.4, 0.41), known(0.2, 0.8)
    assert one["a"].sum() == pytest.approx(1) and one[""].sum() == pytest.approx(1)
    assert spread(script, three["a"]) < spread(script, one["a"]) < spread(script, one[""])
    assert spread(script, apart["a"]) > spread(script, three["a"]) * 1.3
    assert float((one["a"] * np.log(script.MILDER)).sum()) == pytest.approx(np.log(0.4), abs=0.1)


def test_a_regimen_without_rows_is_one_that_was_not_seen(script: ModuleType) -> None:
    named = read_regimens(IL11.folder)
    trials = [seen(script, "ice", 0.7), seen(script, "chop", 0.2)]
    of = script.posterior([(one, np.repeat(level, len(script.MEDIANS), axis=1)) for one, level in trials])
    values = {name: np.ones(len(script.KILLS)) for name in script.EFFECT}
    found = script.fitted(of, values, SHARE, named)
    assert {name for name in found if name.startswith(SHARE)} == {SHARE, key(SHARE, "ice"), key(SHARE, "chop")}


def test_worlds_that_are_left_out_of_a_fit_have_no_weight(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = np.random.default_rng(3)
    trials = [
        (one, level + draws.normal(0, 9, size=(6, 5, 1)))
        for one, level in (seen(script, name, at) for name, at in (("a", 0.2), ("a", 0.3), ("b", 0.6)))
    ]
    some = script.posterior(trials)
    monkeypatch.setattr(script, "NEGLIGIBLE", np.inf)
    every = script.posterior(trials)
    assert 0 < some.kept.sum() < every.kept.sum() == 30
    assert some.weights == pytest.approx(every.weights, abs=1e-6)
    assert some.weights.sum() == pytest.approx(1) and some.evidence == pytest.approx(every.evidence, abs=1e-6)
    assert some.shares["a"] == pytest.approx(every.shares["a"], abs=1e-6)


def test_trials_are_put_together_as_forecasts_name_them(script: ModuleType) -> None:
    rows = script.fit_rows()
    of = script.trials(rows)
    assert sum(trial.shares is script.SAME for trial in of) == 1
    ice = [trial for trial in of if trial.regimen == "ice"]
    assert {trial.source for trial in ice} == {*NAMED.regimens["ice"].sources}
    assert len({(trial.source, trial.regimen) for trial in of}) == len(of)


def test_the_fit_chooses_patients_by_a_low_count_as_forecasts_do(script: ModuleType) -> None:
    rows = script.fit_rows()
    kills = np.linspace(0, 1, len(script.KILLS))
    hard, weights = (kills > 0.8).astype(float)[None, :], np.full((1, 1, len(kills)), 1 / len(kills))
    row = rows["transfused-cycle-without"]
    by_all = script.chances(row, hard, weights)[0]
    fell = (kills > 0.6).astype(float)[None, :]
    chosen, half, like_all = script.chances(row, hard, weights, script.Chosen(fell, (0.0, 0.5, 1.0)))
    assert float(chosen[0, 0, 0]) == pytest.approx(hard.sum() / fell.sum())
    assert chosen > half > like_all and like_all == pytest.approx(by_all)
    (nobody,) = script.chances(row, hard, weights, script.Chosen(np.zeros_like(fell), (0.0,)))
    assert np.isfinite(nobody).all()


@pytest.mark.parametrize(
    ("condition", "regimen"),
    [
        ("ovarian cancer, carboplatin AUC 5", "carboplatin"),
        ("ovarian cancer, carboplatin (AUC 5-7)", "carboplatin"),
        ("ovarian cancer, carboplatin at an AUC of 12", "carboplatin-high"),
        ("ovarian cancer, carboplatin AUC=11", "carboplatin-high"),
        ("ovarian cancer, carboplatin 800 mg/m²", "carboplatin-high"),
        ("ovarian cancer, carboplatin", "carboplatin"),
    ],
)
def test_a_dose_of_carboplatin_may_be_an_area_under_the_curve(condition: str, regimen: str) -> None:
    assert NAMED.named(condition) == regimen


@pytest.mark.parametrize(
    ("readout", "meant"),
    [
        ("platelets_under_50_fraction_in_any_cycle", "platelets_under_50_of_course_fraction"),
        ("platelets_below_25_over_all_cycles", "platelets_under_25_of_course_fraction"),
        ("grade_3_or_4_thrombocytopenia_in_any_cycle", "platelets_under_50_of_course_fraction"),
        ("transfused_fraction_over_the_whole_course", "transfused_of_course_fraction"),
        ("grade_4_thrombocytopenia_in_the_first_cycle", "platelets_under_25_fraction"),
    ],
)
def test_a_share_in_any_cycle_is_told_from_that_in_one(readout: str, meant: str) -> None:
    row = ROWS["platelets-under-50-without"].model_copy(update={"readout": readout})
    assert READOUTS.of(row) == READOUTS.table.readouts[meant]


def test_a_share_of_a_course_is_that_of_some_unrelated_cycles() -> None:
    cycle = ROWS["platelets-under-50-without"].model_copy(update={"population": ROWS["gemcitabine-nadir"].population})
    course = cycle.model_copy(update={"readout": "platelets_under_50_of_course_fraction"})
    forecaster = Forecaster(IL11, READOUTS, worlds=24, subjects=8)
    shares = []
    for row in (cycle, course):
        one = plan(row, READOUTS)
        means, _, _ = numbers(one, one.side, forecaster, "own", "", {one.side: {one.of}})
        shares.append(means)
    one_cycle, whole = shares
    low, high = (1 - (1 - one_cycle) ** cycles for cycles in (1.5, 4.0))
    assert ((low - 1e-12 <= whole) & (whole <= high + 1e-12)).all()
    assert (whole[(one_cycle > 0) & (one_cycle < 1)] > one_cycle[(one_cycle > 0) & (one_cycle < 1)]).all()
    assert ((one_cycle > 0) & (one_cycle < 1)).any()


def test_a_share_of_a_course_whose_cycles_are_not_said_is_a_problem_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readouts = LibraryReadouts(IL11)
    cycle = readouts.table.after["chemotherapy"].model_copy(update={"cycles": None})
    monkeypatch.setattr(readouts, "table", readouts.table.model_copy(update={"after": {"chemotherapy": cycle}}))
    found = [problem for problem in readouts.problems() if "cycles" in problem.what]
    assert {problem.where for problem in found} >= {"readout 'platelets_under_50_of_course_fraction'"}
    assert all("groups.yaml" in problem.help for problem in found)
