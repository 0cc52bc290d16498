"""Long runs as jobs: kept in the store, run in a process of their own, resumed after whatever ends them."""

from __future__ import annotations

from .runner import Runner
from .table import Job, Jobs

__all__ = ["Job", "Jobs", "Runner"]
