"""Write `docs/library/validation.md`: every observation beside three forecasts of it, by module and in all.

    python scripts/build_validation.py

Every number of the page is computed here, as `pleio validate` computes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pleio.inference.prediction import BETWEEN_STUDIES_ODDS, UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.validation import SURE, Row, Validation, validate

PAGE = Path(__file__).parents[1] / "docs" / "library" / "validation.md"
WORLDS, SUBJECTS = 256, 8

HEAD = """# Predicted beside observed

Written by `scripts/build_validation.py`; `pleio validate --worlds {worlds}` prints the same numbers, and
`pleio validate FILE` does it for observations of your own in the same format (`src/pleio/library/il11/observations/`).

## How a row is forecast

Each row is simulated as its paper says: population, regimen, readout and time, over {worlds} worlds of {subjects}
subjects (seed {seed}, belief {belief}). What each readout is in the modules stands in `readouts.yaml`. The interval is
the central 90 % of what the paper would have printed: worlds differ in which effects are real and in all parameters,
subjects in theirs, and a mean of *n* subjects is uncertain by its standard error, a share of *n* patients by binomial
chance. The standard error is the row's own where one is stated; a size that was not stated is taken as {unstated}. What
the mean of {subjects} simulated subjects is off by chance is part of that error and is not counted again. A median is
forecast as the middle subject.

- **effects off**: the same worlds, every contested effect of IL-11 at zero and the drug without efficacy.
- **before data**: outcomes as believed before any evidence, parameters as before any fit (`before_fit.yaml`), and how
  hard an unseen regimen of chemotherapy is as it was guessed before it was fitted (`before` in `groups.yaml`).
- **score**: the interval score of the logarithm (of 1 + *x* for a change, of the odds for a share); less is better.
- **check** rows were kept out of every fit by a hash of their source. When one is forecast, all that comes from its
  source is left out: its evidence weighs nothing, what it set together with others is fitted to the others alone
  (`left_out.yaml`), and what it alone set goes back to what was known before. Until this page, what several had set
  went back to the guess where the first of them was left out, and stayed as it was where another one was.
- A row that is open to fits and set the size of an effect also speaks of its sign, as one report in the belief; rows
  that are kept for checking never do.
- A chance that was counted in one trial (adverse events) differs in another: standard deviation of the log odds
  {odds}, the likeliest by `scripts/fit_between_studies.py` from four trials (0.72 to 2.09 within half a nat). From two
  trials it was 0.67; two more, one with oedema in 8.5 % where 50 % were forecast, one in leukaemia with fever in 89 %
  on placebo where 30 % were, showed that to be too little. Of other readouts the script found no more between studies
  than the forecasts hold already (0 to 0.2); none is added.
- The forecasts of three kept rows of platelets had been seen to be low before IL-11 was given its second place of
  action in `platelets` and before the trial in cirrhosis was added. Neither was fitted to them: rises before the fifth
  day in cirrhosis, and ploidy in rats within a day, are the grounds. The widths of kept rows of Crohn disease were
  seen before the variation between trials was confined to chances that were counted in one.
- Three kept sources (Lawitz 2004, Ghalib 2003, Denis) had been forecast by the model as it was before they were put in.
  That chances of adverse events are forecast for at most 42 days of treatment was decided after a kept row of twelve
  weeks (oedema in every patient) had been seen; it is listed as not modelled.
- Rows after chemotherapy are forecast since a cycle is given to every group. How hard regimens are beside that of
  patients who were transfused the cycle before was a guess, a third to as hard. It is now fitted to seven regimens of
  six sources that are open to fits, by `scripts/fit_chemotherapy.py`, among them patients on placebo in trials of other
  drugs. That the guess was too high was also seen from two kept sources (PMID 12478901, Zhou 2016) before it was
  widened; no row of theirs is in the fit.
- Until this page, the forecast before data used that fitted share, and kept fitted numbers of `jak_stat`, `receptor`
  and `endometrium` for which `before_fit.yaml` said nothing; means stood for printed medians; and chance among
  simulated subjects was counted beside the error of the print. These faults were found on rows that are open to fits.
- Of the sources that were put in with this page, three are kept by the hash (Xu 2018, NEJM 336:404, Reznikov 1999),
  with two more rows of Zhou 2016. They had been forecast by the model as it was before: six of six that it could
  express were inside. A row of patients on dialysis was not understood by these words; now it is.
- What was seen of kept rows after these changes, and changed nothing: chances of Isaacs are forecast from nearly none
  to nearly all; the pooled rise of von Willebrand factor (Ragni 2008) and a level of the drug (Reznikov 1999) are just
  outside, the former since a third trial with a small rise is in the fit; the median width is 10.5 errors, up from 8.6,
  as more rows after chemotherapy are among them.
- A row of an animal is forecast with what is believed of that species. Until it was, findings in mice were carried to
  people and the row of mice forecast from there, so that an antibody against IL-11 hardly touched their lungs. A row of
  that kind, not of the library, showed it.
- Bodies of animals are their own since this page. Oprelvekin is lost faster in them: by what was printed of mice and of
  monkeys, else by weight. A mouse is exposed 3 to 15 times less than people at the same dose by weight. No kept row was
  looked at for it. The kept rows of mice (Denis) are forecast lower by it, and von Willebrand factor is now outside.
- Lungs of mice scar and heal after bleomycin since this page; until then the scar stood still, and an antibody could
  only wait until it was lost. That the forecast was shallow was seen on a row that is not of the library. What was
  printed of new and old collagen changed it; the size, which is from memory, now holds for new collagen. No row set a
  number.
