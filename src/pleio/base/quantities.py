"""Quantities and distributions as people write them: `50 µg/kg`, `lognormal(70 kg, 15 %)`, and their quantiles.

A distribution is used through its quantile function alone, so that a draw is one uniform number: two beliefs or two
arms that share the uniform share the luck.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import units
from .errors import InputError, Problem, UnitError, nearest
from .units import DIMENSIONLESS, Unit

Array = NDArray[np.float64]

_NUMBER = re.compile(r"\s*([-+]?(?:\d+(?:[ _]?\d{3})*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*?)\s*", re.DOTALL)
_SECOND = re.compile(r"[-+−–]|(?!10?(?![\d.]))\d")
"""A second number where a unit should stand, as in `50-100 µg/kg`; units begin with 1 or 10 alone, as in `10^9/L`."""
_CALL = re.compile(r"\s*([a-z]+)\s*\((.*)\)\s*", re.DOTALL)


@dataclass(frozen=True, repr=False)
class Quantity:
    """A number with its unit."""

    value: float
    unit: Unit = DIMENSIONLESS

    def to(self, unit: Unit | str) -> float:
        """Give the value in another unit.

        Raises:
            UnitError: the units measure different things.

        Example:
            >>> parse_quantity("2 d").to("h")
            48.0
        """
        target = units.parse(unit) if isinstance(unit, str) else unit
        factor = self.unit.factor_to(target)
        near = round(factor)
        # h per d is 24 and not 24.000000000000004: a dose time must fall on its grid point
        return self.value * (near if near and math.isclose(factor, near, rel_tol=1e-12) else factor)

    def __repr__(self) -> str:
        return f"<Quantity {self}>"

    def __str__(self) -> str:
        return f"{self.value:g}" if self.unit == DIMENSIONLESS else f"{self.value:g} {self.unit}"


def parse_quantity(text: str | float | int) -> Quantity:
    """Read a number with an optional unit; a bare number is dimensionless.

    Raises:
        InputError: there is no number at the start, or it is not finite.
        UnitError: the unit is not known.

    Example:
        >>> str(parse_quantity("50 µg/kg"))
        '50 µg/kg'
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise InputError(f"'{text}'", Problem("", "is not a quantity", "write a number and a unit, such as 50 µg/kg"))
    if isinstance(text, int | float):
        value, unit = float(text), DIMENSIONLESS
    else:
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise InputError(f"'{text}'", Problem("", "is not a quantity", "write a number and a unit: 50 µg/kg"))
        if _SECOND.match(match[2]):
            raise InputError(f"'{text}'", Problem("", "is two numbers", "write one and a unit, such as 50 µg/kg"))
        value = float(re.sub("[ _]", "", match[1]))
        unit = units.parse(match[2]) if match[2] else DIMENSIONLESS
    if not math.isfinite(value):
        raise InputError(f"'{text}'", "is not a finite number")
    return Quantity(value, unit)


@dataclass(frozen=True, repr=False)
class Distribution:
    """A distribution of one number, in one unit.

    Attributes:
        kind: a name in `KINDS`.
        first, second: its two arguments, in `unit`; see `KINDS` for their meaning.
        unit: the unit of the values.
        low, high: where it is cut, in `unit`; infinite where it is not.
        text: as it was written.
    """

    kind: str
    first: float
    second: float
    unit: Unit = DIMENSIONLESS
    low: float = -math.inf
    high: float = math.inf
    text: str = ""

    def quantile(self, uniform: Array | float) -> Array:
        """Give the value below which a share `uniform` of the distribution lies.

        Args:
            uniform: strictly between 0 and 1, any shape.
        Returns:
            The same shape, in `unit`.
        """
        share = np.asarray(uniform, dtype=np.float64)
        kind = KINDS[self.kind]
        if math.isinf(self.low) and math.isinf(self.high):
            return kind.quantile(share, self.first, self.second)
        below = float(kind.share(np.float64(self.low), self.first, self.second))
        above = float(kind.share(np.float64(self.high), self.first, self.second))
        value = kind.quantile(below + share * (above - below), self.first, self.second)
        return np.clip(value, self.low, self.high)

    @property
    def median(self) -> float:
        if self.kind in ("constant", "normal", "lognormal") and math.isinf(self.low) and math.isinf(self.high):
            return self.first  # spares loading SciPy, which half of all readers of a library never need
        return float(self.quantile(0.5))

    @property
    def is_constant(self) -> bool:
        return self.kind == "constant"

    def to(self, unit: Unit | str) -> Distribution:
        """Give the same distribution in another unit.

        Raises:
            UnitError: the units measure different things.
        """
        target = units.parse(unit) if isinstance(unit, str) else unit
        scale = Quantity(1.0, self.unit).to(target)
        second = self.second * scale if KINDS[self.kind].second_has_unit else self.second
        first = self.first * scale if KINDS[self.kind].first_has_unit else self.first
        return replace(self, first=first, second=second, unit=target, low=self.low * scale, high=self.high * scale)

    def __repr__(self) -> str:
        return f"<Distribution {self}>"

    def __str__(self) -> str:
        return self.text or f"{self.kind}({self.first:g}, {self.second:g}) {self.unit}"


