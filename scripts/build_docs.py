"""Write `docs/reference` from the docstrings: one page per folder of the package, one for the commands.

Run `make docs`; `tests/test_docs_cover.py` fails while a page differs from what this would write.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
FOLDERS = (
    "base store claims reading mechanisms assembly compiler simulation studies inference formats artifacts library web"
).split()


def pages() -> dict[str, str]:
    """Give every page of the reference by file name."""
    written = {f"{name}.md": text for name in FOLDERS if (text := folder_page(name))}
    written["python.md"] = package_page()
    written["commands.md"] = commands_page()
    return written


def package_page() -> str:
    import pleio

    names = [name for name in pleio.__all__ if name != "__version__"]
    parts = ["# pleio", "", inspect.getdoc(pleio) or "", ""]
    for name in names:
        parts += entry("pleio", name, getattr(pleio, name))
    return "\n".join(parts).rstrip() + "\n"


def folder_page(folder: str) -> str:
    module = importlib.import_module(f"pleio.{folder}")
    names = list(getattr(module, "__all__", ()))
    if not names:
        return ""
    parts = [f"# pleio.{folder}", "", inspect.getdoc(module) or "", ""]
    for name in names:
        parts += entry(f"pleio.{folder}", name, getattr(module, name))
    return "\n".join(parts).rstrip() + "\n"


def entry(where: str, name: str, value: Any) -> list[str]:
    """Write one public name: its signature, its docstring, and the public methods of a class."""
    if inspect.isclass(value):
        lines = [f"## class `{where}.{name}`", "", doc(value), ""]
        for method, member in vars(value).items():
            function = member.__func__ if isinstance(member, classmethod | staticmethod) else member
            function = member.fget if isinstance(member, property) else function
            if method.startswith("_") or not inspect.isfunction(function) or not function.__doc__:
                continue
            shown = method if isinstance(member, property) else f"{method}{signature(function)}"
            lines += [f"### `{name}.{shown}`", "", doc(function), ""]
        return lines
    if callable(value):
        return [f"## `{where}.{name}{signature(value)}`", "", doc(value), ""]
    return [f"## `{where}.{name}`", "", f"A {type(value).__name__}.", ""]


def signature(function: Any) -> str:
    try:
        return str(inspect.signature(function)).replace("'", "")
    except (TypeError, ValueError):
        return "(…)"


def doc(value: Any) -> str:
    """Give a docstring as Markdown: its Google-style sections as they are, in a block that keeps their lines."""
    text = inspect.getdoc(value) or ""
    head, _, rest = text.partition("\n\n")
    return f"{head}\n\n```text\n{rest.rstrip()}\n```" if rest.strip() else head


def commands_page() -> str:
    import click
    import typer.main

    from pleio.cli.main import app

    group = typer.main.get_command(app)
    parts = ["# Commands", "", "Exit status: 0 done, 1 findings, 2 usage or bad input, 3 a fault of ours.", ""]

    def walk(command: Any, path: str) -> None:
        context = click.Context(command, info_name=path)
        if hasattr(command, "commands"):
            for name in sorted(command.commands):
                walk(command.commands[name], f"{path} {name}")
            return
        usage = " ".join(p for p in command.collect_usage_pieces(context))
        parts.extend([f"## `{path} {usage}`".rstrip(), "", inspect.cleandoc(command.help or ""), ""])
        rows = [p.get_help_record(context) for p in command.params if hasattr(p, "get_help_record")]
        shown = [row for row in rows if row and not row[0].startswith("--help") and not row[0].startswith("-h")]
        if shown:
            parts.extend(["| option | meaning |", "|---|---|"])
            parts.extend(f"| `{a}` | {' '.join(b.split())} |".replace("||", "|") for a, b in shown)
            parts.append("")

    walk(group, "pleio")
    return "\n".join(parts).rstrip() + "\n"


def main() -> int:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    written = pages()
    for stale in {p.name for p in REFERENCE.glob("*.md")} - set(written):
        (REFERENCE / stale).unlink()
    for name, text in written.items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    print(f"{len(written)} pages in docs/reference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
