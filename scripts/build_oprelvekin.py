"""Write `docs/library/oprelvekin.md`: what the oprelvekin modules give beside what was seen.

    python scripts/build_oprelvekin.py           write the page
    python scripts/build_oprelvekin.py --check   say whether the page was written from what it would be written from now

Every simulated number is computed here.  Each is the mean over the subjects of one world, and then the median and the
central 90 % over worlds; effects stand at the sign that their claims claim, so the table says what would be seen if
they are real, and another column how far they are believed; only the number of red cells is left alone.
"""

# ruff: noqa: E501  (a table is read by its columns)

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pleio.assembly.module import Mechanism
from pleio.base.digests import digest
from pleio.library import open as open_library
from pleio.library.modules.members import draw_members
from pleio.simulation import Baseline, Dose, integrate

Array = NDArray[np.float64]
PAGE = Path(__file__).parents[1] / "docs" / "library" / "oprelvekin.md"
WORLDS, SUBJECTS, SEED, DAY = 200, 8, 23, 24.0
MARK = "<!-- inputs sha256 "
BLOOD = "oprelvekin_pk+receptor+jak_stat+platelets+volume_and_acute_phase"
NEUMEGA, GORDON = "pleio:neumega-label", "doi:10.1182/blood.V87.9.3615.bloodjournal8793615"
AOYAMA, RAGNI, ORAZI = "doi:10.1046/j.1365-2125.1997.00605.x", "pleio:ragni-2006", "pubmed:8862439"


@dataclass(frozen=True)
class Row:
    """One line of the table: what was seen, and how the same number is simulated for each world."""

    what: str
    seen: str
    low: float
    high: float
    simulate: Callable[[], Array]
    source: str
    trust: str
    use: str
    effect: str = ""


@cache
def mechanism(modules: str) -> Mechanism:
    return open_library("il11").mechanism(modules)


@cache
def course(modules: str, save: str, dose: float, days: int, until: float, step: float, **fixed: float) -> Array:
    """Simulate daily subcutaneous doses in µg/kg.

    Returns:
        Shape (worlds, subjects, times), at steps of `step` hours up to day `until`.
    """
    network = mechanism(modules).network
    values = draw_members(mechanism(modules), WORLDS, SEED, subjects=SUBJECTS)
    if "sign_red_cells" in network.parameters:
        fixed = {"sign_red_cells": 0.0, **fixed}  # nothing speaks for more red cells: they were unchanged
    values |= {name: np.full(WORLDS * SUBJECTS, value) for name, value in fixed.items()}
    weight, mass = network.parameters["weight"].value, network.parameters["oprelvekin_molar_mass"].value
    assert weight and mass
    doses = [Dose("oprelvekin_depot", dose * weight / mass, every=DAY, times=days)]
    times = np.arange(0.0, until * DAY + step / 2, step)
    run = integrate(network, times, parameters=values, doses=doses, baseline=Baseline(), save=[save])
    failed = [status for status in run.status if status]
    if failed:
        raise SystemExit(f"{len(failed)} trajectories failed: {failed[0]}")
    return run.values[:, :, 0].reshape(WORLDS, SUBJECTS, -1)


def plasma(dose: float, days: int = 1, **fixed: float) -> Array:
    return course("oprelvekin_pk", "oprelvekin_plasma", dose, days, days + 1.0, 0.1, **fixed)


def rise(save: str, dose: float, until: float = 42, **fixed: float) -> Array:
    """Give a quantity as change from its start.  Shape (worlds, subjects, times), every 6 h, doses for 14 days."""
    values = course(BLOOD, save, dose, 14, until, 6.0, **fixed)
    return values / values[:, :, :1] - 1


def first_day(changed: Array) -> Array:
    """Give the first day on which a mean over subjects has changed.  Shape (worlds,); NaN where it never does."""
    found = np.where(changed.any(axis=1), changed.argmax(axis=1) * 0.25, np.nan)
    return np.asarray(found, dtype=np.float64)


def area(values: Array) -> Array:
    return np.asarray(np.trapezoid(values, dx=0.1, axis=2))


def half_life() -> Array:
    late = np.log(plasma(50)[:, :, 240:])
    return np.asarray(np.log(2) * 0.1 * (late.shape[2] - 1) / (late[:, :, 0] - late[:, :, -1]))


