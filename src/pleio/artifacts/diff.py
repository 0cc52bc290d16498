"""What changed between two versions, in sentences: text by line, numbers with their change, lists by ids in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 120
KEYS = ("id", "name", "key", "arm")


@dataclass(frozen=True)
class Change:
    """One difference: where (`claims.il11-erk.belief`), and the value before and after; None where there was none."""

    where: str
    kind: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.kind == "added":
            return f"{self.where}: added {_short(self.after)}"
        if self.kind == "removed":
            return f"{self.where}: removed {_short(self.before)}"
        if _is_number(self.before) and _is_number(self.after):
            return f"{self.where}: {self.before:g} → {self.after:g}{_relative(self.before, self.after)}"
        if self.kind == "text":
            return f"{self.where}:\n" + "\n".join(f"  {line}" for line in text_lines(self.before, self.after))
        return f"{self.where}: {_short(self.before)} → {_short(self.after)}"


def compare(before: Any, after: Any, where: str = "") -> tuple[Change, ...]:
    """List what differs between two JSON values, in order of place; equal values give nothing.

    Example:
        >>> print(*compare({"claims": [{"id": "a", "belief": 0.5}]}, {"claims": [{"id": "a", "belief": 0.6}]}))
        claims.a.belief: 0.5 → 0.6 (+20 %)
    """
    return tuple(_compare(before, after, where))


def text_lines(before: str, after: str) -> list[str]:
    """Compare two texts by line: `- ` what went, `+ ` what came, with a line of context."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return [f"{line[0]} {line[1:]}" for line in list(lines)[2:] if not line.startswith("@@")]


def _compare(before: Any, after: Any, where: str) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _compare_keys(before, after, where)
    elif _is_list(before) and _is_list(after):
        left, right = _by_key(before), _by_key(after)
        if left is not None and right is not None:
            yield from _compare_keys(left, right, where)
        else:
            yield from _compare_items(before, after, where)
    elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        if before != after:
            yield Change(where, "text", before, after)
    elif before != after or isinstance(before, bool) != isinstance(after, bool):  # True == 1, yet they differ
        yield Change(where, "changed", before, after)


def _compare_keys(before: Mapping[str, Any], after: Mapping[str, Any], where: str) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        place = f"{where}.{key}" if where else str(key)
        if key not in after:
            yield Change(place, "removed", before[key])
        elif key not in before:
            yield Change(place, "added", None, after[key])
        else:
            yield from _compare(before[key], after[key], place)


def _compare_items(before: Sequence[Any], after: Sequence[Any], where: str) -> Iterator[Change]:
    """Compare lists without ids: by position where as long, else by what came and went."""
    if len(before) == len(after):
        for i, (left, right) in enumerate(zip(before, after, strict=True)):
            yield from _compare(left, right, f"{where}[{i}]")
        return
    matcher = difflib.SequenceMatcher(None, [repr(x) for x in before], [repr(x) for x in after], autojunk=False)
    for tag, i0, i1, j0, j1 in matcher.get_opcodes():
        if tag != "equal":
            yield from (Change(f"{where}[{i}]", "removed", before[i]) for i in range(i0, i1))
            yield from (Change(f"{where}[{j}]", "added", None, after[j]) for j in range(j0, j1))


def _by_key(items: Sequence[Any]) -> dict[str, Any] | None:
    """Turn a list of records with one distinct id each into a mapping by id; None where it is not such a list."""
    for key in KEYS:
        names = [item.get(key) for item in items if isinstance(item, Mapping)]
        if len(names) == len(items) == len(set(map(str, names))) and all(isinstance(name, str) for name in names):
            return dict(zip(map(str, names), items, strict=True))
    return None


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _relative(before: float, after: float) -> str:
    return f" ({100 * (after - before) / abs(before):+.3g} %)" if before else ""


def _short(value: Any) -> str:
    if isinstance(value, str):
        text = f"'{value}'"
    elif isinstance(value, Mapping):
        text = "{" + ", ".join(f"{key}: {_short(item)}" for key, item in value.items()) + "}"
    elif value is None:
        text = "nothing"
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
