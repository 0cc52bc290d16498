"""The simulators that are compared: each makes a runner for a case, and says why it cannot."""

from __future__ import annotations

import importlib.util
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from pleio.formats.load import load
from pleio.mechanisms.equations import Equations
from pleio.mechanisms.expression import CONSTANTS, Expression, names, walk
from pleio.mechanisms.interpret import evaluate
from pleio.mechanisms.network import Network
from pleio.mechanisms.writing import write_equations

from .models import Case

Draws = Mapping[str, np.ndarray]
Array = np.ndarray


class Absent(Exception):
    """A peer cannot take part; the message says why."""


class Runner(ABC):
    """One simulator on one case."""

    name = ""
    most_species = 10_000  # beyond which preparing it takes minutes

    def __init__(self, case: Case, network: Network, rtol: float, atol: float) -> None:
        self.case, self.network, self.rtol, self.atol = case, network, rtol, atol
        if len(network.species) > self.most_species:
            raise Absent(f"left out above {self.most_species} species: preparing it takes minutes")
        self.prepare()

    def prepare(self) -> None:  # noqa: B027
        """Do once what does not depend on the draws."""

    @abstractmethod
    def run(self, draws: Draws) -> Array:
        """Integrate every draw; amounts of shape (members, times, species)."""


class Pleio(Runner):
    """The lockstep engine, through the public function, on one thread."""

    name = "pleio"
    threads = 1

    def run(self, draws: Draws) -> Array:
        from pleio.simulation import Dose, integrate

        doses = []
        if self.case.doses:
            species, amount, every, times = self.case.doses
            doses = [Dose(species, amount, every=every, times=times)]
        run = integrate(
            self.network, self.case.times, parameters=draws, doses=doses, rtol=self.rtol, atol=self.atol,
            threads=self.threads,
        )  # fmt: skip
        assert not any(run.status), next(filter(None, run.status))
        return run.values


class RoadRunner(Runner):
    """libRoadRunner's CVODE on LLVM-compiled SBML; doses are events."""

    name = "libRoadRunner"

    def prepare(self) -> None:
        try:
            import roadrunner
        except ImportError as reason:
            raise Absent(str(reason)) from None
        text = self.case.text
        if self.case.doses:
            species, amount, every, times = self.case.doses
            events = [f"at time >= {k * every}, t0=false: {species} = {species} + {amount};" for k in range(times)]
            text = "\n".join([text, *events])
        self.runner = roadrunner.RoadRunner(text if self.case.sbml else _sbml(text))
        integrator = self.runner.getIntegrator()
        integrator.setValue("relative_tolerance", self.rtol)
        integrator.setValue("absolute_tolerance", self.atol)
        integrator.setValue("maximum_num_steps", 1_000_000)
        self.runner.timeCourseSelections = list(self.network.species)

    def run(self, draws: Draws) -> Array:
        runner, times = self.runner, self.case.times.tolist()
        count = len(next(iter(draws.values())))
        columns = {name: values.tolist() for name, values in draws.items()}
        result = []
        for i in range(count):
            runner.reset()
            for name, values in columns.items():
                runner.setValue(name, values[i])
            result.append(np.array(runner.simulate(times=times)))
        return np.stack(result)


class Generated(Runner):
    """A right-hand side in Python source from our equations, for the peers that want a function."""

    def prepare(self) -> None:
        self.equations = write_equations(self.network)
        self.order = (*self.equations.constants, *self.equations.held)
        self.start, self.values = _numbers(self.equations)

    def pieces(self) -> list[tuple[Array, dict[str, float]]]:
        """Output times between doses, and what is added before each piece."""
        times = self.case.times
        if not self.case.doses:
            return [(times, {})]
        species, amount, every, count = self.case.doses
        edges = [*(k * every for k in range(count)), times[-1] + 1.0]
        pieces = []
        for begin, end in pairwise(edges):
            inside = times[(times >= begin) & (times < end)]
            stop = [] if end > times[-1] else [end]
            pieces.append((np.unique(np.concatenate([[begin], inside, stop])), {species: amount}))
        return pieces

    def run(self, draws: Draws) -> Array:
        count = len(next(iter(draws.values())))
        wanted = [list(self.equations.states).index(name) for name in self.network.species]
        result = np.empty((count, len(self.case.times), len(wanted)))
        pieces = self.pieces()
        for i in range(count):
            values = self.values.copy()
            for name, drawn in draws.items():
                values[self.order.index(name)] = drawn[i]
            state, rows = self.start.copy(), {}
            for times, added in pieces:
                for name, amount in added.items():
                    state[self.equations.states.index(name)] += amount
                found = self.solve(state, times, values)
                rows.update(zip(times.tolist()[:-1] if len(pieces) > 1 else times.tolist(), found, strict=False))
                state = found[-1].copy()
            rows.setdefault(float(self.case.times[-1]), state)
            result[i] = np.stack([rows[time] for time in self.case.times.tolist()])[:, wanted]
        return result

    @abstractmethod
    def solve(self, start: Array, times: Array, values: Array) -> Array:
        """Integrate one piece; states of shape (times, states)."""


