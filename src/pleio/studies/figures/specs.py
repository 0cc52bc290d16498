"""The figures of a study, as Vega-Lite specifications that carry their data, each for a wide and for a narrow page.

Bands and single worlds over time, endpoints, Kaplan–Meier curves of survivors, a forest of the main comparison, what
explains and is worth testing, a tornado of what moves the answer, and what was observed beside what is predicted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...base.drawing import draw as draw
from ...base.drawing import draw_png as draw_png
from ..result import Result
from ..value.parts import comparison
from ..value.swings import swings
from ..value.valuation import Valuation
from .bands import MOST_LINES, band_figure, spaghetti_figure
from .deaths import survival_figures
from .form import NARROW as NARROW
from .form import WIDE as WIDE
from .form import Figure as Figure
from .form import Spec as Spec
from .form import label
from .intervals import endpoint_figure as endpoint_figure
from .intervals import forest_figure
from .observed import Seen, endpoint_check, predictive_check
from .worth import chosen as chosen
from .worth import tornado_figure, value_figure


def figures(
    result: Result, value: Valuation | None = None, *, labels: Mapping[str, str] | None = None
) -> tuple[Figure, ...]:
    """Draw a study: bands over time for each observed quantity, its endpoints, and its value where it has one.

    Args:
        labels: quantity or endpoint → what a reader calls it.
    """
    names = _quantities(result, labels)
    drawn = [band_figure(result, quantity, label(quantity, names)) for quantity in result.study.observed]
    drawn.append(endpoint_figure(result, _endpoints(result, labels)))
    if value is not None:
        drawn.append(value_figure(value))
    return tuple(drawn)


def all_figures(
    result: Result,
    value: Valuation | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    seen: Sequence[Seen] = (),
) -> tuple[Figure, ...]:
    """Draw everything there is to draw of a study: those of `figures`, and what looks closer.

    Args:
        labels: quantity, endpoint or covariate → what a reader calls it.
        seen: what was observed of the study's arms.
    """
    return (*figures(result, value, labels=labels), *look_closer(result, value, labels=labels, seen=seen))


def look_closer(
    result: Result,
    value: Valuation | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    seen: Sequence[Seen] = (),
    lines: int = MOST_LINES,
) -> tuple[Figure, ...]:
    """Draw what looks closer than `figures`; the arguments are those of `all_figures`.

    Args:
        lines: single worlds that are drawn, at most.
    """
    return (*closer(result, value, labels, lines=lines), *checks(result, labels, seen))


def closer(
    result: Result, value: Valuation | None, labels: Mapping[str, str] | None = None, *, lines: int = MOST_LINES
) -> list[Figure]:
    """Draw survivors, single worlds, the forest of the main comparison in the first endpoint, and the tornado."""
    names = _quantities(result, labels)
    drawn = list(survival_figures(result, names))
    if result.spread.shape[1]:
        drawn += [
            spaghetti_figure(result, quantity, label(quantity, names), lines=lines)
            for quantity in result.study.observed
        ]
    endpoint = next(iter(result.study.endpoints))
    arm = result.study.opening(value.best if value is not None else "")
    parted = comparison(result, endpoint, arm=arm, findings=value.findings if value else (), labels=names)
    if parted is not None:
        drawn.append(forest_figure(parted, label(endpoint, _endpoints(result, labels))))
    if value is not None:
        moved, middle = swings(result, value)
        if moved:
            drawn.append(tornado_figure(moved, value.about, value.unit, middle))
    return drawn


def checks(result: Result, labels: Mapping[str, str] | None, seen: Sequence[Seen]) -> list[Figure]:
    """Draw what was observed beside what is predicted, where anything was."""
    names = _quantities(result, labels)
    of = {(one.of, one.time is None) for one in seen if one.arm in result.arms}
    drawn = [
        predictive_check(result, quantity, label(quantity, names), seen)
        for quantity in result.study.observed
        if (quantity, False) in of
    ]
    if any((name, True) in of for name in result.study.endpoints):
        drawn.append(endpoint_check(result, _endpoints(result, labels), seen))
    return drawn


def _quantities(result: Result, labels: Mapping[str, str] | None) -> dict[str, str]:
    """Give what a reader calls quantities and covariates: as asked, else as the mechanism says."""
    return {**result.quantities, **(labels or {})}


def _endpoints(result: Result, labels: Mapping[str, str] | None) -> dict[str, str]:
    """Give what a reader calls endpoints: as asked, else as the study labels them."""
    return {**result.labels, **(labels or {})}
