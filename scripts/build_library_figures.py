"""Draw `docs/library/figures/<module>.svg`: each module simulated, with what was published of it on the same axes.

python scripts/build_library_figures.py [MODULE …]      all figures, or those of some modules

Worlds are drawn from the priors; contested effects stand at the sign that their claims claim, so a figure shows what would
be seen if they are real.  What is seen is read from the library's observations: filled dots were kept for checking, open
ones were open to fits.
"""

# ruff: noqa: E501  (a panel is read in one line)

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from svg_panels import Intervals, Panel, Row, Seen, Series, draw

from pleio.assembly.module import Mechanism
from pleio.base import yaml
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
FOLDER = Path(__file__).parents[1] / "docs" / "library" / "figures"
IL11 = open_library("il11")
WORLDS, SUBJECTS, SEED, DAY, WEEK = 100, 2, 31, 24.0, 168.0
PATIENTS = 12
"""Subjects of a world where a share of them is drawn: with two it could be none, half or all."""
KDA = {"il11": 19.0, "il6": 21.0, "sil11ra": 40.0, "activin": 26.0}


@cache
def mechanism(modules: str) -> Mechanism:
    return IL11.mechanism(modules)


@cache
def observations() -> Mapping[str, dict[str, Any]]:
    files = sorted((IL11.folder / "observations").glob("*.yaml"))
    return {row["id"]: row for file in files for row in yaml.load(file).value}


def seen(id: str, x: float, *, times: float = 1.0, plus: float = 0.0, label: str = "", lie: bool = False) -> Seen:
    """Give an observation as a dot at x, its value times a factor; `lie` puts the value along x, for intervals."""
    row = observations()[id]
    spread, value = row["spread"], row.get("value")
    kind, size = spread["kind"], spread.get("value")
    if value is None:
        value = (spread["low"] + spread["high"]) / 2
    low, high = value, value
    if kind in ("SD", "SE", "suggested SD") or (kind == "unstated" and size):
        low, high = value - size, value + size
    elif kind in ("range", "95 % interval") and spread["low"] <= value <= spread["high"]:
        low, high = spread["low"], spread["high"]
    elif kind == "binomial" and "events" in spread:
        from scipy.stats import beta

        events, of = spread["events"], spread["of"]
        low = float(beta.ppf(0.05, events, of - events + 1)) if events else 0.0
        high = float(beta.ppf(0.95, events + 1, of - events))
        low, high = (low * 100, high * 100) if row["unit"] == "%" else (low, high)
    value, low, high = (one * times + plus for one in (value, low, high))
    checked = row["use"] == "check"
    if lie:
        return Seen(value, 0.0, low, high, checked, label)
    return Seen(x, value, low, high, checked, label)


def run(
    modules: str,
    times: Any,
    save: list[str],
    doses: Any = (),
    *,
    species: str = "human",
    subjects: int = SUBJECTS,
    **fixed: Any,
) -> dict[str, Array]:
    """Simulate worlds.  Gives name → shape (members, times)."""
    made = mechanism(modules).of(species)
    count = WORLDS * subjects
    values = draw_members(made, WORLDS, SEED, subjects=subjects)
    values |= {name: np.broadcast_to(value, count).astype(float) for name, value in fixed.items()}
    hold = {f"sign_{one.id}": 0.0 for one in made.switches}
    found = integrate(
        made.network,
        times,
        members=count,
        parameters=values,
        doses=list(doses),
        baseline=Baseline(hold=hold),
        save=save,
    )
    assert set(found.status) == {""}, set(found.status)
    return {name: found.values[:, :, i] for i, name in enumerate(save)}


def signs(claim: str) -> Array:
    """Draw the sign of a contest for each member, as often as it is believed."""
    outcomes = IL11.belief().of(claim, "sufficiency").outcomes
    given = {"increases": 1.0, "decreases": -1.0, "no_effect": 0.0}
    drawn = np.random.default_rng(SEED).choice(list(outcomes), WORLDS * SUBJECTS, p=list(outcomes.values()))
    return np.array([given[outcome] for outcome in drawn])


