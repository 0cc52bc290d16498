"""Integrating one network for many members, on the path that fits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ..base.errors import InputError, Problem
from ..base.expected import expect, expect_count
from ..mechanisms.network import Network, Table
from .protocol import Array, Baseline, Dose, Run, check_errors, check_kept, checked_times, given_numbers
from .reduce import Quantiles, Reducer
from .status import Limits

if TYPE_CHECKING:
    from .reduction import Reduction


def integrate(
    network: Network,
    times: ArrayLike,
    *,
    members: int | None = None,
    parameters: Mapping[str, ArrayLike] | None = None,
    doses: Sequence[Dose] = (),
    baseline: Baseline | None = None,
    save: Sequence[str] | None = None,
    rtol: float = 1e-6,
    atol: float | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits | None = None,
    reduce: Mapping[str, Reducer | Quantiles] | None = None,
) -> Run:
    """Integrate a network for every member, from time 0.

    Args:
        times: when to save, increasing, not negative. Shape (times,), in the network's time unit.
        members: how many; by default as many as the arrays given have.
        parameters: values of parameters, sizes and initial amounts by name; numbers or shape (members,).
        save: species (amounts), `[S]` (concentration), parameters, rates, observables; by default all amounts.
        rtol: relative error per step, 1e-12 to 0.1.
        atol: absolute error per step, above 0; by default a thousandth of `rtol` of each state's own size.
        threads: how many to use; the result does not depend on it.
        progress: called with (members done, members).
        limits: what one member may use before it is given up.
        reduce: what to keep of each trajectory (`simulation.reduce`) instead of the trajectory; `times` then only say
            when to end, and `save` nothing.

    Raises:
        InputError: times, names, shapes or errors do not fit, or more would be kept than memory may hold.
        ModelError: the network cannot be run.
    """
    from ..compiler.passes.elimination import TooDense
    from ..mechanisms.check import check_size
    from . import reference, routing
    from .lockstep import run as lockstep
    from .reduction import Reduction, names_of

    at = checked_times(times)
    check_errors(rtol, atol)
    check_size(network)
    expect_count("threads", threads)
    for dose in doses if isinstance(doses, Iterable) else [doses]:
        expect("doses", dose, Dose, "a pleio.Dose")
    given = given_numbers(parameters)
    count = _members(members, given, doses, baseline)
    reduction = Reduction(reduce, count, float(at[-1])) if reduce is not None else None
    chosen = tuple(network.species if save is None else save)
    if reduction is not None:
        at, chosen = reduction.times, reduction.names
    else:
        check_kept(count, len(at), len(chosen))
    arguments: dict[str, Any] = {
        "count": count,
        "given": {key: np.broadcast_to(value, (count,)) for key, value in given.items()},
        "doses": doses,
        "baseline": baseline,
        "save": chosen,
        "rtol": rtol,
        "atol": atol,
        "progress": progress,
        "limits": limits or Limits(),
        "threads": threads,
        "reduction": reduction,
    }
    needed = names_of(reduction) if reduction is not None else chosen
    if not routing.reasons(network, count, needed, [dose.species for dose in doses], baseline is not None):
        # factors that are too full to write down are the one reason that shows only when the order is found
        with suppress(TooDense):
            return _with_results(lockstep.integrate_members(network, at, **arguments), reduction)
    return _with_results(reference.integrate_members(network, at, **arguments), reduction)


def _with_results(run: Run, reduction: Reduction | None) -> Run:
    """Put what was reduced in the place of trajectories."""
    if reduction is None:
        return run
    empty = np.zeros((len(run.status), 0, 0))
    return Run(np.zeros(0), (), empty, run.status, Table(reduction.results()))


def _members(members: int | None, given: Mapping[str, Array], doses: Sequence[Dose], baseline: Baseline | None) -> int:
    sizes: dict[str, int] = {key: len(value) for key, value in given.items() if value.ndim == 1}
    for dose in doses:
        for part in ("amount", "start", "duration"):
            value: Any = np.asarray(getattr(dose, part))
            if value.ndim:
                sizes[f"dose into {dose.species}: {part}"] = len(value)
    for key, held in (baseline.hold if baseline else {}).items():
        if np.asarray(held).ndim:
            sizes[f"baseline: {key}"] = len(np.asarray(held))
    wanted = members if members is not None else max(sizes.values(), default=1)
    problems = [
        Problem(key, f"has {size} values for {wanted} members") for key, size in sizes.items() if size != wanted
    ]
    if problems:
        raise InputError("members", problems)
    return wanted
