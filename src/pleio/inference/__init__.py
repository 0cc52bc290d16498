"""Drawing worlds from what is believed, and updating belief and worlds from observations and experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.lazily import loading

if TYPE_CHECKING:
    from .bands import Answer as Answer
    from .bands import answers as answers
    from .bands import believed as believed
    from .bands import stability as stability
    from .experiments import Experiment as Experiment
    from .experiments import Promise as Promise
    from .experiments import promises as promises
    from .supposing import suppose as suppose
    from .worlds import Joint as Joint
    from .worlds import draw_worlds as draw_worlds
    from .worlds import posterior_of as posterior_of

_HOME = {
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

__all__ = sorted(_HOME)
__getattr__ = loading(__name__, _HOME)
