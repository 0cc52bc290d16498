"""A contest drawn as one row: evidence against on the left, for on the right.

Each mark is one independent source, its area what it weighs, its shape what it reports; hollow where it hedges, a dot
where it has no weight of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...library.content import Contest, Evidence
from . import marks

WIDTH, ROW, MIDDLE = 260, 32, 130
LARGEST, SMALLEST, DOT = 13.0, 4.0, 2.2
GAP = 5.0


@dataclass(frozen=True)
class Mark:
    """One mark: where it is, how large, which shape and side, and the evidence it stands for."""

    x: float
    y: float
    radius: float
    outcome: str
    evidence: Evidence


def speaks_for(contest: Contest, item: Evidence) -> bool:
    """Say whether a piece of evidence leaves the claimed outcome possible, and so stands on the right."""
    return contest.claimed in item.outcomes


def lay_out(contest: Contest) -> tuple[list[Mark], int]:
    """Place the marks outward from the middle, the heaviest first, in as many rows as they need; give the height."""
    placed: list[Mark] = []
    rows = 1
    for side, wanted in ((-1, False), (1, True)):
        x, row = GAP, 0
        items = [item for item in one_each(contest.evidence) if speaks_for(contest, item) == wanted]
        for item in sorted(items, key=lambda each: (-each.weight, each.source, each.finding)):
            radius = _radius(item.weight)
            if x + 2 * radius > MIDDLE - 2:
                x, row = GAP, row + 1
            y = ROW * row + ROW / 2
            placed.append(Mark(MIDDLE + side * (x + radius), y, radius, _shape(contest, item), item))
            x += 2 * radius + GAP
        rows = max(rows, row + 1)
    return placed, rows * ROW


def one_each(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Keep one mark for what one source says: its heaviest statement for each set of outcomes."""
    best: dict[tuple[str, tuple[str, ...]], Evidence] = {}
    for item in evidence:
        key = (item.source or item.finding, item.outcomes)
        if key not in best or item.weight > best[key].weight:
            best[key] = item
    return list(best.values())


def draw_contest(contest: Contest, address: str) -> Markup:
    """Draw the row; every mark leads to its evidence on the contest's page."""
    placed, height = lay_out(contest)
    shapes = Markup("").join(_draw(mark, address) for mark in placed)
    against = sum(not speaks_for(contest, mark.evidence) for mark in placed)
    label = f"{against} against, {len(placed) - against} for: {contest.title}"
    return Markup(
        '<svg class="contest-row" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group" aria-label="{label}">'
        '<line class="axis" x1="{m}" y1="2" x2="{m}" y2="{bottom}"/>{shapes}</svg>'
    ).format(w=WIDTH, h=height, m=MIDDLE, bottom=height - 2, label=label, shapes=shapes)


def _draw(mark: Mark, address: str) -> Markup:
    item = mark.evidence
    classes = f"mark sign-{mark.outcome}"
    if item.weight <= 0:
        classes += " weightless"
    elif item.modality != "asserted" or item.secondary:
        classes += " hollow"
    title = f"{item.finding} ({marks.outcome_word(mark.outcome)}; {item.silent or f'weight {item.weight:.2f}'})"
    return Markup('<a href="{}#e-{}"><title>{}</title><path class="{}" d="{}"/></a>').format(
        address, anchor(item), title, classes, _path(mark)
    )


def anchor(item: Evidence) -> str:
    """Name a piece of evidence within a page."""
    import hashlib

    return hashlib.sha256(f"{item.claim}|{item.source}|{item.finding}".encode()).hexdigest()[:10]


def _radius(weight: float) -> float:
    if weight <= 0:
        return DOT
    return min(LARGEST, max(SMALLEST, 9.0 * math.sqrt(weight)))


def _shape(contest: Contest, item: Evidence) -> str:
    """The sign that a mark shows: what was reported; of several outcomes left open, the one its side stands for."""
    if len(item.outcomes) == 1:
        return item.outcomes[0]
    if contest.claimed in item.outcomes:
        return contest.claimed
    return next((name for name in item.outcomes if name != "no_effect"), "no_effect") if item.outcomes else "no_effect"


def _path(mark: Mark) -> str:
    """The outline of a sign with the area of a circle of its radius."""
    x, y, r = mark.x, mark.y, mark.radius
    area = math.pi * r * r
    if mark.outcome in ("increases", "decreases") and mark.evidence.weight > 0:
        side = math.sqrt(4 * area / math.sqrt(3))
        tall = side * math.sqrt(3) / 2
        up = 1 if mark.outcome == "increases" else -1
        tip, base = y - up * tall * 0.58, y + up * tall * 0.42
        return f"M{x:.1f} {tip:.1f}L{x + side / 2:.1f} {base:.1f}L{x - side / 2:.1f} {base:.1f}Z"
    if mark.outcome in ("no_effect", "absent") and mark.evidence.weight > 0:
        half = math.sqrt(area) / 2
        return f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}Z"
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
