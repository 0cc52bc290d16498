from __future__ import annotations

import time

import numpy as np
import pytest

from pleio.base.philox import philox
from pleio.studies.subjects.draws import correlate, uniforms


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # the known answers that its authors publish with Random123
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_its_known_answers(counter: tuple[int, ...], key: tuple[int, int], words: tuple[int, ...]) -> None:
    found = philox(tuple(np.array([word], dtype=np.uint64) for word in counter), key)
    assert tuple(int(word[0]) for word in found) == words


def test_a_draw_depends_on_its_own_key_only() -> None:
    worlds, subjects = np.arange(50)[:, None], np.arange(8)[None, :]
    whole = uniforms(11, "clearance", worlds, subjects)
    assert whole.shape == (50, 8)
    assert uniforms(11, "clearance", 37, 5) == whole[37, 5]
    assert (uniforms(11, "clearance", worlds[::-1], subjects)[::-1] == whole).all()
    assert (uniforms(12, "clearance", worlds, subjects) != whole).all()
    assert (uniforms(11, "volume", worlds, subjects) != whole).all()
    assert uniforms(11, "clearance", 3) not in whole  # a world's own draw is none of its subjects' draws


def test_draws_are_uniform_and_names_worlds_and_subjects_independent() -> None:
    from scipy.stats import kstest

    worlds, subjects = np.arange(2_000)[:, None], np.arange(50)[None, :]
    one, other = (uniforms(1, name, worlds, subjects) for name in ("a", "b"))
    assert kstest(one.ravel(), "uniform").pvalue > 1e-3
    assert one.min() > 0 and one.max() < 1
    bound = 4 / np.sqrt(one.size)
    for x, y in [
        (one, other),
        (one[1:], one[:-1]),
        (one[:, 1:], one[:, :-1]),
        (one, uniforms(2, "a", worlds, subjects)),
    ]:
        assert abs(np.corrcoef(x.ravel(), y.ravel())[0, 1]) < bound
    cells = np.histogram2d(one.ravel(), other.ravel(), bins=10)[0]
    assert ((cells - 1000) ** 2 / 1000).sum() < 99 + 5 * np.sqrt(2 * 99)


def test_a_million_draws_take_well_under_a_second_each() -> None:
    started = time.process_time()
    uniforms(1, "x", np.arange(1_000_000))
    assert time.process_time() - started < 2


def test_correlated_draws_keep_their_margins() -> None:
    from scipy.stats import kstest

    columns = {name: uniforms(5, name, np.arange(20_000)) for name in ("age", "renal", "weight")}
    mixed = correlate(columns, {("age", "renal"): -0.6})
    assert (mixed["weight"] == columns["weight"]).all()
    assert kstest(mixed["renal"], "uniform").pvalue > 1e-3
    # the rank correlation of a Gaussian copula is 6/π asin(ρ/2)
    ranks = np.corrcoef(mixed["age"], mixed["renal"])[0, 1]
    assert ranks == pytest.approx(6 / np.pi * np.arcsin(-0.3), abs=0.02)


def test_correlations_that_fit_nothing_are_refused() -> None:
    columns = {name: uniforms(5, name, np.arange(4)) for name in "abc"}
    with pytest.raises(ValueError, match="no joint distribution"):
        correlate(columns, {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9})