class NumbaLsoda(Generated):
    """LSODA in Fortran with a right-hand side compiled by numba."""

    name = "numbalsoda"
    most_species = 100

    def prepare(self) -> None:
        super().prepare()
        try:
            import numba
            import numbalsoda
        except ImportError as reason:
            raise Absent(f"{reason} (it is built with gfortran)") from None
        function = _source_function(self.equations, self.order, "du")
        signature = numbalsoda.lsoda_sig
        states, values = len(self.equations.states), len(self.order)
        plain = numba.njit(function)

        def rates(t, u_, du_, p_):  # type: ignore[no-untyped-def]
            plain(t, numba.carray(u_, (states,)), numba.carray(du_, (states,)), numba.carray(p_, (values,)))

        self.compiled = numba.cfunc(signature)(rates)
        self.address = self.compiled.address
        self.lsoda = numbalsoda.lsoda

    def solve(self, start: Array, times: Array, values: Array) -> Array:
        found, success = self.lsoda(self.address, start, times, values, rtol=self.rtol, atol=self.atol, mxstep=100000)
        assert success
        return found


class SciPy(Generated):
    """SciPy's LSODA with the same right-hand side in plain Python."""

    name = "SciPy LSODA"
    most_species = 100
    method = "LSODA"

    def prepare(self) -> None:
        super().prepare()
        self.function = _source_function(self.equations, self.order, "du")

    def solve(self, start: Array, times: Array, values: Array) -> Array:
        from scipy.integrate import solve_ivp

        du, p = [0.0] * len(start), values.tolist()

        def rates(t: float, y: Array) -> list[float]:
            self.function(t, y.tolist(), du, p)
            return du.copy()

        found = solve_ivp(
            rates, (times[0], times[-1]), start, method=self.method, t_eval=times, rtol=self.rtol, atol=self.atol
        )
        assert found.success, found.message
        return found.y.T


class Copasi(Runner):
    """COPASI's LSODA, driven through its own Python interface; doses are events."""

    name = "COPASI"
    most_species = 200

    def prepare(self) -> None:
        try:
            import COPASI
        except ImportError as reason:
            raise Absent(f"{reason} (python-copasi)") from None
        text = self.case.text
        if self.case.doses:
            species, amount, every, times = self.case.doses
            events = [f"at time >= {k * every}, t0=false: {species} = {species} + {amount};" for k in range(times)]
            text = "\n".join([text, *events])
        self.data = COPASI.CRootContainer.addDatamodel()
        if not self.data.importSBMLFromString(text if self.case.sbml else _sbml(text)):
            raise Absent("it does not read the model")
        self.model, self.vector = self.data.getModel(), COPASI.ObjectStdVector
        values = (self.model.getModelValue(i) for i in range(self.model.getNumModelValues()))
        self.parameters = {value.getSBMLId(): value for value in values}
        self.task = self.data.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        problem, method = self.task.getProblem(), self.task.getMethod()
        problem.setDuration(float(self.case.times[-1]))
        problem.setStepNumber(len(self.case.times) - 1)
        problem.setTimeSeriesRequested(True)
        method.getParameter("Relative Tolerance").setDblValue(self.rtol)
        method.getParameter("Absolute Tolerance").setDblValue(self.atol)
        method.getParameter("Max Internal Steps").setUIntValue(1_000_000)

    def run(self, draws: Draws) -> Array:
        times, species = len(self.case.times), list(self.network.species)
        result = np.empty((len(next(iter(draws.values()))), times, len(species)))
        number = self.model.getQuantity2NumberFactor()
        for i in range(len(result)):
            changed = self.vector()
            for name, values in draws.items():
                self.parameters[name].setInitialValue(float(values[i]))
                changed.append(self.parameters[name].getInitialValueReference())
            self.model.updateInitialValues(changed)
            assert self.task.process(True)
            series = self.task.getTimeSeries()
            columns = {series.getSBMLId(k, self.data): k for k in range(series.getNumVariables())}
            for j, name in enumerate(species):
                column = columns[name]
                result[i, :, j] = [series.getData(row, column) / number for row in range(times)]
        return result


