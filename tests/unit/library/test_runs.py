"""Runs that are kept: compared, weighed by other claims, written as a memo."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pleio
from invented_runs import invented
from pleio.base.errors import StudyError
from pleio.cli.main import run as command
from pleio.library.opened import Library
from pleio.library.results.comparing import changed_groups, compare_runs
from pleio.library.results.memo import memo
from pleio.library.results.memo_text import html, markdown
from pleio.library.results.moved import studies_moved
from pleio.library.results.runs import KeptRun, find_run, keep_run, runs, written
from pleio.studies.forms import plain
from pleio.studies.study import Study

LIBRARY = pleio.open("il11")
FIBROSIS = "anti-il11-fibrosis"


def made(
    folder: Path, changes: dict[str, Any] | None = None, library: Library = LIBRARY, seed: int = 3, count: int = 900
) -> KeptRun:
    """Keep a run whose endpoints are invented from its worlds: the signs decide which arm is best."""
    asked = library.study(FIBROSIS, {"cohort.size": 2, **(changes or {})})
    worlds = asked.worlds(count, seed=seed)
    return keep_run(asked, invented(asked, worlds), folder)


@pytest.mark.parametrize("name", LIBRARY.studies)
def test_a_study_is_written_so_that_it_reads_back_the_same(name: str) -> None:
    stated = LIBRARY.study(name).stated
    text = written(stated)
    again = Study.model_validate({**text, "arms": {arm: given or "none" for arm, given in text["arms"].items()}})
    assert plain(again) == plain(stated)


def test_a_run_is_kept_whole_and_found_by_name_or_digits(tmp_path: Path) -> None:
    kept = made(tmp_path)
    other = made(tmp_path, {"horizon": "140 d"})
    found = find_run(kept.id[:8], LIBRARY, tmp_path)
    assert found is not None and found.id == kept.id and found.is_current
    assert np.array_equal(found.result.values, kept.result.values)
    assert found.result.worlds.digest == kept.result.worlds.digest
    assert found.result.worlds.oversampling == pytest.approx(kept.result.worlds.oversampling)
    assert plain(found.asked.study) == plain(kept.asked.study)
    assert {run.id for run in runs(LIBRARY, tmp_path)} == {kept.id, other.id}
    assert find_run(FIBROSIS, LIBRARY, tmp_path) is not None and find_run("other-study", LIBRARY, tmp_path) is None
    with pytest.raises(StudyError, match="is not kept"):
        find_run("0123abcd", LIBRARY, tmp_path)
    (tmp_path / f"{kept.id}-values.npy").write_bytes(b"altered")
    assert [run.id for run in runs(LIBRARY, tmp_path)] == [other.id]


def test_what_changed_is_named_by_group(tmp_path: Path) -> None:
    first = made(tmp_path)
    cases = {
        "arms": {"arms.anti-IL-11.amount": "30 mg/kg"},
        "subjects": {"conditions.TGFB": 6},
        "question": {"decision.price": 2},
    }
    for group, changes in cases.items():
        assert changed_groups(first, made(tmp_path, changes)) == (group,)
    assert changed_groups(first, first) == ()
    assert changed_groups(first, made(tmp_path, seed=4)) == ("draws",)
    assert changed_groups(first, made(tmp_path, {"arms.none": "none", "worlds.belief": "sceptic"})) == ("claims",)
    two = {**cases["arms"], **cases["question"]}
    assert changed_groups(first, made(tmp_path, two)) == ("arms", "question")


def test_one_change_at_a_time_says_which_moved_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path)
    second = made(tmp_path, {"arms.anti-IL-11.amount": "40 mg/kg", "decision.price": 2})
    simulated: list[Any] = []

    def stand_in(study: Study, mechanism: Any, worlds: Any, **options: Any) -> Any:
        simulated.append(study)
        return invented(replace(first.asked, stated=study), worlds)

    monkeypatch.setattr("pleio.library.results.comparing.run", stand_in)
    found = compare_runs(first, second)
    assert [move.group for move in found.moves] == ["arms", "question"] and len(simulated) == 2
    moves = {move.group: move.answer for move in found.moves}
    assert moves["arms"] == found.answers[1] and moves["question"] == found.answers[0]
    assert "arms" in found.sentence and "question" not in found.sentence
    assert any(change.name.startswith("arms.anti-IL-11") for change in found.changes)
    json.dumps(found.to_json())
    same = compare_runs(first, first)
    assert same.sentence == "Nothing changed." and same.moves == () and same.changes == ()


def without_evidence(most: int) -> Library:
    """The library as if nothing had been seen of some contests in which the study's effects are signed."""
    asked = LIBRARY.study(FIBROSIS)
    beliefs = LIBRARY.belief().contests
    contests = dict.fromkeys(switch.contest for switch in asked.mechanism.switches.values())
    open_ones = [beliefs[name] for name in contests if not beliefs[name].is_backbone][:most]
    silent = {claim.id for one in open_ones for claim in one.contest.claims}
    claims = tuple(
        each.model_copy(
            update={"evidence": tuple(item.model_copy(update={"modality": "speculative"}) for item in each.evidence)}
        )
        if each.id in silent
        else each
        for each in LIBRARY.claims.claims
    )
    return LIBRARY.with_claims(replace(LIBRARY.claims, claims=claims))


