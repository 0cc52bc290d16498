"""Assumptions: named premises shared by many claims, each with the states that it can be in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from .claim import Context, Evidence, Name, Probability, Text
from .vocabulary import BANDS, SpeciesName, StateEffect


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Prior(_Value):
    """The probability of a state before any evidence, in each belief band."""

    sceptic: Probability
    neutral: Probability
    believer: Probability


class State(_Value):
    """One way an assumption can stand, and what then becomes of a report that rests on it."""

    name: Name
    prior: Prior
    effect: StateEffect
    meaning: Text | None = None


class AppliesTo(_Value):
    """The evidence that rests on an assumption without saying so: agent, species it is from, species it is given to."""

    agent: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    from_: SpeciesName | None = Field(default=None, alias="from")
    species: SpeciesName | None = None

    @field_validator("agent", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> AppliesTo:
        if not (self.agent or self.from_ or self.species):
            raise ValueError("names no agent and no species; leave 'applies_to' out instead")
        return self

    def covers(self, evidence: Evidence, context: Context) -> bool:
        """Say whether a piece of evidence, done in this context, rests on the assumption."""
        given = evidence.perturbation
        if given is None and (self.agent or self.from_):
            return False
        if self.agent and given and given.agent.casefold() not in {name.casefold() for name in self.agent}:
            return False
        if self.from_ and given and given.from_ != self.from_:
            return False
        return not self.species or context.species == self.species


class Assumption(_Value):
    """A named premise: its states with their priors, and which evidence rests on it."""

    id: Name
    premise: Text
    why: Text
    states: Annotated[tuple[State, ...], Field(min_length=2)]
    applies_to: AppliesTo | None = None
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _a_distribution(self) -> Assumption:
        names = [state.name for state in self.states]
        if len(set(names)) < len(names):
            raise ValueError(f"a state is given twice: {', '.join(names)}")
        for band in BANDS:
            total = sum(self.prior(band))
            if abs(total - 1) > 1e-6:
                raise ValueError(f"the {band} priors of its states add up to {total:g}, not to 1")
        return self

    def prior(self, band: str) -> tuple[float, ...]:
        """Give the prior of each state, in their order."""
        return tuple(float(getattr(state.prior, band)) for state in self.states)
