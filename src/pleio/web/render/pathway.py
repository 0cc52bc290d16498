"""The pathway diagram: from ligand to effect, left to right; edges coloured by belief, inhibition as bars.

Above `MOST` nodes the effects of one group fold into one box: a hairball says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ...library.content import Edge, Node, Pathway
from . import marks
from .layers import Box, Place, place

MOST = 60
STAGES = ("agent", "ligand", "receptor", "kinase", "gene", "effect")
HEADS = {
    "agent": "given",
    "ligand": "ligand",
    "receptor": "receptor",
    "kinase": "signal",
    "gene": "target",
    "effect": "effect",
}
WORDS = {
    "activates": "activates",
    "inhibits": "inhibits",
    "binds": "binds",
    "contested": "changes, which way is contested,",
    "none": "does not change",
}
LETTER, LINE, PAD = 6.6, 15.0, 9.0
LONGEST_LINE = 20
COLUMN_GAP, GAP, GROUP_GAP, HEAD = 66.0, 9.0, 20.0, 30.0
MARGIN = 8.0


@dataclass(frozen=True)
class Drawn:
    """A node as drawn: the middle of its box, its size, its lines of text."""

    node: Node
    layer: int
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


def lay_out(pathway: Pathway) -> tuple[dict[str, Drawn], float, float]:
    """Place every node; give the drawn nodes by id, and the width and height of the whole."""
    lines = {node.id: broken(node.name) for node in pathway.nodes}
    sizes = {id: (max(map(len, text)) * LETTER + 2 * PAD, len(text) * LINE + 8) for id, text in lines.items()}
    boxes = [
        Box(node.id, STAGES.index(node.stage), node.group if node.stage == "effect" else "", sizes[node.id][1])
        for node in pathway.nodes
    ]
    places = place(boxes, [(edge.source, edge.target) for edge in pathway.edges], GAP, GROUP_GAP)
    columns = _columns(places, sizes)
    drawn = {
        node.id: Drawn(
            node,
            places[node.id].layer,
            columns[places[node.id].layer],
            places[node.id].y + MARGIN + HEAD,
            *sizes[node.id],
            lines[node.id],
        )
        for node in pathway.nodes
    }
    width = max((each.right for each in drawn.values()), default=0) + MARGIN
    height = max((each.bottom for each in drawn.values()), default=0) + MARGIN
    return drawn, width, height


def draw_pathway(pathway: Pathway, claim_address: str = "/claim/{}") -> Markup:
    """Draw the diagram; every edge leads to its claim."""
    pathway = folded(pathway)
    drawn, width, height = lay_out(pathway)
    edges = Markup("").join(
        _edge(edge, drawn[edge.source], drawn[edge.target], claim_address)
        for edge in sorted(pathway.edges, key=lambda each: (each.belief or 0, each.source, each.target))
        if edge.source in drawn and edge.target in drawn
    )
    nodes = Markup("").join(_node(each) for each in drawn.values())
    return Markup(
        '<svg class="pathway" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group" '
        'aria-label="{label}">{heads}{edges}{nodes}</svg>'
    ).format(
        w=width,
        h=height,
        label=f"Pathway diagram: {len(pathway.nodes)} nodes, {len(pathway.edges)} influences, listed below as a table",
        heads=_heads(drawn),
        edges=edges,
        nodes=nodes,
    )


def folded(pathway: Pathway) -> Pathway:
    """Fold the effects of each group into one node where there are more than `MOST` nodes."""
    if len(pathway.nodes) <= MOST:
        return pathway
    into = {n.id: f"group:{n.group}" for n in pathway.nodes if n.stage == "effect" and n.group}
    counts: dict[str, int] = {}
    for target in into.values():
        counts[target] = counts.get(target, 0) + 1
    nodes = [node for node in pathway.nodes if node.id not in into]
    nodes += [Node(id, f"{id.partition(':')[2]} ({count})", "effect") for id, count in sorted(counts.items())]
    edges: dict[tuple[str, str], Edge] = {}
    for edge in pathway.edges:
        ends = (into.get(edge.source, edge.source), into.get(edge.target, edge.target))
        if ends[0] == ends[1]:
            continue
        known = edges.get(ends)
        merged = replace(edge, source=ends[0], target=ends[1])
        if known is not None:
            same = known.effect == edge.effect
            beliefs = [b for b in (known.belief, edge.belief) if b is not None]
            merged = replace(
                merged,
                effect=edge.effect if same else "contested",
                belief=max(beliefs, default=None),
                claims=(*known.claims, *edge.claims),
            )
        edges[ends] = merged
    return replace(pathway, nodes=tuple(nodes), edges=tuple(edges.values()))


def broken(name: str) -> tuple[str, ...]:
    """Break a name into lines of at most about `LONGEST_LINE` characters, at spaces."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines[:2]) + ((lines[2][: LONGEST_LINE - 1] + "…",) if len(lines) > 2 else ())


