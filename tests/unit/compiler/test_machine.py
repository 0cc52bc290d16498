"""Machine code in a process whose memory is full of holes, and what an interrupted compilation leaves behind."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
from typing import Any

import llvmlite.binding as llvm
import pytest

from pleio.compiler.backends import machine

# A constant of its own section, and code too long for the holes that the constant would fit in.
SOURCE = """
define double @half(double %x) {
  %a = fadd double %x, 0.123456789
ADDITIONS
  ret double %b5000
}
"""
TEXT = SOURCE.replace("ADDITIONS", "  %b0 = fadd double %a, %x").replace(
    "  ret",
    "\n".join(f"  %b{i} = f{'add' if i % 2 else 'sub'} double %b{i - 1}, %x" for i in range(1, 5001)) + "\n  ret",
)

FULL_OF_HOLES = """
import ctypes, sys
from tests_text import TEXT
from pleio.compiler.backends import machine
machine.host(), machine.compile_object(TEXT), machine.Code((machine.compile_object(TEXT),), ("half",))
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
PAGE, NOTHING = 4096, 0x4022  # private, anonymous, not reserved
def take(size):
    return libc.mmap(None, size, 0, NOTHING, -1, 0)
size = 6 << 30
block = take(size)
for pages in (64, 16, 8, 4, 3, 2):
    while (place := take(pages * PAGE)) > block:
        pass
    libc.munmap(place, pages * PAGE)
for k in range(1, 400):
    libc.munmap(block + size - k * 16 * PAGE, 2 * PAGE)
for _ in range(20):
    code = machine.Code((machine.compile_object(TEXT),), ("half",))
    print(code.function("half", ctypes.c_double, result=ctypes.c_double)(2.0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the holes are made by Linux's mmap")
def test_code_loads_where_memory_is_full_of_holes(tmp_path: Any) -> None:
    (tmp_path / "tests_text.py").write_text(f"TEXT = {TEXT!r}\n")
    (tmp_path / "holes.py").write_text(FULL_OF_HOLES)
    done = subprocess.run([sys.executable, "holes.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert [float(line) for line in done.stdout.split()] == pytest.approx([4.123456789] * 20)


def test_an_interruption_while_text_is_parsed_harms_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []

    def interrupted(text: str, context: Any) -> Any:
        kept.append(parse(text, context))  # as a traceback would keep it
        raise KeyboardInterrupt

    parse = llvm.parse_assembly
    for _ in range(20):
        with monkeypatch.context() as patch:
            patch.setattr(llvm, "parse_assembly", interrupted)
            with pytest.raises(KeyboardInterrupt):
                machine.compile_object(TEXT)
        assert machine.compile_object(TEXT)  # reuses what the context would have freed
        kept.clear()
        gc.collect()
    code = machine.Code((machine.compile_object(TEXT),), ("half",))
    assert code.function("half", ctypes.c_double, result=ctypes.c_double)(1.0) == pytest.approx(2.123456789)


def test_a_function_that_is_not_there_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="nowhere"):
        machine.Code((machine.compile_object(TEXT),), ("nowhere",))
