"""RDF: two ways to write the same triples, all of each claim in them, and questions that stay questions."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.formats.rdf.query import ask, check
from pleio.formats.rdf.triples import WORDS, Iri, triples_of
from pleio.formats.rdf.write import write_ntriples, write_turtle
from pleio.formats.rows import COLUMNS, rows_of

ERK = claim(evidence(), evidence(source="pubmed:2"), id="erk", object="fplx:ERK ERK")
WOUND = claim(evidence(), id="wound", relation="decreases", object="pleio:wound wound")


def as_text(triple: tuple[object, object, object]) -> tuple[str, ...]:
    return tuple(node.address if isinstance(node, Iri) else str(node) for node in triple)


@settings(max_examples=20, deadline=None)
@given(st.lists(any_claim(), max_size=4))
def test_both_forms_are_the_triples_to_an_independent_reader(claims: list[Claim]) -> None:
    oxigraph = pytest.importorskip("pyoxigraph")
    expected = {as_text(triple) for triple in triples_of(claims)}
    for data, form in ((write_ntriples(claims), "N_TRIPLES"), (write_turtle(claims), "TURTLE")):
        found = {
            (t.subject.value, t.predicate.value, t.object.value)
            for t in oxigraph.parse(data, format=getattr(oxigraph.RdfFormat, form))
        }
        assert found == expected


def test_rdflib_reads_the_library_alike_in_both_forms() -> None:
    rdflib = pytest.importorskip("rdflib")
    from pleio.library import open as open_library

    claims = open_library("il11").claims
    first = rdflib.Graph().parse(data=write_ntriples(claims), format="nt")
    second = rdflib.Graph().parse(data=write_turtle(claims), format="turtle")
    assert set(first) == set(second)
    assert {tuple(map(str, triple)) for triple in first} == {as_text(triple) for triple in triples_of(claims)}


@settings(max_examples=30, deadline=None)
@given(any_claim())
def test_every_cell_of_every_row_is_in_the_triples(one: Claim) -> None:
    said = {predicate.address.removeprefix(WORDS) for _, predicate, _ in triples_of([one])}
    filled = {column for row in rows_of(one) for column in COLUMNS if row[column]}
    assert filled <= said


def test_questions() -> None:
    pytest.importorskip("pyoxigraph")
    found = ask([ERK, WOUND], 'SELECT ?n { ?x rdfs:label "IL11" ; pleio:increases/rdfs:label ?n }')
    assert found == {"columns": ["n"], "rows": [["ERK"]], "more": False}
    counted = ask([ERK], "SELECT (COUNT(?e) AS ?n) { ?c a pleio:Claim ; pleio:evidence ?e }")
    assert counted["rows"] == [["2"]]
    assert ask([ERK], "ASK { fplx:ERK ?p ?o }") == {"answer": True}
    built = ask([WOUND], "CONSTRUCT { ?a pleio:lowers ?b } WHERE { ?a pleio:decreases ?b }")
    assert len(built["triples"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }",
        "SELECT * { service silent ?x { ?a ?b ?c } }",
        "SELECT * { ?a ?b '\\'' . SERVICE <x> {} }",
        'SELECT * { ?a ?b """ " """ . SERVICE <x> {} }',
        "SELECT * { ?a ?b ?c } # '\n SERVICE <x> {}",
        "SELECT * { \\u0053ERVICE <x> {} }",
        "INSERT DATA { <a> <b> <c> }",
        "DELETE WHERE { ?a ?b ?c }",
        "CLEAR ALL",
        "LOAD <file:///etc/passwd>",
        "PREFIX a: <b> DROP DEFAULT",
        "SELECT * { ?a ?b ?c } " + " " * 30_000,
    ],
)
def test_what_is_not_a_question_to_us_is_refused(query: str) -> None:
    with pytest.raises(ClaimError):
        check(query)


def test_words_in_names_and_texts_are_not_refused() -> None:
    check('SELECT ?service { ?service pleio:load "INSERT SERVICE" ; <urn:DROP> ?x } # DELETE')


def test_a_malformed_query_says_where() -> None:
    pytest.importorskip("pyoxigraph")
    with pytest.raises(ClaimError, match="error at line 2, column"):
        ask([ERK], "SELECT *\n{ ?a ?b }")


def test_a_query_has_its_time_and_no_more() -> None:
    pytest.importorskip("pyoxigraph")
    many = [claim(evidence(), id=f"c{i}", object=f"pleio:o{i} o{i}") for i in range(150)]
    begin = time.perf_counter()
    with pytest.raises(ClaimError, match=r"took longer than 0\.5 s"):
        ask(many, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", budget=0.5)
    assert time.perf_counter() - begin < 60


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ClaimError, match=r"install pleio\[rdf\]"):
        ask([ERK], "ASK {}")


def test_an_address_holds_no_character_that_ends_it(tmp_path: Path) -> None:
    odd = claim(evidence(source='doi:10.1000/a"b<c>|d'), id="odd")
    text = write_ntriples([odd]).decode()
    assert 'a"b<c>' not in text
    assert "a%22b%3Cc%3E%7Cd" in text
