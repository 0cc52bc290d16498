"""Drawing worlds from what is believed, and updating belief and worlds from observations and experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bands import Answer, answers, believed, stability
    from .experiments import Experiment, Promise, promises
    from .supposing import suppose
    from .worlds import Joint, draw_worlds, posterior_of

_HOMES = {
    "Answer": "bands",
    "Experiment": "experiments",
    "Joint": "worlds",
    "Promise": "experiments",
    "answers": "bands",
    "believed": "bands",
    "draw_worlds": "worlds",
    "posterior_of": "worlds",
    "promises": "experiments",
    "stability": "bands",
    "suppose": "supposing",
}

__all__ = [
    "Answer",
    "Experiment",
    "Joint",
    "Promise",
    "answers",
    "believed",
    "draw_worlds",
    "posterior_of",
    "promises",
    "stability",
    "suppose",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
