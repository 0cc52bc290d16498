"""What pages about genes, diseases and medicines say in ways that were not read: own sentences, one for each way."""

from __future__ import annotations

import pytest

from pleio.reading import read
from pleio.reading.documents.document import Document

Claim = tuple[str, str, str]


def found(text: str) -> set[Claim]:
    """The claims of a text: subject, relation, object."""
    return {(s.subject, s.relation, s.object) for s in read(Document("own", text))}


SAID: dict[str, set[Claim]] = {
    # verbs that the tagger takes for nouns
    "Loss-of-function mutations in IL36RN cause generalised pustular psoriasis.": {
        ("IL36RN", "decreases", "generalised pustular psoriasis")
    },
    "Levels of IL-6 fall after starting prednisone.": {("prednisone", "decreases", "IL-6")},
    "IL-17A and TNF synergise in the induction of IL-6.": {
        ("IL-17A", "increases", "IL-6"),
        ("TNF", "increases", "IL-6"),
    },
    # what variants confer
    "The TYK2 variant P1104A confers protection against multiple sclerosis.": {
        ("TYK2 variant P1104A", "decreases", "multiple sclerosis")
    },
    # comparisons and benefit of medicines
    "Secukinumab was superior to ustekinumab in patients with plaque psoriasis.": {
        ("Secukinumab", "treats", "plaque psoriasis")
    },
    "In Crohn's disease, secukinumab was ineffective.": {("secukinumab", "treats", "Crohn's disease")},
    "Benralizumab targets IL5RA.": {("Benralizumab", "decreases", "IL5RA")},
    # verbs left out
    "Th17 cells secrete IL-17A, and Th1 cells IFN-γ.": {
        ("IL-17A", "secreted_by", "Th17 cells"),
        ("IFN-γ", "secreted_by", "Th1 cells"),
    },
    "IL-4 raised CCL17, and IL-13 CCL26.": {("IL-4", "increases", "CCL17"), ("IL-13", "increases", "CCL26")},
    # receptors that are named by their ligand
    "The receptor for IL-5 consists of an alpha chain, IL5RA, and the common beta chain CSF2RB.": {
        ("IL5RA", "part_of", "IL-5 receptor"),
        ("CSF2RB", "part_of", "IL-5 receptor"),
    },
    "CSF2RB is shared by the receptors for IL-3 and GM-CSF.": {
        ("CSF2RB", "part_of", "IL-3 receptor"),
        ("CSF2RB", "part_of", "GM-CSF receptor"),
    },
    "Eosinophils carry the IL-5 receptor.": {("IL-5 receptor", "expressed_in", "Eosinophils")},
    # diseases that end their sentence, and those that things have a part in
    "High levels of CXCL13 are found in the cerebrospinal fluid of patients with neuroborreliosis.": {
        ("neuroborreliosis", "increases", "CXCL13")
    },
    "IL-6 plays a central part in the pathogenesis of rheumatoid arthritis.": {
        ("IL-6", "associated_with", "rheumatoid arthritis")
    },
    # what comes of it, what cells become, what they become more open to
    "TNF upregulates CXCL8, with consequent influx of neutrophils.": {
        ("TNF", "increases", "CXCL8"),
        ("TNF", "increases", "influx of neutrophils"),
    },
    "IL-12 drives differentiation of naive CD4+ T cells into Th1 cells.": {
        ("IL-12", "increases", "differentiation of naive CD4+ T cells into Th1 cells")
    },
    "IL-4 made the cells less responsive to IFN-γ.": {("IL-4", "decreases", "responsiveness to IFN-γ")},
    "IL-6 accounts for fever, malaise and the acute-phase response.": {
        ("IL-6", "increases", "fever"),
        ("IL-6", "increases", "malaise"),
        ("IL-6", "increases", "acute-phase response"),
    },
    # relative clauses that belong to the antibody
    "Anifrolumab is an antibody to the type I interferon receptor that blocks STAT1 phosphorylation.": {
        ("Anifrolumab", "decreases", "STAT1")
    },
    # what goes on from the sentence before
    "The most frequent adverse reaction to secukinumab is rhinitis. Oral herpes and urticaria are uncommon.": {
        ("secukinumab", "causes_adverse_event", "rhinitis"),
        ("secukinumab", "causes_adverse_event", "Oral herpes"),
        ("secukinumab", "causes_adverse_event", "urticaria"),
    },
    "Glucocorticoids are toxic. Their long-term use leads to osteoporosis.": {
        ("Glucocorticoids", "causes_adverse_event", "osteoporosis")
    },
    "IL-6 was cloned in 1986. It was formerly known as hybridoma growth factor. The gene lies on chromosome 7p15.": {
        ("IL-6", "has_identifier", "hybridoma growth factor"),
        ("IL-6", "has_property", "chromosomal location 7p15"),
    },
    "IL-10-deficient mice developed colitis. Their lungs contained more neutrophils.": {
        ("IL-10", "decreases", "colitis"),
        ("IL-10", "decreases", "neutrophils"),
    },
}  # fmt: skip


