"""Validation: each row simulated as its paper says, three forecasts of it, and one use for one finding."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pleio.base.errors import StudyError
from pleio.base.quantities import Distribution
from pleio.cli.main import run
from pleio.inference.observations import Comparator, Given
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts
from pleio.library.validation.forecasts import Forecaster, prior_of, read_before, without_source
from pleio.library.validation.left_out import read_left_out
from pleio.library.validation.one_use import one_use
from pleio.library.validation.rows import NotModelled, plan
from pleio.library.validation.validation import Row, read_all, validate

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROWS = {row.id: row for row in read_all(IL11)}
GORDON = "doi:10.1182/blood.V87.9.3615.bloodjournal8793615"
KEYS = ["id", "source", "observed", "low", "median", "high", "inside", "score", "off", "prior", "error", "width_ratio"]
FORECAST = ["low", "median", "high", "score"]
SOME = (
    "oprelvekin-cmax-50", "oprelvekin-auc-linearity", "oprelvekin-tmax-50", "platelets-rise-50",
    "megakaryocyte-frequency", "ae-oedema", "activin-il11-secretion", "activin-il11-mrna", "kd-il11-sil11ra",
    "haematocrit-fall",
)  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, Row]:
    checked = validate(IL11, [ROWS[id] for id in SOME], worlds=96, subjects=4)
    assert not checked.failed and not checked.not_modelled
    return {row.observation.id: row for row in checked.rows}


def test_readouts_name_what_exists() -> None:
    assert list(READOUTS.problems()) == []


def test_every_row_of_the_library_is_simulated_or_said_not_to_be() -> None:
    for row in ROWS.values():
        try:
            assert plan(row, READOUTS).at > 0
        except NotModelled as reason:
            assert len(str(reason)) > 10


def test_a_row_has_the_published_keys(found: dict[str, Row]) -> None:
    for row in found.values():
        given = row.to_json()
        assert list(given) == KEYS
        assert list(given["off"]) == list(given["prior"]) == FORECAST
        assert given["low"] <= given["median"] <= given["high"]


def test_a_concentration_agrees_with_its_closed_form(found: dict[str, Row]) -> None:
    # dose / V · ka / (ka − ke) · (e^{−ke t} − e^{−ka t}) at its maximum, F cancelling, at the medians of the table
    priors = IL11.mechanism("oprelvekin_pk").priors
    ka, ke, cl = (priors[f"oprelvekin_{name}"].value for name in ("ka", "ke", "apparent_clearance"))
    peak = np.log(ke / ka) / (ke - ka)
    expected = 50 * ke / cl * ka / (ke - ka) * (np.exp(-ka * peak) - np.exp(-ke * peak))
    assert found["oprelvekin-cmax-50"].own.median == pytest.approx(expected, rel=0.08)
    assert found["oprelvekin-tmax-50"].own.median == pytest.approx(peak, rel=0.12)
    assert found["oprelvekin-auc-linearity"].own.median == pytest.approx(1.0, abs=0.03)


def test_with_effects_off_the_drug_is_there_and_does_nothing(found: dict[str, Row]) -> None:
    assert found["oprelvekin-cmax-50"].off == found["oprelvekin-cmax-50"].own
    assert found["platelets-rise-50"].off.median == pytest.approx(0, abs=3)
    odds = IL11.mechanism("oprelvekin_pk+adverse_events").priors["oedema_log_odds_placebo"].value
    assert found["ae-oedema"].off.median == pytest.approx(100 / (1 + np.exp(-odds)), abs=4)
    assert found["ae-oedema"].off.median < 0.5 * found["ae-oedema"].own.median


def test_before_the_data_a_forecast_is_wider(found: dict[str, Row]) -> None:
    for id in ("oprelvekin-cmax-50", "kd-il11-sil11ra"):
        own, prior = found[id].own, found[id].prior
        assert prior.high / max(prior.low, 1e-3) > 1.5 * own.high / own.low

    def wide(low: float, high: float) -> float:  # of chances, in log odds, half an event of 69 from the ends
        odds = [np.log((share + 0.7) / (100.7 - share)) for share in (low, high)]
        return float(odds[1] - odds[0])

    own, prior = found["ae-oedema"].own, found["ae-oedema"].prior
    assert wide(prior.low, prior.high) > 1.5 * wide(own.low, own.high)


def test_a_direction_counts_by_its_probability_and_a_null_by_its_margin(found: dict[str, Row]) -> None:
    direction, null = found["activin-il11-secretion"], found["activin-il11-mrna"]
    assert direction.own.score is None and direction.own.chance is not None
    assert direction.inside == (direction.own.chance >= 0.8)
    assert null.inside == (null.own.low >= 0.8 and null.own.high <= 1.2)
    narrow = null.observation.model_copy(
        update={"spread": null.observation.spread.model_copy(update={"margin": 0.001})}
    )
    unsaid = null.observation.model_copy(
        update={"id": "unsaid", "spread": null.observation.spread.model_copy(update={"margin": None})}
    )
    held = validate(IL11, [narrow, unsaid], worlds=32, subjects=2)
    assert not held.rows[0].inside and held.rows[0].own.score is not None
    assert not held.rows[1].inside and held.rows[1].own.score is held.rows[1].prior.score is None
    part = held.summary()["all"]
    assert part["coverage"]["rows"] == 0, "coverage is of measured numbers"
    assert (part["statements"], part["statements_held"]) == (1, 0) and held.rows[1].own.low <= held.rows[1].own.high


def test_a_median_of_life_spans_is_as_uncertain_as_its_animals_are_few() -> None:
    row = ROWS["lifespan-antibody-male"]
    few, many = (
        validate(IL11, [row.model_copy(update={"n": n})], worlds=24, subjects=1).rows[0].off for n in (12, 108)
    )
    assert (few.high - few.low) == pytest.approx(3 * (many.high - many.low), rel=0.15)
    # a Gompertz median of 123 weeks from 75 on: the hazard there is 0.04 a week, and both groups are off
    assert (few.high - few.low) / (2 * 1.645) == pytest.approx(100 * np.sqrt(2 / 12) / 0.04 / 123, rel=0.2)


def test_the_same_seed_gives_the_same_numbers_and_another_row_changes_none() -> None:
    rows = [ROWS["oprelvekin-cmax-50"], ROWS["ae-oedema"]]
    one = validate(IL11, rows, worlds=32, subjects=2).rows[1]
    two = validate(IL11, rows[1:], worlds=32, subjects=2).rows[0]
    assert one.to_json() == two.to_json()


def test_what_comes_from_a_checked_source_is_left_out() -> None:
    forecaster = Forecaster(IL11, READOUTS, worlds=64, subjects=2)
    beliefs = forecaster.without(GORDON).belief()
    assert IL11.belief().of("il11-crp", "sufficiency").outcomes != beliefs.of("il11-crp", "sufficiency").outcomes
    others = read_left_out(IL11)
    side = plan(ROWS["kd-il11ra-gp130-membrane"], READOUTS).side
    asked = forecaster.asked(side, "il11_cell_kd", 2.0)
    for name, prior in asked.assembled.priors.items():
        left = forecaster._without(asked, prior.source).get(name)
        if prior.source and left is not None and name in read_before(IL11).priors:
            assert left == others.get(prior.source, read_before(IL11).priors).get(name, read_before(IL11).priors[name])


def test_what_several_sources_set_is_known_by_the_others_when_one_is_left_out() -> None:
    forecaster, others = Forecaster(IL11, READOUTS, worlds=8, subjects=1), read_left_out(IL11)
    asked = forecaster.asked(plan(ROWS["vwf-rco-day4-50"], READOUTS).side, "vwf", 4.0)
    now, before = asked.mechanism.uncertain["gain_vwf"], read_before(IL11).priors["gain_vwf"]
    for source in ("pleio:ragni-2006", "doi:10.1160/TH12-06-0447", "doi:10.1160/TH11-04-0274"):
        left = forecaster._without(asked, source)["gain_vwf"]
        assert left == others[source]["gain_vwf"]
        assert left not in (now, before)
        assert isinstance(before, Distribution) and left.second < before.second
    assert forecaster._without(asked, "pleio:tepler-1996")["gain_vwf"] == now


def test_how_hard_a_regimen_is_is_known_by_the_others_unless_the_row_says_it() -> None:
    others = read_left_out(IL11)["pubmed:12839693"]
    side = plan(ROWS["prevention-days-under-100-without"], READOUTS).side
    assert dict(side.known_by(others).conditions)["chemotherapy_share"] == str(others["chemotherapy_share"])
    stated = plan(ROWS["transfusion-free-placebo"], READOUTS).side
    assert stated.known_by(others) == stated


def test_every_source_of_a_fit_to_several_is_left_out_once() -> None:
    """And none that is kept for checking is among them."""
    kept = {row.source for row in ROWS.values() if row.use == "check"}
    fitted = {row.source for row in ROWS.values() if row.use == "fit"}
    assert set(read_left_out(IL11)) <= fitted - kept


def test_a_knock_out_has_lost_what_the_others_have() -> None:
    """It differs from a body that never had own IL-11 to lose, of which every effect would be exactly nothing."""
    row = ROWS["lifespan-antibody-male"]
    mice = row.population.model_copy(update={"condition": "Il11-/-"})
    lost = row.model_copy(update={"id": "ko", "regimen": None, "population": mice, "n": 2000, "source": "pubmed:1"})
    one = plan(lost, READOUTS)
    assert "il11_resting_ageing_tissue" in one.side.lost
    assert not any(name.startswith("il11_resting") for name, _ in one.side.conditions)
    found = validate(IL11, [lost], worlds=48, subjects=1).rows[0]
    assert found.own.high > 4 > found.off.high


def test_a_row_of_mice_is_forecast_with_what_is_believed_of_mice() -> None:
    forecaster = Forecaster(IL11, READOUTS, worlds=64, subjects=2)
    claim = ("il11-bleomycin-collagen", "necessity")
    mice, people = (forecaster.without("").belief("neutral", species).of(*claim) for species in ("mouse", "human"))
    assert mice.outcomes["increases"] > 0.75 > 0.65 > people.outcomes["increases"]
    seen = ROWS["mouse-platelets-day-4"].model_copy(
        update={
            "module": "organs",
            "readout": "lung_hydroxyproline_ratio",
            "unit": "1",
            "time": "21 d",
            "regimen": Given(agent="X203", amount="20 mg/kg", route="intraperitoneal", every="84 h", times=6),
            "comparator": Comparator(condition="control"),
        }
    )
    planned = plan(seen, READOUTS)
    assert planned.against is not None
    worlds, (course,) = forecaster.courses(planned.side, planned.of, planned.at, "own", "", [planned.of])
    _, (other,) = forecaster.courses(planned.against, planned.of, planned.at, "own", "", [planned.of])
    states = worlds.contests[mice.contest.id]
    share = worlds.weights[states.index == states.names.index("increases")].sum() / worlds.weights.sum()
    assert share == pytest.approx(mice.outcomes["increases"], abs=0.1)
    lungs = (course.take("value", at=planned.at) / other.take("value", at=planned.at)).mean(axis=1)
    assert np.array_equal(lungs < 1 - 1e-6, states.index == states.names.index("increases"))


def test_a_source_that_the_library_never_heard_of_is_not_left_out_again() -> None:
    forecaster = Forecaster(IL11, READOUTS, worlds=16, subjects=2)
    assert {row.source for row in ROWS.values()} <= forecaster.heard
    assert {item.source for claim in IL11.claims.claims for item in claim.evidence} <= forecaster.heard
    row = ROWS["oprelvekin-cmax-50"].model_copy(update={"use": "check"})
    assert forecaster.left_out(row) == row.source
    assert forecaster.left_out(row.model_copy(update={"source": "pubmed:1"})) == ""
    assert forecaster.left_out(row.model_copy(update={"use": "fit"})) == ""


def test_leaving_a_source_out_changes_no_other_evidence() -> None:
    changed = without_source(IL11.claims, GORDON)
    for before, after in zip(IL11.claims, changed, strict=True):
        for one, other in zip(before.evidence, after.evidence, strict=True):
            assert (one == other) == (one.source != GORDON or one.modality == "speculative")


def test_the_prior_of_worlds_is_that_of_the_contests() -> None:
    beliefs = IL11.belief()
    contest = beliefs.of("il11-platelets", "sufficiency")
    joint = prior_of(beliefs, [contest.contest.id])
    assert joint.outcomes[contest.contest.id] == dict(contest.prior)
    table = joint.tables[contest.contest.id].posterior
    assert table.reshape(-1, table.shape[-1])[0] == pytest.approx(list(contest.prior.values()))


def test_the_library_uses_each_finding_once() -> None:
    uses = one_use(IL11, list(ROWS.values()))
    assert uses.overlaps == ()
    assert ("il11-vwf", "vwf-rco-day4-50") in {pair[:2] for pair in uses.pairs}


def test_a_finding_that_is_used_twice_is_found() -> None:
    claim = IL11.claims["il11-vwf"]
    seen = next(item for item in claim.evidence if item.says == "observation")
    twice = seen.model_copy(update={"says": "supports", "observation": None})
    changed = claim.model_copy(update={"evidence": (*claim.evidence, twice)})
    claims = tuple(changed if one.id == claim.id else one for one in IL11.claims.claims)
    library = replace(IL11)
    library.__dict__["claims"] = replace(IL11.claims, claims=claims)
    overlaps = one_use(library, list(ROWS.values())).overlaps
    assert any("is cited as an observation and weighs" in one for one in overlaps)
    assert any("set the size of the switch 'vwf'" in one for one in overlaps)


OUTSIDE = """\
- id: unseen-cmax
  module: oprelvekin_pk
  readout: oprelvekin_peak
  population: {species: human, condition: healthy men}
  regimen: {agent: oprelvekin, amount: 25 µg/kg, route: subcutaneous}
  time: 24 h
  value: 9
  unit: ng/mL
  spread: {kind: SD, value: 3}
  n: 9
  question: sufficiency
  source: pubmed:1
  trust: abstract
