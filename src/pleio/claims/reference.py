"""References: what a source CURIE stands for, with a tag that says whether the source was opened."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from .claim import Text
from .entity import Curie
from .vocabulary import Trust


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"'{text}' is no regular expression: {fault}") from None
    return text


class Reference(BaseModel):
    """A citable source.

    Attributes:
        told_as: patterns of the words, or of the address, by which others tell it where it has no identifier.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    curie: Curie
    title: Text
    authors: tuple[Text, ...] = ()
    year: Annotated[int, Field(ge=1800, le=2100)] | None = None
    container: Text | None = None
    volume: str | None = None
    pages: str | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{1,8}$")] | None = None
    pmcid: Annotated[str, Field(pattern=r"^PMC\d{1,9}$")] | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    told_as: tuple[Annotated[str, AfterValidator(_pattern)], ...] = ()
    retracted: bool = False
    note: Text | None = None
    trust: Trust

    @field_validator("pmid", "volume", "pages", mode="before")
    @classmethod
    def _digits_are_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("authors", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Every CURIE that the paper may be told by, the one that it stands under first."""
        others = (("doi", self.doi), ("pubmed", self.pmid), ("pmc", self.pmcid))
        return self.curie, *(f"{prefix}:{local}" for prefix, local in others if local)
