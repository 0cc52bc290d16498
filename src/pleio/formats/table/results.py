"""The result of a study as a file: a Zarr folder or NetCDF with named axes, or one row for each subject."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...base.axes import ARM, SUBJECT, WORLD
from ...base.errors import InputError, Problem
from ...store import new_folder, write_file
from ...studies.shown import status_of
from .write import parquet

if TYPE_CHECKING:
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
        write_file(path, parquet(result.to_dataframe(), path))
    else:
        write_file(path, result.to_dataframe().to_csv(index=False).encode())


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
    return xarray.Dataset(
        {
            "endpoints": result.endpoints,
            "status": ((ARM, WORLD, SUBJECT), status_of(result)),
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


def _write_zarr(dataset: xarray.Dataset, path: Path) -> None:
    """Write a folder, whole or not at all."""
    try:
        import zarr  # noqa: F401
    except ImportError:
        help = "install pleio[tables], or end it in .nc"
        raise InputError(str(path), Problem("", "Zarr needs zarr, which is not installed", help)) from None
    with new_folder(path) as unfinished:
        dataset.to_zarr(unfinished, mode="w", zarr_format=2, consolidated=True)
