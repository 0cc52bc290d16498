"""CX2 both ways, BEL out, and the tables of SIGNOR and OmniPath in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pleio
from claim_builders import claim, evidence
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.formats.bel.write import statement_of
from pleio.formats.exchange import read_claims_file, write_claims_file

SIGNOR = "\t".join(
    "ENTITYA TYPEA IDA DATABASEA ENTITYB TYPEB IDB DATABASEB EFFECT MECHANISM TAX_ID PMID DIRECT SENTENCE".split()
)
OMNIPATH = "\t".join(
    "source target source_genesymbol target_genesymbol is_stimulation is_inhibition references sources".split()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_claim(), max_size=4, unique_by=lambda one: one.id))
def test_claims_come_back_from_cx2(tmp_path: Path, claims: list[Claim]) -> None:
    write_claims_file(tmp_path / "c.cx2", claims)
    found = list(read_claims_file(tmp_path / "c.cx2"))
    assert [one.digest for one in found] == [one.digest for one in claims]
    assert [one.id for one in found] == [one.id for one in claims]


def test_a_network_of_others_is_read_by_its_words(tmp_path: Path) -> None:
    parts = [
        {"CXVersion": "2.0"},
        {"nodes": [{"id": 1, "v": {"name": "IL11", "represents": "hgnc:5966"}}, {"id": 2, "v": {"name": "My kinase"}}]},
        {"edges": [{"id": 0, "s": 1, "t": 2, "v": {"interaction": "activates"}}]},
    ]
    (tmp_path / "n.cx2").write_text(json.dumps(parts))
    (one,) = read_claims_file(tmp_path / "n.cx2")
    assert (one.subject.curie, one.relation, one.object.curie) == ("hgnc:5966", "increases", "pleio:my-kinase")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[{"CXVersion": "2.0"}, {"edges": [{"s": 1, "t": 2}]}]',
        '[{"CXVersion": "2.0"}, {"nodes": [{"id": {}}, {"id": [1]}]}, {"edges": [{"s": {}, "t": [1]}]}]',
        "[" * 5_000,
    ],
)
def test_what_is_no_cx2_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "n.cx2").write_text(text)
    with pytest.raises(ClaimError):
        list(read_claims_file(tmp_path / "n.cx2"))


def test_cx2_is_read_by_the_library_of_ndex(tmp_path: Path) -> None:
    cx2 = pytest.importorskip("ndex2.cx2")
    claims = list(pleio.open("il11").claims)[:20]
    write_claims_file(tmp_path / "c.cx2", claims)
    network = cx2.RawCX2NetworkFactory().get_cx2network(json.loads((tmp_path / "c.cx2").read_text()))
    assert len(network.get_edges()) == sum(max(1, len(one.evidence)) for one in claims)
    assert len(network.get_nodes()) == len({end.curie for one in claims for end in (one.subject, one.object)})


def test_bel_says_readouts_and_directness() -> None:
    ends = {"subject": "hgnc:5966 IL11", "object": "hgnc:11364 STAT3"}
    said = {
        aspect: statement_of(claim(evidence(), **ends, aspect=aspect, directness="direct"))
        for aspect in ("phosphorylation", "mRNA", "secretion", "activity", "protein")
    }
    assert said["phosphorylation"] == "p(hgnc:5966 ! IL11) directlyIncreases p(hgnc:11364 ! STAT3, pmod(Ph))"
    assert said["mRNA"] == "p(hgnc:5966 ! IL11) directlyIncreases r(hgnc:11364 ! STAT3)"
    assert said["secretion"] == "p(hgnc:5966 ! IL11) directlyIncreases sec(p(hgnc:11364 ! STAT3))"
    assert said["activity"] == "p(hgnc:5966 ! IL11) directlyIncreases act(p(hgnc:11364 ! STAT3))"


def test_a_bel_script_leaves_out_nulls_and_says_what_it_left(tmp_path: Path) -> None:
    null = claim(evidence("null", source="pubmed:3"), id="null", subject="hgnc:5966 IL11", object="hgnc:11364 STAT3")
    said = claim(evidence(finding='He said "so"'), id="said", subject="hgnc:5966 IL11", object="hgnc:11364 STAT3")
    written = write_claims_file(tmp_path / "c.bel", [null, said])
    text = (tmp_path / "c.bel").read_text()
    assert written.left == ("null",)
    assert 'SET Citation = {"PubMed", "1"}' in text
    assert 'SET Support = "He said \\"so\\""' in text


def test_a_bel_script_is_compiled_by_pybel(tmp_path: Path) -> None:
    pybel = pytest.importorskip("pybel")
    claims = [one for one in pleio.open("il11").claims if statement_of(one)][:60]
    written = write_claims_file(tmp_path / "c.bel", claims)
    graph = pybel.from_bel_script(str(tmp_path / "c.bel"), citation_clearing=False)
    assert graph.warnings == []
    assert graph.number_of_edges() >= len(claims) - len(written.left)


def test_signor_rows_become_signed_claims_with_their_papers(tmp_path: Path) -> None:
    rows = [
        ["IL11", "protein", "P20809", "UNIPROT", "IL11RA", "protein", "Q14626", "UNIPROT", "up-regulates activity",
         "binding", "9606", "1", "t", "IL-11 acts through its receptor."],
        ["SOCS3", "protein", "O14543", "UNIPROT", "JAK2", "protein", "O60674", "UNIPROT", "down-regulates", "", "10090",
         "Other", "f", ""],
        ["A", "complex", "SIGNOR-C1", "SIGNOR", "B", "chemical", "CHEBI:1", "ChEBI", "unknown", "", "-1", "2",
         "f", "x"],
    ]  # fmt: skip
    (tmp_path / "s.tsv").write_text("\n".join([SIGNOR, *map("\t".join, rows)]) + "\n")
    first, second, third = read_claims_file(tmp_path / "s.tsv", "signor")
    assert (first.subject.curie, first.relation, first.aspect, first.directness) == (
        "uniprot:P20809", "increases", "activity", "direct",
    )  # fmt: skip
    assert (first.evidence[0].source, first.context.species) == ("pubmed:1", "human")
    assert (second.relation, second.evidence[0].secondary, second.evidence[0].source) == ("decreases", True, None)
    assert (third.subject.curie, third.relation, third.object.curie) == ("pleio:signor-c1", "regulates", "chebi:1")


def test_omnipath_rows_are_one_claim_with_a_source_for_each_paper(tmp_path: Path) -> None:
    rows = [
        ["P20809", "Q14626", "IL11", "IL11RA", "1", "0", "SIGNOR:11111111;KEGG:22222222", "SIGNOR;KEGG"],
        ["P20809", "P40189", "IL11", "IL6ST", "True", "True", "", "HPRD"],
    ]
    (tmp_path / "o.tsv").write_text("\n".join([OMNIPATH, *map("\t".join, rows)]) + "\n")
    first, second = read_claims_file(tmp_path / "o.tsv", "omnipath")
    assert [item.source for item in first.evidence] == ["pubmed:11111111", "pubmed:22222222"]
    assert (first.relation, second.relation) == ("increases", "regulates")
    assert second.evidence[0].secondary


def test_tables_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "s.tsv").write_text("a\tb\n1\t2\n")
    for format in ("signor", "omnipath"):
        with pytest.raises(ClaimError, match="is missing"):
            list(read_claims_file(tmp_path / "s.tsv", format))
