"""Where in a step a condition turns first: found from looks at places within it, and cut there.

Each accepted step is looked at in the places `PARTS`. A condition that differs from what it was at the step's start has
turned. One that turns and turns back between two looks is found where the difference that it compares with 0 is
smallest in the middle of three looks, of one sign, and the parabola through them comes to less than half of that:
the lowest place is looked at, and so on with the three places around it. Then the moment is halved down on the step's
interpolant, always as often. Only what oscillates faster than the looks stays unseen.
"""

from __future__ import annotations

from ...compiler.backends.value import Value
from .frame import Frame
from .step import Step

PARTS = (1e-3, 0.25, 0.5, 0.75, 1 - 1e-3, 1.0)  # of a step; those near its ends show the slope there
HALVINGS = 46
LOWERINGS = 8  # places looked at in search of the lowest difference

Places = tuple[Value, Value, Value]


def locate(f: Frame, step: Step, accepted: Value, t_new: Value) -> None:
    """Find where in an accepted step a condition turns first; `cut` becomes 1 there, and `turn` the place, 0 to 1."""
    f.put("cut", f.real(0.0))
    f.put("turn", f.real(1.0))
    with f.when((f.field("condition_count") > 0) & f.any(accepted)):
        step.prepare_dense()
        _has_turned(f, step, f.real(0.0), t_new)
        with f.loop(f.field("condition_count")) as k:
            f.store(f.real(0.0), f.field("looked"), k * 3 + 1)  # nothing before the start
            f.store(_difference(f, k), f.field("looked"), k * 3 + 2)
        with f.loop(len(PARTS)) as look:
            places = _part(f, look - 2), _part(f, look - 1), _part(f, look)
            open_lanes = accepted & ~_is_cut(f)
            turned = open_lanes & _has_turned(f, step, places[2], t_new)
            with f.loop(f.field("condition_count")) as k:
                for row in (0, 1):
                    f.store(f.load(f.field("looked"), k * 3 + (row + 1)), f.field("looked"), k * 3 + row)
                f.store(_difference(f, k), f.field("looked"), k * 3 + 2)
            with f.loop(f.field("condition_count")) as k:
                _search_dip(f, step, k, places, open_lanes, t_new)
            _cut(f, turned & ~_is_cut(f), places[1], places[2])
        with f.when(f.any(_is_cut(f))):
            _halve(f, step, t_new)


def _part(f: Frame, look: Value) -> Value:
    """The place of a look; 0 before the first."""
    place = f.real(0.0)
    for i, part in enumerate(PARTS):
        place = f.select(look.equals(i), f.real(part), place)
    return place


def _is_cut(f: Frame) -> Value:
    return f.get("cut") > 0.0


def _cut(f: Frame, mask: Value, left: Value, turn: Value) -> None:
    """In some lanes, a condition is as it was at `left` and has turned at `turn`."""
    f.put("low", f.select(mask, left, f.get("low")))
    f.put("turn", f.select(mask, f.min(f.get("turn"), turn), f.get("turn")))
    f.put("cut", f.select(mask, f.real(1.0), f.get("cut")))


def _halve(f: Frame, step: Step, t_new: Value) -> None:
    with f.loop(HALVINGS):
        middle = (f.get("low") + f.get("turn")) * 0.5
        over = _has_turned(f, step, middle, t_new)
        f.put("low", f.select(over, f.get("low"), middle))
        f.put("turn", f.select(_is_cut(f) & over, middle, f.get("turn")))


def _has_turned(f: Frame, step: Step, place: Value, t_new: Value) -> Value:
    """In which lanes a condition at a place within the step is not what it was at its start."""
    turned, truth = f.field("turned"), f.field("truth")
    step.interpolate(place)
    f.put("sample", moment(f, step, place, t_new))
    f.section("conditions", f.field("g"), f.address("sample"), turned)

    def add(k: Value, total: Value) -> Value:
        return total + f.abs(f.load(turned, k) - f.load(truth, k))

    return f.fold(f.field("condition_count"), f.real(0.0), add) > 0.0


