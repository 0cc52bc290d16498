"""The application: pages over what the lower layers compute; it computes nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import create_app
    from .serving import serve

__all__ = ["create_app", "serve"]


def __getattr__(name: str) -> Any:  # starlette and uvicorn take 0.3 s to load
    if name == "create_app":
        from .app import create_app

        return create_app
    if name == "serve":
        from .serving import serve

        return serve
    raise AttributeError(name)
