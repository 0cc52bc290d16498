"""Floating-point work: what a step takes as the compiler counts it, and what one core of this machine can do."""

from __future__ import annotations

import ctypes
import re
import time
from functools import cache

import llvmlite.ir as ir
import numpy as np

from pleio.compiler.backends import machine, vector_math
from pleio.compiler.program import Program
from pleio.simulation.lockstep.engine import METHODS

CHAINS = 16  # independent sums, more than a fused multiply-add takes cycles
ROUNDS = 4_000_000


@cache
def peak() -> float:
    """Floating-point operations per CPU second of one core: fused multiply-adds in registers, the best of five."""
    width = machine.host().lanes
    kind = f"<{width} x double>"
    names = [f"%a{i}" for i in range(CHAINS)]
    phis = "\n".join(f"  {name} = phi {kind} [ zeroinitializer, %start ], [ {name}.next, %loop ]" for name in names)
    steps = "\n".join(
        f"  {name}.next = call {kind} @llvm.fma.v{width}f64({kind} %x, {kind} %x, {kind} {name})" for name in names
    )
    sums, total = [], f"{names[0]}.next"
    for i, name in enumerate(names[1:]):
        sums.append(f"  %s{i} = fadd {kind} {total}, {name}.next")
        total = f"%s{i}"
    text = f"""target triple = "{machine.host().triple}"
declare {kind} @llvm.fma.v{width}f64({kind}, {kind}, {kind})
define void @fused(ptr %data, i64 %rounds) {{
start:
  %x = load {kind}, ptr %data, align {8 * width}
  br label %loop
loop:
  %k = phi i64 [ 0, %start ], [ %next, %loop ]
{phis}
{steps}
  %next = add i64 %k, 1
  %more = icmp ult i64 %next, %rounds
  br i1 %more, label %loop, label %end
end:
{chr(10).join(sums)}
  store {kind} {total}, ptr %data, align {8 * width}
  ret void
}}
"""
    code = machine.Code((machine.compile_object(text),), ("fused",))
    fused = code.function("fused", ctypes.c_void_p, ctypes.c_int64)
    memory = np.zeros(width + 16)
    start = -(-memory.ctypes.data // 128) * 128
    best = 0.0
    for _ in range(5):
        begin = time.process_time()
        fused(start, ROUNDS)
        best = max(best, 2.0 * width * CHAINS * ROUNDS / (time.process_time() - begin))
    return best


@cache
def function_work() -> dict[str, int]:
    """Floating-point operations in each vector function, counted in its code; a fused one counts as two."""
    module = ir.Module("functions")
    vector_math.write_math(module, 2)
    found = {}
    for body in re.split(r"\ndefine ", str(module))[1:]:
        name = re.search(r'@"?pleio\.(\w+)', body)
        assert name is not None
        found[name[1]] = len(re.findall(r"= f(?:add|sub|mul|div) ", body)) + 2 * len(re.findall(r"@\"?llvm\.fma", body))
    return found


def section_work(program: Program) -> dict[str, int]:
    """Floating-point operations of each part of a program; a comparison or a choice counts as one."""
    functions = function_work()
    counts = {
        section.name: sum(functions.get(program.graph.op[node], 1) for node in program.order(section))
        for section in program.sections
    }
    pivots = program.elimination.pivots
    counts["factor"] = sum(1 + len(p.column) + 2 * len(p.updates) for p in pivots)
    counts["solve"] = sum(1 + 2 * (len(p.column) + len(p.row)) for p in pivots)
    return counts


def step_work(program: Program, method: str) -> int:
    """Floating-point operations of one step."""
    counts, stages, states = section_work(program), METHODS[method].stages, len(program.states)
    combining = 2 * stages * stages * states
    if method == "dopri5":
        return (stages - 1) * counts["rates"] + combining // 2
    return counts["jacobian"] + counts["factor"] + stages * counts["solve"] + (stages - 1) * counts["rates"] + combining
