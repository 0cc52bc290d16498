"""Intervals of endpoints have the colour of their arm, as the study's figures give it."""

from __future__ import annotations

import re
from pathlib import Path

import pleio.web
from pleio.library import open as open_library
from pleio.library.content import Summary
from pleio.library.publishing.studies import published_study
from pleio.studies.figures.palette import ARMS, NOTHING, arm_colours
from pleio.web.context import StudyPart
from pleio.web.render.intervals import interval

CSS = Path(pleio.web.__file__).parent / "static" / "pleio.css"


def test_an_arm_has_on_the_page_the_colour_that_its_figures_give_it() -> None:
    asked = open_library("il11").study("anti-il11-heart", {"cohort.size": 1})
    shown = StudyPart(published_study(asked, asked.run(2), None, "", ""), "", (), (), "")
    colours = arm_colours(asked.study.arms)
    for arm, colour in colours.items():
        number = shown.colours.get(arm, 0)
        assert colour == (ARMS[number - 1] if number else NOTHING), arm
    assert len(set(colours.values())) == len(colours)


def test_every_colour_of_an_arm_is_defined_for_intervals() -> None:
    defined = set(re.findall(r"\.arm-(\d) \{ --arm: var\(--c-(\w+)\); \}", CSS.read_text(encoding="utf-8")))
    assert defined == {("0", "nothing"), *((str(n), str(n)) for n in range(1, len(ARMS) + 1))}
    one = Summary("a", "x", "x", "%", 1.0, 0.0, 0.5, 1.5, 2.0, -1.0, 3.0)
    assert 'class="interval arm-3"' in interval(one, [one], 3)
