"""Failed sign-ins are counted, by name and by where they come from, so that passwords cannot be guessed in bulk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

WINDOW = 300.0  # seconds
BY_NAME, BY_PLACE = 5, 30  # failures within the window
MOST_KEPT = 10_000


class Attempts:
    """Counts failures within a sliding window."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[tuple[str, str], deque[float]] = {}

    def wait(self, name: str, place: str) -> float:
        """Give how many seconds until another attempt may be made; 0 where it may be made now."""
        with self._lock:
            return max(self._wait((name.casefold(), place), BY_NAME), self._wait(("", place), BY_PLACE))

    def failed(self, name: str, place: str) -> None:
        """Count a failure."""
        with self._lock:
            for key in ((name.casefold()[:100], place), ("", place)):
                if len(self._failures) >= MOST_KEPT and key not in self._failures:
                    self._failures.pop(next(iter(self._failures)))
                self._failures.setdefault(key, deque(maxlen=BY_PLACE)).append(self._clock())

    def succeeded(self, name: str, place: str) -> None:
        """Take back the failure that was counted before the attempt, and what is held against the name."""
        with self._lock:
            self._failures.pop((name.casefold()[:100], place), None)
            times = self._failures.get(("", place))
            if times:
                times.pop()

    def _wait(self, key: tuple[str, str], most: int) -> float:
        times = self._failures.get((key[0][:100], key[1]))
        if times is None:
            return 0.0
        while times and times[0] < self._clock() - WINDOW:
            times.popleft()
        return times[-most] + WINDOW - self._clock() if len(times) >= most else 0.0
