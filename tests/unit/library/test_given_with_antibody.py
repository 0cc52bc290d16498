"""An antibody beside IL-11 that is given, and a drug that signals beside own IL-11 that it displaces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pleio
from pleio.base.errors import StudyError
from pleio.studies.study import read_study

STUDY = """
title: Both
mechanism: [oprelvekin_pk, antibody_pk, il11_source, receptor, {module}]
cohort: {{size: 2, species: human, weight: 70 kg}}
arms:
  none: none
  given: {given}
  blocked: {blocked}
  both: [{given}, {blocked}]
worlds: {{count: 24, seed: 5}}
horizon: 14 d
endpoints:
  free: {{of: il11_agonist, take: maximum}}
  total: {{of: oprelvekin_plasma, take: maximum}}
  effect: {{of: {of}, take: mean, relative_to: baseline}}
"""
GIVEN = "{agent: oprelvekin, amount: 50 µg/kg, route: subcutaneous, every: 1 d, times: 14}"
ARMS = {name: i for i, name in enumerate(("none", "given", "blocked", "both"))}


def values(module: str, of: str, antibody: str = "anti-IL11") -> np.ndarray:
    """Give the endpoints.  Shape (arms, worlds × subjects, endpoints)."""
    from pleio.library.question import StudyInLibrary

    blocked = f"{{agent: {antibody}, amount: 10 mg/kg, route: intravenous}}"
    stated = read_study(STUDY.format(module=module, of=of, given=GIVEN, blocked=blocked), name="both")
    found = StudyInLibrary(pleio.open("il11"), "both", stated).run()
    assert not found.failed
    return found.values.reshape(len(ARMS), -1, found.values.shape[-1])


@pytest.mark.parametrize("antibody", ["anti-IL11", "anti-IL11RA", "X203", "X209"])
def test_an_antibody_takes_the_effect_of_given_il11_away(antibody: str) -> None:
    found = values("platelets", "platelets", antibody)
    free, total, effect = (found[..., k] for k in range(3))
    assert np.median(free[ARMS["both"]] / free[ARMS["given"]]) < 0.1
    rise = np.abs(effect)
    moved = rise[ARMS["given"]] > 0.05
    assert moved.any() and np.median(rise[ARMS["both"]][moved] / rise[ARMS["given"]][moved]) < 0.25
    held = total[ARMS["both"]] / total[ARMS["given"]]
    assert np.all(held > 1.5) if antibody in ("anti-IL11", "X203") else held == pytest.approx(1.0, rel=1e-4)


def test_a_drug_that_signals_is_no_loss_of_own_signal() -> None:
    found = values("ageing", "mortality")[..., 2]
    assert np.max(np.abs(found[ARMS["given"]])) < 0.02  # own complexes are displaced, and made up for
    assert np.min(found[ARMS["blocked"]]) < -0.1
    assert np.any(found[ARMS["blocked"]] != found[ARMS["given"]])


def test_without_an_antibody_the_drug_is_what_it_was() -> None:
    found = values("platelets", "platelets")
    assert found[ARMS["given"], :, 0] * 19.0 == pytest.approx(found[ARMS["given"], :, 1], rel=1e-9)


DISH = """
title: A dish
mechanism: [culture, receptor, jak_stat]
cohort: {size: 1, species: human}
arms:
  medium: none
  IL-11: {agent: IL11-in-medium, amount: 100 ng, route: medium}
  with antibody:
    - {agent: IL11-in-medium, amount: 100 ng, route: medium}
    - {agent: ANTIBODY, amount: 10000 ng, route: medium}
  with little antibody:
    - {agent: IL11-in-medium, amount: 100 ng, route: medium}
    - {agent: ANTIBODY, amount: 100 ng, route: medium}
