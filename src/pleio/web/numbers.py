"""Whole numbers in what is sent as JSON: true is none, nor is a number in quotes; 3.0 is one, as JSON Schema has it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError


def _number(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("number", "Input should be a number, not true or false")
    if isinstance(value, str):
        raise PydanticCustomError("number", "Input should be a number, not text; write it without quotes")
    return value


NUMBER: Final = BeforeValidator(_number)
"""Stands after what else a type has, `Annotated[int, Field(ge=1), NUMBER]`, or the schema loses it."""
