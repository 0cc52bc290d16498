"""Files that somebody named: every refusal says why, and what would help."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pleio.base.errors import ClaimError, InputError
from pleio.base.files import read_bytes, read_text, readable


def test_text_is_read_with_or_without_its_mark_and_lines_end_alike(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\rc\n")
    assert read_text(file, InputError, largest=100) == "a,b\n1,2\nc\n"
    assert read_bytes(file, InputError, largest=100) == file.read_bytes()


def test_a_file_of_just_the_most_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("12345")
    assert read_text(file, InputError, largest=5) == "12345"
    with pytest.raises(ClaimError) as refused:
        read_text(file, ClaimError, largest=4, label="mine", cut="cut it in parts")
    assert str(refused.value) == "mine: is larger than the 4 bytes that are read; cut it in parts"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_a_file_without_an_end_is_refused_and_not_read_to_it() -> None:
    with pytest.raises(InputError, match="is larger than the 10 bytes"):
        read_bytes(Path("/dev/zero"), InputError, largest=10)


def _is_missing(folder: Path) -> Path:
    return folder / "none.csv"


def _is_a_folder(folder: Path) -> Path:
    return folder


def _is_latin(folder: Path) -> Path:
    (folder / "latin.csv").write_bytes("naïve".encode("latin-1"))
    return folder / "latin.csv"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (_is_missing, "does not exist; name a CSV file"),
        (_is_a_folder, "cannot be read: Is a directory"),
        (_is_latin, "byte 2: is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_the_class_that_is_asked_for(
    make: Callable[[Path], Path], why: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(ClaimError) as refused:
        read_text(path, ClaimError, largest=100, missing="name a CSV file")
    assert str(refused.value) == f"{path}: {why}"
    assert refused.value.__cause__ is None


def test_what_goes_wrong_otherwise_is_not_taken_for_the_file() -> None:
    with pytest.raises(KeyError), readable("mine", InputError):
        raise KeyError("x")
    with pytest.raises(InputError, match=r"^mine: cannot be read: not readable$"), readable("mine", InputError):
        raise io.UnsupportedOperation("not readable")
