"""Who is simulated, as a study states it: covariates, how parameters follow from them, and how subjects differ."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base.quantities import Distribution
from ...base.units import Unit
from ..forms import AnyDistribution, Duration, formula_names, mended
from .table import SubjectTable


class Cohort(BaseModel):
    """Who is simulated: how many, of which species, and how they differ.

    Every further key is a covariate with its distribution, such as `weight: lognormal(70 kg, 15 %)`.

    Attributes:
        subjects: a file whose rows they are; its columns are covariates as well.
        include: conditions on covariates; a subject who does not meet them is drawn anew.
        effects: parameter → formula of covariates, in the units in which these are written, that multiplies it.
        variability: parameter → distribution of the factor by which it differs between subjects, or its CV.
        occasions: how long one is; `each dose`: each dose begins one.
        between_occasions: parameter → distribution of the factor by which it differs between a subject's occasions, or
            its CV.
        correlations: `one, other` → correlation of the two covariates or parameters.
        even: spread the subjects of each world evenly over what they differ in.  Averages over them are off by
            less than by chance then; they are not independent, as the patients of a trial are.
    """

    model_config = ConfigDict(extra="allow", frozen=True, arbitrary_types_allowed=True)
    __pydantic_extra__: dict[str, AnyDistribution] = Field(init=False)

    size: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    species: Literal["human", "mouse", "rat", "cynomolgus"] = "human"
    subjects: SubjectTable | None = None
    include: tuple[str, ...] = ()
    effects: dict[str, str] = {}
    variability: Annotated[dict[str, AnyDistribution], BeforeValidator(mended)] = {}
    occasions: Literal["each dose"] | Duration | None = None
    between_occasions: Annotated[dict[str, AnyDistribution], BeforeValidator(mended)] = {}
    correlations: dict[str, Annotated[float, Field(gt=-1, lt=1)]] = {}
    even: bool = False

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        return mended(value)

    @property
    def covariates(self) -> dict[str, Distribution]:
        """Those that are drawn from a distribution."""
        return dict(self.__pydantic_extra__ or {})

    @property
    def described(self) -> dict[str, Unit]:
        """All covariates, those of the file too, and the units that they are written in."""
        of_file = {name: self.subjects.unit(name) for name in self.subjects.units} if self.subjects else {}
        return {**{name: law.unit for name, law in self.covariates.items()}, **of_file}

    @property
    def pairs(self) -> dict[tuple[str, str], float]:
        """The correlations, keyed by pairs of names."""
        return {_pair(key): value for key, value in self.correlations.items()}

    @model_validator(mode="after")
    def _names(self) -> Cohort:
        known = {*self.covariates, *self.variability}
        for one, other in self.pairs:
            unknown = {one, other} - known
            if unknown:
                what = f"a correlation names '{min(unknown)}', which the cohort does not draw"
                raise ValueError(f"{what}; give its distribution, or its spread under 'variability'")
        for text in (*self.include, *self.effects.values()):
            missing = formula_names(text) - set(self.described)
            if missing:
                raise ValueError(f"'{text}' names '{min(missing)}', which is no covariate of the cohort")
        twice = set(self.covariates) & set(self.subjects.units if self.subjects else ())
        if twice:
            raise ValueError(f"'{min(twice)}' is both a column of the file and drawn; leave one out")
        table = self.subjects
        if table is not None and table.take == "exactly" and self.size != len(table.ids):
            raise ValueError(f"the size is {self.size}, but {len(table.ids)} subjects are taken exactly")
        if table is not None and (not table.ids or any(len(row) != len(table.units) for row in table.rows)):
            raise ValueError("the rows of 'subjects' do not fit its units")
        if bool(self.between_occasions) != (self.occasions is not None):
            raise ValueError("'occasions' and 'between_occasions' go together: when one begins, and what differs then")
        if not isinstance(self.occasions, str) and self.occasions is not None and self.occasions.value == 0:
            raise ValueError("an occasion lasts no time; write 'occasions: 7 d' or 'occasions: each dose'")
        return self

    def typical(self) -> Cohort:
        """Give a cohort of one subject, whose covariates are the medians and who varies by nothing."""
        middle = {name: _constant(law.median, law.unit) for name, law in self.covariates.items()}
        if self.subjects is not None:
            from numpy import median

            table = self.subjects
            middle |= {name: _constant(float(median(table.column(name))), table.unit(name)) for name in table.units}
        kept = {"size": 1, "species": self.species, "effects": self.effects}
        return Cohort.model_validate({**kept, **middle})


def _constant(value: float, unit: Unit) -> Distribution:
    return Distribution("constant", value, 0.0, unit, text=f"{value:g} {unit}")


def _pair(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or parts[0] == parts[1]:
        raise ValueError(f"'{text}' is not a pair of names; write 'weight, renal_function: 0.3'")
    return parts[0], parts[1]