worlds: {count: 24, seed: 5}
horizon: 4 h
endpoints: {free: {of: il11_drug, take: mean}, stat3: {of: pSTAT3_fraction, take: maximum}}
"""


@pytest.mark.parametrize("antibody", ["anti-IL11-in-medium", "anti-IL11RA-in-medium"])
def test_an_antibody_in_the_medium_takes_the_effect_of_added_il11_away(antibody: str) -> None:
    from pleio.library.question import StudyInLibrary

    stated = read_study(DISH.replace("ANTIBODY", antibody), name="dish")
    found = StudyInLibrary(pleio.open("il11"), "dish", stated).run()
    free, stat3 = (np.median(found.values[..., k], axis=(1, 2)) for k in range(2))
    assert stat3[0] < stat3[2] < 0.7 * stat3[1]
    if antibody == "anti-IL11-in-medium":
        assert free[2] < 0.05 * free[1]
        assert free[3] == pytest.approx(
            free[1] * (1 - 2 * (100 / 150) / (100 / 19)), rel=0.1
        )  # as many as it has sites
    else:
        assert free[2] == pytest.approx(free[1], rel=1e-6)


def own(folder: Path, **more: str) -> str:
    path = folder / "mine.yaml"
    lines = {"title": "LX-11", "target": "IL11", "affinity": "80 pM", **more}
    path.write_text("\n".join(f"{key}: {value}" for key, value in lines.items()), encoding="utf-8")
    return str(path)


def test_an_antibody_of_ones_own_goes_into_a_dish(tmp_path: Path) -> None:
    asked = pleio.open("il11").study("activin-a-endometrium").giving(own(tmp_path), "1000 ng once")
    assert asked.added is not None and asked.added.route == "medium"
    assert "antibody_pk" not in asked.stated.mechanism
    assert {one.name for one in asked.known["LX-11"]} == {"molar mass", "affinity", "association"}


@pytest.mark.parametrize(
    ("study", "agent", "says"),
    [
        ("activin-a-endometrium", "X203", "agents that join: anti-IL11-in-medium"),
        ("crohn-disease", "ruxolitinib", "agents that join: IL11-mutein"),
    ],
)
def test_a_body_is_no_dish(study: str, agent: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        pleio.open("il11").study(study).giving(agent, "1000 ng once")


def test_what_is_not_known_of_a_species_is_said(tmp_path: Path) -> None:
    mice = pleio.open("il11").study("anti-il11-lifespan")
    assert mice.doubts == ()
    (said,) = mice.giving("anti-IL11", "10 mg/kg ip q2w").doubts
    assert "'anti-IL11' acts in mice is not known, only in people" in said
    asked = mice.giving(own(tmp_path, reacts_with="human"), "10 mg/kg ip q2w")
    assert "leaves it alone" in asked.doubts[0]
    found = asked.run(8)
    arm = list(found.arms).index("LX-11 10 mg/kg ip q2w")
    assert found.values[arm] == pytest.approx(found.values[0], rel=1e-6)


def test_two_agents_that_the_mechanism_cannot_tell_apart_are_refused() -> None:
    from pleio.library.question import StudyInLibrary

    text = DISH.replace("ANTIBODY", "W147A-in-medium")
    with pytest.raises(StudyError, match="gives 'IL11-in-medium' and 'W147A-in-medium', which differ in il11_drug_eff"):
        StudyInLibrary(pleio.open("il11"), "dish", read_study(text, name="dish")).run()


@pytest.mark.parametrize(
    ("agent", "amount"), [("ruxolitinib", "3000 ng once"), ("anti-IL11-in-medium", "10000 ng once")]
)
def test_an_antagonist_is_given_on_top_of_an_arm(agent: str, amount: str) -> None:
    onto = "IL-11 10 ng/mL"
    asked = pleio.open("il11").study("il6-family-competition").giving(agent, amount, onto)
    found = asked.run(16)
    stat3 = np.median(found.values[..., list(found.study.endpoints).index("stat3_fibroblast")], axis=(1, 2))
    arms = list(found.arms)
    assert stat3[arms.index(f"{onto} + {agent} {amount}")] < 0.5 * stat3[arms.index(onto)]
    with pytest.raises(StudyError, match="did you mean 'IL-11 10 ng/mL'"):
        pleio.open("il11").study("il6-family-competition").giving(agent, amount, "IL-11 10 ng")
