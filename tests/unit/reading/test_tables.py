"""Tables that tell of effects, and tables of medicines."""

from __future__ import annotations

from pleio.reading import open_document, read

EFFECTS = """# CCL20

| Stimulus | Target gene | Effect | System |
|---|---|---|---|
| IL-17A | CCL20 | Increased mRNA | keratinocytes, 50 ng/ml, 24 h |
| Dexamethasone | CCL20 | ↓ | airway epithelial cells |
| IL-10 | CCL20 | No change in secretion | monocytes |
| Calcitriol | CCL20 | see text | keratinocytes |
"""

MEDICINES = """# IL-23 blockers

| Agent | Mechanism | Status |
|---|---|---|
| Guselkumab (CNTO-1959) | anti-IL-23 antibody | Approved for psoriasis |
| Tofacitinib | JAK1 inhibitor (IC50 3.2 nM) | Phase 2, Crohn's disease |
"""


def found(text: str) -> set[tuple[str, str, str]]:
    return {(s.subject, s.relation, s.object) for s in read(open_document(text.encode(), name="page.md"))}


def test_a_table_of_effects_says_who_acts_on_what_and_how() -> None:
    statements = [s for s in read(open_document(EFFECTS.encode(), name="page.md")) if s.rule == "table.effect"]
    assert {(s.subject, s.relation, s.object, s.aspect, s.status) for s in statements} == {
        ("IL-17A", "increases", "CCL20", "mRNA", "asserted"),
        ("Dexamethasone", "decreases", "CCL20", "abundance", "asserted"),
        ("IL-10", "no_effect", "CCL20", "secretion", "null_result"),
    }
    first = next(s for s in statements if s.subject == "IL-17A")
    assert (first.dose, first.duration, dict(first.context).get("cell_type")) == ("50 ng/ml", "24 h", "keratinocytes")


def test_a_table_of_medicines_says_what_they_are_and_for_what_they_are_tried() -> None:
    told = found(MEDICINES)
    assert {
        ("Guselkumab", "has_identifier", "CNTO-1959"),
        ("Guselkumab", "treats", "psoriasis"),
        ("Guselkumab", "decreases", "IL-23"),
        ("Tofacitinib", "under_investigation_for", "Crohn's disease"),
        ("Tofacitinib", "decreases", "JAK1"),
        ("Tofacitinib", "has_property", "IC50 3.2 nM"),
    } <= told
    assert ("Tofacitinib", "treats", "Crohn's disease") not in told
