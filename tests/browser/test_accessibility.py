"""axe-core over every kind of page, light and dark, wide and narrow; and what a screen reader says of numbers."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from published_sample import CLAIM, CONTEST

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATHS = (
    "/", "/artifact/il11", "/embed/artifact/il11", "/artifact/sample-claims", "/artifact/sample-figure", "/artifact/il11/history",
    "/claims", "/claims?q=nothing+like+it", f"/claim/{CLAIM}", "/claim/sample-empty", f"/contest/{CONTEST}", "/study/sample-study",
    "/audit/sample-audit", "/audit", "/entity/hgnc:5966", "/entity/cl:0000233", "/atlas", "/atlas?reach=all",
    "/atlas?about=hgnc:5966&to=fplx:ERK&tie=hgnc:5966~cl:0000233", "/atlas?least=99", "/search", "/search?q=platelet", "/jobs",
    "/signin", "/api", "/nothing", "/pathway/il11?study=oprelvekin-platelets", "/embed/pathway/il11?study=oprelvekin-platelets",
)  # fmt: skip
LOOKS = [("light", 1280), ("dark", 390)]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.mark.skipif(not AXE.is_file(), reason="npm ci brings axe-core")
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_no_page_has_a_violation_above_a_minor_one(browser: Any, site: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    found = []
    for path in PATHS:
        page.goto(site + path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate(f"axe.run({json.dumps(RULES)})")
        found += [
            f"{path}: {one['impact']} {one['id']}: {one['help']}: {[node['target'] for node in one['nodes'][:3]]}"
            for one in result["violations"]
            if one["impact"] != "minor"
        ]
    context.close()
    assert found == []


def test_a_belief_is_said_once_and_an_interval_says_what_the_cells_beside_it_do_not(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/claim/{CLAIM}")
    said = page.locator(".belief-line").first.aria_snapshot()
    assert said.count("0.91") == 1 and "belief 0.91" in said
    page.goto(f"{site}/contest/{CONTEST}")
    for line in page.locator(".outcomes li").all():
        said = line.aria_snapshot()
        assert said.count("0.") == said.count("belief ") == 1, said
    page.goto(f"{site}/study/sample-study")
    row = page.locator(".endpoints tbody tr:has(td)").first
    cells = [cell.inner_text() for cell in row.locator("td.n").all()]
    drawn = row.get_by_role("img").get_attribute("aria-label")
    assert "half of worlds" in drawn and "of all subjects" in drawn and cells[1] not in drawn
    page.close()


def test_a_slider_says_the_value_and_its_unit_not_its_step(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/playground?start=oprelvekin-platelets&worlds=8&horizon=20")
    slider = page.get_by_role("slider", name="dose", exact=True)
    field = page.get_by_role("spinbutton", name="dose", exact=True)
    assert slider.get_attribute("aria-valuetext") == "50 µg/kg"
    field.fill("20")
    assert slider.get_attribute("aria-valuetext") == "20 µg/kg"
    slider.focus()
    page.keyboard.press("PageUp")
    assert slider.get_attribute("aria-valuetext") == f"{field.input_value()} µg/kg" != "20 µg/kg"
    page.close()
