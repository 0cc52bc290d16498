"""What a statement of plain Antimony says, its formulas still as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ID: Final = r"[A-Za-z_]\w*"
NUMBER: Final = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


class NotPlain(Exception):
    """A text is not plain Antimony."""


@dataclass(frozen=True)
class Statement:
    """One statement, and the line it stands in."""

    line: int


@dataclass(frozen=True)
class Declaration(Statement):
    """`words` before a name, what compartment it is in, and how it is set (`sign`: "", "=" or ":=")."""

    words: frozenset[str]
    key: str
    boundary: bool
    place: str
    sign: str
    formula: str


@dataclass(frozen=True)
class Setting(Statement):
    """`key = formula`, `key := formula` or `key' = formula`."""

    key: str
    sign: str
    formula: str


@dataclass(frozen=True)
class ReactionLine(Statement):
    """A reaction; of each participant its number, whether it is a boundary, and its name."""

    key: str
    reactants: tuple[tuple[float, bool, str], ...]
    products: tuple[tuple[float, bool, str], ...]
    reversible: bool
    rate: str


@dataclass(frozen=True)
class EventLine(Statement):
    """An event, its formulas as text; `options` are as written."""

    key: str
    delay: str
    trigger: str
    options: dict[str, str]
    assignments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said(Statement):
    """`key is "…"`, `key has …` or `unit key = …`, told apart by `word`."""

    word: str
    key: str
    text: str


@dataclass(frozen=True)
class FunctionLine(Statement):
    """A function and its formula as text."""

    key: str
    arguments: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class ModelLine(Statement):
    """Where a model begins."""

    key: str
