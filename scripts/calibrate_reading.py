"""Count how often each rule of the reader is right, on every set of documents with gold claims, and write the table.

    python scripts/calibrate_reading.py SCORE.py FOLDER [FOLDER ...]

SCORE.py is the scorer of the gold format; a FOLDER holds documents with their gold claims beside them (`NAME.jsonl` or
`NAME.gold.jsonl`).  A statement that matches a required claim is a success, one that the scorer counts as false a
failure; one that matches an optional claim counts as neither.  The table goes to `src/pleio/reading/right.tsv`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pleio.reading import open_document, read

TABLE = Path(__file__).resolve().parents[1] / "src" / "pleio" / "reading" / "right.tsv"


def main() -> None:
    """Score every set and write the table."""
    score = _module(Path(sys.argv[1]))
    trials: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for folder in map(Path, sys.argv[2:]):
        for path in sorted(folder.glob("*.jsonl")):
            gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            found = [s.to_json() for s in read(open_document(_document(path)))]
            _, _, false, _ = score.score(gold, found)
            ignored = [p for p in found if p not in false and not _is_required(score, gold, p)]
            trials.update(p["rule"] for p in found if p not in ignored)
            wrong.update(p["rule"] for p in false)
    lines = [f"{rule}\t{trials[rule] - wrong[rule]}\t{trials[rule]}" for rule in sorted(trials)]
    head = "# rule\tright\tread: made by scripts/calibrate_reading.py from all sets of documents with gold claims\n"
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} rules, {sum(trials.values())} statements, {sum(wrong.values())} of them wrong")


def _is_required(score: Any, gold: list[dict[str, Any]], found: dict[str, Any]) -> bool:
    return any(
        not g.get("optional") and score.overlap_ok(g, found) and score.triple_ok(g, found, False) is not None
        for g in gold
    )


def _document(gold: Path) -> Path:
    stem = gold.name.removesuffix(".jsonl").removesuffix(".gold")
    return next(p for p in gold.parent.glob(f"{stem}.*") if p.suffix not in (".jsonl", ".notes"))


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
