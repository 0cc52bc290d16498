"""Events and rates that jump, in lanes: against closed forms and against the reference path."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import InputError, ModelError
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Event, Parameter, Participant, Reaction, Species
from pleio.simulation import Dose, Limits, integrate, integrate_sensitivities, routing

Array = np.ndarray
F = parse_formula
TIMES = np.linspace(0, 10, 41)


def network(
    rates: dict[str, str], start: dict[str, float], constants: dict[str, float] | None = None, **events: Event
) -> Network:
    values = {key: Parameter(value, constant=False) for key, value in start.items()}
    values |= {key: Parameter(value) for key, value in (constants or {}).items()}
    return Network("n", parameters=values, rates={key: F(text) for key, text in rates.items()}, events=events)


def event(trigger: str, sets: dict[str, str], **options: object) -> Event:
    for key in ("delay", "priority"):
        if key in options:
            options[key] = F(str(options[key]))
    return Event(F(trigger), {key: F(text) for key, text in sets.items()}, **options)  # type: ignore[arg-type]


def on_both_paths(monkeypatch: pytest.MonkeyPatch, model: Network) -> tuple[Array, Array]:
    save = [key for key, item in model.parameters.items() if not item.constant]
    assert routing.reasons(model, 6, save) == ()
    lanes = integrate(model, TIMES, save=save, rtol=1e-8, members=6)
    monkeypatch.setattr(routing, "FEW", 1000)
    slow = integrate(model, TIMES, save=save, rtol=1e-8, members=6)
    assert lanes.status == slow.status == ("",) * 6
    return lanes.values, slow.values


def test_a_bouncing_ball_loses_what_it_should_at_each_bounce() -> None:
    ball = network(
        {"x": "v", "v": "-g"},
        {"x": 1.0, "v": 0.0},
        {"g": 9.81, "e": 0.8},
        bounce=event("x < 0", {"v": "-e*v", "x": "0"}),
    )
    e = np.array([0.5, 0.7, 0.8, 0.9, 0.95])
    times = np.array([0.3, 0.6, 1.0, 1.2])
    found = integrate(ball, times, parameters={"e": e}, save=["x"], rtol=1e-8)
    assert found.status == ("",) * 5

    def height(e: float, t: float) -> float:
        fall = np.sqrt(2 / 9.81)
        begin, speed = fall, e * 9.81 * fall
        if t < fall:
            return 1 - 9.81 * t**2 / 2
        while t >= begin + 2 * speed / 9.81:
            begin, speed = begin + 2 * speed / 9.81, e * speed
        return speed * (t - begin) - 9.81 * (t - begin) ** 2 / 2

    want = [[height(factor, t) for t in times] for factor in e]
    np.testing.assert_allclose(found.values[:, :, 0], want, atol=1e-6)


def test_an_infinite_number_of_bounces_is_a_status_within_its_budget() -> None:
    ball = network({"x": "v", "v": "-9.81"}, {"x": 1.0, "v": 0.0}, bounce=event("x < 0", {"v": "-0.5*v", "x": "0"}))
    found = integrate(ball, [0, 5], members=4, save=["x"], limits=Limits(events=300, steps=20_000))
    assert all(why.startswith(("executed more than 300 events by time 1.3", "took more than")) for why in found.status)
    assert np.all(np.isnan(found.values))


def test_two_events_that_trigger_each_other_for_ever_are_a_status() -> None:
    flip = {"k": "0 - k"}
    model = network(
        {"x": "1"}, {"x": 0.0, "k": -1.0}, up=event("k > 0 && x > 1", flip), down=event("k < 0 && x > 1", flip)
    )
    found = integrate(model, [0, 2], members=4, save=["k"], limits=Limits(events=500))
    assert found.status == ("executed more than 500 events by time 1",) * 4


@pytest.mark.parametrize("law", ["piecewise(-x, x > 0.5, -0.1*x)", "-0.1*x - 0.9*x*(x > 0.5)"])
def test_a_rate_that_jumps_with_a_state_is_exact(law: str) -> None:
    found = integrate(network({"x": law}, {"x": 1.0}), TIMES, members=5, save=["x"], rtol=1e-9)
    turn = np.log(2)
    want = np.where(turn > TIMES, np.exp(-TIMES), 0.5 * np.exp(-0.1 * (TIMES - turn)))
    assert found.status == ("",) * 5
    np.testing.assert_allclose(found.values[0, :, 0], want, rtol=1e-7)


def test_a_branch_that_ends_where_its_rate_has_no_value_is_left_there() -> None:
    model = network({"x": "piecewise(-sqrt(x), x > 0, 0)"}, {"x": 1.0})
    found = integrate(model, TIMES, members=4, save=["x"], rtol=1e-8)
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[0, :, 0], np.where(TIMES < 2, (1 - TIMES / 2) ** 2, 0), atol=1e-6)


MODELS = {
    "strict and not, at a time": network(
        {"x": "-0.1*x"}, {"x": 1.0, "d": 0.0}, {"T": 3.0},
        after=event("time > T", {"x": "x + 1", "d": "time"}), at=event("time >= 5", {"x": "2*x"}),
    ),
    "delay, and values of the trigger or not": network(
        {"x": "1"}, {"x": 0.0, "a": 0.0, "b": 0.0},
        a=event("x > 2", {"a": "x"}, delay="1.5"), b=event("x > 2", {"b": "x"}, delay="1.5", values_at_trigger=False),
    ),
    "priority and persistence": network(
        {"x": "1"}, {"x": 0.0, "a": 0.0, "b": 0.0},
        low=event("x > 2", {"a": "b + 1", "b": "10"}, priority="1"),
        high=event("x > 2", {"b": "a + 5"}, priority="2", values_at_trigger=False),
        lost=event("x > 1 && x < 1.5", {"a": "100"}, delay="1", persistent=False),
    ),
    "firing at the start": network({"x": "-x"}, {"x": 1.0}, first=event("time >= 0", {"x": "3"}, initial=False)),
    "a pulse between two samples": network(
        {"x": "piecewise(100, time > 4 && time < 4.001, 0)"}, {"x": 0.0, "n": 0.0},
        seen=event("time > 7.3 && time < 7.3001", {"n": "n + 1"}),
    ),
    "triggered again while one waits": network(
        {"x": "cos(3*x)*0 + 1"}, {"x": 0.0, "n": 0.0}, often=event("sin(6*x) > 0.5", {"n": "n + 1"}, delay="2.5")
    ),
    "a threshold that an event moves": network(
        {"x": "1"}, {"x": 0.0, "T": 1.1, "n": 0.0}, step=event("x >= T", {"T": "2*T", "n": "n + 1"})
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_lanes_and_the_reference_path_execute_the_same_events(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    model = MODELS[name]
    lanes, slow = on_both_paths(monkeypatch, model)
    np.testing.assert_allclose(lanes, slow, rtol=1e-6, atol=1e-7)


def test_what_was_given_and_what_happened_at_the_same_time_are_both_seen() -> None:
    model = network({"x": "-x"}, {"x": 1.0, "seen": 0.0}, see=event("time >= 2", {"seen": "x"}))
    model = model.replace(parameters={**model.parameters})
    found = integrate(model, [0, 2, 3], members=4, save=["x", "seen"], rtol=1e-9)
    np.testing.assert_allclose(found.values[0, 1:, 1], np.exp(-2), rtol=1e-7)


def test_bits_do_not_depend_on_neighbours_or_threads() -> None:
    model = MODELS["priority and persistence"]
    starts = np.random.default_rng(1).uniform(-1, 1, 40)
    keys = ["x", "a", "b"]
    all_of_them = integrate(model, TIMES, parameters={"x": starts}, save=keys, threads=2)
    some = integrate(model, TIMES, parameters={"x": starts[::7]}, save=keys, threads=1)
    assert all_of_them.values[::7].tobytes() == some.values.tobytes()


def test_slopes_over_jumps_are_refused() -> None:
    with pytest.raises(ModelError, match="events"):
        integrate_sensitivities(MODELS["priority and persistence"], [0, 1], ["x"])
    with pytest.raises(ModelError, match="jump with a state"):
        integrate_sensitivities(network({"x": "piecewise(1, x < k, 2)"}, {"x": 0.0}, {"k": 1.0}), [0, 1], ["k"])


def test_what_is_saved_at_the_moment_of_a_turn_is_what_the_formula_says_then(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"x": Parameter(0.0, constant=False), "u": Parameter(None, constant=False)}
    model = Network(parameters=values, rates={"x": F("u")}, assignments={"u": F("piecewise(0, time <= 3, 1)")})
    for few in (4, 1000):
        monkeypatch.setattr(routing, "FEW", few)
        found = integrate(model, [2, 3, 4], members=4, save=["x", "u"], rtol=1e-9)
        np.testing.assert_allclose(found.values[0], [[0, 0], [0, 0], [1, 1]], atol=1e-8)


NO_NUMBER = {
    "infinite": network({"x": "1"}, {"x": 0.0}, e=event("time > 3", {"x": "1/0"})),
    "not a number": network({"x": "1"}, {"x": 0.0}, e=event("time > 3", {"x": "0/0"})),
    "infinite, and its rate is a number": network(
        {"x": "0*y", "y": "-y"}, {"x": 1.0, "y": 1.0}, e=event("y < 0.1", {"x": "-1/0"})
    ),
    "infinite after a delay": network({"x": "1"}, {"x": 0.0}, e=event("x > 2", {"x": "1/0"}, delay="1")),
    "infinite from the start": network({"x": "1"}, {"x": float("inf")}),
    "a parameter that makes a rate without value": network(
        {"x": "k"}, {"x": 0.0, "k": 1.0}, e=event("x > 3", {"k": "0/0"})
    ),
    "beyond the largest number": network({"x": "1e308"}, {"x": 0.0}),
}


@pytest.mark.parametrize("name", NO_NUMBER)
def test_a_state_that_is_no_number_is_a_status_on_both_paths(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    model = NO_NUMBER[name]
    lanes = integrate(model, [0, 1, 2, 3.5, 5, 10], save=["x"], members=4)
    monkeypatch.setattr(routing, "FEW", 1000)
    slow = integrate(model, [0, 1, 2, 3.5, 5, 10], save=["x"], members=1)
    assert np.all(np.isnan(lanes.values)) and np.all(np.isnan(slow.values))
    for why, expected in zip(lanes.status, slow.status * 4, strict=True):
        start = "could not go past time 0" if name == "beyond the largest number" else expected.split(" (")[0]
        assert why.startswith(start)


@pytest.mark.parametrize("amount", [np.inf, -np.inf, np.nan])
def test_a_dose_that_is_no_number_is_a_status_in_its_member_only(amount: float) -> None:
    made = Reaction(products=(Participant("x"),), rate=F("1"))
    model = Network(species={"x": Species("", initial=1.0)}, reactions={"made": made})
    amounts = np.array([1.0, amount, 2.0, 0.0])
    found = integrate(model, [0, 1, 3], doses=[Dose("x", amounts, 2.0)], save=["x"])
    assert found.status[1].startswith("could not go past time 2: its rates have no value there ('x' is ")
    assert (found.status[0], *found.status[2:]) == ("",) * 3
    np.testing.assert_allclose(found.values[[0, 2, 3], -1, 0], [5, 6, 4], rtol=1e-9)
    infused = integrate(model, [0, 1, 3], doses=[Dose("x", amounts, 2.0, 1.0)], save=["x"])
    assert infused.status[1].startswith("could not go past time 2: its rates have no value there (the rate of 'x' is ")
    assert f"since 'infusion into x' is {amount:g}" in infused.status[1]
    for when in ({"start": np.nan}, {"duration": np.nan}):
        with pytest.raises(InputError, match="not a number"):
            integrate(model, [0, 1, 3], doses=[Dose("x", amounts, **when)], save=["x"])


COUNTED = event("y < level", {"n": "n + 1"})


@pytest.mark.parametrize("depth", [1e-3, 1e-6, 1e-9])
def test_a_dip_within_a_step_is_found_wherever_it_lies(depth: float) -> None:
    model = network({"y": "2*(time - m)"}, {"y": 0.0, "n": 0.0}, {"m": 5.0, "level": 0.0}, e=COUNTED)
    lowest = np.random.default_rng(2).uniform(0.5, 9.5, 200)
    given = {"m": lowest, "level": -(lowest**2) + depth}
    found = integrate(model, [0, 10], parameters=given, save=["y", "n"], rtol=1e-10)
    assert found.status == ("",) * 200
    np.testing.assert_array_equal(found.values[:, 1, 1], 1)
    given["level"] = given["level"] - 2 * depth
    np.testing.assert_array_equal(integrate(model, [0, 10], parameters=given, save=["n"]).values, 0)


def test_a_peak_of_absorption_and_elimination_is_passed_by_levels_below_it_only() -> None:
    model = network(
        {"g": "-ka*g", "c": "ka*g - k*c"}, {"g": 1.0, "c": 0.0, "n": 0.0}, {"ka": 1.0, "k": 0.1, "level": 1.0},
        e=event("c^2 > level", {"n": "n + 1"}),
    )  # fmt: skip
    rng = np.random.default_rng(3)
    ka, k = rng.uniform(0.5, 3, 300), rng.uniform(0.05, 0.4, 300)
    peak = np.exp(-k * np.log(ka / k) / (ka - k))
    share = np.where(np.arange(300) % 2, 1 - 1e-5, 1 + 1e-5)
    given = {"ka": ka, "k": k, "level": peak**2 * share}
    found = integrate(model, [0, 40], parameters=given, save=["n"], rtol=1e-8)
    np.testing.assert_array_equal(found.values[:, 1, 0], share < 1)


def test_a_rate_that_jumps_within_a_dip_is_held_for_as_long_as_the_dip() -> None:
    jumps = {"y": "2*(time - 5)", "z": "piecewise(1, y < level, 0)"}
    model = network(jumps, {"y": 0.0, "z": 0.0}, {"level": -24.0})
    half = np.array([1e-4, 1e-2, 0.1, 1.0])
    found = integrate(model, [0, 10], parameters={"level": half**2 - 25}, save=["z"], rtol=1e-10)
    np.testing.assert_allclose(found.values[:, 1, 0], 2 * half, rtol=1e-4)


def test_bits_of_members_with_dips_do_not_depend_on_neighbours_or_threads() -> None:
    model = network({"y": "2*(time - m)"}, {"y": 0.0, "n": 0.0}, {"m": 5.0, "level": -20.0}, e=COUNTED)
    lowest = np.random.default_rng(4).uniform(1, 9, 40)
    every = integrate(model, TIMES, parameters={"m": lowest}, save=["y", "n"], threads=2)
    some = integrate(model, TIMES, parameters={"m": lowest[::7]}, save=["y", "n"], threads=1)
    assert every.values[::7].tobytes() == some.values.tobytes()


def test_an_equality_of_what_moves_goes_to_the_reference_path_and_one_of_a_flag_does_not() -> None:
    def asking(trigger: str) -> Network:
        start = {"x": 0.0, "flag": 0.0, "seen": 0.0}
        return network({"x": "1"}, start, set=event("x >= 1", {"flag": "2"}), see=event(trigger, {"seen": "x"}))

    assert routing.reasons(asking("flag == 2"), 10) == routing.reasons(asking("time == 1.5"), 10) == ()
    why = ("a trigger that asks whether what moves equals something",)
    assert routing.reasons(asking("flag == 2 && x == 1.5"), 10) == why
    run = integrate(asking("flag == 2 && x == 1.5"), [0, 1.4, 2], members=5, save=["seen"])
    np.testing.assert_allclose(run.values[4, :, 0], [0, 0, 1.5], rtol=1e-6)


@pytest.mark.parametrize(
    ("trigger", "sign"),
    [
        ("time >= T", 0),
        ("time > T", 0),
        ("time - d >= T", 1),
        ("T <= time - d", 1),
        ("time + d > T", -1),
        ("T < time + d", -1),
    ],
)
def test_an_event_at_a_known_time_is_then_however_that_is_written(trigger: str, sign: int) -> None:
    """T − d may round to either side of the moment at which time + d reaches T; who misses it there is late."""
    count, draw = 300, np.random.default_rng(3)
    d, at = draw.uniform(0, 1, count), draw.uniform(1, 5, count)
    model = network({"x": "1"}, {"x": 0.0, "y": -1.0}, {"d": 0.1, "T": 1.0}, e=event(trigger, {"y": "time"}))
    found = integrate(model, [10.0], parameters={"d": d, "T": at}, save=["y"])
    assert found.status == ("",) * count
    np.testing.assert_allclose(found.values[:, 0, 0], at + sign * d, rtol=1e-12)
