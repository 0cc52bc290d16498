from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

import pleio
from pleio.base.errors import StudyError
from pleio.cli.main import run as command
from pleio.library.question import StudyInLibrary
from pleio.library.scenarios.own_agent import own_agents, read_own_agent
from pleio.library.scenarios.own_values import given
from pleio.studies.regimens.coverage import dose_for

SMALL = """
title: An antibody alone
mechanism: [antibody_pk, il11_source, receptor]
cohort: {size: 2}
arms: {none: none}
worlds: {count: 48, seed: 5}
horizon: 112 d
every: 28 d
endpoints:
  left: {of: il11, take: final, relative_to: baseline}
"""
MINE = "title: LX-11\ntarget: IL11\naffinity: 80 pM\nhalf_life: 24 d\nclearance:\n"


def written(folder: Path, study: str = SMALL, agent: str = MINE) -> tuple[str, str]:
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    (folder / "mine.yaml").write_text(agent, encoding="utf-8")
    return str(folder / "study.yaml"), str(folder / "mine.yaml")


def asked(folder: Path, regimen: str = "300 mg q4w", **files: str) -> StudyInLibrary:
    study, agent = written(folder, **files)
    return pleio.open("il11").study(study).giving(agent, regimen)


def test_blanks_are_those_of_any_igg_and_said_so(tmp_path: Path) -> None:
    found = {one.parameter: one for one in asked(tmp_path).known["LX-11"]}
    assert not found["antibody_kd"].generic and found["antibody_kd"].value == "80 pM"
    assert found["antibody_ka"].generic and found["antibody_ka"].trust == "unv-M"
    assert found["antibody_ka"].value == "lognormal(0.010, 30 %) 1/h"