def agent(name: str, modules: str) -> dict[str, float]:
    return dict(IL11.agents[name].given_in(mechanism(modules).network).parameters)


def daily(dose: float, times: int, start: float = 0.0) -> list[Dose]:
    return [Dose("oprelvekin_depot", dose * 70 / 19, start=start, every=DAY, times=times)] if dose else []


def monthly(times: int) -> list[Dose]:
    return [Dose("antibody_central", 10 * 70e6 / 150e3, every=28 * DAY, times=times)]


def dish(**added: float) -> list[Dose]:
    """Add proteins to the medium, in ng/mL."""
    return [Dose(f"added_{name}", amount / KDA[name] / 1000) for name, amount in added.items()]


def relative(values: Array) -> Array:
    return 100 * (values / values[:, :1] - 1)


FIGURES: dict[str, Callable[[], str]] = {}


def figure(build: Callable[[], str]) -> Callable[[], str]:
    FIGURES[build.__name__] = build
    return build


@figure
def oprelvekin_pk() -> str:
    hours = np.linspace(0, 36, 73)
    plasma = run("oprelvekin_pk", hours, ["oprelvekin_plasma"], daily(50, 1))["oprelvekin_plasma"]
    peak, time = seen("oprelvekin-cmax-50", 0.0), observations()["oprelvekin-tmax-50"]["value"]
    dot = Seen(time, peak.y, peak.low, peak.high, False, "Cmax at Tmax")
    severe = run("oprelvekin_pk", hours, ["oprelvekin_plasma"], daily(50, 1), renal_function=15)["oprelvekin_plasma"]
    dot2 = seen("oprelvekin-cmax-renal", time)
    panels = [
        Panel("50 µg/kg under the skin", "h", "ng/mL", [Series("", hours, plasma)], [dot], zero=True),
        Panel("creatinine clearance 15 mL/min", "h", "ng/mL", [Series("", hours, severe)], [dot2], zero=True),
    ]
    return draw(panels, "Oprelvekin in plasma, simulated and seen")


@figure
def platelets() -> str:
    days = np.arange(0, 43.0)
    blood = "oprelvekin_pk+receptor+platelets+volume_and_acute_phase"
    series, dots, slow = [], [], []
    for dose, id in ((10, "10"), (25, "25"), (50, "50")):
        found = run(blood, days * DAY, ["platelets", "megakaryocytes"], daily(dose, 14))
        series.append(Series(f"{dose} µg/kg", days, relative(found["platelets"])))
        slow.append(Series(f"{dose} µg/kg", days, found["megakaryocytes"]))
        name = next(k for k, r in observations().items() if r["readout"] == "platelets_relative_rise" and r["value"]
                    and str(r["regimen"]["amount"]).startswith(f"{id} "))  # fmt: skip
        dots.append(seen(name, 16 + dose / 20))
    return draw(
        [
            Panel("platelets on 14 daily doses", "days", "change, %", series, dots),
            Panel("maturing megakaryocytes", "days", "fold of untreated", slow),
        ],
        "Platelets on oprelvekin, simulated and seen",
    )


@figure
def chemotherapy() -> str:
    blood = "oprelvekin_pk+receptor+chemotherapy+platelets+erythroid+volume_and_acute_phase"
    days = np.arange(0, 28.5, 0.5)
    series, rows = [], []
    for dose, id in ((0, "placebo"), (25, "25"), (50, "50")):
        doses = [Dose("chemotherapy", 1.0), *daily(dose, 17, DAY)]
        found = run(blood, days * DAY, ["platelets", "transfusion_free"], doses, subjects=PATIENTS)
        label = f"{dose} µg/kg" if dose else "placebo"
        series.append(Series(label, days, found["platelets"]))
        share = found["transfusion_free"][:, -1].reshape(WORLDS, PATIENTS).mean(axis=1)
        rows.append(Row(label, share, seen(f"transfusion-free-{id}", 0.0, lie=True), len(rows)))
    return draw(
        [
            Panel("platelets after a cycle", "days", "10⁹/L", series, log_y=True),
            Intervals("without platelet transfusion", "share of patients (worlds)", rows),
        ],
        "Platelets and transfusions after chemotherapy, simulated and seen",
    )


