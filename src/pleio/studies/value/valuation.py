"""The whole answer to "what explains most, and what is worth testing": one value object, one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...base.errors import StudyError
from ..result import Result
from .attribution import SHARE, joint_share, moments, part
from .factors import Factor, factors_of
from .grouping import Grouping, Means
from .information import Decision, decide, evppi, gains, population, require_enough
from .sensitivity import fair_shares
from .worth import PERMUTATIONS, RESAMPLES, Statistic, Worth, estimate

Array = NDArray[np.float64]

LEAST_SAID, MOST_SAID = 0.005, 3
"""Of the fair shares, so large ones, and so many, are put in words."""


@dataclass(frozen=True)
class Finding:
    """What one factor explains and what knowing it is worth.

    Attributes:
        kind: contest, assumption, gain, parameter, or dummy, the negative control.
        share: of the variance of the answer.
        worth: the value of knowing it, in the utility's unit.
        best_if: state → the best arm where it holds; for contests, assumptions and the dummy.
        chances: state → how probable it is.
        fair: its Shapley share among the contests and assumptions that explain most, with which it is dependent; net
            of chance, and None for all else.
    """

    name: str
    title: str
    kind: str
    share: Worth
    worth: Worth
    best_if: Mapping[str, str]
    chances: Mapping[str, float]
    fair: float | None = None

    @property
    def changes_choice(self) -> bool:
        """Whether knowing it could change which arm is chosen."""
        return len(set(self.best_if.values())) > 1


@dataclass(frozen=True)
class Valuation:
    """What decides the study, and what to test next.

    Attributes:
        about: what the shares are shares of, in words.
        best: the arm with the greatest mean net benefit.
        means: arm → mean net benefit, in `unit`.
        chances: arm → how often it is the best.
        evpi, evpi_held_out: what knowing the world would add; see `value.Decision`.
        shares: sign, magnitude, parameters, assumptions, subjects, interaction → share of the variance; assumptions act
            through contests too, so theirs overlaps with that of the signs and is not part of the sum.
        findings: one for each factor, the most valuable first.
        population: decisions a year, where the study says so.
    """

    about: str
    unit: str
    best: str
    means: Mapping[str, float]
    chances: Mapping[str, float]
    evpi: float
    evpi_held_out: float
    shares: Mapping[str, float]
    findings: tuple[Finding, ...]
    sentence: str
    worlds: int
    effective: float
    left_out: int
    population: float | None

    @property
    def control(self) -> Finding:
        """The dummy claim."""
        return next(finding for finding in self.findings if finding.kind == "dummy")

    @property
    def together(self) -> str:
        """Say how what contests and assumptions explain is parted among them, interactions shared; "" without any."""
        parts = [(f.fair, f.title) for f in self.findings if f.fair is not None and f.fair >= LEAST_SAID]
        parts.sort(key=lambda one: (-one[0], one[1]))
        said = ", ".join(f"'{title}' {100 * fair:.0f} %" for fair, title in parts[:MOST_SAID])
        return f"Interactions and dependence shared fairly (Shapley), of the variance: {said}." if said else ""

    def to_json(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def valuation(
    result: Result,
    *,
    titles: Mapping[str, str] | None = None,
    prices: Mapping[str, float] | None = None,
    permutations: int = PERMUTATIONS,
    resamples: int = RESAMPLES,
) -> Valuation:
    """Say what explains the answer of a study, and what is worth testing.

    Args:
        titles: contest, assumption or parameter → what a reader calls it.
        prices: replace those of the study's decision.
    Raises:
        StudyError: the study has no decision, or its worlds weigh less than 400 equal ones.
    """
    benefit = result.utility(prices)
    mean = population(benefit)
    usable = np.isfinite(mean).all(axis=0)
    worlds = result.worlds.take(np.nonzero(usable)[0])
    require_enough(worlds)
    benefit, mean = benefit[:, usable], mean[:, usable]
    decision = decide(benefit, worlds.weights)
    reference = reference_arm(result, decision)
    answer = benefit[decision.best] - benefit[reference]
    variance = part(answer, worlds.weights)
    factors = factors_of(worlds, result.gains)
    spread = moments(mean[decision.best] - mean[reference], worlds.weights, variance.total or 1.0)
    answers = np.concatenate([gains(mean, worlds.weights).T, spread], axis=1)
    grouping = Grouping(factors, worlds, answers)
    worths, shares = estimate(
        grouping,
        [Statistic(lambda means: evppi(_arms(means))), SHARE],
        permutations=permutations,
        resamples=resamples,
    )
    fair = fair_shares(factors, shares, worlds, spread[:, 0])
    names = {factor.name: (titles or {}).get(factor.name, factor.name) for factor in factors}
    findings = [
        Finding(f.name, names[f.name], f.kind, share, worth, *_by_state(f, means, result.arms), fair=fair.get(f.name))
        for f, share, worth, means in zip(factors, shares, worths, grouping.observed(), strict=True)
    ]
    findings.sort(key=lambda found: (-found.worth.value, -found.share.value, found.name))
    arms = result.arms
    return Valuation(
        f"the net benefit of '{arms[decision.best]}' over '{arms[reference]}'",
        _unit(result),
        arms[decision.best],
        dict(zip(arms, map(float, decision.means), strict=True)),
        dict(zip(arms, map(float, decision.chances), strict=True)),
        decision.evpi,
        decision.evpi_held_out,
        _groups(factors, findings, grouping, spread[:, 0], variance.subject_share),
        tuple(findings),
        sentence(findings, arms[decision.best]),
        len(result.worlds),
        worlds.effective,
        int((~usable).sum()),
        result.study.decision.population_size if result.study.decision else None,
    )


def reference_arm(result: Result, decision: Decision) -> int:
    """Choose what the best arm is compared with: the first arm in which nothing is given, else the runner-up.

    Raises:
        StudyError: there is one arm only.
    """
    for i, arm in enumerate(result.study.arms.values()):
        if not arm and i != decision.best:
            return i
    ranked = np.argsort(-decision.means, kind="stable")
    if len(ranked) < 2:
        raise StudyError("decision", "there is one arm only, so that nothing is to be decided")
    return int(ranked[1])


def sentence(findings: list[Finding], best: str) -> str:
    """Say in one sentence which factor explains most, which is worth testing most, and why they differ if they do."""
    real = [finding for finding in findings if finding.kind in ("contest", "assumption")]
    explaining = [finding for finding in real if finding.share.is_positive]
    worthwhile = [finding for finding in real if finding.worth.is_positive]
    if not explaining and not worthwhile:
        return f"No contest or assumption explains or changes the choice of '{best}' beyond chance."
    if not explaining:
        tested = worthwhile[0]
        return (
            f"No single claim explains the spread; '{tested.title}' is worth testing most, since {_turn(tested, best)}."
        )
    first = max(explaining, key=lambda finding: finding.share.value)
    percent = f"{100 * first.share.value:.0f} % of the variance"
    share = f"'{first.title}' explains most of what differs between worlds ({percent})"
    if not worthwhile:
        kept = f"'{best}' stays best on average whatever any of them turns out to be"
        return f"{share}, but no claim is worth testing: {kept}."
    tested = worthwhile[0]
    if tested.name == first.name:
        return f"{share} and is worth testing most, since {_turn(tested, best)}."
    why = (
        f"'{best}' stays best on average whatever '{first.title}' turns out to be"
        if not first.changes_choice
        else f"knowing '{first.title}' would change the choice less often, or by less"
    )
    return f"{share}, but '{tested.title}' is worth testing most: {why}, while {_turn(tested, best)}."


def _turn(finding: Finding, best: str) -> str:
    """Say which state of a factor would change the choice, and to what."""
    other = {state: arm for state, arm in finding.best_if.items() if arm != best}
    if not other:
        return "it moves the balance between the arms"
    state = max(other, key=lambda name: finding.chances[name])
    chance = f"{100 * finding.chances[state]:.0f} % probable"
    return f"the answer '{state.replace('_', ' ')}' ({chance}) would make '{other[state]}' best"


def _arms(means: Means) -> Means:
    return Means(means.shares, means.means[..., :-2], means.whole[..., :-2])


def _by_state(factor: Factor, means: Means, arms: tuple[str, ...]) -> tuple[dict[str, str], dict[str, float]]:
    if factor.smoother is not None:
        return {}, {}
    best = means.means[:, :-2].argmax(axis=1)
    return (
        {level: arms[i] for level, i in zip(factor.levels, best, strict=True)},
        {level: float(share) for level, share in zip(factor.levels, means.shares, strict=True)},
    )


def _groups(
    factors: tuple[Factor, ...], findings: list[Finding], grouping: Grouping, centred: Array, subjects: float
) -> dict[str, float]:
    """Give the share of each kind of uncertainty.

    Parameters and gains are drawn independently, so their shares add; contests are coupled and are fitted jointly.
    """

    def of(kind: str) -> list[Factor]:
        return [factor for factor in factors if factor.kind == kind]

    def added(kind: str) -> float:
        return sum(max(0.0, found.share.value) for found in findings if found.kind == kind and found.share.is_positive)

    shares = {
        "sign": joint_share(of("contest"), grouping.worlds, centred, 1.0),
        "magnitude": added("gain"),
        "parameters": added("parameter"),
        "subjects": subjects,
    }
    shares["interaction"] = max(0.0, 1.0 - sum(shares.values()))
    return {**shares, "assumptions": joint_share(of("assumption"), grouping.worlds, centred, 1.0)}


def _unit(result: Result) -> str:
    return result.study.decision.unit if result.study.decision else ""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
