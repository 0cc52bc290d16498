"""The loop of the lockstep engine, written once for a method and a vector width; programs plug in as code addresses.

until no lane runs:
    save what is due at the start of a member or after a stop; lanes that are done leave and take the next member
    step: all lanes at once, each with its own h
    judge: each lane accepts or rejects its step, and gets its next h
    save, from the step's interpolant, what lies inside it, and take the step into what is reduced
    lanes that reach their stop meet it
"""

from __future__ import annotations

import math
from collections.abc import Callable

import llvmlite.ir as ir

from ...compiler.backends import tables, vector_math
from ...compiler.backends.value import Value
from ..status import Reason
from .frame import Frame, each_lane
from .happening import happen, write_happening
from .lanes import save, write_lanes
from .reducing import reduce_step, remember, restore
from .step import Step
from .turning import cut_short, locate, moment

SAFETY, SMALLEST, LARGEST = 0.9, 0.2, 6.0
SHORT_OF, LEAST_SHARE = 0.99, 1e-3  # of the way to 0: where a step ends that would go through; of the step at least
BACK = 0.25  # of a step after which the rates have no value: what is tried instead
CRAWLING, MOST_CRAWLED = 1e-8, 200.0  # of the span: a step that hardly goes on; how many are taken
LEAST = 1e-30  # of the span: a step below it is no step
STEADY = 0.01  # of the tolerance: what may still move over the span that is asked for

Method = Callable[[Frame], Step]


def write_kernel(method: Method, width: int, triple: str) -> str:
    """Write the kernel for a method as LLVM text; its entry is `integrate(task)`."""
    module = ir.Module("kernel")
    module.triple = triple
    vector_math.write_math(module, width)
    tables.write_tables(module, width)
    write_lanes(module, width)
    write_happening(module, width)
    f = Frame(module, "integrate", width)
    step = method(f)
    y, z, t_now = f.field("y"), f.field("z"), f.address("t")
    with f.loop(width) as lane:
        f.builder.call(module.globals["fill"], [f.task.ir, lane.ir])
    f.section("prologue", y, t_now, f.field("c"))
    with f.repeat() as loop:
        _turn_over(f, step)
        loop.leave_when(~f.any(_flag(f, "alive")))
        _take_step(f, step)
        accepted, hit, t_new = _judge(f, step)
        locate(f, step, accepted, t_new)
        cut = accepted & _flag(f, "cut")
        t_new, hit = moment(f, step, f.get("turn"), t_new), hit | cut
        _settle(f, step, accepted & ~cut)
        _save_inside(f, step, accepted, hit, t_new)
        reduce_step(f, step, accepted, t_new)
        cut_short(f, step, cut)
        with f.loop(f.field("states")) as i:
            f.store(f.select(accepted, f.load(z, i), f.load(y, i)), y, i)
        step.keep(accepted)
        f.put("t", f.select(accepted, t_new, f.get("t")))
        # a lane that starts in its steady state settles in the one step that also reaches the end: it has not failed
        each_lane(f, accepted & hit & ~_flag(f, "done"), "meet")
    f.finish()
    return str(module)


def _flag(f: Frame, name: str) -> Value:
    return f.get(name) > 0.0


def _turn_over(f: Frame, step: Step) -> None:
    """Save at the current time of fresh lanes; let done lanes leave, until none is."""
    with f.repeat() as loop:
        step.solve_unknowns()
        happen(f)
        fresh, done = _flag(f, "fresh") & _flag(f, "alive"), _flag(f, "done") & _flag(f, "alive")
        due = fresh & (f.get("next_save") <= f.get("t"))
        with f.when(f.any(due)):
            f.section("output", f.field("y"), f.address("t"), f.field("o"))
            save(f, due)
        loop.leave_when(~f.any(done))
        each_lane(f, done, "leave")
        f.section("prologue", f.field("y"), f.address("t"), f.field("c"))


