"""The playground in a browser: a curve moves with its slider, by mouse and by keyboard, and the address follows."""

from __future__ import annotations

from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

PLACE = "/playground?start=oprelvekin-platelets&worlds=8&horizon=20"
PATIENCE = 60_000  # ms
MIDDLE = 'svg[data-quantity="platelets"] .arm-1 .middle'


@pytest.fixture(autouse=True, scope="module")
def warm(site: str) -> None:
    """The first answer waits for imports and for a program to be compiled; a busy machine takes its time over that."""
    with urlopen(site + PLACE.replace("/playground", "/playground/answer"), timeout=120) as reply:
        assert reply.status == 200


def moves(page: Any, before: str) -> None:
    expect(page.locator(MIDDLE)).not_to_have_attribute("d", before, timeout=PATIENCE)


def drawn(page: Any) -> str:
    return str(page.locator(MIDDLE).get_attribute("d"))


def test_change_a_dose_and_see_the_curve_move(visit: Any) -> None:
    page = visit.go(PLACE)
    before = drawn(page)
    slider = page.get_by_role("slider", name="dose", exact=True)
    slider.focus()
    for _ in range(6):
        page.keyboard.press("PageUp")
    moves(page, before)
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false", timeout=PATIENCE)
    assert "dose=" in page.url
    moved = drawn(page)
    page.reload()
    assert drawn(page) == moved
    assert page.get_by_role("link", name="study (YAML)").get_attribute("href").endswith(page.url.partition("?")[2])


def test_supposing_no_effect_lays_the_arms_together(visit: Any) -> None:
    page = visit.go(PLACE + "&suppose.hgnc-5966--effect--cl-0000233--abundance--sufficiency=increases")
    apart = drawn(page)
    page.get_by_label("platelet numbers").select_option("no_effect")
    moves(page, apart)
    assert "suppose." in page.url


def test_what_is_wrong_is_said_beside_the_drawings(visit: Any) -> None:
    page = visit.go(PLACE)
    page.get_by_label("days shown").first.fill("100000")
    page.get_by_role("alert").wait_for(timeout=PATIENCE)
    assert "five years" in page.get_by_role("alert").inner_text()
    assert drawn(page)
    visit.complaints.clear()  # the browser logs the refusal itself


def test_without_script_the_form_does_the_same(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PLACE)
    before = drawn(page)
    page.locator("input[name=dose]").fill("90")
    page.get_by_role("button", name="Simulate").click()
    assert "dose=90" in page.url
    assert drawn(page) != before
    context.close()
