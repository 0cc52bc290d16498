"""What the curated IL-11 library says: every system covered, every name resolved, no belief beyond its evidence."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pleio.library
from pleio.base import curies, yaml
from pleio.claims.belief.beliefs import Beliefs, believe
from pleio.claims.collection import ClaimSet
from pleio.claims.contest import report, why_not_a_contest
from pleio.claims.read import read_claim_set
from pleio.reading import audit, open_document
from pleio.reading.vocabulary import gene

IL11 = Path(pleio.library.__file__).parent / "il11"
PAGE = IL11 / "page.md"
SYSTEMS = """
    gene-and-protein receptor-complex jak-stat mapk-erk pi3k-akt pkc target-genes haematopoiesis immune astrocytes
    neurons microglia blood-brain-barrier alzheimer parkinson als multiple-sclerosis spinal-cord-injury bone fibrosis
    heart gut cancer endometrium pharmacokinetics adverse-events lifespan
""".split()


@cache
def curated() -> ClaimSet:
    return read_claim_set(IL11 / "claims", IL11 / "assumptions.yaml", sorted(IL11.glob("*references.yaml")))


@cache
def beliefs(band: str = "neutral") -> Beliefs:
    return believe(curated(), band)


@cache
def observations() -> tuple[dict[str, Any], ...]:
    return tuple(row for file in sorted((IL11 / "observations").glob("*.yaml")) for row in yaml.load(file).value)


@cache
def coverage() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.load(IL11 / "coverage.yaml").value)


def chance(claim: str, question: str, outcome: str, band: str = "neutral") -> float:
    return beliefs(band).of(claim, question).outcomes[outcome]


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_of_the_documents_has_a_claim(system: str) -> None:
    assert any(claim.system == system for claim in curated())


def test_genes_carry_their_own_symbol() -> None:
    ends = {end for claim in curated() for end in (claim.subject, claim.object) if end.curie.startswith("hgnc:")}
    wrong = {
        str(end) for end in ends if (found := gene(end.curie.partition(":")[2])) is None or found.symbol != end.name
    }
    assert len(ends) > 30
    assert not wrong


def test_one_curie_has_one_name() -> None:
    names: dict[str, set[str]] = {}
    for claim in curated():
        for end in (claim.subject, claim.object, claim.context.cell_type, claim.context.tissue, claim.context.disease):
            if end is not None:
                names.setdefault(end.curie, set()).add(end.name)
    assert not {curie: sorted(found) for curie, found in names.items() if len(found) > 1}


def test_evidence_states_its_species() -> None:
    """Without one it is taken to be from another species; only the papers that do not say may leave it out."""
    silent = {
        item.source
        for claim in curated()
        for item in claim.evidence
        if item.context.over(claim.context).species is None and not item.secondary
    }
    assert not silent
    unsaid = {item.source for claim in curated() for item in claim.evidence if item.context.species is None}
    assert unsaid == {
        "doi:10.1016/S0092-8674(00)80405-5",
        "doi:10.1016/j.cyto.2007.05.011",
        "doi:10.1038/ncb839",
        "doi:10.1126/science.278.5338.687",
        "doi:10.1515/biol-2025-1063",
        "pmc:PMC8010714",
    }


def test_no_reference_is_idle() -> None:
    """Each source is cited by a claim, an assumption, an observation, an agent, a module, a group or the page."""
    places = [PAGE, IL11 / "groups.yaml", *(IL11 / "modules").glob("*.yaml")]
    text = "".join(path.read_text("utf-8") for path in places)
    cited = {row["source"] for row in observations()}
    cited |= {source for assumption in curated().assumptions for source in assumption.sources}
    cited |= {source for path in (IL11 / "agents").glob("*.yaml") for source in yaml.load(path).value["sources"]}
    for claim in curated():
        for item in claim.evidence:
            cited |= {item.source, *item.cites}
    idle = {reference.curie for reference in curated().references if reference.curie not in cited}
    assert not {curie for curie in idle if curie not in text}


# ---- belief: no more than the evidence shows


def test_the_drug_raises_platelets_and_the_knock_out_does_not_gainsay_it() -> None:
    assert chance("il11-platelets", "sufficiency", "increases") > 0.85
    assert chance("il11-platelets", "necessity", "no_effect") > 0.5


def test_a_knock_out_without_phenotype_does_not_refute_treatment_of_the_spinal_cord() -> None:
    treated = beliefs().of("il11-sci-recovery", "sufficiency")
    assert treated.status == "secondary only"
    assert treated.outcomes["no_effect"] == pytest.approx(treated.prior["no_effect"], abs=0.02)
    assert chance("il11-sci-recovery", "necessity", "no_effect") > 0.6


def test_a_raised_level_in_cerebrospinal_fluid_is_no_level_in_brain() -> None:
    brain = beliefs().of("ad-il11-brain", "association")
    assert brain.status == "secondary only"
    assert {report.primary for report in brain.reports} == {False}


def test_a_haematocrit_that_falls_by_dilution_does_not_lower_red_cell_mass() -> None:
    belief = beliefs().of("il11-red-cell-mass", "sufficiency")
    assert belief.outcomes["decreases"] == pytest.approx(belief.outcomes["increases"])
    assert any(each.evidence.observation == "haematocrit-fall" for each in belief.silent)


@pytest.mark.parametrize("system", ["parkinson", "als"])
def test_where_no_study_was_located_nothing_counts_as_one(system: str) -> None:
    for claim in curated():
        if claim.system == system:
            assert all(item.secondary for item in claim.evidence)
            assert claim.note and "was located" in claim.note


def test_messenger_unchanged_and_protein_raised_is_no_contradiction() -> None:
    reasons = why_not_a_contest(curated()["activin-il11-mrna"], curated()["activin-il11-secretion"])
    assert reasons == ("the readouts differ: mRNA and secretion",)


def test_the_two_camps_on_multiple_sclerosis_meet() -> None:
    first, second = curated()["il11-ms-protects"], curated()["il11-ms-worsens"]
    assert not why_not_a_contest(first, second)
    contest = curated().contest("il11-ms-protects", "necessity")
    assert {claim.id for claim in contest.claims} == {first.id, second.id}
    assert contest.is_contested


def test_reversed_human_protein_in_mice_turns_its_reports_round() -> None:
    agonist = believe(curated(), given={"rhIL11-in-mouse": "agonist"}).of("il11-heart-anti-fibrosis", "sufficiency")
    reversed_ = believe(curated(), given={"rhIL11-in-mouse": "competitive_antagonist"})
    antagonist = reversed_.of("il11-heart-anti-fibrosis", "sufficiency")
    assert antagonist.outcomes["increases"] > agonist.outcomes["increases"]
    assert antagonist.outcomes["decreases"] < agonist.outcomes["decreases"]


def test_receptor_to_stat3_and_erk_is_backbone() -> None:
    for claim in ("il11-complex-stat3", "il11-complex-erk", "il11-binds-il11ra"):
        question = "association" if claim.endswith("il11ra") else "sufficiency"
        assert beliefs().of(claim, question).is_backbone


def test_fibrosis_is_believed_less_firmly_than_its_own_group_does() -> None:
    """Five papers of one laboratory against two nulls of others: likelier than not, settled for a believer alone."""
    for band, low, high in (("sceptic", 0.2, 0.7), ("neutral", 0.4, 0.8), ("believer", 0.6, 0.995)):
        assert low < chance("il11-collagen-fibroblast", "necessity", "increases", band) < high


# ---- the page


def test_the_page_audits_clean() -> None:
    findings = audit(open_document(PAGE.read_bytes()))
    assert not [finding for finding in findings if finding.severity in ("error", "warning")]


def test_every_citation_of_the_page_resolves_in_it_and_in_the_references() -> None:
    body, _, list_ = PAGE.read_text("utf-8").partition("## References")
    entries = dict(re.findall(r"^- \[@([\w.-]+)\]: (.+)$", list_, re.M))
    cited = {key for mark in re.findall(r"\[@([^\]]+)\]", body) for key in re.split(r";\s*@", mark)}
    assert cited == set(entries)
    known = {reference.curie for reference in curated().references}
    for key, entry in entries.items():
        named = [word.rstrip(".") for word in entry.split() if word.partition(":")[0] in curies.PREFIXES]
        assert known & set(named), f"{key} names no source of the library"


def test_every_claim_named_on_the_page_exists() -> None:
    named = {
        name.strip() for mark in re.findall(r"\{claim: ([^}]+)\}", PAGE.read_text("utf-8")) for name in mark.split(",")
    }
    assert len(named) > 80
    assert named <= {claim.id for claim in curated()}


def test_every_paragraph_of_the_page_is_cited() -> None:
    body = PAGE.read_text("utf-8").partition("## References")[0].partition("</table>")[2]
    blocks = [line for line in body.splitlines() if line.strip() and not line.startswith("#")]
    assert not [block for block in blocks if "[@" not in block]


# ---- observations and coverage


def test_sources_are_assigned_to_fit_or_check_by_their_hash() -> None:
    for row in observations():
        byte = hashlib.sha256(row["source"].encode()).digest()[0]
        assert row["use"] == ("check" if byte < 85 else "fit"), row["id"]


def test_every_row_of_the_validation_table_is_an_observation() -> None:
    assert {f"F{n}" for n in range(1, 31)} == {row["facts"] for row in observations() if "facts" in row}


def test_observations_are_whole() -> None:
    known = {reference.curie for reference in curated().references}
    names = [row["id"] for row in observations()]
    assert len(set(names)) == len(names)
    for row in observations():
        assert {"id", "module", "readout", "population", "unit", "spread", "question", "source", "trust", "use"} <= set(
            row
        )
        assert ("regimen" in row) != ("stimulus" in row), row["id"]
        assert row["source"] in known, row["id"]
        spread = row["spread"]
        assert spread.get("value", 1) > 0 and spread.get("low", 0) <= spread.get("high", float("inf")), row["id"]
        assert "value" in row or "direction" in row or "low" in spread, row["id"]


def test_claims_cite_observations_that_exist_and_share_their_source() -> None:
    source = {row["id"]: row["source"] for row in observations()}
    for claim in curated():
        for item in claim.evidence:
            if item.observation:
                assert source[item.observation] == item.source, f"{claim.id}: {item.observation}"


def test_an_observation_reports_the_direction_of_its_row() -> None:
    rows = {row["id"]: row for row in observations()}
    none = {"_change": 0, "_rise": 0, "_ratio": 1, "_fold": 1}  # no effect, by how the readout ends
    checked = 0
    for claim in curated():
        for item in claim.evidence:
            row = rows.get(item.observation or "", {})
            at = next((value for end, value in none.items() if row.get("readout", "").endswith(end)), None)
            if at is None or claim.relation not in ("increases", "decreases", "regulates"):
                continue
            value = row.get("value", at)
            found = row.get("direction") or ("increases" if value > at else "decreases")
            assert report(claim, item) == {found}, f"{claim.id}: {item.observation}"
            checked += 1
    assert checked >= 12


def test_no_claim_weighs_a_source_that_it_also_cites_as_an_observation() -> None:
    for claim in curated():
        observed = {item.source for item in claim.evidence if item.says == "observation"}
        weighed = {item.source for item in claim.evidence if item.says != "observation" and not item.secondary}
        assert not observed & weighed, claim.id


def test_every_statement_of_the_documents_is_covered() -> None:
    known = {claim.id for claim in curated()}
    verdicts = {"supported", "contested", "wrong", "no evidence", "vague"}
    for row in coverage():
        assert row["verdict"] in verdicts and row["statement"] and row["section"]
        assert row["document"] in ("page", "description")
        assert row.get("module") or row.get("no_mechanism"), row["statement"]
        assert row.get("claims") or row["verdict"] == "vague", row["statement"]
        assert set(row.get("claims", [])) <= known, row["statement"]


def has_own_data(claim: str, *saying: str) -> bool:
    return any(item.says in saying and not item.secondary for item in curated()[claim].evidence)


def test_a_verdict_does_not_go_against_its_claims() -> None:
    """What is called supported has findings behind it, of its own or told by a source that cites them; what is said to
    lack evidence rests on a claim without a finding for it.  The infobox gives levels, which nobody has measured."""
    for row in coverage():
        claims = row.get("claims", [])
        if row["verdict"] == "supported":
            told = (item for claim in claims for item in curated()[claim].evidence if item.says != "refutes")
            assert any(item.source != "pleio:scidex-il11-page" for item in told), row["statement"]
        if row["verdict"] == "no evidence" and row["section"] != "Infobox":
            assert not all(has_own_data(claim, "supports", "observation") for claim in claims), row["statement"]


def test_statements_that_say_the_same_have_one_verdict() -> None:
    """Within one section of one document no claim set is called both supported and without evidence."""
    verdicts: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
    for row in coverage():
        key = (row["document"], row["section"], tuple(row.get("claims", [])))
        verdicts.setdefault(key, set()).add(row["verdict"])
    assert not [key for key, found in verdicts.items() if {"supported", "no evidence"} <= found]


def test_the_four_panels_are_covered() -> None:
    panels = {row["statement"][:7] for row in coverage() if row["section"] == "Figure legend"}
    assert {"Panel A", "Panel B", "Panel C", "Panel D"} <= panels
