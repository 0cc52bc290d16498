"""Defects that a curator planted by hand into short pages of other genes and styles, each with the page as it was."""

from __future__ import annotations

import pytest

from pleio.reading import Document, audit

MYOSTATIN = """# Myostatin (MSTN)

| Gene | |
|---|---|
| Symbol | MSTN |
| Aliases | GDF8 |
| HGNC | HGNC:4223 |
| NCBI Gene | 2660 |

Myostatin limits the growth of skeletal muscle [@lee1997].

## Structure

The precursor has 375 amino acids: a signal peptide of 23 residues, a propeptide of 243 residues and a mature chain of
109 residues [@lee1997]. The mature chain has a mass of 12.4 kDa; the dimer is twice as heavy.

## References

- [@lee1997] Lee SJ. Growth of muscle. 1997.
"""
TERIPARATIDE = """# Teriparatide injection

## Description

Teriparatide is made of the first 34 amino acids of human parathyroid hormone (PTH; HGNC:9606; UniProt P01270) [2].

## Dosage

The recommended dose is 20 mcg once daily under the skin. Each dose of 20 mcg is given for up to 2 years [1].

## Pharmacokinetics

The half-life of teriparatide is 1 hour after subcutaneous injection [2]. In the elderly its half-life of 1 hour is the
same [1].

## References

1. Neer RM. Fractures in postmenopausal women. 2001.
2. Satterwhite J. Pharmacokinetics of teriparatide. 2010.
"""
SCLEROSTIN = """Sclerostin antibody and bone mass in ovariectomised rats

METHODS: Rats were given romosozumab (25 mg/kg) twice weekly for 5 weeks. RESULTS: Romosozumab increased bone volume of
the vertebrae and did not change serum calcium. Romosozumab altered bone volume of the tail too. CONCLUSION:
Romosozumab may restore bone in postmenopausal osteoporosis.
"""


@pytest.mark.parametrize("text", [MYOSTATIN, TERIPARATIDE, SCLEROSTIN])
def test_the_pages_as_they_were_raise_nothing(text: str) -> None:
    assert [(f.kind, f.quote) for f in audit(Document("page", text)) if f.severity != "info"] == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "kind", "quote"),
    [
        (MYOSTATIN, "109 residues", "119 residues", "length_arithmetic", "119"),
        (MYOSTATIN, "propeptide of 243", "propeptide of 234", "length_arithmetic", "109"),
        (MYOSTATIN, "mass of 12.4 kDa", "mass of 124 kDa", "length_arithmetic", "124"),
        (TERIPARATIDE, "Each dose of 20 mcg", "Each dose of 20 mg", "unit_error", "20 mg"),
        (TERIPARATIDE, "half-life of 1 hour", "half-life of 1 day", "unit_error", "1 day"),
        (
            SCLEROSTIN,
            "Romosozumab altered bone volume of the tail too.",
            "Romosozumab decreased bone volume of the vertebrae.",
            "contradiction",
            "Romosozumab decreased bone volume of the vertebrae.",
        ),
    ],
)
def test_each_defect_is_found(text: str, right: str, wrong: str, kind: str, quote: str) -> None:
    assert text.count(right) == 1
    found = [(f.kind, f.quote) for f in audit(Document("page", text.replace(right, wrong))) if f.severity != "info"]
    assert (kind, quote) in found
