"""The lockstep backend: all members through one compiled program, the baseline phase through another before it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ...compiler.lower import lower
from ...mechanisms.equations import Equations
from ...mechanisms.network import Network
from ...mechanisms.writing import write_equations
from ..doses import infusion, with_infusions
from ..protocol import Array, Baseline, Dose, Run
from ..reduction import Path, Reduction
from ..saved import saved_formula
from ..status import Limits
from .choice import Choice, choose
from .elsewhere import Rows, given_up, take_over
from .phases import Ensemble
from .reducing import Reducers
from .task import Actions

BLOCK = 16_384  # members whose starts and parameters are laid out at a time
SMALLEST_BLOCK = 256
REDUCED_BYTES = 8_000_000  # that a block of members may take before it is reduced


def integrate_members(
    network: Network,
    times: Array,
    *,
    count: int,
    given: Mapping[str, Array],
    doses: Sequence[Dose],
    baseline: Baseline | None,
    save: Sequence[str],
    rtol: float,
    atol: float | None,
    progress: Callable[[int, int], None] | None,
    limits: Limits,
    threads: int | None,
    reduction: Reduction | None = None,
) -> Run:
    """Integrate every member; the arguments are those of `integrate`, checked and broadcast.

    Members are taken in blocks, so that what a million of them need beside their results stays small.
    """
    network = with_infusions(network, doses)
    species = tuple(dose.species for dose in doses)
    paths = reduction.paths if reduction is not None else ()
    equations, engine = _engine(network, tuple(save), species, float(times[-1]), rtol, atol, paths)
    reducers = Reducers.of([path.kind for path in paths], [(path.start, path.end) for path in paths], len(save))
    kept = 0 if reduction is not None else count
    values = np.empty((kept, len(times), len(save)))  # every block writes its own part
    size = BLOCK
    if reduction is not None:
        size = max(SMALLEST_BLOCK, min(BLOCK, REDUCED_BYTES // max(reduction.bytes_of_member, 1)))
    status: list[str] = []
    done = 0

    def report(members: int) -> None:
        nonlocal done
        done += members
        if progress is not None:
            progress(done, count)

    for first in range(0, count, size):
        some = slice(first, min(first + size, count))
        part = {key: value[some] for key, value in given.items()}
        ensemble = Ensemble(network, some.stop - first, part, rtol, atol, limits, threads or os.cpu_count() or 1)
        saved, found, told = ensemble.run(
            equations,
            engine,
            times,
            [_dose_of(dose, some) for dose in doses],
            _baseline_of(baseline, some),
            report,
            reducers,
            values[some] if reduction is None else None,
        )
        again = given_up(ensemble.ended, ensemble.taken_over(equations))
        if again:
            where = np.array(again) + first
            take_over(
                network, times, Rows(paths, again, saved, found), told,
                given={key: value[where] for key, value in given.items()},
                doses=[_dose_of(dose, where) for dose in doses], baseline=_baseline_of(baseline, where),
                save=save, rtol=rtol, atol=atol, limits=limits,
            )  # fmt: skip
        if reduction is not None:
            reduction.take(some, saved, found)
        status += told
    return Run(times, tuple(save), values, tuple(status))


def _dose_of(dose: Dose, some: slice | Array) -> Dose:
    """The dose for some of the members."""
    amount, start, duration = (_of(value, some) for value in (dose.amount, dose.start, dose.duration))
    return replace(dose, amount=amount, start=start, duration=duration)


def _baseline_of(baseline: Baseline | None, some: slice | Array) -> Baseline | None:
    if baseline is None:
        return None
    return replace(baseline, hold={key: _of(value, some) for key, value in baseline.hold.items()})


def _of(value: float | Array, some: slice | Array) -> float | Array:
    array = np.asarray(value, dtype=float)
    return array[some] if array.ndim else float(array)


@lru_cache(maxsize=32)
def _engine(
    network: Network,
    save: tuple[str, ...],
    dosed: tuple[str, ...],
    span: float,
    rtol: float,
    atol: float | None,
    paths: tuple[Path, ...] = (),
) -> tuple[Equations, Choice]:
    equations = write_equations(network)
    outputs = {key: saved_formula(equations, key) for key in save}
    outputs |= {f"path {i}": path.formula(equations) for i, path in enumerate(paths)}
    inputs = [infusion(species) for species in dict.fromkeys(dosed) if infusion(species) in equations.constants]
    nominal = Ensemble(network, 1, {}, rtol, atol, Limits(), 1)
    start = nominal.start(equations, {})
    task = nominal.task(equations, start, np.array([span]), Actions.none(1), 0.0, span)
    return equations, choose(lower(equations, outputs, inputs), task)
