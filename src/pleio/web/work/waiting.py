"""Those who wait for a child: in the order in which they came, each asker with one place only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from ...base.errors import PleioError

MOST_ASKERS = 256


class Busy(PleioError):
    """So many requests wait that this one is not taken on."""


class Overtaken(PleioError):
    """The same asker has asked something else since, and only that is answered."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One request: a line for a child, how long it may take, and who waits for the answer."""

    line: str
    seconds: float
    answer: Future[dict[str, Any] | None] = field(default_factory=Future)


class Waiting:
    """The queue.  A later request of the same asker takes the place of the one that still waits.

    So whoever drags a slider holds one place, and nobody waits longer than one turn of all who ask.
    """

    def __init__(self, most: int) -> None:
        self.most = most  # requests without an asker, waiting or under way; each keeps a thread of the server
        self._entries: OrderedDict[object, Entry] = OrderedDict()
        self._unnamed = 0
        self._changed = threading.Condition(threading.RLock())
        self._closed = False

    def join(self, entry: Entry, asker: str = "") -> None:
        """Put a request into the queue.

        Raises:
            Busy: too many wait.
        """
        with self._changed:
            earlier = self._entries.get(asker) if asker else None
            full = len(self._entries) >= MOST_ASKERS if asker else self._unnamed >= self.most
            if earlier is None and full:
                raise Busy("too many requests wait for the same work")
            self._entries[asker or entry] = entry
            if not asker:
                self._unnamed += 1
                entry.answer.add_done_callback(self._one_less)
            self._changed.notify()
        if earlier is not None:
            _refuse(earlier, Overtaken("another move came after it"))

    def next(self) -> Entry | None:
        """Wait for a request and take it; None once the queue is closed."""
        with self._changed:
            while not self._entries and not self._closed:
                self._changed.wait()
            return self._entries.popitem(last=False)[1] if self._entries else None

    def close(self) -> None:
        """Send everyone away, and the next who wait for requests too."""
        with self._changed:
            self._closed = True
            entries = list(self._entries.values())
            self._entries.clear()
            self._changed.notify_all()
        for entry in entries:
            _refuse(entry, Busy("the server is being closed"))

    def _one_less(self, _: object) -> None:
        with self._changed:
            self._unnamed -= 1


def _refuse(entry: Entry, why: PleioError) -> None:
    if entry.answer.set_running_or_notify_cancel():  # false where the asker has left
        entry.answer.set_exception(why)
