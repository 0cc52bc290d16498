from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_real import MECHANISM

from pleio.base.errors import StudyError
from pleio.studies.regimens.dataset import read_dataset
from pleio.studies.regimens.entering import stretches
from pleio.studies.regimens.schedule import predict

NETWORK = MECHANISM.network
KA, K, VOLUME = 0.5, 0.1, 10.0


def oral(t: np.ndarray, amount: float) -> np.ndarray:
    return np.where(t > 0, amount * KA / (KA - K) * (np.exp(-K * t) - np.exp(-KA * t)), 0.0)


def infused(t: np.ndarray, amount: float, length: float) -> np.ndarray:
    running = amount / length / K * (1 - np.exp(-K * np.clip(t, 0, length)))
    return running * np.exp(-K * np.clip(t - length, 0, None))


def bolus(t: np.ndarray, amount: float) -> np.ndarray:
    return np.where(t >= 0, amount * np.exp(-K * np.clip(t, 0, None)), 0.0)


def drug(text: str) -> np.ndarray:
    rows = predict(NETWORK, read_dataset(text), ["drug"], compartments={"1": "depot", "2": "drug"}, rtol=1e-10)
    assert not any(row["status"] for row in rows)
    return np.array([row["drug"] for row in rows if row["EVID"] == 0])


OBSERVED = np.array([3.0, 13.0, 25.0, 40.0, 50.0])
ROWS = "".join(f"1,{t:g},0,0,0,0,0,0,0\n" for t in OBSERVED)


@pytest.mark.parametrize(
    ("doses", "exact"),
    [
        ("1,0,100,0,1,1,3,12,0\n", sum(oral(OBSERVED - 12 * i, 100) for i in range(4))),
        ("1,0,100,50,2,1,2,10,0\n", sum(infused(OBSERVED - 10 * i, 100, 2) for i in range(3))),
        ("1,0,100,0,2,1,0,8,1\n", bolus(OBSERVED, 100) / (1 - np.exp(-K * 8))),
        (
            "1,0,100,0,1,1,0,8,1\n",
            100
            * KA
            / (KA - K)
            * (np.exp(-K * OBSERVED) / (1 - np.exp(-K * 8)) - np.exp(-KA * OBSERVED) / (1 - np.exp(-KA * 8))),
        ),
        (
            "1,0,50,0,2,1,0,0,0\n1,2,100,0,2,1,0,8,2\n",
            bolus(OBSERVED, 50) + bolus(OBSERVED - 2, 100) / (1 - np.exp(-K * 8)),
        ),
    ],
    ids=[
        "further doses",
        "repeated infusion",
        "bolus at steady state",
        "absorbed at steady state",
        "added steady state",
    ],
)
def test_regimens_follow_superposition(doses: str, exact: np.ndarray) -> None:
    text = f"ID,TIME,AMT,RATE,CMT,EVID,ADDL,II,SS\n{doses}{ROWS}"
    assert drug(text) == pytest.approx(exact, rel=2e-8)


def test_resets_start_anew() -> None:
    text = "ID,TIME,AMT,CMT,EVID\n1,0,100,2,1\n1,3,0,.,0\n1,4,0,.,3\n1,5,0,.,0\n1,6,80,2,4\n1,7,0,.,0\n"
    assert drug(text) == pytest.approx([100 * np.exp(-0.3), 0, 80 * np.exp(-0.1)], rel=1e-8)


