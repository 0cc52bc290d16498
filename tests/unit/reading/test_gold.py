"""Reading against gold: a floor under the figures of every document set, so that a change cannot lower them unseen."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from pleio.reading import open_document, read

HERE = Path(__file__).parent
# precision and recall below which a set may not fall
FLOORS = {
    "data": (0.95, 0.96), "unseen/a": (0.95, 0.88), "unseen/b": (0.97, 0.91), "unseen/c": (0.92, 0.81),
    "unseen/d": (0.84, 0.66), "unseen/e": (0.89, 0.73), "unseen/f": (0.91, 0.80), "unseen/g": (0.93, 0.72),
    "unseen/h": (0.85, 0.66), "unseen/i": (0.83, 0.64),
}  # fmt: skip


def _score(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _set(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    gold: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        stem = path.name.removesuffix(".jsonl").removesuffix(".gold")
        text = next(p for p in folder.glob(f"{stem}.*") if p.suffix not in (".jsonl", ".notes"))
        gold += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found += [s.to_json() for s in read(open_document(text))]
    return gold, found


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_set_falls_below_its_floor(shared: Path, name: str) -> None:
    folder = HERE / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent")
    gold, found = _set(folder)
    result, *_ = _score(shared).score(gold, found)
    precision, recall = FLOORS[name]
    assert result["precision"] >= precision and result["recall"] >= recall, (result["precision"], result["recall"])
    least = {"sign": 0.95, "status": 0.95, "modality": 0.95}
    assert {k: result["slots"][k]["acc"] for k in least if result["slots"][k]["acc"] < least[k]} == {}