@dataclass(frozen=True)
class Kind:
    """What a kind of distribution means: its arguments, its quantile function and its inverse."""

    arguments: str
    quantile: Callable[[Array, float, float], Array]
    share: Callable[[Any, float, float], Any]
    first_has_unit: bool = True
    second_has_unit: bool = True
    positive: bool = False


def _normal_quantile(u: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri(u))


def _normal_share(z: Any) -> Any:
    from scipy.special import ndtr

    return ndtr(z)


def _log(x: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.maximum(x, 0.0))


def _beta_quantile(u: Array, a: float, b: float) -> Array:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, u))


def _beta_share(x: Any, a: float, b: float) -> Any:
    from scipy.special import betainc

    return betainc(a, b, np.clip(x, 0.0, 1.0))


KINDS: dict[str, Kind] = {
    "constant": Kind("value", lambda u, m, _: np.full_like(u, m), lambda x, m, _: np.where(x < m, 0.0, 1.0)),
    "normal": Kind(
        "mean, CV or standard deviation",
        lambda u, m, s: m + s * _normal_quantile(u),
        lambda x, m, s: _normal_share((x - m) / s),
    ),
    "lognormal": Kind(
        "median, CV",
        lambda u, m, s: m * np.exp(s * _normal_quantile(u)),
        lambda x, m, s: _normal_share((_log(x) - math.log(m)) / s),
        second_has_unit=False,
        positive=True,
    ),
    "uniform": Kind(
        "lowest, highest", lambda u, a, b: a + (b - a) * u, lambda x, a, b: np.clip((x - a) / (b - a), 0.0, 1.0)
    ),
    "loguniform": Kind(
        "lowest, highest",
        lambda u, a, b: a * np.exp(u * math.log(b / a)),
        lambda x, a, b: np.clip((_log(x) - math.log(a)) / math.log(b / a), 0.0, 1.0),
        positive=True,
    ),
    "beta": Kind("alpha, beta", _beta_quantile, _beta_share, first_has_unit=False, second_has_unit=False),
    "bernoulli": Kind(
        "chance of 1",
        lambda u, p, _: np.where(u < p, 1.0, 0.0),
        lambda x, p, _: np.where(x < 0, 0.0, np.where(x < 1, 1.0 - p, 1.0)),
        first_has_unit=False,
        second_has_unit=False,
    ),
}  # fmt: skip
"""In memory, `second` is the standard deviation of a normal and the standard deviation of the log of a lognormal."""


def parse_distribution(text: str | float | int) -> Distribution:
    """Read a distribution: a quantity, `lognormal(70 kg, 15 %)`, `truncated(normal(100 mL/min, 20 %), 15, 150)`, …

    `lognormal(m, c)` has median m and coefficient of variation c; `normal(m, c)` mean m and coefficient of variation c,
    or, when c carries the unit of m, standard deviation c; `range(a, b)` is the lognormal whose central 90 % lies
    between a and b.  In `truncated`, an end may be left empty, and an end
    without a unit is in the unit of the distribution.

    Raises:
        InputError: it is not of one of these forms, or its arguments are out of range.
        UnitError: its arguments measure different things.

    Example:
        >>> weight = parse_distribution("lognormal(70 kg, 15 %)")
        >>> round(weight.median, 9), str(weight.unit)
        (70.0, 'kg')
    """
    if not isinstance(text, str) or not (call := _CALL.fullmatch(text)):
        quantity = parse_quantity(text)
        return Distribution("constant", quantity.value, 0.0, quantity.unit, text=str(text))
    name, arguments = call[1], _arguments(call[2])
    try:
        found = _truncated(arguments) if name == "truncated" else _plain(name, arguments)
    except UnitError:
        raise
    except InputError as fault:
        raise InputError(f"'{text}'", fault.problems) from None
    return replace(found, text=text.strip())


