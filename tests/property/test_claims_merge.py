"""Merging claims is commutative, associative and idempotent; what is written comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence
from pleio.claims.claim import Claim
from pleio.claims.merging import merge, merge_all

pieces = st.builds(
    evidence,
    says=st.sampled_from(["supports", "refutes", "null"]),
    source=st.sampled_from(["pubmed:1", "pubmed:2"]),
    species=st.sampled_from(["human", "mouse"]),
)
effects = st.one_of(
    st.none(),
    st.builds(lambda size, n: {"size": size, "n": n}, st.sampled_from([1.5, 3.0]), st.sampled_from([3, None])),
)
claims = st.builds(
    lambda items, **keys: claim(*items, **keys),
    st.lists(pieces, max_size=3),
    id=st.sampled_from(["a", "b", "c"]),
    subject=st.sampled_from(["hgnc:5966 IL11", "hgnc:5966 IL-11"]),
    directness=st.sampled_from(["direct", "net", "unknown"]),
    kind=st.sampled_from(["cell_phenotype", "disease_outcome"]),
    effect=effects,
    note=st.sampled_from([None, "seen once", "seen twice"]),
    margin=st.sampled_from([None, "10 %", "20 %"]),
    system=st.sampled_from([None, "in-vitro", "in-vivo"]),
    context=st.sampled_from([{}, {"species": "human", "cell_type": "cl:0000057 fibroblast"}]),
    rests_on=st.lists(st.sampled_from(["p", "q"]), unique=True, max_size=2),
)
alike = claims.filter(lambda each: each.context.species is None)


def same(first: Claim, second: Claim) -> bool:
    return first.to_json() == second.to_json()


@settings(max_examples=60)
@given(alike, alike)
def test_merging_does_not_depend_on_which_comes_first(a: Claim, b: Claim) -> None:
    assert same(merge(a, b), merge(b, a))


@settings(max_examples=60)
@given(alike, alike, alike)
def test_merging_does_not_depend_on_how_they_are_grouped(a: Claim, b: Claim, c: Claim) -> None:
    assert same(merge(a, merge(b, c)), merge(merge(a, b), c))


@settings(max_examples=60)
@given(alike)
def test_merging_with_itself_adds_nothing(a: Claim) -> None:
    once = merge(a, a)
    assert same(merge(once, once), once)
    assert same(merge(once, a), once)
    assert once.digest == merge(a, once).digest


@settings(max_examples=60)
@given(st.lists(claims, max_size=5), st.randoms(use_true_random=False))
def test_merging_many_does_not_depend_on_their_order(many: list[Claim], random) -> None:
    mixed = list(many)
    random.shuffle(mixed)
    merged = merge_all(many)
    assert [each.to_json() for each in merge_all(mixed)] == [each.to_json() for each in merged]
    assert [each.to_json() for each in merge_all(merged)] == [each.to_json() for each in merged]
    assert len({each.meaning for each in merged}) == len(merged) == len({each.meaning for each in many})


@settings(max_examples=60)
@given(claims)
def test_a_claim_survives_json(each: Claim) -> None:
    assert Claim.model_validate(each.to_json()) == each


def test_claims_of_different_meaning_do_not_merge() -> None:
    with pytest.raises(ValueError, match="do not mean the same"):
        merge(claim(), claim(relation="decreases"))
