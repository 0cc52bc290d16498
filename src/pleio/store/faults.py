"""What the operating system and SQLite complain of, as errors that say what would help."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from ..base.errors import Problem, StoreError

_BY_NUMBER = {
    errno.EROFS: ("is on a read-only file system", "set PLEIO_HOME to a folder you can write to"),
    errno.EACCES: ("may not be written by this user", "set PLEIO_HOME to a folder you can write to"),
    errno.EPERM: ("may not be written by this user", "set PLEIO_HOME to a folder you can write to"),
    errno.ENOSPC: ("has no room left", "free some space; 'pleio home --clear cache' deletes what can be made again"),
    errno.EDQUOT: ("is over your quota", "free some space; 'pleio home --clear cache' deletes what can be made again"),
    errno.EFBIG: ("may not grow that large", "raise the limit on file sizes (ulimit -f)"),
    errno.ENOTDIR: ("has a file where a folder should be", "move that file, or set PLEIO_HOME to another folder"),
    errno.EEXIST: ("has a file where a folder should be", "move that file, or set PLEIO_HOME to another folder"),
    errno.ENOENT: ("cannot be made here", "set PLEIO_HOME to a folder you can write to"),
    errno.EMFILE: ("cannot be opened: this process has too many files open", "raise the limit (ulimit -n)"),
}

_BY_PHRASE = (
    ("readonly database", ("may not be written", "set PLEIO_HOME to a folder you can write to")),
    ("unable to open", ("cannot be opened", "check that the folder exists and is yours, or set PLEIO_HOME")),
    ("database is locked", ("is busy: another process is writing", "wait for it to finish, or stop it")),
    ("database or disk is full", _BY_NUMBER[errno.ENOSPC]),
    ("not a database", ("is not a SQLite file, or was altered", "restore it from a copy, or move it away")),
    ("malformed", ("was altered or damaged", "restore it from a copy, or move it away and import again")),
    ("disk i/o error", ("cannot be read or written by the disk", "check the disk; nothing acknowledged was lost")),
)


def store_error(path: Path, fault: Exception, doing: str) -> StoreError:
    """Turn an operating-system or SQLite error into one that says where, what, and what would help.

    Args:
        path: the file or folder in question.
        doing: what was attempted, as in "could not <doing>".
    """
    if isinstance(fault, OSError) and fault.errno in _BY_NUMBER:
        what, help = _BY_NUMBER[fault.errno]
    elif isinstance(fault, sqlite3.Error):
        text = str(fault).lower()
        what, help = next((answer for phrase, answer in _BY_PHRASE if phrase in text), (f"failed: {fault}", ""))
    else:
        what, help = f"failed: {getattr(fault, 'strerror', None) or fault}", ""
    return StoreError(str(path), Problem("", f"could not {doing}: it {what}", help))
