"""No pattern of the reader repeats what repeats itself: such a pattern takes time that grows without bound on bait."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]  # the modules are private
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import pleio.reading

REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
NOTHING = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
FEW = 3  # a repeat of so few can be split in few ways


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        held = value if isinstance(value, (tuple, list)) else value.values() if isinstance(value, dict) else [value]
        for each in held:
            if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                yield f"{module.__name__}.{name}", each


def inside(item: Any) -> list[Any]:
    code, value = item
    if code in REPEATS:
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    return list(value[1]) if code is codes.BRANCH else []


def is_repeat(items: Any) -> bool:
    """Say whether a sequence can be matched by one repeat alone, so that a repeat of it can be split in many ways."""
    needed = [i for i in items if i[0] not in NOTHING and not (i[0] in REPEATS and i[1][0] == 0)]
    if not needed:
        return any(i[0] in REPEATS and i[1][1] > FEW for i in items)
    if len(needed) > 1:
        return False
    code, value = needed[0]
    if code in REPEATS:
        return bool(value[1] > FEW)
    return any(is_repeat(part) for part in inside(needed[0]))


def nested(items: Any) -> bool:
    return any(
        (item[0] in REPEATS and item[1][1] > FEW and is_repeat(item[1][2])) or any(map(nested, inside(item)))
        for item in items
    )


def test_the_check_finds_one() -> None:
    assert nested(parser.parse(r"<a>(?:[^<>]{1,300}|<b>){0,9}</a>"))
    assert not nested(parser.parse(r"<a>[^<>]{0,300}(?:<b>[^<>]{0,300}){0,8}</a>"))


@pytest.mark.parametrize(
    "name", [each.name for each in pkgutil.walk_packages(pleio.reading.__path__, "pleio.reading.")]
)
def test_no_repeat_is_repeated(name: str) -> None:
    for place, pattern in patterns(importlib.import_module(name)):
        assert not nested(parser.parse(pattern.pattern, pattern.flags)), place
