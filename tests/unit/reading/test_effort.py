"""How much work a sentence makes: it may grow with its length, or the square of it, but not double with every word."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest

import pleio.reading
from pleio.reading import open_document, read

HERE = str(Path(pleio.reading.__file__).parent)
MOST = 3_000_000
SHAPES = {
    "phrases in phrases": ("IL-6 raised the level", " of CCL2 in the wall of vessels", "."),
    "clauses in clauses": ("IL-6 raised CCL2", ", which lowered IL-10, which was needed for TNF", "."),
    "lists": ("IL-6 and TNF raised CCL2", ", CXCL1 and IL-8 in the lung, IL-10 in the liver", "."),
    "ends of verbs": ("IL-6 was found", " to act by raising the release of CCL2", "."),
    "asides": ("IL-6", " (an inducer of CCL2 (which recruits monocytes to the lung))", " raised TNF."),
    "that and that": ("We show", " that IL-6 suggests that CCL2 inhibits TNF in mice", "."),
    "by and by": ("CCL2 was raised", " by IL-6 given with an antibody to TNF made by cells treated with IL-4", "."),
    "a verb as subject": (
        "Combining VLT-215",
        " with an anti-PD-1 antibody",
        " increased CD8+ T cells inside tumours, a hint that GDF-15 may help cancers hide.",
    ),
    "no end": ("IL-6", " and CCL2 but not TNF through IL-4 or", " of."),
}


def effort(text: str) -> int:
    """Count the calls of our own functions that reading a text takes."""
    document, calls = open_document(text.encode()), 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.startswith(HERE):
            calls += 1
            assert calls < MOST, "this would not end"

    sys.setprofile(count)
    try:
        read(document)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
def test_work_does_not_double_with_every_word(shape: str) -> None:
    begin, again, end = SHAPES[shape]
    effort(f"{begin}{again}{end}")  # tables are loaded
    few, many = (effort(f"{begin}{again * count}{end}") for count in (1, 15))
    assert many < 225 * few  # up to fifteen times the words, and the square of that for the work
