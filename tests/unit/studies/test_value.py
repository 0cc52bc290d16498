"""Decisions whose value of information is known on paper."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from pleio.base.errors import StudyError
from pleio.studies.subjects.draws import uniforms
from pleio.studies.value.attribution import explained, joint_share, moments, part, shares_of
from pleio.studies.value.factors import continuous, discrete, dummy, factors_of
from pleio.studies.value.grouping import Grouping
from pleio.studies.value.information import decide, evppi, population, require_enough, values_of
from pleio.studies.value.worth import worth_of
from pleio.studies.worlds import States, Worlds

SIGN = ("increases", "no_effect")


def worlds_with(count: int, seed: int, beliefs: dict[str, float], normals: dict[str, float]) -> Worlds:
    """Worlds of independent contests, true with the given belief, and normal parameters with the given deviation."""
    numbers = np.arange(count)
    return Worlds(
        seed,
        numbers,
        contests={
            name: States(SIGN, (uniforms(seed, f"contest/{name}", numbers) >= belief).astype(np.int64))
            for name, belief in beliefs.items()
        },
        parameters={
            name: norm.ppf(uniforms(seed, f"parameter {name}", numbers)) * deviation
            for name, deviation in normals.items()
        },
    )


def linear_gaussian(worlds: Worlds, mean: float) -> np.ndarray:
    """Act or not: the benefit of acting is mean + Σ parameters."""
    total = mean + sum(worlds.parameters.values())
    return np.stack([np.zeros(len(worlds)), total])


def expected_gain(mean: float, deviation: float) -> float:
    """E max(0, X) − max(0, E X) of a normal: the unit normal loss integral (Raiffa and Schlaifer 1961)."""
    z = abs(mean) / deviation
    return float(deviation * (norm.pdf(z) - z * norm.sf(z)))


def test_linear_gaussian_decision() -> None:
    deviations = {"a": 1.0, "b": 0.5, "c": 0.2}
    worlds = worlds_with(40_000, 1, {}, deviations)
    benefit = linear_gaussian(worlds, 0.3)
    decision = decide(benefit[:, :, None], worlds.weights)
    all_of_it = np.sqrt(sum(d**2 for d in deviations.values()))
    assert decision.evpi == pytest.approx(expected_gain(0.3, all_of_it), rel=0.03)
    assert decision.best == 1
    assert decision.chances[1] == pytest.approx(norm.cdf(0.3 / all_of_it), abs=0.01)
    factors = factors_of(worlds)
    for factor, found in zip(factors, values_of(factors, worlds, benefit), strict=True):
        if factor.kind == "dummy":
            assert not found.is_positive
            continue
        exact = expected_gain(0.3, deviations[factor.name])
        # the sampling error of a mean gain is at most the parameter's deviation over √worlds
        assert found.value == pytest.approx(exact, abs=3 * deviations[factor.name] / np.sqrt(40_000) + 1e-3)
        assert found.is_positive == (exact > 0.002)
    shares = shares_of(factors, worlds, benefit[1], float(benefit[1].var()))
    for factor, share in zip(factors, shares, strict=True):
        exact = 0.0 if factor.kind == "dummy" else deviations[factor.name] ** 2 / all_of_it**2
        assert share.value == pytest.approx(exact, abs=0.006)  # three times the sampling error of the largest


def test_two_claims_of_which_the_more_variable_is_not_worth_testing() -> None:
    """Treatment helps by 5, and by 4 more where claim `size` is true; it harms by 1.2·5 where claim `harm` is true.

    `size` never changes the choice, `harm` does: the exact numbers come from the four worlds.
    """
    beliefs = {"size": 0.5, "harm": 0.1}
    worlds = worlds_with(20_000, 3, beliefs, {})
    size, harm = (worlds.contests[name].index == 0 for name in beliefs)
    benefit = np.stack([np.zeros(len(worlds)), 5.0 + 4.0 * size - 11.0 * harm])
    factors = factors_of(worlds)
    found = dict(zip([f.name for f in factors], values_of(factors, worlds, benefit), strict=True))
    acting = {(s, h): 5 + 4 * s - 11 * h for s in (0, 1) for h in (0, 1)}
    mean = 5 + 2 - 1.1
    exact_harm = 0.9 * max(0, 5 + 2) + 0.1 * max(0, 5 + 2 - 11) - mean
    assert found["harm"].value == pytest.approx(exact_harm, abs=0.04)
    assert found["harm"].is_positive
    assert found["size"].raw == pytest.approx(0, abs=1e-12) and not found["size"].is_positive
    shares = dict(zip([f.name for f in factors], shares_of(factors, worlds, benefit[1], benefit[1].var()), strict=True))
    between = {"size": 16 * 0.25, "harm": 121 * 0.09}
    for name, variance in between.items():
        assert shares[name].value == pytest.approx(variance / sum(between.values()), abs=0.02)
    decision = decide(benefit[:, :, None], worlds.weights)
    exact = sum((0.5 * (0.1 if h else 0.9)) * max(0, acting[s, h]) for s in (0, 1) for h in (0, 1)) - mean
    assert decision.evpi == pytest.approx(exact, abs=0.04)


def test_ishigami() -> None:
    """First-order shares of sin x + 7 sin² y + 0.1 z⁴ sin x (Ishigami and Homma 1990): 0.3139, 0.4424 and 0."""
    count = 30_000
    numbers = np.arange(count)
    worlds = Worlds(
        1, numbers, parameters={name: (2 * uniforms(1, name, numbers) - 1) * np.pi for name in ("x", "y", "z")}
    )
    x, y, z = worlds.parameters.values()
    answer = np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)
    total = 7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.1**2 * np.pi**8 / 18 + 0.5
    first = [0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2 / total, 7**2 / 8 / total, 0.0]
    factors = factors_of(worlds)[:3]
    for exact, share in zip(first, shares_of(factors, worlds, answer, total), strict=True):
        assert share.value == pytest.approx(exact, abs=0.015)
        # z alone moves no mean, but it is no dummy: it sets the spread, so nothing is asked of its permutations
        assert share.is_positive or exact == 0


def test_weights_carry_through() -> None:
    """A contest believed at 0.1 but drawn at 0.5, weighted back, has the value it has at 0.1."""
    plain = worlds_with(40_000, 5, {"c": 0.1}, {"a": 1.0})
    oversampled = worlds_with(40_000, 6, {"c": 0.5}, {"a": 1.0})
    holds = oversampled.contests["c"].index == 0
    oversampled = oversampled.reweighted(np.where(holds, 0.2, 1.8))
    found = []
    for worlds in (plain, oversampled):
        benefit = linear_gaussian(worlds, 0.4)
        benefit[1] -= 3 * (worlds.contests["c"].index == 0)
        found.append(values_of(factors_of(worlds), worlds, benefit, permutations=50, resamples=20)[0].value)
    exact = 0.9 * 0.4 + 0.1 * max(0, 0.4 - 3) - max(0, 0.4 - 0.3)
    assert found == pytest.approx([exact, exact], abs=0.015)


def test_too_few_worlds_are_refused() -> None:
    worlds = worlds_with(300, 1, {"c": 0.5}, {})
    with pytest.raises(StudyError, match="at least 400 are needed; run with about"):
        values_of(factors_of(worlds), worlds, np.zeros((2, 300)))


def test_subjects_are_parted_from_worlds() -> None:
    rng = np.random.default_rng(1)
    worlds, subjects = rng.normal(0, 2, 4000), rng.normal(0, 3, (4000, 8))
    answer = worlds[:, None] + subjects
    answer[5, 3] = np.nan
    found = part(answer, np.ones(4000))
    assert found.worlds == pytest.approx(4, rel=0.08)
    assert found.subjects == pytest.approx(9, rel=0.03)
    assert found.noise == pytest.approx(9 / 8, rel=0.03)
    assert found.subject_share == pytest.approx(9 / 13, rel=0.03)


def test_a_subject_who_failed_in_one_arm_counts_in_none() -> None:
    benefit = np.zeros((2, 3, 4))
    benefit[1] = 1.0
    benefit[0, 1, 2] = np.nan
    benefit[1, 1, 2] = 100.0
    assert decide(benefit, np.ones(3)).means == pytest.approx([0, 1])
    with pytest.raises(StudyError, match="no subject came through"):
        decide(np.full((2, 3, 4), np.nan), np.ones(3))


def test_the_luck_of_subjects_is_no_knowledge() -> None:
    """Two equal arms: the plug-in sees a gain in the subjects' luck, the held-out one does not."""
    rng = np.random.default_rng(2)
    decision = decide(rng.normal(size=(2, 5000, 8)), np.ones(5000))
    assert decision.evpi > 0.15
    assert abs(decision.evpi_held_out) < 0.01


