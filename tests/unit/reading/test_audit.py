"""The audit finds what is planted on pages about any gene, and nothing on the pages as they were."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pleio.reading import Document, audit, fix, open_document, report_html, report_text
from pleio.reading.vocabulary import Gene, gene_identified, genes_named

SYMBOLS = (
    "IL6 LIF OSM CNTF TNF TGFB1 EPO CSF3 IL10 IL17A VEGFA LEP INS GFAP SPP1 CRP IL1B GDF15 FGF21 CCL2 THPO IL13".split()
)


def gene_page(gene: Gene, *, alias: str = "", second: Gene | None = None) -> str:
    """Write a page about a gene with nothing wrong in it."""
    second = second or genes_named("stat3")[0]
    rows = [
        ("Symbol", gene.symbol),
        ("HGNC", f"[HGNC:{gene.hgnc}](https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{gene.hgnc})"),
        ("NCBI Gene ID", f"[{gene.ncbi}](https://www.ncbi.nlm.nih.gov/gene/{gene.ncbi})"),
        ("UniProt", f"[{gene.uniprot[0]}](https://www.uniprot.org/uniprot/{gene.uniprot[0]})"),
        ("OMIM", f"[{gene.omim[0]}](https://www.omim.org/entry/{gene.omim[0]})"),
        ("Ensembl", gene.ensembl),
        ("Aliases", ", ".join([*gene.names[:2], *([alias] if alias else [])]) or gene.symbol),
    ]
    table = "\n".join(f'<tr>\n<td class="label">{a}</td>\n<td>{b}</td>\n</tr>' for a, b in rows)
    return f"""# {gene.symbol} Gene

<table class="infobox infobox-gene">
<tr>
<th class="infobox-header" colspan="2">{gene.symbol} Gene</th>
</tr>
{table}
</table>

## Overview

{gene.symbol} is a secreted protein[@smith1999].

## Structure

The precursor has 212 amino acids. Cleavage of a 29-residue signal peptide leaves a mature protein of 183 amino
acids[@jones2004].

## Function

- {gene.symbol} at 20 ng/mL for 24 h raises hepcidin mRNA in hepatocytes[@smith1999].
- {gene.symbol} levels are increased in serum of patients with asthma[@jones2004].
- {gene.symbol} levels are decreased in synovial fluid of patients with psoriasis[@jones2004].
- {gene.symbol} acts through [{second.symbol}](/genes/{second.symbol.lower()}) (gene ID {second.ncbi})[@smith1999].
- {gene.symbol} also needs [JAK1](/genes/jak1)[@smith1999].

## See Also

- [IL6](/genes/il6)
- [JAK/STAT Pathway](/mechanisms/jak-stat-pathway)

## References

