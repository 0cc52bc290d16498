"""The folders of the package have an order; each imports itself and those before it, also inside functions."""

from __future__ import annotations

import ast
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
