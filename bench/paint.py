"""How soon a page is seen: `python -m bench.paint [--path /artifact/il11] [--times 10]`.

The page is opened in headless Chromium with an empty cache, wide and as on a phone.  `paint` is what the browser itself
calls the first contentful paint, in ms from the start of the navigation; `kilobytes` is what came over the wire with
it, compressed.  The page must be published: `pleio up --build-only`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from served import served

CHROMIUM = "/usr/bin/chromium"
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
SEEN = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!painted()) await new Promise((done) => setTimeout(done, 10));
  const sent = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return [painted().startTime, sent.reduce((sum, each) => sum + each.transferSize, 0) / 1000];
}"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    from pleio.artifacts import Archive

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--path", default="/artifact/il11")
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    with served(Archive()) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            seen = []
            for _ in range(options.times):
                page = browser.new_context(viewport={"width": width, "height": height}).new_page()
                page.goto(address + options.path)
                seen.append(page.evaluate(SEEN))
                page.context.close()
            paints, sizes = zip(*seen, strict=True)
            found = {"paint": round(statistics.median(paints)), "worst": round(max(paints)), "kilobytes": max(sizes)}
            print(json.dumps({"path": options.path, "size": name, **found, "load": round(os.getloadavg()[0], 1)}))
        browser.close()


if __name__ == "__main__":
    main()
