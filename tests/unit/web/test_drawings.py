"""Drawings: nothing overlaps, nothing lies outside, nothing acts, and what is drawn says what it should."""

# ruff: noqa: E501 -- tables of cases read better in one line each
from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pleio.library.content import Contest, Edge, Evidence, Node, Outcome, Pathway
from pleio.studies.figures.palette import EXPLAINS, PALETTE, WORTH
from pleio.web.render.evidence import LARGEST, WIDTH, draw_contest, lay_out, one_each
from pleio.web.render.figure import bring_in
from pleio.web.render.marks import belief_word, hue, number
from pleio.web.render.pathway import MOST, Drawing, draw_pathway, folded
from pleio.web.render.pathway import lay_out as lay_out_pathway
from published_sample import CLAIMS, PATHWAY

CSS = Path(__file__).parents[3] / "src" / "pleio" / "web" / "static" / "pleio.css"


def pathways() -> st.SearchStrategy[Pathway]:
    """Draw pathways of every shape, with links that run backwards and in circles."""

    @st.composite
    def one(draw: st.DrawFn) -> Pathway:
        count = draw(st.integers(1, 24))
        names = draw(st.lists(st.sampled_from(["ERK", "IL-11 signalling complex", "α-smooth-muscle actin", "von Willebrand factor"]), min_size=count, max_size=count))  # fmt: skip
        stages = draw(st.lists(st.integers(0, 4), min_size=count, max_size=count))
        groups = draw(st.lists(st.sampled_from(["", "blood", "bone"]), min_size=count, max_size=count))
        nodes = tuple(
            Node(str(i), names[i], stages[i], "effect" if stages[i] == 4 else "signal", groups[i] if stages[i] == 4 else "")
            for i in range(count)
        )  # fmt: skip
        ends = st.integers(0, count - 1).map(str)
        links = draw(st.lists(st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1]), max_size=40, unique=True)) if count > 1 else []  # fmt: skip
        effects = st.sampled_from(["activates", "inhibits", "contested", "binds", "none"])
        return Pathway(("a", "b", "c", "d", "e"), nodes, tuple(Edge(a, b, draw(effects), 0.5) for a, b in links))

    return one()


