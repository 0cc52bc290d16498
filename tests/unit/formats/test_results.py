"""A study's result written and read back by other libraries: nothing lost, every subject found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pleio import library
from pleio.base.errors import InputError, StoreError
from pleio.formats.table.results import write_result
from pleio.studies.result import Result


@pytest.fixture(scope="module")
def result() -> Result:
    """A small result of which one trajectory failed."""
    found = library.open("il11").study("anti-il11-lifespan").run(4)
    values = found.values.copy()
    values[1, 2, 0] = np.nan
    arm, world = found.arms[1], int(found.worlds.numbers[2])
    return replace(found, values=values, failed=((arm, world, 0, "the step limit was reached"),))


@pytest.mark.parametrize("ending", ["zarr", "nc"])
def test_axes_units_and_failures_come_back(result: Result, tmp_path: Path, ending: str) -> None:
    import xarray

    path = tmp_path / f"result.{ending}"
    write_result(result, path)
    read = xarray.open_zarr(path) if ending == "zarr" else xarray.open_dataset(path, engine="scipy")
    assert read["endpoints"].dims == ("arm", "world", "subject", "endpoint")
    np.testing.assert_array_equal(read["endpoints"].values, result.values)
    assert [str(unit) for unit in read["unit"].values] == list(result.units)
    one = read["status"].sel(arm=result.arms[1], world=result.worlds.numbers[2], subject=0)
    assert str(one.values) == "the step limit was reached"
    assert (read["status"].values.astype(str) != "").sum() == 1
    np.testing.assert_array_equal(read["worlds"].values, result.bands()["worlds"].values)
    assert read.attrs["digest"] == result.digest


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_one_row_for_each_subject(result: Result, tmp_path: Path, ending: str) -> None:
    import pandas

    path = tmp_path / f"result.{ending}"
    write_result(result, path)
    read = pandas.read_parquet(path) if ending == "parquet" else pandas.read_csv(path, keep_default_na=True)
    assert len(read) == result.trajectories
    name = next(iter(result.study.endpoints))
    row = read[(read.arm == result.arms[0]) & (read.world == result.worlds.numbers[3]) & (read.subject == 1)]
    assert row[name].item() == pytest.approx(result.values[0, 3, 1, 0])
    assert list(result.to_dataframe().columns) == list(read.columns)


def test_what_cannot_be_written_says_why_and_leaves_nothing(result: Result, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.zarr, \.nc"):
        write_result(result, tmp_path / "result.xlsx")
    (tmp_path / "there.zarr").mkdir()
    with pytest.raises(StoreError, match="exists already"):
        write_result(result, tmp_path / "there.zarr")
    with pytest.raises(StoreError):
        write_result(result, tmp_path / "no" / "result.nc")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        write_result(result, tmp_path / "file" / "result.zarr")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "there.zarr"]
