"""Who does what to what where it is told far from the verb, inside a phrase, or by a clause that goes on."""

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
    # a participle after a comma tells what the whole clause leads to
    "PTH stimulates RANKL expression, leading to bone resorption.": {"PTH + RANKL", "PTH + bone resorption"},
    "GLP-1 slows gastric emptying while stimulating insulin secretion.": {
        "GLP-1 - gastric emptying",
        "GLP-1 + insulin",
    },
    # an effect told before, in apposition
    "Transcription of CCND1 rises in response to EGF, an effect that depends on MAPK1.": {
        "EGF + CCND1",
        "MAPK1 + CCND1",
    },
    "TNF raised CXCL8, an increase blocked by infliximab.": {"TNF + CXCL8", "infliximab - CXCL8"},
    # what acted is told in a relative clause
    "Nintedanib suppressed collagen release, which TGFB1 had stimulated.": {
        "Nintedanib - collagen",
        "TGFB1 + collagen",
    },
    # inside a phrase
    "Silencing of HIF1A abolished the induction of VEGFA by hypoxia.": {"HIF1A + VEGFA", "hypoxia + VEGFA"},
    "Combined treatment with anti-IL-4 and anti-IL-13 reduced airway eosinophilia.": {
        "anti-IL-4 - airway eosinophilia",
        "anti-IL-13 - airway eosinophilia",
    },
    # neither of two
    "Cisplatin raised GDF15 and cut food intake, whereas carboplatin did neither.": {
        "Cisplatin + GDF15",
        "Cisplatin - food intake",
        "carboplatin 0 GDF15",
        "carboplatin 0 food intake",
    },
    # names with numbers
    "1,25-dihydroxyvitamin D3 and prostaglandin E2 both increase RANKL transcription.": {
        "1,25-dihydroxyvitamin D3 + RANKL",
        "prostaglandin E2 + RANKL",
    },
    "BMP9 induced phosphorylation of SMAD1/5 but not of SMAD2.": {"BMP9 + SMAD1/5", "BMP9 0 SMAD2"},
    # a relative clause that hangs on an adjective
    "The last decision that was not undone stands. IL-6 raises SOCS3 in hepatocytes.": {"IL-6 + SOCS3"},
    # a verb that the tagger takes for an adjective
    "Two kinases, JAK1 and TYK2, phosphorylate STAT3.": {"JAK1 + STAT3", "TYK2 + STAT3"},
}

NOT_SAID = {
    "IL-6 increased SOCS3, a protein that inhibits JAK2.": "IL-6 - JAK2",
    "PTH stimulates RANKL expression, leading to bone resorption.": "RANKL + bone resorption",
    "Imatinib-mediated inhibition of PDGFRB reduced fibrosis.": "Imatinib + PDGFRB",
    "Transcription of CCND1 rises in response to EGF, an effect that depends on MAPK1.": "MAPK1 + EGF",
    "GLP-1 slows gastric emptying while stimulating insulin secretion.": "insulin - gastric emptying",
}


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=[t[:50] for t in SAID])
def test_arguments_are_found(text: str, said: set[str]) -> None:
    assert effects(text) >= said


@pytest.mark.parametrize(("text", "wrong"), NOT_SAID.items(), ids=[t[:50] for t in NOT_SAID])
def test_others_are_not_taken_for_them(text: str, wrong: str) -> None:
    assert wrong not in effects(text)
