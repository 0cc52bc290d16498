"""What claims that were just added make of the studies that were run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ..output import say

if TYPE_CHECKING:
    from pleio.claims.tables.layers import ClaimStore
    from pleio.library.results.moved import StudyMoved


def studies_moved(library: str, claims: ClaimStore, layer: str) -> tuple[StudyMoved, ...]:
    """Weigh the latest run of each study by the claims with the layer and without it; none where nothing was run."""
    from pleio.library import open as open_library
    from pleio.library.keeping.kept import change_of
    from pleio.library.results.moved import studies_moved as moved
    from pleio.library.results.runs import runs
    from pleio.store.home import runs_folder

    opened = open_library(library)
    kept = runs(opened, runs_folder())
    if not kept:
        return ()
    change = change_of(opened, claims, layer)
    return moved(change.before, change.after, kept)


def print_studies_moved(found: Sequence[StudyMoved]) -> None:
    """Say of each study that was run whether its action or its next experiment changed."""
    if not found:
        say("no study was run yet, so no action or next experiment can have changed; 'pleio study run NAME' runs one")
        return
    for one in found:
        if one.is_moved:
            typer.echo(str(one))
    same = [one.study for one in found if not one.is_moved]
    if same:
        say(f"no action and no next experiment changed in {', '.join(same)}")