def rows() -> list[Row]:
    """List the lines of the table."""

    def highest(save: str, dose: float) -> Callable[[], Array]:
        return lambda: 100 * rise(save, dose).max(axis=2).mean(axis=1)

    def onset() -> Array:
        return first_day(rise("platelets", 50).mean(axis=1) > 0.10)

    def peak_day() -> Array:
        return np.asarray(rise("platelets", 50).mean(axis=1).argmax(axis=1) * 0.25)

    def left(day: float) -> Callable[[], Array]:
        return lambda: 100 * rise("platelets", 50)[:, :, round(4 * day)].mean(axis=1)

    def fall() -> Array:
        doses = [rise("haematocrit", dose, 14.0, cancer_patient=1.0).min(axis=2).mean(axis=1) for dose in (10, 25, 50)]
        return np.asarray(100 * np.mean(doses, axis=0))

    def volunteers(save: str) -> Callable[[], Array]:
        def change() -> Array:
            values = rise(save, 50, 14.0, cancer_patient=0.0)
            return np.asarray(100 * (values.min(axis=2) if save == "haematocrit" else values.max(axis=2)).mean(axis=1))

        return change

    def willebrand(dose: float) -> Callable[[], Array]:
        return lambda: 1 + rise("vwf", dose, 14.0)[:, :, 16].mean(axis=1)

    platelet = "il11-platelets"
    volume = "il11-plasma-volume"
    return [
        Row("Cmax, 50 µg/kg, ng/mL", "17.4 (SD 5.4)", 14.9, 19.9, lambda: plasma(50).max(axis=2).mean(axis=1), NEUMEGA, "abstract", "fit"),
        Row("Tmax, 50 µg/kg, h", "3.2 (SD 2.4)", 2.1, 4.3, lambda: plasma(50).argmax(axis=2).mean(axis=1) * 0.1, NEUMEGA, "abstract", "fit"),
        Row("terminal half-life, h", "6.9 (SD 1.7)", 6.1, 7.7, lambda: half_life().mean(axis=1), NEUMEGA, "abstract", "fit"),
        Row("AUC per dose, 50 over 3 µg/kg", "1 (linear)", 0.85, 1.15, lambda: (area(plasma(50)) / area(plasma(3)) * 3 / 50).mean(axis=1), AOYAMA, "abstract", "open"),
        Row("accumulation, 3 µg/kg for 7 days", "1 (none)", 0.85, 1.15, lambda: (plasma(3, 7)[:, :, 1440:1680].max(axis=2) / plasma(3).max(axis=2)).mean(axis=1), AOYAMA, "abstract", "open"),
        Row("Cmax at 15 over 100 mL/min", "2.2", 1.5, 2.9, lambda: (plasma(50, renal_function=15.0).max(axis=2) / plasma(50, renal_function=100.0).max(axis=2)).mean(axis=1), NEUMEGA, "unv-H", "open"),
        Row("platelets, 10 µg/kg, highest, %", "+76", 36, 116, highest("platelets", 10), GORDON, "abstract", "check", platelet),
        Row("platelets, 25 µg/kg, highest, %", "+93", 53, 133, highest("platelets", 25), GORDON, "abstract", "check", platelet),
        Row("platelets, 50 µg/kg, highest, %", "+108", 68, 148, highest("platelets", 50), GORDON, "abstract", "check", platelet),
        Row("first day above +10 %, 50 µg/kg", "5 to 9", 5, 9, onset, NEUMEGA, "abstract", "open", platelet),
        Row("day of the peak, 50 µg/kg", "14 to 21", 14, 21, peak_day, NEUMEGA, "unv-H", "open", platelet),
        Row("platelets 14 days after the last dose, %", "0 (baseline)", -10, 10, left(27), NEUMEGA, "unv-H", "open", platelet),
        Row("megakaryocytes, 50 µg/kg, fold", "2.0 (0.5 to 1.0 % of cells)", 1.4, 2.6, lambda: 1 + rise("megakaryocytes", 50)[:, :, 56].mean(axis=1), ORAZI, "abstract", "check", platelet),
        Row("haematocrit, patients, 10 to 50 µg/kg, %", "-19", -24, -14, fall, GORDON, "abstract", "check", volume),
        Row("plasma volume, volunteers, 50 µg/kg, %", "+20", 10, 30, volunteers("plasma_volume"), NEUMEGA, "unv-H", "fit", volume),
        Row("haematocrit, volunteers, 50 µg/kg, %", "about -10", -15, -5, volunteers("haematocrit"), NEUMEGA, "unv-H", "open", volume),
        Row("von Willebrand activity, day 4, 25 µg/kg, fold", "1.32 (SE 0.11)", 1.14, 1.50, willebrand(25), RAGNI, "abstract", "fit", "il11-vwf"),
        Row("von Willebrand activity, day 4, 50 µg/kg, fold", "1.70 (SE 0.52)", 0.85, 2.55, willebrand(50), RAGNI, "abstract", "fit", "il11-vwf"),
        Row("fibrinogen, day 14, 50 µg/kg, fold", "about 2", 1.5, 2.5, lambda: 1 + rise("fibrinogen", 50, 14.0)[:, :, 56].mean(axis=1), "", "unv-M", "open", "il11-fibrinogen"),
        Row("C-reactive protein, day 14, 50 µg/kg, fold", "5 to 20", 5, 20, lambda: 1 + rise("crp", 50, 14.0)[:, :, 56].mean(axis=1), "", "unv-M", "open", "il11-crp"),
    ]  # fmt: skip


