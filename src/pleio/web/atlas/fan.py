"""What surrounds a place, drawn: the place in the middle, its neighbours around it on an ellipse, their names outside.

Names stand under each other on either side, so that none lies on another; narrow, all stand on the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..render import marks
from ..render.pathway import text_length
from .choose import Bundle, Neighbourhood

ROW, EDGE = 23.0, 14.0
NEAR, FAR = 96.0, 190.0  # how far the names stand from the middle, at the ends of a side and amid it
HEAD = 7.0
WORDS = {
    "activates": "increases",
    "inhibits": "decreases",
    "contested": "changes (which way is contested)",
    "mixed": "has several effects on",
    "binds": "binds",
    "other": "goes with",
}


@dataclass(frozen=True)
class Spot:
    """A neighbour's place: where its ties end, and on which side its name stands (−1 left, 1 right)."""

    x: float
    y: float
    side: int


@dataclass(frozen=True)
class Fan:
    """The drawing's size, the middle, and every neighbour's spot."""

    width: float
    height: float
    x: float
    y: float
    spots: Mapping[str, Spot]


def lay_out(shown: Neighbourhood, names: Mapping[str, str], *, narrow: bool = False) -> Fan:
    """Place the neighbours: what acts on the middle on the left, what it acts on to the right, as even as can be."""
    acting = {bundle.source for bundle in shown.bundles if bundle.target == shown.middle}
    ordered = sorted(shown.neighbours, key=lambda curie: (curie not in acting, names[curie].casefold(), curie))
    left = [] if narrow else ordered[: len(ordered) // 2]
    right = ordered[len(left) :]
    height = max(120.0, ROW * max(len(left), len(right)) + 2 * EDGE)
    middle = text_length(names[shown.middle]) / 2 + 12
    near = middle + 40 if narrow else max(NEAR, middle + 26)
    far = near + (24 if narrow else FAR - NEAR)
    y = height / 2
    room = max((text_length(names[curie]) for curie in left), default=0.0) + EDGE
    x = middle + 4 if narrow else max(far + room, middle + EDGE)
    spots = {
        curie: Spot(x + side * _out(at, y, near, far), at, side)
        for side, curies in ((-1, left), (1, right))
        for curie, at in zip(curies, _rows(len(curies), y), strict=True)
    }
    room = max((text_length(names[curie]) for curie in right), default=0.0) + EDGE
    return Fan(max(x + far + room, x + middle + EDGE), height, x, y, spots)


def _rows(count: int, middle: float) -> list[float]:
    return [middle + (i - (count - 1) / 2) * ROW for i in range(count)]


def _out(at: float, middle: float, near: float, far: float) -> float:
    share = (at - middle) / max(middle, 1.0)
    return near + (far - near) * math.sqrt(max(0.0, 1 - share * share))


def draw_fan(
    shown: Neighbourhood,
    names: Mapping[str, str],
    place_address: Callable[[str], str],
    tie_address: Callable[[Bundle], str],
    *,
    narrow: bool = False,
) -> Markup:
    """Draw the neighbourhood; every tie and every name is a link."""
    fan = lay_out(shown, names, narrow=narrow)
    ordered = sorted(shown.bundles, key=lambda each: (each.belief or 0.0, each.source, each.target))
    ties = [_tie(each, fan, shown.middle, names, tie_address(each)) for each in ordered]
    among = [] if narrow else [_among(each, fan, names, tie_address(each)) for each in shown.among]
    spots = [_name(names[curie], spot, place_address(curie)) for curie, spot in fan.spots.items()]
    label = f"{names[shown.middle]} and {len(fan.spots)} neighbours, also given as a list"
    return Markup(
        '<svg class="fan pathway-colours" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group" '
        'aria-label="{label}">{among}{ties}{middle}{spots}</svg>'
    ).format(
        w=fan.width,
        h=fan.height,
        label=label,
        among=Markup("").join(among),
        ties=Markup("").join(ties),
        middle=_middle(names[shown.middle], fan),
        spots=Markup("").join(spots),
    )


def _middle(name: str, fan: Fan) -> Markup:
    half = text_length(name) / 2 + 9
    return Markup(
        '<g class="node middle"><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="26" rx="9"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text></g>'
    ).format(fan.x - half, fan.y - 13, 2 * half, fan.x, fan.y + 4.4, name)


def _name(name: str, spot: Spot, address: str) -> Markup:
    return Markup(
        '<a class="place" href="{}"><circle cx="{:.1f}" cy="{:.1f}" r="2.6"/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text></a>'
    ).format(address, spot.x, spot.y, spot.x + spot.side * 7, spot.y + 4.2, "start" if spot.side > 0 else "end", name)


def _tie(bundle: Bundle, fan: Fan, middle: str, names: Mapping[str, str], address: str) -> Markup:
    outward = bundle.source == middle
    spot = fan.spots[bundle.target if outward else bundle.source]
    x, y = _border(names[middle], fan, spot)
    both = 3.0 if outward else -3.0  # a tie each way lies beside its return
    far = (spot.x - spot.side * (HEAD + 1), spot.y + both / 3)
    near = (x, y + both)
    start, end = (near, far) if outward else (far, near)
    return _link(bundle, names, address, _line(start, end), end, _towards(start, end), "edge")


def _border(name: str, fan: Fan, spot: Spot) -> tuple[float, float]:
    """Where a tie leaves the middle's box, spread along its side."""
    half = text_length(name) / 2 + 9 + HEAD
    return fan.x + spot.side * half, fan.y + max(-9.0, min(9.0, (spot.y - fan.y) * 0.12))


def _among(bundle: Bundle, fan: Fan, names: Mapping[str, str], address: str) -> Markup:
    """A tie between neighbours, bent towards the middle."""
    a, b = fan.spots[bundle.source], fan.spots[bundle.target]
    start, end = (a.x - a.side * 5, a.y), (b.x - b.side * (HEAD + 2), b.y)
    bend = (0.5 * fan.x + 0.25 * (a.x + b.x), 0.5 * (a.y + b.y))
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    return _link(bundle, names, address, path, end, _towards(bend, end), "edge among")


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def _towards(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _link(
    bundle: Bundle,
    names: Mapping[str, str],
    address: str,
    path: str,
    end: tuple[float, float],
    to: tuple[float, float],
    kind: str,
) -> Markup:
    title = tie_title(bundle, names)
    effect = f"{bundle.effect} contested" if bundle.contested else bundle.effect
    return Markup(
        '<a class="{} {} {}" href="{}" aria-label="{}"><title>{}</title><path class="hit" d="{}"/>'
        '<path class="line" d="{}"/>{}</a>'
    ).format(
        kind, effect, marks.hue(bundle.belief), address, title, title, path, path,
        Markup("").join(Markup('<path class="head" d="{}"/>').format(part) for part in _head(bundle.effect, end, to)),
    )  # fmt: skip


def tie_title(bundle: Bundle, names: Mapping[str, str]) -> str:
    """Say a tie in words, with how many claims make it and the highest belief."""
    count = len(bundle.claims)
    claims = f"{count} claims" if count > 1 else "one claim"
    held = "not weighed" if bundle.belief is None else f"belief {marks.belief_word(bundle.belief)}"
    return f"{names[bundle.source]} {verb(bundle)} {names[bundle.target]}: {claims}, {held}"


def verb(bundle: Bundle) -> str:
    """Say what a tie's source does to its target."""
    if bundle.effect != "other":
        return WORDS[bundle.effect]
    return " and ".join(marks.plain(relation) for relation in bundle.relations)


def _head(effect: str, end: tuple[float, float], to: tuple[float, float]) -> Sequence[str]:
    """An arrow, a bar, both, or a circle, at the end of a tie that comes in the direction `to`."""
    (x, y), (dx, dy) = end, to
    parts = []
    if effect in ("activates", "contested", "mixed"):
        corners = [(x + a * dx - b * dy, y + a * dy + b * dx) for a, b in ((5, 0), (-3, -3.6), (-3, 3.6))]
        parts.append("M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z")
    if effect in ("inhibits", "contested", "mixed"):
        at = 3.0 if effect == "inhibits" else -5.0
        bx, by = x + at * dx, y + at * dy
        parts.append(f"M{bx - 4.6 * dy:.1f} {by + 4.6 * dx:.1f}L{bx + 4.6 * dy:.1f} {by - 4.6 * dx:.1f}")
    if effect in ("binds", "other"):
        parts.append(f"M{x - 2.6:.1f} {y:.1f}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0Z")
    return parts
