"""Endpoints as intervals on one scale: the median as a dot, 50 and 90 % of worlds as lines, all subjects as a hair."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ...library.content import Summary
from .marks import LEAST_PERCENT, amount

WIDTH, HEIGHT, EDGE = 180, 16, 6


def interval(summary: Summary, among: Sequence[Summary], colour: int = 0) -> Markup:
    """Draw one interval on the scale of all that are compared with it, which always holds zero.

    Args:
        colour: the number of its arm's colour; 0 where nothing is given.
    """
    low, high = min(0.0, *(s.least for s in among)), max(0.0, *(s.most for s in among))
    if summary.unit == "%" and max(high, -low) < LEAST_PERCENT:
        low, high = -1.0, 1.0  # all are nothing
    span = (high - low) or 1.0

    def written(value: float) -> str:
        return amount(value, summary.unit)

    def x(value: float) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (value - low) / span, 1)

    zero = Markup('<line class="zero" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(x(0.0), HEIGHT)
    # the median and 90 % stand in the cells beside it
    label = (
        f"half of worlds {written(summary.lower)} to {written(summary.upper)}, "
        f"90 % of all subjects {written(summary.least)} to {written(summary.most)}"
    )
    return Markup(
        '<svg class="interval arm-{colour}" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
        'aria-label="{label}">{zero}'
        '<line class="hair" x1="{e}" x2="{f}" y1="8" y2="8"/><line class="thin" x1="{a}" x2="{d}" y1="8" y2="8"/>'
        '<line class="thick" x1="{b}" x2="{c}" y1="8" y2="8"/>'
        '<circle cx="{m}" cy="8" r="3.6"/></svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        label=label,
        colour=colour,
        zero=zero,
        a=x(summary.low),
        b=x(summary.lower),
        c=x(summary.upper),
        d=x(summary.high),
        e=x(summary.least),
        f=x(summary.most),
        m=x(summary.median),
    )


def share_bar(share: float, chance: float | None = None, kind: str = "share", width: int = 120) -> Markup:
    """Draw a share from 0 to 1 as a bar; a tick marks what chance alone would give."""
    tick = Markup("")
    if chance is not None:
        at = round(width * chance, 1)
        tick = Markup('<line class="chance" x1="{0}" x2="{0}" y1="0" y2="12"/>').format(at)
    return Markup(
        '<svg class="bar {kind}" width="{w}" height="12" viewBox="0 0 {w} 12" aria-hidden="true">'
        '<rect x="0" y="2" width="{x}" height="8"/>{tick}</svg>'
    ).format(kind=kind, w=width, x=round(width * share, 1), tick=tick)
