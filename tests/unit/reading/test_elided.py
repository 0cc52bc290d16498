"""What sentences leave out and put together: "but not that of B", "A together with B"; verbs in a row."""

from __future__ import annotations

import pytest

from pleio.reading import read
from pleio.reading.documents.document import Document

_SIGNS = {"increases": "+", "decreases": "-", "no_effect": "0"}


def effects(text: str) -> set[str]:
    """The effects of a text, as "A + B"."""
    found = read(Document("own", text))
    return {f"{s.subject} {_SIGNS[s.relation]} {s.object}" for s in found if s.relation in _SIGNS}


SAID = {
    # a noun said once
    "Rapamycin prevented the phosphorylation of S6K1 but not that of AKT1.": {"Rapamycin - S6K1", "Rapamycin 0 AKT1"},
    "Budesonide suppressed the release of CXCL8 and, less strongly, that of CCL5.": {
        "Budesonide - CXCL8",
        "Budesonide - CCL5",
    },
    "IL-4 increased the mRNA of ARG1 and that of RETNLA.": {"IL-4 + ARG1", "IL-4 + RETNLA"},
    "Secretion of IL-6 was increased by LPS, whereas that of IL-10 was decreased.": {"LPS + IL-6", "LPS - IL-10"},
    "Olaparib reduced the rate of progression but not that of death.": {"Olaparib - progression", "Olaparib 0 death"},
    "NGF induced phosphorylation of NTRK1 and, after 30 min, of AKT1 and STAT3.": {
        "NGF + NTRK1",
        "NGF + AKT1",
        "NGF + STAT3",
    },
    "TNF raised the expression of ICAM1 but not of VCAM1.": {"TNF + ICAM1", "TNF 0 VCAM1"},
    "Probenecid had no effect on the exposure of digoxin or of warfarin.": {
        "Probenecid 0 digoxin",
        "Probenecid 0 warfarin",
    },
    "Sunitinib blocked VEGFA-driven phosphorylation of KDR and, to a lesser degree, of FLT1.": {
        "Sunitinib - KDR",
        "Sunitinib - FLT1",
        "VEGFA + KDR",
        "VEGFA + FLT1",
    },
    # kinds of one noun
    "Imiquimod prolonged event-free but not overall survival.": {
        "Imiquimod + event-free survival",
        "Imiquimod 0 overall survival",
    },
    # names tied without a conjunction
    "IL-6 together with TGF-β drives differentiation of Th17 cells.": {
        "IL-6 + differentiation of Th17 cells",
        "TGF-β + differentiation of Th17 cells",
    },
    "Osteoclast formation is driven by RANKL together with M-CSF.": {
        "RANKL + Osteoclast formation",
        "M-CSF + Osteoclast formation",
    },
    "Together with IL-12, IL-18 elicits IFN-γ.": {"IL-12 + IFN-γ", "IL-18 + IFN-γ"},
    "IFN-γ, alone or together with TNF, induced IDO1.": {"IFN-γ + IDO1", "TNF + IDO1"},
    # all of which
    "IL-33 provokes eosinophilia and mucus production, both of which are prevented by dupilumab.": {
        "IL-33 + eosinophilia",
        "IL-33 + mucus production",
        "dupilumab - eosinophilia",
        "dupilumab - mucus production",
    },
    # verbs in a row
    "Baricitinib lowered CXCL10 by 61%, halved the swollen joint count and improved grip strength.": {
        "Baricitinib - CXCL10",
        "Baricitinib - swollen joint count",
        "Baricitinib + grip strength",
    },
    "Losartan blunted TGFB1 release, decreased proteinuria and prolonged survival in diabetic mice.": {
        "Losartan - TGFB1",
        "Losartan - proteinuria",
        "Losartan + survival",
    },
    "In these mice the same vector raised grip strength, brought serum CK-MB down, and reduced fibrosis.": {
        "same vector + grip strength",
        "same vector - serum CK-MB",
        "same vector - fibrosis",
    },
    "Anti-IL-5 lowered sputum eosinophils by 48%, halved mast cell counts and improved airway resistance.": {
        "Anti-IL-5 - sputum eosinophils",
        "Anti-IL-5 - mast cell counts",
        "Anti-IL-5 - airway resistance",
    },
    # words that the tagger takes for others
    "Knockdown of SOX9 with shRNA decreased colony formation by 70% and upregulated CDKN1A.": {
        "SOX9 + colony formation",
        "SOX9 - CDKN1A",
    },
    "APOE4 impairs clearance of tau but has no effect on its production.": {
        "APOE4 - clearance of tau",
        "APOE4 0 tau",
    },
    "Because calcineurin dephosphorylates NFATC2, ciclosporin A (1 µM) blocks synapse formation.": {
        "calcineurin - NFATC2",
        "ciclosporin A - synapse formation",
    },
    "Given that IL-10 suppresses TNF, its deletion worsens colitis.": {"IL-10 - TNF", "IL-10 - colitis"},
    "Osteoprotegerin, a soluble decoy receptor made by stromal cells, blocks RANKL.": {"Osteoprotegerin - RANKL"},
    "Treatment of human lung fibroblasts with TGFB1 for 24 h increased CTGF mRNA 8-fold.": {"TGFB1 + CTGF"},
}

SILENT = [
    "The level of IL-6 was compared with that of IL-8.",
    "Patients received nivolumab in combination with ipilimumab.",
    "The complex consists of IL-6R and of gp130.",
    "We studied progression-free but not overall survival.",
    "Cells treated with IL-6 and cells transfected with STAT3 were compared.",
]


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=[t[:50] for t in SAID])
def test_what_is_left_out_is_read(text: str, said: set[str]) -> None:
    assert effects(text) >= said


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_made_up(text: str) -> None:
    assert not effects(text)
