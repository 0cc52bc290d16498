"""One step of a Rosenbrock method in vector code."""

from __future__ import annotations

from functools import partial

from ...compiler.backends.emit import DOUBLE, INT
from ...compiler.backends.value import Value
from ..method.rosenbrock import Rosenbrock
from ..status import Reason
from .frame import Frame
from .step import Step

NEWTON = 12  # rounds, always all of them: a lane's bits must not depend on how soon its neighbours converge
STILL = 1e30  # 1/(hγ) of a step in which nothing moves


def rosenbrock(method: Rosenbrock) -> partial[RosenbrockStep]:
    """The method as the kernel takes it."""
    return partial(RosenbrockStep, method=method)


class RosenbrockStep(Step):
    """See `simulation.method.rosenbrock` for the formulas; `u` holds the stages one after the other."""

    def __init__(self, frame: Frame, method: Rosenbrock) -> None:
        super().__init__(frame)
        self.method = method
        self.order = method.order
        states = frame.field("states")
        self.stage = [frame.row(frame.field("u"), s, states) for s in range(method.stages)]
        self.slope = self.stage[0]

    def solve_unknowns(self) -> None:
        """Newton's method on the algebraic rules: the system of a step so short that no state moves."""
        f = self.f
        y, update = f.field("y"), self.stage[0]
        loose = f.get("loose") > 0.0
        with f.when((f.field("unknowns") > 0) & f.any(loose)):
            with f.loop(NEWTON):
                f.section("jacobian", y, f.address("t"), f.field("w"), update)
                self._add_diagonal(f.real(STILL))
                f.section("factor", y, f.address("t"), f.field("w"))
                self._keep_residuals()
                f.section("solve", y, f.address("t"), f.field("w"), update)
                self._keep_residuals()
                with f.loop(f.field("states")) as i:
                    f.store(f.select(loose, f.load(y, i) + f.load(update, i), f.load(y, i)), y, i)
            lost = loose & ~(self.mean_square(update, y) <= 1.0) & (f.get("alive") > 0.0)
            f.put("failure", f.select(lost, f.real(float(Reason.RULES)), f.get("failure")))
            f.put("done", f.select(lost, f.real(1.0), f.get("done")))
            f.put("loose", f.real(0.0))

    def _keep_residuals(self) -> None:
        """Set what belongs to states, not to unknowns, to zero."""
        f, update = self.f, self.stage[0]
        with f.loop(f.field("states")) as i:
            of_unknown = f.broadcast(f.load(f.field("mass"), i, DOUBLE)).equals(0.0)
            f.store(f.select(of_unknown, f.load(update, i), f.real(0.0)), update, i)

    def prepare(self) -> None:
        f = self.f
        f.section("jacobian", f.field("y"), f.address("t"), f.field("w"), self.stage[0])

    def advance(self, h: Value) -> None:
        f, m = self.f, self.method
        self.taken = h
        states, z, g, w = f.field("states"), f.field("z"), f.field("g"), f.field("w")
        before_stop = self.before_stop()
        inverse = 1.0 / h
        self._add_diagonal(inverse * (1.0 / m.gamma))
        f.section("factor", f.field("y"), f.address("t"), w)
        for s in range(m.stages):
            if s > 0:
                self._arguments(s, inverse)
                self.guard(z)
                f.put("sample", f.min(f.fma(h, f.real(m.nodes[s]), f.get("t")), before_stop))
                f.section("rates", z, f.address("sample"), f.field("o"), self.stage[s])
                with f.loop(states) as i:
                    f.store(f.load(self.stage[s], i) + f.load(g, i), self.stage[s], i)
            if m.drift[s]:
                self._add_drift(s, h * m.drift[s])
            f.section("solve", f.field("y"), f.address("t"), w, self.stage[s])
        last = self.stage[-1]
        with f.loop(states) as i:
            f.store(f.load(z, i) + f.load(last, i), z, i)

    def _add_diagonal(self, weight: Value) -> None:
        """Make −W of what the program computes; the functions that factorise and solve know that sign."""
        f = self.f
        w, less = f.field("w"), -weight
        with f.loop(f.field("states")) as i:
            slot = f.load(f.field("diagonal"), i, INT)
            mass = f.broadcast(f.load(f.field("mass"), i, DOUBLE))
            f.store(f.fma(less, mass, f.load(w, slot)), w, slot)

    def _arguments(self, s: int, inverse: Value) -> None:
        """The state at which stage s is evaluated (z), and what earlier stages add to its right-hand side (g)."""
        f, m = self.f, self.method
        y, z, g = f.field("y"), f.field("z"), f.field("g")
        row, coupling = m.a[s], m.coupling[s]
        follows = s > 1 and row == (*m.a[s - 1], 1.0)
        with f.loop(f.field("states")) as i:
            stages = [f.load(self.stage[j], i) for j in range(s)]
            if follows:
                argument = f.load(z, i) + stages[-1]
            else:
                argument = f.load(y, i)
                for weight, stage in zip(row, stages, strict=True):
                    argument = f.fma(f.real(weight), stage, argument)
            f.store(argument, z, i)
            total = stages[0] * coupling[0]
            for weight, stage in zip(coupling[1:], stages[1:], strict=True):
                total = f.fma(f.real(weight), stage, total)
            mass = f.broadcast(f.load(f.field("mass"), i, DOUBLE))
            f.store(total * inverse * mass, g, i)

    def _add_drift(self, s: int, weight: Value) -> None:
        f = self.f
        stage, by_time = self.stage[s], f.at(f.field("w"), f.field("matrix_size"), f.vector)
        with f.loop(f.field("drift_count")) as i:
            state = f.load(f.field("drift"), i, INT)
            f.store(f.fma(weight, f.load(by_time, i), f.load(stage, state)), stage, state)

    def error(self) -> Value:
        return self.mean_square(self.stage[-1], self.f.field("y"), self.f.field("z"))

    def prepare_dense(self) -> None:
        f, m = self.f, self.method
        states = f.field("states")
        with f.loop(states) as i:
            stages = [f.load(stage, i) for stage in self.stage]
            for row, weights in enumerate(m.dense):
                total = stages[0] * weights[0]
                for weight, stage in zip(weights[1:], stages[1:], strict=True):
                    if weight:
                        total = f.fma(f.real(weight), stage, total)
                f.store(total, f.row(f.field("dense"), row, states), i)

    def interpolate(self, theta: Value) -> None:
        f, m = self.f, self.method
        states = f.field("states")
        left = 1.0 - theta
        with f.loop(states) as i:
            rows = [f.load(f.row(f.field("dense"), row, states), i) for row in range(len(m.dense))]
            inner = rows[-1]
            for row in reversed(rows[:-1]):
                inner = f.fma(theta, inner, row)
            inner = f.fma(left, inner, f.load(f.field("z"), i))
            f.store(f.fma(theta, inner, left * f.load(f.field("y"), i)), f.field("g"), i)
