"""Ctrl-C at random moments of a study: `python -m bench.interrupted [--times N] [--seed S]`.

The signal goes to the command alone or to its whole process group, with compiled code kept or not, on threads or on two
Dask workers.  Each time: the exit status is 130 and one sentence says so, every kept chunk is readable, nothing is left
running, and the next run gives the digest of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pleio.studies.running.chunks import Chunks

STUDY = """
title: An antibody alone
mechanism: [antibody_pk]
cohort: {size: 16}
arms:
  none: none
  iv: {agent: anti-IL11, amount: 300 mg, route: intravenous, every: 28 d, times: 4}
worlds: {count: 640, seed: 5}
horizon: 112 d
every: 6 h
endpoints:
  exposure: {of: antibody, take: auc}
"""


@dataclass(frozen=True)
class How:
    """One way to interrupt one way to run."""

    group: bool
    warm: bool
    workers: int

    def __str__(self) -> str:
        place = f"{self.workers} workers" if self.workers else "threads"
        return f"{place}, {'warm' if self.warm else 'cold'}, {'group' if self.group else 'parent'}"


STARTING = 0.6
"""Seconds in which Python may still be starting."""
WAYS = [How(group, warm, workers) for workers in (0, 2) for warm in (True, False) for group in (True, False)]


class Place:
    """A data directory with the study in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        folder.mkdir(exist_ok=True)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")

    def start(self, workers: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "pleio.cli", "study", "run", str(self.folder / "study.yaml"), "--json"]
        command += ["--workers", str(workers)] if workers else []
        where = {**os.environ, "PLEIO_HOME": str(self.home)}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=where, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def finish(self, workers: int) -> tuple[str, float]:
        begin = time.perf_counter()
        running = self.start(workers)
        out, said = running.communicate(timeout=300)
        if running.returncode != 0:
            raise SystemExit(f"a run that nobody disturbed ended with {running.returncode}: {said}")
        return json.loads(out)["digest"], time.perf_counter() - begin

    def forget(self, *, code: bool) -> None:
        for name in ("studies", "runs", *(["code"] if code else [])):
            shutil.rmtree(self.home / "cache" / name, ignore_errors=True)

    def faults(self) -> list[str]:
        found = []
        folder = self.home / "cache" / "studies"
        for manifest in folder.glob("*.json"):
            if Chunks(folder).get(manifest.stem) is None:
                found.append(f"chunk {manifest.stem} is not readable")
        found += [f"{path.name} is left" for path in folder.glob("*.unfinished")]
        return found


def interrupt(place: Place, how: How, moment: float) -> tuple[int, str, list[str]]:
    """Interrupt a run; give its exit status, what it said, and what is wrong."""
    running = place.start(how.workers)
    time.sleep(moment)
    (os.killpg if how.group else os.kill)(running.pid, signal.SIGINT)
    try:
        said = running.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        return -9, running.communicate()[1], ["it went on for a minute"]
    wrong = place.faults()
    left = ended_within(running.pid, 3.0)
    if left:
        wrong.append(f"still running: {left}")
        os.killpg(running.pid, signal.SIGKILL)
    return running.returncode, said, wrong


def ended_within(group: int, seconds: float) -> str:
    """Wait for the processes of a group to end; name those that do not."""
    for _ in range(int(seconds * 10)):
        found = subprocess.run(["ps", "-o", "pid=,stat=,args=", "-g", str(group)], capture_output=True, text=True)
        living = [line for line in found.stdout.splitlines() if line.split()[1][0] != "Z"]
        if not living:
            return ""
        time.sleep(0.1)
    return "; ".join(line.strip()[:120] for line in living)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="ways that hold this text")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it, and so would ours
    ways = [way for way in WAYS if options.only in str(way)]
    with TemporaryDirectory() as folder:
        place = Place(Path(folder) / "place")
        digest, _ = place.finish(0)
        lengths = {}
        for workers in sorted({way.workers for way in ways}):
            for warm in (True, False):
                place.forget(code=not warm)
                lengths[workers, warm] = place.finish(workers)[1]
        print({f"{n} workers, {'warm' if w else 'cold'}": round(t, 1) for (n, w), t in lengths.items()}, flush=True)
        bad = ended = 0
        for i in range(options.times):
            how = ways[i % len(ways)]
            place.forget(code=not how.warm)
            moment = chance.uniform(0.0, lengths[how.workers, how.warm])
            status, said, wrong = interrupt(place, how, moment)
            kept = len(list((place.home / "cache" / "studies").glob("*.json")))
            if status == 0:
                ended += 1
            elif status == -signal.SIGINT and moment < STARTING:
                pass  # Python itself was still starting; a shell says 130 of it as well
            elif status != 130:
                wrong.append(f"status {status}")
            elif "interrupted; what was finished is kept" not in said or len(said.strip().splitlines()) > 3:
                wrong.append("it does not say so plainly")
            if place.finish(0)[0] != digest:
                wrong.append("the next run gives another digest")
            print(f"{how}, at {moment:.2f} s: {status}, {kept} chunks kept {'; '.join(wrong)}", flush=True)
            if wrong:
                bad += 1
                print("    " + said.strip().replace("\n", "\n    ")[-1500:], flush=True)
    print(f"{options.times} interruptions, {ended} of them after the end: {bad} with something wrong")


if __name__ == "__main__":
    main()