@figure
def erythroid() -> str:
    days = np.arange(0, 43.0)
    found = run("oprelvekin_pk+erythroid+volume_and_acute_phase", days * DAY, ["red_cell_mass", "haematocrit"],
                daily(50, 14), sign_red_cells=0)  # fmt: skip
    return draw(
        [
            Panel("red-cell mass", "days", "change, %", [Series("", days, relative(found["red_cell_mass"]))]),
            Panel("haematocrit", "days", "change, %", [Series("", days, relative(found["haematocrit"]))],
                  [seen("haematocrit-fall", 14)]),
        ],
        "Mass and concentration of red cells on oprelvekin",
    )  # fmt: skip


@figure
def volume_and_acute_phase() -> str:
    days = np.arange(0, 29.0, 0.5)
    names = ["plasma_volume", "vwf"]
    body = "oprelvekin_pk+volume_and_acute_phase"
    week = run(body, days * DAY, names, daily(50, 7), cancer_patient=0)
    low = run(body, days * DAY, names, daily(25, 7), cancer_patient=0)
    return draw(
        [
            Panel("plasma volume, volunteers, 7 doses", "days", "change, %",
                  [Series("", days, relative(week["plasma_volume"]))], [seen("plasma-volume-rise", 7)]),
            Panel("von Willebrand factor", "days", "fold of untreated",
                  [Series("25 µg/kg", days, low["vwf"]), Series("50 µg/kg", days, week["vwf"])],
                  [seen("vwf-rco-day4-25", 3.8), seen("vwf-rco-day4-50", 4.2)]),
        ],
        "Plasma volume and von Willebrand factor, simulated and seen",
    )  # fmt: skip


@figure
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


@figure
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


@figure
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


@figure
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


@figure
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


@figure
def fibrosis() -> str:
    days = np.arange(0, 169.0, 4)
    tissue = "antibody_pk+il11_source+receptor+jak_stat+mapk_erk+fibrosis"
    series = []
    for label, erk, stat3 in (("ERK", 1, 0), ("STAT3", 0, 1), ("both", 1, 1)):
        found = run(tissue, days * DAY, ["collagen", "myofibroblasts"], monthly(6), erk_arm=erk, stat3_arm=stat3,
                    **agent("anti-IL11", tissue))  # fmt: skip
        series.append((label, found))
    return draw(
        [
            Panel("collagen under an antibody, by arm", "days", "change, %",
                  [Series(label, days, relative(one["collagen"])) for label, one in series]),
            Panel("share of myofibroblasts", "days", "change, %",
                  [Series(label, days, relative(one["myofibroblasts"])) for label, one in series]),
        ],
        "Fibroblasts under an antibody against IL-11",
    )  # fmt: skip


@figure
def organs() -> str:
    tissue = "antibody_pk+il11_source+receptor+jak_stat+mapk_erk+fibrosis+organs"
    names = ["lung_collagen_mouse", "heart_collagen", "liver_collagen", "kidney_collagen", "skin_collagen",
             "tenon_collagen", "fvc_pace"]  # fmt: skip
    times = [0.0, 21 * DAY, 364 * DAY]
    stands = run(tissue, times, names, monthly(13), stands_for_ipf=1, **agent("anti-IL11", tissue))
    mice = run(tissue, times, names[:1], (), stands_for_ipf=1, **agent("anti-IL11", tissue))[names[0]]
    rows = [Row("mouse lung, 3 weeks", 100 * (stands[names[0]][:, 1] / mice[:, 1] - 1))]
    rows += [Row(n.replace("_", " "), relative(stands[n])[:, 2]) for n in names[1:-1]]
    pace = [
        Row("where mice stand", relative(stands["fvc_pace"])[:, 2], colour=1),
        Row("where they do not", 0 * stands["fvc_pace"][:, 2], colour=1),
    ]
    return draw(
        [Intervals("collagen under an antibody, a year", "over untreated, %", rows, 0.0),
         Intervals("pace of loss of breath in people", "change, %", pace, 0.0)],
        "Organs under an antibody against IL-11",
    )  # fmt: skip


