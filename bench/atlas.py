"""How soon the atlas is drawn, and how smoothly it moves, in a browser without a graphics card.

    python -m bench.atlas                         100,000 ties
    python -m bench.atlas --ties 10000 --frames 60

A generated graph is served and opened in headless Chromium, whose WebGL is drawn by the processor.  `layout` is what
the server takes to lay the graph out, in processor seconds; `drawn` the seconds from opening the page to the first
drawing, `script` those of them from the script's start; `frames` how many frames a second are drawn while the map is
zoomed and moved.  On a machine with a graphics card it is faster, on one that others use slower: `load` says how many.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated_graph import large_graph  # the same graph that the tests draw
from served import served

CHROMIUM = "/usr/bin/chromium"
FLAGS = "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-quic".split()
MOVE = """async (frames) => {
  const box = document.querySelector(".atlas-canvas");
  const keys = ["+", "ArrowLeft", "-", "ArrowRight"];
  const times = [];
  for (let i = 0; i < frames; i += 1) {
    const from = performance.now();
    box.dispatchEvent(new KeyboardEvent("keydown", { key: keys[i % keys.length], bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    times.push(performance.now() - from);
  }
  return times;
}"""


def measure(ties: int, frames: int) -> dict[str, Any]:
    """Serve a generated graph, open it, and move it."""
    from playwright.sync_api import sync_playwright

    from pleio.artifacts import Archive
    from pleio.store import open_store
    from pleio.web.atlas.drawn import graph_json
    from pleio.web.atlas.graph import Atlas
    from pleio.web.atlas.view import View

    graph = large_graph(ties)
    begun = time.process_time()
    size = len(graph_json(graph, View(about=graph.middle, reach="all")))
    layout = time.process_time() - begun
    Atlas.graph = lambda self: graph  # type: ignore[method-assign]
    with (
        tempfile.TemporaryDirectory() as home,
        served(Archive(open_store(Path(home)))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        opened = time.monotonic()
        page.goto(f"{address}/atlas?reach=all", timeout=300_000)
        page.wait_for_selector("#atlas[data-drawn]", timeout=300_000)
        drawn = time.monotonic() - opened
        told = page.evaluate("({...document.getElementById('atlas').dataset})")
        times = sorted(page.evaluate(MOVE, frames))
        browser.close()
    return {
        "ties": ties, "places": len(graph.names), "megabytes": round(size / 1e6, 1), "layout": round(layout, 2),
        "drawn": round(drawn, 2), "script": int(told["milliseconds"]) / 1000, "shown": told["drawn"],
        "frames": round(1000 * len(times) / sum(times), 1), "slowest": round(times[-1], 1),
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--frames", type=int, default=40)
    given = parser.parse_args()
    print(json.dumps(measure(given.ties, given.frames), indent=1))


if __name__ == "__main__":
    main()
