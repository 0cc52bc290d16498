"""The models of the benchmark, as Antimony text, with what varies and when to save.

All but the last two are generated here from a fixed seed, so that their sizes can be chosen; the
numbers mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Case:
    """A model and the question asked of it.

    Attributes:
        text: Antimony without doses.
        end: the last of 101 output times.
        doses: (species, amount, interval, number), given from time 0.
    """

    name: str
    text: str
    end: float
    doses: tuple[str, float, float, int] | None = None
    sbml: bool = False

    @property
    def times(self) -> np.ndarray:
        return np.linspace(0.0, self.end, 101)


def oscillator() -> Case:
    """The Brusselator."""
    text = """compartment c = 1; species X in c, Y in c; X = 1.2; Y = 3.1;
    J1: -> X; k1; J2: X -> Y; k2*X; J3: 2 X + Y -> 3 X; k3*X^2*Y; J4: X -> ; k4*X;
    k1 = 1; k2 = 3; k3 = 1; k4 = 1;"""
    return Case("oscillator, 2 species", text, 40.0)


def hill(species: int = 35, seed: int = 1) -> Case:
    """A chain of activations with explicit Hill terms and one feedback, 64 parameters at 35 species."""
    r = np.random.default_rng(seed)
    lines = ["compartment c = 1;", "species " + ", ".join(f"S{i} in c" for i in range(species)) + ";"]
    lines += [f"S{i} = {r.uniform(0.1, 1.0):.4f};" for i in range(species)]
    for i in range(species):
        source = (i - 1) % species
        other = int(r.integers(species))
        lines.append(
            f"make{i}: -> S{i}; a{i}*(0.05 + S{source}^n{i % 8}/(K{i % 16}^n{i % 8} + S{source}^n{i % 8}))"
            f"/(1 + S{other});"
        )
        lines.append(f"lose{i}: S{i} -> ; d{i % 5}*S{i};")
    lines += [f"a{i} = {r.uniform(0.5, 2.0):.4f};" for i in range(species)]
    lines += [f"n{i} = {r.uniform(1.5, 4.0):.3f};" for i in range(8)]
    lines += [f"K{i} = {r.uniform(0.3, 1.0):.4f};" for i in range(16)]
    lines += [f"d{i} = {10 ** r.uniform(-1, 1):.4f};" for i in range(5)]
    return Case(f"Hill terms, {species} species", "\n".join(lines), 50.0)


def binding(species: int, seed: int = 2) -> Case:
    """A stiff network of reversible bindings and conversions, rate constants over six decades."""
    r = np.random.default_rng(seed)
    lines = ["compartment c = 1;", "species " + ", ".join(f"S{i} in c" for i in range(species)) + ";"]
    lines += [f"S{i} = {r.uniform(0.1, 2.0):.4f};" for i in range(species)]
    for i in range(species - 2):
        near = [i, i + 1, i + 2]
        lines.append(f"b{i}: S{near[0]} + S{near[1]} -> S{near[2]}; kf{i}*S{near[0]}*S{near[1]} - kr{i}*S{near[2]};")
        lines += [f"kf{i} = {10 ** r.uniform(-2, 4):.5g};", f"kr{i} = {10 ** r.uniform(-2, 4):.5g};"]
        if i % 2 == 0:
            far = int((i + r.integers(3, 12)) % species)
            lines.append(f"v{i}: S{i} -> S{far}; V{i}*S{i}/(M{i} + S{i});")
            lines += [f"V{i} = {10 ** r.uniform(-2, 1):.5g};", f"M{i} = {r.uniform(0.2, 2):.4f};"]
    return Case(f"stiff binding, {species} species", "\n".join(lines), 100.0)


def dosed() -> Case:
    """A depot, a target that binds the drug, and a slow response: 28 daily doses."""
    text = """compartment c = 1; species D in c, C in c, P in c, R in c, CR in c, E in c, M in c;
    D = 0; C = 0; P = 0; R = 1; CR = 0; E = 1; M = 1;
    absorb: D -> C; ka*D; clear: C -> ; ke*C; out: C -> P; kp*C - kt*P;
    bind: C + R -> CR; kon*C*R - koff*CR; make: -> R; ks; lose: R -> ; kd*R; eat: CR -> ; ki*CR;
    mrna: -> M; km*(1 + g*CR^n/(h^n + CR^n)); mdeg: M -> ; km*M; effect: -> E; kx*M; decay: E -> ; kx*E;
    ka = 0.5; ke = 0.05; kp = 0.1; kt = 0.05; kon = 2; koff = 0.1; ks = 0.1; kd = 0.1; ki = 0.2;
    km = 0.3; g = 3; n = 1.7; h = 0.3; kx = 0.02;"""
    return Case("28 daily doses, 7 species", text, 28 * 24.0, doses=("D", 10.0, 24.0, 28))


def library() -> Case | None:
    """Our JAK/STAT module, driven by a constant receptor complex."""
    path = ROOT / "src" / "pleio" / "library" / "il11" / "modules" / "jak_stat.ant"
    if not path.exists():
        return None
    values = {
        "STAT3_total": 100, "jak1_basal": 0.02, "hexamer": 1.5, "family_signal": 0, "SOCS3_ki": 5,
        "ruxolitinib": 0, "ruxolitinib_ki": 3, "stat3_sensitivity": 4 / 3, "stat3_kdephos": 3, "stat3_dimer_kd": 100,
        "stat3_import_rate": 5, "stat3_export_rate": 3,
        "SOCS3_transcription": 20, "SOCS3_hill": 1.3, "SOCS3_maturation": 3, "SOCS3_mRNA_loss": 2,
        "SOCS3_translation": 2, "SOCS3_loss": 1.2,
    }  # fmt: skip
    assigned = "\n".join(f"{name} = {value};" for name, value in values.items())
    return Case("IL-11 module jak_stat, 6 species", f"{path.read_text(encoding='utf-8')}\n{assigned}\n", 24.0)


def sobotta() -> Case | None:
    """Sobotta 2017 (IL-6 in hepatocytes), where its file lies beside the checkout."""
    path = ROOT.parent / "shared" / "models" / "sobotta2017" / "model_Sobotta_Frontiers2017.xml"
    return Case("Sobotta 2017", path.read_text(encoding="utf-8"), 480.0, sbml=True) if path.exists() else None


def cases() -> Iterator[Case]:
    """All models, small ones first."""
    yield from (oscillator(), dosed())
    yield from (case for case in (library(), sobotta()) if case is not None)
    yield from (hill(), binding(75), binding(500))
