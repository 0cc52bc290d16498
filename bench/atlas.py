"""How soon the atlas is drawn, and how smoothly it moves, in a browser without a graphics card.

    python -m bench.atlas                         100,000 ties, in 100 s at most
    python -m bench.atlas --ties 10000 --seconds 60

A generated graph is served and opened in headless Chromium, whose WebGL is drawn by the processor.  `layout` is what
the server takes to lay the graph out, in processor seconds; `drawn` the seconds from opening the page to the first
drawing, of all places and the ties that carry most, `script` those of them from the script's start; `whole` the seconds
to the drawing of all ties.  `frames` is how many frames a second are drawn while the map is zoomed and moved, `pause`
the longest wait for a frame meanwhile, in ms; `redraw` the longest such wait while all ties are drawn again after it
came to rest, and `rested` how many seconds that took.  `cpu` is what the browser took of the processor, in s, up to the
drawing of all ties, and `cpu_frame` in ms for a frame while the map moves.  What was not reached in time is
null.  On a machine with a graphics card it is faster, on one that others use slower, but for `cpu`: `load` says how
many.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated_graph import large_graph  # the same graph that the tests draw
from served import served

from .serving import processor

CHROMIUM = "/usr/bin/chromium"
FLAGS = "--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-quic".split()
MOVE = """async ([moving, resting]) => {
  const box = document.querySelector(".atlas-canvas");
  const keys = ["+", "ArrowLeft", "-", "ArrowRight"];
  const frame = () => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  const gaps = async (seconds, act) => {
    const found = [];
    const begun = await frame();
    for (let last = begun, i = 0; last < begun + 1000 * seconds; i += 1) {
      act(i);
      const now = await frame();
      found.push(now - last);
      last = now;
    }
    return found;
  };
  const press = (i) => box.dispatchEvent(new KeyboardEvent("keydown", { key: keys[i % keys.length], bubbles: true }));
  if (moving) return [await gaps(moving, press)];
  const figure = document.getElementById("atlas"), begun = performance.now();
  const settled = new Promise((done) => {
    const look = () => (figure.dataset.whole ? done(performance.now() - begun) : setTimeout(look, 20));
    look();
  });
  return [await gaps(resting, () => {}), await settled];
}"""
TOLD = "globalThis.moved = gaps; document.documentElement.dataset.moved = 1;"
MOVING, RESTING = 8.0, 12.0  # seconds


def measure(ties: int, seconds: float) -> dict[str, Any]:
    """Serve a generated graph, open it, and move it, within so many seconds."""
    from pleio.artifacts import Archive
    from pleio.store import open_store
    from pleio.web.atlas.drawn import graph_columns
    from pleio.web.atlas.graph import Atlas
    from pleio.web.atlas.view import View

    ends = time.monotonic() + seconds
    graph = large_graph(ties)
    begun = time.process_time()
    size = len(graph_columns(graph, View(about=graph.middle, reach="all")))
    layout = time.process_time() - begun
    Atlas.graph = lambda self: graph  # type: ignore[method-assign]
    found: dict[str, Any] = {
        "ties": ties, "places": len(graph.names), "megabytes": round(size / 1e6, 1), "layout": round(layout, 2),
        "drawn": None, "script": None, "whole": None, "shown": None, "cpu": None,
        "frames": None, "pause": None, "redraw": None, "rested": None, "cpu_frame": None,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as home, served(Archive(open_store(Path(home)))) as address:
        look(f"{address}/atlas?reach=all", ends, found)
    return found | {"load": round(os.getloadavg()[0], 1)}


def look(address: str, ends: float, found: dict[str, Any]) -> None:
    """Open the map and move it; write down what is reached in time."""
    from playwright.sync_api import TimeoutError as TooLate
    from playwright.sync_api import sync_playwright

    def left() -> float:
        return max(1.0, 1000 * (ends - time.monotonic()))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        opened = time.monotonic()
        with suppress(TooLate):
            page.goto(address, timeout=left(), wait_until="commit")
            page.wait_for_selector("#atlas[data-first]", timeout=left())
            found |= {"drawn": round(time.monotonic() - opened, 2), "script": told(page, "first")}
            page.wait_for_selector("#atlas[data-drawn]", timeout=left())
            first = spent()
            whole = round(time.monotonic() - opened, 2)
            found |= {
                "cpu": round(first, 2),
                "whole": whole,
                "shown": page.locator("#atlas").get_attribute("data-drawn"),
            }
            (moving,) = acted(page, [MOVING, 0.0], left())
            found["cpu_frame"] = round(1000 * (spent() - first) / len(moving), 1)
            found |= {"frames": round(1000 * len(moving) / sum(moving), 1), "pause": round(max(moving))}
            resting, rested = acted(page, [0.0, RESTING], left())
            found |= {"redraw": round(max(resting)), "rested": round(rested / 1000, 2)}
        browser.close()


def acted(page: Any, seconds: list[float], left: float) -> Any:
    """Move the map, or let it rest; give what the page saw meanwhile."""
    page.evaluate("delete document.documentElement.dataset.moved")
    page.evaluate(f"wanted => {{ ({MOVE})(wanted).then(told); function told(gaps) {{ {TOLD} }} }}", seconds)
    page.wait_for_selector("html[data-moved]", state="attached", timeout=left)
    return page.evaluate("moved")


def told(page: Any, name: str) -> float:
    """Give what the map says of itself, in s."""
    return int(page.locator("#atlas").get_attribute(f"data-{name}")) / 1000


def spent() -> float:
    """Give the processor time of all that this process has started, in s."""
    every = descendants(os.getpid())
    return sum(processor(each) for each in every)


def descendants(process: int) -> list[int]:
    """Give the processes that a process has started, and those that they have."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=100)
    given = parser.parse_args()
    print(json.dumps(measure(given.ties, given.seconds), indent=1))


if __name__ == "__main__":
    main()
