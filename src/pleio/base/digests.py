"""Content digests: SHA-256 of canonical JSON, the identity of everything pleio stores."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Write a JSON value in the one form that is digested: sorted keys, no spaces, UTF-8, shortest numbers.

    Raises:
        ValueError: a float is NaN or infinite, which JSON cannot hold.

    Example:
        >>> canonical({"b": 1.0, "a": ["α"]}).decode()
        '{"a":["α"],"b":1}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _plain(value: Any) -> Any:
    # text and numbers first: they are nearly all of what is digested
    if isinstance(value, str):
        return value
    if isinstance(value, float):  # 1.0 and 1 are the same number, so they have the same digest
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def digest(value: Any) -> str:
    """Give the SHA-256 of a JSON value's canonical form, in 64 hexadecimal digits."""
    return digest_bytes(canonical(value))


def digest_bytes(data: bytes) -> str:
    """Give the SHA-256 of bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
