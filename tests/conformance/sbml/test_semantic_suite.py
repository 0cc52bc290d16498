"""The SBML semantic test suite, where its cases lie beside the checkout: none wrong, none crashed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pleio.base.errors import InputError
from pleio.formats.sbml.suite import agree, read_settings, run_suite

SUITE = Path("conformance") / "sbml-semantic"


@pytest.mark.shared
@pytest.mark.timeout(900)
def test_every_case_is_right_or_refused_by_name(shared: Path, tmp_path: Path) -> None:
    folder = shared / SUITE
    if not folder.is_dir():
        pytest.skip("the semantic test suite is not among the reference data")
    report = run_suite(folder, tmp_path)
    assert report["wrong"] == []
    assert report["crashed"] == []
    assert len(report["pass"]) >= 880, json.dumps(report["refused"], indent=1)
    assert len(report["pass"]) + len(report["refused"]) == sum(1 for path in folder.iterdir() if path.is_dir())


MODEL = """<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model id="m">
<listOfCompartments><compartment id="C" spatialDimensions="3" size="2" constant="true"/></listOfCompartments>
<listOfSpecies><species id="S" compartment="C" initialAmount="4" hasOnlySubstanceUnits="false"
 boundaryCondition="false" constant="false"/></listOfSpecies>{}</model></sbml>"""
QUALITATIVE = MODEL.replace(
    'version="2">',
    'version="2" xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true">',
)
SETTINGS = """start: 0
duration: 1
steps: 2
variables: S, C
absolute: 1e-6
relative: 1e-4
amount:
concentration: S
"""


def a_case(folder: Path, case: str, model: str, results: str | None) -> None:
    (folder / case).mkdir(parents=True)
    (folder / case / "model.xml").write_text(model)
    (folder / case / "settings.txt").write_text(SETTINGS)
    if results is not None:
        (folder / case / "results.csv").write_text(results)


def test_the_report_tells_right_from_wrong_from_refused_from_unknown(tmp_path: Path) -> None:
    cases, out = tmp_path / "cases", tmp_path / "out"
    right = "time,S,C\n0,2,2\n0.5,2,2\n1,2,2\n"
    a_case(cases, "right", MODEL.format(""), right)
    a_case(cases, "wrong", MODEL.format(""), right.replace("1,2,2", "1,2.1,2"))
    a_case(cases, "open", MODEL.format(""), None)
    a_case(cases, "invalid", MODEL.replace('compartment="C"', 'compartment="D"').format(""), right)
    a_case(cases, "refused", QUALITATIVE.format(""), right)
    report = run_suite(cases, out, workers=1)
    assert report["pass"] == ["right"]
    assert report["wrong"] == ["wrong"]
    assert report["crashed"] == []
    assert sorted(report["refused"]) == ["invalid", "refused"]
    assert report["refused"]["invalid"].startswith("invalid model: line 3: ")
    assert report["refused"]["refused"] == "package 'qual'"
    assert (out / "open.csv").read_text() == "time,S,C\n0.0,2.0,2.0\n0.5,2.0,2.0\n1.0,2.0,2.0\n"
    assert not (out / "refused.csv").exists()


def test_agreement_is_within_both_tolerances_and_knows_infinities(tmp_path: Path) -> None:
    settings_path = tmp_path / "settings.txt"
    settings_path.write_text(SETTINGS)
    settings = read_settings(settings_path)
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    head = "time,S,C\n"
    right_pairs = [("1", "1.00009"), ("inf", "INF"), ("nan", "NaN"), ("0", "9e-7")]
    wrong_pairs = [("1", "1.0002"), ("inf", "-INF"), ("0", "NaN"), ("nan", "0")]
    for a, b, right in [(*pair, True) for pair in right_pairs] + [(*pair, False) for pair in wrong_pairs]:
        ours.write_text(f"{head}0,{a},1\n")
        theirs.write_text(f"{head}0,{b},1\n")
        assert agree(ours, theirs, settings) is right, (a, b)


@pytest.mark.parametrize(
    "change", [("steps: 2", "steps: 1000000000"), ("duration: 1", "duration: inf"), ("steps: 2", "")]
)
def test_settings_that_cannot_be_met_are_told(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / "settings.txt").write_text(SETTINGS.replace(*change))
    with pytest.raises(InputError, match=r"asks for times|lacks a number"):
        read_settings(tmp_path / "settings.txt")
