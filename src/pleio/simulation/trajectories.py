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

    def plot(self, names: Sequence[str] | None = None) -> Plot:  # type: ignore[override]
        """Draw the trajectories; see `simulation.plot.plot`."""
        from .plot import plot

        return plot(self, names)

    def to_dataframe(self, dim_order: Any = None) -> pandas.DataFrame:
        """Give one row for each member and time (or for each member, where trajectories were reduced).

        The columns are the species' concentrations (amounts, where they have none), the observables, and `status`.
        """
        import pandas

        if "amounts" not in self or TIME not in self["amounts"].dims:
            return _of_members(self)
        dense = np.isfinite(self["concentrations"].values).any(axis=(0, 1))
        mixed = np.where(dense, self["concentrations"].values, self["amounts"].values)
        columns = {str(key): mixed[:, :, i].ravel() for i, key in enumerate(self[SPECIES].values)}
        if "observables" in self:
            values = self["observables"].values
            columns |= {str(key): values[:, :, i].ravel() for i, key in enumerate(self["observable"].values)}
        index = pandas.MultiIndex.from_product([self[MEMBER].values, self[TIME].values], names=[MEMBER, TIME])
        table = pandas.DataFrame(columns, index=index)
        return table.assign(status=np.repeat(self["status"].values, self.sizes[TIME]))


def _of_members(run: xarray.Dataset) -> pandas.DataFrame:
    """What has one number for each member, and values at several times as one column for each."""
    import pandas

    columns: dict[str, Any] = {}
    for key, item in run.data_vars.items():
        if item.dims == (MEMBER,):
            columns[str(key)] = item.values
        elif item.dims and item.dims[0] == MEMBER and item.ndim == 2:
            at = run[item.dims[1]].values
            columns |= {f"{key}[{one}]": item.values[:, i] for i, one in enumerate(at)}
    return pandas.DataFrame(columns, index=pandas.Index(run[MEMBER].values, name=MEMBER))