@figure
def il11_source() -> str:
    days = np.arange(0, 113.0)
    tissue = "antibody_pk+il11_source+receptor+fibrosis"
    names = ["[il11_fibroblast]", "il11_total_fibroblast", "occupancy_fibroblast"]
    found = run(tissue, days * DAY, names, monthly(4), **agent("anti-IL11", tissue))
    share = {name: found[name] / found[name][:, :1] for name in names}
    return draw(
        [
            Panel("IL-11 around fibroblasts, 10 mg/kg monthly", "days", "fold of untreated",
                  [Series("free", days, share[names[0]]), Series("total", days, share[names[1]])], log_y=True),
            Panel("signalling receptors", "days", "fold of untreated", [Series("", days, share[names[2]])], zero=True),
        ],
        "Free and total IL-11 in tissue under an antibody",
    )  # fmt: skip


@figure
def il11_plasma() -> str:
    days = np.arange(0, 113.0)
    found = run("antibody_pk+il11_plasma", days * DAY, ["il11_plasma_free", "il11_plasma_total"], monthly(4),
                **agent("anti-IL11", "antibody_pk+il11_plasma"))  # fmt: skip
    return draw(
        [Panel("IL-11 in plasma, 10 mg/kg monthly", "days", "pg/mL",
               [Series("free", days, found["il11_plasma_free"]), Series("total", days, found["il11_plasma_total"])],
               log_y=True)],
        "IL-11 in plasma under an antibody",
    )  # fmt: skip


@figure
def antibody_pk() -> str:
    days = np.arange(0, 113.0)
    found = run("antibody_pk", days * DAY, ["antibody", "antibody_site"], monthly(1))
    return draw(
        [Panel("one dose of 10 mg/kg into a vein", "days", "nM",
               [Series("plasma", days, found["antibody"]), Series("tissue fluid", days, found["antibody_site"])],
               log_y=True)],
        "An IgG in plasma and tissue fluid",
    )  # fmt: skip


@figure
def endometrium() -> str:
    dish_of = "culture+receptor+il11_source+jak_stat+endometrium"
    names = ["activin_mrna", "activin_secretion", "il11_mrna_ratio", "il11_secretion_ratio"]
    titles = ["A: activin A mRNA", "B: activin A secreted", "C: IL-11 mRNA", "D: IL-11 secreted"]
    believed = {
        "sign_activin_mrna": signs("il11-activin-mrna"), "sign_activin_secretion": signs("il11-activin-secretion")
    }  # fmt: skip
    treated = {
        "A": run(dish_of, [0.0, 24.0], names, dish(il11=100), **believed),
        "D": run(dish_of, [0.0, 24.0], names, dish(activin=50), **believed),
    }
    panels = []
    for i, (name, title) in enumerate(zip(names, titles, strict=True)):
        found, given = (treated["A"], "IL-11 100 ng/mL") if i < 2 else (treated["D"], "activin A 50 ng/mL")
        dot = Seen(1.0, 0.0, 0.8, 1.2, False) if name == "il11_mrna_ratio" else None
        rows = [Row("medium only", found[name][:, 0]), Row(given, found[name][:, 1] / found[name][:, 0], dot, 1)]
        panels.append(Intervals(title, "fold of control at 24 h", rows, 1.0))
    return draw(panels, "The four panels of the figure legend, simulated; A and B at the signs that are believed")