def test_the_agent_of_the_guide_can_be_read(tmp_path: Path) -> None:
    guide = Path(__file__).resolve().parents[3] / "docs" / "guide" / "studies.md"
    blocks = re.findall(r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "mine.yaml"
    path.write_text(next(block for block in blocks if block.startswith("title: LX-11")), encoding="utf-8")
    assert read_own_agent(path) == (
        "LX-11",
        {"title": "LX-11", "target": "IL11", "affinity": "80 pM", "half_life": "24 d"},
    )


def test_a_half_life_is_that_of_the_last_phase(tmp_path: Path) -> None:
    study = asked(tmp_path)
    agent = study.agents["LX-11"]
    k = {
        name: study.assembled.priors[f"antibody_{name}"].value
        for name in ("central_volume", "peripheral_volume", "flow")
    }
    clearance = float(agent.uncertain["antibody_clearance"].median)
    rates = np.array(
        [
            [-(clearance + k["flow"]) / k["central_volume"], k["flow"] / k["peripheral_volume"]],
            [k["flow"] / k["central_volume"], -k["flow"] / k["peripheral_volume"]],
        ]
    )
    slowest = -np.linalg.eigvals(rates).real.max()
    assert np.log(2) / slowest == pytest.approx(24 * 24, rel=1e-9)


def test_the_dose_for_ninety_per_cent_covers_ninety_per_cent(tmp_path: Path) -> None:
    study = asked(tmp_path)
    worlds = study.worlds()
    found = study.coverage(worlds)
    assert found is not None and found.trough == "112 d" and found.failed == 0
    site = found.sites[0]
    low, middle, high = site.dose
    assert 0 < low < middle < high < np.inf
    at = asked(tmp_path, regimen=f"{middle:.6g} mg q4w").coverage(worlds)
    assert at is not None and at.sites[0].free_ligand[1] == pytest.approx(0.1, abs=0.01)
    # what the run itself says of the same arm at its end, a dose being given at that moment, is the same state
    left = 1 + study.run(worlds).endpoints.sel(arm="LX-11 300 mg q4w", endpoint="left").mean("subject").values
    assert site.free_ligand[1] == pytest.approx(np.median(left), rel=1e-3)


def test_a_receptor_block_holds_receptors_and_leaves_the_ligand(tmp_path: Path) -> None:
    found = asked(tmp_path, agent="title: RX\ntarget: IL-11Ra\n").coverage(asked(tmp_path).worlds(16))
    assert found is not None
    site = found.sites[0]
    assert site.receptor[1] > 0.8 and site.free_ligand == pytest.approx((1, 1, 1), abs=1e-6)
    assert site.signal[1] < 0.1


def test_the_dose_between_two_tried_ones_lies_on_the_logistic_curve() -> None:
    doses = np.array([1.0, 10.0, 100.0])
    assert dose_for(doses, doses / (doses + 5.0)) == pytest.approx(45.0)
    assert dose_for(doses, np.array([0.95, 0.99, 0.999])) == 1.0
    assert dose_for(doses, np.array([0.1, 0.2, 0.3])) == np.inf
    assert np.isnan(dose_for(doses, np.full(3, np.nan)))


@pytest.mark.parametrize(
    ("agent", "says"),
    [
        ("title: x\ntarget: IL6\naffinty: 3 nM\n", ["2 problems", "is no target", "did you mean 'affinity'?"]),
        ("title: x\ntarget: IL11\naffinity: 3 kg\nflow: -1 L/d\n", [":3 affinity", "nM", ":4 flow", "be negative"]),
        ("title: x\ntarget: IL11\nclearance: 1 L/d\nhalf_life: 3 d\n", ["keep one"]),
        ("title: x\ntarget: IL11\nhalf_life: 60 h\n", ["half_life", "exchange with the periphery"]),
        ("title: x\ntarget: [IL11, IL6]\nclearance: 3 L\n", ["2 problems", ":2 target", "bispecific", ":3 clearance"]),
        ("title: x\ntarget: IL11 and IL11RA\naffinity: 3\n", ["2 problems", "bispecific", "'3' is not in nM"]),
        ("- a list\n", ["is not a mapping"]),
    ],
)
def test_a_wrong_file_is_refused_with_all_its_problems(tmp_path: Path, agent: str, says: list[str]) -> None:
    path = tmp_path / "agent.yaml"
    path.write_text(agent, encoding="utf-8")
    library = pleio.open("il11")
    with pytest.raises(StudyError) as caught:
        name, said = read_own_agent(path)
        own = own_agents({name: said}, library)[name]
        given(name, own, library, library.mechanism("antibody_pk+il11_source+receptor"))
    assert all(text in str(caught.value) for text in says), str(caught.value)


def test_the_command_gives_coverage_and_says_what_was_generic(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study, agent = written(tmp_path)
    arguments = ["study", "run", study, "--agent", agent, "--regimen", "300 mg q4w", "--worlds", "8"]
    assert command([*arguments, "--json", "--no-cache"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"digest", "endpoints", "failed", "trajectories", "workers", "agents", "coverage"} <= set(found)
    assert {one["from"] for one in found["agents"]["LX-11"]} == {"your file", "any human IgG"}
    assert found["coverage"]["sites"][0]["dose_for_90_percent"]["unit"] == "mg"
    assert command(arguments) == 0
    printed = capsys.readouterr().out
    assert "any human IgG (unv-M)" in printed and "dose for 90 %" in printed


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--agent", "MINE"], "an arm without a regimen"),
        (["--regimen", "300 mg q4w"], "a regimen without an agent"),
        (["--agent", "MINE", "--regimen", "often"], "does not begin with an amount"),
        (["--agent", "X_203", "--regimen", "300 mg q4w"], "did you mean 'X203'?"),
        (["--set", "cohort.size"], "write path=value"),
        (["--set", "arm.amount=3 mg"], "could be of 0 arms"),
        (["--set", "horizn=3 d"], "did you mean 'horizon'?"),
        (["--set", "cohort.size=none"], "cohort.size"),
    ],
)
def test_wrong_options_are_refused(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], more: list[str], says: str
) -> None:
    study, agent = written(tmp_path)
    assert command(["study", "run", study, *(agent if text == "MINE" else text for text in more)]) == 2
    assert says in capsys.readouterr().err
