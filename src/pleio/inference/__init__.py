"""Drawing worlds from what is believed, and updating belief and worlds from observations and experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .worlds import Joint, draw_worlds, posterior_of

__all__ = ["Joint", "draw_worlds", "posterior_of"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from . import worlds

        return getattr(worlds, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
