"""A row of observations as a file has it, changed at will: read against the library, and planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pleio.base.yaml import dump
from pleio.inference.observations import Observation
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation.rows import Plan, plan

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
ROW: dict[str, Any] = {
    "id": "One", "module": "platelets", "readout": "platelet count", "unit": "10^9/L",
    "population": {"species": "human", "condition": "healthy volunteers"},
    "regimen": {"agent": "rhIL-11", "amount": "50 µg/kg", "route": "s.c.", "every": "1 d", "times": 14}, "time": "14 d",
    "value": 400, "spread": {"kind": "SD", "value": 80}, "n": 10, "question": "sufficiency", "source": "pubmed:1",
    "trust": "abstract",
}  # fmt: skip


def row(tmp_path: Path, **changes: Any) -> Observation:
    """Write the row to a file with some keys changed, those that are None left out, and read it."""
    file = tmp_path / "rows.yaml"
    whole = {key: value for key, value in {**ROW, **changes}.items() if value is not None}
    file.write_text(dump([whole]), encoding="utf-8")
    return read_all(IL11, file)[0]


def planned(tmp_path: Path, **changes: Any) -> Plan:
    return plan(row(tmp_path, **changes), READOUTS)
