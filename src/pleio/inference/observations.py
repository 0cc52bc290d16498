"""Observations: what a paper printed of a readout, in whom, under what, and how sure its authors were of it.

One entry is one published number:

    id, module, readout      what it is called, which module it speaks to, what was measured
    population               species, and in `condition` who or which cells
    regimen or stimulus      what was given: {agent, amount, route, every, times, start, infused}, or none
    beside                   what else was in the dish; `in_both` says whether in that of the comparator too
    time, value, unit        when it was seen and what it was; a range, a direction or a bound may stand for a value
    spread                   {kind, value, low, high, of, events, margin}; the kind says how to read it
    statistic                mean or median of the group; a mean where it is not said, a median beside an IQR
    comparator, n, question, source, trust, use

This file knows the form only; what a readout is in the modules stands in the library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..base import curies, units
from ..base.errors import InputError
from ..base.quantities import parse_quantity
from ..claims.vocabulary import Question, SpeciesName, Trust
from .wording.refusals import a_number, kind_said, nothing_or_parts, one_species
from .wording.regimens import WHEN_LOW

NORMAL_90 = 1.6448536269514722
"""Half the width of the central 90 % of a normal distribution, in standard deviations."""
NORMAL_95 = 1.959963984540054
QUARTILE = 0.6744897501960817
OF_A_MEDIAN = math.sqrt(math.pi / 2)
"""The standard error of a median over that of a mean, of what is normal."""

Kind = Literal[
    "SD", "SE", "IQR", "range", "unstated", "suggested SD", "suggested SD of log", "95 % interval",
    "95 % interval of the difference", "binomial", "lower bound", "upper bound", "direction", "null",
]  # fmt: skip
SIZES = ("value", "low", "high", "margin")
"""What of a spread is in the row's unit."""
UNTIL_DEATH = "until death"
_CHANGE, _FOLD = re.compile(r"_(?:relative_|percent_)?change$"), re.compile(r"_(?:ratio|fold|fold_change)$")
STATEMENTS = ("lower bound", "upper bound", "direction")
"""Kinds that say on which side of something the truth lies, and not where."""


def _curie(text: str) -> str:
    try:
        curies.parse(text)
    except InputError as fault:
        raise ValueError(str(fault)) from None
    return text


def _time(text: str) -> str:
    if text != UNTIL_DEATH:
        try:
            parse_quantity(text).to("h")
        except InputError:
            raise ValueError(f"'{text}' is no time; write 14 d, or '{UNTIL_DEATH}'") from None
    return text


_HUMAN_CELLS = re.compile(
    r"^(?:(?:primary|normal|adult|cultured|isolated|healthy|fetal)\s+)*human\s[^,;]{0,40}(?:cells?|cytes?|blasts?|phages?)$",
    re.IGNORECASE,
)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Population(_Form):
    """Who or what was looked at: a species, and a phrase."""

    species: Annotated[SpeciesName, BeforeValidator(one_species)]
    condition: str = ""
    sex: Literal["male", "female"] | None = None

    @model_validator(mode="after")
    def _of_its_species(self) -> Population:
        if self.species != "human" and _HUMAN_CELLS.search(self.condition):
            raise ValueError(f"its species is {self.species}, and its cells are called human")
        return self


class Given(_Form):
    """What was given, as written; an amount or a number of doses may be a range, `25 to 100 µg/kg`.

    Attributes:
        lasting: for how long doses were given, where neither how often nor how many is printed.
        infused: how long each dose was infused; at once where absent.
    """

    agent: str
    amount: str | None = None
    route: str | None = None
    every: str | None = None
    times: int | str | None = None
    lasting: str | None = None
    start: str | None = None
    infused: str | None = None

    @model_validator(mode="after")
    def _measured(self) -> Given:
        if wrong := [*self._unclear()]:
            raise ValueError("; ".join(wrong))
        return self

    def _unclear(self) -> Iterator[str]:
        if re.fullmatch(r"bi-?(?:weekly|monthly)", self.every or "", re.IGNORECASE):
            yield (f"every '{self.every}' means twice in that time to some, every second to others; "
                   "write 'twice weekly', or 'every two weeks'")  # fmt: skip
            return
        for name in ("amount", "every", "lasting", "start", "infused"):
            for part in ends(getattr(self, name) or ""):
                yield from _not_a_quantity(name, part)
        if isinstance(self.times, str) and not all(part.isdigit() for part in ends(self.times)):
            yield f"times '{self.times}' is no number; write 14, or '14 to 21'"
        elif isinstance(self.times, int) and self.times < 1:
            yield f"times {self.times} is not above 0"


