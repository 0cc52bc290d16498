"""What a program costs besides its speed: time to compile, operations per step, both cores, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pleio.mechanisms.network import Network
from pleio.simulation import integrate
from pleio.simulation.lockstep import run as lockstep

from .models import Case, hill
from .peers import Draws, network_of

COMPILE = """
import sys, time
from pathlib import Path
from pleio.formats.load import load
from pleio.compiler.backends.machine import host
from pleio.compiler.lower import lower
from pleio.mechanisms.equations import write_equations
from pleio.simulation.lockstep.engine import Engine
warm = load("compartment c = 1; species x in c; x = 1; J: x -> ; k*x; k = 1;")
equations = write_equations(warm)
for width in (host().lanes, 2 * host().lanes):  # the kernel, and the reader's child process
    Engine(lower(equations, dict(equations.amounts)), "rodas5p", width)
text = Path(sys.argv[1]).read_text(encoding="utf-8")
begin = time.process_time()
equations = write_equations(load(text))
Engine(lower(equations, dict(equations.amounts)))
print(time.process_time() - begin)
"""


def compile_seconds(case: Case) -> float:
    """CPU seconds from model text to a program that can run: a new process, no cached program, the kernel there."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "model"
        path.write_text(case.text, encoding="utf-8")
        environment = {**os.environ, "PLEIO_HOME": home}
        done = subprocess.run(
            [sys.executable, "-c", COMPILE, str(path)], env=environment, capture_output=True, text=True, check=True
        )
    return float(done.stdout)


def operations(case: Case, network: Network, rtol: float, speed: float, draws: Draws) -> tuple[float, str]:
    """Steps of a member, and what the compiler counts for one: operations, and billions of them per second."""
    _, choice = lockstep._engine(network, tuple(network.species), (), float(case.times[-1]), rtol, rtol * 1e-3)
    engine = choice.engine
    counts, states, stages = engine.program.operations(), len(engine.program.states), engine.method.stages
    implicit = engine.method.name.startswith("Rodas")
    step = counts["jacobian"] + counts["factor"] + stages * counts["solve"] if implicit else 0
    step += (stages - 1) * counts["rates"] + 2 * stages * (stages if implicit else stages / 2) * states
    work: list[np.ndarray] = []
    original = type(engine).run

    def spy(self, task, *args, **options):  # type: ignore[no-untyped-def]
        outcome = original(self, task, *args, **options)
        work.append(outcome.work)
        return outcome

    type(engine).run = spy  # type: ignore[method-assign]
    try:
        from .peers import Pleio

        Pleio(case, network, rtol, rtol * 1e-3).run(draws)
    finally:
        type(engine).run = original  # type: ignore[method-assign]
    steps = float(work[-1].sum(axis=1).mean())
    return steps, f"{step:.0f} operations a step by {engine.method.name}, {step * steps * speed / 1e9:.1f} Gop/s"


def two_cores(draw: Callable[[Network, int], Draws]) -> dict[str, float]:
    """Both cores against one, and what a large reduced ensemble adds to memory."""
    case = hill()
    network = network_of(case)
    draws = draw(network, 4000)
    seconds = []
    for threads in (1, 2):
        integrate(network, case.times, parameters=draws, threads=threads)
        begin = time.perf_counter()
        integrate(network, case.times, parameters=draws, threads=threads)
        seconds.append(time.perf_counter() - begin)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    integrate(network, case.times[-1:], parameters=draw(network, 20_000), save=["S1"], threads=2)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "two threads over one": seconds[0] / seconds[1],
        "MB added by 20,000 members, one number each": (after - before) / 1024,
    }


def print_costs(costs: dict[str, float]) -> None:
    """Print each figure on a line."""
    print()
    for name, value in costs.items():
        print(f"{name}: {value:.2f}")
