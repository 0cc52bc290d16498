"""A study too large to keep: its chunks are summed up as they arrive, so that memory does not grow with its size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..check import check
from ..endpoints.endpoint import unit_of
from ..labels import endpoint_labels, quantity_labels
from ..mechanism import Agent, Mechanism
from ..prepared import prepared
from ..quantities import unit_of_name
from ..result import utility_of
from ..run import Counter, Progress, worlds_in_chunk
from ..study import Study
from ..value.information import population
from ..worlds import Worlds
from .chunk import QUANTILES, Outcome, Setup
from .cluster import Cluster
from .identity import only_writer
from .sketch import Sketch
from .work import Work

Array = NDArray[np.float64]

MOST_LISTED = 1000
"""Of the trajectories that failed, so many are listed; all are counted."""


DRAWN_TOGETHER = 32
"""Parts of a study whose worlds are drawn at once."""


class Drawn(Protocol):
    """Worlds that are drawn when they are asked for; `Worlds` are such, and so is `inference.worlds.Drawing`."""

    def __len__(self) -> int: ...

    def take(self, worlds: Any, /) -> Worlds: ...


@dataclass
class _Cell:
    """One endpoint in one arm."""

    weight: float = 0.0
    total: float = 0.0
    failed: int = 0
    means: Sketch = field(default_factory=Sketch)
    subjects: Sketch = field(default_factory=Sketch)

    def add(self, values: Array, weights: Array) -> None:
        held = np.isfinite(values)
        counts = held.sum(axis=1)
        usable = counts > 0
        means = np.where(held, values, 0.0).sum(axis=1)[usable] / counts[usable]
        self.weight += float(weights[usable].sum())
        self.total += float((weights[usable] * means).sum())
        self.failed += int((~held).sum())
        self.means.add(means, weights[usable])
        self.subjects.add(values.ravel(), np.repeat(weights, values.shape[1]))

    def to_json(self) -> dict[str, Any]:
        among, over = self.means.quantiles(QUANTILES), self.subjects.quantiles(QUANTILES)
        known = self.weight > 0
        return {
            "mean": self.total / self.weight if known else None,
            "median": among[2] if known else None,
            "worlds_50": [among[1], among[3]] if known else None,
            "worlds_90": [among[0], among[4]] if known else None,
            "all_50": [over[1], over[3]] if known else None,
            "all_90": [over[0], over[4]] if known else None,
            "failed": self.failed,
        }


class Reduced:
    """What a large study gave: summaries of its endpoints and of its decision, and no single subject.

    Quantiles are exact to half a per cent of their value.

    Attributes:
        failed: the first trajectories that failed; `failures` counts them all.
        benefit: the summed net benefit of each arm, and how often each was best; None without a decision.
    """

    def __init__(self, setup: Setup) -> None:
        study, network = setup.study, setup.mechanism.network
        self.study = study
        hours = network.time_unit or "h"
        self.units = tuple(unit_of(e, unit_of_name(network, e.of), hours) for e in study.endpoints.values())
        self.labels = endpoint_labels(study, quantity_labels(network, study))
        self.cells = [[_Cell() for _ in study.endpoints] for _ in study.arms]
        self.worlds, self.trajectories, self.fresh, self.failures = 0, 0, 0, 0
        self.weight, self.squares = 0.0, 0.0
        self.failed: list[tuple[str, int, int, str]] = []
        self.workers: set[str] = set()
        self.benefit, self.best, self.known, self.top = np.zeros(len(study.arms)), np.zeros(len(study.arms)), 0.0, 0.0
        self._bytes = hashlib.sha256()

    def add(self, worlds: Worlds, outcome: Outcome, by: str) -> None:
        """Count a chunk in."""
        values, weights = outcome.endpoints, worlds.weights
        for i, row in enumerate(self.cells):
            for j, cell in enumerate(row):
                cell.add(values[i, :, :, j], weights)
        self.worlds += len(worlds)
        self.trajectories += values[..., 0].size
        self.fresh += values[..., 0].size if by else 0
        self.workers |= {by} - {""}
        self.weight += float(weights.sum())
        self.squares += float(np.square(weights).sum())
        self.failures += len(outcome.failed)
        self.failed += outcome.failed[: max(0, MOST_LISTED - len(self.failed))]
        self._bytes.update(np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes())
        if self.study.decision is not None:
            self._decide(values, weights)

    def _decide(self, values: Array, weights: Array) -> None:
        mean = population(utility_of(self.study, values))
        usable = np.isfinite(mean).all(axis=0)
        mean, weight = mean[:, usable], weights[usable]
        self.benefit += (mean * weight).sum(axis=1)
        self.best += np.bincount(mean.argmax(axis=0), weights=weight, minlength=len(self.best))
        self.top += float((mean.max(axis=0) * weight).sum()) if len(weight) else 0.0
        self.known += float(weight.sum())

    @property
    def digest(self) -> str:
        """The SHA-256 of the endpoints of all chunks, in their order."""
        return self._bytes.copy().hexdigest()

    def summary(self) -> list[dict[str, Any]]:
        """One row for each arm and endpoint, as `Result.summary` gives it."""
        return [
            {"arm": arm, "endpoint": name, "label": label, "unit": unit, **self.cells[i][j].to_json()}
            for i, arm in enumerate(self.study.arms)
            for j, ((name, label), unit) in enumerate(zip(self.labels.items(), self.units, strict=True))
        ]

    note = ""

    def unweighted(self) -> list[dict[str, Any]]:
        """Nothing: what was summed up with weights cannot be summed up without them."""
        return []

    def to_json(self) -> dict[str, Any]:
        """What `study run --json` prints."""
        failed = [dict(zip(("arm", "world", "subject", "reason"), entry, strict=True)) for entry in self.failed]
        return {
            "study": self.study.title,
            "digest": self.digest,
            "worlds": self.worlds,
            "effective_worlds": round(self.weight**2 / self.squares, 1) if self.squares else 0.0,
            "subjects": self.study.cohort.size,
            "trajectories": self.trajectories,
            "computed": self.fresh,
            "reduced": True,
            "endpoints": self.summary(),
            "failed": failed,
            "failures": self.failures,
            "workers": sorted(self.workers),
            **({"decision": self._decision()} if self.known else {}),
        }

    def _decision(self) -> dict[str, Any]:
        arms, means = list(self.study.arms), self.benefit / self.known
        return {
            "best": arms[int(means.argmax())],
            "means": dict(zip(arms, means.tolist(), strict=True)),
            "chances": dict(zip(arms, (self.best / self.known).tolist(), strict=True)),
            "evpi": self.top / self.known - float(means.max()),
        }


def in_parts(worlds: Drawn, step: int) -> Iterator[Worlds]:
    """Draw worlds part by part, in order; several parts at once, since a draw costs little more for many worlds."""
    block = DRAWN_TOGETHER * step
    for first in range(0, len(worlds), block):
        drawn = worlds.take(slice(first, first + block))
        yield from (drawn.take(slice(start, start + step)) for start in range(0, len(drawn), step))


def run_reduced(
    study: Study,
    mechanism: Mechanism,
    worlds: Drawn,
    *,
    agents: Mapping[str, Agent] | None = None,
    folder: Path | None = None,
    cache: bool = True,
    rtol: float = 1e-6,
    threads: int | None = None,
    cluster: Cluster | None = None,
    progress: Progress | None = None,
) -> Reduced:
    """Simulate a study as `run.run` does, and keep sums only.

    Args:
        worlds: drawn chunk by chunk.
        folder: where chunks are kept; by default they are not.
    Raises:
        StudyError: the study does not fit the mechanism.
    """
    agents = agents or {}
    first = worlds.take(slice(0, 1))
    check(study, mechanism, first, agents)
    mechanism = prepared(study, mechanism, agents)
    setup = Setup(study, mechanism, agents, rtol)
    tell = Counter(len(study.arms) * len(worlds) * study.cohort.size, progress)
    work, found, step = Work(folder, cache, threads, cluster, tell), Reduced(setup), worlds_in_chunk(study)
    parts = in_parts(worlds, step)
    with only_writer(folder, setup, first):
        for done in work.do(setup, parts):
            found.add(done.worlds, done.outcome, done.by)
    return found
