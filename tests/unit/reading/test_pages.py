"""Entries of one molecule: whose levels and loss they mean, their tables and lists, and the names that they use."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read
from pleio.reading.names.gazetteer import Gazetteer

ENTRY = "# Oncostatin M\n\nOncostatin M (OSM) is a cytokine.\n\n"


def said(text: str, name: str = "page.md") -> set[tuple[str, str, str, str]]:
    document = open_document(text.encode(), name=name)
    return {(s.subject, s.relation, s.object, s.status) for s in read(document)}


def of_entry(text: str) -> set[tuple[str, str, str]]:
    return {(r, o, st) for _, r, o, st in said(ENTRY + text)} | {(s, r, o) for s, r, o, _ in said(ENTRY + text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Transcription is driven by STAT5 in macrophages.", ("STAT5", "increases", "Oncostatin M")),
        ("Secretion by neutrophils is elicited by GM-CSF.", ("GM-CSF", "increases", "Oncostatin M")),
        ("Plasma levels fall after bariatric surgery.", ("bariatric surgery", "decreases", "Oncostatin M")),
        ("In fibroblasts, knockdown reduces apoptosis.", ("Oncostatin M", "increases", "apoptosis")),
        ("Gain-of-function mutations are associated with gout.", ("Oncostatin M", "associated_with", "gout")),
        ("Loss-of-function variants cause gout.", ("Oncostatin M", "decreases", "gout")),
        ("Statins repress transcription.", ("Statins", "decreases", "Oncostatin M")),
        ("Abundant in mast cells and absent from B cells.", ("Oncostatin M", "expressed_in", "mast cells")),
        ("This gene encodes a member of the IL-6 family.", ("Oncostatin M", "member_of", "IL-6 family")),
        ("The half-life in blood is about 40 minutes.", ("Oncostatin M", "has_property", "half-life about 40 minutes")),
    ],
)
def test_an_entry_leaves_its_owner_out(text: str, found: tuple[str, str, str]) -> None:
    assert found in of_entry(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Highest in spleen and lymph node.", ("Oncostatin M", "expressed_in", "spleen")),
        ("Patients with gout have elevated serum concentrations.", ("gout", "increases", "Oncostatin M")),
        ("Synovial fluid levels are raised in gout.", ("gout", "increases", "Oncostatin M")),
        ("Kinase that phosphorylates STAT3.", ("Oncostatin M", "increases", "STAT3")),
        ("The locus is associated with gout.", ("Oncostatin M", "associated_with", "gout")),
        ("Transgenic mice that overexpress OSM produce IgM and develop gout.", ("OSM", "increases", "IgM")),
        ("In B cells, LIF is not expressed.", ("LIF", "expressed_in", "B cells")),
        ("The IL-7 receptor is composed of the α chain (IL-7Rα) and γc.", ("IL-7Rα", "part_of", "IL-7 receptor")),
        ("Vixarelimab blocks OSMR. It slowed fibrosis.", ("Vixarelimab", "decreases", "fibrosis")),
    ],
)
def test_an_entry_in_other_words(text: str, found: tuple[str, str, str]) -> None:
    assert found in of_entry(text)


def test_receptors_listed_with_a_remark() -> None:
    found = of_entry("## Receptors\n\n- LIFR (CD118), which is found on platelets\n- OSMR, a signalling chain\n")
    assert {("LIFR", "binds", "Oncostatin M"), ("OSMR", "binds", "Oncostatin M")} <= found


def test_a_paper_does_not() -> None:
    text = "# Effects of oncostatin M on bone\n\nOncostatin M was given to mice. Transcription was driven by STAT5.\n"
    assert not {t for t in said(text) if t[0] == "STAT5" and t[2] == "oncostatin M"}


def test_tables_of_tissues_have_several_columns() -> None:
    text = (
        "<h1>OSM</h1><table class='infobox'><tr><th>Gene symbol</th><td>OSM</td></tr></table><table><tr><th>Tissue</th>"
        "<th>RNA (nTPM)</th><th>Protein level</th></tr><tr><td>Cerebellum</td><td>9.1</td><td>High</td></tr>"
        "<tr><td>Liver</td><td>0.1</td><td>Not detected</td></tr></table>"
    )
    found = said(text, "page.html")
    assert ("OSM", "expressed_in", "Cerebellum", "asserted") in found
    assert ("OSM", "expressed_in", "Liver", "refuted") in found


def test_lists_of_terms_can_be_an_infobox() -> None:
    text = (
        "<h1>OSM</h1><dl><dt>Gene symbol</dt><dd>OSM</dd><dt>Also known as</dt><dd>ONCM</dd><dt>Location</dt>"
        "<dd>22q12.2</dd></dl><p>OSM binds gp130.</p>"
    )
    found = {(r, o) for _, r, o, _ in said(text, "page.html")}
    assert {("has_identifier", "ONCM"), ("has_property", "location 22q12.2")} <= found


def test_bullets_that_are_names() -> None:
    found = of_entry(
        "## Interactions\n\n- JAK1\n- TYK2\n\n## Associated diseases\n\n- Asthma\n- Crohn disease\n\n"
        "## Biological process\n\n- negative regulation of apoptosis\n- liver development\n\n## Aliases\n\n- ONCM\n"
    )
    assert {("JAK1", "binds", "Oncostatin M"), ("Oncostatin M", "associated_with", "Crohn disease")} <= found
    assert ("Oncostatin M", "associated_with", "Asthma") in found
    assert {("Oncostatin M", "decreases", "apoptosis"), ("Oncostatin M", "regulates", "liver development")} <= found
    assert ("Oncostatin M", "has_identifier", "ONCM") in found


def test_a_lead_does_not_reach_over_a_heading() -> None:
    text = "OSM has been shown to interact with:\n\n- JAK1\n\n## Associated diseases\n\n- Asthma\n"
    found = of_entry(text)
    assert ("Oncostatin M", "associated_with", "Asthma") in found
    assert not {t for t in found if t[1] == "binds" and t[2] == "Asthma"}


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("IL-36γ", "hgnc:15741"), ("IL-12Rβ2", "hgnc:5972"), ("β-klotho", "hgnc:15527"), ("E-selectin", "hgnc:10718"),
        ("HB-EGF", "hgnc:3059"), ("FGFR1c", "hgnc:3688"), ("VEGF-A165", "hgnc:12680"), ("TβRII", "hgnc:11773"),
        ("Sjögren's syndrome", "mondo:0010030"), ("chemokine (C-C motif) ligand 2", "hgnc:10618"),
    ],
)  # fmt: skip
def test_names_in_other_spellings(name: str, curie: str) -> None:
    (found,) = Gazetteer().find(name)
    assert (found.text, found.curie) == (name, curie)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# IL-6\n\nIL-6 is made by fat. In contrast to LIF, it binds IL6R.", ("IL-6", "binds", "IL6R")),
        ("# IL-6\n\nIL-6 is made. LIF raises its level. Training lowers it.", ("Training", "decreases", "IL-6")),
        ("Osm-/- mice show ataxia, early death and renal fibrosis.", ("Osm", "decreases", "renal fibrosis")),
        ("Osm-/- mice lack NK cells and platelets.", ("Osm", "increases", "platelets")),
        ("Mice overexpressing Osm develop osteopenia.", ("Osm", "increases", "osteopenia")),
        ("Hepatocytes exposed to LIF secrete CRP.", ("LIF", "increases", "CRP")),
        ("LIF stimulates hepatocytes to produce CRP.", ("LIF", "increases", "CRP")),
        ("LIF is increased in psoriatic skin.", ("psoriasis", "increases", "LIF")),
        ("LIF is found in increased amounts in gout.", ("gout", "increases", "LIF")),
        ("Nintedanib is a FLT1, FGFR1 and PDGFRB inhibitor.", ("Nintedanib", "decreases", "FLT1")),
        ("LIF is best known as a driver of cachexia.", ("LIF", "increases", "cachexia")),
        ("OSM is a ligand of the insulin receptor.", ("OSM", "binds", "insulin receptor")),
    ],
)  # fmt: skip
def test_phrasings_of_pages(text: str, found: tuple[str, str, str]) -> None:
    assert found in {(s, r, o) for s, r, o, _ in said(text + "\n")}


def test_a_residue_is_no_object() -> None:
    assert not {t for t in said("PRKCA phosphorylates Ser-741 and Tyr-980.\n") if t[2].startswith(("Ser", "Tyr"))}
