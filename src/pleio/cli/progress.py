"""Progress: a bar with rate and time left on a terminal, one line per stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int], None]


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Report]:
    """Show how far a task is; yields `report(done, total)`.

    A task of under a second shows nothing on a terminal; on a pipe one line is written at its end.
    """
    started = time.monotonic()
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        print(f"{title} …", file=sys.stderr, flush=True)
        yield lambda done, total: None
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
