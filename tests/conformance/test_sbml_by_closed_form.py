"""The words of SBML, one small model each, against the solution that its specification gives by hand; both paths."""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.formats.load import load
from pleio.mechanisms.equations import Refused
from pleio.simulation import integrate, routing
from sbml_in_short import sbml

Solution = Callable[[Any], tuple[Any, ...]]
exp, nan = np.exp, np.nan
C = '<compartment id="C" size="2"/>'
X = '<parameter id="x" value="0" constant="false"/>'
Y = '<parameter id="y" value="0" constant="false"/>'
GROWING = '<compartment id="C" size="1" constant="false"/><rateRule variable="C" math="1"/>'
TICKING = Y + '<rateRule variable="y" math="1"/>'
SINK = '<reaction id="r" from="S" rate="0.1*S*C"/>'


def after(time: float, then: Any, before: Any = 0) -> Callable[[Any], Any]:
    return lambda t: np.where(t >= time, then(t) if callable(then) else then, before(t) if callable(before) else before)


def rule(formula: str) -> str:
    return f'<parameter id="x" constant="false"/><assignmentRule variable="x" math="{formula}"/>'


# name: (model, what is saved, solution)
MODELS: dict[str, tuple[str, str, Solution]] = {
    # formulas
    "max and min of many": (
        rule("max(time, 1, 0.3) - min(time, 1, 0.7)"),
        "x",
        lambda t: (np.maximum(t, 1) - np.minimum(t, 0.7),),
    ),
    "quotient and rem of a negative": (rule("10*quotient(-7.5, 2) + rem(-7.5, 2)"), "x", lambda t: (-31.5,)),
    "operators without operands": (rule("plus() + times() + 2*and() + 4*or()"), "x", lambda t: (3,)),
    "xor of three, implies": (
        rule("xor(true, true, true) + 2*implies(time &gt; 0.7, false)"),
        "x",
        lambda t: (1 + 2 * (t <= 0.7),),
    ),
    "a chain of relations": (rule("piecewise(1, lt(0.2, time, 1.5), 0)"), "x", lambda t: ((t > 0.2) & (t < 1.5),)),
    "truth as a number in a rate": (
        X + '<rateRule variable="x" math="time &gt; 1"/>',
        "x",
        lambda t: (np.clip(t - 1, 0, None),),
    ),
    "piecewise without otherwise": (rule("piecewise(4, time &gt; 0.7)"), "x", lambda t: (np.where(t > 0.7, 4, nan),)),
    "functions with exchanged names": (
        '<functionDefinition id="g" math="lambda(x, y, x - y)"/><functionDefinition id="f" math="lambda(y, x, g(y, x) + 2*g(x, y))"/>'
        '<parameter id="y" value="5"/>' + rule("f(10, y)"),
        "x",
        lambda t: (-5,),
    ),
    "avogadro": (rule("avogadro/1e23"), "x", lambda t: (6.02214179,)),
    "infinity and NaN beside a state": (
        TICKING + '<parameter id="n" value="NaN"/><parameter id="i" value="-INF"/>',
        "y n i",
        lambda t: (t, nan, -np.inf),
    ),
    # parts that are missing
    "rules without mathematics": (
        X + Y + '<assignmentRule variable="x"/><rateRule variable="y"/><algebraicRule/>',
        "x y",
        lambda t: (0, 0),
    ),
    "events without mathematics": (
        X + '<event set="x=3"/><event trigger="time &gt; 1" set="x="/>',
        "x",
        lambda t: (0,),
    ),
    "a reaction without a law": (
        C + '<species id="S" initialAmount="1"/><reaction id="r" from="S"/>',
        "S r",
        lambda t: (1, 0),
    ),
    # rateOf and delay
    "rateOf a concentration in a growing compartment": (
        GROWING + '<species id="S" initialAmount="3"/><reaction id="r" from="S" rate="0.3*S*C"/>' + rule("rateOf(S)"),
        "x",
        lambda t: ((-0.9 * exp(-0.3 * t) * (1 + t) - 3 * exp(-0.3 * t)) / (1 + t) ** 2,),
    ),
    "rateOf a stoichiometry": (
        C
        + '<species id="S" initialAmount="0"/><rateRule variable="n" math="0.5"/><reaction id="r" to="n=1 S" rate="1"/>'
        + rule("rateOf(n)"),
        "x S",
        lambda t: (0.5, t + t * t / 4),
    ),
    "delay of a rate": (
        TICKING.replace('math="1"', 'math="2*time"') + rule("delay(rateOf(y), 0.3)"),
        "x",
        lambda t: (np.where(t < 0.3, 0, 2 * (t - 0.3)),),
    ),
    "a delay that grows": (TICKING + rule("delay(y, time/2)"), "x", lambda t: (t / 2,)),
    "a past that a rule gives": (
        '<parameter id="a" constant="false"/><assignmentRule variable="a" math="sin(time)"/>' + rule("delay(a, 1)"),
        "x",
        lambda t: (np.sin(t - 1),),
    ),
    "delay in a trigger": (
        TICKING + X + '<event trigger="delay(y, 0.3) &gt; 0.4" set="x=time"/>',
        "x",
        lambda t: (after(0.7, 0.7)(t),),
    ),
    "delay in the delay and the value of an event": (
        TICKING + X + '<event trigger="time &gt;= 0.5" delay="delay(y, 0.2)" set="x=delay(y, 0.1)"/>',
        "x",
        lambda t: (after(0.8, 0.4)(t),),
    ),
    "a rate of what an event set, later": (
        X
        + '<parameter id="a" value="1" constant="false"/><event trigger="time &gt;= 0.6" set="a=7"/><rateRule variable="x" math="delay(a, 0.3)"/>',
        "x",
        lambda t: (t + 6 * np.clip(t - 0.9, 0, None),),
    ),
    # events
    "an event at the start, late, with the trigger's values": (
        TICKING + X + '<event trigger="time &gt;= 0" initial="false" delay="0.7" set="x=y+1"/>',
        "x",
        lambda t: (after(0.7, 1)(t),),
    ),
    "an event at the start, late, with its own values": (
        TICKING
        + X
        + '<event trigger="time &gt;= 0" initial="false" useValuesFromTriggerTime="false" delay="0.7" set="x=y+1"/>',
        "x",
        lambda t: (after(0.7, 1.7)(t),),
    ),
    "triggered twice while it waits": (
        TICKING
        + X
        + '<event useValuesFromTriggerTime="false" trigger="(y &gt;= 0.4 &amp;&amp; y &lt; 0.6) || y &gt;= 0.8" delay="1" set="x=x+5"/>',
        "x",
        lambda t: (after(1.8, 10, after(1.4, 5))(t),),
    ),
    "triggered twice and not persistent": (
        TICKING
        + X
        + '<event persistent="false" trigger="(y &gt;= 0.4 &amp;&amp; y &lt; 0.6) || y &gt;= 0.8" delay="1" set="x=x+5"/>',
        "x",
        lambda t: (after(1.8, 5)(t),),
    ),
    "taken back by one of higher priority": (
        X + Y + '<event trigger="time &gt;= 1 &amp;&amp; y == 0" persistent="false" priority="1" set="x=1"/>'
        '<event trigger="time &gt;= 1" priority="2" set="y=1"/>',
        "x y",
        lambda t: (0, after(1, 1)(t)),
    ),
    "priorities that change": (
        X + Y + '<event trigger="time &gt;= 1" useValuesFromTriggerTime="false" priority="10" set="y=1"/>'
        '<event trigger="time &gt;= 1" useValuesFromTriggerTime="false" priority="5-10*y" set="x=x*10+1"/>'
        '<event trigger="time &gt;= 1" useValuesFromTriggerTime="false" priority="0" set="x=x*10+2"/>',
        "x",
        lambda t: (after(1, 21)(t),),
    ),
    "a compartment that an event sets": (
        '<compartment id="C" size="2" constant="false"/><species id="S" initialConcentration="3"/><event trigger="time &gt;= 1" set="C=6"/>',
        "S [S]",
        lambda t: (6, after(1, 1, 3)(t)),
    ),
    "a stoichiometry that an event sets": (
        C
        + '<species id="S" initialAmount="0"/><event trigger="time &gt;= 1" set="n=3"/><reaction id="r" to="n=1 S" rate="1"/>',
        "S n",
        lambda t: (t + 2 * np.clip(t - 1, 0, None), after(1, 3, 1)(t)),
    ),
    "a spike between two looks": (
        X + '<event trigger="sin(40*time) &gt; 0.999" set="x=x+1"/>',
        "x",
        lambda t: (np.floor((40 * t - np.pi / 2) / (2 * np.pi)) + 1,),
    ),
    "rounding in a rate": (
        X + '<rateRule variable="x" math="rem(floor(time), 2)"/>',
        "x",
        lambda t: (np.clip(t - 1, 0, 1),),
    ),
    # species, compartments, stoichiometries
    "a stoichiometry nothing names": (
        C + '<species id="S" initialAmount="9"/><reaction id="r" from="n=2 S" rate="1"/>',
        "S n",
        lambda t: (9 - 2 * t, 2),
    ),
    "on both sides, and twice": (
        C + '<species id="S" initialAmount="10"/><reaction id="r" from="S+2 S" to="5 S" rate="1"/>',
        "S",
        lambda t: (10 + 2 * t,),
    ),
    "a concentration with a rate in an assigned compartment": (
        '<compartment id="C" constant="false"/><assignmentRule variable="C" math="1+time"/><species id="S" initialConcentration="2"/><rateRule variable="S" math="0.5"/>',
        "S [S]",
        lambda t: ((2 + t / 2) * (1 + t), 2 + t / 2),
    ),
    "an amount with a rate in a growing compartment": (
        GROWING
        + '<species id="S" initialConcentration="2" hasOnlySubstanceUnits="true"/><rateRule variable="S" math="0.5"/>',
        "S [S]",
        lambda t: (2 + t / 2, (2 + t / 2) / (1 + t)),
    ),
    "a boundary species with a rule": (
        C
        + '<species id="S" boundaryCondition="true"/><species id="P" initialAmount="0"/><assignmentRule variable="S" math="time"/>'
        '<reaction id="r" from="S" to="P" rate="2*S"/>',
        "S [S] P",
        lambda t: (2 * t, t, t * t),
    ),
    "a length": (
        '<compartment id="C" spatialDimensions="1" size="4"/><species id="S" initialConcentration="2"/>' + SINK,
        "S",
        lambda t: (8 * exp(-0.1 * t),),
    ),
    "no dimension": (
        '<compartment id="C" spatialDimensions="0"/><species id="S" initialAmount="2"/><reaction id="r" from="S" rate="0.1*S"/>',
        "S",
        lambda t: (2 * exp(-0.1 * t),),
    ),
    "a size of zero": (
        '<compartment id="C" size="0"/><species id="S" initialAmount="2"/><reaction id="r" from="S" rate="0.1"/>',
        "S [S]",
        lambda t: (2 - 0.1 * t, np.inf),
    ),
    "starts that follow from starts": (
        '<compartment id="C" size="7"/><initialAssignment symbol="C" math="p*2"/><parameter id="p" value="9"/><initialAssignment symbol="p" math="1.5"/>'
        '<species id="S" initialAmount="1"/><initialAssignment symbol="S" math="C+1"/><species id="Q" initialConcentration="2"/>',
        "C S Q",
        lambda t: (3, 12, 6),
    ),
    "local names before others": (
        C
        + '<species id="S" initialAmount="4"/><parameter id="k" value="100"/><reaction id="r" from="S" rate="k*S*C" local="k=0.1"/>'
        '<reaction id="q" from="S" rate="C*k" local="C=0.5 k=0"/>',
        "S",
        lambda t: (4 * exp(-0.1 * t),),
    ),
    # algebra
    "a species that a rule leaves open": (
        C
        + '<species id="S" initialAmount="1"/><species id="P" initialAmount="0"/><species id="T"/><algebraicRule math="S+P+T-10"/>'
        '<reaction id="r" from="S" to="P" rate="S*C*0.2"/>',
        "S T",
        lambda t: (exp(-0.2 * t), 19),
    ),
    "the root near the start": (
        '<parameter id="x" value="-1.5" constant="false"/><algebraicRule math="x^2-2-time"/>',
        "x",
        lambda t: (-np.sqrt(2 + t),),
    ),
    "an event on what algebra gives": (
        '<parameter id="w" constant="false"/>'
        + X
        + TICKING
        + '<algebraicRule math="w-2*y"/><event trigger="w &gt;= 1" set="x=w"/>',
        "w x",
        lambda t: (2 * t, after(0.5, 1)(t)),
    ),
}
TIMES = np.array([0, 0.45, 0.72, 0.95, 1.25, 1.45, 1.85, 2.0])


