"""Tissue and disease modules: each runs alone and joined, rests untouched, and does what its claims claim."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pleio.assembly.module import Mechanism
from pleio.base import yaml
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, Run, integrate

Array = NDArray[np.float64]
IL11 = open_library("il11")
DAY, WEEK, KDA = 24.0, 168.0, 1000.0
CELL = "receptor+il11_source+jak_stat"
ALONE = """
    adipose adverse_events ageing bone cancer cns_exposure culture endometrium epithelium inflammation neuro
""".split()
JOINED = {
    "endometrium": f"culture+{CELL}+endometrium",
    "ageing": f"antibody_pk+{CELL}+ageing",
    "neuro": "oprelvekin_pk+antibody_pk+cns_exposure+neuro",
    "body": f"oprelvekin_pk+antibody_pk+{CELL}+bone+adipose+epithelium+cancer+inflammation+adverse_events",
}
STUDIES = """
    activin-a-endometrium anti-il11-heart anti-il11-lifespan anti-il11-lung-fibrosis bone crohn-disease gastric-cancer
    il6-family-competition neuroprotection oprelvekin-chemotherapy trans-signalling
""".split()
ROWS = {
    row["id"]: row
    for name in ("tissues", "adverse_events", "adverse_events_fluid_and_heart")
    for row in yaml.load(IL11.folder / "observations" / f"{name}.yaml").value
}


@cache
def mechanism(modules: str) -> Mechanism:
    return IL11.mechanism(modules)


def run(
    modules: str,
    times: Sequence[float],
    save: Sequence[str],
    doses: Sequence[Dose] = (),
    *,
    count: int = 24,
    signs: float | dict[str, float] | None = None,
    **fixed: float,
) -> Run:
    """Simulate worlds drawn from the priors; signs stand at what the claims claim unless they are given."""
    made = mechanism(modules)
    values = draw_members(made, count, 29) | {name: np.full(count, value) for name, value in fixed.items()}
    given = signs if isinstance(signs, dict) else {} if signs is None else {one.id: signs for one in made.switches}
    values |= {f"sign_{id}": np.full(count, sign) for id, sign in given.items()}
    hold = {f"sign_{one.id}": 0.0 for one in made.switches}
    found = integrate(
        made.network, times, members=count, parameters=values, doses=doses, baseline=Baseline(hold=hold), save=save
    )
    assert set(found.status) == {""}
    return found


def change(found: Run, name: str, at: int = -1) -> Array:
    """Give the relative change of a quantity since the start.  Shape (members,)."""
    of = found.values[:, :, found.names.index(name)]
    return np.asarray(of[:, at] / of[:, 0] - 1)


def agent(name: str, modules: str) -> dict[str, float]:
    return dict(IL11.agents[name].given_in(mechanism(modules).network).parameters)


def dish(name: str, nanograms: float) -> Dose:
    """Put an agent into the one millilitre of the dish."""
    given = IL11.agents[name].given_in(mechanism("culture").network)
    assert given.molar_mass is not None
    return Dose(given.routes["medium"], nanograms / given.molar_mass)


def daily(times: int, weight: float = 70, dose: float = 50) -> list[Dose]:
    """Give oprelvekin subcutaneously, in µg/kg a day."""
    return [Dose("oprelvekin_depot", dose * weight / 19.0, every=DAY, times=times)]


def monthly(times: int, weight: float = 70) -> list[Dose]:
    """Give an antibody intravenously, 10 mg/kg every four weeks."""
    return [Dose("antibody_central", 10 * weight * KDA / 150, every=28 * DAY, times=times)]


# ---- rest


@pytest.mark.parametrize("modules", [*ALONE, *JOINED.values()])
def test_untreated_every_state_rests(modules: str) -> None:
    states = list(mechanism(modules).network.species)
    found = run(modules, [0.0, 100 * DAY], states, count=8)
    assert found.values[:, 1] == pytest.approx(found.values[:, 0], rel=1e-5, abs=1e-12)


@pytest.mark.parametrize("name", JOINED)
def test_with_signs_0_a_treatment_leaves_what_only_switches_drive(name: str) -> None:
    modules = JOINED[name]
    made = mechanism(modules)
    driven = {key for one in made.switches for key in _products(made, one.reaction)}
    states = sorted(driven)
    assert len(states) >= 2
    doses, fixed = [dish("IL11-in-medium", 100)], {}
    if name != "endometrium":
        doses = [*(daily(10) if "oprelvekin_depot" in made.network.species else []), *monthly(1)]
        fixed = agent("anti-IL11", modules)
    found = run(modules, [0.0, 10 * DAY], states, doses, count=8, signs=0.0, **fixed)
    assert found.values[:, 1] == pytest.approx(found.values[:, 0], rel=1e-5, abs=1e-12)


def _products(made: Mechanism, reaction: str) -> list[str]:
    return [one.species for one in made.network.reactions[reaction].products]


def test_nothing_is_set_by_a_source_that_is_kept_for_checking() -> None:
    for name in ALONE:
        module = IL11.module(name)
        known = [*module.priors.values(), *(part for one in module.switches for part in (one.gain, one.half))]
        for prior in known:
            if prior.source and hashlib.sha256(prior.source.encode()).digest()[0] < 85:
                assert not prior.fitted_to and prior.trust != "derived", f"{name}: {prior.meaning}"


def test_every_switch_has_a_contest_that_asks_its_question() -> None:
    for name in ALONE:
        for one in IL11.module(name).switches:
            assert IL11.claims.contest(one.claim, one.question).question == one.question


def test_statements_of_the_documents_rest_on_claims_that_their_module_uses() -> None:
    for row in yaml.load(IL11.folder / "coverage.yaml").value:
        if row.get("module") in ALONE:
            assert IL11.module(row["module"]).claims & set(row["claims"]), row["statement"]


@pytest.mark.parametrize("name", STUDIES)
def test_the_study_runs(name: str, tmp_path: Path) -> None:
    result = IL11.study(name).run(8, cache=False, folder=tmp_path)
    assert not result.failed


# ---- endometrium: four panels


def test_activin_a_raises_secreted_il11_and_not_its_mrna() -> None:
    found = run(
        JOINED["endometrium"], [0.0, 24.0], ["il11_secretion_ratio", "il11_mrna_ratio"], [dish("activin-A", 50)],
        count=200,
    )  # fmt: skip
    secreted, transcribed = change(found, "il11_secretion_ratio"), change(found, "il11_mrna_ratio")
    assert ROWS["activin-il11-secretion"]["direction"] == "increases"
    assert np.mean(secreted > 0) >= 0.95
    margin = ROWS["activin-il11-mrna"]["spread"]["margin"]
    assert np.mean(np.abs(transcribed) < margin) >= 0.85


def test_il11_changes_activin_a_in_few_worlds() -> None:
    found = run(
        JOINED["endometrium"], [0.0, 24.0], ["activin_mrna", "activin_secretion"], [dish("IL11-in-medium", 100)],
        signs={"activin_mrna": 0.0, "activin_secretion": 0.0},
    )  # fmt: skip
    assert found.values[:, 1] == pytest.approx(1.0, rel=1e-6)
    for claim in ("il11-activin-mrna", "il11-activin-secretion"):
        assert IL11.belief().of(claim, "sufficiency").outcomes["no_effect"] > 0.6


@pytest.mark.parametrize("dose", [50, 100, 200])
def test_follistatin_lowers_igfbp1_as_seen(dose: int) -> None:
    found = run(
        "culture+endometrium", [0.0, 96.0], ["igfbp1_relative"], [dish("follistatin", dose)], count=100,
        medium_loss=1e-6,
    )  # fmt: skip
    seen = ROWS[f"follistatin-igfbp1-{dose}"]["value"]
    assert np.median(found.values[:, 1, 0]) == pytest.approx(seen, abs=10)


def test_socs3_holds_decidualisation_back_and_the_own_il11_is_needed() -> None:
    modules = JOINED["endometrium"]
    given = [dish("IL11-in-medium", 100)]
    held = run(modules, [0.0, 96.0], ["decidualisation"], given)
    free = run(modules, [0.0, 96.0], ["decidualisation"], given, signs={"decidua_socs3": 0.0})
    assert np.all(change(held, "decidualisation") < change(free, "decidualisation"))
    antagonist = run(
        modules, [0.0, 96.0], ["decidualisation"], [dish("W147A-in-medium", 1000)],
        signs={"decidua_socs3": 0.0}, **agent("W147A-in-medium", modules),
    )  # fmt: skip
    assert np.all(change(antagonist, "decidualisation") < 0)


def test_what_raises_il11_raises_it_with_its_mrna_and_no_own_signal_costs_fertility() -> None:
    modules = f"{JOINED['endometrium']}+il11_secretion"
    for raises in ("added_pge2", "added_tgfb", "added_camp"):
        found = run(modules, [0.0, 24.0], ["il11_mrna", "il11_secretion"], [Dose(raises, 0.001)])
        assert np.all(change(found, "il11_mrna") > 0)
        assert np.all(change(found, "il11_secretion") > 0)
    modules = JOINED["endometrium"]
    antagonist = [dish("W147A-in-medium", 1000)]
    for sign in (-1.0, 0.0):
        found = run(modules, [0.0, 96.0], ["implantation"], antagonist, signs={"fertility_own_il11": sign},
                    **agent("W147A-in-medium", modules))  # fmt: skip
        assert np.all(np.sign(np.round(change(found, "implantation"), 9)) == sign)


# ---- ageing


def test_half_of_the_untreated_are_dead_at_the_median_age() -> None:
    found = run("ageing", [0.0, 50 * WEEK], ["survivors_male"], median_male_age=125 * WEEK)
    assert found.values[:, 0] == pytest.approx(1.0)
    assert found.values[:, 1] == pytest.approx(0.5, rel=1e-4)


def test_survivors_are_exact_for_a_hazard_that_changes() -> None:
    """Against the sum of the hazard over fine steps."""
    times = np.linspace(0, 100 * WEEK, 4001)
    names = ["mortality", "hazard_start_male", "survivors_male"]
    found = run(JOINED["ageing"], times, names, [Dose("gene_deletion", 1.0)], count=4, gompertz_rate=0.0003)
    mortality, start, survivors = np.moveaxis(found.values, 2, 0)
    hazard = start * np.exp(0.0003 * times) * mortality
    steps = np.diff(times) * (hazard[:, 1:] + hazard[:, :-1]) / 2
    assert survivors[:, 1:] == pytest.approx(np.exp(-np.cumsum(steps, axis=1)), abs=1e-4)


def test_mice_live_longer_without_il11_where_the_claim_holds_and_only_there() -> None:
    modules, at = JOINED["ageing"], [0.0, 60 * WEEK]
    doses = [Dose("antibody_depot", 40 * 0.035 * KDA / 150, every=21 * DAY, times=20)]
    fixed = {"weight": 0.035, "antibody_clearance": 0.02, **agent("X203", modules)}
    names = ["survivors_male", "survivors_female", "median_lifespan_female"]
    untreated = run(modules, at, names, **fixed)
    treated = run(modules, at, names, doses, **fixed)
    deleted = run(modules, at, names, [Dose("gene_deletion", 1.0)], **fixed)
    other = run(modules, at, names, doses, signs={"lifespan": 0.0}, **fixed)
    assert np.all(treated.values[:, 1, :2] > untreated.values[:, 1, :2])
    assert np.all(deleted.values[:, 1] >= treated.values[:, 1] - 1e-9)
    assert np.all(change(treated, "median_lifespan_female") > 0)
    assert other.values == pytest.approx(untreated.values, rel=1e-6)


def test_an_effect_of_own_il11_on_life_is_one_that_the_claim_would_call_one() -> None:
    """The claim calls a median within 5 % of the control no effect; the size of an effect begins there."""
    margin = open_library("il11").claims["il11-lifespan"].margin or ""
    low = JOINED["ageing"], [0.0, 60 * WEEK], ["median_lifespan_male"], [Dose("gene_deletion", 1.0)]
    size = open_library("il11").modules["ageing"].switches[0].gain.distribution
    found = run(*low, gain_lifespan=float(size.quantile(0.05)), median_male_age=123 * WEEK, gompertz_rate=0.000315)
    assert "5 %" in margin
    assert 100 * change(found, "median_lifespan_male") == pytest.approx(5.0, abs=0.5)


# ---- brain


def test_about_a_thousandth_of_the_drug_reaches_the_brain() -> None:
    modules = JOINED["neuro"]
    found = run(modules, np.arange(0, 14.01, 0.05) * DAY, ["il11_drug", "il11_drug_brain"], daily(14), count=200)
    plasma, brain = found.values[:, 160:].mean(axis=1).T
    assert 0.0005 < np.median(brain / plasma) < 0.003
    assert np.all(brain / plasma < 0.05)


def test_a_bleed_raises_own_il11_in_the_brain_by_its_fold() -> None:
    fold = {"bleed_fold": 30.0}
    healthy, after = (
        run("cns_exposure", [0, 10 * DAY], ["il11_csf"], brain_bleed=bled, **fold).values[:, -1, 0] for bled in (0, 1)
    )
    assert after / healthy == pytest.approx(np.full(24, 30.0), rel=1e-3)


def test_a_vector_gives_the_brain_more_than_the_drug_does_and_an_antagonist_nothing() -> None:
    modules, at = JOINED["neuro"], [0.0, 7 * DAY]
    names = ["brain_signal_given", "brain_signal_own"]
    drug = run(modules, at, names, daily(7)).values[:, 1]
    vector = run(modules, at, names, [Dose("vector", 1.0)]).values[:, 1]
    mutein = run(modules, at, names, daily(7, dose=1000), **agent("IL11-mutein", modules)).values
    assert np.median(vector[:, 0]) > 10 * np.median(drug[:, 0]) > 0
    assert np.all(mutein[:, 1, 0] == 0)
    assert np.all(mutein[:, 1, 1] < mutein[:, 0, 1])


def test_an_antibody_moves_only_what_is_asked_of_the_own_il11() -> None:
    modules = JOINED["neuro"]
    lines = [
        name for name in mechanism(modules).network.species if f"{name}_made" in mechanism(modules).network.reactions
    ]
    found = run(modules, [0.0, 28 * DAY], lines, monthly(1), **agent("anti-IL11", modules))
    asked = {one.reaction for one in IL11.module("neuro").switches if one.question == "necessity"}
    for i, name in enumerate(lines):
        moved = np.abs(found.values[:, 1, i] - 1) > 1e-7
        assert moved.all() if f"{name}_made" in asked else not moved.any(), name


# ---- body


def test_stroma_and_macrophages_answer_with_their_own_signs() -> None:
    names = ["il6_fibroblast", "tnf_macrophage", "th17"]
    found = run(JOINED["body"], [0.0, 5 * DAY], names, daily(6))
    assert np.all(change(found, "il6_fibroblast") > 0)
    assert np.all(change(found, "tnf_macrophage") < 0)
    other = run(JOINED["body"], [0.0, 5 * DAY], names, daily(6), signs={"tnf_macrophage_given": 1.0})
    assert np.all(change(other, "tnf_macrophage") > 0)
    assert change(other, "il6_fibroblast") == pytest.approx(change(found, "il6_fibroblast"), rel=1e-4)


def test_bone_follows_from_its_two_kinds_of_cells() -> None:
    names, at = ["osteoclasts", "osteoblasts", "bone_mass"], [0.0, 180 * DAY]
    only = {one.id: 0.0 for one in IL11.module("bone").switches}
    found = run(JOINED["body"], at, names, monthly(7), signs=only | {"osteoclasts_own": 1.0},
                **agent("anti-IL11", JOINED["body"]))  # fmt: skip
    assert np.all(change(found, "osteoclasts") < 0)
    assert np.all(change(found, "bone_mass") > 0)
    other = run(JOINED["body"], at, names, monthly(7), signs=only | {"osteoblasts_own": 1.0},
                **agent("anti-IL11", JOINED["body"]))  # fmt: skip
    assert np.all(change(other, "bone_mass") < 0)


def test_sutures_close_early_without_the_own_il11_only_where_the_claim_holds() -> None:
    for sign, closing in ((-1.0, 1.0), (0.0, 0.0)):
        found = run(JOINED["body"], [0.0, 60 * DAY], ["suture_closure"], monthly(3), signs={"sutures_own": sign},
                    **agent("anti-IL11", JOINED["body"]))  # fmt: skip
        assert np.all(np.sign(np.round(change(found, "suture_closure"), 9)) == closing)


def test_il11_keeps_preadipocytes_from_maturing_and_reversed_does_the_opposite() -> None:
    for sign in (-1.0, 1.0):
        found = run(JOINED["body"], [0.0, 14 * DAY], ["adipogenesis"], daily(14), signs={"adipogenesis_given": sign,
                    "adipogenesis_own": 0.0})  # fmt: skip
        assert np.all(np.sign(change(found, "adipogenesis")) == sign)


def test_epithelium_has_something_to_save_only_when_it_is_injured() -> None:
    names = ["gut_epithelium", "lung_epithelium"]
    for injury, saved in ((1.0, True), (0.0, False)):
        found = run(JOINED["body"], [0.0, 7 * DAY], names, daily(7), epithelial_injury=injury)
        assert np.all((change(found, "gut_epithelium") > 1e-6) == saved)
        assert change(found, "lung_epithelium") == pytest.approx(0.0, abs=1e-6)


def test_an_antibody_slows_a_tumour_that_il11_feeds_and_frees_one_that_it_holds() -> None:
    names = ["gastric_tumour", "lung_tumour", "pSTAT3_fraction_tumour"]
    for sign in (1.0, -1.0, 0.0):
        found = run(JOINED["body"], [0.0, 120 * DAY], names, monthly(5), signs={"gastric_own": sign},
                    **agent("anti-IL11", JOINED["body"]))  # fmt: skip
        assert np.all(change(found, "pSTAT3_fraction_tumour") < 0)
        grown = change(found, "gastric_tumour")
        assert np.all(np.sign(np.round(grown, 9)) == -sign)
        assert change(found, "lung_tumour") == pytest.approx(0.0, abs=1e-6)


# ---- adverse events


def test_adverse_events_on_the_label_dose_are_those_that_trials_counted() -> None:
    counted = {row["readout"]: row for row in ROWS.values() if row["use"] == "fit" and "comparator" in row
               and row["readout"].endswith("_frequency")}  # fmt: skip
    assert len(counted) == 22
    names = list(counted)
    found = run("oprelvekin_pk+adverse_events", [0.0, 14 * DAY], names, daily(14), count=400)
    low, high = 100 * np.quantile(found.values, (0.05, 0.95), axis=0)
    without, on = 100 * np.median(found.values, axis=0)
    for i, name in enumerate(names):  # a trial that was not seen is somewhere about those that were
        assert low[0, i] < counted[name]["comparator"]["value"] + 0.5 < high[0, i], name
        assert low[1, i] < counted[name]["value"] < high[1, i], name
    wet = names.index("oedema_frequency")
    assert on[wet] > 2 * without[wet]
    assert 100 * np.median(found.values[:, 1, wet] - found.values[:, 0, wet]) > 10


def test_fever_is_commoner_in_leukaemia_whatever_is_given() -> None:
    at, names = [0.0, 14 * DAY], ["fever_frequency", "oedema_frequency"]
    others = run("oprelvekin_pk+adverse_events", at, names, daily(14))
    ill = run("oprelvekin_pk+adverse_events", at, names, daily(14), leukaemia=1.0)
    assert np.all(np.median(ill.values[:, :, 0], axis=0) > np.median(others.values[:, :, 0], axis=0) + 0.2)
    assert ill.values[:, :, 1] == pytest.approx(others.values[:, :, 1])


def test_what_was_never_counted_stays_a_contest_and_anaphylaxis_rare() -> None:
    names = [f"{one}_frequency" for one in ("fatigue", "myalgia", "arthralgia", "thrombocytosis", "anaphylaxis")]
    claimed = run("oprelvekin_pk+adverse_events", [0.0, 14 * DAY], names, daily(14))
    absent = run("oprelvekin_pk+adverse_events", [0.0, 14 * DAY], names, daily(14), signs=0.0)
    assert np.all(claimed.values[:, 1] > claimed.values[:, 0])
    assert absent.values[:, 1] == pytest.approx(absent.values[:, 0], rel=1e-5)
    assert np.all(claimed.values[:, 1, names.index("anaphylaxis_frequency")] < 0.05)


def test_children_have_papilloedema_more_often() -> None:
    at = [0.0, 14 * DAY]
    adults = run("oprelvekin_pk+adverse_events", at, ["papilloedema_frequency"], daily(14), count=200)
    children = run("oprelvekin_pk+adverse_events", at, ["papilloedema_frequency"], daily(14), count=200, child=1.0)
    assert np.all(adults.values[:, 0] == 0)
    assert np.median(children.values[:, 1]) > 4 * np.median(adults.values[:, 1])
    assert np.mean(children.values[:, 1] > adults.values[:, 1]) > 0.8  # each in a trial of its own, and trials differ


def test_the_module_of_adverse_events_is_what_its_script_writes() -> None:
    script = Path(__file__).parents[3] / "scripts" / "build_adverse_events.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout.strip()) == (0, "nothing differs")
