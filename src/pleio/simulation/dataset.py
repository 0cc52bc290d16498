"""`pleio.simulate`: an ensemble as an xarray Dataset with units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ..base.axes import MEMBER, SPECIES, TIME
from ..mechanisms.network import Network, Species
from .ensemble import Baseline, Dose, Run, integrate
from .reduce import Quantiles, Reducer

if TYPE_CHECKING:
    from .trajectories import Trajectories

OBSERVABLE = "observable"


def simulate(
    model: Network,
    times: ArrayLike,
    *,
    parameters: Mapping[str, ArrayLike] | None = None,
    doses: Sequence[Dose] | Dose | None = None,
    baseline: Baseline | None = None,
    rtol: float = 1e-6,
    atol: float | None = None,
    threads: int | None = None,
    reduce: Mapping[str, Reducer | Quantiles] | None = None,
) -> Trajectories:
    """Integrate one model for many parameter sets.

    Args:
        model: the network; its values are the defaults.
        times: when to save, increasing, not negative. Shape (times,), in the model's time unit.
        parameters: values to vary, by name: parameters, sizes, initial amounts. Numbers or shape (members,).
        doses: what is given, when.
        baseline: the phase before time 0, if there is one.
        rtol: relative error per step.
        atol: absolute error per step; by default a thousandth of `rtol` of each state's own size.
        threads: how many to use; the result does not depend on it.
        reduce: what to keep of each trajectory instead of it, by name (`pleio.reduce`); `times` then only say when to
            end.

    Returns:
        `amounts` and `concentrations` (member, time, species), `observables` (member, time, observable) and `status`
        (member): "" where it succeeded; elsewhere the reason, and the numbers are NaN. Units stand beside the names
        (`species_unit`, `concentration_unit`, `observable_unit`), the time unit in the attributes of `time`.
        With `reduce`, instead of the first three, a variable for each of its keys, with its unit as attribute: shape
        (member,), with (`KEY_time`) as second axis for values at several times, and (`KEY_quantile`) in the place of
        (member) for quantiles.

    Raises:
        InputError: times, names or shapes do not fit.
        ModelError: the network cannot be run.

    Example:
        >>> from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula
        >>> decay = Reaction((Participant("S"),), rate=parse_formula("k * S"))
        >>> model = Network(
        ...     "decay", {"C": Compartment()}, {"S": Species("C", 1.0)}, {"k": Parameter(1.0)}, {"decay": decay}
        ... )
        >>> run = simulate(model, [0, 1], parameters={"k": [1.0, 2.0]})
        >>> bool(np.allclose(run.amounts.sel(time=1, species="S"), np.exp([-1, -2]), rtol=1e-4))
        True
    """
    from .trajectories import Trajectories

    given: Sequence[Dose] = [doses] if isinstance(doses, Dose) else doses or ()
    attributes = {"model": model.name, "digest": model.digest, "rtol": rtol}
    if reduce is not None:
        run = integrate(
            model,
            times,
            parameters=parameters,
            doses=given,
            baseline=baseline,
            rtol=rtol,
            atol=atol,
            threads=threads,
            reduce=reduce,
        )
        return _reduced(model, run, reduce).assign_attrs(attributes)
    species = list(model.species)
    dense = [key for key in species if has_size(model, model.species[key])]
    run = integrate(
        model,
        times,
        parameters=parameters,
        doses=given,
        baseline=baseline,
        save=[*species, *(f"[{key}]" for key in dense), *model.observables],
        rtol=rtol,
        atol=atol,
        threads=threads,
    )
    n, m = len(species), len(dense)
    concentrations = np.full((*run.values.shape[:2], n), np.nan)
    concentrations[:, :, [species.index(key) for key in dense]] = run.values[:, :, n : n + m]
    values: dict[str, Any] = {
        "amounts": ((MEMBER, TIME, SPECIES), run.values[:, :, :n]),
        "concentrations": ((MEMBER, TIME, SPECIES), concentrations),
        "status": ((MEMBER,), np.array(run.status, dtype=object)),
    }
    coordinates: dict[str, Any] = {
        MEMBER: np.arange(len(run.status)),
        TIME: (TIME, run.times, {"units": model.time_unit}),
        SPECIES: species,
        "species_unit": (SPECIES, [item.unit for item in model.species.values()]),
        "concentration_unit": (SPECIES, [concentration_unit(model, item) for item in model.species.values()]),
    }
    if model.observables:
        values["observables"] = ((MEMBER, TIME, OBSERVABLE), run.values[:, :, n + m :])
        coordinates[OBSERVABLE] = list(model.observables)
        coordinates["observable_unit"] = (OBSERVABLE, [item.unit for item in model.observables.values()])
    return Trajectories(values, coordinates, attributes)


def _reduced(model: Network, run: Run, reduce: Mapping[str, Reducer | Quantiles]) -> Trajectories:
    """Lay out what was kept of each trajectory."""
    from .trajectories import Trajectories

    members: dict[str, Any] = {MEMBER: np.arange(len(run.status))}
    result = Trajectories({"status": ((MEMBER,), np.array(run.status, dtype=object))}, members)
    for key, item in reduce.items():
        inner = item.of if isinstance(item, Quantiles) else item
        axes: list[str] = [MEMBER]
        attributes: dict[str, Any] = {"units": _unit(model, inner)}
        if isinstance(item, Quantiles):
            axes, attributes["relative_error"] = [f"{key}_quantile"], item.error
            result = result.assign_coords({axes[0]: list(item.probabilities)})
        if len(inner.at or ()) > 1:
            axes.append(f"{key}_time")
            result = result.assign_coords({axes[1]: (axes[1], list(inner.at or ()), {"units": model.time_unit})})
        result[key] = (tuple(axes), run.reduced[key], attributes)
    return result


def _unit(model: Network, item: Reducer) -> str:
    """Spell the unit of what is kept; "" where a part of it is not stated."""
    if item.take.endswith("_time") or item.take.startswith("time_"):
        return model.time_unit
    unit = unit_of_name(model, item.of)
    if item.take != "auc":
        return unit
    return f"({unit})*({model.time_unit})" if unit and model.time_unit else ""


def unit_of_name(model: Network, name: str) -> str:
    """Spell the unit of what is saved under a name: an amount, `[S]` a concentration, or any other quantity's."""
    if name.startswith("[") and name[1:-1] in model.species:
        return concentration_unit(model, model.species[name[1:-1]])
    for table in (model.species, model.parameters, model.observables, model.compartments):
        if name in table:
            return str(table[name].unit)
    return ""


def concentration_unit(model: Network, species: Species) -> str:
    """Spell the unit of a species' concentration; "" where one of its parts is not stated."""
    size = model.compartments[species.compartment].unit if species.compartment in model.compartments else ""
    return f"({species.unit})/({size})" if species.unit and size else ""


def has_size(model: Network, species: Species) -> bool:
    """Whether a species has a concentration: its compartment has a size."""
    place = model.compartments.get(species.compartment)
    return place is not None and place.dimensions != 0
