"""What an agent of one's own covers, as a person reads it: the values that were used, then each site."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from ..output import print_table

if TYPE_CHECKING:
    from pleio.library.scenarios.own_values import Known
    from pleio.studies.regimens.coverage import Coverage, Covered


def print_known(known: Mapping[str, Sequence[Known]]) -> None:
    """Print the values of each agent that is not the library's, and where they are from."""
    for name, values in known.items():
        rows = [(one.name, one.value, f"{one.origin} ({one.trust})" if one.trust else one.origin) for one in values]
        print_table([name, "value", "from"], rows)


def print_coverage(coverage: Coverage | None) -> None:
    """Print what is covered at trough, and the dose for 90 %."""
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
