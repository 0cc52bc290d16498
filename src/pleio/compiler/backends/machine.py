"""From LLVM text to machine code in this process: the host's features, compiling, loading, and the vector width."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import llvmlite
import llvmlite.binding as llvm


@dataclass(frozen=True)
class Host:
    """The processor that code is made for.

    Attributes:
        lanes: doubles in one of its vector registers.
    """

    triple: str
    cpu: str
    features: str
    lanes: int

    @property
    def identity(self) -> str:
        """What compiled code depends on besides its source."""
        return f"{self.triple}|{self.cpu}|{self.features}|llvmlite {llvmlite.__version__}"


@cache
def host() -> Host:
    """Describe this machine."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features()
    known = {name for name, present in features.items() if present}
    lanes = 8 if {"avx512f", "avx512dq"} <= known else 4 if {"avx2", "fma"} <= known else 2
    return Host(llvm.get_default_triple(), llvm.get_host_cpu_name(), features.flatten(), lanes)


@cache
def _target_machine(effort: int) -> Any:
    here = host()
    return llvm.Target.from_triple(here.triple).create_target_machine(
        cpu=here.cpu, features=here.features, opt=effort, reloc="pic", codemodel="default"
    )


def compile_object(text: str, effort: int = 2, tidy: bool = False) -> bytes:
    """Compile LLVM text to an object file.

    Args:
        effort: of code generation, 0 to 3.
        tidy: run the general optimisations first; straight-line code needs none.
    """
    machine = _target_machine(effort)
    with llvm.create_context() as context, llvm.parse_assembly(text, context) as module:
        module.verify()
        if tidy:
            options = llvm.create_pipeline_tuning_options(speed_level=2)
            options.loop_vectorization = options.slp_vectorization = False
            builder = llvm.create_pass_builder(machine, options)
            builder.getModulePassManager().run(module, builder)
        result: bytes = machine.emit_object(module)
    return result


@dataclass
class Code:
    """Machine code loaded into this process; addresses are valid while it lives."""

    objects: tuple[bytes, ...]
    _engine: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        host()
        module = llvm.parse_assembly("")
        module.triple = host().triple
        self._engine = llvm.create_mcjit_compiler(module, _engine_machine())
        for data in self.objects:
            self._engine.add_object_file(llvm.ObjectFileRef.from_data(data))
        self._engine.finalize_object()

    def address(self, name: str) -> int:
        address: int = self._engine.get_function_address(name)
        if not address:
            raise KeyError(name)
        return address

    def function(self, name: str, *arguments: Any, result: Any = None) -> Any:
        """Make a function callable; calls let other threads run."""
        return ctypes.CFUNCTYPE(result, *arguments)(self.address(name))


def _engine_machine() -> Any:
    here = host()
    return llvm.Target.from_triple(here.triple).create_target_machine(cpu=here.cpu, features=here.features, opt=2)
