"""What the parts of a study are made of: quantities and distributions as fields, formulas, and plain JSON of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from ..base.errors import InputError, Problem
from ..base.quantities import Distribution, Quantity, parse_distribution, parse_quantity, rejoin
from ..base.units import parse


def spelled(fault: InputError) -> ValueError:
    return ValueError("; ".join(str(Problem(fault.subject, p.what, p.help)) for p in fault.problems))


def _quantity(value: Any) -> Quantity:
    if isinstance(value, Quantity):
        return value
    try:
        return parse_quantity(value)
    except InputError as fault:
        raise spelled(fault) from None


def _distribution(value: Any) -> Distribution:
    if isinstance(value, Distribution):
        return value
    try:
        return parse_distribution(value)
    except InputError as fault:
        raise spelled(fault) from None


def measuring(example: str) -> BeforeValidator:
    """Ask for a quantity of the same kind as an example."""

    def check(value: Any) -> Quantity:
        quantity = _quantity(value)
        if not quantity.unit.fits(parse(example)):
            raise ValueError(f"'{value}' is not a quantity in {example} or the like")
        if quantity.value < 0:
            raise ValueError(f"'{value}' is negative")
        return quantity

    return BeforeValidator(check)


AnyQuantity = Annotated[Quantity, BeforeValidator(_quantity)]
Duration = Annotated[Quantity, measuring("d")]


def mended(value: Any) -> Any:
    return rejoin(value) if isinstance(value, dict) else value


AnyDistribution = Annotated[Distribution, BeforeValidator(_distribution)]


class Form(BaseModel):
    """What the parts of a study share: frozen, and a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False)


def formula_names(text: str) -> set[str]:
    """Name what a formula refers to.

    Raises:
        ValueError: it is not a formula, or it uses time, delays or rates.
    """
    from ..mechanisms.expression import names, uses
    from ..mechanisms.formula import parse_formula

    try:
        root = parse_formula(text)
    except InputError as fault:
        raise spelled(fault) from None
    if any(uses(op, root) for op in ("time", "delay", "rateOf", "baseline", "call")):
        raise ValueError(f"'{text}' may use numbers, names, arithmetic and comparison only")
    return names(root)


def plain(value: Any) -> Any:
    """Write a study's parts as JSON values; quantities and distributions as text."""
    if isinstance(value, BaseModel):
        return {key: plain(item) for key, item in value}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Quantity):
        return f"{value.value!r} {value.unit}"
    if isinstance(value, Distribution):
        return [value.kind, repr(value.first), repr(value.second), str(value.unit), repr(value.low), repr(value.high)]
    return value
