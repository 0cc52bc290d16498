"""Vector functions against extended precision, their edge cases, and the same bits on every width."""

from __future__ import annotations

import ctypes

import llvmlite.ir as ir
import numpy as np
import pytest

from pleio.compiler.backends import machine, vector_math
from pleio.compiler.backends.emit import INT, POINTER, Emitter, declare
from pleio.compiler.backends.straight import MATH, TOGETHER

Array = np.ndarray
WIDTHS = (2, 4, 8)


class Vectors:
    """The functions, compiled for one width."""

    def __init__(self, width: int) -> None:
        self.width = width
        module = ir.Module("test")
        module.triple = machine.host().triple
        vector_math.write_math(module, width)
        for name in vector_math.FUNCTIONS:
            count = 2 if name in ("pow", "any_pow") else 1
            f = Emitter(declare(module, f"map_{name}", [POINTER] * (count + 1) + [INT]), width)
            with f.loop(f.args[-1]) as i:
                value = vector_math.call(f, name, *(f.load(arg, i) for arg in f.args[:count]))
                f.store(value, f.args[count], i)
            f.finish()
        for count in TOGETHER:
            _map_several(module, width, count)
        names = tuple(f"map_{name}" for name in (*vector_math.FUNCTIONS, *(f"pow{count}" for count in TOGETHER)))
        self.code = machine.Code((machine.compile_object(str(module)),), names)

    def __call__(self, name: str, *inputs: Array) -> Array:
        size = -(-len(inputs[0]) // self.width) * self.width
        arrays = [_aligned(size) for _ in range(len(inputs) + 1)]
        for array, given in zip(arrays, inputs, strict=False):
            array[: len(given)] = given
        function = self.code.function(f"map_{name}", *[ctypes.c_void_p] * len(arrays), ctypes.c_int64)
        function(*(array.ctypes.data for array in arrays), size // self.width)
        return arrays[-1][: len(inputs[0])].copy()


def _map_several(module: ir.Module, width: int, count: int) -> None:
    """A loop over powers that takes `count` of them at a time."""
    f = Emitter(declare(module, f"map_pow{count}", [POINTER] * 3 + [INT]), width)
    function = module.globals[MATH.format(f"pow{count}")]
    step = f.builder.udiv(f.args[-1].ir, ir.Constant(INT, count))
    with f.loop(f.wrap(step)) as i:
        places = [i * count + place for place in range(count)]
        operands = [f.load(arg, place).ir for place in places for arg in f.args[:2]]
        found = f.builder.call(function, operands)
        for number, place in enumerate(places):
            f.store(f.wrap(f.builder.extract_value(found, number)), f.args[2], place)
    f.finish()


def _aligned(size: int) -> Array:
    raw = np.ones(size + 16)
    skip = (-raw.ctypes.data % 128) // 8
    return raw[skip : skip + size]


@pytest.fixture(scope="module")
def vectors() -> dict[int, Vectors]:
    return {width: Vectors(width) for width in WIDTHS}


def ulps(got: Array, want: np.ndarray) -> float:
    unit = np.spacing(np.abs(want.astype(float)))
    return float(np.max(np.abs((got - want) / unit)))


SAMPLES = {
    "exp": (lambda r: r.uniform(-700, 700, 20000), 1.0),
    "log": (lambda r: 10 ** r.uniform(-300, 300, 20000), 0.9),
    "sin": (lambda r: r.uniform(-1e5, 1e5, 20000), 2.1),
    "cos": (lambda r: r.uniform(-1e5, 1e5, 20000), 2.1),
    "tanh": (lambda r: r.uniform(-20, 20, 20000), 3.0),
    "sinh": (lambda r: r.uniform(-710, 710, 20000), 4.0),
    "cosh": (lambda r: r.uniform(-710, 710, 20000), 4.0),
}


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="no extended precision to compare with")
@pytest.mark.parametrize("name", SAMPLES)
def test_the_error_is_what_is_stated(name: str, vectors: dict[int, Vectors]) -> None:
    sample, limit = SAMPLES[name]
    x = sample(np.random.default_rng(1))
    x = np.concatenate([x, np.random.default_rng(2).uniform(0.5, 2, 5000)])
    assert ulps(vectors[8](name, x), getattr(np, name)(x.astype(np.longdouble))) <= limit


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="no extended precision to compare with")
def test_the_error_of_pow_is_what_is_stated(vectors: dict[int, Vectors]) -> None:
    r = np.random.default_rng(3)
    x, y = np.exp(r.uniform(-20, 20, 40000)), r.uniform(-30, 30, 40000)
    want = np.power(x.astype(np.longdouble), y.astype(np.longdouble))
    limit = 1 + np.abs(y) / 4
    assert np.all(np.abs((vectors[8]("pow", x, y) - want) / np.spacing(want.astype(float))) <= limit)


