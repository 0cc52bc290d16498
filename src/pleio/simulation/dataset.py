"""`pleio.simulate`: an ensemble as an xarray Dataset with units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ..base.axes import MEMBER, TIME
from ..base.expected import expect
from ..mechanisms.named_units import one_word, unit_of_name
from ..mechanisms.network import Network
from .columns import Columns
from .ensemble import integrate
from .protocol import Baseline, Dose, Run, named
from .reduce import Quantiles, Reducer

if TYPE_CHECKING:
    from .trajectories import Trajectories

PARAMETER = "parameter"


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
        parameters: values to vary, by name: parameters, sizes, initial amounts. Numbers or shape (members,); the
            columns of a data frame too.
        doses: what is given, when.
        baseline: the phase before time 0, if there is one.
        rtol: relative error per step, 1e-12 to 0.1.
        atol: absolute error per step, above 0; by default a thousandth of `rtol` of each state's own size.
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
        InputError: times, names, shapes or errors do not fit, or more would be kept than memory may hold.
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
    expect("model", model, Network, "a network", "pleio.load reads one")
    given: Sequence[Dose] = [doses] if isinstance(doses, Dose) else doses or ()
    columns = Columns.of(model)
    run = integrate(
        model,
        times,
        parameters=parameters,
        doses=given,
        baseline=baseline,
        save=columns.names if reduce is None else None,
        rtol=rtol,
        atol=atol,
        threads=threads,
        reduce=reduce,
    )
    laid_out = _saved(columns, run) if reduce is None else _reduced(model, run, reduce)
    attributes = {"model": model.name, "digest": model.digest, "rtol": rtol}
    return with_given(laid_out.assign_attrs(attributes), model, parameters)


def with_given(run: Trajectories, model: Network, parameters: Mapping[str, ArrayLike] | None) -> Trajectories:
    """Add the values that were given for each member, so that a table of the run says what was varied."""
    given = dict(named(parameters))
    if not given:
        return run
    count = run["status"].size
    values = np.column_stack([np.broadcast_to(np.asarray(one, dtype=float), (count,)) for one in given.values()])
    units = [unit_of_name(model, key) for key in given]
    run = run.assign_coords({PARAMETER: list(given), "parameter_unit": (PARAMETER, units)})
    return run.assign(parameters=((MEMBER, PARAMETER), values))


def _saved(columns: Columns, run: Run) -> Trajectories:
    """Lay out trajectories that were kept whole."""
    from .trajectories import Trajectories

    return Trajectories(
        {**columns.variables(run.values, (MEMBER, TIME)), "status": ((MEMBER,), np.array(run.status, dtype=object))},
        {
            MEMBER: np.arange(len(run.status)),
            TIME: (TIME, run.times, {"units": columns.network.time_unit}),
            **columns.coordinates(),
        },
    )


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
    return f"{one_word(unit)}*{one_word(model.time_unit)}" if unit and model.time_unit else ""
