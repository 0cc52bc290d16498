"""A child process that no longer reads is given up as one that died."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.base.child import Child

DEAF = """
import os, time
os.close(0)
print("ready", flush=True)
time.sleep(60)
"""


def test_a_question_that_nobody_reads_ends_the_child_without_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deaf.py").write_text(DEAF)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child = Child("deaf", requests=10, starting=30.0)
    assert child.exchange("{}", seconds=30.0) is None
    assert child.process is None
