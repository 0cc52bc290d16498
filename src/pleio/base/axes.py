"""The closed list of array-axis names, used alike in annotations, docstrings, results and figures."""

from __future__ import annotations

MEMBER = "member"
SPECIES = "species"
TIME = "time"
ARM = "arm"
WORLD = "world"
SUBJECT = "subject"
ENDPOINT = "endpoint"
