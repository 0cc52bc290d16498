"""A set of ranges that answers whether a new one overlaps any, in constant time however many there are."""

from __future__ import annotations

from collections import defaultdict

_BUCKET = 512


class Spans:
    """Ranges of a text, kept by the stretches of it that they touch."""

    def __init__(self) -> None:
        self._near: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def add(self, start: int, end: int) -> None:
        for bucket in range(start // _BUCKET, end // _BUCKET + 1):
            self._near[bucket].append((start, end))

    def overlaps(self, start: int, end: int) -> bool:
        return any(
            a < end and start < b
            for bucket in range(start // _BUCKET, end // _BUCKET + 1)
            for a, b in self._near.get(bucket, ())
        )
