from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pleio.base.quantities import parse_distribution
from pleio.claims.belief.beliefs import Beliefs, believe
from pleio.claims.claim import Context
from pleio.inference.experiments import Experiment, conditional, evsi, promises, report_chances
from pleio.inference.worlds import draw_worlds, posterior_of
from pleio.studies.mechanism import Mechanism
from pleio.studies.study import read_study
from pleio.studies.worlds import Worlds

CLAIMS = """
- id: drug-platelets
  subject: hgnc:5966 IL11
  relation: increases
  object: cl:0000233 platelet
  aspect: abundance
  context: {species: human}
  kind: pharmacology
  evidence:
    - says: supports
      finding: platelets rose
      perturbation: {agent: rhIL11, form: recombinant, from: human}
      context: {species: mouse}
      study: eco:0000314 direct assay evidence used in manual assertion
      source: pubmed:1
      trust: abstract
    - says: null
      finding: platelets did not change
      perturbation: {agent: rhIL11, form: recombinant, from: human}
      study: eco:0000314 direct assay evidence used in manual assertion
      source: pubmed:2
      trust: abstract
"""
ASSUMPTIONS = """
- id: signals-in-mice
  premise: the human protein signals in mice
  why: tested in no other species
  states:
    - {name: agonist, prior: {sceptic: 0.5, neutral: 0.6, believer: 0.7}, effect: support}
    - {name: antagonist, prior: {sceptic: 0.5, neutral: 0.4, believer: 0.3}, effect: reversed}
  applies_to: {agent: rhIL11, from: human, species: mouse}
"""
REFERENCES = """
pubmed:1: {title: One, authors: [A], year: 2001, container: J, trust: abstract}
pubmed:2: {title: Two, authors: [B], year: 2002, container: J, trust: abstract}
"""


