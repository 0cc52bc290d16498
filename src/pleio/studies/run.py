"""Running a study: arms × subjects × worlds, chunk by chunk, each kept as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base.digests import digest
from .check import check
from .chunk import Outcome, Setup, compute
from .chunks import Chunks
from .forms import plain
from .mechanism import Agent, Mechanism
from .result import Result, assemble
from .study import Study
from .worlds import Worlds

MEANING = 1
"""Raised when the same inputs would give other numbers, so that chunks of an earlier version are not taken for ours."""

SUBJECTS_IN_CHUNK = 1024

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
    progress: Progress | None = None,
) -> Result:
    """Simulate every arm for every subject of every world.

    The numbers do not depend on `chunk`, `threads`, or on what was computed before.  Interrupted, it leaves every chunk
    that is done in `folder`, and the next call goes on from there.

    Args:
        worlds: drawn by `inference`, or any weighted set.
        agents: name → what the arms give.
        folder: where chunks are kept; nothing is kept where it is absent.
        cache: take chunks that are in the folder already.
        chunk: worlds in a chunk; by default as many as make about a thousand subjects.
        rtol: relative tolerance of the integration.
        threads: of the integration.
        progress: told how many trajectories are done, and how many there are.
    Raises:
        StudyError: the study does not fit the mechanism, or no subject meets its criteria.
    """
    agents = agents or {}
    check(study, mechanism, worlds, agents)
    setup = Setup(study, mechanism, agents, rtol)
    total = len(study.arms) * len(worlds) * study.cohort.size
    tell = _Counter(total, progress)
    outcomes, fresh = [], 0
    for part in _parts(worlds, chunk or max(1, SUBJECTS_IN_CHUNK // study.cohort.size)):
        key = chunk_key(setup, part)
        outcome = _load(folder, key) if folder is not None and cache else None
        if outcome is None:
            outcome = compute(setup, part, threads, tell)
            fresh += outcome.endpoints[..., 0].size
            if folder is not None:
                keep(folder, key, outcome)
        else:
            tell(outcome.endpoints[..., 0].size)
        outcomes.append(outcome)
    return assemble(setup, worlds, outcomes, fresh)


def chunk_key(setup: Setup, worlds: Worlds) -> str:
    """Name a chunk by all that its numbers depend on."""
    study = setup.study.model_copy(update={"title": "", "question": "", "decision": None})
    return digest(
        {
            "meaning": MEANING,
            "study": plain(study),
            "network": setup.mechanism.network.digest,
            "switches": {name: [s.contest, s.sign, s.gain] for name, s in setup.mechanism.switches.items()},
            "settings": {name: {k: dict(v) for k, v in s.items()} for name, s in setup.mechanism.settings.items()},
            "agents": {name: _agent(agent) for name, agent in setup.agents.items() if _is_given(name, setup.study)},
            "worlds": worlds.digest,
            "rtol": setup.rtol,
        }
    )


def keep(folder: Path, key: str, outcome: Outcome) -> None:
    """Keep what a chunk gave.

    Raises:
        StoreError: the folder cannot be written.
    """
    arrays: dict[str, NDArray[Any]] = {"endpoints": outcome.endpoints, "spread": outcome.spread}
    Chunks(folder).put(key, arrays, {"failed": [list(entry) for entry in outcome.failed]})


def _load(folder: Path, key: str) -> Outcome | None:
    found = Chunks(folder).get(key)
    if found is None:
        return None
    arrays, notes = found
    failed = tuple((str(arm), int(world), int(subject), str(why)) for arm, world, subject, why in notes["failed"])
    return Outcome(arrays["endpoints"], arrays["spread"], failed)


def _parts(worlds: Worlds, chunk: int) -> Iterator[Worlds]:
    for first in range(0, len(worlds), chunk):
        yield worlds.take(slice(first, first + chunk))


def _is_given(agent: str, study: Study) -> bool:
    return any(dosing.agent == agent for arm in study.arms.values() for dosing in arm)


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "molar_mass": agent.molar_mass,
        "routes": dict(agent.routes),
        "bioavailability": dict(agent.bioavailability),
        "lag": dict(agent.lag),
        "parameters": dict(agent.parameters),
        **({"uncertain": {name: plain(law) for name, law in agent.uncertain.items()}} if agent.uncertain else {}),
    }


class _Counter:
    """Adds up what is done and passes it on."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.done, self.progress = total, 0, progress

    def __call__(self, more: int) -> None:
        self.done += int(np.int64(more))
        if self.progress is not None:
            self.progress(self.done, self.total)
