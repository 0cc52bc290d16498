"""Progress: a bar with rate and time left on a terminal; elsewhere a line per stage, and one now and then within it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int], None]
LINE_EVERY = 10.0  # seconds between lines of one stage, where they go into a pipe or a file


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Report]:
    """Show how far a task is; yields `report(done, total)`.

    A task of under a second shows nothing on a terminal; on a pipe a line is written at its start, at its
    end, and every ten seconds.
    """
    started = time.monotonic()
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        print(f"{title} …", file=sys.stderr, flush=True)
        yield _lines(title, started)
        print(f"{title}: {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
        return

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    from rich.console import Console

    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None, rate="", visible=False)

        def report(done: int, total: int) -> None:
            spent = time.monotonic() - started
            rate = f"{done / spent:,.0f}/s" if spent > 0 else ""
            bar.update(task, completed=done, total=total, rate=rate, visible=spent > 1.0)

        yield report


def _lines(title: str, started: float) -> Report:
    """Give a report that writes how far a stage is and about how long it will take, every `LINE_EVERY` seconds."""
    said = started

    def report(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= LINE_EVERY and 0 < done < total:
            said = now
            left = (now - started) * (total - done) / done
            print(f"{title}: {100 * done // total} %, about {left:.0f} s left", file=sys.stderr, flush=True)

    return report
