"""What a program costs besides its speed: time to compile, work per step, both cores, memory, and the same bits."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pleio.mechanisms.network import Network
from pleio.simulation import integrate
from pleio.simulation.lockstep import engine as engines
from pleio.simulation.lockstep import run as lockstep

from .models import Case, hill
from .peers import Draws, Pleio, network_of
from .work import peak, step_work

COMPILE = """
import json, os, sys, time
from pathlib import Path
from pleio.compiler.backends.machine import host
from pleio.compiler.lower import lower
from pleio.formats import isolation
from pleio.formats.load import load
from pleio.formats.sbml.write import write_sbml
from pleio.mechanisms.writing import write_equations
from pleio.simulation.lockstep.engine import Engine
from pleio.simulation.lockstep.choice import lanes

def child():
    if isolation._isolation.child.process is None:
        return 0.0
    fields = Path(f"/proc/{isolation._isolation.child.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

warm = load("compartment c = 1; species x in c; x = 1; J: x -> ; k*x; k = 1;")
equations = write_equations(warm)
for width in (host().lanes, 2 * host().lanes):  # the kernel
    Engine(lower(equations, dict(equations.amounts)), "rodas5p", width)
text = Path(sys.argv[1]).read_text(encoding="utf-8")
if text.lstrip().startswith("<"):
    load(write_sbml(warm))  # the reader's child process
cpu, wall, other, spent = time.process_time(), time.perf_counter(), child(), {}

def lap(name):
    global cpu
    spent[name], cpu = time.process_time() - cpu, time.process_time()

network = load(text)
lap("network")
spent["child process"] = child() - other
equations = write_equations(network)
lap("equations")
program = lower(equations, dict(equations.amounts))
lap("program")
Engine(program, "rodas5p", lanes(program))
lap("machine code")
spent["wall"] = time.perf_counter() - wall
spent["operations"] = sum(program.operations().values())
print(json.dumps(spent))
"""


def compile_times(case: Case) -> str:
    """From model text to a program that can run, in CPU seconds: a new process, no cached program, the kernel there."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "model"
        path.write_text(case.text, encoding="utf-8")
        environment = {**os.environ, "PLEIO_HOME": home}
        done = subprocess.run(
            [sys.executable, "-c", COMPILE, str(path)], env=environment, capture_output=True, text=True, check=True
        )
    spent = json.loads(done.stdout)
    wall, count = spent.pop("wall"), spent.pop("operations")
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in spent.items())
    total = sum(spent.values())
    ours = total - spent["child process"]
    return (
        f"model text to ready program {total:.2f} CPU s, {ours:.2f} of it ours and the rest libsbml and libantimony "
        f"({parts}; wall {wall:.2f} s); {count:,} operations, {1e6 * spent['machine code'] / count:.0f} µs each"
    )


def operations(case: Case, network: Network, rtol: float, speed: float, draws: Draws) -> tuple[float, str]:
    """Steps of a member, what one takes, and which share of the core's peak that is."""
    _, choice = lockstep._engine(network, tuple(network.species), (), float(case.times[-1]), rtol, rtol * 1e-3)
    engine = choice.engine
    method = next(name for name, item in engines.METHODS.items() if item is engine.method)
    step = step_work(engine.program, method)
    work: list[np.ndarray] = []
    original = type(engine).run

    def spy(self, task, *args, **options):  # type: ignore[no-untyped-def]
        outcome = original(self, task, *args, **options)
        work.append(outcome.work)
        return outcome

    type(engine).run = spy  # type: ignore[method-assign]
    try:
        Pleio(case, network, rtol, rtol * 1e-3).run(draws)
    finally:
        type(engine).run = original  # type: ignore[method-assign]
    steps = float(work[-1][:, :2].sum(axis=1).mean())
    rate = step * steps * speed
    text = (
        f"{step:,} floating-point operations a step by {engine.method.name}, {rate / 1e9:.1f} G/s, "
        f"{100 * rate / peak():.0f} % of the core's measured peak"
    )
    return steps, text


