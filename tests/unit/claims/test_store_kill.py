"""Killed at random moments of imports and reviews, nothing acknowledged is lost and nothing is half-written."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kill_claims import kill_once, problems_after

KILLS = 15


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_kills_during_imports_and_reviews(tmp_path: Path) -> None:
    rng = random.Random(11)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += kill_once(tmp_path, rng)
    assert problems_after(tmp_path, acknowledged) == []
    kinds = {line.split()[0] for line in acknowledged}
    assert kinds >= {"layer", "review"}, "the children had no time to write"
