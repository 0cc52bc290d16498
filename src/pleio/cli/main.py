"""The console script: what becomes of errors and of Ctrl-C, which is listened to before the commands are loaded.

Exit status: 0 done, 1 findings, 2 usage or bad input, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pleio.base.errors import Fault, InputError

INTERRUPTED = 130
KEPT = "interrupted; what was finished is kept, and the same command goes on from there"


def main() -> None:
    """Run the command line and leave with its exit status."""
    with _listening(until_the_end=True) as heard:
        status = _run(sys.argv[1:], heard)
    if status == INTERRUPTED:  # Python would kill itself by the signal where it came in the middle of an import
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit status; every error becomes a sentence on standard error."""
    with _listening() as heard:
        return _run(arguments, heard)


@contextmanager
def _listening(until_the_end: bool = False) -> Iterator[list[int]]:
    """Note Ctrl-C: what else goes wrong while the work unwinds is then its doing, and no fault of ours.

    Args:
        until_the_end: the process ends after this, and what is left of it is not interrupted.
    """
    heard: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        signal.default_int_handler(number, frame)

    ours = threading.current_thread() is threading.main_thread()
    ours = ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, note)
    try:
        yield heard
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.SIG_IGN if until_the_end else signal.default_int_handler)


def _run(arguments: list[str], heard: list[int]) -> int:
    try:
        import typer

        from .commands import app
    except BaseException:
        if heard:
            return _fail(KEPT, INTERRUPTED)
        raise
    try:
        result = app(args=arguments, prog_name="pleio", standalone_mode=False)
        if result == INTERRUPTED or heard:  # typer turns Ctrl-C into this status without a word; others drop it
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except InputError as error:
        return _fail(str(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(KEPT, INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        return 0
    except typer.Exit as leave:
        return leave.exit_code
    except Fault as error:
        return _fail(KEPT, INTERRUPTED) if heard else _fail(f"a fault of ours: {error}", 3)
    except Exception as error:
        if heard:
            return _fail(KEPT, INTERRUPTED)
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # click's usage errors
            context = getattr(error, "ctx", None)
            hint = f"\nsee: {context.command_path} --help" if context is not None else ""
            return _fail(f"{error.format_message()}{hint}", 2)
        if os.environ.get("PLEIO_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"a fault of ours: {kind}: {error}\nset PLEIO_DEBUG=1 to see where, and please report it", 3)


def _fail(message: str, status: int) -> int:
    print(f"pleio: {message}", file=sys.stderr)
    return status
