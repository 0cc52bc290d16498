from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import linear_pk
import pytest

from pleio.base.errors import StudyError
from pleio.studies.run import run
from pleio.studies.running.cluster import Cluster

pytest.importorskip("distributed")

STUDY = linear_pk.study(linear_pk.STUDY)
COUNT = 160


def go(cluster: Cluster | None = None, folder: Path | None = None) -> tuple[str, tuple[str, ...], int]:
    worlds = linear_pk.some_worlds(COUNT)
    found = run(STUDY, linear_pk.MECHANISM, worlds, agents=linear_pk.AGENTS, chunk=10, cluster=cluster, folder=folder)
    return found.digest, found.workers, found.fresh


def test_the_same_bits_on_threads_on_1_2_and_4_workers_after_a_kill_and_after_a_resume(tmp_path: Path) -> None:
    expected, here, _ = go()
    assert here == ("local",)
    with Cluster(workers=1) as cluster:
        assert go(cluster) == (expected, ("worker 0",), 2 * COUNT * 4)
        for count in (2, 4):
            cluster._own.scale(count)
            cluster._client.wait_for_workers(count, timeout=60)  # type: ignore[union-attr]
            digest, workers, _ = go(cluster)
            assert digest == expected and len(workers) == count
        before = dict(cluster._client.run(os.getpid))  # type: ignore[union-attr]
        killed = killed_soon(next(iter(before.values())), tmp_path)
        assert go(cluster, tmp_path)[0] == expected
        killed.join()
        assert set(cluster._client.run(os.getpid).values()) != set(before.values())  # type: ignore[union-attr]
        for path in sorted(tmp_path.glob("*.json"))[::2]:
            path.unlink()
        digest, _, fresh = go(cluster, tmp_path)
        assert digest == expected and fresh == COUNT * 4
    assert go(folder=tmp_path) == (expected, (), 0)


def test_a_second_cluster_is_no_reason_to_complain(recwarn: pytest.WarningsRecorder) -> None:
    with socket.socket() as other:
        with suppress(OSError):  # held by somebody else already
            other.bind(("127.0.0.1", 8787))  # where Dask listens if nothing is said
            other.listen()
        with Cluster(workers=1) as cluster:
            assert cluster._own.scheduler.http_server.address == "127.0.0.1"
    assert not [str(one.message) for one in recwarn if "8787" in str(one.message)]


def killed_soon(process: int, folder: Path) -> threading.Thread:
    """Kill a process as soon as a chunk is kept."""

    def kill() -> None:
        while not any(folder.glob("*.json")):
            time.sleep(0.001)
        os.kill(process, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_an_address_that_does_not_answer_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with (
            pytest.raises(StudyError, match=r"--cluster tcp://.*does not answer within 1 s.*dask scheduler"),
            Cluster(address=address, patience=1.0),
        ):
            pass


@pytest.mark.parametrize("address", ["nowhere", "carrier-pigeon://x:1"])
def test_what_is_no_address_is_said_and_nothing_else(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StudyError, match=f"--cluster {address}"), Cluster(address=address, patience=0.5):
        pass
    gc.collect()
    assert capfd.readouterr().err == ""


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """The address of a cluster of one worker."""
    with Cluster(workers=1) as cluster:
        yield cluster._own.scheduler_address


def test_a_cluster_has_an_address_and_says_what_is_wrong_as_it_is_said_here(running: str) -> None:
    narrow = STUDY.cohort.model_copy(update={"include": ("weight > 1000",)})
    study = STUDY.model_copy(update={"cohort": narrow})
    with Cluster(address=running) as cluster, pytest.raises(StudyError, match="excludes everyone"):
        run(study, linear_pk.MECHANISM, linear_pk.some_worlds(4), agents=linear_pk.AGENTS, cluster=cluster)


def test_a_worker_with_another_version_is_refused(running: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleio.__version__", "0.0.0")
    with pytest.raises(StudyError, match=r"has pleio .*, and this is 0\.0\.0"), Cluster(address=running):
        pass


def test_the_weights_of_worlds_do_not_change_a_chunk(tmp_path: Path) -> None:
    worlds = linear_pk.some_worlds(12)
    heavy = replace(worlds, weights=worlds.weights * 2)
    for chosen, fresh in ((worlds, 96), (heavy, 0)):
        found = run(STUDY, linear_pk.MECHANISM, chosen, agents=linear_pk.AGENTS, folder=tmp_path, chunk=4)
        assert found.fresh == fresh
