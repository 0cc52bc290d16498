"""What ships: IL-11 claims, modules, parameters, observations, agents and studies, and what joins them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Agent": "agents",
    "Experiment": "experiments",
    "Library": "opened",
    "StudyInLibrary": "question",
    "libraries": "opened",
    "open": "opened",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: pydantic is not loaded before."""
    if name in _HOME:
        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
