"""What a child process can be asked for: name → function, imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

VERBS = {
    "read": "pleio.web.work.documents:read",
    "audit": "pleio.web.work.documents:audit",
    "claim": "pleio.web.work.knowledge:kept_claim",
    "contests": "pleio.web.work.knowledge:contests",
    "paths": "pleio.web.work.knowledge:paths",
    "models": "pleio.web.work.models:list_models",
    "model": "pleio.web.work.models:show_model",
    "modules": "pleio.web.work.models:modules",
    "modules_by_claim": "pleio.web.work.models:modules_by_claim",
    "simulate": "pleio.web.work.models:simulate",
    "study": "pleio.web.work.studies:check_study",
    "activity": "pleio.web.activity.parts:activity",
    "play": "pleio.web.playground.parts:play",
    "play_csv": "pleio.web.playground.parts:play_csv",
    "play_json": "pleio.web.playground.parts:play_json",
    "play_sbml": "pleio.web.playground.parts:play_sbml",
}


@cache
def find(verb: str) -> Callable[..., Any]:
    """Give the function of a verb."""
    module, _, name = VERBS[verb].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
