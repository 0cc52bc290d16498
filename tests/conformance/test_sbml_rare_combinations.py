"""Rare combinations of SBML's words, run as the semantic test suite is run, against solutions by hand.

Each model becomes a case of the suite's layout; one run predicts them all. Where no closed form is known, a small
integrator of fixed steps, written here, gives the solution.
"""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pleio.formats.sbml.suite import read_settings, run_suite
from rare_sbml_equalities import MODELS as EQUALITIES
from rare_sbml_events import MODELS as EVENTS
from rare_sbml_formulas import MODELS as FORMULAS
from rare_sbml_hierarchy import MODELS as HIERARCHY
from rare_sbml_older_levels import MODELS as OLDER_LEVELS
from rare_sbml_quantities import GROWING, TICKING, C, Case, X, rule
from rare_sbml_quantities import MODELS as QUANTITIES
from sbml_in_short import sbml

SETTINGS = """start: {start}
duration: 2
steps: 40
variables: {variables}
absolute: 1e-6
relative: 1e-6
amount: {amounts}
concentration: {concentrations}
"""
State = tuple[float, ...]


def stepped(rates: Callable[[float, np.ndarray], Any], start: State, seen: Callable[[float, np.ndarray], State]) -> Any:
    """Integrate by the classical method of Runge and Kutta, 200 steps between outputs."""

    def solution(times: np.ndarray) -> tuple[np.ndarray, ...]:
        now, y, rows = 0.0, np.array(start, dtype=float), []

        def f(t: float, y: np.ndarray) -> np.ndarray:
            return np.array(rates(t, y), dtype=float)

        for time in times:
            h = (time - now) / 200
            for k in range(200 if h else 0):
                t = now + k * h
                a = f(t, y)
                b = f(t + h / 2, y + h / 2 * a)
                c = f(t + h / 2, y + h / 2 * b)
                y = y + h / 6 * (a + 2 * b + 2 * c + f(t + h, y + h * c))
            now = time
            rows.append(seen(now, y))
        return tuple(np.array(rows).T)

    return solution


STEPPED: dict[str, Case] = {
    "saturation in a growing compartment, a conversion factor, an assigned stoichiometry": (
        GROWING
        + '<parameter id="f" value="3"/><species id="S" initialConcentration="4" conversionFactor="f"/><species id="P" initialAmount="0"/>'
        '<reaction id="r" from="S" to="n=1 P" rate="C*S/(1+S)"/><assignmentRule variable="n" math="1+S"/>',
        "[S] P n",
        stepped(
            lambda t, y: ((-3 * y[0] / (1 + y[0] / (1 + t))), y[0]),
            (4.0, 0.0),
            lambda t, y: (y[0] / (1 + t), y[1], 1 + y[0] / (1 + t)),
        ),
    ),
    "rateOf a species drives another": (
        C
        + '<species id="S" initialAmount="4"/><reaction id="r" from="S" rate="C*S*S"/>'
        + X
        + '<rateRule variable="x" math="-rateOf(S)-x"/>',
        "S x",
        stepped(lambda t, y: (-(y[0] ** 2) / 2, y[0] ** 2 / 4 - y[1]), (4.0, 0.0), lambda t, y: (y[0], y[1])),
    ),
    "an implicit rule inside a rate": (
        TICKING.replace('math="1"', 'math="-z"')
        + '<parameter id="z" value="0.5" constant="false"/><algebraicRule math="z + exp(z) - 2 - y - time"/>',
        "y z",
        stepped(lambda t, y: (-_implicit(2 + y[0] + t),), (0.0,), lambda t, y: (y[0], _implicit(2 + y[0] + t))),
    ),
    "an oscillator in two compartments that exchange": (
        '<compartment id="C" size="2" constant="false"/><compartment id="D" constant="false"/><rateRule variable="C" math="-0.3*C"/><assignmentRule variable="D" math="4-C"/>'
        '<species id="S" initialConcentration="2"/><species id="P" compartment="D" initialConcentration="1" hasOnlySubstanceUnits="true"/>'
        '<reaction id="r" from="S" to="P" rate="2*S-P"/><reaction id="q" from="2 P" to="S" rate="P*S/5"/>',
        "[S] [P] D",
        stepped(
            lambda t, y: (
                -(2 * y[0] / y[2] - y[1]) + y[1] * y[0] / y[2] / 5,
                (2 * y[0] / y[2] - y[1]) - 2 * y[1] * y[0] / y[2] / 5,
                -0.3 * y[2],
            ),
            (4.0, 2.0, 2.0),  # P starts with a concentration of 1 in a size of 2
            lambda t, y: (y[0] / y[2], y[1] / (4 - y[2]), 4 - y[2]),
        ),
    ),
}


