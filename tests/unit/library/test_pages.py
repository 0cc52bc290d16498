"""The pages of the modules are what the script writes from the modules as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pleio.library import open as open_library

IL11 = open_library("il11")
ROOT = Path(__file__).parents[3]


def test_the_pages_are_up_to_date() -> None:
    script = ROOT / "scripts" / "build_library_pages.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr + "run scripts/build_library_pages.py"


@pytest.mark.parametrize("name", IL11.module_names)
def test_each_page_has_its_diagram_its_figure_and_its_gaps(name: str) -> None:
    folder = ROOT / "docs" / "library"
    page = (folder / f"{name}.md").read_text(encoding="utf-8")
    figure = ElementTree.parse(folder / "figures" / f"{name}.svg")
    assert figure.find("{http://www.w3.org/2000/svg}title") is not None
    assert f"(figures/{name}.svg)" in page
    assert "## What it does not know" in page
    if IL11.module(name).network.species:
        ElementTree.parse(folder / "diagrams" / f"{name}.svg")
        assert f"(diagrams/{name}.svg)" in page
