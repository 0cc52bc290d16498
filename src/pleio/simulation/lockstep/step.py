"""What the kernel asks of a method: parts of one step, written into the kernel where they are needed."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ...compiler.backends.emit import DOUBLE, Value
from .frame import Frame


class Step(ABC):
    """A method's code. The new state is left in `z`; `taken` is the step size of the lanes.

    Attributes:
        order: the power of h that the error estimate shrinks with.
    """

    order: int
    taken: Value

    def __init__(self, frame: Frame) -> None:
        self.f = frame

    @abstractmethod
    def prepare(self) -> None:
        """Compute what depends on (t, y) but not on h."""

    @abstractmethod
    def first_step(self) -> Value:
        """Choose h where nothing is known yet."""

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

    def scale(self, i: Value, *values: Value) -> Value:
        """The tolerance of state i: atol + rtol · the largest magnitude given."""
        f = self.f
        size = f.abs(values[0])
        for value in values[1:]:
            size = f.max(f.abs(value), size)
        return f.fma(f.broadcast(f.field("rtol")), size, f.load(f.field("atol"), i))

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
