"""Run the SBML semantic test suite and write docs/conformance.md: python scripts/conformance_table.py FOLDER."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pleio.formats.sbml.suite import run_suite

DOCS = Path(__file__).resolve().parents[1] / "docs" / "conformance.md"
HEAD = """# Conformance

This page is written by `scripts/conformance_table.py`; no number in it is typed.

## SBML semantic test suite

`pleio check sbml-suite FOLDER --out OUT` predicts each time course before it opens any expected result. A case passes
when every value lies within the case's own absolute plus relative tolerance; what is refused is refused by name, before
anything is integrated.
"""


def main(folder: Path) -> None:
    """Run the suite and write the page."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as out:
        report = run_suite(folder, Path(out))
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    outcome = dict.fromkeys(report["pass"], "pass") | dict.fromkeys(report["refused"], "refused")
    outcome |= dict.fromkeys(report["wrong"], "wrong") | dict.fromkeys(report["crashed"], "crashed")
    kinds = ("pass", "refused", "wrong", "crashed")
    total = Counter(outcome.values())
    lines = [HEAD, f"Of {len(outcome)} cases: " + ", ".join(f"{total[kind]} {kind}" for kind in kinds) + ".", ""]
    lines += ["| construct | " + " | ".join(kinds) + " |", "|---|" + "---:|" * len(kinds)]
    index = folder / "index.json"
    tags = json.loads(index.read_text()) if index.is_file() else {}
    counts: dict[str, Counter[str]] = {}
    for case, entry in tags.items():
        for tag in entry["tags"]:
            counts.setdefault(tag, Counter())[outcome[case]] += 1
    for tag in sorted(counts, key=str.lower):
        lines.append(f"| {tag} | " + " | ".join(str(counts[tag][kind]) for kind in kinds) + " |")
    if report["refused"]:
        lines += ["", "Refused:", ""] + [f"- {case}: {why}" for case, why in report["refused"].items()]
    DOCS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
