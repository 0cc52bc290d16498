"""The Dataset that `pleio.simulate` gives: xarray's own, with a chart and a table of its trajectories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray

from ..base.axes import MEMBER, SPECIES, TIME

if TYPE_CHECKING:
    import pandas

    from .plot import Plot


class Trajectories(xarray.Dataset):  # type: ignore[no-untyped-call]
    """An xarray Dataset; selecting from it gives another."""

    __slots__ = ()

    def plot(self, names: Sequence[str] | str | None = None) -> Plot:  # type: ignore[override]
        """Draw the trajectories; see `simulation.plot.plot`."""
        from .plot import plot

        return plot(self, names)

    def to_dataframe(self, dim_order: Any = None) -> pandas.DataFrame:
        """Give one row for each member and time (or for each member, where there is no time).

        The columns are the values that were given for the member, the species (concentrations, or amounts where their
        names stand for these in formulas), the observables, and what is known of the member as a whole, its `status`
        last. Their units, where they are stated, are in `attrs["units"]`.
        """
        import pandas

        index: Any = pandas.Index(self[MEMBER].values, name=MEMBER) if MEMBER in self.dims else None
        courses = _courses(self)
        times = 1
        if TIME in self.dims and courses:
            times = self.sizes[TIME]
            index = pandas.MultiIndex.from_product([self[MEMBER].values, self[TIME].values], names=[MEMBER, TIME])
        columns = {key: np.repeat(values, times) for key, values in _given(self).items()} | courses
        columns |= {key: np.repeat(values, times) for key, values in _of_members(self).items()}
        frame = pandas.DataFrame(columns, index=index)
        frame.attrs["units"] = {key: unit for key, unit in _units(self).items() if unit and key in columns}
        return frame


def _given(run: xarray.Dataset) -> dict[str, Any]:
    if "parameters" not in run:
        return {}
    return {str(key): run["parameters"].values[:, i] for i, key in enumerate(run["parameter"].values)}


def _courses(run: xarray.Dataset) -> dict[str, Any]:
    """Species and observables, each in one long column."""
    found: dict[str, Any] = {}
    if "amounts" in run:
        mixed, _ = species_values(run)
        found |= {str(key): mixed[..., i].ravel() for i, key in enumerate(run[SPECIES].values)}
    if "observables" in run:
        values = run["observables"].values
        found |= {str(key): values[..., i].ravel() for i, key in enumerate(run["observable"].values)}
    return found


def species_values(run: xarray.Dataset) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give of each species what its name stands for in formulas, its concentration or its amount, and the units.

    Returns:
        The values, of the shape of `amounts`, and a unit for each species; "" where it is not stated.
    """
    dense = run["stands_for"].values == "concentration"
    values = np.where(dense, run["concentrations"].values, run["amounts"].values)
    return values, np.where(dense, run["concentration_unit"].values, run["species_unit"].values)


def _units(run: xarray.Dataset) -> dict[str, str]:
    found: dict[str, str] = {}
    if "parameters" in run:
        found |= zip(map(str, run["parameter"].values), map(str, run["parameter_unit"].values), strict=True)
    if "amounts" in run:
        _, units = species_values(run)
        found |= zip(map(str, run[SPECIES].values), map(str, units), strict=True)
    if "observables" in run:
        found |= zip(map(str, run["observable"].values), map(str, run["observable_unit"].values), strict=True)
    return found


def _of_members(run: xarray.Dataset) -> dict[str, Any]:
    """What has one number for each member, and reduced values at several times as one column for each."""
    columns: dict[str, Any] = {}
    for key, item in run.data_vars.items():
        if item.dims == (MEMBER,) and key != "status":
            columns[str(key)] = item.values
        elif item.ndim == 2 and item.dims == (MEMBER, f"{key}_time"):
            at = run[item.dims[1]].values
            columns |= {f"{key}[{one}]": item.values[:, i] for i, one in enumerate(at)}
    return columns | {"status": run["status"].values}
