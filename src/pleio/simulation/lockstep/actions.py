"""Doses as actions: for all members at once, when what is added to which state, or which infusion rate is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..doses import infusion
from ..protocol import Array, Dose
from .task import Actions


def actions(
    doses: Sequence[Dose],
    members: int,
    states: Mapping[str, int],
    parameters: Mapping[str, int],
    switches: Sequence[Array] = (),
) -> Actions:
    """List what the doses do to each member, in order of time; nothing is listed for an amount of zero.

    Args:
        switches: times at which to stop without doing anything, since rates jump there.
        states: slot of each state that can be dosed.
        parameters: slot of each infusion rate.
    """
    nothing = np.zeros(members)
    columns = [(_spread(np.where(np.isnan(at), np.inf, at), members), 0, nothing) for at in switches]
    running: dict[str, list[tuple[Array, Array, Array]]] = {}
    for dose in doses:
        amount, start, duration = (_spread(value, members) for value in (dose.amount, dose.start, dose.duration))
        infused = duration > 0
        for k in range(dose.times):
            begin = start + k * dose.every
            if not np.all(infused):
                columns.append((np.where(infused | (amount == 0), np.inf, begin), states[dose.species], amount))
            if np.any(infused):
                rate = np.where(infused, amount / np.where(infused, duration, 1.0), 0.0)
                running.setdefault(dose.species, []).append((begin, begin + duration, rate))
    for species, spans in running.items():
        columns += _infusion_columns(spans, len(states) + parameters[infusion(species)])
    return _in_order(columns, members)


def _spread(value: float | Array, members: int) -> Array:
    return np.broadcast_to(np.asarray(value, dtype=float), (members,))


def _infusion_columns(spans: Sequence[tuple[Array, Array, Array]], slot: int) -> list[tuple[Array, int, Array]]:
    """At every beginning and end, the rate is set to the sum of what runs from then on."""
    columns = []
    for moment in [edge for begin, end, _ in spans for edge in (begin, end)]:
        total = np.zeros(len(moment))
        for begin, end, rate in spans:
            total = total + np.where((begin <= moment) & (moment < end), rate, 0.0)
        columns.append((moment, slot, total))
    return columns


def _in_order(columns: Sequence[tuple[Array, int, Array]], members: int) -> Actions:
    if not columns:
        return Actions.none(members)
    times = np.stack([time for time, _, _ in columns], axis=1)
    order = np.argsort(times, axis=1, kind="stable")
    slots = np.array([slot for _, slot, _ in columns], dtype=np.int64)[order]
    amounts = np.take_along_axis(np.stack([amount for _, _, amount in columns], axis=1), order, axis=1)
    first = np.arange(members + 1, dtype=np.int64) * len(columns)
    return Actions(first, np.take_along_axis(times, order, axis=1).ravel(), slots.ravel(), amounts.ravel())
