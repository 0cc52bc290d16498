"""pleio: claims with evidence, assembled into a runnable mechanism, simulated in every world the evidence allows.

The names a newcomer needs; each loads what it stands on at first use, so that `import pleio` stays light.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself takes most of the time that `import pleio` would take
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Dose": "simulation",
    "Network": "mechanisms",
    "audit": "reading",
    "believe": "claims",
    "cite": "library.results.citing",
    "load": "formats.load",
    "open": "library",
    "open_document": "reading",
    "read": "reading",
    "reduce": "simulation",
    "simulate": "simulation.dataset",
    "steady_state": "simulation.steady_dataset",
}

__all__ = sorted(["__version__", *_HOME])


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
