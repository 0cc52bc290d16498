"""Running a study: arms × subjects × worlds, chunk by chunk, each kept as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..base.expected import expect
from .check import check
from .mechanism import Agent, Mechanism
from .prepared import prepared
from .result import Result, assemble
from .running.chunk import Setup
from .running.identity import only_writer
from .running.work import Work
from .study import Study
from .worlds import Worlds

if TYPE_CHECKING:
    from .running.cluster import Cluster

MEMBERS_IN_CHUNK = 4096

Progress = Callable[[int, int], None]


def run(
    study: Study,
    mechanism: Mechanism,
    worlds: Worlds,
    *,
    agents: Mapping[str, Agent] | None = None,
    folder: Path | None = None,
    cache: bool = True,
    chunk: int | None = None,
    rtol: float = 1e-6,
    threads: int | None = None,
    cluster: Cluster | None = None,
    progress: Progress | None = None,
) -> Result:
    """Simulate every arm for every subject of every world.

    The numbers do not depend on `chunk`, `threads`, the cluster, or on what was computed before.  Interrupted, it
    leaves every chunk that is done in `folder`, and the next call goes on from there.

    Args:
        worlds: drawn by `inference`, or any weighted set.
        agents: name → what the arms give.
        folder: where chunks are kept; nothing is kept where it is absent.
        cache: take chunks that are in the folder already.
        chunk: worlds in a chunk; by default as many as make about four thousand trajectories.
        rtol: relative tolerance of the integration.
        threads: of the integration, where it runs in this process.
        cluster: runs it on Dask workers; see `cluster.Cluster`.
        progress: told how many trajectories are done, and how many there are.
    Raises:
        StudyError: the study does not fit the mechanism, or no subject meets its criteria.
        StoreError: the folder cannot be written, or another run writes the same study; what is kept stays.
    """
    expect("worlds", worlds, Worlds, "a number of worlds, or worlds that were drawn")
    agents = agents or {}
    check(study, mechanism, worlds, agents)
    mechanism = prepared(study, mechanism, agents)
    setup = Setup(study, mechanism, agents, rtol)
    tell = Counter(len(study.arms) * len(worlds) * study.cohort.size, progress)
    work = Work(folder, cache, threads, cluster, tell)
    with only_writer(folder, setup, worlds):
        done = list(work.do(setup, parts(worlds, chunk or _size(study, worlds, cluster))))
    fresh = sum(one.outcome.endpoints[..., 0].size for one in done if one.by)
    workers = tuple(sorted({one.by for one in done if one.by}))
    return assemble(setup, worlds, [one.outcome for one in done], fresh, workers)


def worlds_in_chunk(study: Study) -> int:
    """Give how many worlds make about four thousand trajectories, over all subjects and arms."""
    return max(1, MEMBERS_IN_CHUNK // (study.cohort.size * len(study.arms)))


def _size(study: Study, worlds: Worlds, cluster: Cluster | None) -> int:
    """Give how many worlds a chunk has: fewer where a small study would leave workers without any."""
    usual = worlds_in_chunk(study)
    return usual if cluster is None else min(usual, max(1, -(-len(worlds) // cluster.room)))


def parts(worlds: Worlds, chunk: int) -> Iterator[Worlds]:
    """Cut worlds into chunks, in order."""
    for first in range(0, len(worlds), chunk):
        yield worlds.take(slice(first, first + chunk))


class Counter:
    """Adds up what is done and passes it on."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done, self.progress = total, 0, progress

    def __call__(self, more: int) -> None:
        self.done += int(np.int64(more))
        if self.progress is not None:
            self.progress(self.done, self.total)
