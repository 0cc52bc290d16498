"""What happens to single lanes between steps: taking the next member, saving rows, meeting a stop, leaving.

Each is a function of the kernel, called for one lane at a time, and touches nothing of its neighbours.
"""

from __future__ import annotations

import math

import llvmlite.ir as ir

from ...compiler.backends.emit import DOUBLE, INT
from ...compiler.backends.value import Value
from ..status import Reason
from .frame import Frame, each_lane
from .happening import start_events
from .reducing import leave_lane, start_lane


def write_fill(module: ir.Module, width: int) -> None:
    """`fill(task, lane)`: start the next member of the queue, or leave the lane idle."""
    f = Frame(module, "fill", width, lane=True)
    mine, end = f.field_address("next"), f.field_address("end")
    with f.when(f.load(mine, 0, INT) >= f.load(end, 0, INT)):
        first = f.fetch_add(f.field("queue"), f.field("chunk"))
        following, members = first + f.field("chunk"), f.field("members")
        f.store(first, mine)
        f.store(f.select(following < members, following, members), end)
    member = f.load(mine, 0, INT)
    empty = member >= f.load(end, 0, INT)
    for name, value in (("fresh", 0.0), ("done", 0.0), ("alive", 0.0), ("next_save", math.inf), ("stop", math.inf)):
        f.put_lane(name, value)
    for name in ("failure", "steps", "rejected", "held_back", "last_h", "last_error", "executed"):
        f.put_lane(name, 0.0)
    f.put_lane("h", 1.0)
    with f.when(~empty):
        f.store(member + 1, mine)
        copies = (("y", "start", "states"), ("p", "values", "parameters"), ("atol", "tolerance", "states"))
        for array, source, count in copies:
            length = f.field(count)
            row = f.at(f.field(source), member * length, DOUBLE)
            with f.loop(length) as i:
                f.store(f.load(row, i, DOUBLE), f.lane_of(f.field(array), i))
        with f.loop(f.field("states")) as i:
            f.store(Value(f, ir.Constant(DOUBLE, 0.0)), f.lane_of(f.field("top"), i))
        f.put_lane("alive", 1.0)
        f.put_lane("fresh", 1.0)
        f.put_lane("member", member)
        f.put_lane("save", 0)
        f.put_lane("action", f.load(f.field("first_action"), member, INT))
        f.put_lane("t", f.field("t_start"))
        start_events(f)
        start_lane(f)
        with f.when(f.field("settle").equals(0)):
            f.put_lane("next_save", f.load(f.field("times"), 0, DOUBLE))
        f.builder.call(module.globals["meet"], [f.task.ir, f.lane.ir])
    f.finish()


def write_meet(module: ir.Module, width: int) -> None:
    """`meet(task, lane)`: do the actions that are due at this lane's time, and find its next stop."""
    f = Frame(module, "meet", width, lane=True)
    t, states = f.get_lane("t"), f.field("states")
    member = f.get_lane("member", INT)
    last = f.load(f.field("first_action"), member + 1, INT)
    f.put_lane("fresh", 1.0)
    f.put_lane("loose", 1.0)
    f.put_lane("guarded", 0.0)
    f.put_lane("jumped", 1.0)
    f.put_lane("stop", f.field("t_end"))
    with f.when(t >= f.field("t_end")):
        f.put_lane("done", 1.0)
        with f.when(~f.field("settle").equals(0)):
            f.put_lane("failure", float(Reason.NOT_STEADY))
    with f.repeat() as loop:
        action = f.get_lane("action", INT)
        loop.leave_when(action >= last)
        time = f.load(f.field("action_time"), action, DOUBLE)
        with f.when((time > t) & (time < f.field("t_end"))):
            f.put_lane("stop", time)
        loop.leave_when(time > t)
        slot = f.load(f.field("action_slot"), action, INT)
        amount = f.load(f.field("action_amount"), action, DOUBLE)
        of_state = slot < states
        array = f.select(of_state, f.field("y"), f.field("p"))
        place = f.lane_of(array, f.select(of_state, slot, slot - states))
        f.store(f.select(of_state, f.load(place, 0, DOUBLE) + amount, amount), place)
        f.put_lane("action", action + 1)
    f.finish()


def save(f: Frame, mask: Value) -> None:
    """Write the outputs of some lanes as their members' next rows.

    What each lane saves next is found first, for all at once: to read together what was written one by one would wait
    until the rows are in memory.
    """
    following = f.get("save", f.whole_vector) + 1
    more = following < f.broadcast(f.field("save_count"))
    time = f.gather(f.field("times"), f.select(more, following, following * 0))
    f.put("next_save", f.select(mask, f.select(more, time, f.real(math.inf)), f.get("next_save")))
    f.put("save", f.select(mask, following, following - 1))
    each_lane(f, mask, "write_row")


def write_write_row(module: ir.Module, width: int) -> None:
    """`write_row(task, lane)`: write this lane's outputs as the row before its next."""
    f = Frame(module, "write_row", width, lane=True)
    columns = f.field("saved_outputs")
    number = f.get_lane("member", INT) * f.field("save_count") + f.get_lane("save", INT) - 1
    row = f.at(f.field("saved"), number * columns, DOUBLE)
    with f.loop(columns) as i:
        f.store(f.load(f.lane_of(f.field("o"), i), 0, DOUBLE), row, i)
    f.finish()


def write_unsave(module: ir.Module, width: int) -> None:
    """`unsave(task, lane)`: the rows of this lane's last step are to be written again."""
    f = Frame(module, "unsave", width, lane=True)
    save = f.get_lane("save_before", INT)
    f.put_lane("save", save)
    f.put_lane("next_save", math.inf)
    with f.when(save < f.field("save_count")):
        f.put_lane("next_save", f.load(f.field("times"), save, DOUBLE))
    f.finish()


def write_leave(module: ir.Module, width: int) -> None:
    """`leave(task, lane)`: write the last state, the status and the work of this lane's member, and take the next."""
    f = Frame(module, "leave", width, lane=True)
    member, states = f.get_lane("member", INT), f.field("states")
    row = f.at(f.field("final"), member * states, DOUBLE)
    reached = f.at(f.field("reached"), member * states, DOUBLE)
    with f.loop(states) as i:
        f.store(f.load(f.lane_of(f.field("y"), i), 0, DOUBLE), row, i)
        f.store(f.load(f.lane_of(f.field("top"), i), 0, DOUBLE), reached, i)
    failure = Value(f, f.builder.fptosi(f.get_lane("failure").ir, INT))
    f.store(failure, f.field("status"), member)
    leave_lane(f, member)
    work = f.at(f.field("work"), member * 3, DOUBLE)
    f.store(f.get_lane("steps"), work, 0)
    f.store(f.get_lane("rejected"), work, 1)
    f.store(f.get_lane("t"), work, 2)
    f.fetch_add(f.at(f.field("queue"), 1, INT), 1)
    f.builder.call(module.globals["fill"], [f.task.ir, f.lane.ir])
    f.finish()


def write_lanes(module: ir.Module, width: int) -> None:
    """Write all five."""
    write_meet(module, width)
    write_fill(module, width)
    write_write_row(module, width)
    write_unsave(module, width)
    write_leave(module, width)
    for name in ("meet", "fill", "write_row", "unsave", "leave"):
        module.globals[name].linkage = "internal"
