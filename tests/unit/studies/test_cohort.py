"""Who is simulated: files of subjects, effects of covariates, criteria, correlations, and occasions."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import linear_pk
import numpy as np
import pytest
from scipy import stats
from scipy.linalg import expm
from test_real import MECHANISM

from pleio.base.errors import StudyError
from pleio.base.quantities import Distribution
from pleio.mechanisms.network import Parameter
from pleio.studies.run import run
from pleio.studies.study import Study, plain, read_study
from pleio.studies.subjects.cohort import draw_subjects
from pleio.studies.subjects.members import member_parameters
from pleio.studies.subjects.occasions import draw_occasions
from pleio.studies.subjects.stated import Cohort
from pleio.studies.subjects.table import with_subjects

STUDY = """
title: Who
mechanism: [linear]
cohort: {cohort}
arms:
  by mouth: {{agent: drug, amount: 1 mg, every: 1 d, times: 4}}
  at once: {{agent: drug, amount: 1 mg, route: intravenous}}
worlds: {{count: 6, seed: 3}}
horizon: 5 d
every: 1 h
endpoints:
  exposure: {{of: concentration, take: auc}}
  peak: {{of: concentration, take: maximum}}
"""
CSV = """ID,weight [kg],renal_function (mL/min),genotype,severity
a,70,100,0,1
b,50,80,1,2
c,90,60,0,3
"""
DOSE = 1e-3 / 19_000 * 1e9
NETWORK = MECHANISM.network
MODEL = replace(
    MECHANISM,
    network=NETWORK.replace(
        parameters={**NETWORK.parameters, "F": Parameter(0.6, "1"), "delay": Parameter(0.5, "h")},
    ),
)
AGENTS = {
    "drug": replace(
        linear_pk.AGENTS["drug"], bioavailability={"subcutaneous": "F"}, lag={"subcutaneous": "delay"}
    )
}  # fmt: skip


def read(cohort: str, folder: Path | None = None, csv: str = CSV) -> Any:
    if folder is None:
        return read_study(STUDY.format(cohort=cohort))
    (folder / "patients.csv").write_text(csv, encoding="utf-8")
    (folder / "study.yaml").write_text(STUDY.format(cohort=cohort), encoding="utf-8")
    return read_study(folder / "study.yaml")


def go(study: Any, **options: Any) -> Any:
    return run(study, MODEL, linear_pk.some_worlds(6), agents=AGENTS, **options)


def drawn(study: Any, worlds: int = 6) -> dict[str, np.ndarray]:
    return draw_subjects(study.cohort, 3, np.arange(worlds))


# files of subjects


def test_exactly_the_subjects_of_a_file(tmp_path: Path) -> None:
    study = read("{subjects: {file: patients.csv, take: exactly}, effects: {CL: (weight / 70)^0.75}}", tmp_path)
    assert study.cohort.size == 3
    values = drawn(study)
    assert (values["weight"] == [70, 50, 90]).all() and (values["renal_function"] == [100, 80, 60]).all()
    members, weight = member_parameters(study, MODEL, linear_pk.some_worlds(6))
    assert weight is not None and (weight.reshape(6, 3) == [70, 50, 90]).all()
    clearance = members["CL"].reshape(6, 3)
    assert clearance / clearance[:, :1] == pytest.approx(np.tile((np.array([70, 50, 90]) / 70) ** 0.75, (6, 1)))


def test_rows_are_drawn_with_replacement_by_keyed_numbers(tmp_path: Path) -> None:
    study = read("{size: 40, subjects: {file: patients.csv}, weight_seen: 1, include: [weight_seen > 0]}", tmp_path)
    values = drawn(study, 50)
    pairs = set(zip(values["weight"].ravel(), values["renal_function"].ravel(), strict=True))
    assert pairs == {(70, 100), (50, 80), (90, 60)}  # whole rows, never mixed
    shares = [(values["weight"] == weight).mean() for weight in (50, 70, 90)]
    assert shares == pytest.approx([1 / 3] * 3, abs=0.05)
    assert (drawn(study, 7)["weight"] == values["weight"][:7]).all()
    more = read("{size: 40, age: normal(50, 10 %), subjects: {file: patients.csv}, include: [age > 0]}", tmp_path)
    assert (drawn(more, 50)["weight"] == values["weight"]).all()  # one more covariate leaves the rows as they were


def test_the_file_is_a_part_of_the_study(tmp_path: Path) -> None:
    cohort = "{subjects: {file: patients.csv, take: exactly}}"
    study = read(cohort, tmp_path)
    inline = "{subjects: {take: exactly, text: " + repr(CSV).replace("'", '"') + "}}"
    assert read(inline).cohort.subjects == study.cohort.subjects
    assert read(cohort, tmp_path, CSV.replace("c,90", "c,91")).digest != study.digest
    whole = go(study)
    assert go(study, chunk=1).digest == whole.digest and not whole.failed
    written = plain(study) | {"arms": {name: list(arm) for name, arm in study.arms.items()}}
    again = Study.model_validate(with_subjects(written, None) | {"cohort": written["cohort"] | {"variability": {}}})
    assert again.cohort.subjects == study.cohort.subjects


def test_heads_may_be_renamed(tmp_path: Path) -> None:
    csv = "ID,WT,CRCL\n1,70000,6\n2,50000,3\n"
    columns = "columns: {WT: 'weight [g]', CRCL: 'renal_function [L/h]'}"
    study = read("{subjects: {file: patients.csv, take: exactly, " + columns + "}}", tmp_path, csv)
    values, weight = member_parameters(study, MODEL, linear_pk.some_worlds(6))
    assert values["renal_function"].reshape(6, 2)[0] == pytest.approx([100, 50])
    assert weight is not None and weight.reshape(6, 2)[0] == pytest.approx([70, 50])


@pytest.mark.parametrize(
    ("cohort", "csv", "says"),
    [
        ("{subjects: {file: patients.csv}}", CSV.replace("b,50", "b,heavy"), "row 3 weight: 'heavy' is not a number"),
        ("{subjects: {file: patients.csv}}", CSV.replace("b,50", "b,"), "row 3 weight: is missing"),
        ("{subjects: {file: patients.csv}}", CSV.replace("b,50", "a,50"), "row 3 ID: subject a is there twice"),
        ("{subjects: {file: patients.csv}}", CSV.replace("b,50", "b"), "row 3: has 4 cells, the header 5"),
        ("{subjects: {file: patients.csv}}", CSV.replace("[kg]", "[zebra]"), "unknown unit 'zebra'"),
        ("{subjects: {file: patients.csv}}", CSV.replace("genotype", "weight [kg]"), "names 'weight' twice"),
        ("{subjects: {file: patients.csv}}", CSV.replace("[kg]", "[d]"), "weight"),
        ("{subjects: {file: patients.csv}}", "ID,weight [kg]\n", "has no subjects"),
        ("{subjects: {file: nobody.csv}}", CSV, "nobody.csv: does not exist"),
        ("{subjects: {fil: patients.csv}}", CSV, "names no file"),
        ("{subjects: {file: patients.csv, take: some}}", CSV, "write 'with replacement' or 'exactly'"),
        ("{subjects: {file: patients.csv, columns: {WT: 'weight [kg]'}}}", CSV, "has no column 'WT'"),
        ("{size: 5, subjects: {file: patients.csv, take: exactly}}", CSV, "has 3 subjects"),
        ("{subjects: {file: patients.csv, take: exactly}, include: [weight > 100]}", CSV, "excludes everyone"),
        ("{subjects: {file: patients.csv}, include: [weight > 100]}", CSV, "excludes everyone"),
        ("{subjects: {file: patients.csv}, weight: 70 kg}", CSV, "both a column of the file and drawn"),
        ("{subjects: {file: patients.csv}, effects: {CL: height / 170}}", CSV, "no covariate of the cohort"),
        ("{subjects: {file: patients.csv}, effects: {CL: genotype - 1}}", CSV, "is -1 for a subject with genotype 0"),
        ("{subjects: {file: patients.csv}, effects: {CLL: genotype}}", CSV, "did you mean 'CL'"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, cohort: str, csv: str, says: str) -> None:
    with pytest.raises(StudyError, match=says.replace("[", r"\[")):
        go(read(cohort, tmp_path, csv))


def test_text_may_not_name_a_file() -> None:
    with pytest.raises(StudyError, match="only a study that is a file itself may"):
        read("{subjects: {file: /etc/passwd}}")


def test_criteria_choose_among_those_of_a_file(tmp_path: Path) -> None:
    study = read("{subjects: {file: patients.csv, take: exactly}, include: [weight >= 60]}", tmp_path)
    assert study.cohort.size == 2 and set(drawn(study)["weight"].ravel()) == {70, 90}
    study = read("{size: 30, subjects: {file: patients.csv}, include: [weight >= 60]}", tmp_path)
    assert set(drawn(study)["weight"].ravel()) == {70, 90}


# effects of covariates


def test_a_genotype_acts_on_a_parameter() -> None:
    study = read("{size: 200, genotype: bernoulli(30 %), effects: {CL: 'piecewise(0.25, genotype == 1, 1)'}}")
    genotype = drawn(study)["genotype"]
    assert set(np.unique(genotype)) == {0, 1} and genotype.mean() == pytest.approx(0.3, abs=0.05)
    values, _ = member_parameters(study, MODEL, linear_pk.some_worlds(6))
    plain, _ = member_parameters(read("{size: 200}"), MODEL, linear_pk.some_worlds(6))
    assert values["CL"] / plain["CL"] == pytest.approx(np.where(genotype.ravel() == 1, 0.25, 1))


def test_loss_of_function_of_the_receptor_in_the_library() -> None:
    """IL11RA loss of function as a genotype: without receptors, oprelvekin raises no platelets."""
    from pleio.library import open as open_library

    library = open_library("il11")
    asked = library.study("oprelvekin-platelets")
    receptors = [name for name in asked.assembled.priors if name.startswith("IL11RA")]
    assert receptors, "the module has a parameter for the receptor"
    text = "{genotype: bernoulli(50 %), effects: {" + receptors[0] + ": 1 - genotype}}"
    study = asked.study.model_copy(update={"cohort": read(text.replace("{genotype", "{size: 8, genotype")).cohort})
    values, _ = member_parameters(study, asked.mechanism, asked.worlds(4))
    genotype = draw_subjects(study.cohort, asked.stated.worlds.seed, np.arange(4))["genotype"].ravel()
    assert ((values[receptors[0]] == 0) == (genotype == 1)).all() and 0 < genotype.mean() < 1


def test_severity_allometry_and_correlations_together() -> None:
    text = (
        "{size: 400, weight: lognormal(70 kg, 20 %), severity: uniform(0, 3), variability: {CL: 25 %}, "
        "correlations: {'weight, severity': 0.5}, "
        "effects: {CL: (weight / 70)^0.75, V: weight / 70, gain_effect: 1 + 0.2 * severity}}"
    )
    study = read(text)
    subjects = drawn(study)
    scores = np.log(subjects["weight"]).ravel(), subjects["severity"].ravel()
    assert np.corrcoef(*scores)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.25), abs=0.05)
    values, _ = member_parameters(study, MODEL, linear_pk.some_worlds(6))
    assert values["V"] == pytest.approx(10 * subjects["weight"].ravel() / 70)
    base = member_parameters(read("{size: 400}"), MODEL, linear_pk.some_worlds(6))[0]
    expected = base["CL"] * (subjects["weight"].ravel() / 70) ** 0.75 * subjects["factor(CL)"].ravel()
    assert values["CL"] == pytest.approx(expected)
    assert values["gain_effect"] == pytest.approx(base["gain_effect"] * (1 + 0.2 * subjects["severity"].ravel()))


def test_criteria_that_exclude_everyone_are_said() -> None:
    with pytest.raises(StudyError, match="excludes everyone") as caught:
        go(read("{size: 4, weight: 70 kg, include: [weight > 90]}"))
    assert "weight > 90" in str(caught.value) and "widen the criteria" in str(caught.value)


# occasions

BETWEEN = "occasions: 1 d, between_occasions: {ka: 60 %, F: 40 %, delay: 30 %}"


def test_each_occasion_has_its_own_absorption() -> None:
    """Against piecewise matrix exponentials, with the factors that were drawn."""
    study = read("{size: 2, " + BETWEEN + "}")
    found = go(study, rtol=1e-9)
    worlds = linear_pk.some_worlds(6)
    values, _ = member_parameters(study, MODEL, worlds)
    occasions = draw_occasions(study, study.arms["by mouth"], "h", worlds.seed, worlds.numbers)
    assert occasions is not None and list(occasions.starts) == [0, 24, 48, 72, 96]
    assert np.std(np.log(occasions.factors["ka"])) == pytest.approx(np.sqrt(np.log1p(0.36)), rel=0.3)
    for member in range(12):
        exact = by_hand(values, {k: f[:, member] for k, f in occasions.factors.items()}, member)
        world, subject = divmod(member, 2)
        assert found.values[0, world, subject, 1] == pytest.approx(exact.max(), rel=1e-6)
    # given at once, a dose has no absorption to vary
    plain = go(read("{size: 2}"), rtol=1e-9)
    assert found.values[1, :, :, 1] == pytest.approx(plain.values[1, :, :, 1], rel=1e-6)


def by_hand(values: dict[str, np.ndarray], factors: dict[str, np.ndarray], member: int) -> np.ndarray:
    """Concentrations every hour, from one change to the next."""
    ka, k = 0.5 if "ka" not in values else values["ka"][member], values["CL"][member] / 10
    given = {24 * i + 0.5 * factors["delay"][i]: DOSE * 0.6 * factors["F"][i] for i in range(4)}
    moments = sorted({*range(121), *given})
    state, course = np.zeros(2), [0.0]
    for begin, end in pairwise(moments):
        state = state + np.array([given.get(begin, 0.0), 0.0])
        rate = ka * factors["ka"][min(int(begin // 24), 4)]
        state = expm(np.array([[-rate, 0], [rate, -k]]) * (end - begin)) @ state
        if end == int(end):
            course.append(state[1] / 10)
    return np.array(course)


def test_an_occasion_for_each_dose() -> None:
    each = read("{size: 2, occasions: each dose, between_occasions: {F: 40 %}}")
    period = read("{size: 2, occasions: 1 d, between_occasions: {F: 40 %}}")
    assert go(each).values[0] == pytest.approx(go(period).values[0], rel=1e-6)  # which stops once more, at 96 h
    worlds = np.arange(300)
    occasions = draw_occasions(each, each.arms["by mouth"], "h", 3, worlds)
    assert occasions is not None and list(occasions.starts) == [0, 24, 48, 72]
    scores = np.log(occasions.factors["F"])
    assert np.abs(np.corrcoef(scores) - np.eye(4)).max() < 0.15  # occasions are independent
    again = draw_occasions(each, each.arms["at once"], "h", 3, worlds[5:9])
    assert again is not None and (again.factors["F"] == occasions.factors["F"][:1, 10:18]).all()


def test_occasions_leave_other_draws_alone_and_keep_their_bits() -> None:
    study = read("{size: 2, " + BETWEEN + ", variability: {V: 20 %}}")
    whole = go(study)
    assert go(study, chunk=1).digest == whole.digest == go(study, chunk=4, threads=2).digest
    with_more = drawn(study)["factor(V)"]
    assert (with_more == drawn(read("{size: 2, variability: {V: 20 %}}"))["factor(V)"]).all()


@pytest.mark.parametrize(
    ("cohort", "says"),
    [
        ("{between_occasions: {F: 20 %}}", "go together"),
        ("{occasions: 1 d}", "go together"),
        ("{occasions: 0 d, between_occasions: {F: 20 %}}", "lasts no time"),
        ("{occasions: 1 min, between_occasions: {F: 20 %}}", "make each longer"),
        ("{occasions: 1 d, between_occasions: {G: 20 %}}", "is not a parameter of the mechanism"),
        ("{occasions: sometimes, between_occasions: {F: 20 %}}", "occasions"),
    ],
)
def test_what_is_wrong_with_occasions_is_said(cohort: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        go(read(cohort))


def even(size: int, **more: Any) -> Cohort:
    law = {"weight": "lognormal(70 kg, 20 %)", "variability": {"CL": "30 %"}}
    return Cohort.model_validate({"size": size, "even": True, **law, **more})


def test_even_subjects_of_a_world_lie_one_in_each_part_of_what_they_differ_in() -> None:
    cohort = even(10)
    for name, values in draw_subjects(cohort, 5, np.arange(40)).items():
        law = cohort.covariates.get(name) or Distribution("lognormal", 1.0, math.sqrt(math.log1p(0.09)), text="")
        ends = law.quantile(np.arange(1, 10) / 10)
        parts = np.sort(np.searchsorted(ends, values), axis=1)
        assert (parts == np.arange(10)).all(), name


def test_even_subjects_are_spread_like_independent_ones_and_their_mean_is_surer() -> None:
    worlds = np.arange(3000)
    drawn = draw_subjects(even(16), 5, worlds)
    alone = draw_subjects(even(16, even=False), 5, worlds)
    for name, values in drawn.items():
        assert stats.ks_2samp(values[:, 3], alone[name][:, 3]).pvalue > 1e-3
        assert values.mean(axis=1).std() < 0.3 * alone[name].mean(axis=1).std()
    assert abs(np.corrcoef(drawn["weight"].ravel(), drawn["factor(CL)"].ravel())[0, 1]) < 0.02


def test_even_subjects_depend_on_no_other_world_and_meet_the_criteria() -> None:
    cohort = even(6, include=["weight > 60"])
    whole = draw_subjects(cohort, 5, np.arange(30))
    part = draw_subjects(cohort, 5, np.arange(11, 17))
    assert (whole["weight"][11:17] == part["weight"]).all()
    assert (whole["weight"] > 60).all()
