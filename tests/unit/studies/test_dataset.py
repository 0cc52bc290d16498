from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from test_real import MECHANISM

from pleio.base.errors import StudyError
from pleio.studies.regimens.dataset import read_dataset
from pleio.studies.regimens.schedule import predict, stretches

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
    (stretch,) = stretches(one, 3)
    assert [dose.time for dose in stretch.doses] == [-26, -14, -2, 10, 22, 34]
    assert stretch.start == -26


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,x,0,0,0,0,0,0,0", "row 3 TIME: 'x' is not a number"),
        ("1,.,0,0,0,0,0,0,0", "row 3 TIME: is missing"),
        ("1,-1,0,0,0,0,0,0,0", "row 3 TIME: -1 is before the start"),
        ("1,1,0,0,1,1,0,0,0", "row 3 AMT: of a dose is 0"),
        ("1,1,5,0,1,0,0,0,0", "row 3 AMT: is 5 in a row that is no dose"),
        ("1,1,5,0,1,7,0,0,0", "row 3 EVID: '7' is not 0, 1, 2, 3, 4"),
        ("1,1,5,-2,1,1,0,0,0", "row 3 RATE: -2 asks for a modelled rate"),
        ("1,1,5,0,1,1,3,0,0", "row 3 II: is missing, though ADDL"),
        ("1,1,5,0,1,1,0,0,1", "row 3 II: is missing, though SS"),
        ("1,1,0,5,1,1,0,0,1", "row 3 SS: asks for the steady state of an endless infusion"),
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
    with pytest.raises(StudyError, match="wt: of subject 1 changes from 70 to 71"):
        read_dataset("ID,TIME,wt\n1,1,70\n1,2,71\n")


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
