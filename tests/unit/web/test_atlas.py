"""The atlas: what is chosen, where it lies, what is drawn, and that its addresses say all of it."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import time
from itertools import pairwise, permutations
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from drawn_columns import read_columns
from generated_graph import large_graph
from pleio.artifacts import Archive
from pleio.claims.claim import Claim, Evidence
from pleio.claims.collection import ClaimSet
from pleio.claims.entity import Entity
from pleio.claims.tables.layers import ClaimStore
from pleio.web.atlas.choose import UNKNOWN, Filter, bundled, neighbourhood, routes
from pleio.web.atlas.drawn import EFFECTS, graph_columns, selected
from pleio.web.atlas.fan import draw_fan, lay_out
from pleio.web.atlas.graph import Graph, Tie
from pleio.web.atlas.spread import spread
from pleio.web.atlas.view import View, read_view
from pleio.web.render.pathway import text_length


def tie(claim: str, source: str, target: str, belief: float | None = 0.9, **more: object) -> Tie:
    given = {"relation": "increases", "aspect": "", "context": "human, fibroblast", "contested": False, "findings": 1}
    return Tie(claim=claim, source=source, target=target, belief=belief, **{**given, **more})  # type: ignore[arg-type]


def graph(*ties: Tie) -> Graph:
    return Graph({end: f"name of {end}" for each in ties for end in (each.source, each.target)}, ties)


def graphs() -> st.SearchStrategy[Graph]:
    ends = st.sampled_from("abcdef")
    beliefs = st.none() | st.integers(0, 10).map(lambda n: n / 10)
    relations = st.sampled_from(["increases", "decreases", "regulates", "binds", "expressed_in"])
    one = st.tuples(ends, ends, beliefs, relations, st.booleans(), st.integers(0, 5))
    return st.lists(one, min_size=1, max_size=16).map(
        lambda rows: graph(
            *(
                tie(f"c{n}", a, b, belief, relation=relation, contested=contested, findings=findings)
                for n, (a, b, belief, relation, contested, findings) in enumerate(rows)
            )
        )
    )


@given(graphs())
def test_bundles_hold_every_tie_once(found: Graph) -> None:
    bundles = bundled(found.ties)
    assert sorted(id for each in bundles for id in each.claims) == sorted(each.claim for each in found.ties)
    assert len({(each.source, each.target) for each in bundles}) == len(bundles)


@given(graphs(), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_paths_are_the_best_there_are(found: Graph, most: int) -> None:
    """Against every path that there is, written out."""
    middle = found.middle
    ends = {each: max((t.belief if t.belief is not None else UNKNOWN) for t in found.ties if (t.source, t.target) == each) for each in {(t.source, t.target) for t in found.ties}}  # fmt: skip
    for end in set(found.names) - {middle}:
        others = sorted(set(found.names) - {middle, end})
        every = [
            prod(ends[step] for step in pairwise(way))
            for length in range(4)
            for between in permutations(others, length)
            for way in [(middle, *between, end)]
            if all(step in ends for step in pairwise(way))
        ]
        got, complete = routes(found, middle, end, Filter(), most=most)
        assert complete
        expected = sorted(every, reverse=True)[:most]
        assert [round(each.belief, 9) for each in got] == [round(each, 9) for each in expected]
        assert all(path.steps[0].source == middle and path.steps[-1].target == end for path in got)


def test_filters_leave_out_what_does_not_fit() -> None:
    found = graph(
        tie("held", "a", "b", 0.9), tie("open", "a", "c", 0.4, contested=True), tie("none", "a", "d", None),
        tie("less", "a", "e", 0.9, relation="decreases", context="mouse"),
    )  # fmt: skip

    def kept(**asked: object) -> set[str]:
        return {each.claims[0] for each in neighbourhood(found, "a", Filter(**asked)).bundles}  # type: ignore[arg-type]

    assert kept() == {"held", "open", "none", "less"}
    assert kept(least=0.5) == {"held", "less"}
    assert kept(contested=True) == {"open"}
    assert kept(relation="decreases") == {"less"}
    assert kept(context="Fibroblast") == {"held", "open", "none"}


def test_the_neighbours_with_most_findings_come_first_and_the_others_are_counted() -> None:
    found = graph(*(tie(f"c{n}", "a", f"n{n:02}", findings=n) for n in range(30)))
    shown = neighbourhood(found, "a", Filter(), 24)
    assert set(shown.neighbours) == {f"n{n:02}" for n in range(6, 30)}
    assert shown.more == 6
    assert len(shown.bundles) == 24


@given(graphs(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_name_lies_on_another_and_all_is_inside(found: Graph, narrow: bool) -> None:
    shown = neighbourhood(found, found.middle, Filter())
    fan = lay_out(shown, found.names, narrow=narrow)
    boxes = []
    for curie, spot in fan.spots.items():
        length = text_length(found.names[curie])
        left = spot.x + 7 if spot.side > 0 else spot.x - 7 - length
        boxes.append((left, spot.y - 9, left + length, spot.y + 9))
    half = text_length(found.names[found.middle]) / 2 + 9
    boxes.append((fan.x - half, fan.y - 13, fan.x + half, fan.y + 13))
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= fan.width + 1 and bottom <= fan.height
        for other in boxes[:i]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    drawing = etree.fromstring(
        str(draw_fan(shown, found.names, lambda curie: f"/entity/{curie}", lambda one: "/atlas", narrow=narrow))
    )
    assert len(drawing.findall(".//a[@class='place']")) == len(shown.neighbours)
    assert len(drawing.findall(".//a/path[@class='line']")) == len(shown.bundles) + (0 if narrow else len(shown.among))


@pytest.mark.parametrize(("places", "ties"), [(1, 0), (2, 1), (40, 60), (4_000, 8_000)])
def test_places_lie_apart_within_the_frame_and_always_the_same(places: int, ties: int) -> None:
    random = np.random.default_rng(3)
    source, target = random.integers(0, places, ties), random.integers(0, places, ties)
    lie = spread(places, source, target)
    assert lie.shape == (places, 2)
    assert np.isfinite(lie).all() and np.abs(lie).max() <= 1
    assert len(np.unique(lie, axis=0)) > 0.9 * places
    assert (spread(places, source, target) == lie).all()


def test_what_is_tied_lies_nearer_than_what_is_not() -> None:
    source = np.array([i for i in range(30) for _ in range(2)] + [i + 30 for i in range(30) for _ in range(2)])
    target = np.array([(i + step) % 30 for i in range(30) for step in (1, 2)] * 2) + (source >= 30) * 30
    lie = spread(60, source, target)
    tied = np.hypot(*(lie[source] - lie[target]).T).mean()
    apart = np.hypot(*(lie[:30] - lie[30:]).T).mean()
    assert tied < 0.5 * apart


@given(graphs())
@settings(max_examples=40, deadline=None)
def test_the_columns_say_what_is_drawn(found: Graph) -> None:
    view = View(about=found.middle, reach="all")
    columns = read_columns(graph_columns(found, view))
    curies, bundles = columns["names"]["curie"], {(each.source, each.target): each for each in selected(found, view)}
    ends = [(curies[a], curies[b]) for a, b in zip(columns["source"], columns["target"], strict=True)]
    assert sorted(ends) == sorted(bundles)
    for pair, look in zip(ends, columns["look"].tolist(), strict=True):
        belief = bundles[pair].belief
        assert look % 16 == (15 if belief is None else round(10 * belief))
        assert bool(look & 16) == bundles[pair].contested and EFFECTS[look // 32] == bundles[pair].effect
    carried = [bundles[pair].findings * (0.5 if (b := bundles[pair].belief) is None else b) for pair in ends]
    assert carried == sorted(carried, reverse=True), "those that carry most come first"
    assert columns["degree"].tolist() == [sum(curie in pair for pair in ends) for curie in curies]
    assert curies[columns["middle"]] == found.middle
    assert all(len(columns[name]) == len(curies) and np.abs(columns[name]).max() <= 1 for name in ("x", "y"))


def test_many_ties_are_laid_out_in_bounded_time() -> None:
    """`bench/atlas.py` does it with 10⁵."""
    found = large_graph(20_000)
    view = View(about=found.middle, reach="all")
    begun = time.perf_counter()
    written = graph_columns(found, view)
    assert time.perf_counter() - begun < 30, "two seconds on a quiet machine"
    assert len(selected(found, view)) > 18_000
    assert len(written) < 500_000


@given(
    st.builds(
        View, st.sampled_from("ab"), st.sampled_from(["", "c"]), st.sampled_from(["", "2", "all"]),
        st.sampled_from(["", "increases"]), st.text(max_size=9).map(str.strip), st.integers(0, 100), st.booleans(),
        st.sampled_from(["", "a~b"]), st.integers(0, 3),
    )
)  # fmt: skip
def test_an_address_holds_the_whole_view(view: View) -> None:
    found = graph(tie("1", "a", "b"), tie("2", "a", "c"))
    assert read_view(QueryParams(view.query()), found) == view


def test_a_tie_opens_its_evidence(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/atlas?about=hgnc:5966").text)
    (edge,) = [a for a in page.iterfind(".//svg//a") if "cl:0000233" in a.get("href", "") and "edge" in a.get("class")][:1]  # fmt: skip
    opened = html.document_fromstring(client.get(edge.get("href")).text)
    told = opened.get_element_by_id("tie").text_content()
    assert "IL11 increases platelets" in told and "platelets rose by 85 %" in told and "Gordon MS (1996)" in told
    piece = client.get(edge.get("href").replace("/atlas?", "/atlas/tie?").partition("#")[0]).text
    assert "platelets rose by 85 %" in piece and "<html" not in piece


def test_paths_are_drawn_and_listed(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/atlas?about=IL11&to=ERK").text)
    (path,) = page.findall(".//ol[@class='paths']/li")
    assert " ".join(path.text_content().split()) == "0.97 IL11 increases ERK"
    assert len(page.findall(".//figure[@class='paths-figure']//rect")) == 2
    nothing = client.get("/atlas?about=ERK&to=IL11").text
    assert "No chain of at most four claims leads from ERK to IL11" in nothing


def test_every_problem_of_an_address_is_told_at_once(client: TestClient) -> None:
    response = client.get("/atlas.json?about=IL12&relation=eats&least=lots&reach=9&tie=x~y")
    error = response.json()["error"]
    assert response.status_code == 404
    assert (error["where"], error["what"]) == ("about", "no claim here is about 'IL12'")
    assert "IL11" in error["help"]
    assert [each["where"] for each in error["more"]] == ["relation", "reach", "least", "tie"]


def test_an_empty_house_says_what_would_fill_the_atlas(archive: Archive) -> None:
    from pleio.web import create_app

    client = TestClient(create_app(archive), base_url="http://127.0.0.1")
    assert "pleio up" in client.get("/atlas").text
    assert read_columns(client.get("/atlas/graph.bin").content)["names"]["curie"] == []
    assert client.get("/entity/hgnc:5966").status_code == 404


def test_imports_are_shown_as_not_weighed_and_private_claims_are_not(own_client: TestClient, archive: Archive) -> None:
    def claim(id: str, target: Entity) -> Claim:
        said = Evidence(says="supports", finding=f"{id} was seen", source="pubmed:1", trust="abstract")
        return Claim(id=id, subject=Entity(curie="hgnc:5966", name="IL11"), relation="increases", object=target, evidence=(said,))  # fmt: skip

    store = ClaimStore(archive.store)
    store.lay_set("a file", "import", ClaimSet((claim("brought", Entity(curie="hgnc:6018", name="IL6")),)), digest="1")
    store.lay_set("mine", "private", ClaimSet((claim("secret", Entity(curie="hgnc:5438", name="IFNG")),)), digest="2")
    ties = own_client.get("/atlas.json").json()["ties"]
    assert {tie["target"]: tie["belief"] for tie in ties}["hgnc:6018"] is None
    assert "IL6" in own_client.get("/entity/hgnc:6018").text
    assert "hgnc:5438" not in own_client.get("/atlas.json").text
    assert own_client.get("/entity/hgnc:5438").status_code == 404


def test_the_page_of_an_entity_has_its_claims_contests_and_where_it_matters(client: TestClient) -> None:
    page = client.get("/entity/hgnc:5966")
    text = html.document_fromstring(page.text).text_content()
    for told in ("IL11 increases platelets", "IL11 increases ERK phosphorylation", "Where sources disagree", "What it does", "a page of its own"):  # fmt: skip
        assert told in text
    value = client.get("/entity/hgnc:5966.json").json()
    assert {group["name"] for group in value["out"]} == {"platelet", "ERK", "process"}
    assert client.get("/entity/IL11").status_code == 200, "a name is as good as a CURIE"
    response = client.get("/entity/hgnc:5967.json")
    assert response.status_code == 404 and "hgnc:5966" in response.json()["error"]["help"]
