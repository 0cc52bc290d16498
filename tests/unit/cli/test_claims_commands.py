"""The commands of kept claims, as a person or a script gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claim_builders import claim, evidence
from pleio.base.errors import ClaimError
from pleio.base.yaml import dump
from pleio.claims.claim import Claim
from pleio.cli.commands import app
from pleio.formats.exchange import read_claims_file

Run = Callable[..., Result]
MINE = (
    "subject,relation,object,aspect,species,cell_type,says,finding,source,trust,agent,form,from,n\n"
    "hgnc:5966 IL11,increases,fplx:ERK ERK,phosphorylation,human,cl:0000057 fibroblast,null,"
    "No change of pERK in our hands,pubmed:1,file,IL11,recombinant,human,12\n"
)


@pytest.fixture
def run(home: Path) -> Run:
    def invoke(*arguments: str, input: str = "", status: int = 0) -> Result:
        result = CliRunner().invoke(app, list(arguments), input=input)
        assert result.exit_code == status, (result.output, result.exception)
        return result

    return invoke


def saved(path: Path, *claims: Claim) -> Path:
    path.write_text(dump([one.to_json() for one in claims]))
    return path


def test_ones_own_table_changes_beliefs_and_stays_private(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(MINE)
    added = json.loads(run("claims", "add", str(table), "--json").stdout)
    (change,) = [c for c in added["changes"] if "ERK phosphorylation in fibroblast" in c["title"]]
    assert change["after"]["no_effect"] > change["before"]["no_effect"]
    assert added["kind"] == "private"
    run("claims", "export", str(tmp_path / "patch.yaml"))
    assert list(read_claims_file(tmp_path / "patch.yaml")) == []
    run("claims", "export", str(tmp_path / "all.jsonl"))
    assert "in our hands" not in (tmp_path / "all.jsonl").read_text()
    run("claims", "export", str(tmp_path / "patch.yaml"), "--private")
    assert [c.evidence[0].finding for c in read_claims_file(tmp_path / "patch.yaml")] == [
        "No change of pERK in our hands"
    ]
    assert [layer["name"] for layer in json.loads(run("claims", "layers", "--json").stdout)] == ["il11", "mine"]
    run("claims", "remove", "mine")
    assert json.loads(run("claims", "search", "pERK hands", "--json").stdout)["hits"] == []


def test_list_show_and_contests_see_ones_own_claims_and_who_decided_what(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(MINE)
    run("claims", "add", str(table))
    (erk,) = [
        c
        for c in json.loads(run("claims", "list", "--about", "ERK", "--json").stdout)
        if c["id"] == "il11-erk-fibroblast"
    ]
    assert erk["layers"] == ["il11", "mine"]
    run("claims", "decide", "il11-erk-fibroblast", "reject", "--why", "one group only", "--who", "me")
    shown = run("claims", "show", "il11-erk-fibroblast").stdout
    assert "[rejected]" in shown
    assert "reject by me" in shown
    assert "one group only" in shown
    contests = json.loads(run("claims", "contests", "--about", "ERK", "--json").stdout)["contests"]
    (left,) = [c for c in contests if c["title"] == "IL11 → ERK phosphorylation in fibroblast (sufficiency)"]
    assert left["leading"] == "no_effect"  # only the null of one's own is left
    assert "fibroblast" in run("claims", "list", "--about", "ERK", "--limit", "2").stdout


def test_search_and_graph_see_the_library(run: Run, tmp_path: Path) -> None:
    hits = json.loads(run("claims", "search", "erk fibro*", "--about", "IL11", "--json").stdout)["hits"]
    assert "il11-erk-fibroblast" in [hit["id"] for hit in hits]
    near = json.loads(run("graph", "neighbours", "IL11", "--json").stdout)
    assert {"STAT3", "ERK"} <= {each["name"] for each in near}
    found = json.loads(run("graph", "path", "IL11", "collagen", "--sign", "+", "--json").stdout)
    assert found["paths"][0]["belief"] >= found["paths"][-1]["belief"] > 0
    run("graph", "export", str(tmp_path / "g.ttl"))
    assert (tmp_path / "g.ttl").read_text().startswith("@prefix pleio:")


def test_a_query_from_the_command_line(run: Run) -> None:
    pytest.importorskip("pyoxigraph")
    shown = run("graph", "query", "SELECT * { ?s ?p ?o . ?t ?q ?u }")  # as many rows as one likes
    assert "these are the first 500 of 10,000 rows" in shown.output
    found = json.loads(run("graph", "query", "SELECT ?o { hgnc:5966 pleio:increases ?o }", "--json").stdout)
    assert found["columns"] == ["o"]
    assert len(found["rows"]) > 10


def proposals(run: Run, tmp_path: Path) -> tuple[Claim, Claim]:
    first = claim(evidence(source="pubmed:5"), id="first")
    second = claim(evidence(source="pubmed:6"), id="second", object="pleio:other other\x1b[31m")
    run("claims", "import", str(saved(tmp_path / "read.yaml", first, second)), "--propose")
    return first, second


def test_a_walk_through_proposals(run: Run, tmp_path: Path) -> None:
    proposals(run, tmp_path)
    answers = [
        "a", "looks right",  # the first is accepted
        "x",  # no such answer: asked again
        "r", "a slip",
        "u",  # that was the last: back to it
        "e", "relation=decreases",
        "colour=red",  # no such column: said, and what was changed stays
        "aspect=colour", "",  # no such aspect: said, and what was changed stays
        "aspect=activity", "n@1=8", "", "wrong sign",
        "q",
    ]  # fmt: skip
    result = run("claims", "review", "--who", "me", input="\n".join(answers) + "\n")
    assert "\x1b" not in result.stdout
    assert "2 decided, 0 still wait" in result.output
    assert "'colour' is no column" in result.output and "unknown aspect 'colour'" in result.output
    decided = json.loads(run("claims", "reviews", "--json").stdout)
    assert [(r["decision"], r["who"], r["why"]) for r in decided] == [
        ("accept", "me", "looks right"),
        ("reject", "me", "a slip"),
        ("undo", "me", ""),
        ("edit", "me", "wrong sign"),
    ]
    run("claims", "export", str(tmp_path / "patch.yaml"))
    patch = {c.id: c for c in read_claims_file(tmp_path / "patch.yaml")}
    assert (patch["second"].relation, patch["second"].evidence[0].n) == ("decreases", 8)


def test_the_walk_shows_species_and_setting_and_explains_its_keys(run: Run, tmp_path: Path) -> None:
    context = {"species": "rat", "cell_type": "cl:0000057 fibroblast"}
    items = [evidence(source="pubmed:5", species="mouse", from_="human"), evidence(source="pubmed:6", read_right=0.72)]
    several = claim(*items, id="several", context=context, note="cites X")
    bare = claim(evidence(source="pubmed:7"), id="bare", object="pleio:other other")
    run("claims", "import", str(saved(tmp_path / "read.yaml", several, bare)), "--propose")
    shown = run("claims", "review", "--who", "me", input="?\ne\n?\nsource@1=pubmed:8\n\n\ns\n").stdout
    lines = [line.strip() for line in shown.splitlines()]
    assert "in rat, fibroblast" in lines
    assert "in a species and setting that are not stated" in lines
    assert "note: cites X" in lines
    assert any("(human IL11, recombinant, in mouse)" in line for line in lines)
    assert any("read right 0.72" in line for line in lines)
    assert {"a  accept: the claim counts from now on", "species=rat", "source@1=pubmed:6"} <= set(lines)
    assert not any(line.startswith("species@") for line in lines), "what is claimed is one for all its evidence"
    assert sum("1 of 2" in line for line in lines) == 1, "asked again, it is not shown again"
    assert any(line.startswith("id, subject, relation") for line in lines)
    saw = run("claims", "show", "several").stdout
    assert "in rat, fibroblast" in saw and "pubmed:8" in saw


def test_undo_goes_back_to_what_was_decided(run: Run, tmp_path: Path) -> None:
    proposals(run, tmp_path)
    result = run("claims", "review", "--who", "me", input="u\na\n\nu\nr\nno\ns\n")
    assert "nothing was decided on this walk" in result.output
    assert "1 decided, 1 still wait" in result.output
    assert [r["decision"] for r in json.loads(run("claims", "reviews", "--json").stdout)] == [
        "accept",
        "undo",
        "reject",
    ]


def test_leaving_half_way_keeps_what_was_decided(run: Run, tmp_path: Path) -> None:
    proposals(run, tmp_path)
    run("claims", "review", "--who", "me", input="a\n\n", status=1)  # the terminal closed
    assert len(json.loads(run("claims", "reviews", "--json").stdout)) == 1


def test_a_claim_of_the_library_is_rejected_by_review_and_the_patch_says_so(run: Run, tmp_path: Path) -> None:
    run("claims", "decide", "il11-erk-fibroblast", "reject", "--why", "retracted", "--who", "me")
    hits = json.loads(run("claims", "search", "erk", "--json").stdout)["hits"]
    assert "il11-erk-fibroblast" not in [hit["id"] for hit in hits]
    run("claims", "export", str(tmp_path / "patch.yaml"))
    text = (tmp_path / "patch.yaml").read_text()
    assert text.startswith("# rejected il11-erk-fibroblast (me, ")
    assert text.endswith(": retracted\n[]\n")
    run("claims", "decide", "il11-erk-fibroblast", "undo", "--who", "me")
    assert "il11-erk-fibroblast" in run("claims", "search", "erk", "--json").stdout


def test_a_document_is_read_into_proposals(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# IL-11\n\nIL-11 increases phosphorylation of ERK in human fibroblasts.\n")
    result = run("claims", "propose", str(page))
    assert "1 proposals of 1 statements" in result.output
    hits = json.loads(run("claims", "search", "--state", "proposed", "--json").stdout)["hits"]
    assert [hit["sentence"] for hit in hits] == ["IL-11 increases ERK phosphorylation in fibroblast"]


def test_a_bad_file_leaves_nothing_and_says_all(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(MINE + "=1,2,3\n@a,b,c\n")
    result = CliRunner().invoke(app, ["claims", "add", str(table)])
    assert isinstance(result.exception, ClaimError)
    assert len(result.exception.problems) == 2
    assert [layer["name"] for layer in json.loads(run("claims", "layers", "--json").stdout)] == ["il11"]


def test_a_name_is_found_as_papers_spell_it(run: Run) -> None:
    titles = [
        [each["id"] for each in json.loads(run("claims", "contests", "--about", name, "--json").stdout)["contests"]]
        for name in ("IL11", "il-11", "IL 11")
    ]
    assert titles[0] == titles[1] == titles[2] != []


def test_a_file_without_claims_and_a_search_without_hits_say_so(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    refused = run("claims", "import", str(empty), "--format", "kgx", status=1)
    assert isinstance(refused.exception, ClaimError) and "holds no claims" in str(refused.exception)
    assert "no claim fits" in run("claims", "search", "quetzalcoatl").output
    unknown = run("graph", "neighbours", "quetzalcoatl", status=1)
    assert "pleio claims search" in str(unknown.exception)
