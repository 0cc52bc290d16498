"""Pages full of attempts, really loaded, with the Content-Security-Policy switched off: nothing is executed.

The policy would stop what slips through; here what slips through would be seen.  The pages' own checks by parser are in
`tests/unit/web/test_payloads.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from payload_sample import publish
from served import served
from web_payloads import EVERY

WATCH = """
window.hits = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...given) => { window.hits.push(`${name} ${given}`); };
}
"""
POKE = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of document.querySelectorAll("main *")) {
    for (const kind of ["mouseover", "focus", "pointerover", "animationend", "toggle", "error", "load", "scroll"]) {
      each.dispatchEvent(new Event(kind));
    }
  }
  return window.hits;
}"""
MANY = ("/artifact/page", "/embed/artifact/page", "/artifact/claims", "/claims", "/claims?contested=1", "/study/study",
        "/audit/audit", "/atlas?about=x:middle", "/embed/pathway/page", "/artifact/page/history", "/")  # fmt: skip
SENT = (
    "/search?q={}",
    "/claims?q={}",
    "/atlas?about={}",
    "/{}",
    "/claim/{}",
    "/playground?start={}",
    "/signin?next={}",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from pleio.artifacts import Archive
    from pleio.store import open_store

    archive = Archive(open_store(tmp_path_factory.mktemp("hostile")))
    publish(archive, EVERY)
    with served(archive) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Any, hostile: str) -> Iterator[Any]:
    """A page without the policy, in which whatever runs is noted."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.elsewhere = []
    page.on("dialog", lambda dialog: (page.elsewhere.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda one: None if one.url.startswith((hostile, "data:")) else page.elsewhere.append(one.url))
    yield page
    context.close()


def nothing_runs(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate(POKE) == [], path
    assert page.url.startswith(address), path
    assert page.elsewhere == [], path


def test_the_watch_sees_what_runs(page: Any, hostile: str) -> None:
    page.goto(hostile + "/nothing")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)>'")
    page.wait_for_function("window.hits.length > 0")


@pytest.mark.parametrize("path", MANY)
def test_no_page_of_many_attempts_runs_one(page: Any, hostile: str, path: str) -> None:
    nothing_runs(page, hostile, path)


def test_no_page_of_one_attempt_runs_it(page: Any, hostile: str) -> None:
    for number in range(0, len(EVERY), 9):
        nothing_runs(page, hostile, f"/claim/p{number}")


@pytest.mark.parametrize("address", SENT)
def test_no_address_runs(page: Any, hostile: str, address: str) -> None:
    for payload in EVERY[SENT.index(address) :: 40]:
        nothing_runs(page, hostile, address.format(quote(payload, safe="", errors="replace")))
