"""What a chunk's numbers depend on, as one name; and that one run at a time writes a study's chunks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...base.digests import digest
from ...base.errors import Problem, StoreError
from ...store.lock import WriteLock
from ..forms import plain
from ..mechanism import Agent
from ..study import Study
from ..worlds import Worlds
from .chunk import Setup

MEANING = 3
"""Raised when the same inputs would give other numbers, so that chunks of an earlier version are not taken for ours."""


def chunk_key(setup: Setup, worlds: Worlds) -> str:
    """Name a chunk by all that its numbers depend on; what its worlds weigh is not among that."""
    study = setup.study.model_copy(update={"title": "", "question": "", "decision": None})
    stated = plain(study.model_copy(update={"worlds": {"seed": worlds.seed}}))
    del stated["agents"]  # those that are given stand below, as what they come to
    return digest(
        {
            "meaning": MEANING,
            "study": stated,
            "network": setup.mechanism.network.digest,
            "switches": {name: [s.contest, s.sign, s.gain] for name, s in setup.mechanism.switches.items()},
            **({"gates": dict(setup.mechanism.gates)} if setup.mechanism.gates else {}),
            "settings": {name: {k: dict(v) for k, v in s.items()} for name, s in setup.mechanism.settings.items()},
            "agents": {name: _agent(agent) for name, agent in setup.agents.items() if _is_given(name, setup.study)},
            "worlds": replace(worlds, weights=np.ones(len(worlds))).digest,
            "rtol": setup.rtol,
        }
    )


@contextmanager
def only_writer(folder: Path | None, setup: Setup, worlds: Worlds) -> Iterator[None]:
    """Be the one run that writes this study over these worlds.

    Raises:
        StoreError: another run is at it, or the folder cannot be written.
    """
    if folder is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        help = "name another folder; what was kept before is untouched"
        raise StoreError(str(folder), Problem("", f"a chunk cannot be kept: {fault.strerror}", help)) from None
    path = folder / f"{chunk_key(setup, worlds)[:32]}.running"
    with ExitStack() as stack:
        try:
            stack.enter_context(WriteLock(path, patience=0.0).held())
        except StoreError:
            who = _holder(path)
            if who is None:
                raise
            what = f"{who} is running this study and writes the same chunks into {folder}"
            help = "wait for it and run again, which takes what it kept; or set PLEIO_HOME to another folder"
            raise StoreError(f"study '{setup.study.title}'", Problem("", what, help)) from None
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _holder(path: Path) -> str | None:
    """Say who holds a lock that exists; None where there is none to read."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return f"process {text}" if text.isdigit() else "another process"


def _is_given(agent: str, study: Study) -> bool:
    return any(dosing.agent == agent for arm in study.arms.values() for dosing in arm)


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "molar_mass": agent.molar_mass,
        "routes": dict(agent.routes),
        "bioavailability": dict(agent.bioavailability),
        "lag": dict(agent.lag),
        "parameters": dict(agent.parameters),
        **({"uncertain": {name: plain(law) for name, law in agent.uncertain.items()}} if agent.uncertain else {}),
        **({"settings": {name: plain(states) for name, states in agent.settings.items()}} if agent.settings else {}),
    }
