"""Laws of drawing worlds, for any small posterior."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.base.quantities import parse_distribution
from pleio.claims.belief.joint import Group, Table
from pleio.inference.worlds import CARRIERS, MOST_FOR_RARE, Joint, draw_worlds, plan
from pleio.studies.mechanism import Mechanism

OUTCOMES = ("increases", "decreases", "no_effect")
NETWORK: Any = None
MECHANISM = Mechanism(NETWORK, uncertain={"k": parse_distribution("lognormal(1, 30 %)")})


def simplex(size: int) -> st.SearchStrategy[np.ndarray]:
    part = st.floats(0.01, 1.0) | st.floats(0.001, 0.03)  # rare outcomes often
    return st.lists(part, min_size=size, max_size=size).map(lambda parts: np.array(parts) / sum(parts))


@st.composite
def posteriors(draw: Any) -> Joint:
    """Up to four contests, each resting on one assumption of two states or on none."""
    prior = draw(simplex(2))
    tables, outcomes = {}, {}
    for i in range(draw(st.integers(1, 4))):
        name = f"contest{i}"
        if draw(st.booleans()):
            rows = np.stack([draw(simplex(3)), draw(simplex(3))])
            tables[name] = Table(("premise",), np.zeros(2), rows)
            belief = prior @ rows
        else:
            belief = draw(simplex(3))
            tables[name] = Table((), np.zeros(()), belief)
        outcomes[name] = dict(zip(OUTCOMES, map(float, belief), strict=True))
    group = Group(("premise",), prior, prior, np.log(prior))
    return Joint((group,), tables, outcomes, {"premise": ("holds", "fails")}, {})


@given(posteriors(), st.integers(0, 2**40))
@settings(max_examples=40, deadline=None)
def test_weights_make_worlds_as_believed(posterior: Joint, seed: int) -> None:
    worlds = draw_worlds(posterior, MECHANISM, count=2000, seed=seed)
    assert worlds.weights.mean() == pytest.approx(1)
    assert worlds.weights.max() <= 1 / (1 - MOST_FOR_RARE) / (1 / worlds.oversampling).mean() + 1e-9
    assert worlds.effective > 700
    raw = 1 / worlds.oversampling
    for name, beliefs in posterior.outcomes.items():
        for i, outcome in enumerate(OUTCOMES):
            terms = raw * (worlds.contests[name].index == i)
            error = max(terms.std() / np.sqrt(len(terms)), 1 / len(terms))
            assert abs(terms.mean() - beliefs[outcome]) < 5.5 * error


@given(posteriors(), st.integers(0, 2**40))
@settings(max_examples=40, deadline=None)
def test_rare_outcomes_are_carried(posterior: Joint, seed: int) -> None:
    count = 2000
    strata = plan(posterior, count)
    worlds = draw_worlds(posterior, MECHANISM, count=count, seed=seed)
    assert sum(stratum.count for stratum in strata) <= MOST_FOR_RARE * count
    for stratum in strata:
        states = worlds.contests[stratum.contest]
        carried = int((states.index == states.names.index(stratum.outcome)).sum())
        assert carried >= stratum.count == min(CARRIERS, int(MOST_FOR_RARE * count / len(strata)))


@given(posteriors(), st.integers(0, 2**40))
@settings(max_examples=30, deadline=None)
def test_the_order_of_contests_changes_nothing(posterior: Joint, seed: int) -> None:
    turned = Joint(
        posterior.groups,
        dict(reversed(posterior.tables.items())),
        dict(reversed(posterior.outcomes.items())),
        posterior.states,
        {},
    )
    one, other = (draw_worlds(p, MECHANISM, count=300, seed=seed) for p in (posterior, turned))
    assert (one.weights == other.weights).all()
    assert (one.parameters["k"] == other.parameters["k"]).all()
    for name in posterior.outcomes:
        assert (one.contests[name].index == other.contests[name].index).all()


@given(posteriors(), st.integers(0, 2**40))
@settings(max_examples=30, deadline=None)
def test_without_rare_outcomes_one_more_contest_moves_no_other(posterior: Joint, seed: int) -> None:
    last = list(posterior.outcomes)[-1]
    fewer = Joint(
        posterior.groups,
        {k: v for k, v in posterior.tables.items() if k != last},
        {k: v for k, v in posterior.outcomes.items() if k != last},
        posterior.states,
        {},
    )
    one, other = (draw_worlds(p, MECHANISM, count=300, seed=seed) for p in (posterior, fewer))
    untouched = (one.component < 0) & (other.component < 0)
    for name in fewer.outcomes:
        assert (one.contests[name].index[untouched] == other.contests[name].index[untouched]).all()
    assert (one.parameters["k"] == other.parameters["k"]).all()
