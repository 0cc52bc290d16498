"""Write `docs/library/validation.md` and its figure: every observation beside three forecasts, by module and in all.

    python scripts/build_validation.py [WORLDS]

Every number of the page is computed here, as `pleio validate` computes it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from decompose_widths import table as width_table
from validation_figure import figure

from pleio.base.quantities import Distribution, parse_distribution
from pleio.base.yaml import load
from pleio.inference.observations import QUARTILE
from pleio.inference.prediction import UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.validation.regimens import read_regimens
from pleio.library.validation.validation import SURE, Row, Validation, validate

PAGE = Path(__file__).parents[1] / "docs" / "library" / "validation.md"
FIGURE = PAGE.parent / "figures" / "validation.svg"
WORLDS, SUBJECTS = 1024, 16

HEAD = """# Predicted beside observed

What the library forecasts of numbers that it did not learn from. Every published observation is simulated as its paper
says, with all that came from its source left out, and set beside what was printed.
"""

IN_SHORT = """**Of {rows} rows of {sources} sources that were kept out of every fit, {inside} lie inside their 90 %
interval**, which is {agrees} with 90 % of sources. The interval score is {off} better than with the effects of IL-11
off, and {prior} better than before data. Half of the intervals are wider than {width} errors of the print.
"""

FIGURE_LINE = """![Each kept row: its forecast, before data, and with the effects of IL-11 off](figures/validation.svg)
"""

METHOD = """## How a row is forecast

Written by `scripts/build_validation.py`; `pleio validate --worlds {worlds}` prints the same numbers, and
`pleio validate FILE` does it for [observations of your own](observations.md).

Each row is simulated as its paper says: population, regimen, readout and time, over {worlds} worlds of {subjects}
subjects, three times as many after chemotherapy, spread evenly over what people differ in (seed {seed}, belief
{belief}). What each readout is in the modules stands in `readouts.yaml`. The interval is the central 90 % of what the
paper would have printed: worlds differ in which effects are real and in all parameters, subjects in theirs, and a
mean of *n* subjects is uncertain by its standard error, a share of *n* patients by binomial chance. The standard
error is the row's own where one is stated; a size that was not stated is taken as {unstated}. A median is forecast as
the middle subject.

- **effects off**: the same worlds, every contested effect of IL-11 at zero and the drug without efficacy.
- **before data**: outcomes as believed before any evidence, parameters as before any fit (`before_fit.yaml`), and how
  hard a regimen of chemotherapy is as it was guessed of any before one was fitted (`before` in `regimens.yaml`).
- **score**: the interval score of the logarithm (of 1 + *x* for a change, of the odds for a share); less is better.
- **check** rows were kept out of every fit by a hash of their source. When one is forecast, all that comes from its
  source is left out: its evidence weighs nothing, what it set together with others is fitted to the others alone
  (`left_out.yaml`), and what it alone set goes back to what was known before.
- A row that is open to fits and set the size of an effect also speaks of its sign, as one report in the belief; rows
  that are kept for checking never do.
- **Animals** have what is believed of their species, and bodies of their own: kinetics, counts, weights.
- **After chemotherapy** a row has the regimen that its words name ([chemotherapy](chemotherapy.md)); of patients whom a
  trial chose by a low count, those simulated subjects count who fall so low without the drug.
- **Chances of adverse events** are those of a trial that was not seen. `scripts/fit_adverse_events.py` fits all open
  trials together: for each event a mean log odds without the drug and an effect of it; binomial counts; and trials
  apart by {trial[0]:.2f} ± {trial[1]:.2f} in all their events, {event[0]:.2f} ± {event[1]:.2f} in one, and
  {effect[0]:.2f} ± {effect[1]:.2f} in the effect on one. Leukaemia has a shift of its own in fever, which is the
  disease's. Of other readouts `scripts/fit_between_studies.py` found no more between studies than forecasts hold
  already (0 to 0.1).
- **IL-11 in cerebrospinal fluid** rests on one open source, the first day after a bleed (PMID 16293467). How far a
  bleed raises it was not measured: it is taken to be as of two other cytokines in injured heads, 5 and 150 times.
- Sums count each **source once**. *Consistent* is an exact two-sided binomial test of 90 % over sources.
- A row that says only a direction or a bound has no score; it holds where its probability is at least {sure}. A null
  has a score, and holds where the whole interval lies within its margin; coverage is of measured numbers.
- Where a row that is kept has the number of the **group beside it**, such as placebo, worlds are weighed by how near
  they come to it, for all three forecasts alike.

[What was known of kept rows, and when](validation_record.md) says what had been seen of them before each part of the
library was settled.
"""

WIDTHS = """## Where the width comes from

