"""Elimination of sparse systems: right, no fuller than known, the same by straight code and by tables, bounded."""

from __future__ import annotations

import ctypes

import llvmlite.ir as ir
import numpy as np
import pytest

from pleio.compiler.backends import algebra, llvm, machine, tables
from pleio.compiler.passes.elimination import Elimination, TooDense, eliminate

WIDTH = 4


def lanes(count: int) -> np.ndarray:
    raw = np.zeros((count + 1) * WIDTH + 16)
    skip = (-raw.ctypes.data % 128) // 8
    return raw[skip : skip + count * WIDTH].reshape(count, WIDTH)


def solve(
    code: machine.Code, names: tuple[str, str], plan: Elimination, matrix: np.ndarray, right: np.ndarray
) -> np.ndarray:
    w, b = lanes(plan.size), lanes(len(right))
    for (i, j), slot in list(plan.slots.items())[: plan.stated]:
        w[slot] = -matrix[:, i, j]  # as both parts take it
    b[:] = right
    for name, table in zip(names, (tables.factor_table(plan), tables.solve_table(plan)), strict=True):
        order = [table.ctypes.data, 0, 0, 0, w.ctypes.data, b.ctypes.data, 0]
        code.function(name, *[ctypes.c_void_p] * 7)(*order)
    return b


def codes(plan: Elimination) -> tuple[machine.Code, machine.Code]:
    """The elimination as straight code, and the tables' loops."""
    functions = [
        *llvm._joined("factor", algebra.straight_line(algebra.factor_steps(plan), WIDTH)),
        *llvm._joined("solve", algebra.straight_line(algebra.solve_steps(plan), WIDTH)),
    ]
    text = llvm._text(functions, WIDTH, machine.host().triple)
    module = ir.Module("tables")
    module.triple = machine.host().triple
    tables.write_tables(module, WIDTH)
    straight = machine.Code((machine.compile_object(text),), ("factor", "solve"))
    return straight, machine.Code((machine.compile_object(str(module)),), ("factor_by_table", "solve_by_table"))


def test_straight_code_and_tables_solve_sparse_systems_alike() -> None:
    r = np.random.default_rng(1)
    size = 40
    pattern = {(int(i), int(j)) for i, j in r.integers(0, size, (110, 2))} | {(i, i) for i in range(size)}
    plan = eliminate(size, pattern)
    matrix = np.zeros((WIDTH, size, size))
    for i, j in pattern:
        matrix[:, i, j] = r.normal(size=WIDTH) + (8.0 if i == j else 0.0)
    right = r.normal(size=(size, WIDTH))
    straight, by_table = codes(plan)
    found = solve(straight, ("factor", "solve"), plan, matrix, right)
    again = solve(by_table, ("factor_by_table", "solve_by_table"), plan, matrix, right)
    for lane in range(WIDTH):
        np.testing.assert_allclose(
            found[:, lane], np.linalg.solve(matrix[lane], right[:, lane]), rtol=1e-12, atol=1e-13
        )
    np.testing.assert_allclose(again, found, rtol=1e-13)


def test_an_arrow_fills_nothing_whichever_way_it_points() -> None:
    arrow = [(0, i) for i in range(30)] + [(i, 0) for i in range(30)]
    plan = eliminate(30, arrow)
    assert plan.size == plan.stated == 30 + 2 * 29
    assert plan.pivots[-1].index == 0 or plan.pivots[-2].index == 0  # the hub is left to the end
    assert plan.factor_operations == 30 + 29 + 29  # in order 0, 1, … it would take some 9,000


def test_a_chain_takes_operations_in_proportion_to_its_length() -> None:
    costs = [
        eliminate(n, [(i, i + 1) for i in range(n - 1)] + [(i + 1, i) for i in range(n - 1)]).factor_operations
        for n in (50, 100)
    ]
    assert costs[1] <= 2 * costs[0] + 2


def test_what_is_too_full_is_refused_before_memory_is() -> None:
    with pytest.raises(TooDense, match="1,500,000 updates"):
        eliminate(300, [(i, j) for i in range(300) for j in range(300)])
    with pytest.raises(TooDense, match="1,000,000 states"):
        eliminate(1_000_000, [])
