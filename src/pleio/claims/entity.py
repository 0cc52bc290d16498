"""Entities: grounded things, written `CURIE name` in YAML."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_serializer, model_validator

from ..base import curies
from .text import one_line


@lru_cache(maxsize=100_000)  # a large import names the same things again and again
def _curie(text: str) -> str:
    curies.parse(text)
    return text


Curie = Annotated[str, Field(max_length=2000), AfterValidator(_curie)]
Label = Annotated[str, Field(max_length=1000), AfterValidator(one_line)]


class Entity(BaseModel):
    """A grounded thing: its CURIE is its identity, its name is for people.

    Example:
        >>> Entity.model_validate("hgnc:5966 IL11")
        Entity(curie='hgnc:5966', name='IL11')
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    curie: Curie
    name: Label

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        curie, _, name = value.strip().partition(" ")
        return {"curie": curie, "name": name.strip() or curie}

    @model_serializer
    def _to_text(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return self.curie if self.name == self.curie else f"{self.curie} {self.name}"

    # the name is a label: two spellings of one thing are one thing
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entity) and self.curie == other.curie

    def __hash__(self) -> int:
        return hash(self.curie)