@figure
def ageing() -> str:
    weeks = np.linspace(0, 110, 56)
    mice = "antibody_pk+receptor+il11_source+jak_stat+ageing"
    fixed = {"weight": 0.035, "species": "mouse"}
    doses = [Dose("antibody_depot", 40 * 0.035e6 / 150e3, every=21 * DAY, times=37)]
    panels = []
    for sex in ("male", "female"):
        name = f"survivors_{sex}"
        none = run(mice, weeks * WEEK, [name], **fixed)[name]
        treated = run(mice, weeks * WEEK, [name], doses, **fixed, **agent("X203", mice))[name]
        row = observations()[f"lifespan-median-antibody-{sex}"]
        medians = [Seen(row["comparator"]["value"] - 75, 0.5, label="none"), Seen(row["value"] - 75, 0.5, label="X203")]
        panels.append(Panel(f"{sex}s alive", "weeks after an age of 75", "share",
                            [Series("none", weeks, none), Series("X203", weeks, treated)], medians, zero=True))  # fmt: skip
    return draw(panels, "Survival of mice under an antibody, simulated, with the medians seen")


@figure
def adverse_events() -> str:
    counted = [r for r in observations().values() if r["readout"].endswith("_frequency") and "comparator" in r]
    counted = [r for r in counted if r["use"] == "fit"][:22]
    names = [r["readout"] for r in counted]
    found = run("oprelvekin_pk+adverse_events", [0.0, 14 * DAY], names, daily(50, 14))
    rows = {0: [], 1: []}
    for row, name in zip(counted, names, strict=True):
        for at, value in ((0, row["comparator"]["value"]), (1, row["value"])):
            label = name.removesuffix("_frequency").replace("nausea_", "nausea or ") if at == 0 else ""
            label = label.replace("_", " ")
            rows[at].append(Row(label, 100 * found[name][:, at], Seen(value, 0.0, checked=False), at))
    return draw(
        [
            Intervals("on placebo", "% of patients", rows[0]),
            Intervals("on 50 µg/kg, same rows", "% of patients", rows[1]),
        ],
        "Adverse events, simulated and counted",
    )


@figure
def inflammation() -> str:
    rows = []
    for label, dose, every, times, id in (
        ("placebo", 0, 7, 0, "crohn-remission-placebo"),
        ("15 µg/kg weekly", 15, 7, 6, "crohn-remission-15-weekly"),
        ("7.5 µg/kg twice weekly", 7.5, 3.5, 12, "crohn-remission-7.5-biweekly"),
    ):
        doses = [Dose("oprelvekin_depot", dose * 70 / 19, every=every * DAY, times=times)] if dose else []
        found = run("oprelvekin_pk+inflammation", [0.0, 42 * DAY], ["crohn_remission_fraction"], doses)
        share = 100 * found["crohn_remission_fraction"][:, -1]
        rows.append(Row(label, share, seen(id, 0.0, lie=True), len(rows)))
    return draw([Intervals("remission of Crohn disease at 6 weeks", "% of patients", rows)], "Crohn disease", 1)


def _courses(modules: str, names: Mapping[str, str], doses: list[Dose], days: float, title: str, **fixed: float) -> str:
    """Draw the change of several quantities at the end of a treatment, as intervals."""
    found = run(modules, [0.0, days * DAY], list(names), doses, **fixed)
    rows = [Row(label, relative(found[name])[:, 1]) for name, label in names.items()]
    return draw([Intervals(title, "change, %", rows, 0.0)], title, 1)


@figure
def bone() -> str:
    modules = "antibody_pk+il11_source+receptor+bone"
    names = {name: name.replace("_", " ") for name in ("osteoclasts", "osteoblasts", "bone_mass")}
    return _courses(modules, names, monthly(13), 364, "a year of antibody", **agent("anti-IL11", modules))


@figure
def cancer() -> str:
    modules = "antibody_pk+il11_source+receptor+jak_stat+cancer"
    names = {name: name.replace("_", " ") for name in ("gastric_tumour", "colorectal_tumour", "tumour_stroma")}
    return _courses(modules, names, monthly(7), 180, "half a year of antibody", **agent("anti-IL11", modules))


