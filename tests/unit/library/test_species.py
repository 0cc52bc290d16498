"""Whom a study's beliefs are about: its subjects' species, and another where the mechanism has something of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pleio.assembly.compose import compose
from pleio.base.errors import ClaimError, ModelError, StudyError
from pleio.claims.belief.beliefs import believe
from pleio.claims.claim import Context
from pleio.inference.courses import simulate
from pleio.inference.worlds import posterior_of
from pleio.library import open as open_library
from pleio.library.modules.carried import carried
from pleio.library.publishing.made import claims_of
from pleio.library.publishing.studies import published_study
from pleio.library.question import StudyInLibrary
from pleio.library.readouts.readouts import LibraryReadouts
from pleio.library.results.memo import memo
from pleio.library.validation.evidence import Likelihood
from pleio.library.validation.forecasts import Forecaster, read_before
from pleio.library.validation.sides import Side
from pleio.studies.regimens.dosing import Dosing
from pleio.studies.worlds import Worlds

IL11 = open_library("il11")
LUNGS = IL11.claims.contest("il11-bleomycin-collagen", "necessity").id
LIFE = IL11.claims.contest("il11-lifespan", "necessity").id
PLATELETS = IL11.claims.contest("il11-platelets", "sufficiency").id


def share(worlds: Worlds, contest: str, outcome: str) -> float:
    states = worlds.contests[contest]
    return float(worlds.weights[states.index == states.names.index(outcome)].sum() / worlds.weights.sum())


def test_a_study_in_mice_draws_worlds_from_what_is_believed_of_mice() -> None:
    asked = IL11.study("anti-il11-lifespan")
    people, mice = (IL11.belief("neutral", species).contests[LIFE].outcomes for species in ("human", "mouse"))
    assert mice["decreases"] > people["decreases"] + 0.05
    assert asked.posterior("neutral").outcomes[LIFE] == mice
    assert share(asked.worlds(1024), LIFE, "decreases") == pytest.approx(mice["decreases"], abs=0.04)
    assert asked.believed_of == "mice"


def test_the_same_study_in_people_draws_them_from_what_is_believed_of_people() -> None:
    asked = IL11.study("anti-il11-lifespan", {"cohort.species": "human"})
    assert asked.posterior("neutral").outcomes[LIFE] == IL11.belief().contests[LIFE].outcomes
    assert asked.believed_of == "people"


def test_a_row_and_a_study_of_the_same_animals_have_one_belief() -> None:
    asked = IL11.study("anti-il11-lifespan")
    side = Side(asked.stated.mechanism, "mouse", (), (), ((),))
    forecaster = Forecaster(IL11, LibraryReadouts(IL11), worlds=16, subjects=1)
    row = forecaster.asked(side, "frailty", 1.0)
    rows, study = (one.beliefs("neutral").contests[LIFE].outcomes for one in (row, asked))
    assert rows == study


def test_mouse_lungs_in_a_study_of_people_are_believed_of_as_mice() -> None:
    asked = IL11.study("anti-il11-lung-fibrosis")
    assert asked.elsewhere == {LUNGS: "mouse"}
    assert asked.believed_of == "people, and about mice in what the mechanism has of them"
    people, mice = (IL11.belief("neutral", species) for species in ("human", "mouse"))
    here = asked.beliefs("neutral").contests
    assert here[LUNGS].outcomes["increases"] == pytest.approx(mice.contests[LUNGS].outcomes["increases"], abs=0.005)
    assert here[LUNGS].outcomes["increases"] > people.contests[LUNGS].outcomes["increases"] + 0.1
    assert here[PLATELETS].outcomes["increases"] == pytest.approx(
        people.contests[PLATELETS].outcomes["increases"], abs=0.005
    )
    assert " in mice " in here[LUNGS].why and " in people " in here[PLATELETS].why
    assert here[LUNGS].would_change.startswith("A well-powered mouse study")


def test_breath_shares_the_sign_of_the_mice_and_rests_on_the_assumption_that_they_stand_for_people() -> None:
    asked = IL11.study("anti-il11-lung-fibrosis", {"worlds.count": 96, "cohort.size": 1})
    switches = asked.mechanism.switches
    assert switches["lung_mouse"].contest == switches["fvc"].contest == LUNGS
    worlds = asked.worlds()
    result = asked.run(worlds, cache=False)
    names, arm = list(result.study.endpoints), result.arms.index("anti-IL-11")
    spared = np.abs(result.values[arm, :, 0, names.index("fvc_spared")]) > 1e-6
    mice = result.values[:, :, 0, names.index("mouse_collagen_change")]
    lungs = np.abs(mice[arm] / mice[result.arms.index("none")] - 1) > 1e-5
    states = worlds.contests[LUNGS]
    stands = worlds.assumptions["bleomycin-stands-for-IPF"]
    assert np.array_equal(lungs, states.index != states.names.index("no_effect"))
    assert np.array_equal(spared, lungs & (stands.index == stands.names.index("stands")))


def test_one_contest_is_asked_of_one_species() -> None:
    asked = IL11.study("anti-il11-lung-fibrosis")
    switches = tuple(replace(one, species="") if one.id == "fvc" else one for one in asked.assembled.switches)
    asked.__dict__["assembled"] = replace(asked.assembled, switches=switches)
    with pytest.raises(StudyError, match="is asked of human and of mouse"):
        asked.posterior("neutral")


def test_a_contest_that_does_not_exist_cannot_be_asked_of_a_species() -> None:
    with pytest.raises(ClaimError, match="does not exist"):
        believe(IL11.claims, species={LIFE + "x": "mouse"})


def test_a_contest_of_another_species_is_as_if_all_were_asked_of_it_where_nothing_couples_them() -> None:
    mice = believe(IL11.claims, context=Context(species="mouse"))
    mixed = believe(IL11.claims, species=dict.fromkeys(mice.contests, "mouse"))
    for id, found in mice.contests.items():
        assert mixed.contests[id].outcomes == pytest.approx(found.outcomes)
    joint = posterior_of(mixed, [LUNGS])
    assert joint.outcomes[LUNGS] == pytest.approx(mice.contests[LUNGS].outcomes)


def test_given_observations_people_are_not_told_what_was_seen_in_rats() -> None:
    def used(asked: StudyInLibrary) -> set[str]:
        return {one.row.id for one in Likelihood(asked).plans}

    people = IL11.study("oprelvekin-platelets")
    rats = IL11.study("oprelvekin-platelets", {"cohort.species": "rat"})
    assert "rat-platelets-peak" in used(rats) - used(people)
    assert "platelets-rise-50" not in used(rats)
    assert "kd-il11-sil11ra" in used(people) & used(rats)  # binding is no contest


def test_what_is_published_says_whom_the_beliefs_are_about() -> None:
    asked = IL11.study("anti-il11-lifespan", {"cohort.size": 1, "worlds.count": 16})
    result = asked.run(cache=False)
    assert published_study(asked, result, None, "", "").believed_of == "mice"
    assert "neutral beliefs about mice" in memo(asked, result, figure=False).made_of
    claims = claims_of(asked, "neutral")
    assert claims.content["species"] == "mouse" and claims.title.endswith("(neutral, about mice)")


def in_species(name: str, species: str, **changes: object) -> StudyInLibrary:
    return IL11.study(name, {"cohort.species": species, **changes})


def test_what_bodies_of_a_species_do_otherwise_stands_in_rows_and_studies_alike() -> None:
    mechanism = IL11.mechanism("oprelvekin_pk+platelets")
    mice = mechanism.of("mouse")
    assert mechanism.of("human") is mechanism
    assert mice.priors["oprelvekin_ke"].value == mice.network.parameters["oprelvekin_ke"].value == 5.5
    assert mice.priors["oprelvekin_ke"].between_subjects == mechanism.priors["oprelvekin_ke"].between_subjects > 0
    assert mice.priors["oprelvekin_bioavailability"] == mechanism.priors["oprelvekin_bioavailability"]
    study = in_species("oprelvekin-platelets", "mouse")
    side = Side(("oprelvekin_pk", "platelets"), "mouse", (("weight", "0.03 kg"),), (), ((),))
    row = Forecaster(IL11, LibraryReadouts(IL11)).asked(side, "platelets", 1.0)
    for name in ("oprelvekin_ke", "oprelvekin_ka", "oprelvekin_apparent_clearance", "platelet_life_span"):
        assert study.mechanism.uncertain[name] == row.mechanism.uncertain[name] == mice.priors[name].distribution


def test_every_animal_has_its_own_kinetics_of_oprelvekin_with_its_grounds() -> None:
    module = IL11.module("oprelvekin_pk")
    for name in ("oprelvekin_ka", "oprelvekin_ke", "oprelvekin_apparent_clearance"):
        assert set(module.in_species[name]) == {"mouse", "rat", "cynomolgus"}
        for known in module.in_species[name].values():
            assert known.source in IL11.references
            low, high = known.distribution.quantile(0.05), known.distribution.quantile(0.95)
            assert known.fitted_to or high / low > 1.7  # nothing was printed, so it is wide


def plasma(species: str, weight: str, route: str, times: list[float], worlds: int = 48) -> np.ndarray:
    """Simulate 100 µg/kg once.  Shape (worlds, times)."""
    given = Dosing.model_validate({"agent": "oprelvekin", "amount": "100 µg/kg", "route": route})
    side = Side(("oprelvekin_pk",), species, (("weight", weight),), (), ((given,),))
    asked = Forecaster(IL11, LibraryReadouts(IL11), subjects=1).asked(side, "il11_drug", float(max(times)) / 24)
    drawn = asked.worlds(worlds)
    found = simulate(
        asked.study, asked.mechanism, asked.agents, drawn, side.arms[0], ["il11_drug"], np.array([0.0, *times])
    )
    return np.asarray(found.found["il11_drug"].values[:, 0, 1:])


def test_kidneys_and_liver_of_mice_take_as_much_within_ten_minutes_as_was_printed() -> None:
    course = plasma("mouse", "0.03 kg", "intravenous", [1e-4, 1 / 6])
    gone = 1 - course[:, 1] / course[:, 0]
    assert np.median(gone) == pytest.approx(0.6, abs=0.08)
    people = plasma("human", "70 kg", "intravenous", [1e-4, 1 / 6])
    assert np.all(1 - people[:, 1] / people[:, 0] < 0.4)


def test_smaller_animals_are_exposed_less_at_the_same_dose_by_weight() -> None:
    times = [float(one) for one in np.arange(0.25, 72.1, 0.25)]
    areas = [
        np.median(np.trapezoid(plasma(species, weight, "subcutaneous", times), times, axis=1))
        for species, weight in (("human", "70 kg"), ("cynomolgus", "4 kg"), ("rat", "0.25 kg"), ("mouse", "0.03 kg"))
    ]
    assert areas == sorted(areas, reverse=True)
    assert (70 / 0.03) ** 0.16 < areas[0] / areas[3] < (70 / 0.03) ** 0.35


def test_what_was_scaled_by_weight_alone_holds_the_half_life_that_was_seen_in_monkeys() -> None:
    before = read_before(IL11).in_species["oprelvekin_ka"]["cynomolgus"]
    assert before.quantile(0.05) < np.log(2) / 3 < before.quantile(0.95)


def test_before_any_data_a_mouse_is_no_human() -> None:
    asked = in_species("oprelvekin-platelets", "mouse")
    before = read_before(IL11)
    known = before.in_mechanism(asked.assembled, "mouse")
    assert known["oprelvekin_ke"] == before.in_species["oprelvekin_ke"]["mouse"]
    assert "oprelvekin_ka" not in known  # scaled, not fitted: it stands as it is
    assert (
        before.in_mechanism(IL11.mechanism("oprelvekin_pk"), "human")["oprelvekin_ka"] == before.priors["oprelvekin_ka"]
    )


def test_modules_that_disagree_on_an_animal_do_not_join() -> None:
    one, other = IL11.module("oprelvekin_pk"), IL11.module("antibody_pk")
    law = one.in_species["oprelvekin_ke"]["mouse"]
    weight = {"weight": {"mouse": law}}
    heavier = {"weight": {"mouse": replace(law, distribution=one.priors["oprelvekin_ke"].distribution)}}
    with pytest.raises(ModelError, match="is in animals something else"):
        compose([replace(one, in_species=weight), replace(other, in_species=heavier)])
    assert compose([replace(one, in_species=weight), replace(other, in_species=weight)]).own("mouse") == {"weight": law}


def test_a_model_shows_what_animals_have_otherwise_with_its_source() -> None:
    found = {step.name: (step, behind) for step, behind in carried(IL11, IL11.mechanism("oprelvekin_pk"))}
    step, behind = found["oprelvekin_ke in mice"]
    assert step.value == "lognormal(5.5, 40 %) 1/h" and step.trust == "derived"
    assert behind[0].source == "pleio:takagi-1995"
