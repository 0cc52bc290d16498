"""The console script: the table of commands, and what becomes of errors.

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

import typer

from pleio.base.errors import Fault, InputError

from . import (
    artifacts,
    check,
    claims,
    documents,
    exporting,
    graph,
    keeping,
    mcp,
    models,
    reviewers,
    reviewing,
    serving,
    studies,
    validate,
)

INTERRUPTED = 130
KEPT = "interrupted; what was finished is kept, and the same command goes on from there"

app = typer.Typer(
    name="pleio",
    help="Claims with evidence, assembled into a runnable mechanism, simulated in every world the evidence allows.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (serving, mcp, documents, claims, keeping, reviewing, reviewers, graph, models, studies, validate):
    part.add_to(app)
for part in (artifacts, exporting, check):
    part.add_to(app)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
) -> None:
    if version:
        import pleio

        typer.echo(f"pleio {pleio.__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line and leave with its exit status."""
    status = run(sys.argv[1:])
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
def _listening() -> Iterator[list[int]]:
    """Note Ctrl-C: what else goes wrong while the work unwinds is then its doing, and no fault of ours."""
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
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _run(arguments: list[str], heard: list[int]) -> int:
    try:
        result = app(args=arguments, prog_name="pleio", standalone_mode=False)
        if result == INTERRUPTED:  # typer turns Ctrl-C into this status without a word
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
