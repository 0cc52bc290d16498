"""Claims kept in layers: nothing lost, nothing half there, beliefs as of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence, rh_il11_in_mouse
from claim_strategies import claims as any_claim
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.claims.collection import ClaimSet
from pleio.claims.merging import merge_all
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.loading import around
from pleio.claims.tables.records import claim_of, record_of
from pleio.claims.tables.review import beliefs_about, state_of
from pleio.claims.tables.schema import IMPORT, LIBRARY, PRIVATE, PROPOSAL
from pleio.store import Store


@pytest.fixture
def kept(tmp_path: Path) -> ClaimStore:
    return ClaimStore(Store(tmp_path))


@settings(max_examples=60, deadline=None)
@given(any_claim())
def test_rows_have_the_digests_of_the_values_and_give_them_back(one: Claim) -> None:
    record = record_of(one)
    assert record.digest.hex() == one.digest
    assert record.meaning.hex() == one.meaning
    assert [part.digest.hex() for part in record.evidence] == [item.digest for item in one.evidence]
    assert claim_of(record.body, [part.body for part in record.evidence]).digest == one.digest


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_claim(), max_size=6), st.lists(any_claim(), max_size=6))
def test_the_order_of_layers_does_not_matter_and_merging_is_by_meaning(
    tmp_path_factory: pytest.TempPathFactory, first: list[Claim], second: list[Claim]
) -> None:
    found = []
    for order in ((first, second), (second, first)):
        kept = ClaimStore(Store(tmp_path_factory.mktemp("home")))
        for number, layer in enumerate(order):
            kept.lay(f"layer {number}", IMPORT, layer, digest=str(number))
        found.append(list(kept.claims()))
    assert {each.digest for each in found[0]} == {each.digest for each in found[1]}
    merged = [{each.digest for each in merge_all(claims)} for claims in (found[0], found[1], [*first, *second])]
    assert merged[0] == merged[1] == merged[2]


def test_the_belief_in_some_topics_is_that_in_the_whole_library(tmp_path: Path) -> None:
    from pleio.library import open as open_library
    from pleio.library.keeping.kept import kept_claims

    library = open_library("il11")
    kept, whole = kept_claims(library, Store(tmp_path)), library.belief()
    assert {each.digest for each in kept.claims()} == {each.digest for each in library.claims}
    compared = 0
    for one in library.claims.claims[::9]:
        with kept.store.read() as connection:
            part = around(connection, [record_of(one).topic]).believe()
        for id, belief in part.contests.items():
            if one.id in {each.id for each in belief.contest.claims}:
                assert belief.outcomes == pytest.approx(whole.contests[id].outcomes, abs=1e-12)
                compared += 1
    assert compared > 20


def test_a_laboratory_that_another_claim_tells_counts(kept: ClaimStore) -> None:
    """Two papers of one laboratory are weighed as such, though only a claim elsewhere says whose they are."""
    here = claim(evidence(source="pubmed:1"), evidence(source="pubmed:2"), id="here")
    there = claim(
        evidence(source="pubmed:1", laboratory="A"),
        evidence(source="pubmed:2", laboratory="A"),
        id="there",
        object="pleio:other other",
    )
    kept.lay("both", IMPORT, [here, there], digest="1")
    from pleio.claims.belief.beliefs import believe

    alone = believe(ClaimSet((here,))).of("here", "sufficiency").outcomes["increases"]
    whole = believe(ClaimSet((here, there))).of("here", "sufficiency").outcomes["increases"]
    part = beliefs_about(kept, [here]).of("here", "sufficiency").outcomes["increases"]
    assert part == pytest.approx(whole, abs=1e-12)
    assert part < alone - 1e-3


def test_an_assumption_that_comes_later_is_found_to_cover_what_is_kept(kept: ClaimStore) -> None:
    mouse = evidence(species="mouse", from_="human")
    first, second = claim(mouse, id="a"), claim(mouse, id="b", object="pleio:other other")
    kept.lay("mine", IMPORT, [first, second], digest="1")
    assert not beliefs_about(kept, [first]).assumptions
    kept.lay("il11", LIBRARY, [], digest="1", assumptions=[rh_il11_in_mouse()])
    coupled = beliefs_about(kept, [first])
    assert set(coupled.assumptions) == {"rhIL11-in-mouse"}
    assert {each.id for each in coupled.claims} == {"a", "b"}


def test_a_layer_is_laid_once_replaced_by_name_and_taken_away(kept: ClaimStore) -> None:
    one, two = claim(evidence(), id="one"), claim(evidence(), id="two", object="pleio:other other")
    assert kept.lay("mine", IMPORT, [one], digest="1").new == 1
    assert kept.lay("mine", IMPORT, [one], digest="1").already
    assert kept.lay("yours", IMPORT, [one, two], digest="2").new == 1
    kept.lay("mine", IMPORT, [two], digest="3")
    assert {each.id for each in kept.claims()} == {"one", "two"}
    kept.withdraw("yours")
    assert {each.id for each in kept.claims()} == {"two"}
    assert state_of(kept, one.digest) == "gone"
    with pytest.raises(ClaimError, match="did you mean 'mine'"):
        kept.withdraw("mien")
    with pytest.raises(ClaimError, match="is of kind import"):
        kept.lay("mine", PRIVATE, [], digest="4")


def test_private_claims_stay_private_unless_a_public_layer_has_them_too(kept: ClaimStore) -> None:
    one, two = claim(evidence(), id="one"), claim(evidence(), id="two", object="pleio:other other")
    kept.lay("mine", PRIVATE, [one, two], digest="1")
    kept.lay("shared", IMPORT, [two], digest="2")
    assert {each.id for each in kept.claims(private=False)} == {"two"}
    assert {each.id for each in kept.claims()} == {"one", "two"}
    assert {each.id for each in kept.claims(layer="mine")} == {"one", "two"}


def test_proposals_carry_no_weight(kept: ClaimStore) -> None:
    kept.lay("read", PROPOSAL, [claim(evidence(), id="one")], digest="1")
    assert not list(kept.claims())
    assert not beliefs_about(kept, [claim(evidence(), id="one")]).contests


def test_if_reading_fails_half_way_nothing_is_kept(kept: ClaimStore) -> None:
    def broken() -> Iterator[Claim]:
        yield claim(evidence(), id="one")
        raise ClaimError("file", "is torn")

    with pytest.raises(ClaimError, match="is torn"):
        kept.lay("mine", IMPORT, broken(), digest="1")
    assert kept.layers() == ()
    with kept.store.read() as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0]  # noqa: S608
            for t in ("claim", "evidence", "entity")
        ]
    assert counts == [0, 0, 0]


def test_an_id_of_two_claims_and_a_missing_assumption_are_refused(kept: ClaimStore) -> None:
    kept.lay("mine", IMPORT, [claim(evidence(), id="one")], digest="1")
    with pytest.raises(ClaimError, match="is the id of another claim: IL11 increases spreading"):
        kept.lay("yours", IMPORT, [claim(evidence(), id="one", object="pleio:other other")], digest="2")
    with pytest.raises(ClaimError, match="there is no assumption 'magic'"):
        kept.lay("yours", IMPORT, [claim(evidence(rests_on=["magic"]), id="two")], digest="2")
    assert [layer.name for layer in kept.layers()] == ["mine"]


def test_a_document_is_kept_for_ever(kept: ClaimStore) -> None:
    digest = kept.keep_document(b"IL-11 raises ERK", "note.md", "text/markdown")
    assert kept.keep_document(b"IL-11 raises ERK", "other name.md", "text/markdown") == digest
    assert kept.store.blobs.get(digest) == b"IL-11 raises ERK"
