"""Sobol' shares of a study, asked for with `--sobol`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ..output import print_table, say
from ..progress import progress

if TYPE_CHECKING:
    from pleio.library.question import StudyInLibrary
    from pleio.studies.result import Result
    from pleio.studies.running.cluster import Cluster
    from pleio.studies.value.exchanging import Share, Shares

KINDS = ("contest", "assumption")


def kept_shares(
    asked: StudyInLibrary,
    result: Result,
    worlds: int | None,
    cache: bool,
    threads: int | None,
    cluster: Cluster | None = None,
    each: bool = True,
) -> Shares:
    """Run what the shares need, with what was computed before."""
    from pleio.library.results.sobol import WORLDS, sobol
    from pleio.store.home import cache_folder

    options: dict[str, Any] = {"cache": cache, "threads": threads, "cluster": cluster, "each": each}
    with progress(f"{asked.name}: Sobol' shares") as report:
        return sobol(asked, result, worlds=worlds or WORLDS, folder=cache_folder("studies"), progress=report, **options)


def print_shares(shares: Shares) -> None:
    """Print first order and total of each group, the groups before the single claims."""

    def row(share: Share) -> tuple[Any, ...]:
        mark = "" if share.is_positive else "not above chance"
        return (share.title, share.first, _interval(share.first_interval), share.total,
                _interval(share.total_interval), mark)  # fmt: skip

    groups = [share for share in shares.shares if share.kind not in KINDS]
    single = sorted((share for share in shares.shares if share.kind in KINDS), key=lambda one: -one.total)
    typer.echo(f"Sobol' shares of the variance of {shares.about}, over subjects of all worlds")
    head = ["draws", "first order", "90 %", "total", "90 %", ""]
    print_table(head, [row(share) for share in (*groups, *single)], right=[1, 3])
    left = f"; {shares.left_out} worlds left out, in which a subject failed" if shares.left_out else ""
    say(f"{shares.trajectories:,} trajectories in {shares.worlds} worlds × {shares.subjects} subjects a run{left}")


def _interval(pair: tuple[float, float]) -> str:
    return f"{pair[0]:.2f} to {pair[1]:.2f}"
