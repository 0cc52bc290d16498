"""What the kernel asks of a method: parts of one step, written into the kernel where they are needed."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from functools import partial

from ...compiler.backends import vector_math
from ...compiler.backends.emit import DOUBLE
from ...compiler.backends.value import Value
from .frame import Frame


class Step(ABC):
    """A method's code. The new state is left in `z`; `taken` is the step size of the lanes.

    Attributes:
        order: the power of h that the error estimate shrinks with.
        slope: the array that holds the rates at (t, y) after `prepare`.
    """

    order: int
    slope: Value
    taken: Value

    def __init__(self, frame: Frame) -> None:
        self.f = frame

    def solve_unknowns(self) -> None:  # noqa: B027
        """Solve the algebraic rules in the lanes that are `loose`; only methods with a matrix can."""

    @abstractmethod
    def prepare(self) -> None:
        """Compute what depends on (t, y) but not on h."""

    def keep(self, accepted: Value) -> None:  # noqa: B027
        """Carry over to the next step, in the lanes that accepted this one, what need not be computed again."""

    @abstractmethod
    def advance(self, h: Value) -> None:
        """Take the step."""

    @abstractmethod
    def error(self) -> Value:
        """The mean square of (error estimate / tolerance)."""

    @abstractmethod
    def prepare_dense(self) -> None:
        """Compute what interpolation needs."""

    @abstractmethod
    def interpolate(self, theta: Value) -> None:
        """Leave the state at t + θ h in `g`."""

    # shared by all methods

    def has_value(self) -> Value:
        """In which lanes all states and their rates at (t, y) are finite numbers: an event or a dose may set others."""
        return self.is_finite(self.slope) & self.is_finite(self.f.field("y"))

    def is_finite(self, array: Value) -> Value:
        """In which lanes an array over states holds finite numbers only."""
        f = self.f
        total = f.fold(f.field("states"), f.real(0.0), lambda i, sum: f.fma(f.load(array, i), f.real(0.0), sum))
        return total.equals(0.0)

    def clip(self, array: Value, mask: Value) -> None:
        """In some lanes, set to 0 what is negative by less than its absolute tolerance.

        An amount that should be 0 comes out a rounding error below it, where a root or a power has no value.
        """
        f = self.f
        with f.loop(f.field("states")) as i:
            value = f.load(array, i)
            negligible = mask & (value < 0.0) & (value >= -self.scale(i, value)) & (value > -math.inf)
            f.store(f.select(negligible, f.real(0.0), value), array, i)

    def guard(self, array: Value) -> None:
        """Clip the state of a stage in lanes whose rates had no value in it before."""
        guarded = self.f.get("guarded") > 0.0
        with self.f.when(self.f.any(guarded), likely=False):
            self.clip(array, guarded)

    def first_step(self) -> Value:
        """From the size of the first derivative over the tolerance, as if the second were of its square.

        Source: after Hairer, Nørsett & Wanner 1993, Solving Ordinary Differential Equations I, section II.4.
        """
        f = self.f
        y = f.field("y")
        size = self.mean_square(y, y)
        speed = self.mean_square(self.slope, y)
        log = partial(vector_math.call, f, "log")
        tiny = f.real(1e-10)
        guess = (log(f.max(size, tiny)) - log(f.max(speed, tiny))) * 0.5 + f.real(-4.6)
        within = log(f.max(speed, tiny)) * -0.5 + f.real(-1.0)
        h = vector_math.call(f, "exp", f.max(guess, within))
        limit = f.broadcast(f.field("first_step"))
        return f.select(h < limit, h, limit)

    def before_stop(self) -> Value:
        """The last moment before each lane's stop: rates may jump there, and a step before it must not see that."""
        stop = self.f.get("stop")
        return stop - self.f.abs(stop) * 2.0**-52

    def scale(self, i: Value, *values: Value) -> Value:
        """The tolerance of state i: atol + rtol · the largest magnitude given."""
        f = self.f
        size = f.abs(values[0])
        for value in values[1:]:
            size = f.max(f.abs(value), size)
        scale = f.fma(f.broadcast(f.field("rtol")), size, f.load(f.field("atol"), i))
        return f.max(scale, f.real(1e-300))  # a state that is 0 and has no absolute tolerance has no error either

    def through_nothing(self) -> Value:
        """After what share of the step an amount would come to 0 that ends below it; above 1 where none does.

        A rate such as V S / (K + S) has the same value on either side of a thin zone about 0, and its pole in it, which
        a long step passes over without an error. Before the step the amount is more than its tolerance.
        """
        f = self.f
        y, z = f.field("y"), f.field("z")

        def amount(i: Value) -> Value:
            return f.broadcast(f.load(f.field("amounts"), i, DOUBLE))

        def lowest(i: Value, least: Value) -> Value:
            return f.min(least, f.load(z, i) * amount(i))

        def first(i: Value, least: Value) -> Value:
            before, after = f.load(y, i), f.load(z, i)
            crosses = (before > self.scale(i, before)) & (after < -self.scale(i, before, after))
            crosses = crosses & (amount(i) > 0.0)
            return f.select(crosses, f.min(least, before / (before - after)), least)

        none = f.real(2.0)
        f.put("through", none)
        with f.when(f.any(f.fold(f.field("states"), f.real(0.0), lowest) < 0.0), likely=False):
            f.put("through", f.fold(f.field("states"), none, first))
        return f.get("through")

    def mean_square(self, array: Value, *sizes: Value) -> Value:
        """The mean over states of (array / tolerance)²."""
        f = self.f
        states = f.field("states")

        def add(i: Value, total: Value) -> Value:
            relative = f.load(array, i) / self.scale(i, *(f.load(size, i) for size in sizes))
            return f.fma(relative, relative, total)

        total = f.fold(states, f.real(0.0), add)
        return total / f.broadcast(Value(f, f.builder.sitofp(states.ir, DOUBLE)))

    def change(self) -> Value:
        """The mean square of the step's change over the tolerance."""
        f = self.f
        with f.loop(f.field("states")) as i:
            f.store(f.load(f.field("z"), i) - f.load(f.field("y"), i), f.field("g"), i)
        return self.mean_square(f.field("g"), f.field("z"))
