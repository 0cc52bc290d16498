"""A chromosome location that is another gene's: only the chromosome and its arm are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import WARNING, Finding
from .page import Page

_BAND = re.compile(r"\b(\d{1,2}|X|Y)\s?([pq])\d*")


def check_location(page: Page) -> Iterator[Finding]:
    """Report an infobox location on another chromosome or arm than the gene's."""
    owner = page.gene
    known = _BAND.match(owner.location) if owner else None
    if owner is None or known is None:
        return
    for _, label, row in page.info_rows():
        if label in (
            "chromosome",
            "location",
            "locus",
            "cytogenetic location",
            "chromosomal location",
            "chromosome location",
        ):
            cell = row.cells[1]
            match = _BAND.search(cell.text)
            if match and match.groups() != known.groups():
                start, end = cell.body.source(match.start(), len(cell.text.rstrip()))
                yield page.finding(
                    "wrong_location",
                    WARNING,
                    start,
                    end,
                    f"{owner.symbol} lies on {owner.location}, not {cell.text.strip()}",
                    owner.location,
                    "NCBI Gene table in the shipped vocabulary",
                )
