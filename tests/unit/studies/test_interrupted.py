"""Ctrl-C, kill -9, a full disk, a second run: what was done stays readable, and the next run goes on from there."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import linear_pk
import pytest

from pleio.base.errors import StoreError
from pleio.cli.main import _Listening as Listening
from pleio.studies.run import run
from pleio.studies.running.chunk import Setup
from pleio.studies.running.chunks import Chunks
from pleio.studies.running.identity import only_writer

STUDY = """
title: An antibody alone
mechanism: [antibody_pk]
cohort: {size: 32}
arms:
  none: none
  iv: {agent: anti-IL11, amount: 300 mg, route: intravenous, every: 28 d, times: 4}
worlds: {count: 320, seed: 5}
horizon: 112 d
every: 6 h
endpoints:
  exposure: {of: antibody, take: auc}
"""


class Deaf:
    """Is interrupted while it is thrown away, where Python drops what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_while_python_tidies_up_is_heard_all_the_same(capfd: pytest.CaptureFixture[str]) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs in the background ignore it
    try:
        with Listening() as heard:
            with pytest.raises(KeyboardInterrupt):
                Deaf()
                time.sleep(20)
            assert heard
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr().err == ""


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    path = folder / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    command = [sys.executable, "-m", "pleio.cli", "study", "run", str(path), "--json", *more]
    environment = {**os.environ, "PLEIO_HOME": str(folder / "home")}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # else a background job is deaf
    )  # fmt: skip


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "home" / "cache" / "studies").glob("*.json"))


def after_first_chunk(running: subprocess.Popen[str], folder: Path) -> None:
    while running.poll() is None and not kept(folder):
        time.sleep(0.002)
    assert running.poll() is None, running.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_what_was_done_stays_and_the_next_run_goes_on(tmp_path: Path, how: signal.Signals) -> None:
    running = start(tmp_path)
    after_first_chunk(running, tmp_path)
    running.send_signal(signal.SIGSTOP)  # so that it is still at it when a second one comes
    if how is signal.SIGINT:
        second = start(tmp_path)
        refused = second.communicate(timeout=120)[1]
        assert second.returncode == 2 and f"process {running.pid} is running this study" in refused
    running.send_signal(how)
    running.send_signal(signal.SIGCONT)
    said = running.communicate(timeout=120)[1]
    if how is signal.SIGINT:
        assert running.returncode == 130 and "what was finished is kept" in said
    else:
        assert running.returncode == -signal.SIGKILL
    done = kept(tmp_path)
    assert 0 < len(done) < 5
    for manifest in done:
        assert Chunks(manifest.parent).get(manifest.stem) is not None
    resumed = start(tmp_path)
    found = json.loads(resumed.communicate(timeout=240)[0])
    assert resumed.returncode == 0
    assert found["computed"] == found["trajectories"] - len(done) * 64 * 32 * 2
    if how is signal.SIGKILL:
        again = json.loads(start(tmp_path, "--no-cache").communicate(timeout=240)[0])
        assert again["digest"] == found["digest"] and again["computed"] == again["trajectories"]
        assert again["workers"] == ["local"]


def go(folder: Path) -> Any:
    study = linear_pk.study(linear_pk.STUDY)
    return run(study, linear_pk.MECHANISM, linear_pk.some_worlds(), agents=linear_pk.AGENTS, folder=folder, chunk=4)


def test_a_full_disk_is_said_and_what_is_kept_stays_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.simulation.ensemble.integrate", linear_pk.integrate)
    real, written = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal written
        written += 1
        if written > 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left on device.*free some space"):
        go(tmp_path)
    found = sorted(tmp_path.glob("*.json"))
    assert len(found) == 2 and not list(tmp_path.glob("*.unfinished")) and not list(tmp_path.glob("*.running"))
    assert all(Chunks(tmp_path).get(path.stem) is not None for path in found)
    monkeypatch.setattr(os, "fsync", real)
    assert go(tmp_path).fresh == 192 - 2 * 32


def test_two_runs_of_one_study_do_not_write_at_once_and_two_studies_may(tmp_path: Path) -> None:
    worlds = linear_pk.some_worlds()
    setup = Setup(linear_pk.study(linear_pk.STUDY), linear_pk.MECHANISM, linear_pk.AGENTS)
    other = Setup(linear_pk.study(linear_pk.STUDY.replace("10 µg", "11 µg")), linear_pk.MECHANISM, linear_pk.AGENTS)
    with only_writer(tmp_path, setup, worlds), only_writer(tmp_path, other, worlds):
        message = rf"process {os.getpid()} is running this study.*wait for it"
        with pytest.raises(StoreError, match=message), only_writer(tmp_path, setup, worlds):
            pass
    with only_writer(tmp_path, setup, worlds):
        pass
    assert not list(tmp_path.iterdir())
