"""axe-core over every kind of page, light and dark, wide and narrow: nothing serious, nothing critical."""

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
def test_no_page_has_a_serious_or_critical_violation(browser: Any, site: str, scheme: str, width: int) -> None:
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
            if one["impact"] in ("serious", "critical")
        ]
    context.close()
    assert found == []
