"""Publishing the IL-11 library: what comes out is whole, traceable, and made once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path

import pytest

from pleio import library
from pleio.artifacts import Archive, verify
from pleio.base.errors import DocumentError
from pleio.library.content import Audit, ClaimSet, Page, Study, from_json, to_json
from pleio.library.diagrams.pathway import pathway, read_plan
from pleio.library.publish import publish
from pleio.library.publishing.page import take_apart
from pleio.library.results.citing import citations_of
from pleio.reading import open_document
from pleio.store import open_store

WORLDS = 8
"""Too few to value anything, which the study then says."""


@pytest.fixture(scope="module")
def il11() -> library.Library:
    return library.open("il11")


@pytest.fixture(scope="module")
def archive(il11: library.Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEIO_HOME", str(home))
        patch.setattr("pleio.library.publish.files_digest", lambda library: "as it is now")
        archive = Archive(open_store(home))
        publish(il11, archive, worlds=WORLDS)
        yield archive


@pytest.fixture(scope="module")
def page(archive: Archive) -> Page:
    return from_json(Page, archive.load("il11").content)


@pytest.fixture(scope="module")
def claims(archive: Archive) -> ClaimSet:
    return from_json(ClaimSet, archive.load("il11-claims").content)


def test_what_is_published_is_whole_and_comes_back_as_it_was(archive: Archive, page: Page) -> None:
    found = verify(archive)
    assert found.problems == ()
    assert found.artifacts >= 12
    assert to_json(page) == archive.load("il11").content


def test_a_second_time_nothing_is_made(archive: Archive, il11: library.Library) -> None:
    before = [entry.id for entry in archive.entries()]
    stages: list[str] = []

    def stage(name: str) -> AbstractContextManager[object]:
        stages.append(name)
        return nullcontext(lambda done, total: None)

    began = time.monotonic()
    entry = publish(il11, archive, worlds=WORLDS, stage=stage)  # type: ignore[arg-type]
    assert time.monotonic() - began < 2
    assert (stages, entry.version) == ([], 1)
    assert [entry.id for entry in archive.entries()] == before


def test_every_claim_of_the_library_is_published_with_its_belief(claims: ClaimSet, il11: library.Library) -> None:
    assert {claim.id for claim in claims.claims} == {claim.id for claim in il11.claims}
    beliefs = il11.belief()
    for claim in claims.claims:
        for contest in claim.contests:
            assert claims.contest(contest) is not None
        if claim.belief is None:
            assert all(beliefs.contests[id].status in ("no evidence", "used as data") for id in claim.contests[:1])
        for item in claim.evidence:
            assert not item.source or claims.source(item.source), f"{claim.id} cites {item.source}"
            assert item.weight == 0 or not item.silent


def test_one_weight_for_each_source_that_counts(claims: ClaimSet, il11: library.Library) -> None:
    """What is drawn on the two sides of a contest is what moved its belief."""
    for id, found in il11.belief().contests.items():
        contest = claims.contest(id)
        assert contest is not None
        weighed = {item.source for item in contest.evidence if item.weight > 0}
        cited = {curie for item in contest.evidence if item.secondary for curie in (item.source,)}
        assert {report.source for report in found.reports if report.primary} <= weighed | cited
        assert sum(outcome.belief for outcome in contest.outcomes) == pytest.approx(1)


def test_every_sentence_and_citation_of_the_page_leads_to_a_source(page: Page, claims: ClaimSet) -> None:
    assert len(page.keys) > 40
    for source in page.keys.values():
        assert claims.source(source) is not None
    assert {fact.label for fact in page.facts} >= {"Symbol", "NCBI Gene ID", "UniProt"}
    assert "[3589](https://www.ncbi.nlm.nih.gov/gene/3589)" in {fact.value for fact in page.facts}
    assert "infobox" not in page.text and "## References" not in page.text


def test_the_page_was_audited_and_the_audit_is_kept(archive: Archive) -> None:
    audit = from_json(Audit, archive.load("il11-audit").content)
    assert [finding for finding in audit.findings if finding.severity == "error"] == []
    for finding in audit.findings:
        assert audit.text[finding.start : finding.end] == finding.quote


@pytest.mark.parametrize("name", ["oprelvekin-platelets", "anti-il11-fibrosis"])
def test_a_study_says_its_answer_with_intervals_and_keeps_its_figures(archive: Archive, name: str) -> None:
    study = from_json(Study, archive.load(name).content)
    assert study.worlds == WORLDS and study.trajectories == WORLDS * study.subjects * len(study.arms)
    assert "90 % of worlds" in study.answer
    assert study.note.startswith("Not valued:"), "eight worlds value nothing, and that is said"
    for summary in study.endpoints:
        assert summary.low <= summary.lower <= summary.median <= summary.upper <= summary.high
        assert summary.least <= summary.median <= summary.most
    for figure in study.figures:
        content = archive.load(figure).content
        for drawing in (content["wide"], content["narrow"]):
            assert drawing.startswith("<svg") and drawing.count("<path") > 3, "an empty chart"
    activity = archive.activity(name)
    assert activity is not None and activity.seed == study.seed
    assert {used.role for used in activity.used} == {"mechanism", "study", "claims"}


def test_lineage_leads_from_the_page_to_the_claims_and_back(archive: Archive) -> None:
    types = {entry.type for entry in archive.lineage("il11").made_from}
    assert types == {"document", "audit", "claim_set", "model", "study", "result", "figure"}
    assert archive.load("il11").id in {entry.id for entry in archive.lineage("il11-claims").used_in}


def test_a_result_cites_the_papers_behind_exactly_what_it_used(archive: Archive, claims: ClaimSet) -> None:
    own, *papers = citations_of(archive, "oprelvekin-platelets")
    assert own.kind == "artifact" and own.version == "oprelvekin-platelets@1"
    cited = {paper.id for paper in papers}
    assert len(cited) == len(papers)
    platelets = claims.claim("il11-platelets")
    collagen = claims.claim("il11-collagen-fibroblast")
    assert platelets is not None and collagen is not None
    assert {item.source for item in platelets.evidence if item.source} <= cited
    assert not {item.source for item in collagen.evidence} <= cited, "the study of platelets does not rest on collagen"
    assert len(citations_of(archive, "il11")) > len(papers)
    assert citations_of(archive, "oprelvekin-platelets", sources=False) == (own,)


def test_the_pathway_is_drawn_from_the_claims(il11: library.Library) -> None:
    drawn = pathway(il11, il11.belief())
    nodes = {node.id: node for node in drawn.nodes}
    edges = {(edge.source, edge.target): edge for edge in drawn.edges}
    for edge in drawn.edges:
        assert {edge.source, edge.target} <= set(nodes)
        assert all(il11.claims[claim] for claim in edge.claims)
    assert edges["fplx:JAK", "hgnc:11364"].effect == "activates"
    # the ligand lowers LKB1 and AMPK and raises mTORC1, so the chain alternates
    chain = ["fplx:ERK", "fplx:RSK", "hgnc:11389", "fplx:AMPK", "fplx:mTORC1"]
    steps = [edges[link].effect for link in pairwise(chain)]
    assert steps == ["activates", "inhibits", "activates", "inhibits"]
    assert edges["anti-IL11", "hgnc:5966"].effect == "inhibits"
    assert edges["hgnc:19391", "hgnc:11364"].effect == "inhibits"


def test_what_the_plan_says_acts_through_what_is_so_in_the_modules(il11: library.Library) -> None:
    """The chain of the diagram is the chain of the rate laws."""
    from pleio.mechanisms.expression import names

    plan = read_plan(il11)
    network = il11.module("mapk_erk").network
    produced = {"hgnc:9644": "SHP2_active", "fplx:RAS": "RAS_active", "fplx:ERK": "pERK", "fplx:RSK": "RSK_active"}
    drivers: dict[str, set[str]] = {}
    for reaction in network.reactions.values():
        for product in reaction.products:
            used = names(reaction.rate) if reaction.rate is not None else set()
            drivers.setdefault(product.species, set()).update(used)
    assert produced["fplx:ERK"] in drivers["RSK_active"]
    assert produced["hgnc:9644"] in drivers["RAS_active"]
    assert plan.acts_through["fplx:RSK"] == "fplx:ERK" and plan.acts_through["fplx:RAS"] == "hgnc:9644"


def test_a_page_that_names_what_is_not_there_is_refused_with_all_its_problems() -> None:
    text = (
        b"No title.\n\nA. {claim: il11-platlets} B. [@nobody]\n\n"
        b"## References\n\n- [@x]: X (2000). T. J. doi:10.1/none\n"
    )
    with pytest.raises(DocumentError) as caught:
        take_apart(open_document(text, name="p.md"), ["il11-platelets"], ["pubmed:1"])
    assert [str(problem) for problem in caught.value.problems] == [
        "p.md:1: has no title; begin with '# Title'",
        "p.md:7: '@x' ends in no source of the library; end it in its CURIE",
        "p.md:3: there is no claim 'il11-platlets'; did you mean 'il11-platelets'?",
        "p.md: '@nobody' has no reference",
    ]


def test_a_publication_that_is_interrupted_leaves_no_page(
    il11: library.Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEIO_HOME", str(tmp_path))
    archive = Archive(open_store(tmp_path))

    @contextmanager
    def stage(name: str) -> Iterator[object]:
        if name.startswith("running"):
            raise KeyboardInterrupt
        yield lambda done, total: None

    with pytest.raises(KeyboardInterrupt):
        publish(il11, archive, worlds=WORLDS, stage=stage)  # type: ignore[arg-type]
    assert archive.entries("page") == []
    assert verify(archive).whole
