"""SED-ML: what to simulate with a model, and what to report of it."""

from __future__ import annotations

from .write import TimeCourse, write_sedml

__all__ = ["TimeCourse", "write_sedml"]
