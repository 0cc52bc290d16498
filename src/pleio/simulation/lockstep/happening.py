"""What happens inside lanes at a stop, or where a condition has turned: modes are set, events are executed.

Where a condition turns within a step (`turning`), the step ends there. Then, as at every stop: triggers are judged;
what has become true is scheduled; of what is due the event of highest priority (among equals any, the same on every
run) assigns; and again, until nothing is due. One execution of an event waits at a time: a second one hands the member
to the reference path.

Source: SBML Level 3 Version 2 core, section 4.11.
"""

from __future__ import annotations

import math

import llvmlite.ir as ir

from ...compiler.backends.emit import DOUBLE, INT
from ...compiler.backends.value import Value
from ..status import Reason
from .frame import Frame, each_lane

ASKED = 3  # trigger, delay, priority of an event
INITIAL, PERSISTENT, AT_TRIGGER, FIRST, COUNT = range(5)  # columns of the table of events


def happen(f: Frame) -> None:
    """At a start or a stop: execute events until none is due, and set the modes by their conditions."""
    with f.when((f.field("event_count") + f.field("condition_count") > 0) & f.any(_jumped(f))):
        with f.when(f.field("event_count") > 0), f.repeat() as loop:
            f.section("events", f.field("y"), f.address("t"), f.field("e"))
            f.put("again", f.real(0.0))
            each_lane(f, _jumped(f) & (f.get("alive") > 0.0), "judge")
            loop.leave_when(~f.any(f.get("again") > 0.0))
        with f.when(f.field("condition_count") > 0):
            f.section("conditions", f.field("y"), f.address("t"), f.field("turned"))
            _set_modes(f, _jumped(f))
        each_lane(f, _jumped(f) & (f.get("alive") > 0.0), "await_due")
        f.put("jumped", f.real(0.0))


def _jumped(f: Frame) -> Value:
    return f.get("jumped") > 0.0


def _set_modes(f: Frame, mask: Value) -> None:
    turned, truth = f.field("turned"), f.field("truth")
    with f.loop(f.field("condition_count")) as k:
        f.store(f.select(mask, f.load(turned, k), f.load(truth, k)), truth, k)
    with f.loop(f.field("mode_count")) as k:
        slot = f.load(f.field("mode_slot"), k, INT)
        f.store(f.select(mask, f.load(truth, k), f.load(f.field("p"), slot)), f.field("p"), slot)


# single lanes


def write_happening(module: ir.Module, width: int) -> None:
    """Write the functions for single lanes."""
    _write_judge(module, width)
    _write_await(module, width)
    for name in ("judge", "await_due"):
        module.globals[name].linkage = "internal"


def start_events(f: Frame) -> None:
    """Set what a lane knows of its events to what it is before the start."""
    with f.loop(f.field("event_count")) as i:
        initial = Value(f, f.builder.sitofp(_column(f, i, INITIAL).ir, DOUBLE))
        f.store(initial, f.lane_of(f.field("was"), i))
        f.store(_real(f, math.inf), f.lane_of(f.field("due"), i))


def _real(f: Frame, value: float) -> Value:
    return Value(f, ir.Constant(DOUBLE, value))


def _column(f: Frame, event: Value, column: int) -> Value:
    return f.load(f.field("event_table"), event * 5 + column, INT)


def _asked(f: Frame, event: Value, what: int) -> Value:
    return f.load(f.lane_of(f.field("e"), event * ASKED + what), 0, DOUBLE)


def _assigned(f: Frame, place: Value, what: int) -> Value:
    """The value (0) or the size (1) of an assignment, as computed now."""
    return f.load(f.lane_of(f.field("e"), f.field("event_count") * ASKED + place * 2 + what), 0, DOUBLE)


def _stop_lane(f: Frame, reason: Reason) -> None:
    f.put_lane("failure", float(reason))
    f.put_lane("done", 1.0)


def _write_judge(module: ir.Module, width: int) -> None:
    """`judge(task, lane)`: see which triggers have become true, and execute the first of what is due."""
    f = Frame(module, "judge", width, lane=True)
    with f.loop(f.field("event_count")) as i:
        _judge_one(f, i)
    f.put_lane("best", -1)
    with f.loop(f.field("event_count")) as i:
        due = f.load(f.lane_of(f.field("due"), i), 0, DOUBLE) <= f.get_lane("t")
        rank = _asked(f, i, 2)
        rank = f.select(rank.equals(rank), rank, _real(f, -math.inf))
        first = f.get_lane("best", INT) < 0
        better = due & (first | (rank > f.get_lane("rank")))
        equal = due & ~first & rank.equals(f.get_lane("rank"))
        with f.when(better):
            f.put_lane("ties", 0)
        with f.when(better | equal):
            ties = f.get_lane("ties", INT) + 1
            f.put_lane("ties", ties)
            with f.when(_one_in(f, ties, i)):
                f.put_lane("best", i)
            f.put_lane("rank", rank)
    best = f.get_lane("best", INT)
    with f.when((best >= 0) & f.get_lane("failure").equals(0.0)):
        _execute(f, best)
    f.finish()


