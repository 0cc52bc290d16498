"""On paper nothing is folded away, cut off or pale; in a reader's own colours and at four times the size all is legible."""

# ruff: noqa: E501 -- scripts for the browser

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from published_sample import CLAIM, CONTEST

PATHWAY = "/pathway/il11?study=oprelvekin-platelets"
PAGES = ("/", "/artifact/il11", "/claims", f"/claim/{CLAIM}", f"/contest/{CONTEST}", "/study/sample-study", "/entity/hgnc:5966", "/atlas", "/playground", PATHWAY)  # fmt: skip
PAPER = 698  # px between the margins of A4
FOLDED = """() => [...document.querySelectorAll("main details")].filter((one) => one.checkVisibility() && !one.open
  && [...one.children].some((child) => !child.checkVisibility() && getComputedStyle(child).display !== "none")).map((one) => one.textContent.trim().slice(0, 60))"""
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => { const style = getComputedStyle(one);
  return style.overflowX !== "visible" && !one.matches(".unseen, svg, svg *, input, select, textarea, .fill-key") && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1); }).map((one) => one.className)"""
PALE = """() => { const ink = getComputedStyle(document.body).color; const text = document.querySelector("main svg text");
  return [ink, text && getComputedStyle(text).fill]; }"""


@pytest.fixture(scope="module")
def on_paper(browser: Any) -> Any:
    """A page as wide as paper, as it is printed."""
    context = browser.new_context(viewport={"width": PAPER, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_on_paper_nothing_is_folded_or_cut_off(on_paper: Any, site: str, path: str) -> None:
    on_paper.goto(site + path)
    assert on_paper.evaluate(FOLDED) == []
    assert on_paper.evaluate(CUT) == []
    assert not any(one.is_visible() for one in on_paper.get_by_role("button").all())
    assert on_paper.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_on_paper_the_pathway_reaches_its_effects_and_a_reason_is_told(browser: Any, site: str) -> None:
    page = browser.new_page()
    for path, said in ((PATHWAY, "effects"), ("/artifact/il11", "what would change it")):
        page.goto(site + path)
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        assert said in " ".join(sheet.extract_text() for sheet in sheets)
    page.close()


def test_a_dark_page_is_printed_black_on_white(browser: Any, site: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{site}/artifact/il11")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(PALE)[0] == "rgb(233, 230, 223)"
    page.emulate_media(media="print")
    assert page.evaluate(PALE)[0] == "rgb(0, 0, 0)"
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_the_readers_own_colours_drawings_are_as_legible_as_text(browser: Any, site: str, theme: str) -> None:
    context = browser.new_context(color_scheme="dark", forced_colors="active")
    page = context.new_page()
    page.goto(site + PATHWAY)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    ink, drawn = page.evaluate(PALE)
    assert ink == drawn == "rgb(255, 255, 255)"
    context.close()


def test_at_four_times_the_size_no_page_is_wider_than_the_screen(browser: Any, site: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    wide = {}
    for path in PAGES:
        page.goto(site + path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    context.close()
    assert wide == {}