def _implicit(total: float) -> float:
    """z with z + exp(z) = total, by Newton's method."""
    z = 0.5
    for _ in range(50):
        z -= (z + np.exp(z) - total) / (1 + np.exp(z))
    return float(z)


LATE: dict[str, Case] = {  # outputs begin after the start
    "late outputs of a trajectory": (rule("time*time"), "x", lambda t: (t * t,)),
    "late outputs after an event": (
        TICKING + '<event trigger="y &gt;= 0.5" set="y=10"/>',
        "y",
        lambda t: (9.5 + t,),
    ),
}
CASES = {**QUANTITIES, **FORMULAS, **EVENTS, **EQUALITIES, **OLDER_LEVELS, **HIERARCHY, **STEPPED}


def write(folder: Path, document: str, saved: str, solution: Callable[[Any], Any], start: float = 0.0) -> None:
    """Write one case as the suite has them; `[S]` saves a concentration."""
    folder.mkdir(parents=True)
    (folder / "model.xml").write_text(document, encoding="utf-8")
    names = [key.strip("[]") for key in saved.split()]
    concentrations = [key.strip("[]") for key in saved.split() if key.startswith("[")]
    amounts = [key for key in names if key not in concentrations]
    lists = {"variables": names, "amounts": amounts, "concentrations": concentrations}
    text = SETTINGS.format(start=start, **{key: ", ".join(keys) for key, keys in lists.items()})
    (folder / "settings.txt").write_text(text)
    times = np.array(read_settings(folder / "settings.txt").times)
    columns = [np.broadcast_to(column, times.shape) for column in solution(times)]
    lines = [",".join(["time", *names])]
    lines += [",".join(repr(float(value)) for value in row) for row in zip(times, *columns, strict=True)]
    (folder / "results.csv").write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How each case went: "pass", "wrong", "crashed" or why it was refused."""
    root = tmp_path_factory.mktemp("rare")
    for start, group in ((0.0, CASES), (3.0, LATE)):
        for name, (body, saved, solution) in group.items():
            document = body if body.startswith(("<sbml", "<?xml")) else sbml(body)
            write(root / "cases" / name.replace(" ", "_").replace("/", "-"), document, saved, solution, start)
    report = run_suite(root / "cases", root / "out", workers=1)
    found = {case: why for why in ("pass", "wrong", "crashed") for case in report[why]} | report["refused"]
    return {case.replace("_", " "): why for case, why in found.items()}


@pytest.mark.parametrize("name", [*CASES, *LATE])
def test_a_rare_combination_means_what_the_specification_says(name: str, outcome: dict[str, str]) -> None:
    assert outcome[name] == "pass"


def test_what_cannot_be_run_is_refused_by_name_and_nothing_crashes(tmp_path: Path) -> None:
    comp = "http://www.sbml.org/sbml/level3/version1/comp/version1"
    parameter = sbml('<parameter id="x" value="1"/>')
    odd = 'xmlns:odd="http://www.sbml.org/sbml/level3/version1/odd/version1" odd:required="true"'
    away = (
        f'<comp:listOfExternalModelDefinitions xmlns:comp="{comp}"><comp:externalModelDefinition comp:id="e" '
        'comp:source="../away.xml" comp:modelRef="m"/></comp:listOfExternalModelDefinitions><model'
    )
    wanted = {
        "package": (parameter.replace("<sbml ", f"<sbml {odd} ", 1), "package 'odd'"),
        "external": (
            parameter.replace("<sbml ", f'<sbml xmlns:comp="{comp}" comp:required="true" ', 1).replace(
                "<model", away, 1
            ),
            "only files in the same folder are read",
        ),
        "rate": (sbml(rule("time") + rule("rateOf(x)", "z")), "rateOf"),
        "open": (sbml(X + '<algebraicRule math="x*0+time-1"/><algebraicRule math="x-1"/>'), "overdetermined"),
    }
    for name, (document, _) in wanted.items():
        write(tmp_path / "cases" / name, document, "x", lambda t: (0,))
    early = "start: -1\nduration: 2\nsteps: 4\nvariables: x\nabsolute: 1e-6\nrelative: 1e-6\namount:\nconcentration:\n"
    write(tmp_path / "cases" / "early", parameter, "x", lambda t: (0,))
    (tmp_path / "cases" / "early" / "settings.txt").write_text(early)
    report = run_suite(tmp_path / "cases", tmp_path / "out", workers=1)
    assert report["crashed"] == report["wrong"] == report["pass"] == []
    for name, (_, why) in wanted.items():
        assert why in report["refused"][name]
    assert report["refused"]["early"] == "an output before time 0"
