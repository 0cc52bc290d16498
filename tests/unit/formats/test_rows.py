"""The row model: every claim comes back from rows, tables and the formats that can carry it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_strategies import WORDS
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.formats.exchange import read_claims_file, write_claims_file
from pleio.formats.formulas import guarded, is_formula, unguarded
from pleio.formats.rows import claims_of, join, rows_of, split

HEAD = "subject,relation,object,says,finding,source,trust\n"


@settings(max_examples=50, deadline=None)
@given(st.lists(any_claim(), max_size=4, unique_by=lambda claim: claim.id))
def test_claims_come_back_from_rows(claims: list[Claim]) -> None:
    back = [claim for _, claim in claims_of(("", row) for claim in claims for row in rows_of(claim))]
    assert {c.digest for c in back if isinstance(c, Claim)} == {c.digest for c in claims}


@settings(max_examples=8, deadline=None)
@given(claims=st.lists(any_claim(), max_size=4, unique_by=lambda claim: claim.id))
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.yaml", "x.jsonl", "edges.tsv", "edges.jsonl"])
def test_nothing_is_lost_in_a_file(tmp_path_factory: pytest.TempPathFactory, name: str, claims: list[Claim]) -> None:
    path = tmp_path_factory.mktemp("files") / name
    written = write_claims_file(path, claims)
    if not claims and path.suffix in (".csv", ".tsv"):
        return  # a table without rows has no columns
    back = list(read_claims_file(written.files[-1]))
    assert {(c.id, c.digest) for c in back} == {(c.id, c.digest) for c in claims}


@given(st.lists(WORDS))
def test_a_list_in_a_cell(values: list[str]) -> None:
    assert split(join(values)) == values


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert not is_formula(guarded(cell))
    assert unguarded(guarded(cell)) == cell


def table(tmp_path: Path, text: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def test_a_table_that_a_person_keeps(tmp_path: Path) -> None:
    text = HEAD + 'hgnc:5966 IL11,increases,fplx:ERK ERK,supports,"rose, twice",pubmed:1,file\n'
    (claim,) = read_claims_file(table(tmp_path, "\ufeff" + text))
    assert str(claim) == "IL11 increases ERK"
    assert claim.evidence[0].finding == "rose, twice"
    assert claim.id == f"claim-{claim.meaning[:32]}"


def test_every_bad_row_is_named_at_once(tmp_path: Path) -> None:
    rows = [
        "hgnc:5966 IL11,increases,fplx:ERK ERK,supports,=HYPERLINK(1),pubmed:1,file",
        "hgnc:5966 IL11,increase,fplx:ERK ERK,supports,rose,pubmed:1,file",
        "nope:1 IL11,increases,fplx:ERK ERK,maybe,rose,pubmed:x,file",
        "hgnc:5966 IL11,increases,fplx:ERK ERK,supports,rose,pubmed:1,file,and,more",
        "hgnc:5966 IL11,increases,fplx:ERK ERK,supports,rose,pubmed:1,file",
        "@x,-y,+z",
    ]
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(table(tmp_path, HEAD + "\n".join(rows) + "\n")))
    lines = [problem.where.split()[0] for problem in caught.value.problems]
    assert lines == ["mine.csv:2", "mine.csv:3", *["mine.csv:4"] * 3, "mine.csv:5", *["mine.csv:7"] * 3]
    assert "looks like a formula; a spreadsheet would run it" in str(caught.value)
    assert "did you mean 'increases'?" in str(caught.value)


def test_every_bad_column_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(table(tmp_path, "subjct,relation,relation,colour\n")))
    text = str(caught.value)
    assert "did you mean 'subject'?" in text
    assert "'relation' is given twice" in text
    assert "the column 'object' is missing" in text
    assert "unknown column 'colour'" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"", "is empty"),
        ("x.csv", HEAD.encode() + b"\xff\xfe", "is not UTF-8"),
        ("x.csv", HEAD.encode() + b'"never closed', "is not a table"),
        ("x.csv", HEAD.encode() + b"a" * 1_100_000, "is longer than"),
        ("x.json", b'[{"type": "Activation", ', "line 1, column"),
        ("x.json", b"[" * 100_000, "nests too deep"),
        ("x.json", b'{"statements": 1000000000}', "should hold a list"),
        ("x.jsonl", b'{"id": \n[]\n{"id": "a"}\n\xff\nNaN\n' + b"[" * 100_000 + b"\n", "x.jsonl:5: is not JSON"),
        ("x.jsonl", b'{"id": "a", "effect": {"size": 1e999}}', "x.jsonl:1"),
        ("x.sif", b"a\tgrows\tb\n", "unknown relation 'grows'"),
        ("edges.tsv", b"a\tb\n", "is not a KGX file"),
        ("x.yaml", b"- &a [1]\n- *a\n", "uses an alias"),
        ("x.doc", b"", "'.doc' is not known"),
    ],
)
def test_hostile_files_give_a_clear_error(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(path))
    assert words in str(caught.value)


def test_reading_stops_after_a_hundred_problems_and_too_many_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(table(tmp_path, "not json\n" * 5_000, "x.jsonl")))
    assert len(caught.value.problems) == 101
    monkeypatch.setattr("pleio.claims.tables.lines.MOST_ROWS", 10)
    monkeypatch.setattr("pleio.formats.separated.MOST_ROWS", 10)
    for name in ("x.jsonl", "x.sif"):
        with pytest.raises(ClaimError, match="only 10 lines are read"):
            list(read_claims_file(table(tmp_path, "\n" * 20, name)))
    with pytest.raises(ClaimError, match="more than 10 rows"):
        list(read_claims_file(table(tmp_path, HEAD + "\n" * 20)))