def test_the_short_way_of_pow_is_the_long_one(vectors: dict[int, Vectors]) -> None:
    """A lane takes the long way where its neighbour must, and must not show it."""
    r = np.random.default_rng(5)
    x, y = np.exp(r.uniform(-700, 700, 40000)), r.normal(0, 2, 40000) ** 3
    np.testing.assert_array_equal(vectors[8]("pow", x, y), vectors[8]("any_pow", x, y))
    x[::8] = 0.0
    np.testing.assert_array_equal(vectors[8]("pow", x, y)[1:8], vectors[8]("any_pow", x, y)[1:8])


@pytest.mark.parametrize("count", TOGETHER)
def test_powers_computed_together_have_the_bits_of_each_alone(count: int, vectors: dict[int, Vectors]) -> None:
    r = np.random.default_rng(5)
    x, y = r.lognormal(0, 3, 512), r.normal(0, 4, 512)
    x[::37], y[::41] = 0.0, 500.0  # some need the longer way
    np.testing.assert_array_equal(vectors[8](f"pow{count}", x, y), vectors[8]("pow", x, y))


def test_edges_are_those_of_ieee_arithmetic(vectors: dict[int, Vectors]) -> None:
    inf, nan = np.inf, np.nan
    x = np.array([0.0, -1.0, inf, -inf, nan, 800.0, -800.0, -745.0, 709.7, 5e-324, 1.0])
    with np.errstate(all="ignore"):
        for name in ("exp", "log", "tanh", "sinh", "cosh", "sin", "cos"):
            np.testing.assert_allclose(vectors[8](name, x), getattr(np, name)(x), rtol=1e-15)
        a = np.array([0, 0, 0, -2, -2, -2, inf, inf, 2, 2, nan, 1, 0, -8, 2, nan, 0.0, 3, 3, 0.5])
        b = np.array([2, -1, 0, 3, 2, 0.5, 2, -1, inf, -inf, 1, nan, 0.5, 1 / 3, 1024, 0, nan, 1e305, -1e305, 1074])
        np.testing.assert_allclose(vectors[8]("pow", a, b), np.power(a, b), rtol=1e-15)


def test_a_number_that_tells_no_place_in_its_period_has_no_sine(vectors: dict[int, Vectors]) -> None:
    """Beyond 2⁵⁰ neighbouring doubles are a quarter of a radian apart: any number would be as good as another."""
    far = np.array([2.0**50, -(2.0**50), 2.0**50 * 1.01, -(2.0**60), 1e300, 3.0])
    for name in ("sin", "cos"):
        found = vectors[8](name, far)
        assert np.isnan(found).tolist() == [False, False, True, True, True, False]
        assert np.all(np.abs(found[:2]) <= 1)


def test_the_bits_do_not_depend_on_the_width(vectors: dict[int, Vectors]) -> None:
    r = np.random.default_rng(4)
    x, y = r.uniform(0, 50, 1001), r.uniform(-5, 5, 1001)
    for name in vector_math.FUNCTIONS:
        inputs = (x, y) if name in ("pow", "any_pow") else (x,)
        results = [vectors[width](name, *inputs) for width in WIDTHS]
        assert all(np.array_equal(result, results[0], equal_nan=True) for result in results)
