"""What the drugs do to themselves and to people: kinetics, and adverse events."""

from __future__ import annotations

import numpy as np
from svg_panels import Intervals, Panel, Row, Seen, Series, draw

from .simulated import DAY, agent, daily, monthly, observations, run, seen


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


def antibody_pk() -> str:
    days = np.arange(0, 113.0)
    found = run("antibody_pk", days * DAY, ["antibody", "antibody_site"], monthly(1))
    return draw(
        [Panel("one dose of 10 mg/kg into a vein", "days", "nM",
               [Series("plasma", days, found["antibody"]), Series("tissue fluid", days, found["antibody_site"])],
               log_y=True)],
        "An IgG in plasma and tissue fluid",
    )  # fmt: skip


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


FIGURES = (oprelvekin_pk, antibody_pk, il11_plasma, adverse_events)
