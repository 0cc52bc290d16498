"""What an agent of one's own covers, as a person reads it: the values that were used, then each site."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ..output import print_table

if TYPE_CHECKING:
    from pleio.library.scenarios.own_agent import Known
    from pleio.studies.regimens.coverage import Coverage, Covered


def print_coverage(known: Sequence[Known], coverage: Coverage | None) -> None:
    """Print the values of the agent, what is covered at trough, and the dose for 90 %."""
    if known:
        source = [f"any human IgG ({one.trust})" if one.generic else "your file" for one in known]
        rows = [(one.name, one.value, where) for one, where in zip(known, source, strict=True)]
        print_table(["agent", "value", "from"], rows)
    if coverage is None:
        return
    title = f"{coverage.agent}, {coverage.regimen}: at trough, {coverage.trough} after the start (90 % of worlds)"
    head = ["site", "free ligand left", "receptors held", "signal left", "chance of 90 %", "dose for 90 %"]
    print_table(head, [_row(site, coverage) for site in coverage.sites], title=title)
    if coverage.failed:
        typer.echo(f"{coverage.failed} of {coverage.trajectories} trajectories failed")


def _row(site: Covered, coverage: Coverage) -> tuple[str, ...]:
    shares = (_share(spread) for spread in (site.free_ligand, site.receptor, site.signal))
    return (site.site, *shares, f"{100 * site.chance:.0f} %", _dose(site, coverage))


def _share(spread: tuple[float, float, float]) -> str:
    low, middle, high = (f"{100 * x:.3g}" for x in spread)
    return f"{middle} % ({low} to {high})"


def _dose(site: Covered, coverage: Coverage) -> str:
    least, most = coverage.tried

    def spelt(dose: float) -> str:
        return f"under {least:.3g}" if dose == 0 else f"over {most:.3g}" if dose == math.inf else f"{dose:.3g}"

    low, middle, high = map(spelt, site.dose)
    return f"over {most:.3g} {site.unit}" if low.startswith("over") else f"{middle} {site.unit} ({low} to {high})"