Rows that are open to fits, each forecast without its source, by `scripts/decompose_widths.py`: standard deviations on
the scale of the row, the part of the variance that is the error of the print, and what explains most of the variance
between worlds.
"""

WIDE = (
    "carboplatin-nadir",
    "transfused-cycle-without",
    "prevention-days-under-100-with-25",
    "cirrhosis-platelets-day-10",
    "vwf-rco-day4-50",
    "blood-volume-rise",
    "prevention-conjunctival-redness",
    "oprelvekin-cmax-children",
    "oprelvekin-half-life-children",
)
"""Rows whose widths are taken apart, one or two of each kind."""

WHY_WIDE = """
- **After chemotherapy** a forecast is unsure of how hard the regimen was, even where its name is known: the share of
  the kill differs between trials of one regimen by a standard deviation of 0.05 to 0.3 of its logarithm, likeliest 0.1
  (`scripts/fit_chemotherapy.py` prints it), in patients and in how it was counted. In one more trial of a regimen by
  name the coefficient of variation is {least:.0f} to {most:.0f} %, of one that was not seen {unseen:.0f} %. Were the
  share itself known, from a group that got no drug, 0.5 to 0.7 of the width would be left. A forecast before data is as
  wide by the kill of the hardest.
- **Beside other work**: in 383 patients none of whom is in this library (PMID 20855828), platelets felt carboplatin
  24 % less with paclitaxel, 45 % more with etoposide and 133 % more with gemcitabine. Here the middle share is
  {paclitaxel:+.0f} %, {etoposide:+.0f} % and {gemcitabine:+.0f} % of that of carboplatin alone.
- **Effects of the drug** are forecast narrower before data than with them, and in the wrong place: in seven worlds of
  ten IL-11 then raises nothing. What the data add is the place (score against effects off), not sharpness; sharpness
  needs more trials of the size of the effect: of the rise in platelets one is open to fits, of von Willebrand factor
  three.
- **Chances of adverse events** are unsure by what trials are apart, and of events that one trial counted twice: in the
  mean, since that trial was off by as much, and in the trial that is forecast.
- **Sources that stand alone** (Crohn disease twice, lifespan) are forecast as before data, since nothing else in
  the library speaks of what they measured: three of the kept sources. No improvement is possible there without others'
  measurements.
- **Six errors.** The error of the print alone makes an interval 3.3 errors wide. Six leave room for a truth that is
  known to one and a half errors: 8 % of a nadir in a trial of 107 patients, closer than regimens, or people before
  treatment, are alike. Trials of few patients meet it, large ones will not, unless the row says more of its group.