PEERS: tuple[type[Runner], ...] = (RoadRunner, NumbaLsoda, SciPy, Copasi)


def network_of(case: Case) -> Network:
    """Read a case as pleio does."""
    return load(case.text)


def _sbml(antimony_text: str) -> str:
    import antimony

    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(antimony_text) < 0:
        raise ValueError(antimony.getLastError())
    return str(antimony.getSBMLString(antimony.getMainModuleName()))


def _numbers(equations: Equations) -> tuple[Array, Array]:
    start: dict[str, float] = {}
    for key, formula in equations.initial.items():
        start[key] = float(evaluate(formula, {word: start[word] for word in names(formula)}, time=0.0))
    constants = (*equations.constants, *equations.held)
    return np.array([start[k] for k in equations.states]), np.array([start[k] for k in constants])


WORDS = {"ln": "math.log", "exp": "math.exp", "sqrt": "math.sqrt", "abs": "abs", "sin": "math.sin", "cos": "math.cos"}
COMPARISONS = {"lt": " < ", "leq": " <= ", "gt": " > ", "geq": " >= ", "and": " and ", "or": " or "}
SIGNS = {"plus": " + ", "times": " * ", "divide": " / ", "power": " ** "}


def _source_function(equations: Equations, constants: tuple[str, ...], out: str):  # type: ignore[no-untyped-def]
    """Write the rates as a Python function in a file of its own, and import it."""
    known = {name: f"p[{i}]" for i, name in enumerate(constants)}
    known |= {name: f"u[{i}]" for i, name in enumerate(equations.states)}
    lines = ["import math", "", f"def rates(t, u, {out}, p):"]
    local = {name: f"a{i}_{re.sub(r'[^A-Za-z0-9_]', '_', name)}" for i, name in enumerate(equations.assigned)}
    for name, formula in equations.assigned.items():
        lines.append(f"    {local[name]} = {_python(formula, known)}")
        known[name] = local[name]
    for i, formula in enumerate(equations.rates.values()):
        lines.append(f"    {out}[{i}] = {_python(formula, known)}")
    handle, path = tempfile.mkstemp(suffix=".py")
    os.close(handle)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("bench_rates", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.rates


def _python(formula: Expression, known: Mapping[str, str]) -> str:
    text: dict[Expression, str] = {}
    for node in walk(formula):
        args = [text[arg] for arg in node.args]
        if node.op == "number":
            text[node] = repr(node.value)
        elif node.op == "name":
            text[node] = known[str(node.value)]
        elif node.op == "time":
            text[node] = "t"
        elif node.op == "constant":
            text[node] = repr(CONSTANTS[str(node.value)])
        elif node.op in SIGNS:
            text[node] = f"({SIGNS[node.op].join(args)})"
        elif node.op in COMPARISONS:
            text[node] = f"({COMPARISONS[node.op].join(args)})"
        elif node.op == "piecewise":
            chain = args[-1] if len(args) % 2 else "math.nan"
            for value, condition in reversed(list(zip(args[::2], args[1::2], strict=False))):
                chain = f"({value} if {condition} else {chain})"
            text[node] = chain
        elif node.op == "negative":
            text[node] = f"(-{args[0]})"
        else:
            text[node] = f"{WORDS[node.op]}({args[0]})"
    return text[formula]
