"""Getting the chunks of a study done, here or on a cluster, and handing them on in order.

At any time only a few chunks are under way or wait for an earlier one, so that memory does not grow with the study.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from ..worlds import Worlds
from .chunk import Outcome, Setup, compute
from .chunks import Chunks
from .identity import chunk_key

if TYPE_CHECKING:
    from .cluster import Cluster

HERE = "local"


@dataclass(frozen=True)
class Done:
    """A chunk that is done.

    Attributes:
        by: the worker that computed it; "" where it was kept from an earlier run.
    """

    worlds: Worlds
    outcome: Outcome
    by: str


@dataclass(frozen=True)
class Work:
    """How chunks get done.

    Attributes:
        folder: where they are kept; nothing is kept where it is None.
        cache: take those that are in the folder already.
        threads: of the integration, where it runs here.
        cluster: runs it; None: this process does.
        tell: told how many more trajectories are done.
    """

    folder: Path | None = None
    cache: bool = True
    threads: int | None = None
    cluster: Cluster | None = None
    tell: Callable[[int], None] = lambda more: None

    def do(self, setup: Setup, parts: Iterable[Worlds]) -> Iterator[Done]:
        """Do parts of a study; give them in their order.

        Raises:
            StoreError: a chunk cannot be kept; those that were kept stay.
            StudyError: the cluster cannot do its work.
        """
        if self.cluster is not None:
            yield from self._on(self.cluster, setup, parts)
            return
        for part in parts:
            key = chunk_key(setup, part)
            kept = self._load(key)
            if kept is not None:
                self.tell(_size(kept))
                yield Done(part, kept, "")
            else:
                outcome = compute(setup, part, self.threads, self.tell)
                self._keep(key, outcome)
                yield Done(part, outcome, HERE)

    def _on(self, cluster: Cluster, setup: Setup, parts: Iterable[Worlds]) -> Iterator[Done]:
        upcoming = enumerate(parts)
        running: dict[Any, tuple[int, Worlds, str]] = {}
        ready: dict[int, Done] = {}
        given = 0
        more = True
        while more or running or ready:
            while more and len(running) < cluster.room and len(running) + len(ready) < 2 * cluster.room:
                entry = next(upcoming, None)
                if entry is None:
                    more = False
                    break
                number, part = entry
                key = chunk_key(setup, part)
                kept = self._load(key)
                if kept is not None:
                    self.tell(_size(kept))
                    ready[number] = Done(part, kept, "")
                else:
                    running[cluster.submit(setup, part, key)] = (number, part, key)
                if given in ready:
                    break
            if given not in ready and running:
                for future, (outcome, worker) in cluster.finished(running):
                    number, part, key = running.pop(future)
                    self._keep(key, outcome)
                    self.tell(_size(outcome))
                    ready[number] = Done(part, outcome, worker)
            while given in ready:
                yield ready.pop(given)
                given += 1

    def _keep(self, key: str, outcome: Outcome) -> None:
        if self.folder is not None:
            arrays: dict[str, NDArray[Any]] = {"endpoints": outcome.endpoints, "spread": outcome.spread}
            Chunks(self.folder).put(key, arrays, {"failed": [list(entry) for entry in outcome.failed]})

    def _load(self, key: str) -> Outcome | None:
        found = Chunks(self.folder).get(key) if self.folder is not None and self.cache else None
        if found is None:
            return None
        arrays, notes = found
        failed = tuple((str(arm), int(world), int(subject), str(why)) for arm, world, subject, why in notes["failed"])
        return Outcome(arrays["endpoints"], arrays["spread"], failed)


def _size(outcome: Outcome) -> int:
    return int(outcome.endpoints[..., 0].size)
