"""A source has one CURIE, and what its record says of itself agrees: number, year, journal, volume, page."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pleio.library
from pleio.base import yaml

IL11 = Path(pleio.library.__file__).parent / "il11"
FORMS = {
    "doi": r"10\.\d{4,9}/\S+",
    "pubmed": r"[1-9]\d{3,7}",
    "pmc": r"PMC[1-9]\d{4,7}",
    "clinicaltrials": r"NCT\d{8}",
    "geo": r"GSE\d+",
    "pleio": r"[a-z0-9][a-z0-9.-]*",
}
LATE = 2
"""Years by which a PubMed number may be later than its neighbours: papers enter PubMed within about that."""

PRINTED = [  # a DOI that prints volume and first page: where it stands
    r"10\.1182/blood\.V(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.1200/JCO\.(?P<year>19\d\d|200[0-3])\.(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.1073/pnas\.(?P<volume>\d\d)\.\d+\.(?P<page>\d+)",
    r"10\.1084/jem\.(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.3748/wjg\.v(?P<volume>\d+)\.i\d+\.(?P<page>\d+)",
    r"10\.1101/gad\.(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.4049/jimmunol\.(?P<volume>\d{3})\.\d+\.(?P<page>\d+)",
    r"10\.1074/jbc\.(?P<volume>\d{3})\.\d+\.(?P<page>\d+)",
    r"10\.1093/molehr/(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.4143/crt\.(?P<year>\d{4})\.(?P<volume>\d+)\.\d+\.(?P<page>\d+)",
    r"10\.1186/1742-2094-(?P<volume>\d+)-(?P<page>\d+)",
]


@cache
def references() -> dict[str, dict[str, Any]]:
    files = sorted(IL11.glob("*references.yaml"))
    found = [(curie, entry) for path in files for curie, entry in yaml.load(path).value.items()]
    assert len(found) == len({curie for curie, _ in found}), "a CURIE in two files"
    return dict(found)


@pytest.mark.parametrize("curie", sorted(references()))
def test_a_curie_has_the_form_of_its_register_and_its_entry_repeats_it(curie: str) -> None:
    prefix, _, number = curie.partition(":")
    entry = references()[curie]
    assert re.fullmatch(FORMS[prefix], number)
    assert re.fullmatch(FORMS["doi"], entry.get("doi", "10.1000/x"))
    assert re.fullmatch(FORMS["pubmed"], entry.get("pmid", "1000"))
    field = {"doi": "doi", "pubmed": "pmid"}.get(prefix)
    assert field is None or str(entry[field]).lower() == number.lower()


@pytest.mark.parametrize("field", ["doi", "pmid", "title"])
def test_one_work_has_one_curie(field: str) -> None:
    """Two would let a source be kept for checking under one and be evidence under the other."""
    owners: dict[str, set[str]] = defaultdict(set)
    for curie, entry in references().items():
        if entry.get(field):
            owners[re.sub(r"[^a-z0-9]", "", str(entry[field]).lower())].add(curie)
    assert not [sorted(curies) for curies in owners.values() if len(curies) > 1]


def test_one_page_of_a_journal_has_one_curie() -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for curie, entry in references().items():
        if all(entry.get(field) for field in ("container", "volume", "pages")):
            first = str(entry["pages"]).split("-")[0]
            owners[entry["container"], str(entry["volume"]), first].add(curie)
    assert not [sorted(curies) for curies in owners.values() if len(curies) > 1]


COUNTED_LATER = {"doi:10.1007/s10787-997-0033-6"}
"""Papers of journals whose old volumes PubMed took in years later; the number stands on the page that was read."""


def test_pubmed_numbers_rise_with_the_years() -> None:
    """PubMed counts papers as they come: a wrong digit, or a wrong year, puts a paper among those of other years."""
    dated = sorted(
        (int(e["pmid"]), e["year"], curie) for curie, e in references().items() if "pmid" in e and "year" in e
    )
    wrong = []
    for at, (_, year, curie) in enumerate(dated):
        near = [other for _, other, _ in dated[max(at - 2, 0) : at] + dated[at + 1 : at + 3]]
        if min(near) - LATE > year or max(near) + LATE < year:
            wrong.append(curie)
    assert len(dated) > 50
    assert set(wrong) == COUNTED_LATER


def test_a_doi_that_prints_volume_and_page_agrees_with_them() -> None:
    checked, wrong = 0, []
    for curie, entry in references().items():
        for form in PRINTED:
            if (found := re.match(form, entry.get("doi", ""), re.I)) is None:
                continue
            checked += 1
            said = {"volume": entry.get("volume"), "page": entry.get("pages"), "year": entry.get("year")}
            for part, printed in found.groupdict().items():
                if said[part] is not None and str(said[part]).split("-")[0] != printed:
                    wrong.append(f"{curie}: {part} {said[part]}")
    assert checked > 15
    assert not wrong
