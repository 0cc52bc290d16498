"""`pleio.steady_state`: where each member comes to rest, as an xarray Dataset with units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ..base.axes import MEMBER, SPECIES
from ..mechanisms.network import Network
from .dataset import (
    OBSERVABLE,
    STANDS_FOR,
    concentration_unit,
    has_size,
    observed,
    stands_for,
    unit_of_name,
    with_given,
)
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

    species, watched = list(model.species), observed(model)
    dense = [key for key in species if has_size(model, model.species[key])]
    save = (*species, *(f"[{key}]" for key in dense), *watched)
    found = find_steady_states(model, parameters=parameters, save=save, threads=threads)
    n, m = len(species), len(dense)
    concentrations = np.full((len(found.status), n), np.nan)
    concentrations[:, [species.index(key) for key in dense]] = found.values[:, n : n + m]
    values: dict[str, Any] = {
        "amounts": ((MEMBER, SPECIES), found.values[:, :n]),
        "concentrations": ((MEMBER, SPECIES), concentrations),
        "stable": ((MEMBER,), found.stable),
        "reached": ((MEMBER,), found.reached),
        "slowest": ((MEMBER,), found.slowest, {"units": f"1/({model.time_unit})" if model.time_unit else ""}),
        "status": ((MEMBER,), np.array(found.status, dtype=object)),
    }
    coordinates: dict[str, Any] = {
        MEMBER: np.arange(len(found.status)),
        SPECIES: species,
        "species_unit": (SPECIES, [item.unit for item in model.species.values()]),
        "concentration_unit": (SPECIES, [concentration_unit(model, item) for item in model.species.values()]),
        STANDS_FOR: (SPECIES, [stands_for(model, item) for item in model.species.values()]),
    }
    if watched:
        values["observables"] = ((MEMBER, OBSERVABLE), found.values[:, n + m :])
        coordinates[OBSERVABLE] = watched
        coordinates["observable_unit"] = (OBSERVABLE, [unit_of_name(model, key) for key in watched])
    result = Trajectories(values, coordinates, {"model": model.name, "digest": model.digest})
    return with_given(result, model, parameters)