@figure
def adipose() -> str:
    modules = "oprelvekin_pk+il11_source+receptor+adipose"
    return _courses(modules, {"adipogenesis": "adipogenesis"}, daily(50, 14), 14, "two weeks of oprelvekin")


@figure
def epithelium() -> str:
    modules = "oprelvekin_pk+il11_source+receptor+epithelium"
    names = {"gut_epithelium": "gut epithelium", "lung_epithelium": "lung epithelium"}
    return _courses(modules, names, daily(50, 7), 7, "a week of oprelvekin, injured", epithelial_injury=1)


@figure
def neuro() -> str:
    modules = "oprelvekin_pk+antibody_pk+cns_exposure+neuro"
    names = {
        n: n.replace("ms_", "MS ").replace("_", " ")
        for n in ("neuron_death", "myelination", "microglia", "ms_activity", "cord_recovery")
    }
    found = {
        "oprelvekin, 28 days": run(modules, [0.0, 28 * DAY], list(names), daily(50, 28)),
        "a vector in the brain, 28 days": run(modules, [0.0, 28 * DAY], list(names), [Dose("vector", 1.0)]),
    }
    panels = [
        Intervals(
            title, "change, %", [Row(label, relative(one[name])[:, 1], colour=i) for name, label in names.items()], 0.0
        )
        for i, (title, one) in enumerate(found.items())
    ]
    return draw(panels, "Brain: what reaches it decides")


@figure
def cns_exposure() -> str:
    days = np.linspace(0.25, 28, 112)
    names = ["il11_drug", "il11_drug_brain"]
    found = run("oprelvekin_pk+cns_exposure", np.append(0, days * DAY), names, daily(50, 28))
    found = {name: values[:, 1:] for name, values in found.items()}
    floor = {name: np.maximum(found[name], 1e-7) for name in names}
    series = [Series("plasma", days, floor["il11_drug"]), Series("brain fluid", days, floor["il11_drug_brain"])]
    return draw([Panel("oprelvekin 50 µg/kg daily", "days", "nM", series, log_y=True)], "What reaches the brain")


@figure
def target_genes() -> str:
    hours = np.linspace(0, 24, 49)
    names = {"survivin": "survivin", "IL33": "IL-33", "BCLXL": "Bcl-xL"}
    save = [f"{name}_fibroblast" for name in names]
    found = run("culture+receptor+jak_stat+target_genes+fibroblast", hours, save, dish(il11=10))
    series = [Series(label, hours, found[f"{name}_fibroblast"]) for name, label in names.items()]
    return draw([Panel("products of STAT3, IL-11 10 ng/mL", "h", "fold of resting", series)], "Genes under STAT3")


@figure
def pi3k_akt() -> str:
    hours = np.linspace(0, 12, 49)
    found = run("culture+receptor+pi3k_akt+fibroblast", hours, ["pAKT_fibroblast"], dish(il11=10))["pAKT_fibroblast"]
    return draw([Panel("Akt, IL-11 10 ng/mL", "h", "fold of resting", [Series("", hours, found)])], "Akt")


@figure
def pkc() -> str:
    hours = np.linspace(0, 12, 49)
    found = run("culture+receptor+pkc+fibroblast", hours, ["PKC_active_fibroblast"], dish(il11=10))
    return draw([Panel("PKC, IL-11 10 ng/mL", "h", "fold of resting", [Series("", hours, *found.values())])], "PKC")


@figure
def culture() -> str:
    days = np.linspace(0, 4, 41)
    found = run("culture", days * DAY, ["il11_drug"], dish(il11=10))["il11_drug"]
    return draw(
        [Panel("IL-11 put into medium at 10 ng/mL", "days", "nM", [Series("", days, found)], zero=True)], "Medium"
    )


def main(chosen: list[str]) -> int:
    FOLDER.mkdir(exist_ok=True)
    for name in chosen or FIGURES:
        (FOLDER / f"{name}.svg").write_text(FIGURES[name](), encoding="utf-8")
        print(f"drawn: {name}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
