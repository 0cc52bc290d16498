"""Chunks on Dask workers: of this machine, or of a cluster whose scheduler has an address.

A chunk is a pure function of its study and its worlds and is named by what it depends on, so that a worker that dies
costs time and no bit.  Pickle goes between these workers only.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ...base.errors import InputError, Problem, StudyError
from ..worlds import Worlds
from .chunk import Outcome, Setup, compute

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10.0
"""Seconds to wait for a scheduler, and then for its first worker."""
AHEAD = 2
"""Chunks given to a worker before it is done with its last."""

_one_at_a_time = threading.Lock()


class Cluster:
    """Workers for chunks; a context manager.

    Attributes:
        room: how many chunks may be under way.
    """

    def __init__(self, *, workers: int | None = None, address: str = "", patience: float | None = None) -> None:
        """Say where the workers are; they are asked when the `with` block begins.

        Args:
            workers: how many processes to start on this machine, of one thread each.
            address: of a scheduler that runs already, such as `tcp://10.0.0.1:8786`.
            patience: seconds to wait for it; `PATIENCE` by default.
        """
        self.count, self.address = workers, address
        self.patience = PATIENCE if patience is None else patience
        self._client: Client | None = None
        self._own: Any = None
        self._setups: dict[int, tuple[Setup, Any]] = {}

    def __enter__(self) -> Cluster:
        """Start or find the workers.

        Raises:
            StudyError: Dask is not installed, nobody answers, or a worker runs another version of pleio.
        """
        distributed = _distributed()
        if bool(self.address) == bool(self.count):
            raise StudyError("workers", "give a number of workers or the address of a cluster")
        try:
            if self.address:
                _read_address(self.address)
                self._client = distributed.Client(self.address, timeout=self.patience, set_as_default=False)
                self._client.wait_for_workers(1, timeout=self.patience)
            else:
                with _unwatched():
                    with _deaf_children():
                        self._own = distributed.LocalCluster(
                            n_workers=0, threads_per_worker=1, processes=True, dashboard_address=None,
                            # without a port of its own it would take 8787, and complain where another holds it
                            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"}, silence_logs=50,
                        )  # fmt: skip
                    self._own.scale(self.count)
                    self._client = distributed.Client(self._own, set_as_default=False)
                    self._client.wait_for_workers(self.count or 1, timeout=60)
            self._check()
        except (OSError, TimeoutError, ValueError) as fault:
            self.close()
            if isinstance(fault, StudyError):
                raise
            raise self._silent(fault) from None
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    @property
    def room(self) -> int:
        assert self._client is not None
        return max(AHEAD, AHEAD * len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def submit(self, setup: Setup, part: Worlds, key: str) -> Any:
        """Give a chunk to whichever worker is free."""
        assert self._client is not None
        if id(setup) not in self._setups:
            # a task and not a scattered value, so that it is made again where its worker died
            self._setups[id(setup)] = setup, self._client.submit(_same, setup, pure=False)
        return self._client.submit(_do, self._setups[id(setup)][1], part, key=f"chunk-{key}", retries=2)

    def finished(self, futures: Iterable[Any]) -> Iterator[tuple[Any, tuple[Outcome, str]]]:
        """Wait until a chunk is done, and give all that are.

        Raises:
            StudyError: a chunk fails, or its workers die again and again.
        """
        distributed = _distributed()
        assert self._client is not None
        with self._client.as_current():
            done = distributed.wait(list(futures), return_when="FIRST_COMPLETED").done
        for future in done:
            try:
                yield future, future.result()
            except InputError:
                raise
            except (distributed.KilledWorker, distributed.client.FutureCancelledError) as fault:
                what = "workers that took this chunk died, time after time"
                help = "they may have too little memory; take fewer subjects, or start larger workers"
                raise StudyError(f"chunk {future.key}", Problem("", f"{what}: {fault}", help)) from None

    def close(self) -> None:
        """Let the workers go; those that were started here end."""
        for thing in (self._client, self._own):
            if thing is not None:
                with suppress(OSError, TimeoutError):
                    thing.close()
        self._client = self._own = None
        self._setups = {}

    def _check(self) -> None:
        """Refuse workers that would give other numbers."""
        assert self._client is not None
        from ... import __version__

        found = {worker: about for worker, about in self._client.run(_about).items() if about != __version__}
        if found:
            worker, about = next(iter(found.items()))
            what = f"has pleio {about}, and this is {__version__}"
            raise StudyError(f"worker {worker}", Problem("", what, "install the same version on all of them"))

    def _silent(self, fault: Exception) -> StudyError:
        where = f"--cluster {self.address}" if self.address else f"--workers {self.count}"
        if isinstance(fault, ValueError):
            return StudyError(where, Problem("", f"is no address: {fault}", "write it as tcp://host:8786"))
        scheduler = "start one with 'dask scheduler', and workers with 'dask worker ADDRESS'"
        what = f"does not answer within {self.patience:g} s, or has no workers"
        return StudyError(where, Problem("", what, scheduler if self.address else "start fewer workers"))


def _unwatched() -> Any:
    """Have Dask watch itself less: its profiler wakes a hundred times a second in every process, this one included."""
    import dask

    return dask.config.set(
        {"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.interval": "10s"}
    )


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Keep Ctrl-C from what is started here and from all that it starts: this process alone hears it, and ends them.

    A thread hands on to its threads and processes which signals it does not take.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would take the signal again, in the thread that needs it first
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        help = "install it: pip install 'pleio[dask]'"
        raise StudyError("workers", Problem("", "need Dask, which is not installed", help)) from None
    return distributed


def _read_address(text: str) -> None:
    """Refuse what is no address before a client is made of it, which would complain once more when it is thrown away.

    Raises:
        ValueError: it has no port, or a scheme that is not known.
    """
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    scheme, place = parse_address(text)
    get_backend(scheme)
    parse_host_port(place)


def _about() -> str:
    from ... import __version__

    return __version__


def _same(setup: Setup) -> Setup:
    return setup


def _do(setup: Setup, part: Worlds) -> tuple[Outcome, str]:
    """Compute a chunk on a worker, on all of its threads and one chunk at a time."""
    from distributed import get_worker

    worker = get_worker()
    with _one_at_a_time:
        outcome = compute(setup, part, threads=worker.state.nthreads)
    name = str(worker.name)
    return outcome, f"worker {name}" if name.isdigit() else name