def check(drawing: Drawing) -> None:
    placed = list(drawing.nodes.values())
    for one, other in combinations(placed, 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        assert apart, f"{one.node.name} lies on {other.node.name}"
    for each in placed:
        assert each.left >= 0 and each.top >= 0
        assert each.right <= drawing.width and each.bottom <= drawing.height
    for passes in drawing.passes.values():
        for left, right, y in passes:
            inside = [n for n in placed if n.left < right and left < n.right and n.top < y < n.bottom]
            assert not inside, f"an edge runs through {inside[0].node.name}"


@settings(max_examples=60, deadline=None)
@given(pathway=pathways())
def test_no_box_lies_on_another_and_no_edge_runs_through_one(pathway: Pathway) -> None:
    check(lay_out_pathway(pathway))
    etree.fromstring(str(draw_pathway(pathway)))


def test_the_sample_is_drawn_whole() -> None:
    check(lay_out_pathway(PATHWAY))
    root = etree.fromstring(str(draw_pathway(PATHWAY)))
    assert len(root.findall(".//rect")) == len(PATHWAY.nodes)
    assert len([e for e in root.iter("a", "g") if "edge" in (e.get("class") or "").split()]) == len(PATHWAY.edges)
    titles = [title.text for title in root.iter("title")]
    assert "SOCS3 inhibits STAT3; belief 0.80" not in titles, "an edge without a claim states no belief"
    assert "signalling complex changes (which way is contested) platelets; belief 0.91" in titles
    assert {e.get("href") for e in root.iter("a")} == {"/claim/sample-erk", "/claim/sample-platelets"}


def test_order_in_the_file_does_not_change_the_drawing_of_effects() -> None:
    turned = Pathway(PATHWAY.stages, PATHWAY.nodes, tuple(reversed(PATHWAY.edges)))
    one, other = lay_out_pathway(PATHWAY), lay_out_pathway(turned)
    assert {id: (n.x, round(n.y, 6)) for id, n in one.nodes.items()} == {id: (n.x, round(n.y, 6)) for id, n in other.nodes.items()}  # fmt: skip


def test_above_sixty_nodes_effects_fold_into_their_groups() -> None:
    nodes = [Node("c", "complex", 0)] + [
        Node(f"e{i}", f"effect {i}", 1, "effect", f"system {i % 7}") for i in range(MOST + 20)
    ]
    edges = [Edge("c", node.id, "activates", 0.5, (f"claim-{i}",)) for i, node in enumerate(nodes[1:])]
    pathway = Pathway(("", ""), tuple(nodes), tuple(edges))
    small = folded(pathway)
    assert len(small.nodes) == 8
    assert sum(len(edge.claims) for edge in small.edges) == len(edges), "no claim is lost"
    assert folded(PATHWAY) is PATHWAY


CONTEST = CLAIMS.contests[0]


def test_evidence_for_stands_right_and_against_left() -> None:
    placed, _ = lay_out(CONTEST)
    middle = WIDTH / 2
    assert {mark.evidence.finding: mark.x > middle for mark in placed} == {
        "platelets rose by 85 %": True,
        "platelets may rise": True,
        "no change at the lowest dose": False,
        "used as an observation": True,
    }


def test_area_is_weight_and_no_weight_is_a_dot() -> None:
    radius = {mark.evidence.finding: mark.radius for mark in lay_out(CONTEST)[0]}
    ratio = radius["platelets rose by 85 %"] ** 2 / radius["no change at the lowest dose"] ** 2
    assert ratio == pytest.approx(min(2.1, (LARGEST / 9) ** 2) / 0.9)
    assert radius["used as an observation"] < 3


def test_hedged_evidence_is_hollow_and_each_mark_leads_to_its_evidence() -> None:
    root = etree.fromstring(str(draw_contest(CONTEST, "/contest/x")))
    classes = [path.get("class") for path in root.iter("path")]
    assert sum("hollow" in name for name in classes) == 1
    assert sum("weightless" in name for name in classes) == 1
    assert all(re.fullmatch(r"/contest/x#e-[0-9a-f]{10}", link.get("href")) for link in root.iter("a"))


@settings(max_examples=50, deadline=None)
@given(weights=st.lists(st.floats(0, 20), max_size=40))
def test_many_marks_stay_within_the_row_and_apart(weights: list[float]) -> None:
    evidence = tuple(
        Evidence("c", "supports", f"f{i}", ("increases",) if i % 3 else ("no_effect",), "sufficiency", "", "", f"s{i}", "abstract", weight=w)
        for i, w in enumerate(weights)
    )  # fmt: skip
    contest = Contest("x", "X", "sufficiency", "increases", (Outcome("increases", 0.5, 0.5),), evidence, ("c",), (), True, "")  # fmt: skip
    placed, height = lay_out(contest)
    assert len(placed) == len(one_each(evidence)) == len(evidence)
    for mark in placed:
        assert mark.x - mark.radius >= 0 and mark.x + mark.radius <= WIDTH
        assert mark.y - mark.radius >= 0 and mark.y + mark.radius <= height
    for one, other in combinations(placed, 2):
        assert abs(one.y - other.y) > 1 or abs(one.x - other.x) >= one.radius + other.radius


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10" onload="x()">
<script>alert(1)</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x()"/></foreignObject>
<style>*{fill:red}</style><image href="http://evil/x.png"/><use xlink:href="http://evil#x"/><a href="javascript:x()"><text>link</text></a>
<animate attributeName="href" values="javascript:x()"/><rect id="r" style="fill: #0072b2; background: url(http://evil)" clip-path="url(#c)" width="5.123456" height="5"/>
<path d="M0 0" fill="url(http://evil)" onclick="x()"/><defs><clipPath id="c"><rect width="1" height="1"/></clipPath></defs></svg>"""


def test_of_a_drawing_only_what_draws_comes_in() -> None:
    made = str(bring_in(HOSTILE, "f1", 'a "line" & more'))
    root = etree.fromstring(made)
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags == {"svg", "rect", "path", "defs", "clipPath"}
    for word in ("evil", "javascript", "onload", "onclick", "script", "style"):
        assert word not in made
    rect = next(root.iter("{*}rect"))
    assert rect.get("class") == "fill-0072b2" and rect.get("width") == "5.1"
    assert rect.get("clip-path") == "url(#f1-c)" and root.find(".//{*}clipPath").get("id") == "f1-c"
    assert root.get("aria-label") == 'a "line" & more'


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "not svg",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        "<svg>",
    ],
)
def test_what_is_not_a_drawing_is_nothing(svg: str) -> None:
    assert bring_in(svg, "f", "") == ""


def test_every_colour_of_the_figures_has_its_light_and_dark_form() -> None:
    css = CSS.read_text(encoding="utf-8")
    for colour in {*PALETTE, EXPLAINS, WORTH}:
        for attribute in ("fill", "stroke"):
            rule = re.search(rf"\.{attribute}-{colour[1:]} {{ {attribute}: var\((--[\w-]+)\); }}", css)
            assert rule, f"pleio.css has no .{attribute}-{colour[1:]}"
            assert len(re.findall(rf"{rule[1]}: #", css)) >= 3, f"{rule[1]} is not set for light, dark and chosen dark"


def test_numbers_are_written_as_people_read_them() -> None:
    assert [number(x) for x in (0.5, -12, 1e-12, 123456, 1.5e9)] == ["0.5", "−12", "1 × 10⁻¹²", "123,000", "1.5 × 10⁹"]
    assert number(float("nan")) == "not measured"


def test_a_belief_is_never_written_as_certain() -> None:
    assert belief_word(1.0) == "> 0.99" and belief_word(0.0) == "< 0.01"
    assert [hue(b) for b in (0.0, 0.5, 1.0, None)] == ["b0", "b5", "b10", "bx"]
