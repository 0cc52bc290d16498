"""Reading YAML that people write: safe, bounded, duplicates refused, every problem with its line.

`load` gives plain values; `validate` checks them against a pydantic model and reports all problems of the file at once,
each with line, path and what would help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import InputError, Problem, nearest
from .files import read_text

if TYPE_CHECKING:
    from pydantic import BaseModel
    from yaml import MappingNode, Node

LARGEST_FILE = 10_000_000
DEEPEST = 64

Place = tuple[str | int, ...]
M = TypeVar("M", bound="BaseModel")


@dataclass(frozen=True)
class Loaded:
    """A parsed YAML file: its value, and the line on which each part stands."""

    name: str
    value: Any
    lines: Mapping[Place, int]

    def where(self, place: Place) -> str:
        """Say where a part stands: `file:line path`, the nearest enclosing part if it has no line of its own."""
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
        at = place
        while at and at not in self.lines:
            at = at[:-1]
        return f"{self.name}:{self.lines.get(at, 1)} {path}".rstrip()


def load(source: Path | str, *, name: str | None = None, error: type[InputError] = InputError) -> Loaded:
    """Parse one YAML file or text.

    Args:
        source: a path, or the text itself.
        name: how errors call it; the path by default.
        error: the class to raise.

    Raises:
        InputError: the file is missing, too large, not UTF-8, not YAML, uses aliases, repeats a key or nests too deep.
    """
    import yaml

    if isinstance(source, Path):
        name = name or str(source)
        text = read_text(source, error, largest=LARGEST_FILE, label=name)
    else:
        name, text = name or "text", source
    try:
        loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
        try:
            _refuse_aliases(text, name, error)
            root = loader.get_single_node()
            if root is None:
                raise error(name, Problem("", "is empty", "it should hold a mapping or a list"))
            lines: dict[Place, int] = {}
            problems: list[Problem] = []
            _walk(root, (), lines, problems, name)
            if problems:
                raise error(name, problems)
            value = loader.construct_document(root)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise error(name, Problem(at, f"is not YAML: {fault.problem}")) from None
    except yaml.YAMLError as fault:
        raise error(name, f"is not YAML: {fault}") from None
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, InputError):
            raise
        raise error(name, f"is not YAML that can be read: {fault}") from None
    return Loaded(name, value, lines)


def dump(value: Any) -> str:
    """Write plain values as YAML that a person can go on writing: keys in their order, text as it is."""
    import yaml

    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text


class WrongAt(ValueError):
    """What a check of several fields found, with the place of the one that is to be changed."""

    def __init__(self, what: str, *place: str | int) -> None:
        super().__init__(what)
        self.place = place


def validate(loaded: Loaded, model: type[M], *, value: Any = None, at: Place = (), error: type[InputError]) -> M:
    """Check a loaded value against a pydantic model.

    Args:
        value: the part to check, `loaded.value` by default; `at` is its place in the file.

    Raises:
        InputError: one problem for each unknown key, missing key and wrong value.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(loaded.value if value is None else value)
    except ValidationError as fault:
        raise error(loaded.name, [_problem(item, loaded, model, at) for item in fault.errors()]) from None


def _problem(item: Any, loaded: Loaded, model: type[BaseModel], at: Place) -> Problem:
    place: Place = tuple(at) + tuple(item["loc"])
    if item["type"] == "extra_forbidden":
        known = _keys_at(model, item["loc"][:-1])
        help = nearest(str(item["loc"][-1]), known)
        if item.get("input") is None and " " in str(item["loc"][-1]):
            help = "within { } a comma begins another key; put a text that holds commas in quotes"
        return Problem(loaded.where(place), f"unknown key '{item['loc'][-1]}'", help)
    if item["type"] == "missing":
        return Problem(loaded.where(place[:-1]), f"'{item['loc'][-1]}' is missing")
    context = item.get("ctx") or {}
    if isinstance(context.get("error"), Exception):
        return Problem(loaded.where(place + getattr(context["error"], "place", ())), str(context["error"]))
    what = item["msg"][:1].lower() + item["msg"][1:]
    given = item.get("input")
    if isinstance(given, str | int | float | bool):
        what += f", not {given!r}"
    return Problem(loaded.where(place), what)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Find the keys that a nested model allows, as far as the annotations tell."""
    from typing import get_args

    from pydantic import BaseModel

    current: Any = model
    for part in loc:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            field = current.model_fields.get(part)
            if field is None:
                return []
            current = field.annotation
        for _ in range(4):
            if isinstance(current, type) and issubclass(current, BaseModel):
                break
            inner = [a for a in get_args(current) if a is not type(None)]
            current = next((a for a in reversed(inner) if a is not ...), current) if inner else current
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or key for key, field in current.model_fields.items()]
    return []


def _refuse_aliases(text: str, name: str, error: type[InputError]) -> None:
    """Refuse `*name` before any node is composed: aliases let ten lines stand for a billion."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise error(name, Problem(f"line {line}", "uses an alias ('*')", "write the value out"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise error(name, Problem(f"line {line}", f"nests deeper than {DEEPEST} levels"))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _walk(node: Node, place: Place, lines: dict[Place, int], problems: list[Problem], name: str) -> None:
    import yaml

    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        _walk_mapping(node, place, lines, problems, name)
    elif isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            _walk(item, (*place, i), lines, problems, name)


def _walk_mapping(node: MappingNode, place: Place, lines: dict[Place, int], problems: list[Problem], name: str) -> None:
    seen: set[str] = set()
    for key_node, item in node.value:
        key = str(key_node.value)
        if key in seen:
            line = key_node.start_mark.line + 1
            problems.append(Problem(f"{name}:{line}", f"key '{key}' is given twice", "keep one"))
        seen.add(key)
        _walk(item, (*place, key), lines, problems, name)
        lines[(*place, key)] = key_node.start_mark.line + 1
