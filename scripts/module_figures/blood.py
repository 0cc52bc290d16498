"""Blood: platelets, red cells, volume and the acute phase, in health and after chemotherapy."""

from __future__ import annotations

import numpy as np
from svg_panels import Intervals, Panel, Row, Series, draw

from pleio.simulation import Dose

from .simulated import DAY, PATIENTS, WORLDS, daily, observations, relative, run, seen


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


FIGURES = (platelets, chemotherapy, erythroid, volume_and_acute_phase)
