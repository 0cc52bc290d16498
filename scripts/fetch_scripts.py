"""Fetch what the tests in the browser need from npm: axe-core, at the version and digest of `package-lock.json`.

The pages themselves load no script of others.  npm is taken from the path; where there is none, Node's wheel is
installed beside the project's Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "package-lock.json"
READY = ROOT / "node_modules" / ".ready"


def npm() -> str:
    """The npm to call; installs Node's wheel when neither the path nor the environment has one."""
    beside = Path(sys.executable).parent / "npm"
    found = shutil.which("npm") or (str(beside) if beside.exists() else None)
    if found is None:
        lock = ROOT / "scripts" / "node.lock"
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        subprocess.run(install, check=True)
        found = str(beside)
    return found


def main() -> int:
    if READY.exists() and READY.read_bytes() == LOCK.read_bytes():
        return 0
    try:
        subprocess.run([npm(), "ci", "--silent"], cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        print(f"axe-core could not be fetched ({failure}); the tests of accessibility need it.")
        return 1
    shutil.copyfile(LOCK, READY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