INTRODUCTION = """# Oprelvekin: simulated beside seen

Written by `scripts/build_oprelvekin.py`; every simulated number is computed by it. Mechanism: `{modules}`.

Each simulated number is the mean over {subjects} subjects of one world; the table gives the median and the central 90 %
over {worlds} worlds drawn from the modules' priors (seed {seed}). Effects stand at the sign that their claims claim, so
the table says what would be seen if they are real (only red-cell production is left alone); *believed* is the belief
that they are (neutral band). *Inside* says whether the simulated median lies in the range that the observation allows (its standard error doubled where one is
known, else the spread that its source suggests). Rows marked *fit* were used to fit parameters
(`scripts/calibrate_skeleton.py`); rows marked *check* are kept out of every fit, with their whole source; *open* rows
could have been used and were not. [Predicted beside observed](validation.md) scores all rows, and leaves out what
comes from a row's source when it is checked.

| what | seen | simulated | inside | use | believed | trust | source |
|---|---|---|---|---|---|---|---|
"""

DISCUSSION = """
## What does not fit, and what is not known

- **Haematocrit and plasma volume cannot both hold by dilution alone** in one population. From an untreated haematocrit of
  0.40 and an unchanged red-cell mass, plasma volume up 20 % (volunteers) gives 0.40 / (0.40 + 0.60 × 1.20) = 0.357, a
  fall of 11 %. The fall of 19 % seen in patients needs plasma volume up 39 %, or longer doses than the volunteers had. The
  module gives patients a factor of their own (`cancer_patient`), which the label's two figures of anaemia hardly move; the
  fall itself is kept for checking. A loss of red cells in these patients would explain the difference as well.
- **Bioavailability** is 65 % in one source and above 80 % in another. It cancels from everything seen after a
  subcutaneous dose, so the table cannot tell; intravenous predictions carry the whole range.
- **How far platelets rise is not fitted to how far they rose.** The only measured rises without chemotherapy are means of
  three to five patients, and their source is kept for checking. The size of the effect follows from how soon a rise is
  seen, how long it goes on and when it is over, by the label; the intervals are as wide as that leaves it.
- **The way back to baseline**: see the count two weeks after the last dose. Platelets that die more nearly at one age, a
  shorter life span or a stronger thrombopoietin loop would hasten it; none of the three is measured here.
- **Nothing here was fitted to the receptor**: affinities and receptor numbers keep their priors, and most of those are
  guesses and say so.
"""


def believed_in(effect: str) -> str:
    """Say how far an effect is believed to raise what it acts on."""
    library = open_library("il11")
    belief = library.belief().contests[library.claims.contest(effect, "sufficiency").id]
    return f"{100 * belief.outcomes['increases']:.0f} %"


def inputs() -> str:
    """Give the digest of what the page is written from: this script, the files of its modules, and the beliefs it shows."""
    folder = open_library("il11").folder / "modules"
    files = [folder / f"{name}{end}" for name in BLOOD.split("+") for end in (".ant", ".yaml")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in (Path(__file__), *files)}
    return digest({"files": texts, "believed": {row.effect: believed_in(row.effect) for row in rows() if row.effect}})


def recorded() -> str:
    """Give the digest that the page carries."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return text.partition(MARK)[2].partition(" ")[0]


def line(row: Row) -> str:
    """Write one line of the table."""
    values = row.simulate()
    low, median, high = np.nanquantile(values, [0.05, 0.5, 0.95])
    inside = "yes" if row.low <= median <= row.high else "**no**"
    believed = believed_in(row.effect) if row.effect else "-"
    simulated = f"{median:.3g} ({low:.3g} to {high:.3g})"
    return f"| {row.what} | {row.seen} | {simulated} | {inside} | {row.use} | {believed} | {row.trust} | {row.source} |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; exit status 1 if the page is not up to date"
    )
    if arguments.parse_args().check:
        fresh = recorded() == inputs()
        print(PAGE.name, "is up to date" if fresh else "was written from other inputs")
        raise SystemExit(0 if fresh else 1)
    text = INTRODUCTION.format(modules=BLOOD, subjects=SUBJECTS, worlds=WORLDS, seed=SEED)
    text += "\n".join(map(line, rows())) + "\n" + DISCUSSION + f"\n{MARK}{inputs()} -->\n"
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE.name, "written")


if __name__ == "__main__":
    main()
