"""The atlas and the pages of entities in a real browser: drawn, live, by keyboard, without script, at its largest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drawn_columns import read_columns
from generated_graph import large_graph
from pleio.web.atlas.graph import Atlas
from served import served


def test_the_neighbourhood_is_drawn_and_a_tie_opens_its_evidence(visit: Any) -> None:
    page = visit.go("/atlas")
    lines = page.locator("svg.fan >> visible=true >> .edge .line")
    assert lines.count() == 3
    boxes = lines.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(boxes) > 20
    colours = lines.evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")
    assert "none" not in colours and len(set(colours)) > 1, "belief is not seen"
    page.locator(".drawing.wide a.edge.contested").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/atlas?*tie=*")
    assert "platelets rose by 85 %" in page.locator("#tie").inner_text()


def test_no_name_of_the_neighbourhood_lies_on_another(browser: Any, site: str) -> None:
    for width in (1280, 390):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{site}/entity/hgnc:5966")
        boxes = page.locator("svg.fan >> visible=true >> text").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().toJSON())"
        )
        assert len(boxes) == 4
        for i, a in enumerate(boxes):
            assert a["left"] >= 0 and a["right"] <= width
            for b in boxes[:i]:
                assert (
                    a["right"] <= b["left"]
                    or b["right"] <= a["left"]
                    or a["bottom"] <= b["top"]
                    or b["bottom"] <= a["top"]
                )
        context.close()


def test_an_entity_is_reached_from_a_claim_by_keyboard_and_leads_on(visit: Any) -> None:
    page = visit.go("/claim/sample-platelets")
    page.locator("dd a[href='/entity/hgnc:5966']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/hgnc:5966")
    assert page.locator("h1").inner_text() == "IL11"
    page.locator(".contest-title a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/contest/**")


def test_the_map_is_drawn_by_webgl_and_moves_by_keyboard(visit: Any) -> None:
    page = visit.go("/atlas?reach=all")
    page.wait_for_selector("#atlas[data-drawn]")
    assert page.locator("#atlas").get_attribute("data-drawn") == "4 3"
    assert painted(page) > 1.3
    before = page.locator(".atlas-canvas").screenshot()
    page.locator(".atlas-canvas").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    assert page.locator(".atlas-canvas").screenshot() != before
    assert page.locator("table.ties tbody tr").count() == 3, "the list says the same"
    page.locator(".theme-toggle").click()
    page.wait_for_timeout(200)
    assert painted(page) > 1.3


def test_the_map_without_script_is_the_neighbourhood_and_the_list(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/atlas?reach=all")
    assert page.locator("svg.fan .edge .line").count() > 0
    assert page.locator("table.ties tbody tr").count() == 3
    page.fill("input[name=to]", "ERK")
    page.locator(".filter button").click()
    assert page.locator("svg.pathway .node").count() == 2
    context.close()


@pytest.fixture
def large(browser: Any, site: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    from pleio.artifacts import Archive
    from pleio.store import open_store

    graph = large_graph(20_001)
    monkeypatch.setattr(Atlas, "graph", lambda self: graph)
    with served(Archive(open_store(tmp_path))) as address:
        yield address


def test_what_is_pointed_at_is_named_and_opens(visit: Any) -> None:
    page = visit.go("/atlas?reach=all")
    page.emulate_media(reduced_motion="reduce")  # else what is pressed next scrolls away
    page.wait_for_selector("#atlas[data-drawn]")
    at, ends = where(page)

    def told(x: float, y: float) -> str:
        page.mouse.move(x, y)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return str(page.locator(".atlas-about").inner_text())

    assert {told(*at[name]) for name in at} == {"IL11: 3 ties", "ERK: 1 tie", "platelet: 1 tie", "process: 1 tie"}
    between = {pair: tuple((a + b) / 2 for a, b in zip(*(at[name] for name in pair), strict=True)) for pair in ends}
    assert told(*between["IL11", "platelet"]) == "IL11 increases platelet: belief 0.9, contested"
    page.mouse.click(*between["IL11", "platelet"])
    page.wait_for_selector("#tie .behind-tie")
    assert "tie=" in page.url
    page.mouse.click(*where(page)[0]["ERK"])
    page.wait_for_url("**about=fplx*ERK*")


def where(page: Any) -> tuple[dict[str, tuple[float, float]], list[tuple[str, str]]]:
    """Say where on the screen the script draws each place, and which are tied."""
    columns = read_columns(page.request.get(page.url.replace("/atlas?", "/atlas/graph.bin?")).body())
    page.evaluate("document.querySelector('.atlas-canvas').scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator(".atlas-canvas").bounding_box()
    wide = max(1.0, min(1.8, box["width"] / box["height"]))
    names, lie = columns["names"]["name"], np.stack([columns["x"] * wide, columns["y"]], axis=1)
    low, high = lie.min(axis=0), lie.max(axis=0)
    scale = min((box["width"] - 70) / (high - low)[0], (box["height"] - 50) / (high - low)[1])
    middle = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    at = {name: tuple(one.tolist()) for name, one in zip(names, middle + (lie - (low + high) / 2) * scale, strict=True)}
    return at, [(names[a], names[b]) for a, b in zip(columns["source"], columns["target"], strict=True)]


def test_without_webgl_the_drawing_of_the_server_stays(visit: Any) -> None:
    visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = visit.go("/atlas?reach=all")
    page.wait_for_load_state("networkidle")
    assert page.locator("svg.fan >> visible=true").count() == 1
    assert page.locator(".atlas-canvas").count() == 0
    assert "most findings join" in page.locator("#atlas .said").inner_text()


def test_a_large_map_answers_while_it_moves(browser: Any, large: str) -> None:
    """`bench/atlas.py` measures 10⁵ ties; here are enough that most of them are drawn only where the map rests."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{large}/atlas?reach=all")
    figure, box = page.locator("#atlas"), page.locator(".atlas-canvas")
    page.wait_for_selector("#atlas[data-drawn]", timeout=60_000)
    places, ties = map(int, (figure.get_attribute("data-drawn") or "").split())
    assert places > 3_000 and ties > 18_000
    assert painted(page) > 4
    assert page.locator("table.ties tbody tr").count() == 200
    whole = len(box.screenshot())
    box.focus()
    page.keyboard.press("-")
    page.wait_for_selector("#atlas:not([data-whole])", timeout=60_000)
    assert painted(page) > 4, "nothing was seen while it moved"
    page.keyboard.press("0")
    page.wait_for_selector("#atlas[data-whole]", timeout=60_000)
    assert abs(len(box.screenshot()) - whole) < 0.1 * whole, "not all that was there at first is there again"
    context.close()


def painted(page: Any) -> float:
    """Say how much more a picture of the map holds than one of its empty ground: 1 where nothing is drawn."""
    box = page.locator(".atlas-canvas")
    drawn = len(box.screenshot())
    box.evaluate("box => box.querySelectorAll('canvas').forEach(one => { one.style.visibility = 'hidden'; })")
    empty = len(box.screenshot())
    box.evaluate("box => box.querySelectorAll('canvas').forEach(one => { one.style.visibility = ''; })")
    return drawn / empty
