"""Journeys through the page of an artifact, in a real browser."""

# ruff: noqa: E501 -- scripts for the browser and tables of cases
from __future__ import annotations

from typing import Any

import pytest

from published_sample import CLAIM, CONTEST, PATHWAY, publish_sample
from served import elsewhere, served

PATHS = ["/", "/artifact/il11", "/embed/artifact/il11", "/claims", f"/claim/{CLAIM}", f"/contest/{CONTEST}", "/study/sample-study", "/audit/sample-audit", "/artifact/il11/history", "/nothing"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS[:-1])
def test_a_page_loads_without_complaint_and_asks_nobody_else(visit: Any, path: str) -> None:
    page = visit.go(path)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.fonts.status") == "loaded"
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--held').trim()") != "", "no style sheet"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_telephone(browser: Any, site: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 375, path
    context.close()


def test_a_claim_is_read_to_its_source(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    mark = page.locator(f".prose a.claim-mark[data-claim='{CLAIM}']").first
    assert "IL11 increases platelets" in (mark.get_attribute("aria-label") or "")
    mark.click()
    page.wait_for_url(f"**/claim/{CLAIM}")
    assert page.locator(".evidence li").count() == 4
    assert page.locator(".evidence a[href='https://pubmed.ncbi.nlm.nih.gov/8639882']").count() == 1
    page.locator(".contest-title a").first.click()
    page.wait_for_url(f"**/contest/{CONTEST}")
    assert page.locator("section:has(#h-against) .evidence li").count() == 1
    assert page.locator("section:has(#h-for) .evidence li").count() == 3


def test_pointing_at_a_sentence_shows_its_card_and_escape_closes_it(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    page.locator("span.claim", has_text="Given as a drug").hover()
    card = page.locator(".card")
    card.wait_for()
    assert "platelets rose by 85 %" in card.inner_text()
    assert "0.91" in card.inner_text()
    box = card.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1440
    page.keyboard.press("Escape")
    assert card.count() == 0


def test_tapping_a_sentence_shows_its_card_on_a_telephone(browser: Any, site: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/artifact/il11")
    page.locator("span.claim", has_text="Given as a drug").tap()
    box = page.locator(".card").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 375
    context.close()


def test_the_keyboard_alone_reaches_the_evidence(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "to the text"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.claim-mark')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "focus is not seen"
    page.locator(".card").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claim/**")


def test_the_diagram_and_the_figures_are_drawn(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    drawn = page.evaluate("""() => [...document.querySelectorAll('svg.pathway .node rect')].map(r => {
        const box = r.getBoundingClientRect(), style = getComputedStyle(r);
        return {width: box.width, height: box.height, stroke: style.stroke};
    })""")
    assert len(drawn) == len(PATHWAY.nodes)
    assert all(box["width"] > 10 and box["height"] > 10 and box["stroke"] != "none" for box in drawn)
    texts = page.evaluate("""() => [...document.querySelectorAll('svg.pathway .node')].map(node => {
        const box = node.querySelector('rect').getBoundingClientRect();
        return [...node.querySelectorAll('text')].every(t => {
            const text = t.getBoundingClientRect();
            return text.left >= box.left - 1 && text.right <= box.right + 1;
        });
    })""")
    assert all(texts), "a label is wider than its box"
    line = page.locator("figure.chart .drawing.wide svg path").first
    assert (line.bounding_box() or {"width": 0})["width"] > 100
    assert page.evaluate("getComputedStyle(document.querySelector('.chart path')).stroke") != "none"
    assert page.locator("svg.contest-row .mark").count() >= 4
    bars = page.locator(".belief-bar .fill").evaluate_all("all => all.map(bar => bar.getBoundingClientRect().width)")
    assert bars and max(bars) > 20


def test_an_edge_of_the_diagram_opens_its_claim(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    edge = page.locator("svg.pathway a.edge.contested")
    edge.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claim/{CLAIM}")


def test_the_theme_is_switched_and_kept(visit: Any) -> None:
    page = visit.go("/artifact/il11")
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.locator(".theme-toggle").click()
    after = page.evaluate(background)
    assert before != after
    visit.go("/claims")
    assert page.evaluate(background) == after


def test_all_is_read_without_script(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/artifact/il11")
    assert page.locator("figure.chart svg path").count() > 0
    assert page.locator("svg.pathway .node").count() == len(PATHWAY.nodes)
    assert page.locator("#cite .citation").inner_text()
    page.locator(f"a.claim-mark[data-claim='{CLAIM}']").first.click()
    assert page.locator(".evidence li").count() == 4
    page.goto(f"{site}/claims")
    page.fill("main input[name=q]", "ERK")
    page.locator("main button").click()
    assert page.locator(".claim-list li").count() == 1
    context.close()


FRAME = "<!doctype html><title>x</title><iframe src='{}' width='800' height='600'></iframe>"


def framed(browser: Any, address: str) -> str:
    """Give the text that a frame of another origin shows of an address; empty where it refuses."""
    context = browser.new_context()
    page = context.new_page()
    with elsewhere(FRAME.format(address)) as outside:
        page.goto(outside)
        page.wait_for_timeout(700)
    inner = page.frames[1] if len(page.frames) > 1 else None
    try:
        return inner.locator("body").inner_text(timeout=2000) if inner else ""
    except Exception:
        return ""
    finally:
        context.close()


def test_the_embedded_page_works_in_a_frame_and_the_page_itself_refuses(browser: Any, site: str) -> None:
    assert "Oprelvekin raises platelets" in framed(browser, f"{site}/embed/artifact/il11")
    assert "Oprelvekin" not in framed(browser, f"{site}/artifact/il11")
    assert "platelets" not in framed(browser, f"{site}/claim/{CLAIM}")


LUMINANCE = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => { canvas.clearRect(0,0,1,1); canvas.fillStyle = colour; canvas.fillRect(0,0,1,1); return [...canvas.getImageData(0,0,1,1).data]; };
  const light = ([r,g,b]) => [r,g,b].map(v => v/255).map(v => v <= 0.03928 ? v/12.92 : ((v+0.055)/1.055)**2.4).reduce((s,v,i) => s + v*[0.2126,0.7152,0.0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return rgb('white'); };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest('.unseen, .skip, svg')) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const a = light(rgb(style.color)), b = light(ground(e));
    const ratio = (Math.max(a,b)+0.05)/(Math.min(a,b)+0.05);
    const glyph = e.matches('.claim-mark, .sign');
    if (ratio < (glyph || size >= 24 ? 3 : 4.5)) poor.push(`${e.tagName}.${e.className}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Any, site: str, scheme: str) -> None:
    """WCAG AA: 4.5 to 1, and 3 to 1 for large text and for marks."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    for path in PATHS:
        page.goto(site + path)
        assert page.evaluate(LUMINANCE) == [], path
    context.close()


def test_no_payload_runs_in_a_real_browser(browser: Any, tmp_path: Any) -> None:
    from pleio.artifacts import Archive
    from pleio.store import open_store

    payloads = [
        "<script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "<svg onload=window.ran=1>", "[x](javascript:window.ran=1)",
        "<details open ontoggle=window.ran=1>", "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>", "<style>*{color:red}</style>",
        "\"><script>window.ran=1</script>", "<math><mtext><mglyph><style><img src=x onerror=window.ran=1></style>", "<a href=javascript:window.ran=1>x</a>",
    ]  # fmt: skip
    archive = Archive(open_store(tmp_path))
    publish_sample(
        archive, text="## " + payloads[0] + "\n\n" + "\n\n".join(payloads) + "\n", title=payloads[0] + payloads[1]
    )
    context = browser.new_context()
    page = context.new_page()
    with served(archive) as address:
        for path in (
            "/",
            "/artifact/il11",
            "/embed/artifact/il11",
            "/artifact/il11/history",
            "/claims?q=%3Cscript%3Ewindow.ran=1%3C/script%3E",
            "/claim/%3Cscript%3Ewindow.ran=1%3C%2Fscript%3E",
        ):
            page.goto(address + path)
            page.wait_for_timeout(100)
            assert page.evaluate("window.ran") is None, path
    context.close()