def test_a_spline_follows_a_curve_and_keeps_the_mean() -> None:
    numbers = np.arange(20_000)
    values = uniforms(1, "x", numbers)
    factor = continuous("x", "parameter", values, np.ones(20_000))
    assert factor is not None
    answer = np.cos(4 * values)
    worlds = Worlds(1, numbers)
    (means,) = Grouping([factor], worlds, answer[:, None]).observed()
    assert means.shares @ means.means[:, 0] == pytest.approx(answer.mean(), abs=1e-9)
    assert evppi(means) == pytest.approx(0)
    columns = moments(answer, worlds.weights, float(answer.var()))
    (means,) = Grouping([factor], worlds, columns).observed()
    assert explained(means) == pytest.approx(1, rel=0.002)


@pytest.mark.parametrize("count", [1000, 20_000])
def test_what_a_parameter_explains_in_its_tails_is_not_lost(count: int) -> None:
    """Where an answer is a function of one parameter, that explains all of it, also where a few worlds decide."""
    numbers = np.arange(count)
    score = norm.ppf(uniforms(1, "x", numbers))
    # of a thousand worlds, where the largest stands by chance says more of an answer than any curve can
    for answer, least in ((score, 0.998), (np.exp(0.5 * score), 0.99), (np.exp(score), 0.99 if count > 1000 else 0.92)):
        factor = continuous("x", "parameter", np.exp(score), np.ones(count))
        assert factor is not None
        columns = moments(answer, np.ones(count), float(answer.var()))
        (means,) = Grouping([factor], Worlds(1, numbers), columns).observed()
        assert least < explained(means) <= 1 + 1e-9


