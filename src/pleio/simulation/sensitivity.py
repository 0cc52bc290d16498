"""Forward sensitivities: how trajectories change with parameters, integrated beside them by the lockstep engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..base.errors import ModelError, Problem, nearest
from ..mechanisms.equations import Equations
from ..mechanisms.network import Network
from .doses import with_infusions
from .protocol import Dose, check_errors, check_kept, checked_times
from .status import Limits

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sensitivities:
    """Trajectories and their slopes.

    Attributes:
        times: shape (times,).
        names, to: what was saved, and the parameters it was differentiated by.
        values: shape (members, times, names).
        slopes: ∂ value / ∂ parameter.  Shape (members, times, names, parameters).
        status: for each member "" or a sentence that says why it failed; its numbers are NaN then.
    """

    times: Array
    names: tuple[str, ...]
    to: tuple[str, ...]
    values: Array
    slopes: Array
    status: tuple[str, ...]


def integrate_sensitivities(
    network: Network,
    times: ArrayLike,
    to: Sequence[str],
    *,
    members: int | None = None,
    parameters: Mapping[str, ArrayLike] | None = None,
    doses: Sequence[Dose] = (),
    save: Sequence[str] | None = None,
    rtol: float = 1e-6,
    atol: float | None = None,
    threads: int | None = None,
    limits: Limits | None = None,
) -> Sensitivities:
    """Integrate a network together with its derivatives by some parameters.

    The cost grows with the number of parameters; doses do not depend on them, initial amounts may.

    Args:
        times, members, parameters, doses, save, rtol, atol, threads, limits: as in `integrate`.
        to: names of parameters that do not change.

    Raises:
        InputError: times or errors do not fit, or more would be kept than memory may hold.
        ModelError: the lockstep engine cannot run the network (the constructs are named), or `to` has a name that is
            not a constant of it.
    """
    from ..compiler.spec import refusals
    from ..mechanisms.writing import write_equations
    from .lockstep.sensitive import integrate_sensitive

    at = checked_times(times)
    check_errors(rtol, atol)
    network = with_infusions(network, doses)
    equations = write_equations(network)
    subject = f"model '{network.name}'" if network.name else "model"
    chosen = tuple(network.species if save is None else save)
    problems = [Problem(reason, "cannot be differentiated here") for reason in refusals(equations, chosen)]
    problems += [Problem(reason, "cannot be differentiated here") for reason in _jumps(equations, to)]
    problems += [
        Problem("", f"it has no constant '{k}'", nearest(k, equations.constants))
        for k in to
        if k not in equations.constants
    ]
    problems += [Problem(key, "cannot be differentiated here") for key in ("baseline",) if equations.baselines]
    if problems:
        raise ModelError(subject, problems)
    given = {key: np.asarray(value, dtype=float) for key, value in (parameters or {}).items()}
    count = members or max((len(value) for value in given.values() if value.ndim), default=1)
    check_kept(count, len(at), len(chosen) * (1 + len(to)))
    given = {key: np.broadcast_to(value, (count,)) for key, value in given.items()}
    values, status = integrate_sensitive(
        equations, at, tuple(to), count=count, given=given, doses=doses, save=chosen, rtol=rtol, atol=atol,
        limits=limits or Limits(), threads=threads,
    )  # fmt: skip
    slopes = values[:, :, len(chosen) :].reshape(count, len(at), len(to), len(chosen)).swapaxes(2, 3)
    return Sensitivities(at, chosen, tuple(to), values[:, :, : len(chosen)], slopes, status)


def _jumps(equations: Equations, to: Sequence[str]) -> list[str]:
    """What makes slopes jump in a way that the equations of the slopes do not have."""
    from ..compiler.passes.locking import lock
    from ..compiler.passes.switching import switch_times
    from ..mechanisms.expression import names

    found = ["events"] if equations.events else []
    found += ["rates that jump with a state"] if lock(equations).modes else []
    found += [
        f"a rate that jumps at a time that depends on '{key}'" for key in to if key in names(*switch_times(equations))
    ]
    return found