@pytest.fixture(scope="module")
def beliefs(tmp_path_factory: pytest.TempPathFactory) -> Beliefs:
    from pleio.claims.read import read_claim_set

    folder = tmp_path_factory.mktemp("claims")
    for name, text in (("claims", CLAIMS), ("assumptions", ASSUMPTIONS), ("references", REFERENCES)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = read_claim_set(folder / "claims.yaml", folder / "assumptions.yaml", [folder / "references.yaml"])
    return believe(found)


@pytest.fixture(scope="module")
def contest(beliefs: Beliefs) -> str:
    (name,) = beliefs.contests
    return name


@pytest.fixture(scope="module")
def worlds(beliefs: Beliefs, contest: str) -> Worlds:
    network: Any = None
    mechanism = Mechanism(network, uncertain={"k": parse_distribution("normal(0, 1)")})
    return draw_worlds(posterior_of(beliefs, [contest]), mechanism, count=6000, seed=1)


def in_people(contest: str, **changes: Any) -> Experiment:
    return replace(Experiment("trial", "a trial", contest, Context(species="human"), 0.9), **changes)


def test_the_chances_of_reports_are_chances_and_bear_out_what_is_believed(
    beliefs: Beliefs, contest: str, worlds: Worlds
) -> None:
    for system, rests_on in (("human", ()), ("mouse", ("signals-in-mice",))):
        experiment = in_people(contest, system=Context(species=system), rests_on=rests_on)
        chances = report_chances(experiment, beliefs, worlds)
        assert chances.sum(axis=1) == pytest.approx(np.ones(len(worlds)), abs=1e-9)
        assert chances.min() >= 0
        heard, _ = conditional(chances, worlds.weights, np.zeros((1, len(worlds))))
        # hearing a report and weighing worlds by it gives the belief that the model gives with the report as evidence
        names = worlds.contests[contest].names
        if system == "human":
            after = beliefs.contests[contest].model
            belief = beliefs.contests[contest]
            from pleio.claims.belief.reports import Report, classify

            k = after.constants[belief.contest.kind]
            target = belief.contest.context.over(after.context)
            place = classify(target, target, None, k)
            low, high = k["replicates_without_power"], k["replicates_with_power"]
            rho = k["read_file"] * (low + 0.9 * (high - low))
            for r, outcome in enumerate(names):
                told = Report(frozenset({outcome}), "new", "new", place, rho, 0.9, selected=False)
                exact = after.answer(belief.contest, [*belief.reports, told])
                weight = worlds.weights * chances[:, r]
                for i, name in enumerate(names):
                    found = weight[worlds.contests[contest].index == i].sum() / weight.sum()
                    assert found == pytest.approx(exact[name], abs=0.025)
        assert heard.sum() == pytest.approx(1)


def test_a_system_nearer_to_the_target_tells_more(beliefs: Beliefs, contest: str, worlds: Worlds) -> None:
    sign = worlds.contests[contest].signs
    benefit = np.stack([np.zeros(len(worlds)), sign - 0.3])
    found = {
        name: evsi(report_chances(experiment, beliefs, worlds), worlds.weights, benefit)
        for name, experiment in {
            "people": in_people(contest),
            "weak": in_people(contest, power=0.3),
            "mice": in_people(contest, system=Context(species="mouse"), rests_on=("signals-in-mice",)),
        }.items()
    }
    held = (
        np.array([worlds.weights[worlds.contests[contest].index == i].sum() for i in range(3)]) / worlds.weights.sum()
    )
    signs = np.array([1.0, -1.0, 0.0]) - 0.3
    evppi = held @ np.maximum(signs, 0) - max(0.0, held @ signs)
    assert evppi > found["people"] > found["weak"] >= found["mice"] >= 0
    assert found["people"] > 0.2 * evppi


def test_a_report_is_worth_nothing_that_says_nothing_and_all_there_is_where_it_says_all() -> None:
    random = np.random.default_rng(3)
    weights, benefit = random.uniform(0.5, 2, 300), random.normal([[5.0], [5.1], [4.9]], 1, (3, 300))
    silent = np.tile([0.2, 0.5, 0.3], (300, 1))
    assert evsi(silent, weights, benefit) == pytest.approx(0, abs=1e-12)
    perfect = np.average(benefit.max(axis=0), weights=weights) - np.average(benefit, axis=1, weights=weights).max()
    assert evsi(np.eye(300), weights, benefit) == pytest.approx(perfect)
    partly = evsi(np.eye(30)[np.arange(300) // 10], weights, benefit)
    assert 0 < partly < perfect
    # what all arms have in common in a world decides nothing
    assert evsi(np.eye(30)[np.arange(300) // 10], weights, benefit + 100) == pytest.approx(partly)


def test_an_agent_of_another_species_tells_less(beliefs: Beliefs, contest: str, worlds: Worlds) -> None:
    benefit = np.stack([np.zeros(len(worlds)), worlds.contests[contest].signs - 0.3])
    own, foreign = (
        evsi(report_chances(in_people(contest, foreign=agent), beliefs, worlds), worlds.weights, benefit)
        for agent in ("", "mouse")
    )
    assert 0 < foreign < 0.95 * own


STUDY = """
title: Trial
mechanism: [m]
arms: {nothing: none, drug: {agent: d, amount: 1 mg}}
horizon: 1 d
endpoints: {rise: {of: x, take: final}}
decision: {utility: rise, population: "adults, 1000 a year"}
"""


def test_promises_rank_experiments(beliefs: Beliefs, contest: str, worlds: Worlds) -> None:
    from pleio.studies.result import Result

    sign = worlds.contests[contest].signs
    noise = np.random.default_rng(1).normal(size=(len(worlds), 4, 1))
    values = np.stack([np.zeros_like(noise), (sign - 0.3)[:, None, None] + 0.1 * noise])
    spread = np.zeros((2, len(worlds), 1, 5, 2), dtype=np.float32)
    result = Result(read_study(STUDY), worlds, values, ("1",), np.array([0.0, 24.0]), "h", spread, ("1",))
    good, poor = in_people(contest, cost=50_000.0), in_people(contest, id="poor", power=0.2)
    first, second = promises([poor, good], beliefs, result, permutations=40, resamples=10)
    assert (first.experiment.id, second.experiment.id) == ("trial", "poor")
    assert first.worth.is_positive and first.changes_choice
    assert first.best_after["increases"] == "drug" and first.best_after["no_effect"] == "nothing"
    assert sum(first.chances.values()) == pytest.approx(1)
    assert first.believed_after["increases"]["increases"] > first.believed_after["no_effect"]["increases"]
    assert first.break_even == pytest.approx(50_000 / (1000 * first.worth.value))
    assert second.break_even is None
    # its interval is as wide as worlds that are drawn again, each with its own report, make it
    chances, gained = report_chances(good, beliefs, worlds), np.stack([np.zeros(len(worlds)), sign - 0.3])
    random = np.random.default_rng(5)
    draws = [random.integers(0, len(worlds), len(worlds)) for _ in range(200)]
    again = [evsi(chances[d], worlds.weights[d], gained[:, d]) for d in draws]
    (found,) = promises([good], beliefs, result, permutations=10, resamples=200)
    assert np.diff(found.worth.interval)[0] == pytest.approx(np.diff(np.quantile(again, (0.05, 0.95)))[0], rel=0.3)
    from pleio.base.errors import StudyError

    with pytest.raises(StudyError, match="asks 'nonsense'"):
        promises([in_people("nonsense")], beliefs, result)
