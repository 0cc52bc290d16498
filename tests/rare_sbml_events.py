"""Rare combinations of SBML's events, each with its solution in closed form, as `rare_sbml_quantities.py`."""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

from typing import Any

import numpy as np

from rare_sbml_quantities import GROWING, TICKING, C, Case, X, Y, rule

exp = np.exp


def after(time: float, then: Any, before: Any = 0) -> Any:
    return lambda t: np.where(t >= time, then(t) if callable(then) else then, before(t) if callable(before) else before)


MODELS: dict[str, Case] = {
    # what is assigned
    "an event sets a concentration and an amount in a compartment of 2": (
        C
        + '<species id="S" initialAmount="1"/><species id="P" initialAmount="1" hasOnlySubstanceUnits="true"/><event trigger="time &gt;= 0.72" set="S=3; P=3"/>',
        "S P",
        lambda t: (after(0.72, 6, 1)(t), after(0.72, 3, 1)(t)),
    ),
    "an event sets a species that has a conversion factor": (
        C
        + '<parameter id="f" value="4"/><species id="S" initialAmount="0" conversionFactor="f"/><reaction id="r" to="S" rate="1"/><event trigger="time &gt;= 0.72" set="S=S+10"/>',
        "S",
        lambda t: (4 * t + after(0.72, 20)(t),),
    ),
    "an event sets a concentration in a growing compartment, late": (
        GROWING + '<species id="S" initialAmount="1"/><event trigger="time &gt;= 0.3" delay="0.42" set="S=5*C"/>',
        "S",
        lambda t: (after(0.72, 5 * 1.3 * 1.72, 1)(t),),
    ),
    "a compartment and a species of it at once": (
        '<compartment id="C" size="1" constant="false"/><species id="S" initialAmount="1"/><event trigger="time &gt;= 0.72" set="C=4; S=3"/>',
        "S [S]".split()[0] + " C",
        lambda t: (after(0.72, 3, 1)(t), after(0.72, 4, 1)(t)),
    ),
    "an event sets what has a rate": (
        TICKING + '<event trigger="y &gt;= 0.72" set="y=10"/>',
        "y",
        lambda t: (after(0.72, lambda t: 9.28 + t, lambda t: t)(t),),
    ),
    "an event sets a compartment with a rate": (
        GROWING + '<species id="S" initialAmount="6"/><event trigger="time &gt;= 0.72" set="C=3"/>',
        "C [S]",
        lambda t: (
            after(0.72, lambda t: 2.28 + t, lambda t: 1 + t)(t),
            6 / after(0.72, lambda t: 2.28 + t, lambda t: 1 + t)(t),
        ),
    ),
    "an event sets a stoichiometry with a rate": (
        C
        + '<species id="S" initialAmount="0"/><reaction id="r" to="n=1 S" rate="1"/><rateRule variable="n" math="1"/><event trigger="time &gt;= 0.72" set="n=0"/>',
        "S n",
        lambda t: (
            after(0.72, lambda t: 0.72 + 0.72**2 / 2 + (t - 0.72) ** 2 / 2, lambda t: t + t * t / 2)(t),
            after(0.72, lambda t: t - 0.72, lambda t: 1 + t)(t),
        ),
    ),
    "an event sets what a rule stands on": (
        X + rule("2*x+1", "a") + '<event trigger="time &gt;= 0.72" set="x=a+1"/>',
        "x a",
        lambda t: (after(0.72, 2)(t), after(0.72, 5, 1)(t)),
    ),
    "an event does not set again what a start gave": (
        '<parameter id="p" value="2" constant="false"/>'
        + X
        + '<initialAssignment symbol="x" math="p*3"/><event trigger="time &gt;= 0.72" set="p=100"/>',
        "x p",
        lambda t: (6, after(0.72, 100, 2)(t)),
    ),
    "values are exchanged": (
        '<parameter id="a" value="1" constant="false"/><parameter id="b" value="2" constant="false"/><event trigger="time &gt;= 0.72" set="a=b; b=a"/>',
        "a b",
        lambda t: (after(0.72, 2, 1)(t), after(0.72, 1, 2)(t)),
    ),
    "an event without assignments takes part": (
        X + '<event trigger="time &gt;= 0.72" delay="0.1"/><event trigger="time &gt;= 0.72" set="x=1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    # the start
    "at the start, a chain": (
        X
        + Y
        + '<event trigger="time &gt;= 0" initial="false" set="x=1"/><event trigger="x &gt; 0.5" set="y=7"/><event trigger="y &gt; 5" delay="0.72" set="x=3"/>',
        "x y",
        lambda t: (after(0.72, 3, 1)(t), 7),
    ),
    "at the start with a start by assignment": (
        '<parameter id="p" value="1" constant="false"/><initialAssignment symbol="p" math="9"/>'
        + X
        + '<event trigger="p &gt; 5" initial="false" set="x=p"/>',
        "x",
        lambda t: (9,),
    ),
    "true at the start is no turn; later it is": (
        X + '<event trigger="time &lt; 0.3 || time &gt; 0.72" set="x=x+1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "false at the start, whatever it was before": (
        X
        + '<event trigger="time &gt; 0.72" initial="false" useValuesFromTriggerTime="false" set="x=x+1"/><event trigger="time &gt; 0.72" initial="true" useValuesFromTriggerTime="false" set="x=x+10"/>',
        "x",
        lambda t: (after(0.72, 11)(t),),
    ),
    "a rate in a trigger at the start": (
        TICKING.replace('math="1"', 'math="5-4*time"')
        + X
        + '<event trigger="rateOf(y) &gt; 4" initial="false" set="x=x+1"/><event trigger="rateOf(y) &lt; 2.12" set="x=x+10"/>',
        "x",
        lambda t: (after(0.72, 11, 1)(t),),
    ),
    # delays, and whose values
    "values of the moment of triggering and of execution": (
        TICKING
        + X
        + '<parameter id="z" value="0" constant="false"/><event trigger="y &gt;= 0.22" delay="0.5" set="x=y"/><event trigger="y &gt;= 0.22" delay="0.5" useValuesFromTriggerTime="false" set="z=y"/>',
        "x z",
        lambda t: (after(0.72, 0.22)(t), after(0.72, 0.72)(t)),
    ),
    "a delay that depends on the state, and a rate": (
        TICKING.replace('math="1"', 'math="2"')
        + X
        + '<event trigger="y &gt;= 0.4" delay="y+rateOf(y)*0.06" set="x=1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "executions overtake each other": (
        X
        + '<parameter id="d" value="1" constant="false"/><event trigger="time &gt;= 0.1" set="d=0.2"/><event trigger="sin(10*time) &gt;= 0.5" delay="d" set="x=x*10+time"/>',
        "d",
        lambda t: (after(0.1, 0.2, 1)(t),),
    ),
    "late executions of one event, one after another": (
        X
        + Y
        + '<event trigger="sin(2*3.141592653589793*time/0.6) &gt;= 0.5" useValuesFromTriggerTime="false" delay="0.77" set="x=x*2+1"/>',
        "x",
        lambda t: (after(0.82, after(1.42, 3, 1))(t),),
    ),
    "a trigger that turns back and again, not persistent": (
        X
        + '<event trigger="time &gt; 0.21 &amp;&amp; (time &lt; 0.44 || time &gt; 0.62)" persistent="false" delay="0.5" set="x=x+1"/>',
        "x",
        lambda t: (after(1.12, 1)(t),),
    ),
    "not persistent, turned false at the moment of execution by another": (
        X
        + Y
        + '<event trigger="time &gt;= 0.22 &amp;&amp; y &lt; 1" persistent="false" delay="0.5" priority="1" set="x=1"/><event trigger="time &gt;= 0.72" priority="2" set="y=2"/>',
        "x y",
        lambda t: (0, after(0.72, 2)(t)),
    ),
    "persistent, turned false at the moment of execution by another": (
        X
        + Y
        + '<event trigger="time &gt;= 0.22 &amp;&amp; y &lt; 1" delay="0.5" priority="1" set="x=1"/><event trigger="time &gt;= 0.72" priority="2" set="y=2"/>',
        "x y",
        lambda t: (after(0.72, 1)(t), after(0.72, 2)(t)),
    ),
    # several at a time
    "a chain of five at one moment": (
        X
        + '<event trigger="time &gt;= 0.72" set="x=1"/>'
        + "".join(f'<event trigger="x &gt;= {k}" set="x=x+1"/>' for k in range(1, 5)),
        "x",
        lambda t: (after(0.72, 5)(t),),
    ),
    "ties happen in some order": (
        X
        + Y
        + "".join(
            f'<event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" set="x=x+{k}; y=y+1"/>'
            for k in (1, 10, 100)
        ),
        "x y",
        lambda t: (after(0.72, 111)(t), after(0.72, 3)(t)),
    ),
    "ties in one priority beside a higher one": (
        X
        + '<event trigger="time &gt;= 0.72" priority="5" set="x=100"/><event trigger="time &gt;= 0.72" priority="1" useValuesFromTriggerTime="false" set="x=x+1"/><event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="1" set="x=x+1"/><event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="-3" set="x=x*2"/>',
        "x",
        lambda t: (after(0.72, 204)(t),),
    ),
    "a late one and a new one at one moment, by priority": (
        X
        + '<event trigger="time &gt;= 0.22" useValuesFromTriggerTime="false" delay="0.5" priority="1" set="x=x*10+1"/><event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="2" set="x=x*10+2"/>',
        "x",
        lambda t: (after(0.72, 21)(t),),
    ),
    "a new one of higher priority, triggered by what happens, goes first": (
        X
        + Y
        + '<event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="9" set="x=x*10+1; y=1"/><event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="2" set="x=x*10+2"/><event trigger="y &gt;= 1" useValuesFromTriggerTime="false" priority="5" set="x=x*10+3"/>',
        "x",
        lambda t: (after(0.72, 132)(t),),
    ),
    "values of the trigger do not see what happens in between": (
        X
        + '<event trigger="time &gt;= 0.72" priority="2" set="x=x+1"/><event trigger="time &gt;= 0.72" priority="1" set="x=x+10"/>',
        "x",
        lambda t: (after(0.72, 10)(t),),
    ),
    "a priority by the rate of a state": (
        TICKING.replace('math="1"', 'math="3-10*x"')
        + X
        + '<event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="rateOf(y)" set="x=x*10+1"/><event trigger="time &gt;= 0.72" useValuesFromTriggerTime="false" priority="2" set="x=x*10+2"/>',
        "x",
        lambda t: (after(0.72, 12)(t),),
    ),
    "an event that makes its own trigger false and true again": (
        X
        + Y
        + '<event trigger="x &lt; 1 &amp;&amp; time &gt;= 0.72" set="x=1; y=y+1"/><event trigger="y &gt; 0.5 &amp;&amp; y &lt; 3" set="x=0"/>',
        "x y",
        lambda t: (after(0.72, 1)(t), after(0.72, 2)(t)),
    ),
    "a sawtooth": (
        TICKING + '<event trigger="y &gt;= 0.361" set="y=0"/>',
        "y",
        lambda t: (np.mod(t, 0.361),),
    ),
    "a state that a rule of zero holds, changed by events only": (
        C
        + '<species id="S" initialConcentration="2"/><rateRule variable="S" math="0"/><event trigger="time &gt;= 0.72" set="S=S*2"/>',
        "S",
        lambda t: (after(0.72, 8, 4)(t),),
    ),
    "a truth number as a trigger": (
        TICKING + X + '<event trigger="piecewise(y, y &gt; 0.72, 0)" set="x=1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a trigger over a rule over a reaction": (
        C
        + '<species id="S" initialAmount="2"/><reaction id="r" from="S" rate="S"/>'
        + rule("3*r", "a")
        + X
        + '<event trigger="a &lt; 3*exp(-0.36)" set="x=1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "exactly at the end of a delay of nothing": (
        X + '<event trigger="time &gt;= 0.72" delay="0" set="x=time"/>',
        "x",
        lambda t: (after(0.72, 0.72)(t),),
    ),
    "a trigger that is not, and implies": (
        TICKING
        + X
        + '<event trigger="not(y &lt; 0.72)" useValuesFromTriggerTime="false" set="x=x+1"/><event trigger="implies(y &gt; 0.31, y &gt; 0.72)" useValuesFromTriggerTime="false" set="x=x+10"/><event trigger="xor(y &gt; 0.31, y &gt; 0.72)" useValuesFromTriggerTime="false" set="x=x+100"/>',
        "x",
        lambda t: (after(0.72, 111, after(0.31, 100))(t),),
    ),
    "an event beside algebra": (
        TICKING
        + '<parameter id="w" constant="false"/><algebraicRule math="w+y-k"/><parameter id="k" value="5" constant="false"/><event trigger="w &lt; 4.28" set="k=w*10"/>',
        "w k",
        lambda t: (after(0.72, lambda t: 42.8 - t, lambda t: 5 - t)(t), after(0.72, 42.8, 5)(t)),
    ),
    "an assigned time in a trigger, a time that a parameter shifts": (
        rule("time - 0.5", "a") + X + '<event trigger="a &gt; 0.22" set="x=1"/>',
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a delay in a trigger that events feed": (
        '<parameter id="a" value="0" constant="false"/>'
        + X
        + '<event trigger="time &gt;= 0.3" set="a=1"/><event trigger="delay(a, 0.42) &gt; 0.5" set="x=1"/>',
        "x a",
        lambda t: (after(0.72, 1)(t), after(0.3, 1)(t)),
    ),
}
