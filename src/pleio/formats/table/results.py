"""The result of a study as a file: a Zarr folder or NetCDF with named axes, or one row for each subject."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...base.axes import ARM, SUBJECT, WORLD
from ...base.errors import InputError, Problem
from ...store import new_folder, write_file
from .write import parquet

if TYPE_CHECKING:
    import pandas
    import xarray

    from ...studies.result import Result

ENDINGS = (".zarr", ".nc", ".parquet", ".csv")


def write_result(result: Result, path: Path) -> None:
    """Write a study's result: .zarr and .nc hold endpoints and courses, .parquet and .csv the endpoints.

    Raises:
        InputError: the ending is none of these, or needs a package that is not installed.
        StoreError: the file cannot be written, or the folder exists.
    """
    check_ending(path)
    if path.suffix == ".zarr":
        _write_zarr(to_dataset(result), path)
    elif path.suffix == ".nc":
        write_file(path, bytes(to_dataset(result).to_netcdf(engine="scipy")))
    elif path.suffix == ".parquet":
        write_file(path, parquet(by_subject(result), path))
    else:
        write_file(path, by_subject(result).to_csv(index=False).encode())


def check_ending(path: Path) -> None:
    """Refuse a file that no result can be written to, before there is one.

    Raises:
        InputError: its ending is not known.
    """
    if path.suffix not in ENDINGS:
        raise InputError(str(path), Problem("", f"'{path.suffix}' is not known", f"end it in {', '.join(ENDINGS)}"))


def to_dataset(result: Result) -> xarray.Dataset:
    """Give a result with named axes.

    Returns:
        `endpoints` (arm, world, subject, endpoint) in `unit`; `status` (arm, world, subject), empty where the
        trajectory came through; `weight` (world); `worlds` and `subjects` (arm, observed, quantile, time), the bands.
    """
    import xarray

    bands = result.bands()
    status = np.full(result.values.shape[:3], "", dtype=object)
    where = {int(number): i for i, number in enumerate(result.worlds.numbers)}
    for arm, world, subject, reason in result.failed:
        status[result.arms.index(arm), where[world], subject] = reason
    return xarray.Dataset(
        {
            "endpoints": result.endpoints,
            "status": ((ARM, WORLD, SUBJECT), status.astype("U")),
            "worlds": bands["worlds"].drop_vars("unit"),
            "subjects": bands["subjects"].drop_vars("unit"),
        },
        coords={"observed_unit": ("observed", list(result.observed_units))},
        attrs={
            "study": result.study.title,
            "digest": result.digest,
            "time_unit": result.time_unit,
            "seed": result.worlds.seed,
            "belief": result.worlds.band,
        },
    )


def by_subject(result: Result) -> pandas.DataFrame:
    """Give one row for each arm, world and subject: weight, then an endpoint in each column, then the status."""
    import pandas

    dataset = to_dataset(result)
    names = list(result.study.endpoints)
    arms, worlds, subjects = result.values.shape[:3]
    table = pandas.DataFrame(
        {
            "arm": np.repeat(list(result.arms), worlds * subjects),
            "world": np.tile(np.repeat(result.worlds.numbers, subjects), arms),
            "subject": np.tile(np.arange(subjects), arms * worlds),
            "weight": np.tile(np.repeat(result.worlds.weights, subjects), arms),
        }
    )
    for i, name in enumerate(names):
        table[name] = result.values[..., i].ravel()
    return table.assign(status=dataset["status"].values.ravel())


def _write_zarr(dataset: xarray.Dataset, path: Path) -> None:
    """Write a folder, whole or not at all."""
    try:
        import zarr  # noqa: F401
    except ImportError:
        help = "install pleio[tables], or end it in .nc"
        raise InputError(str(path), Problem("", "Zarr needs zarr, which is not installed", help)) from None
    with new_folder(path) as unfinished:
        dataset.to_zarr(unfinished, mode="w", zarr_format=2, consolidated=True)
