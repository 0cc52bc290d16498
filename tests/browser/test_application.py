"""Journeys through what the application does: search, audit, review, run; by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kill_claims import made
from pleio.artifacts import Archive
from pleio.claims.tables.review import reviews
from pleio.store import open_store
from pleio.web.accounts import Accounts
from published_sample import publish_sample
from served import served
from serving_child import STUDY

PASSWORD = "a long enough secret"
PATIENCE = 60_000  # ms; a busy machine is slow


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Archive]]:
    """A server whose data directory these tests change."""
    from pleio.library.keeping.kept import kept_claims
    from pleio.library.opened import open as open_library

    archive = Archive(open_store(tmp_path_factory.mktemp("home")))
    publish_sample(archive)
    kept_claims(open_library("il11"), archive.store).lay("proposed", "proposal", made("proposed"), digest="proposed")
    Accounts(archive.store).add("Ada Curator", PASSWORD)
    with served(archive) as address:
        yield address, archive


@pytest.fixture
def page(browser: Any, working: tuple[str, Archive]) -> Iterator[Any]:
    """A page that may complain of nothing and ask nobody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=working[0])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith((working[0], "data:")) else None)
    yield page
    context.close()
    assert complaints == []


def focused(page: Any) -> list[str]:
    """What is focused: its name as a field, and what is written on it."""
    return list(page.evaluate("((e) => [e.getAttribute('name') ?? '', e.textContent.trim()])(document.activeElement)"))


def tab_to(page: Any, what: str, most: int = 60) -> None:
    """Press Tab until something is focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if what in focused(page):
            return
    raise AssertionError(f"'{what}' is not reached with Tab")


def test_the_slash_leads_to_the_search_and_enter_to_what_is_found(page: Any) -> None:
    page.goto("/artifact/il11")
    page.keyboard.press("/")
    assert "q" in focused(page)
    page.keyboard.type("platelets")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=platelets")
    assert page.locator(".found mark").first.inner_text().lower().startswith("platelet")
    page.locator(".found a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search" not in url)
    page.goto("/search?q=platelets")
    page.locator("main input[name=q]").focus()
    page.keyboard.press("/")
    assert "/" in page.locator("main input[name=q]").input_value(), "in a field the slash is a slash"


def test_a_page_is_pasted_and_its_audit_shown(page: Any) -> None:
    page.goto("/audit")
    tab_to(page, "text")
    page.keyboard.insert_text(
        "IL11 (gene ID 3609) is a cytokine.\nIL11 increases ERK phosphorylation in fibroblasts.\n"
    )
    tab_to(page, "audit it")
    page.keyboard.press("Enter")
    page.locator(".document").wait_for()
    assert page.locator(".document mark.error").inner_text() == "3609"
    assert page.locator(".document mark.said").count() >= 1
    assert "U+000D" not in page.locator(".document").inner_text()
    page.locator(".findings a").first.click()
    assert page.evaluate("document.querySelector(':target').nextElementSibling.textContent") == "3609"


def test_a_claim_is_reviewed_by_keyboard_and_taken_back(page: Any, working: tuple[str, Archive]) -> None:
    from pleio.claims.tables.layers import ClaimStore

    page.goto("/review")
    page.wait_for_url("**/signin?next=/review")
    page.wait_for_function("document.activeElement.name === 'name'")  # where the caret is when the page has come
    page.keyboard.type("Ada Curator")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.locator(".proposals > li").first.wait_for()
    tab_to(page, "accept")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?done=*")
    store = ClaimStore(working[1].store)
    assert [(r.who, r.decision) for r in reviews(store)] == [("Ada Curator", "accept")]
    assert page.locator("h1").inner_text() == "Review"
    page.get_by_role("button", name="undo decision 1").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?done=2")
    assert [r.decision for r in reviews(store)] == ["accept", "undo"]
    page.get_by_role("button", name="sign out").click()
    page.wait_for_url(lambda url: url.endswith("/"))
    page.goto("/review")
    assert "/signin" in page.url


def test_a_study_is_run_from_the_page_and_watched_to_its_end(page: Any) -> None:
    page.goto("/jobs")
    page.locator("select[name=study]").select_option(label="one of your own, written below")
    page.locator("summary", has_text="write a study").click()
    page.locator("textarea[name=definition]").fill(STUDY)
    page.get_by_role("button", name="run the study").click()
    page.wait_for_url("**/job/*")
    assert page.locator("#said").inner_text()
    page.get_by_text("see what it found").wait_for()  # the page comes again by itself when the job is over
    assert page.locator("#percent").inner_text() == "100 %"
    page.get_by_text("see what it found").click()
    page.wait_for_url("**/study/own-study-run-*")
    drawn = page.locator("figure.chart svg").first
    assert drawn.locator("path, rect, line").count() > 5, "an empty chart"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_fit_a_telephone(browser: Any, working: tuple[str, Archive], scheme: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, color_scheme=scheme, base_url=working[0])
    page = context.new_page()
    for path in ("/search?q=il11", "/audit", "/jobs", "/signin", "/api"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 375, path
        hidden = (
            "[...document.querySelectorAll('header.site nav a')].filter((a) => a.getBoundingClientRect().right > 375)"
        )
        assert page.evaluate(f"{hidden}.length") == 0, "a link of the header is out of sight"
    context.close()
