"""What a run is asked and what it gives: doses, the baseline phase, trajectories and how each member fared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..base.errors import InputError, Problem, nearest
from ..base.expected import Named, expect
from ..mechanisms.network import EMPTY

Array = NDArray[np.float64]

FINEST, COARSEST = 1e-12, 0.1  # relative errors: below the one rounding decides, above the other nothing is a number
MOST_NUMBERS = 500_000_000  # of the trajectories that are kept: 4 GB


@dataclass(frozen=True)
class Dose:
    """Administrations of one agent into one species, repeated at a fixed interval.

    Attributes:
        species: the species that the amount is added to.
        amount: of one administration, in the species' unit. A number, or shape (members,).
        start: time of the first, in the network's time unit, not negative. A number, or shape (members,).
        duration: 0 for a bolus, else the time over which the amount is given at a constant rate.
        every: interval between administrations; needed where `times` is above 1.
        times: how many are given.
    """

    species: str
    amount: float | Array
    start: float | Array = 0.0
    duration: float | Array = 0.0
    every: float = 0.0
    times: int = 1


@dataclass(frozen=True)
class Baseline:
    """The phase before time 0: no doses, contested factors 1; its end is the initial state.

    Attributes:
        hold: values of parameters that differ in that phase. Numbers, or shape (members,).
        duration: how long it lasts; None: until nothing changes any more.
    """

    hold: Mapping[str, float | Array] = field(default_factory=lambda: EMPTY)
    duration: float | None = None


@dataclass(frozen=True)
class Run:
    """Trajectories of an ensemble.

    Attributes:
        times: shape (times,).
        names: what was saved.
        values: shape (members, times, names); NaN in members that failed.
        status: for each member "" or a sentence that says why it failed.
        reduced: what was kept of each trajectory, by the keys of `reduce`; NaN likewise.
    """

    times: Array
    names: tuple[str, ...]
    values: Array
    status: tuple[str, ...]
    reduced: Mapping[str, Array] = field(default_factory=lambda: EMPTY)


def numbers(subject: str, given: ArrayLike, key: str = "") -> Array:
    """Give what somebody states as numbers.

    Raises:
        InputError: it is none.
    """
    try:
        return np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise InputError(subject, Problem(key, "is not a number or an array of numbers")) from None


def named(parameters: Mapping[str, ArrayLike] | None) -> Iterable[tuple[str, ArrayLike]]:
    """Give values with their names; a data frame has no truth value, so that none given is told by None alone."""
    return () if parameters is None else parameters.items()


def given_numbers(parameters: Mapping[str, ArrayLike] | None) -> dict[str, Array]:
    """Give the values of parameters, by name: each a number, or one for each member.

    Raises:
        InputError: one is neither.
    """
    if parameters is not None:
        expect("parameters", parameters, Named, "values by name", "write {'k': 0.1}")
    given = {key: numbers("parameters", value, key) for key, value in named(parameters)}
    deep = [
        Problem(k, f"has the shape {v.shape}", "give one value for each member") for k, v in given.items() if v.ndim > 1
    ]
    if deep:
        raise InputError("parameters", deep)
    return given


def checked_times(times: ArrayLike) -> Array:
    at = np.atleast_1d(numbers("times", times))
    if at.ndim != 1 or not len(at):
        raise InputError("times", "must be a list of at least one number")
    if not np.all(np.isfinite(at)) or at[0] < 0:
        raise InputError("times", "must be finite and not negative")
    wrong = np.flatnonzero(np.diff(at) <= 0)
    if len(wrong):
        k = int(wrong[0])
        raise InputError("times", f"must be strictly increasing; times[{k}]={at[k]:g} is followed by {at[k + 1]:g}")
    return at


def check_errors(rtol: float, atol: float | None) -> None:
    """The error that is asked for must be one that a step can have.

    Raises:
        InputError: it is not.
    """
    problems = []
    if not FINEST <= rtol <= COARSEST:
        problems.append(Problem("rtol", f"is {rtol:g}", f"give {FINEST:g} to {COARSEST:g}, such as 1e-6"))
    if atol is not None and not 0 < atol < np.inf:
        problems.append(Problem("atol", f"is {atol:g}", "give a number above 0, in the unit of the states"))
    if problems:
        raise InputError("error per step", problems)


def check_kept(members: int, times: int, names: int) -> None:
    """Trajectories must fit into memory, and that is known before the first is integrated.

    Raises:
        InputError: they do not.
    """
    if members * times * names > MOST_NUMBERS:
        what = f"{members:,} members x {times:,} times x {names:,} quantities are over {MOST_NUMBERS:,} numbers"
        raise InputError("trajectories", Problem("", what, "save fewer times, or vary over fewer members"))


def unknown_name(kind: str, key: str, known: Sequence[str]) -> InputError:
    """Make the error for a name that the network does not have."""
    return InputError(kind, Problem("", f"'{key}' is not in the model", nearest(key, known)))