def test_claims_that_are_added_are_told_by_what_they_make_of_kept_runs(tmp_path: Path) -> None:
    kept = made(tmp_path, count=4000)
    (thin,) = studies_moved(LIBRARY, without_evidence(99), [kept])
    assert "400 are needed" in thin.rerun and thin.is_moved and "needs another run" in str(thin)
    assert thin.test == (None, None) and thin.best[0] in str(thin)  # the value of a test is refused, the arms are told
    after = without_evidence(1)
    (found,) = studies_moved(LIBRARY, after, runs(LIBRARY, tmp_path))
    assert found.rerun == "" and found.effective >= 400 and found.is_moved
    # what reweighting says is what drawing anew from the new belief says
    again = made(tmp_path / "anew", library=after, seed=8, count=4000)
    from pleio.library.results.comparing import answer_of

    drawn = answer_of(again.result)
    assert drawn is not None and found.best[1] == drawn.best
    chances = drawn.chances[found.best[0]]
    assert found.chance[1] == pytest.approx(chances, abs=0.06)
    assert found.study in str(found) and "before" in found.to_json()["best"]
    (same,) = studies_moved(LIBRARY, LIBRARY, [kept])
    assert not same.is_moved
    (third,) = studies_moved(after, LIBRARY, [kept])
    assert third.rerun == "it was drawn from other claims than were held before" and third.is_moved


def test_a_memo_has_all_its_parts_and_escapes_what_it_is_given(tmp_path: Path) -> None:
    kept = made(tmp_path, {"title": "Fibrosis <script>alert(1)</script>"})
    found = memo(kept.asked, kept.result, ["collagen_change < -0.1"])
    text, page = markdown(found), html(found)
    for head in ("Effects", "Chance of reaching the target", "What decides it", "What would change our mind"):
        assert f"## {head}" in text and f"<h2>{head}</h2>" in page
    assert ("## The next experiment" in text and "weeks and" in text and "EUR" in text) or "USD" in text
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "@media print" in page and "<svg" in page
    chance = next(one.chance for one in found.targets if one.arm == "anti-IL-11")
    means = kept.result.values[1, :, :, 0].mean(axis=1)
    assert chance == pytest.approx(np.average(means < -0.1, weights=kept.result.worlds.weights))
    assert f"| {100 * chance:.0f} % |" in text and f">{100 * chance:.0f} %</td>" in page  # what is shown is that
    with pytest.raises(StudyError, match="'collagen' is no endpoint"):
        memo(kept.asked, kept.result, ["collagen < 0"], figure=False)


def test_the_commands_run_compare_and_report(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(
        "title: Small\nmechanism: [antibody_pk]\ncohort: {size: 2}\nhorizon: 28 d\nworlds: {count: 16, seed: 5}\n"
        "arms:\n  none: none\n  iv: {agent: anti-IL11, amount: 300 mg, route: intravenous}\n"
        "endpoints:\n  exposure: {of: antibody, take: auc}\n"
        "decision: {utility: exposure}\n",
        encoding="utf-8",
    )
    assert command(["study", "run", str(path)]) == 0
    assert command(["study", "compare", "small", str(path), "--set", "arm.amount=600 mg", "--json"]) == 0
    out = capsys.readouterr().out
    found = json.loads(out[out.index("{\n") :])
    assert found["moves"][0]["group"] == "arms" and "stays best" in found["sentence"]
    assert command(["study", "runs", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert command(["study", "compare", "small", str(path), "--set", "arm.amount=600 mg"]) == 0
    assert "chance that it is best" in capsys.readouterr().out
    assert command(["study", "report", str(path), "--memo", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "small-memo.html").exists() and (tmp_path / "small-memo.md").exists()
    assert command(["study", "report", str(path), "--out", str(tmp_path / "no" / "memo.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err
