"""Reviews are appended, never rewritten; the last that was not undone stands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from claim_builders import claim, evidence
from pleio.base.errors import ClaimError, StoreError
from pleio.claims.claim import Claim
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import beliefs_about, changes, decide, proposals, reviews, state_of, undo
from pleio.claims.tables.schema import IMPORT, PRIVATE, PROPOSAL
from pleio.claims.tables.settling import settle
from pleio.store import Store

ONE = claim(evidence(), id="one")
BETTER = ONE.model_copy(update={"note": "as the legend says"})
BEST = ONE.model_copy(update={"note": "as the figure says"})


@pytest.fixture
def kept(tmp_path: Path) -> ClaimStore:
    store = ClaimStore(Store(tmp_path))
    store.lay("read", PROPOSAL, [ONE], digest="1")
    return store


def accepted(store: ClaimStore) -> list[Claim]:
    return list(store.claims())


def test_accept_reject_and_undo(kept: ClaimStore) -> None:
    assert [p.digest for p in proposals(kept)] == [ONE.digest]
    first = decide(kept, ONE.digest, "accept", who="me", why="seen")
    assert (accepted(kept), proposals(kept)) == ([ONE], ())
    decide(kept, "one", "reject", who="you", why="retracted")
    assert accepted(kept) == []
    undo(kept, who="you")
    assert accepted(kept) == [ONE]
    undo(kept, who="you", number=first.number)
    assert state_of(kept, "one") == "proposed"
    with pytest.raises(ClaimError, match="you has none that stands"):
        undo(kept, who="you")
    assert [(r.decision, r.who, r.why, r.undoes) for r in reviews(kept)] == [
        ("accept", "me", "seen", None),
        ("reject", "you", "retracted", None),
        ("undo", "you", "", 2),
        ("undo", "you", "", 1),
    ]


def test_an_edit_puts_a_claim_in_anothers_place(kept: ClaimStore) -> None:
    decide(kept, ONE.digest, "edit", who="me", replacement=BETTER)
    assert accepted(kept) == [BETTER]
    decide(kept, BETTER.digest, "edit", who="me", replacement=BEST)
    assert accepted(kept) == [BEST]
    with pytest.raises(ClaimError, match="goes back to an earlier claim"):
        decide(kept, BEST.digest, "edit", who="me", replacement=ONE)
    undo(kept, who="me")
    assert accepted(kept) == [BETTER]
    undo(kept, who="me")
    assert (accepted(kept), state_of(kept, ONE.digest)) == ([], "proposed")


def test_a_private_claim_that_was_edited_is_still_private(tmp_path: Path) -> None:
    kept = ClaimStore(Store(tmp_path))
    kept.lay("mine", PRIVATE, [ONE], digest="1")
    decide(kept, ONE.digest, "edit", who="me", replacement=BETTER)
    assert [c.note for c in kept.claims()] == [BETTER.note]
    assert list(kept.claims(private=False)) == []


def test_a_review_holds_when_its_layer_is_laid_again(tmp_path: Path) -> None:
    kept = ClaimStore(Store(tmp_path))
    kept.lay("graph", IMPORT, [ONE], digest="1")
    decide(kept, ONE.digest, "reject", who="me")
    other = claim(evidence(), id="two", object="pleio:other other")
    kept.lay("graph", IMPORT, [ONE, other], digest="2")
    assert [c.id for c in kept.claims()] == ["two"]


def test_the_tables_refuse_to_rewrite_a_review(kept: ClaimStore) -> None:
    decide(kept, ONE.digest, "accept", who="me")
    for sql in ("UPDATE review SET who = 'you'", "DELETE FROM review"):
        with pytest.raises(StoreError, match="a review is never"), kept.store.write() as connection:
            connection.execute(sql)
    assert [r.who for r in reviews(kept)] == ["me"]


def test_every_wrong_part_of_a_decision_is_named(kept: ClaimStore) -> None:
    with pytest.raises(ClaimError) as caught:
        decide(kept, ONE.digest, "approve", who=" ", why="x" * 9_999)
    assert len(caught.value.problems) == 3
    with pytest.raises(ClaimError, match="does not exist"):
        decide(kept, "nothing", "accept", who="me")
    with pytest.raises(ClaimError, match="changes nothing"):
        decide(kept, ONE.digest, "edit", who="me", replacement=ONE)
    with pytest.raises(ClaimError, match="no assumption 'magic'"):
        decide(kept, ONE.digest, "edit", who="me", replacement=ONE.model_copy(update={"rests_on": ("magic",)}))
    assert reviews(kept) == ()


def test_what_a_decision_changes_is_said(kept: ClaimStore) -> None:
    against = claim(evidence(says="null", source="pubmed:2", n=60), id="one")
    kept.lay("more", PROPOSAL, [against], digest="2")
    decide(kept, ONE.digest, "accept", who="me")
    before = beliefs_about(kept, [ONE])
    decide(kept, against.digest, "accept", who="me")
    (change,) = changes(before, beliefs_about(kept, [ONE]))
    assert change.after["increases"] < change.before["increases"]
    assert changes(before, before) == ()


def test_states_always_follow_from_layers_and_reviews(tmp_path: Path) -> None:
    """After any sequence of decisions, working every state out anew changes nothing."""
    rng = random.Random(7)
    kept = ClaimStore(Store(tmp_path))
    many = [claim(evidence(), id=f"c{i}", object=f"pleio:o{i} o{i}") for i in range(6)]
    kept.lay("read", PROPOSAL, many[:4], digest="1")
    kept.lay("graph", IMPORT, many[3:], digest="1")
    for number in range(60):
        one = rng.choice(many)
        try:
            if rng.random() < 0.4:
                undo(kept, who="me")
            elif rng.random() < 0.3:
                decide(kept, one.digest, "edit", who="me", replacement=one.model_copy(update={"note": f"n{number}"}))
            else:
                decide(kept, one.digest, rng.choice(["accept", "reject"]), who="me")
        except ClaimError:
            continue
        if number == 30:
            kept.withdraw("graph")
    with kept.store.write() as connection:
        before = connection.execute("SELECT key, state FROM claim ORDER BY key").fetchall()
        settle(connection, [row["key"] for row in before])
        after = connection.execute("SELECT key, state FROM claim ORDER BY key").fetchall()
    assert list(map(tuple, before)) == list(map(tuple, after))
