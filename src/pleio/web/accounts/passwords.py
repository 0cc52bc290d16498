"""Passwords: argon2id, few at a time, as slow for a name that does not exist as for one that does."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from ...base.errors import Problem

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
AT_ONCE = 2  # each takes 64 MiB
_places = threading.BoundedSemaphore(AT_ONCE)


def problems(password: str, name: str) -> list[Problem]:
    """Name what is wrong with a password."""
    if not SHORTEST <= len(password) <= LONGEST:
        return [Problem("password", f"has {len(password)} characters", f"use {SHORTEST} to {LONGEST}")]
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        return [Problem("password", "is too easy to guess", "a few unrelated words are a good one")]
    return []


def hashed(password: str) -> str:
    """Hash a password with a salt of its own."""
    with _places:
        return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Check a password against its hash; against none, take as long and say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    with _places:
        try:
            return _hasher().verify(kept or _nobody(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")