- [@smith1999]: Smith A et al. Journal 1999;1:1-2.
- [@jones2004]: Jones B et al. Journal 2004;2:3-4.
"""


def the(symbol: str) -> Gene:
    return genes_named(symbol.lower())[0]


def kinds(text: str, *severities: str) -> list[tuple[str, str]]:
    found = audit(Document("page.md", text))
    return [(f.kind, f.quote) for f in found if not severities or f.severity in severities]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_correct_page_raises_no_error_or_warning(symbol: str) -> None:
    assert kinds(gene_page(the(symbol)), "error", "warning") == []


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_each_identifier_of_another_gene_is_found_with_the_right_one(symbol: str) -> None:
    gene = the(symbol)
    other = the(random.Random(symbol).choice([s for s in SYMBOLS if s != symbol]))
    page = gene_page(gene)
    for kind, right, wrong in [
        ("wrong_ncbi", gene.ncbi, other.ncbi),
        ("wrong_uniprot", gene.uniprot[0], other.uniprot[0]),
        ("wrong_omim", gene.omim[0], other.omim[0]),
        ("wrong_hgnc", f"HGNC:{gene.hgnc}", f"HGNC:{other.hgnc}"),
        ("wrong_ensembl", gene.ensembl, other.ensembl),
    ]:
        broken = (
            page.replace(f"[{right}]", f"[{wrong}]")
            .replace(f">{right}<", f">{wrong}<")
            .replace(f"/{right})", f"/{wrong})")
        )
        found = [f for f in audit(Document("page.md", broken)) if f.severity == "error"]
        assert {f.kind for f in found} == {kind}, (symbol, kind)
        assert all(wrong.endswith(f.quote.removeprefix("HGNC:")) and right in f.correction for f in found)
        assert all(other.symbol in f.message for f in found)
        assert fix(Document("page.md", broken), found) == page


def test_an_identifier_in_running_text_belongs_to_the_gene_before_it() -> None:
    page = gene_page(the("IL6")).replace("(gene ID 6774)", "(gene ID 3569)")
    assert kinds(page, "error") == [("wrong_ncbi", "3569")]


@pytest.mark.parametrize(
    ("symbol", "alias", "owner"),
    [
        ("IL6", "JAK1A", "JAK1"),
        ("EPO", "OPN", "SPP1"),
        ("LIF", "TNFA", "TNF"),
        ("TNF", "BSF2", "IL6"),
        ("LEP", "STAT3", "STAT3"),
    ],
)
def test_an_alias_of_another_gene_is_found_and_removed(symbol: str, alias: str, owner: str) -> None:
    gene = the(symbol)
    page = gene_page(gene, alias=alias)
    found = [f for f in audit(Document("page.md", page)) if f.severity != "info"]
    assert [(f.kind, f.quote) for f in found] == [("foreign_alias", alias)]
    assert owner in found[0].message
    assert fix(Document("page.md", page), found) == gene_page(gene)


@pytest.mark.parametrize(
    ("symbol", "drug"),
    [("CSF3", "filgrastim"), ("IL6", "tocilizumab"), ("EPO", "darbepoetin alfa"), ("INS", "metformin")],
)
def test_a_medicine_among_the_aliases_is_a_warning(symbol: str, drug: str) -> None:
    assert kinds(gene_page(the(symbol), alias=drug), "error", "warning") == [("drug_as_alias", drug)]


@pytest.mark.parametrize(
    "mark",
    [
        "[smith1999@]",
        '["@smith1999"]',
        "[@smith1999",
        "@smith1999]",
        "(@smith1999)",
        "[ @smith1999 ]",
        "[@ smith1999]",
        "[@@smith1999]",
        "[smith1999]",
        "{@smith1999}",
        "[[@smith1999]]",
        "[@smith1999)",
    ],
)
def test_a_malformed_citation_mark_is_found_and_put_right(mark: str) -> None:
    page = gene_page(the("IL6"))
    broken = page.replace("hepatocytes[@smith1999]", f"hepatocytes{mark}")
    found = [f for f in audit(Document("page.md", broken)) if f.severity == "error"]
    assert [f.kind for f in found] == ["unparsable_citation"]
    assert found[0].quote.strip("[]") in mark
    assert fix(Document("page.md", broken), found) == page


def test_a_key_without_a_reference_is_found_with_the_nearest_key() -> None:
    page = gene_page(the("IL6"))
    assert kinds(page.replace("hepatocytes[@smith1999]", "hepatocytes[@smith1999][@lindqvist2006]"), "error") == [
        ("citation_without_reference", "[@lindqvist2006]")
    ]
    found = [
        f
        for f in audit(Document("p", page.replace("hepatocytes[@smith1999]", "hepatocytes[@smth1999]")))
        if f.severity == "error"
    ]
    assert found[0].correction.endswith("did you mean smith1999?")


@pytest.mark.parametrize(
    "link",
    [
        "[JAK1](/ genes/jak1)",
        "[JAK1] (/genes/jak1)",
        "[JAK1](/genes/jak1",
        "[JAK1](genes/jak1)",
        "[JAK1](/genes//jak1)",
        "JAK1](/genes/jak1)",
        "[JAK1](/genes/jak1))",
        "[JAK1]()",
        "[JAK1](/genes/jak2)",
        "[JAK1](/gnes/jak1)",
        "(/genes/jak1)[JAK1]",
        "[JAK1[(/genes/jak1)",
        "[JAK1(/genes/jak1)",
    ],
)
def test_a_broken_link_is_found(link: str) -> None:
    page = gene_page(the("IL6"))
    found = [f for f in audit(Document("page.md", page.replace("[JAK1](/genes/jak1)", link))) if f.severity != "info"]
    assert {f.kind for f in found} == {"broken_internal_link"}, (link, found)


@pytest.mark.parametrize(
    ("right", "wrong"), [("183", "212"), ("183", "171"), ("29-residue", "28-residue"), ("212", "221")]
)
def test_lengths_that_do_not_add_up_are_found(right: str, wrong: str) -> None:
    assert [k for k, _ in kinds(gene_page(the("IL6")).replace(right, wrong, 1), "error")] == ["length_arithmetic"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The precursor comprises {p} amino acids, including a signal peptide of {s} amino acids; the mature "
        "polypeptide has {m} amino acids.",
        "{g} is synthesised as a {p}-amino-acid precursor with a {s}-residue signal sequence, and the mature "
        "protein is {m} residues long.",
        "The gene encodes {p} aa. After removal of the signal peptide ({s} aa) the mature cytokine has {m} aa.",
        "Of the {p} residues of the pre-protein, {s} form the leader peptide and {m} the mature chain.",
        "The mature form counts {m} amino acids; the full-length protein has {p} amino acids with a {s} amino "
        "acid signal peptide.",
    ],
)
def test_lengths_are_understood_in_other_words(sentence: str) -> None:
    def page(mature: int) -> str:
        body = sentence.format(g="OSM", p=252, s=25, m=mature)
        return f"# OSM Gene\n\n## Structure\n\n{body}\n\n## Function\n\nIt signals.\n"

    assert kinds(page(227), "error", "warning") == []
    assert [k for k, _ in kinds(page(252 - 52), "error")] == ["length_arithmetic"]


def test_a_concentration_in_another_unit_is_found() -> None:
    page = gene_page(the("IL6")).replace("raises hepcidin", "at 20 mg/mL raises CRP and hepcidin", 1)
    assert ("unit_error", "20 mg/mL") in kinds(page, "error")
    alone = gene_page(the("IL6")).replace("20 ng/mL", "20 mg/mL")
    assert ("unit_error", "20 mg/mL") in kinds(alone, "warning")


def test_opposite_sentences_contradict_only_in_one_context() -> None:
    page = gene_page(the("IL6"))
    line = "- IL6 levels are increased in serum of patients with asthma[@jones2004].\n"
    assert kinds(
        page.replace(line, line + line.replace("increased", "decreased").replace("[@jones2004]", "")), "error"
    ) == [("contradiction", "IL6 levels are decreased in serum of patients with asthma.")]
    for other in ("plasma", "serum of patients with psoriasis", "sputum of patients with asthma"):
        text = page.replace(line, line + f"- IL6 levels are decreased in {other}[@jones2004].\n")
        assert kinds(text, "error", "warning") == [], other


def test_empty_and_doubled_sections_are_found() -> None:
    page = gene_page(the("IL6"))
    empty = page.replace(
        "## See Also\n\n- [IL6](/genes/il6)\n- [JAK/STAT Pathway](/mechanisms/jak-stat-pathway)\n", "## See Also\n"
    )
    assert kinds(empty, "warning") == [("empty_section", "## See Also")]
    table = page[page.index("<table") : page.index("</table>") + 9]
    doubled = page.replace(table, table + table)
    assert [k for k, _ in kinds(doubled, "warning")] == ["duplicated_infobox"]
    assert fix(Document("p", doubled), audit(Document("p", doubled))) == page


def test_a_retracted_reference_is_found() -> None:
    from pleio.reading.vocabulary import retracted

    pmid = min(p for p in retracted() if len(p) == 8)
    assert gene_identified("ncbigene:3589") is not None
    page = gene_page(the("IL6")).replace("Journal 1999;1:1-2.", f"Journal 1999;1:1-2. PMID: {pmid}")
    assert [k for k, _ in kinds(page, "error")] == ["retracted_reference"]


def test_hidden_characters_are_found_and_shown_by_code() -> None:
    page = Document("x\u202ename.md", "IL-11 acts \u202eno\u202c here <script>alert(1)</script>.")
    found = audit(page)
    assert {f.kind for f in found} >= {"hidden_character"}
    for report in (report_text(page, found), report_html(page, found)):
        assert "\u202e" not in report and "U+202E" in report
    assert "<script" not in report_html(page, found)


def test_statements_in_other_words_contradict_and_hedges_are_seen() -> None:
    page = gene_page(the("IL6"))
    line = "- IL6 also needs [JAK1](/genes/jak1)[@smith1999].\n"
    more = "- IL6 promotes liver fibrosis[@smith1999].\n- Liver fibrosis is reduced by IL6[@jones2004].\n"
    more += "- IL6 stimulates platelet production[@smith1999].\n- IL6 may increase platelet production[@jones2004].\n"
    found = audit(Document("page.md", page.replace(line, line + more)))
    assert {(f.kind, f.severity) for f in found if f.kind in ("contradiction", "mixed_modality")} == {
        ("contradiction", "error"),
        ("mixed_modality", "info"),
    }


def test_the_same_words_in_another_order_are_no_contradiction() -> None:
    text = "# IL6\n\n- IL-6 increases TNF in mouse liver[@a2000].\n- TNF decreases IL-6 in mouse liver[@a2000].\n"
    assert [k for k, _ in kinds(text) if k == "contradiction"] == []


def test_a_contradiction_is_reported_once_and_whatever_the_case_of_its_context() -> None:
    bullets = "- IL-6 raises CXCL8 in hepatocytes [@a2000].\n- IL-6 lowers CXCL8 in hepatocytes [@b2001].\n"
    found = audit(open_document(f"# IL6\n\n{bullets}".encode()))
    assert [f.severity for f in found if f.kind == "contradiction"] == ["error"]
    apart = (
        "# IL6\n\n## Psoriasis\n\n- IL-6 raises CXCL8 in keratinocytes [@a2000].\n\n"
        "## More\n\n- IL-6 lowers CXCL8 in keratinocytes in psoriasis [@b2001].\n"
    )
    assert [f.severity for f in audit(open_document(apart.encode())) if f.kind == "contradiction"] == ["warning"]


@pytest.mark.shared
def test_the_planted_defects_are_found_and_the_clean_pages_stay_clean(shared: Path) -> None:
    folder = shared / "gold" / "audit"
    cases = [(path, path.with_name(path.stem + ".defects.json")) for path in sorted((folder / "mutated").glob("*.md"))]
    cases.append((next((shared / "seeds").glob("000_*.txt")), folder / "seed0_expected.json"))
    families = {"wrong_": "identifier", "duplicated_": "duplicate"}

    def family(kind: str) -> str:
        return next((name for prefix, name in families.items() if kind.startswith(prefix)), kind)

    for path, expected in cases:
        found = audit(open_document(path))
        for defect in json.loads(expected.read_text(encoding="utf-8"))["defects"]:
            places = [(defect["start"], defect["end"]), *map(tuple, defect["other_spans"])]
            hit = any(
                family(f.kind) == family(defect["kind"])
                and f.start < end
                and start < f.end
                and f.end - f.start <= 3 * (end - start)
                for f in found
                for start, end in places
            )
            assert hit or not defect.get("required", True), (path.name, defect["kind"], defect["quote"][:60])
    for path in sorted((folder / "clean").glob("*.md")):
        assert [f.message for f in audit(open_document(path)) if f.severity != "info"] == []


def test_spans_are_exact_and_the_audit_is_repeatable() -> None:
    document = open_document(gene_page(the("IL6"), alias="OPN").encode())
    found = audit(document)
    assert all(document.text[f.start : f.end] == f.quote for f in found)
    assert found == audit(document)