- id: unseen-urine
  module: oprelvekin_pk
  readout: oprelvekin_urine_fraction
  population: {species: human}
  regimen: {agent: oprelvekin, amount: 25 µg/kg, route: subcutaneous}
  time: 24 h
  value: 1
  unit: "%"
  spread: {kind: unstated}
  question: sufficiency
  source: pubmed:1
  trust: abstract
"""


def test_a_file_from_outside_is_validated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "unseen.yaml"
    path.write_text(OUTSIDE, encoding="utf-8")
    assert run(["validate", str(path), "--worlds", "32", "--subjects", "2", "--json"]) == 0
    given = json.loads(capsys.readouterr().out)
    assert list(given) == ["rows", "summary"]
    assert [list(row) for row in given["rows"]] == [KEYS]
    assert given["rows"][0]["inside"] is True
    assert [one["id"] for one in given["summary"]["not_modelled"]] == ["unseen-urine"]


def test_a_bad_file_is_refused_with_all_its_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(OUTSIDE.replace("  unit: ng/mL\n", "").replace("urine_fraction", "whatnot"), encoding="utf-8")
    assert run(["validate", str(path)]) == 2
    said = capsys.readouterr().err
    assert "'unit' is missing" in said and "unknown readout 'oprelvekin_whatnot'" in said


def test_entries_that_cannot_be_read_are_told_and_the_others_forecast(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mixed.yaml"
    path.write_text(OUTSIDE + "- id: unseen-cmax\n  readout: whatnot\n- 7\n", encoding="utf-8")
    assert run(["validate", str(path), "--worlds", "32", "--subjects", "2", "--json"]) == 1
    told = capsys.readouterr()
    given = json.loads(told.out)
    assert [row["id"] for row in given["rows"]] == ["unseen-cmax"]
    assert [one["id"] for one in given["summary"]["not_modelled"]] == ["unseen-urine"]
    refused = given["summary"]["refused"]
    assert {"no module is known to have 'whatnot'", "the id 'unseen-cmax' is used twice"} <= {
        one["what"] for one in refused
    }
    assert any(one["where"].endswith("[3]") for one in refused)
    assert all(one["what"] in told.err for one in refused)


def test_a_dry_run_says_what_each_row_is_and_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pleio.library.validation.forecasts.simulate", None)
    path = tmp_path / "mixed.yaml"
    path.write_text(OUTSIDE + "- 7\n", encoding="utf-8")
    assert run(["validate", str(path), "--dry-run", "--json"]) == 1
    given = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in given["rows"]] == ["unseen-cmax"]
    (told,) = given["rows"]
    assert told["of"] and told["at_h"] > 0
    assert told["reads"].startswith("highest oprelvekin plasma") and told["people"].startswith("human")
    assert "oprelvekin" in told["given"] and told["left_out"] == ""
    assert [one["id"] for one in given["not_modelled"]] == ["unseen-urine"] and len(given["refused"]) == 1
    assert run(["validate", str(path), "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "unseen-cmax" in told.out and "unseen-urine" in told.out and "[2]" in told.err


def test_what_nobody_asks_for_again_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Forecaster] = []

    def remember(*given: object) -> Forecaster:
        made.append(Forecaster(*given))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr("pleio.library.validation.validation.Forecaster", remember)
    rows = [ROWS["vwf-rco-day4-50"], ROWS["oprelvekin-half-life"], ROWS["vwf-rco-day4-25"]]
    assert len(validate(IL11, rows, worlds=16, subjects=2).rows) == 3
    assert made[0]._kept == {}


def test_nothing_of_the_library_is_refused() -> None:
    assert validate(IL11, list(ROWS.values())[:1], worlds=16, subjects=2).refused == ()


def test_a_quantity_of_the_module_is_a_readout_of_its_own_name() -> None:
    row = ROWS["vwf-rco-day4-50"].model_copy(update={"readout": "vwf", "unit": "fold"})
    assert plan(row, READOUTS).of == "vwf"
    with pytest.raises(NotModelled, match="no agent"):
        plan(row.model_copy(update={"regimen": row.regimen.model_copy(update={"agent": "filgrastim"})}), READOUTS)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"route": "inhaled"}, "not given by the route 'inhaled'"),
        ({"amount": "5 kg/m"}, "none that can be given"),
        ({"amount": "50 ng/mL"}, "no dish"),
        ({"agent": "X203"}, "no part of this readout"),
    ],
)
def test_a_regimen_that_cannot_be_given_is_said_and_stops_nothing(changes: dict[str, str], why: str) -> None:
    row = ROWS["oprelvekin-cmax-50"]
    assert row.regimen is not None
    with pytest.raises(NotModelled, match=why):
        plan(row.model_copy(update={"regimen": row.regimen.model_copy(update=changes)}), READOUTS)


def test_a_regimen_is_completed_only_where_it_is_silent() -> None:
    row = ROWS["oprelvekin-cmax-50"]

    def doses(**given: object) -> list[int]:
        silent = {"amount": None, "every": None, "times": None, **given}
        assert row.regimen is not None
        side = plan(row.model_copy(update={"regimen": row.regimen.model_copy(update=silent)}), READOUTS).side
        return [arm[0].times for arm in side.arms]

    assert doses(amount="50 µg/kg") == [1]
    assert doses() == [14]
    assert doses(amount="50 µg/kg", every="1 d", times=3) == [3]
    assert doses(amount="10 to 50 µg/kg", every="1 d", times="14 to 21") == [14, 21] * 3


def test_an_unknown_unit_of_a_modelled_readout_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "unit.yaml"
    path.write_text(OUTSIDE.replace("unit: ng/mL", "unit: ng/dozen"), encoding="utf-8")
    with pytest.raises(StudyError, match="dozen"):
        read_all(IL11, path)
