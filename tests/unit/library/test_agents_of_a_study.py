"""Agents of a study's own: in its file, beside it, or like one of the library; and what an assumption makes of one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pleio
from pleio.base.errors import StudyError
from pleio.base.yaml import dump
from pleio.cli.main import run as command
from pleio.library.question import StudyInLibrary
from pleio.library.results.plain_network import plain_network
from pleio.library.results.runs import written_study
from pleio.studies.study import read_study

IL11 = pleio.open("il11")
STUDY = """title: Mine
mechanism: [oprelvekin_pk, antibody_pk, il11_source, receptor]
cohort: {size: 1, weight: 70 kg}
agents:
  LX-11: mine.yaml
  weak: {target: IL11, affinity: 100 nM}
  MX-1: {like: IL11-mutein, parameters: {il11_drug_kd_ratio: 0.02}}
arms:
  none: none
  IgG: {agent: LX-11, amount: 30 mg, route: intravenous}
  weak: {agent: weak, amount: 30 mg, route: intravenous}
  mutein: {agent: MX-1, amount: 50 µg/kg}
worlds: {count: 4}
horizon: 7 d
endpoints:
  left: {of: il11, take: final, relative_to: baseline}
"""
MINE = "title: whatever\ntarget: IL11\naffinity: 20 pM\n"


def written(folder: Path, study: str = STUDY, **files: str) -> str:
    for name, text in {"study": study, "mine": MINE, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder / "study.yaml")


def test_agents_in_the_file_and_beside_it_stand_in_its_arms(tmp_path: Path) -> None:
    asked = IL11.study(written(tmp_path, STUDY.replace("of: il11,", "of: il11_effective,")))
    assert asked.agents["LX-11"].uncertain["antibody_kd"].median == pytest.approx(0.02)
    assert asked.agents["MX-1"].parameters == {"il11_drug_efficacy": 0}  # the ratio is stated
    found = asked.run()
    assert not found.failed
    none, igg, weak, mutein = np.median(found.values[..., 0], axis=(1, 2))
    assert igg < weak < none == pytest.approx(0) and mutein < 0
    # what was read from the file is in the study, which so can be written, sent and read again
    again = StudyInLibrary(IL11, "again", read_study(dump(written_study(asked.stated))))
    assert again.run().digest == found.digest


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("mine.yaml", "gone.yaml", [":5 agents.LX-11: gone.yaml does not exist", "folder of the study"]),
        ("mine.yaml", "mine.txt", [":5 agents.LX-11", "no .yaml file"]),
        ("affinity: 100 nM", "afinity: 100 nM", [":6 agents.weak.afinity", "did you mean 'affinity'?"]),
        ("affinity: 100 nM", "affinity: 3 kg", [":6 agents.weak.affinity", "is not in nM"]),
        ("target: IL11, affinity", "affinity", [":6 agents.weak", "neither 'target' nor 'like'"]),
        ("like: IL11-mutein", "like: IL11-mutien", [":7 agents.MX-1.like", "did you mean 'IL11-mutein'?"]),
        ("like: IL11-mutein", "like: IL11-mutein, affinity: 3 nM", [":7 agents.MX-1.affinity", "'parameters'"]),
        (
            "il11_drug_kd_ratio",
            "il11_drug_kd_rato",
            [":7 agents.MX-1.parameters", "did you mean 'il11_drug_kd_ratio'?"],
        ),
        ("ratio: 0.02", "ratio: 3 nM", [":7 agents.MX-1.parameters.il11_drug_kd_ratio"]),
        ("ratio: 0.02", "ratio: -1", [":7 agents.MX-1.parameters.il11_drug_kd_ratio", "negative"]),
        ("MX-1: {", "X203: {", [":7 agents.X203", "agent of the library"]),
        ("agent: weak", "agent: weka", [":11 arms.weak: agent 'weka': is not known; did you mean 'weak'?"]),
    ],
)
def test_a_wrong_agent_is_refused_where_it_stands(tmp_path: Path, before: str, after: str, says: list[str]) -> None:
    with pytest.raises(StudyError) as caught:
        IL11.study(written(tmp_path, STUDY.replace(before, after)))
    assert all(text in str(caught.value) for text in says), str(caught.value)


def test_agents_are_bounded_and_a_study_that_is_no_file_names_none(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="larger than the 100,000 bytes"):
        IL11.study(written(tmp_path, mine=MINE + "#" * 100_000))
    many = "".join(f"  a{k}: {{target: IL11}}\n" for k in range(40))
    with pytest.raises(StudyError, match="at most 32"):
        IL11.study(written(tmp_path, STUDY.replace("  weak: {target", f"{many}  weak: {{target")))
    with pytest.raises(StudyError, match="only a study that is a file itself may"):
        read_study(STUDY)


@pytest.mark.parametrize(
    "arguments",
    [["show"], ["report", "--no-sobol"], ["figures", "--format", "json", "--out", "OUT"],
     ["trial", "--arms", "LX 30 mg iv once,none", "--replicates", "100"]],
)  # fmt: skip
def test_every_command_about_a_study_takes_an_agent_in_one_way(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    study = written(tmp_path, mine=MINE.replace("whatever", "LX"))
    more = [str(tmp_path) if text == "OUT" else text for text in arguments[1:]]
    given = ["--agent", str(tmp_path / "mine.yaml"), "--regimen", "30 mg iv once"]
    worlds = [] if arguments[0] == "show" else ["--worlds", "4"]
    assert command(["study", arguments[0], study, *more, *given, *worlds]) == 0
    said = capsys.readouterr().out + "".join(path.read_text() for path in tmp_path.glob("*.json"))
    assert "LX 30 mg iv once" in said
    assert command(["study", arguments[0], study, *more, *given[:2]]) == 2
    assert "an arm without a regimen" in capsys.readouterr().err


def mice(state: str, agent: str = "oprelvekin", more: str = "") -> StudyInLibrary:
    text = f"""
title: in mice
mechanism: [oprelvekin_pk, receptor]
cohort: {{size: 1, species: mouse, weight: 25 g}}
{more}
arms: {{none: none, given: {{agent: {agent}, amount: 500 µg/kg}}}}
worlds: {{count: 4, suppose: {{rhIL11-in-mouse: {state}}}}}
horizon: 2 d
endpoints: {{bound: {{of: hexamer, take: maximum}}}}
"""
    return StudyInLibrary(IL11, "mice", read_study(text))


def test_what_an_assumption_says_of_an_agent_acts_where_it_is_given() -> None:
    def bound(asked: StudyInLibrary) -> float:
        return float(np.median(asked.run().values[1]))

    agonist, weak, none = (bound(mice(s)) for s in ("agonist", "weak_agonist", "competitive_antagonist"))
    assert agonist > 2 * weak > 0 and none == 0
    own = "agents: {MX: {like: oprelvekin, parameters: {il11_drug_kd_ratio: 1}}}"
    assert bound(mice("competitive_antagonist", "MX", own)) == 0
    stated = own.replace("kd_ratio: 1", "efficacy: 1")
    assert bound(mice("competitive_antagonist", "MX", stated)) == pytest.approx(agonist, rel=1e-6)


def test_a_network_of_an_arm_has_what_its_agent_is(tmp_path: Path) -> None:
    network = plain_network(IL11.study(written(tmp_path)), "IgG", doses=False)
    assert network.parameters["antibody_kd"].value == pytest.approx(0.02)
