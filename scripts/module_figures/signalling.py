"""From the ligand to genes: receptors, kinases, what cells have of them."""

from __future__ import annotations

import numpy as np
from svg_panels import Intervals, Panel, Row, Series, draw

from .simulated import DAY, IL11, dish, run, seen


def culture() -> str:
    days = np.linspace(0, 4, 41)
    found = run("culture", days * DAY, ["il11_drug"], dish(il11=10))["il11_drug"]
    return draw(
        [Panel("IL-11 put into medium at 10 ng/mL", "days", "nM", [Series("", days, found)], zero=True)], "Medium"
    )


def receptor() -> str:
    doses = np.geomspace(0.1, 3000, 11)
    both, ratio = "culture+receptor+fibroblast+microglia", []
    fixed = {"trans_signalling": 1, "sil11ra": 0, "sgp130": 0, "IL11RA_total_microglia": 1e-5}
    for dose in doses:
        found = run(
            both, [0.0, 1.0], ["trimers_fibroblast", "trimers_microglia"], dish(il11=dose, sil11ra=100), **fixed
        )
        ratio.append([found["trimers_fibroblast"][:, 1], found["trimers_microglia"][:, 1]])
    made = np.array(ratio)
    shares = made / made[-1:]
    hours = np.linspace(0, 24, 49)
    course = run("culture+receptor+fibroblast", hours, ["occupancy_fibroblast", "[IL11RA_fibroblast]"], dish(il11=10))
    return draw(
        [
            Panel("complexes with gp130 after 1 h", "IL-11, ng/mL", "share of the most",
                  [Series("own receptor", doses, shares[:, 0].T), Series("100 ng/mL soluble", doses, shares[:, 1].T)],
                  log_x=True, zero=True),
            Panel("occupancy of fibroblasts at 10 ng/mL", "h", "share of possible",
                  [Series("", hours, course["occupancy_fibroblast"])], zero=True),
        ],
        "Receptor complexes over dose and time",
    )  # fmt: skip


def il6_family() -> str:
    minutes = np.linspace(0, 120, 41)
    names = ["pSTAT3_fraction_hepatocyte", "[SOCS3_hepatocyte]"]
    found = run("culture+receptor+il6_family+jak_stat+hepatocyte", minutes / 60, names, dish(il6=40))
    return draw(
        [
            Panel("pSTAT3 of hepatocytes, IL-6 40 ng/mL", "min", "%", [Series("", minutes, 100 * found[names[0]])],
                  [seen("pstat3-18min-hepatocyte", 18)], zero=True),
            Panel("SOCS3 protein", "min", "nM", [Series("", minutes, found[names[1]])],
                  [seen("socs3-40min-hepatocyte", 40)], zero=True),
        ],
        "IL-6 on hepatocytes, simulated and seen",
    )  # fmt: skip


def jak_stat() -> str:
    hours = np.concatenate([np.linspace(0, 1, 25), np.linspace(1.25, 6, 20)])
    names = ["pSTAT3_fraction_fibroblast", "[SOCS3_fibroblast]"]
    series, brake = [], []
    for dose in (1, 10, 100):
        found = run("culture+receptor+jak_stat+fibroblast", hours, names, dish(il11=dose))
        series.append(Series(f"{dose} ng/mL", hours, 100 * found[names[0]]))
        brake.append(Series(f"{dose} ng/mL", hours, found[names[1]]))
    return draw(
        [
            Panel("phosphorylated STAT3, fibroblasts", "h after IL-11", "%", series, zero=True),
            Panel("SOCS3 protein", "h after IL-11", "nM", brake, zero=True),
        ],
        "STAT3 and SOCS3 over time and dose",
    )


def target_genes() -> str:
    hours = np.linspace(0, 24, 49)
    names = {"survivin": "survivin", "IL33": "IL-33", "BCLXL": "Bcl-xL"}
    save = [f"{name}_fibroblast" for name in names]
    found = run("culture+receptor+jak_stat+target_genes+fibroblast", hours, save, dish(il11=10))
    series = [Series(label, hours, found[f"{name}_fibroblast"]) for name, label in names.items()]
    return draw([Panel("products of STAT3, IL-11 10 ng/mL", "h", "fold of resting", series)], "Genes under STAT3")


def mapk_erk() -> str:
    hours = np.concatenate([np.linspace(0, 2, 25), np.linspace(2.5, 24, 20)])
    names = ["pERK_fibroblast", "mTORC1_active_fibroblast"]
    found = [run("culture+receptor+mapk_erk+fibroblast", hours, names, dish(il11=dose)) for dose in (1, 10, 100)]
    labels = [f"{dose} ng/mL" for dose in (1, 10, 100)]
    return draw(
        [
            Panel("phosphorylated ERK, fibroblasts", "h after IL-11", "share",
                  [Series(label, hours, one[names[0]]) for label, one in zip(labels, found, strict=True)], zero=True),
            Panel("mTORC1", "h after IL-11", "fold of resting",
                  [Series(label, hours, one[names[1]]) for label, one in zip(labels, found, strict=True)]),
        ],
        "ERK and mTORC1 over time and dose",
    )  # fmt: skip


def pi3k_akt() -> str:
    hours = np.linspace(0, 12, 49)
    found = run("culture+receptor+pi3k_akt+fibroblast", hours, ["pAKT_fibroblast"], dish(il11=10))["pAKT_fibroblast"]
    return draw([Panel("Akt, IL-11 10 ng/mL", "h", "fold of resting", [Series("", hours, found)])], "Akt")


def pkc() -> str:
    hours = np.linspace(0, 12, 49)
    found = run("culture+receptor+pkc+fibroblast", hours, ["PKC_active_fibroblast"], dish(il11=10))
    return draw([Panel("PKC, IL-11 10 ng/mL", "h", "fold of resting", [Series("", hours, *found.values())])], "PKC")


def cell_types() -> str:
    cells = list(IL11.cell_types.cells) if IL11.cell_types else []
    names = [f"pSTAT3_fraction_{cell}" for cell in cells] + [f"pERK_{cell}" for cell in cells]
    hours = [0.0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0, 24.0]
    found = run("culture+receptor+jak_stat+mapk_erk+cell_types", hours, names, dish(il11=10))
    peak = [
        Row(
            cell.replace("_", " ").replace("cancer associated", "tumour"),
            100 * found[f"pSTAT3_fraction_{cell}"].max(axis=1),
        )
        for cell in cells
    ]
    late = [Row("", 100 * found[f"pERK_{cell}"][:, -1], colour=1) for cell in cells]
    return draw(
        [Intervals("pSTAT3, peak, IL-11 10 ng/mL", "%", peak), Intervals("pERK at 24 h, same rows", "%", late)],
        "pSTAT3 and pERK of fifteen cell types",
    )


FIGURES = (culture, receptor, il6_family, jak_stat, target_genes, mapk_erk, pi3k_akt, pkc, cell_types)