def two_cores(draw: Callable[[Network, int], Draws], pairs: int = 10) -> str:
    """One thread and two in turn, for a smaller and a larger ensemble: medians of pairs of runs, and their range."""
    case = hill()
    network = network_of(case)
    return "\n".join(_two_cores(case, network, draw(network, members), pairs) for members in (3_000, 10_000))


def _two_cores(case: Case, network: Network, draws: Draws, pairs: int) -> str:
    walls, shares, used = [], [], []
    for threads in (1, 2):
        integrate(network, case.times, parameters=draws, threads=threads)
    for pair in range(pairs):
        wall, cpu = {}, {}
        for threads in (1, 2) if pair % 2 else (2, 1):
            begin, spent = time.perf_counter(), time.process_time()
            integrate(network, case.times, parameters=draws, threads=threads)
            wall[threads], cpu[threads] = time.perf_counter() - begin, time.process_time() - spent
        walls.append(wall[1] / wall[2])
        shares.append(2 * cpu[1] / cpu[2])
        used.append(cpu[2] / wall[2])
    members = len(next(iter(draws.values())))
    return (
        f"two threads over one, {members:,} members: {statistics.median(walls):.2f}x by the clock "
        f"({min(walls):.2f} to {max(walls):.2f}, {statistics.median(used):.2f} cores used); "
        f"{statistics.median(shares):.2f}x by CPU time, which does not see what one thread does alone"
    )


def same_bits(draw: Callable[[Network, int], Draws]) -> str:
    """Whether threads, chunks and runs change a bit."""
    case = hill()
    network = network_of(case)
    draws = draw(network, 700)

    def run(threads: int, chunk: int = engines.CHUNK) -> bytes:
        original, engines.Engine.run = engines.Engine.run, _with_chunk(engines.Engine.run, chunk)  # type: ignore
        try:
            return integrate(network, case.times, parameters=draws, threads=threads).values.tobytes()
        finally:
            engines.Engine.run = original  # type: ignore[method-assign]

    first = run(1)
    others = {"a second run": run(1), "2 threads": run(2), "4 threads": run(4)}
    others |= {f"chunks of {chunk}": run(2, chunk) for chunk in (1, 7, 64)}
    different = [name for name, bits in others.items() if bits != first]
    return f"same bits for {', '.join(others)}: {'NOT ' + ', '.join(different) if different else 'yes'}"


def _with_chunk(run, chunk: int):  # type: ignore[no-untyped-def]
    return lambda self, task, threads=1, **options: run(self, task, threads, **{**options, "chunk": chunk})


MILLION = """
import numpy as np
from bench.models import oscillator
from pleio import reduce
from pleio.formats.load import load
from pleio.simulation import integrate
network = load(oscillator().text)
count = 1_000_000

def peak():
    with open("/proc/self/status") as file:
        return int(next(line for line in file if line.startswith("VmHWM")).split()[1])

draws = {"k2": np.random.default_rng(1).lognormal(np.log(2.5), 0.2, count)}
wanted = {"auc": reduce.auc("X"), "peak": reduce.peak("Y"), "bands": reduce.quantiles(reduce.value("X", [5, 10, 20]))}
integrate(network, 20.0, parameters={"k2": draws["k2"][:20_000]}, reduce=wanted)
with open("/proc/self/clear_refs", "w") as file:
    file.write("5")  # the peak so far is forgotten: compiling needed more than this
before = peak()
integrate(network, 20.0, parameters=draws, reduce=wanted)
print((peak() - before) / 1024)
"""


def million_reduced() -> str:
    """What a million reduced trajectories add to the memory of a process that has run twenty thousand."""
    done = subprocess.run([sys.executable, "-c", MILLION], capture_output=True, text=True, check=True)
    return f"a million reduced trajectories (area, peak, bands at three times) add {float(done.stdout):.0f} MB"
