"""Laws of belief: order means nothing, probabilities sum to 1, support supports, and the unrelated stays as it was."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claim_builders import beliefs, claim, evidence, outcomes, review, rh_il11_in_mouse
from pleio.claims.claim import Claim
from pleio.claims.vocabulary import BANDS

QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

pieces = st.builds(
    lambda cites, **keys: review([cites], **keys) if cites else evidence(**keys),
    cites=st.sampled_from([None, None, None, "pubmed:1", "pubmed:7"]),
    says=st.sampled_from(["supports", "refutes", "null"]),
    source=st.sampled_from([f"pubmed:{i}" for i in range(1, 6)]),
    species=st.sampled_from(["human", "mouse", "rat"]),
    from_=st.sampled_from(["human", "mouse"]),
    form=st.sampled_from(["recombinant", "knock-out", "transgene"]),
    modality=st.sampled_from(["asserted", "hedged", "speculative"]),
    trust=st.sampled_from(["abstract", "unv-M"]),
    laboratory=st.sampled_from(["A", "B", "C"]),
    n=st.sampled_from([None, 3, 30]),
)
bodies = st.lists(pieces, max_size=5)
OBJECTS = ("pleio:spreading spreading", "pleio:other other")


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for i, items in enumerate(draw(st.lists(bodies, min_size=1, max_size=3))):
        relation = draw(st.sampled_from(["increases", "decreases", "regulates"]))
        found.append(claim(*items, id=f"c{i}", relation=relation, object=draw(st.sampled_from(OBJECTS))))
    return found


@QUIET
@given(given_claims=claims(), band=st.sampled_from(BANDS), seed=st.integers(0, 9))
def test_the_order_of_claims_and_evidence_changes_nothing(given_claims, band, seed) -> None:
    mixed = list(given_claims)
    shuffle = random.Random(seed).shuffle
    shuffle(mixed)
    for i, each in enumerate(mixed):
        items = list(each.evidence)
        shuffle(items)
        mixed[i] = each.model_copy(update={"evidence": tuple(items)})
    first = beliefs(*given_claims, band=band, assumptions=(rh_il11_in_mouse(),))
    second = beliefs(*mixed, band=band, assumptions=(rh_il11_in_mouse(),))
    assert list(first.contests) == list(second.contests)
    for id, belief in first.contests.items():
        assert dict(belief.outcomes) == pytest.approx(dict(second.contests[id].outcomes), abs=1e-12)
        assert belief.why == second.contests[id].why


@QUIET
@given(given_claims=claims(), band=st.sampled_from(BANDS))
def test_probabilities_are_probabilities(given_claims, band) -> None:
    found = beliefs(*given_claims, band=band, assumptions=(rh_il11_in_mouse(),))
    for shown in [*(c.outcomes for c in found.contests.values()), *(a.states for a in found.assumptions.values())]:
        assert sum(shown.values()) == pytest.approx(1, abs=1e-12)
        assert all(0 < p < 1 for p in shown.values())
    for belief in found.contests.values():
        assert belief.would_change
        for weight in belief.evidence:
            assert all(np.isfinite(list(weight.log_factors.values())))


@QUIET
@given(items=bodies, band=st.sampled_from(BANDS), n=st.sampled_from([None, 3, 30]))
def test_independent_support_in_the_target_context_never_lowers_a_belief(items, band, n) -> None:
    """The assumption is left out: with it, support may show that earlier support was reversed."""
    before = outcomes(claim(*items, evidence("null", "pubmed:50")), band=band)
    support = evidence("supports", "pubmed:60", laboratory="new", n=n, context={"system": "in vitro"})
    after = outcomes(claim(*items, evidence("null", "pubmed:50"), support), band=band)
    assert after["increases"] >= before["increases"] - 1e-12


@QUIET
@given(items=bodies, others=bodies, band=st.sampled_from(BANDS))
def test_unrelated_claims_leave_a_belief_as_it_was(items, others, band) -> None:
    first, unrelated = claim(*items), claim(*others, id="d", object="pleio:other other")
    alone, together = beliefs(first, band=band), beliefs(first, unrelated, band=band)
    for id, belief in alone.contests.items():
        assert dict(together.contests[id].outcomes) == dict(belief.outcomes)


@QUIET
@given(items=bodies, others=bodies)
def test_adding_an_unrelated_claim_leaves_all_other_draws_as_they_were(items, others) -> None:
    def uniforms(name: str) -> np.ndarray:
        return np.random.default_rng(list(name.encode())).random(50)

    first, unrelated = claim(*items), claim(*others, id="d", object="pleio:other other")
    alone, together = beliefs(first).draw(uniforms), beliefs(first, unrelated).draw(uniforms)
    for id, drawn in alone.outcomes.items():
        assert (together.outcomes[id] == drawn).all()


@QUIET
@given(items=bodies)
def test_reading_a_claim_again_changes_nothing(items) -> None:
    once, twice = beliefs(claim(*items)), beliefs(claim(*items), claim(*items, id="again"))
    for id, belief in once.contests.items():
        assert dict(twice.contests[id].outcomes) == dict(belief.outcomes)