class Beside(Given):
    """What else was in a dish than its stimulus; `in_both` says whether in that of the comparator's group too."""

    in_both: bool = True


class Spread(_Form):
    """How far apart the values were, or how sure their mean is; `kind` says which."""

    kind: Kind
    value: Annotated[float, Field(ge=0)] | None = None
    low: float | None = None
    high: float | None = None
    of: Annotated[int, Field(ge=1)] | None = None
    events: Annotated[int, Field(ge=0)] | None = None
    margin: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Spread:
        if self.kind in ("SD", "SE", "suggested SD", "suggested SD of log") and self.value is None:
            raise ValueError(f"'{self.kind}' needs a value")
        if self.kind in ("range", "IQR", "95 % interval", "95 % interval of the difference") and (
            self.low is None or self.high is None
        ):
            raise ValueError(f"'{self.kind}' needs low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"its low end {self.low:g} is above its high end {self.high:g}")
        if self.events is not None and self.of is not None and self.events > self.of:
            raise ValueError(f"{self.events} events in {self.of} subjects")
        return self


class Comparator(_Form):
    """What a value was compared with: another regimen, another group, or a value of its own."""

    value: float | None = None
    spread: Annotated[float, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    condition: str = ""
    agent: str | None = None
    amount: str | None = None


def missing(
    value: object, kind: object, direction: object, regimen: object, stimulus: object, beside: object
) -> Iterator[str]:
    """Say what is too much or too little to be one observation."""
    if regimen and stimulus:
        yield "has a regimen and a stimulus; keep one"
    if beside and not stimulus:
        yield "has 'beside' and no 'stimulus': say which of what was in the dish the comparator lacked"
    if kind == "direction":
        if direction not in ("increases", "decreases"):
            yield "a direction needs 'direction: increases' or 'direction: decreases'"
    elif value is None and kind not in ("range", "IQR", "95 % interval"):
        yield "has no value; where only a direction was printed, write 'direction: increases' or 'decreases'"
    if isinstance(value, float) and not math.isfinite(value):
        yield "its value is not a number"


class Observation(_Form):
    """One published observation.

    Attributes:
        use: fit, or check: kept out of every fit, by whole sources.
        facts: the row of the validation table that it comes from.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    module: str
    readout: str
    population: Population
    regimen: Annotated[Given | None, BeforeValidator(nothing_or_parts)] = None
    stimulus: Annotated[Given | None, BeforeValidator(nothing_or_parts)] = None
    beside: tuple[Beside, ...] = ()
    time: Annotated[str, AfterValidator(_time)] | None = None
    value: Annotated[float | None, BeforeValidator(a_number)] = None
    unit: str
    spread: Annotated[Spread, BeforeValidator(kind_said)]
    statistic: Literal["mean", "median"] | None = None
    comparator: Comparator | None = None
    direction: Literal["increases", "decreases", "no_effect"] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    question: Question | None = None
    source: Annotated[str, AfterValidator(_curie)]
    trust: Trust
    use: Literal["fit", "check"] = "check"
    facts: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Observation:
        one = missing(self.value, self.spread.kind, self.direction, self.regimen, self.stimulus, self.beside)
        if wrong := [*one, *self._contradictions()]:
            raise ValueError("; ".join(wrong))
        return self

    def _contradictions(self) -> Iterator[str]:
        """Say what of it cannot hold together."""
        value, spread = self.value, self.spread
        if value is None:
            return
        about = spread.kind in ("IQR", "range", "95 % interval", "unstated")
        if about and spread.low is not None and spread.high is not None and not spread.low <= value <= spread.high:
            yield f"its value {value:g} is not between its own ends, {spread.low:g} and {spread.high:g}"
        fold = self.unit == "fold" or _FOLD.search(self.readout)
        off = value if _CHANGE.search(self.readout) else value - 1.0 if fold else 0.0
        if spread.kind == "null" and spread.margin is not None and abs(off) > spread.margin:
            yield f"is a null, and its value {value:g} is beyond its margin {spread.margin:g}"
        against = {"increases": off < 0, "decreases": off > 0}
        if spread.kind not in STATEMENTS and against.get(self.direction or ""):
            yield f"its value {value:g} and its direction '{self.direction}' contradict each other"

    @property
    def given(self) -> Given | None:
        return self.regimen or self.stimulus

    @property
    def is_statement(self) -> bool:
        """Whether it says on which side the truth lies, and not where."""
        return self.spread.kind in STATEMENTS

    @property
    def holds_or_not(self) -> bool:
        """Whether a forecast of it holds or does not, and is not asked to hold nine in ten: a statement, or a null."""
        return self.is_statement or self.spread.kind == "null"

    @property
    def counts(self) -> bool:
        """Whether a forecast can be held against it: not a null that says no margin within which it is one."""
        return self.spread.kind != "null" or self.spread.margin is not None

    @property
    def of_median(self) -> bool:
        """Whether it is the median of the group."""
        return self.statistic == "median" or (self.statistic is None and self.spread.kind == "IQR")

    @property
    def group(self) -> int | None:
        """How many subjects the number is of."""
        return self.spread.of or self.n

    @property
    def observed(self) -> float | None:
        """The number that was seen, in `unit`; for a bare range its middle, by ratio where both ends are positive."""
        if self.value is not None or self.spread.low is None or self.spread.high is None:
            return self.value
        low, high = self.spread.low, self.spread.high
        return math.sqrt(low * high) if low > 0 else (low + high) / 2

    @property
    def error(self) -> float | None:
        """The standard error of what was seen, in `unit`; None where nothing stated gives one.

        A standard deviation over the root of the group's size, a quarter more for a median; a bare ± is read as one
        where the size is stated, else as a standard error.  A range without a value is read as a central 90 %.  Of a
        share, its binomial error, half an event added on either side.
        """
        spread, root = self.spread, math.sqrt(self.group or 1)
        if self.of_median and self.group:
            root /= OF_A_MEDIAN
        if spread.kind in ("SD", "suggested SD", "unstated"):
            found = None if spread.value is None else spread.value / root
        elif spread.kind == "SE":
            found = spread.value
        elif spread.kind == "suggested SD of log":
            found = None if spread.value is None or self.value is None else spread.value * abs(self.value)
        elif spread.kind == "binomial":
            found = self.binomial_error
        elif spread.low is not None and spread.high is not None:
            width = spread.high - spread.low
            if spread.kind == "IQR":
                found = width / (2 * QUARTILE) / root
            elif spread.kind.startswith("95 %"):
                found = width / (2 * NORMAL_95)
            else:  # of single subjects where there is a value beside it and a number of them
                found = width / (2 * NORMAL_90) / (root if self.value is not None else 1.0)
        else:
            found = None
        return self._with_comparator(found)

    def in_shares_of(self, level: float) -> Observation:
        """Give the same observation, of a change in the unit of a level, as a share of that level."""
        sizes = {name: size / level for name in SIZES if (size := getattr(self.spread, name)) is not None}
        value = None if self.value is None else self.value / level
        return self.model_copy(update={"value": value, "unit": "1", "spread": self.spread.model_copy(update=sizes)})

    @property
    def binomial_error(self) -> float | None:
        """The standard error of a share of so many subjects, in `unit`; None where their number is not stated."""
        if self.group is None or self.value is None:
            return None
        whole = 1 / units.parse(self.unit).factor
        share = (self.value / whole * self.group + 0.5) / (self.group + 1)
        return whole * math.sqrt(share * (1 - share) / self.group)

    def _with_comparator(self, error: float | None) -> float | None:
        """Add the error of the untreated value, where a simulated ratio is multiplied by it."""
        other = self.comparator
        if error is None or other is None or not other.value or not other.spread or self.value is None:
            return error
        own = other.spread / other.value / math.sqrt(other.n or self.n or 1) * abs(self.value)
        return math.hypot(error, own)


def ends(text: str) -> tuple[str, ...]:
    """Give both ends of a range as written, `25 to 100 µg/kg`, each with the unit; one end where it is no range.

    Example:
        >>> ends("25 to 100 µg/kg")
        ('25 µg/kg', '100 µg/kg')
    """
    if not text:
        return ()
    first, separator, last = text.partition(" to ")
    if not separator:
        return (text,)
    unit = last.strip().partition(" ")[2]
    return (f"{first.strip()} {unit}".strip(), last.strip())


def _not_a_quantity(name: str, text: str) -> Iterator[str]:
    """Say why a part of a regimen is no quantity, or one that nothing can be given by."""
    if name == "start" and text == WHEN_LOW:
        return
    try:
        if parse_quantity(text).value <= 0 and name != "start":
            yield f"{name} '{text}' is not above 0"
    except InputError as fault:
        if name == "start":
            yield (f"start '{text}' is no time; write when the first dose was given, counted from time 0 (from the "
                   "cycle, after chemotherapy), such as 10 d")  # fmt: skip
        else:
            yield f"{name} '{text}': {fault.problems[0].what}"
