"""Contents as JSON and back."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ...base.errors import Fault

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Write a content as a JSON value; fields that have their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {item.name: getattr(value, item.name) for item in fields(value)}
        return {n: to_json(v) for n, v in given.items() if (n, v) not in _defaults(type(value))}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], value: Any) -> T:
    """Read a content back.

    Raises:
        Fault: the value is not of this kind; contents are checked against their digest before, so this is our doing.
    """
    try:
        found: T = _read(kind, value)
    except (KeyError, TypeError, ValueError) as fault:
        raise Fault(f"an artifact does not hold a {kind.__name__}: {fault}") from fault
    return found


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else _read(inner, value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        unknown = set(value) - set(hints)
        if unknown:
            raise ValueError(f"unknown field '{min(unknown)}'")
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})
    return float(value) if kind is float else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _defaults(kind: type) -> list[tuple[str, Any]]:
    return [(item.name, item.default) for item in fields(kind)]
