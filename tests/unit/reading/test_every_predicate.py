"""Every predicate of a sentence is read, whatever joins it to the others: sentences of our own with all that they say.

`+` raises, `-` lowers, `=` leaves as it was.
"""

from __future__ import annotations

import itertools

import pytest

from pleio.reading import read
from pleio.reading.documents.document import Document

SIGNS = {"increases": "+", "decreases": "-", "no_effect": "=", "regulates": "~"}

SENTENCES = """
IL-33 was reduced by IL-10 and upregulated CCL2 levels in mice.
  IL-10 - IL-33; IL-33 + CCL2
Angiogenesis was raised and IL-8 secretion was lowered by SOX9.
  SOX9 + Angiogenesis; SOX9 - IL-8
OSM mRNA was induced by IL-6 and autophagy by RUNX2.
  IL-6 + OSM; RUNX2 + autophagy
IL-6 not only reduced autophagy but also raised HGF secretion.
  IL-6 - autophagy; IL-6 + HGF
IL-6 reduced autophagy but left HGF expression unchanged.
  IL-6 - autophagy; IL-6 = HGF
IL-6 reduced autophagy, whereas it left lipolysis unaffected and raised HGF expression.
  IL-6 - autophagy; IL-6 = lipolysis; IL-6 + HGF
IL-6 reduced autophagy, with a concomitant rise in HGF expression.
  IL-6 - autophagy; IL-6 + HGF
IL-6 reduced autophagy, followed by a fall in HGF expression.
  IL-6 - autophagy; IL-6 - HGF
IL-6 reduced autophagy without any effect on HGF expression.
  IL-6 - autophagy; IL-6 = HGF
Besides blocking autophagy, IL-6 reduced lipolysis.
  IL-6 - autophagy; IL-6 - lipolysis
In addition to reducing lipolysis, IL-6 raised CCL2 levels.
  IL-6 - lipolysis; IL-6 + CCL2
TLR4 inhibited glucose uptake thereby impairing lipolysis.
  TLR4 - glucose uptake; TLR4 - lipolysis
IL-10 markedly impaired neutrophil recruitment and reduced angiogenesis.
  IL-10 - neutrophil recruitment; IL-10 - angiogenesis
HGF cooperates with other cytokines to decrease autophagy and augment BMP2 levels.
  HGF - autophagy; HGF + BMP2
IL-4 induces mucus production to reduce leptin secretion.
  IL-4 + mucus production; IL-4 - leptin
M-CSF enhanced IL-33 in HepG2 cells, which was promoted by IL-23.
  M-CSF + IL-33; IL-23 + IL-33
STAT3 reduced IL-1β production in a dose-dependent manner, which was decreased by RUNX2.
  STAT3 - IL-1β; RUNX2 - IL-1β
IL-13 raised angiogenesis (and suppressed lipolysis).
  IL-13 + angiogenesis; IL-13 - lipolysis
IL-13 raised angiogenesis (IL-21 suppressed lipolysis).
  IL-13 + angiogenesis; IL-21 - lipolysis
IGF-1 – which reduces autophagy – promotes angiogenesis.
  IGF-1 - autophagy; IGF-1 + angiogenesis
IGF-1 did not change lipolysis – and raised leptin secretion.
  IGF-1 = lipolysis; IGF-1 + leptin
MIF did not change glucose uptake: it impaired lipolysis and raised CCL2 levels.
  MIF = glucose uptake; MIF - lipolysis; MIF + CCL2
When IL-27 was deleted, lipolysis fell, but neutrophil recruitment did not change.
  IL-27 + lipolysis; IL-27 = neutrophil recruitment
In chondrocytes treated with IL-21, autophagy remained unaltered, but RUNX2 levels decreased.
  IL-21 = autophagy; IL-21 - RUNX2
BMP9 upregulated ID1 and SMAD6, CXCR4 was repressed, and KDR did not change.
  BMP9 + ID1; BMP9 + SMAD6; BMP9 - CXCR4; BMP9 = KDR
Ruxolitinib lowered TNF-α in patients with myelofibrosis, whereas erythropoietin and leptin increased.
  Ruxolitinib - TNF-α; Ruxolitinib + erythropoietin; Ruxolitinib + leptin
IL-10 suppressed colitis, and TNF-α was reduced.
  IL-10 - colitis; IL-10 - TNF-α
After treatment with IL-6, fibrosis was reduced and CCL2 rose.
  IL-6 - fibrosis; IL-6 + CCL2
Stimulation with LIF for 15 min increased phosphorylation of STAT3.
  LIF + STAT3
IL-13 raised CCL26, whereas IL-4 failed to do so.
  IL-13 + CCL26; IL-4 = CCL26
IL-4 raised CD23, but no change in CD40 was seen.
  IL-4 + CD23; IL-4 = CD40
IL-6 stimulated and IL-10 inhibited the release of CCL2.
  IL-6 + CCL2; IL-10 - CCL2
LIF reduced phagocytosis, which was restored by IL-10 and unaffected by IL-4.
  LIF - phagocytosis; IL-10 + phagocytosis; IL-4 = phagocytosis
NEK7 binds NLRP3 and is indispensable for its activation.
  NEK7 + NLRP3
IL-6 neither raised IL-22 production nor abolished autophagy.
  IL-6 = IL-22; IL-6 = autophagy
"""


def _cases() -> list[tuple[str, set[str]]]:
    lines = [line for line in SENTENCES.splitlines() if line]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [(text, {claim.strip() for claim in claims.split(";")}) for text, claims in pairs]


def _read(text: str) -> set[str]:
    found = read(Document("sentence", text))
    return {f"{s.subject} {SIGNS[s.relation]} {s.object}" for s in found if s.relation in SIGNS}


@pytest.mark.parametrize(("text", "claims"), _cases(), ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_a_sentence_says_all_that_its_predicates_say(text: str, claims: set[str]) -> None:
    assert _read(text) == claims


JOINED = (
    "{} and {}",
    "{}, but {}",
    "{} and, in turn, {}",
    "{}, then {}",
    "both {} and {}",
    "{} (and {})",
    "{} – and {}",
)
PREDICATES = {
    "raised IL-8 secretion": "+ IL-8",
    "suppressed neutrophil recruitment": "- neutrophil recruitment",
    "did not alter lipolysis": "= lipolysis",
    "markedly reduced SOCS3 mRNA": "- SOCS3",
}


@pytest.mark.parametrize("join", JOINED)
def test_any_two_predicates_are_read_together(join: str) -> None:
    for (one, first), (other, second) in itertools.permutations(PREDICATES.items(), 2):
        if "not" in one + other and "both" in join:
            continue
        assert _read(f"IL-6 {join.format(one, other)}.") == {f"IL-6 {first}", f"IL-6 {second}"}, (one, other)
