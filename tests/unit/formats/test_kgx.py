"""KGX: Biolink's words say what they can, other people's edges are read by them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from claim_builders import claim, evidence
from pleio.base.errors import ClaimError
from pleio.claims.vocabulary import ASPECTS as OUR_ASPECTS
from pleio.claims.vocabulary import RELATIONS as OUR_RELATIONS
from pleio.formats.exchange import read_claims_file, write_claims_file
from pleio.formats.kgx.words import ASPECTS, DIRECTIONS, PREDICATES
from pleio.formats.prefixes import BIOLINK, CATEGORIES, from_biolink, to_biolink

ONE = claim(
    evidence(source="pubmed:1"),
    evidence(says="null", source="pmc:PMC2"),
    id="one",
    object="fplx:ERK ERK",
    aspect="phosphorylation",
    context={"species": "human", "cell_type": "cl:0000057 fibroblast"},
)


def test_an_edge_in_biolinks_words(tmp_path: Path) -> None:
    nodes, edges = write_claims_file(tmp_path / "edges.jsonl", [ONE]).files
    first, second = (json.loads(line) for line in edges.read_text().splitlines())
    assert (first["subject"], first["object"]) == ("HGNC:5966", "FamPlex:ERK")
    assert (first["predicate"], first["qualified_predicate"]) == ("biolink:affects", "biolink:causes")
    assert (first["object_direction_qualifier"], first["object_aspect_qualifier"]) == ("increased", "phosphorylation")
    assert first["species_context_qualifier"] == "NCBITaxon:9606"
    assert first["anatomical_context_qualifier"] == "CL:0000057"
    assert first["publications"] == ["PMID:1"]
    assert "negated" not in first
    assert second["negated"] is True
    assert first["id"] != second["id"]
    names = {node["id"]: (node["name"], node["category"]) for node in map(json.loads, nodes.read_text().splitlines())}
    assert names == {"HGNC:5966": ("IL11", ["biolink:Gene"]), "FamPlex:ERK": ("ERK", ["biolink:GeneFamily"])}


def test_tsv_is_read_by_any_reader_of_tables(tmp_path: Path) -> None:
    _, edges = write_claims_file(tmp_path / "edges.tsv", [ONE]).files
    with open(edges, newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [row["publications"] for row in rows] == ["PMID:1", "PMC:PMC2"]


def test_every_relation_and_aspect_has_a_word() -> None:
    assert set(PREDICATES) == set(OUR_RELATIONS)
    assert set(OUR_ASPECTS) - set(ASPECTS) == {"process", "phenotype"}


def test_the_words_are_biolinks() -> None:
    """Against the model as its authors publish it."""
    package = pytest.importorskip("biolink_model")
    import yaml

    model = yaml.safe_load((Path(next(iter(package.__path__))) / "schema" / "biolink_model.yaml").read_text())
    slots = {name.replace(" ", "_") for name in model["slots"]}
    assert set(PREDICATES.values()) <= slots
    directions = model["enums"]["DirectionQualifierEnum"]["permissible_values"]
    assert set(DIRECTIONS.values()) <= set(directions)
    aspects = model["enums"]["GeneOrGeneProductOrChemicalEntityAspectEnum"]["permissible_values"]
    assert set(ASPECTS.values()) <= set(aspects)
    classes = {"".join(word[:1].upper() + word[1:] for word in name.split()) for name in model["classes"]}
    assert set(CATEGORIES.values()) <= classes


def test_an_edge_of_someone_elses(tmp_path: Path) -> None:
    edges, nodes = tmp_path / "my_edges.jsonl", tmp_path / "my_nodes.jsonl"
    nodes.write_text('{"id": "HGNC:5966", "name": "IL11", "category": ["biolink:Gene"]}\n')
    edge = {
        "id": "e1", "subject": "HGNC:5966", "predicate": "biolink:affects", "object": "NCBIGene:3569",
        "object_direction_qualifier": "upregulated", "object_aspect_qualifier": "expression",
        "publications": ["PMID:7", "doi:10.1000/x"], "species_context_qualifier": "NCBITaxon:10090",
        "primary_knowledge_source": "infores:other",
    }  # fmt: skip
    edges.write_text(json.dumps(edge) + "\n" + json.dumps({**edge, "negated": True, "publications": []}) + "\n")
    first, second, third = read_claims_file(edges)
    assert (str(first), first.context.species) == ("IL11 increases ncbigene:3569 mRNA", "mouse")
    assert [c.evidence[0].source for c in (first, second)] == ["pubmed:7", "doi:10.1000/x"]
    assert (third.evidence[0].says, third.evidence[0].secondary) == ("refutes", True)
    assert first.meaning == second.meaning == third.meaning


def test_every_edge_that_means_nothing_here_is_named(tmp_path: Path) -> None:
    edges = tmp_path / "edges.jsonl"
    edges.write_text(
        '{"subject": "HGNC:1"}\n[]\n{"subject": "HGNC:1", "predicate": "biolink:eats", "object": "REACT:2"}\n'
    )
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(edges))
    assert [problem.where.split()[0] for problem in caught.value.problems] == ["edges.jsonl:1"] * 2 + [
        "edges.jsonl:2",
        "edges.jsonl:3",
    ]
    assert "the predicate 'eats' has no relation here" in str(caught.value)


@pytest.mark.parametrize("prefix", sorted(BIOLINK))
def test_prefixes_go_both_ways(prefix: str) -> None:
    assert from_biolink(to_biolink(f"{prefix}:X1")) == f"{prefix}:X1"
