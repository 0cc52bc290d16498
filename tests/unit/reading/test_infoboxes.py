"""Infoboxes as people write them: HTML, Markdown tables with and without a header, lists of labels, bare lines."""

from __future__ import annotations

import pytest

from pleio.reading import Document, audit, open_document, read

ROWS = [
    ("Symbol", "IL6"),
    ("NCBI Gene ID", "{ncbi}"),
    ("Aliases", "IFNB2, {alias}"),
    ("Length", "212 amino acids"),
    ("Signal peptide", "29 amino acids"),
    ("Mature protein", "{mature} amino acids"),
    ("Molecular weight", "{mass} kDa"),
]
FORMS = {
    "html": ("<table class='infobox'>\n{}</table>\n", "<tr><th>{}</th><td>{}</td></tr>\n"),
    "pipes": ("| Property | Value |\n|---|---|\n{}", "| {} | {} |\n"),
    "pipes, no header": ("{}", "| {} | {} |\n"),
    "bold list": ("{}", "- **{}:** {}\n"),
    "bold lines": ("{}", "**{}**: {}\n\n"),
    "lines": ("{}", "{}: {}\n"),
}


def page(form: str, ncbi: str = "3569", alias: str = "BSF2", mature: str = "183", mass: str = "23") -> str:
    around, row = FORMS[form]
    rows = [row.format(label, value.format(ncbi=ncbi, alias=alias, mature=mature, mass=mass)) for label, value in ROWS]
    if form == "pipes, no header":
        rows.insert(1, "|---|---|\n")
    return f"# IL6 Gene\n\n{around.format(''.join(rows))}\n## Overview\n\nIL-6 increases CRP.\n"


def found(text: str) -> set[tuple[str, str]]:
    said = audit(open_document(text.encode(), name="page.md"))
    assert all(text[f.start : f.end] == f.quote for f in said)
    return {(f.kind, f.quote) for f in said if f.severity != "info"}


@pytest.mark.parametrize("form", FORMS)
def test_defects_are_found_in_every_form(form: str) -> None:
    assert not {kind for kind, _ in found(page(form))} - {"uncited_claim"}
    assert ("wrong_ncbi", "3630") in found(page(form, ncbi="3630"))
    assert ("foreign_alias", "LIFR") in found(page(form, alias="LIFR"))
    assert ("length_arithmetic", "180") in found(page(form, mature="180"))
    assert ("length_arithmetic", "85") in found(page(form, mass="85"))  # the lengths add up, so the mass is the odd one


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_read_in_every_form(form: str) -> None:
    text = page(form)
    claims = read(Document("page.md", text))
    assert all(text[c.start : c.end] == c.quote for c in claims)
    said = {(c.subject, c.relation, c.object) for c in claims}
    assert {
        ("IL6", "has_identifier", "ncbigene:3569"),
        ("IL6", "has_identifier", "BSF2"),
        ("IL6", "has_property", "molecular weight 23 kDa"),
        ("IL-6", "increases", "CRP"),
    } <= said
    assert len(claims) == len({(c.relation, c.object) for c in claims})


def test_a_table_of_results_and_a_labelled_list_are_no_infobox() -> None:
    table = "# IL6\n\n| Group | CRP |\n|---|---|\n| IL-6 | 12 |\n\n"
    text = table + "- **Liver:** IL-6 increases CRP.\n- **Gut:** TNF binds TNFRSF1A.\n"
    assert {(c.subject, c.relation, c.object) for c in read(Document("page.md", text))} == {
        ("IL-6", "increases", "CRP"),
        ("TNF", "binds", "TNFRSF1A"),
    }
