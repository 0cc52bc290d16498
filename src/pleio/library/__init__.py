"""What ships: IL-11 claims, modules, parameters, observations, agents and studies, and what joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.lazily import loading

if TYPE_CHECKING:
    from .agents import Agent as Agent
    from .experiments import Experiment as Experiment
    from .opened import Library as Library
    from .opened import libraries as libraries
    from .opened import open as open
    from .question import StudyInLibrary as StudyInLibrary

_HOME = {
    "Agent": "agents",
    "Experiment": "experiments",
    "Library": "opened",
    "StudyInLibrary": "question",
    "libraries": "opened",
    "open": "opened",
}

__all__ = sorted(_HOME)
__getattr__ = loading(__name__, _HOME)
