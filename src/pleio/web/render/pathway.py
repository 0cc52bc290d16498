"""The pathway diagram: from what is given to its effects, left to right; edges coloured by belief, inhibition as bars.

Above `MOST` nodes the effects of one group fold into one box: a hairball says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup

from ...library.content import Edge, Node, Pathway
from . import marks
from .layers import Box, Spacing, place

MOST = 60
WORDS = {
    "activates": "activates",
    "inhibits": "inhibits",
    "binds": "takes part in",
    "contested": "changes (which way is contested)",
    "mixed": "has several effects on",
    "none": "does not change",
}
LETTER, CAPITAL, LINE, PAD = 6.3, 8.0, 15.0, 8.0
LONGEST_LINE, LONGEST_EFFECT = 18, 34
COLUMN_GAP, HEAD = 46.0, 36.0
SPACING = Spacing(gap=6.0, groups=17.0, linked=13.0)
MARGIN = 6.0
FULLEST = 0.75  # opacity, so that what is written on it is still read
FEEDBACK = 22.0  # how far above or below its ends a feedback passes


@dataclass(frozen=True)
class Drawn:
    """A node as drawn: the middle of its box, its size, its lines of text."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Level:
    """How full a box is drawn, from 0 to 1, None where that never changes; and what it says when pointed at."""

    share: float | None
    said: str


@dataclass(frozen=True)
class Drawing:
    """A pathway laid out: its nodes by id, the points that each edge passes, and the size of the whole."""

    nodes: Mapping[str, Drawn]
    passes: Mapping[tuple[str, str], tuple[tuple[float, float, float], ...]]  # from x to x at y
    width: float
    height: float


def lay_out(pathway: Pathway) -> Drawing:
    """Place every node and lead every edge."""
    lines = {node.id: _lines(node) for node in pathway.nodes}
    sizes = {id: (max(map(text_length, text)) + 2 * PAD, len(text) * LINE + 7) for id, text in lines.items()}
    boxes = [Box(node.id, node.stage, node.group, sizes[node.id][1]) for node in pathway.nodes]
    layout = place(boxes, [(edge.source, edge.target) for edge in pathway.edges], SPACING)
    spans = _spans(pathway, sizes)
    down = MARGIN + HEAD
    nodes = {
        node.id: Drawn(node, _middle(node, spans, sizes), layout.y[node.id] + down, *sizes[node.id], lines[node.id])
        for node in pathway.nodes
    }
    passes = {
        link: tuple((*spans[column], y + down) for column, y in lanes if column in spans)
        for link, lanes in layout.lanes.items()
    }
    width = max((each.right for each in nodes.values()), default=0) + MARGIN
    lowest = max((each.bottom for each in nodes.values()), default=0)
    lanes = [y for found in passes.values() for _, _, y in found]
    below = [
        nodes[edge.source].bottom + FEEDBACK
        for edge in pathway.edges
        if nodes[edge.target].node.stage < nodes[edge.source].node.stage
    ]
    return Drawing(nodes, passes, width, max([lowest, *lanes, *below]) + MARGIN)


def draw_pathway(
    pathway: Pathway,
    claim_address: str = "/claim/{}",
    places: Collection[str] = (),
    levels: Mapping[str, Level] | None = None,
    said: str = "",
) -> Markup:
    """Draw the diagram; every edge leads to its claim, every node that `places` names to its entity.

    Args:
        levels: node → how full its box is; the others are drawn as not simulated.  None: nothing is simulated.
        said: a line under the drawing.
    """
    pathway = folded(pathway)
    drawing = lay_out(pathway)
    edges = Markup("").join(
        _edge(edge, drawing, claim_address)
        for edge in sorted(pathway.edges, key=lambda each: (each.belief or 0, each.source, each.target))
        if edge.source in drawing.nodes and edge.target in drawing.nodes
    )
    return Markup(
        '<svg class="pathway" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group" '
        'aria-label="{label}">{heads}{edges}{nodes}{said}</svg>'
    ).format(
        w=drawing.width,
        h=drawing.height + (LINE + 6 if said else 0),
        label=f"Pathway diagram: {len(pathway.nodes)} places, {len(pathway.edges)} influences, also given as a table",
        heads=_heads(pathway, drawing),
        edges=edges,
        nodes=Markup("").join(_node(each, each.node.id in places, levels) for each in drawing.nodes.values()),
        said=Markup('<text class="group" x="{}" y="{:.0f}">{}</text>').format(MARGIN, drawing.height + 12, said)
        if said
        else "",
    )


