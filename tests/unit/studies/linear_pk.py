"""A mechanism that is solved on paper, and a study on it: one compartment, first-order absorption, a linear response.

`integrate` has the signature of the real one and superposes closed forms, so that a study on it is exact and fast.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from pleio.base.quantities import parse_distribution
from pleio.mechanisms.formula import parse_formula
from pleio.mechanisms.network import Compartment, Network, Observable, Parameter, Species
from pleio.studies.mechanism import Agent, Mechanism, Switch
from pleio.studies.study import read_study
from pleio.studies.worlds import States, Worlds

NETWORK = Network(
    name="linear",
    compartments={"plasma": Compartment(1.0, "L")},
    species={"depot": Species("plasma", 0.0, "nmol"), "drug": Species("plasma", 0.0, "nmol")},
    parameters={
        "ka": Parameter(0.5, "1/h"),
        "CL": Parameter(1.0, "L/h"),
        "V": Parameter(10.0, "L"),
        "sign_effect": Parameter(0.0, "1"),
        "gain_effect": Parameter(1.0, "1"),
        "renal_function": Parameter(100.0, "mL/min"),
    },
    observables={
        "concentration": Observable(parse_formula("drug / V"), "nM"),
        "response": Observable(parse_formula("100 * exp(sign_effect * gain_effect * drug / V)"), "1"),
    },
    time_unit="h",
    substance_unit="nmol",
    volume_unit="L",
)

MECHANISM = Mechanism(
    NETWORK,
    switches={"effect": Switch("effect-contest", "sign_effect", "gain_effect")},
    uncertain={
        "CL": parse_distribution("lognormal(1, 30 %)"),
        "gain_effect": parse_distribution("lognormal(0.5, 40 %)"),
    },
    settings={"reagent": {"weak": {"ka": 0.1}}},
)
AGENTS = {"drug": Agent("drug", 19_000.0, {"subcutaneous": "depot", "intravenous": "drug"})}

STUDY = """
title: A linear study
mechanism: [linear]
cohort: {size: 4, weight: lognormal(70 kg, 15 %), variability: {V: 20 %}}
arms:
  nothing: none
  daily: {agent: drug, amount: 10 µg/kg, every: 1 d, times: 3}
worlds: {count: 24, seed: 3}
horizon: 5 d
endpoints:
  rise: {of: response, take: maximum, relative_to: baseline}
  exposure: {of: concentration, take: auc}
decision: {utility: rise - price * exposure, price: 0.001, unit: rise}
"""


def some_worlds(count: int = 24, seed: int = 3) -> Worlds:
    from pleio.studies.subjects.draws import uniforms

    numbers = np.arange(count)
    contest = uniforms(seed, "contest effect-contest", numbers)
    return Worlds(
        seed,
        numbers,
        contests={
            "effect-contest": States(
                ("increases", "decreases", "no_effect"), np.where(contest < 0.6, 0, np.where(contest < 0.9, 1, 2))
            )
        },
        assumptions={
            "reagent": States(("normal", "weak"), (uniforms(seed, "assumption reagent", numbers) > 0.7).astype(int))
        },
        parameters={
            name: law.quantile(uniforms(seed, f"parameter {name}", numbers))
            for name, law in MECHANISM.uncertain.items()
        },
    )


def study(text: str = STUDY) -> Any:
    return read_study(text)


def integrate(
    network: Network,
    times: Any,
    *,
    members: int,
    parameters: dict[str, Any],
    doses: Any = (),
    baseline: Any = None,
    save: Any = None,
    rtol: float = 1e-6,
    threads: int | None = None,
    **_: Any,
) -> Any:
    values = {k: np.full(members, p.value) for k, p in network.parameters.items()} | dict(parameters)
    ka, k, volume = values["ka"], values["CL"] / values["V"], values["V"]
    drug = np.zeros((members, len(times)))
    for dose in doses:
        for i in range(dose.times):
            t = times[None, :] - (np.broadcast_to(dose.start, members)[:, None] + i * dose.every)
            amount, length = (np.broadcast_to(x, members)[:, None] for x in (dose.amount, dose.duration))
            drug += one_dose(dose.species, t, amount, length, ka[:, None], k[:, None])
    concentration = drug / volume[:, None]
    response = 100 * np.exp((values["sign_effect"] * values["gain_effect"])[:, None] * concentration)
    none = np.zeros_like(drug)
    kept = {"baseline(response)": none + 100, "baseline(concentration)": none}
    kept |= {"concentration": concentration, "response": response, "drug": drug}
    status = tuple("the solver gave up" if cl > 2.2 else "" for cl in values["CL"])
    return SimpleNamespace(
        times=times, names=tuple(save), values=np.stack([kept[n] for n in save], axis=-1), status=status
    )


def one_dose(species: str, t: Any, amount: Any, length: Any, ka: Any, k: Any) -> Any:
    if species == "depot":
        after = np.exp(-k * t) - np.exp(-ka * t)
        return np.where(t > 0, amount * ka / (ka - k) * after, 0.0)
    rate = np.divide(amount, length, out=np.zeros(np.broadcast_shapes(amount.shape, length.shape)), where=length > 0)
    running = rate / k * (1 - np.exp(-k * np.clip(t, 0, length)))
    infused = running * np.exp(-k * np.clip(t - length, 0, None))
    return np.where(length > 0, infused, np.where(t >= 0, amount * np.exp(-k * np.clip(t, 0, None)), 0.0))
