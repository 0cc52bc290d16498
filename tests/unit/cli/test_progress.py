"""Progress where no terminal is: a line at the start and the end of a stage, and now and then within it."""

from __future__ import annotations

import pytest

from pleio.cli import progress as module


def test_a_long_stage_says_how_far_it_is_on_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    with module.progress("running") as report:
        for done, now in ((1, 4.0), (2, 10.0), (3, 15.0), (6, 30.0), (8, 45.0)):
            clock[0] = now
            report(done, 8)
    assert capsys.readouterr().err.splitlines() == [
        "running …",
        "running: 25 %, about 30 s left",
        "running: 75 %, about 10 s left",
        "running: 45.0 s",
    ]
