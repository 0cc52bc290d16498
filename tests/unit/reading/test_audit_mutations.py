"""Every kind of defect, planted at random into clean pages of many styles, is found; nothing else is alarmed about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from audit_defects import PLANS, Planted, family, plant
from pleio.reading import Document, Finding, audit, open_document
from pleio.reading.vocabulary import genes_named

SEEDS = 1  # of each kind and page; bench/audit_defects.py has many
PAGES = sorted(path for path in (Path(__file__).parent / "audit_pages").iterdir() if path.name != "README")
MEDIA = {".html": "html", ".txt": "text"}
ABOUT = {"imatinib": "kit", "ALS": "sod1"}  # a gene of the pages that are about no single one


def hits(planted: Planted, finding: Finding) -> bool:
    return family(finding.kind) == family(planted.kind) and any(
        finding.start < end and start < finding.end and finding.end - finding.start <= 3 * (end - start)
        for start, end in planted.spans
    )


def problems(page: Path, kind: str, seed: int) -> list[str]:
    """Plant one defect and say what is missed and what is falsely alarmed about."""
    text = page.read_text(encoding="utf-8")
    gene = genes_named(ABOUT.get(page.stem, page.stem.lower()))[0]
    planted = plant(kind, text, gene, random.Random(f"{page.name} {kind} {seed}"))
    if planted is None:
        return []
    found = audit(Document(page.name, planted.text, MEDIA.get(page.suffix, "markdown")))
    missed = [] if any(hits(planted, each) for each in found) else [f"missed {planted.kind}: {planted.what}"]
    allowed = {family(kind) for kind in (planted.kind, *planted.brings)}
    false = [f for f in found if f.severity != "info" and family(f.kind) not in allowed]
    return missed + [f"{planted.what} raised {f.kind} {f.quote[:60]!r}: {f.message[:100]}" for f in false]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_clean_pages_raise_nothing(page: Path) -> None:
    assert [(f.kind, f.quote) for f in audit(open_document(page)) if f.severity != "info"] == []


@pytest.mark.parametrize("kind", PLANS)
def test_each_planted_defect_is_found_and_nothing_else(kind: str) -> None:
    found = [f"{page.stem}: {each}" for page in PAGES for seed in range(SEEDS) for each in problems(page, kind, seed)]
    assert found == []