def test_the_interval_of_a_share_is_as_wide_as_shares_differ() -> None:
    """A spline is fitted anew to worlds that are drawn again: kept as it was, it would make their spread too large."""
    found, widths, numbers = [], [], np.arange(400)
    for seed in range(240):
        score = norm.ppf(uniforms(seed, "x", numbers))
        answer = score + norm.ppf(uniforms(seed, "rest", numbers))
        factor = continuous("x", "parameter", np.exp(score), np.ones(400))
        assert factor is not None
        worlds = Worlds(seed, numbers)
        (share,) = shares_of([factor], worlds, answer, float(answer.var()), permutations=10, resamples=40)
        found.append(share.value)
        widths.append(share.interval[1] - share.interval[0])
    assert np.mean(found) == pytest.approx(0.5, abs=0.02)
    assert np.mean(widths) == pytest.approx(2 * 1.645 * np.std(found), rel=0.15)


def test_permutations_made_at_once_are_those_made_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = worlds_with(600, 2, {"c": 0.3}, {"a": 1.0})
    benefit = linear_gaussian(worlds, 0.1) - np.stack([np.zeros(600), worlds.contests["c"].index])
    factors = factors_of(worlds)
    together = values_of(factors, worlds, benefit, permutations=9, resamples=9)
    monkeypatch.setattr("pleio.studies.value.grouping.MOST_NUMBERS", 3 * 600 * 2)
    by_two = values_of(factors, worlds, benefit, permutations=9, resamples=9)
    for one, other in zip(together, by_two, strict=True):
        assert (one.value, *one.interval) == pytest.approx((other.value, *other.interval), abs=1e-12)
        assert one.is_positive == other.is_positive


def test_groups_that_depend_on_each_other_are_counted_once() -> None:
    numbers = np.arange(20_000)
    rng = np.random.default_rng(3)
    a = rng.integers(0, 2, 20_000)
    b = np.where(rng.random(20_000) < 0.9, a, 1 - a)
    answer = a + rng.normal(size=20_000)
    worlds = Worlds(1, numbers)
    factors = [discrete(name, "contest", States(SIGN, index)) for name, index in (("a", a), ("b", b))]
    total = float(answer.var())
    singles = sum(share.value for share in shares_of(factors, worlds, answer, total, permutations=20, resamples=5))
    assert joint_share(factors, worlds, answer, total) == pytest.approx(0.2, abs=0.015)
    assert singles > 0.3
    assert joint_share([dummy(worlds)], worlds, answer, total) < 0.001


def test_what_many_factors_explain_by_chance_is_not_their_share() -> None:
    # one factor is half of the answer; forty more, of 120 worlds, explain a third of the rest by chance
    found = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        chosen = rng.integers(0, 2, (41, 120))
        answer = 2.0 * chosen[0] + rng.normal(size=120)
        factors = [discrete(f"c{k}", "contest", States(SIGN, index)) for k, index in enumerate(chosen)]
        found.append(joint_share(factors, Worlds(1, np.arange(120)), answer, float(answer.var())))
    assert np.mean(found) == pytest.approx(0.5, abs=0.04)


