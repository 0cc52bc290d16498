"""Write `docs/reference` from the docstrings: one page per folder of the package, one for the commands.

Run `make docs`; `tests/test_docs_cover.py` fails while a page differs from what this would write.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
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
    titles = {name: text.partition("\n")[0].removeprefix("# ") for name, text in written.items()}
    index = ["# Reference", "", "Written by `make docs` from the docstrings.", ""]
    written["README.md"] = (
        "\n".join([*index, *(f"- [{title}]({name})" for name, title in sorted(titles.items()))]) + "\n"
    )
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
    from pleio.cli.commands import app

    parts = ["# Commands", "", "Exit status: 0 done, 1 findings, 2 usage or bad input, 3 a fault of ours.", ""]
    for path, function in sorted(commands(app, "pleio")):
        parts += [f"## `{path}`", "", inspect.getdoc(function) or "", ""]
        options = [option_row(name, p.default) for name, p in inspect.signature(function).parameters.items()]
        if options:
            parts += ["| argument | meaning |", "|---|---|", *options, ""]
    return "\n".join(parts).rstrip() + "\n"


def commands(app: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each command of a typer application with its function."""
    for command in app.registered_commands:
        yield f"{path} {command.name or command.callback.__name__}", command.callback
    for group in app.registered_groups:
        yield from commands(group.typer_instance, f"{path} {group.name}")


def option_row(name: str, given: Any) -> str:
    """Write one argument or option: how it is spelt, and its help."""
    declared = getattr(given, "param_decls", ()) or ()
    shown = ", ".join(declared) or getattr(given, "metavar", None) or name.upper()
    return f"| `{shown}` | {getattr(given, 'help', None) or ''} |"


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
