"""Rules by which doses follow the subject: "stop when platelets >= 50", "halve the dose when haematocrit < 30 %".

This file knows the form of a rule; `condition.py` reads its condition, `adaptive.py` makes events of it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ..forms import Duration, Form

ACTIONS = ("stop", "pause", "resume", "halve", "double", "full dose", "times 0.75")


def _action(value: object) -> object:
    text = " ".join(str(value).split()).lower()
    factor = re.fullmatch(r"times (\d+(?:\.\d+)?|\.\d+)", text)
    if factor and float(factor[1]) > 0:
        return text
    if text not in ACTIONS:
        raise ValueError(f"'{value}' is nothing that a rule does; write one of {', '.join(ACTIONS)}")
    return text


class Rule(Form):
    """What is done with the doses that follow, and when.

    Attributes:
        when: a condition on quantities of the mechanism: `platelets >= 50 10^9/L`, `haematocrit < 30 %`,
            `platelets < 0.5 * baseline(platelets)`.
        then: stop (for good), pause, resume, halve, double, full dose, or `times` a factor.
        limit: the share of the written dose beyond which it is not changed.
        once: whether the rule acts at most once in a subject.
    """

    when: str
    then: Annotated[str, BeforeValidator(_action)]
    limit: Annotated[float, Field(gt=0)] | None = None
    once: bool = False

    @property
    def factor(self) -> float | None:
        """By what the dose is multiplied; None where it is not."""
        return {"halve": 0.5, "double": 2.0}.get(self.then) or (
            float(self.then.removeprefix("times ")) if self.then.startswith("times ") else None
        )


Visits = Literal["each dose", "always"] | Duration
"""When rules are looked at: before each dose, all the time, or at visits that far apart."""
