"""Many trajectories on Dask workers: `python -m bench.cluster [--trajectories N] [--workers 1,2] [--study NAME]`.

The default study is of signalling in a dish, receptor to SOCS3, in four arms over a day; `--study platelets` is of the
blood over 28 days, and any other study may be named as the library or a file has it.

Prints, for each number of workers, the rate, the memory of the client at each quarter of the run (flat: it keeps sums
only), the CPU seconds of a million trajectories, and the ratio of the rates.  The digests must agree.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pleio
from pleio.library.question import StudyInLibrary
from pleio.studies.running.cluster import Cluster

STUDIES = {
    "signalling": """
title: A mid-size module, signalling in a dish
mechanism: [culture, receptor, jak_stat]
cohort: {size: 16, variability: {STAT3_total: 20 %}}
arms:
  medium: none
  1 ng/mL: {agent: IL11-in-medium, amount: 1 ng, route: medium}
  10 ng/mL: {agent: IL11-in-medium, amount: 10 ng, route: medium}
  100 ng/mL: {agent: IL11-in-medium, amount: 100 ng, route: medium}
worlds: {count: 64, seed: 1}
horizon: 24 h
every: 1 h
endpoints:
  peak: {of: pSTAT3_fraction, take: maximum}
""",
    "platelets": """
title: A mid-size module, dosed daily
mechanism: [oprelvekin_pk, receptor, jak_stat, platelets]
cohort: {size: 16, weight: lognormal(70 kg, 15 %), renal_function: truncated(normal(100 mL/min, 20 %), 30 mL/min, )}
arms:
  daily: {agent: oprelvekin, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 14}
worlds: {count: 64, seed: 1}
horizon: 28 d
every: 1 d
endpoints:
  rise: {of: platelets, take: maximum, relative_to: baseline}
""",
}


def study(name: str) -> StudyInLibrary:
    """Give a study of this bench, of the library, or of a file."""
    if name not in STUDIES:
        return pleio.open("il11").study(name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "study.yaml"
        path.write_text(STUDIES[name], encoding="utf-8")
        return pleio.open("il11").study(str(path))


def resident() -> float:
    """MB of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu(cluster: Cluster) -> float:
    """CPU seconds of all workers."""
    assert cluster._client is not None
    return sum(cluster._client.run(time.process_time).values())


def members(asked: StudyInLibrary) -> int:
    """Trajectories of a world."""
    return asked.study.cohort.size * len(asked.study.arms)


def measure(asked: StudyInLibrary, worlds: int, workers: int) -> tuple[float, str]:
    """Run once to compile, then measure; give trajectories per second and the digest."""
    total = worlds * members(asked)
    quarters: list[str] = []

    def report(done: int, of: int) -> None:
        if done * 4 >= (len(quarters) + 1) * of:
            quarters.append(f"{resident():.0f}")

    with Cluster(workers=workers) as cluster:
        asked.run_reduced(asked.drawing(64 * workers), cluster=cluster)
        before, begin, ours = cpu(cluster), time.perf_counter(), time.process_time()
        found = asked.run_reduced(asked.drawing(worlds), cluster=cluster, progress=report)
        spent, used = time.perf_counter() - begin, cpu(cluster) - before
        ours = time.process_time() - ours
    print(
        f"{workers} workers: {total:,} trajectories in {spent:.1f} s, {total / spent:,.0f}/s; "
        f"{used / total * 1e6:,.0f} CPU s a million, and {ours / total * 1e6:,.0f} of the client; "
        f"client at {' '.join(quarters)} MB; "
        f"{found.failures} failed; digest {found.digest[:16]}",
        flush=True,
    )
    return total / spent, found.digest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trajectories", type=int, default=10_000_000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--study", default="signalling")
    options = parser.parse_args()
    asked = study(options.study)
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    print(f"{len(asked.mechanism.network.species)} species, {len(asked.mechanism.switches)} contested effects")
    counts = [int(text) for text in options.workers.split(",")]
    worlds = max(1, options.trajectories // members(asked))
    rates = {count: measure(asked, worlds, count) for count in counts}
    first = counts[0]
    for count in counts[1:]:
        print(f"{count} workers over {first}: {rates[count][0] / rates[first][0]:.2f} times as fast")
    print("the same bits" if len({digest for _, digest in rates.values()}) == 1 else "THE BITS DIFFER")


if __name__ == "__main__":
    main()
