"""Runs a program for many members: memory, threads, and the call into machine code."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from typing import Any

import numpy as np

from ...base.collector import collector_paused
from ...compiler.backends import algebra, llvm, machine, tables
from ...compiler.cache import cached
from ...compiler.program import Program
from ..method.explicit import DORMAND_PRINCE, Explicit
from ..method.rosenbrock import RODAS4, RODAS5P, Rosenbrock
from .explicit import explicit
from .kernel import write_kernel
from .layout import CODE, DOUBLES, FIELDS, INTEGERS, REGISTERS
from .reducing import NODES
from .rosenbrock import rosenbrock
from .task import Array, Outcome, Task

METHODS: dict[str, Rosenbrock | Explicit] = {"rodas4": RODAS4, "rodas5p": RODAS5P, "dopri5": DORMAND_PRINCE}
ALIGN = 128
CHUNK = 32  # members that a thread takes at a time: neighbours share cache lines, which threads should not
REPORT = 0.1  # seconds from one report of progress to the next
NEVER = -1  # the status of a member that was not integrated


@cache
def _kernel(method: str, width: int) -> bytes:
    """The object code of a method's loop, made once on a machine."""
    data = METHODS[method]
    step = explicit(data) if isinstance(data, Explicit) else rosenbrock(data)
    text = write_kernel(step, width, machine.host().triple)
    return cached(f"kernel {machine.host().identity} {text}", lambda: machine.compile_object(text, tidy=True))


def _program_code(text: str) -> bytes:
    return cached(f"program {machine.host().identity} {text}", lambda: machine.compile_object(text, effort=0))


