"""Finding kept claims, walking them as a graph, and what users type being words, never syntax."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence
from pleio.base.errors import ClaimError
from pleio.claims.graph import neighbours, paths
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import decide, undo
from pleio.claims.tables.schema import IMPORT, PROPOSAL
from pleio.claims.tables.search import Filters, search
from pleio.claims.tables.words import match_expression
from pleio.store import Store


def edge(id: str, subject: str, relation: str, object: str, *items: dict, **keys: object):  # type: ignore[no-untyped-def]
    ends = {"subject": f"pleio:{subject} {subject}", "object": f"pleio:{object} {object}"}
    return claim(*(items or [evidence(source=f"pubmed:{len(id)}")]), id=id, relation=relation, **ends, **keys)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> ClaimStore:
    store = ClaimStore(Store(tmp_path_factory.mktemp("home")))
    lung = {"context": {"species": "mouse", "cell_type": "cl:0000057 fibroblast"}}
    strong = [evidence(source=f"pubmed:{n}", n=40, laboratory=f"L{n}") for n in range(10, 14)]
    claims = [
        edge("a-b", "a", "increases", "b", *strong),
        edge("b-c", "b", "decreases", "c", *strong, **lung),
        edge("c-d", "c", "decreases", "d"),
        edge("a-d", "a", "increases", "d", evidence(says="null", source="pubmed:77", n=80)),
        edge("b-d", "b", "binds", "d"),
        edge("d-a", "d", "increases", "a"),
        edge(
            "wound", "x", "increases", "wound-healing", {**evidence(), "finding": "IL-11 slowed the healing of wounds"}
        ),
    ]
    store.lay("graph", IMPORT, claims, digest="1")
    store.lay("read", PROPOSAL, [edge("p", "a", "increases", "c")], digest="1")
    return store


def ids(store: ClaimStore, text: str = "", **filters: object) -> list[str]:
    return sorted(hit.id for hit in search(store, text, Filters(**filters)).hits)  # type: ignore[arg-type]


def test_words_phrases_prefixes_and_snippets(kept: ClaimStore) -> None:
    assert ids(kept, "IL11 wound*") == ["wound"]
    assert ids(kept, "il-11 slowed") == ["wound"]
    assert ids(kept, '"healing of wounds"') == ["wound"]
    assert ids(kept, '"wounds of healing"') == []
    (hit,) = search(kept, "healing wounds").hits
    assert "‹healing› of ‹wounds›" in hit.snippet


def test_filters_all_must_fit(kept: ClaimStore) -> None:
    assert ids(kept, entity="b") == ["a-b", "b-c", "b-d"]
    assert ids(kept, entity="pleio:b", relation="binds") == ["b-d"]
    assert ids(kept, context="fibroblast") == ["b-c"]
    assert ids(kept, context="mouse") == ["b-c"]
    assert ids(kept, source="pubmed:77") == ["a-d"]
    assert ids(kept, state="proposed") == ["p"]
    assert ids(kept, contest="pleio-a--effect--pleio-b--sufficiency") == ["a-b"]
    assert ids(kept, entity="a", least=0.9) == ["a-b"]
    assert ids(kept, entity="a", most=0.3) == ["a-d"]
    assert ids(kept, contested=True) == []


def test_pages_say_whether_there_is_more(kept: ClaimStore) -> None:
    first = search(kept, limit=4)
    assert first.next is not None
    rest = search(kept, limit=4, start=first.next)
    assert (len(first.hits), first.more, len(rest.hits), rest.more) == (4, True, 3, False)


@pytest.mark.parametrize("filters", [Filters(), Filters(least=0.0)])
def test_going_through_all_pages_gives_every_claim_once_while_others_come_and_go(
    kept: ClaimStore, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pleio.claims.tables.search.RANKED", 2)  # neither limits a list that is gone through in order
    monkeypatch.setattr("pleio.claims.tables.search.LOOKED_AT", 2)
    before = {hit.id for hit in search(kept, filters=filters, limit=50).hits}
    given: list[str] = []
    at: int | None = 0
    while at is not None:
        found = search(kept, filters=filters, limit=1, start=at)
        given += [hit.id for hit in found.hits]
        if at == 0:
            decide(kept, given[0], "reject", who="ada")
        at = found.next
    undo(kept, who="ada")
    assert len(given) == len(set(given)) == 7
    assert before <= set(given)


def test_every_wrong_filter_is_named_at_once(kept: ClaimStore) -> None:
    with pytest.raises(ClaimError) as caught:
        search(kept, "  *", Filters(entity="bbb", relation="increase", state="done"))
    assert len(caught.value.problems) == 4
    assert "did you mean 'increases'?" in str(caught.value)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_words(kept: ClaimStore, text: str) -> None:
    try:
        search(kept, text)
    except ClaimError as fault:
        assert "no word" in str(fault) or "words" in str(fault)


@pytest.mark.parametrize(
    "text", ['NEAR("of wounds", 2)', "sentence : healing", "healing OR nothing", "NOT healing", "^slowed -healing"]
)
def test_query_syntax_is_not_obeyed(kept: ClaimStore, text: str) -> None:
    """As FTS5 syntax each of these would find the claim about wounds; as words only those in it do."""
    words = {"^slowed -healing"}
    assert ids(kept, text) == (["wound"] if text in words else [])


def test_an_expression_is_words_only() -> None:
    assert match_expression('a" OR "b') == '"a" AND " OR " AND "b"'
    assert match_expression('IL-11 fibro* "wound healing"') == '("IL-11" OR "IL11") AND "fibro" * AND "wound healing"'
    for nothing in ("", " * ", '"" " *', "\0"):
        with pytest.raises(ClaimError, match="no word"):
            match_expression(nothing)
    for much in ("a" * 5_000, "a " * 400):
        with pytest.raises(ClaimError, match="at most"):
            match_expression(much)


def test_neighbours_know_direction_and_hide_proposals(kept: ClaimStore) -> None:
    found = {(n.name, n.relation, n.direction) for n in neighbours(kept, "a")}
    assert found == {("b", "increases", "out"), ("d", "increases", "out"), ("d", "increases", "in")}
    assert [n.name for n in neighbours(kept, "b", relation="binds")] == ["d"]
    with pytest.raises(ClaimError, match="is in no claim"):
        neighbours(kept, "q")


def test_signed_paths_multiply_signs_and_beliefs(kept: ClaimStore) -> None:
    found = {str(path): path for path in paths(kept, "a", "d").paths}
    assert set(found) == {"a → d", "a → b ⊣ c ⊣ d"}
    long = found["a → b ⊣ c ⊣ d"]
    assert long.sign == 1
    assert long.belief == pytest.approx(long.steps[0].belief * long.steps[1].belief * long.steps[2].belief)
    assert long.steps[0].belief > 0.9 > found["a → d"].belief
    assert not paths(kept, "a", "d", sign=-1).paths
    assert [path.sign for path in paths(kept, "a", "c", steps=2).paths] == [-1]
    assert not paths(kept, "a", "c", steps=1).paths
    with pytest.raises(ClaimError, match="1 to 3 steps"):
        paths(kept, "a", "c", steps=9)


def test_paths_agree_with_an_independent_library(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    import random

    rng = random.Random(3)
    pairs = {(rng.randrange(12), rng.randrange(12)) for _ in range(40)}
    pairs = {(a, b) for a, b in pairs if a != b}
    store = ClaimStore(Store(tmp_path))
    store.lay("g", IMPORT, [edge(f"e{a}-{b}", f"n{a}", "increases", f"n{b}") for a, b in sorted(pairs)], digest="1")
    graph = networkx.DiGraph(sorted(pairs))
    for start, end in [(0, 5), (3, 7), (1, 11)]:
        expected = {tuple(p) for p in networkx.all_simple_paths(graph, start, end, cutoff=3)}
        found = paths(store, f"n{start}", f"n{end}", limit=1_000)
        assert found.complete
        assert {(start, *(int(step.object[1:]) for step in path.steps)) for path in found.paths} == expected


def test_an_unknown_relation_is_said_where_neighbours_are_asked_for(kept: ClaimStore) -> None:
    with pytest.raises(ClaimError, match=r"did you mean 'binds'\?"):
        neighbours(kept, "b", relation="bind")
