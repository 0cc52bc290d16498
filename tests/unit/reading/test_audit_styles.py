"""Defects planted into whole pages of four styles, several at a time: each is found where it is, and the clean page is.

A defect is written `context ⟦right→wrong⟧ context`; the context says where in the page it goes.
"""

# ruff: noqa: E501 (a line is a defect)
from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit_defects import family
from audit_forms import Form
from pleio.reading import Document, audit, fix, open_document
from pleio.reading.vocabulary import retracted

PAGES = Path(__file__).parent / "audit_styles"
_CHOICE = re.compile(r"⟦([^→⟧]*)→([^⟧]*)⟧")
DEFECTS: dict[str, list[tuple[str, str]]] = {
    "FGF23.html": [
        ("wrong_hgnc", 'HGNC:3680">⟦3680→6344⟧</a>'),
        ("wrong_ensembl", "id/⟦ENSG00000118972→ENSG00000077782⟧"),
        ("length_arithmetic", "first ⟦24→34⟧ residues are a signal"),
        ("length_arithmetic", "precursor of ⟦251→215⟧&nbsp;amino"),
        ("citation_without_reference", '9 h.<sup><a href="#ref⟦2→12⟧">2</a>'),
        ("retracted_reference", "A fourth example. Example Rev 2010;10:30-39.⟦→ PMID: RETRACTED_PMID⟧"),
        ("broken_internal_link", '<li>⟦<a href="/genes/pth">→<a href="/genes/pth"⟧PTH</a>'),
        ("broken_internal_link", '<li>⟦<a href="/genes/kl">→<a href>⟧KL</a>'),
        ("broken_internal_link", '⟦<a href="/genes/fgfr1">→<a href=/genes/fgfr 1>⟧FGFR1'),
        ("broken_internal_link", '⟦<a href="/processes/phosphate-homeostasis">→<a href="javascript:void(0)">⟧'),
        ("broken_internal_link", '⟦<a href="/genes/pth">→<a href="file:///C:/wiki/pth.html">⟧'),
        ("contradiction", "⟦→<li>In rats with normal kidneys parathyroid hormone is elevated by FGF23.</li>\n⟧<li>Infusion"),
        ("unit_error", "⟦→<p>Burosumab is given at 1 g/kg every four weeks.</p>\n⟧<h3>Tumoral"),
    ],
    "IL33.md": [
        ("length_arithmetic", "has ⟦270→720⟧ amino acids and a mass"),
        ("length_arithmetic", "leaves a mature form of ⟦172→127⟧ amino acids"),
        ("length_arithmetic", "a mass of ⟦31→310⟧ kDa"),
        ("unparsable_citation", "muscle ⟦[@kuswanto2016]→@[kuswanto2016]⟧"),
        ("citation_without_reference", "see also ⟦@moro2010→@mora2010⟧]"),
        ("retracted_reference", "463:540-544.⟦→ [PubMed: RETRACTED_PMID]⟧"),
        ("retracted_reference", "Rabe KF et al.⟦→ Retracted:⟧ Lancet Respir"),
        ("uncited_bullets", "⟦IL-33 reduces plaque size in ApoE-deficient mice [@miller2008]. Soluble ST2 does the opposite [@miller2008].→IL-33 reduces plaque size in ApoE-deficient mice. Soluble ST2 does the opposite.⟧"),
        ("empty_section", "⟦→## Variants\n\nXXX\n\n⟧## See also"),
        ("duplicated_section", "⟦→## Function\n\nIL-33 acts on many cells.\n\n⟧## See also"),
        ("broken_internal_link", "⟦[MyD88](../genes/myd88.md)→[MyD88](../genes/)⟧"),
        ("broken_internal_link", "⟦[MyD88](../genes/myd88.md)→[MyD88]: (../genes/myd88.md)⟧"),
        ("broken_internal_link", "⟦[MyD88](../genes/myd88.md)→[MyD88](../genes/il1rl1.md)⟧"),
        ("broken_internal_link", "(⟦[[IL1RL1]]→[[IL1RL1⟧; NCBI"),
        ("broken_internal_link", "* ⟦[[TSLP]]→[[]]⟧"),
        ("broken_internal_link", "* ⟦[[Type 2 immunity]]→[[Type 2 immunity|]]⟧"),
        ("contradiction", "does the opposite [@miller2008].\n\n⟦→IL-33 enlarges plaques in ApoE-deficient mice.\n\n⟧## See also"),
        ("contradiction", "⟦→IL-33 suppresses IL-13 secretion by human ILC2s.\n\n⟧## In disease"),
        ("unit_error", "⟦→The Kd of IL-33 for ST2 is 0.45 µM.\n\n⟧## Function"),
    ],
    "TSLP.txt": [
        ("wrong_uniprot", "(UniProt ⟦Q969D9→Q9HC73⟧"),
        ("wrong_ensembl", "Ensembl ⟦ENSG00000145777→ENSG00000205755⟧"),
        ("unparsable_citation", "IL-12 secretion by human dendritic cells ⟦[6]→[ ]⟧"),
        ("unparsable_citation", "skin inflammation ⟦[4]→4]⟧"),
        ("retracted_reference", "14:60-69.⟦→ pmid=RETRACTED_PMID.⟧"),
        ("retracted_reference", "A ninth example of a title.⟦→ [RETRACTED]⟧"),
        ("uncited_bullets", "⟦TSLP had no effect on IL-12 secretion by human dendritic cells [6].→TSLP had no effect on IL-12 secretion by human dendritic cells.⟧"),
        ("empty_section", "⟦→5.3 Psoriasis\n\n⟧6. OUTLOOK"),
        ("empty_section", "6. OUTLOOK\n\n⟦What TSLP does in tumours is open: it has been found to promote growth of\nbreast cancer in mice [9] and to restrain skin cancer [1,9].\n\n→⟧REFERENCES"),
        ("contradiction", "dendritic cells [6].\n\nIn mice TSLP promotes skin inflammation [4]. TSLP may support gut repair [7].\n\n⟦→TSLP induces IL-12 secretion by human dendritic cells [9].\n\n⟧5. DISEASE"),
        ("unit_error", "At ⟦15 ng/mL→15 µg/mL⟧ it"),
        ("mixed_modality", "⟦→TSLP could increase CCL17 secretion by human dendritic cells [7].\n\n⟧In mice TSLP"),
    ],
    "OSM.xml": [
        ("length_arithmetic", "propeptide of ⟦31→13⟧ residues"),
        ("citation_without_reference", '(<xref ref-type="bibr" rid="⟦B5→B15⟧">5</xref>, '),
        ("unparsable_citation", '⟦(<xref ref-type="bibr" rid="B7">7</xref>)→([?])⟧'),
        ("retracted_reference", '<pub-id pub-id-type="pmid">⟦11000001→RETRACTED_PMID⟧</pub-id>'),
        ("reference_never_cited", '⟦→<ref id="B8"><label>8</label><mixed-citation>Nobody N. An eighth example. <year>2021</year>;1:2-3.</mixed-citation></ref>\n⟧</ref-list>'),
        ("broken_internal_link", 'rid="⟦T1→T2⟧">Table 1'),
        ("broken_internal_link", '⟦<ext-link ext-link-type="uri" xlink:href="https://www.ncbi.nlm.nih.gov/gene/9180">→<ext-link ext-link-type="uri" xlink:href="">⟧OSMR'),
        ("contradiction", '⟦→<p>OSM suppresses albumin secretion by human hepatocytes.</p>\n⟧</sec>\n<sec id="s3b">'),
        ("unit_error", "⟦→<p>GSK315234 at 6 µg/kg was safe.</p>\n⟧</sec>\n</body>"),
        ("mixed_modality", '⟦→<p>It is possible that OSM increases albumin secretion by human hepatocytes.</p>\n⟧</sec>\n<sec id="s3b">'),
    ],
}  # fmt: skip


