"""PEtab problems: run against closed forms, and refused with every fault at once, each with its file and line."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

import pleio
from pleio.base.errors import InputError, ModelError
from pleio.cli.main import run
from pleio.formats.antimony.read import read_antimony
from pleio.formats.petab import evaluate, read_petab
from pleio.formats.sbml.write import write_sbml

MODEL = """model conversion
  compartment C = 2; species A in C = 1; species B in C = 0; k1 = 9; k2 = 0.6; offset = 0
  forth: A -> B; C * k1 * A
  back: B -> A; C * k2 * B
end
"""
TABLES = {
    "problem.yaml": "format_version: 1\nparameter_file: parameters.tsv\nproblems:\n- condition_files: [conditions.tsv]\n"
    "  measurement_files: [measurements.tsv]\n  observable_files: [observables.tsv]\n  sbml_files: [model.xml]\n",
    "parameters.tsv": "parameterId\tparameterScale\tlowerBound\tupperBound\tnominalValue\testimate\n"
    "k1\tlog10\t0.01\t10\t0.8\t1\nk2\tlin\t0\t10\t0.6\t0\nsd\tlin\t0\t10\t0.5\t1\nfast\tlin\t0\t10\t2.4\t0\n",
    "conditions.tsv": "conditionId\tconditionName\tA\tk1\nc0\tas it is\tNaN\t0.8\nc1\tmore\t3\tfast\n",
    "observables.tsv": "observableId\tobservableFormula\tnoiseFormula\tobservableTransformation\tnoiseDistribution\n"
    "a\tobservableParameter1_a * A + offset\tsd\tlin\tnormal\nb\tB\tnoiseParameter1_b\tlog10\tlaplace\n",
    "measurements.tsv": "observableId\tpreequilibrationConditionId\tsimulationConditionId\ttime\tmeasurement\t"
    "observableParameters\tnoiseParameters\na\t\tc0\t0\t0.7\t2\t\na\t\tc0\t1\t0.7\tsd\t\nb\t\tc1\t2\t1.5\t\t0.1\n"
    "b\tc1\tc0\t1\t0.4\t\tsd\nb\tc0\tc1\t0.5\t0.4\t\tsd\nb\t\tc1\tinf\t2\t\t0.2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "model.xml").write_text(write_sbml(read_antimony(MODEL)))
    return tmp_path


def moved(a: float, total: float, k1: float, k2: float, time: float) -> float:
    """A of a conversion at a time."""
    rest = total * k2 / (k1 + k2)
    return rest + (a - rest) * math.exp(-(k1 + k2) * time)


def test_measurements_are_simulated_and_judged_as_the_closed_form_says(folder: Path) -> None:
    problem = read_petab(folder / "problem.yaml")
    assert problem.estimated == ("k1", "sd")
    found = evaluate(problem)
    assert found.status == ("",) * 6
    rested = 3 * 0.6 / 3.0  # A in c1, come to rest
    expected = [
        2 * 1.0,
        0.5 * moved(1, 1, 0.8, 0.6, 1),
        3 - moved(3, 3, 2.4, 0.6, 2),
        3 - moved(rested, 3, 0.8, 0.6, 1),  # A is not set anew: it goes on from rest
        # A is set anew to 3 beside the B that rest in c0 left
        (total := 3 + 0.8 / 1.4) - moved(3, total, 2.4, 0.6, 0.5),
        3 * 2.4 / 3.0,
    ]
    np.testing.assert_allclose(found.simulated, expected, rtol=1e-5)
    first = (0.7 - expected[0]) / 0.5
    third = (math.log10(1.5) - math.log10(expected[2])) / 0.1
    np.testing.assert_allclose(found.residuals[[0, 2]], [first, third], rtol=1e-4)
    np.testing.assert_allclose(
        found.log_likelihoods[[0, 2]],
        [
            -0.5 * math.log(2 * math.pi * 0.25) - first**2 / 2,
            -math.log(2 * 0.1 * 1.5 * math.log(10)) - abs(third),
        ],
        rtol=1e-4,
    )
    assert found.chi2 == pytest.approx(float(np.sum(found.residuals**2)))


def test_the_model_of_a_problem_is_loaded_at_its_nominal_values(folder: Path) -> None:
    network = pleio.load(folder / "problem.yaml")
    assert network.parameters["k1"].value == 0.8
    run = pleio.simulate(network, [1.0])
    assert run.concentrations.sel(species="A").item() == pytest.approx(moved(1, 1, 0.8, 0.6, 1), rel=1e-4)


FAULTS = {  # file, what is replaced, by what, what is said
    "a column is missing": ("measurements.tsv", "\ttime\t", "\tTime\t", "measurements.tsv:1: the column 'time' is missing; did you mean 'Time'?"),
    "a column twice": ("conditions.tsv", "conditionName", "A", "conditions.tsv:1: the column 'A' is there twice"),
    "an id twice": ("parameters.tsv", "k2", "k1", "parameters.tsv:3: 'k1' is there already; see parameters.tsv:2"),
    "no number": ("measurements.tsv", "\t1.5\t", "\tNaN\t", "measurements.tsv:4: 'measurement' is 'NaN', not a number"),
    "a decimal comma": ("measurements.tsv", "\t1.5\t", "\t1,5\t", "measurements.tsv:4: 'measurement' is '1,5', not a number"),
    "an empty number": ("parameters.tsv", "\t0.8\t1", "\t\t1", "parameters.tsv:2: 'nominalValue' is empty, not a number"),
    "no time": ("measurements.tsv", "\tc0\t0\t", "\tc0\tsoon\t", "measurements.tsv:2: 'time' is 'soon', not a number"),
    "an unknown scale": ("parameters.tsv", "log10", "log2", "parameters.tsv:2: 'parameterScale' is 'log2'; did you mean 'log'?"),
    "no logarithm": ("parameters.tsv", "\t0.8\t1", "\t0\t1", "parameters.tsv:2: 'nominalValue' is 0 on the scale log10"),
    "bounds the wrong way": ("parameters.tsv", "0.01\t10", "10\t0.01", "parameters.tsv:2: 'lowerBound' 10 is above 'upperBound' 0.01"),
    "neither estimated nor not": ("parameters.tsv", "0.6\t0", "0.6\tno", "parameters.tsv:3: 'estimate' is 'no'"),
    "an unknown observable": ("measurements.tsv", "\na\t\tc0\t0", "\nbb\t\tc0\t0", "measurements.tsv:2: 'observableId' is 'bb', which its table does not have; did you mean 'b'?"),
    "an unknown condition": ("measurements.tsv", "\tc1\t2", "\tc7\t2", "measurements.tsv:4: 'simulationConditionId' is 'c7', which its table does not have"),
    "an unknown rest": ("measurements.tsv", "b\tc1\tc0", "b\tc9\tc0", "measurements.tsv:5: 'preequilibrationConditionId' is 'c9'"),
    "nothing of the model": ("conditions.tsv", "\tA\t", "\tAA\t", "conditions.tsv:1: the column 'AA' is no parameter, species or compartment of the model; did you mean 'A'?"),
    "an unknown value": ("conditions.tsv", "fast", "slow", "conditions.tsv:3: 'k1' is 'slow', neither a number nor a parameter"),
    "an unknown name": ("observables.tsv", "* A", "* X", "observables.tsv:2: 'observableFormula' has 'X', which is not known"),
    "no formula": ("observables.tsv", "* A", "* (A", "observables.tsv:2: 'observableFormula' '(' is not closed"),
    "a placeholder of another": ("observables.tsv", "Parameter1_a", "Parameter1_b", "observables.tsv:2: 'observableFormula' has 'observableParameter1_b'"),
    "too many for a placeholder": ("measurements.tsv", "\t0.7\t2\t", "\t0.7\t2;3\t", "measurements.tsv:2: 'observableParameters' has 2; the formula asks for 1"),
    "unknown errors": ("observables.tsv", "laplace", "cauchy", "observables.tsv:3: 'noiseDistribution' is 'cauchy'"),
    "more cells than columns": ("conditions.tsv", "\t0.8\n", "\t0.8\t1\n", "conditions.tsv:2: has 5 cells under 4 columns"),
    "no tabs": ("measurements.tsv", TABLES["measurements.tsv"], TABLES["measurements.tsv"].replace("\t", ","), "measurements.tsv:1: has one column; put tabs between cells"),
    "no rows": ("measurements.tsv", TABLES["measurements.tsv"].partition("\n")[2], "", "measurements.tsv: has no rows"),
    "an open quotation mark": ("measurements.tsv", "\nb", '\n"b', "cannot be parted into cells: unexpected end of data; close every quotation mark"),
    "an endless cell": ("measurements.tsv", "\nb", "\n" + 200_000 * "b", "measurements.tsv:4: cannot be parted into cells: field larger than field limit"),
    "too deep": ("observables.tsv", "* A", "* " + 300 * "(" + "A" + 300 * ")", "nests deeper than 256 levels; split it into assignments"),
    "version 2": ("problem.yaml", "format_version: 1", "format_version: 2.0.0", "problem.yaml:1 format_version: is PEtab 2.0.0; version 1 is read"),
    "no version": ("problem.yaml", "format_version", "version", "has no 'format_version'"),
    "no model": ("problem.yaml", "model.xml", "mod.xml", "mod.xml: does not exist"),
    "no table": ("problem.yaml", "conditions.tsv", "cond.tsv", "cond.tsv: does not exist"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place(folder: Path, fault: str) -> None:
    name, old, new, said = FAULTS[fault]
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    with pytest.raises(ModelError) as told:
        read_petab(folder / "problem.yaml")
    assert said.replace("problem.yaml:1", f"{folder}/problem.yaml:1") in str(told.value)
    assert len(told.value.problems) == 1 or fault in ("an id twice",)


def test_all_faults_of_all_tables_are_told_at_once(folder: Path) -> None:
    wanted = []
    for fault in ("an unknown scale", "an unknown value", "unknown errors", "no time", "an unknown rest"):
        name, old, new, said = FAULTS[fault]
        (folder / name).write_text((folder / name).read_text().replace(old, new, 1))
        wanted.append(said)
    with pytest.raises(ModelError) as told:
        read_petab(folder / "problem.yaml")
    assert len(told.value.problems) == len(wanted)
    assert all(said in str(told.value) for said in wanted)


def test_what_cannot_be_judged_is_counted_with_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = folder / "measurements.tsv"
    text = measured.read_text().replace("a\t\tc0\t1\t0.7\tsd", "a\t\tc0\t1\t0.7\t").replace("\tc1\t2\t", "\tc1\t-2\t")
    measured.write_text(text.replace("\t0.5\t0.4", "\t0.5\t-0.4"))
    monkeypatch.chdir(folder)
    assert run(["check", "petab", "problem.yaml", "--json", "--out", "simulations.tsv"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["first"]: one["why"] for one in told["not_judged"]} == {
        "measurements.tsv:3": "nothing stands for observableParameter1_a",
        "measurements.tsv:4": "its time is before 0, where simulations begin",
        "measurements.tsv:6": told["not_judged"][-1]["why"],
    }
    assert told["not_judged"][-1]["why"].startswith("the logarithm is not defined of -0.4")
    assert [(one["observable"], one["measurements"], one["judged"]) for one in told["observables"]] == [
        ("a", 2, 1),
        ("b", 4, 2),
    ]
    assert len((folder / "simulations.tsv").read_text().splitlines()) == 1 + 4
    measured.write_text(TABLES["measurements.tsv"])
    assert run(["check", "petab", "problem.yaml"]) == 0
    assert "log likelihood" in capsys.readouterr().out


def test_what_is_no_number_is_never_judged(folder: Path) -> None:
    observables = folder / "observables.tsv"
    observables.write_text(observables.read_text().replace("* A + offset", "* A / offset"))
    model = read_antimony(MODEL.replace("offset = 0", "offset := A - A"))
    (folder / "model.xml").write_text(write_sbml(model))
    found = evaluate(read_petab(folder / "problem.yaml"))
    assert found.status[:2] == ("its simulation is not a number",) * 2
    assert found.status[2:] == ("",) * 4 and math.isfinite(found.log_likelihood)


def test_a_placeholder_takes_what_the_condition_sets(folder: Path) -> None:
    measured = folder / "measurements.tsv"
    measured.write_text(TABLES["measurements.tsv"] + "b\t\tc1\t2\t1.5\t\tk1\n")
    found = evaluate(read_petab(folder / "problem.yaml"))
    assert found.residuals[6] == pytest.approx(found.residuals[2] * 0.1 / 2.4, rel=1e-6)


def test_a_problem_is_named_by_a_path_in_any_form_and_shown_in_a_line(folder: Path) -> None:
    problem = read_petab(str(folder / "problem.yaml"))
    assert repr(problem) == "<Petab conversion: conditions 2, observables 2, measurements 6>"
    assert repr(evaluate(problem)).startswith("<Evaluated: 6 of 6 judged, log likelihood ")
    with pytest.raises(InputError, match="problem: is an int, not the path of a YAML file"):
        read_petab(3)  # type: ignore[arg-type]
