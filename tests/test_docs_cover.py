"""The documentation is current, covers every public name, and what it shows can be run."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_docs"] = module
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_docstrings_say(build: ModuleType) -> None:
    stale = [
        name
        for name, text in build.pages().items()
        if not (build.REFERENCE / name).is_file() or (build.REFERENCE / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"


def test_every_public_name_has_a_docstring(build: ModuleType) -> None:
    missing = []
    for folder in ("", *build.FOLDERS):
        module = importlib.import_module(f"pleio.{folder}".rstrip("."))
        names = getattr(module, "__all__", ())
        in_order = sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
        assert list(names) == in_order, f"{module.__name__}.__all__ is not in order: constants, classes, functions"
        for name in names:
            value = getattr(module, name)
            if (inspect.isclass(value) or inspect.isfunction(value)) and not inspect.getdoc(value):
                missing.append(f"{module.__name__}.{name}")
    assert missing == []


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))], ids=lambda p: p.name
)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", text)
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_the_python_of_the_first_hour_runs(home: Path) -> None:
    text = (ROOT / "docs" / "guide" / "first-hour.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) >= 2
    names: dict[str, object] = {}  # a reader goes from one block to the next
    for block in blocks:
        exec(compile(block, "first-hour.md", "exec"), names)  # noqa: S102 -- our own page


def test_the_commands_of_the_first_hour_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pleio.cli.main import run

    page = ROOT / "src" / "pleio" / "library" / "il11" / "page.md"
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "guide" / "first-hour.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL) for line in block.splitlines()]
    commands = [
        shlex.split(line.replace("$PAGE", str(page)), comments=True) for line in lines if line.startswith("pleio ")
    ]
    # studies of a thousand worlds and what `pleio up` publishes have tests of their own
    quick = [words[1:] for words in commands if words[1] not in ("study", "value", "artifact")]
    assert len(quick) >= 12
    failed = {" ".join(words): capsys.readouterr().err for words in quick if run(words) != 0}
    assert failed == {}


def test_no_lazy_name_is_also_a_file(build: ModuleType) -> None:
    """A lazy name that is a file of its folder would turn into the module once anything imports that file."""
    clashes = []
    for folder in build.FOLDERS:
        module = importlib.import_module(f"pleio.{folder}")
        if "__getattr__" in vars(module):
            files = {path.stem for path in Path(module.__path__[0]).glob("*.py")}
            clashes += [f"{folder}.{name}" for name in files & set(module.__all__)]
    assert clashes == []
