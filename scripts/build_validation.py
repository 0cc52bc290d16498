"""Write `docs/library/validation.md`: every observation beside three forecasts of it, by module and in all.

    python scripts/build_validation.py

Every number of the page is computed here, as `pleio validate` computes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from decompose_widths import table as width_table

from pleio.base.yaml import load
from pleio.inference.prediction import UNSTATED_GROUP
from pleio.library import open as open_library
from pleio.library.validation.validation import SURE, Row, Validation, validate

PAGE = Path(__file__).parents[1] / "docs" / "library" / "validation.md"
WORLDS, SUBJECTS = 1024, 8

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
  hard a regimen of chemotherapy is as it was guessed of any before one was fitted (`before` in `regimens.yaml`).
- **score**: the interval score of the logarithm (of 1 + *x* for a change, of the odds for a share); less is better.
- **check** rows were kept out of every fit by a hash of their source. When one is forecast, all that comes from its
  source is left out: its evidence weighs nothing, what it set together with others is fitted to the others alone
  (`left_out.yaml`), and what it alone set goes back to what was known before. Until this page, what several had set
  went back to the guess where the first of them was left out, and stayed as it was where another one was.
- A row that is open to fits and set the size of an effect also speaks of its sign, as one report in the belief; rows
  that are kept for checking never do.
- **Chances of adverse events** came from the counts of one trial, the label's, and every other was forecast with a
  standard deviation of 1.24 of the log odds around it, which had been fitted to four trials. Since this page all
  trials that are open to fits, nine of seven sources, are fitted together by `scripts/fit_adverse_events.py`: for
  each event a mean log odds without the drug and an effect of it; binomial counts; and trials apart by {trial[0]:.2f}
  ± {trial[1]:.2f} in all their events, {event[0]:.2f} ± {event[1]:.2f} in one, and {effect[0]:.2f} ± {effect[1]:.2f}
  in the effect on one. The effect was expected to differ less than the chance, and does not: on the drug stomatitis
  was rarer in leukaemia and as common in the label's patients. What is forecast is a trial that was not seen, for
  rows of the label's trial too, which were narrow before as they set what they were forecast from. Before data a
  forecast is as it was, but that 1.24 is in it for rows of the label as well.
- For this, counts were looked for and found in sources that the hash leaves open: stomatitis in a trial in leukaemia,
  and two trials of a Chinese label, whose counts are beside what chemotherapy does. Two more are kept by it (PMID
  9923411, with arrhythmia after transplantation; the label of Shuanglu, of which two of five patients are told as a
  warning). Their four rows were forecast by the model as it was before the fit was written, and all were inside; so
  were the three of Isaacs, which had been on this page. None was forecast again before the form of the fit was
  settled.
- Leukaemia has a shift of its own in fever, with a wide prior, since fever is the disease's; one trial sets it. That
  the two Chinese sources count what is ascribed to the drug, and so less, was thought of and not put in, as a row
  does not say which it counts and the kept rows of Isaacs, which had been seen, would profit.
- The 32 open rows of other trials than the label's, each forecast without its source: 29 inside, with the model
  before 28; a mean score over sources of 7.7, with the model before 6.4, which had seen some of them in its 1.24;
  before data 8.5. Three rows make the difference, stomatitis in leukaemia on the drug (none of 37 and 1 of 36) and
  fatigue (6 of 118), which nothing in other trials foretells. Of other readouts `scripts/fit_between_studies.py` had
  found no more between studies than forecasts hold already (0 to 0.2); none is added.
- Seen of the seven kept rows of adverse events, three sources, after the trials were fitted together, and nothing was
  changed for it: all inside as before, a mean score over sources of 3.5 where the model before had 4.5. The median
  width of the open ones is 13.0 errors where it was 8.6, since rows of the label's trial are no longer forecast as
  that trial.
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
- A row after chemotherapy is forecast with the regimen that its words name (`regimens.yaml`) since this page. Regimens
  were listed by what is common in practice, and counts after each, in patients without a drug that raises platelets,
  were looked for by the names of its drugs. Of 24 sources that say it 19 are open to fits. Five are kept by the hash
  and set nothing; they count over all cycles of a course, which no module forecasts. This page as it was, kept rows
  among it, had been seen: three kept sources name a regimen (doxorubicin with much cyclophosphamide, carboplatin with
  paclitaxel, and ifosfamide, carboplatin and etoposide). Of the first nothing was found, and it has the general law.
  No kept row was forecast while regimens, sources and the form of the fit were chosen, and nothing was changed after.
- Seen of kept rows after regimens had names, and nothing was changed for it: a mean score over sources of 2.59 where it
  was 2.96 with the same adverse events, 29 % better than before data where it was 20 %, a median width of 8.85 errors
  where it was 10.2. 17 rows changed, and one of them is outside now (PMID 12478901, the highest count of a cycle). Of
  the open ones 32 changed; four are outside now: three figures of the trial of carboplatin in which counts fell
  lowest, and one of children after ifosfamide, carboplatin and etoposide.
- A group on placebo beside a treated one was simulated as people of whom nothing is known, since its own words name
  none. It is now of the people of its row. This was found by reading the code.
- The chance of an adverse event was read as the highest within a cycle, the time before the drug among it, so that a
  drug that lowers one seemed to do nothing. It is now the chance furthest from that without the drug. This was found
  on open rows of stomatitis. Scores of kept rows did not change; the forecast before data, in which a drug may lower
  as well as raise, is wider, and kept rows came from 29 to 30 % better than it by this alone.
- What is in cerebrospinal fluid was forecast as before data, since one study alone had measured it, which is kept.
  Others were looked for; one is open to fits, of the first day after a bleed (PMID 16293467). How far a bleed raises
  IL-11 was not measured: it is taken to be as of two other cytokines in one study of injured heads, 5 and 150 times.
  The kept numbers had been seen before. Its plasma is listed as not modelled.
- Patients whom a trial chose because their platelets had fallen were forecast as anybody on chemotherapy, twice as high
  as they are. Rows that are not of the library showed it. Of the simulated subjects those count now who fall so low
  without the drug, and a world counts by how many do; no number is in it but the words' own. In another cycle than the
  one they were chosen by they are between like that again and like everybody, as nothing was found that says how far:
  without this, open rows (PMID 17147124) and a kept one (Xu 2018), which had both been seen, were far too low. The fits
  of `scripts/fit_chemotherapy.py` do not choose, and one of their trials did. Three kept rows of two sources are of
  such patients. With 48 worlds the score of kept rows is 2.52 where it was 2.50.
- The page was made with 256 worlds. Kept rows were 29.8 % better than before data in it and 26.4 % with 1024 worlds and
  all else as it was: a sum over sources is unsure by some points at 256. It is made with {worlds} since.
- Half of those worlds served outcomes that are hardly believed, and weighed less for it, so that a forecast as believed
  stood on about 580 of 1024 while one before data stood on all. Since this page all are drawn as believed. It was found
  when kept rows after chemotherapy moved though no number that they use had changed; the page then said 27.9 % better
  than before data and a median width of 9.02.
- More trials of the drug were looked for by disease: a pilot in Crohn disease (PMID 10381910), two of marrow failure
  (doi:10.1093/annonc/mdi007, doi:10.1080/10428190600758058) and one of refractory immune thrombocytopenia (PMID
  11279623) were put in. Response, and platelets without a number, are no readouts, so the first three are evidence
  alone, hedged where arms are told for being the highest or nobody went without the drug. The kept trials of Crohn
  disease were known when the pilot was put in, which is all that weighs in whether the drug helps there. Platelets of
  the fourth are a null. Its fall of haemoglobin is one open row that sets nothing: put into the fit of plasma volume it
  hardly moved a number, since its start was not printed and the lowest of many counts is low by noise.
- Chances on placebo in Crohn disease and in arthritis were from memory and are from meta-analyses since this page. The
  middle stays about where it was. Trials of Crohn disease differ more than was remembered (by 0.56 of the log odds, not
  0.46), so what is forecast of them is wider; those of arthritis differ as was remembered. How far the index of Crohn
  disease falls on placebo stays from memory: a fall of 45 points in three trials was found, without the start. No
  forecast of a kept row was looked at for any of this.
- Sums count each **source once**. *Consistent* is an exact two-sided binomial test of 90 % over sources.
- A row that says only a direction or a bound has no score; it counts where its probability is at least {sure}. A null
  counts where the whole interval lies within its margin.
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
  the kill differs between trials of one regimen by a standard deviation of 0.2 to 0.45 of its logarithm, likeliest 0.3,
  in dose, in patients and in how it was counted, which is no less than regimens differ by. In one more trial of a
  regimen by name the coefficient of variation is 34 to 39 %, of one that was not seen 41 %; it was 53 % before the
  sources by name. They moved the place more than the width: regimens in which IL-11 and thrombopoietin were tried are
  hard, 0.45 of the hardest in the middle, and those in common use 0.24 to 0.37. Were the share itself known, from a
  group that got no drug, 0.6 to 0.7 of the width would be left. A forecast before data is as wide by the kill of the
  hardest.
- **By the other sources.** Before regimens had names and adverse events were fitted together, 37 rows of the 12 sources
  that set a number together with others were forecast without their own over 128 worlds: score 2.98, 17 % better than
  before data, a median width of 13.5 errors, 36 inside. With a guess in place of what the others say it was 3.13,
  14 %, 16.5 errors and as many inside. Kept rows gain nothing by it, since their sources are in no fit.
- **Effects of the drug** are forecast narrower before data than with them, and in the wrong place: in seven worlds of
  ten IL-11 then raises nothing. What the data add is the place (score against effects off), not sharpness; sharpness
  needs more trials of the size of the effect: of the rise in platelets one is open to fits, of von Willebrand factor
  three.
- **Chances of adverse events** are unsure by what trials are apart, and of events that one trial counted twice: in the
  mean, since that trial was off by as much, and in the trial that is forecast.
- **Sources that stand alone** (Crohn disease twice, lifespan) are forecast as before data, since nothing else in
  the library speaks of what they measured: three of the kept sources. No improvement is possible there without others'
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
    yield HEAD.format(**found.settings, unstated=UNSTATED_GROUP, sure=SURE, **apart())
    yield from sums(summary)
    yield WIDTHS
    yield from width_table(WIDE)
    yield WHY_WIDE
    yield from rows(found)
    yield from unmodelled(found)
    yield from uses(found)


def apart() -> dict[str, list[float]]:
    """Give how far trials of adverse events are apart, and how sure that is."""
    found: dict[str, list[float]] = load(open_library("il11").folder / "posteriors" / "adverse_events.yaml").value[
        "apart"
    ]
    return found


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
    return "-" if value is None else f"{100 * value:.1f} %"


if __name__ == "__main__":
    main()
