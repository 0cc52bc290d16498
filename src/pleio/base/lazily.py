"""Public names that load what they stand on when they are first used, so that importing their folder stays light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def loading(folder: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the `__getattr__` of a folder.

    Args:
        folder: its `__name__`.
        homes: public name → the module of the folder that it stands in.
    """

    def load(name: str) -> Any:
        if name in homes:
            return getattr(import_module(f".{homes[name]}", folder), name)
        raise AttributeError(f"module '{folder}' has no attribute '{name}'")

    return load
