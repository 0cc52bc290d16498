"""Ways to say a thing: each sentence with the claims that it must give, and those that must not fire."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from pleio.reading import read
from pleio.reading.documents.document import Document

INC, DEC, NONE = "increases", "decreases", "no_effect"


def _claims(text: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in read(Document("note", text))}


SAID = {
    # verbs
    "1D11 cut periostin mRNA by 54%.": ("1D11", DEC, "periostin"),
    "Etanercept cut IL-8 mRNA by 40% in synoviocytes.": ("Etanercept", DEC, "IL-8"),
    "IL-17A evoked CXCL8 release.": ("IL-17A", INC, "CXCL8"),
    "VHL directs HIF1A to the proteasome.": ("VHL", DEC, "HIF1A"),
    "LPS led within 10 min to phosphorylation of p38, JNK and ERK1/2.": ("LPS", INC, "JNK"),
    "SOCS3 co-precipitated with gp130.": ("SOCS3", "binds", "gp130"),
    "JAK2 was associated with EPOR in co-immunoprecipitations.": ("JAK2", "binds", "EPOR"),
    "Interleukin-2 drew in IL2RG.": ("Interleukin-2", "binds", "IL2RG"),
    "Noggin neutralised the effect of BMP2 on alkaline phosphatase.": ("Noggin", DEC, "alkaline phosphatase"),
    "Deletion of Il6 left renal blood flow unaffected.": ("Il6", NONE, "renal blood flow"),
    # what moves, what a change changes
    "LPS triggered translocation of RelB and p50 to the nucleus.": ("LPS", INC, "RelB"),
    "No nuclear translocation of p65 was seen after IL-4.": ("IL-4", NONE, "p65"),
    "The increase in COL1A1 mRNA caused by TGF-β1 was halved by galunisertib.": ("galunisertib", DEC, "COL1A1"),
    "Rapamycin abolished the gain in muscle mass.": ("Rapamycin", DEC, "muscle mass"),
    "Tofacitinib prevented IL-9-driven phosphorylation of STAT5.": ("Tofacitinib", DEC, "STAT5"),
    # comparisons
    "Relapses became more frequent under natalizumab.": ("natalizumab", INC, "Relapses"),
    "CCL2 mRNA was lower in Ccr2-/- livers.": ("Ccr2", INC, "CCL2"),
    "After ischaemia, creatinine and Lcn2 mRNA were lower in Il1r1-/- mice.": ("Il1r1", INC, "Lcn2"),
    "Mice lacking Il7 have markedly fewer T cells, NK cells and B cells.": ("Il7", INC, "B cells"),
    "Flow cytometry revealed fewer NK cells and CD4+ T cells in Il21-/- lungs.": ("Il21", INC, "CD4+ T cells"),
    "IL-6 levels were no different with anakinra than with placebo.": ("anakinra", NONE, "IL-6"),
    "CCL2 release was unaffected by IL-10.": ("IL-10", NONE, "CCL2"),
    "The fall in goblet cell number was not significant with benralizumab.": ("benralizumab", NONE, "goblet cell number"),
    "Patients with acute pancreatitis have higher serum IL-6 than controls.": ("acute pancreatitis", INC, "IL-6"),
    "Keratinocytes from people with psoriasis make less IL-37.": ("psoriasis", DEC, "IL-37"),
    "Patients with sepsis have raised procalcitonin.": ("sepsis", INC, "procalcitonin"),
    # clauses that go on
    "Tocilizumab increased grip strength, brought serum creatine kinase down and reduced fibrosis.": (
        "Tocilizumab", DEC, "fibrosis",
    ),
    "MYD88 recruits IRAK4, IRAK1 and TRAF6, which results in activation of NF-κB.": ("MYD88", INC, "NF-κB"),
    # where a molecule is
    "Isoform A predominates in lung and testis, isoform B in kidney and brain.": ("isoform B", "expressed_in", "kidney"),
    "Immunofluorescence placed IL-18 in podocytes and in macrophages.": ("IL-18", "expressed_in", "macrophages"),
    "EPOR is confined to erythroblasts.": ("EPOR", "expressed_in", "erythroblasts"),
    "CSF1R is carried by monocytes.": ("CSF1R", "expressed_in", "monocytes"),
    "IL-34 is made chiefly by keratinocytes.": ("IL-34", "secreted_by", "keratinocytes"),
    "Interferon gamma is a type II interferon made by NK cells.": ("Interferon gamma", "member_of", "type II interferon"),
    # harms
    "Headache was more frequent with erenumab than with placebo.": ("erenumab", "causes_adverse_event", "Headache"),
    "Fatigue and nausea were the commonest undesirable effects of sunitinib.": (
        "sunitinib", "causes_adverse_event", "nausea",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_a_way_to_say_it_is_read(text: str) -> None:
    assert SAID[text] in _claims(text)


NOT_SAID = {
    "MYD88 recruits IRAK4, IRAK1 and TRAF6, which results in activation of NF-κB.": ("TRAF6", INC, "NF-κB"),
    "Ketoconazole raised the AUC of ruxolitinib by 91%.": ("ruxolitinib", "has_property", "AUC 91%"),
    "Neutralising antibodies abolish the induction of MX1.": ("IL-6", DEC, "antibodies"),
    "After ischaemia, creatinine and Lcn2 mRNA were lower in Il1r1-/- mice.": ("ischaemia", DEC, "Lcn2"),
    "Tocilizumab increased grip strength, brought serum creatine kinase down and reduced fibrosis.": (
        "grip strength", DEC, "creatine kinase",
    ),
    "TUNEL-positive cells were less frequent in Bax-/- kidneys.": ("Bax", "causes_adverse_event", "TUNEL-positive cells"),
    "Rapamycin abolished the gain in muscle mass.": ("Rapamycin", DEC, "gain"),
    "HGF decreased ns.": ("HGF", DEC, "ns"),
    "TLR9 was not detected in keratinocytes.": ("TLR9", INC, "keratinocytes"),
}  # fmt: skip


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_a_sentence_does_not_say_is_not_read(text: str) -> None:
    assert NOT_SAID[text] not in _claims(text)


def test_what_is_absent_is_refuted() -> None:
    found = read(Document("note", "IL-18 was found on mast cells and Th2 cells but absent from Th1 cells."))
    assert {(s.object, s.status) for s in found} == {
        ("mast cells", "asserted"), ("Th2 cells", "asserted"), ("Th1 cells", "refuted"),
    }  # fmt: skip


TABLES = """# Interleukin-10

