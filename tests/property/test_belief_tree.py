"""Message passing up the truth tree, and enumeration of assumptions, equal the sum over every state of every node."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claim_builders import claim, evidence, rh_il11_in_mouse
from pleio.claims.assumption import Assumption
from pleio.claims.belief.beliefs import believe
from pleio.claims.belief.constants import values
from pleio.claims.belief.reports import Class, Report
from pleio.claims.belief.tree import likelihood, matrix, prior
from pleio.claims.collection import ClaimSet
from pleio.claims.vocabulary import BANDS, PRESENCE_OUTCOMES, SIGN_OUTCOMES

PLACES = (Class(("human",), 0.97), Class(("mouse",), 0.5))
EFFECTS = {"a": "reversed", "b": "noise", "c": "support", "d": "reversed"}  # two reversals are none


def by_brute_force(reports, outcomes, before, k, effects):
    """Sum over the local truth of every class, laboratory and paper, for each truth of the target."""
    noisy = {r: tuple(name for name in r.rests_on if effects[name] == "noise") for r in reports}
    if any(noisy.values()):  # each set of noisy reports has a truth of its own
        main = by_brute_force([r for r in reports if not noisy[r]], outcomes, before, k, effects)
        for key in set(noisy.values()) - {()}:
            apart = [replace(r, rests_on=tuple(set(r.rests_on) - set(key))) for r in reports if noisy[r] == key]
            elsewhere = by_brute_force(apart, outcomes, before, k, effects)
            factor = sum(p * q for p, q in zip(before, elsewhere, strict=True))
            main = [value * factor for value in main]
        return main
    classes = sorted({r.place.key for r in reports})
    laboratories = sorted({(r.place.key, r.laboratory) for r in reports})
    papers = sorted({(r.place.key, r.laboratory, r.source) for r in reports})
    nodes = [*((key,) for key in classes), *laboratories, *papers]
    tau = {(r.place.key,): r.place.tau for r in reports}
    tau |= dict.fromkeys(laboratories, k["same_laboratory"]) | dict.fromkeys(papers, k["same_paper"])
    size, total = len(outcomes), []
    for truth in range(size):
        terms = []
        for states in product(range(size), repeat=len(nodes)):
            local = dict(zip(nodes, states, strict=True))
            p = 1.0
            for node in nodes:
                parent = local[node[:-1]] if len(node) > 1 else truth
                p *= tau[node] * (local[node] == parent) + (1 - tau[node]) * before[local[node]]
            for r in reports:
                p *= said(r, local[(r.place.key, r.laboratory, r.source)], outcomes, k, effects)
            terms.append(p)
        total.append(math.fsum(terms))
    return total


def said(report, truth, outcomes, k, effects):
    made = [effects[name] for name in report.rests_on]
    if made.count("reversed") % 2 and truth < 2:
        truth = 1 - truth
    chance = [1.0] * (len(outcomes) - 1) + [k["publish_null"]]
    informative = matrix(len(outcomes), report.power, k)[truth]
    heard = [report.rho * p + (1 - report.rho) * q / sum(chance) for p, q in zip(informative, chance, strict=True)]
    return sum(p for p, name in zip(heard, outcomes, strict=True) if name in report.outcomes)


@st.composite
def trees(draw):
    outcomes = draw(st.sampled_from([SIGN_OUTCOMES, PRESENCE_OUTCOMES]))
    names = st.sets(st.sampled_from(outcomes), min_size=1, max_size=len(outcomes) - 1)
    reports = [
        Report(
            outcomes=frozenset(draw(names)),
            source=draw(st.sampled_from("pq")),
            laboratory=draw(st.sampled_from("AB")),
            place=draw(st.sampled_from(PLACES)),
            rho=draw(st.floats(0.05, 0.95)),
            power=draw(st.floats(0, 1)),
            rests_on=tuple(sorted(draw(st.sets(st.sampled_from("abcd"))))),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return outcomes, reports


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=trees(), band=st.sampled_from(BANDS), null=st.floats(0.1, 0.9))
def test_messages_equal_the_sum_over_all_states(tree, band, null) -> None:
    outcomes, reports = tree
    k, before = values(band, "cell_phenotype"), prior(tree[0], null)
    found = likelihood(reports, outcomes, before, k, EFFECTS)
    exact = by_brute_force(reports, outcomes, before, k, EFFECTS)
    assert [value * math.exp(found.log_scale) for value in found.values] == pytest.approx(exact, rel=1e-12)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    weights=st.tuples(*[st.floats(0.05, 1)] * 3),
    second=st.floats(0.1, 0.9),
    says=st.lists(st.sampled_from(["supports", "null", "refutes"]), min_size=4, max_size=4),
)
def test_the_joint_posterior_equals_the_sum_over_assumptions_and_outcomes(weights, second, says) -> None:
    """Two contests coupled by one assumption, one of them by a second assumption too."""
    mouse = rh_il11_in_mouse(*(weight / sum(weights) for weight in weights[:2]), 1 - sum(weights[:2]) / sum(weights))
    prior_of = [{"sceptic": p, "neutral": p, "believer": p} for p in (second, 1 - second)]
    purity = Assumption.model_validate(
        {
            "id": "pure",
            "premise": "The protein was free of endotoxin",
            "why": "It was made in bacteria",
            "states": [
                {"name": "clean", "effect": "support", "prior": prior_of[0]},
                {"name": "tainted", "effect": "noise", "prior": prior_of[1]},
            ],
        }
    )
    first = claim(
        evidence(says[0], "pubmed:1", species="mouse", from_="human", rests_on=["pure"]), evidence(says[1], "pubmed:2")
    )
    other = claim(
        evidence(says[2], "pubmed:3", species="mouse", from_="human"),
        evidence(says[3], "pubmed:4", laboratory="B"),
        id="d",
        object="pleio:other other",
    )
    found = believe(ClaimSet((first, other), (mouse, purity)))
    k = values("neutral", "cell_phenotype")
    joint: dict[tuple[str, str, str, str], float] = {}
    contests = [found.of("c", "sufficiency"), found.of("d", "sufficiency")]
    for m, p in product(mouse.states, purity.states):
        effects = {mouse.id: m.effect, purity.id: p.effect}
        likelihoods = [
            by_brute_force(each.reports, SIGN_OUTCOMES, tuple(each.prior.values()), k, effects) for each in contests
        ]
        for i, j in product(range(3), repeat=2):
            joint[m.name, p.name, SIGN_OUTCOMES[i], SIGN_OUTCOMES[j]] = (
                m.prior.neutral
                * p.prior.neutral
                * likelihoods[0][i]
                * likelihoods[1][j]
                * contests[0].prior[SIGN_OUTCOMES[i]]
                * contests[1].prior[SIGN_OUTCOMES[j]]
            )
    total = math.fsum(joint.values())
    for axis, shown in enumerate(
        [found.assumptions[mouse.id].states, found.assumptions["pure"].states, *(each.outcomes for each in contests)]
    ):
        for name, p in shown.items():
            exact = math.fsum(weight for key, weight in joint.items() if key[axis] == name) / total
            assert p == pytest.approx(exact, abs=1e-12)


def test_a_report_that_two_assumptions_reverse_says_what_it_says() -> None:
    plain = Report(frozenset({"increases"}), "p", "A", PLACES[0], 0.9, 0.8)
    k, before = values("neutral", "cell_phenotype"), prior(SIGN_OUTCOMES, 0.4)
    once, twice, never = (
        likelihood([replace(plain, rests_on=names)], SIGN_OUTCOMES, before, k, EFFECTS).posterior(before)
        for names in (("a",), ("a", "d"), ())
    )
    assert twice == pytest.approx(never) and once == pytest.approx([never[1], never[0], never[2]])


def test_thousands_of_reports_do_not_vanish() -> None:
    reports = [Report(frozenset({"increases"}), f"p{i}", f"l{i}", PLACES[0], 0.9, 0.9) for i in range(5000)]
    found = likelihood(reports, SIGN_OUTCOMES, prior(SIGN_OUTCOMES, 0.4), values("neutral", "cell_phenotype"))
    assert math.isfinite(found.evidence(prior(SIGN_OUTCOMES, 0.4)))
    # they settle the truth of their class, and only τ stands between it and the target
    tau = PLACES[0].tau
    assert found.posterior(prior(SIGN_OUTCOMES, 0.4))[0] == pytest.approx(tau + (1 - tau) * 0.3, abs=1e-9)
