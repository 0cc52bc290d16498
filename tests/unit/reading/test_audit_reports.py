"""What an audit says to editors, to browsers, and of evidence from elsewhere."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from pleio.reading import Document, audit, open_document, report_html, report_sarif
from pleio.reading.audit import KINDS

PAGE = """# IL11

<script>alert(1)</script> <img src=x onerror=alert(1)> <a href="javascript:alert(1)">x</a> \u202eback\u202c

## Function

- IL-11 increases TNF in mouse macrophages.
- IL-11 (10 ng/ml) decreases TNF in human macrophages[@x2000].
- IL11 (gene ID 3609) may act[@x2000].

## References

- [@x2000]: A. B 2000.
"""
HOSTILE = Document("<b>page</b>\"'.md", PAGE)


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_no_markup_of_the_document_survives_in_the_html_report() -> None:
    text = report_html(HOSTILE, audit(HOSTILE))
    seen = Tags()
    seen.feed(text)
    assert seen.tags <= set("html head meta title style body h1 h2 small ul li p a b em nav section pre mark".split())
    known = {"lang", "charset", "name", "content", "http-equiv", "class", "href", "id", "title", "aria-label"}
    assert seen.attributes <= known
    assert all(re.fullmatch(r"#f\d+", address) or address[1:] in KINDS for address in seen.addresses)
    assert "\u202e" not in text


def test_the_html_report_is_for_light_and_dark_and_says_each_thing_once() -> None:
    text = report_html(HOSTILE, audit(HOSTILE))
    assert "prefers-color-scheme: dark" in text
    assert text.count("NCBI Gene 3609 is ILF3") == 2  # in the list, and as the tip of the marked text


def test_evidence_from_another_context_does_not_contradict_but_leaves_unsupported() -> None:
    found = {f.kind: f for f in audit(HOSTILE)}
    assert "contradiction" not in found
    assert "species (mouse here, human there)" in found["unsupported_here"].message
    assert found["unsupported_here"].severity == "info"


def test_a_statement_with_a_source_of_its_own_is_not_unsupported() -> None:
    text = PAGE.replace("mouse macrophages.", "mouse macrophages[@x2000].")
    assert "unsupported_here" not in {f.kind for f in audit(Document("p.md", text))}


def test_sarif_says_the_same_findings_with_exact_regions() -> None:
    document = open_document(b"# IL11\n\nIL11 (gene ID 3609) is a cytokine.\n", name="a b.md")
    findings = audit(document)
    log = json.loads(json.dumps(report_sarif(document, findings)))
    (run,) = log["runs"]
    assert [result["ruleId"] for result in run["results"]] == [f.kind for f in findings]
    (result,) = [r for r in run["results"] if r["ruleId"] == "wrong_ncbi"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert document.text[region["charOffset"] :][: region["charLength"]] == "3609"
    assert run["artifacts"][0]["location"]["uri"] == "a%20b.md"
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "3589"


def test_sarif_is_read_by_an_independent_model_of_the_format() -> None:
    sarif = pytest.importorskip("sarif_pydantic")
    log = sarif.Sarif.model_validate(report_sarif(HOSTILE, audit(HOSTILE)))
    assert len(log.runs[0].results) == len(audit(HOSTILE))
