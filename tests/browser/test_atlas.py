"""The atlas and the pages of entities in a real browser: drawn, live, by keyboard, without script, at its largest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generated_graph import large_graph
from pleio.web.atlas.graph import Atlas
from served import served

VENDOR = Path(__file__).parents[2] / "src" / "pleio" / "web" / "static" / "vendor"
needs_scripts = pytest.mark.skipif(not (VENDOR / "sigma.js").is_file(), reason="make fetches sigma.js")


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


@needs_scripts
def test_the_map_is_drawn_by_webgl_and_moves_by_keyboard(visit: Any) -> None:
    page = visit.go("/atlas?reach=all")
    page.wait_for_selector("#atlas[data-drawn]")
    assert page.locator("#atlas").get_attribute("data-drawn") == "4 3"
    assert painted(page) > 1.3
    before = page.locator(".atlas-canvas").screenshot()
    page.locator(".atlas-canvas").focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(200)
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


@needs_scripts
def test_a_large_map_is_drawn(browser: Any, large: str) -> None:
    """`bench/atlas.py` measures 10⁵ ties; here it is the first size that is drawn without ties to point at."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{large}/atlas?reach=all")
    page.wait_for_selector("#atlas[data-drawn]", timeout=60_000)
    places, ties = map(int, (page.locator("#atlas").get_attribute("data-drawn") or "").split())
    assert places > 3_000 and ties > 18_000
    assert painted(page) > 4
    assert page.locator("table.ties tbody tr").count() == 200
    context.close()


def painted(page: Any) -> float:
    """Say how much more a picture of the map holds than one of its empty ground: 1 where nothing is drawn."""
    box = page.locator(".atlas-canvas")
    drawn = len(box.screenshot())
    box.evaluate("box => box.querySelectorAll('canvas').forEach(one => { one.style.visibility = 'hidden'; })")
    empty = len(box.screenshot())
    box.evaluate("box => box.querySelectorAll('canvas').forEach(one => { one.style.visibility = ''; })")
    return drawn / empty
