"""Take the pictures of the main pages that stand in the README and the documentation; needs Debian's chromium.

Run `make pictures`.  Pages are built into a temporary data directory, so that the pictures show what ships.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
SHOTS = (  # name, path, part of the page to bring into view, width, height, colour scheme
    ("page-light", "artifact/il11", "", 1280, 860, "light"),
    ("page-phone-dark", "artifact/il11", "", 390, 780, "dark"),
    ("contests", "artifact/il11", "#contests", 1280, 860, "light"),
    ("pathway", "artifact/il11", "#pathway", 1280, 860, "light"),
    ("study", "study/oprelvekin-platelets", "", 1280, 860, "light"),
    ("playground", "playground", "", 1280, 720, "light"),
    ("atlas", "atlas?reach=all", "#atlas", 1280, 760, "light"),
    ("pathway-over-time", "pathway/il11?study=oprelvekin-platelets&at=336", "#activity", 1280, 1340, "dark"),
)


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "pleio.cli", "up", "--port", "0"]
        server = subprocess.Popen(command, env={**os.environ, "PLEIO_HOME": home}, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip().removesuffix("artifact/il11")
            take(address)
        finally:
            server.terminate()
            server.wait()
    return 0


def take(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, path, part, width, height, scheme in SHOTS:
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
            page.goto(address + path, timeout=120_000)
            if "reach=all" in path:
                page.wait_for_selector("#atlas[data-whole]", timeout=120_000)
            if part:
                page.locator(part).first.scroll_into_view_if_needed()
                page.evaluate("part => document.querySelector(part).scrollIntoView({block: 'start'})", part)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
            print(PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