def _prepare(f: Frame, step: Step) -> None:
    """Compute the rates; lanes in which they have no value go back and try a shorter step."""
    step.prepare()
    alive = _flag(f, "alive")
    lost = alive & ~step.has_value()
    with f.when(f.any(lost), likely=False):
        f.put("guarded", f.select(lost, f.max(f.get("guarded"), f.real(1.0)), f.get("guarded")))
        step.clip(f.field("y"), lost)
        step.prepare()
        lost = lost & ~step.has_value()
        shorter = f.get("last_h") * BACK
        fails = lost & (_flag(f, "fresh") | ~(shorter > _least(f)))
        back = lost & ~_flag(f, "fresh")
        _fail(f, fails, Reason.NO_VALUE)
        _go_back(f, back, shorter)
        step.prepare()
    top = f.field("top")
    with f.loop(f.field("states")) as i:
        value = f.load(f.field("y"), i)
        f.store(value, f.field("before"), i)
        f.store(f.max(f.load(top, i), f.abs(value)), top, i)
    remember(f)
    f.put("t_before", f.get("t"))
    f.put("save_before", f.get("save"))


def _go_back(f: Frame, back: Value, shorter: Value) -> None:
    """Undo the last step; rows saved in it are written again."""
    y, before = f.field("y"), f.field("before")
    with f.loop(f.field("states")) as i:
        f.store(f.select(back, f.load(before, i), f.load(y, i)), y, i)
    f.put("t", f.select(back, f.get("t_before"), f.get("t")))
    f.put("h", f.select(back, shorter, f.get("h")))
    f.put("rejected", f.get("rejected") + f.as_real(back))
    for name, value in (("last_h", 0.0), ("last_error", 0.0), ("held_back", 1.0)):
        f.put(name, f.select(back, f.real(value), f.get(name)))
    restore(f, back)
    each_lane(f, back, "unsave")


def _fail(f: Frame, mask: Value, why: Reason | Value) -> None:
    """Lanes that cannot go on are done; the first failure of a lane is the one that is told."""
    mask = mask & ~_flag(f, "done")
    code = why if isinstance(why, Value) else f.real(float(why))
    f.put("failure", f.select(mask, code, f.get("failure")))
    f.put("done", f.select(mask, f.real(1.0), f.get("done")))


def _least(f: Frame) -> Value:
    """The step that is no step any more."""
    return f.fma(f.abs(f.get("t")), f.real(1e-15), f.broadcast(f.field("first_step")) * LEAST)


def _take_step(f: Frame, step: Step) -> None:
    _prepare(f, step)
    fresh = _flag(f, "fresh")
    with f.when(f.any(fresh)):
        f.put("h", f.select(fresh, step.first_step(), f.get("h")))
        for name in ("fresh", "last_h", "last_error", "held_back"):
            f.put(name, f.select(fresh, f.real(0.0), f.get(name)))
    remaining, h = f.get("stop") - f.get("t"), f.get("h")
    hit = h * 1.01 >= remaining
    h = f.select(hit, remaining, f.select(h * 2.0 > remaining, remaining * 0.5, h))
    f.put("h", h)
    step.advance(h)


