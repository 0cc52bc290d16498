"""Files that somebody named: where one cannot be read, the refusal says why and what would help."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import InputError, Problem

FIND_IT = "check the path"


@contextmanager
def readable(label: str, error: type[InputError], *, missing: str = FIND_IT) -> Iterator[None]:
    """Refuse a file, in the words of the project, where the system or the encoding does while it is read.

    Args:
        label: what the reader knows the file by.
        error: the class to raise.
        missing: what would help where there is no such file.

    Raises:
        InputError: of the class `error`: the file does not exist, may not be read, or is not UTF-8.
    """
    try:
        yield
    except FileNotFoundError:
        raise error(label, Problem("", "does not exist", missing)) from None
    except UnicodeDecodeError as fault:
        raise error(label, Problem(f"byte {fault.start}", "is not UTF-8", "save it as UTF-8")) from None
    except OSError as fault:
        raise error(label, f"cannot be read: {fault.strerror or fault}") from None


def read_bytes(
    path: Path, error: type[InputError], *, largest: int, label: str = "", missing: str = FIND_IT, cut: str = ""
) -> bytes:
    """Read a file whole, and no more of it than is allowed, however large it turns out to be.

    Args:
        largest: the most that is read, in bytes.
        label: what the reader knows the file by; its path by default.
        cut: what would help where it is larger.

    Raises:
        InputError: of the class `error`: the file does not exist, may not be read, or is too large.
    """
    label = label or str(path)
    with readable(label, error, missing=missing), open(path, "rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise error(label, Problem("", f"is larger than the {largest:,} bytes that are read", cut))
    return data


def read_text(
    path: Path, error: type[InputError], *, largest: int, label: str = "", missing: str = FIND_IT, cut: str = ""
) -> str:
    """Read a file of UTF-8, with or without its mark, every line ending as `\\n`.

    Args:
        largest: the most that is read, in bytes.

    Raises:
        InputError: of the class `error`: as `read_bytes`, or the file is not UTF-8.
    """
    data = read_bytes(path, error, largest=largest, label=label, missing=missing, cut=cut)
    with readable(label or str(path), error):
        return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig").read()
