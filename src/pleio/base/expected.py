"""What an argument has to be, checked where it is given: a wrong type is bad input, not a crash further in."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from .errors import InputError, Problem


@runtime_checkable
class Named(Protocol):
    """What gives values by name: a mapping, or the columns of a data frame."""

    def items(self) -> Any: ...


def expect(subject: str, value: object, kind: Any, wanted: str, help: str = "") -> None:
    """Refuse a value of another type.

    Args:
        subject: what the argument is called.
        kind: a type, or several, as `isinstance` takes them.
        wanted: what it should be, in words.

    Raises:
        InputError: it is of another type.

    Example:
        >>> expect("times", "soon", (int, float), "a number")
        Traceback (most recent call last):
        ...
        pleio.base.errors.InputError: times: is a str, not a number
    """
    if not isinstance(value, kind):
        raise InputError(subject, Problem("", f"is {kind_of(value)}, not {wanted}", help))


def kind_of(value: object) -> str:
    """Name the type of a value, with its article.

    Example:
        >>> kind_of(3), kind_of(None), kind_of([])
        ('an int', 'None', 'a list')
    """
    if value is None:
        return "None"
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiouAEIO' else 'a'} {kind}"


def expect_count(subject: str, value: object) -> None:
    """Refuse what is not a whole number above 0; None, where the default is meant, is let through.

    Raises:
        InputError: it is something else.
    """
    from operator import index

    if value is None:
        return
    try:
        count = 0 if isinstance(value, bool) else index(value)  # type: ignore[arg-type]
    except TypeError:
        count = 0
    if count < 1:
        raise InputError(subject, Problem("", f"is {value!r}", "give a whole number above 0, or leave it out"))
