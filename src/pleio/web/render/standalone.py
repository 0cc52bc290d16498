"""A diagram as a file of its own: the same drawing, with the page's colours inside, light and dark."""

from __future__ import annotations

import re

from ..templates import STATIC


def standalone(svg: str) -> str:
    """Make a drawing of a page into an SVG document that stands alone.

    The style is taken from the pages' own sheet: its variables and what it says of diagrams.
    """
    sheet = (STATIC / "pleio.css").read_text(encoding="utf-8")
    variables = sheet[sheet.index(":root") : sheet.index("/* ground */")]
    section = re.search(r"/\* pathway \*/(.*?)(?=\n/\*|\Z)", sheet, re.DOTALL)
    rules = section[1] if section else ""
    style = f"<style>{variables}{rules}svg {{ background: var(--paper); }}</style>"
    head, close, rest = svg.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg"{close}{style}{rest}'
