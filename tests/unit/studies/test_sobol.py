"""Sobol' shares of a study, against an answer whose shares are known on paper."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from pleio.base.errors import StudyError
from pleio.studies.subjects.draws import uniforms
from pleio.studies.value.exchanging import Group, Shares, shares_of_groups
from pleio.studies.worlds import SUBJECTS, Exchange, Worlds

WORLDS, PEOPLE = 1500, 4
GROUPS = {name: Group(name, name, "parameters", frozenset({name})) for name in ("a", "b", "c", "idle")}
PERSON = Group(SUBJECTS, "subjects", "subjects", frozenset({SUBJECTS}))


def answer(worlds: Worlds) -> np.ndarray:
    """a + 2 b + a c + s + 0.5 b s of standard normals, s of each subject.  Variance 1 + 4 + 1 + 1 + 0.25."""
    a, b, c = (ndtri(worlds.uniforms(name))[:, None] for name in "abc")
    s = ndtri(uniforms(worlds.seed, "person", worlds.people[:, None], np.arange(PEOPLE)))
    return np.asarray(a + 2 * b + a * c + s + 0.5 * b * s)


FIRST = {"a": 1 / 7.25, "b": 4 / 7.25, "c": 0.0, "idle": 0.0, SUBJECTS: 1 / 7.25}
TOTAL = {"a": 2 / 7.25, "b": 4.25 / 7.25, "c": 1 / 7.25, "idle": 0.0, SUBJECTS: 1.25 / 7.25}


def found(seed: int, count: int = WORLDS) -> Shares:
    def drawn(*names: str) -> np.ndarray:
        return answer(Worlds(seed, np.arange(count), exchange=Exchange(frozenset(names), 10**6)))

    mixed = {group: drawn(name) for name, group in GROUPS.items()}
    return shares_of_groups("x", drawn(), drawn(*GROUPS, SUBJECTS), mixed, drawn(*GROUPS), PERSON, seed)


def test_first_order_and_total() -> None:
    for share in found(1).shares:
        assert share.first == pytest.approx(FIRST[share.name], abs=0.06)
        assert share.total == pytest.approx(TOTAL[share.name], abs=0.05)
        assert share.is_positive == (FIRST[share.name] > 0)
    assert found(1).shares[3].total == 0.0  # nothing depends on it: not a bit has changed


def test_intervals_hold_the_truth() -> None:
    held = {"first": 0, "total": 0}
    for seed in range(30):
        for share in found(seed, 300).shares:
            held["first"] += share.first_interval[0] - 1e-12 <= FIRST[share.name] <= share.first_interval[1] + 1e-12
            held["total"] += share.total_interval[0] - 1e-12 <= TOTAL[share.name] <= share.total_interval[1] + 1e-12
    # of 150, at 90 %: three deviations of a binomial down, and up what an idle group adds
    assert all(124 <= count <= 149 for count in held.values()), held


def test_what_has_no_share_is_called_positive_one_time_in_twenty() -> None:
    called = sum(share.is_positive for seed in range(100) for share in found(seed, 64).shares if share.name == "c")
    assert 1 <= called <= 11  # of 100 at 5 %: a binomial is within these in 98 of 100 cases


def test_only_what_is_exchanged_changes() -> None:
    own = Worlds(3, np.arange(50))
    other = Worlds(3, np.arange(50), exchange=Exchange(frozenset({"a", SUBJECTS}), 1000))
    assert (other.uniforms("b") == own.uniforms("b")).all()
    assert (other.uniforms("a") == uniforms(3, "a", np.arange(1000, 1050))).all()
    assert (other.people == np.arange(1000, 1050)).all()
    assert other.digest != own.digest


def test_too_few_worlds_and_one_answer_are_refused() -> None:
    nothing = {group: np.full((20, 2), np.nan) for group in GROUPS.values()}
    with pytest.raises(StudyError, match="came through in 0 of 20 worlds"):
        shares_of_groups("x", np.ones((20, 2)), np.ones((20, 2)), nothing, np.ones((20, 2)), PERSON, 1)
    same = {group: np.ones((20, 2)) for group in GROUPS.values()}
    with pytest.raises(StudyError, match="the same in all worlds"):
        shares_of_groups("x", np.ones((20, 2)), np.ones((20, 2)), same, np.ones((20, 2)), PERSON, 1)
