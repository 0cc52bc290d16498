"""The columns that the script of the atlas draws, read as it reads them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np


def read_columns(written: bytes) -> dict[str, Any]:
    """Read what the page's script reads."""
    length = int.from_bytes(written[:4], "little")
    head, begin = json.loads(written[4 : 4 + length]), 4 + length
    assert begin % 4 == 0, "arrays of the script begin at multiples of four"
    found: dict[str, Any] = {"middle": head["middle"]}
    for name, (kind, offset, count) in head["columns"].items():
        part = written[begin + offset :]
        found[name] = json.loads(part[:count]) if kind == "text" else np.frombuffer(part, f"<{kind}", count)
    return found
