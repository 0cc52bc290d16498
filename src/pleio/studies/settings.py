"""`--set path=value`: what a study says in one place, changed before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..base.errors import Problem, StudyError, nearest
from ..base.yaml import load
from .regimens.dosing import Dosing

ARMS = ("arms.", "arm.")


def read_settings(texts: Iterable[str]) -> dict[str, Any]:
    """Read settings as a person writes them: path → value.

    Raises:
        StudyError: one has no `=`, no path or no value, or a path comes twice.

    Example:
        >>> read_settings(["cohort.size=8", "arm.amount=60 µg/kg"])
        {'cohort.size': 8, 'arm.amount': '60 µg/kg'}
    """
    found: dict[str, Any] = {}
    problems = []
    for text in texts:
        path, equals, value = (part.strip() for part in text.partition("="))
        if not (path and equals and value):
            problems.append(Problem(f"'{text}'", "is not a setting", "write path=value, such as cohort.size=8"))
        elif path in found:
            problems.append(Problem(f"'{text}'", f"'{path}' is set twice", "keep one"))
        else:
            found[path] = load(value, name=f"--set {path}", error=StudyError).value
    if problems:
        raise StudyError("settings", problems)
    return found


def changed(value: Any, changes: Mapping[str, Any]) -> Any:
    """Give a copy of a study's nested mappings with some values changed.

    A path names keys from the outside in, `cohort.size` or `arms.50 µg/kg.amount`; where keys hold dots, the longest
    that fits wins.  `arm.amount` is the amount of the one arm that gives something; an arm's name may also stand first.

    Raises:
        StudyError: a path names nothing, or could name several things; all problems at once.
    """
    problems: list[Problem] = []
    for path, new in changes.items():
        try:
            value = _changed(value, _whole(value, path), path, new)
        except StudyError as fault:
            problems += [Problem(fault.subject, problem.what, problem.help) for problem in fault.problems]
    if problems:
        raise StudyError("settings", problems)
    return value


def _whole(value: Any, path: str) -> str:
    """Write a path out from the outermost key."""
    arms = value.get("arms") if isinstance(value, dict) else None
    if not isinstance(arms, dict) or path.partition(".")[0] in {*value} - {"arm"}:
        return path
    prefix = next((prefix for prefix in ARMS if path.startswith(prefix)), "")
    rest = path[len(prefix) :]
    if any(rest == str(arm) or rest.startswith(f"{arm}.") for arm in arms):
        return f"arms.{rest}"
    if not prefix or rest.partition(".")[0] not in Dosing.model_fields:
        return path
    given = [str(arm) for arm, regimen in arms.items() if regimen != "none"]
    if len(given) != 1:
        which = ", ".join(f"arms.{arm}.{rest}" for arm in given)
        raise StudyError(
            f"'{path}'", Problem("", f"could be of {len(given)} arms", f"name one: {which}" if which else "")
        )
    return f"arms.{given[0]}.{rest}"


def _changed(value: Any, path: str, whole: str, new: Any) -> Any:
    if isinstance(value, list):
        return _in_list(value, path, whole, new)
    if not isinstance(value, dict):
        raise StudyError(f"'{whole}'", f"leads into '{value}', which has no parts")
    known = {str(key): key for key in value}
    fitting = [key for key in known if path == key or path.startswith(f"{key}.")]
    if not fitting and "." in path:
        raise StudyError(f"'{whole}'", Problem("", f"'{path}' names nothing here", nearest(path.split(".")[0], known)))
    key = max(fitting, key=len, default=path)
    if key == path:
        return {**value, known.get(key, key): new}
    return {**value, known[key]: _changed(value[known[key]], path[len(key) + 1 :], whole, new)}


def _in_list(value: list[Any], path: str, whole: str, new: Any) -> list[Any]:
    """Change one entry of a list, by its number; of a list with one entry the number may be left out."""
    number, _, rest = path.partition(".")
    if len(value) == 1 and not number.isdigit():
        return [_changed(value[0], path, whole, new)]
    if not number.isdigit() or int(number) >= len(value):
        help = f"number them 0 to {len(value) - 1}"
        raise StudyError(f"'{whole}'", Problem("", f"'{number}' is none of {len(value)} entries", help))
    entry = _changed(value[int(number)], rest, whole, new) if rest else new
    return [*value[: int(number)], entry, *value[int(number) + 1 :]]
