"""Writing a simulated Dataset as a file: one row for each member and time."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from ...base.errors import InputError, Problem
from ...store import write_file

if TYPE_CHECKING:
    import pandas

    from ...simulation.trajectories import Trajectories

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_table(run: Trajectories, path: Path) -> None:
    """Write `pleio.simulate`'s result as .csv, .parquet or .nc.

    Raises:
        InputError: the ending is none of these, or Parquet is asked for without pyarrow.
        StoreError: the file cannot be written.
    """
    if path.suffix == ".csv":
        write_file(path, _guarded(run.to_dataframe().reset_index()).to_csv(index=False).encode())
    elif path.suffix == ".nc":
        plain = run.copy()
        plain["status"] = run["status"].astype("U")
        write_file(path, bytes(plain.to_netcdf(engine="scipy")))
    elif path.suffix == ".parquet":
        write_file(path, parquet(run.to_dataframe().reset_index(), path))
    else:
        raise InputError(str(path), Problem("", f"'{path.suffix}' is not known", "end it in .csv, .parquet or .nc"))


def _guarded(table: pandas.DataFrame) -> pandas.DataFrame:
    """Quote text that a spreadsheet would take for a formula."""
    return table.assign(
        status=[f"'{text}" if str(text).startswith(_FORMULA_STARTS) else text for text in table["status"]]
    )


def parquet(table: pandas.DataFrame, path: Path) -> bytes:
    """Write a table as Parquet.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        help = "install pleio[tables], or end it in .csv or .nc"
        raise InputError(str(path), Problem("", "Parquet needs pyarrow, which is not installed", help)) from None
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