class Engine:
    """A program, compiled for this machine and ready to run.

    Example:
        >>> # engine = Engine(program); engine.run(task, threads=2)
    """

    @collector_paused()
    def __init__(self, program: Program, method: str = "rodas5p", width: int | None = None) -> None:
        self.program = program
        self.method = METHODS[method]
        self.width = width or machine.host().lanes
        by_table = {name: f"{name}_by_table" for name in algebra.by_table(program.elimination)}
        sections = {name: by_table.get(name, name) for name in CODE}
        module = llvm.write_module(program, self.width, machine.host().triple)
        objects = (_kernel(method, self.width), _program_code(module.text))
        self.code = machine.Code(objects, ("integrate", *sections.values()))
        self._integrate = self.code.function("integrate", ctypes.c_void_p)
        self._sections = {name: self.code.address(symbol) for name, symbol in sections.items()}
        self._scratch = module.scratch
        self._tables = self._make_tables()

    def _make_tables(self) -> dict[str, Array]:
        program = self.program
        diagonal = [program.elimination.slots[i, i] for i in range(len(program.states))]
        return {
            "diagonal": np.array(diagonal, dtype=np.int64),
            "mass": np.array(program.mass),
            "drift": np.array(program.drift, dtype=np.int64),
            "factor_table": tables.factor_table(program.elimination),
            "solve_table": tables.solve_table(program.elimination),
            "mode_slot": np.array([*program.modes, 0], dtype=np.int64),
            "event_table": _event_table(program),
            "target_slot": np.array([slot for event in program.happenings for slot in event.targets] + [0]),
        }

    def run(
        self,
        task: Task,
        threads: int = 1,
        chunk: int = CHUNK,
        progress: Callable[[int], None] | None = None,
        saved: Array | None = None,
    ) -> Outcome:
        """Integrate all members; the result is the same for any number of threads and any chunk.

        Args:
            chunk: how many members a thread takes from the queue at a time.
            progress: called with how many more members are done.
            saved: where the outcome's `saved` is to lie, if that is somewhere already.
        """
        members = len(task.start)
        self._check(task)
        shape = (members, 1 if task.settle else len(task.times), self._saved_outputs(task))
        if saved is None:
            saved = np.empty(shape)  # written by all threads, which so share the work of getting memory
        assert saved.shape == shape and saved.flags.c_contiguous
        outcome = Outcome(
            saved=saved,
            final=np.full((members, len(self.program.states)), np.nan),
            reached=np.zeros((members, len(self.program.states))),
            status=np.full(members, NEVER),
            reduced=np.full((members, task.reducers.count, 2), np.nan),
            work=np.zeros((members, 3)),
        )
        queue = np.zeros(2, dtype=np.int64)
        arrays = self._arrays(task, outcome) | {"queue": queue}
        workers = max(1, min(threads, -(-members // self.width)))
        chunk = max(1, min(chunk, members // (8 * workers)))  # the last members are spread over all lanes
        with ThreadPoolExecutor(workers) as pool:
            jobs = [pool.submit(self._run_lanes, task, arrays, chunk) for _ in range(workers)]
            try:
                told = 0
                while wait(jobs, REPORT if progress else None).not_done:
                    told = _report(progress, told, int(queue[1]))
                for job in jobs:
                    job.result()
                _report(progress, told, members)
            except BaseException:
                queue[0] = members  # an interruption does not wait for members that have not begun
                raise
        assert not np.any(outcome.status == NEVER)
        failed = outcome.status != 0
        outcome.saved[failed] = np.nan
        outcome.reduced[failed] = np.nan
        return outcome

    def _check(self, task: Task) -> None:
        """Assert what the kernel takes for granted, since it does not look where it reads."""
        members, states = task.start.shape
        assert states == len(self.program.states)
        assert task.values.shape == (members, len(self.program.parameters))
        assert task.atol.shape == task.start.shape
        assert task.amounts is None or task.amounts.shape == (states,)
        assert task.actions.first.shape == (members + 1,)
        assert task.actions.first[-1] == len(task.actions.time) == len(task.actions.slot) == len(task.actions.amount)
        assert np.all((task.actions.slot >= 0) & (task.actions.slot < states + len(self.program.parameters)))
        assert len(task.times) > 0
        assert np.all((task.reducers.columns >= 0) & (task.reducers.columns < len(self.program.outputs)))

    def _saved_outputs(self, task: Task) -> int:
        return len(self.program.outputs) - task.reducers.count

    def _arrays(self, task: Task, outcome: Outcome) -> dict[str, Array]:
        actions = task.actions
        given = {
            "start": task.start, "values": task.values, "tolerance": task.atol, "times": task.times,
            "action_time": actions.time, "action_amount": actions.amount,
            "amounts": np.zeros(task.start.shape[1]) if task.amounts is None else task.amounts,
            "window_edge": task.reducers.edges, "found_start": task.reducers.start(),
        }  # fmt: skip
        arrays = {name: np.ascontiguousarray(value, dtype=np.float64) for name, value in given.items()}
        more: dict[str, Array] = {
            "first_action": np.ascontiguousarray(actions.first, dtype=np.int64),
            "action_slot": np.ascontiguousarray(actions.slot, dtype=np.int64),
            "window_first": task.reducers.first, "reducer_kind": task.reducers.kinds,
            "reducer_column": task.reducers.columns, "reduced": outcome.reduced,
            "saved": outcome.saved, "final": outcome.final, "reached": outcome.reached,
            "status": outcome.status, "work": outcome.work,
        }  # fmt: skip
        return arrays | more | self._tables

    def _lane_arrays(self, reducers: int) -> dict[str, int]:
        """How many vectors each lane array has."""
        program = self.program
        states, conditions = len(program.states), program.condition_count
        return {
            "p": len(program.parameters), "c": len(program.hoisted), "y": states, "before": states,
            "z": states, "g": states,
            "u": states * self.method.stages, "w": program.elimination.size + len(program.drift),
            "tmp": self._scratch, "o": len(program.outputs), "dense": states * 3,
            "atol": states, "top": states, "reg": len(REGISTERS),
            "truth": conditions, "turned": 2 * conditions, "looked": 3 * conditions,
            "e": len(program.events.roots), "was": len(program.happenings), "due": len(program.happenings),
            "kept": sum(len(event.targets) for event in program.happenings),
            "found": 2 * reducers + 2, "found_before": 2 * reducers,
            "samples": NODES * len(program.outputs) if reducers else 0,
        }  # fmt: skip

    def _run_lanes(self, task: Task, arrays: dict[str, Array], chunk: int) -> None:
        """Integrate members from the queue until it is empty: what one thread does."""
        sizes = self._lane_arrays(task.reducers.count)
        lane_bytes = 8 * self.width
        offsets, total = {}, 0
        for name, count in sizes.items():
            offsets[name] = total
            total += -(-max(count, 1) * lane_bytes // ALIGN) * ALIGN
        memory = np.zeros(total + ALIGN, dtype=np.uint8)
        base = -(-memory.ctypes.data // ALIGN) * ALIGN
        fields: dict[str, int | float] = dict(self._sections)
        fields |= {name: base + offset for name, offset in offsets.items()}
        fields |= {name: array.ctypes.data for name, array in arrays.items()}
        fields |= {
            "states": len(self.program.states), "parameters": len(self.program.parameters),
            "outputs": len(self.program.outputs), "saved_outputs": self._saved_outputs(task),
            "window_count": len(task.reducers.edges), "found_count": 2 * task.reducers.count,
            "save_count": 1 if task.settle else len(task.times),
            "matrix_size": self.program.elimination.size, "drift_count": len(self.program.drift),
            "unknowns": self.program.mass.count(0.0),
            "members": len(task.start), "chunk": chunk, "next": 0, "end": 0,
            "condition_count": self.program.condition_count, "mode_count": len(self.program.modes),
            "event_count": len(self.program.happenings), "max_events": task.max_events,
            "max_steps": task.max_steps, "settle": int(task.settle),
            "t_start": task.t_start, "t_end": task.t_end, "rtol": task.rtol, "span": task.span,
            "first_step": task.t_end - task.t_start,
        }  # fmt: skip
        words = _pack(fields)
        self._integrate(ctypes.addressof(words))


def _report(progress: Callable[[int], None] | None, told: int, done: int) -> int:
    if progress is not None and done > told:
        progress(done - told)
    return done


def _event_table(program: Program) -> Array:
    """Of each event: initial, persistent, values at trigger, its first assignment, and how many it has."""
    rows, first = [[0] * 5], 0
    for event in program.happenings:
        flags = (event.initial, event.persistent, event.values_at_trigger)
        rows.append([*map(int, flags), first, len(event.targets)])
        first += len(event.targets)
    return np.array([*rows[1:], rows[0]], dtype=np.int64)


def _pack(fields: dict[str, int | float]) -> Any:
    """A task as the kernel reads it."""
    codes = "".join("d" if name in DOUBLES else "q" for name in FIELDS)
    values: Sequence[int | float] = [fields[name] for name in FIELDS]
    assert set(INTEGERS) <= fields.keys()
    return ctypes.create_string_buffer(struct.pack(f"={codes}", *values))
