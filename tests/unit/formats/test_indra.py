"""INDRA statements: valid by their published schema, read back whole, and other people's read by their own fields."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.formats.exchange import read_claims_file, write_claims_file
from pleio.formats.indra.words import TYPES
from pleio.formats.indra.write import write_indra
from pleio.formats.prefixes import INDRA, from_indra, to_indra
from pleio.library import open as open_library


@settings(max_examples=15, deadline=None)
@given(claims=st.lists(any_claim(), max_size=5, unique_by=lambda claim: claim.id))
def test_what_a_statement_can_say_is_not_lost(tmp_path_factory: pytest.TempPathFactory, claims: list[Claim]) -> None:
    path = tmp_path_factory.mktemp("files") / "x.json"
    written = write_claims_file(path, claims)
    sayable = {claim.id: claim for claim in claims if (claim.relation, claim.aspect) in TYPES}
    assert set(written.left) == {claim.id for claim in claims} - sayable.keys()
    whole = {claim.digest for claim in sayable.values() if claim.evidence}  # a statement keeps the rest as annotation
    assert whole <= {claim.digest for claim in read_claims_file(path)}


def test_the_library_is_valid_by_the_published_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    package = importlib.util.find_spec("indra")
    if package is None or not package.submodule_search_locations:
        pytest.skip("INDRA's wheel, which has the schema, is not installed")
    schema = json.loads((Path(package.submodule_search_locations[0]) / "resources/statements_schema.json").read_text())
    data, _ = write_indra(open_library("il11").claims)
    assert list(jsonschema.Draft6Validator(schema).iter_errors(json.loads(data))) == []


def test_a_statement_has_the_parts_that_readers_ask_for() -> None:
    one = claim(evidence(source="pubmed:7"), evidence(says="null", source="pmc:PMC2"), aspect="activity")
    (statement,) = json.loads(write_indra([one])[0])
    assert (statement["type"], statement["obj_activity"]) == ("Activation", "activity")
    assert statement["subj"] == {"name": "IL11", "db_refs": {"HGNC": "5966", "TEXT": "IL11"}}
    first, second = statement["evidence"]
    assert (first["pmid"], first["epistemics"]["negated"]) == ("7", False)
    assert (second["text_refs"], second["epistemics"]["negated"]) == ({"PMCID": "PMC2"}, True)


def test_statements_of_other_readers(tmp_path: Path) -> None:
    def agent(name: str, **references: str) -> dict[str, object]:
        return {"name": name, "db_refs": references}

    def event(name: str, polarity: int | None, **references: str) -> dict[str, object]:
        return {"type": "Event", "concept": agent(name, **references), "delta": {"polarity": polarity}}

    said = [{"source_api": "reach", "pmid": "9", "text": "X binds Y", "epistemics": {"negated": True}}]
    statements = [
        {"type": "Phosphorylation", "enz": agent("JAK1", HGNC="6190"), "sub": agent("STAT3", UP="P40763")},
        {"type": "Complex", "members": [agent("A", HGNC="1"), agent("B", GO="GO:0008283")], "evidence": said},
        {"type": "Influence", "subj": event("A", -1, HGNC="1"), "obj": event("B", 1, MESH="D000001")},
    ]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(statements))
    first, second, third = read_claims_file(path)
    assert (str(first), first.object.curie) == ("JAK1 increases STAT3 phosphorylation", "uniprot:P40763")
    assert (str(second), second.evidence[0].says, second.evidence[0].source) == ("A binds B", "refutes", "pubmed:9")
    assert str(third) == "A decreases B"


def test_every_statement_that_means_nothing_here_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    bad = [{"type": "Gef"}, 7, {"type": "Complex", "members": [1]}, {"type": "Activation", "subj": {"name": "odd"}}]
    path.write_text(json.dumps(bad))
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(path))
    assert [p.where.split()[1] for p in caught.value.problems] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("prefix", sorted(INDRA))
def test_names_of_databases_go_both_ways(prefix: str) -> None:
    assert from_indra(to_indra(f"{prefix}:X1")) == f"{prefix}:X1"
