"""Printing: one JSON document, JSON Lines, or a table that a person reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

ROUNDING = 1e-12  # what a table shows as 0; JSON keeps every digit


def print_json(value: Any) -> None:
    """Write exactly one JSON document to standard output; NaN becomes null."""
    json.dump(_finite(value), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def print_lines(values: Iterable[Any]) -> None:
    """Write JSON Lines to standard output."""
    for value in values:
        sys.stdout.write(json.dumps(_finite(value), ensure_ascii=False, allow_nan=False) + "\n")


def print_table(
    head: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", right: Sequence[int] = ()
) -> None:
    """Write a light table; on a pipe it is as wide as it needs to be, so that nothing is cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    width = None if sys.stdout.isatty() else 200
    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for i, name in enumerate(head):
        table.add_column(name, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*[plain(cell) for cell in row])
    Console(width=width, highlight=False, markup=False).print(table)


def say(message: str) -> None:
    """Write a sentence about what is going on to standard error."""
    print(message, file=sys.stderr, flush=True)


def plain(cell: Any) -> str:
    """Write a table cell: numbers with four digits, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return "0" if abs(cell) < ROUNDING else f"{cell:.4g}"
    return str(cell)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, str):  # a NumPy scalar
        value = value.item()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
