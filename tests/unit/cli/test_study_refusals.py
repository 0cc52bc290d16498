"""What a study command refuses, with exit status 2 and a sentence that says where; and what added claims change."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import numpy as np
import pytest

import pleio
from invented_runs import invented
from pleio.base.errors import ClaimError
from pleio.cli.main import run as command
from pleio.cli.studies.making import opened
from pleio.library.results.runs import keep_run
from pleio.store.home import runs_folder

GOOD = """title: Small
mechanism: [antibody_pk]
cohort: {size: 2}
arms:
  none: none
  iv: {agent: anti-IL11, amount: 300 mg, route: intravenous}
worlds: {count: 8, seed: 5}
horizon: 28 d
endpoints:
  exposure: {of: antibody, take: auc}
decision: {utility: exposure}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  none: none", "  none:", "an arm without a regimen"),
        ("size: 2", "size: 2, weight: 70 kg, include: [weight > 80]", "excludes everyone"),
        (
            "utility: exposure",
            "utility: 3 * price, price: 2",
            ":11 decision.utility: the utility '3 * price' names no endpoint",
        ),
        ("utility: exposure", "utility: exposure * cost", "'cost', which is neither an endpoint nor a price"),
        ("count: 8", "count: 0", "worlds.count"),
        ("route: intravenous", "route: intravenous, start: 30 d", ":6 arms.iv: arm 'iv' gives its first dose after"),
        ("of: antibody", "of: antibodies", "did you mean 'antibody'?"),
        ("mechanism: [antibody_pk]", "mechanism: [antibody_kp]", "did you mean 'antibody_pk'?"),
    ],
)
def test_a_study_that_cannot_be_run_is_refused(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert command(["study", "run", str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert says in said.err and said.out == ""


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--worlds", "-3"], "'--worlds': Input should be greater than or equal to 1"),
        (["--threads", "0"], "'--threads': Input should be greater than or equal to 1"),
        (["--out", "result.foo"], "result.foo: '.foo' is not known; end it in .zarr"),
    ],
)
def test_an_option_that_cannot_be_met_is_refused_before_anything_runs(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert command(["study", "run", str(path), *options]) == 2
    said = capsys.readouterr()
    assert says in said.err and "worlds …" not in said.err


def test_a_cluster_that_does_not_answer_is_said(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pleio.studies.running.cluster.PATIENCE", 0.5)
    path = tmp_path / "study.yaml"
    path.write_text(GOOD, encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert command(["study", "run", str(path), "--cluster", address]) == 2
    assert f"--cluster {address}: does not answer" in capsys.readouterr().err
    assert command(["study", "run", str(path), "--workers", "2", "--cluster", address]) == 2
    assert "number of workers or the address" in capsys.readouterr().err


def test_probabilities_that_do_not_sum_are_refused(tmp_path: Path) -> None:
    from pleio.claims.read import read_claim_set

    library = pleio.open("il11")
    text = (library.folder / "assumptions.yaml").read_text(encoding="utf-8")
    first = text.index("neutral: ")
    (tmp_path / "assumptions.yaml").write_text(f"{text[:first]}neutral: 0.99{text[first + 12 :]}", encoding="utf-8")
    with pytest.raises(ClaimError, match=r"neutral priors of its states add up to 1\.\d+, not to 1"):
        references = sorted(library.folder.glob("*references.yaml"))
        read_claim_set(library.folder / "claims", tmp_path / "assumptions.yaml", references)


def test_claims_that_are_added_say_which_studies_they_move(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "mine.csv"
    head = "id,subject,relation,object,aspect,species,says,finding,source,trust,agent,form,from,n\n"
    row = "mine-{0},hgnc:5966 IL11,increases,cl:0000233 platelet,abundance,human,null,No change,pubmed:{0},file,"
    row += "IL11,recombinant,human,12\n"
    table.write_text(head + row.format(1), encoding="utf-8")
    assert command(["claims", "add", str(table)]) == 0
    assert "no study was run yet" in capsys.readouterr().err
    asked = pleio.open("il11").study("oprelvekin-platelets", {"cohort.size": 1})
    mine = opened("il11").study("oprelvekin-platelets", {"cohort.size": 1})
    worlds = mine.worlds(1500)
    assert not np.array_equal(worlds.weights, asked.worlds(1500).weights)
    keep_run(mine, invented(mine, worlds), runs_folder())
    more = tmp_path / "more.csv"
    more.write_text(head + row.format(2), encoding="utf-8")
    assert command(["claims", "add", str(more), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["studies"]
    assert found["study"] == "oprelvekin-platelets" and found["chance"]["before"] != found["chance"]["after"]


def test_a_trial_is_simulated_and_a_wrong_one_refused(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(GOOD, encoding="utf-8")
    asked = ["study", "trial", str(path), "--size", "10", "--replicates", "200", "--json"]
    assert command([*asked, "--arms", "iv,none"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["trials"]
    assert found["power"]["higher"] == 1 and found["power"]["interval"][0] > 0.95
    assert found["under_no_difference"]["significant"] == 0  # nobody has any antibody: nothing varies
    assert command([*asked, "--arms", "iv,nothing", "--lost", "2", "--endpoint", "exposur"]) == 2
    said = capsys.readouterr().err
    assert "3 problems" in said and "did you mean 'exposure'?" in said
    assert command([*asked, "--arms", "iv"]) == 2
    assert "'iv' is not two arms; write two of: none; iv" in capsys.readouterr().err
    assert command([*asked, "--arms", "iv,none", "--time-to-event"]) == 2
    assert "takes the auc" in capsys.readouterr().err


def test_quasi_random_worlds_give_the_interval_of_a_mean_and_no_evidence(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(GOOD.replace("count: 8", "count: 32, draws: quasi-random, replicates: 4"), encoding="utf-8")
    assert command(["study", "run", str(path)]) == 0
    assert "95 %, from 4 quasi-random replicates" in capsys.readouterr().out
    assert command(["study", "run", str(path), "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["endpoints"][1]
    assert row["mean_95"][0] < row["mean"] < row["mean_95"][1]
    assert command(["study", "run", str(path), "--evidence"]) == 2
    assert "--evidence: worlds.draws: is quasi-random" in capsys.readouterr().err


def test_sobol_shares_are_given_with_a_run(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert command(["study", "run", str(path), "--sobol", "--sobol-worlds", "64", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["sobol"]
    assert found["about"] == "the net benefit of 'iv' over 'none'" and found["left_out"] == 0
    shares = {share["name"]: share for share in found["shares"]}
    assert shares["parameters"]["total"] == shares["parameters of antibody_pk"]["total"]  # there is one module
    assert shares["parameters"]["total"] + shares["subjects"]["first"] == pytest.approx(1, abs=0.25)
    assert command(["study", "run", str(path), "--sobol", "--sobol-worlds", "64"]) == 0
    assert "first order" in capsys.readouterr().out


def test_a_study_of_no_known_name_is_told_where_names_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["study", "run", "qqqq"]) == 2
    assert "study 'qqqq': does not exist; `pleio study list` names them" in capsys.readouterr().err
