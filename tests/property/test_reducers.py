"""Reducers against closed forms and against dense sampling, on both paths; the same bits however the work is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pleio
from pleio.base.errors import InputError
from pleio.mechanisms import Network
from pleio.simulation import Dose, Run, integrate
from pleio.simulation import reduce as r
from pleio.simulation.lockstep import engine
from pleio.simulation.sketch import Sketch

BATEMAN = """compartment c = 1; species x in c, y in c; x = 1; y = 0; absorb: x -> y; k*x; lose: y -> ; m*y;
k = 1; m = 0.5; level = 0.3; share := y / (y + x + 1); twice := 2 * y;"""
END = 10.0


@pytest.fixture(scope="module")
def bateman() -> Network:
    return pleio.load(BATEMAN)


@pytest.fixture(scope="module")
def oscillator() -> Network:
    return pleio.load(
        """compartment c = 1; species X in c, Y in c; X = 1.2; Y = 3.1; J1: -> X; k1; J2: X -> Y; k2*X;
        J3: 2 X + Y -> 3 X; k3*X^2*Y; J4: X -> ; k4*X; k1 = 1; k2 = 3; k3 = 1; k4 = 1; product := X*Y;"""
    )


def y_at(t: np.ndarray, k: np.ndarray, m: float = 0.5) -> np.ndarray:
    return k / (k - m) * (np.exp(-m * t) - np.exp(-k * t))


def y_area(t: float, k: np.ndarray, m: float = 0.5) -> np.ndarray:
    return k / (k - m) * ((1 - np.exp(-m * t)) / m - (1 - np.exp(-k * t)) / k)


@pytest.mark.parametrize("members", [3, 16], ids=["reference", "lockstep"])
def test_closed_forms(bateman: Network, members: int) -> None:
    k = np.linspace(0.8, 2.0, members)
    wanted = {
        "area": r.auc("y"),
        "middle": r.auc("y", 2, 4),
        "rule": r.auc("twice"),
        "peak": r.peak("[y]"),
        "peak_time": r.peak_time("y"),
        "trough": r.trough("y", 1, 8),
        "below": r.time_below("y", 0.3),
        "above": r.time_above("y", "level"),
        "values": r.value("y", [1, 2.5]),
        "final": r.final("y"),
    }
    found = integrate(bateman, END, parameters={"k": k}, reduce=wanted, rtol=1e-9).reduced
    summit = np.log(k / 0.5) / (k - 0.5)
    grid = np.linspace(0, END, 2_000_001)
    below = np.array([np.mean(y_at(grid, one) < 0.3) * END for one in k])
    exact = {
        "area": y_area(END, k),
        "middle": y_area(4, k) - y_area(2, k),
        "rule": 2 * y_area(END, k),
        "peak": y_at(summit, k),
        "trough": np.minimum(y_at(1.0, k), y_at(8.0, k)),
        "final": y_at(END, k),
        "values": np.stack([y_at(1.0, k), y_at(2.5, k)], axis=1),
    }
    for key, value in exact.items():
        assert found[key] == pytest.approx(value, rel=2e-8), key
    assert found["peak_time"] == pytest.approx(summit, abs=1e-6)
    assert found["below"] == pytest.approx(below, abs=2e-5)  # as fine as the grid it is compared with
    assert found["above"] + found["below"] == pytest.approx(END, abs=1e-9)


def test_a_dose_is_seen_from_both_sides(bateman: Network) -> None:
    """A bolus into y itself: the peak is right after it, the trough right before it."""
    k = np.linspace(0.8, 2.0, 8)
    wanted = {"peak": r.peak("y"), "when": r.peak_time("y"), "trough": r.trough("y", 5, 7), "at": r.value("y", 6.0)}
    found = integrate(bateman, END, parameters={"k": k}, doses=[Dose("y", 3.0, start=6.0)], reduce=wanted, rtol=1e-9)
    assert found.reduced["peak"] == pytest.approx(y_at(6.0, k) + 3, rel=1e-8)
    assert found.reduced["when"] == pytest.approx(6.0, abs=1e-12)
    assert found.reduced["trough"] == pytest.approx(y_at(6.0, k), rel=1e-8)
    assert found.reduced["at"] == pytest.approx(y_at(6.0, k) + 3, rel=1e-8)


@settings(max_examples=6, deadline=None)
@given(st.floats(0.2, 20), st.floats(0.5, 15), st.floats(0.3, 4), st.sampled_from(["X", "product"]))
def test_dense_sampling_of_an_oscillator(
    oscillator: Network, start: float, length: float, level: float, of: str
) -> None:
    """Many peaks and crossings, a quantity that is not linear in the states, any window."""
    end = start + length
    parameters = {"k2": np.linspace(2.6, 3.4, 8)}
    times = np.linspace(start, end, 4001)
    run = integrate(oscillator, times, parameters=parameters, save=[of], rtol=1e-8)
    values = run.values[:, :, 0]
    wanted = {
        "auc": r.auc(of, start, end), "peak": r.peak(of, start, end), "trough": r.trough(of, start, end),
        "below": r.time_below(of, level, start, end),
    }  # fmt: skip
    found = integrate(oscillator, end, parameters=parameters, reduce=wanted, rtol=1e-8).reduced
    step = length / 4000
    bend = np.max(np.abs(np.diff(values, 2, axis=1)), axis=1) + 1e-7  # what a grid of this width may miss
    assert np.all(np.abs(found["auc"] - np.trapezoid(values, times, axis=1)) <= bend * length)
    assert np.all(np.abs(found["peak"] - values.max(axis=1)) <= bend)
    assert np.all(np.abs(found["trough"] - values.min(axis=1)) <= bend)
    crossings = np.sum(np.diff(values < level, axis=1), axis=1)
    sampled = np.sum((values[:, 1:] + values[:, :-1]) / 2 < level, axis=1) * step
    assert np.all(np.abs(found["below"] - sampled) <= (crossings + 2) * step)


def test_the_same_bits_however_the_work_is_cut(oscillator: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = {"k2": np.linspace(2.0, 3.5, 50)}
    wanted = {
        "auc": r.auc("X"), "peak": r.peak_time("product", 3, 18), "below": r.time_below("X", 1.0),
        "bands": r.quantiles(r.value("X", [5, 10, 20])), "final": r.final("Y"),
    }  # fmt: skip

    def run(threads: int) -> list[bytes]:
        found = integrate(oscillator, 20.0, parameters=draws, reduce=wanted, threads=threads).reduced
        return [value.tobytes() for value in found.values()]

    first = run(1)
    assert first == run(1) == run(2) == run(4)
    for chunk in (1, 7, 64):
        original = engine.Engine.run
        monkeypatch.setattr(engine.Engine, "run", lambda *a, _o=original, _c=chunk, **k: _o(*a, **{**k, "chunk": _c}))
        assert run(2) == first
        monkeypatch.undo()
    alone = integrate(oscillator, 20.0, parameters={"k2": draws["k2"][10:16]}, reduce=wanted).reduced
    whole = integrate(oscillator, 20.0, parameters=draws, reduce=wanted).reduced
    assert alone["auc"].tobytes() == whole["auc"][10:16].tobytes()


def test_a_member_that_fails_has_no_numbers_and_leaves_the_others(bateman: Network) -> None:
    k = np.array([1.0, np.nan, 1.5, 2.0, 0.7])
    run = integrate(bateman, END, parameters={"k": k}, reduce={"a": r.auc("y"), "b": r.quantiles(r.final("y"), [0.5])})
    good = integrate(bateman, END, parameters={"k": k[[0, 2, 3, 4]]}, reduce={"a": r.auc("y")})
    assert [bool(status) for status in run.status] == [False, True, False, False, False]
    assert np.isnan(run.reduced["a"][1])
    assert run.reduced["a"][[0, 2, 3, 4]].tobytes() == good.reduced["a"].tobytes()
    assert np.isfinite(run.reduced["b"][0])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-1e12, 1e12) | st.just(0.0), min_size=1, max_size=60),
    st.sampled_from([0.1, 0.01, 1e-3]),
    st.data(),
)
def test_a_sketch_keeps_its_error_and_does_not_care_how_it_is_merged(
    numbers: list[float], error: float, data: st.DataObject
) -> None:
    probabilities = np.linspace(0, 1, 11)
    whole, parts = Sketch(error), Sketch(error)
    whole.add(numbers)
    cut = data.draw(st.integers(0, len(numbers)))
    for part in (numbers[cut:], [np.nan, np.inf], numbers[:cut]):
        other = Sketch(error)
        other.add(part)
        parts.merge(other)
    found = whole.quantile(probabilities)
    assert found.tobytes() == parts.quantile(probabilities).tobytes()
    assert whole.count == parts.count == len(numbers)
    exact = np.sort(numbers)[np.floor(probabilities * (len(numbers) - 1)).astype(int)]
    assert np.all(np.abs(found - exact) <= error * np.abs(exact) * (1 + 1e-9) + 1e-300)


def test_sketches_of_other_errors_do_not_join() -> None:
    with pytest.raises(ValueError, match=r"a sketch of error 0.1 does not join one of error 0.01"):
        Sketch(0.01).merge(Sketch(0.1))
    assert np.isnan(Sketch().quantile(0.5))


def test_the_dataset_names_what_was_kept(bateman: Network) -> None:
    found = pleio.simulate(
        bateman, END, parameters={"k": np.linspace(0.8, 2, 6)},
        reduce={
            "auc": pleio.reduce.auc("y"), "course": pleio.reduce.value("y", [1, 2]),
            "bands": pleio.reduce.quantiles(pleio.reduce.value("y", [1, 2]), [0.05, 0.95]),
        },
    )  # fmt: skip
    assert set(found.data_vars) == {"status", "auc", "course", "bands", "parameters"}
    assert found.auc.dims == ("member",)
    assert found.course.dims == ("member", "course_time")
    assert found.bands.dims == ("bands_quantile", "bands_time")
    assert found.bands.attrs["relative_error"] == 1e-3
    assert float(found.course.sel(member=0, course_time=2)) == pytest.approx(float(y_at(2.0, np.array(0.8))), rel=1e-5)


def test_what_cannot_be_reduced_is_said(bateman: Network) -> None:
    def run(**reduce: object) -> Run:
        return integrate(bateman, END, parameters={"k": np.ones(5)}, reduce=reduce)  # type: ignore[arg-type]

    with pytest.raises(InputError, match=r"'z' is not in the model"):
        run(a=r.auc("z"))
    with pytest.raises(InputError, match=r"'nothing' is not in the model"):
        run(a=r.time_below("y", "nothing"))
    with pytest.raises(InputError, match=r"a: asks for time 11; the simulation ends at 10"):
        run(a=r.auc("y", 0, 11))
    with pytest.raises(InputError, match=r"a: is a str, not a reducer; pleio.reduce has them"):
        run(a="auc")
    with pytest.raises(InputError, match=r"window: 3 to 2 is none; 0 ≤ start < end"):
        r.auc("y", 3, 2)
    with pytest.raises(InputError, match=r"at: must be finite times, not negative"):
        r.value("y", [-1.0])
    with pytest.raises(InputError, match=r"probabilities: must lie between 0 and 1"):
        r.quantiles(r.final("y"), [2.0])
