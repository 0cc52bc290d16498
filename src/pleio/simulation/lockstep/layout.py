"""What the compiled kernel and Python share: the fields of a task, and the registers that each lane has.

A task is an array of 8-byte words that the kernel reads; a field is a pointer, an integer or a double. Arrays marked
(lanes) hold one vector per element, the others plain numbers in C order.
"""

from __future__ import annotations

from typing import Final

POINTERS: Final = (
    # code of the program, each with the arguments of `compiler.backends.llvm`
    "prologue", "rates", "jacobian", "output", "factor", "solve", "conditions", "events",
    # (lanes) the program's arrays
    "p", "c", "y", "before", "z", "u", "g", "w", "tmp", "o", "dense", "atol", "top",
    # (lanes) the registers below
    "reg",
    # tables of the program: slot of each diagonal entry, mass, states that drift; tables of the linear
    # algebra (`compiler.backends.tables`); 1 for each state that no step takes through 0
    "diagonal", "mass", "drift", "factor_table", "solve_table", "amounts",
    # the members: start (members, states), parameters (members, parameters), absolute tolerance (members, states)
    "start", "values", "tolerance",
    # the queue that threads share: the next member, and how many are done (2,)
    "queue",
    # saved times (times,), where rows are written (members, times, outputs), last state and largest magnitudes
    # (members, states)
    "times", "saved", "final", "reached",
    # per member: status; accepted and rejected steps, and the time it came to (members, 3)
    "status", "work",
    # actions: first of each member (members + 1,); then time, slot (a state, or states + a parameter), and the amount
    # that is added to a state or that a parameter is set to
    "first_action", "action_time", "action_slot", "action_amount",
    # reducers (`reducing`): edges of the windows, first of each, kind and output of each; their numbers at the start
    # and per member; (lanes) their numbers, those before the last step, and the outputs at five times
    "window_edge", "window_first", "reducer_kind", "reducer_column", "found_start", "reduced",
    "found", "found_before", "samples",
    # (lanes) truth of each condition at the start of the step; at a place within it, and then the difference that each
    # compares with 0; of each these differences at three looks; what `events` computes; of each event whether its
    # trigger was true and when its execution is due; values kept from the trigger
    "truth", "turned", "looked", "e", "was", "due", "kept",
    # parameter of each mode; of each event initial, persistent, at trigger, first assignment, how many; targets
    "mode_slot", "event_table", "target_slot",
)  # fmt: skip
INTEGERS: Final = (
    "states", "parameters", "outputs", "saved_outputs", "save_count", "matrix_size", "drift_count", "unknowns",
    "members", "chunk", "next", "end", "max_steps", "max_events", "settle", "condition_count", "mode_count",
    "event_count", "window_count", "found_count",
)  # fmt: skip
DOUBLES: Final = ("t_start", "t_end", "rtol", "span", "first_step")
FIELDS: Final = (*POINTERS, *INTEGERS, *DOUBLES)
CODE: Final = POINTERS[:8]

REGISTERS: Final = (
    "t", "h", "stop", "next_save", "fresh", "alive", "done", "failure", "steps", "rejected", "held_back", "loose",
    "guarded", "through", "last_h", "last_error", "t_before", "save_before", "member", "save", "action", "sample",
    "jumped", "executed", "again", "best", "rank", "ties", "cut", "turn", "low",
    "dips", "left_place", "left_value", "middle_place", "middle_value", "right_place", "right_value",
)  # fmt: skip
"""Of each lane: time, step size, the time it must stop at, the next time to save; whether it starts anew, runs, is
done; why it fails (a status); steps accepted and rejected; whether its last step was rejected; whether its unknowns
are yet to be solved; whether negligible negative amounts count as 0 (`Step.clip`); after what share of a step an
amount comes to 0; the last accepted step and error (for step control); time and next save before the last step; its
member, next save and next action (integers); the time of outputs; what `happening` needs: whether triggers are to be
judged, executed events, whether one more may be due, the event to execute, its priority and how many are equal to
it; whether the step is cut, where, and from where on that is known; whether a difference may come to 0 between three
places, these and its values there. Failures are those of `status.Reason`."""
