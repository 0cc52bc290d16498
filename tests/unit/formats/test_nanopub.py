"""Nanopublications: the structure that the format asks for, and every claim back as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pleio
from claim_builders import claim, evidence
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.claims.merging import merge
from pleio.formats.exchange import read_claims_file, write_claims_file
from pleio.formats.nanopub.write import DCTERMS, NP, PROV, write_nanopubs

pyoxigraph = pytest.importorskip("pyoxigraph")
ERK = claim(evidence(), evidence(source="pubmed:2"), id="erk", object="fplx:ERK ERK")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def back(claims: list[Claim], folder: Path) -> dict[str, str]:
    write_claims_file(folder / "c.trig", claims)
    return {one.id: one.digest for one in read_claims_file(folder / "c.trig")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_claim(), min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_any_claims_come_back(tmp_path: Path, claims: list[Claim]) -> None:
    claims = [merge(one, one) for one in claims]  # evidence that is given twice is one
    assert back(claims, tmp_path) == {one.id: one.digest for one in claims}


def test_the_whole_library_comes_back(tmp_path: Path) -> None:
    claims = [merge(one, one) for one in pleio.open("il11").claims]
    assert back(claims, tmp_path) == {one.id: one.digest for one in claims}


def test_each_has_a_head_an_assertion_provenance_and_publication_info() -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    data = write_nanopubs([ERK], creator="https://orcid.org/0000-0000-0000-0000", licence=licence, created=NOW)
    assert data == write_nanopubs([ERK], creator="https://orcid.org/0000-0000-0000-0000", licence=licence, created=NOW)
    quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TRIG))
    node = f"urn:pleio:np:{ERK.digest}"
    said = {(q.subject.value, q.predicate.value, q.object.value, q.graph_name.value) for q in quads}
    for name, graph in (("Assertion", "assertion"), ("Provenance", "provenance"), ("PublicationInfo", "pubinfo")):
        assert (node, f"{NP}has{name}", f"{node}#{graph}", f"{node}#Head") in said
    sources = {q[2] for q in said if q[:2] == (f"{node}#assertion", f"{PROV}wasDerivedFrom")}
    assert sources == {"https://pubmed.ncbi.nlm.nih.gov/1", "https://pubmed.ncbi.nlm.nih.gov/2"}
    assert (node, f"{DCTERMS}license", licence, f"{node}#pubinfo") in said
    assert (node, f"{DCTERMS}created", "2026-01-02T03:04:05Z", f"{node}#pubinfo") in said


def test_the_reference_implementation_accepts_it() -> None:
    nanopub = pytest.importorskip("nanopub")
    rdflib = pytest.importorskip("rdflib")
    text = write_nanopubs(
        [ERK], creator="https://orcid.org/0000-0000-0000-0000", created=NOW, base="http://example.org/np/"
    )
    graph = rdflib.Dataset()
    graph.parse(data=text.decode(), format="trig")
    assert nanopub.Nanopub(rdf=graph).is_valid


@pytest.mark.parametrize("text", ["", "not trig <", "<a:a> { <a:a> <a:b> <a:c> . }"])
def test_what_is_no_nanopublication_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.trig").write_text(text)
    with pytest.raises(ClaimError):
        list(read_claims_file(tmp_path / "x.trig"))