def folded(pathway: Pathway) -> Pathway:
    """Fold the effects of each group into one node where there are more than `MOST` nodes."""
    if len(pathway.nodes) <= MOST:
        return pathway
    into = {n.id: f"group:{n.group}" for n in pathway.nodes if n.kind == "effect" and n.group}
    counts: dict[str, int] = {}
    for target in into.values():
        counts[target] = counts.get(target, 0) + 1
    nodes = [node for node in pathway.nodes if node.id not in into]
    last = max(node.stage for node in pathway.nodes)
    nodes += [Node(id, f"{id.partition(':')[2]} ({count})", last, "effect") for id, count in sorted(counts.items())]
    edges: dict[tuple[str, str], Edge] = {}
    for edge in pathway.edges:
        moved = replace(edge, source=into.get(edge.source, edge.source), target=into.get(edge.target, edge.target))
        if moved.source != moved.target:
            known = edges.get((moved.source, moved.target))
            edges[moved.source, moved.target] = _joined(known, moved) if known else moved
    return replace(pathway, nodes=tuple(nodes), edges=tuple(edges.values()))


def _joined(one: Edge, other: Edge) -> Edge:
    beliefs = [belief for belief in (one.belief, other.belief) if belief is not None]
    effect = one.effect if one.effect == other.effect else "mixed"
    return replace(one, effect=effect, belief=max(beliefs, default=None), claims=(*one.claims, *other.claims))


def _middle(node: Node, spans: Mapping[int, tuple[float, float]], sizes: Mapping[str, tuple[float, float]]) -> float:
    """Centre a node in its column; effects begin at one line, as a list does."""
    left, right = spans[node.stage]
    return left + sizes[node.id][0] / 2 if node.kind == "effect" else (left + right) / 2


def text_length(line: str) -> float:
    """Guess how long a line is when set, in units of the drawing; rather too long than too short."""
    return sum(CAPITAL if letter.isupper() or letter.isdigit() else LETTER for letter in line)


def _lines(node: Node) -> tuple[str, ...]:
    if node.kind == "effect":
        return (node.name if len(node.name) <= LONGEST_EFFECT else node.name[: LONGEST_EFFECT - 1].rstrip() + "…",)
    return broken(node.name)


def broken(name: str) -> tuple[str, ...]:
    """Break a name into at most two lines of about `LONGEST_LINE` characters, at spaces.

    Example:
        >>> broken("metabolic dysfunction-associated steatohepatitis")
        ('metabolic', 'dysfunction-assoc…')
    """
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} {lines[2]}"]
    return tuple(line if len(line) <= LONGEST_LINE + 2 else line[: LONGEST_LINE - 1].rstrip() + "…" for line in lines)


