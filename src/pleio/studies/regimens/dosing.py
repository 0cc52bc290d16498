"""One agent given by one regimen, as a study states it or as a prescription writes it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ...base.errors import Problem, StudyError, nearest
from ...base.quantities import Quantity, parse_quantity
from ...base.units import Unit, parse
from ..forms import AnyQuantity, Duration, Form
from .rule import Rule, Visits

MOST_VISITS = 10_000


class Dosing(Form):
    """One agent given by one regimen.

    Attributes:
        amount: in mass or amount of substance, or either per kg of body weight.
        every, times: the interval between doses and their number; one dose where absent.
        loading: the amount of the first dose, where it differs.
        duration: how long each dose is infused; at once where absent.
        start: time of the first dose.
        rules: what is done with later doses, and when; see `rule.Rule`.
        visits: when the rules are looked at: before each dose, always, or at visits that far apart.
    """

    agent: str
    amount: AnyQuantity
    route: str = "subcutaneous"
    every: Duration | None = None
    times: Annotated[int, Field(ge=1, le=100_000)] = 1
    loading: AnyQuantity | None = None
    duration: Duration | None = None
    start: Duration = Quantity(0.0, parse("d"))
    rules: tuple[Rule, ...] = ()
    visits: Visits = "each dose"

    @model_validator(mode="after")
    def _repeats(self) -> Dosing:
        if self.times > 1 and (self.every is None or self.every.value == 0):
            raise ValueError(f"{self.times} doses need an interval; add 'every', such as 'every: 1 d'")
        if self.every is not None and self.times == 1 and "times" not in self.model_fields_set:
            raise ValueError("an interval needs a number of doses; add 'times', such as 'times: 14'")
        for name, amount in (("amount", self.amount), ("loading", self.loading)):
            if amount is not None:
                dose_unit(name, amount)
        self._check_visits()
        return self

    def _check_visits(self) -> None:
        if self.visits != "each dose" and not self.rules:
            raise ValueError("'visits' says when rules are looked at; add 'rules'")
        if isinstance(self.visits, Quantity):
            span = self.times * (self.every.to("h") if self.every else 0.0)
            span += self.duration.to("h") if self.duration else 0.0
            if self.visits.value == 0 or span / self.visits.to("h") > MOST_VISITS:
                raise ValueError(f"visits every {self.visits} are more than {MOST_VISITS:,}; make them rarer")


def dose_unit(name: str, amount: Quantity) -> tuple[Unit, bool]:
    """Give the unit of a dose without its `/kg`, and whether it is per kg of body weight.

    Raises:
        ValueError: it measures neither mass nor amount of substance, or is negative.
    """
    per_weight = re.fullmatch(r"(.+?)\s*/\s*kg", str(amount.unit))
    unit = parse(per_weight[1]) if per_weight else amount.unit
    if not (unit.fits(parse("mg")) or unit.fits(parse("nmol"))):
        raise ValueError(f"{name} '{amount}' is no dose; write a mass or an amount of substance, such as 50 µg/kg")
    if amount.value < 0:
        raise ValueError(f"{name} '{amount}' is negative")
    return unit, per_weight is not None


_INTERVALS = {"d": "d", "w": "wk", "h": "h", "m": "month"}
_DAILY = {"qd": 1.0, "bid": 0.5, "tid": 1 / 3, "qid": 0.25, "qod": 2.0, "qw": 7.0, "q2w": 14.0, "qm": 30.4375}
_ROUTES = {
    "sc": "subcutaneous", "iv": "intravenous", "im": "intramuscular", "po": "oral", "ip": "intraperitoneal"
}  # fmt: skip


def parse_regimen(text: str, agent: str, routes: Collection[str] = ()) -> Dosing:
    """Read a regimen as prescriptions write it: `300 mg q4w`, `50 µg/kg qd x14`, `10 mg/kg iv once`, `5 mg q12h sc x6`.

    Without a number of doses, those of one year are given; without a route, it is subcutaneous.

    Args:
        routes: further words that are routes, such as `medium`.
    Raises:
        StudyError: a part is not understood, or the amount is no dose.

    Example:
        >>> parse_regimen("300 mg q4w iv x6", "antibody").every.to("d")
        28.0
    """
    match = re.match(r"\s*([\d.]+\s*\S+)", text)
    if match is None:
        raise StudyError(f"'{text}'", Problem("", "does not begin with an amount", "write it as 300 mg q4w"))
    value: dict[str, Any] = {"agent": agent, "amount": match[1]}
    problems = []
    for word in text[match.end() :].lower().split():
        given = re.fullmatch(r"q(\d+)([dwhm])", word)
        if word in _DAILY:
            value["every"] = f"{_DAILY[word]:.10g} d"
        elif given:
            value["every"] = f"{given[1]} {_INTERVALS[given[2]]}"
        elif re.fullmatch(r"[x×]\d+", word):
            value["times"] = int(word[1:])
        elif word in _ROUTES:
            value["route"] = _ROUTES[word]
        elif word in routes:
            value["route"] = word
        elif word != "once":
            known = [*_DAILY, "q4w", "q12h", "x6", "once", *_ROUTES, *routes]
            problems.append(Problem(word, "is not understood", nearest(word, known)))
    if problems:
        raise StudyError(f"'{text}'", problems)
    if "every" in value and "times" not in value:
        value["times"] = max(1, math.ceil(_YEAR / parse_quantity(value["every"]).to("d")))
    try:
        return Dosing.model_validate(value)
    except ValueError as fault:
        raise StudyError(
            f"'{text}'", str(fault).splitlines()[-2].strip() if "\n" in str(fault) else str(fault)
        ) from None


_YEAR = 365.25  # days


def _arm(value: Any) -> Any:
    if value is None:
        raise ValueError("an arm without a regimen; write 'none' if nothing is given")
    if value == "none":
        return ()
    if not isinstance(value, dict | Dosing | list | tuple):
        raise ValueError(f"'{value}' is no regimen; write it as {{agent: oprelvekin, amount: 300 mg}}, or 'none'")
    return (value,) if isinstance(value, dict | Dosing) else value


Arm = Annotated[tuple[Dosing, ...], BeforeValidator(_arm)]
