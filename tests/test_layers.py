"""The folders of the package have an order; each imports itself and those before it, also inside functions.

Files have one too: none needs itself to be loaded, through whatever others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "pleio"
ORDER = (
    "base store claims reading mechanisms assembly compiler simulation "
    "studies inference formats artifacts library web cli"
).split()


def imported_folders(file: Path, package: Path = PACKAGE) -> set[str]:
    """Name the folders of the package that a file imports, anywhere in it."""
    parts = ("pleio", *file.relative_to(package).with_suffix("").parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = parts[: -node.level] if node.level else ()
            base = [*above, *(node.module or "").split(".")] if node.level else (node.module or "").split(".")
            stem = ".".join(part for part in base if part)
            names = [f"{stem}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            head = name.split(".")
            if head[0] == "pleio" and len(head) > 1 and head[1] in ORDER:
                found.add(head[1])
    return found


def test_every_folder_has_a_place_in_the_order() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(ORDER)


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_only_itself_and_the_folders_before_it(folder: str) -> None:
    allowed = set(ORDER[: ORDER.index(folder) + 1])
    wrong = {
        str(file.relative_to(PACKAGE)): sorted(imported_folders(file) - allowed)
        for file in sorted((PACKAGE / folder).rglob("*.py"))
        if imported_folders(file) - allowed
    }
    assert not wrong


def test_the_check_sees_imports_of_every_form(tmp_path: Path) -> None:
    file = tmp_path / "base" / "x.py"
    file.parent.mkdir()
    file.write_text(
        "import pleio.cli.main\nfrom ..web import app\n"
        "def f():\n    from pleio.store import a\n    from .. import claims\n"
    )
    assert imported_folders(file, tmp_path) == {"cli", "web", "store", "claims"}


def loaded_with(tree: ast.AST) -> Iterator[ast.ImportFrom]:
    """Give the relative imports that run when a file is loaded: not those in functions, nor for a type checker."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        ):
            yield from loaded_with(node)


def needs(package: Path) -> dict[Path, set[Path]]:
    """Give for each file the files that are loaded before it is."""
    found: dict[Path, set[Path]] = {}
    for file in sorted(package.rglob("*.py")):
        found[file] = set()
        for node in loaded_with(ast.parse(file.read_text(encoding="utf-8"))):
            home = file.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [home / f"{alias.name}.py" for alias in node.names]
            whole = [home.with_suffix(".py"), home / "__init__.py"]
            found[file] |= {one for one in ([name for name in names if name.exists()] or whole) if one.exists()}
        found[file] -= {file}
    return found


def test_no_file_needs_itself_to_be_loaded() -> None:
    TopologicalSorter(needs(PACKAGE)).prepare()


def test_a_circle_of_files_is_seen_and_one_for_types_alone_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from .b import x\n")
    (tmp_path / "b.py").write_text("if TYPE_CHECKING:\n    from .a import y\ndef f():\n    from . import a\n")
    TopologicalSorter(needs(tmp_path)).prepare()
    (tmp_path / "b.py").write_text("try:\n    from . import a\nexcept ImportError:\n    pass\n")
    with pytest.raises(CycleError):
        TopologicalSorter(needs(tmp_path)).prepare()