def _judge(f: Frame, step: Step) -> tuple[Value, Value, Value]:
    """Accept or reject, and choose the next step by Gustafsson's predictive control.

    Source: Hairer & Wanner 1996, Solving Ordinary Differential Equations II, section IV.8, equation (8.25).
    """
    t, h, alive = f.get("t"), f.get("h"), _flag(f, "alive")
    error = step.error()  # the mean square of the error over the tolerance
    finite = (error < math.inf) & step.is_finite(f.field("z"))  # a state that is infinite hides its error
    through = step.through_nothing()
    crosses = finite & (through < 1.0)
    accepted = (error <= 1.0) & finite & ~crosses & alive
    hit = h.equals(f.get("stop") - t)
    t_new = f.select(hit, f.get("stop"), t + h)
    exponent = 1.0 / (2.0 * step.order)
    log_error = vector_math.call(f, "log", f.max(error, f.real(1e-12)))
    growth = log_error * -exponent
    last_h = f.get("last_h")
    ratio = vector_math.call(f, "log", h / f.select(last_h > 0.0, last_h, h))
    predicted = ratio + (f.get("last_error") - log_error) * exponent + growth
    use = accepted & (last_h > 0.0)
    growth = f.select(use, f.min(growth, predicted), growth)
    factor = vector_math.call(f, "exp", growth) * SAFETY
    factor = f.max(f.min(factor, f.real(LARGEST)), f.real(SMALLEST))
    factor = f.select(crosses, f.min(factor, f.max(through * SHORT_OF, f.real(LEAST_SHARE))), factor)
    unguarded = ~finite & ~_flag(f, "guarded")  # the same step again, negligible negative amounts counting as 0
    factor = f.select(finite, factor, f.select(unguarded, f.real(1.0), f.real(SMALLEST)))
    f.put("guarded", f.select(unguarded & alive, f.real(1.0), f.get("guarded")))
    calm = (f.get("held_back") > 0.0) | ~accepted
    factor = f.select(calm, f.min(factor, f.real(1.0)), factor)
    f.put("held_back", f.as_real(alive & ~accepted))
    f.put("last_h", f.select(accepted, h, last_h))
    f.put("last_error", f.select(accepted, f.max(log_error, f.real(math.log(1e-4))), f.get("last_error")))
    f.put("steps", f.get("steps") + f.as_real(accepted))
    f.put("rejected", f.get("rejected") + f.as_real(alive & ~accepted))
    h_next = h * factor
    f.put("h", h_next)
    _give_up(f, accepted, finite, h_next)
    return accepted, hit, t_new


def _give_up(f: Frame, accepted: Value, finite: Value, h_next: Value) -> None:
    """Lanes that cannot go on are done, with a failure."""
    most = f.broadcast(Value(f, f.builder.sitofp(f.field("max_steps").ir, f.vector.element)))
    exhausted = f.get("steps") + f.get("rejected") >= most
    tiny = ~accepted & ~(h_next > _least(f))
    failed = (exhausted | tiny) & _flag(f, "alive")
    with f.when(f.any(_flag(f, "guarded")), likely=False):
        _crawl(f, accepted)
    with f.when(f.any(failed)):
        small = f.select(finite, f.real(float(Reason.STEP_SIZE)), f.real(float(Reason.NOT_FINITE)))
        _fail(f, failed, f.select(tiny, small, f.real(float(Reason.STEPS))))


def _crawl(f: Frame, accepted: Value) -> None:
    """A guarded lane that goes on by tiny steps only is not at a rounding error but at the end of the domain."""
    whole = f.select(f.field("settle").equals(0), f.field("first_step"), f.field("span"))
    crawls = accepted & _flag(f, "guarded") & (f.get("last_h") < f.broadcast(whole) * CRAWLING)
    f.put("guarded", f.get("guarded") + f.as_real(crawls))
    _fail(f, f.get("guarded") > MOST_CRAWLED, Reason.NO_VALUE)


def _settle(f: Frame, step: Step, accepted: Value) -> None:
    """In a settling task, a lane is done when nothing moves by more than a hundredth of the tolerance over the span."""
    with f.when(~f.field("settle").equals(0)):
        long = accepted & (step.taken >= f.broadcast(f.field("span")))
        with f.when(f.any(long)):
            steady = long & (step.change() <= STEADY * STEADY)
            f.put("done", f.select(steady, f.real(1.0), f.get("done")))
            f.put("fresh", f.select(steady, f.real(1.0), f.get("fresh")))
            f.put("next_save", f.select(steady, f.real(-math.inf), f.get("next_save")))


def _save_inside(f: Frame, step: Step, accepted: Value, hit: Value, t_new: Value) -> None:
    """Save the times that lie inside the step; a time that is a stop is saved after what happens there."""

    def due() -> Value:
        when = f.get("next_save")
        return accepted & ((when < t_new) | (when.equals(t_new) & ~hit)) & (when > -math.inf)

    with f.when(f.any(due())):
        step.prepare_dense()
        with f.repeat() as loop:
            now = due()
            loop.leave_when(~f.any(now))
            when = f.get("next_save")
            f.put("sample", when)
            step.interpolate((when - f.get("t")) / step.taken)
            f.section("output", f.field("g"), f.address("sample"), f.field("o"))
            save(f, now)
