"""Draw `docs/library/figures/<module>.svg`: each module simulated, with what was published of it on the same axes.

python scripts/build_library_figures.py [MODULE …]      all figures, or those of some modules

Worlds are drawn from the priors; contested effects stand at the sign that their claims claim, so a figure shows what
would be seen if they are real.  What is seen is read from the library's observations: filled dots were kept for
checking, open ones were open to fits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from module_figures import blood, drugs, signalling, tissue

FOLDER = Path(__file__).parents[1] / "docs" / "library" / "figures"
FIGURES = {one.__name__: one for part in (blood, drugs, signalling, tissue) for one in part.FIGURES}


def main(chosen: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    for name in chosen or FIGURES:
        (FOLDER / f"{name}.svg").write_text(FIGURES[name](), encoding="utf-8")
        print(f"drawn: {name}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
