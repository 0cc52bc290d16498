"""The pages of the modules are what the script writes from the modules as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_pages_are_up_to_date() -> None:
    script = ROOT / "scripts" / "build_library_pages.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr + "run scripts/build_library_pages.py"
