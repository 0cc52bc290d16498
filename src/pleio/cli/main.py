"""The console script: what becomes of errors and of Ctrl-C, which is listened to before the commands are loaded.

Exit status: 0 done, 1 findings, 2 usage or bad input, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import signal
import sys

TYPE_CHECKING = False  # what typing needs would take longer to load than all of this
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
FULL = (errno.ENOSPC, errno.EDQUOT)  # of the reader's machine: no fault of ours
KEPT = "interrupted; what was finished is kept, and the same command goes on from there"


def main() -> None:
    """Run the command line and leave with its exit status."""
    with _Listening(until_the_end=True) as heard:
        status = _run(sys.argv[1:], heard)
    if status == INTERRUPTED:  # Python would kill itself by the signal where it came in the middle of an import
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and give its exit status; every error becomes a sentence on standard error."""
    with _Listening() as heard:
        return _run(arguments, heard)


class _Listening:
    """Notes Ctrl-C: what else goes wrong while the work unwinds is then its doing, and no fault of ours.

    Not made with contextlib, which would be loaded while nobody listens.
    """

    def __init__(self, until_the_end: bool = False) -> None:
        """Say whether the process ends after this, so that what is left of it is not interrupted."""
        self.until_the_end, self.ours = until_the_end, False
        self.before = sys.unraisablehook
        self.heard: list[int] = []

    def __enter__(self) -> list[int]:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            try:
                signal.signal(signal.SIGINT, self._note)
                self.ours = True
                self.before, sys.unraisablehook = sys.unraisablehook, self._dropped
            except ValueError:  # not the main thread, which alone hears it
                pass
        return self.heard

    def __exit__(self, *problem: object) -> None:
        if self.ours:
            sys.unraisablehook = self.before
            signal.signal(signal.SIGINT, signal.SIG_IGN if self.until_the_end else signal.default_int_handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.heard.append(number)
        signal.default_int_handler(number, frame)

    def _dropped(self, what: sys.UnraisableHookArgs) -> None:
        """Hear Ctrl-C again a moment later, where it came while Python tidied up, and was dropped with a complaint."""
        if not issubclass(what.exc_type, KeyboardInterrupt):
            self.before(what)
            return
        import _thread
        import threading

        again = threading.Timer(0.05, _thread.interrupt_main)
        again.daemon = True
        again.start()


def _run(arguments: list[str], heard: list[int]) -> int:
    try:
        import typer

        from pleio.base.errors import Fault, InputError

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
    except (BrokenPipeError, SystemExit) as leave:
        if isinstance(leave, SystemExit) and not isinstance(leave.__context__, BrokenPipeError):
            raise
        # the reader left: nothing more to say. click and rich would leave with 1: that something was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except typer.Exit as leave:
        return leave.exit_code
    except OSError as error:
        if error.errno not in FULL:
            return _fault(error, heard)
        where = error.filename or "what was to be written"
        return _fail(f"{where}: {(error.strerror or 'no space left').lower()}; free some, or write elsewhere", 2)
    except Fault as error:
        return _fail(KEPT, INTERRUPTED) if heard else _fail(f"a fault of ours: {error}", 3)
    except Exception as error:
        if heard:
            return _fail(KEPT, INTERRUPTED)
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # click's usage errors
            context = getattr(error, "ctx", None)
            hint = f"\nsee: {context.command_path} --help" if context is not None else ""
            return _fail(f"{error.format_message()}{hint}", 2)
        return _fault(error, heard)


def _fault(error: Exception, heard: list[int]) -> int:
    """Say what nobody foresaw, unless Ctrl-C is behind it."""
    if heard:
        return _fail(KEPT, INTERRUPTED)
    if os.environ.get("PLEIO_DEBUG"):
        raise error
    kind = type(error).__name__
    return _fail(f"a fault of ours: {kind}: {error}\nset PLEIO_DEBUG=1 to see where, and please report it", 3)


def _fail(message: str, status: int) -> int:
    print(f"pleio: {message}", file=sys.stderr)
    return status
