"""Fetch the third-party scripts of the pages from their packages, at the versions and digests of `package-lock.json`.

Nothing of others is committed: the files land in `src/pleio/web/static/vendor/`, which git ignores and the wheel
includes. npm is taken from the path; where there is none, Node's wheel is installed beside the project's Python.
The pages stay readable without these files; only what is drawn with WebGL needs them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "pleio" / "web" / "static" / "vendor"
READY = VENDOR / ".ready"

#: What a page loads, and the licence that goes with it.
FILES = {
    "graphology/dist/graphology.umd.min.js": "graphology.js",
    "graphology/LICENSE.txt": "graphology.licence.txt",
    "sigma/dist/sigma.min.js": "sigma.js",
    "sigma/LICENSE.txt": "sigma.licence.txt",
}


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


def fresh() -> bool:
    """Whether the files are those of the lock as it stands."""
    return READY.exists() and READY.read_bytes() == (ROOT / "package-lock.json").read_bytes()


def main() -> int:
    if fresh():
        return 0
    try:
        subprocess.run([npm(), "ci", "--silent"], cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as failure:
        print(f"The scripts of the atlas could not be fetched ({failure}); the pages fall back to still drawings.")
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    shutil.copyfile(ROOT / "package-lock.json", READY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