"""


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS
    found = validate(open_library("il11"), worlds=worlds, subjects=SUBJECTS)
    if found.failed:
        raise SystemExit(f"{len(found.failed)} trajectories failed: {found.failed[0]}")
    FIGURE.write_text(figure([row for row in found.rows if row.observation.use == "check"]), encoding="utf-8")
    PAGE.write_text("\n".join(page(found)) + "\n", encoding="utf-8")
    print(PAGE.name, "written")


def page(found: Validation) -> Iterator[str]:
    summary = found.summary()
    yield HEAD
    yield in_short(summary["check"])
    yield FIGURE_LINE
    yield from sums(summary)
    yield METHOD.format(**found.settings, unstated=UNSTATED_GROUP, sure=SURE, **apart())
    yield WIDTHS
    yield from width_table(WIDE)
    yield WHY_WIDE.format(**regimens())
    yield from rows(found)
    yield from unmodelled(found)
    yield from uses(found)


def in_short(check: dict[str, Any]) -> str:
    """Say in one paragraph how good the forecasts of kept rows are."""
    held = check["coverage"]
    return IN_SHORT.format(
        **held,
        agrees="consistent" if held["consistent"] else "not consistent",
        off=share(check["better_than_off"]),
        prior=share(check["better_than_prior"]),
        width=number(check["median_width_ratio"]),
    )


def apart() -> dict[str, list[float]]:
    """Give how far trials of adverse events are apart, and how sure that is."""
    found: dict[str, list[float]] = load(open_library("il11").folder / "posteriors" / "adverse_events.yaml").value[
        "apart"
    ]
    return found


def regimens() -> dict[str, float]:
    """Give how far trials of one regimen are apart, and how much harder another drug makes carboplatin, in %."""
    named = read_regimens(open_library("il11").folder)
    laws = {name: parse_distribution(one.share) for name, one in named.regimens.items() if one.share}
    apart = [variation(law) for law in laws.values()]
    beside = {
        "paclitaxel": "carboplatin-paclitaxel",
        "etoposide": "carboplatin-etoposide",
        "gemcitabine": "gemcitabine-carboplatin",
    }
    harder = {drug: 100 * (laws[name].median / laws["carboplatin"].median - 1) for drug, name in beside.items()}
    unseen = variation(parse_distribution(named.unnamed.share))
    return {**harder, "least": min(apart), "most": max(apart), "unseen": unseen}


def variation(law: Distribution) -> float:
    """Give the coefficient of variation of a share, in %, from the quarters of its law."""
    quarters = np.log(law.quantile(np.array([0.25, 0.75])))
    spread = float(quarters[1] - quarters[0]) / (2 * QUARTILE)
    return 100 * math.sqrt(math.expm1(spread**2))


def sums(summary: dict[str, Any]) -> Iterator[str]:
    yield "## In all"
    yield ""
    yield (
        "| rows | measured | inside | sources inside | consistent with 90 % | score | better than effects off | "
        "of rows that IL-11 touches | better than before data | median width over error | statements held |"
    )
    yield "|---" * 11 + "|"
    parts = {"fit": summary["fit"], "**check**": summary["check"], **summary["modules"]}
    for name, part in parts.items():
        held = part["coverage"]
        agrees = "-" if held["p"] is None else f"{'yes' if held['consistent'] else '**no**'} (p = {held['p']:.2g})"
        yield (
            f"| {name} | {held['rows']} | {held['inside']} | {held['sources_in']} of {held['sources']} | {agrees} | "
            f"{number(part['score'])} | {share(part['better_than_off'])} | {share(part['touched_better_than_off'])} | "
            f"{share(part['better_than_prior'])} | {number(part['median_width_ratio'])} | "
            f"{part['statements_held']} of {part['statements']} |"
        )
    yield ""
    yield "Goal of check rows: at least 30 % better than both, consistent with 90 %, a median width of at most six."
    check = summary["check"]
    misses = [
        text
        for text, met in (
            ("30 % better than effects off", (check["better_than_off"] or 0) >= 0.3),
            ("30 % better than before data", (check["better_than_prior"] or 0) >= 0.3),
            ("coverage consistent with 90 %", bool(check["coverage"]["consistent"])),
            ("median width at most six errors", (check["median_width_ratio"] or float("inf")) <= 6),
        )
        if not met
    ]
    yield f"Not met: {'; '.join(misses)}." if misses else "All are met."
    yield ""


def rows(found: Validation) -> Iterator[str]:
    for use, title in (("check", "Rows kept for checking"), ("fit", "Rows that were open to fits")):
        yield f"## {title}"
        yield ""
        yield "| row | observed | predicted, 90 % | inside | score | effects off | before data | width | source |"
        yield "|---" * 9 + "|"
        yield from (line(row) for row in found.rows if row.observation.use == use)
        yield ""


def line(row: Row) -> str:
    one, own = row.observation, row.own
    seen = row.says if isinstance(row.says, str) else f"{row.says:.3g} {one.unit if one.unit != '1' else ''}".strip()
    if one.is_statement and not isinstance(row.says, str):
        seen = f"{'at least' if one.spread.kind == 'lower bound' else 'at most'} {seen}"
    interval = f"{own.median:.3g} ({own.low:.3g} to {own.high:.3g})"
    if own.chance is not None:
        interval += f"; P = {own.chance:.2f}"
    inside = "yes" if row.inside else "**no**"
    scores = " | ".join(number(each.score) for each in (own, row.off, row.prior))
    return f"| {one.id} | {seen} | {interval} | {inside} | {scores} | {number(row.width_ratio)} | {one.source} |"


def unmodelled(found: Validation) -> Iterator[str]:
    yield "## Not modelled"
    yield ""
    yield f"{len(found.not_modelled)} rows that no module carries:"
    yield ""
    yield "| row | readout | why |"
    yield "|---|---|---|"
    yield from (f"| {id} | {readout} | {why} |" for id, readout, why in found.not_modelled)
    yield ""


def uses(found: Validation) -> Iterator[str]:
    yield "## One finding, one use"
    yield ""
    yield "An observation that a claim cites has no weight in the belief of it. These claims cite one:"
    yield ""
    yield "| claim | observation |"
    yield "|---|---|"
    yield from (f"| {claim} | {observation} |" for claim, observation, _ in found.one_use.pairs)
    yield ""
    yield f"Findings used twice: {len(found.one_use.overlaps)}."
    yield from (f"- {text}" for text in found.one_use.overlaps)
    yield ""
    if found.one_use.informed:
        yield "Sources kept for checking that set a number all the same (put back where their own rows are forecast):"
        yield ""
        yield from (f"- {one.source}: {', '.join(one.parameters)}" for one in found.one_use.informed)
    else:
        yield "No source that is kept for checking set a number."


def number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


def share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


if __name__ == "__main__":
    main()
