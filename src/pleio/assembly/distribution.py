"""What is believed of a number: a value or a distribution, written as text in library modules and studies.

    0.1                     exactly that
    lognormal(0.1, 30 %)    median and coefficient of variation
    normal(100, 20 %)       mean and coefficient of variation
    range(10, 50)           log-normal, the two numbers enclosing its central 90 %
    uniform(0.65, 0.80)     lowest and highest

A unit may follow the first number: `lognormal(70 kg, 15 %)`.  Draws are quantiles of given uniforms, so that the same
uniforms under another distribution give the corresponding draws.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..base.errors import InputError, Problem, nearest

Z90 = 1.6448536269514722  # the standard normal's 95 % point: half of a central 90 % interval

FORMS = ("lognormal", "normal", "range", "uniform")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_CALL = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*")
_QUANTITY = re.compile(rf"\s*({_NUMBER})\s*([^\s\d,()][^,()]*?)?\s*")


@dataclass(frozen=True)
class Distribution:
    """A distribution over one number: its form (`FORMS`, or `fixed`), its arguments, and the unit if one is written."""

    form: str
    first: float
    second: float = 0.0
    unit: str = ""

    @property
    def median(self) -> float:
        """The middle value, in the distribution's unit."""
        if self.form == "range":
            return math.sqrt(self.first * self.second)
        if self.form == "uniform":
            return 0.5 * (self.first + self.second)
        return self.first

    @property
    def is_fixed(self) -> bool:
        return self.form == "fixed"

    def quantile(self, uniforms: ArrayLike) -> NDArray[np.float64]:
        """Turn uniforms in (0, 1) into draws.

        Args:
            uniforms: Shape (draws,), dimensionless, strictly between 0 and 1.
        Returns:
            Draws.  Shape (draws,), in the distribution's unit.
        """
        u = np.asarray(uniforms, dtype=np.float64)
        if self.form == "fixed":
            return np.full(u.shape, self.first)
        if self.form == "uniform":
            return np.asarray(self.first + u * (self.second - self.first))
        from scipy.special import ndtri

        z = ndtri(u)
        if self.form == "normal":
            return np.asarray(self.first * (1.0 + self.second * z))
        return np.asarray(self.median * np.exp(self.log_sd * z))

    @property
    def log_sd(self) -> float:
        """The standard deviation of the natural logarithm, for the two log-normal forms; 0 for a fixed value."""
        if self.form == "lognormal":
            return math.sqrt(math.log1p(self.second**2))
        if self.form == "range":
            return math.log(self.second / self.first) / (2 * Z90)
        return 0.0

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.form == "fixed":
            return f"{self.first:.12g}{unit}"
        if self.form in ("lognormal", "normal"):
            return f"{self.form}({self.first:.12g}{unit}, {100 * self.second:.12g} %)"
        return f"{self.form}({self.first:.12g}{unit}, {self.second:.12g}{unit})"


def parse(text: Any) -> Distribution:
    """Read a number, a number with a unit, or one of the forms above.

    Raises:
        InputError: the text is none of these, or its numbers make no sense (a negative median, an empty interval).

    Example:
        >>> parse("lognormal(70 kg, 15 %)").median
        70.0
        >>> str(parse("range(10, 50)"))
        'range(10, 50)'
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _checked(str(text), Distribution("fixed", float(text)))
    if not isinstance(text, str):
        raise InputError(f"{text!r}", Problem("", "is neither a number nor a distribution", _HELP))
    call = _CALL.fullmatch(text)
    if call is None:
        value, unit = _quantity(text, text)
        return _checked(text, Distribution("fixed", value, 0.0, unit))
    form, arguments = call[1], call[2].split(",")
    if form not in FORMS:
        raise InputError(f"'{text}'", Problem("", f"unknown distribution '{form}'", nearest(form, FORMS)))
    if len(arguments) != 2:
        raise InputError(f"'{text}'", Problem("", f"'{form}' takes two numbers", _HELP))
    first, unit = _quantity(arguments[0], text)
    second, second_unit = _quantity(arguments[1], text)
    if form in ("lognormal", "normal"):
        if second_unit not in ("", "%"):
            raise InputError(f"'{text}'", Problem("", "the coefficient of variation has no unit", "write it as 30 %"))
        second *= 0.01 if second_unit == "%" else 1.0
    elif unit and second_unit and unit != second_unit:
        raise InputError(f"'{text}'", Problem("", f"'{unit}' and '{second_unit}' differ", "use one unit"))
    else:
        unit = unit or second_unit
    return _checked(text, Distribution(form, first, second, unit))


_HELP = "write a number, lognormal(median, 30 %), normal(mean, 20 %), range(low, high) or uniform(low, high)"


def _quantity(text: str, whole: str) -> tuple[float, str]:
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise InputError(f"'{whole}'", Problem("", f"'{text.strip()}' is not a number", _HELP))
    return float(match[1]), match[2] or ""


def _checked(text: str, made: Distribution) -> Distribution:
    wrong = ""
    if not (math.isfinite(made.first) and math.isfinite(made.second)):
        wrong = "the numbers must be finite"
    elif made.form == "lognormal" and not (made.first > 0 and made.second >= 0):
        wrong = "a log-normal needs a positive median and a coefficient of variation that is not negative"
    elif made.form == "normal" and made.second < 0:
        wrong = "the coefficient of variation is negative"
    elif made.form == "range" and not 0 < made.first < made.second:
        wrong = "a range needs 0 < low < high"
    elif made.form == "uniform" and not made.first < made.second:
        wrong = "a uniform distribution needs low < high"
    if wrong:
        raise InputError(f"'{text}'", Problem("", wrong, _HELP))
    return made
