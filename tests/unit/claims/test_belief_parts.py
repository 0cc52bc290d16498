"""The backbone, the weights, the sentences, the draws and the table of constants."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from claim_builders import beliefs, claim, evidence, outcomes, rh_il11_in_mouse
from pleio.base.errors import ClaimError
from pleio.claims.belief.beliefs import believe
from pleio.claims.belief.constants import CONSTANTS, JUDGEMENT, as_markdown, values
from pleio.claims.belief.experiment import expected as expected_results
from pleio.claims.belief.replication import expected_replication
from pleio.claims.belief.reports import laboratories_of, power_of
from pleio.claims.claim import Context, Evidence
from pleio.claims.collection import ClaimSet
from pleio.claims.vocabulary import BANDS, KINDS

DOCS = Path(__file__).resolve().parents[3] / "docs" / "theory" / "belief.md"
PAIR = (evidence(source="pubmed:1"), evidence(source="pubmed:2"))


def uniforms(name: str, count: int = 20_000) -> np.ndarray:
    return np.random.default_rng(list(name.encode())).random(count)


def test_the_table_in_the_documentation_is_the_one_in_the_code() -> None:
    assert as_markdown() in DOCS.read_text("utf-8")


def test_every_constant_lies_between_its_bands_and_says_where_it_is_from() -> None:
    for each in CONSTANTS:
        assert each.neutral == sorted((each.sceptic, each.neutral, each.believer))[1], each.name
        assert each.source == JUDGEMENT or "doi:" in each.source or "rule" in each.source, each.name
    assert len({(each.name, each.kind) for each in CONSTANTS}) == len(CONSTANTS)
    assert len({frozenset(values("neutral", kind)) for kind in KINDS}) == 1


def test_the_neutral_constants_imply_replication_as_it_was_measured() -> None:
    """Errington 2021, eLife 10:e71601: 39 of 97 positive and 12 of 15 null effects replicated."""
    for outcome, seen, tried in (("increases", 39, 97), ("no_effect", 12, 15)):
        low, high = wilson(seen, tried)
        assert low < expected_replication("neutral", "cell_phenotype", outcome) < high
    text = DOCS.read_text("utf-8")
    for outcome in ("increases", "no_effect"):
        row = " | ".join(f"{expected_replication(band, 'cell_phenotype', outcome):.2f}" for band in BANDS)
        assert row in text


def wilson(seen: int, tried: int, z: float = 1.959964) -> tuple[float, float]:
    centre = (seen + z * z / 2) / (tried + z * z)
    spread = z / (tried + z * z) * math.sqrt(seen * (tried - seen) / tried + z * z / 4)
    return centre - spread, centre + spread


def test_an_assumption_says_which_contest_taught_it_most() -> None:
    agreeing = [evidence(source=f"pubmed:{i}") for i in (1, 2, 3)]
    mouse = claim(*agreeing, evidence(source="pubmed:4", species="mouse", from_="human"))
    lone = claim(evidence(source="pubmed:5", species="mouse", from_="human"), id="lone", object="pleio:other other")
    found = beliefs(mouse, lone, assumptions=(rh_il11_in_mouse(),)).assumptions["rhIL11-in-mouse"]
    teacher, bystander = found.lessons
    assert "spreading" in teacher
    assert found.leading == "agonist"
    assert found.lessons[teacher] > 0.1
    assert found.lessons[bystander] == pytest.approx(0, abs=1e-9)  # a lone report teaches nothing
    assert "The most telling is IL11 → spreading (sufficiency)" in found.why


def test_beliefs_are_json() -> None:
    found = beliefs(
        claim(*PAIR, evidence("null", "pubmed:3", modality="speculative")), assumptions=(rh_il11_in_mouse(),)
    )
    shown = json.loads(json.dumps(found.of("c", "sufficiency").to_json()))
    assert shown["leading"] == "increases"
    assert [each["source"] for each in shown["evidence"]] == ["pubmed:1", "pubmed:2"]
    assert shown["silent"] == [{"source": "pubmed:3", "reason": "speculative"}]
    assert json.loads(json.dumps(found.assumptions["rhIL11-in-mouse"].to_json()))["states"]["agonist"] == 1 / 3


def test_one_finding_used_twice_is_listed() -> None:
    observed = {**evidence("observation", "pubmed:1"), "observation": "x"}
    assert ClaimSet((claim(*PAIR, observed),)).used_twice() == (
        ("hgnc-5966--effect--pleio-spreading--sufficiency", "pubmed:1"),
    )
    assert ClaimSet((claim(PAIR[1], observed),)).used_twice() == ()


def test_a_direct_claim_of_two_laboratories_with_nothing_against_is_backbone() -> None:
    def settles(*items: dict[str, object], **keys: object) -> bool:
        return beliefs(claim(*items, **{"directness": "direct", **keys})).of("c", "sufficiency").is_backbone

    assert settles(*PAIR)
    assert not settles(*PAIR, directness="net")
    assert not settles(PAIR[0])
    assert not settles(*(dict(item, laboratory="A") for item in PAIR))
    assert not settles(*PAIR, evidence("null", "pubmed:3"))
    assert not settles(PAIR[0], {**PAIR[1], "modality": "hedged"})
    assert not settles(*PAIR, relation="regulates")
    assert not settles(PAIR[0], {**PAIR[1], "secondary": True})


def test_a_paper_that_rests_on_an_assumption_is_no_second_one_of_the_backbone() -> None:
    in_mice = evidence(source="pubmed:2", species="mouse", from_="human")
    given = claim(PAIR[0], in_mice, directness="direct")
    assert beliefs(given).of("c", "sufficiency").is_backbone
    assert not beliefs(given, assumptions=(rh_il11_in_mouse(),)).of("c", "sufficiency").is_backbone


def test_what_is_impossible_is_never_drawn_not_even_at_the_ends() -> None:
    certain = beliefs(claim(evidence(species="mouse", from_="human")), assumptions=(rh_il11_in_mouse(0.0, 0.4, 0.6),))
    names = [f"contest/{id}" for id in certain.contests]
    ends = np.array([0.0, np.nextafter(1.0, 0.0)])
    drawn = certain.draw({"assumption/rhIL11-in-mouse": ends, **dict.fromkeys(names, ends)})
    assert [drawn.state_names["rhIL11-in-mouse"][i] for i in drawn.states["rhIL11-in-mouse"]] == [
        "weak_agonist",
        "antagonist",
    ]


def test_one_contest_may_be_asked_of_another_species() -> None:
    first = claim(*PAIR)
    other = claim(evidence(source="pubmed:3"), id="d", object="pleio:other other")
    mixed = believe(ClaimSet((first, other)), species={beliefs(first).of("c", "sufficiency").contest.id: "mouse"})
    of_mice = believe(ClaimSet((first, other)), context=Context(species="mouse"))
    for id, of in (("c", of_mice), ("d", beliefs(first, other))):
        assert mixed.of(id, "sufficiency").outcomes == of.of(id, "sufficiency").outcomes
    assert of_mice.of("c", "sufficiency").outcomes != beliefs(first).of("c", "sufficiency").outcomes


def test_a_property_of_an_unstated_species_is_that_of_the_target_and_an_effect_is_not() -> None:
    def of(kind: str, context: dict[str, str]) -> float:
        return outcomes(
            claim({**evidence(), "perturbation": None, "context": context}, kind=kind), question="association"
        )["increases"]

    assert of("structure", {}) == of("structure", {"species": "human"}) > of("structure", {"species": "mouse"})
    assert of("cell_phenotype", {}) < of("cell_phenotype", {"species": "human"})


def test_backbone_claims_are_always_on() -> None:
    found = beliefs(claim(*PAIR, directness="direct"), claim(id="rival", relation="decreases"))
    [id] = found.contests
    drawn = found.draw(uniforms)
    assert (drawn.sign(id) == 1).all()


def test_the_weight_of_a_source_is_the_log_bayes_factor_of_having_it() -> None:
    null = evidence("null", "pubmed:3", power=0.9)
    found = beliefs(claim(*PAIR, null)).of("c", "sufficiency")
    by_source = {weight.source: weight for weight in found.evidence}
    with_it, without = found.outcomes, outcomes(claim(*PAIR))
    for name in with_it:
        expected = math.log(with_it[name] / (1 - with_it[name])) - math.log(without[name] / (1 - without[name]))
        assert by_source["pubmed:3"].log_factors[name] == pytest.approx(expected, abs=1e-9)
    assert by_source["pubmed:3"].log_factors["no_effect"] > 1
    assert by_source["pubmed:1"].log_factors["increases"] > 0.5


def test_the_sentences_say_what_stands_behind_a_belief_and_what_would_move_it() -> None:
    found = beliefs(claim(*PAIR, evidence("null", "pubmed:3", n=3), context={"cell_type": "cl:0000057 fibroblast"}))
    belief = found.of("c", "sufficiency")
    p = belief.outcomes["increases"]
    assert belief.why.startswith(
        f"The outcome 'increases' has probability {p:.2f} in people (before any evidence 0.28, "
        "as for any cell-phenotype"
    )
    assert "2 independent reports of 'increases' from 2 laboratories" in belief.why
    assert "1 independent report of 'no effect' from 1 laboratory" in belief.why
    after = belief.if_reported("no_effect")["increases"]
    study = "A well-powered human study (fibroblast) that reports 'no effect'"
    assert belief.would_change.startswith(f"{study} would take 'increases' from {p:.2f} to {after:.2f}")
    assert after < p - 0.1
    odds = math.exp(abs(belief.evidence[0].log_factors["increases"]))
    assert f"{belief.evidence[0].source}, which " in belief.why and f"the odds by {odds:.1f}." in belief.why


def test_the_deciding_assumption_is_named() -> None:
    mouse = claim(*(evidence(source=f"pubmed:{i}", species="mouse", from_="human") for i in (1, 2, 3)))
    belief = beliefs(mouse, assumptions=(rh_il11_in_mouse(),)).of("c", "sufficiency")
    assert "3 of 3 rest on the assumption rhIL11-in-mouse." in belief.why
    assert "If rhIL11-in-mouse were known to be 'weak agonist', 'no effect' would be" in belief.would_change
    learned = beliefs(mouse, assumptions=(rh_il11_in_mouse(),)).assumptions["rhIL11-in-mouse"]
    assert learned.why.startswith("The state 'agonist' has probability ")
    known = outcomes(mouse, assumptions=(rh_il11_in_mouse(),), given={"rhIL11-in-mouse": "agonist"})
    assert belief.given("rhIL11-in-mouse", "agonist") == pytest.approx(known)


def test_imagined_studies_move_a_belief_the_more_the_more_there_are() -> None:
    belief = beliefs(claim(*PAIR)).of("c", "sufficiency")
    after = [belief.if_reported("no_effect", studies)["no_effect"] for studies in range(4)]
    assert after == sorted(after)
    assert after[0] == belief.outcomes["no_effect"]
    assert after[3] > after[0] + 0.4


def test_what_an_experiment_will_report_averages_to_what_is_believed_now() -> None:
    mouse = claim(*PAIR, *(evidence(source=f"pubmed:{i}", species="mouse", from_="human") for i in (3, 4)))
    found = beliefs(mouse, assumptions=(rh_il11_in_mouse(),))
    belief = found.of("c", "sufficiency")
    drawn = found.draw(lambda name: uniforms(name, 200_000))
    for plan in (
        evidence(source="pleio:plan", power=0.9),
        evidence(source="pleio:plan", n=6, species="mouse", from_="human", laboratory="new"),
    ):
        prediction = belief.predict(Evidence.model_validate(plan))
        assert prediction.probabilities.sum(axis=-1) == pytest.approx(1, abs=1e-12)
        in_worlds = prediction.in_worlds(drawn)
        expected = dict.fromkeys(belief.outcomes, 0.0)
        for i, result in enumerate(prediction.results):
            share = in_worlds[:, i].mean()
            # worlds reweighted by the result are the belief after it, exactly as if it had been found and read
            after = belief.after(Evidence.model_validate(plan), result)
            for j, name in enumerate(belief.outcomes):
                reweighted = (in_worlds[:, i] * (drawn.outcomes[belief.contest.id] == j)).sum() / in_worlds[:, i].sum()
                assert reweighted == pytest.approx(after[name], abs=0.01)
                expected[name] += share * after[name]
        assert expected == pytest.approx(dict(belief.outcomes), abs=0.01)
        # and exactly, where no world is drawn: a belief is the mean of what it will be after the experiment
        exact = expected_results(belief.model, prediction)
        assert sum(exact.values()) == pytest.approx(1, abs=1e-12)
        for name, now in belief.outcomes.items():
            later = (p * belief.after(Evidence.model_validate(plan), result)[name] for result, p in exact.items())
            assert sum(later) == pytest.approx(now, abs=1e-12)


def test_an_experiment_may_rest_on_an_assumption_that_no_evidence_rests_on_yet() -> None:
    found = beliefs(claim(*PAIR), claim(id="d", object="pleio:other other"), assumptions=(rh_il11_in_mouse(),))
    plan = Evidence.model_validate(evidence(source="pleio:plan", species="mouse", from_="human", power=0.9))
    for id in ("c", "d"):
        belief = found.of(id, "sufficiency")
        shares = {result: belief.after(plan, result) for result in belief.outcomes}
        real = evidence(source="pleio:plan", species="mouse", from_="human", power=0.9, trust="abstract")
        added = (
            [claim(*PAIR, real), claim(id="d", object="pleio:other other")]
            if id == "c"
            else [claim(*PAIR), claim(real, id="d", object="pleio:other other")]
        )
        published = beliefs(*added, assumptions=(rh_il11_in_mouse(),)).of(id, "sufficiency").outcomes
        # a published effect is weaker evidence than one that would have been reported in any case, but alike
        assert shares["increases"]["increases"] == pytest.approx(published["increases"], abs=0.05)
        assert sum(shares["increases"].values()) == pytest.approx(1)


def test_an_experiment_that_would_see_little_tells_little() -> None:
    belief = beliefs(claim(*PAIR)).of("c", "sufficiency")
    blind, sharp = (
        belief.predict(Evidence.model_validate(evidence(source="pleio:plan", power=power))).probabilities
        for power in (0.0, 0.95)
    )
    assert np.ptp(blind, axis=0).max() < 1e-12
    assert np.ptp(sharp, axis=0).max() > 0.4


def test_draws_have_the_probabilities_of_the_joint_posterior() -> None:
    six = [evidence(source=f"pubmed:{i}", species="mouse", from_="human") for i in range(1, 7)]
    found = beliefs(claim(*six), claim(*PAIR, id="d", relation="decreases"), assumptions=(rh_il11_in_mouse(),))
    drawn = found.draw(uniforms)
    [id] = found.contests
    states = drawn.states["rhIL11-in-mouse"]
    for i, p in enumerate(found.assumptions["rhIL11-in-mouse"].states.values()):
        assert (states == i).mean() == pytest.approx(p, abs=0.015)
    for i, p in enumerate(found.contests[id].outcomes.values()):
        assert (drawn.outcomes[id] == i).mean() == pytest.approx(p, abs=0.015)
    # together, not one by one: in worlds where the drug is an agonist, the papers mean what they say
    for i, state in enumerate(drawn.state_names["rhIL11-in-mouse"]):
        share = (drawn.sign(id)[states == i] == 1).mean()
        assert share == pytest.approx(found.contests[id].given("rhIL11-in-mouse", state)["increases"], abs=0.025)


def test_belief_bands_reuse_the_same_uniforms_so_that_few_worlds_change() -> None:
    drawn = [beliefs(claim(*PAIR), band=band).draw(uniforms) for band in BANDS]
    [id] = drawn[0].outcomes
    shares = [(each.sign(id) == 1).mean() for each in drawn]
    assert shares == sorted(shares)
    # no world that increases for the sceptic does anything else for the believer
    assert ((drawn[0].sign(id) < 1) | (drawn[2].sign(id) == 1)).all()


def test_a_mapping_of_uniforms_will_do() -> None:
    found = beliefs(claim(*PAIR))
    [id] = found.contests
    drawn = found.draw({f"contest/{id}": np.array([0.0, 0.5, 0.999999])})
    assert drawn.sign(id).tolist() == [-1, 1, 1]


def test_the_target_context_decides_what_is_transported() -> None:
    mouse = claim(*(evidence(source=f"pubmed:{i}", species="mouse") for i in (1, 2, 3)))
    there = believe(ClaimSet((mouse,)), context=Context(species="mouse")).of("c", "sufficiency").outcomes
    assert there["increases"] > outcomes(mouse)["increases"] + 0.1


def test_retracted_sources_are_silent() -> None:
    from pleio.claims.reference import Reference

    gone = Reference(curie="pubmed:1", title="Gone", trust="abstract", retracted=True)
    found = believe(ClaimSet((claim(evidence()),), (), (gone,))).of("c", "sufficiency")
    assert found.status == "no evidence"
    assert found.why.endswith("Without weight of their own: 1 is retracted.")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"band": "skeptic"}, "band 'skeptic': is not known; did you mean 'sceptic'?"),
        ({"given": {"x": "y"}}, "assumption 'x': does not exist"),
        ({"given": {"rhIL11-in-mouse": "agonst"}}, "has no such state; did you mean 'agonist'?"),
    ],
)
def test_unknown_names_are_refused(keys: dict[str, object], message: str) -> None:
    with pytest.raises(ClaimError) as fault:
        beliefs(claim(), assumptions=(rh_il11_in_mouse(),), **keys)
    assert message in str(fault.value)


def test_too_many_coupled_assumptions_are_refused() -> None:
    many = tuple(rh_il11_in_mouse().model_copy(update={"id": f"a{i:02}"}) for i in range(13))
    with pytest.raises(ClaimError, match="are coupled by evidence and have 1,594,323 combinations of states"):
        beliefs(claim(evidence(species="mouse", from_="human")), assumptions=many)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [1, 2, 3, 10, 100])
def test_the_power_of_a_study_is_that_of_a_two_sided_test_of_two_groups(kind: str, n: int) -> None:
    """The square of a unit normal about δ is χ² with non-centrality δ²; with no effect at all the power is 5 %."""
    from scipy.stats import ncx2

    study = Evidence.model_validate(evidence(n=n))
    k = values("sceptic", kind)
    standard_error = math.sqrt(1 / n + 1 / n)
    assert power_of(study, k) == pytest.approx(ncx2.sf(1.959964**2, 1, (k["effect"] / standard_error) ** 2), abs=1e-6)
    assert power_of(study, {**k, "effect": 0.0}) == pytest.approx(0.05, abs=1e-6)


def test_a_source_that_is_given_two_laboratories_is_of_one_in_whatever_order_it_is_read() -> None:
    first, second = (
        claim(evidence(laboratory=name), id=name, object=f"pleio:{name} {name}") for name in ("beta", "alpha")
    )
    assert laboratories_of(ClaimSet((first, second))) == laboratories_of(ClaimSet((second, first)))
