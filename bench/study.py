"""The default study, and the same job through libRoadRunner in a process pool: `python -m bench.study`.

Ours: every trajectory of the study, wall time and memory.  libRoadRunner: a sample of the same trajectories (the same
parameters, baseline phase and doses) on as many processes as there are cores, extrapolated to all of them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import resource
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

import pleio
from pleio.formats.sbml.write import write_sbml
from pleio.library.question import StudyInLibrary
from pleio.mechanisms.expression import Expression, name, rewrite, walk
from pleio.mechanisms.network import Network, Parameter
from pleio.studies.formula import evaluate
from pleio.studies.running.stacked import stacked

STUDY = "oprelvekin-platelets"
SETTLED = 20_000.0  # hours
ENDPOINT = "platelets"
RTOL, ATOL = 1e-6, 1e-9


def without_baselines(network: Network) -> tuple[Network, tuple[str, ...]]:
    """Write `baseline(x)` as a parameter `base_x`, which SBML can hold."""
    used: dict[str, None] = {}

    def change(node: Expression) -> Expression:
        if node.op != "baseline":
            return node
        used[str(node.value)] = None
        return name(f"base_{node.value}")

    reactions = {
        key: replace(reaction, rate=rewrite(reaction.rate, change)) for key, reaction in network.reactions.items()
    }
    assignments = {key: rewrite(formula, change) for key, formula in network.assignments.items()}
    more = {f"base_{key}": Parameter(0.0, "1") for key in used}
    parameters = {**network.parameters, **more}
    return network.replace(reactions=reactions, assignments=assignments, parameters=parameters), tuple(used)


def jobs(asked: StudyInLibrary, worlds: int, sample: int) -> list[dict[str, Any]]:
    """Give the parameters and doses of a sample of trajectories, spread over all arms."""
    drawn = asked.worlds(worlds)
    parameters, series = stacked(asked.study, asked.mechanism, asked.agents, drawn)
    total = len(next(iter(parameters.values())))
    chosen = np.linspace(0, total - 1, sample).astype(int)
    signs = [switch.sign for switch in asked.mechanism.switches.values()]
    found = []
    for member in chosen:
        doses = sorted(
            (float(one.start[member] + k * one.every), one.species, float(one.amount[member]))
            for one in series
            for k in range(one.times)
            if one.amount[member] > 0
        )
        values = {key: float(column[member]) for key, column in parameters.items()}
        starts = _starts(asked.mechanism.network, values)
        found.append({"values": values, "doses": doses, "signs": signs, "starts": starts, "member": int(member)})
    return found


def _starts(network: Network, values: Mapping[str, float]) -> dict[str, float]:
    known = {key: item.value for key, item in network.parameters.items() if item.value is not None} | dict(values)
    return {
        key: float(evaluate(formula, known))
        for key, formula in network.initial.items()
        if {str(node.value) for node in walk(formula) if node.op == "name"} <= set(known)
    }


_runner: Any = None


def prepare(text: str, names: tuple[str, ...]) -> None:
    """Load the model once in each process."""
    global _runner
    import roadrunner

    roadrunner.Logger.disableLogging()
    _runner = roadrunner.RoadRunner(text)
    integrator = _runner.getIntegrator()
    integrator.setValue("relative_tolerance", RTOL)
    integrator.setValue("absolute_tolerance", ATOL)
    integrator.setValue("maximum_num_steps", 1_000_000)
    _runner.timeCourseSelections = ["time", ENDPOINT]
    prepare.names = names  # type: ignore[attr-defined]


def one(job: dict[str, Any]) -> tuple[int, float]:
    """Run one trajectory; NaN where CVODE gives up."""
    try:
        return job["member"], rise(job)
    except RuntimeError:
        return job["member"], float("nan")


def rise(job: dict[str, Any]) -> float:
    """Run the baseline phase, then the doses; give the largest rise of platelets."""
    runner, end = _runner, 1008.0
    runner.resetAll()
    for key, value in job["values"].items():
        if key not in job["signs"]:
            runner.setValue(key, value)
    for key, value in job["starts"].items():
        runner.setValue(key, value)
    for key in job["signs"]:
        runner.setValue(key, 0.0)
    runner.simulate(0.0, SETTLED, 2)
    before = runner.getValue(ENDPOINT)
    for key in prepare.names:  # type: ignore[attr-defined]
        runner.setValue(f"base_{key}", runner.getValue(key))
    for key in job["signs"]:
        runner.setValue(key, job["values"][key])
    largest, now = before, 0.0
    for at, species, amount in [*job["doses"], (end, "", 0.0)]:
        if at > now:
            points = max(2, round((at - now) / 12) + 1)
            largest = max(largest, float(runner.simulate(now, at, points)[:, 1].max()))
        if species:
            runner.setValue(species, runner.getValue(species) + amount)
        now = at
    return largest / before - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=1024)
    parser.add_argument("--subjects", type=int, default=16)
    parser.add_argument("--sample", type=int, default=64)
    options = parser.parse_args()
    asked = pleio.open("il11").study(STUDY, {"cohort.size": options.subjects})
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    network = asked.mechanism.network
    print(f"{STUDY}: {len(network.species)} species, {len(network.reactions)} reactions, {asked.study.horizon}")
    drawn = asked.worlds(options.worlds)
    begin, used = time.perf_counter(), time.process_time()
    result = asked.run(drawn)
    spent, used = time.perf_counter() - begin, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = result.trajectories
    print(f"pleio: {count:,} trajectories in {spent:.1f} s ({used:.1f} CPU s), {count / spent:,.0f}/s, {memory:.0f} MB")
    try:
        import roadrunner
    except ImportError:
        print("libRoadRunner: not installed; pip install libroadrunner")
        return
    plain, names = without_baselines(network)
    work = jobs(asked, options.worlds, options.sample)
    processes = os.cpu_count() or 1
    begin = time.perf_counter()
    with multiprocessing.Pool(processes, prepare, (write_sbml(plain), names)) as pool:
        pool.map(one, work[:processes])  # each process has the model now
        ready = time.perf_counter() - begin
        begin, times = time.perf_counter(), os.times()
        found = pool.map(one, work, chunksize=max(1, len(work) // (4 * processes)))
        taken = time.perf_counter() - begin
        pool.close()
        pool.join()
    used = os.times().children_user - times.children_user
    rate = len(work) / taken
    print(
        f"libRoadRunner {roadrunner.__version__}, {processes} processes: {len(work)} trajectories in {taken:.1f} s, "
        f"{rate:,.1f}/s (model ready after {ready:.1f} s); all {count:,} would take {count / rate / 60:.0f} minutes "
        f"(extrapolated); {used:.1f} CPU s with the loading"
    )
    ours = result.values[..., 0].reshape(-1)
    off = [abs(ours[member] - theirs) / (1 + abs(theirs)) for member, theirs in found if np.isfinite(theirs)]
    print(
        f"pleio is {count / spent / rate:.0f} times as fast; in {len(off)} of {len(found)} that libRoadRunner could "
        f"do, the largest relative difference is {max(off, default=np.nan):.1e}"
    )


if __name__ == "__main__":
    main()
