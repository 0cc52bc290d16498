"""One agent given by one regimen, as a study states it."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from ..base.quantities import Quantity
from ..base.units import Unit, parse
from .forms import AnyQuantity, Duration, Form


class Dosing(Form):
    """One agent given by one regimen.

    Attributes:
        amount: in mass or amount of substance, or either per kg of body weight.
        every, times: the interval between doses and their number; one dose where absent.
        loading: the amount of the first dose, where it differs.
        duration: how long each dose is infused; at once where absent.
        start: time of the first dose.
    """

    agent: str
    amount: AnyQuantity
    route: str = "subcutaneous"
    every: Duration | None = None
    times: Annotated[int, Field(ge=1, le=100_000)] = 1
    loading: AnyQuantity | None = None
    duration: Duration | None = None
    start: Duration = Quantity(0.0, parse("d"))

    @model_validator(mode="after")
    def _repeats(self) -> Dosing:
        if self.times > 1 and (self.every is None or self.every.value == 0):
            raise ValueError(f"{self.times} doses need an interval; add 'every', such as 'every: 1 d'")
        if self.every is not None and self.times == 1 and "times" not in self.model_fields_set:
            raise ValueError("an interval needs a number of doses; add 'times', such as 'times: 14'")
        for name, amount in (("amount", self.amount), ("loading", self.loading)):
            if amount is not None:
                dose_unit(name, amount)
        return self


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


def _arm(value: Any) -> Any:
    if value is None:
        raise ValueError("an arm without a regimen; write 'none' if nothing is given")
    if value == "none":
        return ()
    return (value,) if isinstance(value, dict | Dosing) else value


Arm = Annotated[tuple[Dosing, ...], BeforeValidator(_arm)]
