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
        tidy: verify and run the general optimisations first; straight-line code needs neither.
    """
    machine = _target_machine(effort)
    context = llvm.create_context()
    try:
        with llvm.parse_assembly(text, context) as module:
            if tidy:
                module.verify()
                _tidy(module, machine)
            result: bytes = machine.emit_object(module)
    except BaseException:
        # An interruption can leave a module that nobody closed: what it lives in is given up with it, since a module
        # that outlives its context takes the process down when it is collected.
        context.detach()
        raise
    context.close()
    return result


def _tidy(module: Any, machine: Any) -> None:
    with llvm.create_pipeline_tuning_options(speed_level=2) as options:
        options.loop_vectorization = options.slp_vectorization = False
        with llvm.create_pass_builder(machine, options) as builder, builder.getModulePassManager() as passes:
            passes.run(module, builder)


def _linker() -> Any:
    """A linker, which lays the parts of an object next to each other, however full memory is.

    The older one (MCJIT) asks for each part by itself, and ends the process where two come to lie over 2 GiB apart.
    """
    here = host()
    machine = llvm.Target.from_triple(here.triple).create_target_machine(cpu=here.cpu, features=here.features, opt=2)
    return llvm.create_lljit_compiler(machine, use_jit_link=True)


@dataclass
class Code:
    """Machine code loaded into this process; addresses are valid while it lives.

    Attributes:
        objects: object files.
        names: functions of them that are called from outside.
    """

    objects: tuple[bytes, ...]
    names: tuple[str, ...]
    _library: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        builder = llvm.JITLibraryBuilder().add_current_process()
        for data in self.objects:
            builder.add_object_img(data)
        for name in self.names:
            builder.export_symbol(name)
        self._library = builder.link(_linker(), "code")

    def address(self, name: str) -> int:
        address: int = self._library[name]
        return address

    def function(self, name: str, *arguments: Any, result: Any = None) -> Any:
        """Make a function callable; calls let other threads run."""
        return ctypes.CFUNCTYPE(result, *arguments)(self.address(name))
