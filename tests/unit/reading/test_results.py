"""Sentences of results: who acts, and what did not change."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

SIGNS = {"increases": "+", "decreases": "-", "no_effect": "0"}


def told(text: str) -> set[str]:
    """Give the signed claims of a text in short: "Il6 + CRP"."""
    found = read(open_document(text.encode()))
    return {f"{s.subject} {SIGNS[s.relation]} {s.object}" for s in found if s.relation in SIGNS}


@pytest.mark.parametrize("mark", ["-/-", "−/−", "–/–", "(-/-)", "<sup>−/−</sup>", "KO", " KO", "-null", "+/-"])
def test_copies_of_a_gene_are_read_however_they_are_printed(mark: str) -> None:
    assert told(f"Il25{mark} mice had fewer tuft cells in the ileum.") == {"Il25 + tuft cells"}


@pytest.mark.parametrize("who", ["Ccr6fl/fl;Cd4-Cre mice", "Ccr6fl/fl Cd4-Cre mice", "Ccr6Δ/Δ mice"])
def test_an_allele_that_is_cut_out_is_a_loss(who: str) -> None:
    assert told(f"{who} had fewer Th17 cells.") == {"Ccr6 + Th17 cells"}


def test_floxed_mice_without_a_recombinase_lack_nothing() -> None:
    assert "Ccr6" not in {c.split()[0] for c in told("Ccr6fl/fl mice had fewer Th17 cells.")}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Bone mass was higher in sclerostin-treated rats than in controls.", {"sclerostin + Bone mass"}),
        ("Scar area was smaller in rats that received EPO than in rats that received saline.", {"EPO - Scar area"}),
        (
            "Mice given sirolimus had smaller spleens and less fibrosis.",
            {"sirolimus - spleens", "sirolimus - fibrosis"},
        ),
        ("Kidneys of Ccl2-/- mice contained fewer macrophages.", {"Ccl2 + macrophages"}),
        ("Supernatants of Nlrp3-/- macrophages contained no detectable IL-1β.", {"Nlrp3 + IL-1β"}),
        ("Adoptive transfer of Il2-/- T cells worsened colitis.", {"Il2 - colitis"}),
        ("IL-27 transgenic mice were resistant to asthma.", {"IL-27 - asthma"}),
        ("Erdafitinib-treated tumours were smaller.", {"Erdafitinib - tumours"}),
        ("IL-6 was higher in cells exposed to hypoxia.", {"hypoxia + IL-6"}),
    ],
)
def test_a_group_is_told_apart_by_what_it_got_or_lacks(text: str, claims: set[str]) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("When IL-1β was neutralised, CRP no longer rose after LPS.", {"IL-1β + CRP", "LPS + CRP"}),
        ("In Tlr2-/- mice, CXCL1 failed to rise after LPS.", {"Tlr2 + CXCL1", "LPS + CXCL1"}),
        ("Without IL-3, basophils failed to proliferate.", {"IL-3 + proliferation of basophils"}),
        ("LPS did not induce IL-12 in Irf5-/- macrophages.", {"LPS 0 IL-12", "Irf5 + IL-12"}),
        ("The rise in serum IL-6 was blunted in Tlr4-/- mice.", {"Tlr4 + IL-6"}),
        ("Serum TNF rose less in Cd14-/- mice than in controls.", {"Cd14 + TNF"}),
        ("MCL-1 rose in response to IL-7 but not to IL-4.", {"IL-7 + MCL-1", "IL-4 0 MCL-1"}),
    ],
)
def test_an_answer_that_fails_shows_what_it_needs(text: str, claims: set[str]) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("There was no significant change in ferritin with anakinra.", {"anakinra 0 ferritin"}),
        ("We found no difference in body weight between Il18-/- mice and controls.", {"Il18 0 body weight"}),
        ("Viral titres were similar between Ifnar1-/- and wild-type mice.", {"Ifnar1 0 Viral titres"}),
        ("Heterozygous Bmp4 mice had a heart rate similar to that of wild-type mice.", {"Bmp4 0 heart rate"}),
        ("Il9-/- mice had similar platelet counts.", {"Il9 0 platelet counts"}),
        ("IL-8 was undetectable in plasma from healthy subjects.", set()),
    ],
)
def test_what_did_not_differ(text: str, claims: set[str]) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("We silenced NLRP3 in macrophages. IL-18 release was halved.", {"NLRP3 + IL-18"}),
        ("Deletion of Osmr was induced with tamoxifen. Fibrosis was reduced.", {"Osmr + Fibrosis"}),
        ("To block IL-15, mice were bled and injected. NK cell numbers fell.", {"IL-15 + NK cell numbers"}),
        ("Overexpression of SOCS1 was achieved in islets. CXCL10 secretion was lower.", {"SOCS1 - CXCL10"}),
        ("BMP2 was added to explants. Cartilage growth was accelerated. TGF-β1 was stable.",
         {"BMP2 + Cartilage growth", "BMP2 0 TGF-β1"}),
        ("IFN-α induced MX1 within 2 h. It returned to baseline by 24 h.", {"IFN-α + MX1"}),
    ],
)  # fmt: skip
def test_a_set_up_says_what_acts_in_the_results(text: str, claims: set[str]) -> None:
    assert told(text) == claims


def test_an_inhibitor_that_cannot_be_told_acts_on_nothing() -> None:
    assert told("TNF upregulated VCAM-1. This response was blocked by the inhibitor.") == {"TNF + VCAM-1"}


def test_as_effective_as_another() -> None:
    claims = {"Sarilumab - CRP", "tocilizumab - CRP"}
    assert told("Sarilumab was as effective as tocilizumab in lowering CRP.") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Fewer Th17 cells were found in the spleens of Ahr-/- mice.", {"Ahr + Th17 cells"}),
        ("IgA was higher in wild-type mice than in Il21r-/- mice.", {"Il21r + IgA"}),
        ("Bone mass was better in Tnf-/- than in wild-type mice.", {"Tnf - Bone mass"}),
        ("The serum cholesterol of Ldlr-/- mice was higher than that of controls.", {"Ldlr - cholesterol"}),
        ("Spleens of Il2-/- mice contained half as many eosinophils.", {"Il2 + eosinophils"}),
        ("Treating rats with liraglutide lowered triglycerides.", {"liraglutide - triglycerides"}),
        ("The impaired wound closure was rescued by recombinant IL-22.", {"recombinant IL-22 + wound closure"}),
        ("Tlr9-/- mice were less susceptible to colitis.", {"Tlr9 + colitis"}),
        ("IL-27 was unable to induce SOCS3.", {"IL-27 0 SOCS3"}),
        ("Plasma leptin was higher in obese individuals than in lean controls.", {"obesity + leptin"}),
        ("IL-6 was higher in sepsis, as was CRP.", {"sepsis + IL-6", "sepsis + CRP"}),
        ("EPO raised haemoglobin but left ferritin unchanged.", {"EPO + haemoglobin", "EPO 0 ferritin"}),
        ("Activation of AKT by IL-4 required JAK1.", {"IL-4 + AKT", "JAK1 + AKT"}),
    ],
)
def test_results_in_other_words(text: str, claims: set[str]) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Blood was drawn from 30 patients with gout and 20 controls. IL-6 was raised in patients.", {"gout + IL-6"}),
        ("The MEK inhibitor selumitinib was tested. Selumitinib lowered MMP13. It also reduced ADAMTS5.",
         {"Selumitinib - MMP13", "Selumitinib - ADAMTS5"}),
        ("IL-4 induced CCL26. No such effect was seen with IL-5.", {"IL-4 + CCL26", "IL-5 0 CCL26"}),
        ("Cells were cultured with IL-1β, IL-6 or TNF. All three cytokines induced SAA1.",
         {"IL-1β + SAA1", "IL-6 + SAA1", "TNF + SAA1"}),
    ],
)  # fmt: skip
def test_what_acts_is_carried_over(text: str, claims: set[str]) -> None:
    assert told(text) == claims


def test_what_an_answer_does_not_need_is_refuted() -> None:
    found = read(open_document(b"Induction of CCL20 by IL-17A was independent of STAT3."))
    assert ("STAT3", "CCL20", "refuted") in {(s.subject, s.object, s.status) for s in found}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The relapse rate decreased after the start of inebilizumab.", {"inebilizumab - relapse rate"}),
        ("Upon stimulation with IL-13, macrophages upregulated CD206.", {"IL-13 + CD206"}),
        ("Silencing of SOCS1 prolonged STAT1 phosphorylation in response to IFN-γ.",
         {"SOCS1 - STAT1", "IFN-γ + STAT1"}),
        ("Rats given IL-2 showed an increase in eosinophils in the lung.", {"IL-2 + eosinophils"}),
        ("Wild-type bone marrow cleared the bacteria.", set()),
        ("Sera came from 12 patients with asthma and 9 controls. IL-33 was raised in patients. IL-25 did not differ.",
         {"asthma + IL-33", "asthma 0 IL-25"}),
    ],
)  # fmt: skip
def test_what_is_not_the_doing_of_a_group(text: str, claims: set[str]) -> None:
    assert told(text) == claims
