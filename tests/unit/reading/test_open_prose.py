"""Ways of open prose that once were read wrong or not at all; own sentences, each with what must be read of it."""

from __future__ import annotations

import pytest

from pleio.reading import read
from pleio.reading.documents.document import Document


def found(text: str) -> set[tuple[str, str, str]]:
    """The claims of a text: subject, relation, object."""
    return {(s.subject, s.relation, s.object) for s in read(Document("own", text))}


SAID = {
    # a floating "both", and names tied by a hyphen
    "CXCL10 and sunitinib both inhibited tumour growth by about half.": {
        ("CXCL10", "decreases", "tumour growth"),
        ("sunitinib", "decreases", "tumour growth"),
    },
    "The SHP2-GRB2 complex positively regulates ERK signaling.": {("SHP2 GRB2 complex", "increases", "ERK signaling")},
    # what is denied within a list
    "IL-4 but not IL-13 (data not shown) was able to inhibit FOXP3 expression.": {
        ("IL-4", "decreases", "FOXP3"),
        ("IL-13", "no_effect", "FOXP3"),
    },
    "Forced expression of SOCS1, but not SOCS2, inhibited viability of ovarian cancer cells.": {
        ("SOCS1", "decreases", "viability of ovarian cancer cells"),
        ("SOCS2", "no_effect", "viability of ovarian cancer cells"),
    },
    # adverbs with a sign
    "SOCS3 negatively regulates STAT3 signaling.": {("SOCS3", "decreases", "STAT3")},
    # a noun in -ing before the verb
    "Interleukin-10 signaling blocks IKBKB expression.": {("Interleukin-10", "decreases", "IKBKB")},
    # names that begin with a number
    "20-HETE stimulated the proliferation of endothelial cells.": {
        ("20-HETE", "increases", "proliferation of endothelial cells")
    },
    # whose, named, encoding, an apposition with a relative clause
    "IL-6 upregulated BIM, whose expression was further enhanced by IL-1β.": {
        ("IL-6", "increases", "BIM"),
        ("IL-1β", "increases", "BIM"),
    },
    "Inactivation of the gene encoding RUNX1 reduced the expression of FOXP3.": {("RUNX1", "increases", "FOXP3")},
    "Growth of these cells involves RUNX3, a transcription factor that controls apoptosis.": {
        ("RUNX3", "regulates", "apoptosis")
    },
    "The mTOR inhibitor rapamycin decreased the expression of PPARGC1A.": {("rapamycin", "decreases", "PPARGC1A")},
    # needs, and verbs that say something of what follows a preposition
    "Cell cycle progression in response to serum is dependent on the expression of MDM2.": {
        ("MDM2", "increases", "Cell cycle progression")
    },
    "IL-1β sensitizes chondrocytes to TNF.": {("IL-1β", "increases", "response to TNF")},
    "IL-12 drives naive T cells towards a Th1 phenotype.": {("IL-12", "increases", "Th1 phenotype")},
    "Insulin rescued neurons from apoptosis.": {("Insulin", "decreases", "apoptosis")},
    "HSP70 has the ability to activate NF-kappaB.": {("HSP70", "increases", "NF-kappaB")},
    # nouns of binding and of agents
    "We detected a physical interaction between FOXP3 and EP300.": {("FOXP3", "binds", "EP300")},
    "LPS induced complex formation between PIK3CA and MYD88.": {("PIK3CA", "binds", "MYD88")},
    "Amlexanox is an agonist of the GLP-1 receptor.": {("Amlexanox", "increases", "GLP-1 receptor")},
    "Suppression of MYC reduced proliferation.": {("MYC", "increases", "proliferation")},
    # readouts
    "NGF potentiates NF-κB DNA binding.": {("NGF", "increases", "NF-κB")},
    "Cisplatin raised the steady-state mRNA expression of CDKN1A.": {("Cisplatin", "increases", "CDKN1A")},
    "TNF-mediated apoptosis was seen.": {("TNF", "increases", "apoptosis")},
    # words that were in no table
    "USP7 deubiquitinates MDM2.": {("USP7", "increases", "MDM2")},
    "LRRK2 destabilizes FOXO1.": {("LRRK2", "decreases", "FOXO1")},
    "HDAC6 deacetylates SMAD7.": {("HDAC6", "regulates", "SMAD7")},
    "Macrophages elaborate TNF and IL-1β.": {
        ("TNF", "secreted_by", "Macrophages"),
        ("IL-1β", "secreted_by", "Macrophages"),
    },
    "Keratinocytes produce chemokines such as CXCL1, CXCL8 and CCL20.": {
        ("CXCL1", "secreted_by", "Keratinocytes"),
        ("CXCL8", "secreted_by", "Keratinocytes"),
        ("CCL20", "secreted_by", "Keratinocytes"),
    },
    "TNF induced IL-8 and, to a lesser extent, CCL2 in keratinocytes.": {
        ("TNF", "increases", "IL-8"),
        ("TNF", "increases", "CCL2"),
    },
    "IL-22 expression is elevated in psoriasis, atopic dermatitis and inflammatory bowel disease.": {
        ("psoriasis", "increases", "IL-22"),
        ("atopic dermatitis", "increases", "IL-22"),
        ("inflammatory bowel disease", "increases", "IL-22"),
    },
    "Loss of function of SH2B3 in turn results in augmented JAK2 signaling.": {("SH2B3", "decreases", "JAK2")},
    "CCL19 is chemotactic for dendritic cells.": {("CCL19", "increases", "dendritic cells")},
    "IL-6 is protective against colitis.": {("IL-6", "decreases", "colitis")},
    "Neutrophil counts rebounded after G-CSF.": {("G-CSF", "increases", "Neutrophil counts")},
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_is_read(text: str) -> None:
    assert SAID[text] <= found(text)


@pytest.mark.parametrize(
    "text",
    [
        "We used mice in order to inhibit angiogenesis.",
        "The condition of the patients was stable.",
        "Cells were stained with DAPI and mounted on slides.",
        "ATP-dependent helicases unwind DNA.",
        "Both kidneys were clamped for 25 min and then released.",
        "We labelled and processed the antibodies as before.",
        "The ability to form new vessels was measured.",
        "Upon ligand binding, the receptor recruits JAK3 and STAT5.",
        "Conditioned medium was added to the cells.",
    ],
)
def test_where_nothing_is_said_nothing_is_read(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Cediranib inhibited VEGFR2 activity and angiogenesis.", "VEGFR2 angiogenesis"),
        ("NGF potentiates NF-κB DNA binding.", "DNA"),
        ("cAMP-dependent protein kinase phosphorylates CREB1.", "protein kinase"),
    ],
)
def test_no_word_of_a_name_is_read_as_what_is_acted_on(text: str, wrong: str) -> None:
    assert wrong not in {o for _, _, o in found(text)}