def _difference(f: Frame, condition: Value) -> Value:
    """What a condition compares with 0, where it was looked at last."""
    return f.load(f.field("turned"), f.field("condition_count") + condition)


def _search_dip(f: Frame, step: Step, condition: Value, places: Places, lanes: Value, t_new: Value) -> None:
    """Cut lanes in which a condition turns and turns back between three looks."""
    names = ("left", "middle", "right")
    looked = [f.load(f.field("looked"), condition * 3 + row) for row in range(3)]
    sign = f.select(looked[1] < 0.0, f.real(-1.0), f.real(1.0))
    for name, place, value in zip(names, places, looked, strict=True):
        f.put(f"{name}_place", place)
        f.put(f"{name}_value", value * sign)
    a, b, c = (f.get(f"{name}_value") for name in names)
    f.put("dips", f.as_real(lanes & (b > 0.0) & (a >= b) & (b < c) & _comes_near(f)))
    with f.when(f.any(f.get("dips") > 0.0), likely=False), f.loop(LOWERINGS), f.when(f.any(f.get("dips") > 0.0)):
        _lower(f, step, condition, sign, places[0], t_new)


def _lower(f: Frame, step: Step, condition: Value, sign: Value, begin: Value, t_new: Value) -> None:
    """Look at the lowest place of the parabola, and keep the three places around the lowest known."""
    dips = f.get("dips") > 0.0
    place, middle = _lowest_place(f), f.get("middle_place")
    turned = dips & _has_turned(f, step, place, t_new)
    _cut(f, turned, begin, place)
    value = _difference(f, condition) * sign
    left_of, lower = place < middle, value < f.get("middle_value")
    for name, there in (("left", lower ^ left_of), ("right", ~(lower ^ left_of))):
        new_place = f.select(lower, middle, place)
        new_value = f.select(lower, f.get("middle_value"), value)
        f.put(f"{name}_place", f.select(there, new_place, f.get(f"{name}_place")))
        f.put(f"{name}_value", f.select(there, new_value, f.get(f"{name}_value")))
    f.put("middle_place", f.select(lower, place, middle))
    f.put("middle_value", f.select(lower, value, f.get("middle_value")))
    f.put("dips", f.as_real(dips & ~turned & _comes_near(f)))


def _parabola(f: Frame) -> tuple[Value, Value]:
    """The lowest place of the parabola through three places, and how deep below the middle one it is there."""
    middle, value = f.get("middle_place"), f.get("middle_value")
    u, v = f.get("left_place") - middle, f.get("right_place") - middle
    to_left, to_right = (f.get("left_value") - value) / u, (f.get("right_value") - value) / v
    curve = (to_right - to_left) / (v - u)
    slope = to_left - curve * u
    offset = slope / (curve * -2.0)
    return middle + offset, slope * offset * -0.5


def _comes_near(f: Frame) -> Value:
    """Whether the parabola comes to less than half the middle value; so too where a value is infinite."""
    return ~(_parabola(f)[1] < f.get("middle_value") * 0.5)


def _lowest_place(f: Frame) -> Value:
    place, left, right = _parabola(f)[0], f.get("left_place"), f.get("right_place")
    return f.select((place > left) & (place < right), place, (left + right) * 0.5)


def moment(f: Frame, step: Step, place: Value, t_new: Value) -> Value:
    """The time of a place within the step."""
    return f.select(place.equals(1.0), t_new, f.fma(place, step.taken, f.get("t")))


def cut_short(f: Frame, step: Step, cut: Value) -> None:
    """Let the step end where the condition turned."""
    with f.when(f.any(cut)):
        step.interpolate(f.get("turn"))
        z = f.field("z")
        with f.loop(f.field("states")) as i:
            f.store(f.select(cut, f.load(f.field("g"), i), f.load(z, i)), z, i)