def rejoin(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Put together the distributions that a YAML flow mapping tore at their comma.

    In `{weight: lognormal(70 kg, 15 %), size: 16}` YAML ends the value at the comma and takes `15 %)` for a key without
    a value.  People write it so, and it can mean one thing only.

    Example:
        >>> rejoin({"weight": "lognormal(70 kg", "15 %)": None, "size": 16})
        {'weight': 'lognormal(70 kg, 15 %)', 'size': 16}
    """
    whole: dict[str, Any] = {}
    open_key: str | None = None
    for key, value in mapping.items():
        if open_key is not None and value is None and isinstance(key, str | int | float):
            whole[open_key] = f"{whole[open_key]}, {key}"
        else:
            open_key = key
            whole[key] = value
        torn = whole[open_key]
        if not (isinstance(torn, str) and torn.count("(") > torn.count(")")):
            open_key = None
    return whole


def _arguments(text: str) -> list[str]:
    """Split at the commas that are in no parenthesis."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _truncated(arguments: list[str]) -> Distribution:
    if len(arguments) != 3:
        shape = Problem("", "has a distribution, a lowest and a highest value", "leave an end that is open empty")
        raise InputError("truncated", shape)
    inner = parse_distribution(arguments[0])
    low, high = (
        _end(text, inner.unit, empty) for text, empty in zip(arguments[1:], (-math.inf, math.inf), strict=True)
    )
    kind = KINDS[inner.kind]
    if not low < high or not kind.share(high, inner.first, inner.second) > kind.share(low, inner.first, inner.second):
        raise InputError("truncated", f"nothing of {arguments[0]} lies between {low:g} and {high:g} {inner.unit}")
    return replace(inner, low=low, high=high)


def _end(text: str, unit: Unit, empty: float) -> float:
    if not text:
        return empty
    quantity = parse_quantity(text)
    return quantity.value if quantity.unit == DIMENSIONLESS else quantity.to(unit)


def _plain(name: str, arguments: list[str]) -> Distribution:
    if name not in _READERS:
        raise InputError(name, Problem("", f"unknown distribution '{name}'", nearest(name, [*_READERS, "truncated"])))
    wanted = 1 if name == "bernoulli" else 2
    if len(arguments) != wanted:
        help = KINDS[name].arguments if name in KINDS else "lowest, highest"
        raise InputError(name, Problem("", f"{name} has {wanted} arguments", help))
    first = parse_quantity(arguments[0])
    second = parse_quantity(arguments[1]) if wanted == 2 else Quantity(0.0)
    return _READERS[name](first, second)


def _coefficient(second: Quantity) -> float:
    if not second.unit.is_dimensionless:
        raise InputError("", Problem("", f"its spread '{second}' is not a coefficient of variation", "write 15 %"))
    return second.value * second.unit.factor


def _read_normal(first: Quantity, second: Quantity) -> Distribution:
    if second.unit.is_dimensionless and not (first.unit.is_dimensionless and second.unit == DIMENSIONLESS):
        deviation = abs(first.value) * _coefficient(second)
    else:
        deviation = second.to(first.unit)
    _require(deviation > 0, "its spread must be positive")
    return Distribution("normal", first.value, deviation, first.unit)


def _read_lognormal(first: Quantity, second: Quantity) -> Distribution:
    spread = _coefficient(second)
    _require(first.value > 0, "its median must be positive")
    _require(spread > 0, "its coefficient of variation must be positive")
    return Distribution("lognormal", first.value, math.sqrt(math.log1p(spread**2)), first.unit)


def _read_range(kind: str) -> Callable[[Quantity, Quantity], Distribution]:
    def read(first: Quantity, second: Quantity) -> Distribution:
        low = first.value if first.unit == DIMENSIONLESS else first.to(second.unit)
        _require(low < second.value, "its lowest value must lie below its highest")
        _require(not KINDS[kind].positive or low > 0, "its lowest value must be positive")
        return Distribution(kind, low, second.value, second.unit)

    return read


def _read_ninety(first: Quantity, second: Quantity) -> Distribution:
    """`range(a, b)`: the lognormal whose central 90 % lies between the two, as papers state what is likely."""
    ends = _read_range("loguniform")(first, second)
    z95 = 1.6448536269514722  # the 95th percentile of the standard normal
    deviation = math.log(ends.second / ends.first) / (2 * z95)
    return Distribution("lognormal", math.sqrt(ends.first * ends.second), deviation, ends.unit)


def _read_beta(first: Quantity, second: Quantity) -> Distribution:
    _require(first.value > 0 and second.value > 0, "its arguments must be positive")
    return Distribution("beta", first.value, second.value)


def _read_bernoulli(first: Quantity, _: Quantity) -> Distribution:
    chance = _coefficient(first)
    _require(0 <= chance <= 1, "its chance must lie between 0 and 1")
    return Distribution("bernoulli", chance, 0.0)


_READERS: dict[str, Callable[[Quantity, Quantity], Distribution]] = {
    "normal": _read_normal,
    "lognormal": _read_lognormal,
    "uniform": _read_range("uniform"),
    "loguniform": _read_range("loguniform"),
    "range": _read_ninety,
    "beta": _read_beta,
    "bernoulli": _read_bernoulli,
}


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise InputError("", otherwise)