def _one_in(f: Frame, count: Value, event: Value) -> Value:
    """Whether an event is picked with chance 1 / count, by a hash of the event and of how many came before.

    Source: the finaliser of SplitMix64; Steele, Lea & Flood 2014, doi:10.1145/2714064.2660195.
    """
    executed = Value(f, f.builder.fptosi(f.get_lane("executed").ir, INT))
    x = executed * _signed(0x9E3779B97F4A7C15) + (event + 1) * _signed(0xBF58476D1CE4E5B9)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        shifted = f.builder.lshr(x.ir, ir.Constant(INT, shift))
        x = (x ^ Value(f, shifted)) * _signed(factor)
    positive = Value(f, f.builder.lshr(x.ir, ir.Constant(INT, 1)))
    return Value(f, f.builder.urem(positive.ir, count.ir)).equals(0)


def _signed(word: int) -> int:
    return word - (1 << 64) if word >= 1 << 63 else word


def _judge_one(f: Frame, i: Value) -> None:
    now = f.get_lane("t")
    trigger, was = _asked(f, i, 0), f.lane_of(f.field("was"), i)
    due = f.lane_of(f.field("due"), i)
    true = (trigger < 0.0) | (trigger > 0.0)
    before = f.load(was, 0, DOUBLE) > 0.0
    with f.when(true & ~before):
        waits = f.load(due, 0, DOUBLE) < math.inf
        with f.when(waits):
            _stop_lane(f, Reason.ELSEWHERE)
        delay = _asked(f, i, 1)
        with f.when(~((delay >= 0.0) & (delay < math.inf))):
            _stop_lane(f, Reason.DELAY)
        f.store(now + delay, due)
        with f.when(_column(f, i, AT_TRIGGER) > 0):
            first = _column(f, i, FIRST)
            with f.loop(first + _column(f, i, COUNT), first) as a:
                f.store(_assigned(f, a, 0), f.lane_of(f.field("kept"), a))
    with f.when(~true & _column(f, i, PERSISTENT).equals(0)):
        f.store(_real(f, math.inf), due)
    f.store(f.select(true, _real(f, 1.0), _real(f, 0.0)), was)


def _execute(f: Frame, event: Value) -> None:
    """Set what an event assigns; sizes are those from before it."""
    states, first, count = f.field("states"), _column(f, event, FIRST), _column(f, event, COUNT)
    at_trigger = _column(f, event, AT_TRIGGER) > 0
    with f.loop(first + count, first) as a:
        kept = f.load(f.lane_of(f.field("kept"), a), 0, DOUBLE)
        slot = f.load(f.field("target_slot"), a, INT)
        of_state = slot < states
        place = f.lane_of(f.select(of_state, f.field("y"), f.field("p")), f.select(of_state, slot, slot - states))
        value = f.select(at_trigger, kept, _assigned(f, a, 0)) * _assigned(f, a, 1)
        f.store(value, place)
        with f.when(~(f.abs(value) < math.inf)):
            _stop_lane(f, Reason.NO_VALUE)
    f.store(_real(f, math.inf), f.lane_of(f.field("due"), event))
    f.put_lane("loose", 1.0)
    f.put_lane("again", 1.0)
    executed = f.get_lane("executed") + 1.0
    f.put_lane("executed", executed)
    most = Value(f, f.builder.sitofp(f.field("max_events").ir, DOUBLE))
    with f.when(executed > most):
        _stop_lane(f, Reason.EVENTS)


def _write_await(module: ir.Module, width: int) -> None:
    """`await_due(task, lane)`: let the lane stop where the next execution is due."""
    f = Frame(module, "await_due", width, lane=True)
    with f.loop(f.field("event_count")) as i:
        due = f.load(f.lane_of(f.field("due"), i), 0, DOUBLE)
        sooner = (due > f.get_lane("t")) & (due < f.get_lane("stop"))
        with f.when(sooner):
            f.put_lane("stop", due)
    f.finish()
