"""Shares of patients in two arms: "a response was reached by 52% of patients on A and by 16% on placebo".

Which is larger says what A does.  Rule id: `level.arms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.agent import is_medicine
from ...draft import Draft
from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...things import Thing, things, things_of
from ...unit import Unit, frames
from ...words.head_nouns import MODEL_WORDS
from ..finish import level_draft
from ..signed import composed
from .changes import change_of
from .seen import SEEN

_SHARE = re.compile(
    r"(?<![\w.])(?<!least )(?<!most )(?<!than )(?!(?<=by )[\d.]+\s?%(?! (?:of|on|with)\b))"
    r"(\d+(?:\.\d+)?)\s?%(?!\s?(?:CI|confidence))"
)
_CONTROL = re.compile(
    r"\b(?:placebo|controls?|vehicle|sham|standard (?:of )?care|usual care|untreated|no treatment)\b", re.I
)
_HAPPENING = SEEN | set(
    "occur attain achieve reach respond relapse develop experience recur have show maintain meet die survive".split()
)
_RATES = {"rate", "rates", "proportion", "proportions", "incidence", "percentage", "percentages", "frequency"}
_HARM = re.compile(r"reactions?$|events?$|effects?$|discontinu|withdraw", re.I)
_PEOPLE = MODEL_WORDS | set("patients participants subjects adults children women men recipients volunteers".split())


def arms(unit: Unit) -> Iterator[Draft]:
    """Read what the shares of two arms say of the medicine in one of them."""
    control = _CONTROL.search(unit.text) if unit.text.count("%") > 1 else None
    shares = list(_SHARE.finditer(unit.text)) if control else []
    if control is None or len(shares) < 2:
        return
    frame = next((f for f in frames(unit) if _tells(unit, f)), None)
    agent = _agent(unit)
    if frame is None or agent is None:
        return
    reference = _of_control(unit.text, control, shares)
    others = [float(m[1]) for m in shares if m is not reference]
    if reference is None or float(reference[1]) == others[0]:
        return
    relation = "increases" if others[0] > float(reference[1]) else "decreases"
    relation = composed(relation, change_of(unit, frame))  # "spleen volume fell by a third in 42% and 1%"
    for noun in _measured(frame):
        for target in things(noun):
            if (
                target.kind not in ("species", "anaphor")
                and not _HARM.search(target.name)
                and target.name != agent.name
            ):
                yield level_draft(unit, frame, agent, relation, target, "level.arms")


def _tells(unit: Unit, frame: Frame) -> bool:
    changed = change_of(unit, frame) in ("increases", "decreases")
    rates = frame.verbs.lemma == "be" and any(n.head.lower in _RATES for n in frame.subjects)
    return not frame.verbs.negated and (frame.verbs.lemma in _HAPPENING or changed or rates)


def _measured(frame: Frame) -> list[Noun]:
    """What the shares are of: "remission occurred in …", "… of patients attained a response"."""
    nouns = [n for n in frame.subjects if n.head.lower not in _PEOPLE and not n.words[0].text[0].isdigit()]
    return nouns[:1] if nouns else frame.objects[:1]


def _of_control(text: str, control: re.Match[str], shares: list[re.Match[str]]) -> re.Match[str] | None:
    """The share of the control: the one before its name ("16% on placebo"), else the one after it ("placebo, 16%")."""
    before = [m for m in shares if m.end() <= control.start()]
    after = [m for m in shares if m.start() >= control.end()]
    if len(after) > 1 and not before:
        return after[-1]  # "with A than with placebo (16% vs 5%)"
    opens = after and re.match(r"\s?[(:,]", text[control.end() :])
    if opens:
        return after[0]
    return before[-1] if len(before) > 1 or (before and after) else None


def _agent(unit: Unit) -> Thing | None:
    """The one medicine that the sentence names, else that of the paragraph."""
    named = {
        m.text: m
        for m in unit.mentions
        if unit.body <= m.start < unit.end and m.is_molecule and is_medicine(things_of(m))
    }
    if len(named) == 1:
        return things_of(next(iter(named.values())))
    return unit.agent if not named and is_medicine(unit.agent) else None