def test_permutations_of_stratified_worlds_leave_shares_as_believed() -> None:
    """Worlds drawn given rare outcomes: after permuting, each outcome still weighs what it is believed."""
    count, beliefs = 2000, {"c": 0.02, "d": 0.04}
    numbers = np.arange(count)
    component = np.where(numbers < 200, numbers // 100, -1)
    contests, drawn = {}, np.full(count, 0.9)
    for i, (name, belief) in enumerate(beliefs.items()):
        holds = (uniforms(1, f"contest/{name}", numbers) < belief) | (component == i)
        extra = np.where(holds, 100 / count / belief, 0.0)
        contests[name] = States(SIGN, np.where(holds, 0, 1), extra)
        drawn += extra
    worlds = Worlds(
        1,
        numbers,
        contests=contests,
        weights=1 / drawn / np.mean(1 / drawn),
        importance=np.full(count, 1 / np.mean(1 / drawn)),
        common=0.9,
        component=component,
        component_of=tuple(beliefs),
    )
    factors = factors_of(worlds)
    rng = np.random.default_rng(1)
    other = (contests["d"].index == 0).astype(float)
    grouping = Grouping(factors, worlds, other[:, None])
    believed = [means.shares for means in grouping.observed()]
    (found,) = grouping.permuted(40, rng)
    stratified = [factor.name for factor in factors if factor.stratum is not None]
    assert stratified == list(beliefs)
    for factor, means, shares in zip(factors, found, believed, strict=True):
        if factor.stratum is not None:
            assert means.shares.mean(axis=0) == pytest.approx(shares, abs=0.002)
        if factor.name == "c":  # an answer that follows the other outcome goes on weighing as that one does
            assert means.whole.mean() == pytest.approx(np.average(other, weights=worlds.weights), abs=0.004)


def test_the_mean_of_a_world_is_of_those_who_came_through_in_every_arm() -> None:
    benefit = np.array([[[1.0, 3.0], [2.0, 2.0]], [[5.0, np.nan], [0.0, 4.0]]])  # of arm, world, subject
    np.testing.assert_array_equal(population(benefit), [[1.0, 2.0], [5.0, 2.0]])
    nobody = np.array([[[1.0, np.nan]], [[np.nan, 2.0]]])
    assert np.isnan(population(nobody)).all()


def test_how_often_an_arm_is_best_is_by_the_weight_of_worlds() -> None:
    weights = np.array([6.0, 1.0, 1.0, 2.0])
    benefit = np.array([[0.0] * 4, [1.0, -1.0, -1.0, -1.0]])[:, :, None] + np.zeros(2)
    found = decide(benefit, weights)
    assert found.chances == pytest.approx([0.4, 0.6]) and found.means == pytest.approx([0.0, 0.2])
    assert found.best == 1 and found.evpi == pytest.approx(0.4)


def test_many_worlds_that_weigh_as_few_are_too_few() -> None:
    worlds = worlds_with(2000, 1, {"a": 0.5}, {})
    require_enough(worlds)
    with pytest.raises(StudyError, match="2000 worlds: weigh as 100 equal ones; at least 400 are needed"):
        require_enough(worlds.reweighted(np.where(np.arange(2000) < 100, 1.0, 1e-9)))


def test_the_variance_between_few_worlds_is_not_made_too_small() -> None:
    """In the mean over many studies of five worlds it is what worlds were drawn with."""
    random = np.random.default_rng(7)
    studies = random.normal(0, 2, (3000, 5, 1)) + random.normal(0, 0.5, (3000, 5, 6))
    parts = [part(study, np.ones(5)) for study in studies]
    assert np.mean([each.worlds for each in parts]) == pytest.approx(4, rel=0.06)
    assert np.mean([each.subjects for each in parts]) == pytest.approx(0.25, rel=0.03)


def test_an_estimate_is_positive_above_95_in_100_of_its_permutations() -> None:
    chance = np.random.default_rng(1).permutation(np.arange(1.0, 101.0))
    assert [worth_of(value, chance, np.empty(0)).is_positive for value in (5.5, 50.0, 94.0, 97.0)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert worth_of(60.0, chance, np.empty(0)).value == pytest.approx(60 - 50.5)
    assert not worth_of(0.0, np.zeros(100), np.empty(0)).is_positive