def test_subjects_have_their_own_doses_and_covariates() -> None:
    text = "id,time,amt,cmt,dv,CL,sex\n7,0,100,drug,.,2,1\n7,5,.,.,4.2,2,1\n"
    text += "8,0,50,drug,.,1,0\n8,2,25,drug,.,1,0\n8,5,.,.,.,1,0\n"
    data = read_dataset(text)
    assert (len(data), data.covariates) == (2, ("CL", "sex"))
    rows = predict(NETWORK, data, ["concentration"], rtol=1e-9)
    last = {row["ID"]: row for row in rows if row["EVID"] == 0}
    assert last["7"]["DV"] == 4.2 and last["8"]["DV"] is None and last["7"]["sex"] == 1
    assert last["7"]["concentration"] == pytest.approx(10 * np.exp(-1.0), rel=1e-7)
    assert last["8"]["concentration"] == pytest.approx(5 * np.exp(-0.5) + 2.5 * np.exp(-0.3), rel=1e-7)


def test_further_doses_are_written_out() -> None:
    (one,) = read_dataset("ID,TIME,AMT,ADDL,II,SS\n1,10,5,2,12,1\n1,40,0,0,0,0\n").individuals
    (stretch,) = stretches(one)
    assert [dose.time for dose in stretch.doses] == [10, 22, 34] and stretch.start == 10


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,x,0,0,0,0,0,0,0", "row 3 TIME: 'x' is not a number"),
        ("1,.,0,0,0,0,0,0,0", "row 3 TIME: is missing"),
        ("1,-1,0,0,0,0,0,0,0", "row 3 TIME: -1 is before the start"),
        ("1,1,0,0,1,1,0,0,0", "row 3 AMT: of a dose is 0"),
        ("1,1,5,0,1,0,0,0,0", "row 3 AMT: is 5 in a row that is no dose"),
        ("1,1,5,0,1,7,0,0,0", "row 3 EVID: '7' is not 0, 1, 2, 3, 4"),
        ("1,1,5,-3,1,1,0,0,0", "row 3 RATE: -3 is negative"),
        ("1,1,5,0,1,1,3,0,0", "row 3 II: is missing, though ADDL"),
        ("1,1,5,0,1,1,0,0,1", "row 3 II: is missing, though SS"),
        ("1,1,0,5,1,1,0,8,1", "row 3 II: goes with no endless infusion"),
        ("1,1,0,5,1,1,0,0,0", "row 3 AMT: of a dose is 0"),
        ("1,90,5,0,1,1,2,12,0", "row 3 TIME: gives a dose at 114, after the end at 100"),
        ("1,1,5,0,1,1,0.5,12,0", "row 3 ADDL: '0.5' is not a whole number"),
        ("1,1", "row 3: has 2 cells, the header 9"),
        (".,1,0,0,0,0,0,0,0", "row 3 ID: is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(row: str, says: str) -> None:
    text = f"ID,TIME,AMT,RATE,CMT,EVID,ADDL,II,SS\n1,0,5,0,1,1,0,0,0\n{row}\n"
    with pytest.raises(StudyError) as caught:
        read_dataset(text, name="data.csv", horizon=100)
    assert says in str(caught.value)


def test_all_rows_are_checked_at_once() -> None:
    text = "ID,TIME,AMT,DV,wt\n1,2,0,x,70\n1,1,0,3,71\n2,0,1,.,80\n1,4,0,2,70\n"
    with pytest.raises(StudyError) as caught:
        read_dataset(text)
    said = str(caught.value)
    assert "row 2 DV: 'x' is not a number" in said
    assert "row 5 ID: subject 1 comes back" in said
    assert len(caught.value.problems) == 2
    with pytest.raises(StudyError, match=r"row 3 TIME: 1 comes after 2 for subject 1; sort"):
        read_dataset("ID,TIME\n1,2\n1,1\n")


def test_files_that_are_no_data_set(tmp_path: Path) -> None:
    for content, says in (
        (b"", "has no rows"),
        (b"ID,AMT\n1,2\n", "no column TIME"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ):
        path = tmp_path / "data.csv"
        path.write_bytes(content)
        with pytest.raises(StudyError, match=says):
            read_dataset(path)
    with pytest.raises(StudyError, match="does not exist"):
        read_dataset(tmp_path / "none.csv")


def test_a_dose_must_go_somewhere() -> None:
    with pytest.raises(StudyError, match="row 2 CMT: 'dpot' is no species of the model; did you mean 'depot'"):
        predict(NETWORK, read_dataset("ID,TIME,AMT,CMT\n1,0,5,dpot\n1,2,0,.\n"), ["drug"])
    with pytest.raises(StudyError, match="a dose does not say where"):
        predict(NETWORK, read_dataset("ID,TIME,AMT\n1,0,5\n1,2,0\n"), ["drug"])


def central(text: str, **how: Any) -> np.ndarray:
    rows = predict(NETWORK, read_dataset(text), ["drug"], compartments={"1": "depot", "2": "drug"}, rtol=1e-10, **how)
    assert not any(row["status"] for row in rows)
    return np.array([row["drug"] for row in rows if row["EVID"] == 0])


HEAD = "ID,TIME,AMT,RATE,CMT,EVID,ADDL,II,SS,F1,D2\n"
SEEN = "".join(f"1,{t:g},0,0,0,0,0,0,0,.,.\n" for t in OBSERVED)


def test_shares_lags_and_modelled_durations_and_rates() -> None:
    """By compartment: a number, or the name of a covariate or parameter."""
    text = HEAD + "1,0,100,0,1,1,3,12,0,0.4,6\n" + SEEN
    found = central(text, bioavailability={"1": "F1"}, lag={"depot": 1.5})
    assert found == pytest.approx(sum(oral(OBSERVED - 12 * i - 1.5, 40) for i in range(4)), rel=2e-8)
    text = HEAD + "1,0,100,-2,2,1,1,20,0,0.4,6\n" + SEEN
    found = central(text, durations={"2": "D2"}, bioavailability={"2": 0.5}, lag={"2": 0.25})
    assert found == pytest.approx(sum(infused(OBSERVED - 20 * i - 0.25, 50, 6) for i in range(2)), rel=2e-8)
    text = HEAD + "1,0,100,-1,2,1,0,0,0,0.4,6\n" + SEEN
    assert central(text, rates={"2": 20}) == pytest.approx(infused(OBSERVED, 100, 5), rel=2e-8)
    # a rate that is stated stays, so that a share of the dose enters in a share of the time
    text = HEAD + "1,0,100,20,2,1,0,0,0,0.4,6\n" + SEEN
    assert central(text, bioavailability={"2": "F1"}) == pytest.approx(infused(OBSERVED, 40, 2), rel=2e-8)
    with pytest.raises(StudyError, match="row 2 RATE: -2 asks for a duration that is given nowhere"):
        central(text.replace("100,20", "100,-2"))
    with pytest.raises(StudyError, match="'F': is no covariate or parameter; did you mean 'F1'"):
        central(text, bioavailability={"2": "F"})


def test_an_endless_infusion_is_at_steady_state_and_ends_at_its_row() -> None:
    text = HEAD + "1,2,0,7,2,1,0,0,1,.,.\n" + SEEN
    assert central(text) == pytest.approx(7 / K * np.exp(-K * (OBSERVED - 2)), rel=2e-8)
    held = HEAD + "1,2,0,7,2,1,0,0,1,.,.\n1,2,700,7,2,1,0,0,0,.,.\n" + SEEN
    assert central(held) == pytest.approx(np.full(5, 7 / K), rel=2e-8)


def test_a_steady_state_with_a_lag_and_with_infusions_that_overlap() -> None:
    """The dose of the row itself enters after the lag; those before it did so in their time."""
    text = HEAD + "1,0,100,0,2,1,0,8,1,.,.\n" + SEEN
    before = 100 * np.exp(-K * (OBSERVED + 8 - 3)) / (1 - np.exp(-K * 8))
    assert central(text, lag={"2": 3.0}) == pytest.approx(before + bolus(OBSERVED - 3, 100), rel=2e-8)
    text = HEAD + "1,0,100,10,2,1,0,8,1,.,.\n" + SEEN  # ten hours every eight
    sums = sum(infused(OBSERVED + 8 * i, 100, 10) for i in range(200))
    assert central(text) == pytest.approx(sums, rel=2e-8)


def test_what_was_before_an_added_steady_state_does_not_know_of_it() -> None:
    text = HEAD + "1,0,50,0,2,1,0,0,0,.,.\n1,1,0,0,0,0,0,0,0,.,.\n1,2,100,0,2,1,0,8,2,.,.\n" + SEEN
    added = bolus(OBSERVED - 2, 100) / (1 - np.exp(-K * 8))
    exact = [50 * np.exp(-0.1), *(bolus(OBSERVED, 50) + added)]
    assert central(text) == pytest.approx(exact, rel=2e-8)


def test_what_never_rests_is_said() -> None:
    from pleio.mechanisms.formula import parse_formula
    from pleio.mechanisms.network import Participant, Reaction, Species

    rate = parse_formula("0.1 * drug * plasma")
    more = {"total": Species("plasma", 0.0, "nmol")}
    counted = NETWORK.replace(
        species={**NETWORK.species, **more},
        reactions={**NETWORK.reactions, "count": Reaction((), (Participant("total"),), rate=rate)},
    )
    rows = "".join(f"{id},0,100,drug,8,1\n{id},2,0,.,0,0\n" for id in range(4))  # as many as run in lanes
    data = read_dataset(f"ID,TIME,AMT,CMT,II,SS\n{rows}")
    with pytest.raises(StudyError, match="row 2 SS: a steady state is not reached"):
        predict(counted, data, ["drug"])


def test_covariates_may_change_with_time() -> None:
    """A value holds from its row on; a dose takes the value of its own row."""
    text = "ID,TIME,AMT,CMT,CL,dose_share\n1,0,100,2,1,0.5\n1,4,0,.,.,.\n1,5,0,.,3,.\n1,9,10,2,.,1\n1,12,0,.,2,.\n"
    data = read_dataset(text)
    assert data.changing == ("CL", "dose_share")
    rows = predict(NETWORK, data, ["drug"], compartments={"2": "drug"}, bioavailability={"2": "dose_share"}, rtol=1e-10)
    exact = [50, 50 * np.exp(-0.4), 50 * np.exp(-0.5)]
    exact += [exact[2] * np.exp(-0.3 * 4) + 10]
    exact += [exact[3] * np.exp(-0.3 * 3)]
    assert [row["drug"] for row in rows] == pytest.approx(exact, rel=1e-8)
    assert [row["CL"] for row in rows] == [1, 1, 3, 3, 2]


def test_a_reset_ends_what_is_under_way() -> None:
    """An infusion stops, further doses are not given, and time may begin anew."""
    text = HEAD + "1,0,100,5,2,1,5,12,0,.,.\n1,3,0,0,0,3,0,0,0,.,.\n" + SEEN.replace("1,3,", "1,3.5,")
    assert central(text) == pytest.approx(np.zeros(5), abs=1e-12)
    text = HEAD + "1,10,50,0,2,1,0,0,0,.,.\n1,0,100,0,2,4,0,0,0,.,.\n" + SEEN
    assert central(text) == pytest.approx(bolus(OBSERVED, 100), rel=2e-8)


def test_problems_come_in_the_order_of_the_rows() -> None:
    text = (
        "ID,TIME,AMT,EVID,ADDL,II,SS\n1,0,100,1,-1,12,3\n1,1,x,1,0,0,0\n" + "1,2,0,0,0,0,0\n" * 8 + "1,-3,0,0,0,0,0\n"
    )
    with pytest.raises(StudyError) as caught:
        read_dataset(text)
    rows = [int(problem.where.split()[1]) for problem in caught.value.problems]
    assert rows == sorted(rows) and set(rows) == {2, 3, 12}
