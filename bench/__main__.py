"""Print the table: `python -m bench [--seconds S] [--only TEXT] [--repeats N]`.

Speed is members per second of CPU time on one core, the median of interleaved repeats; the error is the largest
difference from a reference at rtol 1e-12 by LSODA (checked against our own at 1e-11), relative to each species' largest
value, over the first members. Peers run at rtol 1e-6, atol 1e-9; pleio at the loosest tolerance at which its error is
not larger than that of the most exact peer.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time

import numpy as np

from pleio.compiler.backends import machine
from pleio.mechanisms.expression import names
from pleio.mechanisms.network import Network

from .costs import compile_times, million_reduced, operations, same_bits, two_cores
from .models import Case, cases
from .peers import PEERS, Absent, Draws, NumbaLsoda, Pleio, RoadRunner, Runner, SciPy, network_of
from .work import peak

RTOL, ATOL, SIGMA, SEED, CHECKED = 1e-6, 1e-9, 0.3, 1, 8
LADDER = tuple(10.0 ** (-3 - rung / 8) for rung in range(49))  # eight tolerances a decade, down to 1e-9
NOT_HERE = {
    "AMICI": "it comes as sources, builds with swig for minutes, and then for minutes again for every model",
    "Julia/SciML": "not in the package indexes",
}


def draw(network: Network, count: int) -> Draws:
    """Vary every parameter by a lognormal factor; the first members do not depend on the count."""
    starts = names(*network.initial.values())  # all tools start from the same amounts
    keys = [key for key, item in network.parameters.items() if item.value and item.constant and key not in starts]
    factors = np.random.default_rng(SEED).lognormal(0.0, SIGMA, (count, len(keys)))
    return {name: network.parameters[name].value * factors[:, i] for i, name in enumerate(keys)}


def first(draws: Draws, count: int) -> Draws:
    return {name: values[:count] for name, values in draws.items()}


def delivered_error(found: np.ndarray, reference: np.ndarray) -> float:
    """The largest error relative to each species' largest value in the reference."""
    size = np.max(np.abs(reference), axis=1, keepdims=True)
    return float(np.max(np.abs(found[: len(reference)] - reference) / np.where(size > 0, size, 1.0)))


def speed(runner: Runner, draws: Draws, seconds: float) -> tuple[float, int]:
    """Members per second of CPU time, with as many members as fit the time."""
    count, most = 8, len(next(iter(draws.values())))
    while True:
        begin = time.process_time()
        runner.run(first(draws, count))
        spent = time.process_time() - begin
        if spent > seconds / 2 or count >= most:
            return count / spent, count
        count = min(most, max(2 * count, int(count * seconds / max(spent, 1e-4) * 0.8)))


def measure(case: Case, seconds: float, repeats: int) -> None:
    network = network_of(case)
    begin = time.perf_counter()
    print(f"\n{case.name}: {len(network.species)} species, {len(network.reactions)} reactions", flush=True)
    draws = draw(network, 20_000)
    reference, doubt = reference_of(case, network, first(draws, CHECKED))
    runners: list[Runner] = []
    for kind in PEERS:
        try:
            runners.append(kind(case, network, RTOL, ATOL))
        except Absent as reason:
            print(f"  {kind.name:14} absent: {reason}")
    errors = {peer.name: delivered_error(peer.run(first(draws, CHECKED)), reference) for peer in runners}
    ours, errors["pleio"] = as_exact_as(min(errors.values()), case, network, first(draws, CHECKED), reference)
    runners.insert(0, ours)
    speeds: dict[str, list[float]] = {runner.name: [] for runner in runners}
    counts = {}
    for _ in range(repeats):
        for runner in runners:
            found, counts[runner.name] = speed(runner, draws, seconds)
            speeds[runner.name].append(found)
    middle = {name: statistics.median(values) for name, values in speeds.items()}
    for runner in runners:
        name = runner.name
        spread = max(speeds[name]) / min(speeds[name])
        print(
            f"  {name:14} {middle[name]:12,.1f} /s   rtol {runner.rtol:.1e}   error {errors[name]:8.1e}"
            f"   pleio is {middle['pleio'] / middle[name]:6.1f}x   ({counts[name]} members, spread {spread:.2f})"
        )
    steps, share = operations(case, network, ours.rtol, middle["pleio"], first(draws, 64))
    print(f"  {steps:.0f} steps, {share}")
    print(f"  {compile_times(case)}")
    print(f"  (reference doubt {doubt:.0e}; {time.perf_counter() - begin:.0f} s)", flush=True)


def reference_of(case: Case, network: Network, draws: Draws) -> tuple[np.ndarray, float]:
    """Trajectories at 1e-12 by a peer, and how far our own at 1e-11 are from them."""
    for kind in (NumbaLsoda, SciPy, RoadRunner):
        try:
            oracle = kind(case, network, 1e-12, 1e-14)
            break
        except Absent:
            continue
    reference = oracle.run(draws)
    return reference, delivered_error(Pleio(case, network, 1e-11, 1e-14).run(draws), reference)


def as_exact_as(
    target: float, case: Case, network: Network, draws: Draws, reference: np.ndarray
) -> tuple[Runner, float]:
    """Our runner at the loosest tolerance whose delivered error is not above the best peer's."""
    for rtol in LADDER:
        runner = Pleio(case, network, rtol, rtol * ATOL / RTOL)
        error = delivered_error(runner.run(draws), reference)
        if error <= target:
            break
    return runner, error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    host = machine.host()
    print(
        f"{platform.platform()}, {host.cpu}, {host.lanes} lanes, Python {sys.version.split()[0]}, one core; "
        f"peak {peak() / 1e9:.1f} Gflop/s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"absent: {'; '.join(f'{name} ({reason})' for name, reason in NOT_HERE.items())}")
    for case in cases():
        if options.only in case.name:
            measure(case, options.seconds, options.repeats)
    if not options.only:
        print(f"\n{two_cores(draw)}\n{same_bits(draw)}\n{million_reduced()}")


if __name__ == "__main__":
    main()
