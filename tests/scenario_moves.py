"""Random moves on scenarios of few worlds, answered warm (with all that is remembered) and cold (with nothing)."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import _lru_cache_wrapper
from typing import Any

import numpy as np

from pleio import library
from pleio.base.errors import InputError
from pleio.library.scenarios.answer import Answer, answer
from pleio.library.scenarios.scenario import Scenario, start
from pleio.simulation.lockstep import settled

MODULES = {  # modules, and what can be watched in them
    ("oprelvekin_pk", "platelets"): ("platelets", "[oprelvekin_central]", "tpo"),
    ("oprelvekin_pk", "platelets", "volume_and_acute_phase"): ("platelets", "haematocrit", "plasma_volume", "crp"),
    ("oprelvekin_pk", "receptor", "jak_stat"): ("pSTAT3", "SOCS3", "[oprelvekin_central]"),
}
PLATELETS = "hgnc-5966--effect--cl-0000233--abundance--sufficiency"
OUTCOMES = ("increases", "no_effect", "decreases")


def begun(chance: random.Random) -> Scenario:
    """Give a scenario to move from."""
    modules = chance.choice(list(MODULES))
    base = start(library.open("il11"), "oprelvekin-platelets")
    few = {"modules": modules, "watch": MODULES[modules][:2], "worlds": 8, "horizon": "14 d", "times": 3}
    return replace(base, **few)


def moves(chance: random.Random, count: int) -> Iterator[Scenario]:
    """Give scenarios, each one move from the one before, from one of those before it, or one of them again."""
    passed = [begun(chance)]
    for _ in range(count):
        now = chance.choice(passed) if chance.random() < 0.3 else passed[-1]
        moved = now if chance.random() < 0.15 else move(chance, now)
        passed.append(moved)
        yield moved


def move(chance: random.Random, now: Scenario) -> Scenario:
    """Change one thing."""
    network = library.open("il11").mechanism(now.modules).network
    numbers = [name for name, one in network.parameters.items() if one.constant and one.value]
    name = chance.choice(numbers)
    value = network.parameters[name].value * chance.choice((0.5, 0.9, 1.0, 1.1, 2.0))
    watched = MODULES[now.modules]
    amounts = [f"{dose} µg/kg" for dose in (5, 25, 50, 50.0, 75)]
    return chance.choice((
        lambda: replace(now, amount=chance.choice(amounts)),
        lambda: replace(now, times=chance.choice((1, 2, 3, 5))),
        lambda: replace(now, every=chance.choice(("1 d", "24 h", "2 d", "3.5 d"))),
        lambda: replace(now, horizon=chance.choice(("10 d", "14 d", "336 h", "21 d"))),
        lambda: replace(now, agent="" if now.agent else "oprelvekin"),
        lambda: replace(now, route=chance.choice(("subcutaneous", "intravenous"))),
        lambda: replace(now, band=chance.choice(("sceptic", "neutral", "believer"))),
        lambda: replace(now, worlds=chance.choice((4, 8, 16))),
        lambda: replace(now, seed=chance.choice((1, 2))),
        lambda: replace(now, suppose=chance.choice(({}, *({PLATELETS: one} for one in OUTCOMES)))),
        lambda: replace(now, settings={**now.settings, name: value}),
        lambda: replace(now, settings=dict(list(now.settings.items())[1:])),
        lambda: replace(now, watch=tuple(chance.sample(watched, chance.randint(1, len(watched))))),
        lambda: (lambda other: replace(now, modules=other, watch=MODULES[other][:2], settings={}, suppose={}))(
            chance.choice(list(MODULES))
        ),
    ))()  # fmt: skip


def answered(scenario: Scenario) -> Answer | str:
    """Answer a scenario; what it was refused for is an answer, too."""
    try:
        return answer(library.open("il11"), scenario)
    except InputError as fault:
        return str(fault)


def forget(everything: bool = False) -> None:
    """Empty what answers are remembered in; with `everything` all that the package keeps in memory, the library too."""
    for one in gc.get_objects() if everything else [answer.__globals__["_answered"]]:
        if isinstance(one, _lru_cache_wrapper) and str(getattr(one, "__module__", "")).startswith("pleio."):
            one.cache_clear()
    settled._kept.clear()
    vars(library.open("il11")).pop("scenario_memory", None)


def differences(warm: Any, cold: Any, where: str = "answer") -> list[str]:
    """Name what is not the same to the last bit."""
    if is_dataclass(warm) and type(warm) is type(cold):
        names = [field.name for field in fields(warm)]
        return [
            each for name in names for each in differences(getattr(warm, name), getattr(cold, name), f"{where}.{name}")
        ]
    if isinstance(warm, np.ndarray):
        same = warm.shape == cold.shape and warm.tobytes() == cold.tobytes()
        if same or warm.shape != cold.shape:
            return [] if same else [f"{where}: shape {warm.shape} against {cold.shape}"]
        apart = np.max(np.abs(warm - cold) / np.maximum(np.abs(cold), 1e-300))
        return [f"{where}: up to {apart:.2g} apart"]
    if isinstance(warm, (tuple, list)) and isinstance(cold, (tuple, list)) and len(warm) == len(cold):
        return [
            each for n, (a, b) in enumerate(zip(warm, cold, strict=True)) for each in differences(a, b, f"{where}[{n}]")
        ]
    if isinstance(warm, dict) and isinstance(cold, dict) and list(warm) == list(cold):
        return [each for key in warm for each in differences(warm[key], cold[key], f"{where}[{key}]")]
    equal = type(warm) is type(cold) and (warm == cold or (warm != warm and cold != cold))
    return [] if equal else [f"{where}: {warm!r} against {cold!r}"]
