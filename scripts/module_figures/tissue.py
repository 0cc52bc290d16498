"""What tissues make of it, and of their own IL-11."""

# ruff: noqa: E501  (a panel is read in one line)

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from svg_panels import Intervals, Panel, Row, Seen, Series, draw

from pleio.simulation import Dose

from .simulated import DAY, WEEK, agent, daily, dish, monthly, observations, relative, run, seen, signs


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


def il11_secretion() -> str:
    hours, tgfb = np.linspace(0, 48, 25), Dose("added_tgfb", 5 / 25 / 1000)
    course = [
        run("culture+il11_secretion", hours, ["il11_in_medium"], given)["il11_in_medium"] for given in ([], [tgfb])
    ]
    doses = np.geomspace(0.01, 100, 9)
    folds = [
        run("culture+il11_secretion", [0.0, 24.0], ["il11_in_medium"], [Dose("added_tgfb", dose / 25 / 1000)])[
            "il11_in_medium"
        ][:, 1]
        for dose in doses
    ]
    none = course[0][:, np.searchsorted(hours, 24.0)]
    return draw(
        [
            Panel("IL-11 in medium", "h", "pg/mL", [Series("TGFβ1 5 ng/mL", hours, course[1]), Series("none", hours, course[0])], zero=True),
            Panel("after 24 h", "TGFβ1, ng/mL", "fold of unstimulated", [Series("", doses, np.array(folds).T / none[:, None])], log_x=True, zero=True),
        ],
        "IL-11 that cells secrete under TGFβ1",
    )  # fmt: skip


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


def bone() -> str:
    modules = "antibody_pk+il11_source+receptor+bone"
    names = {name: name.replace("_", " ") for name in ("osteoclasts", "osteoblasts", "bone_mass")}
    return _courses(modules, names, monthly(13), 364, "a year of antibody", **agent("anti-IL11", modules))


def cancer() -> str:
    modules = "antibody_pk+il11_source+receptor+jak_stat+cancer"
    names = {name: name.replace("_", " ") for name in ("gastric_tumour", "colorectal_tumour", "tumour_stroma")}
    return _courses(modules, names, monthly(7), 180, "half a year of antibody", **agent("anti-IL11", modules))


def adipose() -> str:
    modules = "oprelvekin_pk+il11_source+receptor+adipose"
    return _courses(modules, {"adipogenesis": "adipogenesis"}, daily(50, 14), 14, "two weeks of oprelvekin")


def epithelium() -> str:
    modules = "oprelvekin_pk+il11_source+receptor+epithelium"
    names = {"gut_epithelium": "gut epithelium", "lung_epithelium": "lung epithelium"}
    return _courses(modules, names, daily(50, 7), 7, "a week of oprelvekin, injured", epithelial_injury=1)


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


def cns_exposure() -> str:
    days = np.linspace(0.25, 28, 112)
    names = ["il11_drug", "il11_drug_brain"]
    found = run("oprelvekin_pk+cns_exposure", np.append(0, days * DAY), names, daily(50, 28))
    found = {name: values[:, 1:] for name, values in found.items()}
    floor = {name: np.maximum(found[name], 1e-7) for name in names}
    series = [Series("plasma", days, floor["il11_drug"]), Series("brain fluid", days, floor["il11_drug_brain"])]
    return draw([Panel("oprelvekin 50 µg/kg daily", "days", "nM", series, log_y=True)], "What reaches the brain")


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


FIGURES = (
    il11_source,
    il11_secretion,
    fibrosis,
    organs,
    endometrium,
    inflammation,
    bone,
    cancer,
    adipose,
    epithelium,
    neuro,
    cns_exposure,
    ageing,
)