- The rows of life span were forecast as if the median age of a few animals were known exactly, and in three of four
  worlds in which own IL-11 shortens life it did so by less than the 5 % from which the claim calls it an effect. Both
  are mended from the claim and from the arithmetic of a median. The rows had been seen; the size ends where it ended
  before, at what is known from memory of mice, which is less than what these rows report.
- A knock-out was simulated as a body that never had IL-11, over itself, so that whatever own IL-11 does could not be
  missed. It now loses at time 0 what others have. A row that is not of the library showed it.
- How far groups of people differ in their untreated count was 5 %, beside means of 290 and 237 in its own sources; it
  is 14 %. That a kept row (PMID 12478901, the highest count of a cycle) is outside for this had been seen. Counts of
  mice, rats and monkeys were those of people.
- Two sources that were put in with this page are kept by the hash (Fontana 2008, Xiao 2016). Trials of the size of the
  rise that the hash would leave open to fits were looked for and not found.
- Sums count each **source once**. *Consistent* is an exact two-sided binomial test of 90 % over sources.
- A row that says only a direction or a bound has no score; it counts where its probability is at least {sure}. A null
  counts where the whole interval lies within its margin.
"""

WIDTHS = """## Where the width comes from

Rows that are open to fits, each forecast without its source, by `scripts/decompose_widths.py`: standard deviations on
the scale of the row, the part of the variance that is the error of the print, and what explains most of the variance
between worlds.

| row | SD | SD before data | print | most of the rest |
|---|---|---|---|---|
| carboplatin-nadir | 0.85 | 1.02 | 5 % | how hard the regimen is, 78 % |
| transfused-cycle-without | 2.50 | 2.43 | 12 % | how hard the regimen is, 70 % |
| prevention-days-under-100-with-25 | 0.88 | 1.01 | 0 % | how hard the regimen is, 66 % |
| cirrhosis-platelets-day-10 | 0.40 | 0.52 | 34 % | size of the rise of commitment, 40 % |
| vwf-rco-day4-50 | 0.42 | 0.71 | 53 % | size of the rise, 35 %; whether there is one, 30 % |
| blood-volume-rise | 0.10 | 0.08 | 1 % | size of the growth, 56 %; whether there is one, 20 % |
| prevention-conjunctival-redness | 0.48 | 2.41 | 32 % | the count in one trial, 37 %; trials apart come on top |
| oprelvekin-cmax-children | 0.43 | 0.97 | 84 % | apparent clearance, 32 % |
| oprelvekin-half-life-children | 0.24 | 0.76 | 83 % | absorption, 30 % |

- **After chemotherapy** the fits hardly narrow a forecast, because what it is unsure of is the regimen, and regimens do
  differ: the seven that were fitted kill from 0.29 to 0.75 of the logarithm of the hardest. More trials make this
  spread better known and not smaller. Were the regimen known, from its name or from a group that got no drug, 0.56 to
  0.69 of the width would be left. A forecast before data is as wide by another doubt, the kill of the hardest.
- **By the other sources.** 37 rows of the 12 sources that set a number together with others, forecast without their own
  over 128 worlds: score 2.98, 17 % better than before data, a median width of 13.5 errors, 36 inside. With a guess in
  place of what the others say it was 3.13, 14 %, 16.5 errors and as many inside. Kept rows gain nothing by it, since
  their sources are in no fit.
- **Effects of the drug** are forecast narrower before data than with them, and in the wrong place: in seven worlds of
  ten IL-11 then raises nothing. What the data add is the place (score against effects off), not sharpness; sharpness
  needs more trials of the size of the effect: of the rise in platelets one is open to fits, of von Willebrand factor
  three.
- **Chances of adverse events** are narrow in the trial that they were counted in and not in another: odds differ
  between trials by a standard deviation of {odds} of their logarithm, which is most of the width.
- **Sources that stand alone** (CSF, Crohn disease twice, lifespan) are forecast as before data, since nothing else in
  the library speaks of what they measured: four of the kept sources. No improvement is possible there without others'
  measurements; the rest would have to be better by more than a third for 30 % in all.
- **Six errors.** The error of the print alone makes an interval 3.3 errors wide. Six leave room for a truth that is
  known to one and a half errors: 8 % of a nadir in a trial of 107 patients, closer than regimens, or people before
  treatment, are alike. Trials of few patients meet it, large ones will not, unless the row says more of its group.
"""


def main() -> None:
    found = validate(open_library("il11"), worlds=WORLDS, subjects=SUBJECTS)
    if found.failed:
        raise SystemExit(f"{len(found.failed)} trajectories failed: {found.failed[0]}")
    PAGE.write_text("\n".join(page(found)) + "\n", encoding="utf-8")
    print(PAGE.name, "written")


def page(found: Validation) -> Iterator[str]:
    summary = found.summary()
    yield HEAD.format(**found.settings, unstated=UNSTATED_GROUP, sure=SURE, odds=BETWEEN_STUDIES_ODDS)
    yield from sums(summary)
    yield WIDTHS.format(odds=BETWEEN_STUDIES_ODDS)
    yield from rows(found)
    yield from unmodelled(found)
    yield from uses(found)


def sums(summary: dict[str, Any]) -> Iterator[str]:
    yield "## In all"
    yield ""
    yield (
        "| rows | scored | inside | sources inside | consistent with 90 % | score | better than effects off | "
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
    return "-" if value is None else f"{100 * value:.0f} %"


if __name__ == "__main__":
    main()
