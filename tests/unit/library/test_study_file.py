"""A study's file: what is wrong in form and what is wrong in names come at once, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleio.base.errors import StudyError
from pleio.library import open as open_library
from pleio.web.jobs.asking import asked_of

IL11 = open_library("il11")
WRONG = """title: Wrong
mechanism: [antibody_pk, il11_source, receptor, platelets]
cohort: {size: 2, wieght: 70 kg}
arms:
  none: none
  one: {agent: oprelvekn, amount: 50 µg/kg, route: subcutaneous}
  two: {agent: anti-IL11, amount: 10 seconds, route: intravenous}
  7.5 mg, by mouth: {agent: anti-IL11, amount: 7.5 mg, route: oral}
horizn: 14 d
endpoints:
  rise: {of: platlets, take: maximum}
  fall: {of: platelets, take: lowest}
observe: [plateletes]
decision: {utility: rise - fal}
"""


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        IL11.study(str(path))
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_form_and_names_come_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, WRONG)
    lines = [int(one.partition(" ")[0].rstrip(":")) for one in found]
    assert lines == sorted(lines) and {1, 3, 6, 7, 8, 9, 11, 12, 13} <= set(lines)
    said = "\n".join(found)
    for text in ("'weight'", "'oprelvekin'", "no dose", "no route 'oral'", "'horizon'", "'platelets'", "'lowest'"):
        assert text in said


def test_a_module_that_does_not_exist_hides_no_agent_that_does_not(tmp_path: Path) -> None:
    found = problems(tmp_path, WRONG.replace("il11_source", "il11_sorce"))
    assert any(one.startswith("2 mechanism[1]: 'il11_sorce' is no module") for one in found)
    assert any(one.startswith("6 arms.one: agent 'oprelvekn' is not known") for one in found)


OWN = """agents:
  mine: {target: IL11, modes: neutralising, half_live: 3 d}
  yours: {target: IL11}
  theirs: not_there.yaml
"""


def test_a_wrong_agent_of_the_studys_own_hides_nothing_else_and_nothing_hides_it(tmp_path: Path) -> None:
    given = "arms:\n" + "".join(
        f"  {name}: {{agent: {name}, amount: 5 mg, route: intravenous}}\n" for name in ("mine", "theirs", "hers")
    )
    text = WRONG.replace("arms:\n", given).replace("horizn", "horizon") + OWN
    for form in (text, text.replace("il11_source", "il11_sorce"), text.replace("horizon: 14 d", "horizon: 14 dd")):
        found = problems(tmp_path, form)
        said = "\n".join(found)
        lines = [int(one.partition(" ")[0].rstrip(":")) for one in found]
        assert lines == sorted(lines) and len(set(found)) == len(found)
        for fault in (
            "unknown key 'modes'",
            "unknown key 'half_live'",
            "not_there.yaml does not exist",
            "'oprelvekin'",
        ):
            assert fault in said
        assert "'hers'" in said
        assert "agent 'mine' is not known" not in said and "'theirs'" not in said
        assert ("'il11_sorce' is no module" in said) == ("il11_sorce" in form)
        assert ("'dd'" in said) == ("dd" in form)
    assert "'platelets'" in "\n".join(problems(tmp_path, text)), "endpoints are held against the mechanism too"


def test_a_text_that_is_sent_is_told_all_that_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        asked_of(IL11, "", WRONG)
    sent = [str(problem) for problem in caught.value.problems]
    assert [one.partition(":")[2] for one in sent] == problems(tmp_path, WRONG)
    with pytest.raises(StudyError, match="which only a study that is a file itself may") as caught:
        asked_of(IL11, "", WRONG + OWN)
    assert "'oprelvekin'" in str(caught.value) and "not_there.yaml does not exist" not in str(caught.value)


@pytest.mark.parametrize("text", ["- a list\n", "title: only\n", "arms: 3\nendpoints: []\nmechanism: 7\n"])
def test_a_file_that_is_no_study_is_refused(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_every_study_of_the_library_passes(tmp_path: Path) -> None:
    for name in IL11.studies:
        assert IL11.study(str(IL11.folder / "studies" / f"{name}.yaml")).stated == IL11.study(name).stated
