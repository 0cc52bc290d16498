"""The reference path against closed forms: doses, baselines, events, algebraic rules, delays, fast reactions."""

from __future__ import annotations

import numpy as np
import pytest

from pleio.base.errors import InputError, ModelError
from pleio.mechanisms import (
    Compartment,
    Event,
    Network,
    Observable,
    Parameter,
    Participant,
    Reaction,
    Species,
    parse_formula,
)
from pleio.simulation import Baseline, Dose, Limits, Run, integrate, routing

F = parse_formula
P = Participant
FREE = Parameter(constant=False)
EXACT = 1e-11
PK = Network(
    "pk",
    compartments={"V": Compartment(5.0)},
    species={"D": Species("V", 0.0), "A": Species("V", 0.0)},
    parameters={"ka": Parameter(1.3), "k": Parameter(0.2)},
    reactions={
        "absorb": Reaction((P("D"),), (P("A"),), rate=F("ka * D * V")),
        "lose": Reaction((P("A"),), rate=F("k * A * V")),
    },
)
TIMES = np.linspace(0, 30, 61)


def column(run: Run, name: str, member: int = 0) -> np.ndarray:
    assert run.status[member] == ""
    return run.values[member, :, run.names.index(name)]


def test_repeated_boluses_superpose() -> None:
    run = integrate(PK, TIMES, doses=[Dose("A", 10.0, start=2.0, every=6.0, times=3)], rtol=EXACT)
    expected = sum(np.where(t0 <= TIMES, 10 * np.exp(-0.2 * (TIMES - t0)), 0) for t0 in (2, 8, 14))
    np.testing.assert_allclose(column(run, "A"), expected, rtol=1e-8, atol=1e-12)


def test_first_order_absorption() -> None:
    run = integrate(PK, TIMES, doses=[Dose("D", 10.0)], save=["[A]"], rtol=EXACT)
    expected = 10 * 1.3 / (1.3 - 0.2) * (np.exp(-0.2 * TIMES) - np.exp(-1.3 * TIMES)) / 5
    np.testing.assert_allclose(column(run, "[A]"), expected, rtol=1e-8, atol=1e-12)


