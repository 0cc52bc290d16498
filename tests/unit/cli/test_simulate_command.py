"""`pleio simulate`: time courses, scans, steady states, and every file it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pleio.cli.main import run

MODEL = """compartment c = 1; species A in c, B in c; A = 3; B = 0; r: A -> B; k*A; back: B -> A; q*B; k = 1; q = 0.5;
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "two.ant"
    path.write_text(MODEL)
    return str(path)


def pleio(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("ending", ["csv", "parquet", "nc"])
def test_a_scan_in_every_format(ending: str, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pandas
    import xarray

    out = tmp_path / f"run.{ending}"
    arguments = ["--until", "2", "--points", "3", "--scan", "k=0.5:2.5:5", "--out", str(out)]
    status, _, err = pleio(capsys, "simulate", model, *arguments)
    assert status == 0
    assert f"wrote {out}" in err
    k = np.linspace(0.5, 2.5, 5)
    ends = 3 * k / (k + 0.5) * (1 - np.exp(-2 * (k + 0.5)))
    if ending == "nc":
        with xarray.open_dataset(out, engine="scipy") as found:
            got = found["amounts"].sel(species="B").isel(time=-1).values.copy()
    else:
        table = pandas.read_csv(out) if ending == "csv" else pandas.read_parquet(out)
        got = table[table["time"] == 2.0]["B"].to_numpy()
    assert got == pytest.approx(ends, rel=1e-4)


def test_steady_states_as_table_json_and_csv(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["simulate", model, "--steady-state", "--scan", "k=0.5:2:4"]
    status, out, _ = pleio(capsys, *arguments)
    assert status == 0
    assert "stable" in out
    assert "1.5" in out
    status, out, _ = pleio(capsys, *arguments, "--json")
    found = json.loads(out)["data_vars"]
    assert found["stable"]["data"] == [True] * 4
    assert np.array(found["amounts"]["data"])[:, 1] == pytest.approx([1.5, 2.0, 2.25, 2.4], rel=1e-9)
    path = tmp_path / "rest.csv"
    assert pleio(capsys, *arguments, "--out", str(path))[0] == 0
    assert path.read_text().splitlines()[0] == "member,k,A,B,stable,reached,slowest,status"


def test_a_plot_is_written(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = pleio(capsys, "simulate", model, "--until", "5", "--plot", str(tmp_path / "a.svg"))
    assert (status, out) == (0, "")
    assert "wrote" in err
    assert "<svg" in (tmp_path / "a.svg").read_text()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "needs one of --until and --steady-state"),
        (["--until", "5", "--steady-state"], "needs one of --until and --steady-state"),
        (["--until", "-1"], "--until: is -1; give a time after 0"),
        (["--until", "5", "--points", "1"], "--points: is 1; give 2 or more"),
        (["--steady-state", "--dose", "A=1"], "--steady-state: takes no --dose, no --baseline and no --plot"),
        (["--until", "5", "--out", "x.xlsx"], "'.xlsx' is not known; end it in .csv .parquet .nc"),
        (["--until", "5", "--plot", "x.pdf"], "'.pdf' is not known; end it in .svg .png .json"),
        (["--until", "5", "--set", "kk=1"], "'kk'"),
    ],
)
def test_bad_questions_are_named(
    arguments: list[str], what: str, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = pleio(capsys, "simulate", model, *arguments)
    assert (status, out) == (2, "")
    assert what in err


def test_a_model_is_checked_exported_and_drawn(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 species, 2 reactions" in pleio(capsys, "model", "check", model)[1]
    for name in ("m.xml", "m.ant"):
        path = tmp_path / name
        assert pleio(capsys, "model", "export", model, "--out", str(path))[0] == 0
        assert "2 species, 2 reactions" in pleio(capsys, "model", "check", str(path))[1]
    status, _, err = pleio(capsys, "model", "export", model, "--out", str(tmp_path / "m.docx"))
    assert status == 2
    assert "end it in .xml (SBML) or .ant (Antimony)" in err
    path = tmp_path / "m.svg"
    assert pleio(capsys, "model", "diagram", model, "--out", str(path))[0] == 0
    assert "<svg" in path.read_text()


def test_small_numbers_have_digits_and_concentrations_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.ant"
    path.write_text("compartment C = 2; species X in C = 3.7e-21; substanceOnly species Y in C; Y = 5e-13\n")
    rest = ["simulate", str(path), "--until", "1", "--points", "2"]
    rows = {line.split()[0]: line.split()[1:] for line in pleio(capsys, *rest)[1].splitlines() if line.strip()}
    assert (rows["X"], rows["Y"]) == (["3.7e-21", "concentration"], ["5e-13", "amount"])
    _, out, err = pleio(capsys, *rest, "--scan", "X=1e-20:2e-20:2")
    assert "5e-21" in out and "1e-20" in out
    assert "concentrations: X" in err


def test_a_start_is_given_as_an_amount_or_a_concentration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.ant"
    path.write_text("compartment C = 2; compartment D := time + 1; species A in C = 10, B in D = 1; k = 1\n")

    def start(*settings: str) -> tuple[float, float]:
        arguments = [word for text in settings for word in ("--set", text)]
        _, out, err = pleio(capsys, "simulate", str(path), "--until", "1", "--points", "2", "--json", *arguments)
        if not out:
            raise AssertionError(err)
        found = json.loads(out)["data_vars"]
        return found["amounts"]["data"][0][0][0], found["concentrations"]["data"][0][0][0]

    assert start("A=10") == (10, 5)
    assert start("[A]=10") == (20, 10)
    assert start("[A]=10", "C=4") == (40, 10)
    for wrong, what in [
        (("[A]=1", "A=1"), "keep one"),
        (("[B]=1",), "give the amount: B=1"),
        (("[k]=1",), "is no species with"),
    ]:
        with pytest.raises(AssertionError, match=what):
            start(*wrong)


def test_a_library_model_begins_at_rest_with_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    """Without it own IL-11 begins on no receptor, and whatever it does begins to be done at time 0."""
    arguments = ["simulate", "ageing+receptor+il11_source", "--until", "500", "--points", "3", "--json"]
    ends = []
    for more in ([], ["--baseline"]):
        status, out, _ = pleio(capsys, *arguments, *more)
        assert status == 0
        found = json.loads(out)
        species = found["coords"]["species"]["data"]
        ends.append(np.array(found["data_vars"]["amounts"]["data"])[0, :, species.index("mortality")])
    assert ends[1] == pytest.approx([1.0, 1.0, 1.0], rel=1e-5)
    assert ends[0][-1] > 1.05


def test_a_dose_takes_nothing_away(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = pleio(capsys, "simulate", model, "--until", "1", "--dose", "A=-3")
    assert status == 2
    assert "'A=-3': gives -3 of 'A'; a dose adds: give 0 or more" in err


def test_a_model_in_which_nothing_moves(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = pleio(capsys, "simulate", "hepatocyte", "--until", "24")
    assert status == 2
    assert "hepatocyte: has no species and no quantities, so that nothing moves; join it with modules" in err
    status, out, _ = pleio(capsys, "simulate", "il6_family", "--until", "24")  # quantities and no species
    assert status == 0
    assert "family_complexes" in out


def test_more_points_than_anybody_can_use(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = pleio(capsys, "simulate", model, "--until", "1", "--points", "99999999999999")
    assert status == 2
    assert "--points: is 99,999,999,999,999; at most 1,000,000 are saved at once" in err
