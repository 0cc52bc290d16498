"""Names that load at first use: each is there, and is the one that a type checker sees."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

FOLDERS = ("pleio.claims", "pleio.inference", "pleio.library", "pleio.library.packaging", "pleio.studies")


def _checked(folder: str) -> dict[str, str]:
    """Public name → the module that a type checker finds it in."""
    file = import_module(folder).__file__
    assert file is not None
    found: dict[str, str] = {}
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If):
            for line in node.body:
                assert isinstance(line, ast.ImportFrom) and line.level == 1 and line.module
                found |= {alias.asname or alias.name: line.module for alias in line.names}
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_name_is_what_a_type_checker_sees(folder: str) -> None:
    package, checked = import_module(folder), _checked(folder)
    assert set(checked) == set(package.__all__)
    for name, module in checked.items():
        assert getattr(package, name) is getattr(import_module(f"{folder}.{module}"), name)
    with pytest.raises(AttributeError, match=f"module '{folder}' has no attribute 'nothing'"):
        _ = package.nothing


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_alone_loads_nothing_heavy(folder: str) -> None:
    asked = f"import sys, {folder}; print(sorted({{'numpy', 'pydantic', 'xarray', 'llvmlite'}} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
