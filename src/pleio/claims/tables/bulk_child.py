"""The process that makes rows of lines: `python -m pleio.claims.tables.bulk_child`, asked and answering through pipes.

It is told the file's name and the assumptions, then asked block by block; it ends when its asker does.
"""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from typing import Any, BinaryIO


def send(pipe: Any, value: Any) -> None:
    """Write a value of plain tuples, lists, texts and bytes, its length first."""
    data = marshal.dumps(value, 2)
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def receive(pipe: Any) -> Any:
    """Read the next value that was sent.

    Raises:
        EOFError: the other end is gone.
    """
    head = pipe.read(8)
    size = int.from_bytes(head, "little")
    data = pipe.read(size)
    if len(head) < 8 or len(data) < size:
        raise EOFError
    return marshal.loads(data)  # noqa: S302 -- it comes from the process that we started, or that started us


def main(asker: BinaryIO, answer: BinaryIO) -> None:
    import gc

    from ..assumption import Assumption
    from .lines import MOST_PROBLEMS, Faulty, decoded, lines_of, made, sound
    from .records import EVIDENCE, record_of

    gc.disable()  # claims make no cycles
    name, told = receive(asker)
    assumptions = [Assumption.model_validate_json(each) for each in told]
    while True:
        number, block = receive(asker)
        values = made(decoded(lines_of(name, number, block)), lambda value: record_of(sound(value), assumptions))
        faults, rows = [], []
        for value in values:
            if isinstance(value, Faulty):
                faults.append([(problem.where, problem.what, problem.help) for problem in value.problems])
                if len(faults) == MOST_PROBLEMS:
                    break
            elif not faults:
                rows.append((*value[:EVIDENCE], tuple(map(tuple, value.evidence)), *value[EVIDENCE + 1 :]))
        send(answer, (faults, rows))


if __name__ == "__main__":
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):  # whoever asked has ended
        main(sys.stdin.buffer, sys.stdout.buffer)
