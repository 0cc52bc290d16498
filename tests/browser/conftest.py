"""A real Chromium, a real server, a small published artifact.

Without Chromium these tests are skipped, unless PLEIO_REQUIRE_BROWSER=1: then its absence fails them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from published_sample import publish_sample
from served import served

FLAGS = (
    "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader "
    "--disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def chromium() -> str:
    """Find the system's Chromium; empty where there is none."""
    named = os.environ.get("PLEIO_CHROMIUM", "")
    return next((p for p in (named, *PLACES) if p and Path(p).exists()), "") or shutil.which("chromium") or ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if not path:
        if os.environ.get("PLEIO_REQUIRE_BROWSER") == "1":
            pytest.fail("PLEIO_REQUIRE_BROWSER=1 and there is no Chromium; apt-get install chromium")
        pytest.skip("there is no Chromium; apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the sample, without a slash at its end."""
    from pleio.artifacts import Archive
    from pleio.store import open_store

    archive = Archive(open_store(tmp_path_factory.mktemp("home")))
    publish_sample(archive)
    with served(archive) as address:
        yield address


class Visit:
    """A page in the browser, with what it logged and whom it asked."""

    def __init__(self, page: Any, site: str) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "about:")):
            self.elsewhere.append(request.url)

    def go(self, path: str) -> Any:
        self.page.goto(self.site + path)
        return self.page


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Visit]:
    """A wide page; nothing may be complained of, and nobody else asked, by the end of the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    made = Visit(context.new_page(), site)
    yield made
    context.close()
    assert made.complaints == []
    assert made.elsewhere == []
