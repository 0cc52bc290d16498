"""`pleio.simulate`: an ensemble as an xarray Dataset with units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ..base.axes import MEMBER, SPECIES, TIME
from ..mechanisms.network import Network, Species
from ..mechanisms.writing import write_equations
from .ensemble import integrate
from .protocol import Baseline, Dose, Run
from .reduce import Quantiles, Reducer

if TYPE_CHECKING:
    from .trajectories import Trajectories

OBSERVABLE, PARAMETER = "observable", "parameter"
STANDS_FOR = "stands_for"


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
        (member): "" where it succeeded; elsewhere the reason, and the numbers are NaN. Observables are those of the
        model, and whatever else of it changes: what rules and events set. Units stand beside the names
        (`species_unit`, `concentration_unit`, `observable_unit`), the time unit in the attributes of `time`;
        `stands_for` says of each species whether its name in a formula is its concentration or its amount.
        `parameters` (member, parameter) are the values that were given.
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
        return with_given(_reduced(model, run, reduce).assign_attrs(attributes), model, parameters)
    species, watched = list(model.species), observed(model)
    dense = [key for key in species if has_size(model, model.species[key])]
    run = integrate(
        model,
        times,
        parameters=parameters,
        doses=given,
        baseline=baseline,
        save=[*species, *(f"[{key}]" for key in dense), *watched],
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
        STANDS_FOR: (SPECIES, [stands_for(model, item) for item in model.species.values()]),
    }
    if watched:
        values["observables"] = ((MEMBER, TIME, OBSERVABLE), run.values[:, :, n + m :])
        coordinates[OBSERVABLE] = watched
        coordinates["observable_unit"] = (OBSERVABLE, [unit_of_name(model, key) for key in watched])
    return with_given(Trajectories(values, coordinates, attributes), model, parameters)


def with_given(run: Trajectories, model: Network, parameters: Mapping[str, ArrayLike] | None) -> Trajectories:
    """Add the values that were given for each member, so that a table of the run says what was varied."""
    if not parameters:
        return run
    count = run["status"].size
    values = np.column_stack([np.broadcast_to(np.asarray(one, dtype=float), (count,)) for one in parameters.values()])
    units = [unit_of_name(model, key) for key in parameters]
    run = run.assign_coords({PARAMETER: list(parameters), "parameter_unit": (PARAMETER, units)})
    return run.assign(parameters=((MEMBER, PARAMETER), values))


def observed(model: Network) -> list[str]:
    """Name what is reported beside species: the model's observables, and all else that rules or events change."""
    set_at_events = {target for event in model.events.values() for target in event.assignments}
    changing = {*model.assignments, *model.rates, *set_at_events}
    if model.algebraic:
        changing |= {*write_equations(model).unknowns}
    participants = [participant.id for _, participant, _ in model.participants() if participant.id]
    return [
        *model.observables,
        *(key for key in (*model.compartments, *model.parameters, *participants) if key in changing),
    ]


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
    return f"{_one_word(unit)}*{_one_word(model.time_unit)}" if unit and model.time_unit else ""


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
    return f"{_one_word(species.unit)}/{_one_word(size)}" if species.unit and size else ""


def _one_word(unit: str) -> str:
    """Put a unit in parentheses unless it is a single word, so that it can be a part of another."""
    return unit if unit.isidentifier() else f"({unit})"


def has_size(model: Network, species: Species) -> bool:
    """Whether a species has a concentration: its compartment has a size."""
    place = model.compartments.get(species.compartment)
    return place is not None and place.dimensions != 0


def stands_for(model: Network, species: Species) -> str:
    """Say what a species' name means in a formula: its `concentration`, or its `amount`."""
    return "concentration" if has_size(model, species) and not species.only_substance else "amount"
