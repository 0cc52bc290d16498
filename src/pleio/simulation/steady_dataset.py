"""`pleio.steady_state`: where each member comes to rest, as an xarray Dataset with units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from ..base.axes import MEMBER
from ..base.expected import expect
from ..mechanisms.network import Network
from .columns import Columns
from .dataset import with_given
from .steady import find_steady_states

if TYPE_CHECKING:
    from .trajectories import Trajectories


def steady_state(
    model: Network,
    *,
    parameters: Mapping[str, ArrayLike] | None = None,
    threads: int | None = None,
) -> Trajectories:
    """Find the steady state that each member's trajectory comes to, and whether it is stable.

    Sums that never change keep the value they start with.  Where the trajectory does not come to rest, another steady
    state is looked for near its mean; `reached` is false there.  Events are refused, and so are rates that depend on
    the time itself.

    Args:
        model: the network; its values are the defaults.
        parameters: values to vary, by name: parameters, sizes, initial amounts. Numbers or shape (members,).
        threads: how many to use; the result does not depend on it.

    Returns:
        `amounts` and `concentrations` (member, species), `observables` (member, observable), `stable`, `reached` and
        `slowest` (member): the largest real part of an eigenvalue, in 1/time; and `status` (member): "" or why there is
        no steady state, and the numbers are NaN.

    Raises:
        InputError: names or shapes do not fit.
        ModelError: the network has no steady states by its nature, or cannot be run.

    Example:
        >>> from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula
        >>> turnover = {
        ...     "make": Reaction((), (Participant("S"),), rate=parse_formula("k")),
        ...     "lose": Reaction((Participant("S"),), rate=parse_formula("d * S")),
        ... }
        >>> model = Network(
        ...     "turnover", {"C": Compartment()}, {"S": Species("C", 0.0)}, {"k": Parameter(6.0), "d": Parameter(2.0)},
        ...     turnover,
        ... )
        >>> found = steady_state(model)
        >>> round(float(found.amounts.sel(species="S").item()), 9), bool(found.stable.item())
        (3.0, True)
    """
    from .trajectories import Trajectories

    expect("model", model, Network, "a network", "pleio.load reads one")
    columns = Columns.of(model)
    found = find_steady_states(model, parameters=parameters, save=columns.names, threads=threads)
    values = {
        **columns.variables(found.values, (MEMBER,)),
        "stable": ((MEMBER,), found.stable),
        "reached": ((MEMBER,), found.reached),
        "slowest": ((MEMBER,), found.slowest, {"units": f"1/({model.time_unit})" if model.time_unit else ""}),
        "status": ((MEMBER,), np.array(found.status, dtype=object)),
    }
    coordinates = {MEMBER: np.arange(len(found.status)), **columns.coordinates()}
    result = Trajectories(values, coordinates, {"model": model.name, "digest": model.digest})
    return with_given(result, model, parameters)
