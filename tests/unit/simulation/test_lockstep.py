"""The lockstep engine on problems whose answer is known: stiff problems from the literature, doses, failures, bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pleio.compiler.lower import lower
from pleio.mechanisms import Network, parse_formula
from pleio.mechanisms.network import Compartment, Parameter, Participant, Reaction, Species
from pleio.mechanisms.writing import write_equations
from pleio.simulation import Baseline, Dose, Limits, integrate, routing
from pleio.simulation.lockstep import engine as engines
from pleio.simulation.lockstep import run
from pleio.simulation.lockstep.engine import METHODS, Engine
from pleio.simulation.lockstep.task import Actions, Task

Array = np.ndarray


def by_rate_rules(rates: dict[str, str], parameters: dict[str, float] | None = None) -> Network:
    """A network of parameters that change by rate rules: any ordinary differential equation."""
    values = {name: Parameter(0.0, constant=False) for name in rates}
    values |= {name: Parameter(value) for name, value in (parameters or {}).items()}
    return Network(parameters=values, rates={name: parse_formula(text) for name, text in rates.items()})


def engine(network: Network, method: str = "rodas5p", width: int | None = None) -> Engine:
    equations = write_equations(network)
    return Engine(lower(equations, {key: equations.meaning[key] for key in equations.states}), method, width)


def task(engine: Engine, start: Array, times: Array, rtol: float, atol: float, **values: Array) -> Task:
    members = len(start)
    table = np.zeros((members, len(engine.program.parameters)))
    for slot, name in enumerate(engine.program.parameters):
        table[:, slot] = values[name]
    tolerance = np.full(start.shape, atol)
    return Task(start, table, times, Actions.none(members), 0.0, float(times[-1]), rtol, tolerance)


# Reference solutions: Mazzia & Magherini 2008, Test Set for Initial Value Problem Solvers, release 2.4
STIFF = {
    "ROBER": (
        {"a": "-0.04*a + 1e4*b*c", "b": "0.04*a - 1e4*b*c - 3e7*b^2", "c": "3e7*b^2"},
        (1.0, 0.0, 0.0),
        1e11,
        (0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050),
        1e-22,
    ),
    "HIRES": (
        {
            "y1": "-1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007",
            "y2": "1.71*y1 - 8.75*y2",
            "y3": "-10.03*y3 + 0.43*y4 + 0.035*y5",
            "y4": "8.32*y2 + 1.71*y3 - 1.12*y4",
            "y5": "-1.745*y5 + 0.43*y6 + 0.43*y7",
            "y6": "-280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7",
            "y7": "280*y6*y8 - 1.81*y7",
            "y8": "-280*y6*y8 + 1.81*y7",
        },
        (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057),
        321.8122,
        (
            0.7371312573325668e-3,
            0.1442485726316185e-3,
            0.5888729740967575e-4,
            0.1175651343283149e-2,
            0.2386356198831331e-2,
            0.6238968252742796e-2,
            0.2849998395185769e-2,
            0.2850001604814231e-2,
        ),
        1e-14,
    ),
    "OREGO": (
        {"a": "77.27*(b + a*(1 - 8.375e-6*a - b))", "b": "(c - (1 + a)*b)/77.27", "c": "0.161*(a - c)"},
        (1.0, 2.0, 3.0),
        360.0,
        (0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3),
        1e-12,
    ),
    "VDPOL": (
        {"x": "v", "v": "((1 - x^2)*v - x)/1e-6"},
        (2.0, 0.0),
        2.0,
        (0.1706167732170483e1, -0.8928097010247975),
        1e-12,
    ),
}


@pytest.mark.parametrize("method", ["rodas4", "rodas5p"])
@pytest.mark.parametrize("problem", STIFF)
def test_stiff_problems_to_one_digit_less_than_asked(problem: str, method: str) -> None:
    rates, start, end, want, atol = STIFF[problem]
    made = engine(by_rate_rules(rates), method)
    for rtol in (1e-4, 1e-7, 1e-10):
        outcome = made.run(task(made, np.array([start]), np.array([end]), rtol, atol))
        assert outcome.status.tolist() == [0]
        error = np.max(np.abs(outcome.saved[0, 0] - want) / np.abs(want))
        assert -np.log10(error) >= -np.log10(rtol) - 1


def pharmacokinetics() -> Network:
    """A depot, a plasma and a peripheral compartment, and a response that begins at its own steady state."""
    species = {key: Species("body", 0.0) for key in ("depot", "plasma", "tissue")}
    species["response"] = Species("body", 1.0, concentration=True)
    reactions = {
        "absorb": Reaction((Participant("depot"),), (Participant("plasma"),), rate=parse_formula("ka * depot * body")),
        "clear": Reaction((Participant("plasma"),), (), rate=parse_formula("ke * plasma * body")),
        "spread": Reaction(
            (Participant("plasma"),), (Participant("tissue"),), rate=parse_formula("body * (kp * plasma - kt * tissue)")
        ),
        "make": Reaction(
            (), (Participant("response"),),
            rate=parse_formula("body*ks * exp(s*g * (plasma/(1 + plasma) - baseline(plasma)/(1 + baseline(plasma))))"),
        ),
        "lose": Reaction((Participant("response"),), (), rate=parse_formula("body * kd * response * (1 + response^g)")),
    }  # fmt: skip
    values = {"ka": 1.2, "ke": 0.3, "kp": 0.2, "kt": 0.1, "ks": 1.0, "kd": 0.5, "g": 0.7, "s": 1.0}
    return Network(
        compartments={"body": Compartment(2.0)},
        species=species,
        parameters={key: Parameter(value) for key, value in values.items()},
        reactions=reactions,
    )


def dosed(count: int, **options: object) -> dict[str, object]:
    r = np.random.default_rng(5)
    return {
        "parameters": {"ke": r.uniform(0.2, 0.5, count), "g": r.uniform(0.2, 2, count)},
        "doses": [
            Dose("depot", r.uniform(5, 20, count), 0.0, every=24, times=4),
            Dose("plasma", 10.0, start=r.uniform(1, 9, count), duration=5.0, every=3.0, times=4),
            Dose("plasma", np.where(np.arange(count) % 2, 0.0, 3.0), start=50.0),
        ],
        "baseline": Baseline({"s": 0.0, "ks": r.uniform(1, 2, count)}),
        "save": ["depot", "plasma", "[response]", "clear", "ke"],
        **options,
    }


def test_doses_infusions_and_baseline_agree_with_the_reference_path(monkeypatch: pytest.MonkeyPatch) -> None:
    network, times = pharmacokinetics(), np.linspace(0, 96, 49)
    assert routing.reasons(network, 5) == ()
    fast = integrate(network, times, **dosed(5, rtol=1e-10))
    usual = integrate(network, times, **dosed(5))
    monkeypatch.setattr(routing, "FEW", 1000)
    slow = integrate(network, times, **dosed(5, rtol=1e-10))
    assert fast.status == slow.status == usual.status == ("",) * 5
    np.testing.assert_allclose(fast.values, slow.values, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(usual.values, slow.values, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("method", METHODS)
def test_the_bits_do_not_depend_on_threads_chunks_neighbours_or_the_run(method: str) -> None:
    made = engine(by_rate_rules(STIFF["HIRES"][0]), method)
    r = np.random.default_rng(6)
    start = np.abs(r.normal(0, 0.5, (61, 8)))
    work = task(made, start, np.linspace(0, 100, 7), 1e-6, 1e-9)
    first = made.run(work)
    for threads, chunk in ((1, 61), (2, 7), (4, 1), (3, 16)):
        again = made.run(work, threads, chunk)
        assert again.saved.tobytes() == first.saved.tobytes()
        assert again.work.tobytes() == first.work.tobytes()
    turned = made.run(task(made, start[::-1], np.linspace(0, 100, 7), 1e-6, 1e-9))
    assert turned.saved[::-1].tobytes() == first.saved.tobytes()


def test_threads_report_every_member_once() -> None:
    made = engine(by_rate_rules({"x": "-k*x"}, {"k": 1.0}))
    work = task(made, np.linspace(0.1, 1, 700)[:, None], np.linspace(0, 1, 3), 1e-6, 1e-9, k=np.ones(700))
    for threads, chunk in ((1, 1), (2, 64), (3, 1000)):
        told: list[int] = []
        found = made.run(work, threads, chunk, progress=told.append)
        assert sum(told) == 700 and min(told) > 0
        assert not np.any(found.status) and np.all(np.isfinite(found.saved))


def test_an_interruption_does_not_wait_for_members_that_have_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "REPORT", 1e-4)
    made = engine(by_rate_rules({"x": "w*y", "y": "-w*x"}, {"w": 30.0}))
    start, saved = np.ones((4000, 2)), np.full((4000, 2, 2), np.nan)
    work = task(made, start, np.array([0.0, 20.0]), 1e-8, 1e-10, w=np.full(4000, 30.0))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made.run(work, 2, progress=stop, saved=saved)
    assert np.any(np.isnan(saved[:, -1])) and np.any(np.isfinite(saved[:, -1]))


@pytest.mark.parametrize("method", METHODS)
def test_the_bits_do_not_depend_on_the_vector_width(method: str) -> None:
    rates = {"x": "a*x*(1 - x^h)/(1 + y)", "y": "exp(-x) + 1 + sin(time) - ln(1 + y)*y^a"}
    network = by_rate_rules(rates, {"a": 1.1, "h": 2.3})
    r = np.random.default_rng(7)
    start, times = r.uniform(0.2, 1, (9, 2)), np.linspace(0, 9, 10)
    runs = []
    for width in (2, 8):
        made = engine(network, method, width)
        runs.append(made.run(task(made, start, times, 1e-7, 1e-10, a=np.full(9, 1.1), h=np.linspace(1, 3, 9))))
    assert all(run.saved.tobytes() == runs[0].saved.tobytes() for run in runs)
    assert np.all(runs[0].status == 0)


def test_a_member_that_fails_is_nan_with_a_reason_and_touches_no_other() -> None:
    network = by_rate_rules({"x": "k*x^2"}, {"k": 1.0})
    found = integrate(
        network, [0, 0.5, 3.0], parameters={"k": np.array([0.1, 1.0, np.nan, -1.0, 0.2]), "x": np.ones(5)}, save=["x"]
    )
    assert found.status[1].startswith(
        "could not go past time 1: beyond it a state is no longer a finite number ('x' is "
    )
    assert found.status[1].endswith("the solution diverges)")
    assert found.status[2] == (
        "could not go past time 0: its rates have no value there (the rate of 'x' is not a number, since 'k' is nan)"
    )
    assert [status == "" for status in found.status] == [True, False, False, True, True]
    assert np.all(np.isnan(found.values[[1, 2]]))
    k = np.array([0.1, -1.0, 0.2])
    np.testing.assert_allclose(found.values[[0, 3, 4], 2, 0], 1 / (1 - 3 * k), rtol=1e-5)


def test_a_member_that_takes_too_many_steps_says_so() -> None:
    network = by_rate_rules({"x": "w*y", "y": "-w*x"}, {"w": 1.0})
    found = integrate(
        network,
        [0, 10.0],
        parameters={"w": np.array([1.0, 1e5, 2.0, 3.0]), "x": np.ones(4)},
        save=["x"],
        limits=Limits(steps=2000),
    )
    assert [status[:36] for status in found.status] == ["", "took more than 2,000 steps by time 0", "", ""]
    np.testing.assert_allclose(found.values[[0, 2, 3], 1, 0], np.cos([10, 20, 30]), atol=1e-4)


def test_a_baseline_without_a_steady_state_says_so() -> None:
    network = by_rate_rules({"x": "a - k*x", "z": "0*x"}, {"a": 1.0, "k": 1.0})
    k = np.array([1.0, 0.0, 1e-3, 2.0])
    found = integrate(network, [0.0, 1.0], parameters={"k": k}, baseline=Baseline(), save=["x"])
    assert found.status == ("", "in the baseline phase: has no steady state that could be reached", "", "")
    np.testing.assert_allclose(found.values[[0, 2, 3], 0, 0], [1.0, 1000.0, 0.5], rtol=1e-7)


def test_saved_times_inside_a_step_have_the_accuracy_of_its_ends() -> None:
    network = by_rate_rules({"x": "-k*x", "y": "k*x - y"}, {"k": 0.3})
    times, k = np.sort(np.random.default_rng(8).uniform(0, 20, 200)), np.array([0.3, 0.2, 0.5, 2.0])
    found = integrate(network, times, parameters={"k": k, "x": np.ones(4)}, save=["x", "y"], rtol=1e-8)
    exact = np.exp(-k[:, None] * times)
    np.testing.assert_allclose(found.values[..., 0], exact, atol=1e-8)
    np.testing.assert_allclose(
        found.values[..., 1], k[:, None] / (1 - k[:, None]) * (exact - np.exp(-times)), atol=2e-8
    )


def test_rates_that_jump_at_a_known_time_are_met_there() -> None:
    rates = {"x": "piecewise(5, time > a && time + 1 <= b, 0) - x", "y": "piecewise(0, 3 >= time, x)"}
    network = by_rate_rules(rates, {"a": 2.0, "b": 3.01})
    assert routing.reasons(network, 4) == ()
    a, times = np.array([1.0, 2.0, 2.5, 40.0]), np.array([0.0, 3.0, 7.0, 20.0])
    given = {"a": a, "b": a + 1.01, "x": np.ones(4)}  # a pulse that lasts for a hundredth
    found = integrate(network, times, parameters=given, save=["x", "y"], rtol=1e-9)

    def x(t: Array) -> Array:
        since = np.maximum(0, t - a[:, None])
        return np.exp(-t) + 5 * (np.exp(-np.maximum(0, since - 0.01)) - np.exp(-since))

    np.testing.assert_allclose(found.values[..., 0], x(times), atol=1e-8)
    after = times >= 3  # all pulses are before 3, or never
    np.testing.assert_allclose(found.values[..., 1], after * (x(np.array([3.0])) - x(times)), atol=1e-8)


@pytest.mark.parametrize(
    ("rate", "reason"),
    [
        ("floor(time)", "rates or triggers that round a quantity that changes"),
        ("factorial(x)", "the function 'factorial'"),
        ("delay(x, 1)", "the function 'delay'"),
    ],
)
def test_what_the_engine_cannot_run_is_named(rate: str, reason: str) -> None:
    assert routing.reasons(by_rate_rules({"x": rate}), 100) == (reason,)


def test_the_explicit_method_is_chosen_by_measurement_and_stiff_members_are_taken_back() -> None:
    oscillator = by_rate_rules({"x": "v", "v": "m*(1 - x^2)*v - x"}, {"m": 0.5})
    given = {"m": np.array([0.5, 1.0, 2e4, 0.1]), "x": np.full(4, 2.0)}  # one member is as stiff as VDPOL
    oscillator = oscillator.replace(parameters={**oscillator.parameters, "x": Parameter(2.0, constant=False)})
    _, choice = run._engine(oscillator, ("x",), (), 11.0, 1e-6, None)
    assert choice.engine.method.name == "Dormand–Prince 5(4)"
    assert run._engine(by_rate_rules(STIFF["HIRES"][0]), ("y1",), (), 100.0, 1e-6, None)[1].otherwise is None
    found = integrate(oscillator, [5.0, 11.0], parameters=given, save=["x"])
    assert found.status == ("",) * 4
    made = engine(oscillator)
    exact = made.run(task(made, np.c_[given["x"], np.zeros(4)], np.array([5.0, 11.0]), 1e-10, 1e-13, m=given["m"]))
    np.testing.assert_allclose(found.values[..., 0], exact.saved[..., 0], rtol=1e-4)


def test_algebraic_rules_are_solved_at_the_start_after_doses_and_along_the_way() -> None:
    """Enzyme and substrate in rapid equilibrium: free + bound = total, bound = free · S / K."""
    species = {"S": Species("c", 4.0), "P": Species("c", 0.0)}
    parameters = {"total": Parameter(1.0), "K": Parameter(0.5), "k": Parameter(2.0)}
    parameters |= {key: Parameter(None, constant=False) for key in ("free", "bound")}
    network = Network(
        compartments={"c": Compartment(1.0)},
        species=species,
        parameters=parameters,
        reactions={"turn": Reaction((Participant("S"),), (Participant("P"),), rate=parse_formula("k * bound"))},
        algebraic=(parse_formula("free + bound - total"), parse_formula("bound * K - free * S")),
    )
    assert routing.reasons(network, 10) == ()
    K, times = np.array([0.2, 0.5, 1.0, 3.0]), np.linspace(0, 4, 9)
    doses = [Dose("S", 3.0, start=1.5)]
    found = integrate(network, times, parameters={"K": K}, doses=doses, save=["S", "bound", "free"], rtol=1e-8)
    explicit = by_rate_rules({"S": "-k*S/(K + S)"}, {"k": 2.0, "K": 1.0})
    explicit = explicit.replace(parameters={**explicit.parameters, "S": Parameter(4.0, constant=False)})
    made = engine(explicit)
    plan = task(made, np.full((4, 1), 4.0), times, 1e-10, 1e-13, k=np.full(4, 2.0), K=K)
    dose = Actions(np.arange(5), np.full(4, 1.5), np.zeros(4, dtype=np.int64), np.full(4, 3.0))
    exact = made.run(replace(plan, actions=dose)).saved[..., 0]
    assert found.status == ("",) * 4
    np.testing.assert_allclose(found.values[..., 0], exact, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.values[..., 1], exact / (K[:, None] + exact), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.values[..., 1] + found.values[..., 2], 1.0, rtol=1e-7)


def test_rules_without_a_solution_say_so() -> None:
    network = Network(
        parameters={
            "x": Parameter(1.0, constant=False), "z": Parameter(None, constant=False), "a": Parameter(1.0),
        },
        rates={"x": parse_formula("-x")},
        algebraic=(parse_formula("z^2 + 1 - a"),),
    )  # fmt: skip
    found = integrate(network, [0.0, 1.0], parameters={"a": np.array([2.0, 0.5, 5.0, 10.0])}, save=["z"])
    assert found.status[1] == "the algebraic rules have no solution that was found at time 0"
    np.testing.assert_allclose(found.values[[0, 2, 3], 1, 0], [1.0, 2.0, 3.0])


def test_a_dose_into_what_nothing_changes_takes_the_reference_path() -> None:
    network = Network(
        compartments={"c": Compartment(1.0)},
        species={"A": Species("c", 1.0), "pool": Species("c", 2.0, boundary=True)},
        parameters={"k": Parameter(1.0)},
        reactions={"make": Reaction((Participant("pool"),), (Participant("A"),), rate=parse_formula("k * pool"))},
    )
    assert routing.reasons(network, 5, dosed=["pool"]) == ("a dose into 'pool', which nothing changes",)
    found = integrate(network, [0.0, 2.0], members=5, doses=[Dose("pool", 3.0, start=1.0)])
    np.testing.assert_allclose(found.values[:, 1, 0], 1 + 2 + 5, rtol=1e-5)


def test_a_network_whose_factors_are_full_takes_the_reference_path(monkeypatch: pytest.MonkeyPatch) -> None:
    from pleio.compiler.passes import elimination

    monkeypatch.setattr(elimination, "MOST_STATES", 1)
    network = by_rate_rules({"x": "-x", "y": "x - 2*y + 0.125*x*y"})
    found = integrate(network, [0.0, 1.0], parameters={"x": np.ones(4)}, save=["x"])
    np.testing.assert_allclose(found.values[:, 1, 0], np.exp(-1), rtol=1e-5)