@pytest.mark.parametrize("few", [1, 1000], ids=["lanes", "reference path"])
@pytest.mark.parametrize("name", MODELS)
def test_a_word_means_what_the_specification_says(name: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body, saved, solution = MODELS[name]
    monkeypatch.setattr(routing, "FEW", few)
    network = load(sbml(body))
    if few == 1 and routing.reasons(network, 2, saved.split()):
        return  # the reference path's alone
    run = integrate(network, TIMES, save=saved.split(), members=2, rtol=1e-9)
    assert run.status == ("", "")
    for found, wanted in zip(run.values[1].T, solution(TIMES), strict=True):
        np.testing.assert_allclose(found, np.broadcast_to(wanted, TIMES.shape), rtol=1e-6, atol=1e-8)


CONVERTED = C + '<species id="S" initialAmount="9" conversionFactor="g"/><species id="P" initialAmount="0"/>'
CONVERTED += '<parameter id="f" value="2"/><parameter id="g" value="3"/><reaction id="r" from="S" to="2 P" rate="1"/>'
FAST = C + '<species id="S" initialAmount="4"/><species id="P" initialAmount="0"/>'
FAST += '<reaction id="r" from="S" to="P" rate="1000*(S-P)" fast="true"/><reaction id="q" from="P" rate="0.2*P*C"/>'


def test_conversion_factors_and_fast_reactions() -> None:
    run = integrate(load(sbml(CONVERTED, model='conversionFactor="f"')), TIMES, save=["S", "P"])
    np.testing.assert_allclose(run.values[0].T, [9 - 3 * TIMES, 4 * TIMES], rtol=1e-9)
    run = integrate(load(sbml(FAST, version=1)), TIMES, save=["S", "P"], rtol=1e-9)
    np.testing.assert_allclose(run.values[0].T, [2 * exp(-0.1 * TIMES)] * 2, rtol=1e-7)


COMP = "http://www.sbml.org/sbml/level3/version1/comp/version1"


def hierarchy(inner: str, outer: str, submodel: str) -> str:
    """A model `inner` as submodel A of one with the parameters that `outer` has."""
    inside = sbml(
        '<compartment id="C" size="1"/><species id="S" initialAmount="20"/><parameter id="k" value="3"/>'
        '<reaction id="r" from="S" rate="1"/>',
        version=1,
        model=inner,
    )
    around = sbml('<parameter id="f" value="5"/>', version=1, model=outer)
    definition = inside[inside.index("<model") : inside.index("</sbml>")].replace('<model id="main"', '<model id="in"')
    definition = definition.replace("<model", "<comp:modelDefinition").replace("</model", "</comp:modelDefinition")
    parts = f'<comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="in" {submodel}/></comp:listOfSubmodels>'
    around = around.replace("</model>", f"{parts}</model>")
    definitions = f"<comp:listOfModelDefinitions>{definition}</comp:listOfModelDefinitions><model "
    head = f'<sbml xmlns:comp="{COMP}" comp:required="true" '
    return around.replace("<sbml ", head, 1).replace("<model ", definitions, 1)


@pytest.mark.parametrize(
    ("inner", "outer", "submodel", "pace"),
    [
        ("", "", "", 1.0),
        ('conversionFactor="k"', "", "", 3.0),
        ("", 'conversionFactor="f"', "", 1.0),
        ("", "", 'comp:timeConversionFactor="f"', 0.2),
        ("", "", 'comp:extentConversionFactor="f"', 5.0),
        ('conversionFactor="k"', 'conversionFactor="f"', 'comp:timeConversionFactor="f"', 0.6),
    ],
)
def test_a_submodel_keeps_its_own_conversion_factor(inner: str, outer: str, submodel: str, pace: float) -> None:
    run = integrate(load(hierarchy(inner, outer, submodel)), TIMES, save=["A__S"])
    np.testing.assert_allclose(run.values[0, :, 0], 20 - pace * TIMES, rtol=1e-9)


@pytest.mark.parametrize(
    ("package", "required", "run"), [("qual", True, False), ("novel", True, False), ("novel", False, True)]
)
def test_a_package_is_refused_by_name_where_it_is_required(package: str, required: bool, run: bool) -> None:
    uri = f"http://www.sbml.org/sbml/level3/version1/{package}/version1"
    head = f'<sbml xmlns:{package}="{uri}" {package}:required="{str(required).lower()}" '
    text = sbml(X).replace("<sbml ", head, 1)
    if run:
        assert "x" in load(text).parameters
        return
    with pytest.raises(Refused, match=f"package '{package}'"):
        load(text)


def test_xml_that_is_no_model_says_what_it_is() -> None:
    with pytest.raises(ModelError, match="is XML and not SBML; its outermost element is <html>"):
        load("<html><body>Not found</body></html>")