| Organ | Observation | System | Dose | Source |
|---|---|---|---|---|
| Colon | IL-10 reduces TNF release | mouse | 5 ng/ml | [@moore1993] |
| Liver | IL-10 did not change CCL2 | human | n/a | [@fell2004] |

Growth factors and stellate cells

Agent     Dose         TIMP1 mRNA    SOCS3 protein
TGF-β1    5 ng/ml      increased**   ns
HGF       40 ng/ml     decreased*    increased*
"""


def test_rows_say_claims_with_the_dose_and_key_of_the_row() -> None:
    found = {(s.subject, s.relation, s.object, s.aspect): s for s in read(Document("page", TABLES, media="markdown"))}
    first = found["IL-10", DEC, "TNF", "secretion"]
    assert (first.dose, first.citations, dict(first.context)["species"]) == ("5 ng/ml", ("moore1993",), "mouse")
    assert found["IL-10", NONE, "CCL2", "abundance"].status == "null_result"
    assert found["TGF-β1", INC, "TIMP1", "mRNA"].dose == "5 ng/ml"
    assert found["HGF", DEC, "TIMP1", "mRNA"].status == "asserted"
    assert found["TGF-β1", NONE, "SOCS3", "protein"].status == "null_result"


def test_a_raised_mark_after_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    text = "<p>IL-4 increases CCL17.<sup>[1]</sup> IL-13 decreases MUC2.<sup>[2,3]</sup></p>"
    found = {s.subject: s.citations for s in read(Document("page", text, "html"))}
    assert found == {"IL-4": ("1",), "IL-13": ("2", "3")}


def test_a_bullet_of_two_sentences_keeps_their_keys_apart() -> None:
    text = "# IL-4\n\n- IL-4 increases CCL17 [@a2001]. IL-13 decreases MUC2 [@b2002].\n"
    assert {s.subject: s.citations for s in read(Document("page", text))} == {"IL-4": ("a2001",), "IL-13": ("b2002",)}


def test_words_that_a_line_end_broke_are_read() -> None:
    text = "The cytokine is made on demand in many places, and lipopolysaccharide upreg-\nulates IL15 in T cells.\n"
    found = read(Document("page", text, "text"))
    assert ("lipopolysaccharide", INC, "IL15") in {(s.subject, s.relation, s.object) for s in found}
