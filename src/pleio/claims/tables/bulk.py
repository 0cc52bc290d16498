"""Claims on their way into the tables: a large file's lines are made into rows by two processes beside the one writer.

Each process is sent one block of the file at a time and answers with its rows, in the file's order; so no more than a
few blocks are ever in memory, and what is written is the same as from one process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from ...base.errors import ClaimError, Problem
from ..assumption import Assumption
from ..claim import Claim
from .bulk_child import receive, send
from .lines import Faulty, Lines, blocks, no_check, without_faults
from .records import EvidenceRecord, Record, record_of

LARGE = 24_000_000  # bytes of a file from which processes pay, about 50,000 claims
PROCESSES = 2  # they keep up with the one writer


@contextmanager
def records_of(claims: Iterable[Claim], assumptions: Sequence[Assumption]) -> Iterator[Iterator[Record]]:
    """Give the rows of claims, as they are asked for.

    Raises:
        ClaimError: what the claims raise as they come; or a process that reads them ended.
    """
    if isinstance(claims, Lines) and _pays(claims):
        with ExitStack() as stack:
            readers = [stack.enter_context(_reader(claims.path, assumptions)) for _ in range(PROCESSES)]
            yield without_faults(claims.path, _answers(claims.path, readers))
    else:
        yield (record_of(claim, assumptions) for claim in claims)


def _pays(lines: Lines) -> bool:
    """Say whether a file is large, and may be read by others: a check of one's own stays in this process."""
    if lines.check is not no_check or _cores() < 2:
        return False
    try:
        return lines.path.stat().st_size >= LARGE
    except OSError:
        return False  # reading it says why


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Reader:
    """A process that makes rows of lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        command = [sys.executable, "-m", f"{__package__}.bulk_child"]
        # in a session of its own: Ctrl-C is for the writer, which ends it
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    def ask(self, question: Any) -> None:
        assert self._child.stdin is not None
        try:
            send(self._child.stdin, question)
        except OSError:
            raise self._ended() from None

    def answer(self) -> Any:
        assert self._child.stdout is not None
        try:
            return receive(self._child.stdout)
        except EOFError:
            raise self._ended() from None

    def close(self) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()

    def _ended(self) -> ClaimError:
        what = f"a process that reads it ended with status {self._child.wait()}"
        return ClaimError(str(self._path), Problem("", what, "it may have run out of memory; nothing was kept"))


@contextmanager
def _reader(path: Path, assumptions: Sequence[Assumption]) -> Iterator[_Reader]:
    reader = _Reader(path)
    try:
        reader.ask((path.name, [assumption.model_dump_json(by_alias=True) for assumption in assumptions]))
        yield reader
    finally:
        reader.close()


def _answers(path: Path, readers: Sequence[_Reader]) -> Iterator[Record | Faulty]:
    """Give the rows of each line in order, or what is wrong with it; each reader has one block at a time."""
    remaining = blocks(path)
    busy = [reader for reader in readers if _ask_next(reader, remaining)]
    while busy:
        reader = busy.pop(0)
        faults, rows = reader.answer()
        if _ask_next(reader, remaining):
            busy.append(reader)
        for fault in faults:
            yield Faulty([Problem(*problem) for problem in fault])
        for row in rows:
            record = Record._make(row)
            yield record._replace(evidence=tuple(map(EvidenceRecord._make, record.evidence)))


def _ask_next(reader: _Reader, remaining: Iterator[tuple[int, bytes]]) -> bool:
    block = next(remaining, None)
    if block is not None:
        reader.ask(block)
    return block is not None