def document(name: str, text: str) -> Document:
    return open_document(text.encode(), name=name)


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def batches(name: str) -> list[tuple[list[str], str]]:
    """Pages with as many defects each as go together: no two of one kind, none in the place of another."""
    pmid = min(number for number in retracted() if len(number) == 8)
    made: list[tuple[list[str], str]] = []
    for kind, context in DEFECTS[name]:
        context = context.replace("RETRACTED_PMID", pmid)
        right = _CHOICE.sub(lambda found: found[1], context)
        assert page(name).count(right) == 1, right
        for index, (kinds, text) in enumerate(made):
            if text.count(right) == 1 and kind not in kinds:
                before = len(_CHOICE.findall(text[: text.index(right)]))
                made[index] = [*kinds[:before], kind, *kinds[before:]], text.replace(right, context)
                break
        else:
            made.append(([kind], page(name).replace(right, context)))
    return made


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("[MyD88](/ genes/myd88)", "[MyD88](/genes/myd88)"),
        ("[MyD88](/genes/ myd88)", "[MyD88](/genes/myd88)"),
        ("[MyD88](/genes/myd88", "[MyD88](/genes/myd88)"),
        ("[MyD88](/genes/myd 88)", "[MyD88](/genes/myd 88)"),  # it may stand for a hyphen, or for nothing
        ("[MyD88](http:/genes/myd88)", "[MyD88](http:/genes/myd88)"),  # no host, or no scheme
        ("[MyD88](https:/example.org/myd88)", "[MyD88](https://example.org/myd88)"),
        ("IL33 (NCBI Gene <b>9173</b>)", "IL33 (NCBI Gene <b>90865</b>)"),
        ("<table><tr><th>Symbol</th><td>IL33</td></tr><tr><th>HGNC</th><td>HGNC: <b>5998</b></td></tr></table>",
         "<table><tr><th>Symbol</th><td>IL33</td></tr><tr><th>HGNC</th><td>HGNC: <b>16028</b></td></tr></table>"),
    ],
)  # fmt: skip
def test_only_what_is_certain_is_mended_and_markup_stays(broken: str, mended: str) -> None:
    text = "# IL33\n\nIL-33 uses [ST2](/genes/il1rl1) and {} in mast cells.\n"
    page = document("IL33.md", text.format(broken))
    found = audit(page)
    assert [f for f in found if f.severity == "error"]
    assert fix(page, found) == text.format(mended)


@pytest.mark.parametrize("name", DEFECTS)
def test_a_clean_page_raises_nothing(name: str) -> None:
    assert [(f.kind, f.quote) for f in audit(document(name, page(name)))] == []


@pytest.mark.parametrize("name", DEFECTS)
def test_each_defect_is_found_in_its_place_and_mending_leaves_the_rest_as_it_was(name: str) -> None:
    missed = []
    made = batches(name)
    for index, (kinds, text) in enumerate(made):
        wrong, spans = Form("", text, "").wrong
        broken = document(name, wrong)
        found = audit(broken)
        for kind, (start, end) in zip(kinds, spans, strict=True):
            left, right = (start - 60, end + 1) if kind == "empty_section" else (start, end)
            if not any(family(f.kind) == family(kind) and f.start < right and left < f.end for f in found):
                missed.append((kind, wrong[start:end]))
        mended = fix(broken, found)
        assert re.findall(r"</?\w+(?=[\s>])", mended) == re.findall(r"</?\w+(?=[\s>])", wrong)
        if index == 0:  # an audit more for each page, not for each of its batches
            again = document(name, mended)
            assert fix(again, audit(again)) == mended
    assert missed == []
