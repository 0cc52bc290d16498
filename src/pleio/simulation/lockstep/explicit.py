"""One step of an explicit Runge–Kutta method in vector code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ...compiler.backends.value import Value
from ..method.explicit import Explicit
from .frame import Frame
from .step import Step


def explicit(method: Explicit) -> partial[ExplicitStep]:
    """The method as the kernel takes it."""
    return partial(ExplicitStep, method=method)


class ExplicitStep(Step):
    """See `simulation.method.explicit` for the formulas; `u` holds the stages one after the other.

    With D = y₁ − y₀ and B = h k₁ − D, the interpolant is
    y₀ + θ (D + (1 − θ) (B + θ (D − h kₛ − B + (1 − θ) h Σ dⱼ kⱼ))).
    """

    def __init__(self, frame: Frame, method: Explicit) -> None:
        super().__init__(frame)
        self.method = method
        self.order = method.order
        states = frame.field("states")
        self.stage = [frame.row(frame.field("u"), s, states) for s in range(method.stages)]
        self.slope = self.stage[0]

    def prepare(self) -> None:
        f = self.f
        with f.when(f.any(f.get("fresh") > 0.0)):  # in lanes that are not fresh, this gives the bits they have
            f.section("rates", f.field("y"), f.address("t"), f.field("o"), self.stage[0])

    def keep(self, accepted: Value) -> None:
        f, first, last = self.f, self.stage[0], self.stage[-1]
        with f.loop(f.field("states")) as i:
            f.store(f.select(accepted, f.load(last, i), f.load(first, i)), first, i)

    def advance(self, h: Value) -> None:
        f, m = self.f, self.method
        self.taken = h
        before_stop = self.before_stop()
        y, z = f.field("y"), f.field("z")
        for s in range(1, m.stages):
            with f.loop(f.field("states")) as i:
                f.store(f.fma(h, self._sum(i, m.a[s]), f.load(y, i)), z, i)
            self.guard(z)
            f.put("sample", f.min(f.fma(h, f.real(m.nodes[s]), f.get("t")), before_stop))
            f.section("rates", z, f.address("sample"), f.field("o"), self.stage[s])

    def _sum(self, i: Value, weights: Sequence[float]) -> Value:
        """Σ wⱼ kⱼ for state i."""
        f = self.f
        used = [(weight, stage) for weight, stage in zip(weights, self.stage, strict=False) if weight]
        total = f.load(used[0][1], i) * used[0][0]
        for weight, stage in used[1:]:
            total = f.fma(f.real(weight), f.load(stage, i), total)
        return total

    def error(self) -> Value:
        f = self.f
        with f.loop(f.field("states")) as i:
            f.store(self.taken * self._sum(i, self.method.error), f.field("g"), i)
        return self.mean_square(f.field("g"), f.field("y"), f.field("z"))

    def prepare_dense(self) -> None:
        f, h = self.f, self.taken
        states = f.field("states")
        rows = [f.row(f.field("dense"), row, states) for row in range(3)]
        with f.loop(states) as i:
            change = f.load(f.field("z"), i) - f.load(f.field("y"), i)
            bend = f.fma(h, f.load(self.stage[0], i), -change)
            f.store(bend, rows[0], i)
            f.store(f.fma(-h, f.load(self.stage[-1], i), change - bend), rows[1], i)
            f.store(h * self._sum(i, self.method.dense), rows[2], i)

    def interpolate(self, theta: Value) -> None:
        f = self.f
        states, left = f.field("states"), 1.0 - theta
        rows = [f.row(f.field("dense"), row, states) for row in range(3)]
        with f.loop(states) as i:
            y = f.load(f.field("y"), i)
            inner = f.fma(left, f.load(rows[2], i), f.load(rows[1], i))
            inner = f.fma(theta, inner, f.load(rows[0], i))
            inner = f.fma(left, inner, f.load(f.field("z"), i) - y)
            f.store(f.fma(theta, inner, y), f.field("g"), i)
