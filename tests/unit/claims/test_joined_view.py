"""All that look at claims see the same ones: the library, imports, private layers and reviews joined."""

from __future__ import annotations

from pathlib import Path

import pytest

import pleio
from claim_builders import claim, evidence
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim
from pleio.claims.tables.joined import joined, known, listed, weighed
from pleio.claims.tables.layers import ClaimStore
from pleio.claims.tables.review import decide, undo
from pleio.claims.tables.schema import IMPORT, LIBRARY, PRIVATE
from pleio.claims.tables.search import Filters
from pleio.library.keeping import kept

ERK = "il11-erk-fibroblast"


@pytest.fixture
def store(home: Path) -> ClaimStore:
    return kept.kept_claims(pleio.open("il11"))


def own(**changes: object) -> Claim:
    """Make a null against a claim of the library, in its very words."""
    shipped = pleio.open("il11").claims[ERK]
    said = evidence("null", source="pubmed:77", n=40, perturbation={"agent": "IL11", "form": "recombinant"})
    content = {**shipped.to_json(), "id": "aaa-mine", "evidence": [said], **changes}
    return Claim.model_validate(content)


def test_nothing_kept_beside_it_is_the_library_itself(store: ClaimStore) -> None:
    library = pleio.open("il11")
    assert kept.joined(library, store) is library
    assert {c.id for c in joined(store)} == {c.id for c in library.claims}


def test_a_private_claim_joins_the_one_it_means_and_goes_by_its_id(store: ClaimStore) -> None:
    store.lay("mine", PRIVATE, [own()], digest="1")
    library = kept.joined(pleio.open("il11"), store)
    shipped = pleio.open("il11").claims[ERK]
    assert len(library.claims[ERK].evidence) == len(shipped.evidence) + 1
    assert len(library.claims.public[ERK].evidence) == len(shipped.evidence)
    public = kept.joined(pleio.open("il11"), store, private=False).claims
    assert {c.id: c.digest for c in public} == {c.id: c.digest for c in library.claims.public}
    assert library.problems() == []
    found = known(store, "aaa-mine")
    assert (found.claim.id, found.ids, found.layers) == (ERK, ("aaa-mine", ERK), ("il11", "mine"))


def test_what_a_layer_changed_is_the_difference_of_the_beliefs_without_and_with_it(store: ClaimStore) -> None:
    store.lay("mine", PRIVATE, [own()], digest="1")
    change = kept.change_of(pleio.open("il11"), store, "mine")
    assert change.before is pleio.open("il11")
    moved = {each.contest: each for each in change.beliefs}
    (erk,) = [each for each in moved.values() if each.title == "IL11 → ERK phosphorylation in fibroblast (sufficiency)"]
    assert erk.after["no_effect"] > erk.before["no_effect"] + 0.1
    assert erk.after == change.after.belief().contests[erk.contest].outcomes
    with pytest.raises(ClaimError, match="did you mean 'mine'"):
        kept.change_of(pleio.open("il11"), store, "mime")


def test_a_rejected_claim_of_a_library_keeps_its_id_and_loses_its_evidence(store: ClaimStore) -> None:
    review = decide(store, ERK, "reject", who="me", why="one group")
    library = kept.joined(pleio.open("il11"), store)
    assert library.claims[ERK].evidence == ()
    assert library.problems() == []
    ids = {item.claim.id for item in listed(store, Filters(entity="IL11"))[0]}
    assert ERK not in ids
    found = known(store, ERK)
    assert (found.state, [each.why for each in found.reviews]) == ("rejected", ["one group"])
    undo(store, who="me", number=review.number)
    assert kept.joined(pleio.open("il11"), store).claims[ERK].digest == pleio.open("il11").claims[ERK].digest


def test_lists_show_imports_with_their_layers_and_say_when_there_are_more(store: ClaimStore) -> None:
    store.lay("taken", IMPORT, [claim(evidence(), id=f"t{i}", object=f"pleio:o{i} o{i}") for i in range(5)], digest="1")
    found, more = listed(store, Filters(entity="o3"))
    assert [(item.claim.id, item.layers) for item in found] == [("t3", ("taken",))]
    assert not more
    assert listed(store, Filters(), limit=3)[1]


def test_weighing_a_few_gives_the_beliefs_of_the_whole(store: ClaimStore) -> None:
    store.lay("mine", PRIVATE, [own()], digest="1")
    whole = kept.joined(pleio.open("il11"), store).belief()
    for id, belief in weighed(store, Filters(entity="ERK")).contests.items():
        assert belief.outcomes == pytest.approx(whole.contests[id].outcomes, abs=1e-12)


def test_of_very_many_only_those_that_bear_on_the_library_are_joined(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.lay(
        "many", IMPORT, [claim(evidence(), id=f"t{i}", object=f"pleio:o{i} o{i}") for i in range(300)], digest="1"
    )
    store.lay("mine", PRIVATE, [own()], digest="1")
    monkeypatch.setattr("pleio.claims.tables.joined.MOST_COUPLED", 400)
    found = joined(store)
    assert {c.id for c in found} == {c.id for c in pleio.open("il11").claims}
    assert len(found[ERK].evidence) > len(pleio.open("il11").claims[ERK].evidence)
    assert [layer.kind for layer in store.layers()] == [LIBRARY, IMPORT, PRIVATE]
