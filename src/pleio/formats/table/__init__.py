"""Results as tables: CSV for people, NetCDF and Parquet for programs."""

from __future__ import annotations

from .write import write_table

__all__ = ["write_table"]
