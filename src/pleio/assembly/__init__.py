"""Claims to switches on a mechanism, with the trail from each reaction and parameter back to its claims."""

from __future__ import annotations

from .compose import compose
from .module import Input, Mechanism, Module, Prior, Switch
from .switches import add_switches
from .trail import Step, trail, unsupported, unused

__all__ = [
    "Input",
    "Mechanism",
    "Module",
    "Prior",
    "Step",
    "Switch",
    "add_switches",
    "compose",
    "trail",
    "unsupported",
    "unused",
]
