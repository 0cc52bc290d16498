"""Triggers that ask whether what moves equals something, as `rare_sbml_quantities.py`: they hold at one moment."""

# ruff: noqa: E501  # a model in short stays on one line

from __future__ import annotations

import numpy as np

from rare_sbml_events import after
from rare_sbml_quantities import TICKING, C, Case, X, Y, rule

LATE_VALUES = 'useValuesFromTriggerTime="false"'
WAVE = '<parameter id="s" value="0" constant="false"/><parameter id="c" value="1" constant="false"/><rateRule variable="s" math="3*c"/><rateRule variable="c" math="-3*s"/>'


def counts(trigger: str, more: str = "") -> str:
    return X + f'<event trigger="{trigger}" {LATE_VALUES} {more} set="x=x+1"/>'


MODELS: dict[str, Case] = {
    "a state passes a number": (TICKING + counts("y == 0.72"), "x", lambda t: (after(0.72, 1)(t),)),
    "a state passes a number, the other way round": (
        TICKING + counts("0.72 == y"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a state falls to a number": (
        C + '<species id="S" initialAmount="2"/><reaction id="r" from="S" rate="S*C"/>' + counts("S == exp(-0.72)"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "what a rule gives passes a number": (
        rule("2*time", "a") + counts("a == 1.44"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a formula of the time passes a number": (counts("time*time == 0.5184"), "x", lambda t: (after(0.72, 1)(t),)),
    "a sum with the time": (counts("time + 0.1 == 0.82"), "x", lambda t: (after(0.72, 1)(t),)),
    "two states meet": (
        TICKING
        + '<parameter id="z" value="1.44" constant="false"/><rateRule variable="z" math="-1"/>'
        + counts("y == z"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a state passes 0": (
        '<parameter id="y" value="-1.44" constant="false"/><rateRule variable="y" math="2"/>' + counts("y == 0"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a wave passes a number both ways": (
        WAVE + counts("s == 0.5"),
        "x",
        lambda t: (((t >= np.pi / 18) * 1 + (t >= 5 * np.pi / 18) + (t >= (np.pi / 6 + 2 * np.pi) / 3)),),
    ),
    "a narrow peak passes a number twice": (
        WAVE + counts("s == 0.9999999"),
        "x",
        lambda t: (2 * (t >= np.pi / 6 + 1e-3),),
    ),
    "a rate passes a number": (
        TICKING.replace('math="1"', 'math="time"') + counts("rateOf(y) == 0.72"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "not equal any more, once passed": (TICKING + counts("y != 0.72"), "x", lambda t: (after(0.72, 1)(t),)),
    "unequal from the start": (
        TICKING + counts("y != 0.72", 'initial="false"'),
        "x",
        lambda t: (after(0.72, 2, 1)(t),),
    ),
    "equal at the start only": (TICKING + counts("y == 0", 'initial="false"'), "x", lambda t: (1,)),
    "not, and, or": (
        TICKING + counts("not(y == 0.72) &amp;&amp; (y &gt; 5 || y != 0.31)"),
        "x",
        lambda t: (after(0.72, 2, after(0.31, 1))(t),),
    ),
    "only where something else holds": (
        TICKING + counts("(y == 0.3 || y == 0.72) &amp;&amp; time &gt; 0.5"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "the delay of one that is persistent, and of one that is not": (
        TICKING
        + X
        + Y.replace('"y"', '"z"')
        + '<event trigger="y == 0.22" delay="0.5" set="x=y"/><event trigger="y == 0.22" delay="0.5" persistent="false" set="z=y"/>',
        "x z",
        lambda t: (after(0.72, 0.22)(t), 0),
    ),
    "an event moves what was equal": (
        TICKING + '<event trigger="y == 0.361" set="y=0"/>',
        "y",
        lambda t: (np.mod(t, 0.361),),
    ),
    "two at one moment, of which the first moves what was equal": (
        TICKING
        + X
        + f'<event trigger="y == 0.72" priority="2" set="y=5"/><event trigger="y == 0.72" priority="1" persistent="false" {LATE_VALUES} set="x=1"/>',
        "x y",
        lambda t: (0, after(0.72, lambda t: 4.28 + t, lambda t: t)(t)),
    ),
    "an event jumps past the number": (
        TICKING + '<event trigger="time &gt;= 0.3" set="y=5"/>' + counts("y == 2"),
        "x",
        lambda t: (0,),
    ),
    "a rounded state steps past the number": (TICKING + counts("floor(3*y) == 1.5"), "x", lambda t: (0,)),
    "a rounded state stands at the number": (TICKING + counts("floor(3*y) == 1"), "x", lambda t: (after(1 / 3, 1)(t),)),
    "two states that are the same": (
        TICKING
        + WAVE
        + WAVE.replace('"s"', '"u"').replace('"c"', '"w"').replace("*c", "*w").replace("*s", "*u")
        + counts("s == u", 'initial="false"'),
        "x",
        lambda t: (1,),
    ),
    "beside algebra": (
        TICKING + '<parameter id="w" constant="false"/><algebraicRule math="w+2*y-3"/>' + counts("w == 1.56"),
        "x",
        lambda t: (after(0.72, 1)(t),),
    ),
    "a past passes a number": (TICKING + counts("delay(y, 0.42) == 0.3"), "x", lambda t: (after(0.72, 1)(t),)),
}