SAID |= {
    # lists whose members have signs of their own
    "TNF causes hypotension and reduced organ perfusion.": {
        ("TNF", "increases", "hypotension"),
        ("TNF", "decreases", "organ perfusion"),
    },
    "Histology showed more collagen and fewer capillaries in Il18-/- kidneys.": {
        ("Il18", "decreases", "collagen"),
        ("Il18", "increases", "capillaries"),
    },
    # mutants, and what the clause after says of them
    "Mice lacking Il15 have fewer NK cells, whereas the number of B cells is normal.": {
        ("Il15", "increases", "NK cells"),
        ("Il15", "no_effect", "B cells"),
    },
    "IL-15 transgenic mice develop leukaemia.": {("IL-15", "increases", "leukaemia")},
    "Silencing of MyD88 with siRNA prevented p65 phosphorylation.": {("MyD88", "increases", "p65")},
    # who acts
    "Overexpression of IL-15 by enterocytes upregulates NKG2D.": {("IL-15", "increases", "NKG2D")},
    "GDF-15 levels are elevated in lung, pancreatic and colorectal cancer.": {
        ("lung cancer", "increases", "GDF-15"),
        ("pancreatic cancer", "increases", "GDF-15"),
        ("colorectal cancer", "increases", "GDF-15"),
    },
    # pairs
    "IL-4 and IFN-γ raised CCL17 and CXCL10, respectively.": {
        ("IL-4", "increases", "CCL17"),
        ("IFN-γ", "increases", "CXCL10"),
    },
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_is_read(text: str) -> None:
    assert SAID[text] <= found(text)


NOT_SAID: dict[str, Claim] = {
    "Cherubism results from mutations in SH3BP2.": ("Cherubism", "increases", "SH3BP2"),
    "IL-6 accounts for fever and the acute-phase response.": ("IL-6", "increases", "response for fever"),
    "IL-4 increased CCL17, and IL-13 and IL-5.": ("IL-13", "increases", "IL-5"),
    "IL-4 and IFN-γ raised CCL17 and CXCL10, respectively.": ("IL-4", "increases", "CXCL10"),
    "TNF causes hypotension and reduced organ perfusion.": ("TNF", "increases", "organ perfusion"),
    "TNF and IL-17A cooperate in synovial fibroblasts.": ("TNF", "increases", "synovial fibroblasts"),
}


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_not_said_is_not_read(text: str) -> None:
    assert NOT_SAID[text] not in found(text)


@pytest.mark.parametrize(
    "text", ["Infliximab had no benefit in sarcoidosis.", "In Crohn's disease, secukinumab was ineffective."]
)
def test_no_benefit_is_refuted(text: str) -> None:
    assert [s.status for s in read(Document("own", text)) if s.relation == "treats"] == ["refuted"]
