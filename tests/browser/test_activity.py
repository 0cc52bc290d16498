"""The pathway over time in a browser: boxes fill while the time is moved, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

PLACE = "/pathway/il11?study=oprelvekin-platelets&at=0"
PATIENCE = 60_000  # ms
FILLS = """() => Object.fromEntries([...document.querySelectorAll(".pathway .level")]
  .map((box) => [box.dataset.place, Number(getComputedStyle(box).fillOpacity)]))"""
PIXEL = """(place) => { const box = document.querySelector(`.level[data-place="${place}"]`);
  return [getComputedStyle(box).fill, box.getBoundingClientRect().width > 10]; }"""


@pytest.fixture(autouse=True, scope="module")
def warm(site: str) -> None:
    """The first answer waits for imports and for a program to be compiled."""
    with urlopen(site + PLACE, timeout=120) as reply:
        assert reply.status == 200


def test_boxes_fill_as_the_time_is_moved(visit: Any) -> None:
    page = visit.go(PLACE)
    slider = page.get_by_role("slider", name="time")
    expect(slider).to_be_visible(timeout=PATIENCE)
    before = page.evaluate(FILLS)
    assert before["hgnc:11364"] < 0.1 and before["cl:0000233"] < 0.2
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".said-time").first).not_to_have_text("day 0")
    during = page.evaluate(FILLS)
    assert set(during) == set(before)
    assert during["hgnc:11364"] > before["hgnc:11364"] + 0.1
    assert during["hgnc:19391"] > before["hgnc:19391"] + 0.1
    page.keyboard.press("End")
    after = page.evaluate(FILLS)
    assert after["hgnc:11364"] < during["hgnc:11364"] - 0.1
    fill, seen = page.evaluate(PIXEL, "cl:0000233")
    assert fill not in ("none", "rgb(0, 0, 0)") and seen


def test_what_the_slider_shows_is_what_its_address_shows(visit: Any) -> None:
    page = visit.go(PLACE)
    slider = page.get_by_role("slider", name="time")
    expect(slider).to_be_visible(timeout=PATIENCE)
    slider.fill("84")
    moved, told = page.evaluate(FILLS), page.locator("h1").inner_text()
    values = page.locator("[data-value]").all_inner_texts()
    assert "at=336" in page.url and "day 14" in told
    assert "at=336" in page.get_by_role("link", name="SVG").get_attribute("href")
    assert "at=336" in page.get_by_role("link", name="placebo").get_attribute("href")
    page.reload()
    expect(slider).to_be_visible(timeout=PATIENCE)
    assert page.evaluate(FILLS) == pytest.approx(moved, abs=2e-3)
    assert page.locator("[data-value]").all_inner_texts() == values
    assert page.locator("h1").inner_text() == told


def test_without_script_the_times_are_links(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PLACE)
    page.get_by_role("navigation", name="time").get_by_role("link", name="day 14").click()
    assert "at=336" in page.url
    full = page.locator('.level[data-place="cl:0000233"]').get_attribute("fill-opacity")
    assert float(full) > 0.5
    context.close()