def _spans(pathway: Pathway, sizes: Mapping[str, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Give where each column begins and ends, as wide as its widest box."""
    widths: dict[int, float] = {}
    for node in pathway.nodes:
        widths[node.stage] = max(widths.get(node.stage, 0.0), sizes[node.id][0])
    spans, at = {}, MARGIN
    for column in sorted(widths):
        spans[column] = (at, at + widths[column])
        at += widths[column] + COLUMN_GAP
    return spans


def _heads(pathway: Pathway, drawing: Drawing) -> Markup:
    """Name each column, and each group of effects above its first box."""
    words: list[tuple[float, float, str, str]] = []
    tops: dict[str, Drawn] = {}
    columns: dict[int, float] = {}
    for each in drawing.nodes.values():
        columns.setdefault(each.node.stage, each.x)
        group = each.node.group
        if group and (group not in tops or each.top < tops[group].top):
            tops[group] = each
    words += [(x, 14.0, pathway.stages[i], "stage") for i, x in columns.items() if i < len(pathway.stages)]
    words += [(each.left + 2, each.top - 4, name, "group") for name, each in tops.items()]
    return Markup("").join(
        Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(kind, x, y, word)
        for x, y, word, kind in words
        if word
    )


def _node(each: Drawn, leads: bool, levels: Mapping[str, Level] | None) -> Markup:
    first = each.y - (len(each.lines) - 1) * LINE / 2 + 4.4
    at, anchor = (each.left + PAD, "start") if each.node.kind == "effect" else (each.x, "middle")
    lines = Markup("").join(
        Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(at, first + i * LINE, anchor, line)
        for i, line in enumerate(each.lines)
    )
    corner = 2 if each.node.kind == "effect" else 9
    box = Markup('x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"').format(
        each.left, each.top, each.width, each.height, corner
    )
    level = levels.get(each.node.id) if levels else None
    state = "" if levels is None else " simulated" if level else " unsimulated"
    told = (
        f"{each.node.name}: {level.said}" if level else f"{each.node.name}: not simulated" if state else each.node.name
    )
    full = Markup("")
    if level and level.share is not None:
        full = Markup('<rect class="level" data-place="{}" {} fill-opacity="{:.3f}"/>').format(
            each.node.id, box, FULLEST * min(1.0, max(0.0, level.share))
        )
    drawn = Markup('<g class="node {}{}"><title>{}</title><rect {}/>{}{}</g>').format(
        each.node.kind, state, told, box, full, lines
    )
    address = f"/entity/{quote(each.node.id, safe=':')}"
    return Markup('<a class="to-entity" href="{}">{}</a>').format(address, drawn) if leads else drawn


def _edge(edge: Edge, drawing: Drawing, address: str) -> Markup:
    source, target = drawing.nodes[edge.source], drawing.nodes[edge.target]
    line, head = _route(source, target, drawing.passes.get((edge.source, edge.target), ()))
    held = f"; belief {marks.belief_word(edge.belief)}" if edge.claims else ""
    title = f"{source.node.name} {WORDS[edge.effect]} {target.node.name}{held}"
    classes = f"edge {edge.effect} {marks.hue(edge.belief)}"
    body = Markup('<title>{}</title><path class="hit" d="{}"/><path class="line" d="{}"/>{}').format(
        title, line, line, _head(edge.effect, *head)
    )
    if not edge.claims:
        return Markup('<g class="{}">{}</g>').format(classes, body)
    return Markup('<a class="{}" href="{}" data-claim="{}" aria-label="{}">{}</a>').format(
        classes, address.format(edge.claims[0]), edge.claims[0], title, body
    )


Head = tuple[float, float, float, float]


def _route(source: Drawn, target: Drawn, passes: tuple[tuple[float, float, float], ...]) -> tuple[str, Head]:
    """Give the path of an edge, and where its head stands with the direction it points in."""
    if target.node.stage > source.node.stage:
        x, y = source.right, source.y
        path = f"M{x:.1f} {y:.1f}"
        for left, right, at in passes:
            path += _bend(x, y, left, at) + f"H{right:.1f}"
            x, y = right, at
        end = target.left - 6
        return path + _bend(x, y, end, target.y), (end, target.y, 1.0, 0.0)
    if target.node.stage < source.node.stage:  # feedback: out above or below, and back
        over = -1 if source.y <= target.y else 1
        x1, y1 = source.x, source.top if over < 0 else source.bottom
        x2, y2 = target.x, target.top - 6 if over < 0 else target.bottom + 6
        far = (min(y1, y2) - FEEDBACK) if over < 0 else (max(y1, y2) + FEEDBACK)
        return _curve((x1, y1), (x1, far), (x2, far), (x2, y2)), (x2, y2, 0.0, float(-over))
    below = target.y > source.y
    x1, y1 = source.x, source.bottom if below else source.top
    y2 = target.top - 6 if below else target.bottom + 6
    if 0 < abs(y2 - y1) < 90:  # neighbours in a column
        return f"M{x1:.1f} {y1:.1f}L{target.x:.1f} {y2:.1f}", (target.x, y2, 0.0, 1.0 if below else -1.0)
    x1, x2 = source.right, target.right + 6
    out = max(x1, x2) + 20
    return _curve((x1, source.y), (out, source.y), (out, target.y), (x2, target.y)), (x2, target.y, -1.0, 0.0)


def _bend(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (x2 - x1) * 0.5
    return f"C{x1 + half:.1f} {y1:.1f} {x2 - half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _curve(*points: tuple[float, float]) -> str:
    start, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def _head(effect: str, x: float, y: float, dx: float, dy: float) -> Markup:
    """Draw the end of an edge: an arrow, a bar, both for contested or mixed, a circle for binding or no effect."""
    parts: list[str] = []
    if effect in ("activates", "contested", "mixed"):
        corners = [(x + a * dx + b * dy, y + a * dy + b * dx) for a, b in ((5, 0), (-3, -4), (-3, 4))]
        parts.append("M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z")
    if effect in ("inhibits", "contested", "mixed"):
        at = 3 if effect == "inhibits" else -5
        bx, by = x + at * dx, y + at * dy
        parts.append(f"M{bx - 5 * dy:.1f} {by - 5 * dx:.1f}L{bx + 5 * dy:.1f} {by + 5 * dx:.1f}")
    if effect == "binds":
        parts.append(f"M{x - 1:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z")
    if effect == "none":
        parts.append(f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z")
    return Markup("").join(Markup('<path class="head" d="{}"/>').format(part) for part in parts)


def rows(pathway: Pathway) -> list[tuple[str, str, str, Edge]]:
    """List the edges as a table: source, effect, target, edge."""
    names = {node.id: node.name for node in pathway.nodes}
    return [(names.get(e.source, e.source), e.effect, names.get(e.target, e.target), e) for e in pathway.edges]
