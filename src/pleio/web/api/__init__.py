"""The HTTP interface for programs: the same verbs as the commands, with one error shape, cursors and tags."""

from __future__ import annotations

from .app import create_api

__all__ = ["create_api"]