def _columns(places: Mapping[str, Place], sizes: Mapping[str, tuple[float, float]]) -> dict[int, float]:
    """Give the middle of each layer, as wide as its widest box."""
    widths: dict[int, float] = {}
    for id, found in places.items():
        widths[found.layer] = max(widths.get(found.layer, 0.0), sizes[id][0])
    middles, at = {}, MARGIN
    for layer in sorted(widths):
        middles[layer] = at + widths[layer] / 2
        at += widths[layer] + COLUMN_GAP
    return middles


def _heads(drawn: Mapping[str, Drawn]) -> Markup:
    """Name each stage above its first layer, and each group of effects above its first box."""
    first: dict[str, Drawn] = {}
    groups: dict[str, Drawn] = {}
    for each in drawn.values():
        known = first.get(each.node.stage)
        if known is None or each.layer < known.layer:
            first[each.node.stage] = each
        if each.node.stage == "effect" and each.node.group:
            top = groups.get(each.node.group)
            if top is None or each.top < top.top:
                groups[each.node.group] = each
    words = [(each.x, 14.0, HEADS[stage], "stage") for stage, each in first.items()]
    words += [(each.x, each.top - 5, name, "group") for name, each in groups.items()]
    return Markup("").join(
        Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(kind, x, y, word)
        for x, y, word, kind in words
    )


def _node(each: Drawn) -> Markup:
    first = each.y - (len(each.lines) - 1) * LINE / 2 + 4.5
    lines = Markup("").join(
        Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(each.x, first + i * LINE, line)
        for i, line in enumerate(each.lines)
    )
    return Markup(
        '<g class="node {}"><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{}"/>{}</g>'
    ).format(
        each.node.stage, each.left, each.top, each.width, each.height, 10 if each.node.stage != "effect" else 3, lines
    )


def _edge(edge: Edge, source: Drawn, target: Drawn, address: str) -> Markup:
    line, (x, y, dx, dy) = _route(source, target)
    classes = f"edge {edge.effect} {marks.hue(edge.belief)}"
    head = _head(edge.effect, x, y, dx, dy)
    title = f"{source.node.name} {WORDS[edge.effect]} {target.node.name}; belief {marks.belief_word(edge.belief)}"
    body = Markup('<title>{}</title><path class="hit" d="{}"/><path class="line" d="{}"/>{}').format(
        title, line, line, head
    )
    if not edge.claims:
        return Markup('<g class="{}">{}</g>').format(classes, body)
    return Markup('<a class="{}" href="{}" data-claim="{}" aria-label="{}">{}</a>').format(
        classes, address.format(edge.claims[0]), edge.claims[0], title, body
    )


def _route(source: Drawn, target: Drawn) -> tuple[str, tuple[float, float, float, float]]:
    """Give the path of an edge, and where its head stands with the direction it points in."""
    if target.layer > source.layer:
        x1, y1, x2, y2 = source.right, source.y, target.left - 6, target.y
        bend = max(24.0, (x2 - x1) * 0.5)
        return _curve((x1, y1), (x1 + bend, y1), (x2 - bend, y2), (x2, y2)), (x2, y2, 1.0, 0.0)
    if target.layer < source.layer:  # feedback: under the boxes and back
        x1, y1, x2, y2 = source.x, source.bottom, target.x, target.bottom + 6
        deep = max(y1, y2) + 26 + 0.04 * abs(x1 - x2)
        return _curve((x1, y1), (x1, deep), (x2, deep), (x2, y2)), (x2, y2, 0.0, -1.0)
    x1, y1, x2, y2 = source.right, source.y, target.right + 6, target.y  # within a layer: around the right side
    out = max(x1, x2) + 22
    return _curve((x1, y1), (out, y1), (out, y2), (x2, y2)), (x2, y2, -1.0, 0.0)


def _curve(*points: tuple[float, float]) -> str:
    start, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def _head(effect: str, x: float, y: float, dx: float, dy: float) -> Markup:
    """Draw the end of an edge: an arrow, a bar, both for contested, an open circle for no effect."""
    parts: list[str] = []
    if effect in ("activates", "contested", "binds"):
        corners = [(x + a * dx + b * dy, y + a * dy + b * dx) for a, b in ((5, 0), (-3, -4), (-3, 4))]
        parts.append("M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z")
    if effect in ("inhibits", "contested"):
        at = -5 if effect == "contested" else 1
        bx, by = x + at * dx, y + at * dy
        parts.append(f"M{bx - 6 * dy:.1f} {by - 6 * dx:.1f}L{bx + 6 * dy:.1f} {by + 6 * dx:.1f}")
    if effect == "none":
        parts.append(f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z")
    return Markup("").join(Markup('<path class="head" d="{}"/>').format(part) for part in parts)


def rows(pathway: Pathway) -> Sequence[tuple[str, str, str, Edge]]:
    """List the edges as a table: source, effect, target, edge."""
    names = {node.id: node.name for node in pathway.nodes}
    return [(names.get(e.source, e.source), e.effect, names.get(e.target, e.target), e) for e in pathway.edges]
