"""SIF carries ends and relations and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.formats.exchange import read_claims_file, write_claims_file


@settings(max_examples=15, deadline=None)
@given(claims=st.lists(any_claim(), max_size=5))
def test_ends_and_relations_come_back(tmp_path_factory: pytest.TempPathFactory, claims: list[Claim]) -> None:
    path = tmp_path_factory.mktemp("files") / "x.sif"
    write_claims_file(path, claims)
    back = {(str(c.subject), c.relation, str(c.object)) for c in read_claims_file(path)}
    written = {(" ".join(str(c.subject).split()), c.relation, " ".join(str(c.object).split())) for c in claims}
    assert back == written


def test_networkx_reads_the_edges(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    from pleio.library import open as open_library

    claims = open_library("il11").claims
    path = tmp_path / "x.sif"
    write_claims_file(path, claims)
    graph = networkx.MultiDiGraph()
    for line in path.read_text().splitlines():
        subject, relation, object = line.split("\t")
        graph.add_edge(subject, object, key=relation)
    assert set(graph.edges(keys=True)) == {(str(c.subject), str(c.object), c.relation) for c in claims}


def test_other_peoples_files(tmp_path: Path) -> None:
    path = tmp_path / "x.sif"
    path.write_text("HGNC:5966 activates fplx:ERK HGNC:11364\n\nlonely\nTGF beta\tup-regulates\tIL11\n")
    assert [str(c) for c in read_claims_file(path)] == [
        "hgnc:5966 increases fplx:ERK",
        "hgnc:5966 increases hgnc:11364",
        "TGF beta increases IL11",
    ]
    path.write_text("a\tincreases\na\tfrobs\tb\n")
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(path))
    assert [p.where for p in caught.value.problems] == ["x.sif:1", "x.sif:2"]