def test_overlapping_infusions() -> None:
    run = integrate(PK, TIMES, doses=[Dose("A", 12.0, start=1.0, duration=4.0, every=3.0, times=2)], rtol=EXACT)

    def infused(t: np.ndarray, start: float) -> np.ndarray:
        rate, during = 3.0, np.clip(t - start, 0, 4)
        return rate / 0.2 * (1 - np.exp(-0.2 * during)) * np.exp(-0.2 * np.clip(t - start - 4, 0, None))

    np.testing.assert_allclose(column(run, "A"), infused(TIMES, 1) + infused(TIMES, 4), rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("of", ["species", "network"])
def test_what_is_infused_is_an_amount_whatever_a_reaction_makes_of_its_extent(
    monkeypatch: pytest.MonkeyPatch, of: str, few: int
) -> None:
    """A dose is in the species' own unit: a conversion factor turns reactions into it and leaves doses alone."""
    monkeypatch.setattr(routing, "FEW", few)
    conversion = {of: "cf"}
    network = Network(
        compartments={"V": Compartment(5.0)},
        species={"A": Species("V", 0.0, conversion=conversion.get("species", ""))},
        parameters={"cf": Parameter(4.0), "k": Parameter(0.05)},
        reactions={"lose": Reaction((P("A"),), rate=F("k * A * V"))},
        conversion=conversion.get("network", ""),
    )
    times = np.array([0.0, 2.0, 10.0])
    run = integrate(network, times, members=4, doses=[Dose("A", 3.0, duration=2.0)], rtol=1e-10)
    k = 4.0 * 0.05
    at_end = 3.0 / 2.0 / k * (1 - np.exp(-2 * k))
    np.testing.assert_allclose(column(run, "A"), [0, at_end, at_end * np.exp(-8 * k)], rtol=1e-6)


@pytest.mark.parametrize("few", [0, 1000])
def test_what_an_event_sets_is_a_concentration_where_the_species_is_one(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    network = PK.replace(
        parameters={**PK.parameters, "seen": Parameter(0.0, constant=False)},
        events={"top up": Event(F("time >= 2"), {"A": F("A + 1"), "D": F("0"), "seen": F("A")})},
    )
    run = integrate(network, [1.9, 2.0, 4.0], members=4, parameters={"A": 10.0}, save=["A", "[A]", "seen"], rtol=1e-10)
    assert run.status == ("",) * 4
    before = 2.0 * np.exp(-0.4)  # 10 in 5 L
    np.testing.assert_allclose(run.values[:, 1, 1], before + 1, rtol=1e-7)
    np.testing.assert_allclose(run.values[:, 1, 0], 5 * (before + 1), rtol=1e-7)
    np.testing.assert_allclose(run.values[:, 2, 1], (before + 1) * np.exp(-0.4), rtol=1e-7)
    np.testing.assert_allclose(run.values[:, 1, 2], before, rtol=1e-7)


@pytest.mark.parametrize("few", [0, 1000])
def test_as_many_events_are_executed_as_are_allowed_and_not_one_more(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(routing, "FEW", few)
    network = Network(
        parameters={"x": Parameter(0.0, constant=False), "n": Parameter(0.0, constant=False)},
        rates={"x": F("1")},
        events={"tick": Event(F("x >= 1"), {"x": F("0"), "n": F("n + 1")})},
    )
    enough, fewer = (integrate(network, [5.5], members=4, save=["n"], limits=Limits(events=n)) for n in (5, 4))
    assert enough.status == ("",) * 4 and (enough.values == 5).all()
    assert all(why.startswith("executed more than 4 events by time 5") for why in fewer.status)
    assert np.isnan(fewer.values).all()


def test_doses_that_make_no_sense() -> None:
    with pytest.raises(InputError) as caught:
        integrate(PK, [0, 1], doses=[Dose("B", 1.0), Dose("A", 1.0, times=2)])
    assert [str(problem) for problem in caught.value.problems] == [
        "doses[0]: 'B' is not a species; known: A, D",
        "doses[1]: is repeated without an interval; give `every`",
    ]


@pytest.mark.parametrize("members", [1, 5])
def test_a_start_that_is_given_is_an_amount(members: int) -> None:
    species = {"A": Species("V", 9.0, concentration=True), "D": Species("V", 0.0)}
    run = integrate(PK.replace(species=species), [0], parameters={"A": [3.0] * members}, save=["A", "[A]"])
    np.testing.assert_allclose(run.values[:, 0], [[3.0, 3.0 / 5]] * members, rtol=1e-14)


TURNOVER = Network(
    "turnover",
    compartments={"V": Compartment(1.0)},
    species={"S": Species("V", 1.0)},
    parameters={"p": Parameter(6.0), "k": Parameter(2.0), "g": Parameter(0.7), "drive": Parameter(0.0)},
    reactions={
        "make": Reaction(
            (), (P("S"),), rate=F("p * (1 + drive) * exp(g * (S / (1 + S) - baseline(S) / (1 + baseline(S))))")
        ),
        "lose": Reaction((P("S"),), rate=F("k * S")),
    },
    observables={"fold": Observable(F("S / baseline(S)"))},
)


def test_a_baseline_is_the_untreated_steady_state_and_stays_it() -> None:
    run = integrate(TURNOVER, [0, 1, 10], baseline=Baseline(), save=["S", "fold"], rtol=1e-9)
    np.testing.assert_allclose(column(run, "S"), 3.0, rtol=1e-6)
    np.testing.assert_allclose(column(run, "fold"), 1.0, rtol=1e-6)


def test_what_is_held_in_the_baseline_is_let_go_at_time_zero() -> None:
    held = Baseline({"drive": 1.0})
    run = integrate(TURNOVER, [0, 40], baseline=held, parameters={"g": [0.0]}, save=["S", "fold"], rtol=1e-9)
    np.testing.assert_allclose(column(run, "S"), [6.0, 3.0], rtol=1e-6)
    np.testing.assert_allclose(column(run, "fold"), [1.0, 0.5], rtol=1e-6)


def test_a_baseline_for_a_stated_time() -> None:
    run = integrate(TURNOVER, [0], baseline=Baseline(duration=0.5), parameters={"g": [0.0]}, rtol=EXACT)
    np.testing.assert_allclose(column(run, "S"), 3 - 2 * np.exp(-1.0), rtol=1e-7)


def test_no_steady_state_is_a_status() -> None:
    growing = TURNOVER.replace(reactions={"make": Reaction((), (P("S"),), rate=F("p"))})
    run = integrate(growing, [0, 1], baseline=Baseline())
    assert run.status == ("in the baseline phase: has no steady state that could be reached",)
    assert np.isnan(run.values).all()


def test_events_are_located_to_the_last_bit_of_time() -> None:
    network = Network(
        parameters={"x": Parameter(0.0, constant=False), "n": Parameter(0.0, constant=False)},
        events={"at": Event(F("time >= 1"), {"n": F("n + 1")}), "after": Event(F("time > 2"), {"n": F("n + 10")})},
    )
    run = integrate(network, [0, 1, 2, np.nextafter(2, 3), 3], save=["n"])
    assert column(run, "n").tolist() == [0, 1, 1, 11, 11]


def test_priority_delay_persistence_and_trigger_values() -> None:
    x = {"x": Parameter(1.0, constant=False), "y": Parameter(0.0, constant=False), "z": Parameter(0.0, constant=False)}
    network = Network(
        parameters=x,
        events={
            "low": Event(F("time >= 1"), {"x": F("x * 10")}, priority=F("1")),
            "high": Event(F("time >= 1"), {"x": F("x + 1")}, priority=F("2")),
            "kept": Event(F("time >= 1 && time < 2"), {"y": F("time")}, delay=F("2")),
            "late": Event(F("time >= 1 && time < 2"), {"z": F("time")}, delay=F("2"), values_at_trigger=False),
            "dropped": Event(F("time >= 1 && time < 2"), {"x": F("0 - 1")}, delay=F("2"), persistent=False),
        },
    )
    run = integrate(network, [0, 1, 4], save=["x", "y", "z"])
    assert run.status == ("",)
    # the values are those of the trigger, before the other event: 1 + 1 is overwritten by 1 * 10
    assert run.values[0].tolist() == [[1, 0, 0], [10, 0, 0], [10, 1, 3]]


def test_an_algebraic_rule_holds_all_along() -> None:
    network = Network(
        parameters={"x": Parameter(1.0, constant=False), "y": FREE},
        rates={"x": F("-y")},
        algebraic=(F("y^3 + y - x"),),
        events={"jump": Event(F("time >= 1"), {"x": F("10")})},
    )
    run = integrate(network, np.linspace(0, 2, 9), save=["x", "y"], rtol=1e-9)
    x, y = column(run, "x"), column(run, "y")
    np.testing.assert_allclose(y**3 + y, x, rtol=1e-9)
    assert x[4] == 10


def test_a_fast_reaction_is_at_equilibrium_at_once() -> None:
    network = Network(
        compartments={"V": Compartment(1.0)},
        species={"A": Species("V", 3.0), "B": Species("V", 0.0)},
        reactions={
            "fast": Reaction((P("A"),), (P("B"),), rate=F("2 * A - B"), fast=True),
            "slow": Reaction((P("B"),), rate=F("0.3 * B")),
        },
    )
    times = np.linspace(0, 5, 6)
    run = integrate(network, times, rtol=1e-10)
    total = 3 * np.exp(-0.3 * 2 / 3 * times)
    np.testing.assert_allclose(run.values[0], np.column_stack([total / 3, 2 * total / 3]), rtol=1e-8)


def test_a_delay_by_the_method_of_steps() -> None:
    # x' = -x(t - 1), x = 1 before: 1 - t on [0, 1], 1 - t + (t - 1)²/2 on [1, 2]
    network = Network(parameters={"x": Parameter(1.0, constant=False)}, rates={"x": F("-delay(x, 1)")})
    times = np.linspace(0, 2, 9)
    run = integrate(network, times, save=["x"], rtol=1e-10)
    np.testing.assert_allclose(column(run, "x"), 1 - times + np.clip(times - 1, 0, None) ** 2 / 2, atol=1e-9)


def test_a_member_that_fails_leaves_the_others() -> None:
    explosive = Network(
        "explosive", {"V": Compartment()}, {"S": Species("V", 1.0)}, {"k": Parameter(1.0)},
        {"grow": Reaction((), (P("S"),), rate=F("k * S^2"))},
    )  # fmt: skip
    run = integrate(explosive, [0, 0.5, 2], parameters={"k": [0.1, 1.0, np.nan]}, limits=Limits(steps=2_000))
    assert run.status[0] == ""
    np.testing.assert_allclose(run.values[0, :, 0], [1, 1 / 0.95, 1 / 0.8], rtol=1e-5)
    assert run.status[1].startswith("could not go past time 1:")
    assert "diverges" in run.status[1]
    assert run.status[2] == (
        "could not go past time 0: its rates have no value there (the rate of 'S' is not a number, since 'k' is nan)"
    )
    assert np.isnan(run.values[1:]).all()


def test_an_event_that_never_stops_firing_is_a_status() -> None:
    k = {"k": Parameter(1.0, constant=False)}
    flip = {"k": F("0 - k")}
    events = {"up": Event(F("k > 0"), flip, initial=False), "down": Event(F("k < 0"), flip, initial=False)}
    run = integrate(Network(parameters=k, events=events), [0, 1], save=["k"], limits=Limits(events=500))
    assert run.status == ("executed more than 500 events by time 0 (the last one was 'up')",)


def test_time_on_the_clock_is_bounded() -> None:
    x = {"x": Parameter(-1.0, constant=False)}
    back = Event(F("x > 0"), {"x": F("-1e-7")}, initial=False)  # ten million times a unit of time, from time 1 on
    endless = Network(parameters=x, rates={"x": F("1")}, events={"back": back})
    run = integrate(endless, [0, 5], save=["x"], limits=Limits(seconds=0.3, events=10**9))
    assert run.status[0].startswith("ran for more than 0.3 s and had come to time 1")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"times": [0, 2, 1]}, "times: must be strictly increasing; times[1]=2 is followed by 1"),
        ({"times": [-1]}, "times: must be finite and not negative"),
        ({"times": [0], "parameters": {"q": 1.0}}, "parameters: 'q' is not in the model; known: A, D, V, k, ka"),
        ({"times": [0], "save": ["Q"]}, "save: 'Q' is not in the model; known: A, D, V, absorb, k, ka, lose"),
        ({"times": [0], "parameters": {"k": [1, 2], "ka": [1, 2, 3]}}, "members: k: has 2 values for 3 members"),
    ],
)
def test_arguments_that_do_not_fit(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        integrate(PK, **arguments)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_too_many_states_are_refused_before_anything_is_made() -> None:
    count = 6_000
    network = Network(
        "wide", {"V": Compartment()}, {f"s{i}": Species("V", 1.0) for i in range(count)}, {"k": Parameter(1.0)},
        {f"r{i}": Reaction((P(f"s{i}"),), rate=F("k")) for i in range(count)},
    )  # fmt: skip
    with pytest.raises(ModelError, match="has 6,000 states; the reference path takes up to 5,000"):
        integrate(network, [0, 1])
