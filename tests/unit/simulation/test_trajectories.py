"""What a run can do: a chart of its trajectories, a table of them, files of both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pleio
from pleio.base.errors import InputError

TEXT = """compartment c = 2; species A in c, B in c; A = 3; B = 0; r: A -> B; c*k*A; back: B -> A; c*q*B;
k = 1; q = 0.5; share := B/(A + B);"""


@pytest.fixture(scope="module")
def run() -> pleio.simulation.trajectories.Trajectories:  # type: ignore[name-defined]
    return pleio.simulate(pleio.load(TEXT), np.linspace(0, 4, 41), parameters={"k": np.linspace(0.5, 2, 8)})


def test_a_table_has_one_row_for_each_member_and_time(run) -> None:  # type: ignore[no-untyped-def]
    table = run.to_dataframe()
    assert list(table.columns) == ["k", "A", "B", "share", "status"]
    assert table.loc[(3, 2.0), "k"] == np.linspace(0.5, 2, 8)[3]
    assert table.index.names == ["member", "time"]
    assert len(table) == 8 * 41
    one = run.concentrations.sel(member=3, time=2.0, species="B").item()
    assert table.loc[(3, 2.0), "B"] == one


def test_many_members_are_drawn_as_median_and_bands_and_one_as_a_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    many, one = run.plot(), run.sel(member=[2]).plot(["B"])
    marks = [[layer["mark"]["type"] for layer in panel["layer"]] for panel in many.specification["vconcat"]]
    assert marks == [["area", "area", "line"]] * 3
    assert [layer["mark"]["type"] for layer in one.specification["vconcat"][0]["layer"]] == ["line"]
    row = many.specification["vconcat"][2]["data"]["values"][-1]
    ends = run.concentrations.isel(time=-1).sel(species="B").values
    assert [row[key] for key in ("low", "middle", "high")] == pytest.approx(
        np.quantile(ends, [0.05, 0.5, 0.95]), rel=1e-4
    )
    assert "8 members; share ends at" in many.description
    assert "<svg" in many._repr_svg_()
    assert many.save(tmp_path / "x.png").read_bytes()[:4] == b"\x89PNG"
    assert many.save(tmp_path / "x.svg").read_text().startswith("<svg")
    with pytest.raises(InputError, match=r"'.pdf' is not known; end it in .svg, .png or .json"):
        many.save(tmp_path / "x.pdf")


def test_what_cannot_be_drawn_is_said(run) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="there is no quantity 'AA'"):
        run.plot(["AA"])
    model = pleio.load(TEXT)
    reduced = pleio.simulate(model, 4.0, parameters={"k": np.ones(5)}, reduce={"a": pleio.reduce.auc("A")})
    with pytest.raises(InputError, match="has no trajectories; simulate without `reduce`"):
        reduced.plot()
    assert list(reduced.to_dataframe().columns) == ["k", "a", "status"]
    failed = pleio.simulate(model, [4.0], parameters={"k": [np.nan] * 5})
    with pytest.raises(InputError, match="every member failed; the status says why"):
        failed.plot()


def test_members_that_failed_are_named_and_left_out() -> None:
    k = np.array([1.0, np.nan, 1.5, 0.5, 2.0, 1.2])
    plot = pleio.simulate(pleio.load(TEXT), np.linspace(0, 4, 5), parameters={"k": k}).plot()
    assert "1 of 6 members failed and are left out." in plot.description


def test_what_a_species_stands_for_is_what_is_tabled_and_drawn() -> None:
    model = pleio.open("il11").mechanism("platelets").network
    run = pleio.simulate(model, [0.0, 1.0])
    table = run.to_dataframe()
    assert table.attrs["units"]["tpo"] == "pg/mL"  # and not that per litre
    assert table.attrs["units"]["platelet_1"] == "10^9/L"
    assert table["tpo"].iloc[-1] == run.amounts.sel(species="tpo", time=1.0).item()
    assert f"tpo ends at {table['tpo'].iloc[-1]:.3g} pg/mL" in run.plot(["tpo"]).description
    mixed = pleio.simulate(pleio.load("compartment c = 2; species A in c; substanceOnly species B in c; A = 3; B = 3; "
                                      "r: A -> B; c*A"), [0.0, 1.0])  # fmt: skip
    assert mixed.stands_for.values.tolist() == ["concentration", "amount"]
    assert mixed.to_dataframe().loc[(0, 0.0), ["A", "B"]].tolist() == [3.0, 3.0]
